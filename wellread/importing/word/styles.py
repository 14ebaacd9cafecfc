"""How a Word document's text looks once its styles are applied, and which list its items belong to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from wellread.importing.symbols import is_picture_font
from wellread.importing.word.package import Package

_SWITCHES = ("b", "i", "u", "strike", "dstrike", "vanish", "caps")
OFF = ("0", "false", "off", "none")
"""The values of a switch that is off."""

_DEEPER = re.compile(r"list (?:bullet|number) ([2-5])")
"""The styles of Word for lists inside lists."""
_DARK = 0x40
"""Share of red, green and blue, of 0xFF, below which each is in a colour that looks black."""
_CHAIN = 20
"""Styles that build on one another, at most; a circle of styles ends there."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks: `size` in points, `color` as six hexadecimal digits or "", `raised` "sup", "sub" or "".

    `font` is one of signs, such as Symbol, or "".
    """

    bold: bool = False
    italic: bool = False
    underlined: bool = False
    struck: bool = False
    hidden: bool = False
    capitals: bool = False
    size: float = 10.0
    color: str = ""
    raised: str = ""
    font: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A list item's place: `depth` from 0, its `number` or None for a bullet, and which list it belongs to.

    `mark` is what Word shows before it where that is more than a number or a dot: "a)", "1.2", "✗"; its `number` is
    then None.
    """

    depth: int
    number: int | None
    list_id: str
    mark: str = ""


@dataclass(slots=True)
class _Style:
    name: str = ""
    base: str = ""
    outline: int | None = None
    number: tuple[str, int] | None = None
    look: dict[str, str] = field(default_factory=dict)
    first_row: bool = False


class Styles:
    """Answers what a paragraph's or a run's properties come to."""

    def __init__(self, package: Package) -> None:
        self._styles: dict[str, _Style] = {}
        self._default = ""
        self._base_look: dict[str, str] = {}
        root = package.related_part("styles")
        for one in () if root is None else root:
            if one.tag == "w_docDefaults":
                self._base_look = _look_of(one.find("w_rPrDefault/w_rPr"))
            elif one.tag == "w_style":
                key = one.get("w_styleId", "")
                self._styles[key] = _style(one)
                if one.get("w_type") == "paragraph" and one.get("w_default", "0") not in OFF:
                    self._default = key

    def name(self, properties: Element | None) -> str:
        """The name of a paragraph's style in lower case, as Word calls it in English: "heading 1".

        A style that the file does not describe is named by its key: "toc1".
        """
        key = _paragraph_style(properties)
        return self._styles[key].name if key in self._styles else key.lower()

    def heading_level(self, properties: Element | None) -> int:
        """A paragraph's level as a heading, from 1; 0 for text."""
        own = value_of(properties, "w_outlineLvl")
        if own is not None:
            return _level(own)
        for style in self._chain(_paragraph_style(properties)):
            if named := re.fullmatch(r"heading (\d)", style.name):
                return int(named[1])
            if style.outline is not None:
                return style.outline
        return 0

    def number(self, properties: Element | None) -> tuple[str, int] | None:
        """The list that a paragraph is an item of, and its depth in it; None outside lists."""
        found: tuple[str, int] | None = None
        for style in self._chain(_paragraph_style(properties)):
            found = found or style.number
        own = None if properties is None else properties.find("w_numPr")
        if own is not None:
            found = _number(own, found)
        return found if found and found[0] not in ("", "0") else None

    def sets_first_row_apart(self, key: str) -> bool:
        """Whether a style of tables draws the first row otherwise than the rest."""
        return any(style.first_row for style in self._chain(key))

    def inside(self, properties: Element | None) -> int:
        """How deep "List Bullet 2" and the like stand, whose indentation alone says that they are inside a list."""
        named = _DEEPER.fullmatch(self.name(properties))
        return int(named[1]) - 1 if named else 0

    def look(self, paragraph: Element | None, run: Element | None) -> Look:
        """How a run with these properties looks in a paragraph with those."""
        merged = dict(self._base_look)
        for style in reversed(self._chain(_paragraph_style(paragraph) or self._default)):
            merged |= style.look
        for style in reversed(self._chain(value_of(run, "w_rStyle") or "")):
            merged |= style.look
        merged |= _look_of(run)
        on = {switch for switch in _SWITCHES if merged.get(switch, "0") not in OFF}
        size = merged.get("sz", "20")
        raised = {"superscript": "sup", "subscript": "sub"}.get(merged.get("vertAlign", ""), "")
        color = merged.get("color", "").upper()
        font = merged.get("rFonts", "")
        return Look(
            bold="b" in on,
            italic="i" in on,
            underlined="u" in on,
            struck="strike" in on or "dstrike" in on,
            hidden="vanish" in on,
            capitals="caps" in on,
            size=int(size) / 2 if size.isdecimal() else 10.0,
            color="" if color == "AUTO" or _is_black(color) else color,
            raised=raised,
            font=font if is_picture_font(font) else "",
        )

    def _chain(self, key: str) -> list[_Style]:
        """A style and those that it builds on, the nearest first."""
        found: list[_Style] = []
        while key in self._styles and len(found) < _CHAIN:
            found.append(self._styles[key])
            key = found[-1].base
        return found


def _is_black(color: str) -> bool:
    """Tell whether a colour is so dark that nobody tells it from the black of other text."""
    parts = re.findall(r"[0-9A-F]{2}", color)
    return len(color) == 6 and len(parts) == 3 and all(int(part, 16) < _DARK for part in parts)


def _style(element: Element) -> _Style:
    properties = element.find("w_pPr")
    outline = value_of(properties, "w_outlineLvl")
    number = None if properties is None else properties.find("w_numPr")
    return _Style(
        name=(value_of(element, "w_name") or "").lower(),
        base=value_of(element, "w_basedOn") or "",
        outline=None if outline is None else _level(outline),
        number=None if number is None else _number(number, None),
        look=_look_of(element.find("w_rPr")),
        first_row=any(one.get("w_type") == "firstRow" and len(one) for one in element.findall("w_tblStylePr")),
    )


def _look_of(properties: Element | None) -> dict[str, str]:
    """Run properties by name; one that is only named is switched on."""
    found = {one.tag.removeprefix("w_"): one.get("w_val", "1") for one in (() if properties is None else properties)}
    fonts = None if properties is None else properties.find("w_rFonts")
    if fonts is not None:
        named = fonts.get("w_ascii") or fonts.get("w_hAnsi") or ("?" if fonts.get("w_asciiTheme") else "")
        found.pop("rFonts")
        found |= {"rFonts": named} if named else {}
    return found


def _number(element: Element, base: tuple[str, int] | None) -> tuple[str, int]:
    key, depth = value_of(element, "w_numId"), value_of(element, "w_ilvl")
    base_key, base_depth = base or ("", 0)
    return (base_key if key is None else key, int(depth) if depth and depth.isdecimal() else base_depth)


def _paragraph_style(properties: Element | None) -> str:
    return value_of(properties, "w_pStyle") or ""


def value_of(element: Element | None, path: str) -> str | None:
    """Return the value of what stands at a path below an element; None where nothing does."""
    found = None if element is None else element.find(path)
    return None if found is None else found.get("w_val")


def _level(outline: str) -> int:
    return int(outline) + 1 if outline.isdecimal() and int(outline) < 9 else 0  # 9 is text
