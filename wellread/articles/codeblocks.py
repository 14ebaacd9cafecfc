"""Reads what Markdown takes for code and an article has as text: indented lists, typed lines, and tables as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from wellread.articles.markdown_parser import PARSER

_SEPARATORS = {"csv": ",", "tsv": "\t"}
"""What stands between the cells of a code block of this name."""

_WRAPPED = 50
"""Characters from which on a line may have been divided by its program; chosen, as such lines have 60 to 100."""


def read_indented(tokens: Sequence[Token], file: str, numbers: Sequence[int]) -> list[Token]:
    """Return the tokens with those of the text in the place of each indented block, which is no code in an article."""
    read: list[Token] = []
    for token in tokens:
        if token.type != "code_block" or token.map is None:
            read.append(token)
            continue
        first = token.map[0]
        for inside in PARSER.parse(token.content, {"file": file, "numbers": numbers[first:]}):
            inside.level += token.level + 1  # so that a heading in it divides nothing
            if inside.map:
                inside.map = [first + inside.map[0], first + inside.map[1]]
            read.append(inside)
    return read


def is_table(info: str) -> bool:
    """Tell whether a code block of this info string is a table, which sites draw."""
    return _name(info) in _SEPARATORS


def _name(info: str) -> str:
    return info.strip().strip("{}.").lower()


def table_rows(token: Token) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a code block that is a table, each with its line inside the block, from 0."""
    separator = _SEPARATORS[_name(token.info)]
    lines = [f"{line}\n" for line in token.content.split("\n")]
    whole = token.content.count('"') % 2 == 0  # else a quotation mark that nothing closes would swallow the rest
    reader = csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_MINIMAL if whole else csv.QUOTE_NONE)
    start = 0
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield start, [" ".join(cell.split()) for cell in cells]
        start = reader.line_num


def code_lines(token: Token) -> Iterator[tuple[int, str]]:
    """Yield the lines of a code block that are lines to its readers, each with its place inside the block, from 0.

    Lines that were only divided where they were full are one.
    """
    lines = [" ".join(line.split()) for line in token.content.split("\n")]
    width = max(map(len, lines))
    start, text = 0, ""
    for at, line in enumerate(lines):
        if text and line and _goes_on(lines[at - 1], line, width):
            text = f"{text} {line}"
            continue
        if text:
            yield start, text
        start, text = at, line
    if text:
        yield start, text


def _goes_on(above: str, line: str, width: int) -> bool:
    """Tell whether the first word of a line had no place any more on the line above, whose sentence has not ended."""
    full = len(above) + 1 + len(line.split()[0]) > width >= _WRAPPED
    return full and line[0].isalpha() and above[-1] not in ".!?:;。！？"
