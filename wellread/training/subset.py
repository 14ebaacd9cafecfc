"""A part of a library, read as if it were all of it: what confidence learns from must know small libraries too."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from wellread.encoders.sentence_transformer import Vectors
from wellread.index.port import Candidates, Retriever
from wellread.index.reader import Reader
from wellread.text.terms import terms_of

LONGEST = 4
"""Words of a name that is looked for in a part of a library, at most."""

Phrases = frozenset[tuple[str, ...]]


def phrases_by_article(reader: Reader) -> list[Phrases]:
    """The runs of one to LONGEST terms in each article, by the article's place in `articles()`."""
    found: list[set[tuple[str, ...]]] = [set() for _ in reader.articles()]
    for row, place in enumerate(reader.article_of.tolist()):
        passage = reader.passage(row)
        terms = terms_of("\n".join((passage.title, *passage.path, passage.text)))
        for length in range(1, LONGEST + 1):
            found[place] |= {tuple(terms[at : at + length]) for at in range(len(terms) - length + 1)}
    return [frozenset(phrases) for phrases in found]


class SubsetReader(Reader):
    """Some of the articles of a generation, as a library of its own."""

    def __init__(self, reader: Reader, articles: Collection[int], phrases: Mapping[int, Phrases]) -> None:
        self.__dict__.update(reader.__dict__)
        self._places = np.array(sorted(articles), np.int64)
        self._phrases = [phrases[place] for place in self._places.tolist()]
        self._own = np.isin(reader.article_of, self._places)

    @property
    def passage_count(self) -> int:
        """How many passages these articles have."""
        return int(self._own.sum())

    def candidates(self, question: str, query: Vectors, depth: int, retrievers: Collection[Retriever]) -> Candidates:
        """The `depth` candidates of these articles that are nearest by passage and best sentence together."""
        found = super().candidates(question, query, len(self._own), retrievers)
        kept = np.flatnonzero(self._own[found.rows])
        best = np.argsort(-(found.passage[kept] + found.sentence[kept]), kind="stable")[:depth]
        return _taken(found, np.sort(kept[best]))

    def has_phrase(self, phrase: str) -> bool:
        """Whether one of these articles has the words of a phrase side by side, whatever their endings."""
        terms = tuple(terms_of(phrase))
        return bool(terms) and any(terms in phrases for phrases in self._phrases)


def _taken(candidates: Candidates, places: NDArray[np.int64]) -> Candidates:
    return Candidates(
        rows=candidates.rows[places],
        articles=candidates.articles[places],
        passage=candidates.passage[places],
        sentence=candidates.sentence[places],
        lexical=candidates.lexical[places],
        headings=candidates.headings[places],
    )
