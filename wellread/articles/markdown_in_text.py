"""Finds Markdown in a file that is named as plain text, where its marks would be read as words."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import PurePosixPath

from wellread.articles.marktext import quoted
from wellread.datatypes import Note
from wellread.errors import ArticleError

_HEADING = re.compile(r"^[ \t]{0,3}(#{1,6})[ \t]+\S.*$", re.MULTILINE)
_FRONT_MATTER = re.compile(r"\s*(---|\+\+\+)[ \t]*\n(?:.*\n){1,60}?\1[ \t]*(?:\n|$)")
_BOLD_LINE = re.compile(r"^[ \t]*(?:\*\*[^*\n]{1,120}\*\*|__[^_\n]{1,120}__):?[ \t]*$", re.MULTILINE)
_LINE_MARKS = (
    re.compile(r"^(?P<lead>[ \t]*)\*(?P<inside>[^\s*](?:[^*\n]{0,118}[^\s*])?)\*[ \t]*$", re.MULTILINE),
    re.compile(
        r"(?P<lead>\A\s*(?==)|^(?===))={1,6}[ \t]+(?P<inside>[^\s=].{0,118}?)(?:[ \t]*=+)?[ \t]*$", re.MULTILINE
    ),
)
"""A whole line that messengers set in bold, "*Signs*"; a heading of wikis and AsciiDoc, "== Signs ==". A line "= 5 mg"
is none, but for the first one."""

_MARKS = re.compile(
    r"(?P<bold>(?<![\w*])\*\*(?=[^\s*])[^*\n]{1,200}\*\*(?![\w*])|(?<!\w)__(?=[^\s_])[^_\n]{1,200}__(?!\w))"
    r"|(?P<star>(?<![\w*])\*(?=[^\s*])[^*\n]{1,200}(?<=\S)\*(?![\w*]))"
    r"|(?P<link>!?\[[^\[\]\n]{1,200}\]\([^()\s]{1,300}\))|(?P<fence>^[ \t]*(?:`{3,}|~{3,})\w*[ \t]*$)"
    r"|(?P<table>^[ \t]*\|?[ \t]*:?-{3,}:?[ \t]*\|[-|: \t]*$)",
    re.MULTILINE,
)
_SIGNS = ("*", "__", "](", "```", "~~~", "---")
"""One of them is in every mark."""


def without_line_marks(text: str) -> str:
    """Return a text without the marks around whole lines, "*Signs*" or "== Signs ==", if there are two or more."""
    for marks in _LINE_MARKS:
        if len(list(islice(marks.finditer(text), 2))) > 1:
            text = marks.sub(lambda line: line["lead"] + line["inside"], text)
    return text


def find_markdown(text: str, file: str) -> list[Note]:
    """Note the first mark of Markdown in a plain text, with its line.

    Raises ArticleError where the marks divide the text: headings with "#" or bold lines, of which there are two or one
    is the title, and a front matter. Read as words, they would put one illness's treatment under another one's name.
    """
    rename = f"name the file {PurePosixPath(file).with_suffix('.md').name}, or delete the marks"
    front = _FRONT_MATTER.match(text)
    if front and re.search(r"^\w[\w -]*[:=]", front[0], re.MULTILINE):
        line = text.count("\n", 0, front.start(1)) + 1
        raise ArticleError(file, line, "the file begins with a front matter, as Markdown has it", rename)
    signed = any(sign in text for sign in _SIGNS)
    headings = list(_HEADING.finditer(text)) if "#" in text else []
    headings = headings or (list(_BOLD_LINE.finditer(text)) if signed else [])
    first = headings[0] if headings else None
    if first and (len(headings) > 1 or not text[: first.start()].strip()):
        line = text.count("\n", 0, first.start()) + 1
        raise ArticleError(file, line, f'the file looks like Markdown: "{quoted(first[0].strip())}"', rename)
    mark = first or (_MARKS.search(text) if signed else None)
    if mark is None:
        return []
    message = f'the file looks like Markdown, whose marks are read as words here: "{quoted(mark[0].strip())}"'
    return [Note(text.count("\n", 0, mark.start()) + 1, "looks-like-markdown", message, rename)]
