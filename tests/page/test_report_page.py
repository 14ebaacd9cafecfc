"""The report in the app: for those who run it, and no part of the page for anybody else."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import drawn
import pytest
from browser import DESKTOP, PHONE, Server, Visit, chromium, in_sight, scrolls_sideways, violations
from conftest import ROOT
from drawn import html
from evaluated import asked, outcome, system
from playwright.sync_api import Browser, expect
from streamlit.testing.v1 import AppTest

from wellread.datatypes import DEFAULT_DISCLAIMER
from wellread.evaluation.comparison import sentence
from wellread.evaluation.report.page import report
from wellread.evaluation.results import TestbedResult

TITLE = "Evaluation report"


@pytest.fixture(scope="module")
def index(seed_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped article's index, with a report."""
    copy = tmp_path_factory.mktemp("measured") / "index"
    shutil.copytree(seed_index, copy)
    folder = copy / "evaluation" / "published" / "report"
    folder.mkdir(parents=True)
    food = TestbedResult("food", 2, (system("default", asked("p", "a", grades={"a": 3})),))
    (folder / "report.html").write_text(report(outcome(food), sentence), encoding="utf-8")
    return copy


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch, fresh_page: None) -> AppTest:
    monkeypatch.setenv("WELLREAD_REPORT", "1")
    return drawn.page()


class TestTheSetting:
    def test_leads_to_the_report(self, app: AppTest, seed_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("WELLREAD_INDEX", str(seed_index))
        assert f'<a href="?report=1">{TITLE}</a>' in html(app.run())

    @pytest.mark.parametrize("setting", ["", "0", "no"])
    def test_is_needed(self, app: AppTest, seed_index: Path, monkeypatch: pytest.MonkeyPatch, setting: str) -> None:
        monkeypatch.setenv("WELLREAD_INDEX", str(seed_index))
        monkeypatch.setenv("WELLREAD_REPORT", setting)
        app.query_params["report"] = "1"
        app.run()
        assert TITLE not in html(app)
        assert len(app.text_area) == 1  # the page where people ask

    def test_without_a_report_says_how_to_have_one(
        self, app: AppTest, seed_index: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("WELLREAD_INDEX", str(seed_index))
        app.query_params["report"] = "1"
        drawn = html(app.run())
        assert f">{TITLE}</h1>" in drawn
        assert "wellread evaluate" in drawn
        assert DEFAULT_DISCLAIMER in drawn
        assert len(app.text_area) == 0


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def server(index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WELLREAD_REPORT", "1")
        started = Server(ROOT / "app.py", index, tmp_path_factory.mktemp("server") / "log")
    try:
        started.wait()
        yield started
    finally:
        started.stop()


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=str)
def test_the_report_is_read_whole_on_a_phone_and_on_a_desk(
    browser: Browser, server: Server, size: tuple[int, int]
) -> None:
    visit = Visit(browser, server, size)
    page = visit.open()
    page.get_by_role("link", name=TITLE).click()
    frame = page.frame_locator(f"iframe[title='{TITLE}']")
    expect(frame.get_by_role("heading", name="Evaluation of retrieval")).to_be_visible()
    expect(page.get_by_role("heading", level=1, name=TITLE)).to_be_visible()
    last = frame.get_by_role("heading", name="To have it again")
    last.scroll_into_view_if_needed()
    expect(last).to_be_visible()
    assert not scrolls_sideways(page)
    assert in_sight(page, ".wr-disclaimer")
    assert violations(page) == []
    page.get_by_role("link", name="Ask a question").click()
    expect(page.get_by_role("textbox")).to_be_visible()
    # What Chromium has to say about the attributes that Streamlit gives its iframes.
    noise = ("console: Unrecognized feature", "console: An iframe which has both allow-scripts and allow-same-origin")
    visit.complaints = [complaint for complaint in visit.complaints if not complaint.startswith(noise)]
    visit.close()
