"""Finds what an author drew by hand: paragraphs made of line breaks, typed bullets, columns of tabs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest

from wellread.articles.outline import QUESTION_MARKS, is_question
from wellread.articles.outline import asks as ends_in_question_mark
from wellread.importing.note_signs import reference_to
from wellread.importing.word.blocks import (
    LINE_BREAK,
    PAGE_BREAK,
    SENTENCE_ENDS,
    Block,
    Paragraph,
    Run,
    Table,
    paragraphs_of,
    raw_text,
    split_at,
)
from wellread.importing.word.styles import Item, Look
from wellread.importing.word.tabs import columns_of, tab_tables

MAX_HEADING = 120
"""A line longer than this is no heading, whatever it looks like."""

MAX_STYLED_HEADING = 250
"""A paragraph longer than this is text, though its style is a heading's: someone liked how it looks."""

SHORT = 60
"""Characters of a line at most that is a heading by nothing but its shortness."""

LONG = 400
"""A paragraph of more characters than this whose lines end like sentences is a text whose paragraphs are lines."""

_BULLET = re.compile(r"\s*[•●◦○▪■‣∙·➢❖◆–—*-](?:\s+|(?=[^\W\d_]))")
_SPACED_BULLET = re.compile(r"\s*(?:[•●◦○▪■‣∙·➢❖◆]\s*|[–—*-]\s+|o\t\s*)")
_REPEATED = re.compile(r"\s*(?:[–—-]\s*(?=[^\W\d_])|\*\)\s*)")
"""What is a bullet where paragraphs below one another have it; alone, "*)" is the sign of a note."""
_STARRED = re.compile(r"\s*\*\s")
_STAR = reference_to("*")
ENDS = (*SENTENCE_ENDS, ":", *QUESTION_MARKS)


def divide_lines(blocks: Sequence[Block], inside: bool = False, starred: bool = False) -> list[Block]:
    """Make paragraphs of what line breaks divide, list items of typed bullets, and tables of columns of tabs.

    One line of tabs `inside` a cell of a table is no table: tabs set its words apart to fill the cell. Above text that
    is `starred`, a word refers to a note with "*".
    """
    found: list[Block] = []
    above = starred
    for block in blocks:
        above = above or _has_star(block)
        if isinstance(block, Table):
            found.append(_map_cells(block, above))
        elif block.level or block.title:
            heading, *text = _without_text(block)
            found += [one_line(heading), *(line for one in text for line in _divided(one))]
        else:
            found += _divided(block)
    return tab_tables(_typed_items(found, starred), 1 + inside)


def _map_cells(table: Table, starred: bool) -> Table:
    rows = (
        tuple(replace(cell, blocks=tuple(divide_lines(cell.blocks, inside=True, starred=starred))) for cell in row)
        for row in table.rows
    )
    return replace(table, rows=tuple(rows))


def _has_star(block: Block) -> bool:
    return any(_STAR.search(paragraph.text) for paragraph in paragraphs_of([block]))


def one_line(heading: Paragraph) -> Paragraph:
    """A heading without its line breaks; one that is far too long is text."""
    runs = tuple(replace(run, text=run.text.replace(LINE_BREAK, " ").replace(PAGE_BREAK, " ")) for run in heading.runs)
    if len(heading.text) > MAX_STYLED_HEADING:
        return replace(heading, runs=runs, level=0, title=False)
    return replace(heading, runs=runs)


def _without_text(heading: Paragraph) -> list[Paragraph]:
    """A heading, and the text that goes on in its paragraph: sentences that are not bold as its first words are."""
    worded = [at for at, run in enumerate(heading.runs) if any(map(str.isalpha, run.text))]
    at = next((at for at in worded if not heading.runs[at].look.bold), None)
    if at is None or at == worded[0]:
        return [heading]
    head, text = (
        replace(heading, runs=heading.runs[:at]),
        replace(heading, runs=heading.runs[at:], level=0, title=False),
    )
    ends = text.text.endswith(SENTENCE_ENDS) or len(text.text) > MAX_HEADING
    return [head, text] if ends and len(head.text) <= MAX_HEADING and " " in text.text else [heading]


def _divided(paragraph: Paragraph) -> list[Paragraph]:
    """The paragraphs that the line breaks of one make: blank lines always, others where its lines are like that."""
    if not any(LINE_BREAK in run.text or PAGE_BREAK in run.text for run in paragraph.runs):
        return [paragraph]
    found: list[Paragraph] = []
    for part in split_at(paragraph, PAGE_BREAK):
        found += _divided_lines(split_at(part, LINE_BREAK), len(part.text) > LONG)
    if not found:
        return [paragraph]
    item = paragraph.item
    return [replace(one, item=item if number == 0 else one.item) for number, one in enumerate(found)]


def _divided_lines(lines: Sequence[Paragraph], long: bool) -> list[Paragraph]:
    """The paragraphs that lines make; those of a long text are divided at the ends of its sentences too."""
    found: list[Paragraph] = []
    group: list[Paragraph] = []
    several = long or any(line.empty for line in lines[1:-1])
    for line, following in zip_longest(lines, lines[1:]):
        begins = not group or group[-1].text.endswith(ENDS) or (several and _asks_anew(group, line))
        heads = begins and following is not None and _heads(line, following, several)
        row = columns_of(line) > 0
        item = _is_typed_item(line)
        after_item = bool(group) and _is_typed_item(group[0]) and line.text[:1].isupper()
        if line.empty or heads or item or row or after_item:
            found += _joined(group)
            group = []
        if not line.empty:
            group.append(line)
        if heads or row or (long and line.text.endswith(ENDS) and not _is_typed_item(group[0])):
            found += _joined(group)
            group = []
    return [*found, *_joined(group)]


def _asks_anew(group: Sequence[Paragraph], line: Paragraph) -> bool:
    """Tell whether a question does not go on with the lines above it, which are short and no questions."""
    if not asks(line.text) or not line.text[:1].isupper():
        return False
    # From below: a question that was found to go on with the group then ends the search for the next one.
    return all(len(text := one.text) <= SHORT and not is_question(text) for one in reversed(group))


def _is_typed_item(line: Paragraph) -> bool:
    return _BULLET.match(raw_text(line)) is not None and _typed_item(line).item is not None


def _heads(line: Paragraph, following: Paragraph, several: bool) -> bool:
    """Tell whether a line heads the one below it: it asks, or is bold and the other is not, or short above a sentence.

    The last holds in a text of several paragraphs only: of two lines, the first may be half of what is said.
    """
    if line.empty or following.empty or len(line.text) > MAX_HEADING:
        return False
    bold = all_bold(line) and not all_bold(following)
    short = len(line.text) <= SHORT and line.text[:1].isupper() and not line.text.endswith((*ENDS, ",", ";"))
    return bold or asks(line.text) or (several and short and following.text.endswith(SENTENCE_ENDS))


def all_bold(paragraph: Paragraph) -> bool:
    """Tell whether all words of a paragraph are bold."""
    return all(run.look.bold for run in paragraph.runs if run.text.strip()) and not paragraph.empty


def asks(text: str) -> bool:
    """Tell whether a line is a question, short enough to be a heading."""
    return ends_in_question_mark(text) and len(text) <= MAX_HEADING


def split_lines(paragraph: Paragraph) -> list[Paragraph]:
    """The lines of a paragraph that have text, each as a paragraph; or it alone where it has none."""
    return [line for line in split_at(paragraph, LINE_BREAK) if not line.empty] or [paragraph]


def _joined(lines: Sequence[Paragraph]) -> list[Paragraph]:
    if not lines:
        return []
    runs: list[Run] = []
    for number, line in enumerate(lines):
        if number:
            runs.append(Run(LINE_BREAK, Look()))
        runs += line.runs
    return [replace(lines[0], runs=tuple(runs))]


def _typed_items(blocks: Sequence[Block], starred: bool) -> list[Block]:
    """The blocks, paragraphs with a typed bullet as list items; some signs are bullets only where several have them.

    A "*" that stands alone is the sign of a note where a word above has it.
    """
    filled = [at for at, block in enumerate(blocks) if not isinstance(block, Paragraph) or not block.empty]
    listed, stars = _neighbours(blocks, filled, _REPEATED), _neighbours(blocks, filled, _STARRED)
    found: list[Block] = []
    for at, block in enumerate(blocks):
        if isinstance(block, Paragraph) and (at in stars or not starred or not _STARRED.match(raw_text(block))):
            found.append(_typed_item(block, _REPEATED if at in listed else _SPACED_BULLET))
        else:
            found.append(block)
        starred = starred or _has_star(block)
    return found


def _neighbours(blocks: Sequence[Block], filled: Sequence[int], mark: re.Pattern[str]) -> set[int]:
    """Where paragraphs stand that begin with a mark, and another such one stands above or below each."""
    marked = {at for at in filled if isinstance(one := blocks[at], Paragraph) and mark.match(raw_text(one))}
    return {at for pair in pairwise(filled) if marked.issuperset(pair) for at in pair}


def _typed_item(paragraph: Paragraph, mark: re.Pattern[str] = _SPACED_BULLET) -> Paragraph:
    """A paragraph whose bullet was typed, as a list item."""
    raw = raw_text(paragraph)
    bullet = mark.match(raw)
    if not bullet or paragraph.item or paragraph.level or paragraph.title or not any(map(str.isalnum, raw)):
        return paragraph
    left = bullet.end()
    runs: list[Run] = []
    for run in paragraph.runs:
        runs.append(replace(run, text=run.text[left:]))
        left = max(left - len(run.text), 0)
    return replace(paragraph, runs=tuple(runs), item=Item(0, None, "typed"))
