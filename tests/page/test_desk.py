"""The editors' desk in Chromium: from a file that is dropped in to a rollback, by two editors, on desk and tablet."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import DESKTOP, PATIENCE, ROOT, Server, Visit, chromium, scrolls_sideways, violations
from drawn import published_article
from playwright.sync_api import Browser, Page, expect

from wellread.encoders.sentence_transformer import SentenceTransformerEncoder
from wellread.publishing.history import read_history

TABLET = (820, 1180)
TOKENS = {"anna": "a-token-of-anna-1234567890", "ben": "a-token-of-ben-0987654321"}
HICCUPS = "# Hiccups\n\n## What stops hiccups?\n\nSip cold water slowly.\n"
LEAFLET = """<html lang="en"><head><title>Blisters</title></head><body>
<nav><a href="/">Start</a> <a href="/all">All leaflets</a></nav>
<main><h1>Blisters</h1><p>Most blisters heal on their own.</p>
<h2>What helps a blister heal?</h2><p>Cover the blister with a soft plaster.</p></main>
<footer>Printed by the county press</footer></body></html>"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def kb(encoder: SentenceTransformerEncoder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    published_article(folder, "hiccups.md", HICCUPS, encoder, "[desk]\non = true\n")
    return folder / "kb"


@pytest.fixture(scope="module")
def server(kb: Path) -> Iterator[Server]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WELLREAD_DESK_TOKENS", " ".join(f"{name}:{token}" for name, token in TOKENS.items()))
        started = Server(ROOT / "app.py", kb.parent / "index", kb.parent / "log")
    try:
        started.wait()
        yield started
    finally:
        started.stop()


def sign_in(visit: Visit, name: str) -> Page:
    page = visit.open("?desk")
    page.get_by_label("Your token").fill(TOKENS[name])
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"Signed in as {name}")).to_be_visible()
    expect(page.locator(".wr-desk-articles")).to_be_visible()
    return page


def write(page: Page, text: str) -> None:
    page.get_by_label("Text of the article").fill(text)


def check_looks(page: Page) -> None:
    # Streamlit draws a button before its words.
    expect(page.locator(".stButton button").filter(has_not_text=re.compile(r"\S"))).to_have_count(0)
    assert violations(page) == []
    assert not scrolls_sideways(page)


def test_from_a_dropped_file_to_a_rollback(kb: Path, server: Server, browser: Browser) -> None:
    visit = Visit(browser, server, TABLET)
    page = sign_in(visit, "anna")
    check_looks(page)
    page.get_by_role("link", name="Add a file").click()
    leaflet = kb.parent / "Blisters (old).html"
    leaflet.write_text(LEAFLET)
    page.locator("input[type=file]").set_input_files(leaflet)
    expect(page.get_by_label("File name of the article")).to_have_value("blisters-old.md")
    expect(page.get_by_text('left out, navigation: "Start All leaflets"')).to_be_visible()
    expect(page.get_by_text('left out, page footer: "Printed by the county press"')).to_be_visible()
    check_looks(page)
    name = page.get_by_label("File name of the article")
    name.fill("../outside.md")
    name.press("Enter")
    expect(page.get_by_text('"../outside.md" cannot be the name of an article')).to_be_visible()
    name.fill("skin/blisters.md")
    name.press("Enter")
    page.get_by_role("button", name="Make a draft of it").click()

    original = page.get_by_role("group", name="The original’s text")
    expect(original).to_contain_text("Most blisters heal on their own.")
    marked = [" ".join(words.split()) for words in original.locator("mark").all_inner_texts()]
    assert marked == ["Start All leaflets", "Printed by the county press"]
    text = page.get_by_label("Text of the article").input_value()
    assert "## What helps a blister heal?" in text
    page.get_by_text("As readers see it", exact=True).click()
    write(page, text.replace("a soft plaster", "a padded plaster"))
    preview = page.get_by_role("group", name="As readers see it")
    expect(preview).to_contain_text("Cover the blister with a padded plaster.")
    expect(page.get_by_text("Not saved yet.")).to_be_visible()
    page.get_by_role("button", name="Save the draft").click()
    check_looks(page)
    assert [path.name for path in kb.iterdir() if path.name != "wellread.toml"] == ["hiccups.md"]

    page.get_by_role("button", name="Compare, test and publish").click()
    expect(page.get_by_role("heading", name="New: What helps a blister heal?")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("nothing was tested")).to_be_visible()
    page.get_by_label("A question, as readers would ask it").fill("what helps a blister heal?")
    page.keyboard.press("Enter")
    live, draft = page.locator(".st-key-wr-side-now"), page.locator(".st-key-wr-side-then")
    expect(draft).to_contain_text("Cover the blister with a padded plaster.")
    expect(live).to_contain_text("We did not find this in our articles")
    expect(live).not_to_contain_text("padded plaster")
    check_looks(page)
    reader = Visit(browser, server)
    reader.ask("what helps a blister heal?")
    expect(reader.page.get_by_text("We did not find this in our articles")).to_be_visible()
    page.get_by_role("button", name="Publish now").click()
    expect(page.get_by_text("Readers have the text of this publication now.")).to_be_visible(timeout=PATIENCE)
    check_looks(page)
    assert "a padded plaster" in (kb / "skin" / "blisters.md").read_text()
    reader.ask("what helps a blister heal, and how?")
    expect(reader.page.locator(".wr-card").first).to_contain_text("Cover the blister with a padded plaster.")

    page.get_by_role("button", name=re.compile("Go back to this")).click()
    page.get_by_role("button", name="Yes, go back").click()
    expect(page.get_by_text("Went back to an earlier state, by anna Readers have this now")).to_be_visible()
    reader.ask("what helps a blister heal?")
    expect(reader.page.get_by_text("We did not find this in our articles")).to_be_visible()
    reader.close()
    page.get_by_role("link", name="Articles").click()
    row = page.get_by_role("row", name=re.compile("Blisters"))
    expect(row).to_contain_text("Not what readers have")
    history = [(event.action, event.by) for event in read_history(server.index)]
    assert history == [("publish", ""), ("publish", "anna"), ("rollback", "anna")]

    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Your token")).to_be_visible()
    expect(page.locator(".wr-desk-articles")).to_have_count(0)
    visit.close()


def test_second_editor_sees_both_texts_and_overwrites_nothing(kb: Path, server: Server, browser: Browser) -> None:
    anna, ben = Visit(browser, server, DESKTOP), Visit(browser, server, DESKTOP)
    pages = {"anna": sign_in(anna, "anna"), "ben": sign_in(ben, "ben")}
    for page in pages.values():
        page.get_by_role("link", name="Hiccups").click()
        expect(page.get_by_label("Text of the article")).to_have_value(HICCUPS)
    check_looks(pages["anna"])
    write(pages["anna"], HICCUPS.replace("slowly", "in small sips"))
    save = pages["anna"].get_by_role("button", name="Save the draft")
    save.press("Enter")
    expect(pages["anna"].get_by_text("Draft, saved by anna")).to_be_visible()
    expect(pages["anna"].get_by_role("alert")).to_have_text("Saved.")
    expect(save).to_be_focused()
    page = pages["ben"]
    write(page, HICCUPS + "\nBreathe out.\n")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_text("anna saved another draft of this article since you opened it")).to_be_visible()
    changes = page.get_by_role("group", name="Changes")
    expect(changes.locator("del")).to_contain_text("Sip cold water in small sips.")
    expect(changes.locator("ins").last).to_contain_text("Breathe out.")
    check_looks(page)
    page.get_by_role("button", name="Take the other, give mine up").click()
    expect(page.get_by_label("Text of the article")).to_have_value(HICCUPS.replace("slowly", "in small sips"))
    page.get_by_role("button", name="Throw the draft away").click()
    page.get_by_role("button", name="Yes, throw it away for good").click()
    expect(page.get_by_role("row", name=re.compile("Hiccups"))).not_to_contain_text("Draft by")
    assert (kb / "hiccups.md").read_text() == HICCUPS
    anna.close()
    ben.close()


def test_text_that_was_typed_is_still_there_on_the_way_back(server: Server, browser: Browser) -> None:
    visit = Visit(browser, server, DESKTOP)
    page = sign_in(visit, "anna")
    page.get_by_role("link", name="Hiccups").click()
    write(page, "# Hiccups\n")
    expect(page.get_by_text("the article has a title but no text")).to_be_visible()
    page.get_by_role("link", name="What was published").click()
    expect(page.get_by_role("heading", name="What was published")).to_be_visible()
    page.get_by_role("link", name="Articles").click()
    page.get_by_role("link", name="Hiccups").click()
    expect(page.get_by_label("Text of the article")).to_have_value("# Hiccups\n")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("Not saved: hiccups.md. Sign out once more to give that up.")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Your token")).to_be_visible()
    visit.close()


def test_article_is_renamed_taken_out_and_brought_back(kb: Path, server: Server, browser: Browser) -> None:
    hives = "# Hives\n\n## What calms hives?\n\nLay a cool cloth on the skin.\n"
    (kb / "hives.md").write_text(hives)
    (kb / "hiccups.md").write_text(HICCUPS + "\nSee [hives](hives.md).\n")
    visit = Visit(browser, server, TABLET)
    page = sign_in(visit, "anna")
    published = page.get_by_text("Readers have the text of this publication now.")
    page.get_by_role("link", name="Hives").click()
    page.get_by_role("button", name="Rename or take out").click()
    page.get_by_text("Rename it").click()
    name = page.get_by_label("New file name")
    name.fill("hiccups.md")
    name.press("Enter")
    expect(page.get_by_text("there is an article or a draft of this name already")).to_be_visible()
    name.fill("skin/hives.md")
    name.press("Enter")
    expect(page.get_by_text("Its address hives becomes skin/hives.")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text('the link "hives" leads nowhere: there is no article "hives.md"')).to_be_visible()
    check_looks(page)
    page.get_by_role("button", name="Publish now").click()
    expect(published).to_be_visible(timeout=PATIENCE)
    assert [(kb / file).exists() for file in ("hives.md", "skin/hives.md")] == [False, True]

    page.get_by_role("link", name="Articles").click()
    page.get_by_role("link", name="Hives").click()
    page.get_by_role("button", name="Rename or take out").click()
    page.get_by_text("Take it out").click()
    expect(page.get_by_text("articles would go (skin/hives)")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="Yes, go on").click()
    expect(page.get_by_text("A draft of it is kept here")).to_be_visible(timeout=PATIENCE)
    check_looks(page)
    page.get_by_role("button", name="Publish now").click()
    expect(published).to_be_visible(timeout=PATIENCE)
    assert not (kb / "skin" / "hives.md").exists()
    reader = Visit(browser, server)
    reader.ask("what calms hives?")
    expect(reader.page.get_by_role("heading", name="Your question: what calms hives?")).to_be_visible()
    expect(reader.page.get_by_text("Lay a cool cloth on the skin.")).to_have_count(0)

    page.get_by_role("link", name="Articles").click()
    row = page.get_by_role("row", name="skin/hives.md")
    expect(row).to_contain_text("Draft by anna Readers do not have it")
    row.get_by_role("link").click()
    page.get_by_role("button", name="Compare, test and publish").click()
    page.get_by_role("button", name="Publish now").click(timeout=PATIENCE)
    expect(published).to_be_visible(timeout=PATIENCE)
    assert (kb / "skin" / "hives.md").read_text() == hives
    reader.ask("what calms hives, and how?")
    expect(reader.page.locator(".wr-card").first).to_contain_text("Lay a cool cloth on the skin.", timeout=PATIENCE)
    reader.close()
    visit.close()


def test_every_part_is_drawn_where_there_is_nothing_to_tell(server: Server, browser: Browser) -> None:
    visit = Visit(browser, server, TABLET)
    page = sign_in(visit, "anna")
    for part in ("Add a file", "What readers could not find", "What was published", "Articles"):
        page.get_by_role("link", name=part, exact=True).click()
        expect(page.get_by_role("heading", name=part, exact=True)).to_be_visible()
        expect(page.get_by_text("Something went wrong")).to_have_count(0)
        check_looks(page)
    visit.close()


def test_file_of_another_kind_is_refused_with_what_to_do(server: Server, browser: Browser, tmp_path: Path) -> None:
    visit = Visit(browser, server, TABLET)
    page = sign_in(visit, "anna")
    page.get_by_role("link", name="Add a file").click()
    (tmp_path / "Blisters.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    page.locator("input[type=file]").set_input_files(tmp_path / "Blisters.doc")
    expect(page.get_by_text("save it as .docx in Word")).to_be_visible()
    expect(page.get_by_role("button", name="Make a draft of it")).to_have_count(0)
    check_looks(page)
    visit.close()


def test_wrong_token_opens_nothing(server: Server, browser: Browser) -> None:
    visit = Visit(browser, server, TABLET)
    page = visit.open("?desk=history")
    page.get_by_label("Your token").fill("a-token-of-nobody-1234567890")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("This token is not known.")).to_be_visible()
    expect(page.get_by_role("heading", name="What was published")).to_have_count(0)
    check_looks(page)
    visit.close()


def test_nobody_uploads_who_has_not_signed_in(server: Server) -> None:
    request = urllib.request.Request(f"{server.address}_stcore/upload_file/a/b", b"x", method="PUT")
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)
    assert refused.value.code == 404
    refused.value.close()
