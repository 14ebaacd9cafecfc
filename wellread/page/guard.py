"""Keeps foreign web sites out of the page: every request is looked at before Streamlit sees it.

A web site that somebody visits can make their browser ask any address, that of a page on their own machine too. Two
headers tell: `Host`, the name that the browser believes to speak to, and `Origin`, the site that made it ask. A site
that lets its own name lead to this machine (DNS rebinding) is known by the first, any other by the second.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from wellread.page.access import Access, access, is_same
from wellread.page.desk.doors import has_provider, is_open

if TYPE_CHECKING:
    from starlette.middleware import Middleware
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

API = "/api/"
"""Below this address is the HTTP API."""

_USED = frozenset(["health", "host-config", "stream", "bidi-components"])
"""What the page uses of Streamlit's own addresses; uploads, metrics and agents are not for visitors.

Uploads and sign-in are open where `page/desk/doors.py` says so."""

_UNUSED = frozenset(["component", "auth", "oauth2callback"])
_INLINE = re.compile(rb"<script>(.*?)</script>", re.DOTALL)


def guards(default_index: Path) -> list[Middleware]:
    """What `streamlit.starlette.App` is to pass every request through; raises WellreadError."""
    from starlette.middleware import Middleware

    index = Path(os.environ.get("WELLREAD_INDEX") or default_index)
    return [Middleware(Guard, allowed=access(), index=index)]


class Guard:
    """Refuses requests of foreign sites and under foreign names, and gives answers the headers that browsers obey."""

    def __init__(self, app: ASGIApp, allowed: Access, index: Path) -> None:
        self._app = app
        self._allowed = allowed
        self._index = index
        self._headers = [(name.encode(), value.encode()) for name, value in security_headers(allowed.frames).items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
        origins = [value.decode("latin-1") for name, value in scope["headers"] if name == b"origin"]
        if not self._allowed.knows(host):
            refusal = "The page is not known under this name. Those who run it can add the name to WELLREAD_HOSTS."
            await self._refuse(scope, send, 421, refusal)
        elif is_api(scope["path"], base_path()):
            await self._app(scope, receive, self._sender(send))  # which sites may use it is the API's own to know
        elif not all(self._allowed.is_own(each, host) for each in origins):
            await self._refuse(scope, send, 403, "Another web site asked for this; it may not.")
        elif not is_used(scope["path"], base_path()) and not is_open(_parts(scope["path"], base_path()), self._index):
            await self._refuse(scope, send, 404, "There is nothing here.")
        else:
            await self._app(_without_foreign_origin(scope, origins, host), receive, self._sender(send))

    async def _refuse(self, scope: Scope, send: Send, status: int, why: str) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        body = f"{why}\n".encode()
        about = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": [*about, *self._headers]})
        await send({"type": "http.response.body", "body": body})

    def _sender(self, send: Send) -> Send:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name.lower() for name, _ in message["headers"]}
                more = [(name, value) for name, value in self._headers if name not in given]
                message = {**message, "headers": [*message["headers"], *more]}
            await send(message)

        return with_headers


def _without_foreign_origin(scope: Scope, origins: list[str], host: str) -> Scope:
    """The request as Streamlit sees it: it looks a foreign Origin up in the network, so it never sees one.

    That of the very host it sees only where people sign in with an account, which it believes of no other.
    """
    if origins and all(is_same(origin, host) for origin in origins) and has_provider():
        return scope
    return {**scope, "headers": [(name, value) for name, value in scope["headers"] if name != b"origin"]}


def is_used(path: str, base: str = "") -> bool:
    """Tell whether an address of the server is one that the page itself needs.

    >>> is_used("/_stcore/health"), is_used("/_stcore/metrics"), is_used("/kb/auth/login", "kb")
    (True, False, False)
    """
    parts = _parts(path, base)
    if parts[:1] == ["_stcore"]:
        return len(parts) > 1 and parts[1] in _USED
    return not parts or parts[0] not in _UNUSED


def _parts(path: str, base: str) -> list[str]:
    """The parts of a path below that of the page."""
    return [part for part in path.removeprefix(f"/{base}" if base else "").split("/") if part]


def is_api(path: str, base: str = "") -> bool:
    """Tell whether an address belongs to the HTTP API, which other sites may use where the library allows them.

    >>> is_api("/api/v1/ask"), is_api("/kb/api/v1/ask", "kb"), is_api("/apis")
    (True, True, False)
    """
    return path.removeprefix(f"/{base}" if base else "").startswith(API)


def security_headers(frames: Iterable[str] = ()) -> dict[str, str]:
    """The headers of every answer: only the page's own scripts run, and only it and `frames` may show it in a frame."""
    sites = list(frames)
    rules = {
        "default-src": "'self'",
        # Streamlit loads the scripts of frame.py from blobs, which only a script that runs already can make.
        "script-src": " ".join(["'self'", "blob:", *_inline_scripts()]),
        "style-src": "'self' 'unsafe-inline'",  # Streamlit writes its theme into the page
        "img-src": "'self' data:",
        "font-src": "'self' data:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": " ".join(["'self'", *sites]),
    }
    return {
        "content-security-policy": "; ".join(f"{name} {value}" for name, value in rules.items()),
        **({} if sites else {"x-frame-options": "SAMEORIGIN"}),
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",  # a link that leads away must not tell of a question in the address
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    }


@cache
def _inline_scripts() -> tuple[str, ...]:
    """The fingerprints of what Streamlit's own index.html runs, as a Content-Security-Policy writes them."""
    html = files("streamlit").joinpath("static", "index.html").read_bytes()
    digests = (hashlib.sha256(script).digest() for script in _INLINE.findall(html))
    return tuple(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def base_path() -> str:
    """The path of the page's address behind a proxy, without slashes at its ends; "" where there is none."""
    from streamlit import config

    return str(config.get_option("server.baseUrlPath") or "").strip("/")
