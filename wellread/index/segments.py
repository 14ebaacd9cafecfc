"""Cuts a library into segments: neighbours by their ids, so that an edit changes one of them and leaves the others."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from wellread.articles.passages import GRAINS, Grain
from wellread.index.manifest import FORMAT

LEAST = 64
"""Articles of a segment in the mean, at least: fewer are written sooner than their files are put on the disk."""

MOST = 256
"""Segments of a library in the mean, at most: each is a part of every question, and takes 0.6 ms to open. With fewer,
an edit among 50,000 articles would take longer to write than to read: an article of a segment takes 5 ms."""


def cut(ids: Sequence[str]) -> list[Sequence[str]]:
    """Cut ids, in their order, into segments: a segment ends behind an id whose hash says so.

    So the cut does not depend on what was published before, and an id that comes or goes moves the borders next to it
    alone (content-defined chunking: Muthitacharoen and others 2001). A segment has half as many ids as the mean at
    least (but for the last one), and twice as many at most. The mean is a power of two that grows with the library.
    """
    mean = LEAST
    while len(ids) > mean * MOST:
        mean *= 2
    segments: list[Sequence[str]] = []
    start = 0
    for number, name in enumerate(ids, 1):
        size = number - start
        if size >= mean // 2 and (size == 2 * mean or _number(name) % (mean // 2) == 0):
            segments.append(ids[start:number])
            start = number
    return [*segments, ids[start:]] if start < len(ids) else segments


def segment_name(digests: Mapping[str, str], fingerprint: str, code: str, in_codes: Mapping[Grain, bool]) -> str:
    """Name a segment by what is in it: `digests` has those of its articles by id, in their order.

    `in_codes` tells of each grain whether its vectors are kept in codes.
    """
    whole = hashlib.sha256(f"{FORMAT}\0{fingerprint}\0{code}\0{[in_codes[grain] for grain in GRAINS]}".encode())
    for name, digest in digests.items():
        whole.update(f"\0{name}\0{digest}".encode())
    return whole.hexdigest()[:16]


def _number(name: str) -> int:
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little")
