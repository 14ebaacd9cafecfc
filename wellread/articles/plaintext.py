"""Reads a plain-text article, with headings and bullets as editors type them, into headings and blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from wellread.articles.frontmatter import read_date, read_language
from wellread.articles.headings import MAX_CHARS, find_headings
from wellread.articles.lines import RULE_GAP, Line, Unit, ends_sentence, is_rule, join_lines, read_lines
from wellread.articles.outline import Details, Draft, Heading, is_question
from wellread.datatypes import Block
from wellread.errors import ArticleError

MAX_TITLE = 200

_MARKER = re.compile(r"article content\s*:", re.IGNORECASE)
_DETAIL = re.compile(r"(last reviewed|next review|source|language)\s*:\s*(\S.*)", re.IGNORECASE)
_DISCLAIMER = re.compile(
    r"(?:(?:medical|legal|health) )?disclaimer|haftungsausschluss|descargo de responsabilidad", re.I
)
_CLOSING = re.compile(
    r"(?:note|please note|important(?: note| notice)?|warning|hinweis|wichtig|aviso|importante|avertissement)\s*:\s*\S",
    re.IGNORECASE,
)
_NO_ADVICE = re.compile(
    r"\b(?:not|never|n't)\b.{0,40}\b(?:substitute for|replace|constitute)\b.{0,40}\b(?:advice|doctor|physician|care)\b"
    r"|\binformation(?:al)? purposes only\b",
    re.IGNORECASE,
)

_DEEPER = {"o": 2, "◦": 2, "○": 2, "▪": 4, "■": 4}
"""How much deeper a word processor's inner bullets lie; pasting them as text loses their indentation."""


def parse_plaintext(text: str, file: str) -> Draft:
    """Read a plain-text article; raises ArticleError naming `file` and the line.

    The first line is the title. "Source:", "Language:", "Last reviewed:" and "Next review:" directly under it are
    details, a line "Article Content:" there is left out, and so is the title where it is repeated alone further
    down. Text comes back in single spaces, otherwise as it was written and in its order.
    """
    lines = read_lines(text)
    title, start = _take_title(lines, file)
    details, start = _take_details(lines, start, file)
    units = [unit for at, unit in enumerate(join_lines(lines[start:])) if not _repeats(unit, title, at)]
    disclaimer, units = _take_disclaimer(units)
    levels = find_headings(units, lower_case=title[0].islower())
    return Draft(title, _parts(units, levels), replace(details, disclaimer=disclaimer))


def _take_title(lines: Sequence[Line], file: str) -> tuple[str, int]:
    """Return the title and the number of lines it takes, blank lines above and a drawn line below included."""
    remedy = "put the title on the first line, alone"
    start = next((n for n, line in enumerate(lines) if line.text and not is_rule(line)), None)
    if start is None:
        raise ArticleError(file, None, "the article has no title", remedy)
    first = lines[start]
    if first.marker and not first.marker[:-1].isdigit():
        raise ArticleError(file, first.number, "the article has no title: it begins with a list item", remedy)
    end = start + 1
    while end < len(lines) and _continues_title(lines[end]):
        end += 1
    stops = end == len(lines) or not lines[end].text or is_rule(lines[end]) or _DETAIL.match(lines[end].text)
    title = " ".join(f"{line.marker} {line.text}".strip() for line in lines[start:end])
    if not stops or ends_sentence(title) or len(title) > MAX_TITLE:
        end = start + 1
        title = f"{first.marker} {first.text}".strip()
    if len(title) > MAX_TITLE:
        reason = f"the article has no title: its first line is longer than {MAX_TITLE} characters"
        raise ArticleError(file, first.number, reason, remedy)
    return title, end + (end < len(lines) and is_rule(lines[end]))


def _continues_title(line: Line) -> bool:
    return not line.marker and line.text[:1].islower() and not (_DETAIL.match(line.text) or _MARKER.match(line.text))


def _take_details(lines: Sequence[Line], start: int, file: str) -> tuple[Details, int]:
    """Return the details under the title and the number of the first line below them."""
    found: dict[str, str] = {}
    details = Details()
    for at in range(start, len(lines)):
        line = lines[at]
        detail = _DETAIL.fullmatch(line.text)
        if detail and not line.marker:
            key, value = detail[1].lower().replace(" ", "_"), detail[2]
            if key in found:
                raise ArticleError(file, line.number, f'"{detail[1]}" is given twice', "keep one of the two lines")
            found[key] = value
            if key == "source":
                details = replace(details, source=value)
            elif key == "language":
                details = replace(details, language=read_language(value, file, line.number))
            elif key == "last_reviewed":
                details = replace(details, last_reviewed=read_date(value, detail[1], file, line.number))
            else:
                details = replace(details, next_review=read_date(value, detail[1], file, line.number))
        elif line.text and not is_rule(line) and not _MARKER.fullmatch(line.text):
            return details, at
    return details, len(lines)


def _repeats(unit: Unit, title: str, at: int) -> bool:
    """Tell whether a unit is the title once more, as under a picture; a title that asks may be asked in a FAQ."""
    same = unit.text.casefold() == title.casefold() and not unit.marker and not unit.underline
    return same and (at == 0 or not is_question(title))


def _take_disclaimer(units: list[Unit]) -> tuple[str, list[Unit]]:
    """Return the closing disclaimer, or "", and the units before it.

    It is the last paragraph: under the word "Disclaimer" or after it, set apart by more blank lines than any
    other, or by its words. In these last two cases the only text of a section stays where it is.
    """
    for back in range(2, min(4, len(units)) + 1):
        label = units[-back]
        below = units[1 - back :]
        if _DISCLAIMER.fullmatch(label.text.rstrip(":")) and not any(unit.marker or unit.underline for unit in below):
            return " ".join(unit.text for unit in below), units[:-back]
    first = len(units) - 1
    while first > 0 and units[first].gap == 0:
        first -= 1
    closing = units[first:]
    if first <= 0 or any(unit.marker or unit.underline for unit in closing):
        return "", units
    text = " ".join(unit.text for unit in closing)
    if _is_disclaimer(text, units[first].gap, units[:first]):
        return text, units[:first]
    return "", units


def _is_disclaimer(text: str, gap: int, before: Sequence[Unit]) -> bool:
    label = _DISCLAIMER.match(text)
    if label and text[label.end() :].lstrip().startswith(":"):
        return True
    above = before[-1]
    if not (above.marker or ends_sentence(above.text) or len(above.text) > MAX_CHARS):
        return False  # a heading stands above, and this is all its text
    set_apart = gap >= RULE_GAP and gap > max(unit.gap for unit in before)
    return set_apart or _CLOSING.match(text) is not None or _NO_ADVICE.search(text) is not None


def _parts(units: Sequence[Unit], levels: dict[int, int]) -> tuple[Heading | Block, ...]:
    parts: list[Heading | Block] = []
    indents: list[int] = []  # of the lists that are open, outermost first
    for at, unit in enumerate(units):
        if at in levels:
            indents.clear()
            parts.append(Heading(f"{unit.marker} {unit.text}".strip(), levels[at], unit.line))
        elif unit.marker:
            indent = unit.indent + _DEEPER.get(unit.marker, 0)
            while indents and indent < indents[-1] - 1:
                indents.pop()
            if not indents or indent > indents[-1] + 1:
                indents.append(indent)
            marker = unit.marker if any(map(str.isalnum, unit.marker)) and unit.marker != "o" else "•"
            parts.append(Block("item", unit.text, unit.line, marker, len(indents) - 1))
        else:
            while indents and unit.indent <= indents[-1]:
                indents.pop()
            parts.append(Block("paragraph", unit.text, unit.line))
    return tuple(parts)
