"""Tabs of web pages whose panels are known by their place only: each text stands under its own label."""

from __future__ import annotations

import pytest
from web_files import text_and_notes


def article(text: str) -> tuple[str, tuple[str, ...]]:
    page = f"<title>T</title><main><h1>T</h1>{text}</main>"
    return text_and_notes(page)


MATERIAL = (
    '<div class="tabbed-set"><input type="radio" id="a"><input type="radio" id="b"><div class="tabbed-labels">'
    '<label for="a">Babies</label><label for="b">Teenagers</label></div><div class="tabbed-content">'
    '<div class="tabbed-block"><p>Two drops.</p></div><div class="tabbed-block"><p>Ten drops.</p></div></div></div>'
)
DOCUSAURUS = (
    '<div><ul role="tablist"><li role="tab">Babies</li><li role="tab">Teenagers</li></ul><div>'
    '<div role="tabpanel"><p>Two drops.</p></div><div role="tabpanel" hidden><p>Ten drops.</p></div></div></div>'
)
FRAMED = (
    '<div><div class="bar"><div role="tablist"><button role="tab">Babies</button><button role="tab">Teenagers</button>'
    '</div></div><div role="tabpanel">Two drops.</div><div role="tabpanel">Ten drops.</div></div>'
)
VITEPRESS = (
    '<div class="vp-code-group"><div class="tabs"><input id="a"><label for="a">Babies</label><input id="b">'
    '<label for="b">Teenagers</label></div><div class="blocks"><div>Two drops.</div><div>Ten drops.</div></div></div>'
)
SPHINX = (
    '<div class="sd-tab-set"><input id="a" type="radio"><label for="a">Babies</label><div><p>Two drops.</p></div>'
    '<input id="b" type="radio"><label for="b">Teenagers</label><div><p>Ten drops.</p></div></div>'
)


@pytest.mark.parametrize(
    "tabs",
    [MATERIAL, DOCUSAURUS, FRAMED, VITEPRESS, SPHINX],
    ids=["Material", "Docusaurus", "framed", "VitePress", "Sphinx"],
)
def test_panels_without_a_name_go_under_the_labels_in_their_order(tabs: str) -> None:
    text, _ = article(f"<h2>Dose</h2>{tabs}")
    assert text == "## Dose\n\n### Babies\n\nTwo drops.\n\n### Teenagers\n\nTen drops."


def test_label_that_stands_once_more_over_its_panel_is_read_once() -> None:
    row = "".join(f'<div role="tab" aria-controls="{name}">{name}</div>' for name in ("Babies", "Teenagers"))
    text, _ = article(
        f'<h2>Dose</h2><div class="tabs"><div role="tablist">{row}</div><div>'
        '<div role="tab" aria-controls="Babies">Babies</div><div id="Babies" role="tabpanel">Two drops.</div>'
        '<div role="tab" aria-controls="Teenagers">Teenagers</div>'
        '<div id="Teenagers" role="tabpanel" hidden>Ten drops.</div></div></div><h2>Storage</h2><p>Keep it cold.</p>'
    )
    lines = ["## Dose", "### Babies", "Two drops.", "### Teenagers", "Ten drops.", "## Storage", "Keep it cold."]
    assert text == "\n\n".join(lines)


def test_tabs_that_do_not_agree_with_the_panels_are_named() -> None:
    _, notes = article(
        '<div role="tablist"><span role="tab">Babies</span> <span role="tab">Teenagers</span></div>'
        '<div role="tabpanel">Two drops.</div>'
    )
    assert notes == ('tabs whose texts were not found, look which text is whose: "Babies", "Teenagers"',)


def test_tab_and_panel_with_the_same_value_belong_together() -> None:
    text, _ = article(
        '<h2>Fever</h2><div class="w-tab-menu"><a data-w-tab="T1">Babies</a><a data-w-tab="T2">Adults</a></div>'
        '<div class="w-tab-content"><div data-w-tab="T2"><p>From 40 °C.</p></div>'
        '<div data-w-tab="T1"><p>From 38 °C.</p></div></div>'
    )
    assert text.split("\n\n")[-4:] == ["### Adults", "From 40 °C.", "### Babies", "From 38 °C."]


def test_accordion_that_is_called_a_row_of_tabs_keeps_its_panels() -> None:
    """Bootstrap 3 writes role="tablist" around labels and panels alike."""
    text, _ = article(
        '<h2>Stings</h2><div class="panel-group" role="tablist"><div class="panel"><h3><a role="button" href="#p1" '
        'aria-controls="p1">Bees</a></h3><div id="p1" role="tabpanel"><p>Scrape it off.</p></div></div>'
        '<div class="panel"><h3><a role="button" href="#p2" aria-controls="p2">Wasps</a></h3>'
        '<div id="p2" role="tabpanel"><p>Cool it.</p></div></div></div>'
    )
    assert text == "## Stings\n\n### Bees\n\nScrape it off.\n\n### Wasps\n\nCool it."


@pytest.mark.parametrize(
    "panels",
    [
        '<div id="tab0"><p>Two drops.</p></div><div id="tab1"><p>Ten drops.</p></div>',
        '<div class="tab-panel"><p>Two drops.</p></div><div class="tab-panel" hidden><p>Ten drops.</p></div>',
    ],
)
def test_row_of_buttons_that_are_called_tabs_heads_the_panels_below_in_their_order(panels: str) -> None:
    row = '<button class="tab-btn active" onclick="show(0)">Babies</button><button class="tab-btn">Teenagers</button>'
    text, _ = article(f'<h2>Dose</h2><div class="bar">{row}</div>{panels}<h2>Storage</h2><p>Keep it cold.</p>')
    lines = ["## Dose", "### Babies", "Two drops.", "### Teenagers", "Ten drops.", "## Storage", "Keep it cold."]
    assert text == "\n\n".join(lines)


def test_row_of_buttons_that_are_called_tabs_without_panels_is_named() -> None:
    row = '<button class="tablinks" onclick="show(1)">Babies</button><button class="tablinks">Teenagers</button>'
    _, notes = article(f"<div>{row}</div><div><p>Two drops.</p></div><p>Ask a nurse.</p>")
    assert 'tabs whose texts were not found, look which text is whose: "Babies", "Teenagers"' in notes


def test_text_of_a_button_in_a_list_of_buttons_stands_under_its_words() -> None:
    buttons = "".join(
        f'<li><button aria-controls="{at}" aria-expanded="false">{words}</button></li>'
        for at, words in (("a", "Babies"), ("b", "Teenagers"))
    )
    panels = '<div id="a" hidden><p>Two drops.</p></div><div id="b" hidden><p>Ten drops.</p></div>'
    text, _ = article(f"<ul>{buttons}</ul><div>{panels}</div>")
    assert text == "## Babies\n\nTwo drops.\n\n## Teenagers\n\nTen drops."


@pytest.mark.parametrize(
    "control",
    [
        '<button aria-expanded="false" aria-controls="p">When to call</button><div id="p" class="sf-hidden"></div>',
        '<h2><button aria-expanded="false" aria-controls="p">When to call</button></h2><h2>Rest</h2>',
        "<details><summary>When to call</summary></details>",
    ],
)
def test_closed_text_that_was_not_saved_is_told(control: str) -> None:
    _, notes = article(f"<p>Look.</p>{control}")
    reason = "texts that open by a click are not in the file: open them on the page and save it again"
    assert f'{reason}: "When to call"' in notes


@pytest.mark.parametrize(
    "control",
    [
        '<nav><button aria-expanded="false" aria-controls="p">Topics</button></nav>',
        '<div class="site-menu"><button aria-expanded="false" aria-controls="p">Topics</button></div>',
        '<button aria-expanded="false" aria-controls="p">Share post</button>',
        '<button aria-expanded="false" aria-controls="p">Dose</button><div id="p" hidden><p>Two drops.</p></div>',
        "<details><summary>Dose</summary>Two drops.</details>",
    ],
)
def test_menu_or_panel_with_its_text_gets_no_such_note(control: str) -> None:
    _, notes = article(f"<p>Look.</p>{control}")
    assert not any(note.startswith("texts that open") for note in notes)


STRIP = (
    '<ul class="kopf"><li class="active"><div><div>Säuglinge</div></div></li><li><div><div>Kinder</div></div></li></ul>'
    '<div><div class="blatt active"><p>Zwei Tropfen am Tag.</p></div>'
    '<div class="blatt" style="display:none"><h3>Kinder</h3><p>Zehn Tropfen am Tag.</p></div></div>'
)
MARKED = (
    "<div><p>Säuglinge</p><p>Kinder</p></div><div><section class=current>Zwei Tropfen am Tag.</section>"
    "<section>Zehn Tropfen am Tag.</section></div>"
)
FRAMED_STRIP = (
    "<div><div><span>Säuglinge</span><span>Kinder</span></div><div>Zwei Tropfen am Tag.</div>"
    "<div hidden>Zehn Tropfen am Tag.</div></div>"
)


@pytest.mark.parametrize("tabs", [STRIP, MARKED, FRAMED_STRIP], ids=["hidden", "marked", "in one frame"])
def test_row_of_words_before_as_many_blocks_of_which_one_is_shown_heads_each(tabs: str) -> None:
    text, notes = article(f"<h2>Dosis</h2>{tabs}")
    assert any(note.endswith('each of one of the texts below: "Säuglinge", "Kinder"') for note in notes)
    assert text == "## Dosis\n\n### Säuglinge\n\nZwei Tropfen am Tag.\n\n### Kinder\n\nZehn Tropfen am Tag."


@pytest.mark.parametrize(
    "frame",
    [
        "<ul><li>Fever</li><li>Rash</li></ul><div><p>Rest at home.</p><p>Drink a lot of water.</p></div>",
        "<ul><li>Fever</li><li>Rash</li></ul><div><p class=show>Rest at home.</p><p>Drink water.</p><p>Eat.</p></div>",
        "<ul><li>Drink a glass of water.</li><li>Rest.</li></ul><div><p>Sit in it.</p><p class=show>Rest.</p></div>",
        "<ul><li><a href='/a'>Colds</a></li><li><a href='/b'>Flu</a></li></ul><div><p class=show>A</p><p>B</p></div>",
        "<ol><li>Shake it</li><li>Measure 5 ml</li></ol><div><p>Swallow it slowly.</p><p hidden>Spit it out.</p></div>",
    ],
    ids=["all shown", "other number", "sentences", "menu", "steps"],
)
def test_list_before_blocks_heads_none_of_them(frame: str) -> None:
    text, _ = article(f"<h2>Heat</h2>{frame}")
    assert "###" not in text


def test_label_that_the_heading_of_its_panel_says_is_left_out() -> None:
    text, notes = text_and_notes(
        "<title>T</title><main><h1>T</h1><p>It is rare in the young.</p><ul role=tablist>"
        '<li><a role=tab aria-controls=a href="#a">Signs</a></li>'
        '<li><a role=tab aria-controls=b href="#b">Adults</a></li>'
        "</ul><div role=tabpanel id=a><h2>Signs to look for</h2><p>Pain.</p></div>"
        "<div role=tabpanel id=b><h2>Dose</h2><p>5 mg.</p></div></main>"
    )
    assert "## Signs\n" not in text
    assert "Signs to look for\n\nPain." in text
    assert "Adults\n\n" in text  # whose dose it is, no other heading says
    assert 'left out, label of a tab that stands there twice: "Signs"' in notes
