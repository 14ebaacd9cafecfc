"""Measures how each line of a web page stands: what tells a site's own lines from those of a text in any language."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from math import log1p
from typing import TYPE_CHECKING

from wellread.importing.element_names import FOOT, KINDS
from wellread.importing.furniture import CAMEL, COPYRIGHT
from wellread.importing.hidden import classes_of
from wellread.importing.lines import ENDS, lines_of
from wellread.importing.links import leads_elsewhere
from wellread.importing.tree import HEADING_NAMES, first_inside, nearest_around, text_of
from wellread.text.accounting import WITHOUT_SPACES
from wellread.text.dates import dated
from wellread.text.page_words import ABOUT_AUTHOR, COMMENTING, HELPFUL, READING_TIME, RELATED, SHARE

if TYPE_CHECKING:
    from bs4 import Tag

LEAST_SENTENCE = 6
"""Words outside links at least of a line that ends like a sentence and is text, as far as its form tells."""
_BOX = 0.1
"""Share of a page's sentences, in words, that the box of a line has: the largest element around it with no more."""
_BESIDE = 3
"""Lines above and below a line that tell what it stands among."""
_MOST_CALLED = 15
"""Words at most of a line that is read for what it is called, or dated."""
_CALLED = (RELATED, COMMENTING, ABOUT_AUTHOR, SHARE, READING_TIME)
_UNSPACED = re.compile(f"[{WITHOUT_SPACES}]{{2}}")
_ASIDE = frozenset(["aside", "footer", "header", "form", "nav"])

WEIGHTS: dict[str, float] = {
    "words": -0.5,
    "linked": 0.21,
    "inside": 0.65,
    "ends": -0.25,
    "figures": 0.4,
    "dated": 1.34,
    "called": 2.41,
    "heading": -0.4,
    "over text": -0.55,
    "item": -1.24,
    "aside": 1.73,
    "box named": 0.54,
    "box depth": 0.65,
    "box linked": 0.75,
    "box pictured": 0.81,
    "below box": -0.21,
    "above all": 0.91,
    "linked beside": 0.26,
    "text around": -1.37,
    "always": 0.25,
}
"""What each measure weighs, in log odds, and "always": fitted by benchmarks/fit_site_lines.py on 817 pages of 691
sites, which are not part of the project (docs/notebook.md). Sizes are logarithms of words or elements, the rest 0 to
1."""


@dataclass(slots=True)
class SiteLine:
    """A line of a page, its words and how many of them are linked or belong to a sentence, and what is around it.

    `inside` is the share of its links that lead to the site's pages, `measures` are those of WEIGHTS.
    """

    leaf: Tag
    words: str
    count: int
    linked: int
    sentence: int
    inside: float
    dated: bool
    called: bool
    around: list[Tag]
    measures: dict[str, float] = field(default_factory=dict)

    @property
    def is_heading(self) -> bool:
        """Whether the line is marked as a heading."""
        return self.leaf.name in HEADING_NAMES

    @property
    def odds(self) -> float:
        """The logarithm of the odds that the line is the site's own, and not of the text."""
        return sum(WEIGHTS[name] * value for name, value in self.measures.items()) + WEIGHTS["always"]


@dataclass(slots=True)
class _Sums:
    """What an element holds: words, linked ones, those of sentences; and all words of sentences up to its end."""

    words: int = 0
    linked: int = 0
    sentence: int = 0
    up_to_end: int = 0
    pictured: bool = False


def measure_lines(text: Tag, host: str) -> list[SiteLine]:
    """Measure the lines of a page's text, in order, by their links, their form and what they stand in and among."""
    lines = [_read(leaf, text, host) for leaf in lines_of(text)]
    sums = _sums_of(lines)
    total = sum(line.sentence for line in lines)
    seen: dict[int, bool] = {}
    over_text = {_form(line) for line, below in pairwise(lines) if below.sentence}
    before = 0
    for at, line in enumerate(lines):
        boxes = [tag for tag in line.around if sums[id(tag)].sentence <= _BOX * total]
        box = boxes[-1] if boxes else line.leaf
        held = sums[id(box)]
        for tag in boxes:
            if id(tag) not in seen:
                seen[id(tag)] = _is_named(tag)
        beside = lines[max(0, at - _BESIDE) : at] + lines[at + 1 : at + 1 + _BESIDE]
        outer = sums[id(line.around[1])].sentence if len(line.around) > 1 else total
        names = {tag.name for tag in line.around}
        line.measures |= {
            "over text": float(line.is_heading and _form(line) in over_text),
            "item": float("li" in names),
            "aside": float(bool(names & _ASIDE)),
            "box named": float(any(seen[id(tag)] for tag in boxes)),
            "box depth": log1p(len(boxes)),
            "box linked": held.linked / held.words,
            "box pictured": float(held.pictured),
            "below box": log1p(total - held.up_to_end),
            "above all": float(before == 0),
            "linked beside": sum(one.measures["linked"] for one in beside) / (2 * _BESIDE),
            "text around": outer / total if total else float(len(line.around) == 1),
        }
        before += line.sentence
    return lines


def _sums_of(lines: list[SiteLine]) -> dict[int, _Sums]:
    """What each element around these lines holds, by its id."""
    sums: dict[int, _Sums] = {}
    total = 0
    for line in lines:
        total += line.sentence
        for tag in line.around:
            if id(tag) not in sums:
                sums[id(tag)] = _Sums(pictured=first_inside(tag, ("img",)) is not None)
            held = sums[id(tag)]
            held.words += line.count
            held.linked += line.linked
            held.sentence += line.sentence
            held.up_to_end = total
    return sums


def _read(leaf: Tag, text: Tag, host: str) -> SiteLine:
    words = text_of(leaf)
    count = _size(words)
    outer = nearest_around(leaf, ("a",))
    links = leaf.find_all("a", href=True) if outer is None else [outer]
    linked = min(sum(_size(text_of(link)) for link in links), count) if outer is None else count
    elsewhere = [leads_elsewhere(str(link.get("href") or ""), host) for link in links]
    around = [leaf]
    for tag in leaf.parents:
        if tag is text:
            break
        around.append(tag)
    ends = words.endswith(ENDS)
    short = count <= _MOST_CALLED
    named = any(one.fullmatch(words.strip(" :")) for one in _CALLED)
    line = SiteLine(
        leaf=leaf,
        words=words,
        count=count,
        linked=linked,
        sentence=count - linked if ends and count - linked >= LEAST_SENTENCE else 0,
        inside=1 - sum(elsewhere) / len(links) if links else 0.0,
        dated=short and bool(dated(words)),
        called=short and bool(named or HELPFUL.search(words) or COPYRIGHT.search(words)),
        around=around,
    )
    line.measures = {
        "words": log1p(count),
        "linked": linked / count,
        "inside": line.inside,
        "ends": float(ends),
        "figures": float(any(map(str.isdecimal, words))),
        "dated": float(line.dated),
        "called": float(line.called),
        "heading": float(line.is_heading),
    }
    return line


def _size(words: str) -> int:
    """How many words a text has; where no spaces stand between them, two signs count as one."""
    return len(words.split()) + len(_UNSPACED.findall(words))


def _form(line: SiteLine) -> tuple[str, ...]:
    return tuple(part for tag in line.around[:2] for part in (tag.name, classes_of(tag)))


def _is_named(tag: Tag) -> bool:
    """Tell whether an element is called what site generators call what is no text, in class or id."""
    names = [*tag.get_attribute_list("class"), tag.get("id")]
    plain = [CAMEL.sub("-", str(name)).lower().replace("__", "-") for name in names if name]
    return any(FOOT.fullmatch(name) or any(called.match(name) for _, _, called in KINDS) for name in plain)
