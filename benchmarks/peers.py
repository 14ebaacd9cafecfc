"""What people use instead, each behind the same few methods, over passages whose vectors are there already.

Every peer embeds questions in its own usual way, with sentence-transformers and the built-in model's folder; passages
are handed over with ready vectors wherever a peer has a door for them, so that no run waits for hours.
"""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from wellread.encoders.sentence_transformer import Vectors, model_folder
from wellread.text.terms import terms_of

MODEL = str(model_folder("all-MiniLM-L6-v2"))


@cache
def sentence_transformer() -> Any:
    """The model as sentence-transformers runs it."""
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(MODEL, device="cpu", local_files_only=True)


def encode(texts: Sequence[str]) -> Vectors:
    """Embed texts by sentence-transformers."""
    rows = sentence_transformer().encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
    return np.asarray(rows, np.float32)


class Peer(ABC):
    """A store of passages, asked for the rows nearest to a question."""

    package: str

    @classmethod
    def there(cls) -> bool:
        """Whether it is installed."""
        return find_spec(cls.package.replace("-", "_")) is not None

    @classmethod
    def version(cls) -> str:
        """The version that is installed."""
        return version(cls.package)

    @abstractmethod
    def build(self, folder: Path, texts: Sequence[str], vectors: Vectors) -> None:
        """Take passages in, with their vectors, and keep what is kept in a folder."""

    @abstractmethod
    def ask(self, question: str, k: int) -> list[int]:
        """The rows of the k best passages, best first."""


class ByHand(Peer):
    """`SentenceTransformer.encode` and FAISS's flat index, by hand."""

    package = "sentence-transformers"

    def build(self, folder: Path, texts: Sequence[str], vectors: Vectors) -> None:  # noqa: D102
        import faiss

        self._index = faiss.IndexFlatIP(vectors.shape[1])
        self._index.add(vectors)

    def ask(self, question: str, k: int) -> list[int]:  # noqa: D102
        rows: list[int] = self._index.search(encode([question]), k)[1][0].tolist()
        return rows


class Txtai(Peer):
    """The package txtai: FAISS and its own BM25, fused."""

    package = "txtai"

    def build(self, folder: Path, texts: Sequence[str], vectors: Vectors) -> None:  # noqa: D102
        from txtai import Embeddings

        known = dict(zip(texts, vectors, strict=True))

        def transform(asked: Sequence[str]) -> Vectors:
            return np.stack([known[text] if text in known else encode([text])[0] for text in asked])

        self._embeddings = Embeddings(method="external", transform=transform, hybrid=True, content=False)
        self._embeddings.index(enumerate(texts))

    def ask(self, question: str, k: int) -> list[int]:  # noqa: D102
        return [row for row, _ in self._embeddings.search(question, k)]


class Chroma(Peer):
    """The package chromadb: HNSW, kept on the disk."""

    package = "chromadb"

    def build(self, folder: Path, texts: Sequence[str], vectors: Vectors) -> None:  # noqa: D102
        import chromadb
        from chromadb.utils.embedding_functions import SentenceTransformerEmbeddingFunction

        client = chromadb.PersistentClient(str(folder / "chromadb"))
        embed: Any = SentenceTransformerEmbeddingFunction(MODEL, device="cpu")
        self._collection = client.create_collection(
            "passages", embedding_function=embed, configuration={"hnsw": {"space": "cosine"}}
        )
        for start in range(0, len(texts), 5_000):
            part = slice(start, start + 5_000)
            names = [str(row) for row in range(start, min(start + 5_000, len(texts)))]
            self._collection.add(names, embeddings=vectors[part], documents=list(texts[part]))

    def ask(self, question: str, k: int) -> list[int]:  # noqa: D102
        return [int(name) for name in self._collection.query(query_texts=[question], n_results=k)["ids"][0]]


class LangChain(Peer):
    """LangChain's FAISS store."""

    package = "langchain-community"

    def build(self, folder: Path, texts: Sequence[str], vectors: Vectors) -> None:  # noqa: D102
        from langchain_community.vectorstores import FAISS

        pairs = list(zip(texts, vectors.tolist(), strict=True))
        places = [{"row": row} for row in range(len(texts))]
        self._store = FAISS.from_embeddings(pairs, langchain_door(encode), metadatas=places)

    def ask(self, question: str, k: int) -> list[int]:  # noqa: D102
        return [int(found.metadata["row"]) for found in self._store.similarity_search(question, k)]


class Bm25s(Peer):
    """The package bm25s: words alone, with Wellread's stems."""

    package = "bm25s"

    def build(self, folder: Path, texts: Sequence[str], vectors: Vectors) -> None:  # noqa: D102
        import bm25s

        self._retriever = bm25s.BM25(k1=1.2, b=0.75)
        self._retriever.index([terms_of(text) for text in texts], show_progress=False)

    def ask(self, question: str, k: int) -> list[int]:  # noqa: D102
        found, _ = self._retriever.retrieve([terms_of(question)], k=k, show_progress=False)
        rows: list[int] = found[0].tolist()
        return rows


def langchain_door(embed: Callable[[Sequence[str]], Vectors]) -> Any:
    """A way of embedding texts, as LangChain wants it."""
    from langchain_core.embeddings import Embeddings

    methods = {
        "embed_documents": lambda self, texts: embed(texts).tolist(),
        "embed_query": lambda self, text: embed([text])[0].tolist(),
    }
    return type("Door", (Embeddings,), methods)()


PEERS: dict[str, type[Peer]] = {
    "sentence-transformers and faiss": ByHand,
    "txtai, hybrid": Txtai,
    "chromadb": Chroma,
    "LangChain, FAISS": LangChain,
    "bm25s": Bm25s,
}


def installed() -> dict[str, type[Peer]]:
    """The peers that are installed, in an order; their packages are told to keep to themselves."""
    os.environ |= {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false", "ANONYMIZED_TELEMETRY": "False"}
    return {name: peer for name, peer in PEERS.items() if peer.there()}
