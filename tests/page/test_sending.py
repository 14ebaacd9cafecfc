"""What is drawn is sent at once, over the sockets that Streamlit makes for uvicorn."""

from __future__ import annotations

import socket
import threading
import urllib.request
from pathlib import Path

import uvicorn
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send
from streamlit.web.server.starlette.starlette_server import _bind_socket
from websockets.sync.client import connect

from wellread.page.sending import Sending


async def _tell(scope: Scope, receive: Receive, send: Send) -> None:
    """Say whether what is sent over the connection is sent without delay."""
    transport = receive.__self__.transport  # type: ignore[attr-defined]
    found = str(transport.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
    if scope["type"] == "http":
        await PlainTextResponse(found)(scope, receive, send)
        return
    await receive()
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.send", "text": found})


def test_connection_that_is_none_of_tcp_is_served_all_the_same(tmp_path: Path) -> None:
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(tmp_path / "socket"))
    listening.listen()

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse("served")(scope, receive, send)

    server = uvicorn.Server(uvicorn.Config(Sending(serve), lifespan="off", log_level="error"))
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    try:
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(str(tmp_path / "socket"))
            client.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            answered = b"".join(iter(lambda: client.recv(4096), b""))
        assert answered.endswith(b"served")
    finally:
        server.should_exit = True
        thread.join()


def test_requests_and_the_pages_own_connection_are_answered_without_delay() -> None:
    listening = _bind_socket("127.0.0.1", 0, 5)
    port = listening.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(Sending(_tell), ws="websockets-sansio", lifespan="off", log_level="error"))
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
            assert answer.read() == b"1"
        with connect(f"ws://127.0.0.1:{port}/") as connection:
            assert connection.recv(timeout=10) == "1"
    finally:
        server.should_exit = True
        thread.join()
