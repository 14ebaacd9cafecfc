"""Accounts for the words of a source: those that are missing from its article, and those that are not in the source."""

from __future__ import annotations

import re
import unicodedata

from wellread.articles.outline import Draft
from wellread.datatypes import Block
from wellread.text.accounting import Run, compare_words, list_runs
from wellread.text.list_marks import is_roman

_COUNTED = re.compile(r"\d+|[^\W\d_]")


def account_for(source: str, shown: str, told: str) -> list[str]:
    """Notes of the words that are missing from an article, or are in it without being in its source.

    What the other notes tell of is not told twice. Words that only stand oftener than in the source are no invention:
    a cell that spans rows is repeated.
    """
    found = compare_words(source, f"{shown}\n{told}")
    known = _words(told)
    missing = [run for run in found.missing if not _words(run.words) <= known]
    original = _words(source) | known  # such as words that a page's style writes, of which a note tells
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
    """The words of a run that its source has nowhere; numbers and letters of a list, which browsers write, are none."""
    return {word for word in _words(run.words) - original if not (_COUNTED.fullmatch(word) or is_roman(word))}


def said_by(draft: Draft) -> str:
    """Everything that a draft says, in its order, without white space."""
    pieces = [
        piece
        for part in draft.parts
        for piece in (part.cells or [_with_mark(part)] if isinstance(part, Block) else [part.text])
    ]
    return "".join("".join(pieces).split())


def _with_mark(block: Block) -> str:
    """A block's text after its mark in letters, which stands in the text that is imported; numbers do not."""
    counted = block.marker in ("", "•") or block.marker[:-1].isdecimal()
    return block.text if counted else f"{block.marker} {block.text}"


def written_by(draft: Draft) -> str:
    """Everything that a draft says, a heading, paragraph, item or row a line."""
    return "\n".join(part.written if isinstance(part, Block) else part.text for part in draft.parts)
