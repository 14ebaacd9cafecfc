"""<wellread-search> in a page of another web site: every part of an answer, for eyes, keyboard and screen reader."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import uvicorn
from browser import StagedSearcher, chromium, violations
from playwright.sync_api import Browser, Page, expect

from wellread.api.app import create_server
from wellread.api.library import Library, Served
from wellread.api.widget import script
from wellread.settings import ApiSettings, PageSettings, Settings

SIZES = [(390, 844), (1280, 900)]
SITE = """<!doctype html>
<html lang="{lang}"><head><title>A clinic</title>
<meta http-equiv="Content-Security-Policy"
 content="default-src 'self'; script-src {server}; connect-src {server}; style-src 'self'; img-src data:">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="site.css"><script src="{server}/api/v1/widget.js" defer></script></head>
<body><main><h1>The clinic</h1><wellread-search{more}></wellread-search></main></body></html>
"""
FOREIGN_STYLE = "* { color: #fefefe; background: #fff; font-size: 8px } input { display: none } h1 { color: #111 }"


class StagedLibrary(Library):
    """Serves the staged answers of `browser` to the pages of one site."""

    def __init__(self, index: Path, origin: str) -> None:
        super().__init__(index)
        self._staged = Served.__new__(Served)
        self._staged.searcher = StagedSearcher(index, "0" * 16)  # type: ignore[assignment]
        self._staged.generation, self._staged.since = "0" * 16, 0.0
        self._staged.settings = Settings(api=ApiSettings((origin,)), page=PageSettings(feedback=True))
        self._staged.by_id = {article.id: article for article in self._staged.searcher.articles}
        self._staged.ask = lambda question, k: self._staged.searcher.ask(question, k)  # type: ignore[method-assign]

    def served(self) -> Served:
        self._served = self._staged
        return self._staged


@contextmanager
def site(folder: Path) -> Iterator[str]:
    """A web site of its own origin that serves a folder."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@contextmanager
def api(index: Path, origin: str) -> Iterator[str]:
    app = create_server(StagedLibrary(index, origin))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    folder = tmp_path_factory.mktemp("site")
    (folder / "many").write_text("0")
    with site(folder) as clinic, api(folder, clinic) as server:
        (folder / "site.css").write_text(FOREIGN_STYLE)
        for lang, name in {"en": "index", "ar": "ar", "de-AT": "de", "fr": "fr", "": "none"}.items():
            (folder / f"{name}.html").write_text(SITE.format(server=server, more="", lang=lang))
        (folder / "exported.html").write_text(SITE.format(server=server, more=' articles="health"', lang="en"))
        (folder / "own.html").write_text(SITE.format(server=server, more=' lang="es"', lang="de"))
        yield clinic, server


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def visit(browser: Browser, address: str, size: tuple[int, int] = SIZES[0]) -> tuple[Page, list[str]]:
    page = browser.new_context(viewport={"width": size[0], "height": size[1]}).new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    page.goto(address)
    return page, complaints


def ask(page: Page, question: str) -> None:
    page.get_by_label("Your question").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".wr-disclaimer")).to_be_visible()


def test_script_is_one_small_file() -> None:
    assert len(gzip.compress(script("en"))) < 30_000


@pytest.mark.parametrize("size", SIZES)
def test_all_parts_stand_in_the_order_of_the_page_and_axe_finds_nothing(
    browser: Browser, sites: tuple[str, str], size: tuple[int, int]
) -> None:
    page, complaints = visit(browser, sites[0], size)
    assert violations(page) == []
    ask(page, "urgent overdose now misread")
    parts = ".wr-safety, .wr-urgent, .wr-verdict, .wr-card, .wr-disclaimer"
    shown = page.locator(parts).evaluate_all("found => found.map(element => element.classList[0])")
    assert shown == ["wr-safety", "wr-urgent", "wr-verdict", "wr-card", "wr-card", "wr-disclaimer"]
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert "Emergency." in (page.locator("[role=status]").text_content() or "")
    assert page.evaluate("document.querySelector('wellread-search').shadowRoot.activeElement.id") == "wr-answer"
    assert complaints == []


@pytest.mark.parametrize("question", ["closest", "nothing", "answered", "soon soon"])
def test_disclaimer_is_with_every_answer(browser: Browser, sites: tuple[str, str], question: str) -> None:
    page, complaints = visit(browser, sites[0])
    ask(page, question)
    expect(page.locator(".wr-disclaimer")).to_contain_text("General information, not advice about you.")
    cards = page.locator(".wr-card")
    assert cards.filter(has_text="Ask a nurse first.").count() == cards.count()
    assert violations(page) == []
    assert complaints == []


def test_whole_section_stands_in_place_of_its_excerpt(browser: Browser, sites: tuple[str, str]) -> None:
    page, _ = visit(browser, sites[0])
    ask(page, "answered")
    card = page.locator(".wr-card").filter(has=page.locator(".wr-excerpt")).first
    expect(card.locator(".wr-excerpt")).to_be_visible()
    card.locator(".wr-all > summary").click()
    expect(card.locator(".wr-all > .wr-text")).to_be_visible()
    expect(card.locator(".wr-excerpt")).to_be_hidden()


def test_keyboard_alone_asks_and_reads(browser: Browser, sites: tuple[str, str]) -> None:
    page, _ = visit(browser, sites[0])
    page.keyboard.press("Tab")
    page.keyboard.type("answered")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".wr-verdict")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('wellread-search').shadowRoot.activeElement.tagName") == "A"


def test_who_says_that_it_did_not_help_is_told_whom_to_ask(browser: Browser, sites: tuple[str, str]) -> None:
    page, complaints = visit(browser, sites[0])
    ask(page, "answered")
    no = page.get_by_role("button", name="No, it did not help")
    with page.expect_response("**/api/v1/helped") as heard:
        no.press("Enter")
    assert (heard.value.status, heard.value.request.post_data_json) == (204, {"question": "answered", "helped": False})
    said = "Thank you. Ask a doctor, nurse or pharmacist if you are not sure."
    expect(page.locator("[role=status]")).to_have_text(said)
    expect(page.get_by_role("group", name="Did this help?").get_by_text(said)).to_be_visible()
    expect(no).to_be_focused()
    assert violations(page) == []
    assert complaints == []


def test_links_lead_to_the_servers_page_or_to_exported_ones(browser: Browser, sites: tuple[str, str]) -> None:
    clinic, server = sites
    page, _ = visit(browser, clinic)
    ask(page, "answered")
    first = page.locator(".wr-card .wr-more").first
    assert first.evaluate("link => link.href") == f"{server}/?article=hostile&section=what"
    page, _ = visit(browser, f"{clinic}/exported.html")
    ask(page, "answered")
    first = page.locator(".wr-card .wr-more").first
    assert first.evaluate("link => link.href") == f"{clinic}/health/articles/hostile.html#what"


def test_site_that_is_not_allowed_gets_no_answer(browser: Browser, sites: tuple[str, str]) -> None:
    other = sites[0].replace("127.0.0.1", "localhost")
    page, _ = visit(browser, other)
    page.get_by_label("Your question").fill("answered")
    page.keyboard.press("Enter")
    expect(page.locator(".answer")).to_have_text("This did not work. Please try again later.")
    expect(page.locator(".wr-card")).to_have_count(0)
    assert violations(page) == []


def test_trouble_is_said_in_place_of_the_answer_before(browser: Browser, sites: tuple[str, str]) -> None:
    page, _ = visit(browser, sites[0])
    ask(page, "answered")
    page.get_by_label("Your question").fill("error")
    page.keyboard.press("Enter")
    expect(page.locator(".answer")).to_have_text("This did not work. Please try again later.")
    page.get_by_label("Your question").fill(" ")
    page.keyboard.press("Enter")
    expect(page.locator(".answer")).to_have_text("Type a question first")


SPOKEN = {
    "ar": ("ar", "rtl", "سؤالك", "بحث", "تنبيه"),
    "de": ("de", "ltr", "Ihre Frage", "Suchen", "Hinweis"),
}
"""By page: language and direction of the search, the words at its box, and of a part that the server draws."""


def spoken(page: Page) -> tuple[str, str]:
    """The language and the direction of the search."""
    language, direction = page.locator("wellread-search .frame").evaluate(
        "frame => [frame.lang, getComputedStyle(frame).direction]"
    )
    return language, direction


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", SPOKEN)
def test_search_speaks_the_language_of_the_page_around_it(
    browser: Browser, sites: tuple[str, str], name: str, size: tuple[int, int]
) -> None:
    language, direction, label, button, disclaimer = SPOKEN[name]
    page, complaints = visit(browser, f"{sites[0]}/{name}.html", size)
    assert spoken(page) == (language, direction)
    page.get_by_label(label, exact=True).fill("urgent overdose now misread")
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_role("region", name=disclaimer, exact=True)).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert complaints == []


def test_elements_own_language_comes_first_and_the_librarys_where_there_is_none_to_follow(
    browser: Browser, sites: tuple[str, str]
) -> None:
    page, _ = visit(browser, f"{sites[0]}/own.html")
    assert spoken(page) == ("es", "ltr")
    for name in ("fr", "none"):
        page.goto(f"{sites[0]}/{name}.html")
        assert spoken(page) == ("en", "ltr")
    page.route("**/widget.js", lambda route: route.fulfill(body=script("ar"), content_type="text/javascript"))
    page.goto(f"{sites[0]}/none.html")
    assert spoken(page) == ("ar", "rtl")


def test_readers_own_language_is_spoken_where_the_library_says_so(browser: Browser, sites: tuple[str, str]) -> None:
    page = browser.new_context(locale="hi-IN").new_page()
    page.route("**/widget.js", lambda route: route.fulfill(body=script("browser"), content_type="text/javascript"))
    page.goto(f"{sites[0]}/none.html")
    assert spoken(page) == ("hi", "ltr")


def test_trouble_is_said_in_that_language_too(browser: Browser, sites: tuple[str, str]) -> None:
    page, _ = visit(browser, f"{sites[0]}/de.html")
    page.get_by_label("Ihre Frage").press("Enter")
    expect(page.locator(".answer")).to_have_text("Geben Sie zuerst eine Frage ein")
    page.get_by_label("Ihre Frage").fill("error")
    page.keyboard.press("Enter")
    expect(page.locator(".answer")).to_have_text("Das hat nicht geklappt. Bitte versuchen Sie es später noch einmal.")


def test_page_that_changes_its_language_is_followed(browser: Browser, sites: tuple[str, str]) -> None:
    page, complaints = visit(browser, f"{sites[0]}/own.html")
    page.locator("wellread-search").evaluate("search => { search.lang = 'hi' }")
    page.get_by_label("आपका सवाल").fill("answered")
    page.evaluate("document.documentElement.lang = 'ar'")
    page.locator("wellread-search").evaluate("search => search.removeAttribute('lang')")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="تنبيه")).to_be_visible()
    assert complaints == []
