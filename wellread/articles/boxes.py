"""Opens the boxes of Markdown dialects: the text of a warning box is text, and its title a line of its own."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

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
_SIGNS = ("!!!", "???", "===", "..")
_FENCED = re.compile(r"(?P<prefix>[ \t]*(?:>[ \t]*)*):{3,}[ \t]*(?P<info>[^:\s][^\n]*?|)[ \t]*:*")
_INFO = re.compile(r"(?:\{(?P<braces>[^}]*)\}|(?P<type>[\w-]+))?[ \t]*(?:\[(?P<bracket>[^\]]*)\])?[ \t]*(?P<rest>.*)")
_CALLOUT = re.compile(r"(?P<prefix>[ \t]*(?:>[ \t]*)+)\[!(?P<type>[\w-]+)(?:\|[^\]]*)?\][+-]?[ \t]*(?P<title>.*)")
_TITLE = re.compile(r"""(?:title|header|heading)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def open_boxes(rows: Iterable[Row], code: Collection[int]) -> Iterator[Row]:
    """Yield the lines without the marks of boxes, lines of `code` untouched; inner lines lose their indentation.

    Known are `!!! danger "Title"` (MkDocs, also `???` and the tabs `===`), `::: danger Title` (Docusaurus, VuePress,
    Pandoc, MyST), `.. danger:: Title` (reStructuredText) and `> [!WARNING] Title` (GitHub, Obsidian).
    """
    inside: list[tuple[int, int]] = []  # how deep the lines of the open boxes are indented at least, and by how much
    for number, row in rows:
        wide = row.expandtabs(4) if inside else row
        indent = len(wide) - len(wide.lstrip())
        while inside and wide.strip() and indent < inside[-1][0]:
            inside.pop()
        line = wide[min(indent, sum(deeper for _, deeper in inside)) :] if inside else row
        if number in code:
            yield number, line
            continue
        title: str | None = None
        if line.lstrip().startswith(_SIGNS) and (box := _INDENTED.fullmatch(line)) and _is_box(box):
            title, prefix = box["title"] or "", box["indent"]
            inside.append((indent + 4, 4))
        elif ".. " in line and (box := _DOTTED.fullmatch(line)) and box["type"] not in _FILES:
            title, prefix = box["title"] or "", box["indent"]
            inside.append((indent + 3, 3))  # reStructuredText indents by three
        elif ":::" in line and (fenced := _FENCED.fullmatch(line)):
            title, prefix = _title_of(fenced["info"]), fenced["prefix"]
        elif "[!" in line and (callout := _CALLOUT.fullmatch(line)):
            title, prefix = callout["title"].strip(), callout["prefix"]
        if title is None:
            yield number, line
            continue
        empty = prefix.rstrip() if ">" in prefix else ""
        yield from ((number, text) for text in ((empty, prefix + title, empty) if title else (empty,)))


def has_boxes(text: str) -> bool:
    """Tell whether a text may open a box at all; otherwise its lines are as they are."""
    return any(sign in text for sign in (*_SIGNS, ":::", "[!"))


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
