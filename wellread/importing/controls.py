"""Finds what a button, a tab or a link of a web page opens, by the name that it gives."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4 import Tag


def panel_by_id(ids: Mapping[str, Tag], control: Tag) -> Tag | None:
    """The element whose id a control names, in an attribute or in the script that a click runs."""
    named = [str(control.get(key) or "").strip() for key in ("aria-controls", "data-target", "data-bs-target")]
    link = str(control.get("href") or "").strip()
    named += [link] if link.startswith("#") else []
    named += re.findall(r"['\"]#?([\w-]+)['\"]", str(control.get("onclick") or ""))
    found = (ids.get(name.removeprefix("#")) for name in named if name)
    return next((tag for tag in found if tag is not None and not tag.decomposed), None)
