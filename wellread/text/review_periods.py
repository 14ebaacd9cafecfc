"""Tells a next review by its distance from the last one: whole years, whatever words stand beside it."""

from __future__ import annotations

from wellread.text.dates import Days

_YEARS = range(1, 6)
"""Years between two reviews of a health text: one to five, as publishers of leaflets set them."""


def is_period(earlier: Days, later: Days) -> bool:
    """Tell whether the later date is whole years after the earlier one, as a next review is, in no finer words.

    >>> from wellread.text.dates import find_date
    >>> day, month = find_date("20 March 2025"), find_date("March 2027")
    >>> is_period(day, month), is_period(month, day), is_period(find_date("March 2026"), find_date("1 March 2027"))
    (True, False, False)
    """
    months = later.first.month == later.last.month  # no quarter
    same = (earlier.first.month, earlier.last.month) == (later.first.month, later.last.month)
    day = later.first != later.last or (earlier.first, earlier.first.day) == (earlier.last, later.first.day)
    return later.first.year - earlier.first.year in _YEARS and same and months and day
