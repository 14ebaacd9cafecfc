"""The parser of Markdown: CommonMark with tables, definition lists and footnotes, within limits, and quick on prose.

markdown-it-py tries every rule on every line, reads a text letter by letter, and makes four tokens of a paragraph and
of a cell. Most have no mark in them: with one token "plain" for a paragraph, and one "row" for a row of a table below
its head, a table takes a third of the time and a list half (`docs/notebook.md`, "Reading articles").
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import MAX_AUTOCOMPLETED_CELLS, escapedSplit, table
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from wellread.errors import ArticleError

MAX_NESTING = 60
"""Lists and quotes inside one another deeper than this are refused: the parser would leave their text out."""

MAX_PARAGRAPH = 50_000
"""A paragraph of more characters is refused: the parser's time grows with the square of a hostile one."""

_MARK = re.compile(r"[\\`*_\[<&]|  \n")
"""With what the marks inside a paragraph begin: escapes, code, emphasis, links, addresses, entities, typed breaks."""


_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)]) +[^\s]")
"""How a line begins that ends the paragraph of a list item before it, where it stands further out than that."""


class _Parser(MarkdownIt):
    """CommonMark that takes every link address for a link, so that the link's text is plain text in any case."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the parser's own name
        return True


def _plain_paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a paragraph all of whose lines begin with a letter: of the other blocks only a definition list can."""
    if silent or state.sCount[start] - state.blkIndent > 3:
        return False
    at = start
    while at < state.lineMax and (first := _begins(state, at)) not in "\n":
        if not first.isalpha():
            if at > start and _opens_next_item(state, at):
                break
            return False
        at += 1
    if at == start + 1 and at + 1 < state.lineMax and _begins(state, at + 1) in ":~":
        return False
    content = mdTrim(state.getLines(start, at, state.blkIndent, False))
    marked = _MARK.search(content)
    if marked:
        state.push("paragraph_open", "p", 1).map = [start, at]
    token = state.push("inline" if marked else "plain", "", 0)
    token.content = content
    token.map = [start, at]
    if marked:
        state.push("paragraph_close", "p", -1)
    state.line = at
    return True


def _opens_next_item(state: StateBlock, line: int) -> bool:
    """Tell whether a line begins the next item of a list that the text at hand is an item of.

    The indentation of a line that goes on with a quote although it is not quoted is -1 (`rules_block/blockquote.py`).
    """
    indent = state.sCount[line]
    outside = 0 <= indent < state.blkIndent and (state.listIndent < 0 or indent - state.listIndent < 4)
    return outside and _ITEM.match(state.src, state.bMarks[line] + state.tShift[line]) is not None


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a table: its head as markdown-it-py does, and below it one token a row, with the cells in its `meta`."""
    first = len(state.tokens)
    if start + 2 > end or not table(state, start, start + 2, silent):
        return False
    if silent:
        return True
    closing = state.tokens.pop()
    around, state.parentType = state.parentType, "table"
    state.level += 1
    columns = sum(token.type == "th_open" for token in state.tokens[first:])
    empty = 0
    line = start + 2
    while line < end and _goes_on(state, line, end):
        text = mdTrim(state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]])
        cells = _cells(text)
        empty += columns - len(cells)
        if empty > MAX_AUTOCOMPLETED_CELLS:
            break
        token = state.push("row", "tr", 0)
        token.map = [line, line + 1]
        token.content = text
        token.meta = {"cells": cells + [""] * (columns - len(cells)), "columns": columns}
        line += 1
    state.level -= 1
    state.parentType = around
    state.tokens.append(closing)
    state.tokens[first].map = [start, line]
    state.line = line
    return True


def _goes_on(state: StateBlock, line: int, end: int) -> bool:
    """Tell whether a line is one more row of the table above it."""
    if state.sCount[line] < state.blkIndent or state.isEmpty(line) or state.is_code_block(line):
        return False
    if _begins(state, line) == "|":
        return True
    return not any(ends(state, line, end, True) for ends in state.md.block.ruler.getRules("blockquote"))


def _cells(row: str) -> list[str]:
    cells = escapedSplit(row) if "\\" in row else row.split("|")
    if cells[0] == "":
        cells.pop(0)
    if cells and cells[-1] == "":
        cells.pop()
    return [cell.strip() for cell in cells]


def _begins(state: StateBlock, line: int) -> str:
    """The first character of a line behind its white space; of an empty line its end, or "" where the text ends."""
    at = state.bMarks[line] + state.tShift[line]
    return state.src[at : at + 1]


def _refuse_long_paragraphs(state: StateCore) -> None:
    for token in state.tokens:
        if token.type in ("inline", "plain") and len(token.content) > MAX_PARAGRAPH:
            line = state.env["numbers"][token.map[0] if token.map else 0]
            reason = f"the paragraph is longer than {MAX_PARAGRAPH:,} characters"
            raise ArticleError(state.env["file"], line, reason, "divide it by blank lines")


def _read_inside(state: StateCore) -> None:
    """Read the marks inside paragraphs, headings and cells; a text without any is one piece, its line breaks in it.

    The children of a row are its cells, if one of them has a mark.
    """
    for token in state.tokens:
        if token.type == "inline":
            token.children = _children(token.content, state)
        elif token.type == "row" and _MARK.search(token.content):
            cells = token.meta["cells"]
            token.children = [Token("inline", "", 0, children=_children(cell, state)) for cell in cells]


def _children(text: str, state: StateCore) -> list[Token]:
    """Read the marks inside a text; a break behind its last word, a backslash, divides nothing and is left out."""
    children: list[Token] = []
    while (len(text) - len(text.rstrip("\\"))) % 2:
        text = text[:-1].rstrip()
    if _MARK.search(text):
        state.md.inline.parse(text, state.md, state.env, children)
    elif text:
        children.append(Token("text", "", 0, content=text))
    return children


def _parser() -> MarkdownIt:
    parser = _Parser("commonmark", {"html": False, "maxNesting": MAX_NESTING}).enable("table").disable("html_block")
    parser.use(deflist_plugin).use(footnote_plugin, inline=False, move_to_end=False)
    parser.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    parser.block.ruler.before("table", "plain_paragraph", _plain_paragraph)
    parser.core.ruler.before("inline", "refuse_long_paragraphs", _refuse_long_paragraphs)
    parser.core.ruler.at("inline", _read_inside)
    return parser


PARSER = _parser()
"""Wants the file's name and the line of the file of each line in the environment, as "file" and "numbers"."""
