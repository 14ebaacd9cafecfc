"""The parser of Markdown: CommonMark with tables, definition lists and footnotes, within limits, and quick on prose.

markdown-it-py tries every rule on every line, and reads a text letter by letter. Most paragraphs have no mark in them:
read as they are, an article of 1 MB takes a third of the time (measured on short paragraphs).
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from wellread.errors import ArticleError

MAX_NESTING = 60
"""Lists and quotes inside one another deeper than this are refused: the parser would leave their text out."""

MAX_PARAGRAPH = 50_000
"""A paragraph of more characters is refused: the parser's time grows with the square of a hostile one."""

_MARK = re.compile(r"[\\`*_\[<&]")
"""With what the marks inside a paragraph begin: escapes, code, emphasis, links, footnotes, addresses, entities."""


class _Parser(MarkdownIt):
    """CommonMark that takes every link address for a link, so that the link's text is plain text in any case."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the parser's own name
        return True


def _plain_paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a paragraph all of whose lines begin with a letter: of the other blocks only a definition list can."""
    if silent or state.sCount[start] - state.blkIndent > 3:
        return False
    at = start
    while at < state.lineMax and not state.isEmpty(at):
        if not _begins(state, at).isalpha():
            return False
        at += 1
    if at == start + 1 and at + 1 < state.lineMax and _begins(state, at + 1) in ":~":
        return False
    state.push("paragraph_open", "p", 1).map = [start, at]
    token = state.push("inline", "", 0)
    token.content = mdTrim(state.getLines(start, at, state.blkIndent, False))
    token.map = [start, at]
    state.push("paragraph_close", "p", -1)
    state.line = at
    return True


def _begins(state: StateBlock, line: int) -> str:
    at = state.bMarks[line] + state.tShift[line]
    return state.src[at : at + 1]


def _refuse_long_paragraphs(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and len(token.content) > MAX_PARAGRAPH:
            line = state.env["numbers"][token.map[0] if token.map else 0]
            reason = f"the paragraph is longer than {MAX_PARAGRAPH:,} characters"
            raise ArticleError(state.env["file"], line, reason, "divide it by blank lines")


def _read_inside(state: StateCore) -> None:
    """Read the marks inside paragraphs, headings and cells; a text without any is one piece, its line breaks in it."""
    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = []
        if _MARK.search(token.content):
            state.md.inline.parse(token.content, state.md, state.env, token.children)
        elif token.content:
            token.children.append(Token("text", "", 0, content=token.content))


def _parser() -> MarkdownIt:
    parser = _Parser("commonmark", {"html": False, "maxNesting": MAX_NESTING}).enable("table").disable("html_block")
    parser.use(deflist_plugin).use(footnote_plugin, inline=False, move_to_end=False)
    parser.block.ruler.before("table", "plain_paragraph", _plain_paragraph)
    parser.core.ruler.before("inline", "refuse_long_paragraphs", _refuse_long_paragraphs)
    parser.core.ruler.at("inline", _read_inside)
    return parser


PARSER = _parser()
"""Wants the file's name and the line of the file of each line in the environment, as "file" and "numbers"."""
