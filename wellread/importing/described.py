"""Reads the text that a web page gives only in its data for search engines (JSON-LD), where a script draws it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from wellread.importing.lines import letters_of
from wellread.importing.parsing import parse_html
from wellread.importing.tree import nearest_around, new_tag, text_of

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

_LEAST = 20
"""Words at least that an article's data has, and that a page with a text of its own shows: fewer are a menu."""
_NO_TEXT = ("script", "style", "template", "noscript", "nav", "header", "footer", "head", "title")
_MOST_QUOTED = 3
"""Questions that a note quotes at most."""


def write_described(page: BeautifulSoup, data: Sequence[dict[str, Any]]) -> tuple[str, list[str]]:
    """Put the text that a page's data tells into a page that shows none itself; gives its words, and notes.

    A page with a text of its own stays as it is; questions of its data that it does not show are named.
    """
    body = page.body or page
    pieces = body.find_all(string=lambda text: bool(text and text.strip()))
    shown = " ".join(piece for piece in pieces if nearest_around(piece, _NO_TEXT) is None)
    asked = [(question, answer) for one in data for question, answer in _questions(one)]
    written = "".join(f"<h2>{escape(question)}</h2>{_text(answer)}" for question, answer in asked)
    written = next((words for one in data if (words := _text(one.get("articleBody")))), "") + written
    text = parse_html(written)
    main = new_tag("main", [child.extract() for child in list((text.body or text).children)])
    words = text_of(main)
    if len(shown.split()) < _LEAST <= len(words.split()):
        body.append(main)
        reason = "a script draws the text of the page: it was read from what the page tells search engines"
        return words, [f"{reason}, where headings, lists and tables may be missing: compare it"]
    whole = letters_of(shown)
    unseen = [f'"{question}"' for question, _ in asked if letters_of(question) not in whole]
    reason = "questions that the page does not show stand in its data for search engines"
    told = f"{reason} ({len(unseen)}), look whether their answers are missing: {', '.join(unseen[:_MOST_QUOTED])}"
    return "", [told] if unseen else []


def _questions(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The questions and answers of one object of a page's data (schema.org's FAQPage)."""
    listed = data.get("mainEntity")
    for one in listed if isinstance(listed, list) else [listed]:
        asked = one if isinstance(one, dict) else {}
        answer = asked.get("acceptedAnswer")
        if isinstance(answer, dict) and isinstance(asked.get("name"), str) and isinstance(answer.get("text"), str):
            yield text_of(parse_html(asked["name"])), answer["text"]


def _text(written: object) -> str:
    """A text of the data as HTML: as it is written, or a paragraph for each line."""
    words = written if isinstance(written, str) else ""
    if re.search(r"<(?:p|br|h[1-6]|ul|ol|div)\b", words, re.IGNORECASE):
        return words
    return "".join(f"<p>{escape(line)}</p>" for line in words.splitlines() if line.strip())
