"""A real Milvus Lite server on the loopback, in a folder of its own, started and ended by its process id."""

from __future__ import annotations

import atexit
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from serving import free_port

START = 60.0
"""Seconds that a server may take to answer."""

_PROGRAM = "from milvus_lite.cmdline import main; raise SystemExit(main())"


class MilvusServer:
    """A server that can be killed and started again on its data."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.start()

    @property
    def uri(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        words = ["server", "--data-dir", str(self.folder), "--host", "127.0.0.1", "--port", str(self.port)]
        with (self.folder.parent / "milvus.log").open("ab") as log:
            self._process = subprocess.Popen([sys.executable, "-c", _PROGRAM, *words], stdout=log, stderr=log)
        until = time.monotonic() + START
        while True:
            with socket.socket() as asking:
                if not asking.connect_ex(("127.0.0.1", self.port)):
                    return
            if self._process.poll() is not None or time.monotonic() > until:
                raise RuntimeError((self.folder.parent / "milvus.log").read_text())
            time.sleep(0.05)

    def kill(self) -> None:
        """End the process at once, as `kill -9` does."""
        os.kill(self._process.pid, signal.SIGKILL)
        self._process.wait()


@contextmanager
def milvus_server(folder: Path) -> Iterator[MilvusServer]:
    """A server for a while."""
    (folder / "data").mkdir(parents=True)
    server = MilvusServer(folder / "data")
    try:
        yield server
    finally:
        server.kill()


@cache
def shared_server() -> MilvusServer:
    """One server for all tests of this process, which the end of the process ends."""
    running = ExitStack()
    atexit.register(running.close)
    folder = Path(running.enter_context(TemporaryDirectory()))
    return running.enter_context(milvus_server(folder))


def library_name(folder: Path) -> str:
    """A name in Milvus for the library of a test, by its folder."""
    return f"t{sha256(str(folder).encode()).hexdigest()[:16]}"
