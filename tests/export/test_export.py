"""Articles as plain pages: every word, the anchors of their passages, the same bytes each time."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from browser import chromium, violations
from conftest import HashEncoder
from served import published

from wellread.cli.main import main
from wellread.datatypes import DEFAULT_DISCLAIMER
from wellread.errors import WellreadError
from wellread.export.pages import page_file
from wellread.export.site import RECORD, export
from wellread.index.layout import current_generation
from wellread.index.reader import Reader
from wellread.page.words import gettext
from wellread.publishing.policy import Policy
from wellread.publishing.publish import publish

LONG = "\n\n".join(f"Day {n} of the walk goes past the {n}th mill, and the path is dry there." for n in range(1, 30))
MILLS = f"""---
title: 'Walks & "mills" </script>'
source: https://mills.example/?a=1&b=2
last_reviewed: 2025-01-02
next_review: 2025-02-02
disclaimer: Ask the miller.
---

# Walks

## The long way

{LONG}

- Boots
- A hat

## Costs

| Mill | Price |
|---|---|
| First | 2 |
"""


@pytest.fixture
def index(tmp_path: Path) -> Path:
    kb = tmp_path / "kb"
    kb.mkdir()
    (kb / "mills.md").write_text(MILLS, encoding="utf-8")
    publish(kb, tmp_path / "index", HashEncoder(), policy=Policy())
    return tmp_path / "index"


def files(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def words(html: str) -> list[str]:
    return unescape(re.sub(r"<[^>]*>", " ", html)).split()


def test_same_articles_give_the_same_bytes(index: Path, tmp_path: Path) -> None:
    export(index, tmp_path / "a", "https://www.example.org/health")
    export(index, tmp_path / "b", "https://www.example.org/health/")
    export(index, tmp_path / "b", "https://www.example.org/health/")
    assert files(tmp_path / "a") == files(tmp_path / "b")
    search = {f"search/{name}.js" for name in ("about", "search", "sections-0", "words-0")}
    assert set(files(tmp_path / "a")) == {
        "articles/mills.html", "index.html", "sitemap.xml", "style.css", RECORD, *search
    }  # fmt: skip


def test_every_passage_is_found_by_its_id_and_no_word_is_lost(index: Path, tmp_path: Path) -> None:
    export(index, tmp_path / "site")
    html = (tmp_path / "site/articles/mills.html").read_text(encoding="utf-8")
    reader = Reader(index, current_generation(index))
    ids = [reader.passage(row).id.partition("#")[2] for row in range(reader.passage_count)]
    assert len([anchor for anchor in ids if anchor.startswith("long-way.")]) > 1
    assert re.findall(r' id="([^"]*)"', html) == ["walks", *ids]  # a heading without text of its own is no passage
    main_part = html[html.index("</nav><section") : html.index("</main>")]
    article = reader.article("mills")
    assert article is not None
    wanted = [
        word
        for section in article.sections
        for text in (section.heading, *(block.text.replace(" | ", " ") for block in section.blocks))
        for word in text.split()
    ]
    assert words(main_part) == wanted


def test_search_engines_are_told_what_is_known(index: Path, tmp_path: Path) -> None:
    export(index, tmp_path / "site", "https://www.example.org/health")
    html = (tmp_path / "site/articles/mills.html").read_text(encoding="utf-8")
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    told = json.loads(data)
    assert told.pop("dateModified")
    assert told == {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "name": 'Walks & "mills" </script>',
        "inLanguage": "en",
        "url": "https://www.example.org/health/articles/mills.html",
        "lastReviewed": "2025-01-02",
        "isBasedOn": "https://mills.example/?a=1&b=2",
    }
    listed = ElementTree.fromstring((tmp_path / "site/sitemap.xml").read_bytes())
    assert [address.text for address in listed.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")] == [
        "https://www.example.org/health/articles/mills.html"
    ]
    assert html.count("<script") == 1


def test_disclaimer_and_review_dates_are_on_the_page_whatever_the_day(index: Path, tmp_path: Path) -> None:
    export(index, tmp_path / "site")
    html = (tmp_path / "site/articles/mills.html").read_text(encoding="utf-8")
    assert "Ask the miller." in html
    assert "2 January 2025" in html
    assert "2 February 2025" in html
    assert "overdue" not in html
    assert "Ask the miller." in (tmp_path / "site/index.html").read_text(encoding="utf-8")


ARABIC = "---\nlanguage: ar\n---\n\n# الدوار\n\nاجلس فورًا.\n\n## متى\n\nعند الوقوف.\n\n## كم\n\nدقيقة.\n"


@pytest.mark.parametrize(
    ("language", "listed", "mills", "dizziness"),
    [
        ("browser", "All articles", "All articles", "كل المقالات"),
        ("de", "Alle Artikel", "Alle Artikel", "Alle Artikel"),
    ],
)
def test_pages_speak_the_librarys_language_or_that_of_the_article(
    tmp_path: Path, language: str, listed: str, mills: str, dizziness: str
) -> None:
    kb = tmp_path / "kb"
    kb.mkdir()
    (kb / "mills.md").write_text(MILLS, encoding="utf-8")
    (kb / "dizziness.md").write_text(ARABIC, encoding="utf-8")
    (kb / "wellread.toml").write_text(f'[page]\nlanguage = "{language}"\ndisclaimer = "Ring us first."\n')
    publish(kb, tmp_path / "index", HashEncoder(), policy=Policy())
    export(tmp_path / "index", tmp_path / "site")
    html = {name: file.decode() for name, file in files(tmp_path / "site").items() if name.endswith(".html")}
    assert f"<h1>{listed}</h1>" in html["index.html"]
    assert f">{mills}</a></header>" in html["articles/mills.html"]
    assert f">{dizziness}</a></header>" in html["articles/dizziness.html"]
    assert '<html lang="ar" dir="rtl">' in html["articles/dizziness.html"]
    for page in html.values():
        assert '<span dir="auto">Ring us first.</span>' in page
    assert '<span dir="auto">Ask the miller.</span>' in html["articles/mills.html"]
    assert gettext("All articles") == "All articles"  # in this process


def test_page_of_an_article_that_is_gone_goes_too(tmp_path: Path) -> None:
    index = published(tmp_path)
    first = export(index, tmp_path / "site")
    assert (first.articles, (tmp_path / "site/articles/rest/sleep.html").is_file()) == (2, True)
    assert DEFAULT_DISCLAIMER in (tmp_path / "site/articles/rest/sleep.html").read_text(encoding="utf-8")
    assert 'href="../../index.html"' in (tmp_path / "site/articles/rest/sleep.html").read_text(encoding="utf-8")
    (tmp_path / "kb/sleep.md").unlink()
    publish(tmp_path / "kb", index, HashEncoder(), policy=Policy(allow_shrink=True))
    assert export(index, tmp_path / "site").removed == ("articles/rest/sleep.html",)
    assert not (tmp_path / "site/articles/rest").exists()


def test_folder_with_other_files_is_left_alone(index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home/letter.txt").write_text("mine")
    assert main(["export", str(tmp_path / "home"), "--index", str(index)]) == 1
    assert "holds files that are no export of articles; nothing was written" in capsys.readouterr().err
    assert files(tmp_path / "home") == {"letter.txt": b"mine"}
    (tmp_path / "home/letter.txt").unlink()
    (tmp_path / "home" / RECORD).write_text('{"files": ["../kb/mills.md"]}')
    export(index, tmp_path / "home")
    assert (tmp_path / "kb/mills.md").is_file()


def test_id_leads_nowhere_out_of_the_folder() -> None:
    assert page_file("../../etc/passwd") == "articles/%2E%2E/%2E%2E/etc/passwd.html"
    assert page_file("heart/angina.v2") == "articles/heart/angina.v2.html"


@pytest.mark.parametrize("address", ["www.example.org", "https://", "https://a.example/?q=1"])
def test_address_that_is_none_is_refused(index: Path, tmp_path: Path, address: str) -> None:
    with pytest.raises(WellreadError, match="is not an address"):
        export(index, tmp_path / "site", address)
    assert not (tmp_path / "site").exists()


def test_page_is_read_from_the_disk_without_javascript_by_everybody(index: Path, tmp_path: Path) -> None:
    export(index, tmp_path / "site")
    with chromium() as browser:
        for size in ((390, 844), (1280, 900)):
            page = browser.new_context(viewport={"width": size[0], "height": size[1]}).new_page()
            page.goto((tmp_path / "site/index.html").as_uri())
            assert violations(page) == []
            page.get_by_role("link", name="Walks").click()
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        reader = browser.new_context(java_script_enabled=False).new_page()
        reader.goto((tmp_path / "site/articles/mills.html").as_uri() + "#costs")
        assert reader.get_by_role("heading", name="Costs").is_visible()
        assert reader.get_by_text("Ask the miller.").is_visible()
