"""A real browser at a real server for the tests; run by Streamlit, this file is the page with its answers staged."""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect, sync_playwright
from serving import free_port

from wellread.datatypes import (
    Answer,
    Article,
    Block,
    Hit,
    Link,
    Passage,
    SafetyCard,
    Scores,
    Section,
    Sentence,
    State,
    UrgentSign,
)
from wellread.settings import PageSettings, Settings
from wellread.text.languages import language_of, only_in

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync "
    "--no-first-run"
).split()
PHONE, DESKTOP = (390, 844), (1280, 900)
PATIENCE = 60_000  # milliseconds: the first question waits for the model

expect.set_options(timeout=30_000)

Scheme = Literal["light", "dark"]


class Server:
    """`streamlit run` on a free port of this machine."""

    def __init__(
        self, script: Path, index: Path, log: Path, prepare: Callable[[str], object] = lambda address: None
    ) -> None:
        port = free_port()
        self.address = f"http://127.0.0.1:{port}/"
        prepare(self.address)
        self.index = index
        self.log = log
        command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
        environment = os.environ | {"WELLREAD_INDEX": str(index), "PYTHONPATH": str(ROOT)}
        with log.open("wb") as out:
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out)

    def wait(self) -> None:
        """Return once the server answers."""
        until = time.monotonic() + 60
        while time.monotonic() < until and self.process.poll() is None:
            try:
                with urllib.request.urlopen(self.address + "_stcore/health", timeout=5):
                    return
            except OSError:
                time.sleep(0.05)  # between two polls
        pytest.fail(f"the server did not start:\n{self.log.read_text()}")

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(20)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; a test that needs it fails where it is missing."""
    if not CHROMIUM.exists():
        pytest.fail(f"{CHROMIUM} is missing: install Debian's package, apt-get install -y chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Visit:
    """One person's browser at a server; whatever the page should not do is noted in `complaints`."""

    def __init__(self, browser: Browser, server: Server, size: tuple[int, int] = PHONE, scheme: Scheme = "light"):
        self.server = server
        self.complaints: list[str] = []
        self.context: BrowserContext = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme=scheme
        )
        self.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.context.on("request", self._hear_request)
        self.context.on("console", self._hear_console)
        self.page = self.open()

    def open(self, address: str = "") -> Page:
        """Open the page in a new tab, as somebody would who got the link."""
        page = self.context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("dialog", lambda dialog: self.complaints.append(f"dialog: {dialog.message}"))
        page.goto(self.server.address + address)
        expect(page.locator(".wr-disclaimer")).to_be_visible(timeout=PATIENCE)
        expect(page.locator("#wr-first")).to_have_count(0, timeout=PATIENCE)
        return page

    def ask(self, question: str) -> None:
        # The page knows what Enter does once it has named its form.
        expect(self.page.get_by_role("search")).to_be_visible(timeout=PATIENCE)
        self.page.get_by_label("Your question").fill(question)
        self.page.keyboard.press("Enter")

    def close(self) -> None:
        self.context.close()
        assert self.complaints == []

    def _hear_request(self, request: Request) -> None:
        if not request.url.startswith((self.server.address, f"blob:{self.server.address}", "data:")):
            self.complaints.append(f"request to another host: {request.url}")

    def _hear_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"console: {message.text}")


def in_sight(page: Page, selector: str) -> bool:
    """Tell whether an element is wholly inside the window, and nothing lies over its middle."""
    found: bool = page.evaluate(
        """selector => {
            const element = document.querySelector(selector), box = element.getBoundingClientRect();
            const over = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
            return box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.right <= innerWidth &&
                box.height > 0 && element.contains(over);
        }""",
        selector,
    )
    return found


def scrolls_sideways(page: Page) -> bool:
    wider: bool = page.evaluate(
        """() => [document.documentElement, document.querySelector(".stMain")]
            .some(element => element.scrollWidth > element.clientWidth)"""
    )
    return wider


def violations(page: Page) -> list[str]:
    """What axe finds, every rule at every level; nothing is excluded."""
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']} ({rule['impact']}): {node['html']}" for rule in found for node in rule["nodes"]]


HOSTILE = "<img src=x onerror=alert(1)> [x](javascript:alert(1)) $x$ :red[x] **b** </mark><script>alert(1)</script> 😀"
LONG_WORD = "pneumonoultramicroscopicsilicovolcanoconiosis" * 4


def staged_articles(many: int) -> dict[str, Article]:
    """An article with everything in it that an article can hold, and many small ones."""
    blocks = (
        Block("paragraph", f"{HOSTILE} {LONG_WORD}", 1),
        Block("item", "Outer bullet.", 3, "•"),
        Block("item", "Inner bullet.", 4, "•", 1),
        Block("item", "First step.", 6, "1."),
        Block("row", "Name | Dose", 8, cells=("Name", "Dose")),
        Block("row", f"Salt | {LONG_WORD}", 10, cells=("Salt", LONG_WORD)),
        Block("paragraph", "See this page for more.", 12, links=(Link(4, 13, "https://other.example/?a=1&b=2"),)),
    )
    arabic = (Block("paragraph", "راجع الطبيب إذا استمر الألم.", 20), Block("item", "ألم شديد", 21, "•"))
    help_blocks = (
        Block("paragraph", "Get help if it lasts.", 30),
        Block("item", "Your lips turn blue.", 32, "•"),
        Block("item", LONG_WORD, 33, "•"),
    )
    sections = (
        Section((f"What is {HOSTILE}?",), "what", blocks, 1),
        Section((f"What is {HOSTILE}?", "متى تراجع الطبيب؟"), "arabic", arabic, 20),
        Section(("When to get help",), "help", help_blocks, 30),
    )
    hostile = Article(
        "hostile",
        f"About {HOSTILE}",
        sections,
        "hostile.md",
        "",
        "Ask a nurse first.\nThen ask a doctor.",
        "https://other.example/source",
        "en",
        date(2026, 3, 12),
        date(2027, 3, 12),
    )
    small = (
        Article(
            f"a{n}",
            f"{chr(65 + n % 26)} condition {n}",
            (Section((f"What is condition {n}?",), "w", (Block("paragraph", "It is one.", 1),), 1),),
            f"{n}.md",
            "",
        )
        for n in range(many)
    )
    return {article.id: article for article in (hostile, *small)}


def whole(section: Section) -> tuple[Sentence, ...]:
    """Each block of a section as one sentence."""
    return tuple(Sentence(number, 0, len(block.text)) for number, block in enumerate(section.blocks))


class StagedSearcher:
    """Answers by the first word of the question with the state of that name; `warm` lasts while a file is there.

    Other words of the question stage what else is said: "overdose" the safety card, "now" and "soon" an urgent notice
    of either level, "misread" how the question was read, "two" a passage of a second article; "held" waits while that
    file is there. What is not in English is told so.
    """

    def __init__(self, index: Path, generation: str) -> None:
        self.generation = generation
        self.reranker = None
        self._hold = index / "hold"
        self._articles = staged_articles(int((index / "many").read_text()))
        self.settings = Settings(page=PageSettings(feedback=(index / "feedback").exists()))
        self.articles = tuple(replace(article, sections=()) for article in self._articles.values())

    def article(self, name: str) -> Article | None:
        return self._articles.get(name)

    def warm(self) -> None:
        while self._hold.exists():
            time.sleep(0.02)

    def ask(self, question: str, k: int = 5) -> Answer:
        article = self._articles["hostile"]
        passages = [
            Passage(f"hostile#{s.anchor}", "hostile", article.title, s.path, s.anchor, s.blocks, whole(s), 2, 3)
            for s in article.sections
        ]
        again = [
            Passage("again#help", "hostile", f"Again {HOSTILE}", (HOSTILE,), "help", article.sections[0].blocks, ()),
            Passage("again#arabic", "hostile", "Again", ("متى",), "arabic", article.sections[1].blocks, ()),
        ]
        scores = Scores(0.624, 0.711, 3.24, 0.653, 0.587)
        word, *more = question.split()
        if "held" in more:
            self.warm()
        signs = {
            "now": UrgentSign(Sentence(1, 0, 20), "emergency"),
            "soon": UrgentSign(Sentence(2, 0, len(LONG_WORD)), "doctor"),
        }
        sign = next((signs[also] for also in more if also in signs), None)
        has_notice = word == "urgent" or sign is not None
        better = passages[2] if has_notice else passages[0]
        hits = (
            *(Hit(passage, Sentence(0, 0, 12), scores) for passage in passages[:2]),
            Hit(passages[2], Sentence(0, 0, 12), Scores(0.1, 0.2, 0.0, 0.1)),
            *(Hit(passage, None, scores) for passage in self._second(more)),
            *(Hit(passage, Sentence(0, 0, 12), scores, better.id) for passage in again),
        )
        if word == "error":
            raise RuntimeError(f"cannot answer {question}")
        states: dict[str, State] = {"closest": "closest", "nothing": "not_covered"}
        misread = "misread" in more
        return Answer(
            question,
            states.get(word, "answered"),
            0.5,
            article.disclaimer,
            self.generation,
            passages[2] if has_notice else None,
            hits,
            corrections=(("misread", f"missed <b> {LONG_WORD}"),) if misread else (),
            urgent_sign=sign,
            expansions=(("misread", ("hypertension", "raised <b> pressure")),) if misread else (),
            safety=SafetyCard("overdose", f"Call 999 now. {HOSTILE} {LONG_WORD}") if "overdose" in more else None,
            language_note=only_in(language_of(question) or "", "en") or "",
        )

    def _second(self, words: list[str]) -> list[Passage]:
        sections = self._articles["a1"].sections if "two" in words else ()
        return [
            Passage(f"a1#{s.anchor}", "a1", self._articles["a1"].title, s.path, s.anchor, s.blocks, whole(s), 2, 3)
            for s in sections
        ]


if __name__ == "__main__":
    from wellread.index import layout, readers
    from wellread.search import opening

    for module in (layout, readers):
        vars(module)["current_generation"] = lambda index: (index / "CURRENT").read_text()
    vars(opening)["open_searcher"] = lambda index, generation: StagedSearcher(index, generation)
    runpy.run_path(str(ROOT / "app.py"), run_name="__main__")
