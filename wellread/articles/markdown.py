"""Reads a Markdown article (CommonMark with tables and strikethrough) into headings and plain blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from wellread.articles.frontmatter import split_front_matter
from wellread.articles.outline import Draft, Heading
from wellread.datatypes import Block, BlockType, Link
from wellread.errors import ArticleError

MAX_NESTING = 60
"""Lists and quotes inside one another deeper than this are refused: the parser would leave their text out."""

MAX_PARAGRAPH = 50_000
"""A paragraph of more characters is refused: the parser's time grows with the square of a hostile one."""

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)


class _Parser(MarkdownIt):
    """CommonMark that takes every link address for a link, so that the link's text is plain text in any case."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the parser's own name
        return True


def _refuse_long_paragraphs(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and len(token.content) > MAX_PARAGRAPH:
            line = (token.map[0] if token.map else 0) + 1 + state.env["above"]
            reason = f"the paragraph is longer than {MAX_PARAGRAPH:,} characters"
            raise ArticleError(state.env["file"], line, reason, "divide it by blank lines")


_PARSER = _Parser("commonmark", {"html": False, "maxNesting": MAX_NESTING}).enable(["table", "strikethrough"])
_PARSER.core.ruler.before("inline", "refuse_long_paragraphs", _refuse_long_paragraphs)


def parse_markdown(text: str, file: str) -> Draft:
    """Read a Markdown article; raises ArticleError naming `file` and the line.

    HTML is not interpreted: it stays in the text as it was written. The title is the front matter's or else the
    first heading of level 1, and the heading that repeats it on top is not a section.
    """
    details, above, body = split_front_matter(text, file)
    tokens = _PARSER.parse(body, {"file": file, "above": above})
    parts = _Body(tokens, body.split("\n"), above, file).read()
    headings = [part for part in parts if isinstance(part, Heading)]
    title = details.title or next((heading.text for heading in headings if heading.level == 1), "")
    if headings and headings[0].level == 1 and headings[0].text.casefold() == title.casefold():
        parts.remove(headings[0])
    return Draft(title, tuple(parts), details)


def safe_link(url: str) -> bool:
    """Tell whether a link may be kept: http, https and mailto, or relative to the article."""
    scheme = _SCHEME.match(url)
    if scheme:
        return scheme[1].lower() in ("http", "https", "mailto")
    return url != "" and not url.startswith("//") and ":" not in re.split(r"[/?#]", url, maxsplit=1)[0]


class _Body:
    """One walk through the parser's tokens, which come in document order with the nesting marked in them."""

    def __init__(self, tokens: Sequence[Token], lines: Sequence[str], above: int, file: str) -> None:
        self.tokens = tokens
        self.lines = lines
        self.above = above
        self.file = file
        self.parts: list[Heading | Block] = []
        self.lists: list[tuple[int, str]] = []  # for each open list its next number, and "" or what follows a number
        self.marker = ""  # of a list item that has no text yet
        self.row: list[tuple[str, tuple[Link, ...]]] = []  # the cells of the open table row
        self.row_opened = Token("tr_open", "tr", 1)

    def read(self) -> list[Heading | Block]:
        for at, token in enumerate(self.tokens):
            match token.type:
                case "bullet_list_open" | "ordered_list_open":
                    ordered = token.type == "ordered_list_open"
                    self.lists.append((int(token.attrs.get("start", 1)), token.markup if ordered else ""))
                case "bullet_list_close" | "ordered_list_close":
                    self.lists.pop()
                case "list_item_open":
                    self._refuse_depth(token)
                    number, mark = self.lists[-1]
                    self.marker = f"{number}{mark}" if mark else "•"
                    self.lists[-1] = (number + 1, mark)
                case "list_item_close":
                    self.marker = ""
                case "blockquote_open":
                    self._refuse_depth(token)
                case "heading_open":
                    self._heading(token, self.tokens[at + 1])
                case "paragraph_open":
                    self._block(self._line(token), *plain(self.tokens[at + 1]))
                case "fence" | "code_block":
                    self._code(token)
                case "tr_open":
                    self.row, self.row_opened = [], token
                case "th_open" | "td_open":
                    self.row.append(plain(self.tokens[at + 1]))
                case "tr_close":
                    self._row()
        return self.parts

    def _line(self, token: Token) -> int:
        return (token.map[0] if token.map else 0) + 1 + self.above

    def _refuse_depth(self, token: Token) -> None:
        if token.level + 1 >= MAX_NESTING:
            reason = "lists and quotes lie too deep inside one another"
            raise ArticleError(self.file, self._line(token), reason, "make the nesting flatter")

    def _heading(self, token: Token, inline: Token) -> None:
        text, links = plain(inline)
        if token.level:  # inside a list or a quote, where it divides nothing
            self._block(self._line(token), text, links)
        elif text:
            self.parts.append(Heading(text, int(token.tag[1:]), self._line(token)))
        else:
            raise ArticleError(self.file, self._line(token), "a heading is empty", "write its words or delete the #")

    def _block(self, line: int, text: str, links: tuple[Link, ...] = ()) -> None:
        if not text:
            return
        kind: BlockType = "item" if self.marker else "paragraph"
        level = len(self.lists) - 1 if self.marker else 0
        self.parts.append(Block(kind, text, line, self.marker, level, links=links))
        self.marker = ""

    def _code(self, token: Token) -> None:
        first = self._line(token) + (token.type == "fence")
        group: list[str] = []
        for number, line in enumerate([*token.content.split("\n"), ""], first):
            if line.strip():
                group.append(line)
            elif group:
                self._block(number - len(group), " ".join(" ".join(group).split()))
                group = []

    def _row(self) -> None:
        line = self._line(self.row_opened)
        cells = tuple(text for text, _ in self.row)
        self._refuse_lost_cells(line, len(cells))
        links: list[Link] = []
        start = 0
        for text, found in self.row:
            links += [Link(start + link.start, start + link.end, link.url) for link in found]
            start += len(text) + len(" | ")
        if any(cells):
            self.parts.append(Block("row", " | ".join(cells), line, cells=cells, links=tuple(links)))

    def _refuse_lost_cells(self, line: int, columns: int) -> None:
        # The parser leaves out the cells for which the header row has no column.
        source = self.lines[line - 1 - self.above].strip(" >")
        written = escapedSplit(source)[source.startswith("|") :]
        if any(cell.strip() for cell in written[columns:]):
            reason = f"this table row has more cells than the header row, which has {columns}"
            raise ArticleError(self.file, line, reason, "add a column to the header row, or write \\| for a |")


def plain(inline: Token) -> tuple[str, tuple[Link, ...]]:
    """Return the text of a paragraph, heading or cell on one line, without its markup, and the links in it."""
    pieces: list[str] = []
    opened: list[tuple[int, str]] = []
    found: list[tuple[int, int, str]] = []
    length = 0
    space = False  # white space was met, to be written once, before the next word

    def add(text: str) -> None:
        nonlocal length, space
        words = " ".join(text.split())
        if words:
            lead = " " if length and (space or text[0].isspace()) else ""
            pieces.append(lead + words)
            length += len(lead) + len(words)
            space = text[-1].isspace()
        else:
            space = space or bool(text)

    def walk(tokens: Sequence[Token]) -> None:
        for token in tokens:
            if token.type in ("softbreak", "hardbreak"):
                add(" ")
            elif token.type == "link_open":
                opened.append((length, str(token.attrs.get("href", ""))))
            elif token.type == "link_close":
                start, url = opened.pop()
                found.append((start, length, url))
            elif token.type == "image":
                walk(token.children or ())
            elif token.content:
                add(token.content)

    walk(inline.children or ())
    text = "".join(pieces)
    links = [(start + (text[start : start + 1] == " "), end, url) for start, end, url in found if safe_link(url)]
    return text, tuple(Link(start, end, url) for start, end, url in links if start < end)
