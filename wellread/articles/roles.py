"""Reads the roles of MyST, "{term}`gout`", and takes out its comments, lines behind "%"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wellread.articles.marktext import newlines, replace_marks
from wellread.articles.protected import TAKEN
from wellread.articles.sitelines import LeftOut

_ROLE = re.compile(rf"(?<![\\{{$`])\{{(?P<role>(?:[a-z]+:)?[a-z][\w-]*)\}}(?:{TAKEN.pattern})")
"""A role before the code that was taken out behind it."""
_NAMED = re.compile(r"(?P<text>[^<>]*[^<>\s])\s*<[^<>]+>")
"""A text and the name of the place that it leads to: "the seizure plan <school-seizures>"."""
_PLACES = frozenset("ref doc numref download any term".split())
"""Roles that may hold a text and behind it the name of a place, of a file or of a term."""
_SIGNS = re.compile(rf"^\([\w:.-]+\)=[ \t]*$|^[ \t]*:{{3,}}\{{[a-z][\w-]*\}}|{_ROLE.pattern}", re.MULTILINE)
"""What only a file of MyST has: the name of a place, a directive, a role."""
_COMMENT = re.compile(r"(?<!\d\n)^%[ \t][^\n]*$", re.MULTILINE)
"""A line behind a sign for percent; below a number it is the rest of one, "of 20 % of adults", that was wrapped."""

UNSHOWN = re.compile(rf"{_COMMENT.pattern}|\{{(?:[a-z]+:)?[a-z][\w-]*\}}(?=`)", re.MULTILINE)
"""What readers are not shown of these."""


def read_roles(text: str, pieces: Sequence[str], left_out: LeftOut) -> str:
    """Return a text with the words of roles alone, and without comments, which are told.

    `pieces` are the code that was taken out of the text, by its numbers.
    """
    if not _SIGNS.search(text):
        return text

    def comment(mark: re.Match[str]) -> str:
        left_out(mark, "it is a comment", "delete it, or the % if readers should see it")
        return newlines(mark[0])

    def role(mark: re.Match[str]) -> str:
        named = _NAMED.fullmatch(pieces[int(mark[2])].strip("`")) if mark["role"] in _PLACES else None
        return named["text"] if named else mark[0][mark.end("role") - mark.start() + 1 :]

    text = replace_marks(text, ("%",), _COMMENT, comment)
    return replace_marks(text, ("{",), _ROLE, role)
