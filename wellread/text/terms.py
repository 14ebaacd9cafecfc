"""The terms of a text, as the index of words has them: Porter stems, without case and accents."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable
from typing import Any

import Stemmer

_TOKEN = re.compile(r"[^\W_]+")
_OWN = threading.local()
_ACCENT = re.compile("[\u0300-\u036f]")


def terms_of(text: str) -> list[str]:
    """The stems (Porter) of a text's words, in order, without regard to case and accents."""
    return stems_of(tokens_of(text))


def tokens_of(text: str) -> list[str]:
    """The words of a text, in order, without case and accents."""
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKC", _ACCENT.sub("", unicodedata.normalize("NFKD", plain)))
    tokens: list[str] = _TOKEN.findall(plain)
    return tokens


def stems_of(tokens: Iterable[str]) -> list[str]:
    """The stems of words that `tokens_of` gives."""
    stems: list[str] = _stemmer().stemWords(list(tokens))
    return stems


def _stemmer() -> Any:
    """A stemmer for this thread alone: it remembers words, and two threads may not use one."""
    if not hasattr(_OWN, "stemmer"):
        _OWN.stemmer = Stemmer.Stemmer("porter")
    return _OWN.stemmer
