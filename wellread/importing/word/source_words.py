"""Takes all words out of a Word document, by a reader that is simple and shares nothing with the one of its text."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from wellread.importing.symbols import code_of, shown_in, sign

_OFF = ("0", "false", "off")
_APART = ("w_strike", "w_dstrike", "w_vanish")


def words_of(story: Element) -> str:
    """All text below an element, read without regard to what it means, once where it is there for old programs too.

    What is deleted, struck out or hidden comes last: of "5<del>0</del> mg" the words are "5 mg" and "0". So does a text
    box, which may hang in the middle of a word.
    """
    apart: list[str] = []
    live = "".join(_words(story, apart))
    return "\n".join([live, *apart])


def _words(element: Element, apart: list[str]) -> Iterator[str]:
    if element.tag == "mc_AlternateContent":
        for choice in (one for one in element if any((inner.text or "").strip() for inner in one.iter())):
            yield from _words(choice, apart)
            return
    if element.tag in ("w_del", "w_moveFrom", "w_txbxContent"):
        apart.append("".join(word for child in element for word in _words(child, apart)))
        return
    if element.tag in ("w_p", "w_tab", "w_ptab", "w_br", "w_cr", "w_tc", "m_oMath", "m_e"):
        yield " "
    elif element.tag == "w_r":
        fonts = element.find("w_rPr/w_rFonts")
        font = "" if fonts is None else fonts.get("w_ascii") or ""
        words = (shown_in(font, word) for child in element for word in _words(child, apart))
        if _is_apart(element.find("w_rPr")):
            apart.append("".join(words))
        else:
            yield from words
        return
    elif element.tag == "w_sym":
        yield sign(element.get("w_font", ""), code_of(element.get("w_char", "")))
    elif element.tag in ("w_t", "w_delText", "m_t", "a_t"):
        yield element.text or ""
    elif element.tag == "v_textpath":
        yield f" {element.get('string', '')} "
    for child in element:
        yield from _words(child, apart)


def _is_apart(properties: Element | None) -> bool:
    switches = () if properties is None else properties
    return any(one.tag in _APART and one.get("w_val", "1") not in _OFF for one in switches)
