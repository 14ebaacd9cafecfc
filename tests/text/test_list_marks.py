"""Marks of lists that count in letters, Roman numerals or by parts."""

from __future__ import annotations

import pytest

from wellread.text.list_marks import is_counted, is_roman, written_number


@pytest.mark.parametrize(
    ("number", "form", "written"),
    [
        (1, "lower-alpha", "a"),
        (26, "lower-latin", "z"),
        (28, "upper-alpha", "AB"),
        (9, "lower-roman", "ix"),
        (44, "upper-roman", "XLIV"),
        (12, "decimal", "12"),
        (0, "lower-alpha", "0"),  # browsers have no letter for it either
        (400, "lower-roman", "400"),
    ],
)
def test_number_is_written_as_a_browser_writes_it(number: int, form: str, written: str) -> None:
    assert written_number(number, form) == written


@pytest.mark.parametrize(
    ("marks", "counted"),
    [
        (["a.", "b.", "c."], True),
        (["c)", "d)"], True),
        (["h.", "i.", "j."], True),
        (["i.", "ii.", "iii."], True),
        (["(IV)", "(V)"], True),
        (["z.", "aa."], True),
        (["2.1", "2.2"], True),
        (["1-", "2-", "3-"], True),
        (["９、", "１０、"], True),
        (["九、", "十、", "十一、"], True),
        (["е)", "ж)", "з)"], True),
        (["е)", "ё)", "ж)"], True),
        (["ข.", "ค."], True),
        (["अ.", "आ."], False),  # vowels head no lists
        (["а)", "г)"], False),
        (["А.", "б."], False),
        (["a.", "c."], False),
        (["a.", "b)"], False),
        (["a.", ""], False),
        (["a."], False),  # one mark counts nothing: "A. Smith"
    ],
)
def test_marks_that_go_on_from_one_to_the_next_are_a_list(marks: list[str], counted: bool) -> None:
    assert is_counted(marks) is counted


@pytest.mark.timeout(30)
def test_marks_are_told_apart_in_no_more_time_than_they_take_to_read() -> None:
    # Each pair was once looked for among all letters and numbers, which took a millisecond.
    assert not any(is_counted(["zz.", "zz."]) for _ in range(100_000))


@pytest.mark.parametrize(("word", "roman"), [("iv", True), ("lxxxviii", True), ("ill", False), ("civic", False)])
def test_roman_numbers_are_no_words_of_their_letters(word: str, roman: bool) -> None:
    assert is_roman(word) is roman
