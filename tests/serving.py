"""Servers in processes of their own: a free port, and the API alone."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx2

ROOT = Path(__file__).resolve().parent.parent


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def api_alone(index: Path) -> Iterator[tuple[str, int]]:
    """The address of an API over an index, once it answers, and its process id; raises RuntimeError if it ends."""
    port = free_port()
    command = [sys.executable, "-m", "wellread", "serve", "--api-only", "--port", str(port)]
    command += ["--index", str(index.absolute())]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        try:
            address = f"http://127.0.0.1:{port}/api/v1"
            while not _answers(f"{address}/health"):
                if process.poll() is not None:
                    raise RuntimeError(f"the API ended with status {process.returncode}")
                time.sleep(0.05)  # between two looks
            yield address, process.pid
        finally:
            process.terminate()


def _answers(address: str) -> bool:
    with suppress(httpx2.TransportError):
        httpx2.get(address, timeout=60).raise_for_status()
        return True
    return False
