"""Texts whose reading took minutes, or all of the memory, by work that grew with the square of their length."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from wellread.articles.joining import join_lines
from wellread.articles.lines import Line, read_lines
from wellread.articles.markdown import parse_markdown
from wellread.articles.masthead import read_masthead
from wellread.articles.plaintext import parse_plaintext
from wellread.errors import ArticleError


@pytest.mark.timeout(60)
def test_text_of_short_lines_in_lower_case_is_read() -> None:
    draft = parse_plaintext("Title of it\n\nHead.\n" + "aa,\n" * 40_000, "lines.txt")
    assert sum(part.text.count("aa,") for part in draft.parts) == 40_000


@pytest.mark.timeout(60)
def test_table_with_one_wide_row_is_refused_at_once() -> None:
    rows = "<tr><td>a</td></tr>" * 8_000 + f"<tr>{'<td>b</td>' * 8_000}</tr>"
    with pytest.raises(ArticleError, match="longer than 50,000 characters"):
        parse_markdown(f"# T\n\n<table>{rows}</table>\n", "table.md")


@pytest.mark.timeout(60)
def test_a_word_without_end_takes_no_time_of_its_own() -> None:
    long = "9" * 200_000
    parse_plaintext(f"Angina\n\nWhat is it?\n\n1.5 million people are {long}\nPain\nRest\n", "a.txt")
    parse_plaintext(f"Angina\n\nWhat is it {long}\n\nPain is it.\n\n**{long}**\n", "a.txt")


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    ("parse", "lines", "times"),
    [
        (parse_plaintext, "Facebook\n", 30_000),
        (parse_plaintext, "q Text\nRest it.\n", 15_000),
        (parse_markdown, "✓ a\n", 60_000),
        (parse_markdown, "export const a = (\n\n", 100_000),
    ],
    ids=["buttons", "bullets", "signs", "modules"],
)
def test_lines_that_are_alike_are_not_compared_with_all_others(
    parse: Callable[[str, str], object], lines: str, times: int
) -> None:
    parse(f"Title of it\n\n{lines * times}", "a")


class Counted(list[Line]):
    """Lines that count how often one of them is looked at."""

    looked = 0

    def __iter__(self) -> Iterator[Line]:
        for line in super().__iter__():
            self.looked += 1
            yield line

    def __getitem__(self, at: Any) -> Any:
        self.looked += len(range(*at.indices(len(self)))) if isinstance(at, slice) else 1
        return super().__getitem__(at)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Ab\nbb.\n\n" * 500, join_lines),
        ("Päivitetty: 20.11.2025\n" * 500 + "Flunssa\n", lambda lines: read_masthead(lines, "a.txt")),
        ("Title of it\n\n" + "Päivitetty: 20.11.2025\n" * 500, lambda lines: read_masthead(lines, "a.txt")),
    ],
)
def test_each_line_is_looked_at_a_few_times_only(text: str, read: Callable[[Counted], object]) -> None:
    lines = Counted(read_lines(text))
    read(lines)
    assert lines.looked < 20 * len(lines)
