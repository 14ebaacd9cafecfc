"""Serves the API without the page: neither Streamlit nor PyTorch is imported."""

from __future__ import annotations

import ctypes
import threading
from contextlib import suppress
from pathlib import Path

import uvicorn

from wellread.api.app import create_server
from wellread.api.library import Library
from wellread.api.log import log_error
from wellread.errors import WellreadError
from wellread.page.connections import LimitedProtocol
from wellread.page.server import Address

_MMAP_THRESHOLD, _ARENA_MAX = -3, -8
"""Parameters of glibc's mallopt (malloc.h)."""


def serve_api(index: Path, address: Address) -> None:
    """Answer requests over an index until it is interrupted; raises WellreadError for wrong settings."""
    give_back_memory()
    library = Library(index)
    app = create_server(library, address.base_path)
    threading.Thread(target=_warm, args=(library,), name="load-model", daemon=True).start()
    uvicorn.run(
        app,
        http=LimitedProtocol,
        host=address.host,
        port=address.port,
        log_level="warning",
        access_log=False,  # its lines would hold questions
        server_header=False,
        timeout_graceful_shutdown=10,
    )


def give_back_memory() -> None:
    """Let glibc return what is freed while the model is loaded, in place of keeping it for each thread.

    By itself it keeps pieces of up to 32 MB once one was freed, and a heap for each thread (mallopt(3)): 415 MiB stayed
    at most, now 375 MiB (one thread; benchmarks/api.py measures the whole).
    """
    with suppress(OSError, AttributeError):  # another C library
        libc = ctypes.CDLL(None)
        libc.mallopt(_MMAP_THRESHOLD, 1 << 20)
        libc.mallopt(_ARENA_MAX, 2)


def _warm(library: Library) -> None:
    try:
        library.warm()
    except WellreadError as error:  # every request says so too, until something is published
        log_error(error)
