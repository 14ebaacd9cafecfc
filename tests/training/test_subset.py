"""A part of a library is read as if it were all of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from conftest import HashEncoder, plain_calibration

from wellread.index.layout import current_generation
from wellread.index.port import Retriever
from wellread.index.reader import Reader
from wellread.publishing.publish import publish
from wellread.search.searcher import Searcher
from wellread.training.subset import SubsetReader, phrases_by_article

ARTICLES = {
    "cramps": "# Cramps\n\n## Care\n\nRest your leg.\n\n## Causes\n\nCold water brings cramps.\n",
    "flu": "# Flu\n\n## Care\n\nRest in bed. Drink cold water.\n",
    "sleep": "# Sleep\n\n## Tips\n\nA dark room.\n",
}
RETRIEVERS: tuple[Retriever, ...] = ("passages", "sentences", "lexical")


def opened(folder: Path, names: tuple[str, ...]) -> Reader:
    (folder / "kb").mkdir(parents=True)
    for name in names:
        (folder / "kb" / f"{name}.md").write_text(ARTICLES[name])
    publish(folder / "kb", folder / "index", HashEncoder())
    return Reader(folder / "index", current_generation(folder / "index"))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return opened(tmp_path_factory.mktemp("whole"), ("cramps", "flu", "sleep"))


def part(reader: Reader, *places: int) -> SubsetReader:
    return SubsetReader(reader, places, dict(enumerate(phrases_by_article(reader))))


def test_has_the_passages_of_its_articles(whole: Reader) -> None:
    assert [article.id for article in whole.articles()] == ["cramps", "flu", "sleep"]
    assert [part(whole, *places).passage_count for places in ((0,), (1,), (2, 0), (0, 1, 2))] == [2, 1, 3, 4]


def test_finds_what_a_library_of_its_articles_finds(whole: Reader, tmp_path: Path) -> None:
    alone = opened(tmp_path, ("cramps", "sleep"))
    subset = part(whole, 0, 2)
    (vector,) = HashEncoder().encode_queries(["cold water"])
    for depth in (1, 2, 9):
        found = subset.candidates("cold water", vector, depth, RETRIEVERS[:1])
        expected = alone.candidates("cold water", vector, depth, RETRIEVERS[:1])
        # Rows are those of the whole library, where the flu stands between.
        assert [subset.passage(row).id for row in found.rows.tolist()] == [
            alone.passage(row).id for row in expected.rows.tolist()
        ]
        assert found.passage.tolist() == expected.passage.tolist()
        assert found.sentence.tolist() == expected.sentence.tolist()
        assert (found.headings == expected.headings).all()
        assert (np.diff(found.rows) > 0).all()


def test_has_no_candidate_of_another_article(whole: Reader) -> None:
    (vector,) = HashEncoder().encode_queries(["cold water"])
    assert set(part(whole, 1).candidates("cold water", vector, 9, RETRIEVERS).articles.tolist()) == {1}
    hits = Searcher(part(whole, 0), HashEncoder(), plain_calibration()).rank("drink water in bed")
    assert {hit.passage.article for hit in hits} == {"cramps"}


def test_has_the_phrases_of_its_articles_whatever_their_endings(whole: Reader) -> None:
    assert part(whole, 0).has_phrase("cold water")
    assert part(whole, 1).has_phrase("drinks cold waters")
    assert not part(whole, 2).has_phrase("cold water")
    assert not part(whole, 0).has_phrase("drink cold water")
    assert not part(whole, 0).has_phrase("water cold")
    assert not part(whole, 0).has_phrase("")
    assert part(whole, 2).has_phrase("sleep")


def test_leaves_the_whole_library_as_it_was(whole: Reader) -> None:
    part(whole, 0)
    assert whole.passage_count == 4
    assert whole.has_phrase("drink cold water")


def test_phrases_have_four_words_at_most(whole: Reader) -> None:
    # Title, headings and text are read on as one: "Flu", "Care", "Rest in bed. Drink cold water."
    (_, flu, _) = phrases_by_article(whole)
    assert ("drink", "cold", "water") in flu
    assert ("flu", "care") in flu
    assert max(map(len, flu)) == 4
