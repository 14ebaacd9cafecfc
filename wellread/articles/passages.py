"""Articles to passages and sentences: what is shown, what is embedded for it, and where a long section is cut."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from wellread.datatypes import Article, Block, Link, Passage, Section, Sentence
from wellread.text.sentences import split_sentences

CountTokens = Callable[[Sequence[str]], list[int]]
Grain = Literal["passages", "sentences", "headings"]

GRAINS: tuple[Grain, ...] = ("passages", "sentences", "headings")
"""What is embedded: passages, their sentences, and each passage's heading, which tells the kind of its section."""

FRAME = 190
"""Characters of title and headings embedded with a text, at most: headings beyond that crowd out what they head.

In a script with a token a character they take three quarters of the default model's 256 tokens.
"""

_CLAUSE_END = re.compile(r"(?<=[;:,.)])\s")


def cut_article(article: Article, count_tokens: CountTokens, max_tokens: int) -> tuple[Passage, ...]:
    """Cut an article into passages, in reading order; a section without text of its own gives none.

    A section whose embedded text has more than `max_tokens` tokens is cut at sentence borders into parts of about
    one size; a sentence that is too long alone is cut at the clause or word border nearest to its middle. No
    word is lost: the parts' blocks read one after the other are the section's.
    """
    return tuple(
        passage
        for section in article.sections
        if section.blocks
        for passage in _cut_section(article, section, count_tokens, max_tokens)
    )


def embedded_texts(passages: Sequence[Passage]) -> dict[Grain, list[str]]:
    """What is embedded of every grain of some passages, in the order of the rows."""
    return {
        "passages": [passage_text(passage) for passage in passages],
        "sentences": [sentence_text(passage, sentence) for passage in passages for sentence in passage.sentences],
        "headings": [heading_text(passage) for passage in passages],
    }


def passage_text(passage: Passage) -> str:
    """What is embedded for a passage: its title and headings, then its text."""
    return f"{_frame(passage)}\n{passage.text}"


def heading_text(passage: Passage) -> str:
    """What is embedded for a passage's heading, to tell what kind of section it heads."""
    return passage.heading[:FRAME]


def sentence_text(passage: Passage, sentence: Sentence) -> str:
    """What is embedded for a sentence: the title and headings of its passage, then its words."""
    return f"{_frame(passage)}\n{passage.quote(sentence)}"


def _frame(passage: Passage) -> str:
    """The title and headings over a passage, each once; the innermost stay where they are too long together."""
    lines: list[str] = []
    room = FRAME
    for line in dict.fromkeys((*reversed(passage.path), passage.title)):
        if room > 0:
            lines.insert(0, line[:room])
        room -= len(line)
    return "\n".join(lines)


def _cut_section(article: Article, section: Section, count_tokens: CountTokens, max_tokens: int) -> Iterator[Passage]:
    sentences = tuple(_sentences(section.blocks))
    whole = Passage(
        id=f"{article.id}#{section.anchor}",
        article=article.id,
        title=article.title,
        path=section.path,
        anchor=section.anchor,
        blocks=section.blocks,
        sentences=sentences,
    )
    total, frame = count_tokens([passage_text(whole), _frame(whole)])
    if total <= max_tokens:
        yield whole
        return
    room = max(max_tokens - frame, max_tokens // 4)
    units: list[tuple[Sentence, int]] = []
    for sentence in sentences:
        units += _fit(whole, sentence, room, count_tokens)
    groups = _pack(units, room)
    for part, group in enumerate(groups, 1):
        blocks, inside = _slice(section.blocks, group)
        yield replace(
            whole,
            id=whole.id if part == 1 else f"{whole.id}.{part}",
            blocks=blocks,
            sentences=inside,
            part=part,
            parts=len(groups),
        )


def _sentences(blocks: Sequence[Block]) -> Iterator[Sentence]:
    """Paragraphs by sentence; list items and table rows whole."""
    for number, block in enumerate(blocks):
        spans = split_sentences(block.text) if block.type == "paragraph" else [(0, len(block.text))]
        for start, end in spans:
            yield Sentence(number, start, end)


def _fit(whole: Passage, sentence: Sentence, room: int, count_tokens: CountTokens) -> list[tuple[Sentence, int]]:
    """Halve a sentence until each piece has at most `room` tokens, its marker included; give pieces and counts."""
    text = whole.quote(sentence)
    (tokens,) = count_tokens([f"{whole.blocks[sentence.block].marker} {text}"])
    if tokens <= room or len(text) < 2:
        return [(sentence, tokens)]
    middle = len(text) / 2
    borders = [m.end() for m in _CLAUSE_END.finditer(text) if middle / 2 < m.end() < middle * 1.5]
    borders = borders or [m.end() for m in re.finditer(r"\s", text) if 0 < m.end() < len(text)]
    cut = min(borders, key=lambda end: abs(end - middle), default=int(middle))
    left_end = sentence.start + len(text[:cut].rstrip())
    left = replace(sentence, end=left_end)
    right = replace(sentence, start=sentence.start + cut)
    return [*_fit(whole, left, room, count_tokens), *_fit(whole, right, room, count_tokens)]


def _pack(units: Sequence[tuple[Sentence, int]], room: int) -> list[list[Sentence]]:
    """Share out sentences, in order, over as few groups of at most `room` tokens as a greedy pass needs, evenly."""
    total = sum(tokens for _, tokens in units)
    target = total / -(-total // room)
    groups: list[list[Sentence]] = []
    filled = float(room)
    for sentence, tokens in units:
        if not groups or filled + tokens > room or filled >= target:
            groups.append([])
            filled = 0
        groups[-1].append(sentence)
        filled += tokens
    return groups


def _slice(blocks: Sequence[Block], group: Sequence[Sentence]) -> tuple[tuple[Block, ...], tuple[Sentence, ...]]:
    """Cut out the stretch of blocks that a group of neighbouring sentences covers, and renumber the sentences."""
    numbers = sorted({sentence.block for sentence in group})
    cut: list[Block] = []
    offsets: dict[int, tuple[int, int]] = {}
    for new, number in enumerate(numbers):
        start = min(sentence.start for sentence in group if sentence.block == number)
        end = max(sentence.end for sentence in group if sentence.block == number)
        block = blocks[number]
        if (start, end) == (0, len(block.text)):
            cut.append(block)
        else:
            links = tuple(
                Link(max(link.start, start) - start, min(link.end, end) - start, link.url)
                for link in block.links
                if link.start < end and link.end > start
            )
            cut.append(replace(block, text=block.text[start:end], links=links, cells=()))
        offsets[number] = (new, start)
    inside = tuple(
        Sentence(offsets[s.block][0], s.start - offsets[s.block][1], s.end - offsets[s.block][1]) for s in group
    )
    return tuple(cut), inside
