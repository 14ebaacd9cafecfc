"""When a file was last reviewed and is due again, also where its words for that are not known."""

from __future__ import annotations

from datetime import date

import pytest

from wellread.importing.parsing import parse_html
from wellread.importing.review_dates import Reading, ReviewDates, dates_of_page, take_date_lines

TODAY = date(2026, 11, 30)


def _dates(*lines: str, language: str = "en-gb") -> ReviewDates:
    page = parse_html("<h1>A fixture</h1><p>Some text.</p>" + "".join(f"<p>{line}</p>" for line in lines))
    return dates_of_page(page, [], Reading(language, TODAY))


def _read(*lines: str, language: str = "en-gb") -> tuple[str, ...]:
    dates = _dates(*lines, language=language)
    return tuple("-" if day is None else str(day) for day in (dates.last_reviewed, dates.next_review))


@pytest.mark.parametrize(
    ("language", "lines", "days"),
    [
        ("en", ("Reviewed: September 2025. Look again September 2026.",), ("2025-09-01", "2026-09-30")),
        ("de", ("Geprüft am 24.09.2024, wird 09/2027 überprüft.",), ("2024-09-24", "2027-09-30")),
        ("vi", ("Xem lại lần cuối: 20/03/2025. Lần tới: 3/2027",), ("2025-03-20", "2027-03-31")),
        ("tr", ("Gözden geçirme: 5 Mart 2025", "Bir daha bakılacak: Mart 2027"), ("2025-03-05", "2027-03-31")),
        (
            "pt",
            ("Última revisão: 10 de janeiro de 2026", "Voltar a ver em janeiro de 2029"),
            ("2026-01-10", "2029-01-31"),
        ),
        ("hi", ("समीक्षा की तारीख: 24 मार्च 2025। फिर देखेंगे: मार्च 2027",), ("2025-03-24", "2027-03-31")),
        ("zh", ("审核日期：2025年7月18日", "下次：2027年7月"), ("2025-07-18", "2027-07-31")),
        ("fi", ("Tarkistettu 5.3.2025, katsotaan uudelleen 03/2027.",), ("2025-03-05", "2027-03-31")),
    ],
)
def test_a_date_whole_years_after_the_review_is_the_next_one(
    language: str, lines: tuple[str, ...], days: tuple[str, str]
) -> None:
    assert _read(*lines, language=language) == days
    assert any("whole years" in note for note in _dates(*lines, language=language).notes)


@pytest.mark.parametrize(
    "line", ["Checked September 2025. Once more September 2026.", "First dose: 3 May 2026. Second dose: 3 May 2027."]
)
def test_two_dates_years_apart_are_asked_about_where_no_word_of_a_review_stands(line: str) -> None:
    assert _read(line) == ("-", "-")
    assert any("if a review is meant" in note for note in _dates(line).notes)
    page = parse_html(f"<h1>A fixture</h1><p>Some text.</p><p>{line}</p>")
    take_date_lines(page, dates_of_page(page, [], Reading("en-gb", TODAY)).lines)
    assert line in page.get_text()


@pytest.mark.parametrize(
    "lines",
    [
        ("Reviewed: October 2025. Clinics start 1 October 2026 for all babies.",),
        ("Reviewed: October 2025", "From 1 October 2026 you can book by telephone."),
        ("Reviewed: October 2025", "Copyright October 2026"),
        ("Reviewed: October 2025", "Appointment: 3 May 2027"),
    ],
)
def test_a_date_of_something_else_is_no_next_review(lines: tuple[str, ...]) -> None:
    assert _read(*lines) == ("2025-10-01", "-")


@pytest.mark.parametrize(
    "line",
    [
        "The trial began May 2023, ended May 2026.",
        "The clinic opened in May 2024 and closed in May 2026.",
        "Tours run 3 May 2025 and 3 May 2026.",
        "Date de naissance : 03/05/1961",
    ],
)
def test_dates_in_a_sentence_or_of_a_birth_say_nothing(line: str) -> None:
    assert _read(line) == ("-", "-")
    assert _dates(line).notes == ()


def test_an_update_to_come_is_the_next_review() -> None:
    assert _read("Updated: March 2028") == ("-", "2028-03-31")


def test_a_later_date_beside_the_review_is_told_if_it_is_not_whole_years_after_it() -> None:
    notes = _dates("Reviewed: 3 May 2025. Look again August 2027.").notes
    assert 'the page says "Look again August 2027": if a review is meant, write it into the front matter' in notes


@pytest.mark.parametrize(
    "line", ["Questions? 0555 010 260. Reviewed: May 2025", "Reviewed: May 2025. Call 112 at once"]
)
def test_a_number_to_call_in_the_line_of_a_date_stays(line: str) -> None:
    page = parse_html(f"<p>{line}</p><p>Next review: May 2027</p>")
    dates = dates_of_page(page, [], Reading("en-gb", TODAY))
    left_out = take_date_lines(page, dates.lines)
    assert [one.text for one in left_out] == ["Next review: May 2027"]
    assert page.get_text() == line


def test_month_and_year_at_the_end_of_a_sentence_are_a_date() -> None:
    assert _read("Reviewed 09/2025. Next review 09/2027.") == ("2025-09-01", "2027-09-30")


def test_dates_with_dots_have_the_day_first_in_american_english_too() -> None:
    assert _read("Reviewed 12.06.2025. Next review 12.06.2027", language="en-us") == ("2025-06-12", "2027-06-12")
    assert _read("Reviewed 12/06/2025", language="en-us") == ("2025-12-06", "-")


def test_line_of_a_review_stays_where_it_says_a_date_that_is_not_read() -> None:
    line = "This was reviewed by our panel in November 2025. We will all look at it together again in November 2027."
    dates = _dates(line)
    assert dates.last_reviewed == date(2025, 11, 1)
    assert dates.next_review is not None or line not in dates.lines
