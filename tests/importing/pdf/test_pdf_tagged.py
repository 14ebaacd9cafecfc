"""Tagged PDFs: headings, lists, tables and the order of the text are those that the file marks."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pytest
from pdf_files import Page, Tag, Text, pdf

from wellread.importing.converted import Converted
from wellread.importing.left_out import LeftOut
from wellread.importing.pdf.convert import convert

MARKED = "the order of the text, its headings, lists and tables are those that the file marks: compare them"
GUESSED = "the order of the text, its headings, lists and tables were guessed from the page: compare it all"
ROWS = (("TH", 0), ("TD", 2))


def read(lines: Sequence[Text], *tags: Tag) -> Converted:
    return convert(pdf([lines], tags=[Tag("Document", tags)]))


def p(*texts: int, kind: str = "P") -> Tag:
    return Tag(kind, [(0, text) for text in texts])


def test_order_and_headings_are_those_of_the_tags_and_not_of_the_page() -> None:
    lines = [
        Text("Call 999 if the lips turn blue.", 700, 50, tag=3),
        Text("Asthma", 740, 50, tag=0),
        Text("The airways become narrow.", 700, 320, tag=1),
        Text("When to call", 720, 50, tag=2),
    ]
    found = read(lines, p(0, kind="H1"), p(1), p(2, kind="H2"), p(3))
    assert found.html.split("\n") == [
        '<h1 class="title">Asthma</h1>',
        "<p>The airways become narrow.</p>",
        "<h2>When to call</h2>",
        "<p>Call 999 if the lips turn blue.</p>",
    ]
    assert found.notes[0] == MARKED


def test_paragraph_goes_on_in_the_next_column_and_on_the_next_page() -> None:
    first = [
        Text("Asthma", 760, size=20, tag=0),
        Text("Use the spacer with the", 60, 50, tag=1),
        Text("mask each time, and rinse", 700, 320, tag=2),
    ]
    tags = [Tag("H1", [(0, 0)]), Tag("P", [(0, 1), (0, 2), (1, 0)])]
    html = convert(pdf([first, [Text("the mouth.", 760, tag=0)]], tags=tags)).html
    assert "<p>Use the spacer with the mask each time, and rinse the mouth.</p>" in html


def test_lists_keep_their_labels_their_depth_and_their_second_paragraphs() -> None:
    texts = ["1.", "Shake it.", "2.", "Breathe out.", "Gently.", "-", "not too fast"]
    lines = [Text(text, 700 - 14 * at, 50 + 30 * (at % 2), tag=at) for at, text in enumerate(texts)]
    inner = Tag("L", [Tag("LI", [p(5, kind="Lbl"), p(6, kind="LBody")])])
    found = read(
        lines,
        Tag(
            "L",
            [
                Tag("LI", [p(0, kind="Lbl"), p(1, kind="LBody")]),
                Tag("LI", [p(2, kind="Lbl"), Tag("LBody", [p(3), p(4), inner])]),
            ],
        ),
    )
    assert found.html == (
        "<ol><li>Shake it.</li><li>Breathe out.<p>Gently.</p><ul><li>not too fast</li></ul></li></ol>"
    )


def test_cells_that_span_others_say_so() -> None:
    texts = ["Age", "Dose", "1-5", "5 ml", "10 ml", "adults", "none"]
    lines = [Text(text, 700 - 14 * (at // 3), 50 + 90 * (at % 3), tag=at) for at, text in enumerate(texts)]
    rows = [
        Tag("TR", [p(0, kind="TH"), Tag("TH", [(0, 1)], "/ColSpan 2")]),
        Tag("TR", [p(2, kind="TD"), p(3, kind="TD"), p(4, kind="TD")]),
        Tag("TR", [p(5, kind="TD"), Tag("TD", [(0, 6)], "/ColSpan 2")]),
    ]
    assert read(lines, Tag("Table", [Tag("TBody", rows)])).html == (
        '<table><tr><th>Age</th><th colspan="2">Dose</th></tr>'
        '<tr><td>1-5</td><td>5 ml</td><td>10 ml</td></tr><tr><td>adults</td><td colspan="2">none</td></tr></table>'
    )


def test_table_that_only_arranges_a_page_is_read_as_text() -> None:
    lines = [Text("Care", 700, 50, tag=0), Text("Rest well.", 680, 50, tag=1), Text("Help", 700, 320, tag=2)]
    cells = [Tag("TD", [p(0, kind="H2"), p(1)]), Tag("TD", [p(2, kind="H2")])]
    found = read(lines, Tag("Table", [Tag("TR", cells)]))
    assert found.html.split("\n") == ["<h2>Care</h2>", "<p>Rest well.</p>", "<h2>Help</h2>"]


def test_text_of_a_table_outside_of_its_cells_stands_below_it() -> None:
    texts = ["Age", "Dose", "Adults", "5 ml", "Not for babies."]
    lines = [Text(text, 700 - 14 * (at // 2), 50 + 90 * (at % 2), tag=at) for at, text in enumerate(texts)]
    rows = [Tag("TR", [p(0, kind="TH"), p(1, kind="TH")]), Tag("TR", [p(2, kind="TD"), p(3, kind="TD")])]
    assert read(lines, Tag("Table", [*rows, Tag("TR", [p(4)])])).html.split("\n") == [
        "<table><tr><th>Age</th><th>Dose</th></tr><tr><td>Adults</td><td>5 ml</td></tr></table>",
        "<p>Not for babies.</p>",
    ]


def test_table_without_cells_is_read_as_text() -> None:
    lines = [Text("Take two.", 700, tag=0), Text("Never ten.", 680, tag=1)]
    assert read(lines, p(0), Tag("Table", [p(1)])).html == "<p>Take two.</p>\n<p>Never ten.</p>"


def test_footnote_in_a_table_that_only_arranges_a_page_is_read_once() -> None:
    lines = [Text("Take two.", 700, tag=0), Text("1", 100, 50, 6, tag=1), Text("Not for babies.", 96, 56, 8, tag=2)]
    cell = Tag("TD", [p(0), Tag("Note", [p(1, kind="Lbl"), p(2)])])
    assert read(lines, Tag("Table", [Tag("TR", [cell])])).html == "<p>Take two.</p>\n<p>¹ Not for babies.</p>"


def test_table_of_contents_in_a_cell_is_named() -> None:
    lines = [Text(text, 700, 50 + 90 * at, tag=at) for at, text in enumerate(["Causes 3", "5 ml"])]
    found = read(lines, Tag("Table", [Tag("TR", [Tag("TD", [p(0, kind="TOC")]), p(1, kind="TD")])]))
    assert found.left_out == (LeftOut("table of contents", "Causes 3"),)


def test_label_of_an_item_without_text_stays() -> None:
    lines = [Text(text, 700 - 14 * at, tag=at) for at, text in enumerate(["1. Aspirin", "2.", "a)", "Rest."])]
    inner = Tag("L", [Tag("LI", [p(2, kind="Lbl"), p(3, kind="LBody")])])
    items = [Tag("LI", [p(0, kind="Lbl")]), Tag("LI", [p(1, kind="Lbl"), Tag("LBody", [inner])])]
    assert read(lines, Tag("L", items)).html.split("\n") == ["<p>1. Aspirin</p>", "<p>2.</p>", "<p>a) Rest.</p>"]


def test_item_that_begins_with_an_o_is_one_of_its_list() -> None:
    lines = [Text("-", 700, tag=0), Text("oats", 700, 64, tag=1)]
    assert read(lines, Tag("L", [Tag("LI", [p(0, kind="Lbl"), p(1, kind="LBody")])])).html == "<ul><li>oats</li></ul>"


@pytest.mark.parametrize("label", ["<", "+"])
def test_label_that_says_something_stays_before_its_item(label: str) -> None:
    lines = [Text(label, 700, tag=0), Text("one year", 700, 64, tag=1)]
    items = [Tag("LI", [p(0, kind="Lbl"), p(1, kind="LBody")])]
    assert read(lines, Tag("L", items)).html == f"<ul><li>{escape(label)} one year</li></ul>"


def test_footnote_stands_below_what_refers_to_it() -> None:
    lines = [
        Text("Take 5 ml", 700, tag=0),
        Text("1", 704, 91, 6, tag=1),
        Text("1", 100, 50, 6, tag=2),
        Text("Not below one year.", 96, 56, 8, tag=3),
    ]
    note = Tag("Note", [p(2, kind="Lbl"), p(3)])
    assert read(lines, Tag("P", [(0, 0), (0, 1), note])).html.split("\n") == [
        "<p>Take 5 ml[1]</p>",
        "<p>[1] Not below one year.</p>",
    ]


def test_what_the_tags_leave_out_at_the_edges_of_a_page_is_named() -> None:
    lines = [Text("Ward 12", 780, size=7), Text("Rest, and drink plenty of water.", 700, tag=0)]
    found = read(lines, p(0))
    assert found.html == "<p>Rest, and drink plenty of water.</p>"
    assert found.left_out == (LeftOut("outside of the text as the file marks it", "Ward 12"),)


def test_tags_that_leave_text_out_between_what_they_name_are_not_used() -> None:
    lines = [
        Text("Gout", 740, size=20, tag=0),
        Text("Never take more than eight of these tablets in a day.", 700),
        Text("Drink plenty.", 680, tag=1),
    ]
    found = read(lines, p(0, kind="H1"), p(1))
    assert "Never take more than eight" in found.html
    assert found.notes[0] == GUESSED


def test_without_marked_headings_the_look_tells_them() -> None:
    lines = [
        Text("Gout", 740, size=20, font="bold", tag=0),
        Text("It hurts at night.", 700, tag=1),
        Text("Care", 680, size=14, font="bold", tag=2),
        Text("Cool the joint.", 660, tag=3),
    ]
    assert read(lines, p(0), p(1), p(2), p(3)).html.split("\n")[:3:2] == [
        '<h1 class="title">Gout</h1>',
        "<h2>Care</h2>",
    ]


def test_title_that_word_marks_as_a_paragraph_is_the_title() -> None:
    lines = [
        Text("Gout", 740, size=24, tag=0),
        Text("Causes", 700, size=14, tag=1),
        Text("Crystals.", 680, tag=2),
        Text("Care", 660, size=14, tag=3),
        Text("Rest.", 640, tag=4),
    ]
    found = read(lines, p(0), p(1, kind="H1"), p(2), p(3, kind="H1"), p(4))
    assert [line for line in found.html.split("\n") if line.startswith("<h")] == [
        '<h1 class="title">Gout</h1>',
        "<h2>Causes</h2>",
        "<h2>Care</h2>",
    ]


def test_page_without_tags_among_tagged_ones_is_guessed() -> None:
    pages = [Page([Text("Rest.", 700, tag=0)]), Page([Text("Drink plenty of water each day.", 700)])]
    found = convert(pdf(pages, tags=[Tag("P", [(0, 0)])]))
    assert found.notes[0] == GUESSED


def test_paragraph_that_most_pages_have_is_a_running_head() -> None:
    words = ("Rest.", "Drink water.", "Sleep well.")
    pages = [[Text(text, 700, tag=0), Text(f"Ward 12, slide {at}", 30, tag=1)] for at, text in enumerate(words, 1)]
    tags = [Tag("P", [(page, text)]) for page in range(3) for text in (0, 1)]
    found = convert(pdf(pages, tags=tags))
    assert found.html == "<p>Rest.</p>\n<p>Drink water.</p>\n<p>Sleep well.</p>"
    assert [piece.text for piece in found.left_out] == [f"Ward 12, slide {at}" for at in (1, 2, 3)]


@pytest.mark.parametrize(("last", "stays"), [("5", False), ("7", True)])
def test_number_of_a_page_that_stands_alone_goes_as_those_beside_running_heads_do(last: str, stays: bool) -> None:
    feet = ("Ward 12, slide 1", "Ward 12, slide 2", "Ward 12, slide 3", "Ward 12, slide 4", last)
    words = ("Rest.", "Drink water.", "Sleep well.", "Eat fruit.", "Weeks of rest in all:")
    pages = [[Text(text, 700, tag=0), Text(foot, 30, tag=1)] for text, foot in zip(words, feet, strict=True)]
    tags = [Tag("P", [(page, text)]) for page in range(5) for text in (0, 1)]
    assert convert(pdf(pages, tags=tags)).html.endswith(f"<p>{last}</p>") == stays


def sheet(title: float, pages: int) -> Converted:
    """A leaflet whose second section's heading is of a size, with more pages of one section each."""
    first = [
        Text("Vitamin D", 760, size=14, tag=0),
        Text("Take one drop each day in winter.", 740, tag=1),
        Text("Staying steady", 760, 320, size=title, tag=2),
        Text("How not to fall at home.", 730, 320, tag=3),
    ]
    others = [[Text("Keep strong", 760, size=14, tag=0), Text("Walk each day.", 740, tag=1)] for _ in range(pages - 1)]
    kinds = [[(0, "H2"), (1, "P"), (2, "H1"), (3, "P")], *([(0, "H2"), (1, "P")] for _ in others)]
    tags = [Tag(kind, [(page, at)]) for page, marked in enumerate(kinds) for at, kind in marked]
    return convert(pdf([first, *others], tags=tags))


def test_title_on_the_cover_of_a_folded_leaflet_comes_first_with_a_note() -> None:
    found = sheet(title=26, pages=2)
    assert found.html.split("\n") == [
        '<h1 class="title">Staying steady</h1>',
        "<p>How not to fall at home.</p>",
        "<h2>Vitamin D</h2>",
        "<p>Take one drop each day in winter.</p>",
        "<h2>Keep strong</h2>",
        "<p>Walk each day.</p>",
    ]
    note = "the file has these sections before its title, as folded leaflets do, look at their order"
    assert f'{note}: "Vitamin D"' in found.notes


def test_heading_that_is_no_larger_than_those_before_it_is_no_title() -> None:
    found = sheet(title=14, pages=2)
    assert "<h1" not in found.html
    assert found.html.index("Vitamin D") < found.html.index("Staying steady")


def test_dose_or_amount_that_most_pages_have_is_no_running_head() -> None:
    for said in (("Twice a day",) * 3, ("Spoons: 8", "Spoons: 4", "Spoons: 2"), ("Not for babies",) * 3):
        pages = [[Text(f"Syrup {at}", 700, tag=0), Text(text, 680, tag=1)] for at, text in enumerate(said)]
        tags = [Tag("P", [(page, text)]) for page in range(3) for text in (0, 1)]
        found = convert(pdf(pages, tags=tags))
        assert [found.html.count(f"<p>{text}</p>") for text in said] == [said.count(text) for text in said]


def test_number_to_call_that_most_pages_end_with_stays_on_the_last() -> None:
    words = ("Rest.", "Drink water.", "Sleep well.")
    pages = [[Text(text, 700, tag=0), Text("Poison line: 112", 30, tag=1)] for text in words]
    tags = [Tag("P", [(page, text)]) for page in range(3) for text in (0, 1)]
    assert convert(pdf(pages, tags=tags)).html.split("\n") == [
        f"<p>{text}</p>" for text in (*words, "Poison line: 112")
    ]


def test_label_that_most_pages_have_between_other_paragraphs_is_no_running_head() -> None:
    said = ("Syrup {}", "Warning", "Keep it at home {}.")
    pages = [[Text(text.format("abc"[at]), 700 - 20 * n, tag=n) for n, text in enumerate(said)] for at in range(3)]
    tags = [Tag("P", [(page, text)]) for page in range(3) for text in range(3)]
    assert convert(pdf(pages, tags=tags)).html.count("<p>Warning</p>") == 3


def test_tables_on_two_pages_under_one_head_are_one_and_the_head_is_named() -> None:
    def table(page: int) -> Tag:
        return Tag("Table", [Tag("TR", [Tag(kind, [(page, at)]), Tag(kind, [(page, at + 1)])]) for kind, at in ROWS])

    pages = [
        [Text(word, 700 - 14 * (at // 2), 50 + 150 * (at % 2), tag=at) for at, word in enumerate(words.split())]
        for words in ("Soort Deel Kers twee", "Soort Deel Peer drie")
    ]
    found = convert(pdf(pages, tags=[Tag("Document", [table(0), table(1)])]))
    assert found.html == (
        "<table><tr><th>Soort</th><th>Deel</th></tr>"
        "<tr><td>Kers</td><td>twee</td></tr><tr><td>Peer</td><td>drie</td></tr></table>"
    )
    assert found.left_out == (LeftOut("heads of tables once more", "Soort Deel"),)


def test_sides_of_a_divided_word_are_no_words_of_the_text() -> None:
    lines = [Text(line, 700 - 12 * at, tag=0) for at, line in enumerate(["Veel men-", "sen zijn verkou-", "den."])]
    assert read(lines, p(0)).html == "<p>Veel mensen zijn verkouden.</p>"
