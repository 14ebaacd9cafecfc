"""Opens the boxes of Markdown dialects: the text of a warning box is text, and its title a line of its own."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import accumulate

from wellread.articles.marktext import BREAK
from wellread.articles.outline import asks

Row = tuple[int, str]
"""A line of the file, from 1, and its text."""

_TYPES = frozenset(
    "abstract admonition attention bug caution check danger details dropdown error example fail failure faq help hint "
    "important info information missing note notice question quote seealso success summary tip tldr todo topic toc "
    "tabs "
    "tab warn warning callout alert aside card grid div box center".split()
)
"""What boxes are called by MkDocs, Docusaurus, VuePress, Quarto, MyST, Obsidian and GitHub; not shown by itself."""

_INDENTED = re.compile(
    r"(?P<indent>[ \t]*)(?P<mark>!!!|\?\?\?\+?|===[!+]?)[ \t]+(?P<types>[\w-]*(?:[ \t]+[\w-]+)*)[ "
    r"\t]*(?:\"(?P<title>[^\"]*)\")?[ \t]*"
)
_DOTTED = re.compile(r"(?P<indent>[ \t]*)\.\.[ \t]+(?P<type>[\w-]+)::(?:[ \t]+(?P<title>\S.*))?")
_FILES = frozenset("image figure include literalinclude raw toctree code code-block csv-table math".split())
"""Directives of reStructuredText that are no boxes: they stand for a file, or for what is no text."""
_HEADING = re.compile(rf"(?:^|{BREAK})[ ]{{0,3}}(#{{1,6}})[ \t]")
_PARTS = re.compile(
    r"(?:^|[\s.{-])(?:columns?|cards?|grid|panel-tabset|tabs|tab|tab-set|tab-item|tabset|callout)(?![^\W_])", re.I
)
"""Boxes that stand beside the text, whose headings are labels; other boxes may hold a whole article."""
_DEEPEST = 20
"""Boxes inside one another of which bold lines are looked at, at most: each more costs as much as all its lines."""
_BOLD = re.compile(r"(?P<before>[ \t]*)(?P<mark>\*\*|__)(?!\s)(?P<text>[^*]{1,120})(?P=mark)[ \t]*\\?")
_OPENS = re.compile(r"^(\d*)([-+*>#.)])(?=[ ])")
_RULE = re.compile(r"[ ]{0,3}(?:-{3,}|\*{3,}|_{3,})[ ]*")
_SIGNS = ("!!!", "???", "===")
_FENCED = re.compile(r"(?P<prefix>[ \t]*(?:>[ \t]*)*):{3,}[ \t]*(?P<info>[^:\s][^\n]*?|)[ \t]*:*")
_INFO = re.compile(r"(?:\{(?P<braces>[^}]*)\}|(?P<type>[\w-]+))?[ \t]*(?:\[(?P<bracket>[^\]]*)\])?[ \t]*(?P<rest>.*)")
_CALLOUT = re.compile(r"(?P<prefix>[ \t]*(?:>[ \t]*)+)\[!(?P<type>[\w-]+)(?:\|[^\]]*)?\][+-]?[ \t]*(?P<title>.*)")
_TITLE = re.compile(r"""(?:title|header|heading)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


@dataclass(slots=True)
class _Box:
    """Where the title of a box stands among the lines that were read, and where its text ends."""

    title: int
    end: int = -1
    parts: bool = False  # whether it is known to stand beside the text


def open_boxes(rows: Iterable[Row], code: Collection[int]) -> list[Row]:
    """Return the lines without the marks of boxes, lines of `code` untouched; inner lines lose their indentation.

    Known are `!!! danger "Title"` (MkDocs, also `???` and the tabs `===`), `::: danger Title` (Docusaurus, VuePress,
    Pandoc, MyST), `.. danger:: Title` (reStructuredText) and `> [!WARNING] Title` (GitHub, Obsidian). A title that asks
    something, as in a list of questions that open, is a heading where no text follows the box that would come to stand
    under it. Where such text follows, bold lines in the box are no headings, nor are those of columns, cards and tabs.
    """
    inside: list[tuple[int, int, _Box]] = []  # how deep the lines of the open boxes are indented, by how much, and each
    fenced: list[_Box] = []  # between colons
    boxes: list[_Box] = []
    all_boxes: list[_Box] = []
    read: list[Row] = []
    above = 1  # the level of the heading above
    callout = False  # whether a box was opened whose title may stand below as a heading
    for number, row in rows:
        wide = row.expandtabs(4) if inside else row
        indent = len(wide) - len(wide.lstrip())
        while inside and wide.strip() and indent < inside[-1][0]:
            inside.pop()[2].end = len(read)
        line = wide[min(indent, sum(deeper for _, deeper, _ in inside)) :] if inside else row
        if number in code:
            read.append((number, line))
            continue
        if callout and line.strip():
            callout = False
            if found := _HEADING.match(line):  # Quarto's way to write the title of a box
                read += [(number, ""), (number, f"{'#' * min(above + 1, 6)} {line[found.end() :]}"), (number, "")]
                continue
        elif heading := _HEADING.match(line):
            above = len(heading[1])
        title: str | None = None
        box = _Box(len(read))
        if line.lstrip().startswith(_SIGNS) and (opened := _INDENTED.fullmatch(line)) and _is_box(opened):
            title, prefix = opened["title"] or "", opened["indent"]
            inside.append((indent + 4, 4, box))
        elif ".. " in line and (opened := _DOTTED.fullmatch(line)) and opened["type"] not in _FILES:
            title, prefix = opened["title"] or "", opened["indent"]
            inside.append((indent + 3, 3, box))  # reStructuredText indents by three
        elif ":::" in line and (opened := _FENCED.fullmatch(line)):
            title, prefix = _title_of(opened["info"]), opened["prefix"]
            callout = not title and "callout" in opened["info"]
            if opened["info"]:
                fenced.append(box)
            elif fenced:
                fenced.pop().end = len(read)
        elif "[!" in line and (opened := _CALLOUT.fullmatch(line)):
            title, prefix = opened["title"].strip(), opened["prefix"]
        if title is None:
            read.append((number, line))
            continue
        between = any(box is other for other in fenced[-1:])
        opens = between or any(box is other for _, _, other in inside[-1:])
        if opens and len(fenced) + len(inside) <= _DEEPEST:
            box.parts = not between or _PARTS.search(line) is not None
            all_boxes.append(box)
        if asks(title) and not prefix and not (inside[:-1] or fenced[:-1]):
            boxes.append(box)
        empty = prefix.rstrip() if ">" in prefix else ""
        read += [(number, text) for text in ((empty, prefix + title, empty) if title else (empty,))]
    for _, _, box in inside:
        box.end = len(read)
    _take_labels(read, all_boxes, code)
    return _with_question_headings(read, boxes) if boxes else read


def _take_labels(rows: list[Row], boxes: Iterable[_Box], code: Collection[int]) -> None:
    """Write bold lines and headings in boxes as text, if text follows the box that would come to stand under them."""
    after = [len(rows)] * (len(rows) + 1)  # of each line the next that says something, itself or below
    for at in reversed(range(len(rows))):
        after[at] = at if _says(rows[at][1]) else after[at + 1]
    for box in sorted(boxes, key=lambda box: (-box.end, -box.title)):
        below = after[max(box.end, 0)]
        if box.end < 0 or below == len(rows) or _HEADING.match(rows[below][1]) or _BOLD.fullmatch(rows[below][1]):
            continue
        for at in range(box.title, box.end):
            number, text = rows[at]
            if number in code:
                continue
            if bold := _BOLD.fullmatch(text):
                rows[at] = (number, _as_text(bold["before"], bold["text"]))
            elif box.parts and (heading := _HEADING.match(text)):
                rows[at] = (number, _as_text("", text[heading.end() :]))


def _as_text(indent: str, words: str) -> str:
    """Write words as a paragraph of their own, whatever they begin with: "1. Rest" is no item then."""
    words = _OPENS.sub(r"\1\\\2", words, count=1)
    return f"{BREAK}{indent}{words}{BREAK}"


def _says(text: str) -> bool:
    return bool(text.strip()) and not _RULE.fullmatch(text)


def _with_question_headings(rows: list[Row], boxes: list[_Box]) -> list[Row]:
    """Write the titles of boxes that ask something as headings, if none but a heading or such a box follows each."""
    levels = [len(found[1]) if (found := _HEADING.search(text)) else 0 for _, text in rows]
    heads = list(accumulate(levels, lambda above, level: level or above, initial=1))  # above each line
    after: int | None = None  # the title of the box below, if that became a heading
    for box in reversed(boxes):
        below = next((at for at in range(box.end, len(rows)) if rows[at][1].strip()), len(rows))
        ends = box.end > 0 and (below == len(rows) or levels[below] > 0 or (after is not None and below == after))
        if ends and not any(levels[box.title : box.end]):
            number, title = rows[box.title + 1]
            rows[box.title + 1] = (number, f"{'#' * min(heads[box.title] + 1, 6)} {title}")
            after = box.title + 1
    return rows


def has_boxes(text: str) -> bool:
    """Tell whether a text may open a box at all; otherwise its lines are as they are."""
    return any(sign in text for sign in (*_SIGNS, ":::", "[!")) or (".. " in text and "::" in text)


def _is_box(box: re.Match[str]) -> bool:
    if box["title"] is not None:
        return True
    types = box["types"].split()
    return not box["mark"].startswith("=") and len(types) > 0 and types[0].lower() in _TYPES


def _title_of(info: str) -> str:
    """Return the title behind the colons of a box: `danger Title`, `note[Title]`, `{.note title="Title"}`."""
    found = _INFO.fullmatch(info.strip())
    if found is None:
        return info.strip()
    named = _TITLE.search(info)
    if named:
        return (named[1] or named[2] or "").strip()
    if found["bracket"]:
        return found["bracket"].strip()
    rest = re.sub(r"\{[^}]*\}", "", found["rest"]).strip().strip("\"'").strip()
    kind = found["type"] or ""
    own = kind and kind.lower() not in _TYPES and (not kind.isascii() or kind[0].isupper())
    return f"{kind} {rest}".strip() if own else rest
