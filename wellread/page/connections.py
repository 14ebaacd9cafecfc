"""Ends connections over which a request comes too slowly, or over which nobody takes the answer.

uvicorn waits for ever: who opens connections and sends a byte now and then could hold all that the system allows.
"""

from __future__ import annotations

import asyncio

import h11
from uvicorn.config import HTTP_PROTOCOLS
from uvicorn.protocols.http.h11_impl import H11Protocol

REQUEST_SECONDS, BYTES_A_SECOND = 20.0, 500
"""A request has come after so many seconds, and one more for each so many bytes: as Apache's mod_reqtimeout has it."""

ANSWER_SECONDS = 60.0
"""Seconds in which something of an answer must be taken: as nginx's send_timeout has it."""

_COMING = (h11.IDLE, h11.SEND_BODY)
"""What h11 calls a client that has not sent its headers yet, or not its whole body."""


class LimitedProtocol(H11Protocol):
    """HTTP/1.1 as uvicorn speaks it, with limits for how slowly a client may send and take."""

    _deadline: asyncio.TimerHandle | None = None
    _stalled: asyncio.TimerHandle | None = None
    _since = 0.0
    _received = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._stop()
        self.resume_writing()
        super().connection_lost(exc)

    def handle_events(self) -> None:
        """Read what came, or is left of it, and wait for the rest if that is no whole request."""
        super().handle_events()
        if self.transport.get_protocol() is not self or self.conn.their_state not in _COMING:
            self._stop()  # a websocket from now on, or a request that has come
        elif self._deadline is None:
            self._wait()

    def data_received(self, data: bytes) -> None:
        """Count and read what came."""
        self._received += len(data)
        super().data_received(data)

    def pause_writing(self) -> None:
        """Begin to wait until the client takes what was sent."""
        super().pause_writing()
        self._look_at_answer(-1)

    def resume_writing(self) -> None:
        """Wait no longer: the client has taken what was sent."""
        super().resume_writing()
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None

    def _wait(self) -> None:
        self._since, self._received = self.loop.time(), 0
        self._deadline = self.loop.call_later(REQUEST_SECONDS, self._look_at_request)

    def _stop(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _look_at_request(self) -> None:
        if self.flow.read_paused:  # what it sent is not read yet: the delay is ours
            self._wait()
            return
        until = self._since + REQUEST_SECONDS + self._received / BYTES_A_SECOND
        if until > self.loop.time():
            self._deadline = self.loop.call_at(until, self._look_at_request)
        else:
            self._deadline = None
            self.transport.abort()

    def _look_at_answer(self, left: int) -> None:
        """End the connection if nothing was taken since `left` bytes were to be sent; -1 at the beginning."""
        size = self.transport.get_write_buffer_size()
        if size == left:
            self.transport.abort()
        else:
            self._stalled = self.loop.call_later(ANSWER_SECONDS, self._look_at_answer, size)


def limit_connections() -> None:
    """Have every server that uvicorn starts from now on in this process keep to the limits, Streamlit's too."""
    HTTP_PROTOCOLS["auto"] = f"{LimitedProtocol.__module__}:{LimitedProtocol.__name__}"
