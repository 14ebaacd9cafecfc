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
_FILES = frozenset("image figure include literalinclude raw toctree code code-block csv-table list-table math".split())
"""Directives of reStructuredText that are no boxes: they stand for a file, or for what is no text."""
_HEADING = re.compile(rf"(?:^|{BREAK})[ ]{{0,3}}(#{{1,6}})[ \t]")
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


def open_boxes(rows: Iterable[Row], code: Collection[int]) -> list[Row]:
    """Return the lines without the marks of boxes, lines of `code` untouched; inner lines lose their indentation.

    Known are `!!! danger "Title"` (MkDocs, also `???` and the tabs `===`), `::: danger Title` (Docusaurus, VuePress,
    Pandoc, MyST), `.. danger:: Title` (reStructuredText) and `> [!WARNING] Title` (GitHub, Obsidian). A title that asks
    something, as in a list of questions that open, is a heading where no text follows the box that would come to stand
    under it.
    """
    inside: list[tuple[int, int, _Box]] = []  # how deep the lines of the open boxes are indented, by how much, and each
    fenced: list[_Box] = []  # between colons
    boxes: list[_Box] = []
    read: list[Row] = []
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
                read += [(number, ""), (number, line[found.end() :]), (number, "")]
                continue
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
        if asks(title) and not prefix and not (inside[:-1] or fenced[:-1]):
            boxes.append(box)
        empty = prefix.rstrip() if ">" in prefix else ""
        read += [(number, text) for text in ((empty, prefix + title, empty) if title else (empty,))]
    for _, _, box in inside:
        box.end = len(read)
    return _with_question_headings(read, boxes) if boxes else read


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
