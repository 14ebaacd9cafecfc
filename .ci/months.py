"""Writes the names of the months in all languages that Unicode CLDR covers well: wellread/text/data/months.tsv.

Run it after a change of Babel's version, which brings the names: .venv/bin/python .ci/months.py
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from babel import Locale, localedata

NAMES = Path(__file__).parents[1] / "wellread" / "text" / "data" / "months.tsv"
_LEAST = 300
"""Names of other languages that CLDR has at least in a language that it covers well: 134, of them 125 with months."""
_BEFORE = re.compile(r"(?:de|da|dhen|am|an|oṣù)\s+|d[’']|-|t-", re.IGNORECASE)
"""What stands before the name of a month in some languages, and is no part of it."""


def lines() -> Iterator[str]:
    """A line for each language, by its code: the names of January, of February and so on, as they are written."""
    for code in sorted(localedata.locale_identifiers()):
        if "_" in code or len(Locale(code).languages) <= _LEAST:
            continue
        columns = ["/".join(sorted(_names(Locale(code), month))) for month in range(1, 13)]
        if all(columns):
            yield "\t".join([code, *columns])


def _names(locale: Locale, month: int) -> set[str]:
    written = (
        str(locale.months[place][width][month])
        for place in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
    )
    plain = {_BEFORE.sub("", name, count=1).strip(". ").lower() for name in written}
    return {name for name in plain if len(name) > 1 and not re.search(r"[\d\s/]", name)}


if __name__ == "__main__":
    NAMES.write_text("".join(f"{line}\n" for line in lines()), "utf-8")
