"""The API as an application: its addresses, what every request passes, and how errors are answered."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from functools import lru_cache
from http import HTTPStatus
from importlib.metadata import version
from importlib.resources import files
from typing import Any

import yaml
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from wellread.api import handlers
from wellread.api.library import Library
from wellread.api.log import log_error
from wellread.api.problems import Problem, unavailable
from wellread.api.protection import Observer, Origins, Protection
from wellread.api.widget import script
from wellread.errors import WellreadError
from wellread.page import words
from wellread.page.access import access

PATH, VERSION = "/api", "/v1"
"""Where the API stands on a server, and this form of it."""

TOKEN = "WELLREAD_API_TOKEN"  # noqa: S105 - the name of the variable, not what it holds
"""The variable of the environment that holds the token which every request must then bring."""


def create_server(library: Library, base_path: str = "") -> Starlette:
    """The API below the path that a proxy puts before; raises WellreadError where the settings are wrong."""
    base = base_path.strip("/")
    server = Starlette(routes=[Mount(f"/{base}{PATH}{VERSION}" if base else f"{PATH}{VERSION}", create_api(library))])
    # It would send whoever asks to an address with the name in their `Host`, at which nobody looks here.
    server.router.redirect_slashes = False
    return server


def create_api(library: Library) -> Starlette:
    """The API over a library, by the settings in the environment; raises WellreadError where they are wrong."""
    api = Starlette(
        routes=[
            Route("/ask", handlers.ask, methods=["GET", "POST"]),
            Route("/helped", handlers.helped, methods=["POST"]),
            Route("/articles", handlers.articles),
            Route("/articles/{id:path}", handlers.article),
            Route("/passages/{id:path}", handlers.passage),
            Route("/suggest", handlers.suggest),
            Route("/health", handlers.health),
            Route("/metrics", handlers.figures),
            Route("/openapi.json", description),
            Route("/widget.js", widget),
        ],
        middleware=[
            Middleware(Observer, library=library),
            Middleware(Origins, library=library),
            Middleware(Protection, library=library, access=access(), token=os.environ.get(TOKEN, "")),
        ],
        exception_handlers=_HANDLERS,
    )
    api.router.redirect_slashes = False
    return api


def description(request: Request) -> Response:
    """Describe the API in OpenAPI 3.1."""
    return Response(
        _description(request.scope.get("root_path", "")),
        media_type="application/json",
        headers={"cache-control": "no-cache"},
    )


def widget(request: Request) -> Response:
    """Give the script of the search for other web sites' pages, which any of them may load."""
    headers = {"cache-control": "max-age=3600", "cross-origin-resource-policy": "cross-origin"}
    served = request.state.served
    usual = words.ENGLISH if isinstance(served, Problem) else served.settings.page.language
    return Response(script(usual), media_type="text/javascript", headers=headers)


@lru_cache(maxsize=4)
def _description(root: str) -> bytes:
    described = yaml.safe_load(files("wellread.api").joinpath("openapi.yaml").read_bytes())
    described["info"]["version"] = version("wellread")
    described["servers"] = [{"url": root or "/"}]
    return json.dumps(described, ensure_ascii=False).encode()


def _answer_problem(request: Request, error: Problem) -> Response:
    return error.response()


def _answer_http(request: Request, error: HTTPException) -> Response:
    """Answer what Starlette refuses: an address that is none, a method that an address has not."""
    details = {404: "There is nothing at this address.", 405: "This address does not take that method."}
    return Problem(
        HTTPStatus(error.status_code), details.get(error.status_code, error.detail), error.headers
    ).response()


def _answer_wellread(request: Request, error: WellreadError) -> Response:
    log_error(error)
    return unavailable(error).response()


_HANDLERS: dict[Any, Callable[[Request, Any], Response]] = {
    Problem: _answer_problem,
    HTTPException: _answer_http,
    WellreadError: _answer_wellread,
}
