"""The page as people meet it: Chromium at a real server, on a phone and on a desk, by eye, keyboard and ear."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from browser import (
    DESKTOP,
    LONG_WORD,
    PATIENCE,
    PHONE,
    ROOT,
    Scheme,
    Server,
    Visit,
    chromium,
    in_sight,
    scrolls_sideways,
    violations,
)
from playwright.sync_api import Browser, Page, expect

from wellread.encoders.sentence_transformer import SentenceTransformerEncoder
from wellread.index.layout import MANIFEST, current_generation, generation_folder, history_file
from wellread.publishing.publish import publish

QUESTION = "which examinations will they do to me?"
LOOKS = [
    pytest.param(size, scheme, id=f"{size[0]}-{scheme}") for size in (PHONE, DESKTOP) for scheme in ("light", "dark")
]
MANY = 6154

Open = Callable[..., Visit]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def kb(seed_kb: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped article, and one that a test may change."""
    folder = tmp_path_factory.mktemp("browser") / "kb"
    shutil.copytree(seed_kb, folder)
    (folder / "hay-fever.md").write_text(
        "# Hay fever\n\n## What helps against hay fever?\n\nClose the window at night.\n"
    )
    return folder


@pytest.fixture(scope="module")
def server(kb: Path, encoder: SentenceTransformerEncoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The page as it is, over a real index."""
    folder = tmp_path_factory.mktemp("server")
    publish(kb, folder / "index", encoder)
    yield from running(Server(ROOT / "app.py", folder / "index", folder / "log"))


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The page with answers in every state, and with as many articles as a large knowledge base has."""
    folder = tmp_path_factory.mktemp("staged")
    (folder / "many").write_text(str(MANY))
    (folder / "CURRENT").write_text("first")
    yield from running(Server(ROOT / "tests" / "browser.py", folder, folder / "log"))


def running(server: Server) -> Iterator[Server]:
    try:
        server.wait()
        yield server
    finally:
        server.stop()


@pytest.fixture
def open_visit(browser: Browser) -> Iterator[Open]:
    """Open a browser at a server; in the end, no script of a text's own, no other host and no error was met."""
    visits: list[Visit] = []

    def open_new(server: Server, size: tuple[int, int] = PHONE, scheme: Scheme = "light") -> Visit:
        visits.append(Visit(browser, server, size, scheme))
        return visits[-1]

    yield open_new
    for visit in visits:
        visit.close()


def assert_fit(page: Page) -> None:
    """The disclaimer is in sight, nothing runs out of the window, and axe finds nothing at all."""
    expect(page.locator(".stSpinner")).to_have_count(0)
    assert in_sight(page, ".wr-disclaimer")
    assert not scrolls_sideways(page)
    assert violations(page) == []


def wait_for_answer(page: Page, times: int = 1) -> None:
    expect(page.locator(f"#wr-answer-{times}")).to_be_focused(timeout=PATIENCE)


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_question_is_answered_and_everything_is_in_sight(
    open_visit: Open, server: Server, size: tuple[int, int], scheme: Scheme
) -> None:
    visit = open_visit(server, size, scheme)
    expect(visit.page.get_by_role("button", name="What are neurological spasms?")).to_be_visible()
    assert_fit(visit.page)
    visit.ask(QUESTION)
    wait_for_answer(visit.page)
    expect(visit.page.get_by_role("status").filter(has_text="What our articles say. 5 passages.")).to_have_count(1)
    first = visit.page.get_by_role("article").first
    expect(first.get_by_role("heading", level=3)).to_have_text("How are neurological spasms diagnosed?")
    expect(first.locator("mark").first).to_be_visible()
    assert in_sight(visit.page, "#wr-answer-1")
    assert_fit(visit.page)
    assert visit.page.url == server.address
    background = visit.page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    assert (background == "rgb(16, 24, 28)") == (scheme == "dark")


def test_example_asks_its_heading(open_visit: Open, server: Server) -> None:
    page = open_visit(server).page
    page.get_by_role("button", name="Are neurological spasms dangerous?").click()
    wait_for_answer(page)
    expect(page.get_by_label("Your question")).to_have_value("Are neurological spasms dangerous?")
    expect(page.get_by_role("search")).to_have_count(1)
    expect(page.get_by_role("main")).to_have_count(1)


def test_keyboard_alone_leads_to_an_answer_its_section_and_back(open_visit: Open, server: Server) -> None:
    page = open_visit(server).page
    # The examples are drawn last, and the box may still be loading: only then can nothing be skipped on the way.
    expect(page.get_by_label("Your question")).to_be_visible()
    expect(page.get_by_role("button", name="Are neurological spasms dangerous?")).to_be_visible()
    for expected in ("Skip to main content", None, "Wellread"):
        page.keyboard.press("Tab")
        if expected:
            expect(page.locator(":focus")).to_have_text(expected)
    page.keyboard.press("Tab")
    expect(page.get_by_label("Your question")).to_be_focused()
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "3px"
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    wait_for_answer(page)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("neurological spasms: causes, symptoms, and treatment")
    page.keyboard.press("Tab")
    more = page.get_by_role("link", name="See in the article (How are neurological spasms diagnosed?)")
    expect(more.first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="How are neurological spasms diagnosed?", level=2)).to_be_focused()
    assert "article=neurological-spasms&section=diagnosed" in page.url
    page.go_back()
    expect(more.first).to_be_focused()
    expect(page.get_by_label("Your question")).to_have_value(QUESTION)
    assert page.url == server.address


def test_focus_is_never_under_the_disclaimer(open_visit: Open, staged: Server) -> None:
    visit = open_visit(staged)
    visit.ask("answered please")
    wait_for_answer(visit.page)
    copy = visit.page.get_by_role("button", name="Copy link to this answer")
    for _ in range(40):
        visit.page.keyboard.press("Tab")
        place = visit.page.evaluate(
            """() => {
                const box = document.activeElement.getBoundingClientRect();
                const bar = document.querySelector(".wr-disclaimer").getBoundingClientRect();
                return [document.activeElement.outerHTML, box.top, box.bottom - bar.top];
            }"""
        )
        assert place[1] >= 0, place
        assert place[2] <= 0, place
        if copy.evaluate("button => button === document.activeElement"):
            return
    pytest.fail("the button was not reached")


def test_disclaimer_does_not_stick_in_a_low_window(open_visit: Open, staged: Server) -> None:
    visit = open_visit(staged, (320, 256))  # as a window of 1280 by 1024 at 400 %
    visit.ask("answered please")
    wait_for_answer(visit.page)
    bar = visit.page.locator(".wr-disclaimer")
    expect(bar).not_to_be_in_viewport()
    assert not scrolls_sideways(visit.page)
    assert violations(visit.page) == []
    visit.page.locator(".stMain").evaluate("main => main.scrollTo(0, main.scrollHeight)")
    expect(bar).to_be_in_viewport(ratio=0.9)


@pytest.mark.parametrize("width", [320, 390])
def test_disclaimer_has_two_lines_at_most_on_a_phone(open_visit: Open, staged: Server, width: int) -> None:
    bar = open_visit(staged, (width, 700)).page.locator(".wr-disclaimer")
    expect(bar).to_have_text("General information, not advice about you. Ask a doctor or pharmacist.")
    lines = bar.locator("span").evaluate("e => e.getClientRects().length")
    assert lines <= 2


WHY = "Why this passage? (How are neurological spasms diagnosed?)"


def test_keyboard_alone_opens_why_a_passage_is_there(open_visit: Open, server: Server) -> None:
    page = open_visit(server).page
    page.get_by_label("Your question").fill(QUESTION)
    page.keyboard.press("Enter")
    wait_for_answer(page)
    card = page.get_by_role("article").first
    expect(card.locator(".wr-why ul")).to_be_hidden()
    card.get_by_role("link", name="See in the article").first.focus()
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert focused.evaluate("element => element.tagName + element.textContent") == f"SUMMARY{WHY}"
    style = "element => [getComputedStyle(element).outlineWidth, getComputedStyle(element).boxShadow]"
    assert focused.evaluate(style) == ["3px", "rgb(255, 200, 61) 0px 0px 0px 6px"]
    page.keyboard.press("Enter")
    expect(card.locator(".wr-why ul")).to_be_visible()
    expect(card.locator(".wr-why li").nth(1)).to_have_text("Of its sentences, the marked one is the nearest.")
    page.keyboard.press("Space")
    expect(card.locator(".wr-why ul")).to_be_hidden()


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_what_is_folded_can_be_read_when_it_is_opened(
    open_visit: Open, staged: Server, size: tuple[int, int], scheme: Scheme
) -> None:
    visit = open_visit(staged, size, scheme)
    for times, question in enumerate(("answered please", "urgent please"), 1):
        visit.ask(question)
        wait_for_answer(visit.page, times)
        expect(visit.page.locator("details.wr-same")).to_have_count(1)
        expect(visit.page.locator(".wr-urgent details.wr-same")).to_have_count(times - 1)
        for summary in visit.page.locator("summary").all():
            summary.click()
        expect(visit.page.locator(".wr-other:visible")).to_have_count(2)
        expect(visit.page.locator(".wr-other mark").first).to_be_visible()
        assert_fit(visit.page)


EMERGENCY = "Emergency Call 999 now."


@pytest.mark.parametrize("state", ["answered", "closest", "nothing"])
def test_safety_card_is_led_to_and_told_first_in_every_state(open_visit: Open, staged: Server, state: str) -> None:
    visit = open_visit(staged)
    visit.ask(f"{state} overdose now")
    wait_for_answer(visit.page)
    card = visit.page.locator(":focus")
    assert card.get_attribute("role") == "region"
    assert visit.page.locator(".wr-safety").count() == 1
    expect(card).to_have_accessible_name(re.compile(f"^{EMERGENCY} "))
    expect(card.get_by_role("heading", name="Emergency", level=2)).to_be_in_viewport()
    expect(visit.page.get_by_role("status").filter(has_text=re.compile("^Emergency. Call 999 now. "))).to_have_count(1)
    assert visit.page.evaluate("document.querySelector('.wr-answer h1').nextElementSibling.className") == "wr-safety"


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_two_looks_of_the_notice_can_be_told_apart_by_words_and_colour(
    open_visit: Open, staged: Server, size: tuple[int, int], scheme: Scheme
) -> None:
    visit = open_visit(staged, size, scheme)
    colours = []
    for times, (question, heading, line) in enumerate(
        [
            ("answered now", "Get help now: Get help if it lasts.", "Your lips turn blue."),
            ("answered soon", "See a doctor: Get help if it lasts.", LONG_WORD),
        ],
        1,
    ):
        visit.ask(question)
        wait_for_answer(visit.page, times)
        notice = visit.page.locator(".wr-urgent")
        expect(notice).to_be_focused()
        expect(notice.get_by_role("heading", name=heading, exact=True)).to_be_in_viewport()
        expect(notice.locator(".wr-urgent-head a")).to_contain_text("About ")
        # The first line of the list stands first by itself.
        fits = [f"This fits your question: {line}"] if line == LONG_WORD else []
        expect(notice.locator(".wr-line")).to_have_text(fits)
        expect(notice.locator(".wr-urgent-body > .wr-text mark")).to_have_text(line)
        colours.append(
            notice.locator(".wr-urgent-head").evaluate("element => getComputedStyle(element).backgroundColor")
        )
        assert_fit(visit.page)
    assert colours == ["rgb(179, 20, 11)", "rgb(255, 200, 61)"]


def test_notices_are_seen_in_forced_colours(open_visit: Open, staged: Server) -> None:
    visit = open_visit(staged, scheme="dark")
    visit.page.emulate_media(forced_colors="active")
    visit.ask("answered overdose soon")
    wait_for_answer(visit.page)
    for selector in (".wr-safety", ".wr-urgent"):
        border, behind = visit.page.locator(selector).evaluate(
            "e => [getComputedStyle(e).borderTopColor, getComputedStyle(e).backgroundColor]"
        )
        assert border != behind
    assert_fit(visit.page)


def test_question_in_another_language_is_told_so_in_it(open_visit: Open, staged: Server) -> None:
    visit = open_visit(staged)
    visit.ask("answered هل يمكنني تناول الإيبوبروفين أثناء الحمل؟")
    wait_for_answer(visit.page)
    note = visit.page.locator(":focus")
    expect(note).to_have_attribute("lang", "ar")
    expect(note).to_have_text("يمكننا البحث باللغة الإنجليزية فقط.")
    assert note.evaluate("element => getComputedStyle(element).direction") == "rtl"
    assert_fit(visit.page)


def test_way_back_from_what_was_folded_finds_it_open(open_visit: Open, staged: Server) -> None:
    visit = open_visit(staged)
    visit.ask("answered please")
    wait_for_answer(visit.page)
    visit.page.get_by_text("Our articles say the same in 2 other places").click()
    more = visit.page.locator(".wr-other").last.get_by_role("link").last
    more.focus()
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator("#s-arabic")).to_be_focused()
    visit.page.go_back()
    expect(more).to_be_focused()
    expect(more).to_be_in_viewport()
    expect(visit.page.locator("details[open]")).to_have_count(1)


def test_forward_leads_to_the_section_again_and_shows_no_error(open_visit: Open, server: Server) -> None:
    visit = open_visit(server)
    visit.ask(QUESTION)
    wait_for_answer(visit.page)
    more = visit.page.get_by_role("link", name="See in the article (How are neurological spasms diagnosed?)")
    more.first.click()
    section = visit.page.get_by_role("heading", name="How are neurological spasms diagnosed?", level=2)
    expect(section).to_be_focused()
    visit.page.go_back()
    expect(more.first).to_be_focused()
    visit.page.go_forward()
    expect(section).to_be_focused()
    expect(section).to_be_in_viewport()
    expect(visit.page.get_by_role("alert")).to_have_count(0)
    visit.page.go_back()
    expect(visit.page.locator("#wr-answer-1")).to_be_in_viewport()
    expect(visit.page.get_by_role("alert")).to_have_count(0)


def test_folded_parts_are_seen_in_forced_colours_and_on_paper(open_visit: Open, staged: Server) -> None:
    visit = open_visit(staged)
    visit.ask("answered please")
    wait_for_answer(visit.page)
    visit.page.emulate_media(forced_colors="active")
    summary = visit.page.locator(".wr-same summary")
    summary.focus()
    visit.page.keyboard.press("Shift+Tab")
    visit.page.keyboard.press("Tab")
    assert summary.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"
    summary.click()
    assert_fit(visit.page)
    visit.page.emulate_media(forced_colors="none", media="print")
    expect(visit.page.locator(".wr-other").first).to_be_visible()
    expect(visit.page.locator(".wr-why summary").first).to_be_hidden()


def test_enter_sends_and_shift_enter_begins_a_line(open_visit: Open, staged: Server) -> None:
    visit = open_visit(staged)
    box = visit.page.get_by_label("Your question")
    expect(visit.page.get_by_role("search")).to_be_visible()
    before = box.evaluate("box => box.clientHeight")
    box.press_sequentially("answered please")
    for line in ("I ask", "for my son", "who is four"):
        box.press("Shift+Enter")
        box.press_sequentially(line)
    assert box.evaluate("box => box.clientHeight") > before
    expect(box).to_have_attribute("dir", "auto")
    box.press("Enter")
    wait_for_answer(visit.page)
    expect(box).to_have_value("answered please\nI ask\nfor my son\nwho is four")


def test_reload_and_back_keep_the_question_in_this_tab_alone(open_visit: Open, staged: Server) -> None:
    visit = open_visit(staged)
    page = visit.page
    visit.ask("answered first")
    wait_for_answer(page)
    assert page.title() == "answered first – Wellread"
    visit.ask("closest second")
    wait_for_answer(page, 2)
    assert page.url == staged.address
    page.reload()
    expect(page.locator(".wr-asked")).to_have_text("Your question: closest second")
    page.go_back()
    expect(page.locator(".wr-asked")).to_have_text("Your question: answered first")
    expect(page.get_by_role("search").get_by_label("Your question")).to_have_value("answered first")
    page.go_back()
    expect(page.locator(".wr-asked")).to_have_count(0)
    expect(page.locator(".wr-lead h1")).to_be_visible()
    page.go_forward()
    expect(page.locator(".wr-asked")).to_have_text("Your question: answered first")
    page.go_forward()
    expect(page.locator(".wr-asked")).to_have_text("Your question: closest second")
    other = visit.open()
    expect(other.locator(".wr-lead h1")).to_be_visible()


def test_answer_before_is_seen_and_heard_to_be_old_while_the_next_is_looked_for(
    open_visit: Open, staged: Server
) -> None:
    visit = open_visit(staged)
    visit.ask("answered first")
    wait_for_answer(visit.page)
    visit.context.set_offline(True)  # so that nothing comes back
    expect(visit.page.locator(".wr-hint[data-about=connection]")).to_have_text(
        "You are offline. What you see here stays. We connect again by ourselves."
    )
    assert violations(visit.page) == []
    visit.context.set_offline(False)
    expect(visit.page.locator(".wr-hint[data-about=connection]")).to_be_hidden()
    hold = visit.page.evaluate_handle("document.querySelector('.stMain')")
    hold.evaluate(
        """main => { new MutationObserver(() => {
            const old = document.querySelector(".st-key-wr-answer");
            if ("searching" in main.dataset && old) window.seen = [
                getComputedStyle(old).opacity, document.querySelector(".wr-hint[data-about=searching]").textContent];
        }).observe(main, { attributes: true, childList: true, subtree: true }); }"""
    )
    visit.ask("closest second")
    wait_for_answer(visit.page, 2)
    assert visit.page.evaluate("window.seen") == ["0.85", "Searching. What you see below is your answer before."]
    expect(visit.page.locator(".wr-hint[data-about=searching]")).to_be_hidden()


def test_while_a_search_takes_its_time_it_is_said_and_all_can_still_be_read(open_visit: Open, staged: Server) -> None:
    visit = open_visit(staged)
    visit.ask("answered first")
    wait_for_answer(visit.page)
    hold = staged.index / "hold"
    hold.touch()
    try:
        visit.ask("closest held")
        hint = visit.page.locator(".wr-hint[data-about=searching]")
        expect(hint).to_have_text("Searching. What you see below is your answer before.")
        expect(visit.page.locator(".wr-asked")).to_have_text("Your question: answered first")
        assert in_sight(visit.page, ".wr-hint[data-about=searching]")
        assert_fit(visit.page)
        expect(hint).to_have_text("This takes longer than usual. You can wait, or search again.", timeout=PATIENCE)
        expect(visit.page.locator(".wr-asked")).to_have_text("Your question: answered first")
    finally:
        hold.unlink()
    wait_for_answer(visit.page, 2)
    expect(hint).to_be_hidden()
    expect(visit.page.locator(".wr-asked")).to_have_text("Your question: closest held")


def test_reload_of_an_article_keeps_the_way_back_to_the_answer(open_visit: Open, staged: Server) -> None:
    visit = open_visit(staged)
    page = visit.page
    visit.ask("answered first")
    wait_for_answer(page)
    page.locator(".wr-card .wr-where a").first.click()
    expect(page.locator("#wr-article")).to_be_visible()
    assert "first" not in page.url
    page.wait_for_function("history.state?.wellread?.number")  # drawn a moment behind the article
    page.reload()
    expect(page.locator("#wr-article")).to_be_visible()
    page.get_by_role("link", name="Back to your answer").first.click()
    expect(page.locator(".wr-asked")).to_have_text("Your question: answered first")
    page.go_back()
    expect(page.locator("#wr-article")).to_be_visible()
    page.go_back()
    expect(page.locator(".wr-asked")).to_have_text("Your question: answered first")
    visit.ask("closest second")
    wait_for_answer(page, 2)
    other = visit.open("?article=hostile")
    expect(other.get_by_role("link", name="Ask a question").first).to_be_visible()


def test_way_on_narrows_and_asks_another_question(open_visit: Open, staged: Server) -> None:
    visit = open_visit(staged)
    page = visit.page
    visit.ask("answered alone")
    wait_for_answer(page)
    page.get_by_role("link", name="Ask another question").press("Enter")
    expect(page.get_by_label("Your question")).to_be_focused()
    expect(page.get_by_label("Your question")).to_be_in_viewport()


def test_printed_article_has_its_question_and_address(open_visit: Open, server: Server) -> None:
    visit = open_visit(server)
    visit.ask(QUESTION)
    wait_for_answer(visit.page)
    visit.page.get_by_role("link", name="See in the article").first.click()
    expect(visit.page.locator("#s-diagnosed")).to_be_focused()
    visit.page.emulate_media(media="print")
    visit.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(visit.page.locator(".wr-printed")).to_have_text(f"{QUESTION} – {visit.page.url}")
    expect(visit.page.locator(".wr-printed")).to_be_visible()


def test_without_scripts_the_articles_can_be_read(browser: Browser, server: Server) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(server.address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Find answers in our health articles")
    expect(page.get_by_text("being loaded")).to_be_hidden()
    page.get_by_role("link", name="neurological spasms: causes").click()
    expect(page.get_by_role("heading", name="Summary")).to_be_visible()
    expect(page.get_by_text("you should ask your doctor before taking this medicine")).to_be_visible()
    page.context.close()


def test_link_to_an_answer_is_copied_on_purpose_and_asks_again(open_visit: Open, server: Server) -> None:
    visit = open_visit(server)
    visit.ask(QUESTION)
    wait_for_answer(visit.page)
    button = visit.page.get_by_role("button", name="Copy link to this answer")
    expect(button).to_have_accessible_description("The link contains your question.")
    button.press("Enter")
    expect(visit.page.get_by_role("status").filter(has_text="Copied")).to_have_count(1)
    copied = visit.page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{server.address}?q=which+examinations+will+they+do+to+me%3F"
    assert visit.page.url == server.address
    other = visit.open(copied.removeprefix(server.address))
    expect(other.get_by_role("article").first.get_by_role("heading")).to_have_text(
        "How are neurological spasms diagnosed?", timeout=PATIENCE
    )
    expect(other.get_by_label("Your question")).to_have_value(QUESTION)


def test_link_to_a_section_is_copied_and_the_section_that_is_read_stays_named(open_visit: Open, server: Server) -> None:
    visit = open_visit(server)
    page = visit.open("?article=neurological-spasms&section=treatment")
    expect(page.locator("#s-treatment")).to_be_focused()
    place = page.get_by_role("link", name="On this page: Treatment of neurological spasms", exact=True)
    expect(place).to_be_in_viewport()
    assert in_sight(page, ".wr-place a")
    assert in_sight(page, "#s-treatment")
    page.get_by_role("button", name="Copy link to this section (Treatment of neurological spasms)").press("Enter")
    expect(page.get_by_role("status").filter(has_text="Copied")).to_have_count(1)
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{server.address}?article=neurological-spasms&section=treatment"
    place.press("Enter")
    entry = page.locator(".wr-contents [aria-current]")
    expect(entry).to_be_focused()
    expect(entry).to_have_text("Treatment of neurological spasms")
    expect(page.locator(".wr-place")).to_be_hidden()
    assert_fit(page)


def test_where_nothing_can_be_copied_the_link_is_shown_selected(open_visit: Open, server: Server) -> None:
    visit = open_visit(server)
    visit.context.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page = visit.open(f"?q={quote(QUESTION)}")
    page.get_by_role("button", name="Copy link to this answer").press("Enter")
    field = page.get_by_label("Link to this answer", exact=True)
    expect(field).to_be_focused()
    assert page.evaluate("document.getSelection().toString()").startswith(f"{server.address}?q=which+exam")
    assert_fit(page)


@pytest.mark.parametrize(
    "address", ["?article=neurological-spasms&section=treatment", "?article=neurological-spasms#s-treatment"]
)
def test_link_to_a_section_leads_there_in_a_new_tab(open_visit: Open, server: Server, address: str) -> None:
    page = open_visit(server).open(address)
    expect(page.locator("#s-treatment")).to_be_focused()
    expect(page.locator("#s-treatment")).to_be_in_viewport()
    assert page.title() == "neurological spasms: causes, symptoms, and treatment – Wellread"
    page.get_by_role("navigation", name="On this page").get_by_role("link", name="Summary").click()
    expect(page.locator("#s-summary")).to_be_in_viewport()
    assert_fit(page)


def test_next_question_is_answered_from_what_was_published_while_the_page_was_open(
    open_visit: Open, server: Server, kb: Path, encoder: SentenceTransformerEncoder
) -> None:
    visit = open_visit(server)
    visit.ask("what helps against hay fever?")
    wait_for_answer(visit.page)
    expect(visit.page.locator("mark", has_text="Close the window at night.")).to_have_count(1)
    (kb / "hay-fever.md").write_text("# Hay fever\n\n## What helps against hay fever?\n\nWash your hair at night.\n")
    publish(kb, server.index, encoder)
    visit.ask("what helps against hay fever at night?")
    wait_for_answer(visit.page, 2)
    expect(visit.page.locator("mark", has_text="Wash your hair at night.")).to_have_count(1)
    expect(visit.page.get_by_text("Close the window")).to_have_count(0)


def test_missing_index_is_said_calmly_and_a_damaged_one_where_there_is_no_other(
    open_visit: Open, server: Server
) -> None:
    current = server.index / "CURRENT"
    served, history = current.read_text(), history_file(server.index)
    damaged = "feedfacefeedface"
    shutil.copytree(
        generation_folder(server.index, current_generation(server.index)), generation_folder(server.index, damaged)
    )
    (generation_folder(server.index, damaged) / MANIFEST).write_bytes(b"nothing")
    (server.index / "aside").mkdir()
    try:
        current.unlink()
        page = open_visit(server).page
        expect(page.get_by_role("heading", name="There is nothing to search yet")).to_be_visible()
        expect(page.get_by_text("wellread ingest")).to_have_count(0)
        assert_fit(page)
        current.write_text(damaged + "\n")
        page = open_visit(server).page
        expect(page.get_by_role("heading", name="What our articles are about")).to_be_visible()
        history.rename(history.with_suffix(".aside"))
        # All others, also those that other tests published, are out of the way.
        for folder in generation_folder(server.index, damaged).parent.iterdir():
            if folder.name != damaged:
                shutil.move(folder, server.index / "aside" / folder.name)
        page = open_visit(server).page
        expect(page.get_by_role("heading", name="The articles cannot be searched now")).to_be_visible()
        assert_fit(page)
    finally:
        for folder in (server.index / "aside").iterdir():
            shutil.move(folder, generation_folder(server.index, folder.name))
        if history.with_suffix(".aside").exists():
            history.with_suffix(".aside").rename(history)
        current.write_text(served)


def test_log_of_the_server_holds_no_question(open_visit: Open, server: Server, staged: Server) -> None:
    visit = open_visit(server)
    visit.ask("qwertysecret one")
    wait_for_answer(visit.page)
    other = visit.open("?q=qwertysecret+two")
    expect(other.locator(".wr-verdict")).to_be_visible(timeout=PATIENCE)
    failing = open_visit(staged)
    failing.ask("error qwertysecret three")
    expect(failing.page.get_by_role("heading", name="Something went wrong")).to_be_visible()
    log = server.log.read_text() + staged.log.read_text()
    assert "RuntimeError at " in log
    assert "qwertysecret" not in log
    assert "Traceback" not in log


@pytest.mark.parametrize(("size", "scheme"), [LOOKS[1], LOOKS[2]])
def test_every_state_can_be_read_with_text_that_is_hostile(
    open_visit: Open, staged: Server, size: tuple[int, int], scheme: Scheme
) -> None:
    visit = open_visit(staged, size, scheme)
    expect(visit.page.get_by_role("button", name="Search")).to_be_visible()
    for times, (question, heading) in enumerate(
        [
            ("answered", "What our articles say"),
            ("closest", "The closest parts of our articles"),
            ("nothing", "We did not find this in our articles"),
            ("urgent", "Important: When to get help"),
            ("nothing now overdose misread", "Emergency"),
            ("closest soon", "See a doctor: Get help if it lasts."),
            ("   ", "Type a question first"),
            ("error", "Something went wrong"),
        ],
        1,
    ):
        visit.ask(question)
        expect(visit.page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
        if question.split()[:1] not in ([], ["error"]):
            wait_for_answer(visit.page, times)
        assert_fit(visit.page)
    for address, heading in (
        ("?article=hostile", "About <img src=x"),
        ("?article=none", "We do not have this article"),
        ("?articles=all", "All articles"),
    ):
        page = visit.open(address)
        expect(page.get_by_role("heading", level=1).filter(has_text=heading)).to_be_visible()
        assert_fit(page)
        page.close()


def test_what_a_finger_must_hit_is_large_enough(open_visit: Open, staged: Server) -> None:
    visit = open_visit(staged)
    targets = (
        "button, input, summary, .wr-name a, .wr-back a, .wr-more, .wr-where a, .wr-titles a, .wr-letters a, "
        ".wr-contents a"
    )
    visit.ask("nothing like it")
    wait_for_answer(visit.page)
    pages = [visit.page, visit.open("?q=answered"), visit.open("?article=hostile"), visit.open("?articles=A")]
    expect(pages[1].get_by_role("button", name="Copy link")).to_be_visible()
    for page in pages[2:]:
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    for summary in pages[1].locator("summary").all():
        summary.click()
    for page in pages:
        small = page.locator(targets).evaluate_all(
            """all => all.filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44)
                .map(e => e.outerHTML + e.getBoundingClientRect().height)"""
        )
        assert small == []


def test_lines_are_no_longer_than_can_be_read(open_visit: Open, server: Server) -> None:
    page = open_visit(server, DESKTOP).open("?article=neurological-spasms")
    expect(page.get_by_role("heading", name="Summary")).to_be_visible()
    longest = page.locator(".wr-text p").evaluate_all(
        """all => Math.max(...all.map(p => {
            const height = parseFloat(getComputedStyle(p).lineHeight);
            return p.textContent.length / Math.round(p.getBoundingClientRect().height / height);
        }))"""
    )
    assert 50 < longest < 80


def test_thousands_of_articles_are_listed_by_letter_and_found_by_word(open_visit: Open, staged: Server) -> None:
    page = open_visit(staged).open("?articles=all")
    expect(page.locator(".wr-titles li")).to_have_count(200)
    letters = page.get_by_role("navigation", name="Articles by letter")
    expect(letters.get_by_role("link")).to_have_count(26)
    letters.get_by_role("link", name="B", exact=True).click()
    expect(letters.get_by_role("link", name="B", exact=True)).to_have_attribute("aria-current", "page")
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="2").click()
    expect(page.locator(".wr-titles li").first).to_contain_text("B condition")
    page.get_by_label("Find an article by its title").fill("condition 6001")
    page.keyboard.press("Enter")
    expect(page.locator(".wr-titles li")).to_have_text(["V condition 6001"])
    page.get_by_role("link", name="V condition 6001").click()
    expect(page.get_by_role("heading", level=1, name="V condition 6001")).to_be_focused()
    page.get_by_role("link", name="Ask a question").first.click()
    expect(page.get_by_role("link", name="See all 6,155 articles")).to_be_visible()


def test_question_asked_while_the_model_loads_is_told_to_wait_and_then_answered(
    open_visit: Open, staged: Server
) -> None:
    hold = staged.index / "hold"
    hold.touch()
    try:
        (staged.index / "CURRENT").write_text("second")
        visit = open_visit(staged)
        expect(visit.page.get_by_role("button", name="Search")).to_be_visible()
        assert_fit(visit.page)
        visit.ask("answered please")
        expect(visit.page.get_by_role("status").filter(has_text="Getting ready.")).to_be_visible()
        assert in_sight(visit.page, ".wr-disclaimer")
    finally:
        hold.unlink()
    wait_for_answer(visit.page)
