"""Paragraphs, lists and tables of a Word document as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from wellread.importing.word.blocks import (
    LINE_BREAK,
    PAGE_BREAK,
    Block,
    Cell,
    Paragraph,
    Run,
    Table,
    paragraphs_of,
    without_bold,
)
from wellread.importing.word.styles import Item
from wellread.importing.word.table_heads import head_row, heads_above


def to_html(blocks: Sequence[Block]) -> str:
    """The blocks as HTML, the title as `<h1 class="title">`; empty paragraphs say nothing and go."""
    filled = [block for block in _titles_joined(blocks) if isinstance(block, Table) or not block.empty]
    html: list[str] = []
    at = 0
    while at < len(filled):
        block = filled[at]
        if isinstance(block, Paragraph) and block.item:
            end = at
            while end < len(filled) and _in_list(filled[end]):
                end += 1
            html += _lists([one for one in filled[at:end] if isinstance(one, Paragraph)])
            at = end
        else:
            html.append(_table(block) if isinstance(block, Table) else _paragraph(block))
            at += 1
    return "\n".join(html)


def _titles_joined(blocks: Sequence[Block]) -> list[Block]:
    """The first title with the lines of it that follow; a title further down is a heading."""
    found: list[Block] = []
    titled = False
    for block in blocks:
        if isinstance(block, Paragraph) and block.title and not block.empty:
            last = found[-1] if found else None
            if isinstance(last, Paragraph) and last.title:
                found[-1] = Paragraph((*last.runs, Run(" ", block.runs[0].look), *block.runs), title=True)
            elif titled:
                found.append(Paragraph(block.runs, level=1))
            else:
                found.append(block)
            titled = True
        elif not isinstance(block, Paragraph) or not block.empty:
            found.append(block)
    return found


def _in_list(block: Block) -> bool:
    return isinstance(block, Paragraph) and (block.item is not None or (block.aside and not block.level))


def _paragraph(block: Paragraph) -> str:
    inner = _inline(block.runs)
    if block.title:
        return f'<h1 class="title">{inner}</h1>'
    if block.level:
        return f"<h{min(block.level, 6)}>{inner}</h{min(block.level, 6)}>"
    return f"<p>{inner}</p>"


def _lists(paragraphs: Sequence[Paragraph]) -> list[str]:
    """Items as lists inside lists; one that counts anew, or of another list, begins a list of its own."""
    html: list[str] = []
    opened: list[Item] = []  # the items that are open, outermost first

    def close(depth: int) -> None:
        while opened and opened[-1].depth >= depth:
            html.append("</li></ul>" if opened.pop().number is None else "</li></ol>")

    for paragraph in paragraphs:
        item = paragraph.item
        if item is None:
            html.append(f"<p>{_inline(paragraph.runs)}</p>")
            continue
        close(item.depth + 1)
        if opened and opened[-1].depth == item.depth:
            if _goes_on(opened[-1], item):
                html.append("</li>")
                opened[-1] = item
            else:
                close(item.depth)
        if not opened or opened[-1].depth < item.depth:
            start = f' start="{item.number}"' if item.number not in (None, 1) else ""
            html.append("<ul>" if item.number is None else f"<ol{start}>")
            opened.append(item)
        mark = f"{escape(item.mark, quote=False)} " if item.mark else ""
        html.append(f"<li>{mark}{_inline(paragraph.runs)}")
    close(0)
    return html


def _goes_on(above: Item, item: Item) -> bool:
    if above.number is None or item.number is None:
        return above.number is item.number and above.list_id == item.list_id
    return above.list_id == item.list_id and item.number == above.number + 1


def _table(table: Table) -> str:
    head = head_row(table)
    above = heads_above(table)
    html: list[str] = []
    for at, row in enumerate(table.rows[above:], above):
        tag = "th" if at == head else "td"
        html.append("<tr>")
        for cell in row:
            spans = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
            spans += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
            html.append(f"<{tag}{spans}>{to_html(cell.blocks)}</{tag}>")
        html.append("</tr>")
    return f"{_above(table.rows[0][0]) if above else ''}<table>{''.join(html)}</table>"


def _above(cell: Cell) -> str:
    """The row above a table's head: a heading where it is marked as one, or else text of the table alone."""
    headed = any(line.level for line in paragraphs_of(cell.blocks))
    return to_html(cell.blocks if headed else without_bold(cell.blocks))


def _inline(runs: Sequence[Run]) -> str:
    """Runs of one look and one link joined, so that no mark is closed and opened between two letters of a word."""
    html: list[str] = []
    for address, linked in groupby(runs, key=lambda run: run.address):
        inner = "".join(_marked(list(group)) for _, group in groupby(linked, key=_marks))
        html.append(f'<a href="{escape(address)}">{inner}</a>' if address and inner.strip() else inner)
    return "".join(html).strip()


def _marks(run: Run) -> tuple[bool, bool, str, bool]:
    return run.look.bold, run.look.italic, run.look.raised, run.picture


def _marked(runs: Sequence[Run]) -> str:
    if runs[0].picture:
        return "".join(f'<img alt="{escape(run.alt)}">' if run.alt else "<img>" for run in runs)
    text = escape("".join(run.text for run in runs), quote=False)
    if not text.strip():
        return _breaks(text)
    look = runs[0].look
    for tag, on in ((look.raised, look.raised), ("em", look.italic), ("strong", look.bold)):
        text = f"<{tag}>{text}</{tag}>" if on else text
    return _breaks(text)


def _breaks(text: str) -> str:
    return text.replace("\t", " ").replace(LINE_BREAK, "<br>").replace(PAGE_BREAK, " ")
