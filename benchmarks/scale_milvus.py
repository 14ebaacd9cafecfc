"""Wellread's engine for Milvus as a way of searching of scale.py, with a server of its own: Milvus Lite, or Milvus."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from abc import abstractmethod
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

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


class Server(Protocol):
    """A process that answers as Milvus does."""

    place: Place
    """Where it answers."""

    @property
    def process(self) -> int:
        """The id of its process."""
        ...

    def end(self) -> None:
        """End it, and wait until its files are closed."""
        ...


class LiteServer:
    """A server of Milvus Lite with its data in a folder."""

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
    def process(self) -> int:  # noqa: D102
        return self._process.pid

    def end(self) -> None:  # noqa: D102
        self._process.terminate()
        self._process.wait()


class StandaloneServer:
    """The server of the package `milvus`, with its programs, logs and data in a folder.

    It binds all interfaces: see `ALONE`.
    """

    def __init__(self, folder: Path) -> None:
        from milvus import MilvusServer

        self._server: Any = MilvusServer()
        self._server.set_base_dir(str(folder))
        self._server.start()
        self.place = Place(f"http://127.0.0.1:{self._server.listen_port}", "scale")

    @property
    def process(self) -> int:  # noqa: D102
        return int(self._server.server_proc.pid)

    def end(self) -> None:
        """Kill it where it does not end at once, which takes it up to half an hour; what was flushed is on the disk."""
        self._server.stop()


class Engine(VectorWay):
    """Wellread's engine for Milvus: the rows of each block are a segment."""

    @abstractmethod
    def server(self) -> Server:
        """Start the server on what it has kept, if anything."""

    @abstractmethod
    def put_away(self, server: Server, collection: str) -> None:
        """Have the server do now what it does to new rows in the end."""

    def build(self) -> None:  # noqa: D102
        server = self.server()
        try:
            client = _client(server)
            collection = client.vectors("sentences", self.shape[1])
            for segment, block in zip(self._segments(), self.blocks(), strict=True):
                client.insert(collection, _rows(segment, block))
                print(f"{segment.first} rows are in Milvus", file=sys.stderr)
            self.put_away(server, collection)
            if client.count(collection, "") != self.shape[0]:
                raise RuntimeError("another number of rows is in Milvus than was inserted")
        finally:
            server.end()

    def open(self) -> None:  # noqa: D102
        self._server = self.server()
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


class MilvusLite(Engine):
    """The engine with Milvus Lite."""

    @staticmethod
    def there() -> bool:  # noqa: D102
        return find_spec("pymilvus") is not None and find_spec("milvus_lite") is not None

    def server(self) -> Server:  # noqa: D102
        data = self.place / "data"
        data.mkdir(exist_ok=True)
        return LiteServer(data)

    def put_away(self, server: Server, collection: str) -> None:
        """Flush the rows: Milvus Lite looks one by one at those that it has not put away, in every search.

        Making an index waits until those are made that a flush begins; a server that ends before leaves a part of a
        file.
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


ALONE = ("unshare", "--map-root-user", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh")
"""Begins a command that has a network of its own, with nothing but the loopback."""


class Milvus(Engine):
    """The engine with a whole server of Milvus, in a network of its own."""

    prefix = ALONE

    @staticmethod
    def there() -> bool:  # noqa: D102
        installed = find_spec("pymilvus") is not None and find_spec("milvus") is not None
        return installed and all(shutil.which(program) for program in ("unshare", "ip"))

    @property
    def stored(self) -> Path:  # noqa: D102
        return self.place / "data"

    def server(self) -> Server:  # noqa: D102
        return StandaloneServer(self.place)

    def put_away(self, server: Server, collection: str) -> None:
        """Flush the rows, and wait until every segment has its index."""
        from pymilvus import MilvusClient

        milvus = MilvusClient(server.place.address)
        milvus.flush(collection, timeout=START)
        while (state := milvus.describe_index(collection, "vector"))["pending_index_rows"]:
            print(state, file=sys.stderr)
            time.sleep(1)


def _client(server: Server) -> Client:
    """A client that waits as long as it takes: Milvus Lite looks at a million rows one after the other."""
    milvus_client.TIMEOUT = START
    return Client(server.place)


def _rows(segment: Segment, block: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> Iterator[Row]:
    number = segment_number(segment.name)
    for row, vector in enumerate(block):
        yield {"key": row_key(segment.name, row), "segment": number, "row": row, "vector": vector}
