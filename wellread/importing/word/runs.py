"""Reads what stands in a paragraph of a Word document: runs, links, fields, equations, and what was deleted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from wellread.errors import WellreadError
from wellread.importing.symbols import code_of, is_picture_font, shown_in, sign
from wellread.importing.word import asides
from wellread.importing.word.asides import Aside
from wellread.importing.word.blocks import LINE_BREAK, PAGE_BREAK, Block, Run
from wellread.importing.word.equations import equation
from wellread.importing.word.fields import code_shows, form_shows, is_equation
from wellread.importing.word.package import DIVIDE, MAX_DEPTH, Package, alternative
from wellread.importing.word.paper import WHITE, Paper
from wellread.importing.word.styles import Look, Styles

PLAIN = Look()
DELETIONS = ("w_del", "w_moveFrom")
"""What is around text that was deleted or moved away with Track Changes."""
INSERTIONS = ("w_ins", "w_moveTo")

_LINK = re.compile(r'\bHYPERLINK\s+"([^"]*)"')
_INSIDE = ("w_smartTag", "w_customXml", "w_dir", "w_bdo", "w_fldSimple", "w_sdtContent", "w_rubyBase")
_HANGING = ("w_footnoteReference", "w_endnoteReference", "w_drawing", "w_pict", "w_object")


@dataclass(slots=True)
class Open:
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


class RunReader:
    """Reads the runs of paragraphs; what is not text goes into `aside`.

    `hang` is called with a drawing or what refers to a footnote, the look there, and the paragraph that it hangs on.
    `made` is what Word shows that stands in no text of the file: equations and choices of fields.
    """

    def __init__(
        self, package: Package, styles: Styles, aside: Aside, hang: Callable[[Element, Look, Open], None]
    ) -> None:
        self.made: list[str] = []
        self._styles = styles
        self._aside = aside
        self._hang = hang
        self._paper = Paper(package)
        self._links = package.related(package.main)
        self._fields: list[_Field] = []

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Read what hangs on a paragraph: fields that are open around it do not reach into it."""
        fields, self._fields = self._fields, []
        yield
        self._fields = fields

    def read(self, parent: Element, at: Open) -> None:
        """Read what is inside an element into the open paragraph."""
        for element in parent:
            match element.tag:
                case "w_r":
                    self._run(element, at)
                case "w_hyperlink":
                    before = at.address
                    at.address = self._links.get(element.get("r_id", ""), ("", ""))[1] or before
                    self.read(element, at)
                    at.address = before
                case "w_sdt":
                    empty = element.find("w_sdtPr/w_showingPlcHdr") is not None
                    self._within(element, at, asides.PLACEHOLDER if empty else "")
                case "w_ruby":
                    self._ruby(element, at)
                case "m_oMath" | "m_oMathPara":
                    self._equation(element, at)
                case "mc_AlternateContent":
                    self.read(alternative(element), at)
                case _ if element.tag in _INSIDE:
                    self.read(element, at)
                case _ if element.tag in DELETIONS:
                    self._within(element, at, asides.DELETED)
                case _ if element.tag in INSERTIONS:
                    before_inserted, at.inserted = at.inserted, True
                    self.read(element, at)
                    at.inserted = before_inserted

    def _within(self, element: Element, at: Open, reason: str) -> None:
        before = at.reason
        at.reason = before or reason
        self.read(element, at)
        at.reason = before

    def _ruby(self, element: Element, at: Open) -> None:
        """Write how a word is spoken in brackets after it."""
        for part in ("w_rubyBase", "w_rt"):
            found = element.find(part)
            if found is not None:
                if part == "w_rt":
                    self.add("(", PLAIN, at)
                self.read(found, at)
        if element.find("w_rt") is not None:
            self.add(")", PLAIN, at)

    def _equation(self, element: Element, at: Open) -> None:
        text = equation(element).strip()
        if not at.reason:
            self._aside.tell(asides.EQUATION, text)
        self.add(text, self._styles.look(at.properties, None), at)

    def _run(self, run: Element, at: Open) -> None:
        properties = run.find("w_rPr")
        look = self._styles.look(at.properties, properties)
        before = at.reason
        if not at.reason:
            hidden = look.hidden or (look.color in WHITE and not self._paper.shows(run))
            at.reason = asides.HIDDEN if hidden else asides.STRUCK if look.struck else ""
        for element in run:
            self._piece(element, look, at)
        at.reason = before

    def _piece(self, element: Element, look: Look, at: Open) -> None:
        match element.tag:
            case "w_t" | "w_delText":
                self._text(element, look, at)
            case "w_tab" | "w_ptab":
                self.add("\t", look, at)
            case "w_br" | "w_cr":
                self.add(PAGE_BREAK if element.get("w_type") in ("page", "column") else LINE_BREAK, look, at)
            case "w_noBreakHyphen":
                self.add("\u2011", look, at)
            case "w_sym":
                self._sign(element.get("w_font", ""), code_of(element.get("w_char", "")), look, at)
            case "w_fldChar":
                self._field(element, look, at)
            case "w_instrText" | "w_delInstrText":
                if self._fields:
                    self._fields[-1].code += element.text or ""
            case "w_ruby":
                self._ruby(element, at)
            case "m_oMath":
                self._equation(element, at)
            case _ if element.tag in _HANGING:
                self._hang(element, look, at)
            case "mc_AlternateContent":
                for inner in alternative(element):
                    self._piece(inner, look, at)

    def _text(self, element: Element, look: Look, at: Open) -> None:
        for piece in re.findall(r"[\uf000-\uf0ff]|[^\uf000-\uf0ff]+", element.text or ""):
            if "\uf000" <= piece <= "\uf0ff":  # a sign that was typed in a font of signs
                self._sign(look.font or ("Symbol" if piece == "\uf0b7" else "Wingdings"), ord(piece), look, at)
            else:
                self.add(shown_in(look.font, piece.replace("\n", " ")), look, at)

    def _sign(self, font: str, code: int, look: Look, at: Open) -> None:
        text = sign(font, code)
        if not text and is_picture_font(font):
            self._aside.tell(asides.UNKNOWN, f"{font} {code & 0xFF:X}")
        self.add(text, look, at)

    def add(self, text: str, look: Look, at: Open) -> None:
        """Add text of a look to the open paragraph, or set it aside."""
        if not text or any(not one.shown for one in self._fields):
            return
        if at.reason:
            self._aside.add(at.reason, text)
            return
        if at.inserted:
            self._aside.add(asides.INSERTED, text)
        else:
            self._aside.close()
        for one in self._fields:
            one.says = one.says or not text.isspace()
        linked = [found[1] for one in self._fields if (found := _LINK.search(one.code))]
        at.runs.append(Run(text, look, at.address or (linked[-1] if linked else "")))

    def _field(self, element: Element, look: Look, at: Open) -> None:
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

    def _add_shown(self, ended: _Field, look: Look, at: Open) -> None:
        """Write what Word shows for a field that has no text."""
        text = ended.form or code_shows(ended.code)
        if at.reason or any(not one.shown for one in self._fields):
            return
        if text is None:
            self._aside.tell(asides.UNDRAWN, ended.code.strip())
        elif text:
            self.made.append(text)
            if is_equation(ended.code):
                self._aside.tell(asides.EQUATION, text)
            self.add(text, look, at)
