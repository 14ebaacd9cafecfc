"""Bytes in Milvus by their owner and name: cut into the texts of rows, with what tells that they came back whole."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from wellread.errors import IndexDamaged
from wellread.index.milvus.client import WIDEST, Client, Row
from wellread.index.milvus.recent import Recent

PIECE = WIDEST - 64
"""Characters of a row's text but for what stands before the first: how many rows there are, and a digest."""

RECENT = 1_024
"""Blobs that are kept in memory once they were fetched: those of a few questions' passages, 10 kB each."""

ANEW = "publish under another name: wellread ingest --engine milvus --uri ADDRESS/NAME"
"""What mends rows that somebody has changed: a publication counts those that stand, and does not read them all."""

Name = tuple[str, str]
"""The owner of a blob (a segment, say), and what the blob is called there."""


class Blobs:
    """The blobs of one collection; what is there is never changed, only deleted. Threads may share it.

    Methods raise EngineError.
    """

    def __init__(self, client: Client, collection: str) -> None:
        self._client = client
        self.collection = client.blobs(collection)
        self._recent = Recent[Name, bytes](RECENT)

    def put(self, owner: str, blobs: Mapping[str, bytes]) -> int:
        """Write blobs of an owner, and tell how many rows they take."""
        return self._client.insert(
            self.collection, (row for name, data in blobs.items() for row in _rows_of(owner, name, data))
        )

    def get(self, names: Iterable[Name], strong: bool = False) -> dict[Name, bytes]:
        """Some blobs, by owner and name; those that are not there are left out.

        Raises:
            IndexDamaged: one did not come back as it was written.
        """
        wanted = list(dict.fromkeys(names))
        found = {} if strong else self._recent.find(wanted)
        missing = [name for name in wanted if name not in found]
        if missing:
            fetched = self._fetch(missing, strong)
            if not strong and len(fetched) < len(missing):  # the server may not show yet what was written last
                fetched |= self._fetch([name for name in missing if name not in fetched], strong=True)
            if not strong:  # what is read to verify, or once at opening, is not asked for again
                self._recent.keep(fetched)
            found |= fetched
        return found

    def _fetch(self, names: Sequence[Name], strong: bool) -> dict[Name, bytes]:
        first = self._texts([(name, 0) for name in names], strong)
        further = [(name, piece) for (name, _), text in first.items() for piece in range(1, _pieces(text))]
        texts = first | self._texts(further, strong)
        return {name: _joined(name, texts) for name, _ in first}

    def _texts(self, pieces: Sequence[tuple[Name, int]], strong: bool) -> dict[tuple[Name, int], str]:
        keys = {_key(*name, piece): (name, piece) for name, piece in pieces}
        found = self._client.get(self.collection, list(keys), ["text"], strong)
        return {keys[key]: row["text"] for key, row in found.items()}

    def names(self, owner: str) -> list[str]:
        """The names of an owner's blobs, after all that was written."""
        return sorted({_name_in(key) for key in self._keys(owner)})

    def _keys(self, owner: str) -> list[str]:
        rows = self._client.query(self.collection, f'owner == "{owner}"', ["key"], strong=True)
        return [row["key"] for row in rows]

    def count(self, owners: Iterable[str]) -> int:
        """How many rows some owners have, after all that was written."""
        listed = ", ".join(f'"{owner}"' for owner in owners)
        return self._client.count(self.collection, f"owner in [{listed}]") if listed else 0

    def delete(self, owner: str, names: Iterable[str] | None = None) -> None:
        """Delete some blobs of an owner, or all of them."""
        if names is None:
            self._client.delete(self.collection, f'owner == "{owner}"')
            return
        gone = {*names}
        if gone and (keys := [key for key in self._keys(owner) if _name_in(key) in gone]):
            self._client.delete(self.collection, f"key in {json.dumps(keys)}")


def _rows_of(owner: str, name: str, data: bytes) -> Iterator[Row]:
    """The rows that a blob is kept as."""
    text = base64.b64encode(data).decode("ascii")
    pieces = max(1, -(-len(text) // PIECE))
    for piece in range(pieces):
        before = f"{pieces} {_digest(data)} " if piece == 0 else ""
        part = text[piece * PIECE : (piece + 1) * PIECE]
        yield {"key": _key(owner, name, piece), "owner": owner, "text": before + part, "vector": [1.0, 0.0]}


def _key(owner: str, name: str, piece: int) -> str:
    return f"{owner}/{name}/{piece}"


def _name_in(key: str) -> str:
    return key.split("/")[1]


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]


def _pieces(first: str) -> int:
    """How many rows a blob has, by the text of the first."""
    count = first.partition(" ")[0]
    return int(count) if count.isdecimal() else 1


def _joined(name: Name, texts: Mapping[tuple[Name, int], str]) -> bytes:
    mend = "publish again: wellread ingest"
    try:
        count, digest, text = texts[name, 0].split(" ", 2)
        data = base64.b64decode("".join([text, *(texts[name, piece] for piece in range(1, int(count)))]), validate=True)
        if _digest(data) == digest:
            return data
        reason, mend = "has other content than was published", ANEW
    except KeyError:
        reason = "is not whole"
    except (ValueError, binascii.Error):
        reason, mend = "is not what was published", ANEW
    raise IndexDamaged(f"{'/'.join(name)} {reason}", mend, where="Milvus")
