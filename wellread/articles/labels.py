"""Finds the headings that labels tell: "Q: …" before each question; "Adults:", "Children:" above parts of a section."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from wellread.articles.adverts import is_advert
from wellread.articles.editors_notes import is_editors_note
from wellread.articles.introductions import COLONS, announces
from wellread.articles.lettering import is_bracketed
from wellread.articles.lines import Unit
from wellread.articles.outline import asks

_MAX_CHARS = 80
_MAX_WORDS = 8
"""Of a label at most; a longer line that ends with a colon is an introduction."""
_LABEL = re.compile(r"([^\W\d_]{1,20})\s?\d{0,2}\s?[:：.)]\s*(?=\S)")
"""The one word, or letter, that stands before a question of a list of them: "Q: ", "Frage 2: ", "質問："."""
_MAX_LABELLED = 200
"""Characters of a question that such a label marks as one, at most; without a label it has fewer."""
_COUNTED = re.compile(r"(?P<word>[^\W\d_]+) (?:(?P<number>\d{1,2})|(?P<letter>[A-Z]))(?!\w)[^:：]{0,60}[:：]")
"""A label that counts: "Remedy A (cloves):", "Step 2:"."""
_NO_LABEL = re.compile(r"(?:please )?(?:note|notes|nb|important|warning|remember|examples?|for example|e\.g)\W*", re.I)


def divide_by_labels(units: Sequence[Unit], levels: Mapping[int, int]) -> tuple[dict[int, int], tuple[int, ...]]:
    """Return the levels of labels that divide their section, by place, and the first label of sections left undivided.

    `levels` are those of the other headings. Two or more labels, each below a blank line, divide a section where no
    other blank line stands between them and behind the last: so all text below a label belongs to it. The heading may
    be the first of them.
    """
    found: dict[int, int] = {}
    unsure: list[int] = []
    starts = [-1, *sorted(levels), len(units)]
    for heading, end in pairwise(starts):
        labelled = heading >= 0 and units[heading].text.endswith(COLONS) and not units[heading].underline
        inside = [at for at in range(heading + 1, end) if _is_label(units, at, end, at == heading + 1 and not labelled)]
        labels = [heading, *inside] if labelled else inside
        if len(labels) > 1 and _divide(units, labels, end):
            level = levels[heading] if heading >= 0 else 0
            found.update(dict.fromkeys(inside, level if labelled else level + 1))
        elif len(labels) > 1:
            unsure.append(inside[0])
    return found, tuple(unsure)


def _is_label(units: Sequence[Unit], at: int, end: int, first: bool) -> bool:
    unit = units[at]
    text = unit.text.rstrip("".join(COLONS)).rstrip()
    if not unit.text.endswith(COLONS) or unit.marker or unit.cells or unit.size > 1 or unit.underline or not text:
        return False
    if not (unit.gap or first) or at + 1 == end or units[at + 1].gap > 1:
        return False
    if len(text) > _MAX_CHARS or len(text.split()) > _MAX_WORDS or text[0].islower() or not text[0].isalnum():
        return False
    return not (announces(text) or _NO_LABEL.fullmatch(text) or is_advert(text) or is_editors_note(text))


def _divide(units: Sequence[Unit], labels: Sequence[int], end: int) -> bool:
    ends = [*labels[1:], end]
    parts = [range(label + 1, stop) for label, stop in zip(labels, ends, strict=True)]
    return all(part and not any(units[at].gap for at in part[1:]) for part in parts)


def counted_labels(units: Sequence[Unit], levels: Mapping[int, int]) -> dict[int, int]:
    """Return the levels of labels that count, "Way A:", "Way B:", where some of them are headings and some are not.

    All of them lie below a heading that stands directly above the first.
    """
    found: dict[str, list[tuple[int, int]]] = {}
    for at, unit in enumerate(units[:-1]):
        label = _COUNTED.fullmatch(unit.text) if unit.text.endswith(COLONS) and not unit.marker else None
        if label:
            number = int(label["number"]) if label["number"] else ord(label["letter"]) - ord("A") + 1
            found.setdefault(label["word"].casefold(), []).append((number, at))
    changed: dict[int, int] = {}
    for series in found.values():
        places = [at for _, at in series]
        counts = [number for number, _ in series] == list(range(1, len(series) + 1))
        others = any(at in levels and at not in places for at in range(places[0], places[-1]))
        missing = any(at not in levels for at in places)
        if len(places) > 1 and counts and missing and not others and any(at in levels for at in places):
            above = levels.get(places[0] - 1)
            level = min(levels[at] for at in places if at in levels) if above is None else above + 1
            changed |= dict.fromkeys(places, level)
    return changed


def below_brackets(units: Sequence[Unit], levels: dict[int, int]) -> dict[int, int]:
    """Return levels with labels one below the headings in brackets above them: "饮食：" below "【高血压】".

    So are all other headings where the first is one in brackets.
    """
    bracketed = [at for at in levels if is_bracketed(units[at].text)]
    if not bracketed:
        return levels
    first = min(levels) == bracketed[0]
    inner = (at for at in levels if at > bracketed[0] and at not in bracketed)
    return levels | {at: levels[at] + 1 for at in inner if first or units[at].text.endswith(COLONS)}


def labelled_questions(units: Sequence[Unit]) -> frozenset[int]:
    """Return the places of questions with a text below that begin with one label, in any language: "P: ¿Qué es?"."""
    found: dict[str, list[int]] = {}
    for at, (unit, below) in enumerate(pairwise(units)):
        if not asks(unit.text) or unit.marker or unit.cells or unit.underline or len(unit.text) > _MAX_LABELLED:
            continue
        label = _LABEL.match(unit.text)
        if label and not (asks(below.text) and _same_label(unit, below)):
            found.setdefault(label[1].casefold(), []).append(at)
    return frozenset(at for places in found.values() if len(places) > 1 for at in places)


def _same_label(unit: Unit, other: Unit) -> bool:
    one, two = _LABEL.match(unit.text), _LABEL.match(other.text)
    return one is not None and two is not None and one[1].casefold() == two[1].casefold()
