"""The part of a passage that a card shows first: whole blocks, with what they cannot be understood without."""

from __future__ import annotations

from collections.abc import Sequence

from wellread.datatypes import Block, Passage, Sentence
from wellread.page.excerpts import LINE, excerpt, lead_in, lines_of

LONG = "w" * LINE * 4
"""A paragraph of four lines."""


def paragraph(text: str) -> Block:
    return Block("paragraph", text, 1)


def item(text: str, level: int = 0) -> Block:
    return Block("item", text, 1, "•", level)


def row(line: int, *cells: str) -> Block:
    return Block("row", " | ".join(cells), line, cells=cells)


def passage(blocks: Sequence[Block]) -> Passage:
    return Passage("a#x", "a", "Title", ("Care",), "x", tuple(blocks), ())


def shown(blocks: Sequence[Block], place: int | None) -> list[list[str]]:
    """The texts of each run of the excerpt around the block at a place."""
    runs = excerpt(passage(blocks), None if place is None else Sentence(place, 0, 1))
    return [[block.text for block in run] for run, _ in runs]


def test_short_passage_is_shown_whole() -> None:
    assert excerpt(passage([paragraph("a"), item("b"), item("c")]), Sentence(0, 0, 1)) == ()


def test_lines_are_counted_as_a_phone_breaks_them() -> None:
    # Two lines, one line, and a gap of one line for every two blocks.
    assert lines_of([paragraph("a" * (LINE + 1)), item("b")]) == 4


def test_item_stands_with_its_lead_in_and_its_neighbours() -> None:
    blocks = [paragraph(LONG), paragraph("Go if:"), *(item(f"sign {n}") for n in range(8)), paragraph(LONG)]
    assert lead_in(blocks, 6) == 1
    assert shown(blocks, 6) == [["Go if:"], ["sign 3", "sign 4", "sign 5"]]
    assert shown(blocks, 2) == [["Go if:", "sign 0", "sign 1"]]


def test_item_that_opens_its_part_of_the_list_stands_with_the_two_after_it() -> None:
    blocks = [paragraph("Go if:"), *(item(f"sign {n}") for n in range(9)), paragraph(LONG), item("other")]
    for place, texts in ((4, ["sign 3", "sign 4", "sign 5"]), (8, ["sign 7", "sign 8"]), (9, ["sign 8"])):
        runs = excerpt(passage(blocks), Sentence(place, 0, 1), onward=True)
        assert [[block.text for block in run] for run, _ in runs] == [["Go if:"], texts]


def test_item_stands_with_the_items_above_and_below_it() -> None:
    blocks = [
        *(item(f"other {n}") for n in range(9)),
        item("At home"),
        *(item(f"deep {n}", 1) for n in range(6)),
        item("Abroad"),
    ]
    assert shown(blocks, 13) == [["At home"], ["deep 2", "deep 3", "deep 4"]]
    assert shown(blocks, 9) == [["other 8", "At home", *(f"deep {n}" for n in range(6))]]


def test_list_of_which_only_a_little_would_be_folded_is_shown_whole() -> None:
    signs = ["A rash that does not fade when you press a glass on it", "A stiff neck", "Hard to wake", "A first fit"]
    assert excerpt(passage([item(sign) for sign in signs]), Sentence(1, 0, 1)) == ()
    blocks = [item(f"sign {n}") for n in range(8)]
    assert shown(blocks, 1) == [["sign 0", "sign 1", "sign 2"]]


def test_paragraph_stands_with_the_ones_beside_it() -> None:
    blocks = [paragraph(f"{n} {LONG}") for n in range(5)]
    assert [texts[0] for texts in shown(blocks, 2)[0:1]] == [blocks[1].text]
    assert shown(blocks, 2) == [[blocks[1].text, blocks[2].text, blocks[3].text]]


def test_line_that_leads_to_a_list_has_its_list() -> None:
    blocks = [paragraph("Do this:"), item("one"), item("two"), *(paragraph(LONG) for _ in range(4))]
    assert shown(blocks, 0) == [["Do this:", "one", "two"]]


def test_row_stands_below_the_header_of_its_table() -> None:
    blocks = [row(1, "Age", "Dose"), *(row(3 + n, f"{n} years", f"{n} ml") for n in range(9))]
    ((rows, marked),) = excerpt(passage(blocks), Sentence(5, 0, 3))
    assert [block.text for block in rows] == ["Age | Dose", "4 years | 4 ml"]
    assert rows[1].line - rows[0].line == 2  # as it stands under a header
    assert marked == Sentence(1, 0, 3)


def test_header_of_a_table_stands_with_its_rows() -> None:
    blocks = [paragraph(LONG), paragraph(LONG), row(5, "Scan", "Time"), row(7, "Knee", "25 min"), row(8, "Brain", "40")]
    assert shown(blocks, 2) == [["Scan | Time", "Knee | 25 min", "Brain | 40"]]
    assert shown(blocks, 4) == [["Scan | Time", "Brain | 40"]]


def test_first_row_of_a_table_without_a_header_stands_alone() -> None:
    assert shown([row(1, "Knee", "25 min"), *(row(n, "Brain", "40") for n in range(2, 12))], 0) == [["Knee | 25 min"]]


def test_without_a_sentence_the_beginning_is_shown_with_the_list_it_leads_to() -> None:
    blocks = [paragraph("Short."), paragraph("For example:"), *(item(f"thing {n}") for n in range(12))]
    assert shown(blocks, None) == [["Short.", "For example:", "thing 0"]]


def test_sentence_keeps_its_place_in_the_run_that_has_it() -> None:
    blocks = [paragraph("Go if:"), *(item(f"sign {n}") for n in range(12))]
    runs = excerpt(passage(blocks), Sentence(8, 0, 4))
    assert [marked for _, marked in runs] == [None, Sentence(1, 0, 4)]


def test_little_that_would_be_left_out_is_shown() -> None:
    assert excerpt(passage([paragraph(LONG), paragraph(LONG), paragraph("end")]), Sentence(0, 0, 1)) == ()
