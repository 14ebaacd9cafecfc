"""Dates as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from wellread.text.dates import Days, find_date, read_date


@pytest.mark.parametrize(
    ("written", "language", "first", "last"),
    [
        ("2026-05-31", "", "2026-05-31", "2026-05-31"),
        ("3rd of May, 2026", "en", "2026-05-03", "2026-05-03"),
        ("31.05.2026", "de", "2026-05-31", "2026-05-31"),
        ("12.06.2026", "en-US", "2026-06-12", "2026-06-12"),  # with dots the day is first everywhere
        ("12/06/2026", "en-US", "2026-12-06", "2026-12-06"),
        ("03-05-2026", "es", "2026-05-03", "2026-05-03"),
        ("February 2024", "", "2024-02-01", "2024-02-29"),
        ("abril de 2026", "pt", "2026-04-01", "2026-04-30"),
        ("Sept. 2026", "en", "2026-09-01", "2026-09-30"),
        ("11/2026", "", "2026-11-01", "2026-11-30"),
        ("2026-11", "", "2026-11-01", "2026-11-30"),
        ("marzec 2026", "pl", "2026-03-01", "2026-03-31"),
        ("2026. március 5.", "hu", "2026-03-05", "2026-03-05"),
        ("2026. március", "hu", "2026-03-01", "2026-03-31"),
        ("5. března 2026", "cs", "2026-03-05", "2026-03-05"),
        ("5. maaliskuuta 2026", "fi", "2026-03-05", "2026-03-05"),
        ("2026 m. kovo 5", "lt", "2026-03-05", "2026-03-05"),
        ("2026. gada 5. martā", "lv", "2026-03-05", "2026-03-05"),
        ("2026ko martxoaren 5a", "eu", "2026-03-05", "2026-03-05"),
        ("5 d’octubre del 2026", "ca", "2026-10-05", "2026-10-05"),
        ("5 tháng 3 năm 2026", "vi", "2026-03-05", "2026-03-05"),
        ("2026년 3월 5일", "ko", "2026-03-05", "2026-03-05"),
        ("令和8年3月5日", "ja", "2026-03-05", "2026-03-05"),  # 2018 + 8
        ("5 มี.ค. 2569", "th", "2026-03-05", "2026-03-05"),  # 2569 - 543
        ("٥ مارس ٢٠٢٦", "ar", "2026-03-05", "2026-03-05"),
        ("15 تشرين الأول/أكتوبر 2026", "ar", "2026-10-15", "2026-10-15"),
        ("5 במרץ 2026", "he", "2026-03-05", "2026-03-05"),
        ("৫ মার্চ, ২০২৬", "bn", "2026-03-05", "2026-03-05"),
        ("05-MAR-2026", "en", "2026-03-05", "2026-03-05"),
        ("15 AOUT 2026", "fr", "2026-08-15", "2026-08-15"),
        ("15 HAZİRAN 2026", "tr", "2026-06-15", "2026-06-15"),
        ("5. 3. 2026", "cs", "2026-03-05", "2026-03-05"),
        ("2026.03.05", "", "2026-03-05", "2026-03-05"),
        ("05.03.2026", "", "2026-03-05", "2026-03-05"),  # nobody writes the month first with full stops
        ("listopad 2026", "pl", "2026-11-01", "2026-11-30"),
        ("listopad 2026", "hr", "2026-10-01", "2026-10-31"),
        ("12-Aug-2026", "en", "2026-08-12", "2026-08-12"),  # no "12-a", as Basque counts its days
        ("Q3 2026", "en", "2026-07-01", "2026-09-30"),
        ("2. Quartal 2026", "de", "2026-04-01", "2026-06-30"),
        ("1er trimestre 2026", "fr", "2026-01-01", "2026-03-31"),
        ("KW 12/2026", "de", "2026-03-16", "2026-03-22"),
        ("2026-W12", "", "2026-03-16", "2026-03-22"),
        ("12.08.26", "de", "2026-08-12", "2026-08-12"),
        ("12 Aug 26", "en", "2026-08-12", "2026-08-12"),
        ("Aug '98", "en", "1998-08-01", "1998-08-31"),
    ],
)
def test_date_is_a_day_or_all_days_of_a_month(written: str, language: str, first: str, last: str) -> None:
    assert read_date(written, language) == Days(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("written", "language"),
    [
        ("listopad 2026", ""),
        ("1404/05/12", "fa"),
        ("pro 2026", "en"),
        ("soon", ""),
        ("2026-02-31", ""),
        ("13/2026", ""),
        ("2026", ""),
        ("3/5/2026", ""),
        ("page 2026", ""),
        ("week 60 2026", ""),
        ("12/08/26", "en"),
        ("25-08-12", "sv"),
        ("Aug 26", "en"),
        ("", ""),
    ],
)
def test_what_is_no_date_or_may_be_two_is_none(written: str, language: str) -> None:
    assert read_date(written, language) is None


@pytest.mark.parametrize("line", ["Atnaujinta 2025-11-20", "更新 2025年11月20日", "Rev 20/11/2025"])
def test_word_before_a_year_takes_no_part_of_a_date_away(line: str) -> None:
    found = find_date(line)
    assert found is not None
    assert found.first == date(2025, 11, 20)


@pytest.mark.parametrize("line", ["Ref 32 May 2025", "February 31 2025", "31 x 2025"])
def test_part_of_a_day_that_does_not_exist_is_no_date(line: str) -> None:
    assert find_date(line) is None


def test_first_date_of_a_line_counts() -> None:
    found = find_date("version 3, page 2026, checked 4 March 2025 and May 2026")
    assert found == Days(date(2025, 3, 4), date(2025, 3, 4))


@pytest.mark.parametrize("text", ["Call 01.45.67.89.10.", "Version 12.08.25", "Leaflet 12-34-56", "born 12 Aug 25"])
def test_year_of_two_digits_is_read_only_behind_a_label_or_alone(text: str) -> None:
    assert find_date(text) is None
