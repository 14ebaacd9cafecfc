"""Finds formulas that are written in TeX, as `$x^2$`: readers would see the code."""

from __future__ import annotations

import re

_PLACES = re.compile(
    r"\$\$(?P<block>[^$]{1,400})\$\$|\\\((?P<round>[^\n]{1,200}?)\\\)|\\\[(?P<square>[^\n]{1,400}?)\\\]"
    r"|(?<![\w$\\])\$(?P<line>[^\s$](?:[^$\n]{0,200}[^\s$\\])?)\$(?![\w$])"
)
_CODE = re.compile(r"\\[a-zA-Z]+|[\^_]\{?\w|[=<>]|^[a-zA-Z]$")
"""What a formula has and a price has not: "a $20 fee and a $30 fee"."""


def tex_formulas(text: str) -> list[str]:
    r"""Return the formulas of a text as they are written, in their order.

    >>> tex_formulas(r"Give $d = 15 \times w$ mg; it costs $20 or $30.")
    ['$d = 15 \\times w$']
    """
    return [place[0] for place in _PLACES.finditer(text) if _CODE.search(next(filter(None, place.groups())))]
