"""Stand-in vectors: embedding a large library takes hours, and what is measured does not look at what vectors say."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from wellread.encoders.sentence_transformer import SentenceTransformerEncoder, Vectors

DIMENSION = 384
"""Of the built-in model's vectors."""


class StandIn(SentenceTransformerEncoder):
    """The default model, which embeds articles' texts at one call of so many; the others get vectors of its shape.

    `every` of 1 embeds all, 0 none.
    """

    def __init__(self, every: int = 0) -> None:
        super().__init__()
        self.every = every
        self._calls = 0
        self._tokens = stand_ins(self.max_tokens)

    def encode_documents(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """Embed texts, or pretend to."""
        if self._embeds():
            return super().encode_documents(texts, progress)
        return stand_ins(len(texts))

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> tuple[Vectors, list[Vectors]]:
        """The same with their tokens, or with as many stand-ins."""
        if self._embeds():
            return super().encode_passages(texts, progress)
        return stand_ins(len(texts)), [self._tokens[: max(1, count - 2)] for count in self.count_tokens(texts)]

    def _embeds(self) -> bool:
        self._calls += 1
        return self.every > 0 and self._calls % self.every == 0


def stand_ins(count: int) -> Vectors:
    """Random unit vectors, the same for the same count."""
    rows = np.random.default_rng(count).standard_normal((count, DIMENSION), np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)
