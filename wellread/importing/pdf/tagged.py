"""Reads a tagged PDF: headings, lists, tables and the order of the text are those that the file gives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from wellread.importing.left_out import LeftOut
from wellread.importing.pdf.contents import contents_of
from wellread.importing.pdf.continued import without_repeated_heads
from wellread.importing.pdf.document import Document
from wellread.importing.pdf.footnotes import SUPERSCRIPTS, Footnote, place_footnotes
from wellread.importing.pdf.headings import MAX_HEADING, find_headings, title_first
from wellread.importing.pdf.paragraphs import Group
from wellread.importing.pdf.reading import Reading
from wellread.importing.pdf.regions import TableRows
from wellread.importing.pdf.tagged_faults import marks_lines, order_notes
from wellread.importing.pdf.tagged_heads import LARGER, levels_of, running_heads, with_title
from wellread.importing.pdf.tagged_items import as_item
from wellread.importing.pdf.tagged_texts import OUTDENT, TaggedTexts
from wellread.importing.pdf.tags import Element

_COVERED = 0.9
"""Share of a document's letters at least that its tags name; the rest are running heads and what is in drawings."""
_STRUCTURED = 0.5
"""Share of letters at least that stand in paragraphs, headings, lists and tables: else the tags tell nothing."""
_HEADS = {"H": 2, "Title": 1, **{f"H{level}": level for level in range(1, 7)}}
_PARAGRAPHS = {"P", "Caption"}
_NOTES = {"Note", "FENote"}
_BLOCKS = {*_HEADS, *_PARAGRAPHS, "L", "LI", "Table", "TR", "TD", "TH", "TOC"}
_MOST_CELL = 500
"""Characters of a cell in a table without names of columns from which on the table only arranges the page."""
_NOTE_MARK = re.compile(r"(?:\[?(\d{1,2})\]?|([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})|([*†‡§]{1,3}))[.):]?\s*")


def read_tagged(document: Document) -> Reading | None:
    """Read the text as the tags give it; None if there are none, if they leave too much out, or mark lines alone."""
    if document.tags is None:
        return None
    texts = TaggedTexts(document.pages)
    named = set(document.tags.leaves())
    structured = {leaf for block in _structured(document.tags) for leaf in block.leaves()}
    if texts.share(named) < _COVERED or texts.share(structured) < _STRUCTURED:
        return None
    reader = _Reader(texts)
    reader.walk(document.tags)
    reader.end_paragraph()
    if marks_lines(reader.parts):
        return None
    running = running_heads(reader.parts, reader.heads, len(document.pages))
    contents = contents_of(reader.parts)
    kept = [at for at in range(len(reader.parts)) if at not in running and at not in contents]
    heads = {place: reader.heads[at] for place, at in enumerate(kept) if at in reader.heads}
    parts, misplaced = place_footnotes([reader.parts[at] for at in kept], reader.footnotes)
    banner, lines = texts.outside_title(named, LARGER)
    parts, heads = with_title(parts, heads, banner)
    parts, levels, cover = title_first(parts, levels_of(parts, heads) if heads else find_headings(parts))
    notes = ["the order of the text, its headings, lists and tables are those that the file marks: compare them"]
    if misplaced:
        said = "; ".join(f"{note.mark} {note.text}" for note in misplaced)
        notes.append(f"what these footnotes belong to could not be told, they stand at the end: {said}")
    notes += [*cover, *order_notes(texts.elsewhere(document.tags.leaves()))]
    left_out = [LeftOut("table of contents", text) for text in (*reader.contents, *contents.values())]
    left_out += [LeftOut("running heads and page numbers", text) for text in running.values()]
    left_out += reader.repeated
    outside = list(texts.outside(named))
    if parts[:1] == [banner]:
        for line in lines:
            outside.remove(line)
    left_out += [LeftOut("outside of the text as the file marks it", text) for text in outside]
    return Reading(parts, levels, left_out, notes, {})


def _structured(element: Element) -> Iterator[Element]:
    for child in element.ordered():
        if isinstance(child, Element):
            if child.kind in _BLOCKS:
                yield child
            else:
                yield from _structured(child)


def _has_blocks(element: Element) -> bool:
    return any(
        isinstance(child, Element) and (child.kind in _BLOCKS or _has_blocks(child)) for child in element.ordered()
    )


def _inside(element: Element, kinds: set[str]) -> Iterator[Element]:
    """The elements of some kinds in an element, those inside one of them not."""
    for child in element.ordered():
        if isinstance(child, Element):
            if child.kind in kinds:
                yield child
            elif child.kind != "Table":
                yield from _inside(child, kinds)


class _Reader:
    """Walks through a structure and makes parts of it; `heads` are the levels that the tags give, by their places."""

    def __init__(self, texts: TaggedTexts) -> None:
        self.parts: list[Group | TableRows] = []
        self.heads: dict[int, int] = {}
        self.footnotes: list[Footnote] = []
        self.contents: list[str] = []
        self.repeated: list[LeftOut] = []
        self._texts = texts
        self._run: list[tuple[int, int]] = []  # the texts of the paragraph that is open

    def walk(self, element: Element, inline: bool = False) -> None:
        """Read an element that holds others; `inline` if it stands in a paragraph."""
        inline = inline or element.kind in _PARAGRAPHS
        wrapped = False  # whether the last child held other elements, as a box of a web page does
        for child in element.ordered():
            if not isinstance(child, Element):
                self._run.append(child)
            elif child.kind in _NOTES:
                self._footnote(child)
            elif child.kind in _BLOCKS or _has_blocks(child):
                self.end_paragraph()
                self._block(child)
            else:
                inside = list(child.leaves())
                wraps = any(isinstance(one, Element) for one in child.ordered())
                if not inline and self._texts.begins_block(self._run, inside, wraps and wrapped):
                    self.end_paragraph()
                if wraps:
                    self.walk(child, inline)
                else:
                    self._run += inside
                wrapped = wraps

    def end_paragraph(self) -> None:
        """Make a paragraph of the texts since the last."""
        self.parts += [replace(group, left=0.0) for group in self._texts.groups(self._run)]
        self._run = []

    def _block(self, element: Element) -> None:
        if element.kind == "L":
            self._list(element, 0)
        elif element.kind == "LI":
            self._item(element, 0)
        elif element.kind == "Table":
            self._table(element)
        elif element.kind == "TOC":
            group = self._texts.group(list(element.leaves()))
            self.contents += [group.text] if group else []
        elif element.kind in _HEADS and not _has_blocks(element):
            group = self._texts.group(list(self._without_notes(element)))
            if group and len(group.text) <= 2 * MAX_HEADING:
                self.heads[len(self.parts)] = _HEADS[element.kind]
            self._add(group)
        else:
            self.walk(element)
            self.end_paragraph()

    def _add(self, group: Group | None) -> None:
        if group:
            self.parts.append(group)

    def _without_notes(self, element: Element) -> Iterator[tuple[int, int]]:
        for child in element.ordered():
            if not isinstance(child, Element):
                yield child
            elif child.kind in _NOTES:
                self._footnote(child)
            else:
                yield from self._without_notes(child)

    def _footnote(self, element: Element) -> None:
        group = self._texts.group(list(element.leaves()))
        mark = _NOTE_MARK.match(group.text) if group else None
        if group and mark:
            written = (mark[1] or mark[2] or mark[3]).translate(SUPERSCRIPTS)
            self.footnotes.append(Footnote(group.page, written, group.text[mark.end() :]))
        elif group:
            self.end_paragraph()
            self._add(group)

    def _list(self, element: Element, depth: int) -> None:
        for child in element.ordered():
            if isinstance(child, Element) and child.kind == "LI":
                self._item(child, depth)
            elif isinstance(child, Element) and child.kind == "L":
                self._list(child, depth + 1)
            elif isinstance(child, Element):
                self._block(child)
            else:
                self._run.append(child)
        self.end_paragraph()

    def _item(self, element: Element, depth: int) -> None:
        """Read an item: its label, its text, more paragraphs below that, and what else stands in it."""
        label: list[tuple[int, int]] = []
        at: int | None = None  # the place of the item's part

        def end() -> None:
            nonlocal at
            groups = self._texts.groups(self._run, label)
            self._run = []
            for number, group in enumerate(groups):
                above = self.parts[at] if at is not None else None
                outside = number > 0 and group.left < groups[0].left - OUTDENT * group.style.size
                last = self.parts[-1] if self.parts else None
                if at is None and not label and isinstance(last, Group) and self._texts.goes_on(last, group):
                    at = len(self.parts) - 1
                    self.parts[at] = replace(last, text=self._texts.join(last.text, group.text), page=group.page)
                elif at is None or (number and group.bullet):
                    at = len(self.parts)
                    self.parts.append(as_item(group, None if number else self._texts.group(label), depth))
                elif isinstance(above, Group) and at == len(self.parts) - 1 and not outside:
                    self.parts[at] = replace(above, notes=(*above.notes, group.text))
                else:
                    self._add(replace(group, left=0.0))

        def end_text() -> None:
            group = self._texts.group(label)
            if at is None and group and any(map(str.isalnum, group.text)) and not self._texts.group(self._run):
                self._run = label[:]  # an item without other text
                label.clear()
            end()

        def read(inside: Element) -> None:
            for child in inside.ordered():
                if not isinstance(child, Element):
                    self._run.append(child)
                elif child.kind == "Lbl":
                    label.extend(child.leaves())
                elif child.kind in _NOTES:
                    self._footnote(child)
                elif child.kind == "L":
                    end_text()
                    self._list(child, depth + 1)
                elif child.kind in _PARAGRAPHS:
                    end()
                    read(child)
                    end()
                elif child.kind == "LBody" or (_has_blocks(child) and child.kind not in _BLOCKS):
                    read(child)
                elif child.kind in _BLOCKS:
                    end_text()
                    self._block(child)
                else:
                    self._run += self._without_notes(child)

        self.end_paragraph()
        read(element)
        end_text()

    def _table(self, element: Element) -> None:
        rows = [list(_inside(row, {"TD", "TH"})) for row in _inside(element, {"TR"})]
        rows = [row for row in rows if row]
        cells = [cell for row in rows for cell in row]
        if max(map(len, rows), default=0) < 2 or self._arranges(cells):
            self.walk(element)
            self.end_paragraph()
            return
        captions = list(_inside(element, {"Caption"}))
        for caption in captions:
            self._block(caption)
        pages = sorted({leaf[0] for leaf in element.leaves()}) or [1]
        table = TableRows(
            tuple(tuple(map(self._cell, row)) for row in rows),
            pages[0],
            all(cell.kind == "TH" for cell in rows[0]),
            spans=tuple(tuple((cell.row_span, cell.column_span) for cell in row) for row in rows),
            last_page=pages[-1],
        )
        self.parts[-1:], repeated = without_repeated_heads([*self.parts[-1:], table])
        self.repeated += repeated
        self._run = sorted(
            set(element.leaves()).difference(*(one.leaves() for one in (*captions, *cells)))
        )  # outside of all cells
        self.end_paragraph()

    def _arranges(self, cells: Sequence[Element]) -> bool:
        """Tell whether a table only arranges the page: it has headings in it, or long texts and no names of columns."""
        if any(any(_inside(cell, set(_HEADS))) for cell in cells):
            return True
        if any(cell.kind == "TH" for cell in cells):
            return False
        groups = (self._texts.group(list(cell.leaves())) for cell in cells)
        return any(group is not None and len(group.text) > _MOST_CELL for group in groups)

    def _cell(self, element: Element) -> str:
        reader = _Reader(self._texts)
        reader.walk(element)
        reader.end_paragraph()
        self.footnotes += reader.footnotes
        self.repeated += reader.repeated
        self.contents += reader.contents
        return " ".join(text for part in reader.parts for text in _texts_of(part))


def _texts_of(part: Group | TableRows) -> Iterable[str]:
    if isinstance(part, TableRows):
        return (cell for row in part.rows for cell in row if cell)
    return (f"{part.bullet}{part.text}", *part.notes)
