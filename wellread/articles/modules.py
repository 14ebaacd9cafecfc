"""Finds what MDX takes from other files or defines for itself: `import` and `export`, down to where they end."""

from __future__ import annotations

import re
from collections.abc import Callable

_FROM = r"['\"][^'\"\n]+['\"];?$"
_STARTS = re.compile(
    rf"^(?:(?P<whole>import (?:[\w{{*][^\n]* from )?{_FROM}|import \{{[^{{}}]{{0,1000}}\}} from {_FROM}"
    rf"|export (?:\*|\{{[^{{}}]{{0,1000}}\}})(?: from {_FROM}|;?$))"
    r"|export (?:const|let|var|default|function|async|class)\b)",
    re.MULTILINE,
)
_SIGN = re.compile(
    r"//[^\n]*|/\*.{0,4000}?\*/|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|[()\[\]{}\n]", re.DOTALL
)
"""What tells where a definition ends: comments and strings, in which brackets count nothing, brackets, line ends."""
_OPEN_ENDS = ("=", "=>", ",", "?", ":", "+", "&&", "||")
_CARRIED_ON = (".", "?", ":", "||", "&&")
_BLANK = re.compile(r"\n[ \t]*\n")
_REACH = 20_000
"""Characters of one definition, at most."""


def replace_modules(text: str, change: Callable[[str, int], str]) -> str:
    r"""Return a text in which `change` has replaced each import and each definition, called with it and its place.

    A definition ends with the line on which its last bracket is closed; one whose end is not found ends at the next
    blank line, or above the next one.

    >>> replace_modules("export const a = [\n1,\n\n2]\nNever take more.", lambda mark, at: "-")
    '-\nNever take more.'
    """
    pieces: list[str] = []
    at = 0
    while found := _STARTS.search(text, at):
        end = found.end() if found["whole"] else _end(text, found.end())
        pieces += [text[at : found.start()], change(text[found.start() : end], found.start())]
        at = end
    return "".join([*pieces, text[at:]]) if at else text


def _end(text: str, start: int) -> int:
    depth = 0
    reach = min(len(text), start + _REACH)
    for sign in _SIGN.finditer(text, start, reach):
        if sign[0] in "([{":
            depth += 1
        elif sign[0] in ")]}":
            depth -= 1
        elif sign[0] == "\n" and depth <= 0 and not _goes_on(text, start, sign.start()):
            return sign.start()
        elif sign[0] == "\n" and _STARTS.match(text, sign.end()):
            end = sign.end()  # of one that is not closed
            break
    else:
        end = len(text)
        if depth <= 0 and reach == end:
            return end
    blank = _BLANK.search(text, start, end)
    return blank.start() if blank else end


def _goes_on(text: str, start: int, end: int) -> bool:
    """Tell whether a definition goes on below the end of a line: behind "=" or "=>", or before ".map(x)"."""
    above = text[start:end].rstrip()
    below = end + 1 + _indent(text, end + 1)
    carried_on = text.startswith(_CARRIED_ON, below) and not text.startswith(":::", below)  # which opens a box
    return above.endswith(_OPEN_ENDS) or carried_on


def _indent(text: str, at: int) -> int:
    return len(text[at : at + 80]) - len(text[at : at + 80].lstrip(" \t"))
