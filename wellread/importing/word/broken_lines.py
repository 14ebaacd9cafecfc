"""Paragraphs that are no paragraphs: rules drawn with signs, and lines of text that were copied one by one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from wellread.importing.word.blocks import LINE_BREAK, Block, Paragraph, Run, raw_text
from wellread.importing.word.structure import ENDS
from wellread.importing.word.styles import Look

_RULE = re.compile(r"(?!\.{1,5}$)[=_*~#.·•–—-]{3,}")
"""A line of signs that only divides a text, or that a form wants something written on; "..." says that text goes on."""

_LEAST_PAIRS = 5
"""Lines that go on in the next paragraph, at least: one may be a slip, or an item of a list without bullets."""

_LEAST_LENGTH = 40
"""Characters of such a line at least; a page has room for 60 to 90, a column for fewer."""

_FULL = 0.85
"""Share of the longest line from which on a line is full, with the word that would come next: letters vary."""

_MOST_FULL = 0.7
"""Share of the lines that go on which are full, at least: items of a list are of any length."""


def without_rules(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without those that are only rules of signs, "=====" or "* * *"."""
    return [block for block in blocks if not (isinstance(block, Paragraph) and _is_rule(block))]


def _is_rule(paragraph: Paragraph) -> bool:
    pictures = any(run.picture for run in paragraph.runs)
    return not pictures and _RULE.fullmatch("".join(paragraph.text.split())) is not None


def join_lines(blocks: Sequence[Block]) -> tuple[list[Block], str]:
    """Join lines that are a paragraph each, as text copied from a PDF or an e-mail has them; gives a note of it.

    A full line without an end goes on in the next paragraph where that begins with a small letter.
    """
    going_on = {at: line for at, line in enumerate(blocks[1:], 1) if _goes_on(blocks[at - 1], line)}
    lengths = {at: len(above.text) for at in going_on if isinstance(above := blocks[at - 1], Paragraph)}
    width = max(lengths.values(), default=0)
    full = {
        at: line
        for at, line in going_on.items()
        if isinstance(line, Paragraph) and lengths[at] + 1 + len(line.text.split()[0]) >= _FULL * width
    }
    if len(full) < max(_LEAST_PAIRS, _MOST_FULL * len(going_on)):
        return list(blocks), ""
    found: list[Block] = []
    for at, block in enumerate(blocks):
        if at in full and isinstance(block, Paragraph) and isinstance(above := found[-1], Paragraph):
            between = () if above.text.endswith("-") else (Run(" ", Look()),)
            found[-1] = replace(above, runs=(*above.runs, *between, *block.runs))
        else:
            found.append(block)
    return found, f"lines that were broken by hand are joined, compare them ({len(full)})"


def _goes_on(above: Block, line: Block) -> bool:
    """Tell whether a line may go on with the one above it: that has no end, and this begins with a small letter."""
    if not (isinstance(above, Paragraph) and isinstance(line, Paragraph)) or line.item is not None:
        return False
    headed = any(one.level or one.title or one.aside or LINE_BREAK in raw_text(one).strip() for one in (above, line))
    ended = len(above.text) < _LEAST_LENGTH or above.text.endswith(ENDS)
    return not headed and not ended and line.text.lstrip("(")[:1].islower()
