"""Lists of other pages of the site that are called "Related articles" in any language are left out, and are named."""

from __future__ import annotations

import pytest
from web_files import text_and_notes

PROSE = "<p>Rest the ankle for two days.</p>"
LAST = "<h2>Cold</h2><p>Cool it for ten minutes, then wait for an hour.</p>"
LINKS = "<ul><li><a href='/a'>Knees</a></li><li><a href='/b'>Wrists</a></li></ul>"
CARDS = (
    "<h2>Related Articles</h2><h3><a href='/a'>Knees</a></h3><p>May 2, 2026</p><p>3 min read</p>"
    "<h3><a href='/b'>Wrists</a></h3><p>What to do when it hurts, and how to wrap it well.</p>"
)


def article(text: str) -> tuple[str, tuple[str, ...]]:
    return text_and_notes(f"<html lang=en><title>Sprains</title><main><h1>Sprains</h1>{PROSE}{text}</main>")


@pytest.mark.parametrize(
    ("related", "words"),
    [
        (f"<p>Recent articles</p>{LINKS}", "Recent articles Knees Wrists"),
        (f"<h2>Articoli correlati</h2>{LINKS}", "Articoli correlati Knees Wrists"),
        (
            "<p>相关新闻</p><p><a href='/a'>流感的预防</a> 2011-12-09</p><p><a href='/b'>发热怎么办</a> 2011-12-08</p>",
            "相关新闻 流感的预防 2011-12-09 发热怎么办 2011-12-08",
        ),
        (
            CARDS,
            "Related Articles Knees May 2, 2026 3 min read Wrists What to do when it hurts, and how to wrap it well.",
        ),
        (
            "<h2>قد يهمك أيضاً</h2><a href='/a'><h3>Knees</h3><p>Bend it.</p></a><a href='/b'><h3>Wrists</h3></a>",
            "قد يهمك أيضاً Knees Bend it. Wrists",
        ),
    ],
)
def test_list_of_related_pages_goes_with_its_label(related: str, words: str) -> None:
    text, notes = article(related + LAST)
    assert text == "Rest the ankle for two days.\n\n## Cold\n\nCool it for ten minutes, then wait for an hour."
    assert f'left out, related pages: "{words}"' in notes


def test_text_under_such_a_heading_stays_with_it() -> None:
    text, _ = article(f"<h2>Related news</h2>{LINKS}<p>Call the clinic on 555 0100 if the swelling grows.</p>")
    assert "## Related news\n\n- Knees\n- Wrists\n\nCall the clinic" in text


@pytest.mark.parametrize("label", ["Other features", "More clinical features", "More information"])
def test_links_to_signs_of_an_illness_and_to_help_stay(label: str) -> None:
    text, _ = article(f"<h2>{label}</h2>{LINKS}{LAST}")
    assert f"## {label}\n\n- Knees\n- Wrists" in text


def test_text_below_such_a_line_and_its_links_stays() -> None:
    text, notes = article(f"<p>Lees ook</p>{LINKS}<p>Not if it is hot</p><p>Wrap it.</p>")
    assert text.endswith("two days.\n\nNot if it is hot\n\nWrap it.")
    assert 'left out, related pages: "Lees ook Knees Wrists"' in notes


def test_single_link_below_such_a_line_stays_inside_the_text() -> None:
    text, _ = article(f"<p>Read more</p><p><a href='/a'>Knees</a></p>{LAST}")
    assert "Read more" in text


def test_lines_below_such_a_heading_that_are_no_links_stay_at_the_end_too() -> None:
    text, _ = article("<h2>More topics</h2><p>Ask at reception</p>")
    assert text.endswith("## More topics\n\nAsk at reception")


def test_cards_that_begin_with_a_date_and_a_part_of_the_site_are_left_out() -> None:
    card = "<p>{} 8, 2025 / <a href='/m'>Limbs</a></p><h3><a href='/{}'>Knees</a></h3><p>How to bend a knee.</p>"
    text, _ = article(f"<h2>Related Articles</h2>{card.format('May', 'a')}{card.format('June', 'b')}")
    assert text == "Rest the ankle for two days."


@pytest.mark.parametrize("label", ["<p><a href='/c'>Read more</a></p>", "<p>Read more</p>"])
def test_headings_that_are_links_stay_over_their_text(label: str) -> None:
    sections = "".join(
        f"<h2><a href='/{name}'>{name}</a></h2><p>Bend it after two days.</p>" for name in ("Knee", "Hip")
    )
    text, _ = article(f"<p>Ask us.</p>{label}{sections}")
    assert text.endswith("## Knee\n\nBend it after two days.\n\n## Hip\n\nBend it after two days.")
