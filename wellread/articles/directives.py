"""Reads the options of directives of MyST and reStructuredText, ":caption: Doses" below ":::{table}"."""

from __future__ import annotations

import re
from collections.abc import Callable

from wellread.articles.introductions import ends_sentence
from wellread.articles.marktext import BREAK, newlines, quoted, replace_marks

_OPTIONS = re.compile(
    r"^(?P<open>[ \t>]*(?::{3,}[ \t]*\{(?P<name>[\w:-]+)\}|\.\.[ \t]+[\w-]+::)[^\n]*)"
    r"(?P<options>(?:\n[ \t>]*:[a-z][\w-]*:(?:[ \t][^\n]*)?)+$"
    r"|\n[ \t>]*---[ \t]*(?:\n[ \t>]*[a-z][\w-]*:[^\n]*)*\n[ \t>]*---[ \t]*$|$)",
    re.MULTILINE,
)
"""The line that opens a directive and its options below, also between two lines "---"; ":Dose: 5 ml" is text."""
_LIST_TABLE = re.compile(
    r"^(?P<open>[ \t]*(?::{3,}[ \t]*\{list-table\}|\.\.[ \t]+list-table::)[^\n]*\n(?:[ \t]*\n)*)"
    r"(?P<rows>(?P<indent>[ \t]*)[*-][ \t]+[*-](?:[ \t][^\n]*)?$"
    r"(?:\n(?![ \t]*(?::{3,}|\.\.[ \t]))[ \t]+\S[^\n]*|\n[*-][ \t]+[*-][^\n]*|\n[ \t]*(?=\n))*)",
    re.MULTILINE,
)
"""A table that is written as a list of lists: each item is a row, and each inner item a cell."""
_OPTION = re.compile(r"(?P<before>[ \t>]*):?(?P<key>[a-z][\w-]*):[ \t]*(?P<value>.*?)[ \t]*")
_PICTURES = frozenset("figure image".split())
_FETCHED = frozenset("include literalinclude embed iframe video youtube".split())
"""Directives whose argument is a file or an address, and shows words that are not in the article."""
_SHOWN = frozenset("alt caption title header heading legend subtitle footer".split())
_SILENT = frozenset(
    "class name align width height scale target figclass figwidth widths header-rows stub-columns delim file url "
    "encoding glob maxdepth hidden numbered depth local language lines linenos emphasize-lines icon color columns "
    "gutter margin padding open animate label selected sync link link-type img-top img-bottom class-container "
    "class-title class-body tags format nonumber enumerated".split()
)
"""Options for machines."""


def read_options(text: str, note: Callable[[str, int, str, str], None]) -> str:
    """Return a text without the options of its directives, captions as paragraphs; lines keep their numbers.

    Files that a directive fetches, and options that are not known and hold words, are told to `note`, with the text,
    the place, what is left out and the remedy.
    """

    def read(mark: re.Match[str]) -> str:
        opened = mark["open"]
        if mark["name"] in _PICTURES or mark["name"] in _FETCHED:
            if mark["name"] in _FETCHED:
                message = f'"{quoted(opened)}" is left out: what it stands for is not in the file'
                note(
                    text, mark.start(), message, "write what your site shows there into the article, or delete the mark"
                )
            opened = opened[: opened.index("}") + 1]
        lines = [opened]
        at = mark.end("open")
        for line in mark["options"].split("\n")[1:]:
            option = _OPTION.fullmatch(line)
            before, key, value = option.groups() if option else ("", "", "")
            lines.append(before.rstrip(" \t"))
            value = value.strip("\"'")
            if key in _SHOWN and value:
                lines[-1] += f"{BREAK}{lines[-1]}{value}{BREAK}{lines[-1]}"
            elif key not in _SILENT and " " in value and ends_sentence(value):
                lines[-1] = line  # text that looks like an option: ":warning: Never take two."
            elif key not in _SILENT and any(map(str.isalpha, value)) and " " in value:
                remedy = "write it as text below, if readers should see it, or delete it"
                note(text, at + 1, f'"{quoted(line)}" is left out: it is an option of a box', remedy)
            at += 1 + len(line)
        return "\n".join(lines)

    text = replace_marks(text, ("::",), _OPTIONS, read)
    return replace_marks(text, ("list-table",), _LIST_TABLE, _table)


def _table(mark: re.Match[str]) -> str:
    """Write a list of lists as a table; all its rows stand on its first line, and the lines below it are empty.

    Rows begin where the first one does, and the cells of a row below one another; a list in a cell lies deeper.
    """
    pieces = re.split(rf"^({mark['indent']}[*-][ \t]+)(?=[*-](?:[ \t]|$))", mark["rows"], flags=re.MULTILINE)
    cells = [_cells(row, len(begin)) for begin, row in zip(pieces[1::2], pieces[2::2], strict=True)]
    columns = max(map(len, cells))
    rows = [[" ".join(cell.split()) for cell in (*row, *[""] * (columns - len(row)))] for row in cells]
    lines = [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows]
    lines.insert(1, "|" + "---|" * len(rows[0]))
    return mark["open"] + BREAK + BREAK.join(lines) + BREAK + newlines(mark["rows"])


def _cells(row: str, indent: int) -> list[str]:
    return re.split(rf"(?:\A|\n[ \t]{{{indent}}})[*-](?:[ \t]+|$)", row, flags=re.MULTILINE)[1:]
