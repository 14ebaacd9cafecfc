"""Corrects misspelt words of a question to words of the articles, where these are surely meant."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files

from rapidfuzz import process
from rapidfuzz.distance import OSA

from wellread.index.port import GenerationReader
from wellread.text.terms import terms_of
from wellread.text.words import FUNCTION_WORDS

LEAST = 5
"""Letters of a word that can be told from its misspellings, at least."""

MOST = 5
"""A question with more strange words than this, and more of them than others, is hardly English."""

TRIED = 10
"""Strange words of a question that are looked into, the first."""

_TERMS = 20
"""Terms of the articles that are looked into for what may be meant, the nearest."""

_WORD = re.compile(r"[^\W\d_]+")
_SHORT_FOR = re.compile("(?:nt|re|ve|ll|s|d|m)$")
_CODES = str.maketrans("bfpvcgjkqsxzdtlmnr", "111122222222334556", "hw")


def correct_spelling(question: str, reader: GenerationReader) -> tuple[str, dict[str, str]]:
    """A question with its misspelt words replaced, and which was read as which.

    A word is misspelt that neither the articles have, in any of its forms, nor a dictionary of English. It is read as
    the nearest word by optimal string alignment, which counts letters left out, put in, changed and swapped, if the
    articles have that word: one letter may be wrong, and two of a word of six letters, three of one of eight, where
    both sound alike, which counts for a letter. Where a nearer word may be meant, the word stays. The first letter is
    taken to be right; an s at the end may be too many.
    """
    words = {word.lower(): word for word in reversed(_WORD.findall(question)) if len(word) >= LEAST}
    strange = [word for word in reversed(words) if _is_strange(word, reader)]
    if len(strange) > MOST and 2 * len(strange) > len(words):
        return question, {}
    meant = {word: other for word in strange[:TRIED] if (other := _meant(word, reader))}
    text = _WORD.sub(lambda found: meant.get(found.group().lower(), found.group()), question)
    return text, {words[word]: other for word, other in meant.items()}


def _is_strange(word: str, reader: GenerationReader) -> bool:
    """Whether a word is neither English nor in the articles."""
    if word in _english(word[0]) or _SHORT_FOR.sub("", word) in FUNCTION_WORDS:
        return False
    stems = terms_of(word)
    return len(stems) == 1 and not reader.passages_with(stems[0])


def _meant(word: str, reader: GenerationReader) -> str | None:
    """The word of the articles that a strange one stands for, if there is one."""
    most = 1 if len(word) < 6 else 2 if len(word) < 8 else 3
    passages_with: dict[str, int] = {}
    for other, *_ in process.extract(word, _english(word[0]), scorer=OSA.distance, score_cutoff=most, limit=None):
        passages_with[other] = sum(reader.passages_with(term) for term in set(terms_of(other)))
    for term, passages in _nearest(word, most, reader):
        passages_with |= dict.fromkeys(reader.forms_of(term), passages)
    ranked = [
        (distance - alike, distance, written != word, -passages, other)
        for other, passages in passages_with.items()
        if other.isalpha()
        for written in ({word, word.removesuffix("s")} if passages else {word})
        for distance, alike in [(OSA.distance(written, other), _sound(written) == _sound(other))]
        if distance <= most
    ]
    near = [meaning for meaning in ranked if meaning[0] < meaning[1] or meaning[1] <= 1]
    if not near:
        return None
    weighed, distance, _, passages, meant = min(near)
    others = [
        other
        for less, nearer, _, had, other in ranked
        if less < weighed or (nearer < distance and had) or (nearer <= distance and other in FUNCTION_WORDS)
    ]
    return meant if passages and not others else None


def _nearest(word: str, most: int, reader: GenerationReader) -> list[tuple[str, int]]:
    """The terms of the articles that are nearest to a word or its stem; of those, what most passages have."""
    (stem,) = terms_of(word)
    terms = reader.terms_like(stem[0], len(stem) - most, len(word) + most)
    names = [term for term, _ in terms]
    distances: dict[int, float] = {}
    for written in {stem, word}:
        for _, distance, place in process.extract(written, names, scorer=OSA.distance, score_cutoff=most, limit=None):
            distances[place] = min(distance, distances.get(place, distance))
    order = sorted(distances, key=lambda place: (distances[place], -terms[place][1]))
    return [terms[place] for place in order[:_TERMS]]


def _sound(word: str) -> str:
    """How a word of a known first letter sounds, roughly: Soundex (Russell, 1918) with all of its digits."""
    return re.sub(r"\D", "", re.sub(r"(\d)\1+", r"\1", word.translate(_CODES)))


def _english(initial: str) -> Collection[str]:
    """The English words with a first letter."""
    return _dictionary().get(initial, ())


@cache
def _dictionary() -> Mapping[str, Collection[str]]:
    """English words by their first letters, those that the package symspellpy brings."""
    words: defaultdict[str, dict[str, None]] = defaultdict(dict)
    file = files("symspellpy") / "frequency_dictionary_en_82_765.txt"
    for line in file.read_text(encoding="utf-8-sig").splitlines():
        word = line.partition(" ")[0]
        words[word[0]][word] = None
    return {initial: some.keys() for initial, some in words.items()}
