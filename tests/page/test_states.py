"""Every state of the page in a real browser: small, large, dark, in forced colours, at 400 %, with wide text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from browser import PATIENCE, ROOT, Scheme, Server, Visit, chromium, scrolls_sideways, violations
from playwright.sync_api import Locator, Page, expect

from wellread.text.queries import LONGEST_QUESTION

ARABIC = "هل يمكنني تناول الإيبوبروفين أثناء الحمل؟"
STATES = {
    "answered two": "What our articles say",
    "and for children?": "What our articles say",
    "closest misread": "The closest parts of our articles",
    "nothing": "We did not find this in our articles",
    "nothing overdose now": "Emergency",
    f"closest overdose now misread {ARABIC}": "Emergency",
    "answered soon": "See a doctor: Get help if it lasts.",
    f"answered {ARABIC}": "What our articles say",
    "answered " + "word " * (LONGEST_QUESTION // 5): "What our articles say",
    "   ": "Type a question first",
    "error": "Something went wrong",
}
"""Questions, in their order, and a heading of what is shown then."""


@dataclass(frozen=True)
class Look:
    """A window and how it is drawn; `wide` is the text spacing that readers may set (WCAG 1.4.12)."""

    size: tuple[int, int]
    scheme: Scheme = "light"
    forced: bool = False
    wide: bool = False


LOOKS = (
    Look((390, 844), forced=True),
    Look((320, 700), "dark", wide=True),
    Look((320, 256)),  # a window of 1280 by 1024 at 400 %
    Look((1280, 900)),
)
WITH_AXE = LOOKS[0]
"""axe takes a second; widths and light and dark have it in test_browser.py."""

SAID = ".st-key-wr-behaviour [role=status]"

WIDE = """
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-bottom: 2em !important; }
"""
CHECK = """async () => {
    const main = document.querySelector(".stMain"), wrong = [];
    const seen = (e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest(".wr-hidden");
    const all = (what) => [...main.querySelectorAll(what)].filter(seen);
    let last = 0;
    for (const heading of all("h1, h2, h3, h4, h5, h6")) {
        const level = Number(heading.tagName[1]);
        if (level > last + 1) wrong.push(`h${level} after h${last}: ${heading.textContent}`);
        last = level;
    }
    for (const target of all("a, button, input, textarea, summary")) {
        if (!seen(target)) continue; // no longer
        const box = target.getBoundingClientRect();
        const inText = target.matches(".wr-text a, .wr-facts a, .wr-note a");
        if (Math.min(box.width, box.height) < 24 && !inText) wrong.push(`small: ${target.outerHTML}`);
        if (target.matches("a, button, summary") && target.scrollWidth > target.clientWidth + 1 && target.clientWidth)
            wrong.push(`cut: ${target.outerHTML}`);
        target.focus();
        for (let frame = 0; main.querySelector(".wr-place") && frame < 2; frame += 1)
            await new Promise((drawn) => requestAnimationFrame(drawn)); // it follows the scrolling
        const at = target.getBoundingClientRect(), bar = document.querySelector(".st-key-wr-foot").parentElement;
        const foot = bar.getBoundingClientRect(), line = document.querySelector(".wr-place:not([hidden]) a");
        const top = line?.contains(target) ? 0 : (line?.getBoundingClientRect().bottom ?? 0);
        const sticks = getComputedStyle(bar).position === "sticky";
        if (sticks && at.bottom > foot.top + 1 && at.height < innerHeight / 2) wrong.push(`low: ${target.outerHTML}`);
        if (at.top < top - 1 && at.height < innerHeight / 2) wrong.push(`high: ${target.outerHTML}`);
    }
    return wrong;
}"""


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    """One visit to the page with its answers staged; in the end, nothing was complained about."""
    folder = tmp_path_factory.mktemp("states")
    (folder / "many").write_text("2")
    (folder / "CURRENT").write_text("first")
    server = Server(ROOT / "tests" / "browser.py", folder, folder / "log")
    try:
        server.wait()
        with chromium() as browser:
            opened = Visit(browser, server)
            yield opened
            opened.close()
    finally:
        server.stop()


def dress(page: Page, look: Look) -> None:
    page.set_viewport_size({"width": look.size[0], "height": look.size[1]})
    page.emulate_media(color_scheme=look.scheme, forced_colors="active" if look.forced else "none")
    page.evaluate(
        """css => {
            const style = document.querySelector("#wide") ?? document.head.appendChild(document.createElement("style"));
            style.id = "wide";
            style.textContent = css;
        }""",
        WIDE if look.wide else "",
    )
    page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    page.wait_for_function("document.getAnimations().length === 0")  # colours fade into others


def assert_good_in_every_look(page: Page) -> None:
    for look in LOOKS:
        dress(page, look)
        assert not scrolls_sideways(page), look
        assert page.evaluate(CHECK) == [], look
        if look == WITH_AXE:
            assert violations(page) == [], look
    dress(page, Look((390, 844)))


def assert_seen_is_said(page: Page) -> None:
    """What a screen reader says of an answer stands there to be read, word for word and with the same count."""
    said = page.locator(SAID)
    expect(said).not_to_be_empty()
    heard, seen = words(said), words(page.locator(".st-key-wr-body"))
    assert heard - seen == set()
    if count := re.search(r"(\d+) passages?\.", said.inner_text()):
        assert int(count.group(1)) == page.locator(".wr-card").count()


def words(place: Locator) -> set[str]:
    return {word.strip(".,:“”") for word in place.inner_text().split()}


def test_every_state_can_be_seen_used_and_heard_in_every_look(visit: Visit) -> None:
    page = visit.page
    assert_good_in_every_look(page)
    for times, (question, heading) in enumerate(STATES.items(), 1):
        page.locator(SAID).evaluate("said => { said.textContent = '' }")
        visit.ask(question)
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible(timeout=PATIENCE)
        if question.split()[:1] not in ([], ["error"]):
            expect(page.locator(f"#wr-answer-{times}")).to_be_visible()
        assert_seen_is_said(page)
        assert_good_in_every_look(page)


def test_an_old_answer_can_still_be_read_while_the_next_is_looked_for(visit: Visit) -> None:
    page = visit.page
    visit.ask("answered two")
    expect(page.locator(".wr-verdict")).to_have_text("What our articles say")
    page.evaluate("document.querySelector('.stMain').dataset.searching = ''")
    assert violations(page) == []
    page.evaluate("delete document.querySelector('.stMain').dataset.searching")


def test_articles_and_their_list_are_good_in_every_look(visit: Visit) -> None:
    for address in ("?article=hostile", "?articles=all", "?article=none"):
        page = visit.open(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert_good_in_every_look(page)
        page.close()


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until what has the focus is of a kind."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} was not reached")


def test_keyboard_alone_leads_through_asking_narrowing_opening_reading_and_back(visit: Visit) -> None:
    page = visit.open()
    expect(page.get_by_role("search")).to_be_visible()
    tab_to(page, "textarea")
    page.keyboard.type("answered two")
    page.keyboard.press("Enter")
    expect(page.locator("#wr-answer-1")).to_be_focused(timeout=PATIENCE)
    tab_to(page, ".wr-all summary")
    page.keyboard.press("Enter")
    expect(page.locator(".wr-all[open]")).to_have_count(1)
    tab_to(page, ".wr-narrow button")
    page.keyboard.press("Enter")
    expect(page.locator("#wr-answer-2")).to_be_focused(timeout=PATIENCE)
    expect(page.locator(".wr-note").last).to_contain_text("Only in: About ")
    tab_to(page, "a.wr-more[href*=article]")
    page.keyboard.press("Enter")
    expect(page.locator(".wr-article :focus")).to_have_count(1)
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('.wr-back a')"):
            break
    page.keyboard.press("Enter")
    expect(page.locator(".wr-asked")).to_have_text("Your question: answered two")
    page.close()
