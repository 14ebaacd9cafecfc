"""Levels of headings by their look, and within one look by their numbers."""

from __future__ import annotations

import pytest

from wellread.importing.numbered import levels_of


@pytest.mark.parametrize(
    ("texts", "levels"),
    [
        (["1. Who", "1.1. Children", "1.1.1 Infants", "1.2 Carers", "2. How"], [2, 3, 4, 3, 2]),
        (["1 Who", "Help", "1.1 Children"], [2, 2, 3]),
        (["2.5 ml spoons", "5 ml spoons"], [2, 2]),
        (["1.1 Children", "1.2 Carers"], [2, 2]),
        (["1) Who", "1.1) Children"], [2, 3]),
    ],
)
def test_heading_whose_number_begins_with_that_of_another_is_inside_it(texts: list[str], levels: list[int]) -> None:
    assert list(levels_of({at: ((14.0,), text) for at, text in enumerate(texts)}).values()) == levels


def test_numbers_of_headings_in_other_looks_say_nothing() -> None:
    given = {0: ((14.0, 1.0), "1. Who"), 1: ((12.0, 1.0), "1.1 Children"), 2: ((12.0, 1.0), "1.1.1 Infants")}
    assert levels_of(given) == {0: 2, 1: 3, 2: 4}
