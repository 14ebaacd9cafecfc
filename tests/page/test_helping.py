""" "Did this help?" on the page: off unless the library wants it, heard as it is seen, counted where that is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import drawn
import pytest
from browser import DESKTOP, PHONE, ROOT, Server, Visit, chromium, scrolls_sideways, violations
from drawn import ask, html, published_article
from playwright.sync_api import expect
from streamlit.testing.v1 import AppTest

from wellread.encoders.sentence_transformer import SentenceTransformerEncoder
from wellread.insights import recording
from wellread.insights.recording import recorder
from wellread.insights.reports import Count, read_insights
from wellread.insights.store import Tally

ARTICLE = "# Chilblains\n\n## What helps against chilblains?\n\nWarm the feet slowly and wear dry socks.\n"
ASKS = '[page]\nfeedback = true\nwhom_to_ask = "Ring the clinic: 0123."\n'
QUESTION = "What helps against chilblains?"
YES, NO = "Yes, it helped", "No, it did not help"

pytestmark = pytest.mark.usefixtures("fresh_page")


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("WELLREAD_INDEX", str(tmp_path / "index"))
    yield tmp_path / "index"
    recording._recorders.clear()


def published(index: Path, encoder: SentenceTransformerEncoder, settings: str) -> AppTest:
    published_article(index.parent, "chilblains.md", ARTICLE, encoder, settings)
    return ask(drawn.page().run(), QUESTION)


def labels(page: AppTest) -> list[str]:
    return [button.label for button in page.button if button.label in (YES, NO)]


def press(page: AppTest, label: str) -> str:
    """Press a button; returns all HTML that is drawn then."""
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception
    return html(page)


def test_nothing_is_asked_unless_the_library_wants_it(index: Path, encoder: SentenceTransformerEncoder) -> None:
    assert labels(published(index, encoder, "")) == []


def test_who_says_no_is_told_whom_to_ask(index: Path, encoder: SentenceTransformerEncoder) -> None:
    page = published(index, encoder, ASKS)
    assert labels(page) == [YES, NO]
    assert "Thank you. Ring the clinic: 0123." in press(page, NO)
    assert labels(page) == [YES, NO]  # the focus stays where it is
    ask(page, "which socks against chilblains?")
    assert "Thank you" not in html(page)


def test_nothing_is_kept_where_the_library_counts_nothing(index: Path, encoder: SentenceTransformerEncoder) -> None:
    page = published(index, encoder, ASKS)
    before = sorted((file, file.stat().st_mtime_ns) for file in index.rglob("*"))
    assert "Ring the clinic" not in press(page, YES)
    assert sorted((file, file.stat().st_mtime_ns) for file in index.rglob("*")) == before
    assert recording._recorders == {}


def test_what_is_said_is_counted_once_where_the_library_counts(
    index: Path, encoder: SentenceTransformerEncoder
) -> None:
    page = published(index, encoder, f"{ASKS}[insights]\non = true\n")
    for label in (NO, YES, NO):
        press(page, label)
    recorder(index).settle()
    assert read_insights(index, datetime.now(UTC).date()).counts == (
        Count("answered", "Chilblains", "chilblains", Tally(1, 0, 1)),
    )


def test_a_question_that_is_only_drawn_again_is_not_counted_again(
    index: Path, encoder: SentenceTransformerEncoder
) -> None:
    page = published(index, encoder, "[insights]\non = true\n")
    page.run()
    page.run()
    page.query_params["q"] = QUESTION  # a copied link
    page.run()
    recorder(index).settle()
    assert read_insights(index, datetime.now(UTC).date()).counts[0].tally == Tally(1)


def test_in_the_browser_it_is_announced_and_fits(tmp_path: Path) -> None:
    (tmp_path / "many").write_text("3")
    (tmp_path / "CURRENT").write_text("first")
    (tmp_path / "feedback").touch()
    server = Server(ROOT / "tests" / "browser.py", tmp_path, tmp_path / "log")
    try:
        server.wait()
        with chromium() as started:
            for size in (PHONE, DESKTOP):
                visit = Visit(started, server, size)
                page = visit.page
                visit.ask("answered well")
                expect(page.locator("#wr-answer-1")).to_be_focused()
                no = page.get_by_role("button", name=NO)
                no.focus()
                page.keyboard.press("Enter")
                said = "Thank you. Ask a doctor, nurse or pharmacist if you are not sure."
                expect(page.locator(".st-key-wr-behaviour [role=status]")).to_have_text(said)
                expect(page.locator(".st-key-wr-helped").get_by_text(said)).to_be_visible()
                expect(no).to_be_focused()
                assert page.locator(".st-key-wr-helped button").evaluate_all(
                    "buttons => buttons.every(button => button.offsetHeight >= 44)"
                )
                assert violations(page) == []
                assert not scrolls_sideways(page)
                visit.close()
    finally:
        server.stop()
