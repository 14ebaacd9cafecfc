"""What is wrong with a request, or with the server, as RFC 9457 writes it: application/problem+json."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus

from starlette.responses import Response

from wellread.errors import IndexDamaged, IndexMissing, ModelError, WellreadError

MEDIA_TYPE = "application/problem+json"

_TROUBLE: Mapping[type[WellreadError], str] = {
    IndexMissing: "There is nothing to search yet: no article has been published.",
    IndexDamaged: "The articles cannot be searched now: their index is damaged.",
    ModelError: "Questions cannot be answered now: the model cannot be used.",
}


class Problem(Exception):
    """A request that gets no answer: its HTTP status, the reason in words, and headers that belong to the refusal."""

    def __init__(self, status: HTTPStatus, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status, detail)
        self.status = status
        self.detail = detail
        self.headers = dict(headers or {})

    def response(self) -> Response:
        """The response that says so; a client does not keep it."""
        body = {"type": "about:blank", "title": self.status.phrase, "status": self.status, "detail": self.detail}
        headers = {"cache-control": "no-store", **self.headers}
        return Response(json.dumps(body), self.status, headers, media_type=MEDIA_TYPE)


def bad_request(detail: str) -> Problem:
    """A problem of what was sent: 400."""
    return Problem(HTTPStatus.BAD_REQUEST, detail)


def not_found(detail: str) -> Problem:
    """Nothing of that name: 404."""
    return Problem(HTTPStatus.NOT_FOUND, detail)


def unavailable(error: WellreadError) -> Problem:
    """A problem of the server: 503, without the paths and commands that its own log has."""
    detail = next((words for kind, words in _TROUBLE.items() if isinstance(error, kind)), "This cannot be done now.")
    return Problem(HTTPStatus.SERVICE_UNAVAILABLE, detail, {"retry-after": "60"})
