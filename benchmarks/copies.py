"""More articles than there are: MedQuAD's, then copies of them in which 15 % of the different words are others.

A word is replaced by one with as many letters, so that what is known of places in a text still holds. All words come
from MedQuAD: a library of as many real articles would have more rare ones.
"""

from __future__ import annotations

import random
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from wellread.datatypes import Block
from wellread.index.database import Content

TOOL = Path(__file__).resolve().parent.parent.parent / "shared" / "tools" / "medquad_kb.py"
"""Writes MedQuAD's articles as Markdown."""

CHANGED = 0.15
"""The share of the different words that a copy has others for."""

_WORD = re.compile(r"[a-z]{4,}")
_KEPT = ("source", "title")
"""Words that are never replaced: keys of the front matter."""

Change = Callable[[str], str]
"""From a text to that of a copy."""


def needs_collections() -> None:
    """End the process where MedQuAD is not beside the checkout."""
    if not TOOL.exists():
        sys.exit(f"{TOOL} is not here: this benchmark needs the collections that lie beside a developer's checkout")


def write_articles(kb: Path, count: int, distinct: int) -> None:
    """Write so many articles into a folder: MedQuAD's, `distinct` of them at most, then copies, all in turn."""
    subprocess.run([sys.executable, str(TOOL), str(kb), str(min(count, distinct))], check=True, capture_output=True)
    files = sorted(kb.iterdir())
    texts = [file.read_text(encoding="utf-8") for file in files]
    words = words_of(texts)
    for number in range(1, -(-count // len(files))):
        change = change_of(words, number)
        for file, text in list(zip(files, texts, strict=True))[: count - number * len(files)]:
            lines = [line if line.startswith("source:") else change(line) for line in text.splitlines()]
            (kb / name_of_copy(file.name, number)).write_text("\n".join(lines) + "\n", encoding="utf-8")


def words_of(texts: Iterable[str]) -> list[str]:
    """The different words that may be replaced."""
    return sorted({word for text in texts for word in _WORD.findall(text)}.difference(_KEPT))


def change_of(words: Iterable[str], number: int) -> Change:
    """What the copy of this number changes in texts that have these words."""
    by_length: defaultdict[int, list[str]] = defaultdict(list)
    for word in words:
        by_length[len(word)].append(word)
    chance = random.Random(number)
    others: dict[str, str] = {}
    for alike in by_length.values():
        chosen = chance.sample(alike, int(CHANGED * len(alike)))
        others |= dict(zip(chosen, [*chosen[1:], *chosen[:1]], strict=True))
    return lambda text: _WORD.sub(lambda found: others.get(found[0], found[0]), text)


def name_of_copy(name: str, number: int) -> str:
    """The file or the id of a copy: those of one number stand together."""
    return f"c{number:03}-{name}"


def copy_of(content: Content, name: str, change: Change) -> Content:
    """An article and its passages, changed alike, by another name."""

    def changed(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(replace(b, text=change(b.text), cells=tuple(change(cell) for cell in b.cells)) for b in blocks)

    def path(headings: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(change(heading) for heading in headings)

    sections = tuple(replace(s, path=path(s.path), blocks=changed(s.blocks)) for s in content.article.sections)
    title = change(content.article.title)
    article = replace(content.article, id=name, title=title, sections=sections)
    passages = tuple(
        replace(
            passage,
            id=f"{name}#{passage.id.partition('#')[2]}",
            article=name,
            title=title,
            path=path(passage.path),
            blocks=changed(passage.blocks),
        )
        for passage in content.passages
    )
    return Content(article, passages, content.digest)
