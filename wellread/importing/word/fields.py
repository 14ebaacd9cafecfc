"""What the fields of a Word document show that have no text of their own: ticks, choices, fractions, signs, buttons."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from wellread.importing.symbols import sign
from wellread.importing.word.equations import field_equation
from wellread.importing.word.styles import OFF

_SYMBOL = re.compile(r"(\d+|0x[0-9a-f]+)(?:.*\\f\s*\"?([^\"\\]+))?", re.IGNORECASE)
_NUMBERING = ("AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "LISTNUM")
_BUTTONS = ("MACROBUTTON", "GOTOBUTTON")


def form_shows(character: Element) -> str:
    """What a field of a form shows by its own data: a box, with a cross or empty, or the choice made; or ""."""
    box = character.find("w_ffData/w_checkBox")
    if box is not None:
        state = box.find("w_checked")
        state = box.find("w_default") if state is None else state
        return "☒" if state is not None and state.get("w_val", "1") not in OFF else "☐"
    choices = character.find("w_ffData/w_ddList")
    if choices is None:
        return ""
    entries = [entry.get("w_val", "") for entry in choices.findall("w_listEntry")]
    chosen = choices.find("w_result")
    chosen = choices.find("w_default") if chosen is None else chosen
    place = "0" if chosen is None else chosen.get("w_val", "0")
    return entries[int(place)] if place.isdecimal() and int(place) < len(entries) else ""


def is_listing(paragraph: Element) -> bool:
    """Tell whether a paragraph is nothing but a field that lists headings, such as one that was never updated."""
    depth = 0
    code = ""
    for element in paragraph.iter():
        if element.tag == "w_fldChar":
            depth += {"begin": 1, "end": -1}.get(element.get("w_fldCharType", ""), 0)
        elif element.tag == "w_instrText":
            code += element.text or ""
        elif element.tag == "w_t" and depth < 1 and (element.text or "").strip():
            return False
    return depth == 0 and code.split()[:1] == ["TOC"]


def is_equation(code: str) -> bool:
    """Tell whether a field is a formula of the kind that Word had before 2007."""
    return code.split()[:1] == ["EQ"]


def code_shows(code: str) -> str | None:
    r"""What Word shows for a field by its code alone; None for numbers that it makes and that cannot be told.

    >>> code_shows(r"EQ \f(1,2)"), code_shows("MACROBUTTON None Call us"), code_shows("AUTONUM"), code_shows("TC x")
    ('1/2', 'Call us', None, '')
    """
    name, _, rest = code.strip().partition(" ")
    name = name.upper()
    if name == "EQ":
        return field_equation(rest)
    if name == "SYMBOL":
        found = _SYMBOL.match(rest.strip())
        return sign((found[2] or "").strip(), int(found[1], 0)) if found else ""
    if name in _BUTTONS:
        return rest.strip().partition(" ")[2]
    return None if name in _NUMBERING else ""
