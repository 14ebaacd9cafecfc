"""Talks to a Milvus server: the few calls that are needed, each with a time limit, and what fails in plain words."""

from __future__ import annotations

import json
import logging
import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

import numpy as np

from wellread.encoders.sentence_transformer import Vectors
from wellread.errors import EngineError
from wellread.extras import require
from wellread.index.milvus.place import TOKEN_VARIABLE, Place, token

LAYOUT = 1
"""Of the collections: another layout has other collections beside them."""

TIMEOUT = 10.0
"""Seconds that a call may take, what Milvus' client tries again included: ten times what a batch took here."""

PAUSE = 0.25
"""Seconds between two tries."""

KEYS = 512
"""Keys asked for at once: an expression of some ten kilobytes."""

BATCH = 4_000_000
"""Bytes inserted at once, about: a server takes 64 MB in a message."""

MOST = 16_384
"""Rows that Milvus gives for one search or query, at most (its limit `quotaAndLimits.limits.topK`)."""

WIDEST = 65_535
"""Bytes of a text in a row, at most (Milvus' limit)."""

Row = dict[str, Any]
Called = TypeVar("Called")
_Fields = Callable[[Any, Any], None]
"""Adds to a schema, given Milvus' types, the fields of a collection beside its key."""


class Client:
    """One library in Milvus, whose collections all begin with its name; threads may share it.

    Every method raises EngineError.
    """

    def __init__(self, place: Place) -> None:
        require("milvus", "the engine milvus", ["pymilvus"])
        from pymilvus import MilvusClient

        logging.getLogger("pymilvus").setLevel(logging.CRITICAL)  # what fails is raised, and said once
        self.place = place
        self._token = token()
        self._fields: dict[str, _Fields] = {}
        self._known: set[str] = set()
        self._looking = threading.Lock()
        quiet = {"grpc.keepalive_permit_without_calls": False}  # a server that is asked too often hangs up
        self._milvus = self._called(
            lambda: MilvusClient(place.address, token=self._token, timeout=TIMEOUT, grpc_options=quiet), again=False
        )

    def blobs(self, name: str) -> str:
        """The collection of that name for texts by their keys: the first insertion makes it."""

        def fields(schema: Any, types: Any) -> None:
            schema.add_field("owner", types.VARCHAR, max_length=64)
            schema.add_field("text", types.VARCHAR, max_length=WIDEST)
            schema.add_field("vector", types.FLOAT_VECTOR, dim=2)  # every collection must have one

        return self._collection(name, fields)

    def vectors(self, name: str, dimension: int) -> str:
        """The collection of that name for vectors by segment and row, as `blobs`.

        It is searched exactly (FLAT) until somebody gives it another index.
        """

        def fields(schema: Any, types: Any) -> None:
            schema.add_field("segment", types.INT64)
            schema.add_field("row", types.INT64)
            schema.add_field("vector", types.FLOAT_VECTOR, dim=dimension)

        return self._collection(f"{name}_{dimension}", fields)

    def _collection(self, name: str, fields: _Fields) -> str:
        full = f"{self.place.name}_{LAYOUT}_{name}"
        self._fields[full] = fields
        return full

    def _stands(self, collection: str, make: bool = False) -> bool:
        """Whether a collection is there and loaded; it is made where there is none, if that is wanted."""
        with self._looking:
            if collection not in self._known:
                there = self._called(lambda: self._milvus.has_collection(collection, timeout=TIMEOUT))
                if not there and make:
                    self._called(lambda: self._make(collection))
                if there or make:
                    self._called(lambda: self._milvus.load_collection(collection, timeout=TIMEOUT))
                    self._known.add(collection)
            return collection in self._known

    def _make(self, collection: str) -> None:
        from pymilvus import DataType

        milvus = self._milvus
        schema = milvus.create_schema(auto_id=False, enable_dynamic_field=False)
        schema.add_field("key", DataType.VARCHAR, is_primary=True, max_length=256)
        self._fields[collection](schema, DataType)
        index = milvus.prepare_index_params()
        index.add_index("vector", index_type="FLAT", metric_type="IP")
        milvus.create_collection(
            collection, schema=schema, index_params=index, consistency_level="Bounded", timeout=TIMEOUT
        )

    def insert(self, collection: str, rows: Iterable[Row]) -> int:
        """Insert rows, some at a time, and tell how many they were."""
        self._stands(collection, make=True)
        inserted = 0
        for batch in _batches(rows):
            # Not again: the rows may have come although the answer did not.
            self._called(partial(self._milvus.insert, collection, batch, timeout=TIMEOUT), again=False)
            inserted += len(batch)
        return inserted

    def get(self, collection: str, keys: Sequence[str], fields: Sequence[str], strong: bool) -> dict[str, Row]:
        """The rows of some keys, by key; those that are not there are left out."""
        found: dict[str, Row] = {}
        for start in range(0, len(keys), KEYS):
            wanted = keys[start : start + KEYS]
            rows = self.query(collection, f"key in {json.dumps(wanted)}", ["key", *fields], strong)
            found |= {row["key"]: row for row in rows}
        return found

    def query(self, collection: str, filter: str, fields: Sequence[str], strong: bool) -> list[Row]:  # noqa: A002
        """The rows that a filter lets through, `MOST` at most; none where there is no such collection."""
        if not self._stands(collection):
            return []
        return list(
            self._called(
                lambda: self._milvus.query(
                    collection,
                    filter=filter,
                    output_fields=[*fields],
                    limit=MOST,
                    timeout=TIMEOUT,
                    consistency_level=_level(strong),
                )
            )
        )

    def count(self, collection: str, filter: str) -> int:  # noqa: A002
        """How many rows a filter lets through, after all that was written."""
        if not self._stands(collection):
            return 0
        found = self._called(
            lambda: self._milvus.query(
                collection, filter=filter, output_fields=["count(*)"], timeout=TIMEOUT, consistency_level="Strong"
            )
        )
        return int(found[0]["count(*)"])

    def search(self, collection: str, queries: Vectors, k: int, filter: str, strong: bool) -> list[list[Row]]:  # noqa: A002
        """For each vector the k nearest rows that a filter lets through: segment, row, vector and distance."""
        if not self._stands(collection):
            return [[] for _ in queries]
        hits = self._called(
            lambda: self._milvus.search(
                collection,
                data=queries.tolist(),
                anns_field="vector",
                limit=k,
                filter=filter,
                output_fields=["segment", "row", "vector"],
                search_params={"metric_type": "IP"},
                timeout=TIMEOUT,
                consistency_level=_level(strong),
            )
        )
        return [[{**hit["entity"], "distance": float(hit["distance"])} for hit in found] for found in hits]

    def delete(self, collection: str, filter: str) -> None:  # noqa: A002
        """Delete the rows that a filter lets through."""
        if self._stands(collection):
            self._called(lambda: self._milvus.delete(collection, filter=filter, timeout=TIMEOUT))

    def delete_segment(self, number: int) -> None:
        """Delete the vectors of a segment, of whatever dimension."""
        names = self._called(lambda: self._milvus.list_collections(timeout=TIMEOUT))
        for name in names:
            if re.fullmatch(rf"{self.place.name}_{LAYOUT}_(passages|sentences)_\d+", name):
                self.delete(name, f"segment == {number}")

    def _called(self, call: Callable[[], Called], again: bool = True) -> Called:
        """Make a call, `again` until `TIMEOUT` while the server is away or has just started; raises EngineError."""
        import grpc
        from pymilvus.exceptions import MilvusException

        until = time.monotonic() + TIMEOUT
        while True:
            try:
                return call()
            except (MilvusException, grpc.RpcError, OSError, ValueError) as error:
                if not (again and time.monotonic() < until and self._may_pass(error)):
                    raise self._failed(error) from None
            time.sleep(PAUSE)

    def _may_pass(self, error: Exception) -> bool:
        """Whether a call that failed may succeed soon; collections that the server does not hold loaded are loaded."""
        import grpc
        from pymilvus.client.types import Status
        from pymilvus.exceptions import MilvusException

        if re.search("not loaded|released", str(error)):  # Milvus Lite forgets it when it ends
            for name in (*self._known,):
                with suppress(MilvusException, grpc.RpcError):
                    self._milvus.load_collection(name, timeout=TIMEOUT)
            return True
        return getattr(error, "code", None) in (Status.CONNECT_FAILED, grpc.StatusCode.UNAVAILABLE)

    def _failed(self, error: Exception) -> EngineError:
        details = getattr(error, "details", None)  # of gRPC, whose own text begins with the name of a class
        said = (details() if callable(details) else None) or getattr(error, "message", None) or str(error)
        said = str(said).strip().partition("\n")[0][:300]
        if self._token:
            said = said.replace(self._token, "…")
        return EngineError(
            f"Milvus cannot be reached, or refuses what it is asked ({said or type(error).__name__})",
            f"see that the server runs and knows the token of {TOKEN_VARIABLE}, and run the command again",
            where=str(self.place),
        )


def as_vector(found: Sequence[float]) -> Vectors:
    """A vector of a row."""
    return np.asarray(found, np.float32)


def _level(strong: bool) -> str:
    return "Strong" if strong else "Bounded"


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    size = 0
    for row in rows:
        size += sum(
            4 * len(value) if isinstance(value, list | np.ndarray) else len(str(value)) for value in row.values()
        )
        batch.append(row)
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
