"""Headings that only their type shows, and lists of terms, as site builders and Google Docs write them."""

from __future__ import annotations

import pytest
from web_files import text_and_notes as article

from wellread.importing.files import make_article
from wellread.importing.made import Origin


@pytest.mark.parametrize("line", ["<u>Signs</u>", '<span style="text-decoration: underline">Signs</span>'])
def test_underlined_lines_are_headings(line: str) -> None:
    text, notes = article(f"<title>T</title><main><h1>T</h1><p>{line}</p><p>It itches.</p></main>")
    assert text == "## Signs\n\nIt itches."
    assert notes == ("no headings are marked as such: underlined paragraphs became headings (1)",)


@pytest.mark.parametrize("line", ["<u>It itches a lot.</u>", '<u><a href="https://a.example/">Signs</a></u>'])
def test_underlined_sentence_or_link_is_no_heading(line: str) -> None:
    assert "#" not in article(f"<title>T</title><main><h1>T</h1><p>{line}</p><p>It itches.</p></main>")[0]


def test_google_docs_say_title_headings_and_letters_by_class() -> None:
    styles = (
        ".c1{font-weight:700}.c2{font-size:11pt}"
        '.lst-a>li:before{content:"" counter(lst-ctn-a,lower-latin) ") "}ol.lst-a{list-style-type:none}'
    )
    made, *_ = make_article(
        f'<style>{styles}</style><p class="c3 title"><span>Croup</span></p><p><span class="c1">At home</span></p>'
        '<ol class="lst-a"><li class="c2">Sit up.</li><li>Keep calm.</li></ol><p>Then do b again.</p>'.encode(),
        ".html",
        Origin("croup.html"),
    )
    assert 'title: "Croup"' in made
    assert made.partition("\n---\n\n")[2] == "## At home\n\n- a. Sit up.\n- b. Keep calm.\n\nThen do b again.\n"


def test_underlined_lines_beside_labels_of_panels_are_headings() -> None:
    text, _ = article(
        "<title>T</title><main><h1>T</h1><p><u>Signs</u></p><p>It itches.</p>"
        "<details><summary>Does it go away?</summary><p>Mostly.</p></details></main>"
    )
    assert text == "## Signs\n\nIt itches.\n\n## Does it go away?\n\nMostly."


@pytest.mark.parametrize(
    ("inside", "read"),
    [
        ("<span>Doses <h3>Children</h3>Take 5 mg.</span>", "## Doses\n\n### Children\n\nTake 5 mg."),
        ("<span><h3>Children</h3><p>Take 5 mg.</p></span>", "## Children\n\nTake 5 mg."),
        ("<div><h3>Children</h3><p>Take 5 mg.</p></div>", "## Children\n\nTake 5 mg."),
        ("<span><h3>Children</h3></span>", "## Children"),
        ('Side <span role="heading" aria-level="3">effects</span>', "## Side effects"),
    ],
)
def test_heading_inside_a_heading_is_another_one_below_it_or_the_same(inside: str, read: str) -> None:
    text, _ = article(f"<title>T</title><main><h1>T</h1><p>It itches.</p><h2>{inside}</h2><p>It goes.</p></main>")
    assert text == f"It itches.\n\n{read}\n\nIt goes."


def test_first_heading_with_another_one_inside_becomes_no_title_of_all_the_text() -> None:
    made, *_ = make_article(
        b"<h2><span>Doses <h3>Children</h3>Take 5 mg.</span></h2>", ".html", Origin("https://a.example/x")
    )
    assert made.partition("\n---\n\n")[2] == "## Children\n\nTake 5 mg.\n"
    assert 'title: "Doses"' in made


def test_block_around_a_panels_bold_label_is_no_second_heading() -> None:
    _, notes = article(
        '<title>T</title><main><h1>T</h1><div><h3><button aria-expanded="false" aria-controls="a"><b>Does it itch?</b>'
        '</button></h3></div><div id="a"><p>It itches.</p></div></main>'
    )
    assert notes == ()


def test_terms_and_their_meanings_are_items() -> None:
    text, _ = article(
        "<title>T</title><main><h1>T</h1><p>Words:</p><dl><dt>Graft</dt><dt>Patch</dt><dd>New skin.</dd>"
        "<dt>Scar:</dt><dd><p>Old skin.</p></dd><dd>It fades.</dd></dl></main>"
    )
    assert text == "Words:\n\n- Graft, Patch: New skin.\n- Scar: Old skin. It fades."


def test_short_contents_list_is_left_out_and_named() -> None:
    text, notes = article(
        "<title>T</title><main><h1>T</h1><div class='nhs-contents-list'><ol><li>About</li>"
        '<li><a href="/t/signs">Signs</a></li></ol></div><p>It itches.</p></main>'
    )
    assert text == "It itches."
    assert 'left out, contents list: "About Signs"' in notes


def test_label_of_an_expander_is_a_heading() -> None:
    text, _ = article(
        "<title>T</title><main><h1>T</h1><h2>Bleeding</h2><p>It stops.</p><div>"
        '<div class="expand-control"><span class="expand-control-text">On tablets?</span></div>'
        '<div class="expand-content" style="display:none"><p>Go to hospital.</p></div></div></main>'
    )
    assert text == "## Bleeding\n\nIt stops.\n\n### On tablets?\n\nGo to hospital."


def test_bold_or_large_lines_between_line_breaks_are_headings_in_an_old_page() -> None:
    text, _ = article(
        "<span>For families.<br><br><font size=4><b>Signs</b></font><br>Fever.<br><br><b>Help</b><br>"
        "- call the ward<br>- or come<br></span><table border=1><tr><td>a<td>b</tr></table>"
    )
    lines = ["For families.", "## Signs", "Fever.", "## Help", "- call the ward\n- or come"]
    assert text.split("\n\n")[:-1] == lines


@pytest.mark.parametrize(
    ("marks", "items"),
    [
        (("1.", "2."), "1. Rest.\n2. Drink."),
        (("3)", "4)"), "3. Rest.\n4. Drink."),
        (("a)", "b)"), "- a) Rest.\n- b) Drink."),
    ],
)
def test_paragraphs_that_word_numbered_are_a_list(marks: tuple[str, str], items: str) -> None:
    lines = "".join(
        f"<p class=MsoListParagraph>{mark}<span>&nbsp;&nbsp; </span>{text}</p>"
        for mark, text in zip(marks, ("Rest.", "Drink."), strict=True)
    )
    text, notes = article(f"<title>T</title><main><h1>T</h1><h2>Steps</h2>{lines}</main>")
    assert text == f"## Steps\n\n{items}"
    assert notes == ("paragraphs that begin with a number became items of lists (2)",)


def test_inner_lists_of_google_docs_lie_in_the_item_above() -> None:
    text, _ = article(
        "<title>T</title><main><h1>T</h1><ul class='lst-kix_a-0 start'><li>cup</li></ul><ul class='lst-kix_a-1 start'>"
        "<li>red</li></ul><ul class='lst-kix_a-0'><li>water</li></ul>"
        "<p>And:</p><ul class='lst-kix_b-0 start'><li>salt</li></ul></main>"
    )
    assert text == "- cup\n  - red\n- water\n\nAnd:\n\n- salt"


def test_ticks_and_crosses_stay_in_their_items() -> None:
    text, _ = article("<title>T</title><main><h1>T</h1><p>✓ rice</p><p>✗ bread</p><p>• oil</p></main>")
    assert text == "- ✓ rice\n- ✗ bread\n- oil"


def test_bold_figure_alone_is_no_heading() -> None:
    page = "<title>T</title><p><b>Dose</b></p><p>Two drops.</p><p><b>12</b></p><p><b>- 13 -</b></p><p>Wait.</p>"
    text, notes = article(page)
    assert text.count("## ") == 1
    assert "no headings are marked as such: bold paragraphs became headings (1)" in notes


def test_classes_with_a_variant_and_in_a_box_name_headings_of_one_rank() -> None:
    text, notes = article(
        '<title>X_v7_PRINT</title><main><p class="Cover_Title">Casts</p><p class="Body_text">Keep it dry.</p>'
        '<p class="Subhead_blue">Pain</p><p class="Body_text">Rest it.</p><p class="Body_text">Cool it.</p>'
        '<div class="Warning-box"><p class="Subhead_red">Call now if</p><p class="Body_text">it turns blue.</p></div>'
        "</main>"
    )
    assert text == "Keep it dry.\n\n## Pain\n\nRest it.\n\nCool it.\n\n## Call now if\n\nit turns blue."
    assert "no headings are marked as such: paragraphs of the classes Cover_Title, Subhead became headings (3)" in notes


def test_day_of_a_class_with_a_variant_is_no_heading() -> None:
    page = '<title>T</title><main><h1>T</h1><p class="h4-like">04.11.2021</p><p><b>Signs</b></p><p>Pain.</p></main>'
    assert article(page)[0] == "04.11.2021\n\n## Signs\n\nPain."


def test_hidden_words_inside_a_sentence_are_no_panel_of_the_heading_above() -> None:
    text, notes = article(
        "<title>T</title><main><h1>T</h1><h2>Heart</h2>"
        '<p>It is rare. <span style="display:none">Margin note: push it.</span> Call 999 if you faint.</p></main>'
    )
    assert text == "## Heart\n\nIt is rare. Call 999 if you faint."
    assert any("Margin note: push it." in note for note in notes)


@pytest.mark.parametrize("name", ["h-full", "h-auto", "h-screen", "h-card", "sub-h-full", "title-author"])
def test_class_for_a_height_or_a_person_names_no_heading(name: str) -> None:
    page = f'<title>T</title><main><p>One.<p class="{name}">Take 500 mg twice a day<p>Two.<p>Three.</main>'
    assert article(page)[0] == "One.\n\nTake 500 mg twice a day\n\nTwo.\n\nThree."


@pytest.mark.parametrize(("line", "mark"), [("Stop the syrup if you feel sick.", ""), ("Feeling sick", "## ")])
def test_sentence_whose_class_has_a_variant_is_no_heading(line: str, mark: str) -> None:
    page = f'<title>T</title><main><p>One.<p class="topic_nausea">{line}<p>Two.<p>Three.</main>'
    assert article(page)[0] == f"One.\n\n{mark}{line}\n\nTwo.\n\nThree."
