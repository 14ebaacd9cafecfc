"""Tells which runs of a Word document stand on white paper, where white letters cannot be seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from wellread.importing.word.package import Package

WHITE = ("FFFFFF", "FEFEFE", "FDFDFD")
"""The colours of letters that nobody sees on white paper."""
_NO_COLOUR = ("", "auto", *WHITE)
_CHAIN = 20
"""Styles that build on one another, at most; a circle of styles ends there."""


class Paper:
    """Knows the runs of a document, its footnotes and endnotes that stand on no colour and no picture."""

    def __init__(self, package: Package) -> None:
        styles = package.related_part("styles")
        by_key = {key: one for one in (() if styles is None else styles) if (key := one.get("w_styleId"))}
        self._shaded_styles = {key for key in by_key if _style_is_shaded(key, by_key)}
        self._white: set[int] = set()
        main = package.part(package.main)
        stories = [one for kind in ("footnotes", "endnotes") if (one := package.related_part(kind)) is not None]
        behind = any(_is_behind(one) for part in (main, *package.headers()) if part is not None for one in part.iter())
        if main is None or behind or _is_coloured(main.find("w_background")):
            return
        for story in (main, *stories):
            self._white |= {id(run) for run in self._on_white(story)}

    def shows(self, run: Element) -> bool:
        """Tell whether white letters of a run may be seen, for they stand on something."""
        return id(run) not in self._white

    def _on_white(self, element: Element) -> Iterator[Element]:
        """The runs below an element that stand on nothing that is drawn; those in text boxes may."""
        for child in element:
            if child.tag in ("w_txbxContent", "w_drawing", "w_pict") or self._is_shaded(child):
                continue
            if child.tag == "w_r":
                yield child
            yield from self._on_white(child)

    def _is_shaded(self, element: Element) -> bool:
        """Tell whether a paragraph, a table, a cell or a run has a colour below its letters, of its own or by style."""
        properties = element.find(f"{element.tag}Pr")
        if properties is None:
            return False
        style = properties.find({"w_p": "w_pStyle", "w_r": "w_rStyle"}.get(element.tag, "w_tblStyle"))
        return _has_colour(properties) or (style is not None and style.get("w_val") in self._shaded_styles)


def _style_is_shaded(key: str, styles: Mapping[str, Element]) -> bool:
    """Tell whether a style has a colour below its letters, of its own or of a style that it builds on."""
    for _ in range(_CHAIN):
        style = styles.get(key)
        if style is None:
            return False
        if any(map(_has_colour, style.iter())):
            return True
        base = style.find("w_basedOn")
        key = "" if base is None else base.get("w_val", "")
    return True


def _has_colour(properties: Element) -> bool:
    highlight = properties.find("w_highlight")
    shaded = _is_coloured(properties.find("w_shd"))
    return shaded or (highlight is not None and highlight.get("w_val", "") not in ("none", "white"))


def _is_coloured(shading: Element | None) -> bool:
    """Tell whether a shading has a colour, or a pattern, which has one of its own."""
    if shading is None:
        return False
    fill = shading.get("w_fill") or shading.get("w_color") or "auto"
    themed = shading.get("w_themeFill", "background1") not in ("background1", "light1")
    return fill not in _NO_COLOUR or themed or shading.get("w_val", "clear") not in ("clear", "nil")


def _is_behind(element: Element) -> bool:
    """Tell whether something is drawn behind the text."""
    if element.tag == "w_pict":
        return any("z-index:-" in one.get("style", "") for one in element.iter())
    return element.get("behindDoc", "0") in ("1", "true")
