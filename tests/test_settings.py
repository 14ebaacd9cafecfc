"""The settings of a library: neutral without a file, read strictly, each fault with its file, line and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellread.errors import SettingsError
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


def written(folder: Path, text: str) -> Path:
    (folder / "wellread.toml").write_text(text, encoding="utf-8")
    return folder


def fault(folder: Path, text: str) -> SettingsError:
    with pytest.raises(SettingsError) as caught:
        read_settings(written(folder, text))
    assert caught.value.where == str(folder / "wellread.toml")
    return caught.value


def test_are_neutral_without_a_file(tmp_path: Path) -> None:
    assert read_settings(tmp_path) == Settings()
    assert Settings().safety == SafetySettings("your local emergency number", "a crisis line", DEFAULT_WORDS)


def test_are_neutral_where_the_file_is_empty(tmp_path: Path) -> None:
    assert read_settings(written(tmp_path, "")) == Settings()


def test_pass_over_the_mark_that_some_editors_put_before_a_text(tmp_path: Path) -> None:
    (tmp_path / "wellread.toml").write_text('[safety]\nemergency_number = "999"\n', encoding="utf-8-sig")
    assert read_settings(tmp_path).safety.emergency_number == "999"


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


def test_refuse_an_unknown_key_with_its_line(tmp_path: Path) -> None:
    error = fault(tmp_path, '# ours\n[safety]\nemergency = "999"\n')
    assert (error.line, error.reason) == (3, "safety.emergency is not a setting")
    assert (
        error.remedy
        == "write emergency_number, or delete it: in [safety] can stand emergency_number, crisis_line, words"
    )


def test_say_who_embeds(tmp_path: Path) -> None:
    read = read_settings(written(tmp_path, 'workers = 4\nray = " 10.0.0.1:6379 "\n'))
    assert (read.workers, read.ray) == (4, "10.0.0.1:6379")
    assert own_values(read) == {"workers": 4, "ray": "10.0.0.1:6379"}
    assert readers_settings(read) == ""  # another generation is not made by it


@pytest.mark.parametrize("value", ["0", "-2", "2.5", '"two"', "true"])
def test_refuse_a_number_of_workers_that_is_none(tmp_path: Path, value: str) -> None:
    error = fault(tmp_path, f"workers = {value}\n")
    assert (error.line, error.reason) == (1, "workers is no whole number from 1")
    assert error.remedy == "write workers = 2, or delete the line"


def test_refuse_an_unknown_section(tmp_path: Path) -> None:
    error = fault(tmp_path, "\n[safty]\n")
    assert (error.line, error.reason) == (2, "safty is not a setting")
    assert error.remedy == (
        "write safety, or delete it: in this file can stand "
        "include, exclude, judgments, tolerance, keep, glossary, workers, ray, engine, uri, "
        "safety, page, api, desk, insights"
    )


def test_refuse_an_unknown_kind_of_emergency(tmp_path: Path) -> None:
    error = fault(tmp_path, '[safety.words]\n"heart" = "Call."\n')
    assert (error.line, error.reason) == (2, "safety.words.heart is not a setting")


@pytest.mark.parametrize("value", ["999", '""', '"  "', "[1]"])
def test_refuse_what_is_no_text(tmp_path: Path, value: str) -> None:
    error = fault(tmp_path, f"[safety]\nemergency_number = {value}\n")
    assert (error.line, error.reason) == (2, "safety.emergency_number is no text")
    assert error.remedy == 'write emergency_number = "…", or delete the line'


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


def test_know_where_a_setting_of_the_page_belongs(tmp_path: Path) -> None:
    assert fault(tmp_path, 'whom_to_ask = "Us."\n').remedy.startswith("move whom_to_ask below a line [page]: ")


def test_refuse_a_section_that_is_a_value(tmp_path: Path) -> None:
    error = fault(tmp_path, 'safety = "999"\n')
    assert (error.line, error.reason) == (1, "safety is no section")
    assert error.remedy == "write a line [safety] and its settings below it"


@pytest.mark.parametrize("words", ["Call {number} now.", "Call {} now.", "Call {emergency_number now."])
def test_refuse_braces_that_stand_for_nothing(tmp_path: Path, words: str) -> None:
    error = fault(tmp_path, f'[safety.words]\nfit = "{words}"\n')
    assert (error.line, error.reason) == (2, "the words of fit have braces that stand for nothing")
    assert error.remedy == "write only {emergency_number} and {crisis_line} in braces"


def test_refuse_what_is_not_toml(tmp_path: Path) -> None:
    error = fault(tmp_path, "[safety]\nemergency_number\n")
    assert error.reason.startswith("is not TOML (")
    assert error.remedy == 'mend that line: a setting is written as name = "value"'


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("include = heart/*", 'write include = ["heart/*"]'),
        ("exclud: drafts, old", 'write exclude = ["drafts", "old"]'),
        ("tolerance = 0,05", "write tolerance = 0.05"),
        ("glossary = “terms.tsv”", 'write glossary = "terms.tsv"'),
        ("rate: 60", "write rate = 60"),
        ("origins = https://www.example.org", 'write origins = ["https://www.example.org"]'),
        ("whom_to_ask = our nurses", 'write whom_to_ask = "our nurses"'),
        ("colour = blue", 'mend that line: a setting is written as name = "value"'),
    ],
)
def test_line_that_is_not_toml_is_shown_as_it_should_be(tmp_path: Path, line: str, remedy: str) -> None:
    error = fault(tmp_path, f"# ours\n{line}\n")
    assert (error.line, error.remedy) == (2, remedy)


def test_refuse_what_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "wellread.toml").write_bytes(b'[safety]\ncrisis_line = "\xff"\n')
    with pytest.raises(SettingsError, match="cannot be read") as caught:
        read_settings(tmp_path)
    assert caught.value.remedy == "save it as UTF-8 text, or delete it"


def test_say_what_is_published_and_how_with_paths_from_the_file_s_folder(tmp_path: Path) -> None:
    (tmp_path / "judged").mkdir()
    kb = tmp_path / "articles"
    (kb / "words").mkdir(parents=True)
    (kb / "words" / "ours.tsv").write_text("")
    text = (
        'include = ["heart/*", " skin "]\nexclude = ["drafts"]\njudgments = "../judged"\ntolerance = 0\n'
        'keep = 12\nglossary = "words/ours.tsv"\n'
    )
    assert read_settings(written(kb, text)) == Settings(
        include=("heart/*", "skin"),
        exclude=("drafts",),
        judgments=tmp_path / "judged",
        tolerance=0.0,
        keep=12,
        glossary=kb / "words" / "ours.tsv",
    )


@pytest.mark.parametrize(
    ("line", "reason", "remedy"),
    [
        ('include = "heart"', "include is no list of patterns", 'write include = ["heart"], or delete the line'),
        ("exclude = [1]", "exclude is no list of patterns", 'write exclude = ["heart/*"], or delete the line'),
        ('exclude = [""]', "exclude is no list of patterns", 'write exclude = ["heart/*"], or delete the line'),
        ('tolerance = "0.05"', "tolerance is no number from 0 to 1", "write tolerance = 0.02, or delete the line"),
        ("tolerance = 2", "tolerance is no number from 0 to 1", "write tolerance = 0.02, or delete the line"),
        ("tolerance = nan", "tolerance is no number from 0 to 1", "write tolerance = 0.02, or delete the line"),
        ("tolerance = true", "tolerance is no number from 0 to 1", "write tolerance = 0.02, or delete the line"),
        ("keep = 0", "keep is no whole number from 1", "write keep = 5, or delete the line"),
        ("keep = 2.5", "keep is no whole number from 1", "write keep = 5, or delete the line"),
        ("keep = true", "keep is no whole number from 1", "write keep = 5, or delete the line"),
        ("judgments = []", "judgments is no text", 'write judgments = "…", or delete the line'),
    ],
)
def test_refuse_a_value_that_is_none_with_one_that_is(tmp_path: Path, line: str, reason: str, remedy: str) -> None:
    error = fault(tmp_path, f"# ours\n\n{line}\n")
    assert (error.line, error.reason, error.remedy) == (3, reason, remedy)


@pytest.mark.parametrize(("key", "what"), [("judgments", "folder"), ("glossary", "file")])
def test_refuse_a_path_that_leads_nowhere(tmp_path: Path, key: str, what: str) -> None:
    error = fault(tmp_path, f'keep = 3\n{key} = "../nowhere"\n')
    assert (error.line, error.reason) == (2, f"there is no {what} {tmp_path.parent / 'nowhere'}")
    assert error.remedy == f"write its path as seen from the folder {tmp_path}, or delete the line"


@pytest.mark.parametrize(
    ("text", "line", "name", "meant"),
    [
        ('excludes = ["a"]\n', 1, "excludes", "write exclude, or delete it"),
        ('keep = 3\nJudgements = "../j"\n', 2, "Judgements", "write judgments, or delete it"),
        ("KEEP = 3\n", 1, "KEEP", "write keep, or delete it"),
        ('[safety]\ncrisis-line = "x"\n', 2, "safety.crisis-line", "write crisis_line, or delete it"),
        ("[safety]\nkeep = 3\n", 2, "safety.keep", "move keep above the first line in brackets"),
        ('emergency_number = "999"\n', 1, "emergency_number", "move emergency_number below a line [safety]"),
        ('safety.words.fits = "x"\n', 1, "safety.words.fits", "write fit, or delete it"),
        ('safety.emergncy_number = "9"\n', 1, "safety.emergncy_number", "write emergency_number, or delete it"),
        ('safety = {words = {strok = "x"}}\n', 1, "safety.words.strok", "write stroke, or delete it"),
        ("colour = 1\n", 1, "colour", "delete it, or mend its name"),
    ],
)
def test_name_the_setting_that_is_meant(tmp_path: Path, text: str, line: int, name: str, meant: str) -> None:
    error = fault(tmp_path, text)
    assert (error.line, error.reason) == (line, f"{name} is not a setting")
    assert error.remedy.partition(":")[0] == meant


def test_find_the_line_of_a_key_in_its_own_section(tmp_path: Path) -> None:
    error = fault(tmp_path, '[safety.words]\nother = "Call."\n\n[safety]\nother = "x"\n')
    assert (error.line, error.reason) == (5, "safety.other is not a setting")


@pytest.mark.parametrize("text", ["keep = 3\nkeep = 4\n", "keep = 3\ntolerance = \n", "\nkeep: 3\n"])
def test_name_the_line_that_is_not_toml(tmp_path: Path, text: str) -> None:
    assert fault(tmp_path, text).line == 2


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('keep = 3\ninclude = ["a", "b\\u001b[31m"]\n', 2, "include holds the character U+001B"),
        ('[safety]\n\ncrisis_line = "\\u009b31m"\n', 3, "safety.crisis_line holds the character U+009B"),
        ('[safety.words]\nfit = "call\\u0000"\n', 2, "safety.words.fit holds the character U+0000"),
    ],
)
def test_refuse_characters_of_no_text_written_as_escapes(tmp_path: Path, text: str, line: int, reason: str) -> None:
    error = fault(tmp_path, text)
    assert (error.line, error.reason) == (line, f"{reason}, which belongs to no text")


@pytest.mark.parametrize("value", ["[" * 5000, "9" * 5000, '["a", ' * 3000])
def test_refuse_what_is_too_deep_or_too_long_for_any_setting(tmp_path: Path, value: str) -> None:
    assert fault(tmp_path, f"keep = {value}\n").reason.startswith("is not TOML (")


@pytest.mark.parametrize("text", ["a" + ".a" * 501 + " = 1", "[a" + ".a" * 501 + "]", "x = {a" + ".a" * 501 + " = 1}"])
def test_name_of_too_many_parts_is_refused_before_it_is_read(tmp_path: Path, text: str) -> None:
    error = fault(tmp_path, f"keep = 3\n{text}\n")
    assert (error.line, error.reason) == (2, "has a value or a name with more than 500 dots")


def test_line_of_dots_that_divides_the_file_is_a_comment(tmp_path: Path) -> None:
    assert read_settings(written(tmp_path, f"  # {'.' * 501}\nkeep = 3\n")).keep == 3


def test_many_names_with_dots_on_a_line_are_read(tmp_path: Path) -> None:
    assert len(read_settings(written(tmp_path, f"include = {['a.b.md'] * 300}\n")).include) == 300


def test_own_values_are_those_that_differ_from_the_usual_ones(tmp_path: Path) -> None:
    text = 'keep = 5\ntolerance = 0.05\n[safety]\ncrisis_line = "a crisis line"\nwords.fit = "Call."\n'
    assert own_values(read_settings(written(tmp_path, text))) == {"tolerance": 0.05, "safety.words.fit": "Call."}


WRITABLE = st.text(st.characters(exclude_characters="{}", exclude_categories=["Cs", "Cc"]), min_size=1).map(str.strip)


@given(number=WRITABLE.filter(bool), words=WRITABLE.filter(bool))
def test_what_readers_meet_is_read_back_as_it_was(number: str, words: str) -> None:
    own = {**DEFAULT_WORDS, "baby": words}
    settings = Settings(keep=9, safety=SafetySettings(number, words=own))
    read = parse_settings(readers_settings(settings), Path("wellread.toml"))
    assert (read.safety.emergency_number, read.safety.words, read.keep) == (number, own, 5)


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


def test_desk_is_no_part_of_what_readers_meet(tmp_path: Path) -> None:
    assert readers_settings(read_settings(written(tmp_path, "[desk]\non = true\n"))) == ""


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


def test_switch_without_quotes_is_shown_as_it_should_be_written(tmp_path: Path) -> None:
    assert fault(tmp_path, "[page]\nfeedback = yes\n").remedy == "write feedback = true"


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
