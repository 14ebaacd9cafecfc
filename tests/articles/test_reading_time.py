"""Texts whose reading took minutes, or all of the memory, by work that grew with the square of their length."""

from __future__ import annotations

import pytest

from wellread.articles.markdown import parse_markdown
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
