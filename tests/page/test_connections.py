"""Who sends too slowly, or takes nothing of an answer, loses the connection; nobody else does."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from conftest import ROOT
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send
from websockets.sync.client import connect

from wellread.page import connections
from wellread.page.connections import LimitedProtocol

HEAD = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
LARGE = 20_000_000
"""Bytes of an answer that no system takes in for a client that does not read them."""


async def _answer(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        sent = await receive()
        await send({"type": "websocket.send", "text": sent["text"]})
        return
    body = await Request(scope, receive).body()
    await PlainTextResponse("x" * LARGE if body == b"large" else f"{len(body)} bytes")(scope, receive, send)


@contextmanager
def serving() -> Iterator[uvicorn.Server]:
    config = uvicorn.Config(
        _answer, port=0, http=LimitedProtocol, ws="websockets-sansio", lifespan="off", log_level="error"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.02)
    try:
        yield server
    finally:
        server.should_exit = True
        thread.join()


def port_of(server: uvicorn.Server) -> int:
    return int(server.servers[0].sockets[0].getsockname()[1])


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr(connections, "REQUEST_SECONDS", 0.2)
    monkeypatch.setattr(connections, "ANSWER_SECONDS", 0.2)
    with serving() as server:
        yield port_of(server)


@pytest.fixture
def patient_port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A limit that a client keeps to on a busy machine too."""
    monkeypatch.setattr(connections, "REQUEST_SECONDS", 1.0)
    with serving() as server:
        yield port_of(server)


@contextmanager
def client(port: int) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as opened:
        yield opened


def is_ended(opened: socket.socket) -> bool:
    """Whether the server ends the connection without an answer; TimeoutError where it does neither."""
    try:
        return opened.recv(4096) == b""
    except ConnectionResetError:
        return True


def read_to(opened: socket.socket, ending: bytes) -> None:
    got = b""
    while not got.endswith(ending):
        piece = opened.recv(4096)
        assert piece, got
        got += piece


@pytest.mark.parametrize(
    "half",
    [
        b"",
        b"GET / HT",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n",
        HEAD % 5,
        HEAD % 5 + b"lar",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nlar\r\n",
    ],
)
def test_request_that_does_not_come_whole_is_ended(port: int, half: bytes) -> None:
    with client(port) as opened:
        opened.sendall(half)
        assert is_ended(opened)


@pytest.mark.parametrize("second", [b"GET / HT", HEAD % 5 + b"lar"])
def test_half_a_request_behind_a_whole_one_is_ended(port: int, second: bytes) -> None:
    with client(port) as opened:
        opened.sendall(HEAD % 1 + b"a" + second)
        read_to(opened, b"\r\n\r\n1 bytes")
        assert is_ended(opened)


def test_byte_now_and_then_does_not_keep_a_connection(port: int) -> None:
    def drip(opened: socket.socket) -> None:
        for _ in range(1000):
            opened.sendall(b"a")
            time.sleep(0.05)  # more often than the limit, far fewer than 500 bytes a second

    with client(port) as opened, pytest.raises((ConnectionResetError, BrokenPipeError)):
        drip(opened)


def test_who_sends_enough_has_more_time(patient_port: int) -> None:
    with client(patient_port) as opened:
        opened.sendall(HEAD % 50_001 + b"a" * 50_000)  # 100 s more
        time.sleep(1.5)
        opened.sendall(b"a")
        read_to(opened, b"\r\n\r\n50001 bytes")


def test_answer_of_which_nothing_is_taken_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "ANSWER_SECONDS", 0.2)
    with serving() as server, client(port_of(server)) as opened:
        opened.sendall(HEAD % 5 + b"large")
        while not server.server_state.connections:
            time.sleep(0.02)
        while server.server_state.connections:
            time.sleep(0.02)
        got = sum(map(len, iter(lambda: opened.recv(1_000_000), b"")))
    assert 0 < got < LARGE  # what the system had taken already


def test_answer_that_is_taken_comes_whole(port: int) -> None:
    with client(port) as opened:
        opened.sendall(HEAD.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n") % 5 + b"large")
        got = b"".join(iter(lambda: opened.recv(1_000_000), b""))
    assert len(got.partition(b"\r\n\r\n")[2]) == LARGE


def test_websocket_stays_open_while_nobody_says_anything(patient_port: int) -> None:
    with connect(f"ws://127.0.0.1:{patient_port}/") as connection:
        time.sleep(1.5)
        connection.send("still there")
        assert connection.recv(timeout=10) == "still there"


PAGE = """
import uvicorn
from wellread.page.connections import LimitedProtocol, limit_connections
limit_connections()
config = uvicorn.Config("unused:app", ws="none", interface="asgi3")
config.load_app = lambda: None
config.load()
print(config.http_protocol_class is LimitedProtocol)
"""


def test_server_that_names_no_protocol_gets_this_one() -> None:
    ran = subprocess.run([sys.executable, "-c", PAGE], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert ran.stdout.split() == ["True"], ran.stderr
