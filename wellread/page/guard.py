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
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from wellread.errors import WellreadError

if TYPE_CHECKING:
    from starlette.middleware import Middleware
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOSTS, FRAMES = "WELLREAD_HOSTS", "WELLREAD_FRAMES"
"""The settings' names in the environment; both hold words that spaces or commas part."""

_NAME = re.compile(r"(?!-)[a-z0-9_-]+(\.[a-z0-9_-]+)*")
_SITE = re.compile(r"https?://(\*\.)?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*(:\d{1,5})?")
_USED = frozenset(["health", "host-config", "stream", "bidi-components"])
"""What the page uses of Streamlit's own addresses; uploads, metrics and agents are not for visitors."""

_UNUSED = frozenset(["component", "auth", "oauth2callback"])
_INLINE = re.compile(rb"<script>(.*?)</script>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Access:
    """Who may reach the page: `hosts` are names of it besides this machine's own, `frames` sites that may embed it."""

    hosts: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what is no name of a host, and no site; raises WellreadError."""
        for host in self.hosts:
            if not _NAME.fullmatch(host):
                raise WellreadError(f'"{host}" is not the name of a host', "write it as in health.example.org", HOSTS)
        for frame in self.frames:
            if not _SITE.fullmatch(frame):
                raise WellreadError(f'"{frame}" is not a site', "write it as in https://clinic.example.org", FRAMES)


def access() -> Access:
    """Who may reach the page, by the settings in the environment; raises WellreadError."""
    return Access(
        tuple(name.lower() for name in _words(os.environ.get(HOSTS, ""))),
        tuple(_words(os.environ.get(FRAMES, ""))),
    )


def guards() -> list[Middleware]:
    """What `streamlit.starlette.App` is to pass every request through; raises WellreadError."""
    from starlette.middleware import Middleware

    return [Middleware(Guard, allowed=access())]


class Guard:
    """Refuses requests of foreign sites and under foreign names, and gives answers the headers that browsers obey."""

    def __init__(self, app: ASGIApp, allowed: Access) -> None:
        self._app = app
        self._allowed = allowed
        self._headers = [(name.encode(), value.encode()) for name, value in security_headers(allowed.frames).items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        heard = dict(scope["headers"])
        host, origin = heard.get(b"host", b"").decode("latin-1"), heard.get(b"origin")
        if not self._knows(host):
            refusal = "The page is not known under this name. Those who run it can add the name to WELLREAD_HOSTS."
            await self._refuse(scope, send, 421, refusal)
        elif origin is not None and not self._is_own(origin.decode("latin-1"), host):
            await self._refuse(scope, send, 403, "Another web site asked for this; it may not.")
        elif not is_used(scope["path"], _base_path()):
            await self._refuse(scope, send, 404, "There is nothing here.")
        else:
            # Streamlit looks a foreign Origin up in the network: it never sees one.
            passed = [(name, value) for name, value in scope["headers"] if name != b"origin"]
            await self._app({**scope, "headers": passed}, receive, self._sender(send))

    def _knows(self, host: str) -> bool:
        """Tell whether this is a name of the page; a bare IP address is no name that a foreign site could own."""
        name = _host_name(f"//{host}")
        return name in ("localhost", *self._allowed.hosts) or _is_ip(name)

    def _is_own(self, origin: str, host: str) -> bool:
        """Tell whether a request was made by the page itself, in a browser that may see it through a proxy."""
        return _netloc(origin) == host.lower() or _host_name(origin) in self._allowed.hosts

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


def is_used(path: str, base: str = "") -> bool:
    """Tell whether an address of the server is one that the page itself needs.

    >>> is_used("/_stcore/health"), is_used("/_stcore/metrics"), is_used("/kb/auth/login", "kb")
    (True, False, False)
    """
    parts = [part for part in path.removeprefix(f"/{base}" if base else "").split("/") if part]
    if parts[:1] == ["_stcore"]:
        return len(parts) > 1 and parts[1] in _USED
    return not parts or parts[0] not in _UNUSED


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


def _base_path() -> str:
    from streamlit import config

    return str(config.get_option("server.baseUrlPath") or "").strip("/")


def _words(written: str) -> list[str]:
    return [word for word in re.split(r"[\s,]+", written) if word]


def _host_name(address: str) -> str:
    """The host of an address or of a Host header, without its port; "" where there is none."""
    try:
        parts = urlsplit(address)
        _ = parts.port  # read, it is checked
        clean = parts.username is None and parts.password is None and not (parts.path or parts.query or parts.fragment)
    except ValueError:
        return ""
    return (parts.hostname or "").rstrip(".") if clean else ""


def _netloc(origin: str) -> str | None:
    """The host of an origin with its port, in small letters."""
    try:
        return urlsplit(origin).netloc.lower() or None
    except ValueError:
        return None


def _is_ip(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
