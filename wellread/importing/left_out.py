"""What of a source is left out of its article, by kind, and how an editor is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MAX_WORDS = 60
"""Words of one kind that a note lists, at most: enough for a footer or a cookie notice, less than a mega menu."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Words that were left out on purpose, and what they are, such as "breadcrumb" or "struck out"."""

    kind: str
    text: str


def notes_of(left_out: Iterable[LeftOut]) -> tuple[str, ...]:
    """A note for each kind, in the order in which they were met: how many words, and the words.

    >>> notes_of([LeftOut("navigation", "Home"), LeftOut("share line", "Share"), LeftOut("navigation", "Back pain")])
    ('left out, navigation: "Home", "Back pain"', 'left out, share line: "Share"')
    """
    kinds: dict[str, list[str]] = {}
    for piece in left_out:
        if words := piece.text.split():
            kinds.setdefault(piece.kind, []).append(" ".join(words))
    return tuple(f"left out, {kind}: {_listed(list(dict.fromkeys(texts)))}" for kind, texts in kinds.items())


def _listed(texts: list[str]) -> str:
    shown: list[str] = []
    free = MAX_WORDS
    for text in texts:
        words = text.split()
        if free > 0:
            shown.append(f'"{" ".join(words[:free])}{" …" if len(words) > free else ""}"')
        free -= len(words)
    return ", ".join(shown) + (f" and {-free} more words" if free < 0 else "")
