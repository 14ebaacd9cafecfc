"""Marks of site generators in Markdown: their text is read, the rest goes, and what readers do not see is noted."""

from __future__ import annotations

import pytest

from wellread.articles.markdown import parse_markdown
from wellread.articles.outline import Draft, Heading
from wellread.articles.sitemarks import clean
from wellread.errors import ArticleError


def read(body: str) -> Draft:
    """A Markdown article whose body begins on line 3."""
    return parse_markdown(f"# T\n\n{body}", "a.md")


def lines(body: str) -> list[str]:
    """What is read, a line a part; headings with their marks."""
    return [
        f"{'#' * part.level} {part.text}" if isinstance(part, Heading) else part.written for part in read(body).parts
    ]


def notes(body: str) -> list[tuple[int | None, str]]:
    return [(note.line, note.code) for note in read(body).notes]


# Comments and what is struck out


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- dose wrong? -->",
        "<!--\n## Old\n\nTake 9 mg.\n-->",
        "{/* dose wrong? */}",
        "{{/* dose wrong? */}}",
        "{# dose wrong? #}",
        "{% comment %}dose wrong?{% endcomment %}",
        "{>> dose wrong? <<}",
        "%%dose wrong?%%",
        "%%\nTake 9 mg.\n%%",
        "{::comment}dose wrong?{:/comment}",
        "{{!-- dose wrong? --}}",
    ],
)
def test_comments_are_never_shown(comment: str) -> None:
    assert lines(f"Rest.\n\n{comment}\n\nDrink.") == ["Rest.", "Drink."]
    assert lines(f"Rest {comment.replace(chr(10), ' ')} well.") == ["Rest well."]


def test_comment_that_does_not_end_is_refused() -> None:
    with pytest.raises(ArticleError) as caught:
        read("Rest.\n\n<!-- Ask Ben\n\nDrink.")
    assert (caught.value.line, caught.value.reason) == (5, "a comment begins here and does not end")


def test_comment_in_code_is_text() -> None:
    assert lines("Write `<!-- x -->` here.") == ["Write <!-- x --> here."]


@pytest.mark.parametrize("struck", ["~~6 drops~~", "<del>6 drops</del>", "<s>6 drops</s>", "{--6 drops--}"])
def test_struck_out_words_are_left_out_and_named(struck: str) -> None:
    assert lines(f"Take 4 drops {struck} at night.") == ["Take 4 drops at night."]
    (note,) = read(f"Take 4 drops {struck} at night.").notes
    assert (note.line, note.code, note.message) == (3, "struck-out", 'the struck-out words "6 drops" are left out')


def test_two_percent_signs_behind_a_number_begin_no_comment() -> None:
    assert lines("Of them 20%% cough and 30%% sneeze.") == ["Of them 20%% cough and 30%% sneeze."]


# Lines that a site reads itself


@pytest.mark.parametrize(
    "contents", ["* TOC\n{:toc}", "1. On this page: contents\n{: toc levels=2}", "[[toc]]", "[TOC]", "@[toc](Inside)"]
)
def test_place_of_a_list_of_contents_is_not_shown(contents: str) -> None:
    assert lines(f"Rest.\n\n{contents}\n\nDrink.") == ["Rest.", "Drink."]
    assert notes(f"Rest.\n\n{contents}\n\nDrink.") == []


@pytest.mark.parametrize(
    "mark",
    [
        '--8<-- "parts/doses.md"',
        "--8<--\nparts/doses.md\nparts/ages.md\n--8<--",
        "{!parts/doses.md!}",
        "<<< @/parts/doses.md",
        "[!INCLUDE [doses](parts/doses.md)]",
        "@[youtube](q1w2)",
        "{props.dose}",
        "*[GP]: family doctor",
        "```mermaid\ngraph LR; Itch-->Rash\n```",
        "~~~{plantuml}\nItch -> Rash\n~~~",
        "```dataview\nTABLE age FROM #rash\n```",
    ],
)
def test_what_a_site_puts_in_itself_is_left_out_and_named_once_with_its_line(mark: str) -> None:
    assert lines(f"Rest.\n\n{mark}\n\nDrink.") == ["Rest.", "Drink."]
    assert notes(f"Rest.\n\n{mark}\n\nDrink.") == [(5, "site-mark")]


def test_lines_of_two_such_marks_are_those_of_the_file() -> None:
    assert notes('--8<-- "a.md"\n\nRest.\n\n*[GP]: family doctor\n') == [(3, "site-mark"), (7, "site-mark")]


def test_names_of_places_are_not_shown_and_powers_stay() -> None:
    assert lines("Rest well. ^rest-1\n\n^37066d\n\nAbout 10 ^9 cells.") == ["Rest well.", "About 10 ^9 cells."]
    assert notes("Rest well. ^rest-1\n\n^37066d") == []


def test_boxes_between_slashes_are_read_with_their_titles() -> None:
    body = "![Skin](s.png)\n/// caption\nAfter a day\n///\n\n"
    body += "/// warning | Call for help\n    open: true\n\nIf she faints.\n///"
    assert lines(body) == ["Skin", "After a day", "Call for help", "If she faints."]
    assert notes(body) == []


def test_braces_of_words_and_of_formulas_stay() -> None:
    assert lines("Take {your dose} and $x_{a.b}$.") == ["Take {your dose} and $x_{a.b}$."]


# Shortcodes


def test_texts_of_shortcodes_are_read_and_marks_around_text_go() -> None:
    body = '{{% summary %}}\n- Rest.\n{{% /summary %}}\n{{% fold "When to call" %}}\nIf it bleeds.\n{{% /fold %}}'
    assert lines(body) == ["• Rest.", "When to call", "If it bleeds."]
    assert notes(body) == []


@pytest.mark.parametrize(
    "mark",
    [
        "{{ $frontmatter.title }}",
        "{{ page.title }}",
        "{{ page.meta.title | e }}",
        "{{ .Title }}",
        "{{ title }}",
        '{{< param "title" >}}',
    ],
)
def test_value_of_the_front_matter_is_put_in(mark: str) -> None:
    draft = parse_markdown(f'---\ntitle: "Gout: first aid"\n---\n# {mark}\n\nRest. {{{{ page.other }}}}', "a.md")
    assert draft.title == "Gout: first aid"
    assert [part.written for part in draft.parts if not isinstance(part, Heading)] == ["Rest."]
    assert len(draft.parts) == 1
    assert [(note.line, note.code) for note in draft.notes] == [(6, "site-mark")]


def test_shortcode_that_fetches_something_is_named_with_its_line() -> None:
    body = 'Rest.\n\n{{< video id="x1" >}}\n\n{% include dose.md %}\n\nCall {{ site.phone }} now.'
    assert lines(body) == ["Rest.", "Call now."]
    assert notes(body) == [(5, "site-mark"), (7, "site-mark"), (9, "site-mark")]


def test_text_in_an_argument_is_read() -> None:
    assert lines('{% include box.html content="Keep the wound dry." %}') == ["Keep the wound dry."]
    assert lines('{{< figure src="a.png" caption="A clean cut" >}}') == ["A clean cut"]
    assert lines('{{ tip(body="Drink often.") }}') == ["Drink often."]


def test_shortcode_in_an_address_is_the_address() -> None:
    (part,) = read('[Cuts]({{< relref "cuts.md" >}}) and [bites]({{ site.url }}/bites)').parts
    assert not isinstance(part, Heading)
    assert [(part.text[link.start : link.end], link.url) for link in part.links] == [
        ("Cuts", "cuts.md"),
        ("bites", "/bites"),
    ]


# Boxes


@pytest.mark.parametrize(
    "box",
    [
        '!!! danger "Call for help"\n    If she:\n\n    * faints\n\nThen rest.',
        '??? note "Call for help"\n\n    If she:\n\n    * faints\n\nThen rest.',
        ":::danger Call for help\nIf she:\n\n* faints\n:::\n\nThen rest.",
        "::: warning[Call for help]\nIf she:\n\n* faints\n:::\nThen rest.",
        '::: {.callout-warning title="Call for help"}\nIf she:\n\n* faints\n:::\n\nThen rest.',
        "> [!WARNING] Call for help\n> If she:\n>\n> * faints\n\nThen rest.",
        "```{warning} Call for help\nIf she:\n\n* faints\n```\n\nThen rest.",
    ],
)
def test_boxes_are_read_with_their_titles_and_lists(box: str) -> None:
    assert lines(box) == ["Call for help", "If she:", "• faints", "Then rest."]


def test_name_of_a_kind_of_box_is_no_text() -> None:
    assert lines("!!! warning\n    Stop.\n\n> [!NOTE]\n> Rest.\n\n:::tip\nDrink.\n:::") == ["Stop.", "Rest.", "Drink."]


def test_three_exclamation_marks_before_words_are_text() -> None:
    assert lines("!!! STOP taking it") == ["!!! STOP taking it"]


# Attributes and small marks


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('![A tick](tick.png){width="40"}', "A tick"),
        ("Rest.{.lead}", "Rest."),
        ("[Call](x.md){target=_blank rel=no}", "Call"),
        ("Rest.\n{: .note }", "Rest."),
        ("SpO~2~ and 10^9^/L, the 2^nd^ dose", "SpO2 and 10⁹/L, the 2nd dose"),
        ("10<sup>9</sup>/L of CO<sub>2</sub>", "10⁹/L of CO2"),
        ("- one<br>two", "• one two"),
        ("2*3*4 ml", "2*3*4 ml"),
        ("==mark== and {++new++}", "mark and new"),
        ("[[cuts|a cut]] or [[Bites]]", "a cut or Bites"),
        ("- [x] done", "• ☒ done"),
        ("2. [ ] Pack the pump", "2. ☐ Pack the pump"),
        ("> * [X] Pack the pump", "• ☒ Pack the pump"),
        ("[ ] Pack the pump", "☐ Pack the pump"),
        ("[x](pump.md) packed", "x packed"),
        ("Tick [x] here", "Tick [x] here"),
        ("* ** Rest:** always", "• Rest: always"),
        ("**注意：**休息", "注意：休息"),
        ("It is <b>very</b> <u>bad</u>.", "It is very bad."),
        (r"\{#x} and \~\~a\~\~", "{#x} and ~~a~~"),
    ],
)
def test_small_marks_go_and_their_words_stay(source: str, expected: str) -> None:
    assert lines(source) == [expected]


def test_caption_among_attributes_is_text() -> None:
    assert lines('| a | b |\n|---|---|\n| 1 | 2 |\n{caption="Doses"}') == ["a | b", "1 | 2", "Doses"]


def test_heading_is_known_by_the_id_that_it_is_given() -> None:
    (heading,) = read("## What to do {#act .wide}").parts
    assert heading == Heading("What to do", 2, 3, "act")


@pytest.mark.parametrize(
    ("body", "read"),
    [
        ("- a. Sit\n- b. Wait", ["a. Sit", "b. Wait"]),
        ("1. Sit\n   - (i) up\n   - (ii) still", ["1. Sit", "  (i) up", "  (ii) still"]),
        ("a. Sit\nb. Wait", ["a. Sit", "b. Wait"]),
        ("- A. Smith\n- C. Jones", ["• A. Smith", "• C. Jones"]),
        ("a. Sit\n\nThen wait.", ["a. Sit", "Then wait."]),
    ],
)
def test_list_that_counts_in_letters_keeps_its_marks(body: str, read: list[str]) -> None:
    assert lines(body) == read


def test_bullets_that_are_no_markdown_are_items() -> None:
    assert lines("Signs:\n• Pain\n\uf0b7 Heat") == ["Signs:", "• Pain", "• Heat"]


# Definitions, footnotes, bold lines


def test_definitions_stand_behind_their_terms() -> None:
    assert lines("Fever\n: More than 38 °C\n: In babies more than 37.5 °C\n\nWhat is pus?\n: A fluid.") == [
        "• Fever: More than 38 °C",
        "• In babies more than 37.5 °C",
        "• What is pus? A fluid.",
    ]


def test_footnotes_stand_with_the_text_that_they_belong_to() -> None:
    body = "## Dose\n\n2 ml[^a]\n\nDaily.\n\n## Risks\n\nFew.[^b]\n\n[^a]: Not for babies.\n[^b]: See the leaflet."
    assert lines(body) == [
        "## Dose",
        "2 ml[a]",
        "[a] Not for babies.",
        "Daily.",
        "## Risks",
        "Few.[b]",
        "[b] See the leaflet.",
    ]
    assert lines("| a |\n|---|\n| 1[^a] |\n| 2 |\n\n[^a]: Shake it.") == ["a", "1[a]", "2", "[a] Shake it."]


def test_footnote_that_nothing_refers_to_is_shown_and_named() -> None:
    assert lines("Rest.\n\n[^z]: Shake it.") == ["Rest.", "[z] Shake it."]
    assert notes("Rest.\n\n[^z]: Shake it.") == [(5, "footnote")]


def test_bold_lines_are_headings_below_the_one_above() -> None:
    assert lines("**Signs**\n\nPain.\n\n**What to do:**\nRest.") == ["## Signs", "Pain.", "## What to do:", "Rest."]
    assert lines("## Care\n\n**Day 1**\n\nRest.\n\n**Day 2**\n\nWalk.") == [
        "## Care",
        "### Day 1",
        "Rest.",
        "### Day 2",
        "Walk.",
    ]


@pytest.mark.parametrize("bold", ["Warning signs", "Important side effects", "Note for carers"])
def test_bold_line_that_only_begins_like_a_warning_is_a_heading(bold: str) -> None:
    assert f"## {bold}" in lines(f"**Signs**\n\nPain.\n\n**{bold}**\n\nMore.\n\n**Care**\n\nRest.")


def test_single_bold_line_among_headings_is_named() -> None:
    body = "## Care\n\nRest.\n\n**When to call us**\n\nIf your fingers turn blue."
    assert lines(body) == ["## Care", "Rest.", "When to call us", "If your fingers turn blue."]
    (note,) = read(body).notes
    assert (note.line, note.code) == (7, "bold-line")
    assert note.message.startswith('"When to call us" is bold, and no heading')
    assert notes(body + "\n\n**Where to call**\n\nHere.") == []  # both are headings
    assert (
        notes("## Care\n\n**Do not drive.**\n\nRest.\n\n**Call 112 now**\n\nWait.\n\n**Rest**\n\n## More\n\nA.") == []
    )


@pytest.mark.parametrize(
    "bold",
    [
        "**Call 112 if he is blue**",
        "**Rest helps most.**",
        "**Dose:** 2 ml",
        "**Do not drive**",
        "**Warning**",
        "**Important: keep it cold**",
    ],
)
def test_bold_text_that_is_no_heading_stays_text(bold: str) -> None:
    plain = bold.replace("**", "")
    assert lines(f"**Signs**\n\nPain.\n\n{bold}\n\nMore.\n\n**Care**\n\nRest.") == [
        "## Signs",
        "Pain.",
        plain,
        "More.",
        "## Care",
        "Rest.",
    ]


# HTML


def test_html_is_read_as_its_markdown() -> None:
    body = (
        '<div class="x">\n  <h2>Store it</h2>\n  <ul>\n    <li>Cold</li>\n    <li>Dark\n'
        "      <ul><li>In a box</li></ul>\n    </li>\n  </ul>\n</div>\n"
    )
    assert lines(body) == ["## Store it", "• Cold", "• Dark", "  • In a box"]


def test_table_of_html_is_a_table() -> None:
    body = "<table>\n<tr><th>Age</th><th>Dose</th></tr>\n<tr><td>1 | 2</td><td>5<br>ml</td></tr>\n</table>\nShake."
    assert lines(body) == ["Age | Dose", "1 | 2 | 5 ml", "Shake."]


def test_questions_of_panels_are_headings_where_nothing_else_follows() -> None:
    panel = "<details><summary>{}</summary>\n\n{}\n\n</details>\n"
    body = "## Care\n\n" + panel.format("May I fly?", "Yes.") + panel.format("May I dive?", "No.")
    assert lines(body) == ["## Care", "### May I fly?", "Yes.", "### May I dive?", "No."]
    assert lines(panel.format("May I fly?", "Yes.") + "\nRest.") == ["May I fly?", "Yes.", "Rest."]


def test_questions_behind_checkboxes_are_headings_where_nothing_else_follows() -> None:
    panel = (
        '<div class="tab"><input type="checkbox" id="{0}">\n<label for="{0}">{0}</label>\n<div><p>{1}</p></div></div>\n'
    )
    body = "<h3>Care</h3>\n" + panel.format("May I fly?", "Yes.") + panel.format("May I dive?", "No.")
    assert lines(body) == ["### Care", "#### May I fly?", "Yes.", "#### May I dive?", "No."]
    assert lines(f"{body}\nRest.\n")[-3:] == ["May I dive?", "No.", "Rest."]
    assert lines("## Care\n\n" + panel.format("May I fly?", "Yes.") + "\n## Pain\n\nRest.")[1] == "### May I fly?"


def test_components_keep_their_texts_and_scripts_are_left_out() -> None:
    body = '<Tab label="Adults">\n\nRest.\n\n</Tab>\n\n<Widget id="3" />\n\n<script>run()</script>\n\nTake <drug>.'
    assert lines(body) == ["Adults", "Rest.", "Take <drug>."]
    assert notes(body) == [(9, "site-mark"), (11, "site-mark"), (13, "site-mark")]


def test_words_that_the_parser_leaves_out_are_named() -> None:
    # A table's rows have not all as many columns as its head, so that it is no table; no word is lost.
    assert notes("| a | b | c |\n|---|---|\n| 1 | 2 |") == [(3, "joined-lines")]


def test_label_of_a_heading_in_a_contents_list_is_not_shown() -> None:
    parts = read('## Store it { #store data-toc-label="Storing" }\n\nKeep it cool.\n').parts
    assert [part.text for part in parts] == ["Store it", "Keep it cool."]


# Tags and keys of sources


@pytest.mark.parametrize(
    ("body", "read"),
    [
        ("Rest it. #joint/knee", "Rest it."),
        ("Repose-le. #genou #douleur", "Repose-le."),
        ("استرح. #مفاصل", "استرح."),
        ("Rest #knee #pain", "Rest"),
        ("## Help #urgent\n\nCall.", "## Help"),
        ("Ice helps [@roe2019, p. 3].", "Ice helps."),
        ("Ice helps [see @roe2019; -@alt:2020] most.", "Ice helps most."),
        ("Eis hilft [vgl. auch @roe2019].", "Eis hilft."),
    ],
)
def test_tags_at_the_end_and_keys_of_sources_are_named_and_not_shown(body: str, read: str) -> None:
    assert (lines(body)[0], notes(body)) == (read, [(3, "site-mark")])


def test_lines_of_tags_are_named_and_not_shown() -> None:
    assert lines("Rest.\n\n#knee #pain\n\n#joint/knee\n\n#todo") == ["Rest."]
    assert notes("Rest.\n\n#knee #pain\n\n#joint/knee\n\n#todo") == [(n, "site-mark") for n in (5, 7, 9)]


@pytest.mark.parametrize("body", ["A flare of #gout", "See #gout for more.", "#Causes", "As @roe2019 says."])
def test_tags_and_keys_that_may_be_words_are_shown_and_named(body: str) -> None:
    assert (lines(body), notes(body)) == ([body], [(3, "site-mark")])


@pytest.mark.parametrize("body", ["Ask [the team @gp] today.", "Write to [a nurse on call @ward-3]."])
def test_words_in_brackets_before_a_name_are_a_text(body: str) -> None:
    assert (lines(body), notes(body)) == ([body], [])


@pytest.mark.parametrize(
    "formula",
    [
        r"$x^2y^2$",
        r"$a*b*c = d_1 \times w\, l_2$",
        "$$\\frac{a}{b}\n= [c](d) < e$$",
        r"$\{a\}=2$, or $V_{max}$",
    ],
)
def test_formula_is_shown_as_it_is_written(formula: str) -> None:
    assert lines(f"Give {formula} now.") == [f"Give {' '.join(formula.split())} now."]


@pytest.mark.parametrize(
    ("body", "read"),
    [
        ("It costs $20 *or* $30.", "It costs $20 or $30."),
        ("From $x <!-- check --> = 2$ on.", "From $x = 2$ on."),
        ("Pay $5, `a_b`, $6.", "Pay $5, `a_b`, $6."),
    ],
)
def test_sum_of_money_and_a_comment_between_dollars_are_no_formula(body: str, read: str) -> None:
    assert lines(body) == [read.replace("`", "")]


@pytest.mark.parametrize(
    "body", ["Ward #4 is C# free.", "Write to ana2019@example.org.", "[@ana](https://example.org/a)"]
)
def test_numbers_and_addresses_are_no_tags(body: str) -> None:
    assert notes(body) == []


# What is computed, and names of places


@pytest.mark.parametrize("info", ["{r setup, include=FALSE}", "{python}", "{ojs}"])
def test_code_that_a_site_runs_is_named_and_not_shown(info: str) -> None:
    body = f"Rest.\n\n```{info}\nplot(x)\n```\n\nDrink."
    assert (lines(body), notes(body)) == (["Rest.", "Drink."], [(5, "site-mark")])


@pytest.mark.parametrize("value", ["`r mean(x)`", "`r params$dose`", "`{python} dose`"])
def test_value_that_a_site_computes_is_named_and_not_shown(value: str) -> None:
    assert (lines(f"Take {value} mg."), notes(f"Take {value} mg.")) == (["Take mg."], [(3, "site-mark")])


def test_letter_in_code_is_a_text() -> None:
    assert (lines("The sign `r = 0.3` and `r x`."), notes("The sign `r = 0.3`.")) == (["The sign r = 0.3 and r x."], [])


def test_code_that_a_site_shows_is_a_text() -> None:
    assert lines("```python\nplot(x)\n```\n\n```{.r}\nmean(y)\n```") == ["plot(x)", "mean(y)"]


def test_name_of_a_place_in_myst_is_not_shown() -> None:
    assert (lines("(first-aid)=\n\nRest."), notes("(first-aid)=\n\nRest.")) == (["Rest."], [])


# Hostile texts


def test_lists_of_html_without_end_do_not_grow_with_their_square() -> None:
    with pytest.raises(ArticleError, match="lie too deep"):
        read("<ul><li>a" * 3_000)
    assert max(map(len, clean("<ul><li>" * 3_000, 0, "a.md", {}).lines)) < 200


@pytest.mark.parametrize("reference", ["&#" + "9" * 5_000, "&#x" + "f" * 5_000 + ";"])
def test_reference_to_no_character_is_shown_as_it_is_written(reference: str) -> None:
    assert lines(f"Rest {reference} now.") == [f"Rest {reference} now."]
    assert lines(f'<a href="{reference}">Rest</a> now.') == ["Rest now."]


def test_script_with_code_marks_in_it_is_left_out_whole_and_named_once() -> None:
    body = "Rest.\n\n<script>\nlist = `<h3>${name}</h3>`;\n</script>\n\nDrink."
    assert (lines(body), notes(body)) == (["Rest.", "Drink."], [(5, "site-mark")])


def test_comment_or_code_inside_a_table_or_panel_divides_it_not() -> None:
    table = "<table><tr><th>Age</th><th>Dose</th></tr>\n<!-- check -->\n<tr><td>2</td><td>`5 mg`</td></tr></table>"
    assert lines(table) == ["Age | Dose", "2 | 5 mg"]
    assert lines("## A\n\n<details><summary>Why?</summary>\n\n<!-- check -->\n`B12` helps.\n\n</details>") == [
        "## A",
        "### Why?",
        "B12 helps.",
    ]


def test_comment_in_a_box_between_code_marks_is_never_shown() -> None:
    assert lines("```{tip}\n<!-- is 5 mg right? -->\nRest.\n```") == ["Rest."]


def test_box_between_code_marks_that_does_not_end_keeps_its_last_line() -> None:
    assert lines("```{tip} Remember\n\nRest.\n\n- Drink") == ["Remember", "Rest.", "• Drink"]


@pytest.mark.parametrize(
    "box",
    [
        ".. warning:: Call at once\n   :class: big\n\n   If it bleeds:\n\n   - sit down\n",
        ".. warning:: Call at once\n\n    If it bleeds:\n\n    - sit down\n",
        "```{warning} Call at once :class: big\n:name: call\nIf it bleeds:\n\n- sit down\n```\n",
        ":::{warning} Call at once\n:class: big\nIf it bleeds:\n\n- sit down\n:::\n",
    ],
)
def test_directives_are_boxes_and_their_options_are_not_shown(box: str) -> None:
    body = f"Rest.\n\n{box}\nDrink."
    assert (lines(body), notes(body)) == (["Rest.", "Call at once", "If it bleeds:", "• sit down", "Drink."], [])


def test_line_in_a_box_that_begins_with_a_sign_in_colons_stays() -> None:
    assert lines("```{warning}\n:class: big\n\n:pill: 5 mg at most\n```") == [":pill: 5 mg at most"]
    assert lines(":::{warning}\n:class: big\n:Dose: 5 mg\n:::") == [":Dose: 5 mg"]


def test_link_around_a_picture_on_several_lines_shows_no_brackets() -> None:
    assert lines('<a href="a.png"><img alt=""\n\n src="a.png"/></a>\n\nRest.') == ["Rest."]
    assert lines('<a href="b.md">see\n<b>this</b></a> now') == ["see this now"]


def test_panel_inside_a_box_is_a_heading_above_those_in_it() -> None:
    panel = "<div><details>\n<summary>In detail</summary>\n<h4>First</h4>\n<p>Text.</p>\n</details></div>"
    body = f"## A\n\n#### B\n\nText.\n\n{panel}\n\n---\n\n## C\n\nText."
    assert lines(body) == ["## A", "#### B", "Text.", "### In detail", "#### First", "Text.", "## C", "Text."]


def test_single_bullet_that_is_no_markdown_is_an_item_and_a_drawn_line_is_not_shown() -> None:
    assert lines("Do not take it:\n• if you are allergic\n\n=====\n\nRest.") == [
        "Do not take it:",
        "• if you are allergic",
        "Rest.",
    ]


def test_marks_inside_a_word_or_a_quoted_number_are_no_missing_words() -> None:
    body = "Pas d’**anti-douleur**, ni **l**’eau.\n\n> Note:\n> 1) Rest\n> 2) Drink\n"
    assert notes(body) == []


def test_html_that_is_named_as_such_between_code_marks_is_read_and_other_formats_are_named() -> None:
    table = "<table><tr><th>Age</th></tr>\n<tr><td>1 month&rsquo;s rest</td></tr></table>"
    body = f"Rest.\n\n```{{=html}}\n{table}\n```\n\nDrink."
    assert (lines(body), notes(body)) == (["Rest.", "Age", "1 month’s rest", "Drink."], [])
    assert notes("Rest.\n\n```{=latex}\n\\newpage\n```") == [(5, "site-mark")]


def test_titles_of_boxes_that_ask_are_headings_where_no_text_follows() -> None:
    box = '??? question "{}"\n    {}\n\n'
    two = box.format("Can I swim?", "Yes.") + box.format("Is it safe?", "It is.")
    assert lines(f"## Sport\n\n{two}## More\n\nText.") == [
        "## Sport",
        "### Can I swim?",
        "Yes.",
        "### Is it safe?",
        "It is.",
        "## More",
        "Text.",
    ]
    assert lines(f"{two}Text.") == ["Can I swim?", "Yes.", "Is it safe?", "It is.", "Text."]
    assert lines(":::details Is it safe?\nIt is.\n:::\n") == ["## Is it safe?", "It is."]
    assert lines('!!! danger "Call at once"\n    If it bleeds.') == ["Call at once", "If it bleeds."]


@pytest.mark.parametrize("text", ["- >38 °C is fever", "- > 15 days", ">38 °C is fever"])
def test_sign_for_more_than_before_a_number_opens_no_quote(text: str) -> None:
    assert lines(text) == [text.replace("- ", "• ")]


def test_number_at_the_beginning_of_an_item_of_html_is_text() -> None:
    assert lines("<ol><li><strong>10. Rest</strong> well</li></ol>") == ["1. 10. Rest well"]


def test_shortcode_inside_a_sentence_or_a_heading_divides_it_not() -> None:
    assert lines('## {{< word "Blood sugar" >}}\n\nTake {{< dose "5 mg daily" >}} at night.') == [
        "## Blood sugar",
        "Take 5 mg daily at night.",
    ]


def test_tags_below_one_another_are_left_out_and_named_once() -> None:
    assert (lines("Rest.\n\n#Sleep\n#Health"), notes("Rest.\n\n#Sleep\n#Health")) == (["Rest."], [(5, "site-mark")])


def test_file_that_a_directive_stands_for_is_named() -> None:
    assert (lines("Rest.\n\n.. image:: a.png"), notes("Rest.\n\n.. image:: a.png")) == (["Rest."], [(5, "site-mark")])


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("sodium 139\npotassium 3.1\nchloride 116", [(3, "joined-lines")]),
        ("sodium 139  \npotassium 3.1  \nchloride 116", []),
        ("Rest and\ndrink", []),
        ("Lie down on your back, and lift both legs.\nStay.\nRest.", []),
        ("- a\n  b\n  c", []),
    ],
)
def test_short_lines_that_are_read_as_one_paragraph_are_named(body: str, expected: list[tuple[int, str]]) -> None:
    assert notes(body) == expected


def test_drawn_table_of_pandoc_is_a_table_and_its_caption_a_paragraph() -> None:
    table = (
        "+-----+-----------+\n| Age | Dose      |\n+=====+===========+\n| 2   | 5 mg\\    |\n|     | at night  |\n"
        "+-----+-----------+\n| 4   | 10 mg     |\n+-----+-----------+\n\n: Doses by age\n\nDrink."
    )
    assert lines(f"Rest.\n\n{table}") == [
        "Rest.",
        "Age | Dose",
        "2 | 5 mg at night",
        "4 | 10 mg",
        "Doses by age",
        "Drink.",
    ]
    assert notes(f"Rest.\n\n{table}") == []
    assert lines("| a | b |\n|---|---|\n| 1 | 2 |\n: Doses")[-1] == "Doses"


def test_drawn_table_whose_cells_reach_over_columns_stays_as_it_is_drawn() -> None:
    table = "+---+---+\n| all     |\n+---+---+\n| 1 | 2 |\n+---+---+"
    bars = "+------+---+\n| a \\| b | c |\n+------+---+\n"
    assert lines(f"{bars}") == ["a | b | c"]
    assert "all" in " ".join(lines(table))
    assert all("+---+" in line for line in lines(table)[:1])


def test_heading_at_the_beginning_of_a_callout_is_its_title() -> None:
    box = "::: {.callout-warning}\n## Call at once\n\nIf it bleeds.\n:::"
    assert lines(f"## Cuts\n\n{box}\n\nRest.") == ["## Cuts", "Call at once", "If it bleeds.", "Rest."]
    assert lines("::: panel\n## Call at once\n\nIf it bleeds.\n:::") == ["## Call at once", "If it bleeds."]


def test_code_that_holds_restructured_text_is_read() -> None:
    body = "```{eval-rst}\n.. raw:: html\n\n    <!-- x -->\n    <p>Rest.</p>\n\n.. tip::\n\n   Drink.\n```"
    assert (lines(body), notes(body)) == (["Rest.", "Drink."], [])


def test_page_of_html_is_named_and_its_title_is_the_title() -> None:
    head = '<head>\n<meta charset="UTF-8">\n<title>Cuts</title></head>'
    page = f"<!DOCTYPE html>\n<html>{head}\n<body><p>1. Rest.</p></body></html>"
    draft = parse_markdown(page, "a.md")
    assert (draft.title, [part.text for part in draft.parts]) == ("Cuts", ["Rest."])
    assert [(note.line, note.code) for note in draft.notes] == [(1, "site-mark")]


def test_telephone_number_in_a_shortcode_is_shown_and_the_number_of_a_video_is_not() -> None:
    assert lines('Call {{< telephone "+44 20 7946-0000" >}} now.') == ["Call +44 20 7946-0000 now."]
    assert lines('Call {{< telephone "021-54237559" >}} now.') == ["Call 021-54237559 now."]
    assert lines('{{< vimeo "146022717" >}}') == []


def test_bold_part_of_a_word_is_no_missing_word() -> None:
    assert notes("Well-tuned **HC**L and **SMB**s.") == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Ward 3<br>Day clinic<br/>\n020 7946 0000", ["Ward 3", "Day clinic", "020 7946 0000"]),
        ("Ward 3<br><br>Day clinic", ["Ward 3", "Day clinic"]),
        ("<p>Ward 3<br>Day clinic</p>", ["Ward 3", "Day clinic"]),
        ("> Ward 3<br>Day clinic", ["Ward 3", "Day clinic"]),
        ("| a<br>b |\n|---|\n| 1<br>2 |", ["a b", "1 2"]),
        ("Age | Dose<br>each\n--- | :---:\n2<br>years | 1", ["Age | Dose each", "2 years | 1"]),
        ("Age | Dose\n:-- | ---\nto 2<div>years</div> | 5 ml<br>at most", ["Age | Dose", "to 2 years | 5 ml at most"]),
        ("Ring 999 | 112.<br>Go now.\n\nRest.", ["Ring 999 | 112.", "Go now.", "Rest."]),
        ("## One<br>two\n\nRest.<br>", ["## One two", "Rest."]),
        ("<ul><li>a<br>b</li></ul>", ["• a b"]),
        ("Rest.\n<br>\n\n<br>\nDrink.", ["Rest.", "Drink."]),
    ],
)
def test_break_inside_a_paragraph_keeps_its_lines(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


def test_table_under_a_drawn_line_is_a_table() -> None:
    simple = "Age       Dose\n--------- -------\n2 to 6    5 ml\n7 to 12   10 ml\n\nTable: Doses"
    assert lines(f"Rest.\n\n{simple}") == ["Rest.", "Age | Dose", "2 to 6 | 5 ml", "7 to 12 | 10 ml", "Doses"]
    rows = " 2 to 6    5 ml     at night,\n                    with water\n\n 7 to 12   10 ml    at noon\n"
    many = f"{'-' * 32}\n Age       Dose     Note\n--------- -------- -------------\n{rows}{'-' * 32}\n\n: Doses"
    assert lines(f"Rest.\n\n{many}\n\nDrink.") == [
        "Rest.",
        "Age | Dose | Note",
        "2 to 6 | 5 ml | at night, with water",
        "7 to 12 | 10 ml | at noon",
        "Doses",
        "Drink.",
    ]


@pytest.mark.parametrize(
    "text",
    ["One long line of text\n--- ---\nand more of this", "Rest.\n\n--- ---\n\nDrink.", "Cuts\n----\n\nRest."],
)
def test_drawn_lines_that_are_no_columns_make_no_table(text: str) -> None:
    assert not any("|" in line for line in lines(text))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("| Age | Dose |\n|---|---|\n| <p>2 to</p><p>6</p> | 5 ml |", ["Age | Dose", "2 to 6 | 5 ml"]),
        ("| Dose |\n|---|\n| [[Syrup\\|5 ml]] |", ["Dose", "5 ml"]),
        ('[Never]{.underline} give [it]{style="color:red"}.', ["Never give it."]),
        ("Take [un]related and [0-9]{3} [x]{y}", ["Take [un]related and [0-9]{3} [x]{y}"]),
        ("#. Rest\n#. Drink", ["1. Rest", "2. Drink"]),
        ("(@) Rest\n(@more) Drink", ["1. Rest", "2. Drink"]),
        ("| Ward 3\n| Day clinic\n\nRest.", ["Ward 3", "Day clinic", "Rest."]),
        (".. toc:: Contents\n   :depth: 2\n\nRest.", ["Rest."]),
    ],
)
def test_marks_of_pandoc_and_gitbook_are_read(body: str, expected: list[str]) -> None:
    assert (lines(body), notes(body)) == (expected, [])


def test_code_of_mdx_is_named_and_not_shown() -> None:
    code = "import {\n  Card,\n  Steps\n} from '../parts';\n\nexport const dose = (age) => {\n  return age;\n};"
    body = f"{code}\n\nTake {{dose(2)}} ml."
    assert (lines(body), notes(body)) == (["Take ml."], [(8, "site-mark"), (12, "site-mark")])
    faq = '<FAQ items={[{q: "Why?", a: "So."}]} />'
    assert (lines(faq), notes(faq)) == ([faq], [(3, "site-mark")])


@pytest.mark.parametrize(
    "code",
    [
        'export const dose = "5 ml";',
        "export const faqs = [\n  { q: 'When (if)?',\n\n    a: \"Don't {wait}.\" },\n]\n  .filter(Boolean);",
        "export const Tip = ({ children }) =>\n  <p style={{ color: 'red' }}>{children}, don't</p>;",
        "export default function Page({ children }) {\n  return <div>\n\n  {children}</div>\n}",
        "export { a, b } from './parts'",
        f'export const long = "{"x " * 11_000}";\n',
    ],
)
def test_definition_of_mdx_takes_no_line_below_it(code: str) -> None:
    assert (lines(f"{code}\nNever take more.\n"), notes(f"{code}\nNever take more.")) == (
        ["Never take more."],
        [(3, "site-mark")],
    )


def test_box_directly_below_a_definition_of_mdx_is_no_part_of_it() -> None:
    body = "export const a = 1\n:::tip Doses\nNever take more.\n:::"
    assert lines(body) == lines(body.partition("\n")[2])


def test_definition_that_is_not_closed_ends_at_a_blank_line() -> None:
    assert lines("export const a = (\nstill code\n\nRest.") == ["Rest."]
    assert lines("export const a = (\nstill code\n\nRest.\n\nexport const b = 1\n\nDrink.") == ["Rest.", "Drink."]
    assert lines("export const a = (\nexport const b = 1\nRest.") == ["Rest."]


@pytest.mark.parametrize(
    "body",
    [
        ":::{table} Doses\n:caption: Not more than 4\n:class: wide\n\nText.\n:::",
        "```{table} Doses\n:caption: Not more than 4\n\nText.\n```",
        "```{table} Doses\n---\ncaption: Not more than 4\nwidth: 3\n---\nText.\n```",
        ".. table:: Doses\n   :caption: Not more than 4\n\n   Text.",
    ],
)
def test_caption_among_the_options_of_a_directive_is_text(body: str) -> None:
    assert (lines(body), notes(body)) == (["Doses", "Not more than 4", "Text."], [])


def test_option_that_is_not_known_and_holds_words_is_named() -> None:
    body = ":::{note}\n:remark: not for children\n:anchor: top\n\nRest.\n:::"
    assert (lines(body), notes(body)) == (["Rest."], [(4, "site-mark")])


def test_sentence_that_looks_like_an_option_stays() -> None:
    assert lines(":::{danger}\n:warning: Never take two tablets.\n:::") == [":warning: Never take two tablets."]


def test_file_of_a_picture_is_not_shown_and_one_that_is_fetched_is_named() -> None:
    body = "```{figure} a/foot.png\n:alt: A foot\n\nThe foot.\n```\n\n```{image} b.png\n:alt: A toe\n```"
    assert (lines(body), notes(body)) == (["A foot", "The foot.", "A toe"], [])
    assert (lines("```{include} doses.md\n```\n\nRest."), notes("```{include} doses.md\n```")) == (
        ["Rest."],
        [(3, "site-mark")],
    )


def test_mark_of_a_program_that_is_not_known_is_named() -> None:
    body = "::danger::\n\n- Call at once ::end::\n\n:: no mark ::\n"
    assert notes(body) == [(3, "site-mark"), (5, "site-mark")]


@pytest.mark.parametrize(
    "body",
    [
        "```{list-table} Doses\n:header-rows: 1\n\n* - Age\n  - Dose\n* - 5, or\n    more\n  - 2 ml\n```\n\nRest.",
        ":::{list-table} Doses\n* - Age\n  - Dose\n* - 5, or more\n  - 2 ml\n:::\n\nRest.",
        ".. list-table:: Doses\n   :widths: 1 2\n\n   * - Age\n     - Dose\n\n   * - 5, or more\n     - 2 ml\n\nRest.",
    ],
)
def test_table_that_is_written_as_a_list_of_lists_is_a_table(body: str) -> None:
    assert (lines(body), notes(body)) == (["Doses", "Age | Dose", "5, or more | 2 ml", "Rest."], [])


def test_list_in_a_cell_stays_in_it_and_rows_may_have_other_numbers_of_cells() -> None:
    body = ":::{list-table}\n* - Age\n  - Dose\n* - 5\n  - - 2 ml\n    - at night\n  - Never more\n:::"
    assert lines(body) == ["Age | Dose | ", "5 | - 2 ml - at night | Never more"]
    assert lines(":::{list-table}\n* **Age**\n* **Dose**\n:::") == ["• Age", "• Dose"]


def test_options_of_kramdown_are_not_shown() -> None:
    assert (lines('{::options parse_block_html="true" /}\n\nRest.'), notes("{::options a=1 /}\n\nRest.")) == (
        ["Rest."],
        [],
    )


def test_reference_of_quarto_to_a_figure_is_named() -> None:
    assert notes("See @fig-signs and @tbl-doses.") == [(3, "site-mark"), (3, "site-mark")]


@pytest.mark.parametrize("mark", ["::contentReference[oaicite:0]{index=0}", "【12†source】"])
def test_source_that_a_language_model_left_is_named_and_not_shown(mark: str) -> None:
    assert (lines(f"Rest. {mark}"), notes(f"Rest. {mark}")) == (["Rest."], [(3, "site-mark")])


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("# []{#_Toc2 .anchor}Do not use it\n\nIf ill.", ["# Do not use it", "If ill."]),
        ('# [[]{#_Hlk1 .anchor}]{custom-style="Strong"}Doses\n\nTwo.', ["# Doses", "Two."]),
        ("- []{#a .anchor}Rest\n- Drink []{#b .anchor}water", ["• Rest", "• Drink water"]),
        ("Never[]{#a .anchor} [[]{#b}give\nit]{.underline}[ twice]{.mark}.", ["Never give it twice."]),
        ("Rest []{#_Toc3\n.anchor}now.", ["Rest now."]),
        ("See [[the guide](https://a.example/b)]{.underline}.", ["See the guide."]),
        ("[]{#_Toc9 .anchor}**Signs**\n\nPain.", ["## Signs", "Pain."]),
        ("#gout []{x}\n\nTake [un]related.", ["#gout []{x}", "Take [un]related."]),
        ("[[guide]]{.wide} and [one]: two", ["guide and [one]: two"]),
    ],
)
def test_words_in_spans_of_pandoc_stay_where_they_stand(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


@pytest.mark.parametrize(
    ("body", "title", "expected"),
    [
        (
            '::: {custom-style="Title"}\n**Gout**\nat home\n:::\n\n# Signs\n\nPain.',
            "Gout at home",
            ["# Signs", "Pain."],
        ),
        ('::: {custom-style="Titel"}\nGout\n:::\n\nPain.', "Gout", ["Pain."]),
        (
            '::: {custom-style="Title"}\nGout\n:::\n\n::: {custom-style="Title"}\nAt home\n:::\n\nPain.',
            "Gout",
            ["At home", "Pain."],
        ),
        (
            '# Gout\n\n::: {custom-style="Überschrift 2"}\n[]{#a .anchor}Signs\n:::\n\nPain.',
            "Gout",
            ["## Signs", "Pain."],
        ),
        ('# Gout\n\n::: {custom-style="Title"}\nSigns\n:::\n\nPain.', "Gout", ["Signs", "Pain."]),
        ('---\ntitle: Gout\n---\n\n::: {custom-style="Title"}\nSigns\n:::\n\nPain.', "Gout", ["Signs", "Pain."]),
        ('# Gout\n\n::: {custom-style="Body Text"}\nRest.\n:::\n\nPain.', "Gout", ["Rest.", "Pain."]),
        ('# Gout\n\n::: {custom-style="Heading 2"}\n- Rest\n- Drink\n:::', "Gout", ["• Rest", "• Drink"]),
        ('# Gout\n\n::: {custom-style="Heading 2"}\nSigns\n\nPain.\n:::', "Gout", ["Signs", "Pain."]),
    ],
)
def test_style_of_word_that_pandoc_keeps_makes_a_title_or_heading(body: str, title: str, expected: list[str]) -> None:
    draft = parse_markdown(body, "a.md")
    shown = [f"{'#' * part.level} {part.text}" if isinstance(part, Heading) else part.written for part in draft.parts]
    assert (draft.title, shown) == (title, expected)


def test_styled_heading_keeps_its_line_and_those_below() -> None:
    draft = parse_markdown('# T\n\n::: {custom-style="Heading 2"}\nSigns\nof gout\n:::\n\nPain.', "a.md")
    assert [part.line for part in draft.parts] == [4, 8]
