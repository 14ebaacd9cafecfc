"""The words of English: those that the package symspellpy brings, 82,765 of the most used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files


def is_english(word: str) -> bool:
    """Whether a word in lower case is one of English."""
    return word in english_words(word[:1])


def english_words(initial: str) -> Collection[str]:
    """The English words with a first letter, the most used first."""
    return _dictionary().get(initial, ())


@cache
def _dictionary() -> Mapping[str, Collection[str]]:
    """English words by their first letters."""
    words: defaultdict[str, dict[str, None]] = defaultdict(dict)
    file = files("symspellpy") / "frequency_dictionary_en_82_765.txt"
    for line in file.read_text(encoding="utf-8-sig").splitlines():
        word = line.partition(" ")[0]
        words[word[0]][word] = None
    return {initial: some.keys() for initial, some in words.items()}
