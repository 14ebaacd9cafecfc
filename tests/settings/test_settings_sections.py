"""The sections of a settings file: what each may say, and what it means."""

from __future__ import annotations

from pathlib import Path

import pytest
from settings_files import fault, written

from wellread.settings import (
    DEFAULT_WORDS,
    EMERGENCY_KINDS,
    ApiSettings,
    DeskSettings,
    InsightsSettings,
    PageSettings,
    SafetySettings,
    Settings,
    own_values,
    parse_settings,
    read_settings,
    readers_settings,
)


def test_have_words_for_every_kind_of_emergency() -> None:
    assert tuple(DEFAULT_WORDS) == EMERGENCY_KINDS
    assert DEFAULT_WORDS["stroke"] == "This may be an emergency. Call {emergency_number} now."


def test_name_whom_to_call(tmp_path: Path) -> None:
    read = read_settings(
        written(tmp_path, '[safety]\nemergency_number = "999"\ncrisis_line = "Samaritans (116 123)"\n')
    )
    assert read.safety == SafetySettings("999", "Samaritans (116 123)", DEFAULT_WORDS)


def test_replace_the_words_of_some_kinds(tmp_path: Path) -> None:
    read = read_settings(written(tmp_path, '[safety.words]\npoisoning = "Ring {emergency_number}."\n'))
    assert read.safety.words == {**DEFAULT_WORDS, "poisoning": "Ring {emergency_number}."}


def test_say_what_the_page_says_around_the_articles(tmp_path: Path) -> None:
    text = '[page]\ndisclaimer = "General words.\\n Ask us."\nwhom_to_ask = "Ring the ward."\n'
    read = read_settings(written(tmp_path, text))
    assert read.page == PageSettings("General words. Ask us.", "Ring the ward.")
    assert own_values(read) == {"page.disclaimer": "General words. Ask us.", "page.whom_to_ask": "Ring the ward."}
    assert parse_settings(readers_settings(read), tmp_path / "wellread.toml") == read


def test_refuse_a_line_for_the_foot_of_the_page_that_would_hide_an_answer(tmp_path: Path) -> None:
    assert read_settings(written(tmp_path, f'[page]\ndisclaimer = "{"a" * 90}"\n')).page.disclaimer == "a" * 90
    error = fault(tmp_path, f'[page]\nwhom_to_ask = "Us."\ndisclaimer = "{"a" * 91}"\n')
    assert error.line == 3
    assert error.reason == "page.disclaimer has 91 characters: it would hide the answer on a phone"
    assert error.remedy == "write at most 90; each article's own disclaimer stands in full in its card"


@pytest.mark.parametrize("words", ["Call {number} now.", "Call {} now.", "Call {emergency_number now."])
def test_refuse_braces_that_stand_for_nothing(tmp_path: Path, words: str) -> None:
    error = fault(tmp_path, f'[safety.words]\nfit = "{words}"\n')
    assert (error.line, error.reason) == (2, "the words of fit have braces that stand for nothing")
    assert error.remedy == "write only {emergency_number} and {crisis_line} in braces"


def test_name_the_web_sites_that_may_use_the_api(tmp_path: Path) -> None:
    text = '[api]\norigins = ["https://Clinic.example.org/", "http://localhost:8000"]\nrate = 60\n'
    read = read_settings(written(tmp_path, text))
    assert read.api == ApiSettings(("https://clinic.example.org", "http://localhost:8000"), 60)
    assert readers_settings(read) == text.replace("[api]\n", "").replace("C", "c").replace("org/", "org").replace(
        "origins", "api.origins"
    ).replace("rate", "api.rate")
    assert parse_settings(readers_settings(read), tmp_path) == read


@pytest.mark.parametrize(
    "value", ['"https://a.example"', '["*"]', '["https://a.example/health"]', '["https://*.example"]', "[5]", '["a.b"]']
)
def test_refuse_an_origin_that_is_none(tmp_path: Path, value: str) -> None:
    error = fault(tmp_path, f"[api]\norigins = {value}\n")
    assert (error.line, error.reason) == (2, "api.origins is no list of web sites")
    assert error.remedy == 'write origins = ["https://www.example.org"], or delete the line'


def test_refuse_a_rate_that_lets_nobody_ask(tmp_path: Path) -> None:
    error = fault(tmp_path, "[api]\nrate = 0\n")
    assert (error.line, error.reason, error.remedy) == (
        2,
        "api.rate is no whole number from 1",
        "write rate = 600, or delete the line",
    )
    misplaced = fault(tmp_path, 'origins = ["https://a.example"]\n')
    assert misplaced.remedy.startswith("move origins below a line [api]: ")


def test_desk_is_off_until_the_site_turns_it_on(tmp_path: Path) -> None:
    assert not read_settings(tmp_path).desk.on
    text = '[desk]\non = true\neditors = ["Anna@Example.org"]\ngroups = ["Health editors"]\n'
    assert read_settings(written(tmp_path, text)).desk == DeskSettings(True, ("anna@example.org",), ("Health editors",))


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("on = 1", "write on = true or on = false, without quotes"),
        ("on = yes", "write on = true"),
        ('editors = ["anna"]', 'write editors = ["anna@example.org"], or delete the line'),
        ('editors = "anna@example.org"', 'write editors = ["anna@example.org"], or delete the line'),
        ("groups = [1]", 'write groups = ["…"], or delete the line'),
        ('token = "secret"', "delete it, or mend its name: in [desk] can stand on, editors, groups"),
    ],
)
def test_setting_of_the_desk_that_is_none_is_refused_with_what_to_write(tmp_path: Path, line: str, remedy: str) -> None:
    assert fault(tmp_path, f"[desk]\n{line}\n").remedy == remedy


def test_count_what_readers_ask_where_the_library_says_so(tmp_path: Path) -> None:
    assert Settings().insights == InsightsSettings(on=False, sessions=5, days=90)
    read = read_settings(written(tmp_path, "[insights]\non = true\nsessions = 8\ndays = 30\n"))
    assert read.insights == InsightsSettings(True, 8, 30)
    assert readers_settings(read) == "insights.on = true\ninsights.sessions = 8\ninsights.days = 30\n"
    assert parse_settings(readers_settings(read), tmp_path) == read


@pytest.mark.parametrize(
    ("line", "reason", "remedy"),
    [
        ('on = "yes"', "insights.on is neither true nor false", "write on = true or on = false, without quotes"),
        (
            "sessions = 1",
            "questions that 1 visit asked would be one person's",
            "write sessions = 5, or delete the line",
        ),
        ("sessions = 0", "insights.sessions is no whole number from 1", "write sessions = 5, or delete the line"),
        ("days = 1.5", "insights.days is no whole number from 1", "write days = 90, or delete the line"),
        (
            "session = 3",
            "insights.session is not a setting",
            "write sessions, or delete it: in [insights] can stand on, sessions, days",
        ),
    ],
)
def test_a_wrong_line_about_counting_is_refused(tmp_path: Path, line: str, reason: str, remedy: str) -> None:
    error = fault(tmp_path, f"[insights]\n{line}\n")
    assert (error.line, error.reason, error.remedy) == (2, reason, remedy)


def test_the_page_asks_whether_it_helped_where_the_library_says_so(tmp_path: Path) -> None:
    assert read_settings(written(tmp_path, "[page]\nfeedback = true\n")).page.feedback is True
    assert fault(tmp_path, "[page]\nfeedback = 1\n").reason == "page.feedback is neither true nor false"
