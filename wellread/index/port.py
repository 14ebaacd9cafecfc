"""What search needs of a generation, wherever its passages and vectors live: the port that every engine implements."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from wellread.datatypes import Article, Passage
from wellread.encoders.sentence_transformer import Vectors

Retriever = Literal["passages", "sentences", "lexical"]
"""What finds candidates: the vectors of passages, those of their sentences, BM25 over their words."""


@dataclass(frozen=True, eq=False, slots=True)
class Candidates:
    """The passages that any retriever found for a question, each with every signal; all arrays have one row each.

    `rows` name the passages in their generation, ascending; `articles` are their articles' places in `articles()`.
    `passage` and `sentence` are cosines with the question: of the passage and of its best sentence. `lexical` is BM25,
    0 for a passage that is not among the best by it. `headings` are the headings' unit vectors, shape (len(rows),
    dimension).
    """

    rows: NDArray[np.int64]
    articles: NDArray[np.int64]
    passage: NDArray[np.float32]
    sentence: NDArray[np.float32]
    lexical: NDArray[np.float32]
    headings: Vectors


@dataclass(frozen=True, slots=True)
class SectionHeading:
    """The heading of a section, and where the section is found."""

    text: str
    article: str
    anchor: str


class GenerationReader(Protocol):
    """One generation, opened for good: it answers the same whatever is published later. Threads may share it."""

    @property
    def generation(self) -> str:
        """The generation's id."""

    @property
    def model(self) -> str:
        """The name of the model that made the vectors."""

    @property
    def fingerprint(self) -> str:
        """That model's fingerprint."""

    @property
    def passage_count(self) -> int:
        """How many passages there are; their rows count from 0."""

    def reading(self) -> AbstractContextManager[None]:
        """Inside, what is read is what was published; IndexDamaged is raised where it is not known to be."""

    def candidates(self, question: str, query: Vectors, depth: int, retrievers: Collection[Retriever]) -> Candidates:
        """The `depth` best passages of each retriever; `query` is the question's unit vector, shape (dimension,)."""

    def passage(self, row: int) -> Passage:
        """The passage of a row; raises KeyError."""

    def sentence_vectors(self, row: int) -> Vectors:
        """The unit vectors of a passage's sentences in reading order, shape (sentences, dimension)."""

    def token_vectors(self, row: int) -> Vectors:
        """What is kept of a passage's tokens, rotated (`index.tokens.rotate`): shape (tokens, dimension)."""

    def articles(self) -> tuple[Article, ...]:
        """Every article by id, without its sections."""

    def article(self, name: str) -> Article | None:
        """One article whole, or None where there is none of that id."""

    def row_of(self, name: str) -> int:
        """The row of a passage by its id; raises KeyError."""

    def headings(self) -> Sequence[SectionHeading]:
        """The headings of all sections that have text, articles by id and sections in reading order."""

    def passage_digests(self) -> dict[str, bytes]:
        """What tells every passage from another version of it, by its id, in the order of the rows."""

    def library_files(self) -> Mapping[str, str]:
        """The texts of the files beside the articles that say how the library is searched, by name."""

    def warning_rows(self) -> frozenset[int]:
        """The rows of the passages that their articles' front matter calls warning signs."""

    def passages_with(self, term: str) -> int:
        """How many passages have a term, as `terms_of` gives it."""

    def has_phrase(self, phrase: str) -> bool:
        """Whether a passage has the words of a phrase side by side, whatever their endings."""

    def terms_like(self, initial: str, shortest: int, longest: int) -> Sequence[tuple[str, int]]:
        """The terms with a first letter and so many letters, each with how many passages have it."""

    def forms_of(self, term: str) -> Sequence[str]:
        """The words that have a term, in one passage that has it; a possessive comes without its apostrophe."""
