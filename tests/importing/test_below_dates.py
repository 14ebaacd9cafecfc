"""Lists of files, and lists of days below the date of review, are no text of a web page: they go and are named."""

from __future__ import annotations

import pytest
from web_files import text_and_notes

PROSE = (
    "<p>Rest the ankle and keep it high for two days.</p><h2>Cold</h2>"
    "<p>Cool it for ten minutes, three times a day, and put a cloth between the skin and the ice.</p>"
)
ARTICLE = (
    "Rest the ankle and keep it high for two days.\n\n## Cold\n\n"
    "Cool it for ten minutes, three times a day, and put a cloth between the skin and the ice."
)


def article(end: str) -> tuple[str, tuple[str, ...]]:
    return text_and_notes(f"<html lang=en><title>Sprains</title><main><h1>Sprains</h1>{PROSE}{end}</main>")


FILES = (
    "<div><h2>Dokumente</h2><table><tr><th>Name</th><th>Geändert</th></tr>"
    "<tr><td>knoechel_v3.docx</td><td>14.8.2024</td><td>Roe, Ann</td></tr>"
    "<tr><td>plan.pdf</td><td>2024-08-15</td><td>Lee, Bo</td></tr></table></div>"
)


def test_table_of_files_with_their_days_is_left_out_and_gives_no_date_of_review() -> None:
    text, notes = article(FILES)
    assert text == ARTICLE
    assert [note.partition(":")[0] for note in notes] == ["left out, list of files"]


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td>Leaflet</td><td>ankle.pdf</td></tr><tr><td>Plan</td><td>plan.pdf</td></tr></table>",
        "<table><tr><td>card.pdf</td><td>Dose changed 3 May 2024</td></tr></table>",
        "<table><tr><td>1st dose</td><td>3 May 2024</td></tr><tr><td>2nd dose</td><td>3 June 2024</td></tr></table>",
    ],
    ids=["files without a day", "files with a change", "days without a file"],
)
def test_table_of_data_stays(table: str) -> None:
    assert "| " in article(table)[0]


REVIEWED = "<p>Last reviewed: 3 May 2025</p>"


@pytest.mark.parametrize(
    "below",
    [
        "<h3>Agenda</h3><ul><li>12 juillet : Don du sang, hall principal</li></ul>",
        "<h2>Termine</h2><ul><li>3. Mai 2025: Tag der offenen Tür</li><li>4. Juni 2025: Basar</li></ul>",
        "<h2>Akce</h2><ul><li>5. června: Běh pro zdraví</li></ul>",
    ],
)
def test_days_under_a_heading_below_the_date_of_review_are_left_out(below: str) -> None:
    text, notes = article(REVIEWED + below)
    assert text == ARTICLE
    assert any(note.startswith("left out, below the date of review: ") for note in notes)


@pytest.mark.parametrize(
    "below",
    [
        "<h2>Doses</h2><ul><li>2 drops: morning</li><li>3 drops: evening</li></ul>",
        "<h2>Call</h2><ul><li>3 May: 0555 0100 200</li></ul>",
        "<h2>Open</h2><ul><li>3 May: 08:00-12:00</li></ul>",
        "<h2>Sources</h2><ul><li>Clinic plan, May 2024</li><li>A book on ankles</li></ul>",
        "<h2>Warning</h2><ul><li>3 May 2025: the lotion was withdrawn. Do not use it.</li></ul>",
    ],
    ids=["doses", "number", "hours", "sources", "sentence"],
)
def test_other_lists_below_the_date_of_review_stay(below: str) -> None:
    assert article(REVIEWED + below)[0].startswith(ARTICLE + "\n\n## ")


def test_days_above_the_date_of_review_stay() -> None:
    days = "<h2>Visits</h2><ul><li>12 July: first visit</li></ul>"
    assert article(days + REVIEWED)[0].endswith("## Visits\n\n- 12 July: first visit")
