"""Wellread's engine for Milvus as a way of searching of scale.py, with a server of Milvus Lite on the loopback."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from scale_ways import BLOCK, K, VectorWay

from wellread.index.manifest import COUNTED, Segment
from wellread.index.milvus import client as milvus_client
from wellread.index.milvus.client import Client, Row
from wellread.index.milvus.place import Place
from wellread.index.milvus.vectors import RemoteVectors, row_key, segment_number

START = 600.0
"""Seconds that a server may take to answer: it reads all that it has before."""

PROGRAM = "from milvus_lite.cmdline import main; raise SystemExit(main())"


class Server:
    """A server of Milvus Lite with its data in a folder, a process of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = int(free.getsockname()[1])
        words = ["server", "--data-dir", str(folder), "--host", "127.0.0.1", "--port", str(port)]
        with (folder.parent / "milvus.log").open("ab") as log:
            self._process = subprocess.Popen([sys.executable, "-c", PROGRAM, *words], stdout=log, stderr=log)
        self.place = Place(f"http://127.0.0.1:{port}", "scale")
        until = time.monotonic() + START
        while True:
            with socket.socket() as asking:
                if not asking.connect_ex(("127.0.0.1", port)):
                    return
            if self._process.poll() is not None or time.monotonic() > until:
                self.end()
                raise RuntimeError((folder.parent / "milvus.log").read_text())
            time.sleep(0.05)

    @property
    def process(self) -> int:
        """The id of its process."""
        return self._process.pid

    def end(self) -> None:
        """End it, and wait until its files are closed."""
        self._process.terminate()
        self._process.wait()


class MilvusLite(VectorWay):
    """Wellread's engine for Milvus: the rows of each block are a segment."""

    @staticmethod
    def there() -> bool:  # noqa: D102
        return find_spec("pymilvus") is not None and find_spec("milvus_lite") is not None

    def build(self) -> None:  # noqa: D102
        data = self.place / "data"
        data.mkdir()
        server = Server(data)
        try:
            client = _client(server)
            collection = client.vectors("sentences", self.shape[1])
            for segment, block in zip(self._segments(), self.blocks(), strict=True):
                client.insert(collection, _rows(segment, block))
                print(f"{segment.first} rows are in Milvus Lite", file=sys.stderr)
            _put_away(server, collection)
            if client.count(collection, "") != self.shape[0]:
                raise RuntimeError("another number of rows is in Milvus Lite than was inserted")
        finally:
            server.end()

    def open(self) -> None:  # noqa: D102
        self._server = Server(self.place / "data")
        self._rows = RemoteVectors(_client(self._server), "sentences", self._segments(), self.shape[1])
        self._questions = self.questions()

    def ask(self, number: int) -> list[int]:  # noqa: D102
        question = self._questions[number]
        rows = self._rows.candidates(question, K)
        scores = np.einsum("ij,j->i", self._rows.rows(rows), question)
        best: list[int] = rows[np.lexsort((rows, -scores))][:K].tolist()
        return best

    def close(self) -> None:  # noqa: D102
        self._server.end()

    @property
    def processes(self) -> list[int]:  # noqa: D102
        return [os.getpid(), self._server.process]

    def _segments(self) -> list[Segment]:
        starts = range(0, self.shape[0], BLOCK)
        sizes = [min(BLOCK, self.shape[0] - start) for start in starts]
        return [
            Segment(f"{start:016x}", str(start + size), dict.fromkeys(COUNTED, size), {})
            for start, size in zip(starts, sizes, strict=True)
        ]


def _client(server: Server) -> Client:
    """A client that waits as long as it takes: Milvus Lite counts and searches a million rows one after the other."""
    milvus_client.TIMEOUT = START
    return Client(server.place)


def _put_away(server: Server, collection: str) -> None:
    """Have Milvus Lite put its rows away: it looks one by one at those that it has not, in every search.

    Making an index waits until those are made that a flush begins; a server that ends before leaves a part of a file.
    """
    from pymilvus import MilvusClient

    milvus = MilvusClient(server.place.address)
    milvus.flush(collection)
    milvus.release_collection(collection)
    milvus.drop_index(collection, "vector")
    index = milvus.prepare_index_params()
    index.add_index("vector", index_type="FLAT", metric_type="IP")
    milvus.create_index(collection, index)
    milvus.load_collection(collection)


def _rows(segment: Segment, block: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> Iterator[Row]:
    number = segment_number(segment.name)
    for row, vector in enumerate(block):
        yield {"key": row_key(segment.name, row), "segment": number, "row": row, "vector": vector}
