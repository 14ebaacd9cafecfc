"""The first screen: words before Streamlit's scripts have come and without them, and the scripts compressed."""

from __future__ import annotations

import gzip
import re
import threading
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from wellread.errors import IndexDamaged
from wellread.page.first_screen import FirstScreen
from wellread.page.searcher import serving_searcher

STREAMLIT = (
    '<html><head><title>Streamlit</title><link rel="preload" href="x.woff2" as="font" crossorigin /></head><body>'
    '<noscript>Not for people</noscript><div id="root"></div></body></html>'
)
SCRIPT = "let words = 'many';\n" * 200


@pytest.fixture
def asked() -> list[str]:
    """What Streamlit was asked for, with the encodings that it may answer in."""
    return []


def client(index: Path, asked: list[str]) -> TestClient:
    def page(request: Request) -> Response:
        asked.append(request.headers.get("accept-encoding", ""))
        return HTMLResponse(STREAMLIT)

    def script(request: Request) -> Response:
        asked.append(request.url.path)
        return PlainTextResponse(SCRIPT, headers={"cache-control": "immutable"})

    st.cache_resource.clear()
    routes = [Route("/", page), Route("/static/js/a.js", script), Route("/_stcore/health", script)]
    return TestClient(FirstScreen(Starlette(routes=routes), index))


def test_title_disclaimer_and_emergency_stand_before_the_scripts(seed_index: Path, asked: list[str]) -> None:
    answer = client(seed_index, asked).get("/")
    assert asked == [""]  # uncompressed, to be read here
    assert answer.headers["content-encoding"] == "gzip"
    html = answer.text
    assert "<title>Wellread</title>" in html
    assert "woff2" not in html
    assert "Not for people" not in html
    first, _, after = html.partition('<div id="root">')
    assert after.startswith("</div></body>")
    assert "<strong>In an emergency, call your local emergency number.</strong>" in first
    assert (
        '<p class="bar"><strong>Important:</strong> you should ask your doctor before taking this medicine</p>' in first
    )
    assert '<li><a href="plain/neurological-spasms">neurological spasms: causes' in first.partition("<noscript>")[2]


def test_articles_are_opened_when_the_server_begins(
    tmp_path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = threading.Event()
    monkeypatch.setattr("wellread.page.first_screen.serving_searcher", lambda index: opened.set())
    with client(tmp_path, asked):
        assert opened.wait(10)
    assert asked == []


def test_screen_is_there_without_an_index_too(tmp_path: Path, asked: list[str]) -> None:
    html = client(tmp_path / "none", asked).get("/").text
    assert "Important:</strong> you should ask your doctor" in html


def test_article_is_a_plain_page(seed_index: Path, asked: list[str]) -> None:
    page = client(seed_index, asked).get("/plain/neurological-spasms")
    assert page.status_code == 200
    assert re.findall(r"<script[^>]*>", page.text) == ['<script type="application/ld+json">']  # data, not run
    assert '<section id="causes"><h2' in page.text
    assert '<a href="/?articles=all">All articles</a>' in page.text
    assert client(seed_index, asked).get("/plain/none<b>").status_code == 404
    assert asked == []


def test_plain_page_of_a_damaged_file_is_refused_in_words(
    seed_index: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(name: str) -> None:
        raise IndexDamaged("passages.sqlite: has 0 bytes", "publish again")

    browser = client(seed_index, asked)
    monkeypatch.setattr(serving_searcher(seed_index), "article", damaged)
    page = browser.get("/plain/neurological-spasms")
    assert page.status_code == 503
    assert "<h1>The articles cannot be searched now</h1>" in page.text
    assert "passages.sqlite" not in page.text


def test_plain_page_says_its_own_words_in_the_readers_language(
    seed_index: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = client(seed_index, asked)
    searcher = serving_searcher(seed_index)
    of_the_browser = replace(searcher.settings, language="browser")
    monkeypatch.setattr(searcher, "library_settings", replace(searcher.library_settings, page=of_the_browser))
    german = {"accept-language": "de-AT,de;q=0.9,en;q=0.5"}
    page = browser.get("/plain/neurological-spasms", headers=german)
    assert '<strong lang="de">Wichtig:</strong> <span dir="auto">you should ask your doctor' in page.text
    missing = browser.get("/plain/none", headers=german)
    assert "<h1>Diesen Artikel haben wir nicht</h1>" in missing.text


def test_scripts_are_compressed_once_and_nothing_else_is_touched(seed_index: Path, asked: list[str]) -> None:
    browser = client(seed_index, asked)
    with browser.stream("GET", "/static/js/a.js") as answer:
        sent = b"".join(answer.iter_raw())
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.headers["vary"] == "Accept-Encoding"
        assert answer.headers["cache-control"] == "immutable"
    assert gzip.decompress(sent).decode() == SCRIPT
    assert len(sent) < len(SCRIPT) / 10
    plain = browser.get("/static/js/a.js", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.text == browser.get("/_stcore/health").text == SCRIPT
