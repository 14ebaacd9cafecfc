"""How far an answer can be trusted: what is measured of a question and what was found for it, to be weighed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wellread.datatypes import Passage, Scores, State
from wellread.search.calibration import CONFIDENCE, Calibration
from wellread.search.names import name_words
from wellread.text.english import is_english
from wellread.text.subjects import names_of
from wellread.text.terms import terms_of
from wellread.text.words import PREFIX_LENGTH, content_words, word_prefixes

TERM_MATCH_DEPTH = 5
"""Passages that the words of a question are looked for in, the best."""

AGREEING = 5
"""Passages that are asked whether they are of the first one's article, the best."""

MOST_PASSAGES = 1500
"""The size of the largest library that confidence is learned of; a larger one counts as this. Going on along the line
from 1,427 passages to 31,973, a clear answer counted for less than it should, and questions outside medicine for more:
docs/results.md."""

LEAST_NAME = 4
"""Letters of a word that can be a name that two languages share, as those of `names.name_words`: of shorter ones, such
as "com" and "não", the articles have many by chance."""

_ACCENT = re.compile("[\u0300-\u036f]")

_LEAST = 1e-4
"""Probabilities nearer than this to 0 or 1 count as this near: their log-odds mean nothing."""


@dataclass(frozen=True, eq=False, slots=True)
class Findings:
    """What a search found, for `confidence_features`.

    `scores` and `articles` are the candidates', best first; `weakest` is the mean over the quarter of the question's
    tokens that the first passage meets worst, `texts` the best passages as plain text with their title and headings,
    `wanted` how probably the question wants each kind of section and, last, something that no section gives.
    """

    scores: Sequence[Scores]
    articles: NDArray[np.int64]
    weakest: float
    texts: Sequence[str]
    question: str
    tokens: int
    unknown_names: int
    wanted: NDArray[np.float64]
    passages: int


def confidence_features(found: Findings) -> NDArray[np.float64]:
    """Features of a question and what was found for it, shape (2 * len(CONFIDENCE) + 1,), in the order of CONFIDENCE.

    How well the first passage meets the question's words, and those that it meets worst; the best cosines of passage
    and sentence; how far the first stands above the tenth, and above the first of another article; the share of the
    first passages that are of its article; logarithms of how many words of the question were found and were not; the
    names that the library has not; the log-odds of wanting what no section gives; the logarithm of the question's
    tokens. Then each times the size of the library, and the size: the decimal logarithm of its passages (MOST_PASSAGES
    at most), for the best of many is near by chance, and means less.
    """
    if not found.scores:
        return np.zeros(2 * len(CONFIDENCE) + 1)
    first, last = found.scores[0], found.scores[min(len(found.scores), 10) - 1]
    others = [
        scores.final
        for scores, article in zip(found.scores, found.articles, strict=True)
        if article != found.articles[0]
    ]
    matched, missing = words_found(found.question, found.texts)
    size = np.log10(min(found.passages, MOST_PASSAGES))
    measured = np.array(
        [
            first.late,
            found.weakest,
            max(scores.passage for scores in found.scores),
            max(scores.sentence for scores in found.scores),
            first.final - last.final,
            first.final - max(others, default=last.final),
            float(np.mean(found.articles[:AGREEING] == found.articles[0])),
            np.log1p(matched),
            np.log1p(missing),
            min(found.unknown_names, 2),
            _log_odds(float(found.wanted[-1])),
            np.log1p(found.tokens),
        ]
    )
    return np.array([*measured, *measured * size, size])


def words_found(question: str, texts: Sequence[str]) -> tuple[int, int]:
    """How many of a question's content words some of the texts have, and how many none has.

    Words count as the same that begin with the same five letters.
    """
    asked = word_prefixes(question)
    whole = "\n".join(texts).lower()
    missing = sum(not _begins_a_word(prefix, whole) for prefix in asked)
    return len(asked) - missing, missing


def _begins_a_word(prefix: str, text: str) -> bool:
    """Whether a word of a text begins with five letters, or is a shorter one."""
    at = text.find(prefix)
    while at >= 0:
        end = at + len(prefix)
        if not _of_a_word(text[at - 1 : at]) and (len(prefix) == PREFIX_LENGTH or not _of_a_word(text[end : end + 1])):
            return True
        at = text.find(prefix, at + 1)
    return False


def _of_a_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def answer_state(confidence: float, calibration: Calibration) -> State:
    """What is said to a reader at this confidence."""
    if confidence >= calibration.thresholds.answered:
        return "answered"
    return "closest" if confidence >= calibration.thresholds.closest else "not_covered"


def state_in_another_language(state: State, question: str, found: Sequence[Passage]) -> State:
    """What is said to a reader whose question is not in the articles' language, beside that we cannot search in it.

    `state` is what its confidence gives, `found` are the passages. That no meaning is near says nothing, so what has a
    name of the question, such as a medicine's, is shown. What has none is near by chance, and so is what has a word
    that is spelt like an English one and means something else: "hat" and "was" in a question in German.
    """
    words = [word for word in content_words(question) if len(word) >= LEAST_NAME]
    names = {word for word in words if word in name_words() or not is_english(word)}
    terms = {term for word in names for term in terms_of(word)}
    if state == "answered" or not any(terms & set(terms_of(f"{' '.join(p.path)} {p.text}")) for p in found):
        return state
    return "closest"


def state_of_a_name(state: State, question: str, found: Sequence[Passage]) -> State:
    """What is said where a question is a name alone, word for word: of an article, or the heading of a section.

    `state` is what its confidence gives, which was learned of questions, `found` are the passages, best first. The name
    of what the first one's article is about is answered by it. Of a heading that stands in an article it is never said
    that nothing was found; which article is meant, it does not say.
    """
    asked = _plain(question)
    if state == "answered" or not found or not asked:
        return state
    if asked in map(_plain, names_of(found[0].title)):
        return "answered"
    return "closest" if state == "not_covered" and any(asked == _plain(p.heading) for p in found) else state


def _plain(text: str) -> str:
    """A text's words without case and accents, for comparing; vowel signs, which tell words of Hindi apart, stay."""
    parted = _ACCENT.sub("", unicodedata.normalize("NFKD", text.casefold()))
    return " ".join("".join(char if unicodedata.category(char)[0] in "LMN" else " " for char in parted).split())


def _log_odds(probability: float) -> float:
    kept = min(max(probability, _LEAST), 1 - _LEAST)
    return float(np.log(kept / (1 - kept)))
