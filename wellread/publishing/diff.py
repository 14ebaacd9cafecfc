"""Shows what an edit changes for readers: details article by article, and texts passage by passage."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from wellread.datatypes import Article, Passage

_DETAILS = ("title", "source", "language", "last_reviewed", "next_review", "disclaimer")
"""What readers see of an article beside its passages, in the order of its page."""


@dataclass(frozen=True, slots=True)
class PassageDiff:
    """How one passage changes: its lines, each after "  " (as it was), "- " (goes) or "+ " (comes)."""

    id: str
    change: Literal["added", "changed", "removed"]
    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DetailsDiff:
    """How the details of one article change: lines such as "- language: de" (goes) and "+ language: en" (comes)."""

    article: str
    lines: tuple[str, ...]


def diff_details(old: Mapping[str, Article], new: Mapping[str, Article]) -> Iterator[DetailsDiff]:
    """Compare the details of the articles that are in both, by id; those that are alike are left out.

    Details are named by their keys in a front matter. The text of a disclaimer is compared line by line.
    """
    for name in sorted(old.keys() & new.keys()):
        lines = []
        if old[name] == new[name]:
            continue
        for key, before, after in zip(_DETAILS, _details(old[name]), _details(new[name]), strict=True):
            compared = difflib.ndiff(before.splitlines(), after.splitlines())
            lines += [f"{line[:2]}{key}: {line[2:]}" for line in compared if line.startswith(("- ", "+ "))]
        if lines:
            yield DetailsDiff(name, tuple(lines))


def diff_passages(old: Mapping[str, Passage], new: Mapping[str, Passage]) -> Iterator[PassageDiff]:
    """Compare passages by id; those that read the same are left out.

    They come by the ids of their articles, in each in the order of `new`, and then what goes, by id.
    """
    names = [*new, *sorted(old.keys() - new.keys())]
    for name in sorted(names, key=lambda name: name.partition("#")[0]):
        before, after = old.get(name), new.get(name)
        if before is None and after is not None:
            yield PassageDiff(name, "added", " › ".join(after.path), tuple(f"+ {line}" for line in _lines(after)))
        elif after is None and before is not None:
            yield PassageDiff(name, "removed", " › ".join(before.path), tuple(f"- {line}" for line in _lines(before)))
        elif before is not None and after is not None:
            lines = tuple(line for line in difflib.ndiff(_lines(before), _lines(after)) if not line.startswith("?"))
            if any(not line.startswith("  ") for line in lines):
                yield PassageDiff(name, "changed", " › ".join(after.path), lines)


def _details(article: Article) -> list[str]:
    return [str(getattr(article, key) or "") for key in _DETAILS]


def _lines(passage: Passage) -> list[str]:
    """A passage as its readers see it: title, headings, text, and where its links lead."""
    links = [f"[{block.text[link.start : link.end]}]({link.url})" for block in passage.blocks for link in block.links]
    return [" › ".join((passage.title, *passage.path)), *passage.text.splitlines(), *links]
