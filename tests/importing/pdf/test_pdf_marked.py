"""Tagged PDFs that mark their text badly: several paragraphs as one, some headings only, another order, no title."""

from __future__ import annotations

from collections.abc import Sequence

from pdf_files import Tag, Text, pdf

from wellread.importing.converted import Converted
from wellread.importing.pdf.convert import convert


def read(lines: Sequence[Text], *tags: Tag) -> Converted:
    return convert(pdf([lines], tags=[Tag("Document", tags)]))


def p(*texts: int, kind: str = "P") -> Tag:
    return Tag(kind, [(0, text) for text in texts])


def test_paragraph_that_is_marked_around_several_is_divided_where_lines_stand_apart() -> None:
    lines = [
        Text("Care after a sprain", 760, size=16, tag=0),
        Text("Rest the ankle for two days, and", 720, tag=1),
        Text("keep it cool and raised.", 708, tag=2),
        Text("Walk a little from the third day.", 680, tag=3),
        Text("Do not run for three weeks.", 668, tag=4),
    ]
    assert read(lines, p(0, kind="H1"), p(1, 2, 3, 4)).html.split("\n")[1:] == [
        "<p>Rest the ankle for two days, and keep it cool and raised.</p>",
        "<p>Walk a little from the third day. Do not run for three weeks.</p>",
    ]


def test_sentence_goes_on_behind_a_wide_gap_and_a_bold_line_above_text_is_divided_from_it() -> None:
    lines = [
        Text("Sertol spray", 760, size=16, tag=0),
        Text("Shake the bottle. To do so,", 730, tag=1),
        Text("press the top with two fingers.", 700, tag=2),
        Text("How do I keep it?", 670, font="bold", tag=3),
        Text("Keep it below 25 degrees.", 658, tag=4),
        Text("Do not take it with", 640, font="bold", tag=5),
        Text("alcohol.", 628, tag=6),
    ]
    assert read(lines, p(0, kind="H1"), p(1, 2), p(3, 4), p(5, 6)).html.split("\n")[1:] == [
        "<p>Shake the bottle. To do so, press the top with two fingers.</p>",
        "<p>How do I keep it?</p>",
        "<p>Keep it below 25 degrees.</p>",
        "<p>Do not take it with alcohol.</p>",
    ]


def test_items_that_are_marked_as_one_item_are_divided() -> None:
    lines = [
        Text("Sprains", 760, size=16, tag=0),
        Text("- Do not walk on it,", 720, 60, tag=1),
        Text("not even at home.", 708, 68, tag=2),
        Text("- Do not warm it.", 696, 60, tag=3),
        Text("Call us at once if the foot is cold.", 670, 50, tag=4),
    ]
    item = Tag("L", [Tag("LI", [p(1, 2, 3, 4, kind="LBody")])])
    assert read(lines, p(0, kind="H1"), item).html.split("\n")[1:] == [
        "<ul><li>Do not walk on it, not even at home.</li><li>Do not warm it.</li></ul>",
        "<p>Call us at once if the foot is cold.</p>",
    ]


def test_item_goes_on_at_the_margin_below_its_label_unless_a_sentence_ends_above() -> None:
    lines = [
        Text("Sprains", 760, size=16, tag=0),
        Text("8.", 720, 60, tag=1),
        Text("Put on the bandage in the morning, and take it off", 720, 80, tag=2),
        Text("before you go to bed.", 708, 60, tag=3),
        Text("9.", 690, 60, tag=4),
        Text("Do not walk on it.", 690, 80, tag=5),
        Text("Call us at once if the foot is cold.", 678, 60, tag=6),
    ]
    items = [Tag("LI", [p(1, kind="Lbl"), p(2, 3, kind="LBody")]), Tag("LI", [p(4, kind="Lbl"), p(5, 6, kind="LBody")])]
    assert read(lines, p(0, kind="H1"), Tag("L", items)).html.split("\n")[1:] == [
        f'<ol start="8"><li>{lines[2].text} before you go to bed.</li><li>Do not walk on it.</li></ol>',
        "<p>Call us at once if the foot is cold.</p>",
    ]


def test_item_that_is_marked_as_another_on_the_next_page_goes_on() -> None:
    first = [
        Text("Diabetes", 760, size=16, tag=0),
        Text("-", 60, tag=1),
        Text("Adults have it, or pre-", 60, 60, tag=2),
    ]
    second = [Text("diabetes, for years.", 760, 60, tag=0), Text("-", 740, tag=1), Text("Others", 740, 60, tag=2)]
    items = [
        Tag("LI", [Tag("Lbl", [(0, 1)]), Tag("LBody", [(0, 2)])]),
        Tag("LI", [Tag("LBody", [(1, 0)])]),
        Tag("LI", [Tag("Lbl", [(1, 1)]), Tag("LBody", [(1, 2)])]),
    ]
    html = convert(pdf([first, second], tags=[Tag("Document", [p(0, kind="H1"), Tag("L", items)])])).html
    assert "<ul><li>Adults have it, or prediabetes, for years.</li><li>Others</li></ul>" in html


def test_an_o_that_begins_a_line_of_a_sentence_is_a_word() -> None:
    lines = [Text("Avise si son mayores", 720, tag=0), Text("o embarazadas.", 708, tag=1)]
    found = read([Text("Avisos", 760, size=16, tag=2), *lines], p(2, kind="H1"), p(0, 1))
    assert "<p>Avise si son mayores o embarazadas.</p>" in found.html


def test_circles_before_items_are_no_words() -> None:
    lines = [
        Text("Causes", 760, size=16, tag=0),
        Text("o", 720, 60, tag=1),
        Text("A cold", 720, 80, tag=2),
        Text("o", 706, 60, tag=3),
        Text("Dust", 706, 80, tag=4),
    ]
    items = [Tag("LI", [p(1, kind="Lbl"), p(2, kind="LBody")]), Tag("LI", [p(3, kind="Lbl"), p(4, kind="LBody")])]
    found = read(lines, p(0, kind="H1"), Tag("L", items))
    assert "<ul><li>A cold</li><li>Dust</li></ul>" in found.html
    assert "o" not in found.words.split()


def test_paragraphs_that_look_as_marked_headings_are_headings() -> None:
    lines = [
        Text("Sertol tablets", 770, size=20, tag=0),
        Text("1. What it is for", 740, font="bold", tag=1),
        Text("It is for mild pain of the joints.", 726, tag=2),
        Text("2. When you must not take it", 700, font="bold", tag=3),
        Text("Do not take it before an operation.", 686, tag=4),
    ]
    found = read(lines, p(0, kind="H1"), p(1, kind="H2"), p(2), p(3), p(4))
    assert "<h2>2. When you must not take it</h2>\n<p>Do not take it before an operation.</p>" in found.html


def test_headings_are_added_where_most_are_not_marked() -> None:
    lines = [
        Text("PATIENT INFORMATION", 770, font="bold", tag=0),
        Text("Read this before you take Sertol.", 756, tag=1),
        *(
            Text(text, 730 - 14 * at, font="plain" if at % 2 else "bold", tag=at + 2)
            for at, text in enumerate(
                [
                    "What it is for",
                    "It is for mild pain.",
                    "Do not use it if you",
                    "have a weak liver.",
                    "Storage",
                    "Cool.",
                ]
            )
        ),
    ]
    html = read(lines, p(0, kind="H1"), *map(p, range(1, 8))).html
    assert "<h2>Do not use it if you</h2>\n<p>have a weak liver.</p>" in html
    banner = Text("Sertol tablets", 790, size=20, tag=8)
    assert read([banner, *lines], p(8), p(0, kind="H1"), *map(p, range(1, 8))).html.startswith(
        '<h1 class="title">Sertol'
    )


def test_heading_that_counts_on_is_one_though_another_heading_follows() -> None:
    lines = [
        Text("Sertol tablets", 770, size=20, tag=0),
        Text("1. When you must not take it", 740, font="bold", tag=1),
        Text("Do not take it before an operation.", 726, tag=2),
        Text("2. What you must know", 700, font="bold", tag=3),
        Text("Warnings", 686, font="bold", tag=4),
        Text("It may make you sleepy.", 672, tag=5),
    ]
    html = read(lines, *map(p, range(6))).html
    assert "<h2>2. What you must know</h2>\n<h2>Warnings</h2>\n<p>It may make you sleepy.</p>" in html


def test_letter_at_a_branch_of_a_chart_is_no_heading() -> None:
    lines = [
        Text("Asthma attack", 770, size=20, tag=0),
        Text("Y", 730, size=14, font="bold", tag=1),
        Text("Use the inhaler again after a minute.", 710, tag=2),
        Text("N", 690, size=14, font="bold", tag=3),
        Text("Call the emergency number now.", 670, tag=4),
    ]
    assert read(lines, *map(p, range(5))).html.count("<h") == 1


def test_banner_that_is_not_marked_is_the_title() -> None:
    lines = [
        Text("Sleeping well 1", 770, size=24),
        Text("What helps", 730, size=14, tag=0),
        Text("A cool and dark room helps most people.", 710, tag=1),
        Text("1", 30, size=8),
    ]
    found = read(lines, p(0, kind="H1"), p(1))
    assert found.html.split("\n")[:2] == ['<h1 class="title">Sleeping well 1</h1>', "<h2>What helps</h2>"]
    assert [piece.text for piece in found.left_out] == ["1"]


def test_large_text_below_what_is_marked_is_no_title() -> None:
    lines = [
        Text("Sleeping well", 770, size=16, tag=0),
        Text("A cool and dark room helps most people.", 740, tag=1),
        Text("PHOTO", 300, size=40),
    ]
    assert read(lines, p(0, kind="H1"), p(1)).html.startswith('<h1 class="title">Sleeping well</h1>')


def test_two_headings_right_above_all_others_are_the_title() -> None:
    lines = [
        Text("SLEEP", 770, size=20, font="bold", tag=0),
        Text("AND THE HEART", 748, size=20, tag=1),
        Text("Poor sleep strains the heart.", 720, tag=2),
        Text("What helps", 700, size=14, tag=3),
        Text("Go to bed at the same time each day.", 680, tag=4),
    ]
    html = read(lines, p(0, kind="H1"), p(1, kind="H1"), p(2), p(3, kind="H2"), p(4)).html
    assert html.startswith('<h1 class="title">SLEEP AND THE HEART</h1>\n<p>Poor sleep')


def test_note_quotes_what_stands_higher_than_the_text_before_it() -> None:
    lines = [
        Text("Smoke at home", 770, size=20, tag=0),
        Text("What about smoke from other flats?", 700, tag=3),
        Text("It comes through the stairs and the walls.", 680, tag=1),
        Text("Talk to the people who live beside you.", 660, tag=2),
    ]
    note = "these parts stand higher on the page than what the file puts before them, look whether they stand in their "
    found = read(lines, p(0, kind="H1"), p(1), p(2), p(3))
    assert f'{note}place: page 1 ("What about smoke from other flats?")' in found.notes
    ordered = read(lines, p(0, kind="H1"), p(3), p(1), p(2))
    assert not any(one.startswith(note) for one in ordered.notes)
    columns = [
        Text("Smoke at home", 770, size=20, tag=0),
        Text("It comes through the stairs.", 700, 50, tag=1),
        Text("Talk to your neighbours.", 680, 50, tag=2),
        Text("Open a window for an hour.", 700, 320, tag=3),
    ]
    assert not any(one.startswith(note) for one in read(columns, p(0, kind="H1"), p(1), p(2), p(3)).notes)


def test_file_that_marks_each_line_as_a_paragraph_is_read_by_the_places_of_its_lines() -> None:
    """Eight lines that go on in the middle of a sentence are enough; items without bullets are shorter."""
    lines = [Text("Constipation", 770, size=20, tag=0)]
    for at in range(5):
        y = 740 - 40 * at
        lines += [
            Text(f"In week {at} the child takes the powder with a", y, tag=3 * at + 1),
            Text("glass of water after the first meal of each", y - 12, tag=3 * at + 2),
            Text("day, and not more than that.", y - 24, tag=3 * at + 3),
        ]
    html = read(lines, p(0, kind="H1"), *map(p, range(1, 16))).html
    assert html.count("<p>") == 5
    assert read(lines[:7], p(0, kind="H1"), *map(p, range(1, 7))).html.count("<p>") == 6


def test_typed_contents_are_left_out_and_amounts_behind_dots_stay() -> None:
    contents = [("Contents", 740), ("Signs ........ 2", 720), ("Food ........ 3", 708), ("Tablets ........ 5", 696)]
    text = [("Signs", 660), ("Rest.", 640), ("Tablets", 620), ("Week 1 ........ 1", 600), ("Week 2 ........ 2", 588)]
    text.append(("Week 3 ........ 3", 576))
    lines = [Text(line, y, tag=at) for at, (line, y) in enumerate([*contents, *text])]
    found = read(lines, p(0), p(1, 2, 3), *(p(at) for at in range(4, 10)))
    assert found.html.split("\n") == [f"<p>{line}</p>" for line, _ in text]
    assert [piece.text for piece in found.left_out] == ["Contents", "Signs … 2", "Food … 3", "Tablets … 5"]


def test_date_of_the_review_below_the_end_of_a_marked_paragraph_is_none_of_it() -> None:
    lines = [
        Text("Call the ward if you feel faint and cannot stand.", 720, tag=0),
        Text("Last reviewed: March 2024", 708, tag=0),
        Text("It was last", 680, tag=1),
        Text("reviewed in March 2024 by Dr Roe.", 668, tag=1),
    ]
    assert read(lines, p(0), p(1)).html.split("\n") == [
        "<p>Call the ward if you feel faint and cannot stand.</p>",
        "<p>Last reviewed: March 2024</p>",
        "<p>It was last reviewed in March 2024 by Dr Roe.</p>",
    ]
