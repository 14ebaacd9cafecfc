"""Footnotes of web pages: a caution stands below the dose that refers to it, not in the last section."""

from __future__ import annotations

import pytest

from wellread.importing.files import make_article
from wellread.importing.made import Origin

AFTER = "<h2>Outdoors</h2><p>Wear a hat.</p>"


def article(text: str) -> tuple[list[str], tuple[str, ...]]:
    page = f"<title>T</title><main><h1>T</h1>{text}</main>"
    made, notes, _ = make_article(page.encode(), ".html", Origin("page.html"))
    return made.partition("\n---\n\n")[2].rstrip("\n").split("\n\n"), notes


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        (  # Hugo, Jekyll
            '<sup id="fnref:1"><a href="#fn:1" role="doc-noteref">1</a></sup>',
            ('<div><hr><ol><li id="fn:1"><p>Not while pregnant. <a href="#fnref:1">↩</a></p></li></ol></div>'),
        ),
        (  # WordPress
            '<sup data-fn="c0" class="fn"><a href="#c0" id="c0-link">1</a></sup>',
            '<ol class="wp-block-footnotes"><li id="c0">Not while pregnant. <a href="#c0-link">↩︎</a></li></ol>',
        ),
        (  # Word, saved as a page
            '<a href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>[1]</span></a>',
            (
                '<div><br><hr><div id=ftn1><p><a href="#_ftnref1" name="_ftn1">[1]</a> Not while\npregnant.</p>'
                "</div></div>"
            ),
        ),
        (  # Google Docs
            '<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup>',
            '<hr><div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span>&nbsp;Not while pregnant.</span></p></div>',
        ),
        (  # LibreOffice
            '<a name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a>',
            (
                '<div id="sdfootnote1"><p><a name="sdfootnote1sym" href="#sdfootnote1anc">1</a>Not while pregnant.</p>'
                "</div>"
            ),
        ),
    ],
)
def test_footnote_stands_below_the_paragraph_that_refers_to_it(mark: str, note: str) -> None:
    text, notes = article(f"<h2>Cream</h2><p>Twice a day.{mark}</p><p>Wash first.</p>{AFTER}{note}")
    assert text == [
        "## Cream",
        r"Twice a day.\[1\]",
        r"\[1\] Not while pregnant.",
        "Wash first.",
        "## Outdoors",
        "Wear a hat.",
    ]
    assert notes == ()


def test_footnote_of_two_sections_stands_in_both_and_its_empty_heading_goes() -> None:
    text, notes = article(
        '<h2>Cream</h2><ul><li>Twice a day.<sup><a href="#n" id="a">1</a></sup></li><li>Wash first.</li></ul>'
        '<h2>Tablets</h2><p>One a day.<sup><a href="#n" id="b">1</a></sup></p>'
        '<section><h2>Footnotes</h2><ol><li id="n"><p>Not while pregnant.</p><p>Ask. <a href="#a">↩</a> '
        '<a href="#b">↩<sup>2</sup></a></p></li></ol></section>'
    )
    assert text == [
        "## Cream",
        r"- Twice a day.\[1\]",
        r"  \[1\] Not while pregnant.",
        "  Ask.\n- Wash first.",
        "## Tablets",
        r"One a day.\[1\]",
        r"\[1\] Not while pregnant.",
        "Ask.",
    ]
    assert notes == ('left out, links back from footnotes: "↩ 2"', 'left out, heading of the footnotes: "Footnotes"')


def test_two_footnotes_of_a_line_keep_their_order_and_one_on_a_cell_stands_below_the_table() -> None:
    text, _ = article(
        '<h2>Doses</h2><table><tr><th>Age</th><th>Dose</th></tr><tr><td>2</td><td>5 ml<sup><a href="#n1" id="r1">*</a>'
        '</sup></td></tr></table><p>Or drops.<sup><a href="#n2" id="r2">a</a>,<a href="#n3" id="r3">b</a></sup></p>'
        f"{AFTER}"
        '<p id="n1"><a href="#r1">*</a> Above 10 kg.</p><p id="n2"><a href="#r2">a</a> Cold.</p>'
        '<p id="n3"><a href="#r3">b</a> Shaken.</p>'
    )
    assert text == [
        "## Doses",
        "| Age | Dose |\n| --- | --- |\n| 2 | 5 ml\\* |",
        r"\* Above 10 kg.",
        r"Or drops.\[a\],\[b\]",
        r"\[a\] Cold.",
        r"\[b\] Shaken.",
        "## Outdoors",
        "Wear a hat.",
    ]


def test_list_of_sources_stays_a_section() -> None:
    text, _ = article(
        '<h2>Cream</h2><p>It helps.<sup><a href="#n" id="r">1</a></sup></p><h2>References</h2>'
        '<ol><li id="n">Doe, 2019. <a href="#r">↩</a></li></ol>'
    )
    assert text == ["## Cream", "It helps.¹", "## References", "1. Doe, 2019."]


@pytest.mark.parametrize(
    ("mark", "comment", "sign"),
    [
        (
            '<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup>',
            '<div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>Is that right?</span></p></div>',
            "[a]",
        ),
        (
            '<a class=msocomanchor id="_anchor_1" href="#_msocom_1" name="_msoanchor_1">[EK1]</a>',
            (
                '<div><div id="_com_1"><a name="_msocom_1"></a><p><a href="#_msoanchor_1">[EK1]</a>'
                " Is that right?</p></div></div>"
            ),
            "[EK1]",
        ),
    ],
)
def test_comment_of_a_reviewer_is_left_out_and_named(mark: str, comment: str, sign: str) -> None:
    text, notes = article(f"<h2>Cream{mark}</h2><p>Twice a day.</p>{AFTER}{comment}")
    assert text == ["## Cream", "Twice a day.", "## Outdoors", "Wear a hat."]
    assert notes == (f'left out, comments: "{sign} Is that right?"',)
