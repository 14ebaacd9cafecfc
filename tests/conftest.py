"""What tests share: the real article, an index of it by the real model, and a small model that costs nothing."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from wellread.encoders.sentence_transformer import SentenceTransformerEncoder, Vectors
from wellread.publishing.publish import publish
from wellread.search.calibration import CONFIDENCE, KINDS, Calibration, Thresholds
from wellread.search.classifier import Classifier, Logistic, SupportVectors
from wellread.search.notice import NOTICE_FEATURES, NoticeModel
from wellread.search.safety import NO_EMERGENCY, SafetyModel
from wellread.settings import EMERGENCY_KINDS

ROOT = Path(__file__).resolve().parent.parent

# The shell of the tests finds `wellread`, so that messages name it so.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])

# Haystack sends usage data to its makers unless it was told not to before it is imported.
os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"


class HashEncoder:
    """A deterministic `Encoder` without a model: a text's vector is the sum of its words' fixed random vectors."""

    name = "hash"
    fingerprint = "hash-64"
    max_tokens = 64

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(_words(text)) + 2 for text in texts]

    def encode_documents(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        self.embedded += texts
        if progress:
            progress(len(texts))
        return self._encode(texts)

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> tuple[Vectors, list[Vectors]]:
        return self.encode_documents(texts, progress), self._tokens(texts)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts)

    def encode_layers(self, texts: Sequence[str]) -> tuple[Vectors, Vectors, list[Vectors]]:
        vectors = self.encode_queries(texts)
        return vectors, vectors[:, np.newaxis], self._tokens(texts)

    def _tokens(self, texts: Sequence[str]) -> list[Vectors]:
        """A text's tokens are its words."""
        return [self._encode(_words(text) or [""]) for text in texts]

    @staticmethod
    def _encode(texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), 64), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in _words(text) or [""]:
                row += _vector_of(word)
            row /= np.linalg.norm(row)
        return rows


@lru_cache(maxsize=10_000)
def _vector_of(word: str) -> Vectors:
    seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
    return np.random.default_rng(seed).standard_normal(64).astype(np.float32)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


@pytest.fixture
def hash_encoder() -> HashEncoder:
    return HashEncoder()


@pytest.fixture(scope="session")
def encoder() -> SentenceTransformerEncoder:
    """The default model, loaded once."""
    return SentenceTransformerEncoder()


@pytest.fixture
def fresh_page(monkeypatch: pytest.MonkeyPatch, encoder: SentenceTransformerEncoder) -> Iterator[None]:
    """Forget searchers opened before, and lend every searcher the session's model."""
    import streamlit as st

    st.cache_resource.clear()
    monkeypatch.setattr("wellread.search.opening.SentenceTransformerEncoder", lambda name: encoder)
    yield
    st.cache_resource.clear()


def lock_folder(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Let the names in a folder be unreadable, as where its permissions refuse; `root` could read it all the same."""
    for name in ("listdir", "scandir"):
        monkeypatch.setattr(os, name, partial(_names_but_of, folder, getattr(os, name)))


def _names_but_of(locked: Path, real: Callable[[Any], Any], folder: Any = ".") -> Any:
    if not isinstance(folder, int) and Path(folder) == locked:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
    return real(folder)


@pytest.fixture(scope="session")
def seed_kb() -> Path:
    """The knowledge base that the project ships; tests only read it."""
    return ROOT / "kb"


@pytest.fixture(scope="session")
def seed_index(seed_kb: Path, encoder: SentenceTransformerEncoder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the shipped knowledge base by the default model; tests only read it."""
    index = tmp_path_factory.mktemp("seed") / "index"
    publish(seed_kb, index, encoder)
    return index


@pytest.fixture(scope="session")
def small_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the small library of `served`, by the small model; tests only read it."""
    from served import published

    return published(tmp_path_factory.mktemp("small"))


def plain_calibration(threshold: float = 0.0) -> Calibration:
    """What a searcher over `HashEncoder` answers with: no kind is told apart, and the best cosine is the confidence.

    From a confidence of `threshold` on a question counts as answered, below it as not covered; the urgent notice never
    appears, and the safety card where a rule says so.
    """

    def nothing(classes: Sequence[str]) -> Classifier:
        return Classifier(
            tuple(classes),
            np.zeros((64, len(classes)), np.float32),
            np.zeros((0, len(classes)), np.float32),
            np.zeros(len(classes), np.float32),
        )

    never = SupportVectors(np.zeros((1, 64), np.float32), np.zeros(1, np.float32), 0.0)
    return Calibration(
        model="hash",
        fingerprint=HashEncoder.fingerprint,
        questions=nothing((*KINDS, "other")),
        headings=nothing((*KINDS, "summary", "other")),
        urgency=never,
        confidence=Logistic(np.eye(2 * len(CONFIDENCE) + 1)[CONFIDENCE.index("sentence")], 0.0),
        thresholds=Thresholds(answered=threshold, closest=threshold),
        notice=NoticeModel(Logistic(np.zeros(len(NOTICE_FEATURES)), 0.0), threshold=1.0),
        safety=SafetyModel(
            never, nothing((NO_EMERGENCY, *EMERGENCY_KINDS)), nothing(EMERGENCY_KINDS), threshold=float("inf")
        ),
    )


@pytest.fixture(autouse=True)
def _files_are_read_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files to import are read in the tests' process but where the other is tested: starting it takes half a second."""
    if request.path.parent.name != "importing" or request.path.stem == "test_converter":
        return
    from wellread.importing import converter
    from wellread.importing.child import Head, make_next

    def ask(child: object, head: Head, data: bytes) -> dict[str, object]:
        return {**make_next(head, BytesIO(data))[0], "last": False}

    monkeypatch.setattr(converter.Converter, "_start", lambda self: None)
    monkeypatch.setattr(converter, "_ask", ask)
