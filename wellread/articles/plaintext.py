"""Reads a plain-text article, with headings and bullets as editors type them, into headings and blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from wellread.articles.bare_lists import is_section_name
from wellread.articles.copied_pages import without_page
from wellread.articles.disclaimers import (
    disclaimer_note,
    is_disclaimer_heading,
    names_itself,
    reads_like_disclaimer,
    take_section,
)
from wellread.articles.headings import MAX_CHARS, Structure, find_headings
from wellread.articles.html_in_text import find_html
from wellread.articles.introductions import COLONS, ends_sentence
from wellread.articles.joining import join_lines
from wellread.articles.lettering import is_bracketed
from wellread.articles.lines import RULE_GAP, Line, Unit, is_rule, read_lines
from wellread.articles.mail import names_more, own_title_note, read_mail
from wellread.articles.mail_parts import without_quote_marks
from wellread.articles.markdown_in_text import find_markdown, without_line_marks
from wellread.articles.masthead import read_masthead
from wellread.articles.outline import Draft, Heading, asks, is_question
from wellread.articles.printed_pages import without_pages
from wellread.articles.word_check import missing_words
from wellread.datatypes import Block, Note
from wellread.text.list_marks import counted_mark, with_boxes
from wellread.text.words import word_prefixes

_MENU, _LINK_WORDS, _LINK_CHARS = 5, 4, 40
"""Lines of a menu at least, and words and letters of each at most."""
_ALIKE = 2
"""Headings of the form of the title from which on it may be one of them."""
_LEAST_LETTERS = 4
"""Letters of a word of a title at least by which the text names it; shorter ones are "of" and "del"."""
_LABEL = re.compile(r"[^\W\d_]\s*[:：]\s*\S")
"""What a line above the title has that says what it is: "Publisher: Eastvale"."""
_DEEPER = {"o": 2, "◦": 2, "○": 2, "▪": 4, "■": 4}
"""How much deeper a word processor's inner bullets lie; pasting them as text loses their indentation."""


def parse_plaintext(text: str, file: str) -> Draft:
    """Read a plain-text article; raises ArticleError naming `file` and the line.

    The first line is the title. Lines such as "Source:", "Language:", "Last reviewed:" above it or directly under it
    are details, a line "Article Content:" there is left out, and so is the title where it is repeated alone further
    down. The subject of a mail is its title, unless the first line says what the text is about. Text comes back in
    single spaces, otherwise as it was written and in its order.
    """
    text, quotes = without_quote_marks(text)
    text = with_boxes(without_line_marks(text))
    notes = [*quotes, *find_markdown(text, file), *find_html(text, file)]
    pages = without_pages(read_lines(text))
    copied = without_page(pages.lines)
    mail = read_mail(copied.lines)
    lines = mail.lines
    top = read_masthead(lines, file)
    notes += [*pages.notes, *copied.notes, *mail.notes, *top.notes]
    body = [line for line in lines[top.lines :] if line.number not in top.foot]
    units = _without_title(join_lines(body), top.title)
    labels = [unit.text for unit in units if is_disclaimer_heading(unit.text)]
    disclaimer, line, units = _take_disclaimer(units)
    below_title = top.lines > 0 and lines[top.lines - 1].text != "" and not is_rule(lines[top.lines - 1])
    structure = find_headings(units, top.title[0].islower(), below_title)
    apart = structure.subtitles or 0 in structure.levels
    if mail.notes and apart and names_more(units[0].text, top.title, " ".join(u.text for u in units[1:])):
        notes = [note for note in notes if note is not mail.notes[-1]] + [
            own_title_note(top.title, mail.notes[-1].line or 1)
        ]
        top, units = replace(top, title=units[0].text), units[1:]
        structure = find_headings(units, top.title[0].islower(), below_title)
    if top.may_be_source and _is_title(units, structure, top.title):
        notes.append(_title_below(units[0], top.title))
        source = ", ".join(filter(None, (top.title, top.details.source)))
        top, units = replace(top, title=units[0].text, details=replace(top.details, source=source)), units[1:]
        structure = find_headings(units, top.title[0].islower(), below_title)
    parts = _parts(units, structure)
    if not disclaimer:
        disclaimer, line, parts = take_section(parts)
    if disclaimer:
        notes.append(disclaimer_note(disclaimer, line))
    first = body[0].number if body else 1
    notes += missing_words(_source(body, top.title), first, parts, (top.title, disclaimer, *labels))
    notes += [_unsure(units[at], at in structure.levels) for at in sorted(structure.lists.unsure)]
    if below_title and (menu := _menu(units)):
        notes.append(menu)
    notes += [_unsure_label(units[at]) for at in structure.labels]
    line = next((line.number for line in lines if line.text and top.title.startswith(line.written)), 1)
    heads = [units[at].text for at, level in structure.levels.items() if level == 1]
    notes += _title_like_headings(top.title, line, heads)
    return Draft(top.title, tuple(parts), replace(top.details, disclaimer=disclaimer), tuple(notes))


def _is_title(units: Sequence[Unit], structure: Structure, above: str) -> bool:
    """Tell whether the first line below what says where a text is from is its title: it is marked unlike all headings.

    It is the only one that is underlined with "=", or has no mark where headings have one. The text names it more often
    than the line `above`, or as often where that has a label, "Publisher: …": "For adults" below "Asthma" is no title.
    """
    others = [units[at] for at in structure.levels if at]
    if len(others) < _ALIKE or asks(units[0].text) or is_section_name(units[0].text):
        return False
    more = _times_named(units[0].text, units) - _times_named(above, units)
    if more < 0 or (more == 0 and not _LABEL.search(above)):
        return False
    if structure.subtitles == 1 or 0 not in structure.levels:
        return structure.subtitles == 1
    if units[0].underline:
        return units[0].underline == "=" and all(unit.underline != "=" for unit in others)
    return sum(bool(unit.underline) for unit in others) >= _ALIKE


def _times_named(title: str, units: Sequence[Unit]) -> int:
    """Count the units below the first that have the word of a title which most of them have.

    Words are told by their first letters, so that a name is found in scripts without spaces. Those of fewer than four
    letters count where a title has no others: "HIV".
    """
    words = word_prefixes(title)
    words = {word for word in words if len(word) >= _LEAST_LETTERS} or words
    below = [unit.text.lower() for unit in units[1:]]
    return max((sum(word in text for text in below) for word in words), default=0)


def _title_below(unit: Unit, above: str) -> Note:
    message = f'the title is "{unit.text}"; "{above}" above it counts as the source'
    return Note(unit.line, "unsure-title", message, "write the title into the first line")


def _source(lines: Sequence[Line], title: str) -> str:
    """Return the words that readers are to see, without the title and drawn lines, each on the line that it has."""
    same = title.casefold()
    pieces: list[str] = []
    before = lines[0].number if lines else 1
    for line in lines:
        pieces.append("\n" * (line.number - before) or " ")
        before = line.number
        if line.text and not is_rule(line) and line.text.casefold() != same:
            pieces.append(line.text)
    return "".join(pieces)


def _without_title(units: Sequence[Unit], title: str) -> list[Unit]:
    """Leave out the title once more, as under a picture; a title that asks may be asked in a FAQ."""
    same = title.casefold()
    everywhere = not is_question(title)
    return [
        unit
        for at, unit in enumerate(units)
        if unit.text.casefold() != same or unit.marker or unit.underline or not (at == 0 or everywhere)
    ]


def _take_disclaimer(units: list[Unit]) -> tuple[str, int, list[Unit]]:
    """Return the closing disclaimer, or "", its line and the units before it.

    It is the last paragraph: under the word "Disclaimer" or after it, or where it reads like one. Without that word
    the only text of a section stays where it is.
    """
    for back in range(2, min(4, len(units)) + 1):
        label = units[-back]
        below = units[1 - back :]
        if is_disclaimer_heading(label.text) and not any(unit.marker or unit.underline for unit in below):
            return " ".join(unit.text for unit in below), label.line, units[:-back]
    first = len(units) - 1
    while first > 0 and units[first].gap == 0:
        first -= 1
    closing = units[first:]
    if first <= 0 or any(unit.marker or unit.underline or unit.cells for unit in closing):
        return "", 0, units
    text = " ".join(unit.text for unit in closing)
    if _is_disclaimer(text, units[first].gap, units[:first]):
        return text, closing[0].line, units[:first]
    return "", 0, units


def _is_disclaimer(text: str, gap: int, before: Sequence[Unit]) -> bool:
    if names_itself(text):
        return True
    above = before[-1]
    if not (above.marker or above.cells or ends_sentence(above.text) or len(above.text) > MAX_CHARS):
        return False  # a heading stands above, and this is all its text
    return reads_like_disclaimer(text, gap >= RULE_GAP and gap > max(unit.gap for unit in before))


def _unsure(unit: Unit, heading: bool) -> Note:
    if heading:
        message = f'"{unit.text}" is read as a heading; or is it the last item of the list above?'
        return Note(unit.line, "unsure-heading", message, 'if it is, begin the items of the list with "- "')
    message = f'"{unit.text}" is read as the last item of a list; or is it the heading of the next lines?'
    return Note(unit.line, "unsure-heading", message, "if it is, put a blank line above it and none below")


def _menu(units: Sequence[Unit]) -> Note | None:
    """Note short lines directly below the title, as the menu of a page leaves them that was copied along."""
    lines = list(takewhile(_is_link, units))
    rest = next((at for at, unit in enumerate(lines) if at and unit.gap), len(lines))
    if rest < _MENU or is_section_name(lines[0].text):
        return None
    message = f'"{lines[0].text}" and {rest - 1} short lines below it may be the menu of a page'
    return Note(lines[0].line, "looks-like-menu", message, "delete them if they are, and look whether the title is one")


def _is_link(unit: Unit) -> bool:
    text = unit.text
    few = len(text.split()) <= _LINK_WORDS and len(text) <= _LINK_CHARS
    return few and not (unit.marker or unit.cells or unit.underline or ends_sentence(text) or asks(text))


def _unsure_label(unit: Unit) -> Note:
    message = f'"{unit.text}" and lines like it below are text; or are they headings?'
    return Note(unit.line, "unsure-heading", message, "if they are, delete the colon at the end of each")


def _title_like_headings(title: str, line: int, headings: Sequence[str]) -> list[Note]:
    """Note a title that has the form of the headings, as the first of several illnesses in one file has."""
    alike = [text for text in headings if _form(text) == _form(title)]
    if not _form(title) or len(alike) < _ALIKE:
        return []
    message = f'the first line is the title and looks like the headings: "{title}", "{alike[0]}"'
    return [Note(line, "unsure-title", message, "write above it what the whole text is about, or make several files")]


def _form(text: str) -> str:
    return "brackets" if is_bracketed(text) else "colon" if text.endswith(COLONS) else ""


def _parts(units: Sequence[Unit], structure: Structure) -> list[Heading | Block]:
    parts: list[Heading | Block] = []
    indents: list[int] = []  # of the lists that are open, outermost first
    for at, unit in enumerate(units):
        if at in structure.levels:
            indents.clear()
            number = unit.marker if counted_mark(unit.marker) else ""
            space = "" if number.endswith(("、", "．", "）")) else " "
            parts.append(Heading(f"{number}{space}{unit.text}".strip(), structure.levels[at], unit.line))
        elif unit.cells:
            parts.append(Block("row", unit.text, unit.line, cells=unit.cells))
        elif unit.marker:
            indent = unit.indent + _DEEPER.get(unit.marker, 0)
            while indents and indent < indents[-1] - 1:
                indents.pop()
            if not indents or indent > indents[-1] + 1:
                indents.append(indent)
            marker = unit.marker if len(unit.marker) > 1 or unit.marker.isdigit() else "•"
            parts.append(Block("item", unit.text, unit.line, marker, len(indents) - 1))
        elif at in structure.lists.items:
            parts.append(Block("item", unit.text, unit.line, "•", 0))
        else:
            while indents and unit.indent <= indents[-1]:
                indents.pop()
            parts.append(Block("paragraph", unit.text, unit.line))
    return parts
