"""A large library and its index, built straight from passages: copies are not read, cut, embedded or looked up.

All else is what publishing does: `build` writes every segment, tries it and seals the generation. The files of the
articles are there too, so that it can be edited.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from itertools import count, islice
from pathlib import Path

import numpy as np
from copies import Change, change_of, copy_of, name_of_copy, words_of
from numpy.typing import NDArray
from stand_ins import StandIn, stand_ins

from wellread.articles.library import read_library
from wellread.articles.passages import cut_article
from wellread.datatypes import Article
from wellread.encoders.cache import VectorCache
from wellread.encoders.sentence_transformer import Encoder, Vectors
from wellread.index.database import Content, content_of, links_inside
from wellread.index.layout import current_file
from wellread.index.manifest import generation_id
from wellread.index.tokens import token_codes
from wellread.publishing.build import build
from wellread.publishing.plan import Part, Plan, Spool, code_fingerprint

CHARACTERS_OF_A_TOKEN = 4.6
"""In MedQuAD's passages, nearly."""

MOST_TOKENS = 254
"""Of a passage: the model takes 256 with its own two."""

POOL = 20_000
"""Different stand-in vectors: more than an article has texts, and few enough to be held in memory (31 MB)."""


class Copies(Spool):
    """The articles of a folder, read and cut, and copies of them, each made when it is asked for."""

    def __init__(self, base: Path, kb: Path, encoder: Encoder) -> None:
        super().__init__()
        self._kb = kb
        self._change: tuple[int, Change] = (0, str)
        self._made: dict[str, tuple[str, int]] = {}
        self.parts: dict[str, Part] = {}

        def take(article: Article, number: int, files: int) -> Article:
            content = content_of(article, cut_article(article, encoder.count_tokens, encoder.max_tokens))
            self.add(content)
            sentences = sum(len(passage.sentences) for passage in content.passages)
            bare = replace(article, sections=())
            counts = (len(content.passages), sentences)
            self.parts[article.id] = Part(bare, content.digest, links_inside(article), *counts)
            return bare

        read_library(base, take=take)
        self._words = words_of(file.read_text(encoding="utf-8") for file in sorted(base.iterdir()))

    def part(self, name: str, number: int) -> Part:
        """What a plan has of the copy of an article."""
        part = self.parts[name]
        if not number:
            return part
        article = self._of_file(part.article, number)
        self._made[article.id] = name, number
        digest = hashlib.sha256(f"{part.digest} {number}".encode()).hexdigest()
        return replace(part, article=article, digest=digest)

    def _of_file(self, article: Article, number: int) -> Article:
        """An article with what the file of its copy has for its id, name and hash."""
        name = name_of_copy(article.file, number)
        digest = hashlib.sha256((self._kb / name).read_bytes()).hexdigest()
        return replace(article, id=name_of_copy(article.id, number), file=name, sha256=digest)

    def __getitem__(self, copied: str) -> Content:
        name, number = self._made.get(copied, (copied, 0))
        content = super().__getitem__(name)
        if not number:
            return content
        if self._change[0] != number:
            self._change = number, change_of(self._words, number)
        made = copy_of(content, copied, self._change[1])
        part = self.part(name, number)
        return replace(
            made,
            article=replace(part.article, title=made.article.title, sections=made.article.sections),
            digest=part.digest,
        )


class StandInCache(VectorCache):
    """Knows a vector for every text, and as many token codes as a passage of its length has; keeps nothing."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._vectors = stand_ins(POOL)
        self._next = 0
        self._codes = token_codes(stand_ins(MOST_TOKENS))

    def find(self, texts: Sequence[str]) -> dict[str, Vectors]:
        """Random unit vectors, the same ones again after a while."""
        if self._next + len(texts) > POOL:
            self._next = 0
        found = self._vectors[self._next : self._next + len(texts)]
        self._next += len(texts)
        return dict(zip(texts, found, strict=True))

    def find_codes(self, texts: Sequence[str]) -> dict[str, NDArray[np.uint8]]:
        """As many codes of random vectors as a text of that length has tokens."""
        return {text: self._codes[: max(1, round(len(text) / CHARACTERS_OF_A_TOKEN))] for text in texts}


def build_large(folder: Path, articles: int) -> None:
    """Build and serve a generation of so many articles of the folder `kb`, whose first copies are in `base`."""
    encoder = StandIn()
    copies = Copies(folder / "base", folder / "kb", encoder)
    wanted = islice(((name, number) for number in count() for name in sorted(copies.parts)), articles)
    parts = sorted((copies.part(name, number) for name, number in wanted), key=lambda part: part.article.id)
    digests = {part.article.id: part.digest for part in parts}
    plan = Plan(generation_id(digests, encoder.fingerprint, code_fingerprint()), tuple(parts), (), copies, None)
    index = folder / "index"
    index.mkdir()
    build(plan, index, encoder, StandInCache(index / "vectors.sqlite"))
    current_file(index).write_text(f"{plan.generation}\n", encoding="ascii")
