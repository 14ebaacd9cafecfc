"""A plain word search for exported pages: words to sections, with scores that are computed here, in scripts of data.

A page that is opened from a disk may load scripts and nothing else, so the data are scripts. They are cut into shards,
of which a browser loads those that a question needs.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from math import log
from typing import TypeVar
from urllib.parse import quote

from wellread.datatypes import Article
from wellread.export.pages import page_file
from wellread.index.postings import K1, B
from wellread.text.terms import stems_of, tokens_of

Item = TypeVar("Item")

FOLDER = "search"
"""Where the search stands in the exported folder."""

SCRIPT = f"{FOLDER}/search.js"

WORDS_A_SHARD, SECTIONS_A_SHARD = 150, 100
"""A shard of 79 articles (training/library) has 22 and 12 kB then; five questions needed 5 to 19 of them."""

_IN_HEADING = 3
"""How often a word counts that stands in a heading or a title, as for BM25F's usual weight of titles."""


@dataclass(slots=True)
class SearchFiles:
    """Collects the sections of all articles, and gives the files of the search in the end."""

    sections: list[tuple[str, str, str]] = field(default_factory=list)
    """Address, title and heading of each."""

    _stems: list[Counter[str]] = field(default_factory=list)
    _forms: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, article: Article) -> None:
        """Add the sections of an article."""
        page = quote(page_file(article.id))
        for section in article.sections:
            heading = tokens_of(f"{article.title} {' '.join(section.path)}")
            text = [token for block in section.blocks for token in tokens_of(block.text)]
            tokens = heading * _IN_HEADING + text
            own = section.path != (article.title,)
            anchor = f"#{quote(section.anchor)}" if own else ""
            self.sections.append((page + anchor, article.title, " › ".join(section.path) if own else ""))
            stems = stems_of(tokens)
            self._stems.append(Counter(stems))
            for token, stem in zip(tokens, stems, strict=True):
                self._forms[token].add(stem)

    def written(self) -> Iterator[tuple[str, bytes]]:
        """The path of each file, and its bytes: the same ones for the same articles."""
        found = self._found()
        words = sorted(self._forms)
        shards = _cut(words, WORDS_A_SHARD)
        about = {"firstWords": [shard[0] for shard in shards], "sectionsAShard": SECTIONS_A_SHARD}
        yield f"{FOLDER}/about.js", _script("about", about)
        for number, shard in enumerate(shards):
            of_each = {word: [n for stem in sorted(self._forms[word]) for n in found[stem]] for word in shard}
            yield f"{FOLDER}/words-{number}.js", _script(f"words-{number}", of_each)
        for number, some in enumerate(_cut(self.sections, SECTIONS_A_SHARD)):
            yield f"{FOLDER}/sections-{number}.js", _script(f"sections-{number}", some)
        yield SCRIPT, files("wellread.export").joinpath("search.js").read_bytes()

    def _found(self) -> dict[str, list[int]]:
        """For each stem, the numbers of the sections that have it, each followed by its score: BM25, times 10."""
        lengths = [stems.total() for stems in self._stems]
        mean = sum(lengths) / max(len(lengths), 1) or 1
        having: defaultdict[str, list[int]] = defaultdict(list)
        for number, stems in enumerate(self._stems):
            for stem in stems:
                having[stem].append(number)
        return {stem: list(self._scored(stem, numbers, lengths, mean)) for stem, numbers in having.items()}

    def _scored(self, stem: str, numbers: Sequence[int], lengths: Sequence[int], mean: float) -> Iterator[int]:
        rarity = log(1 + (len(lengths) - len(numbers) + 0.5) / (len(numbers) + 0.5))
        for number in numbers:
            often = self._stems[number][stem]
            score = rarity * often * (K1 + 1) / (often + K1 * (1 - B + B * lengths[number] / mean))
            yield from (number, max(round(10 * score), 1))


def _cut(items: Sequence[Item], size: int) -> list[Sequence[Item]]:
    return [items[start : start + size] for start in range(0, len(items), size)]


def _script(name: str, value: object) -> bytes:
    """A script that hands a value to the search, in characters of ASCII alone."""
    return f"wellreadSearch({json.dumps(name)},{json.dumps(value, separators=(',', ':'))});\n".encode("ascii")
