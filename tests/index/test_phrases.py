"""Phrases of a library: words side by side in one passage, whatever their endings."""

from __future__ import annotations

import pytest
from conftest import HashEncoder

from wellread.index.composed import PHRASE_DEPTH
from wellread.index.layout import current_generation
from wellread.index.reader import Reader
from wellread.publishing.publish import publish


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """One article with two sections, then so many with all words of "deep vein" apart, and one with it."""
    folder = tmp_path_factory.mktemp("phrases")
    (folder / "kb").mkdir()
    (folder / "kb" / "a.md").write_text("# Blood clots\n\n## Side effects\n\nLow blood pressure.\n\n## Care\n\nRest.\n")
    for number in range(PHRASE_DEPTH):
        (folder / "kb" / f"b{number:02}.md").write_text("# Veins\n\n## Care\n\nVein, deep.\n\nIron, red.\n")
    (folder / "kb" / "c.md").write_text("# Veins\n\n## Care\n\nA deep vein. Red iron.\n")
    publish(folder / "kb", folder / "index", HashEncoder())
    return Reader(folder / "index", current_generation(folder / "index"))


@pytest.mark.parametrize(
    ("phrase", "has"),
    [
        ("clot", True),
        ("side effect", True),
        ("sides effect", True),
        ("low blood pressure", True),
        ("blood clots side effects low", True),  # title, headings and text are read on
        ("pressure", True),
        ("blood low", False),
        ("low pressure", False),
        ("clots rest", False),  # not in one passage
        ("high blood pressure", False),
        ("", False),
        ("?!", False),
    ],
)
def test_is_there_where_its_words_stand_side_by_side(reader: Reader, phrase: str, has: bool) -> None:
    assert reader.has_phrase(phrase) == has


def test_is_looked_for_in_the_first_passages_that_have_its_words(reader: Reader) -> None:
    # Each of the passages before c has "deep" and "vein", and not one after the other: that of c comes too late.
    assert not reader.has_phrase("deep vein")
