"""The words of a file against the words that are shown: what is missing is named with its line."""

from __future__ import annotations

from wellread.articles.outline import Heading
from wellread.articles.word_check import missing_words, unread_markdown
from wellread.datatypes import Block


def test_missing_words_are_named_with_the_line_of_the_file() -> None:
    parts: list[Heading | Block] = [Heading("Care", 2, 4), Block("paragraph", "Wash the cut.", 6)]
    (note,) = missing_words("Care\n\nWash the cut.\n\nCall 112 if it bleeds.", 4, parts, ())
    assert (note.line, note.code) == (8, "words-missing")
    assert note.message == 'words of the file that readers are not shown: "Call 112 if it bleeds."'


def test_words_that_are_missing_twice_are_named_where_they_stand() -> None:
    source = "Pain starts here.\n\nCough.\n\nin\n\nCold.\n\nin\n"
    shown = [Block("paragraph", "Pain starts here. Cough. Cold.", 1)]
    assert [note.line for note in missing_words(source, 1, shown, ())] == [5, 9]


def test_only_the_first_places_are_named_and_the_others_counted() -> None:
    source = "\n".join(f"shown\nlost{chr(97 + n)}" for n in range(12))
    notes = missing_words(source, 1, [Block("paragraph", "shown " * 12, 1)], ())
    assert [note.line for note in notes] == [2 * n + 2 for n in range(10)]
    assert notes[-1].message.endswith('"lostj" and 2 more places')


def test_plain_reading_of_markdown_leaves_marks_out_and_keeps_the_lines() -> None:
    body = (
        "# Cuts {#x}\n\n<!-- a\nb -->\n```text\n5 ml\n```\n!!! note\n    Rest ~~now~~ [here](http://e.org/a_(b)).[^1]\n\n"
        "[^1]: Soon.\n[r]: http://e.org\n<script>x()</script>\n1. One &amp; two\n> [!TIP]\n> Three\n"
        ":::{tip}\n:class: tip\nFour"
    )
    lines = unread_markdown(body).split("\n")
    assert len(lines) == body.count("\n") + 1
    assert [" ".join(line.split()) for line in lines if line.strip()] == [
        "# Cuts",
        "5 ml",
        "Rest [here] .",
        "Soon.",
        "One & two",
        "Three",
        "Four",
    ]


def test_brackets_around_an_address_are_no_missing_words() -> None:
    body = "Mail <ward@example.org>, see <https://example.org/a?b=1>.\n\n<mailto:ward@example.org>"
    shown = "Mail ward@example.org, see https://example.org/a?b=1. mailto:ward@example.org"
    assert missing_words(unread_markdown(body), 1, [Block("paragraph", shown, 1)], ()) == []


def test_marks_of_items_in_a_quoted_box_are_no_missing_words() -> None:
    assert unread_markdown("> Do this:\n> 1) **Rest**\n> > 2. Wait\n>- [x] Done\n").split() == [
        "Do",
        "this:",
        "**Rest**",
        "Wait",
        "☒",
        "Done",
    ]
