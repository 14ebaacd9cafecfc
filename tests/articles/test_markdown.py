"""Markdown read into headings and blocks: a whole article, then the front matter and one construct at a time."""

from __future__ import annotations

from datetime import date

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from wellread.articles.frontmatter import MAX_CHARS
from wellread.articles.inline import plain, safe_link
from wellread.articles.library import read_article
from wellread.articles.markdown import parse_markdown
from wellread.articles.markdown_parser import MAX_PARAGRAPH, PARSER
from wellread.articles.outline import Heading, divide
from wellread.datatypes import Block, Link, Section
from wellread.errors import ArticleError

FIXTURES = ROOT / "tests" / "fixtures" / "articles"


def parts(body: str) -> list[Heading | Block]:
    """What stands below a title that takes the first two lines."""
    return list(parse_markdown(f"# T\n\n{body}", "a.md").parts)


def written(body: str) -> list[str]:
    return [part.written for part in parts(body) if isinstance(part, Block)]


def sections(text: str) -> list[tuple[tuple[str, ...], str, str]]:
    return [(section.path, section.anchor, section.role) for section in divide(parse_markdown(text, "a.md"))]


def refusal(text: str) -> tuple[str, int | None, str]:
    with pytest.raises(ArticleError) as caught:
        parse_markdown(text, "heart/a.md")
    assert caught.value.remedy
    return caught.value.file, caught.value.line, caught.value.reason


# A whole article


def test_whole_article() -> None:
    article = read_article(FIXTURES / "living-with-diabetes.md", FIXTURES)
    assert (article.id, article.title) == ("guides/diabetes", "Living with diabetes: a guide")
    assert article.disclaimer == "Test material only; ask your doctor."
    assert (article.source, article.language) == ("https://example.org/diabetes", "en-GB")
    assert (article.last_reviewed, article.next_review) == (date(2026, 5, 31), date(2027, 5, 31))
    assert article.sections == (
        Section(
            ("Living with diabetes: a guide",),
            "living-with-diabetes",
            (Block("paragraph", "Sugar stays in the blood instead of reaching the cells.", 15),),
            15,
        ),
        Section(
            ("Every day",),
            "every-day",
            (
                Block(
                    "paragraph",
                    "Measure your sugar as your doctor showed you.",
                    22,
                    links=(Link(19, 44, "https://example.org/measure"),),
                ),
                Block("paragraph", "Write it down.", 23),
                Block("item", "Wash your hands.", 25, "1."),
                Block("item", "Prick a finger,", 26, "2."),
                Block("paragraph", "on its side.", 28),
                Block("item", "not the thumb", 29, "•", 1),
                Block("item", "not the forefinger", 30, "•", 1),
                Block("item", "Read the mmol/l value.", 31, "3."),
            ),
            20,
        ),
        Section(
            ("Every day", "Values"),
            "values",
            (
                Block("row", "When | Low < | High", 35, cells=("When", "Low <", "High")),
                Block("row", "Fasting | 4 | 7", 37, cells=("Fasting", "4", "7"), links=(Link(14, 15, "#values"),)),
                Block("row", "After a meal | - | 8 | 9", 38, cells=("After a meal", "-", "8 | 9")),
                Block("paragraph", "Carry sugar with you.", 40),
            ),
            33,
        ),
        Section(
            ("Treatment of diabetes",),
            "treatment-of-diabetes",
            (
                Block("paragraph", "A pen for insulin Insulin is safe.", 48),
                Block("paragraph", "5 units before meals", 50),
            ),
            45,
        ),
        Section(
            ("Treatment of diabetes", "Children"),
            "children",
            (Block("paragraph", "Ask a specialist.", 55),),
            53,
        ),
        Section(("Children",), "children-2", (Block("item", "Play.", 59, "•"),), 57),
        Section(("FAQ",), "faq", (), 61),
        Section(
            ("FAQ", "Can diabetes be cured?"),
            "faq-diabetes-be-cured",
            (Block("paragraph", "No.", 65),),
            63,
            "faq",
        ),
        Section(("FAQ", "Sweets"), "sweets", (Block("paragraph", "Now and then.", 69),), 67),
    )


# Title and headings


def test_first_heading_of_level_1_is_the_title_and_no_section() -> None:
    draft = parse_markdown("Intro.\n\n# *Heart* attack #\n\n## Signs\n\nPain.", "a.md")
    assert draft.title == "Heart attack"
    assert [section.path for section in divide(draft)] == [("Heart attack",), ("Signs",)]


def test_heading_of_level_1_that_differs_from_the_title_is_a_section() -> None:
    assert sections("---\ntitle: Pain\n---\n# Causes\n\nDust.\n\n## In children\n\nMore dust.") == [
        (("Causes",), "causes", "section"),
        (("Causes", "In children"), "children", "section"),
    ]


def test_later_headings_of_level_1_are_sections() -> None:
    assert sections("# Pain\n# Causes\nDust.\n# Relief\nSleep.") == [
        (("Causes",), "causes", "section"),
        (("Relief",), "relief", "section"),
    ]


def test_skipped_levels_nest_under_the_nearest_heading_above() -> None:
    assert [path for path, _, _ in sections("# T\n## A\n#### B\nb\n### C\nc\n## D\nd")] == [
        ("A",),
        ("A", "B"),
        ("A", "C"),
        ("D",),
    ]


def test_headings_inside_quotes_and_lists_divide_nothing() -> None:
    assert written("> ## Quoted\n\n- ## Listed") == ["Quoted", "• Listed"]


def test_questions_directly_under_a_faq_are_its_entries() -> None:
    text = "# T\n## Frequently asked questions\n### Is it bad?\nNo.\n#### In children?\nNo.\n## Is it rare?\nYes."
    assert [(path[-1], kind) for path, _, kind in sections(text)] == [
        ("Frequently asked questions", "section"),
        ("Is it bad?", "faq"),
        ("In children?", "section"),
        ("Is it rare?", "section"),
    ]


def test_taken_anchors_are_put_behind_the_parents_then_numbered() -> None:
    text = "# T\n## Causes\n### Children\n## Treatment\n### Children\n### Children\n### For children\n## ???\n## !\nx"
    assert [anchor for _, anchor, _ in sections(text)] == [
        "causes",
        "children",
        "treatment",
        "treatment-children",
        "treatment-children-2",
        "treatment-children-3",
        "section",
        "section-2",
    ]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("# T\n\n##\n\nDust.", 3, "a heading is empty"),
        ("---\ntitle: T\n---\n\n## ![](a.png)\n", 5, "a heading is empty"),
        ("# T\n\na | b\n--|--\n1 | 2 | 3", 5, "this table row has more cells than the header row, which has 2"),
        ("# T\n\n" + ">" * 99 + " deep", 3, "lists and quotes lie too deep inside one another"),
        ("# T\n\n" + "- " * 99 + "deep", 3, "lists and quotes lie too deep inside one another"),
        ("# T\n\n" + "x" * (MAX_PARAGRAPH + 1), 3, "the paragraph is longer than 50,000 characters"),
    ],
)
def test_refused_with_line_and_reason(text: str, line: int | None, reason: str) -> None:
    assert refusal(text) == ("heart/a.md", line, reason)


# Front matter


def test_values_are_taken_as_they_are_written() -> None:
    details = parse_markdown("---\ntitle: 2026\nlanguage: no\nsource: null\nother: {a: [1]}\n---\nx", "a.md").details
    assert (details.title, details.language, details.source) == ("2026", "no", "")


def test_month_in_the_front_matter_is_its_first_day_or_for_the_next_review_its_last() -> None:
    front = "---\ntitle: T\nlang: fr\nlast_reviewed: août 2024\nnext_review: 2026-08\n---\nx"
    details = parse_markdown(front, "a.md").details
    assert (details.last_reviewed, details.next_review) == (date(2024, 8, 1), date(2026, 8, 31))


@pytest.mark.parametrize("end", ["---", "...", "---  "])
def test_front_matter_ends_at_its_closing_line(end: str) -> None:
    assert parse_markdown(f"---\ntitle: T\n{end}\ntext", "a.md").parts == (Block("paragraph", "text", 4),)


def test_rule_further_down_is_no_front_matter() -> None:
    assert parse_markdown("# T\n\n---\n\ntitle: x", "a.md").parts == (Block("paragraph", "title: x", 5),)


def test_front_matter_may_be_a_list_of_keys() -> None:
    draft = parse_markdown("---\n- date: 2024-05-01\n- title: Gout\n- tags: [feet]\n---\nText.", "a.md")
    assert (draft.title, draft.parts) == ("Gout", (Block("paragraph", "Text.", 6),))


@pytest.mark.parametrize(
    ("front", "line", "reason"),
    [
        ("title: T\nlast_reviewed: soon", 3, 'last_reviewed is not a date: "soon"'),
        ("title: T\nnext_review: 2026-13-01", 3, 'next_review is not a date: "2026-13-01"'),
        ("last_reviewed: 2026-05-31 at ten", 2, 'last_reviewed is not a date: "2026-05-31 at ten"'),
        ("language: German", 2, 'language is not a language code: "German"'),
        ("title: T\ntitle: U", 3, "title is given twice"),
        ("title:\n  - a", 2, "title is not a single value"),
        ("disclaimer: {a: b}", 2, "disclaimer is not a single value"),
        ("id: ~", 2, "id is empty"),
        ("id: a b", 2, 'id "a b" holds spaces'),
        ("id: a#b", 2, 'id "a#b" holds "#"'),
        ("id: a?b", 2, 'id "a?b" holds "?"'),
        ("id: a&b", 2, 'id "a&b" holds "&"'),
        ("id: /a", 2, 'id "/a" holds an empty part between slashes'),
        ("id: ../a", 2, 'id "../a" holds the part ".."'),
        ("id: a/./b", 2, 'id "a/./b" holds the part "."'),
        ("id: a/", 2, 'id "a/" holds an empty part between slashes'),
        ("just words", 2, "the front matter is not made of keys and values"),
        ("- date: 2025-01-02\n- dose: 5 ml", 2, "the front matter is not made of keys and values"),
        ("- ? [a]\n  : b", 2, "the front matter is not made of keys and values"),
        (
            "title: T\nsource: 'a': b",
            3,
            "the front matter is not valid YAML: mapping values are not allowed here",
        ),
        ("title: 'T", 2, "the front matter is not valid YAML: found unexpected end of stream"),
        ("a: &a [x]\nb: *a", 3, "the front matter is not valid YAML: an alias (*) has no place here"),
        ("a: &a {x: y}\nb:\n  <<: *a", 4, "the front matter is not valid YAML: an alias (*) has no place here"),
        ("title: T\nx: \ufffe", 3, "the front matter holds a character YAML forbids"),
        ("a: " + "[" * 5000, 1, "the front matter is nested too deeply"),
        ('a: "\\UFFFFFFFF"', 1, "the front matter holds a number that is too large"),
        ("a: " + "x" * MAX_CHARS, 1, "the front matter is longer than 20,000 characters"),
    ],
)
def test_front_matter_is_refused_with_the_line_of_the_file(front: str, line: int, reason: str) -> None:
    assert refusal(f"---\n{front}\n---\n# T\n\nx") == ("heart/a.md", line, reason)


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("---\ntitle: Hives\nlastmod: 2025-03-01T10:00:00+01:00\n---\n", "lastmod: 2025-03-01T10:00:00+01:00"),
        ("---\ntitle: Hives\nlast_update:\n  date: 2025-03-01\n  author: Roe\n---\n", "last_update: 2025-03-01"),
        ("---\ntitle: Hives\nlast_modified_at: 2025-03-01 12:30:00 +0200\n---\n", None),
        ("Title: Hives\nDate: 2024-09-12 08:30\nModified: 2025-03-01 17:05\n\n", "Modified: 2025-03-01 17:05"),
        ("---\ntitle: Hives\nZuletzt geändert: 1.3.2025\n---\n", "Zuletzt geändert: 1.3.2025"),
    ],
)
def test_date_of_an_update_in_the_front_matter_counts_as_a_review_with_a_note(front: str, said: str | None) -> None:
    draft = parse_markdown(f"{front}They itch.", "a.md")
    said = said or front.split("\n")[2]
    assert draft.details.last_reviewed == date(2025, 3, 1)
    assert [note.message for note in draft.notes] == [f'the last review is from "{said}"']


def test_date_of_an_update_counts_less_than_the_review_and_a_date_alone_is_none() -> None:
    reviewed = parse_markdown("---\ntitle: Hives\nupdated: 2025-03-01\nlast_reviewed: 2024-02-03\n---\nx", "a.md")
    dated = parse_markdown("---\ntitle: Hives\ndate: 2025-03-01\npublished: 2025-03-02\n---\nx", "a.md")
    assert (reviewed.details.last_reviewed, reviewed.notes) == (date(2024, 2, 3), ())
    assert (dated.details.last_reviewed, dated.notes) == (None, ())


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("title: Asthma: what to do", "Asthma: what to do"),
        ("title: Asthma: your child's plan: part 2", "Asthma: your child's plan: part 2"),
        ("title: Asthma:", "Asthma:"),
    ],
)
def test_colon_in_a_title_needs_no_quotes(line: str, title: str) -> None:
    draft = parse_markdown(f"---\n{line}\nlast_reviewed: 2024-03-01\n---\n\nText.\n", "a.md")
    assert (draft.title, str(draft.details.last_reviewed)) == (title, "2024-03-01")


@pytest.mark.parametrize("line", ["title: 'A': b", "title: A: b # note", "title: A: b\n  more: c"])
def test_colon_beside_another_fault_is_refused(line: str) -> None:
    assert refusal(f"---\n{line}\n---\n\nText.\n")[1] == 2


@pytest.mark.parametrize(
    ("front", "line", "reason"),
    [
        ('---\ntitle: "A \\ud800"\n---\n', 2, "title holds the character U+D800"),
        ('---\ntitle: A\nid: "a\\x1bb"\n---\n', 3, "id holds the character U+001B"),
        ('---\ntitle: A\nDisclaimer: "see \\x9b31m"\n---\n', 3, "disclaimer holds the character U+009B"),
        ('---\ntitle: A\nother: [a, "\\a"]\n---\n', 3, "other holds the character U+0007"),
        ('+++\ntitle = "A"\n"k\\u001b" = 1\n+++\n', 1, "k\ufffd holds the character U+001B"),
        ('+++\ntitle = "A \\u007f"\n+++\n', 2, "title holds the character U+007F"),
    ],
)
def test_characters_of_no_text_written_as_escapes_are_refused(front: str, line: int, reason: str) -> None:
    with pytest.raises(ArticleError) as refused:
        parse_markdown(f"{front}\nText.\n", "a.md")
    assert (refused.value.line, refused.value.reason) == (line, f"{reason}, which belongs to no text")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (f"other = {'9' * 5000}", "a number that is too large"),
        (f"other = {'[' * 5000}", "too deeply"),
        (f"other{'.x' * 5000} = 1", "too deeply"),
    ],
)
def test_toml_too_long_or_too_deep_for_any_value_is_refused(line: str, reason: str) -> None:
    with pytest.raises(ArticleError, match=reason):
        parse_markdown(f'+++\ntitle = "A"\n{line}\n+++\n\nText.\n', "a.md")


def test_front_matter_that_is_not_closed_is_refused() -> None:
    assert refusal("---\ntitle: T\n\ntext") == ("heart/a.md", 1, "the front matter that begins here is not closed")


def test_toml_is_read_like_yaml() -> None:
    text = '+++\ntitle = "Cuts"\nlang = "fr_CA"\nlast_reviewed = 2026-03-01\ntags = ["a"]\n[extra]\nx = 1\n+++\nWash.'
    draft = parse_markdown(text, "a.md")
    assert (draft.title, draft.details.language, draft.details.last_reviewed) == ("Cuts", "fr-CA", date(2026, 3, 1))
    assert draft.parts == (Block("paragraph", "Wash.", 9),)


@pytest.mark.parametrize(
    ("front", "line", "reason"),
    [
        ("title = Cuts", 2, "the front matter is not valid TOML: Invalid value"),
        ('title = "Cuts"\nlast_reviewed = "soon"', 3, 'last_reviewed is not a date: "soon"'),
    ],
)
def test_toml_is_refused_with_the_line_of_the_file(front: str, line: int, reason: str) -> None:
    assert refusal(f"+++\n{front}\n+++\n# T\n\nx") == ("heart/a.md", line, reason)


def test_keys_of_other_programs_are_known_and_ours_count_first() -> None:
    details = parse_markdown("---\nlang: de\nlastReviewed: 2026-01-02\nlanguage: en\n---\n# T\n\nx", "a.md").details
    assert (details.language, details.last_reviewed) == ("en", date(2026, 1, 2))


def test_keys_without_fences_are_a_front_matter_where_the_title_is_among_them() -> None:
    draft = parse_markdown("Title: Cuts\nLang: en\n\nWash.", "a.md")
    assert (draft.title, draft.details.language, draft.parts) == ("Cuts", "en", (Block("paragraph", "Wash.", 4),))
    assert parse_markdown("Note: wash it.\n\nRest.", "a.md").parts[0].text == "Note: wash it."


def test_text_in_a_front_matter_that_nobody_sees_is_noted() -> None:
    text = "---\ntitle: T\nfaq:\n  - q: Short\n    a: Wash it with water from the tap.\ntags: [a, b]\n---\nx"
    assert [(note.line, note.code) for note in parse_markdown(text, "a.md").notes] == [(3, "front-matter-text")]


@pytest.mark.parametrize(
    ("written", "meant"),
    [("darft: true", "draft"), ("lastReviwed: 2026-05-31", "last_reviewed"), ("titel: A", "title")],
)
def test_misspelt_key_of_the_front_matter_is_named(written: str, meant: str) -> None:
    (note,) = parse_markdown(f"---\n{written}\n---\n\n# A\n\nB.\n", "a.md").notes
    assert (note.line, note.code, note.remedy) == (2, "unknown-key", f'write "{meant}", if that is meant')


@pytest.mark.parametrize("written", ["reviewer: Ann", "tags: a", "subtitle: b", "languages: [en, fr]", "lang: en"])
def test_key_of_another_program_is_not_named(written: str) -> None:
    assert parse_markdown(f"---\n{written}\n---\n\n# A\n\nB.\n", "a.md").notes == ()


# Blocks


def test_lists_nest_and_count_from_their_first_number() -> None:
    assert written("3) c\n4) d\n   * inner\n     1. innermost\n\n+ other") == [
        "3) c",
        "4) d",
        "  • inner",
        "    1. innermost",
        "• other",
    ]


def test_item_that_begins_with_something_else_keeps_its_text() -> None:
    assert written("- - inner\n- > quoted\n-\n- \n      code\n-     two\n\n      three") == [
        "  • inner",
        "• quoted",
        "• code",
        "• two",
        "three",
    ]


def test_further_paragraphs_of_an_item_are_blocks_of_their_own() -> None:
    assert parts("- one\n\n  two\n- three") == [
        Block("item", "one", 3, "•"),
        Block("paragraph", "two", 5),
        Block("item", "three", 6, "•"),
    ]


def test_code_comes_back_line_by_line_with_the_lines_of_the_file() -> None:
    assert parts("```text\nfirst  line\nsecond\n\nthird\n```\n\n    indented") == [
        Block("paragraph", "first line", 4),
        Block("paragraph", "second", 5),
        Block("paragraph", "third", 7),
        Block("paragraph", "indented", 10),
    ]


def test_empty_cells_are_kept_and_empty_rows_are_not() -> None:
    assert parts("| a | b |\n|---|---|\n| | x |\n| | |\n| y |") == [
        Block("row", "a | b", 3, cells=("a", "b")),
        Block("row", " | x", 5, cells=("", "x")),
        Block("row", "y | ", 7, cells=("y", "")),
    ]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a *b* __c__ d `e  f`", "a b c d e f"),
        ("a\nb\n c\nd", "a b c d"),
        (r"\# no heading \* \_", "# no heading * _"),
        (r"\--- no rule", "--- no rule"),
        ("&lt;5 &amp; &copy; &#x2264;", "<5 & © ≤"),
        ("take <your dose> now", "take <your dose> now"),
        ("![a *leg*](x.png) and ![](y.png)", "a leg and"),
        ("5\u00a0mg\tdaily", "5 mg daily"),
    ],
)
def test_markup_becomes_plain_text(source: str, text: str) -> None:
    assert written(source) == [text]


def test_rules_leave_no_block() -> None:
    assert written("a\n\n***\n\nb") == ["a", "b"]


# Links


def test_links_name_their_characters_in_the_text() -> None:
    (block,) = parts("See  [the\n**page** ](https://a.org/x) , <https://b.org> or\n[ this][r].\n\n[r]: other.md#end")
    assert isinstance(block, Block)
    assert block.text == "See the page , https://b.org or this."
    assert [(block.text[link.start : link.end], link.url) for link in block.links] == [
        ("the page", "https://a.org/x"),
        ("https://b.org", "https://b.org"),
        ("this", "other.md#end"),
    ]


@pytest.mark.parametrize(
    "url", ["https://a.org", "HTTP://a.org", "mailto:a@b.org", "other.md", "../a/b.md#c", "#causes", "/a", "a?b=c:d"]
)
def test_link_is_kept(url: str) -> None:
    assert safe_link(url)
    (block,) = parts(f"[text](<{url}>)")
    assert isinstance(block, Block)
    assert block.links == (Link(0, 4, url),)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:x",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc",
        "//a.org",
        "java%0Ascript:x",
    ],
)
def test_link_is_dropped_and_its_text_stays(url: str) -> None:
    assert parts(f"a [text](<{url}>) b") == [Block("paragraph", "a text b", 3)]


@pytest.mark.parametrize("source", ["[](https://a.org) x", "[![](a.png)](https://a.org) x"])
def test_link_without_text_leaves_nothing(source: str) -> None:
    assert parts(source) == [Block("paragraph", "x", 3)]


# Any text

_MARKUP = st.sampled_from(
    [*"#*_-+>|`~[]()!<&\\:\n\n\n a1.", "---\n", "title: T\n", "| a | b |\n|-|-|\n", "](x)", "    ", "# T\n"]
)
_DECODED = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=3)


@given(st.lists(st.one_of(_MARKUP, _DECODED), max_size=60).map("".join))
@settings(max_examples=400, deadline=None)
def test_any_text_is_parsed_or_refused(text: str) -> None:
    try:
        draft = parse_markdown(text, "a.md")
    except ArticleError:
        return
    lines = text.count("\n") + 1
    for part in draft.parts:
        assert 1 <= part.line <= lines
        assert part.text
        assert part.text.splitlines() == [part.text]
        if isinstance(part, Block):
            assert all(0 <= link.start < link.end <= len(part.text) for link in part.links)


@given(
    st.lists(
        st.sampled_from(["- ", "1. ", "> ", "  ", "    ", "\n", "\n\n", "wa ", "wb ", "wc", "## wd\n"]), max_size=40
    )
)
@settings(max_examples=400, deadline=None)
def test_no_word_is_lost_or_moved_whatever_the_nesting(pieces: list[str]) -> None:
    text = "".join(pieces)
    draft = parse_markdown(f"# T\n\n{text}", "a.md")
    found = "".join(part.text for part in draft.parts)
    assert [char for char in found if char in "abcd"] == [char for char in text if char in "abcd"]


@pytest.mark.parametrize(
    "top",
    [
        "title: Heat stroke\ndate: 2026-05-01 10:00:00\n---\n",
        "% Heat stroke\n% Ann Field\n% 2026\n\n",
        "% Heat\n  stroke\n% Ann Field;\n  Bo Roe\n\n",
    ],
)
def test_title_in_the_manner_of_hexo_and_of_pandoc(top: str) -> None:
    draft = parse_markdown(top + "Drink water.\n\n# Signs\n\nThirst.\n", "a.md")
    assert draft.title == "Heat stroke"
    assert [part.text for part in draft.parts] == ["Drink water.", "Signs", "Thirst."]
    assert draft.parts[0].line == top.count("\n") + 1


@pytest.mark.parametrize(
    "text", ["% of adults smoke.", "% of adults smoke", "% of adults\nsmoke.", "%\n% Ann Field", "% a\n% b\n% c\n% d"]
)
def test_text_that_begins_with_a_per_cent_sign_keeps_it(text: str) -> None:
    draft = parse_markdown(f"{text}\n\nStop today.", "a.md")
    assert [part.text for part in draft.parts] == [" ".join(text.split()), "Stop today."]


@pytest.mark.parametrize("marks", ["a. b.", "(i) (ii)", "1.1 1.2", "一、 二、", "（一） （二）", "а) б)", "ก. ข."])
def test_marks_of_items_are_no_missing_words(marks: str) -> None:
    one, two = marks.split()
    draft = parse_markdown(f"# T\n\n{one} Rest now\n{two} Drink now", "a.md")
    assert [(part.marker, part.text) for part in draft.parts if isinstance(part, Block)] == [
        (one, "Rest now"),
        (two, "Drink now"),
    ]
    assert draft.notes == ()


def test_boxes_are_no_missing_words() -> None:
    draft = parse_markdown("# Bag\n\n- [x] Pump\n- [ ] Spacer\n\n[x] Mask\n", "a.md")
    assert [part.text for part in draft.parts] == ["☒ Pump", "☐ Spacer", "☒ Mask"]
    assert draft.notes == ()


def test_text_in_the_title_block_of_pandoc_is_named() -> None:
    draft = parse_markdown("% Heat stroke\n% written by the nurses of ward three\n\nDrink.", "a.md")
    assert [(note.line, note.code) for note in draft.notes] == [(2, "front-matter-text")]


@pytest.mark.parametrize(
    "body",
    [
        "One line\nand two\n\n> quoted\nlazily\n\n- item\n\n  more of it\nand lazily",
        "Term\n: what it is\n\nTerm two\n\n~ what it is",
        "Head\n====\n\na | b\n--|--\nc | d\n\n    indented\n\nText\n    goes on",
        "| a | b |\n|---|---|\n| c |\n| d \\| e | `f` | g |\nx | y\n1 | 2\n> end\n\n- a | b\n  --|--\n  c | d\n- e",
        "- a\n- b\n  1. c\n  2. d\n 10. e\n* f\n    - g\n      - h\n- -\n- - -\n- k\n-\n- l\n+\n\n3) m\n3.n",
        "> a\n    * b\n\n> 2) c\n    * d\n> e",
        "- item 4\n      - item 5 goes on\n- item\n\n      code\n",
        "- a\n  b\n- c\n\n1. d\n   e\nf\n\nNot *plain*\nat all & `x`\n\\* <https://a.b> ![i](j)",
    ],
)
def test_what_is_read_at_once_is_what_the_parser_reads(body: str) -> None:
    slow = MarkdownIt("commonmark", {"html": False, "maxNesting": 60}).enable("table")
    slow.use(deflist_plugin).use(footnote_plugin, inline=False, move_to_end=False)
    numbers = list(range(1, body.count("\n") + 2))
    assert outline_of(PARSER.parse(body, {"file": "a.md", "numbers": numbers})) == outline_of(slow.parse(body))


def outline_of(tokens: list[Token]) -> list[tuple[str, object, int, str]]:
    """The tokens with one for each paragraph and each row of a table."""
    found: list[tuple[str, object, int, str]] = []
    for token in tokens:
        text = plain(token.children or ()).text if token.type == "inline" else ""
        if token.type == "plain":
            found.append(("paragraph", token.map, token.level, " ".join(token.content.split())))
        elif token.type == "row":
            cells = [plain(cell.children or ()).text for cell in token.children or ()] or token.meta["cells"]
            columns = token.meta["columns"]
            found.append(("row", token.map, 0, "".join(f"|{' '.join(cell.split())}" for cell in cells[:columns])))
        elif token.type == "paragraph_open":
            found.append(("paragraph", token.map, token.level, ""))
        elif token.type == "tr_open":
            found.append(("row", token.map, 0, ""))
        elif token.type in ("th_open", "td_open"):
            found[-1] = (*found[-1][:3], f"{found[-1][3]}|")
        elif token.type == "inline" and found[-1][0] in ("paragraph", "row"):
            found[-1] = (*found[-1][:3], found[-1][3] + text)
        elif not token.type.endswith(
            ("paragraph_close", "tr_close", "th_close", "td_close", "tbody_open", "tbody_close")
        ):
            found.append((token.type, token.map, token.level, text))
    return found


@pytest.mark.parametrize("key", ["review_date", "expiryDate", "valid_until", "gültig_bis"])
def test_a_date_under_a_key_that_does_not_say_which_it_is_is_named(key: str) -> None:
    text = f"---\nnext_review: 2026-03-31T00:00:00Z\n{key}: 2026-03-31\nreviewer: Anna\n---\n# Angina\n\nRest.\n"
    read = parse_markdown(text, "a.md")
    assert read.details.next_review == date(2026, 3, 31)
    (note,) = read.notes
    assert (note.line, note.code) == (3, "unread-date")
    assert note.message == f'the front matter has a date under "{key}" that is not read: 2026-03-31'


def test_lines_of_code_that_were_divided_where_they_were_full_are_one() -> None:
    code = "```\nTake one tablet in the morning with a glass of water and\none in the evening.\nKeep them dry.\n```"
    expected = ["Take one tablet in the morning with a glass of water and one in the evening.", "Keep them dry."]
    assert [part.text for part in parts(code)] == expected


def test_code_named_as_a_table_comes_back_in_rows() -> None:
    assert parts('```csv\nTown,Clinic\n\nAvon,"**East**, &ge; old wing"\n```') == [
        Block("row", "Town | Clinic", 4, cells=("Town", "Clinic")),
        Block("row", "Avon | East, ≥ old wing", 6, cells=("Avon", "East, ≥ old wing")),
    ]


def test_break_in_a_cell_of_a_table_as_csv_divides_no_row() -> None:
    assert [part.text for part in parts("```csv\nTown,Clinic\nAvon,East<br>new wing\n```")] == [
        "Town | Clinic",
        "Avon | East new wing",
    ]


@pytest.mark.parametrize(
    "text", ["Never take more than/4 g a day.", "Warten Sie mindestens/4 Stunden.", "Rest for/2 days"]
)
def test_number_below_a_word_that_wants_one_goes_on_with_the_line(text: str) -> None:
    assert [part.text for part in parts(text.replace("/", "\\\n"))] == [text.replace("/", " ")]
    assert [part.text for part in parts(text.replace("/", "<br>"))] == [text.replace("/", " ")]


def test_number_below_a_name_is_a_line_of_its_own() -> None:
    assert [part.text for part in parts("Ward 3\\\n020 7946 0000")] == ["Ward 3", "020 7946 0000"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Two a day.\\\n\nNever three.", ["Two a day.", "Never three."]),
        ("Two a day.<br>\n## Care\n\nRest.", ["Two a day.", "Care", "Rest."]),
        ("Two a day.<br>\n- rest\n- sleep\\", ["Two a day.", "rest", "sleep"]),
        ("<p>Weight:<br>\n<input><br>\n</p>\n\nDose", ["Weight:", "Dose"]),
        ("Two a day.\\\n\\\n\\", ["Two a day."]),
        ("The folder C:\\\\", ["The folder C:\\"]),
    ],
)
def test_break_behind_the_last_word_is_not_shown(body: str, expected: list[str]) -> None:
    assert [part.text for part in parts(body)] == expected


def test_cell_of_a_table_as_csv_may_have_lines_and_a_quotation_mark_that_does_not_end() -> None:
    assert [part.text for part in parts('```csv\na,"b\nc"\nd,e\n```')] == ["a | b c", "d | e"]
    assert [part.text for part in parts('```csv\na,"b\nc,d\n```')] == ['a | "b', "c | d"]


def test_indented_text_keeps_its_lists_and_divides_no_section() -> None:
    assert parts("Signs:\n\n    ## Often\n\n    - fever\n    - cough\n\n    1. Rest\n\nThen.") == [
        Block("paragraph", "Signs:", 3),
        Block("paragraph", "Often", 5),
        Block("item", "fever", 7, "•"),
        Block("item", "cough", 8, "•"),
        Block("item", "Rest", 10, "1."),
        Block("paragraph", "Then.", 12),
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1. a\n2. b\n\n1. c\n\n2. d", ["1.", "2.", "1.", "2."]),
        ("3. a\n4. b\n1. c", ["3.", "4.", "1."]),
        ("1. a\n1. b\n1. c", ["1.", "2.", "3."]),
        ("1. a\n3. b\n1. c", ["1.", "2.", "3."]),
    ],
)
def test_list_that_begins_anew_with_1_counts_anew(written: str, expected: list[str]) -> None:
    assert [part.marker for part in parts(written) if isinstance(part, Block)] == expected


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("Ward 3\\\nDay clinic  \n020 7946 0000", [("Ward 3", 3), ("Day clinic", 4), ("020 7946 0000", 5)]),
        (
            "Take it in the morning with a glass of water,  \nNever alone.  \nnot at night",
            [("Take it in the morning with a glass of water, Never alone.", 3), ("not at night", 5)],
        ),
        (
            "Take one tablet\\\nevery morning with food and\\\na glass of water.\\\nDrive later",
            [("Take one tablet every morning with food and a glass of water.", 3), ("Drive later", 6)],
        ),
        ("Signs\\\nfever\\\ncough", [("Signs", 3), ("fever", 4), ("cough", 5)]),
        ("**Dose:** 5 mg\n**Most**: 20 mg", [("Dose: 5 mg", 3), ("Most: 20 mg", 4)]),
        ("A **dose:** 5 mg\n**Most:** 20 mg", [("A dose: 5 mg Most: 20 mg", 3)]),
        ("**When to come:**\nToday\\\nNot later", [("When to come:", 3), ("Today", 4), ("Not later", 5)]),
        ("> Ward 3\\\n> Day clinic", [("Ward 3", 3), ("Day clinic", 4)]),
    ],
)
def test_lines_that_were_typed_as_lines_stay_lines(paragraph: str, expected: list[tuple[str, int]]) -> None:
    assert [(part.text, part.line) for part in parts(paragraph)] == expected


def test_lines_of_an_item_stay_in_the_item() -> None:
    assert parts("- Ward 3\\\n  Day clinic") == [Block("item", "Ward 3 Day clinic", 3, "•")]


def test_bold_line_that_somebody_said_is_no_heading() -> None:
    assert not any(isinstance(part, Heading) for part in parts("She says:\n\n**“Rest helps”**\n\nSo rest."))
    assert isinstance(parts("**“Can I swim?”**\n\nYes.")[0], Heading)


def test_tab_inside_a_value_of_the_front_matter_is_a_space() -> None:
    draft = parse_markdown("---\ntitle: Sleep,\trest\nlang: en\n---\n\nText.", "a.md")
    assert draft.title == "Sleep, rest"


def test_remedy_for_a_tab_that_indents_speaks_of_tabs() -> None:
    with pytest.raises(ArticleError) as caught:
        parse_markdown("---\ntitle: Sleep\nparts:\n\t- rest\n---\n\nText.", "a.md")
    assert (caught.value.line, caught.value.remedy) == (4, "indent with spaces, not with tabs")


def test_texts_of_the_front_matter_are_named_in_scripts_without_spaces_too_and_keywords_are_not() -> None:
    front = "---\ntitle: 发热\nred_flags: 体温超过三十九度,持续超过三天\nkeywords: a, b, c, d, e, f, g\n---\n\n多喝水。"
    draft = parse_markdown(front, "a.md")
    assert [(note.line, note.code) for note in draft.notes] == [(3, "front-matter-text")]


def test_date_of_an_update_may_name_the_zone_of_its_time() -> None:
    draft = parse_markdown("---\ntitle: Sleep\nlastmod: 2024-05-06 07:08:09 America/Toronto\n---\n\nText.", "a.md")
    assert draft.details.last_reviewed == date(2024, 5, 6)


def test_front_matter_may_be_json() -> None:
    front = (
        '{\n  "title": "Croup: signs",\n  "draft": false,\n  "cover": null,\n  "lastmod": "2024-05-06T10:00:00Z"\n}\n'
    )
    draft = parse_markdown(f"{front}\nRest.", "a.md")
    assert (draft.title, draft.details.last_reviewed) == ("Croup: signs", date(2024, 5, 6))
    assert draft.parts == (Block("paragraph", "Rest.", 8),)
    assert [(note.line, note.code) for note in draft.notes] == [(5, "printed-date")]


@pytest.mark.parametrize("text", ["{a} Rest.", '{"title": "Croup"', '{"title": "Croup"} Rest.', "[1]"])
def test_text_in_brackets_is_no_front_matter(text: str) -> None:
    assert parse_markdown(text, "a.md").details.title == ""


def test_front_matter_in_json_with_an_escape_for_no_character_is_refused() -> None:
    with pytest.raises(ArticleError) as caught:
        parse_markdown('{\n"title": "a\\u0000"\n}\n\nRest.', "a.md")
    assert caught.value.line == 2


def test_front_matter_may_name_its_form() -> None:
    assert parse_markdown("---yaml\ntitle: Croup\n---\n\nRest.", "a.md").title == "Croup"


# Titles that count


def test_first_of_several_counted_chapters_is_no_title() -> None:
    draft = parse_markdown("# 1. Causes\n\nDust.\n\n# 2. Help\n\nRest.", "a.md")
    assert (draft.title, [part.text for part in draft.parts]) == ("", ["1. Causes", "Dust.", "2. Help", "Rest."])
    assert parse_markdown("# 1 in 10 sleep badly\n\nText.\n\n# Help\n\nRest.", "a.md").title == "1 in 10 sleep badly"


# Contents


@pytest.mark.parametrize(
    "contents",
    [
        "1. [Causes](#causes)\n2. [Help](#help)\n   - [Diet](#diet)",
        "## Contents\n\n- Causes\n- Help",
        "Inhalt:\n\n- [Causes](#causes)\n- [Help](#help)",
        "## Contents",
    ],
)
def test_list_of_the_articles_own_headings_is_left_out_and_named(contents: str) -> None:
    below = "## 1. Causes\n\nDust.\n\n## Help\n\nRest.\n\n### Diet\n\nEat."
    draft = parse_markdown(f"# T\n\n{contents}\n\n{below}", "a.md")
    assert [part.text for part in draft.parts] == ["1. Causes", "Dust.", "Help", "Rest.", "Diet", "Eat."]
    assert [(note.line, note.code) for note in draft.notes] == [(3, "around-text")]


@pytest.mark.parametrize(
    "text",
    [
        "## Contents\n\n- 20 tablets\n- Help",  # of a pack
        "## Contents\n\nEach pack holds 20 tablets.",
        "## Contents\n\n### In the box\n\nTwenty tablets.",
        "## Signs\n\n- Causes\n- Help",
        "## Signs\n\nSee:\n\n- [Causes](#causes)\n- [Help](#help)\n- [Diet](#diet)",
        "- [Causes](#causes) are many\n- [Help](#help)\n- [Diet](#diet)",
    ],
)
def test_list_that_says_more_than_headings_stays(text: str) -> None:
    below = "## Causes\n\nDust.\n\n## Help\n\nRest.\n\n### Diet\n\nEat."
    draft = parse_markdown(f"# T\n\n{text}\n\n{below}", "a.md")
    assert len(draft.parts) == 6 + len(text.replace("\n\n", "\n").split("\n"))
    assert draft.notes == ()
