"""Knows the lines that writers leave for themselves: "TODO check the dose", "[Picture: inhaler]"."""

from __future__ import annotations

import re

_NOTE = re.compile(
    r"(?:\A|\| )\W{0,3}(?:(?P<word>(?:TODO|FIXME|XXX)\s+(?![A-ZÀ-Þ]{2})\w)|(?:TODO|FIXME|XXX)\s*(?:[^\w\s]|\Z))"
    r"|\((?:TODO|FIXME|TBD)\b|\[(?:TODO|FIXME|XXX|TBD|TBC)\b|\b(?i:lorem ipsum)\b"
    r"|\A\[[^\W\d_][^\[\]]{0,40}[\s:：][^\[\]]{1,200}\]\.?\Z"
)
"""What writers leave for themselves: "TODO check the dose", "[TBC]", a line "[Picture: inhaler]" or "[add a number]" in
any language. Bare "TBC" is tuberculosis."""
_TODO_IS_A_WORD = ("es", "gl", "pt")
"""Languages in which "todo" says "all": there a note is told by the sign behind it, "TODO: …"."""


def is_editors_note(text: str, language: str = "") -> bool:
    """Tell whether a line of an article in a language, if that is known, holds a note to those who write it.

    >>> is_editors_note("FIXME old number"), is_editors_note("TODO el personal", "es"), is_editors_note("TBC is rare")
    (True, False, False)
    """
    note = _NOTE.search(text)
    return note is not None and not (
        (note["word"] or "").startswith("TODO") and language.split("-")[0] in _TODO_IS_A_WORD
    )
