"""Finds HTML in a file that is named as plain text, where readers would see its tags."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import PurePosixPath

from wellread.articles.marktext import quoted
from wellread.datatypes import Note
from wellread.errors import ArticleError

_BLOCK = re.compile(r"</?(?:p|div|h[1-6]|ul|ol|li|table|tr|td|th|body|section|article)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_MARK = re.compile(
    r"</?(?:p|div|h[1-6]|ul|ol|li|br|b|i|u|strong|em|span|a|img|sup|sub|font|table|tr|td|th)(?:\s[^<>]*)?/?>"
    r"|&(?:[a-z]{2,8}|#\d{2,5}|#x[0-9a-f]{2,4});",
    re.IGNORECASE,
)
"""Tags, and letters as HTML writes them: "&nbsp;"; "BMI <25 and >20" and "R&D; …" are none."""
_MANY = 3
"""Tags of paragraphs, headings and lists from which on they divide the text."""


def find_html(text: str, file: str) -> list[Note]:
    """Note the first mark of HTML in a plain text, with its line; raises ArticleError where tags divide the text."""
    first = _MARK.search(text) if "<" in text or "&" in text else None
    if first is None:
        return []
    line = text.count("\n", 0, first.start()) + 1
    if len(list(islice(_BLOCK.finditer(text), _MANY))) == _MANY:
        page = PurePosixPath(file).with_suffix(".html").name
        remedy = f"name the file {page} and bring it in with: wellread import {page}"
        raise ArticleError(file, line, f'the file looks like HTML: "{quoted(first[0])}"', remedy)
    message = f'the file holds HTML, whose marks readers see here: "{quoted(first[0])}"'
    return [Note(line, "looks-like-html", message, "write what is meant, and delete the marks")]
