"""The API in the page's own process: made at its first request, so that the page comes up no later for it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.routing import Mount

from wellread.page.guard import base_path

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from wellread.publishing.standby import Standing
    from wellread.search.searcher import Searcher


def routes(default_index: Path) -> list[Mount]:
    """What `streamlit.starlette.App` is to serve besides the page, over the page's index and with its searcher."""
    base = base_path()
    return [Mount(f"/{base}/api" if base else "/api", app=_Late(default_index))]


class _Late:
    """The API as an application that is made when it is first asked for."""

    def __init__(self, default_index: Path) -> None:
        self._default_index = default_index
        self._app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if self._app is None:
            self._app = _app(Path(os.environ.get("WELLREAD_INDEX") or self._default_index))
        await self._app(scope, receive, send)


def _app(index: Path) -> ASGIApp:
    from starlette.routing import Router

    from wellread.api.app import VERSION, create_api
    from wellread.api.library import Library

    return Router([Mount(VERSION, app=create_api(Library(index, _pages_searcher)))], redirect_slashes=False)


def _pages_searcher(index: Path) -> tuple[Standing, Searcher]:
    from wellread.page.searcher import serving_searcher

    opened = serving_searcher(index)
    return opened.standing, opened.searcher
