"""What every request to the API passes: who may ask, how much and how often; and what is counted and logged of it."""

from __future__ import annotations

import hmac
import time
from collections import OrderedDict
from collections.abc import Callable
from http import HTTPStatus
from ipaddress import IPv6Address, ip_address, ip_network

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wellread import metrics
from wellread.api.library import Library
from wellread.api.log import log_error, log_request
from wellread.api.problems import Problem, unavailable
from wellread.errors import WellreadError
from wellread.page.access import Access

LARGEST = 16 * 1024
"""Bytes that a request's body may have: a question of 1,000 characters takes 6,000 at most, as JSON escapes them."""

CLIENTS = 10_000
"""Addresses whose rates are remembered, those seen last: about 2 MB."""

HEADERS = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
}
"""Of every response that says nothing else: it is data, to be shown or run by nobody."""


class Rates:
    """How many requests each address may still make: as many at once as in a minute (a token bucket)."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str, rate: int) -> float:
        """Take one request of an address; gives the seconds until it may make another, 0 where it may make this."""
        now = self._clock()
        left, then = self._left.pop(client, (float(rate), now))
        left = min(float(rate), left + (now - then) * rate / 60)
        enough = left >= 1
        self._left[client] = (left - enough, now)
        if len(self._left) > CLIENTS:
            self._left.popitem(last=False)
        return 0.0 if enough else (1 - left) * 60 / rate


class Observer:
    """Counts every request and writes a line of JSON about it: its route, never what is asked."""

    def __init__(self, app: ASGIApp, library: Library) -> None:
        self._app = app
        self._library = library

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Find the generation being served, pass the request on, and note what came of it."""
        if scope["type"] == "websocket":  # nothing here speaks it
            await send({"type": "websocket.close", "code": 1008})
            return
        began, status = time.perf_counter(), 0
        state = scope.setdefault("state", {})
        try:
            state["served"] = await run_in_threadpool(self._library.served)
        except WellreadError as error:
            log_error(error)
            state["served"] = unavailable(error)

        async def with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                given = {name.lower() for name, _ in message["headers"]}
                more = [(k.encode(), v.encode()) for k, v in HEADERS.items() if k.encode() not in given]
                message = {**message, "headers": [*message["headers"], *more]}
            await send(message)

        try:
            await self._app(scope, receive, with_headers)
        except Exception as error:
            log_error(error)
            if status:
                raise  # half an answer went out: the connection must end
            problem = Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "Something went wrong here.")
            await problem.response()(scope, receive, with_headers)
        finally:
            self._note(scope, status, time.perf_counter() - began)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("endpoint"), "__name__", "none")
        metrics.count_request(route, status)
        log_request(route=route, method=scope["method"], status=status, seconds=round(seconds, 4))


class Origins(CORSMiddleware):
    """CORS for the web sites that the library allows, as they are when a request comes."""

    def __init__(self, app: ASGIApp, library: Library) -> None:
        super().__init__(
            app,
            allow_methods=["GET", "POST"],
            allow_headers=["authorization", "content-type", "if-none-match"],
            expose_headers=["etag", "retry-after"],
        )
        self._library = library

    def is_allowed_origin(self, origin: str) -> bool:
        """Tell whether a web site's pages may read what is answered."""
        return self._library.allows(origin)


class Protection:
    """Refuses what comes under foreign names, from foreign sites, without the token, too often or in too many bytes."""

    def __init__(self, app: ASGIApp, library: Library, access: Access, token: str) -> None:
        self._app = app
        self._library = library
        self._access = access
        self._token = token.encode()
        self._rates = Rates()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer what is wrong with it."""
        headers = Headers(scope=scope)
        try:
            self._check(scope, headers)
            body = await _body(receive, headers)
        except Problem as problem:
            await problem.response()(scope, receive, send)
            return
        await self._app(scope, _once(body, receive), send)

    def _check(self, scope: Scope, headers: Headers) -> None:
        host, origins = headers.get("host", ""), headers.getlist("origin")
        if "transfer-encoding" in headers and "content-length" in headers:
            detail = (
                "A request says in one way where it ends: a proxy may see the end elsewhere, and hide another in it."
            )
            raise Problem(HTTPStatus.BAD_REQUEST, detail, {"connection": "close"})
        if not self._access.knows(host):
            detail = "The API is not known under this name. Those who run it can add the name to WELLREAD_HOSTS."
            raise Problem(HTTPStatus.MISDIRECTED_REQUEST, detail)
        if not all(self._library.allows(origin) or self._access.is_own(origin, host) for origin in origins):
            raise Problem(HTTPStatus.FORBIDDEN, "This web site may not use the API.")
        if scope["path"].removeprefix(scope.get("root_path", "")) == "/health":
            return  # asked by what watches the server
        if self._token and not hmac.compare_digest(_bearer(headers), self._token):
            detail = "Send the header Authorization: Bearer TOKEN with the token of this server."
            raise Problem(HTTPStatus.UNAUTHORIZED, detail, {"www-authenticate": "Bearer"})
        served = scope["state"]["served"]
        if isinstance(served, Problem):
            return
        wait = self._rates.wait(client_of(scope), served.settings.api.rate)
        if wait:
            detail = f"More than {served.settings.api.rate} requests a minute came from this address."
            raise Problem(HTTPStatus.TOO_MANY_REQUESTS, detail, {"retry-after": str(int(wait) + 1)})


def _bearer(headers: Headers) -> bytes:
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip().encode() if scheme.lower() == "bearer" else b""


def client_of(scope: Scope) -> str:
    """The address of who asks; of IPv6 the network, of which everybody has addresses without number."""
    host = (scope.get("client") or ("", 0))[0]
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return host
    return str(ip_network(f"{address}/64", strict=False)) if isinstance(address, IPv6Address) else host


async def _body(receive: Receive, headers: Headers) -> bytes:
    """The whole body; raises Problem where it ends early or has too many bytes, before more of them are read."""
    too_large = Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"A request may have {LARGEST:,} bytes.")
    announced = headers.get("content-length", "0")
    if announced.isdecimal() and int(announced[:20]) > LARGEST:
        raise too_large
    body: bytes = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Problem(HTTPStatus.REQUEST_TIMEOUT, "The request has not come whole.")
        body += message.get("body", b"")
        if len(body) > LARGEST:
            raise too_large
        if not message.get("more_body", False):
            return body


def _once(body: bytes, receive: Receive) -> Receive:
    """A body that was read already, then what else comes."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
