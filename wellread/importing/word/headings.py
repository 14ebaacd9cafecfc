"""Finds the title and the headings of a Word document in which none is marked as such, by their look."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from wellread.importing.numbered import is_numbered, levels_of
from wellread.importing.word.blocks import LINE_BREAK, SENTENCE_ENDS, Block, Paragraph, Run, paragraphs_of, raw_text
from wellread.importing.word.numbered_lines import find_numbered_lines
from wellread.importing.word.structure import (
    ENDS,
    MAX_HEADING,
    SHORT,
    asks,
    one_line,
    split_lines,
)
from wellread.importing.word.styles import Look

LARGER = 1.12
"""How much larger than the text a heading is, at least, where nothing else tells it."""

_ADDRESS = re.compile(r"://|www\.|\S@\S")
"""An address, which a line that heads nothing is often made of."""

_BRACKETS = re.compile(r"\([^()]*\)")

_QUOTES = "'\"“”‘’«»„¿¡"

_HEAD_STYLE = re.compile(r"head(?:ing|line)?\b|überschrift|titre|título|titolo|subtit", re.IGNORECASE)


def find_headings(blocks: Sequence[Block]) -> tuple[list[Block], str]:
    """Mark the headings of a document in which none is marked as such, and tell of it; else leave it as it is.

    A short paragraph is a heading if it is bolder or larger than the text, or in another colour, or underlined, or in
    capitals, and if other text follows it. Where there is none of these, questions are headings, and numbered lines
    with text below each. The number may be that of a list.
    """
    marked = [at for at, block in enumerate(blocks) if isinstance(block, Paragraph) and block.level and not block.empty]
    body = look_of_text(blocks)
    numbered = find_numbered_lines(blocks)
    lines = [numbered.get(at, block) for at, block in enumerate(blocks)]
    above = next((at for at, block in enumerate(blocks) if _is_title(block)), 0)
    top = above if _are_lines(blocks[:above]) else 0  # a hospital's name above the title heads nothing
    ranks = {at: rank for at, block in enumerate(lines) if at >= top and (rank := rank_of(block, body))}
    if len(marked) > 1 or (marked and marked[0] != _next_text(blocks, -1)):
        unmarked = [block.text for at, block in enumerate(blocks) if isinstance(block, Paragraph) and at in ranks]
        looks = f"these may be headings, and stand as text, as they are not marked as such: {'; '.join(unmarked)}"
        return list(blocks), looks if unmarked else ""
    if len(ranks) < 2:  # one line that stands out may be the title, and is no system of headings
        short = {at for at, one in enumerate(lines) if _is_question(one) or _is_short(lines, at)}
        short |= {at for at, line in numbered.items() if len(numbered) > 1 and len(line.text) <= SHORT}
        first = _next_text(blocks, -1)
        ranks = {at: ranks[at] if at in ranks and at == first else (0.0,) for at in sorted({*short, *ranks})}
    titled = any(_is_title(block) for block in blocks)
    title = None if marked or titled else _find_title(lines, ranks)
    heads = {at: rank for at, rank in ranks.items() if at != title and _has_text(blocks, at, ranks)}
    texts = {at: block.text for at, block in enumerate(lines) if at in heads and isinstance(block, Paragraph)}
    levels = levels_of({at: (heads[at], text) for at, text in texts.items()})
    found: list[Block] = []
    for at, (block, line) in enumerate(zip(blocks, lines, strict=True)):
        if isinstance(line, Paragraph) and (at == title or at in heads):
            block = replace(one_line(line), level=0 if at == title else levels[at], title=at == title)
        elif isinstance(block, Paragraph) and at in marked and not titled and not is_numbered(block.text):
            block = replace(block, level=0, title=True)  # the only marked heading, above all text
        found.append(block)
    if texts:
        names = "; ".join(texts.values())
        note = f"no headings are marked as such, by their look these became headings: {names}"
        if title is not None and ranks[title] in heads.values() and _next(blocks, title) not in ranks:
            note += "; the first line that looks like them became the title"
        below = None if title is None else _next(blocks, title)
        goes_on = below is not None and (below not in heads or _text(blocks, below)[:1].islower())
        if title is not None and below in ranks and goes_on and ranks[below] == ranks[title]:
            note += f'; the line below the title looks like it, and may go on with it: "{_text(blocks, below)}"'
        if alike := _sentences_like(blocks[top:], set(heads.values()), body):
            note += f"; these look like them, and stand as text, as they end like sentences: {'; '.join(alike)}"
        return found, note
    return found, "no headings were found, all text is one section" if _long(blocks) and not marked else ""


def _sentences_like(blocks: Sequence[Block], looks: set[tuple[float, ...]], body: Look) -> list[str]:
    """The short sentences that look like headings, in their colour, size or underlined: text may stand below them.

    Bold alone does not tell: warnings are in bold too.
    """
    told = {look for look in looks if look[0] >= LARGER * body.size or any(look[3:])}
    plain = [one for one in blocks if isinstance(one, Paragraph) and not (one.level or one.title or one.aside)]
    short = [one for one in plain if one.text.endswith(".") and len(one.text) <= MAX_HEADING]
    return [one.text for one in short if stands_out(one, body) in told]


def _long(blocks: Sequence[Block]) -> bool:
    return sum(len(block.text) for block in blocks if isinstance(block, Paragraph)) > 1500


def _text(blocks: Sequence[Block], at: int | None) -> str:
    block = None if at is None else blocks[at]
    return block.text if isinstance(block, Paragraph) else ""


def _is_aside(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.aside


def _is_title(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.title and not block.empty


def text_is_bold(blocks: Sequence[Block]) -> bool:
    """Tell whether most of the text is bold."""
    return look_of_text(blocks).bold


def look_of_text(blocks: Sequence[Block]) -> Look:
    """Find the look of most characters, of what reads like sentences if anything does, in tables only if need be."""
    counts: Counter[Look] = Counter()
    sentences: Counter[Look] = Counter()
    beside: Counter[Look] = Counter()
    lines = {id(block) for block in blocks}
    for block in paragraphs_of(blocks):
        inside = id(block) not in lines
        says = len(block.text) > MAX_HEADING or block.text.endswith(SENTENCE_ENDS)
        for run in block.runs:
            kinds = [beside if inside else sentences] if says else []
            for kind in kinds if inside else [counts, *kinds]:
                kind[_plain(run.look)] += len(run.text.strip())
    return (sentences or beside or counts or Counter([Look()])).most_common(1)[0][0]


def _plain(look: Look) -> Look:
    return replace(look, italic=False, raised="")


def rank_of(block: Block, body: Look) -> tuple[float, ...] | None:
    """Tell how far a paragraph stands out from the text as a heading does; None if it is none."""
    if not isinstance(block, Paragraph) or block.empty or block.item or block.title or block.level or block.aside:
        return None
    text = block.text
    if not 0 < len(text) <= MAX_HEADING or text.endswith((".", ",", ";", "!")) or has_address(text):
        return None
    worded = _words_of(block)
    larger = min(run.look.size for run in worded) >= LARGER * body.size
    if LINE_BREAK in raw_text(block).strip() and not larger:  # lines of the text's size may be more than a heading
        return None
    return stands_out(block, body)


def stands_out(block: Paragraph, body: Look) -> tuple[float, ...] | None:
    """Tell how far a paragraph that has words stands out from the look of the text; None if it does not."""
    worded = _words_of(block)
    looks = [run.look for run in worded]
    larger = min(look.size for look in looks) >= LARGER * body.size
    bold = not body.bold and all(look.bold for look in looks)
    lined = not body.underlined and all(run.look.underlined and not run.address for run in worded)
    color = all(run.look.color not in ("", body.color) and not run.address for run in worded)
    plain = _BRACKETS.sub("", block.text)
    capitals = sum(map(str.isalpha, plain)) > 3 and (plain.isupper() or all(look.capitals for look in looks))
    styled = _HEAD_STYLE.search(block.style) is not None
    if not any((larger, bold, lined, color, capitals and not body.capitals, styled)):
        return None
    return (max(look.size for look in looks), float(bold), float(capitals), float(color), float(lined))


def has_address(text: str) -> bool:
    """Tell whether an address of a page or a mailbox is in a text."""
    return _ADDRESS.search(text) is not None


def _words_of(block: Paragraph) -> list[Run]:
    """The runs of a paragraph that say something, without its number and its colon, which may look otherwise."""
    worded = [run for run in block.runs if any(map(str.isalnum, run.text))]
    lettered = [at for at, run in enumerate(worded) if any(map(str.isalpha, run.text))]
    return worded[lettered[0] :] if lettered else worded or [run for run in block.runs if run.text.strip()]


def _is_question(block: Block) -> bool:
    plain = isinstance(block, Paragraph) and not (block.item or block.title or block.level or block.aside)
    return plain and isinstance(block, Paragraph) and asks(block.text)


def _is_short(blocks: Sequence[Block], at: int) -> bool:
    """Tell whether a plain line is short and no sentence, between text that is."""
    block = blocks[at]
    if not isinstance(block, Paragraph) or block.empty or block.item or block.title or block.level or block.aside:
        return False
    text = block.text
    short = len(text) <= SHORT and not text.endswith((*ENDS, ",", ";")) and not has_address(text)
    if not short or not text.lstrip(_QUOTES)[:1].isupper() or LINE_BREAK in raw_text(block):
        return False
    above, below = _next(blocks, at, -1), _next(blocks, at)
    return (
        above is not None
        and below is not None
        and isinstance(over := blocks[above], Paragraph)
        and isinstance(under := blocks[below], Paragraph)
        and not (under.item or under.aside)
        and _ends_saying(over.text)
        and _ends_saying(under.text)
    )


def _ends_saying(text: str) -> bool:
    """Tell whether a text ends as a sentence or as the beginning of a list does, and not as a line to be filled in."""
    return text.endswith((*SENTENCE_ENDS, ":")) and not text.endswith("..")


def _find_title(blocks: Sequence[Block], ranks: dict[int, tuple[float, ...]]) -> int | None:
    """Where the title stands: the first paragraph that says anything, if it stands out and outranks the others.

    Below a picture, which may be the title, one that is like the others is none; nor is the first of numbered ones.
    """
    first = _next_text(blocks, -1)
    block = None if first is None else blocks[first]
    if first is None or first not in ranks or not isinstance(block, Paragraph):
        return None
    others = [rank for at, rank in ranks.items() if at != first]
    alike = (blocks[at] for at, rank in ranks.items() if at != first and rank == ranks[first])
    if is_numbered(block.text) and any(isinstance(one, Paragraph) and is_numbered(one.text) for one in alike):
        return None
    pictured = first != _next(blocks, -1)
    outranks = all(rank < ranks[first] for rank in others) and (pictured or bool(others))
    return first if outranks or _next(blocks, first) in ranks or not (pictured or asks(block.text)) else None


def find_first_line(blocks: Sequence[Block]) -> tuple[list[Block], str]:
    """Make the first line the title where nothing else can be it, and tell of it: a short one, and text below it.

    The only heading of level 1 is the title where it stands above the text; further down it heads its own section.
    """
    if any(_is_title(block) for block in blocks) or heads_all(blocks):
        return list(blocks), ""
    first = _next_text(blocks, -1)
    block = None if first is None else blocks[first]
    if first is None or not isinstance(block, Paragraph) or block.level or block.item or block.aside:
        return _below_title(blocks), ""
    title, *others = split_lines(block)
    below = _next(blocks, first)
    lone = below is None or _is_aside(blocks[below]) or has_address(title.text)
    if lone or sum(map(str.isalpha, title.text)) < 2 or any(_is_sentence(line.text) for line in (title, *others)):
        return _below_title(blocks), ""
    found = [*blocks[:first], replace(title, title=True), *others, *blocks[first + 1 :]]
    return found, f"no title is marked as such, the first line became it: {title.text}"


def heads_all(blocks: Sequence[Block]) -> bool:
    """Tell whether the only heading of level 1 heads all text, and not only its own section.

    Nothing stands above it but short lines, such as the name of a ward; or anything, where deeper headings follow it.
    """
    levels = {at: block.level for at, block in enumerate(blocks) if isinstance(block, Paragraph) and not block.empty}
    heads = {at: level for at, level in levels.items() if level}
    tops = [at for at, level in heads.items() if level == 1]
    if len(tops) != 1 or min(heads) != tops[0]:
        return False
    return _are_lines(blocks[: tops[0]]) or len(heads) > 1


def _are_lines(blocks: Sequence[Block]) -> bool:
    """Tell whether blocks are only short lines, or empty."""
    filled = (block for block in blocks if not isinstance(block, Paragraph) or not block.empty)
    return all(isinstance(one, Paragraph) and not one.item and not _is_sentence(one.text) for one in filled)


def _below_title(blocks: Sequence[Block]) -> list[Block]:
    """The blocks; where one heading alone stands on the level of titles, all are a level deeper."""
    if sum(isinstance(block, Paragraph) and block.level == 1 and not block.empty for block in blocks) != 1:
        return list(blocks)
    return [
        replace(block, level=block.level + 1) if isinstance(block, Paragraph) and block.level else block
        for block in blocks
    ]


def _is_sentence(text: str) -> bool:
    return len(text) > MAX_HEADING or text.endswith((*ENDS, ",", ";"))


def _has_text(blocks: Sequence[Block], at: int, ranks: dict[int, tuple[float, ...]]) -> bool:
    """Tell whether text follows a heading, or a heading below it."""
    following = _next(blocks, at)
    return following is not None and (following not in ranks or ranks[following] < ranks[at])


def _next(blocks: Sequence[Block], at: int, step: int = 1) -> int | None:
    """Where the next block stands that is not empty; with a step of -1 the one before."""
    places = range(at + step, len(blocks) if step > 0 else -1, step)
    return next((n for n in places if not isinstance(one := blocks[n], Paragraph) or not one.empty), None)


def _next_text(blocks: Sequence[Block], at: int, step: int = 1) -> int | None:
    """Where the next block stands that is more than a picture; with a step of -1 the one before."""
    while (found := _next(blocks, at, step)) is not None:
        block = blocks[found]
        if not isinstance(block, Paragraph) or block.text:
            break
        at = found
    return found
