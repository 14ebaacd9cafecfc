"""Sends what is drawn at once: uvicorn holds it back until the browser confirms what came before.

Streamlit gives uvicorn a socket of its own making. On such a socket asyncio leaves Nagle's algorithm on, and a browser
waits about 40 ms before it confirms a few bytes: so every answer came 40 ms after its question at the earliest.
"""

from __future__ import annotations

import socket
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.middleware import Middleware
    from starlette.types import ASGIApp, Receive, Scope, Send


class Sending:
    """Turns Nagle's algorithm off on the connection of every request, and passes the request on."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        # ASGI names no connection. In uvicorn, `receive` is a method of what holds it; elsewhere nothing is done.
        transport = getattr(getattr(receive, "__self__", None), "transport", None)
        connection = transport.get_extra_info("socket") if transport is not None else None
        if connection is not None:
            with suppress(OSError):  # it was closed meanwhile, or is none of TCP
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        await self._app(scope, receive, send)


def at_once() -> list[Middleware]:
    """What `streamlit.starlette.App` is to pass every request through, before all else."""
    from starlette.middleware import Middleware

    return [Middleware(Sending)]
