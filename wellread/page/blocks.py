"""The blocks of a passage or a section to HTML: paragraphs, lists inside lists, tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from wellread.datatypes import Block, Sentence
from wellread.page.inline import Span, inline

_CELL_JOINT = len(" | ")


def blocks_html(blocks: Sequence[Block], sentence: Sentence | None = None) -> str:
    """Return the blocks as HTML, in order; the sentence, if there is one, stands in <mark>."""
    marks: list[Span | None] = [None] * len(blocks)
    if sentence is not None:
        marks[sentence.block] = (sentence.start, sentence.end)
    html: list[str] = []
    for kind, group in groupby(zip(blocks, marks, strict=True), key=lambda pair: pair[0].type):
        pairs = list(group)
        if kind == "item":
            html.append(_lists(pairs))
        elif kind == "row":
            html += [_table(rows, header) for rows, header in _tables(pairs)]
        else:
            html += [f'<p dir="auto">{inline(block.text, block.links, mark)}</p>' for block, mark in pairs]
    return "".join(html)


def _lists(items: Sequence[tuple[Block, Span | None]]) -> str:
    """Nest list items by their level; a level that was skipped opens one list, not two."""
    html: list[str] = []
    opened: list[tuple[int, str]] = []
    for block, mark in items:
        number = block.marker[:-1]
        tag = "ol" if number.isdecimal() and number.isascii() else "ul"
        while opened and opened[-1][0] > block.level:
            html.append(f"</li></{opened.pop()[1]}>")
        if opened and opened[-1] == (block.level, tag):
            html.append("</li>")
        else:
            if opened and opened[-1][0] == block.level:
                html.append(f"</li></{opened.pop()[1]}>")
            html.append(f'<{tag} dir="auto">')
            opened.append((block.level, tag))
        value = f' value="{int(number)}"' if tag == "ol" else ""
        html.append(f"<li{value}>{inline(block.text, block.links, mark)}")
    html += [f"</li></{tag}>" for _, tag in reversed(opened)]
    return "".join(html)


Rows = list[tuple[Block, Span | None]]


def _tables(rows: Rows) -> Iterator[tuple[Rows, bool]]:
    """Yield each table with whether its first row is its header.

    The file's line numbers tell: a line of dashes stands under a header, so that the next row is two lines on;
    any other gap parts two tables.
    """
    start = 0
    for at in range(1, len(rows) + 1):
        gap = rows[at][0].line - rows[at - 1][0].line if at < len(rows) else 0
        if gap == 1 or (gap == 2 and at == start + 1):
            continue
        header = at - start > 1 and rows[start + 1][0].line - rows[start][0].line == 2
        yield rows[start:at], header
        start = at


def _table(rows: Rows, header: bool) -> str:
    head = f"<thead>{_row(*rows[0], 'th')}</thead>" if header else ""
    body = "".join(_row(block, mark, "td") for block, mark in rows[header:])
    return (
        '<div class="wr-table" role="group" aria-label="Table" tabindex="0">'
        f'<table dir="auto">{head}<tbody>{body}</tbody></table></div>'
    )


def _row(block: Block, mark: Span | None, tag: str) -> str:
    cells: list[str] = []
    start = 0
    for cell in block.cells or (block.text,):
        window = (start, start + len(cell))
        scope = ' scope="col"' if tag == "th" else ""
        cells.append(f"<{tag}{scope}>{inline(block.text, block.links, mark, window)}</{tag}>")
        start = window[1] + _CELL_JOINT
    return f"<tr>{''.join(cells)}</tr>"


def language(code: str) -> str:
    """Return the attribute that names the language of an article's text, or "" where the article is silent."""
    return f' lang="{escape(code)}"' if code else ""
