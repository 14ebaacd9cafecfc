"""Corrects misspelt words of a question to words of the articles, where these are surely meant."""

from __future__ import annotations

import re

from rapidfuzz import process
from rapidfuzz.distance import OSA

from wellread.index.port import GenerationReader
from wellread.search.glossary import shipped_glossary
from wellread.search.names import name_words, one_word_names, spelling_variants
from wellread.text.english import english_words, is_english
from wellread.text.languages import language_of
from wellread.text.terms import terms_of
from wellread.text.words import FUNCTION_WORDS

LEAST = 5
"""Letters of a word that can be told from its misspellings, at least."""

UNSURE = 3
"""So many words, none of them English, may be another language, though too few to tell which."""

TRIED = 10
"""Strange words of a question that are looked into, the first."""

_TERMS = 20
"""Terms of the articles that are looked into for what may be meant, the nearest."""

_WORD = re.compile(r"[^\W\d_]+")
_SHORT_FOR = re.compile("(?:nt|re|ve|ll|s|d|m)$")
_OPPOSITES = ("hyper", "hypo")
_CODES = str.maketrans("bfpvcgjkqsxzdtlmnr", "111122222222334556", "hw")


def correct_spelling(question: str, reader: GenerationReader) -> tuple[str, dict[str, str]]:
    """A question with its misspelt words replaced, and which was read as which.

    A word is misspelt that neither the articles have, in any of its forms, nor a dictionary of English, and that is no
    medical name; in a question in another language, none is. It is read as the nearest word by optimal string
    alignment, which counts letters left out, put in, changed and swapped, if the articles have that word: one letter
    may be wrong, and two of a word of six letters, three of one of eight, where both sound alike, which counts for a
    letter. Where a nearer word may be meant, or a medical name as near that the
    articles have not, the word stays. The first letter is taken to be right; an s at the end may be too many.
    """
    written = {word.lower(): word for word in reversed(_WORD.findall(question))}
    if (len(written) >= UNSURE and not any(map(_is_known, written))) or language_of(question) is not None:
        return question, {}
    strange = [word for word in reversed(written) if len(word) >= LEAST and _is_strange(word, reader)]
    meant = {word: other for word in strange[:TRIED] if (other := _meant(word, reader))}
    text = _WORD.sub(lambda found: meant.get(found.group().lower(), found.group()), question)
    return text, {written[word]: other for word, other in meant.items()}


def _is_known(word: str) -> bool:
    """Whether a word is English or a medical name."""
    if is_english(word) or _SHORT_FOR.sub("", word) in FUNCTION_WORDS:
        return True
    forms = {word, word if word.endswith("ss") else word.removesuffix("s")}
    return not name_words().isdisjoint(forms) or (word,) in shipped_glossary().phrases


def _is_strange(word: str, reader: GenerationReader) -> bool:
    """Whether a word is neither English nor a medical name nor in the articles."""
    if _is_known(word):
        return False
    stems = terms_of(word)
    return len(stems) == 1 and not reader.passages_with(stems[0])


def _meant(word: str, reader: GenerationReader) -> str | None:
    """The word of the articles that a strange one stands for, if there is one."""
    most = 1 if len(word) < 6 else 2 if len(word) < 8 else 3
    passages_with: dict[str, int] = {}
    for other, *_ in process.extract(word, english_words(word[0]), scorer=OSA.distance, score_cutoff=most, limit=None):
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
    first = min(near)
    # Of words as near, one that the articles have as it is ("often") comes before one of which they have a form
    # ("offed", for "off").
    alike = [meaning for meaning in near if meaning[:3] == first[:3]]
    weighed, distance, _, passages, meant = min(
        alike, key=lambda meaning: (not _is_written(meaning[4], reader), meaning)
    )
    others = [
        other
        for less, nearer, _, had, other in ranked
        if less < weighed or (nearer < distance and had) or (nearer <= distance and other in FUNCTION_WORDS)
    ]
    return meant if passages and not others and not _may_be_another_name(word, meant, distance, reader) else None


def _is_written(word: str, reader: GenerationReader) -> bool:
    """Whether the articles have a word in this form, as far as one passage for each of its terms tells."""
    return any(word in reader.forms_of(term) for term in terms_of(word))


def _may_be_another_name(word: str, meant: str, distance: int, reader: GenerationReader) -> bool:
    """Whether a word is as near to a medical name that the articles have not, or has the opposite beginning.

    A name that is an everyday word too ("colon") stands back behind another such word that is as near ("common").
    """
    for prefix, opposite in (_OPPOSITES, _OPPOSITES[::-1]):
        if word.startswith(prefix) and meant.startswith(opposite):
            return True
    same = {meant, *spelling_variants(meant)}
    names = process.extract(word, one_word_names(word[0]), scorer=OSA.distance, score_cutoff=distance, limit=None)
    return any(
        (nearness < distance or meant in name_words() or not is_english(name))
        and not same & {name, f"{name}s"}
        and not any(map(reader.passages_with, terms_of(name)))
        for name, nearness, _ in names
    )


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
