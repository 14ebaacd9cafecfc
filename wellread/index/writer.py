"""Writes the files of a segment: words into SQLite, vectors, tokens and postings into one file of arrays."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wellread.articles.passages import GRAINS, Grain, embedded_texts
from wellread.datatypes import Passage
from wellread.encoders.sentence_transformer import Vectors
from wellread.files import sha256
from wellread.index.arrays import Arrays, write_arrays
from wellread.index.database import Content, DatabaseWriter
from wellread.index.layout import ARRAYS, DATABASE
from wellread.index.manifest import SEALED_FILES, Segment
from wellread.index.postings import PostingsWriter
from wellread.index.tokens import token_arrays
from wellread.index.vectors import kept_rows, vector_arrays


@dataclass(frozen=True, eq=False, slots=True)
class Embedded:
    """An article's vectors, a unit row for each text of each grain, and the token codes of its passages."""

    vectors: Mapping[Grain, Vectors]
    tokens: Sequence[NDArray[np.uint8]]


@dataclass(frozen=True, slots=True)
class SegmentSpec:
    """What is known of a segment before it is written: its name, the vectors' dimension, which grains are in codes."""

    name: str
    dimension: int
    in_codes: Mapping[Grain, bool]


def write_segment(folder: Path, spec: SegmentSpec, entries: Iterable[tuple[Content, Embedded]]) -> Segment:
    """Write a segment's files into an empty folder, durably, and say what seals them.

    Each article comes with a unit row for each of its passages, for each passage's heading, and for each sentence of
    each passage, in order, and with the token codes of each passage. The same arguments give the same bytes.

    Raises:
        ValueError: other rows came than there are texts.
        OSError, sqlite3.Error: the disk refused.
    """
    # Of each article only this is kept until the end: the codes of its vectors have a quarter of their size.
    kept = {grain: [kept_rows(np.empty((0, spec.dimension), np.float32), spec.in_codes[grain])] for grain in GRAINS}
    tokens: list[NDArray[np.uint8]] = []
    texts: set[int] = set()
    articles: list[tuple[str, int]] = []
    sentences: list[int] = []
    warnings: list[int] = []
    postings = PostingsWriter()
    with DatabaseWriter(folder / DATABASE) as words:
        for content, embedded in entries:
            words.add(content)
            articles.append((content.article.id, len(content.passages)))
            marked = {part.anchor for part in content.article.sections if part.role == "warning"}
            first = len(sentences)
            warnings += [row for row, passage in enumerate(content.passages, first) if passage.anchor in marked]
            sentences += [len(passage.sentences) for passage in content.passages]
            tokens += embedded.tokens
            texts |= text_hashes(content.passages)
            for passage in content.passages:
                postings.add("\n".join((passage.title, *passage.path, passage.text)))
            for grain in GRAINS if content.passages else ():
                kept[grain].append(kept_rows(embedded.vectors[grain], spec.in_codes[grain]))
        words.close(postings.passages_with())
    counts = {"passages": len(sentences), "sentences": sum(sentences), "headings": len(sentences)}
    for grain in GRAINS:
        if (rows := sum(map(len, kept[grain]))) != counts[grain]:
            raise ValueError(f"{grain}: {rows} vectors came for {counts[grain]}")
    if len(tokens) != counts["passages"]:
        raise ValueError(f"tokens of {len(tokens)} passages came for {counts['passages']}")
    arrays: Arrays = {
        "articles.passages": np.array([passages for _, passages in articles], np.uint32),
        "passages.sentences": np.array(sentences, np.uint32),
        "passages.warnings": np.array(warnings, np.uint32),
        "texts": np.array(sorted(texts), np.uint64),
        **token_arrays(tokens, spec.dimension),
        **postings.arrays(),
    }
    for grain in GRAINS:
        arrays |= vector_arrays(grain, np.concatenate(kept.pop(grain)), spec.in_codes[grain])
    write_arrays(folder / ARRAYS, arrays)
    sealed = {name: {"bytes": (folder / name).stat().st_size, "sha256": sha256(folder / name)} for name in SEALED_FILES}
    return Segment(spec.name, articles[0][0], {"articles": len(articles), **counts}, sealed)


def text_hashes(passages: Sequence[Passage]) -> set[int]:
    """A number of 64 bits for each different text that is embedded of some passages, to count them by."""
    return {
        int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
        for texts in embedded_texts(passages).values()
        for text in texts
    }
