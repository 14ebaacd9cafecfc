"""What a browser shows before Streamlit's scripts have come, and without them; and the scripts, compressed.

On a slow connection the scripts take many seconds. Meanwhile, the title, the disclaimer and what to do in an emergency
stand on the screen; without JavaScript also the list of articles, each as a plain page.
"""

from __future__ import annotations

import gzip
import os
import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import unquote

from markupsafe import Markup

from wellread.errors import WellreadError
from wellread.page import words
from wellread.page.bar import UNKNOWN
from wellread.page.guard import base_path
from wellread.page.links import shelf_href
from wellread.page.plain import STYLE as PLAIN_STYLE
from wellread.page.plain import Place, plain_page
from wellread.page.rendering import render
from wellread.page.searcher import PageSearcher, serving_searcher
from wellread.page.shelf import in_order
from wellread.publishing.history import last_published, read_history
from wellread.settings import Settings

if TYPE_CHECKING:
    from starlette.middleware import Middleware
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

Made = TypeVar("Made")

PLAIN = "plain"
"""The path below which each article stands as a plain page."""

LISTED = 500
"""Articles listed at most on the first screen, which everybody loads: their titles are some 15 kB, compressed."""

_LEVEL = 6
"""Of gzip for scripts: level 9 takes twice as long for 0.3 % less, while the first reader waits."""

_STYLE = Path(__file__).parent / "first_screen.css"
_FONT = re.compile(r'<link\s+rel="preload"[^>]*?as="font"[^>]*?/>', re.DOTALL)
_NOSCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_COMPRESSED = (".js", ".css", ".svg")


class FirstScreen:
    """Puts the first screen into Streamlit's page, answers plain pages, and compresses Streamlit's scripts."""

    def __init__(self, app: ASGIApp, index: Path) -> None:
        self._app = app
        self._index = index
        self._scripts: dict[str, bytes] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on; when the server begins, open the articles for the first of them."""
        if scope["type"] == "lifespan":
            threading.Thread(target=self._searcher, name="open-articles", daemon=True).start()
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        heard = dict(scope["headers"])
        path, gzipped = _path_of(scope), b"gzip" in heard.get(b"accept-encoding", b"")
        wanted = heard.get(b"accept-language", b"").decode("latin-1")
        if not path:
            html = await _body(self._app, _uncompressed(scope), receive)
            await _answer(send, 200, await _in_thread(self._with_first_screen, html, wanted), gzipped)
        elif path.startswith(f"{PLAIN}/"):
            status, page = await _in_thread(self._plain_page, unquote(path.removeprefix(f"{PLAIN}/")), wanted)
            await _answer(send, status, page, gzipped)
        elif path.startswith("static/") and path.endswith(_COMPRESSED) and gzipped:
            await self._app(scope, receive, self._compressing(path, send))
        else:
            await self._app(scope, receive, send)

    def _with_first_screen(self, html: bytes, wanted: str) -> bytes:
        searcher = self._searcher()
        if searcher:
            searcher.warm()  # while the browser loads Streamlit's scripts
        articles = in_order(searcher.articles) if searcher else []
        settings = searcher.library_settings if searcher else Settings()
        _speak(settings, wanted)
        bar = searcher.bar if searcher else UNKNOWN
        screen = render(
            "first_screen.html",
            "screen",
            bar=bar,
            emergency_number=settings.safety.emergency_number,
            articles=articles[:LISTED],
            plain=PLAIN,
        )
        text = _NOSCRIPT.sub("", _FONT.sub("", html.decode()))
        text = text.replace("<title>Streamlit</title>", f"<title>Wellread</title><style>{_style()}</style>")
        return text.replace('<div id="root">', f'{screen}<div id="root">').encode()

    def _plain_page(self, name: str, wanted: str) -> tuple[int, bytes]:
        searcher = self._searcher()
        _speak(searcher.library_settings if searcher else Settings(), wanted)
        try:
            article = searcher.article(name) if searcher else None
        except WellreadError:  # the log says why
            return 503, _message(words.gettext("The articles cannot be searched now"))
        if searcher is None or article is None:
            return 404, _message(words.gettext("We do not have this article"))
        published = last_published(read_history(self._index)).get(article.id)
        head = Markup("<style>{}</style>").format(Markup(PLAIN_STYLE.read_text(encoding="utf-8")))  # noqa: S704
        base = base_path()
        shelf = f"/{base}/{shelf_href()}" if base else f"/{shelf_href()}"
        place = Place(shelf, head, disclaimer=searcher.settings.disclaimer)
        return 200, plain_page(article, place, published.date() if published else None)

    def _searcher(self) -> PageSearcher | None:
        try:
            return serving_searcher(self._index)
        except WellreadError:
            return None  # said in the page itself, with what mends it

    def _compressing(self, path: str, send: Send) -> Send:
        started: list[Message] = []
        pieces: list[bytes] = []

        async def compress(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.append(message)
                return
            pieces.append(message.get("body", b""))
            if message.get("more_body"):
                return
            start, body = started[0], b"".join(pieces)
            if start["status"] == 200:
                if path not in self._scripts:
                    self._scripts[path] = await _in_thread(gzip.compress, body, _LEVEL)
                body = self._scripts[path]
                kept = [(name, value) for name, value in start["headers"] if name.lower() != b"content-length"]
                about = [(b"content-encoding", b"gzip"), (b"vary", b"Accept-Encoding")]
                start = {**start, "headers": [*kept, *about, (b"content-length", b"%d" % len(body))]}
            await send(start)
            await send({"type": "http.response.body", "body": body})

        return compress


def first_screen(default_index: Path) -> list[Middleware]:
    """What `streamlit.starlette.App` is to pass requests through, over the index that main() shows."""
    from starlette.middleware import Middleware

    return [Middleware(FirstScreen, index=Path(os.environ.get("WELLREAD_INDEX") or default_index))]


def _speak(settings: Settings, wanted: str) -> None:
    """Say the page's words in the reader's language; `wanted` is what the browser asks for."""
    words.use(words.chosen(settings.page.language, words.accepted(wanted)))


def _path_of(scope: Scope) -> str:
    """The path of a request below that of the page."""
    base = base_path()
    path = str(scope["path"]).strip("/")
    return path.removeprefix(base).strip("/") if path == base or path.startswith(f"{base}/") or not base else path


def _uncompressed(scope: Scope) -> Scope:
    left = [
        (name, value)
        for name, value in scope["headers"]
        if name not in (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")
    ]
    return {**scope, "headers": left}


async def _body(app: ASGIApp, scope: Scope, receive: Receive) -> bytes:
    """What an application answers, whole."""
    pieces: list[bytes] = []

    async def collect(message: Message) -> None:
        pieces.append(message.get("body", b""))

    await app(scope, receive, collect)
    return b"".join(pieces)


async def _answer(send: Send, status: int, html: bytes, gzipped: bool) -> None:
    body = gzip.compress(html) if gzipped else html
    about = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", b"%d" % len(body)),
        (b"cache-control", b"no-cache"),
        (b"vary", b"Accept-Encoding"),
        *([(b"content-encoding", b"gzip")] if gzipped else []),
    ]
    await send({"type": "http.response.start", "status": status, "headers": about})
    await send({"type": "http.response.body", "body": body})


async def _in_thread(function: Callable[..., Made], *given: object) -> Made:
    from starlette.concurrency import run_in_threadpool

    return await run_in_threadpool(function, *given)


def _message(heading: str) -> bytes:
    """A plain page that says why there is no article."""
    return render("first_screen.html", "message", heading=heading, style=_style()).encode()


def _style() -> Markup:
    return Markup(_STYLE.read_text(encoding="utf-8"))  # noqa: S704 (a file of this package)
