"""The languages that a Word document names for its text."""

from __future__ import annotations

from collections import Counter
from xml.etree.ElementTree import Element

from wellread.importing.word.package import Package

_KINDS = ("w_val", "w_bidi", "w_eastAsia")
"""Word names three: for Latin, Greek and Cyrillic letters, for those from right to left, for those of East Asia."""


def languages_of(package: Package) -> tuple[str, ...]:
    """The language that most letters are marked as, then those that are usual in the document, each as written."""
    usual = _usual(package.related_part("styles"))
    letters: Counter[str] = Counter()
    root = package.part(package.main)
    for run in () if root is None else root.iter("w_r"):
        marked = run.find("w_rPr/w_lang")
        named = None if marked is None else marked.get("w_val")
        letters[named or usual.get("w_val", "")] += sum(len(text.text or "") for text in run.iter("w_t"))
    most = max(letters, key=lambda name: (letters[name], name), default="")
    return tuple(dict.fromkeys(filter(None, [most, *(usual.get(kind, "") for kind in _KINDS)])))


def _usual(styles: Element | None) -> dict[str, str]:
    """What the document's defaults say, and the style of paragraphs that have none."""
    found: dict[str, str] = {}
    for one in () if styles is None else styles:
        usual = one.get("w_type") == "paragraph" and one.get("w_default", "0") in ("1", "true", "on")
        path = "w_rPrDefault/w_rPr/w_lang" if one.tag == "w_docDefaults" else "w_rPr/w_lang"
        marked = one.find(path) if usual or one.tag == "w_docDefaults" else None
        if marked is not None:
            found |= {kind: named for kind in _KINDS if (named := marked.get(kind))}
    return found
