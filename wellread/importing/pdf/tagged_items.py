"""Makes items of the paragraphs that a tagged PDF marks as such."""

from __future__ import annotations

import re
from dataclasses import replace

from wellread.importing.pdf.marks import BULLET, NUMERAL, SAYING
from wellread.importing.pdf.paragraphs import BULLETED, Group

_INDENT = 20.0
"""Points by which a list inside another is indented here, to say so."""
_NUMBER = re.compile(rf"(?:{NUMERAL}|[\u2776-\u2793])(?=\s|$)")
_SIGN = re.compile(rf"[^\w\s()\[\]\"“„«‹¿¡§&%$€£©®™℗°№{SAYING}-]\s+(?=[^\W\d])")
"""Any sign before the text of an item that is marked as one, but those that say something."""


def as_item(group: Group, label: Group | None, depth: int) -> Group:
    """Return a paragraph as an item of a list: numbers stay in its text, most other marks become a bullet."""
    mark = label.text.strip() if label else group.bullet.strip()
    group = replace(group, text=group.said) if label else group
    if not mark and (found := BULLETED.match(group.text) or _SIGN.match(group.text)):
        mark = found[0].strip()
        group = replace(group, text=group.text[found.end() :])
    counted = bool(mark) and any(map(str.isalnum, mark))
    text = f"{mark} {group.text}" if counted and mark != "o" else group.text
    bullet = "" if _NUMBER.match(text) else f"{mark if mark and mark in SAYING else BULLET} "
    return replace(group, text=text, bullet=bullet, left=_INDENT * depth, edges=(0.0, 0.0))
