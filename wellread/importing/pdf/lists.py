"""Lists of a PDF: items with bullets, and with numbers or letters that count on, one inside another where indented."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

from wellread.importing.pdf.paragraphs import Group
from wellread.text.list_marks import is_counted

_NUMBER = re.compile(r"(\d{1,3})([.)])\s+(?=\S)")
_LETTER = re.compile(r"(\(?(?:[a-z]|[ivx]{1,5})[.)])\s+(?=\S)")
_INDENT = 0.5
"""Sizes of the type by which an item of a list inside another is indented at least."""


def lists_of(groups: Sequence[Group]) -> Iterator[tuple[int, int]]:
    """Where lists begin and end among groups that follow one another: two counted items at least, or one bullet."""
    start = 0
    counted = _counted(groups)
    for at in range(len(groups) + 1):
        if at == len(groups) or not (groups[at].bullet or at in counted):
            if at > start:
                yield start, at
            start = at + 1


def html_of_list(groups: Sequence[Group]) -> str:
    """The HTML of a list; numbers become those of an ordered list, letters are kept as they are written."""
    html = ""
    open_lists: list[tuple[float, str]] = []  # the indent and the tag of each list that is open
    counted = _counted(groups)
    last: Group | None = None
    below = 0  # the number that goes on in the list that is open
    for at, group in enumerate(groups):
        number = _NUMBER.match(group.text) if at in counted and not group.bullet else None
        tag = "ol" if number else "ul"
        indent = group.left - group.edges[0]
        if number and open_lists and open_lists[-1][1] == "ol" and int(number[1]) == below:
            indent = open_lists[-1][0]
        below = int(number[1]) + 1 if number else 0
        if last and last.edges != group.edges:  # in another column indents cannot be compared
            html += "".join(f"</li></{name}>" for _, name in reversed(open_lists[1:]))
            open_lists = [(indent, name) for _, name in open_lists[:1]]
        step = _INDENT * group.style.size
        while len(open_lists) > 1 and open_lists[-1][0] > indent + step:
            html += f"</li></{open_lists.pop()[1]}>"
        if open_lists and open_lists[-1][0] > indent + step:
            open_lists[-1] = (indent, open_lists[-1][1])
        if open_lists and indent <= open_lists[-1][0] + step:
            html += "</li>"
            if open_lists[-1][1] != tag:
                html += f"</{open_lists.pop()[1]}>"
                open_lists.append((indent, tag))
                html += _opening(tag, number)
        else:
            open_lists.append((indent, tag))
            html += _opening(tag, number)
        html += f"<li>{escape(group.text[number.end() :] if number else group.said, quote=False)}"
        html += "".join(f"<p>{escape(note, quote=False)}</p>" for note in group.notes)
        last = group
    return html + "".join(f"</li></{name}>" for _, name in reversed(open_lists))


def _opening(tag: str, number: re.Match[str] | None) -> str:
    return f'<ol start="{int(number[1])}">' if number and int(number[1]) != 1 else f"<{tag}>"


def _counted(groups: Sequence[Group]) -> set[int]:
    """The places of items whose numbers or letters go on from one to the next, with nothing but items between them."""
    found: set[int] = set()
    for form in (_NUMBER, _LETTER):
        marks = [(at, mark) for at, group in enumerate(groups) if not group.bullet and (mark := form.match(group.text))]
        for (at, mark), (next_at, next_mark) in pairwise(marks):
            between = range(at + 1, next_at)
            only_items = all(groups[one].bullet or _LETTER.match(groups[one].text) for one in between)
            if only_items and _goes_on(mark, next_mark):
                found |= {at, next_at}
    return found


def _goes_on(mark: re.Match[str], following: re.Match[str]) -> bool:
    if mark.re is _NUMBER:
        return int(following[1]) == int(mark[1]) + 1 and mark[2] == following[2]
    return is_counted([mark[1], following[1]])
