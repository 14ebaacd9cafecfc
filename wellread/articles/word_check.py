"""Compares the words of an article's file with the words that readers are shown, and names the missing ones."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wellread.articles.marktext import unescaped
from wellread.articles.modules import replace_modules
from wellread.articles.outline import Heading
from wellread.articles.roles import UNSHOWN as ROLES
from wellread.articles.sitelines import UNSHOWN
from wellread.datatypes import Block, Note
from wellread.text.accounting import compare_words, shows_all
from wellread.text.list_marks import MARK, with_boxes

MOST = 10
"""Places that are named, at most: where more words are missing, the first ones show why."""

_HIDDEN = (
    ("<!--", "-->"),
    ("{/*", "*/}"),
    ("{# ", "#}"),
    ("{% comment %}", "{% endcomment %}"),
    ("{%- comment -%}", "{%- endcomment -%}"),
    ("{::comment}", "{:/comment}"),
    ("{{!--", "--}}"),
    ("%%", "%%"),
    ("<!doctype", ">"),
    ("<script", "</script>"),
    ("<style", "</style>"),
    ("<del", "</del>"),
    ("<strike", "</strike>"),
    ("<s>", "</s>"),
)
"""What is never shown, from its beginning to its end."""

_UNSHOWN = re.compile(
    r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|\{>>[^{}]*<<\}|\{[^{}\n]*\}|~~[^~]{1,2000}~~"  # shortcodes, attributes, struck out
    r"|(?<=\])\(<?[^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|(?<=\])\[[^\[\]\n]*\]"  # addresses of links
    r"|^[ \t]*\[[^\]^\n][^\]\n]*\]:[^\n]*$|\[\^[^\]\n]*\]:?"  # addresses below the text, labels of footnotes
    r"|\[\[[^\[\]\n|]*\||!\[\[[^\[\]\n]*\]\]|</?[A-Za-z][\w:.-]*(?:\s[^<>]*)?/?>"  # wiki links, tags
    r"|^[ \t>]*(?:`{3,}|~{3,}|:{3,})[^\n]*$(?:\n[ \t>]*:(?-i:[a-z])[\w-]*:[^\n]*$)*"  # fences, boxes, their options
    r"(?:\n[ \t>]*---[ \t]*(?:\n[ \t>]*(?-i:[a-z])[\w-]*:[^\n]*)*\n[ \t>]*---[ \t]*$)?"
    r"|^[ \t>]*\.\.[ \t]+[\w-]+::(?:[^\n]*(?:\n[ \t>]*:(?-i:[a-z])[\w-]*:[^\n]*$)+)?"
    r"|^[ \t>]*(?:!!!|\?\?\?|===)[^\n]*$"
    r"|\[![\w-]+\]|^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)+|^[ \t]*\(@[\w-]*\)|^[ \t]*>[> \t]*"
    r"|\[_?TOC_?\]|^\\\w+$|:[a-z0-9_+-]+:",
    re.MULTILINE | re.IGNORECASE,
)


_INSIDE_WORD = re.compile(r"(?<=\w['’ʼ])[*_`\[]{1,3}(?=\w)|(?<=\w)[*_]{1,3}(?=['’ʼ]\w)|(?<=\w)\*\*(?=\w)")
"""A mark that divides a word for the eye of a program only: "l’**eau**"."""
_NUMBER = re.compile(r"^[ \t]*(?:\d+[.)][ \t]+|\d{1,2}[.)](?=[^\W\d_]))", re.MULTILINE)
"""The number of an item that stood behind a tag, "<p>1. Rest", or has no space behind it, "1.Rest"."""
_ADDRESS = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@]{1,64}@[^\s<>@]{1,255})>")
"""An address in angle brackets, of which readers see no brackets."""


def unread_markdown(body: str) -> str:
    """Return the words of Markdown as a plain reading has them, without any parser: lines stay where they are.

    Marks, addresses, comments and what is struck out are blanked; the parser names those that it leaves out itself.
    """
    for opening, closing in _HIDDEN:
        body = _without(body, opening, closing)
    body = replace_modules(with_boxes(body), lambda mark, _: _blank(mark))
    body = ROLES.sub(lambda mark: _blank(mark[0]), UNSHOWN.sub(lambda mark: _blank(mark[0]), body))
    body = _ADDRESS.sub(r" \1 ", _INSIDE_WORD.sub("", body))
    return unescaped(_NUMBER.sub(" ", _UNSHOWN.sub(lambda mark: _blank(mark[0]), body)))


def _without(text: str, opening: str, closing: str) -> str:
    pieces: list[str] = []
    at = 0
    lower = text.lower()
    while (start := lower.find(opening, at)) >= 0 and (end := lower.find(closing, start + len(opening))) >= 0:
        pieces += [text[at:start], _blank(text[start : end + len(closing)])]
        at = end + len(closing)
    return "".join([*pieces, text[at:]]) if at else text


def _blank(text: str) -> str:
    return " " + "\n" * text.count("\n")


def missing_in_markdown(body: str, first_line: int, parts: Sequence[Heading | Block]) -> list[Note]:
    """Name the words of Markdown that stand in no heading and no block, as `missing_words` does."""
    shown = "\n".join(part.written if isinstance(part, Block) else part.text for part in parts)
    if "&" not in body and shows_all(body, shown):
        return []  # of many texts all words are shown, those of the marks too
    marks = [part.marker for part in parts if isinstance(part, Block) and MARK.fullmatch(part.marker)]
    return missing_words(unread_markdown(body), first_line, parts, marks)


def missing_words(source: str, first_line: int, parts: Sequence[Heading | Block], beside: Sequence[str]) -> list[Note]:
    """Name the words of a source that stand in no heading and no block, each run of them with its line.

    `beside` are the texts that are shown elsewhere: the title, the disclaimer, marks of items ("a.").
    """
    shown = "\n".join([*beside, *(part.text for part in parts)])
    notes: list[Note] = []
    missing = () if shows_all(source, shown) else compare_words(source, shown).missing
    for run in missing[:MOST]:
        more = f" and {len(missing) - MOST} more places" if len(missing) > MOST and run is missing[MOST - 1] else ""
        message = f'words of the file that readers are not shown: "{run.words}"{more}'
        remedy = "write them as an ordinary paragraph, or delete them"
        notes.append(Note(first_line + source.count("\n", 0, run.start), "words-missing", message, remedy))
    return notes
