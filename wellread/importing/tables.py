"""Brings tables into a form that Markdown can say: no frames, each row whole."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from wellread.errors import WellreadError
from wellread.importing.tree import HEADING_NAMES, HEADINGS, first_inside, nearest_around, new_tag, text_of

if TYPE_CHECKING:
    from bs4 import Tag

MAX_CELLS = 5_000
"""Cells of a table at most, spanned ones counted as often as they stand: 500 rows of 10 columns."""

MAX_CELL_WORDS = 60
"""Words of a cell at most in a table without a head that has lists; more are a passage, the table a frame."""

_MANY_PARAGRAPHS = 3
"""Paragraphs of a cell from which on it is a page's text, where no other row has cells beside one another."""

CELL = "data-cell"
"""The attribute that marks a cell of a table that was taken apart."""

MAX_COLUMNS = 60
"""Columns that a cell may span at most; a row of more cannot be read."""


def tidy_tables(text: Tag) -> list[str]:
    """Take tables apart that only arrange a page; in others, repeat cells that span rows, and write lists in one line.

    Gives notes.

    Raises:
        WellreadError: a table's cells, repeated, are too many.
    """
    spread = False
    in_lines = apart = 0
    for table in text.find_all("table"):
        if not table.decomposed and first_inside(table, ("table",)) is not None and _is_data(table):
            for inner in reversed(table.find_all("table")):
                _in_one_line(inner)
    for table in reversed(text.find_all("table")):
        for cell in _heads(table):
            cell.name = "th"
            for heading in table.find_all(HEADINGS):
                heading.unwrap()
        if _has_lists_in_cells(table):
            in_lines += _lists_in_lines(table)
        if _only_layout(table):
            apart += any(len(_cells(row)) > 1 for row in table.find_all("tr"))
            parts = table.find_all(["caption", "thead", "tbody", "tfoot", "tr", "td", "th"])
            for tag in [table, *(part for part in parts if nearest_around(part, ("table",)) is table)]:
                if tag.name in ("td", "th"):
                    tag[CELL] = ""
                tag.name = "div"
        else:
            _one_body(table)
            spread = _spread(table) or spread
    notes = ["a cell that spans several rows or columns of a table is repeated in each"] if spread else []
    if in_lines:
        notes.append(f'lists in cells of tables stand in one line each, ";" between the items ({in_lines})')
    if apart:
        notes.append(f"tables that hold whole passages or arrange the page are taken apart, cell after cell ({apart})")
    return notes


def _heads(table: Tag) -> list[Tag]:
    """The heads of a table's columns where it has headings, each alone in its cell; none above one row of passages."""
    headings = table.find_all(HEADINGS)
    around = [nearest_around(heading, ("td", "th")) for heading in headings]
    alone = all(cell and text_of(cell) == text_of(head) for cell, head in zip(around, headings, strict=True))
    if not headings or not alone or table.find("table"):
        return []
    rows = [[cell for cell in _cells(row) if text_of(cell)] for row in table.find_all("tr")]
    wide = [cells for cells in rows if len(cells) > 1]
    heads = wide[0] if len(wide) > 2 or (len(wide) == 2 and not any(map(is_passage, wide[1]))) else []
    return heads if all(cell.name == "th" or first_inside(cell, HEADING_NAMES) for cell in heads) else []


def _has_lists_in_cells(table: Tag) -> bool:
    """Tell whether a table holds data, short lists among them: it has a head, or rows of two short cells or more."""
    if first_inside(table, ("ul", "ol")) is None or first_inside(table, ("table", *HEADING_NAMES)) is not None:
        return False
    rows = [cells for row in table.find_all("tr") if (cells := _cells(row))]
    if len(rows) < 2 or _has_one_text_a_row(table) or str(table.get("role")) in ("presentation", "none"):
        return False
    short = not any(is_passage(cell) for cells in rows for cell in cells)
    wide = any(len(cells) > 1 for cells in rows)
    return wide and (first_inside(table, ("th",)) is not None or (short and all(len(cells) > 1 for cells in rows)))


def _is_data(table: Tag) -> bool:
    """Tell whether a table has rows of as many cells each, two or more, of a few words, and no headings."""
    rows = [_cells(row) for row in table.find_all("tr") if nearest_around(row, ("table",)) is table]
    even = len(rows) > 1 and len({len(cells) for cells in rows}) == 1 and len(rows[0]) > 1
    short = not any(is_passage(cell) for cells in rows for cell in cells)
    arranged = str(table.get("role")) in ("presentation", "none") or first_inside(table, HEADING_NAMES) is not None
    return even and short and not arranged


def _in_one_line(table: Tag) -> None:
    """Write a table inside a cell in one line: "morning: 5 mg; evening: 10 mg"."""
    rows = [": ".join(filter(None, map(text_of, _cells(row)))) for row in table.find_all("tr")]
    table.replace_with(f" {'; '.join(filter(None, rows))} ")


def is_passage(cell: Tag) -> bool:
    """Tell whether a cell holds more words than a cell of data does."""
    return len(text_of(cell).split()) > MAX_CELL_WORDS


def _lists_in_lines(table: Tag) -> int:
    """Write each list of a table's cells in one line, an inner list in brackets; gives how many there were."""
    lists = table.find_all(["ul", "ol"])
    for listing in reversed(lists):
        inner = nearest_around(listing, ("li",)) is not None
        items = listing.find_all("li", recursive=False)
        begin = _number(listing.get("start"), 1)
        for at, item in enumerate(items):
            for block in item.find_all(["p", "div"]):
                block.insert_after(" ")
                block.unwrap()
            mark = f"{begin + at}. " if listing.name == "ol" else ""
            ends = text_of(item)[-1:] in (".", ";", "!", "?", ":")
            item.insert_before(mark)
            item.insert_after("" if at + 1 == len(items) else " " if ends else "; ")
            for words in item.find_all(string=True)[-1:]:
                words.replace_with(words.rstrip())
            for words in item.find_all(string=True)[:1]:
                words.replace_with(words.lstrip())
            item.unwrap()
        listing.insert_before(" (" if inner else " ")
        listing.insert_after(") " if inner else " ")
        listing.unwrap()
    return len(lists)


def _number(written: object, usual: int) -> int:
    plain = str(written or "").strip()
    return int(plain) if plain.isascii() and plain.isdecimal() and len(plain) < 9 else usual


def _one_body(table: Tag) -> None:
    """Put all rows of a table into one body, its caption above it, and give the first row a cell for each column."""
    for caption in table.find_all("caption"):
        caption.name = "p"
        table.insert_before(caption.extract())
    for head in table.find_all("thead"):
        for cell in head.find_all("td"):
            cell.name = "th"
    for part in table.find_all(["thead", "tbody", "tfoot", "colgroup"]):
        part.unwrap()
    for column in table.find_all("col"):
        column.decompose()
    for code in table.find_all(["code", "kbd", "samp", "pre"]):
        code.unwrap()  # a "|" in it would end its cell
    rows = table.find_all("tr")
    while len(rows) > 1 and _is_idle(rows[0], rows[1]):
        rows.pop(0).decompose()
    widths = [sum(_span(cell, "colspan", MAX_COLUMNS) for cell in _cells(row)) for row in rows]
    for _ in range(max(widths, default=0) - (widths[0] if widths else 0)):
        rows[0].append(new_tag("th" if first_inside(rows[0], ("th",)) else "td"))


def _is_idle(first: Tag, second: Tag) -> bool:
    """Tell whether a table's first row has no cells, or none with text above a row that is its head."""
    cells, below = _cells(first), _cells(second)
    spans = any(cell.has_attr("rowspan") for cell in cells)
    headed = bool(below) and all(cell.name == "th" for cell in below)
    return not cells or (headed and not spans and not text_of(first) and not first.find("img"))


def _cells(row: Tag) -> list[Tag]:
    return list(row.find_all(["td", "th"], recursive=False))


def _only_layout(table: Tag) -> bool:
    """Tell whether a table only arranges text on the page: it has one text a row, or whole passages in its cells."""
    rows = table.find_all("tr")
    wide = any(len(_cells(row)) > 1 for row in rows)
    sections = any(first_inside(row, HEADING_NAMES) for row in rows[1:]) or any(map(_is_section, rows[:1]))
    if not wide or _has_one_text_a_row(table) or sections or first_inside(table, ("table", "ul", "ol")) is not None:
        return True
    side_by_side = [row for row in rows if len(_cells(row)) > 1]
    if len(side_by_side) == 1 and any(len(cell.find_all("p")) >= _MANY_PARAGRAPHS for cell in _cells(side_by_side[0])):
        return first_inside(table, ("th",)) is None
    inside = nearest_around(table, ("table",)) is not None
    drawn = str(table.get("border") or "0") != "0" or first_inside(table, ("th",)) is not None
    return inside and not drawn and not _is_data(table)


def _has_one_text_a_row(table: Tag) -> bool:
    """Tell whether no row has text in two cells, as where a picture stands beside each paragraph."""
    rows = [[cell for cell in _cells(row) if text_of(cell)] for row in table.find_all("tr")]
    tall = any(_span(cell, "rowspan", len(rows)) > 1 for row in rows for cell in row)
    return not tall and all(len(row) < 2 for row in rows)


def _is_section(row: Tag) -> bool:
    """Tell whether a row's cells have text under headings of their own."""
    heading = first_inside(row, HEADING_NAMES)
    cell = nearest_around(heading, ("td", "th")) if heading is not None else None
    return cell is not None and heading is not None and text_of(cell) != text_of(heading)


def _spread(table: Tag) -> bool:
    """Repeat each cell that spans several rows or columns in every one of them, so that a row can be read alone.

    In the first row, and where it spans all columns, a cell that spans columns stays one: it heads what is below it.
    """
    found = False
    rows = table.find_all("tr")
    cells = len(table.find_all(["td", "th"]))
    for at, row in enumerate(rows):
        column = 0
        for cell in _cells(row):
            height = _span(cell, "rowspan", len(rows) - at)
            width = _span(cell, "colspan", MAX_COLUMNS)
            del cell["rowspan"]
            if width > 1:
                cell["colspan"] = str(width)
            else:
                del cell["colspan"]
            cells += (height - 1) * width
            if cells > MAX_CELLS:
                reason = f"a table has more than {MAX_CELLS:,} cells, those that span rows or columns counted in each"
                raise WellreadError(reason, "take rowspan and colspan out of it, or divide the table")
            for below in rows[at + 1 : at + height]:
                found = True
                _insert(below, column, copy(cell))
            column += width
    columns = max((sum(_span(cell, "colspan", MAX_COLUMNS) for cell in _cells(row)) for row in rows), default=0)
    for row in rows[1:]:
        for cell in _cells(row):
            width = _span(cell, "colspan", MAX_COLUMNS)
            if 1 < width < columns and text_of(cell):
                found = True
                del cell["colspan"]
                for _ in range(width - 1):
                    cell.insert_after(copy(cell))
    return found


def _insert(row: Tag, column: int, cell: Tag) -> None:
    at = 0
    for other in _cells(row):
        if at >= column:
            other.insert_before(cell)
            return
        at += _span(other, "colspan", MAX_COLUMNS)
    row.append(cell)


def _span(cell: Tag, name: str, most: int) -> int:
    """A cell's span, as browsers read it: a number from 1 on, never more than there is room for."""
    written = str(cell.get(name, "1")).strip()
    plain = written.isascii() and written.isdecimal() and len(written) < 10
    return min(max(int(written), 1), max(most, 1)) if plain else 1
