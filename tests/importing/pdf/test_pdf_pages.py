"""PDFs as a person reads their pages: columns, tables, lists and headings, and notes of all that is no text."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from pdf_files import Page, Text, paragraph, pdf

from wellread.errors import WellreadError
from wellread.importing.left_out import notes_of
from wellread.importing.pdf.convert import convert
from wellread.text.accounting import WordDifference, compare_words

GUESSED = "the order of the text, its headings, lists and tables were guessed from the page: compare it all"
NO_HEADINGS = "no headings were found, all text is one section"
TITLE = Text("Gout", 760, size=20, font="bold")


def lines(*pages: Page | Sequence[Text]) -> list[str]:
    return convert(pdf(pages)).html.split("\n")


def notes(*pages: Page | Sequence[Text]) -> tuple[str, ...]:
    """The notes without the first, which is the same for all."""
    read = convert(pdf(pages))
    text = re.sub("<[^>]*>", " ", read.html) + " ".join(piece.text for piece in read.left_out)
    assert compare_words(read.words, text) == WordDifference((), ())
    assert read.notes[0] == GUESSED
    return (*read.notes[1:], *notes_of(read.left_out))


# Order


def test_columns_are_read_one_after_the_other_though_headings_were_drawn_first() -> None:
    heads = [Text("What is it?", 700, x, 14, "bold") for x in (40, 320)]
    left = paragraph("Small crystals form in a joint and|make it hot, red and painful.", 680, 40)
    right = paragraph("Tablets ease the pain. Keep the|joint cool and drink plenty.", 680, 320)
    rows = [line for pair in zip(left, right, strict=True) for line in pair]
    assert lines([*heads, *rows]) == [
        "<h2>What is it?</h2>",
        "<p>Small crystals form in a joint and make it hot, red and painful.</p>",
        "<h2>What is it?</h2>",
        "<p>Tablets ease the pain. Keep the joint cool and drink plenty.</p>",
    ]


def test_columns_below_a_line_of_full_width_and_not_on_one_height() -> None:
    wide = Text("This leaflet is about gout, what helps against it, and when you should call us about it.", 730)
    left = paragraph("Small crystals form in a joint and|make it hot, red and painful.", 700)
    right = paragraph("Tablets ease the pain. Keep the|joint cool and drink plenty.", 694, 320)
    assert lines([TITLE, wide, *left, *right]) == [
        '<h1 class="title">Gout</h1>',
        f"<p>{wide.text}</p>",
        "<p>Small crystals form in a joint and make it hot, red and painful.</p>",
        "<p>Tablets ease the pain. Keep the joint cool and drink plenty.</p>",
    ]


_LEFT = [
    Text("Causes", 700, 40, 14, "bold"),
    *paragraph("Small crystals form in a joint and|make it hot, red and painful, for|they are sharp.", 680, 40),
]
_RIGHT = [
    Text("Signs", 706, 320, 14, "bold"),
    *paragraph("The toe is red, hot and swollen, and|it hurts most in the night, when you|lie still.", 686, 320),
]
_CARE = [
    Text("Care", 580, 40, 14, "bold"),
    *paragraph("Rest the joint and keep it cool and dry for|some days, and drink more water than|before.", 560, 40),
]
_HELP = [
    Text("Help", 586, 320, 14, "bold"),
    *paragraph("The ward answers at any hour of the day,|and the doctor calls you back as soon|as she can.", 566, 320),
]


def _in_order(read: Sequence[str]) -> list[str]:
    return [re.sub("<[^>]*>", " ", line).split()[0] for line in read]


def test_heading_below_columns_heads_the_text_that_reaches_over_both() -> None:
    below = [
        Text("Doses", 630, 40, 14, "bold"),
        *paragraph("Take one tablet in the morning, and another " * 2, 610, 40),
    ]
    assert _in_order(lines([TITLE, *_LEFT, *_RIGHT, *below])) == [
        "Gout",
        "Causes",
        "Small",
        "Signs",
        "The",
        "Doses",
        "Take",
    ]


def test_box_across_columns_ends_those_above_it() -> None:
    box = [Text("Call us if it gets worse.", 615, 50, font="bold")]
    page = Page([TITLE, *_LEFT, *_RIGHT, *box, *_CARE, *_HELP], drawn="30 607 540 24 re S\n")
    order = ["Gout", "Causes", "Small", "Signs", "The", "Call", "Care", "Rest", "Help", "The"]
    assert _in_order(lines(page)) == order


def test_ruled_table_across_columns_ends_those_above_it_and_keeps_its_heading() -> None:
    cells = [("Age", "Dose"), ("2", "5 ml"), ("6", "10 ml")]
    table = [Text(cell, 610 - 20 * n, 40 + 260 * m) for n, row in enumerate(cells) for m, cell in enumerate(row)]
    rules = "".join(f"36 {604 - 20 * n} 540 0.5 re f\n" for n in range(3))
    found = lines(Page([TITLE, *_LEFT, *_RIGHT, Text("Doses", 634, 40, 14, "bold"), *table], drawn=rules))
    assert _in_order(found[:-1]) == ["Gout", "Causes", "Small", "Signs", "The", "Doses"]
    assert re.findall(">([^<>]+)<", found[-1]) == ["Age", "Dose", "2", "5 ml", "6", "10 ml"]


def test_paragraph_goes_on_in_the_next_column_and_on_the_next_page() -> None:
    left = paragraph("Crystals of uric acid form in the|joints when there is too much of", 700)
    right = paragraph("it in the blood, and then the body|fights them as if they were", 700, 320)
    assert lines([*left, *right], paragraph("germs.", 700)) == [
        (
            "<p>Crystals of uric acid form in the joints when there is too much of it in the blood, and then the body "
            "fights them as if they were germs.</p>"
        )
    ]


@pytest.mark.parametrize("page", [Page(rotate=90), Page(rotate=180)])
def test_page_that_is_shown_turned_is_read_as_it_was_written(page: Page) -> None:
    found = lines(Page([TITLE, *paragraph("Rest the joint|and cool it.", 730)], rotate=page.rotate))
    assert found == ['<h1 class="title">Gout</h1>', "<p>Rest the joint and cool it.</p>"]


def test_text_that_is_drawn_turned_stands_at_the_end_of_its_page() -> None:
    edge = Text("Leaflet 12", 100, 580, 8, matrix="0 1 -1 0")
    page = [edge, TITLE, *paragraph("Rest the joint.", 730)]
    assert lines(page) == ['<h1 class="title">Gout</h1>', "<p>Rest the joint.</p>", "<p>Leaflet 12</p>"]
    assert notes(page) == (NO_HEADINGS, "text that is turned stands at the end of its page: page 1")


def test_table_that_is_drawn_turned_is_named_as_a_table() -> None:
    cells = [("Age", "Dose", "How often"), ("3 to 5 months", "2.5 ml", "3 times"), ("1 to 3 years", "5 ml", "4 times")]
    turned = [
        Text(cell, 100 + 110 * m, 400 + 16 * n, matrix="0 1 -1 0")
        for n, row in enumerate(cells)
        for m, cell in enumerate(row)
    ]
    text = paragraph("|".join(["Rest the joint and keep it cool for some days."] * 6), 730)
    assert "tables were found, compare their rows: page 1" in notes([TITLE, *text, *turned])


def test_box_that_the_text_flows_around_stands_after_it() -> None:
    text = paragraph("Small crystals form in a joint and make|it hot, red and painful. This often comes", 730)
    box = [Text("Key facts", 730, 340, font="bold"), Text("Men have it more often.", 718, 340)]
    below = paragraph(
        "at night, after a meal with much meat, or when you drank too much beer or too little water.", 706
    )
    assert lines([TITLE, *text, *box, *below])[1:] == [
        (f"<p>Small crystals form in a joint and make it hot, red and painful. This often comes {below[0].text}</p>"),
        "<h2>Key facts</h2>",
        "<p>Men have it more often.</p>",
    ]


def test_panel_with_the_title_comes_first_wherever_it_is_on_the_page() -> None:
    left = [
        Text("Signs", 700, 40, 14, "bold"),
        *paragraph("Small crystals form in a joint|and make it hot.", 680, 40),
    ]
    right = [
        Text("Gout", 600, 340, 24, "bold"),
        *paragraph("For all who have it and for|their families.", 570, 340),
    ]
    assert lines([*left, *right]) == [
        '<h1 class="title">Gout</h1>',
        "<p>For all who have it and for their families.</p>",
        "<h2>Signs</h2>",
        "<p>Small crystals form in a joint and make it hot.</p>",
    ]


def test_large_numerals_beside_paragraphs_stay_with_them() -> None:
    texts = ["Rest the joint and cool it for some|days, and drink.", "Call us if it is still as red after|a week."]
    page = [TITLE]
    for number, text in enumerate(texts, 1):
        page += [Text(str(number), 740 - 50 * number, 50, 24), *paragraph(text, 748 - 50 * number, 90)]
    assert lines(page)[1:] == [
        "<p>1 Rest the joint and cool it for some days, and drink.</p>",
        "<p>2 Call us if it is still as red after a week.</p>",
    ]


# Headings


def test_text_in_another_size_than_most_is_text() -> None:
    text = paragraph("Give your child plenty to drink. Call us|if there is blood in it.", 720, size=11)
    small = [
        Text(f"{n}. Example {n}, a long study of children. Journal of Examples {n};{n}.", 600 - 9 * n, size=7)
        for n in range(1, 9)
    ]
    found = lines([TITLE, *text, Text("References", 610, size=8, font="bold"), *small])
    assert found[:3] == [
        '<h1 class="title">Gout</h1>',
        "<p>Give your child plenty to drink. Call us if there is blood in it.</p>",
        "<h2>References</h2>",
    ]
    items = "".join(f"<li>{line.text.partition('. ')[2]}</li>" for line in small)
    assert found[3:] == [f"<ol>{items}</ol>"]


@pytest.mark.parametrize(
    "look", [{"font": "bold"}, {"color": "0 0.3 0.7"}, {"size": 12}, {"font": "bold", "color": "1 1 1"}]
)
def test_heading_is_told_by_weight_colour_or_size(look: dict[str, str]) -> None:
    first, second = Text("Signs", 730, **look), Text("When to call us", 690, **look)  # type: ignore[arg-type]
    page = [TITLE, first, *paragraph("The joint is hot and red.", 716), second, *paragraph("If you have a fever.", 676)]
    bars = "0 0.3 0.7 rg 50 727 200 14 re 50 687 200 14 re f\n" if look.get("color") == "1 1 1" else ""
    assert lines(Page(page, drawn=bars))[1:] == [
        "<h2>Signs</h2>",
        "<p>The joint is hot and red.</p>",
        "<h2>When to call us</h2>",
        "<p>If you have a fever.</p>",
    ]


def test_sign_before_a_line_in_large_type_makes_it_no_item() -> None:
    mark = Text("\x76", 760, 50, 20, "dingbats")
    head = [Text("\x6e", 700, 50, 14, "dingbats"), Text("Signs", 700, 70, 14)]
    items = [Text("\x6e", y, 50, 10, "dingbats") for y in (684, 670)]
    text = [Text("The toe is hot.", 684, 70), Text("The toe is red.", 670, 70)]
    assert lines([mark, Text("Gout", 760, 76, 20), *head, *items, *text]) == [
        '<h1 class="title">Gout</h1>',
        "<h2>Signs</h2>",
        "<ul><li>The toe is hot.</li><li>The toe is red.</li></ul>",
    ]


def test_heading_in_capitals_of_the_same_size() -> None:
    page = [TITLE, Text("SIGNS", 730), *paragraph("The joint is hot and red.", 716)]
    assert lines(page)[1:] == ["<h2>SIGNS</h2>", "<p>The joint is hot and red.</p>"]


def test_bold_paragraph_is_no_heading() -> None:
    bold = [
        Text("Gout is painful, but there is much that you can do", 730, font="bold"),
        Text("about it.", 718, font="bold"),
    ]
    page = [TITLE, *bold, *paragraph("The joint is hot and red.", 700)]
    assert lines(page)[1] == "<p>Gout is painful, but there is much that you can do about it.</p>"
    assert notes(page) == (NO_HEADINGS,)


def test_heading_of_several_lines_is_one_and_line_below_the_title_is_text() -> None:
    title = [Text("All that you should know about gout before", 760, size=20), Text("you come to us", 736, size=20)]
    page = [*title, Text("A guide for families", 710, size=14)]
    for y in (680, 640):
        page += [Text("Signs", y, size=12, font="bold"), Text("The joint is hot and red.", y - 14)]
    assert lines(page)[:3] == [
        '<h1 class="title">All that you should know about gout before you come to us</h1>',
        "<p>A guide for families</p>",
        "<h2>Signs</h2>",
    ]


# Lists and tables


@pytest.mark.parametrize(("font", "mark"), [("dingbats", "n"), ("symbol", "\xb7"), ("dingbats", "s")])
def test_bullets_of_fonts_of_signs_make_items(font: str, mark: str) -> None:
    found = lines(
        [
            TITLE,
            *(
                line
                for n, name in enumerate(["oats", "nuts"])
                for line in (Text(mark, 730 - 14 * n, size=9, font=font), Text(name, 730 - 14 * n, 70))
            ),
        ]
    )
    assert found == ['<h1 class="title">Gout</h1>', "<ul><li>oats</li><li>nuts</li></ul>"]


def test_bullets_that_are_drawn_make_items() -> None:
    dots = "".join(f"52 {at} 4 4 re f\n" for at in (731, 717))
    page = Page([TITLE, Text("oats", 730, 64), Text("nuts", 716, 64)], drawn=dots)
    assert lines(page)[1:] == ["<ul><li>oats</li><li>nuts</li></ul>"]


def test_table_is_read_row_by_row() -> None:
    cells = [("Age", "Dose", "How often"), ("3 to 5 months", "2.5 ml", "3 times"), ("1 to 3 years", "5 ml", "4 times")]
    rows = [
        Text(cell, 730 - 16 * n, 50 + 110 * m, font="bold" if n == 0 else "plain")
        for n, row in enumerate(cells)
        for m, cell in enumerate(row)
    ]
    table = "<tr><th>Age</th><th>Dose</th><th>How often</th></tr>"
    table += "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in cells[1:])
    assert lines([TITLE, *rows])[1:] == [f"<table>{table}</table>"]
    assert notes([TITLE, *rows]) == (NO_HEADINGS, "tables were found, compare their rows: page 1")


def test_cells_of_several_lines_stay_in_their_row_between_rules() -> None:
    rows = [
        *paragraph("Feeling sick", 730),
        *paragraph("This is common. Take the tablets with|a meal.", 730, 200),
        *paragraph("Black stools", 700),
        *paragraph("This is a sign of bleeding. Go to the|hospital.", 700, 200),
    ]
    rules = "".join(f"50 {y} m 420 {y} l S\n" for y in (745, 712, 682))
    assert lines(Page([TITLE, *rows], drawn=rules))[1:] == [
        (
            "<table><tr><td>Feeling sick</td><td>This is common. Take the tablets with a meal.</td></tr>"
            "<tr><td>Black stools</td><td>This is a sign of bleeding. Go to the hospital.</td></tr></table>"
        )
    ]


# Words


def test_raised_figures_divided_words_and_shadows() -> None:
    page = [
        TITLE, Text("Gout", 760.4, 50.4, 20, "bold"),
        Text("There are 10", 730), Text("9", 733.5, 104.5, 6), Text(" cells, more infor-", 730, 108),
        Text("mation and a long-", 718), Text("term one: information.", 706),
    ]  # fmt: skip
    assert lines(page) == [
        '<h1 class="title">Gout</h1>',
        "<p>There are 10⁹ cells, more information and a long-term one: information.</p>",
    ]


@pytest.mark.parametrize(
    ("lines_of_it", "whole"),
    [
        ("more infor-|mation", "more information"),
        ("a long-|term one", "a long-term one"),
        ("ein Blutverdünnungs-|mittel", "ein Blutverdünnungsmittel"),
        ("for 3-|year-olds", "for 3-year-olds"),
        ("after COVID-|19 in Saint-|Denis", "after COVID-19 in Saint-Denis"),
        ("an X-|ray or an e-|mail", "an X-ray or an e-mail"),
        ("HIGH BLOOD PRES-|SURE", "HIGH BLOOD PRESSURE"),
    ],
)
def test_word_that_was_divided_is_whole_again(lines_of_it: str, whole: str) -> None:
    found = lines([TITLE, *paragraph(lines_of_it, 700)])
    assert found[1:] == [f"<p>{whole}</p>"]


@pytest.mark.parametrize(
    ("lines_of_it", "whole"),
    [
        ("muitas pes-|soas com gripe", "muitas pessoas com gripe"),  # "pes" is a word of English
        ("les tem-|pes font mal", "les tempes font mal"),
        ("toma-se em casa; lava-|se com sabonete, lava-se bem", "toma-se em casa; lava-se com sabonete, lava-se bem"),
        ("niet me-|nos dan me of nos", "niet menos dan me of nos"),
        ("das Blut und der Druck; Blut-|druck messen", "das Blut und der Druck; Blutdruck messen"),
        ("Hals- und Kopfweh; Brust-|und Bauchweh", "Hals- und Kopfweh; Brust- und Bauchweh"),
    ],
)
def test_word_that_was_divided_in_another_language_is_told_by_the_words_of_the_text(
    lines_of_it: str, whole: str
) -> None:
    found = lines([Text("Informações", 760, size=20, font="bold"), *paragraph(lines_of_it, 700)])
    assert found[1:] == [f"<p>{whole}</p>"]


def test_dash_at_the_beginning_of_a_full_line_is_no_bullet() -> None:
    text = "Rest the joint for some days - and that means all|- and cool it."
    assert lines([TITLE, *paragraph(text, 700)])[1:] == [f"<p>{text.replace('|', ' ')}</p>"]


def test_numbered_lines_that_count_on_are_a_list() -> None:
    text = "3. Third of a list, a line as long as all the others|4. Fourth of it|and its end"
    found = lines([TITLE, *paragraph(text, 700)])
    assert found[1:] == [
        (
            '<ol start="3"><li>Third of a list, a line as long as all the others</li>'
            "<li>Fourth of it and its end</li></ol>"
        )
    ]


def test_items_inside_an_item_are_told_by_their_indent() -> None:
    rows = [
        ("3. Open the bottle.", 40),
        ("- push the lid", 60),
        ("- turn it", 60),
        ("4. Take 5 ml.", 40),
        ("a. in the morning", 60),
        ("b. at night", 60),
        ("5. Close it.", 40),
    ]
    found = lines([TITLE, *(Text(text, 700 - 14 * at, x) for at, (text, x) in enumerate(rows))])
    assert found[1:] == [
        (
            '<ol start="3"><li>Open the bottle.<ul><li>push the lid</li><li>turn it</li></ul></li>'
            "<li>Take 5 ml.<ul><li>a. in the morning</li><li>b. at night</li></ul></li><li>Close it.</li></ol>"
        )
    ]


def test_number_that_no_other_follows_stays_in_its_paragraph() -> None:
    found = lines([TITLE, *paragraph("3. Rest the joint as long as it hurts, and some days more.|5. Cool it.", 700)])
    assert found[1:] == ["<p>3. Rest the joint as long as it hurts, and some days more.</p>", "<p>5. Cool it.</p>"]


# What is no text


def test_title_on_each_page_is_kept_once_and_running_heads_are_named() -> None:
    pages = [
        [
            TITLE,
            Text(f"Text of page {n} is here.", 700),
            Text("City Hospital", 30, size=7),
            Text(f"Page {n} of 3", 20, size=7),
        ]
        for n in (1, 2, 3)
    ]
    assert lines(*pages) == ['<h1 class="title">Gout</h1>', *(f"<p>Text of page {n} is here.</p>" for n in (1, 2, 3))]
    assert notes(*pages) == (
        NO_HEADINGS,
        (
            'left out, running heads and page numbers: "City Hospital", "Page 1 of 3", "Gout", "Page 2 of 3", '
            '"Page 3 of 3"'
        ),
    )


@pytest.mark.parametrize(("headed", "count", "left_out"), [((3, 5), 6, True), ((1, 5), 7, False)])
def test_running_head_of_most_right_pages_is_left_out(headed: tuple[int, ...], count: int, left_out: bool) -> None:
    pages = [
        [
            Text("A. Writer and others" if n in headed else f"The {n} of them", 780, size=9),
            Text(f"Sentences of page {n} stand here and are read by all.", 700),
            Text(f"They go on for a while, as on page {n}.", 688),
        ]
        for n in range(1, count + 1)
    ]
    assert any("Writer" in line for line in lines(*pages)) is not left_out
    assert ('"A. Writer and others"' in notes(*pages)[-1]) is left_out


def test_what_a_browser_prints_along_the_edges_of_one_page_is_left_out_and_named() -> None:
    page = [
        Text("3/14/26, 9:26 AM", 775, size=8),
        Text("Gout | City Hospital", 775, x=250, size=8),
        TITLE,
        Text("Gout hurts most at night.", 700),
        Text("https://hospital.example/gout", 20, size=8),
        Text("1/1", 20, x=540, size=8),
    ]
    assert lines(page) == ['<h1 class="title">Gout</h1>', "<p>Gout hurts most at night.</p>"]
    (_, left_out) = notes(page)
    assert left_out == (
        'left out, running heads and page numbers: "3/14/26, 9:26 AM", "Gout | City Hospital", '
        '"https://hospital.example/gout", "1/1"'
    )


@pytest.mark.parametrize("last", ["120/80", "https://hospital.example/gout", "14.3.2026 9:26"])
def test_single_number_address_or_time_at_the_end_of_one_page_is_text(last: str) -> None:
    assert lines([TITLE, Text("Gout hurts most at night.", 700), Text(last, 640)])[-1] == f"<p>{last}</p>"


def test_sentence_at_the_foot_of_each_page_stays() -> None:
    call = Text("Call 999 at once if you cannot breathe.", 60)
    found = lines(*([Text(f"Text of page {n} is here.", 700), call] for n in (1, 2)))
    assert found.count(f"<p>{call.text}</p>") == 2


def test_dose_on_each_page_stays_and_the_name_of_the_medicine_goes() -> None:
    foot = (Text("Sertol 50 mg tablets", 60), Text("Maximum 8 tablets in 24 hours", 40))
    found = lines(*([Text(f"Text of page {n} is here.", 700), *foot] for n in (1, 2)))
    assert found == [f"<p>{text}</p>" for n in (1, 2) for text in (f"Text of page {n} is here.", foot[1].text)]


@pytest.mark.parametrize("said", ["Shake it.", "Do not take it with milk", "Nicht mit Milch einnehmen"])
def test_warning_at_the_foot_of_each_page_stays(said: str) -> None:
    pages = [[Text(f"For group {word}", 700), Text(said, 40)] for word in ("a", "b", "c")]
    assert lines(*pages).count(f"<p>{said}</p>") == 3


@pytest.mark.parametrize(
    ("foot", "stays"),
    [
        ("Emergency: call 112", True),
        ("Night nurse 01632 960 444", True),
        ("Leaflet PED-0142, City Hospital", False),
        ("City Hospital, 2026", False),
    ],
)
def test_number_to_call_at_the_foot_of_each_page_stays_on_the_last(foot: str, stays: bool) -> None:
    texts = [paragraph(f"Text of page {'i' * n}.|More of it.", 600) for n in (1, 2, 3)]
    found = lines(*([*text, Text(foot, 40)] for text in texts))
    assert [line for line in found if foot in line] == [f"<p>{foot}</p>"] * stays
    assert found[-1] == (f"<p>{foot}</p>" if stays else "<p>Text of page iii. More of it.</p>")


def test_number_that_goes_with_the_page_is_none_to_call() -> None:
    texts = [
        [*paragraph(f"Text of page {'i' * n}.|More of it.", 600), Text(f"Asthma {100 + n}", 40)] for n in (1, 2, 3)
    ]
    assert "Asthma" not in "".join(lines(*texts))


def test_names_at_the_head_of_each_page_go() -> None:
    pages = [[Text("Roe et al.", 760), Text(f"For group {word}", 700)] for word in ("a", "b", "c")]
    assert lines(*pages) == [f"<p>For group {word}</p>" for word in ("a", "b", "c")]


def test_line_inside_of_what_differs_and_one_far_from_the_edge_are_no_running_heads() -> None:
    words = ("adults", "children", "babies")
    pages = [[Text(f"For {word}", 760), Text("Warning", 740), Text("After meals", 600)] for word in words]
    assert lines(*pages)[1:3] == ["<p>Warning</p>", "<p>After meals</p>"]


def test_lines_that_differ_in_a_number_are_no_running_heads_unless_it_goes_with_the_page() -> None:
    pages = [
        [Text(f"Give {n} spoons", 700), Text("Give it slowly.", 600), Text(f"Ward 4, {at}", 40)]
        for at, n in enumerate((8, 4, 2), 11)
    ]
    assert [line for line in lines(*pages) if "spoons" in line or "Ward" in line] == [
        "<p>Give 8 spoons</p>",
        "<p>Give 4 spoons</p>",
        "<p>Give 2 spoons</p>",
    ]


def test_first_line_of_a_paragraph_that_begins_on_each_page_stays() -> None:
    pages = [paragraph(f"Do not take more, or take it|later than on day {n}.", 700) for n in (3, 5, 6)]
    assert lines(*pages)[0] == "<p>Do not take more, or take it later than on day 3.</p>"


def test_scanned_page_among_others_is_named_by_its_number() -> None:
    pages: list[Page | list[Text]] = [
        [TITLE, Text("Rest.", 700)],
        Page(picture=True),
        Page([Text("3", 20)], picture=True),
    ]
    assert notes(*pages) == (
        NO_HEADINGS,
        "pages 2, 3 each is a picture, its text is not here: run OCR on the file, or type it in",
        'left out, running heads and page numbers: "3"',
    )


def test_picture_beside_text_is_counted_and_watermark_and_outside_are_named() -> None:
    slanted = Text("DRAFT", 300, 200, 40, matrix="0.7 0.7 -0.7 0.7")
    page = Page(
        [
            TITLE,
            *paragraph("|".join(["Rest the joint and keep it cool for some days."] * 6), 700),
            slanted,
            Text("Cut here", 900),
        ],
        picture=True,
    )
    assert notes(page)[1:] == (
        "pictures are left out (1)",
        'left out, slanted text: "DRAFT"',
        'left out, text beyond the edge of the page: "Cut here"',
    )


ENTRIES = [f"{name} {'. ' * 12}{page}" for name, page in (("Signs", 2), ("Food", 3), ("Tablets", 5))]


@pytest.mark.parametrize(
    ("above", "pages"), [("Contents", (1, 1, 1)), ("In short", (2, 3, 5)), ("In short", (3, 4, 6))]
)
def test_table_of_contents_is_left_out_and_named(above: str, pages: tuple[int, ...]) -> None:
    listed = [TITLE, Text(above, 742), *(Text(entry, 730 - 12 * n) for n, entry in enumerate(ENTRIES))]
    texts: list[list[Text]] = [listed, *([Text(f"Page {'i' * n}.", 300)] for n in range(2, 7))]
    for at, (name, page) in enumerate(zip(("Signs", "Food", "Tablets"), pages, strict=True)):
        texts[page - 1].append(Text(name, 600 - 40 * at))
    found = lines(*texts)
    assert [line for line in found if ". ." in line] == []
    assert notes(*texts)[-1].endswith('"Signs … 2", "Food … 3", "Tablets … 5"')


@pytest.mark.parametrize(
    ("above", "named", "headed"),
    [
        ("In short", {"Signs": 2, "Food": 3, "Tablets": 5}, {"Signs": 1, "Food": 1, "Tablets": 1}),
        ("Sachets", {"Child": 1, "Youth": 1, "Adult": 2}, {"Child": 1, "Youth": 1, "Adult": 1}),
        ("Sachets", {"Child": 1, "Youth": 2, "Adult": 3}, {"Child": 1, "Youth": 1, "Adult": 2}),
        ("Contents", {"Bandages": 2, "Plasters": 10, "Gloves": 12}, {"Plasters": 1, "Bandages": 1, "Gloves": 1}),
    ],
    ids=["numbers in any order", "all on one page", "one on another page", "what a box holds"],
)
def test_amounts_behind_dots_stay_though_their_names_are_headings_below(
    above: str, named: dict[str, int], headed: dict[str, int]
) -> None:
    entries = [f"{name} {'. ' * 12}{amount}" for name, amount in named.items()]
    texts = [[TITLE, Text(above, 742), *(Text(entry, 730 - 12 * n) for n, entry in enumerate(entries))], []]
    for at, (name, page) in enumerate(headed.items()):
        texts[page - 1].append(Text(name, 600 - 40 * at))
    texts[1].append(Text("Rest.", 300))
    assert [line for line in lines(*texts) if ". ." in line] == [f"<p>{entry}</p>" for entry in entries]


def test_two_letters_of_a_ligature_at_one_place_are_no_shadow() -> None:
    assert lines([TITLE, Text("oX", 700, font="ligature")])[1:] == ["<p>off</p>"]


def test_comments_and_fields_are_named() -> None:
    comment = "<</Type/Annot/Subtype/FreeText/Rect[0 0 9 9]/Contents(Old dose!)>>"
    field = "<</Type/Annot/Subtype/Widget/FT/Tx/Rect[0 0 9 9]/T(name)/V(Ward 5)>>"
    page = Page([TITLE, Text("Rest.", 700)], annotations=comment + field)
    assert notes(page)[1:] == ('left out, comments and filled-in fields: "Old dose!", "Ward 5"',)


def test_pdf_without_text() -> None:
    with pytest.raises(WellreadError) as caught:
        convert(pdf([Page(picture=True)]))
    assert caught.value.reason == "the file holds no text, only pictures of it"
    assert caught.value.remedy == "run OCR on it first, or type the text"
    with pytest.raises(WellreadError, match="no text can be read in the file"):
        convert(pdf([[]]))


def test_page_whose_letters_are_drawn_as_shapes_is_named() -> None:
    shapes = "".join(f"{50 + n % 60 * 8} {700 - n // 60 * 12} 5 7 re f\n" for n in range(400))
    found = notes([TITLE, Text("Rest.", 700)], Page(drawn=shapes))
    assert found[1:] == ("page 2 is a picture, its text is not here: run OCR on the file, or type it in",)


def test_spanish_or_at_the_margin_is_no_bullet_and_an_indented_sign_is_one() -> None:
    text = paragraph("Traiga al hospital su D.N.I. y su N.I.E.|o pasaporte, y los informes que tenga.", 700)
    assert lines([TITLE, *text])[1:] == [
        "<p>Traiga al hospital su D.N.I. y su N.I.E. o pasaporte, y los informes que tenga.</p>"
    ]
    items = [
        Text("Take with you what we ask you for:", 700),
        Text("o your tablets", 688, 60),
        Text("o a coat", 676, 60),
    ]
    assert lines([TITLE, *items])[2:] == ["<ul><li>your tablets</li><li>a coat</li></ul>"]


def test_words_that_a_signature_or_a_field_shows_are_named() -> None:
    signature = "<</Type/Annot/Subtype/Widget/FT/Sig/T(sign)/AP<</N {}>>/Rect[50 500 250 520]>>"
    form = "q BT /plain 10 Tf 2 2 Td (Signed by Dr Weber) Tj ET Q"
    page = Page([TITLE, Text("Rest.", 700)], annotations=signature, appearance=form)
    assert notes(page)[1:] == ('left out, comments and filled-in fields: "Signed by Dr Weber"',)


def test_line_that_is_all_there_is_on_each_page_is_text() -> None:
    assert lines(*([Text(f"Leaflet on gout, part {n}", 700)] for n in (1, 2, 3)))[:2] == [
        "<p>Leaflet on gout, part 1</p>",
        "<p>Leaflet on gout, part 2</p>",
    ]


def test_line_with_an_address_of_the_web_is_no_heading() -> None:
    page = [
        Text("Where to ask", 760, size=20),
        Text("You can ask at the desk of the ward.", 730),
        Text("See https://ward.example/visits and the", 710, font="bold"),
        Text("list beside the door of each room.", 690),
    ]
    assert "<p>See https://ward.example/visits and the</p>" in lines(page)


def test_chart_whose_answers_stand_apart_from_their_steps_is_named() -> None:
    note = 'on page 1 "yes" and "no" stand alone: if they lead to steps, as in a chart, write that in sentences'
    chart = [(700, "Is the child awake?"), (670, "Yes"), (640, "Let it drink."), (610, "No"), (580, "Call 999.")]
    assert note in notes([TITLE, *(Text(text, y, 50) for y, text in chart)])
    assert note not in notes([TITLE, Text("Can it be caught?", 700), Text("No.", 680), Text("Does it hurt?", 660)])
    formula = [(700, "n"), (670, "The mean of all is"), (640, "y"), (610, "over the sum of their weights.")]
    assert note not in notes([TITLE, *(Text(text, y, 50) for y, text in formula)])
    assert note in notes([TITLE, *(Text(text.upper(), y, 50) for y, text in formula)])
