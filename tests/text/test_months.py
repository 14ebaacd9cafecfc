"""The names of months in the words of many languages."""

from __future__ import annotations

import runpy

import pytest
from conftest import ROOT

from wellread.text.months import months_named


def test_file_of_names_says_what_unicode_cldr_says() -> None:
    made = runpy.run_path(str(ROOT / ".ci" / "months.py"))
    assert made["NAMES"].read_text("utf-8").splitlines() == list(made["lines"]()), "run .ci/months.py"


@pytest.mark.parametrize(
    ("name", "language", "months"),
    [
        ("August", "", {8}),
        ("AOÛT", "fr", {8}),
        ("aout", "fr", {8}),
        ("srpen", "cs", {8}),
        ("srpanj", "hr", {7}),
        ("ابريل", "ar", {4}),
        ("septiembre", "de", {9}),  # quoted from another language
        ("pro", "cs", {12}),
        ("pro", "en", set()),  # a word, not the Czech abbreviation
        ("mar", "pl", {3}),
        ("listopad", "", {10, 11}),
        ("leaflet", "en", set()),
    ],
)
def test_name_means_the_months_of_its_language(name: str, language: str, months: set[int]) -> None:
    assert months_named(name, language) == months
