"""A small `Encoder` that other processes can make their own, and that fails, waits or kills where a text says so."""

from __future__ import annotations

import hashlib
import os
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from wellread.encoders.sentence_transformer import Vectors


@dataclass(frozen=True)
class ToyEncoder:
    """A text's vector is made of its hash. What happens at which words the fields say.

    `kills_once` is a file: a text with the word "killed" ends the process where there is none yet, and makes it.
    """

    seconds: float = 0.0
    fails: str = "\0"
    kills: str = "\0"
    kills_once: Path | None = None
    turned: float = 0.0
    name: str = "toy"
    fingerprint: str = "toy-64"
    max_tokens: int = 64

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) + 2 for text in texts]

    def encode_documents(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        rows = np.stack([self._vector(text) for text in texts]) if texts else np.empty((0, 64), np.float32)
        if progress:
            progress(len(texts))
        return rows

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> tuple[Vectors, list[Vectors]]:
        tokens = [np.stack([_unit(word) for word in text.split() or [""]]) for text in texts]
        return self.encode_documents(texts, progress), tokens

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self.encode_documents(texts)

    def encode_layers(self, texts: Sequence[str]) -> tuple[Vectors, Vectors, list[Vectors]]:
        vectors, tokens = self.encode_passages(texts)
        return vectors, vectors[:, np.newaxis], tokens

    def _vector(self, text: str) -> Vectors:
        if self.seconds and "slow" in text:
            time.sleep(self.seconds)
        if self.fails in text:
            raise ValueError("too strange a text")
        once = self.kills_once is not None and "killed" in text and not self.kills_once.exists()
        if once and self.kills_once is not None:
            self.kills_once.touch()
        if once or self.kills in text:
            os.kill(os.getpid(), signal.SIGKILL)
        return np.asarray(_unit(text) + np.float32(self.turned), np.float32)


def _unit(text: str) -> Vectors:
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
    row = np.random.default_rng(seed).standard_normal(64).astype(np.float32)
    return np.asarray(row / np.linalg.norm(row), np.float32)
