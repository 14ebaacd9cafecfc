"""The terms of a text, as the index of words has them: Porter stems, without case and accents.

Where a script has no spaces between words, every letter and every two neighbours are a term: nothing tells where a word
ends, and a word of a question then has the same terms wherever it stands. Of Chinese, Japanese and Thai, these did best
of letters in twos, threes and fours (docs/notebook.md).
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

import Stemmer

from wellread.text.accounting import MARKS, WITHOUT_SPACES

_HANGUL = "\u1100-\u11ff\uac00-\ud7a3"
"""Letters of Korean, whose words have spaces between them, but end in particles."""
_TOKEN = re.compile(rf"(?:[^\W_]|[{MARKS}])+")
_UNSPACED = re.compile(rf"[{WITHOUT_SPACES}{_HANGUL}]")
_RUN = re.compile(rf"((?:(?!\d)[{WITHOUT_SPACES}{_HANGUL}{MARKS}])+)|((?:\d|[^{WITHOUT_SPACES}{_HANGUL}])+)")
"""Letters of words without spaces, or others: a name in Latin letters or a number is a word among them."""
_LETTER = re.compile(rf".[{MARKS}]*")
_OWN = threading.local()
_ACCENT = re.compile("[\u0300-\u036f]")


def terms_of(text: str) -> list[str]:
    """The stems (Porter) of a text's words, in order, without regard to case and accents."""
    return stems_of(tokens_of(text))


def tokens_of(text: str) -> list[str]:
    """The words of a text, in order, without case and accents.

    >>> tokens_of("Ménière")
    ['meniere']
    >>> tokens_of("HPV疫苗")
    ['hpv', '疫', '疫苗', '苗']
    """
    plain = text.casefold()
    if plain.isascii():
        return _TOKEN.findall(plain)
    plain = unicodedata.normalize("NFKC", _ACCENT.sub("", unicodedata.normalize("NFKD", plain)))
    tokens: list[str] = _TOKEN.findall(plain)
    if _UNSPACED.search(plain) is None:
        return tokens
    return [
        piece for token in tokens for run, word in _RUN.findall(token) for piece in ([word] if word else _pieces(run))
    ]


def _pieces(run: str) -> Iterator[str]:
    """Each letter of a run, with its marks, and each with the next."""
    letters = _LETTER.findall(run)
    for letter, following in zip(letters, [*letters[1:], ""], strict=True):
        yield letter
        if following:
            yield letter + following


def stems_of(tokens: Iterable[str]) -> list[str]:
    """The stems of words that `tokens_of` gives."""
    stems: list[str] = _stemmer().stemWords(list(tokens))
    return stems


def _stemmer() -> Any:
    """A stemmer for this thread alone: it remembers words, and two threads may not use one."""
    if not hasattr(_OWN, "stemmer"):
        _OWN.stemmer = Stemmer.Stemmer("porter")
    return _OWN.stemmer
