"""A note names the lines at a web page's ends that may be its site's; they stay, and ordinary ends are not named."""

from __future__ import annotations

import pytest
from web_files import text_and_notes

BEGIN = (
    "<p>A sprain is an injury of the bands that hold a joint together.</p><h2>What you can do</h2>"
    "<p>Rest the ankle for two days, and cool it often. Most people walk again within a week or two.</p>"
    "<ul><li>Keep it high.</li><li>Wear firm shoes.</li></ul>"
)
NOTE = "may be the site's own lines and no text, look at them and delete what is: "


def end_of(below: str, above: str = "", frame: str = "main") -> tuple[str, list[str]]:
    page = f"<html lang=en><title>Sprains</title><{frame}><h1>Sprains</h1>{above}<div>{BEGIN}</div>{below}</{frame}>"
    text, notes = text_and_notes(page)
    return text, [note.removeprefix(NOTE) for note in notes if note.startswith(NOTE)]


def cards(*titles: str) -> str:
    return "".join(
        f'<div class="post"><img src="a.png" alt=""><p>Sport</p><p><a href="/{at}">{title}</a></p>'
        f"<p>What runners ask most.</p><p>3 May 2024</p></div>"
        for at, title in enumerate(titles)
    )


def test_cards_of_other_pages_stay_and_are_named_from_first_to_last_line() -> None:
    text, notes = end_of(f"<div class=grid>{cards('Running in the cold', 'Shoes for wide feet', 'Stretching')}</div>")
    assert text.endswith("What runners ask most.\n\n3 May 2024")
    assert notes == ['"Sport" to "3 May 2024" (12 lines)']


RELATED = "<div class=more><h2>Related content</h2><ul><li>Heat plan 2026 (PDF, 2 MB)</li><li>Ozone</li></ul></div>"
NUMBERS = "<h2>Telephones</h2><table><tr><th>Service</th><th>Number</th></tr><tr><td>Help</td><td>112</td></tr></table>"


@pytest.mark.parametrize(
    "above",
    [
        NUMBERS,
        "<h2>Doses</h2><table><tr><th>Age</th><th>Dose</th></tr><tr><td>Adults</td><td>2 tablets</td></tr></table>",
        "<div class=widget><p>Bone line</p><p>03 44 55 66 77</p></div>",
        '<div class=widget><p>Bone line</p><p><a href="tel:15">15</a></p></div>',
        "<div class=widget><dl><dt>Review due</dt><dd>12 March 2027</dd></dl></div>",
    ],
)
def test_tables_numbers_to_call_and_dates_of_review_end_a_run(above: str) -> None:
    text, notes = end_of(above + RELATED)
    assert text.endswith("- Heat plan 2026 (PDF, 2 MB)\n- Ozone")
    assert notes in ([], ['"Related content" to "Ozone" (3 lines)'])


def test_lines_below_a_table_of_numbers_are_named_alone() -> None:
    assert end_of(NUMBERS + RELATED)[1] == ['"Related content" to "Ozone" (3 lines)']


def test_subheading_below_the_title_is_not_named_and_a_writer_beside_it_is() -> None:
    page = (
        "<html lang=en><title>Sprains</title><main><article class=note><header class=note-header><h1>Sprains</h1>"
        f"{{}}</header><div class=text>{BEGIN}</div></article></main>"
    )
    _, notes = text_and_notes(page.format("<p class=note-sub><small>Advice for the first weeks</small></p>"))
    assert not any(note.startswith(NOTE) for note in notes)
    _, notes = text_and_notes(page.format('<div class="post-writer widget"><p>Ann Lee</p><p>Health writer</p></div>'))
    assert any(note.startswith(NOTE) for note in notes)


def test_box_about_the_writer_is_named_where_its_class_says_so() -> None:
    text, notes = end_of(
        '<div class="post-writer widget"><img src=a.png alt=""><p>Ann Lee</p><p>Health writer</p></div>'
    )
    assert "Ann Lee\n\nHealth writer" in text
    assert notes == ['"Ann Lee" to "Health writer" (2 lines)']


def test_lines_of_a_script_without_spaces_are_measured_too() -> None:
    body = "<p>扭伤是关节周围韧带的损伤，多数人在一到两周内可以恢复行走。</p><p>请休息两天，并经常冷敷受伤的部位。</p>"
    items = "".join(
        f'<div class=it><img src=a.png alt=""><a href="/{at}">跑步鞋怎么选{at}</a><p>运动</p></div>' for at in range(3)
    )
    _, notes = text_and_notes(
        f"<html lang=zh><title>扭伤怎么办</title><main><h1>扭伤怎么办</h1><div>{body}</div><div>{items}</div></main>"
    )
    assert any(note.startswith(NOTE) for note in notes)


@pytest.mark.parametrize("frame", ["main", "div"])
@pytest.mark.parametrize(
    "below",
    [
        '<h2>Helplines</h2><ul><li>Bone line: <a href="tel:5550100">555 0100</a></li></ul>',
        "<div class=sec><h2>Emergency</h2><p>Call 999</p></div>",
        '<div class="box alert"><h3>In an emergency</h3><p><a href="tel:999">Call 999</a></p></div>',
        "<h2>References</h2><ol><li>Lee A, Moss B. Sprains in adults. J Ex Med. 2019;4:12-19.</li></ol>",
        "<div class=disclaimer><small>This page does not replace the advice of a doctor.</small></div>",
        '<h2>Contact</h2><p>Example Clinic<br>1 Example Street</p><p><a href="mailto:a@b.example">a@b.example</a></p>',
        "<h2>Opening hours</h2><table><tr><td>Monday</td><td>9 am to 5 pm</td></tr></table>",
        "<aside class=sidebar><h2>Plaster room</h2><p>Open 9 to 4, level 2.</p></aside>",
        "<div><dl><dt>Last reviewed</dt><dd>12 March 2024</dd><dt>Review due</dt><dd>12 March 2027</dd></dl></div>",
        "<p>Source: Example Institute, 2023</p><p>Author: Dr Ann Lee</p>",
        "<div><h2>Do not</h2><ul><li>Do not run</li><li>No alcohol</li></ul></div>",
        '<div class=row><div class=card><img src=a.png alt=""><h3>Do not drive</h3><p>for 24 hours</p></div></div>',
        "<div class=grid><div>Adults</div><div>2 tablets</div><div>Children</div><div>1 tablet</div></div>",
        "<div class=sec><h2>Side effects</h2><p>Headache</p><p>Nausea</p></div>",
    ],
)
def test_what_ordinary_articles_end_with_is_not_named(below: str, frame: str) -> None:
    assert end_of(below, frame=frame)[1] == []


def test_warning_above_the_text_is_not_named() -> None:
    assert end_of("", '<div class="alert">Call 112 now if you cannot feel the foot</div>')[1] == []


def test_page_without_a_sentence_is_not_judged() -> None:
    _, notes = text_and_notes(f"<html lang=en><title>Feet</title><main><h1>Feet</h1>{cards('Shoes', 'Socks')}</main>")
    assert not any(note.startswith(NOTE) for note in notes)
