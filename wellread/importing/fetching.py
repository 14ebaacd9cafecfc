"""Fetches pages of the web: politely, from one host each, and within bounds of size, time and redirects."""

from __future__ import annotations

import http.client
import socket
import threading
import time
import urllib.error
import urllib.request
import zlib
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from wellread.errors import WellreadError
from wellread.importing.hosts import asked_for, no_address, origin_of, same_host
from wellread.importing.links import SAFE

MAX_BYTES = 20_000_000
"""A larger answer is refused: it is no leaflet."""

MAX_SECONDS = 60.0
"""Seconds that one answer may take, from the connection to its last byte."""

MAX_REDIRECTS = 5
"""Browsers follow 20; a page that moved needs 2: to its new name, and to https."""

PAUSE = 1.0
"""Seconds between two requests to a host, if its robots.txt asks for no more: what crawlers of archives keep to."""

_MAX_PAUSE = 30.0
_MAX_ROBOTS = 500 * 1024
"""Bytes of a robots.txt that are read (RFC 9309, 2.5)."""

_SILENCE = 20.0
"""Seconds without a byte after which a host counts as silent."""

_NAME = "wellread"


class HostSilent(WellreadError):
    """A host does not answer, or breaks off, or says that it cannot answer now."""


class PageSilent(HostSilent):
    """A host answers, but cannot give this page now; it may give others."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host said: 200 with a body, 304 (unchanged), 404 or 410 (gone); `address` is where redirects led."""

    address: str
    status: int
    body: bytes = b""
    media_type: str = ""
    charset: str = ""
    etag: str = ""
    last_modified: str = ""


class Fetcher:
    """Fetches addresses, asks each host's robots.txt first, and pauses between two requests to a host."""

    def __init__(self, pause: float = PAUSE, seconds: float = MAX_SECONDS) -> None:
        self._pause = pause
        self._seconds = seconds
        self._robots: dict[str, Any] = {}
        self._asked: dict[str, float] = {}

    def fetch(self, address: str, etag: str = "", last_modified: str = "") -> Answer:
        """Fetch an address, unless it is the same as when the host gave these marks.

        Raises:
            PageSilent: the host fails at this page.
            HostSilent: there is no whole answer.
            WellreadError: the address is none of the web's, robots.txt forbids it, it leads to another host, it is too
                large, or the host refuses.
        """
        marks = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        if not self._allowed(address):
            raise WellreadError("the site's robots.txt does not allow it", "ask the site's owner for the text")
        return self._follow(address, {key: value for key, value in marks.items() if value}, MAX_BYTES)

    def _allowed(self, address: str) -> bool:
        from protego import Protego

        origin = origin_of(address)
        if origin not in self._robots:
            try:
                answer = self._follow(f"{origin}/robots.txt", {}, _MAX_ROBOTS, cut=True)
                text = answer.body.decode("utf-8", "replace") if answer.status == 200 else ""
            except HostSilent as error:  # what the rules are nobody knows, for any page (RFC 9309, 2.3.1.4)
                raise HostSilent(error.reason, error.remedy) from error
            except WellreadError:
                text = ""  # refused or moved to another host: there are no rules (RFC 9309, 2.3.1.3)
            self._robots[origin] = Protego.parse(text)
        return bool(self._robots[origin].can_fetch(address, _NAME))

    def _follow(self, address: str, headers: dict[str, str], most: int, cut: bool = False) -> Answer:
        at = address
        for _ in range(MAX_REDIRECTS + 1):
            self._wait(at)
            answer, location = self._ask(at, headers, most, cut)
            if not location:
                return answer
            try:
                at = urljoin(at, location).partition("#")[0]
            except ValueError as error:
                raise no_address() from error
            if not same_host(address, at):
                raise WellreadError(f"it leads to another place, {at}", f"import that if you want it: {at}")
        raise WellreadError(
            f"it leads on more than {MAX_REDIRECTS} times", "open it in a browser and import its address"
        )

    def _wait(self, address: str) -> None:
        origin = origin_of(address)
        robots = self._robots.get(origin)
        wished = float(robots.crawl_delay(_NAME) or 0) if robots is not None and self._pause else 0.0
        pause = max(self._pause, min(wished, _MAX_PAUSE))
        if origin in self._asked:
            time.sleep(max(self._asked[origin] + pause - time.monotonic(), 0))
        self._asked[origin] = time.monotonic()

    def _ask(self, address: str, headers: dict[str, str], most: int, cut: bool) -> tuple[Answer, str]:
        """One request: the answer, and where it leads on to, or ""."""
        agent = {"User-Agent": _NAME, "Accept-Encoding": "identity", "Accept": "text/html, */*;q=0.5"}
        request = urllib.request.Request(asked_for(address), headers={**agent, **headers})  # noqa: S310 - of the web
        deadline = _Deadline(self._seconds)
        opener = urllib.request.build_opener(_Stay(), _Http(deadline), _Https(deadline))
        try:
            with deadline, opener.open(request, timeout=min(_SILENCE, self._seconds)) as response:
                body = _read(response, most, cut)
                return _answer(address, response.status, response.headers, body), ""
        except urllib.error.HTTPError as error:
            with error:
                return self._refused(address, error)
        except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
            if isinstance(error, http.client.InvalidURL | ValueError) and not isinstance(error, OSError):
                raise no_address() from error
            reason = getattr(error, "reason", None) or error
            raise HostSilent(
                f"{urlsplit(address).netloc} does not answer ({' '.join(str(reason).split())[:100]})",
                "nothing was changed; try again later",
            ) from error

    def _refused(self, address: str, error: urllib.error.HTTPError) -> tuple[Answer, str]:
        location = error.headers.get("Location", "")
        if error.code in (301, 302, 303, 307, 308) and location:
            leads = quote(location, safe=SAFE + "()", encoding="latin-1")  # as http.client reads it
            return Answer(address, error.code), leads
        if error.code in (304, 404, 410):
            return _answer(address, error.code, error.headers, b""), ""
        if error.code == 429 or error.code >= 500:
            silent = HostSilent if error.code in (429, 503) else PageSilent  # too many requests, or the whole is down
            raise silent(
                f"{urlsplit(address).netloc} cannot answer now ({error.code})", "nothing was changed; try again later"
            )
        raise WellreadError(f"the host refuses it ({error.code})", "open it in a browser, save it, and import the file")


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirect by itself."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


class _Deadline:
    """Cuts connections off when their time is over, however slowly a host goes on."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._timers: list[threading.Timer] = []

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        for timer in self._timers:
            timer.cancel()

    def watch(self, connection: socket.socket) -> None:
        timer = threading.Timer(self._seconds, _cut_off, [connection])
        timer.daemon = True
        timer.start()
        self._timers.append(timer)

    def connections(self, kind: Any) -> Any:
        """A kind of connections that this watches from their beginning."""
        deadline = self

        class Connection(kind):  # type: ignore[misc]
            def connect(self) -> None:
                super().connect()
                deadline.watch(self.sock)

        return Connection


class _Http(urllib.request.HTTPHandler):
    def __init__(self, deadline: _Deadline) -> None:
        super().__init__()
        self._deadline = deadline

    def http_open(self, request: urllib.request.Request) -> Any:
        return self.do_open(self._deadline.connections(http.client.HTTPConnection), request)


class _Https(urllib.request.HTTPSHandler):
    def __init__(self, deadline: _Deadline) -> None:
        super().__init__()
        self._deadline = deadline

    def https_open(self, request: urllib.request.Request) -> Any:
        return self.do_open(self._deadline.connections(http.client.HTTPSConnection), request)


def _cut_off(connection: socket.socket) -> None:
    with suppress(OSError):  # it may be closed already
        connection.shutdown(socket.SHUT_RDWR)


def _read(response: Any, most: int, cut: bool) -> bytes:
    """The body of an answer, unpacked; raises WellreadError where it is too large, unless it is to be cut."""
    packed = response.headers.get("Content-Encoding", "").lower() in ("gzip", "deflate")
    unpack = zlib.decompressobj(47) if packed else None
    pieces: list[bytes] = []
    size = 0
    while size <= most and (piece := response.read1(65_536)):
        if unpack is not None:
            piece = unpack.decompress(piece, most + 1 - size)
        pieces.append(piece)
        size += len(piece)
    if size > most and not cut:
        raise WellreadError(f"it is larger than {most:,} bytes", "divide it, or import its parts")
    expected = response.headers.get("Content-Length", "")
    if not packed and expected.isdecimal() and len(expected) < 12 and size < min(int(expected), most):
        raise ConnectionError("it broke off")
    return b"".join(pieces)[:most]


def _answer(address: str, status: int, headers: Message, body: bytes) -> Answer:
    return Answer(
        address,
        status,
        body,
        headers.get_content_type() if headers.get("Content-Type") else "",
        str(headers.get_param("charset") or "") if headers.get("Content-Type") else "",
        headers.get("ETag", ""),
        headers.get("Last-Modified", ""),
    )
