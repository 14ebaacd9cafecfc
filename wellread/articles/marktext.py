"""What the readers of marks in Markdown share: line breaks that keep the numbers of lines, and texts in arguments."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

BREAK = "\x1e"
"""Ends a line where the file does not, so that lines keep their numbers. No decoded file holds this character."""

PARAGRAPH = BREAK + BREAK

_SUPERSCRIPTS = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")

_SHOWN = {
    "title",
    "caption",
    "alt",
    "text",
    "content",
    "label",
    "heading",
    "header",
    "summary",
    "description",
    "message",
    "body",
}
"""Arguments of marks that sites show to their readers."""

_NO_CHARACTER = re.compile(r"&#(?:\d{8,}|[xX][0-9a-fA-F]{8,});?")
_ARGUMENT = re.compile(r"""(?:(?P<key>[\w:@.-]+)\s*[=:]\s*)?(?P<quote>["'“`])(?P<value>[^"'”`]{0,1000})(?:["'”`])""")
_TELEPHONE = re.compile(r"(?=(?:\D*\d){6})[+(]?\d[\d().,/-]*[ ()/-][\d ().,/-]*")
_FILE = re.compile(r"[^\s]*[/\\][^\s]*|[^\s]+\.[a-z0-9]{2,4}|#\S*|[\w-]+")


def argument_texts(arguments: str) -> list[str]:
    """Return the texts among the arguments of a mark that its site shows: `title="Why?"`, or `"Why is that so?"`."""
    texts: list[str] = []
    for found in _ARGUMENT.finditer(arguments):
        key, value = (found["key"] or "").lower(), found["value"].strip()
        telephone = not key and _TELEPHONE.fullmatch(value)
        wanted = key in _SHOWN if key else not _is_name(value)
        if telephone or (value and wanted and any(map(str.isalpha, value))):
            texts.append(value)
    return texts


def _is_name(value: str) -> bool:
    """Tell whether a value is a file, an address or a setting ("warning") rather than words for readers."""
    return _FILE.fullmatch(value) is not None and not (value[:1].isupper() or not value.isascii())


def first_argument(arguments: str) -> str:
    """Return the first argument of a mark, without quotation marks, or ""."""
    found = re.match(r"""\s*(?:["'“]([^"'”]*)["'”]|(\S+))""", arguments)
    return (found[1] or found[2] or "") if found else ""


def beginning(text: str, most: int) -> str:
    """Return a text as a message quotes it: whole, or its first words in at most `most` characters, and " …"."""
    if len(text) <= most:
        return text
    whole_words = text[:most].rsplit(" ", 1)[0]
    return (whole_words if any(map(str.isalnum, whole_words)) else text[:most]) + " …"


def quoted(mark: str) -> str:
    """Return a mark as a note quotes it, on one line and at most 60 characters."""
    line = " ".join(mark.split())
    return line if len(line) <= 60 else line[:57] + "..."


def replace_marks(
    text: str, signs: tuple[str, ...], pattern: re.Pattern[str], change: str | Callable[[re.Match[str]], str]
) -> str:
    """Return a text with what a pattern finds changed; a text that has none of the `signs` cannot hold any of it."""
    return pattern.sub(change, text) if any(sign in text for sign in signs) else text


def unescaped(text: str) -> str:
    """Return a text with the signs that HTML's references stand for; a number too large for one stands for none."""
    return unescape(_NO_CHARACTER.sub("\ufffd", text))


def newlines(text: str) -> str:
    """Return the line ends of a text, which stay where the text goes."""
    return "\n" * text.count("\n")


def raised(text: str) -> str:
    """Return raised text so that "10" with a raised "9" cannot be read as "109"; raised letters stay letters."""
    return text.translate(_SUPERSCRIPTS) if re.fullmatch(r"[\d+−-]+", text) else text


def stands_alone(text: str, mark: re.Match[str]) -> bool:
    """Tell whether a mark takes a line of its own, so that what stands above and below it are two paragraphs."""
    start, end = mark.span()
    while start and text[start - 1] in " \t>":
        start -= 1
    while end < len(text) and text[end] in " \t":
        end += 1
    return text[start - 1 : start] in ("", "\n") and text[end : end + 1] in ("", "\n")
