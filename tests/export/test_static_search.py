"""The word search of exported pages: its data, and the search itself in a browser, opened from the disk."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import PHONE, chromium, violations
from conftest import HashEncoder
from playwright.sync_api import Browser, Page, expect

from wellread.datatypes import Article, Block, Section
from wellread.export import search
from wellread.export.search import SearchFiles
from wellread.export.site import export
from wellread.publishing.policy import Policy
from wellread.publishing.publish import publish

ARTICLES = {
    "chilblains.md": "# Chilblains\n\nChilblains are itchy swellings.\n\n## Treatment\n\nWarm the feet slowly.\n",
    "frostbite.md": "# Frostbite\n\n## Feet and hands\n\nNever rub cold feet.\n\n## Treatment\n\nSee a nurse.\n",
    "étourdi.md": "# Étourdissement &amp; &lt;i&gt;\n\n## Über die Straße\n\nStraße.\n",
    "dongchuang.md": "---\nlanguage: zh\n---\n# 冻疮\n\n## 治疗\n\n慢慢暖脚。\n\n## 预防ﾜｸﾁﾝ\n\nข้อ दर्द 독감은\n",
}


def shard(content: bytes) -> object:
    found = re.fullmatch(rb'wellreadSearch\("[a-z0-9-]+",(.*)\);\n', content)
    assert found is not None
    return json.loads(found[1])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("static")
    (folder / "kb").mkdir()
    for name, text in ARTICLES.items():
        (folder / "kb" / name).write_text(text, encoding="utf-8")
    (folder / "kb" / "wellread.toml").write_text('[safety]\nemergency_number = "144"\n')
    publish(folder / "kb", folder / "index", HashEncoder(), policy=Policy())
    # Small shards, as a large library has many of them.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "WORDS_A_SHARD", 3)
        patch.setattr(search, "SECTIONS_A_SHARD", 2)
        export(folder / "index", folder / "site")
    return folder / "site"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def page(browser: Browser, site: Path) -> Iterator[Page]:
    """The list of all articles, opened from the disk; in the end, nothing outside of the folder was asked for."""
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]})
    opened = context.new_page()
    complaints: list[str] = []
    context.on("request", lambda request: None if request.url.startswith(site.as_uri()) else complaints.append("net"))
    context.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto((site / "index.html").as_uri())
    yield opened
    context.close()
    assert complaints == []


def finds(page: Page, words: str, *sections: str) -> None:
    page.get_by_role("searchbox").fill(words)
    expect(page.locator("#search li")).to_have_text(list(sections))


def test_sections_are_named_and_every_word_of_them_leads_there() -> None:
    files = SearchFiles()
    blocks = (Block("paragraph", "Rest the foot.", 3),)
    files.add(
        Article("gout", "Gout", (Section(("Gout",), "gout", (), 1), Section(("Care",), "care", blocks, 2)), "", "")
    )
    written = dict(files.written())
    assert shard(written["search/sections-0.js"]) == [
        ["articles/gout.html", "Gout", ""], ["articles/gout.html#care", "Gout", "Care"]
    ]  # fmt: skip
    words = shard(written["search/words-0.js"])
    assert isinstance(words, dict)
    assert list(words) == ["care", "foot", "gout", "rest", "the"]
    # "foot" is once in one of two sections: ln(1 + 1.5 / 1.5) = 0.693; both have 2 * 3 = 6 and 2 * 3 + 3 = 9 words, 7.5
    # in the mean: 0.693 * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 9 / 7.5)) = 0.640, ten times of which is 6.
    assert words["foot"] == [1, 6]
    assert shard(written["search/about.js"]) == {"firstWords": ["care"], "sectionsAShard": 100}


def test_the_same_articles_give_the_same_bytes_in_any_run() -> None:
    def written() -> dict[str, bytes]:
        files = SearchFiles()
        for number in range(30):
            blocks = (Block("paragraph", f"Word {number} and other words, wording, worded.", 1),)
            files.add(Article(f"a{number}", f"T{number}", (Section(("H",), "h", blocks, 1),), "", ""))
        return dict(files.written())

    assert written() == written()


def test_words_are_found_from_the_disk_those_with_most_of_them_first(page: Page) -> None:
    finds(page, "feet treatment ", "Chilblains: Treatment", "Frostbite: Treatment", "Frostbite: Feet and hands")
    expect(page.get_by_role("status")).to_have_text("3 sections have these words.")
    page.get_by_role("link", name="Frostbite: Feet and hands").click()
    expect(page.get_by_role("heading", name="Feet and hands")).to_be_in_viewport()


def test_a_word_is_found_while_it_is_typed_and_with_another_ending(page: Page) -> None:
    finds(page, "chil", "Chilblains", "Chilblains: Treatment")
    finds(page, "frostbitten ", "Frostbite: Treatment", "Frostbite: Feet and hands")


def test_case_and_accents_do_not_count_and_no_text_is_markup(page: Page) -> None:
    finds(page, "ETOURDISSEMENT", "Étourdissement & <i>: Über die Straße")
    finds(page, "xyz")
    finds(page, "strasse", "Étourdissement & <i>: Über die Straße")


@pytest.mark.parametrize(
    ("words", "section"),
    [
        ("脚怎么暖和 ", "冻疮: 治疗"),
        ("ワクチン接種 ", "冻疮: 预防ﾜｸﾁﾝ"),
        ("ปวดข้อ ", "冻疮: 预防ﾜｸﾁﾝ"),
        ("दर्द ", "冻疮: 预防ﾜｸﾁﾝ"),
        ("독감 ", "冻疮: 预防ﾜｸﾁﾝ"),
    ],
)
def test_words_are_found_where_no_spaces_stand_between_them(page: Page, words: str, section: str) -> None:
    finds(page, words, section)


def test_what_is_not_there_is_said(page: Page) -> None:
    finds(page, "zzzz")
    none = "No article has these words. Try others, or look through the list below."
    expect(page.get_by_role("status")).to_have_text(none)
    page.get_by_role("searchbox").fill(" ")
    expect(page.get_by_role("status")).to_be_empty()


def test_it_says_that_it_is_a_word_search_and_whom_to_call(browser: Browser, site: Path) -> None:
    page = browser.new_page(viewport={"width": PHONE[0], "height": PHONE[1]})
    page.goto((site / "index.html").as_uri())
    expect(page.get_by_text("It does not answer questions, and notices no emergency.")).to_be_visible()
    expect(page.get_by_text("In an emergency, call 144.")).to_be_visible()
    finds(page, "cold", "Frostbite: Feet and hands")
    assert violations(page) == []
    assert not scrolls_sideways(page)
    page.close()


def test_without_scripts_the_list_stays_as_it_was(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    expect(page.get_by_role("searchbox")).to_be_hidden()
    page.get_by_role("link", name="Frostbite").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Frostbite")
    context.close()


def scrolls_sideways(page: Page) -> bool:
    wider: bool = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return wider
