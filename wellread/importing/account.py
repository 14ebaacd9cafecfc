"""Accounts for the words of a source: those that are missing from its article, and those that are not in the source."""

from __future__ import annotations

import re
import unicodedata

from wellread.text.accounting import Run, compare_words, list_runs


def account_for(source: str, shown: str, told: str) -> list[str]:
    """Notes of the words that are missing from an article, or are in it without being in its source.

    What the other notes tell of is not told twice. Words that only stand oftener than in the source are no invention:
    a cell that spans rows is repeated.
    """
    found = compare_words(source, f"{shown}\n{told}")
    known = _words(told)
    missing = [run for run in found.missing if not _words(run.words) <= known]
    original = _words(source)
    invented = [run for run in compare_words(source, shown).invented if not _new(run, original) <= {"•"}]
    notes = []
    if missing:
        notes.append(f"missing from the article, type them in where they belong: {list_runs(missing)}")
    if invented:
        notes.append(f"in the article but not in the file, look at them: {list_runs(invented)}")
    return notes


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))


def _new(run: Run, original: set[str]) -> set[str]:
    """The words of a run that its source has nowhere; the numbers of a list, which browsers write, are none."""
    return {word for word in _words(run.words) - original if not word.isdecimal()}
