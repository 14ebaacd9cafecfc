"""Names for the sections of an article, which stay the same while the text around them is edited."""

from __future__ import annotations

import re
import unicodedata

from wellread.text.words import FUNCTION_WORDS

_TOPIC_END = re.compile(r":| [-–—] ")
_LABEL = re.compile(r"\s*(?:(?:\d+\.)+\d*|\d+(?:\.\d+)+|\(?\d+\)|[Qq](?:uestion)?\s*\d*\s*[.:)])\s+")
_ASCII_WORD = re.compile("[a-z0-9]+")
_FALLBACK = "section"


def slug(text: str) -> str:
    """Return the text's lower-case letters and digits, in any script, its words joined by single hyphens.

    Apostrophes join ("patient's" becomes "patients"), everything else separates. Empty where the text holds no
    letter and no digit.
    """
    return "-".join(_words(text))


def topic(title: str) -> str:
    """Return what an article is about: its title up to the first ":" or spaced dash."""
    return _TOPIC_END.split(title.strip(), maxsplit=1)[0].strip() or title


def without_number(heading: str) -> str:
    """Return a heading without the number or "Q:" in front of it: "1.2 In children" gives "In children"."""
    return _LABEL.sub("", heading, count=1) if _LABEL.match(heading) else heading


def name_section(heading: str, title: str, prefix: str = "") -> str:
    """Return the anchor that a heading asks for in an article of this title; never empty.

    The article's topic and the function words at both ends are left out, unless nothing remains: with the title
    "Angina: an overview" the heading "How is angina diagnosed?" gives "diagnosed", "What is angina?" gives
    "what-is-angina".
    """
    whole = _words(without_number(heading))
    words = _without_phrase(whole, _words(topic(title)))
    while words and words[0] in FUNCTION_WORDS:
        words = words[1:]
    while words and words[-1] in FUNCTION_WORDS:
        words = words[:-1]
    return prefix + ("-".join(words or whole) or slug(heading) or _FALLBACK)


class Anchors:
    """The anchors given out in one article, each to one section."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._numbers: dict[str, int] = {}  # the last one tried behind each stem

    def take(self, wanted: str, parent: str) -> str:
        """Return the wanted anchor, or where it is taken, a free one: behind its parent's anchor, then numbered."""
        anchor = wanted
        if anchor in self._taken and parent:
            anchor = f"{parent}-{wanted}"
        stem = anchor
        while anchor in self._taken:
            self._numbers[stem] = self._numbers.get(stem, 1) + 1
            anchor = f"{stem}-{self._numbers[stem]}"
        self._taken.add(anchor)
        return anchor


def _words(text: str) -> list[str]:
    if text.isascii():
        return _ASCII_WORD.findall(text.lower().replace("'", ""))
    letters: list[str] = []
    for char in unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).lower()):
        if char.isalnum():
            letters.append(char)
        elif char in "'’ʼ" or unicodedata.category(char).startswith("M"):
            # An apostrophe joins; a combining mark belongs to the letter before it, as in Hindi or Thai.
            if letters and letters[-1] != " " and char not in "'’ʼ":
                letters.append(char)
        else:
            letters.append(" ")
    return "".join(letters).split()


def _without_phrase(words: list[str], phrase: list[str]) -> list[str]:
    rest: list[str] = []
    at = 0
    while at < len(words):
        if phrase and words[at : at + len(phrase)] == phrase:
            at += len(phrase)
        else:
            rest.append(words[at])
            at += 1
    return rest
