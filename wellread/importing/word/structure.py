"""Finds what an author drew by hand: paragraphs made of line breaks, typed bullets, columns of tabs, plain headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from wellread.articles.outline import QUESTION_MARKS
from wellread.importing.word.blocks import LINE_BREAK, PAGE_BREAK, Block, Cell, Paragraph, Run, Table
from wellread.importing.word.styles import Item, Look

MAX_HEADING = 120
"""A line longer than this is no heading, whatever it looks like."""

MAX_STYLED_HEADING = 250
"""A paragraph longer than this is text, though its style is a heading's: someone liked how it looks."""

LONG = 400
"""A paragraph of more characters than this whose lines end like sentences is a text whose paragraphs are lines."""

_BULLET = re.compile(r"\s*[•●◦○▪■‣∙·➢❖◆–—*-](?:\s+|(?=[^\W\d_]))")
_SPACED_BULLET = re.compile(r"\s*(?:[•●◦○▪■‣∙·➢❖◆]\s*|[–—*-]\s+|o\t\s*)")
_TAB = re.compile(r"\S[ ]*\t+[ ]*\S")
_LABEL = re.compile(r"(?:\S{1,3}|[^\t]*[:.)])[ ]*\t")  # "1.", "Note:": what stands after the tab goes on with it
_SENTENCE = (".", "!", "。", "।", "۔")
_ENDS = (*_SENTENCE, ":", *QUESTION_MARKS)
_HEAD_STYLE = re.compile(r"head(?:ing|line)?\b|überschrift|titre|título|titolo|subtit", re.IGNORECASE)


def divide_lines(blocks: Sequence[Block]) -> list[Block]:
    """Make paragraphs of what line breaks divide, list items of typed bullets, and tables of columns of tabs."""
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Table):
            found.append(_map_cells(block))
        elif block.level or block.title:
            found.append(_one_line(block))
        else:
            found += _divided(block)
    return _tab_tables([_typed_item(one) if isinstance(one, Paragraph) else one for one in found])


def _map_cells(table: Table) -> Table:
    rows = (tuple(replace(cell, blocks=tuple(divide_lines(cell.blocks))) for cell in row) for row in table.rows)
    return Table(tuple(rows))


def _one_line(heading: Paragraph) -> Paragraph:
    runs = tuple(replace(run, text=run.text.replace(LINE_BREAK, " ").replace(PAGE_BREAK, " ")) for run in heading.runs)
    if len(heading.text) > MAX_STYLED_HEADING:
        return replace(heading, runs=runs, level=0, title=False)
    return replace(heading, runs=runs)


def _divided(paragraph: Paragraph) -> list[Paragraph]:
    """The paragraphs that the line breaks of one make: blank lines always, others where its lines are like that."""
    if not any(LINE_BREAK in run.text or PAGE_BREAK in run.text for run in paragraph.runs):
        return [paragraph]
    found: list[Paragraph] = []
    for part in _split(paragraph, PAGE_BREAK):
        lines = _split(part, LINE_BREAK)
        by_sentence = len(part.text) > LONG
        group: list[Paragraph] = []
        for number, line in enumerate(lines):
            following = lines[number + 1] if number + 1 < len(lines) else None
            if line.empty:
                found += _joined(group)
                group = []
                continue
            if _BULLET.match(_raw(line)) and _typed_item(line).item:
                found += _joined(group)
                group = []
            group.append(line)
            ends = by_sentence and line.text.endswith(_ENDS)
            alone = len(group) == 1 and following is not None and not following.empty and _asks(line.text)
            if ends or alone or (len(group) == 1 and following is not None and _stands_out(line, following)):
                found += _joined(group)
                group = []
        found += _joined(group)
    if not found:
        return [paragraph]
    item = paragraph.item
    return [replace(one, item=item if number == 0 else one.item) for number, one in enumerate(found)]


def _stands_out(line: Paragraph, following: Paragraph) -> bool:
    return len(line.text) <= MAX_HEADING and _all_bold(line) and not following.empty and not _all_bold(following)


def _all_bold(paragraph: Paragraph) -> bool:
    return all(run.look.bold for run in paragraph.runs if run.text.strip()) and not paragraph.empty


def _asks(text: str) -> bool:
    return text.endswith(QUESTION_MARKS) and len(text) <= MAX_HEADING


def _split(paragraph: Paragraph, mark: str) -> list[Paragraph]:
    lines: list[list[Run]] = [[]]
    for run in paragraph.runs:
        for number, text in enumerate(run.text.split(mark)):
            if number:
                lines.append([])
            if text or run.picture:
                lines[-1].append(replace(run, text=text))
    return [replace(paragraph, runs=tuple(runs), item=None) for runs in lines]


def _joined(lines: Sequence[Paragraph]) -> list[Paragraph]:
    if not lines:
        return []
    runs: list[Run] = []
    for number, line in enumerate(lines):
        if number:
            runs.append(Run(LINE_BREAK, Look()))
        runs += line.runs
    return [replace(lines[0], runs=tuple(runs))]


def _raw(paragraph: Paragraph) -> str:
    return "".join(run.text for run in paragraph.runs)


def _typed_item(paragraph: Paragraph) -> Paragraph:
    """A paragraph whose bullet was typed, as a list item."""
    bullet = _SPACED_BULLET.match(_raw(paragraph))
    if not bullet or paragraph.item or paragraph.level or paragraph.title or len(_raw(paragraph)) == bullet.end():
        return paragraph
    left = bullet.end()
    runs: list[Run] = []
    for run in paragraph.runs:
        runs.append(replace(run, text=run.text[left:]))
        left = max(left - len(run.text), 0)
    return replace(paragraph, runs=tuple(runs), item=Item(0, None, "typed"))


def _tab_tables(blocks: Sequence[Block]) -> list[Block]:
    """Paragraphs after one another with as many tabs inside are the rows of a table, "2 to 4 years | 5 ml"."""
    found: list[Block] = []
    for count, group in groupby(blocks, key=_tabs):
        rows = list(group)
        if count == 0:
            found += rows
        else:
            cells = [tuple(Cell((one,)) for one in _split_tabs(row)) for row in rows if isinstance(row, Paragraph)]
            found.append(Table(tuple(cells)))
    return found


def _tabs(block: Block) -> int:
    """How many columns of tabs a paragraph has, less one; 0 for one that is no row."""
    if not isinstance(block, Paragraph) or block.level or block.title or block.item or block.aside:
        return 0
    raw = _raw(block).strip()
    if LINE_BREAK in raw or not _TAB.search(raw) or _LABEL.match(raw):
        return 0
    return len(re.findall(r"\t+", raw))


def _split_tabs(paragraph: Paragraph) -> list[Paragraph]:
    return [part for part in _split(paragraph, "\t") if not part.empty]


def find_headings(blocks: Sequence[Block]) -> tuple[list[Block], str]:
    """Mark the headings of a document in which none is marked as such, and tell of it; else leave it as it is.

    A short paragraph is a heading if it is bolder or larger than the text, or in another colour, or underlined, or in
    capitals, and if other text follows it. Where there is none of these, questions are headings.
    """
    marked = [block for block in blocks if isinstance(block, Paragraph) and block.level and not block.empty]
    first = next((block for block in blocks if not isinstance(block, Paragraph) or not block.empty), None)
    if len(marked) > 1 or (marked and marked[0] is not first):
        return list(blocks), ""
    body = _body(blocks)
    ranks = {at: rank for at, block in enumerate(blocks) if (rank := _rank(block, body))}
    if not ranks:
        ranks = {at: (0.0,) for at, block in enumerate(blocks) if _is_question(block)}
    title = None if marked or any(_is_title(block) for block in blocks) else _find_title(blocks, ranks)
    heads = {at: rank for at, rank in ranks.items() if at != title and _has_text(blocks, at, ranks)}
    levels = {rank: level for level, rank in enumerate(sorted(set(heads.values()), reverse=True), 2)}
    found: list[Block] = []
    for at, block in enumerate(blocks):
        if isinstance(block, Paragraph) and (at == title or at in heads):
            block = replace(_one_line(block), level=0 if at == title else min(levels[heads[at]], 6), title=at == title)
        found.append(block)
    names = [block.text for at, block in enumerate(blocks) if isinstance(block, Paragraph) and (at in heads)]
    if names:
        return found, f"no headings are marked as such, by their look these became headings: {'; '.join(names)}"
    return found, "no headings were found, all text is one section" if _long(blocks) and not marked else ""


def _long(blocks: Sequence[Block]) -> bool:
    return sum(len(block.text) for block in blocks if isinstance(block, Paragraph)) > 1500


def _is_aside(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.aside


def _is_title(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.title and not block.empty


def text_is_bold(blocks: Sequence[Block]) -> bool:
    """Tell whether most of the text is bold."""
    return _body(blocks).bold


def _body(blocks: Sequence[Block]) -> Look:
    """The look that most characters have, of what reads like sentences if anything does."""
    counts: Counter[Look] = Counter()
    sentences: Counter[Look] = Counter()
    for block in blocks:
        for run in block.runs if isinstance(block, Paragraph) else ():
            counts[_plain(run.look)] += len(run.text.strip())
            if isinstance(block, Paragraph) and (len(block.text) > MAX_HEADING or block.text.endswith(_SENTENCE)):
                sentences[_plain(run.look)] += len(run.text.strip())
    return (sentences or counts or Counter([Look()])).most_common(1)[0][0]


def _plain(look: Look) -> Look:
    return replace(look, italic=False, raised="")


def _rank(block: Block, body: Look) -> tuple[float, ...] | None:
    """How far a paragraph stands out from the text as a heading does; None if it does not."""
    if not isinstance(block, Paragraph) or block.empty or block.item or block.title or block.level or block.aside:
        return None
    text = block.text
    if len(text) > MAX_HEADING or LINE_BREAK in _raw(block).strip() or text.endswith((".", ",", ";", "!")):
        return None
    looks = [run.look for run in block.runs if run.text.strip()]
    larger = min(look.size for look in looks) >= 1.12 * body.size
    bold = not body.bold and all(look.bold for look in looks)
    lined = not body.underlined and all(look.underlined and not run.address for look, run in _worded(block))
    color = all(look.color != body.color and look.color for look in looks)
    letters = [char for char in text if char.isalpha()]
    capitals = len(letters) > 3 and (text.isupper() or all(look.capitals for look in looks))
    styled = _HEAD_STYLE.search(block.style) is not None
    if not any((larger, bold, lined, color, capitals and not body.capitals, styled)):
        return None
    return (max(look.size for look in looks), float(bold), float(capitals), float(color), float(lined))


def _worded(block: Paragraph) -> list[tuple[Look, Run]]:
    return [(run.look, run) for run in block.runs if run.text.strip()]


def _is_question(block: Block) -> bool:
    plain = isinstance(block, Paragraph) and not (block.item or block.title or block.level or block.aside)
    return plain and isinstance(block, Paragraph) and _asks(block.text)


def _find_title(blocks: Sequence[Block], ranks: dict[int, tuple[float, ...]]) -> int | None:
    """Where the title stands: the first paragraph that says anything, if it stands out and outranks the others."""
    first = _next(blocks, -1)
    block = None if first is None else blocks[first]
    if first is None or first not in ranks or not isinstance(block, Paragraph):
        return None
    others = [rank for at, rank in ranks.items() if at != first]
    outranks = bool(others) and all(rank < ranks[first] for rank in others)
    return first if outranks or _next(blocks, first) in ranks or not _asks(block.text) else None


def find_first_line(blocks: Sequence[Block]) -> tuple[list[Block], str]:
    """Make the first line the title where nothing else can be it, and tell of it: a short one, and text below it."""
    levels = Counter(
        block.level for block in blocks if isinstance(block, Paragraph) and block.level and not block.empty
    )
    if any(_is_title(block) for block in blocks) or (levels and levels[min(levels)] == 1):
        return list(blocks), ""
    first = _next(blocks, -1)
    block = None if first is None else blocks[first]
    if first is None or not isinstance(block, Paragraph) or block.level or block.item or block.aside:
        return list(blocks), ""
    text = block.text
    below = _next(blocks, first)
    lone = below is None or _is_aside(blocks[below]) or len(text) > MAX_HEADING or LINE_BREAK in _raw(block).strip()
    if lone or not any(map(str.isalpha, text)) or text.endswith((*_ENDS, ",", ";")):
        return list(blocks), ""
    found = list(blocks)
    found[first] = replace(block, title=True)
    return found, f"no title is marked as such, the first line became it: {text}"


def _has_text(blocks: Sequence[Block], at: int, ranks: dict[int, tuple[float, ...]]) -> bool:
    """Tell whether text follows a heading, or a heading below it."""
    following = _next(blocks, at)
    return following is not None and (following not in ranks or ranks[following] < ranks[at])


def _next(blocks: Sequence[Block], at: int) -> int | None:
    """Where the next block stands that is not empty."""
    return next(
        (n for n in range(at + 1, len(blocks)) if not isinstance(one := blocks[n], Paragraph) or not one.empty), None
    )
