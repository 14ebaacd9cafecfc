"""Walks through a Word document's text: what the page shows becomes paragraphs and tables, the rest is set aside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from wellread.errors import WellreadError
from wellread.importing.symbols import code_of, is_picture_font, shown_in, sign
from wellread.importing.word import asides
from wellread.importing.word.alternatives import words_for
from wellread.importing.word.asides import Aside
from wellread.importing.word.blocks import LINE_BREAK, PAGE_BREAK, Block, Paragraph, Run
from wellread.importing.word.equations import equation
from wellread.importing.word.fields import code_shows, form_shows, is_equation
from wellread.importing.word.numbering import Numbering
from wellread.importing.word.package import DIVIDE, MAX_DEPTH, Package, alternative
from wellread.importing.word.paper import WHITE, Paper
from wellread.importing.word.styles import Item, Look, Styles
from wellread.importing.word.tables import read_table
from wellread.text.list_marks import SAYING

_LINK = re.compile(r'\bHYPERLINK\s+"([^"]*)"')
_LISTING = re.compile(r"(toc|index) ?(?:\d|heading)")
_PLAIN = Look()
_INSIDE = ("w_smartTag", "w_customXml", "w_dir", "w_bdo", "w_fldSimple", "w_sdtContent", "w_rubyBase")
_DEAD = ("w_del", "w_moveFrom")
_LIVE = ("w_ins", "w_moveTo")


@dataclass(slots=True)
class _Open:
    """The paragraph that is being read: its properties, runs, and what follows it."""

    properties: Element | None
    runs: list[Run] = field(default_factory=list)
    after: list[Block] = field(default_factory=list)
    address: str = ""
    reason: str = ""  # why what is being read is set aside; "" where it is text
    inserted: bool = False


@dataclass(slots=True)
class _Field:
    """A field such as a link or a page number: what it does, and whether its result is being read, and has text.

    `form` is what a field of a form shows by its own data.
    """

    code: str = ""
    shown: bool = False
    says: bool = False
    form: str = ""


def _after_initial(initial: Paragraph, paragraph: Paragraph) -> Paragraph:
    """A paragraph with its first letter, which Word keeps in a paragraph of its own, in the look of its text."""
    look = paragraph.runs[0].look if paragraph.runs else _PLAIN
    return replace(paragraph, runs=(*(replace(run, look=look) for run in initial.runs), *paragraph.runs))


class Reader:
    """Reads the text of a document. `aside` has what was seen and is not in the blocks.

    `made` is what Word shows that stands in no text of the file: equations and choices of fields.
    """

    def __init__(self, package: Package) -> None:
        self.aside = Aside()
        self.made: list[str] = []
        self._package = package
        self._styles = Styles(package)
        self._paper = Paper(package)
        self.numbering = Numbering(package)
        self._links = package.related(package.main)
        self._fields: list[_Field] = []
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
                case _ if element.tag in _LIVE:
                    yield from self._flat(element, reason)
                case _ if element.tag in _DEAD:
                    yield from self._flat(element, reason or asides.DELETED)
                case "mc_AlternateContent":
                    yield from self._flat(alternative(element), reason)
                case "w_altChunk":
                    self._tell(asides.OTHER, self._links.get(element.get("r_id", ""), ("", "another file"))[1])

    # Paragraphs

    def _paragraph(self, element: Element, reason: str) -> list[Block]:
        properties = element.find("w_pPr")
        style = self._styles.name(properties)
        if listed := _LISTING.fullmatch(style):
            reason = reason or (asides.INDEX if listed[1] == "index" else asides.CONTENTS)
        at = _Open(properties, reason=reason)
        self._inline(element, at)
        self.aside.close()
        paragraph = Paragraph(tuple(at.runs), style, self._styles.heading_level(properties), style == "title")
        if paragraph.empty:
            mark = self._count_empty(element, reason)
            if mark and mark[0] in SAYING:
                paragraph = replace(paragraph, runs=(Run(mark, _PLAIN),))
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

    def _inline(self, parent: Element, at: _Open) -> None:
        for element in parent:
            match element.tag:
                case "w_r":
                    self._run(element, at)
                case "w_hyperlink":
                    before = at.address
                    at.address = self._links.get(element.get("r_id", ""), ("", ""))[1] or before
                    self._inline(element, at)
                    at.address = before
                case "w_sdt":
                    empty = element.find("w_sdtPr/w_showingPlcHdr") is not None
                    self._within(element, at, asides.PLACEHOLDER if empty else "")
                case "w_ruby":
                    self._ruby(element, at)
                case "m_oMath" | "m_oMathPara":
                    self._equation(element, at)
                case "mc_AlternateContent":
                    self._inline(alternative(element), at)
                case _ if element.tag in _INSIDE:
                    self._inline(element, at)
                case _ if element.tag in _DEAD:
                    self._within(element, at, asides.DELETED)
                case _ if element.tag in _LIVE:
                    before_inserted, at.inserted = at.inserted, True
                    self._inline(element, at)
                    at.inserted = before_inserted

    def _within(self, element: Element, at: _Open, reason: str) -> None:
        before = at.reason
        at.reason = before or reason
        self._inline(element, at)
        at.reason = before

    def _ruby(self, element: Element, at: _Open) -> None:
        """Write how a word is spoken in brackets after it."""
        for part in ("w_rubyBase", "w_rt"):
            found = element.find(part)
            if found is not None:
                if part == "w_rt":
                    self._add("(", _PLAIN, at)
                self._inline(found, at)
        if element.find("w_rt") is not None:
            self._add(")", _PLAIN, at)

    def _equation(self, element: Element, at: _Open) -> None:
        text = equation(element).strip()
        if not at.reason:
            self._tell(asides.EQUATION, text)
        self._add(text, self._styles.look(at.properties, None), at)

    def _tell(self, reason: str, text: str) -> None:
        """Keep words for a note that have nothing to do with those before and after them."""
        self.aside.close()
        self.aside.add(reason, text)
        self.aside.close()

    # Runs

    def _run(self, run: Element, at: _Open) -> None:
        properties = run.find("w_rPr")
        look = self._styles.look(at.properties, properties)
        before = at.reason
        if not at.reason:
            hidden = look.hidden or (look.color in WHITE and not self._paper.shows(run))
            at.reason = asides.HIDDEN if hidden else asides.STRUCK if look.struck else ""
        for element in run:
            self._piece(element, look, at)
        at.reason = before

    def _piece(self, element: Element, look: Look, at: _Open) -> None:
        match element.tag:
            case "w_t" | "w_delText":
                self._text(element, look, at)
            case "w_tab" | "w_ptab":
                self._add("\t", look, at)
            case "w_br" | "w_cr":
                self._add(PAGE_BREAK if element.get("w_type") in ("page", "column") else LINE_BREAK, look, at)
            case "w_noBreakHyphen":
                self._add("\u2011", look, at)
            case "w_sym":
                self._sign(element.get("w_font", ""), code_of(element.get("w_char", "")), look, at)
            case "w_fldChar":
                self._field(element, look, at)
            case "w_instrText" | "w_delInstrText":
                if self._fields:
                    self._fields[-1].code += element.text or ""
            case "w_footnoteReference" | "w_endnoteReference":
                self._note(element, look, at)
            case "w_drawing" | "w_pict" | "w_object":
                before = len(at.runs)
                self._drawing(element, at)
                self._say_pictures(element, at, before)
            case "w_ruby":
                self._ruby(element, at)
            case "m_oMath":
                self._equation(element, at)
            case "mc_AlternateContent":
                for inner in alternative(element):
                    self._piece(inner, look, at)

    def _text(self, element: Element, look: Look, at: _Open) -> None:
        for piece in re.findall(r"[\uf000-\uf0ff]|[^\uf000-\uf0ff]+", element.text or ""):
            if "\uf000" <= piece <= "\uf0ff":  # a sign that was typed in a font of signs
                self._sign(look.font or ("Symbol" if piece == "\uf0b7" else "Wingdings"), ord(piece), look, at)
            else:
                self._add(shown_in(look.font, piece.replace("\n", " ")), look, at)

    def _sign(self, font: str, code: int, look: Look, at: _Open) -> None:
        text = sign(font, code)
        if not text and is_picture_font(font):
            self._tell(asides.UNKNOWN, f"{font} {code & 0xFF:X}")
        self._add(text, look, at)

    def _add(self, text: str, look: Look, at: _Open) -> None:
        if not text or any(not one.shown for one in self._fields):
            return
        if at.reason:
            self.aside.add(at.reason, text)
            return
        if at.inserted:
            self.aside.add(asides.INSERTED, text)
        else:
            self.aside.close()
        for one in self._fields:
            one.says = one.says or not text.isspace()
        linked = [found[1] for one in self._fields if (found := _LINK.search(one.code))]
        at.runs.append(Run(text, look, at.address or (linked[-1] if linked else "")))

    def _field(self, element: Element, look: Look, at: _Open) -> None:
        kind = element.get("w_fldCharType", "")
        if kind == "begin":
            if len(self._fields) >= MAX_DEPTH:
                raise WellreadError("its fields lie too deep inside one another", DIVIDE)
            self._fields.append(_Field(form=form_shows(element)))
        elif self._fields and kind == "separate":
            self._fields[-1].shown = True
        elif self._fields and kind == "end":
            ended = self._fields.pop()
            if not ended.says:
                self._add_shown(ended, look, at)

    def _add_shown(self, ended: _Field, look: Look, at: _Open) -> None:
        """Write what Word shows for a field that has no text."""
        text = ended.form or code_shows(ended.code)
        if at.reason or any(not one.shown for one in self._fields):
            return
        if text is None:
            self._tell(asides.UNDRAWN, ended.code.strip())
        elif text:
            self.made.append(text)
            if is_equation(ended.code):
                self._tell(asides.EQUATION, text)
            self._add(text, look, at)

    def _note(self, element: Element, look: Look, at: _Open) -> None:
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
            self._add(mark, replace(look, raised=""), at)
        blocks = self._apart(note, at)
        first = next((n for n, one in enumerate(blocks) if isinstance(one, Paragraph) and not one.empty), None)
        if mark and first is not None and isinstance(paragraph := blocks[first], Paragraph):
            blocks[first] = replace(paragraph, runs=(Run(f"{mark} ", _PLAIN), *paragraph.runs), item=None)
        at.after += [replace(one, level=0, title=False) if isinstance(one, Paragraph) else one for one in blocks]

    def _apart(self, container: Element, at: _Open) -> list[Block]:
        """Read what hangs on a paragraph; fields that are open around it do not reach into it."""
        fields, self._fields = self._fields, []
        self._apart_depth += 1
        blocks = self.blocks(container, at.reason)
        self._apart_depth -= 1
        self._fields = fields
        return [replace(one, aside=True) if isinstance(one, Paragraph) else one for one in blocks]

    def _drawing(self, element: Element, at: _Open) -> None:
        """Take the text boxes of a drawing, after the paragraph that it hangs on, and mark its pictures."""
        for inner in element:
            if inner.tag == "w_txbxContent":
                self._boxes += 1
                number = self._boxes
                at.after += [replace(block, box=block.box or number) for block in self._apart(inner, at)]
            elif inner.tag in ("a_blip", "v_imagedata"):
                if not at.reason:
                    at.runs.append(Run("", _PLAIN, picture=True))
            elif inner.tag == "v_textpath":  # letters that are drawn, WordArt
                art = _Open(None, reason=at.reason)
                self._add(inner.get("string", "").replace("\n", " "), _PLAIN, art)
                at.after.append(Paragraph(tuple(art.runs)))
            elif inner.tag in ("c_chart", "dgm_relIds"):
                self._chart(inner.get("r_id") or inner.get("r_dm") or "")
            else:
                self._drawing(alternative(inner) if inner.tag == "mc_AlternateContent" else inner, at)

    def _say_pictures(self, drawing: Element, at: _Open, first: int) -> None:
        """Give the pictures of a drawing the words that stand for them; a drawing without pictures is one itself."""
        words = [] if at.reason else words_for(drawing)
        for place, run in enumerate(at.runs[first:], first):
            if words and run.picture:
                at.runs[place] = replace(run, alt=words.pop(0))
        at.runs += [Run("", _PLAIN, picture=True, alt=alt) for alt in words]

    def _chart(self, relation: str) -> None:
        """Set aside the words of a chart or diagram, once though it is drawn several times."""
        name = self._links.get(relation, ("", ""))[1]
        part = None if name in self._drawn else self._package.part(name)
        self._drawn.add(name)
        words = [] if part is None else [one.text or "" for one in part.iter() if one.tag in ("a_t", "c_v")]
        self._tell(asides.DRAWING, " ".join(words))
