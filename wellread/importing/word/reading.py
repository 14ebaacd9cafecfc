"""Walks through a Word document's text: what the page shows becomes paragraphs and tables, the rest is set aside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from wellread.importing.word import asides
from wellread.importing.word.alternatives import words_for
from wellread.importing.word.asides import Aside
from wellread.importing.word.blocks import Block, Paragraph, Run
from wellread.importing.word.fields import is_listing
from wellread.importing.word.numbering import Numbering
from wellread.importing.word.package import Package, alternative
from wellread.importing.word.runs import DELETIONS, INSERTIONS, PLAIN, Open, RunReader
from wellread.importing.word.styles import Item, Look, Styles
from wellread.importing.word.tables import read_table
from wellread.text.list_marks import SAYING

_LISTING = re.compile(r"(toc|index) ?(?:\d|heading)")


def _after_initial(initial: Paragraph, paragraph: Paragraph) -> Paragraph:
    """A paragraph with its first letter, which Word keeps in a paragraph of its own, in the look of its text."""
    look = paragraph.runs[0].look if paragraph.runs else PLAIN
    return replace(paragraph, runs=(*(replace(run, look=look) for run in initial.runs), *paragraph.runs))


class Reader:
    """Reads the text of a document. `aside` has what was seen and is not in the blocks.

    `made` is what Word shows that stands in no text of the file: equations and choices of fields.
    """

    def __init__(self, package: Package) -> None:
        self.aside = Aside()
        self._package = package
        self._styles = Styles(package)
        self._runs = RunReader(package, self._styles, self.aside, self._hang)
        self.made = self._runs.made
        self.numbering = Numbering(package)
        self._links = package.related(package.main)
        self._notes: dict[tuple[str, str], Element] = {}
        self._noted = 0
        self._drawn: set[str] = set()
        self._boxes = 0
        self._apart_depth = 0
        for kind in ("footnote", "endnote"):
            part = package.related_part(f"{kind}s")
            for note in () if part is None else part.findall(f"w_{kind}"):
                self._notes[kind, note.get("w_id", "")] = note

    def blocks(self, container: Element, reason: str = "") -> list[Block]:
        """Read the paragraphs and tables of a body, a cell, a text box or a note."""
        found: list[Block] = []
        joins = False
        initial: Paragraph | None = None  # the first letter of the next paragraph, set over several lines
        for element, why in self._flat(container, reason):
            if element.tag == "w_tbl":
                found += [initial] if initial is not None else []
                initial = None
                found += read_table(element, why, self.blocks, self._styles)
                joins = False
                continue
            read = self._paragraph(element, why)
            if initial is not None and isinstance(read[0], Paragraph):
                read[0] = _after_initial(initial, read[0])
                initial = None
            frame = element.find("w_pPr/w_framePr")
            if frame is not None and frame.get("w_dropCap", "none") != "none" and isinstance(read[0], Paragraph):
                initial = read[0]
                continue
            if joins and found and isinstance(before := found[-1], Paragraph) and isinstance(read[0], Paragraph):
                found.pop()  # of one that is deleted whole, nothing is left to stand before the next
                read = read if before.empty else [replace(before, runs=before.runs + read[0].runs), *read[1:]]
            found += read
            joins = not why and element.find("w_pPr/w_rPr/w_del") is not None  # its end was deleted
        return [*found, initial] if initial is not None else found

    def _flat(self, container: Element, reason: str) -> Iterator[tuple[Element, str]]:
        """The paragraphs and tables of a container, whatever stands around them, and why they are set aside."""
        for element in container:
            match element.tag:
                case "w_p" | "w_tbl":
                    yield element, reason
                case "w_sdt":
                    content = element.find("w_sdtContent")
                    if content is not None:
                        gallery = element.find("w_sdtPr/w_docPartObj/w_docPartGallery")
                        if gallery is not None and gallery.get("w_val") == "Table of Contents":
                            yield from self._flat(content, reason or asides.CONTENTS)
                            continue
                        empty = element.find("w_sdtPr/w_showingPlcHdr") is not None
                        yield from self._flat(content, asides.PLACEHOLDER if empty else reason)
                case "w_customXml" | "w_smartTag":
                    yield from self._flat(element, reason)
                case _ if element.tag in INSERTIONS:
                    yield from self._flat(element, reason)
                case _ if element.tag in DELETIONS:
                    yield from self._flat(element, reason or asides.DELETED)
                case "mc_AlternateContent":
                    yield from self._flat(alternative(element), reason)
                case "w_altChunk":
                    self.aside.tell(asides.OTHER, self._links.get(element.get("r_id", ""), ("", "another file"))[1])

    # Paragraphs

    def _paragraph(self, element: Element, reason: str) -> list[Block]:
        properties = element.find("w_pPr")
        style = self._styles.name(properties)
        if listed := _LISTING.fullmatch(style):
            reason = reason or (asides.INDEX if listed[1] == "index" else asides.CONTENTS)
        elif is_listing(element):
            reason = reason or asides.CONTENTS
        at = Open(properties, reason=reason)
        self._runs.read(element, at)
        self.aside.close()
        paragraph = Paragraph(tuple(at.runs), style, self._styles.heading_level(properties), style == "title")
        if paragraph.empty:
            mark = self._count_empty(element, reason)
            if mark and mark[0] in SAYING:
                paragraph = replace(paragraph, runs=(Run(mark, PLAIN),))
        elif not paragraph.level and not paragraph.title:
            paragraph = replace(paragraph, item=self._item(properties))
        else:
            number = None if paragraph.title else self._styles.number(properties)
            paragraph = paragraph.after(self.numbering.heading_mark(number) if number else "")
            if not self._apart_depth:  # a heading in a text box divides no list of the text around it
                self.numbering.begin_section()
        return [paragraph, *at.after]

    def _item(self, properties: Element | None) -> Item | None:
        number = self._styles.number(properties)
        if number is None:
            return None
        item = self.numbering.take(number)
        return replace(item, depth=max(item.depth, self._styles.inside(properties)))

    def _count_empty(self, element: Element, reason: str) -> str:
        """Count an item that is empty, for Word shows its number; not one whose text is set aside. Gives its mark."""
        end = element.find("w_pPr/w_rPr")
        marks = {one.tag for one in (() if end is None else end)}
        texts = any(one.tag in ("w_t", "w_delText") for one in element.iter())
        number = self._styles.number(element.find("w_pPr"))
        if number and not (reason or texts or marks & {"w_del", "w_moveFrom", "w_vanish"}):
            return self.numbering.take(number).mark
        return ""

    # What hangs on a paragraph

    def _hang(self, element: Element, look: Look, at: Open) -> None:
        if element.tag.endswith("Reference"):
            self._note(element, look, at)
        else:
            before = len(at.runs)
            self._drawing(element, at)
            self._say_pictures(element, at, before)

    def _note(self, element: Element, look: Look, at: Open) -> None:
        """Mark a footnote in the text, and put it after its paragraph, where it stays with its section."""
        kind = element.tag.removeprefix("w_").removesuffix("Reference")
        note = self._notes.pop((kind, element.get("w_id", "")), None)
        if note is None:
            return
        mark = ""
        if element.get("w_customMarkFollows", "0") in ("0", "false"):
            self._noted += not at.reason
            mark = f"[{self._noted}]"
        if not at.reason:
            self._runs.add(mark, replace(look, raised=""), at)
        blocks = self._apart(note, at)
        first = next((n for n, one in enumerate(blocks) if isinstance(one, Paragraph) and not one.empty), None)
        if mark and first is not None and isinstance(paragraph := blocks[first], Paragraph):
            blocks[first] = replace(paragraph, runs=(Run(f"{mark} ", PLAIN), *paragraph.runs), item=None)
        at.after += [replace(one, level=0, title=False) if isinstance(one, Paragraph) else one for one in blocks]

    def _apart(self, container: Element, at: Open) -> list[Block]:
        """Read what hangs on a paragraph."""
        self._apart_depth += 1
        with self._runs.apart():
            blocks = self.blocks(container, at.reason)
        self._apart_depth -= 1
        return [replace(one, aside=True) if isinstance(one, Paragraph) else one for one in blocks]

    def _drawing(self, element: Element, at: Open) -> None:
        """Take the text boxes of a drawing, after the paragraph that it hangs on, and mark its pictures."""
        for inner in element:
            if inner.tag == "w_txbxContent":
                self._boxes += 1
                number = self._boxes
                at.after += [replace(block, box=block.box or number) for block in self._apart(inner, at)]
            elif inner.tag in ("a_blip", "v_imagedata"):
                if not at.reason:
                    at.runs.append(Run("", PLAIN, picture=True))
            elif inner.tag == "v_textpath":  # letters that are drawn, WordArt
                art = Open(None, reason=at.reason)
                self._runs.add(inner.get("string", "").replace("\n", " "), PLAIN, art)
                at.after.append(Paragraph(tuple(art.runs)))
            elif inner.tag in ("c_chart", "dgm_relIds"):
                self._chart(inner.get("r_id") or inner.get("r_dm") or "")
            else:
                self._drawing(alternative(inner) if inner.tag == "mc_AlternateContent" else inner, at)

    def _say_pictures(self, drawing: Element, at: Open, first: int) -> None:
        """Give the pictures of a drawing the words that stand for them; a drawing without pictures is one itself."""
        words = [] if at.reason else words_for(drawing)
        for place, run in enumerate(at.runs[first:], first):
            if words and run.picture:
                at.runs[place] = replace(run, alt=words.pop(0))
        at.runs += [Run("", PLAIN, picture=True, alt=alt) for alt in words]

    def _chart(self, relation: str) -> None:
        """Set aside the words of a chart or diagram, once though it is drawn several times."""
        name = self._links.get(relation, ("", ""))[1]
        part = None if name in self._drawn else self._package.part(name)
        self._drawn.add(name)
        words = [] if part is None else [one.text or "" for one in part.iter() if one.tag in ("a_t", "c_v")]
        self.aside.tell(asides.DRAWING, " ".join(words))
