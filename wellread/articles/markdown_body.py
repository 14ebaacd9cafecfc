"""Reads the tokens of the Markdown parser into headings and blocks: lists, tables, boxes and footnotes in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from markdown_it.token import Token

from wellread.articles.codeblocks import code_lines, is_table, read_indented, table_rows
from wellread.articles.inline import (
    Inline,
    are_labelled,
    bold_headings,
    bold_line_note,
    bold_title,
    may_be_lines,
    plain,
    split_bold_line,
    typed_lines,
)
from wellread.articles.markdown_lists import OpenList, take_list_marks
from wellread.articles.markdown_parser import MAX_NESTING, PARSER
from wellread.articles.marktext import quoted
from wellread.articles.outline import Heading, asks
from wellread.articles.sitemarks import Cleaned
from wellread.datatypes import Block, BlockType, Link, Note
from wellread.errors import ArticleError

Parts = list[Heading | Block]


class Body:
    """Walks through the tokens of the parser, which come in document order with the nesting marked in them."""

    def __init__(self, cleaned: Cleaned, file: str) -> None:
        self.cleaned = cleaned
        self.file = file
        self.notes: list[Note] = []
        self.parts: Parts = []
        self.level = 1  # of the heading above
        self.lists: list[OpenList] = []  # that are open
        self.marker = ""  # of a list item that has no text yet
        self.term = Inline("")  # that the next block defines
        self.row: list[Inline] = []  # the cells of the head of the open table
        self.row_line = 0
        self.footnotes: dict[str, Parts] = {}
        self.waiting: list[str] = []  # footnotes of the block at hand
        self.attached: set[str] = set()  # footnotes that stand in this section
        self.used: set[str] = set()

    def read(self, tokens: Sequence[Token], title: str | None = None) -> Parts:
        """Read tokens; those of a whole article come with the title that its front matter gives, or ""."""
        tokens = read_indented(self._take_footnotes(tokens), self.file, self.cleaned.numbers)
        top = -1 if title is None else bold_title(tokens, title)
        bold, lone = bold_headings(tokens)
        bold, lone = bold - {top}, lone - {top}
        marks = take_list_marks(tokens)
        for at, token in enumerate(tokens):
            match token.type:
                case "bullet_list_open" | "ordered_list_open":
                    ordered = token.type == "ordered_list_open"
                    self.lists.append(OpenList(int(token.attrs.get("start", 1)), token.markup if ordered else ""))
                case "dl_open":
                    self.lists.append(OpenList(1, ""))
                case "bullet_list_close" | "ordered_list_close" | "dl_close":
                    self.lists.pop()
                case "list_item_open":
                    self._refuse_depth(token)
                    self.marker = marks.get(at) or self.lists[-1].next_marker(token.info)
                case "list_item_close":
                    self.marker = ""
                case "blockquote_open":
                    self._refuse_depth(token)
                case "dt_open":
                    self.term = plain(tokens[at + 1].children or ())
                case "dd_open":
                    self._refuse_depth(token)
                    self.marker = "•"
                case "dd_close":
                    self._block(self._line(token), Inline(""))  # a term whose definition is a table or nothing
                    self.marker = ""
                case "heading_open":
                    self._heading(token, tokens[at + 1])
                case "plain":
                    self._plain(token)
                case "paragraph_open" if at == top:
                    self.parts.append(Heading(plain(tokens[at + 1].children or ()).text, 1, self._line(token)))
                case "paragraph_open":
                    self._paragraph(token, tokens[at + 1], at in bold)
                    if at in lone:
                        self.notes.append(bold_line_note(tokens[at + 1], self._line(token)))
                case "fence" | "code_block":
                    self._code(token)
                case "tr_open":
                    self.row, self.row_line = [], self._line(token)
                case "th_open":
                    self.row.append(plain(tokens[at + 1].children or ()))
                case "tr_close":
                    self._row(self.row_line, self.row)
                case "row":
                    self._refuse_lost_cells(token)
                    cells = token.children or ()
                    columns = token.meta["columns"]
                    row = [plain(cell.children or ()) for cell in cells] or [
                        Inline(" ".join(cell.split())) for cell in token.meta["cells"]
                    ]
                    self._row(self._line(token), row[:columns])
                case "table_close":
                    self._attach_footnotes()
        self._add_unused_footnotes()
        return self.parts

    def _line(self, token: Token) -> int:
        at = token.map[0] if token.map else 0
        return self.cleaned.numbers[min(at, len(self.cleaned.numbers) - 1)]

    def _refuse_depth(self, token: Token) -> None:
        if token.level + 1 >= MAX_NESTING:
            reason = "lists and quotes lie too deep inside one another"
            raise ArticleError(self.file, self._line(token), reason, "make the nesting flatter")

    def _heading(self, token: Token, inline: Token) -> None:
        content = plain(inline.children or ())
        words = plain([child for child in inline.children or () if child.type != "footnote_ref"]).text
        line = self._line(token)
        if token.level:  # inside a list or a quote, where it divides nothing
            self._block(line, content)
        elif words:
            self._divide(Heading(words, int(token.tag[1:]), line, self.cleaned.ids.get(line, "")), content)
            self.level = int(token.tag[1:])
        else:
            raise ArticleError(self.file, line, "a heading is empty", "write its words or delete the #")

    def _divide(self, heading: Heading, content: Inline) -> None:
        self.parts.append(heading)
        self.attached.clear()
        self.waiting += content.footnotes
        self._attach_footnotes()

    def _plain(self, token: Token) -> None:
        if not self.lists and are_labelled(token.content):
            for passed, line in enumerate(token.content.split("\n")):
                self._block(self.cleaned.numbers[(token.map[0] if token.map else 0) + passed], Inline(line.strip()))
            return
        self._name_joined_lines(token, token.content)
        self._block(self._line(token), Inline(" ".join(token.content.split())))

    def _paragraph(self, token: Token, inline: Token, bold: bool) -> None:
        line = self._line(token)
        children = inline.children or []
        split = split_bold_line(children) if bold else None
        if split is None and self.lists:
            self._block(line, plain(children))
            return
        if split is None:
            lines = typed_lines(children, are_labelled(inline.content))
            if len(lines) == 1:
                self._name_joined_lines(token, inline.content)
            self._lines(token, 0, lines)
            return
        head, rest = split
        content = plain(head)
        before = self.parts[-1] if self.parts else None
        below = isinstance(before, Heading) and before.level == self.level + 1  # a bold line right under a bold line
        self._divide(Heading(content.text, min(self.level + 1 + below, 6), line), content)
        self._lines(token, 1, typed_lines(rest))

    def _lines(self, token: Token, above: int, lines: Sequence[tuple[int, Sequence[Token]]]) -> None:
        """Read the lines of a paragraph that are lines to its readers, `above` lines of the paragraph passed over."""
        for passed, line in lines:
            self._block(self.cleaned.numbers[(token.map[0] if token.map else 0) + above + passed], plain(line))

    def _name_joined_lines(self, token: Token, written: str) -> None:
        if not self.lists and may_be_lines(written):
            message = f'short lines are read as one paragraph: "{quoted(written)}"'
            remedy = 'write "- " before each line of a list, or a backslash behind each line'
            self.notes.append(Note(self._line(token), "joined-lines", message, remedy))

    def _block(self, line: int, content: Inline) -> None:
        if self.term.text:
            between = "" if not content.text else " " if self.term.text.endswith(":") or asks(self.term.text) else ": "
            content, self.term = content.after(self.term, between), Inline("")
        if not content.text:
            return
        kind: BlockType = "item" if self.marker else "paragraph"
        level = len(self.lists) - 1 if self.marker else 0
        self.parts.append(Block(kind, content.text, line, self.marker, level, links=content.links))
        self.marker = ""
        self.waiting += content.footnotes
        self._attach_footnotes()

    def _code(self, token: Token) -> None:
        """Read code line by line; what is indented inside indented text is none, and its markup is read."""
        first = (token.map[0] if token.map else 0) + (token.type == "fence")
        if is_table(token.info):
            for at, cells in table_rows(token):
                row = [plain(PARSER.parseInline(cell)[0].children or ()) for cell in cells]
                self._row(self.cleaned.numbers[first + at], row)
            return
        for at, text in code_lines(token):
            children = PARSER.parseInline(text)[0].children if token.type == "code_block" else None
            self._block(self.cleaned.numbers[first + at], plain(children) if children else Inline(text))

    def _row(self, line: int, row: Sequence[Inline]) -> None:
        cells = tuple(cell.text for cell in row)
        links: list[Link] = []
        start = 0
        for cell in row:
            links += [Link(start + link.start, start + link.end, link.url) for link in cell.links]
            start += len(cell.text) + len(" | ")
            self.waiting += cell.footnotes
        if any(cells):
            self.parts.append(Block("row", " | ".join(cells), line, cells=cells, links=tuple(links)))

    def _refuse_lost_cells(self, row: Token) -> None:
        columns = row.meta["columns"]
        if any(row.meta["cells"][columns:]):
            reason = f"this table row has more cells than the header row, which has {columns}"
            remedy = "add a column to the header row, or write \\| for a |"
            raise ArticleError(self.file, self._line(row), reason, remedy)

    def _take_footnotes(self, tokens: Sequence[Token]) -> list[Token]:
        """Read the footnotes, wherever they stand, and return the tokens without them."""
        rest: list[Token] = []
        label, first = "", 0
        for at, token in enumerate(tokens):
            if token.type == "footnote_reference_open" and not label:
                label, first = str(token.meta["label"]), at + 1
            elif token.type == "footnote_reference_close" and token.level == tokens[first - 1].level and label:
                inside = Body(self.cleaned, self.file)
                blocks = inside.read([other for other in tokens[first:at] if not other.type.startswith("footnote_re")])
                self.footnotes.setdefault(label, []).extend(_labelled(blocks, label))
                label = ""
            elif not label:
                rest.append(token)
        return rest

    def _attach_footnotes(self) -> None:
        """Put footnotes below the block that refers to them, once a section, so that a dose stays with its caution."""
        for label in dict.fromkeys(self.waiting) if self.waiting else ():
            if label in self.footnotes and label not in self.attached:
                self.attached.add(label)
                self.used.add(label)
                self.parts += self.footnotes[label]
        self.waiting.clear()

    def _add_unused_footnotes(self) -> None:
        for label, blocks in self.footnotes.items():
            if label not in self.used and blocks:
                self.parts += blocks
                message = f"nothing refers to the footnote [^{label}]: it stands at the end of the article"
                remedy = f"write [^{label}] behind the words that it belongs to"
                self.notes.append(Note(blocks[0].line, "footnote", message, remedy))


def _labelled(blocks: Parts, label: str) -> Parts:
    """Return the blocks of a footnote, the first one with its label in front."""
    first = blocks[0] if blocks else None
    if not isinstance(first, Block):
        return blocks
    lead = Inline(f"[{label}]")
    content = Inline(first.text, first.links).after(lead, " ")
    return [replace(first, text=content.text, links=content.links, cells=()), *blocks[1:]]
