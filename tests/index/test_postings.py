"""Postings: the order of passages by BM25, as its formula gives it, for any text and any question."""

from __future__ import annotations

import math
import random
import sqlite3
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wellread.index.postings import Postings, PostingsWriter
from wellread.text.terms import terms_of
from wellread.text.words import content_words


def index(file: Path, texts: list[str]) -> tuple[Postings, dict[str, tuple[int, int]]]:
    """Write passages, and open them with the places of their terms."""
    writer = PostingsWriter(file)
    for text in texts:
        writer.add(text)
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE terms (term, start, end)")
    writer.close(database)
    places = {term: (start, end) for term, start, end in database.execute("SELECT * FROM terms")}
    database.close()
    return Postings(file, len(texts)), places


def bm25(texts: list[str], asked: list[str]) -> list[float]:
    """BM25 with k1 1.2 and b 0.75, word for word from its formula."""
    counted = [Counter(terms_of(text)) for text in texts]
    mean = sum(map(Counter.total, counted)) / len(counted)
    scores = [0.0] * len(texts)
    for term in asked:
        having = sum(term in counts for counts in counted)
        if having:
            rarity = max(math.log((len(texts) - having + 0.5) / (having + 0.5)), 1e-6)
            for row, counts in enumerate(counted):
                count = counts[term]
                scores[row] += rarity * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * counts.total() / mean))
    return scores


WORDS = "ache bone calm dose ease fever gout heat itch joint".split()


@pytest.mark.parametrize("many", [1, 20, 100_000])
@pytest.mark.parametrize("seed", range(5))
def test_scores_are_those_of_the_formula(tmp_path: Path, seed: int, many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    # From few passages on, from some, and never is it asked whom a common word can still bring among the best.
    monkeypatch.setattr("wellread.index.postings.MANY", many)
    chance = random.Random(seed)
    texts = [" ".join(chance.choices(WORDS, range(10, 0, -1), k=chance.randint(1, 30))) for _ in range(200)]
    postings, places = index(tmp_path / "words", texts)
    for size, k in ((3, 50), (5, 5), (2, 1), (10, 20)):
        asked = chance.sample(WORDS, size)
        rows, scores = postings.best([places[term] for term in asked if term in places], k)
        expected = bm25(texts, asked)
        best = sorted((row for row in range(200) if expected[row]), key=lambda row: (-expected[row], row))[:k]
        assert scores == pytest.approx([expected[row] for row in best], rel=1e-5)
        assert [expected[row] for row in rows] == pytest.approx(scores.tolist(), rel=1e-5)


def test_ties_go_by_row_and_passages_without_the_words_are_left_out(tmp_path: Path) -> None:
    texts = ["flu", "cold", "flu", "rest", "cold", "flu", *["tea"] * 9]
    postings, places = index(tmp_path / "words", texts)
    assert postings.best([places["flu"]], 10)[0].tolist() == [0, 2, 5]
    assert postings.best([places["flu"]], 2)[0].tolist() == [0, 2]
    assert postings.best([places["flu"], places["cold"]], 4)[0].tolist() == [1, 4, 0, 2]
    assert postings.best([], 10)[0].tolist() == []


def test_a_word_that_nearly_all_passages_have_counts_next_to_nothing(tmp_path: Path) -> None:
    postings, places = index(tmp_path / "words", ["salt water", "salt", "salt"])
    rows, scores = postings.best([places["salt"]], 10)
    # ln(0.5 / 3.5) is not positive: a millionth takes its place.
    assert rows.tolist() == [1, 2, 0]
    assert scores[0] == pytest.approx(1e-6 * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 1 / (4 / 3))))


def test_a_common_word_lifts_what_rare_ones_found_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [*["salt"] * 40, *["gout salt"] * 3, *["gout"] * 3, *["tea"] * 60]
    postings, places = index(tmp_path / "words", texts)
    asked = [places["salt"], places["gout"]]
    plain = postings.best(asked, 4)
    monkeypatch.setattr("wellread.index.postings.MANY", 10)
    assert [found.tolist() for found in postings.best(asked, 4)] == [found.tolist() for found in plain]
    assert plain[0].tolist() == [43, 44, 45, 40]  # shorter ones first


def test_no_passages_at_all_can_be_asked(tmp_path: Path) -> None:
    postings, places = index(tmp_path / "words", [])
    assert (postings.best([], 5)[0].tolist(), places) == ([], {})


def test_passages_without_words_can_be_asked(tmp_path: Path) -> None:
    postings, places = index(tmp_path / "words", ["", "…", "flu"])
    assert postings.best([places["flu"]], 5)[0].tolist() == [2]


def test_more_occurrences_than_are_brought_to_their_places_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [" ".join(random.Random(row).choices(WORDS, k=8)) for row in range(300)]
    index(tmp_path / "whole", texts)
    monkeypatch.setattr("wellread.index.postings._BLOCK", 7)
    index(tmp_path / "pieces", texts)
    assert (tmp_path / "whole").read_bytes() == (tmp_path / "pieces").read_bytes()
    for at_once in (1, 500, 10_000):  # a term has some 170 occurrences
        monkeypatch.setattr("wellread.index.postings._AT_ONCE", at_once)
        index(tmp_path / "ranges", texts)
        assert (tmp_path / "whole").read_bytes() == (tmp_path / "ranges").read_bytes()


def test_a_word_that_stands_there_very_often_is_counted_as_far_as_two_bytes_go(tmp_path: Path) -> None:
    postings, places = index(tmp_path / "words", ["ha " * 70_000, "flu", "tea"])
    assert postings.best([places["ha"]], 1)[0].tolist() == [0]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Cramps, CRAMPING and cramp", ["cramp", "cramp", "and", "cramp"]),
        ("MAGNÉSIUM magnesium", ["magnesium", "magnesium"]),
        ("COVID-19", ["covid", "19"]),
        ("don't don’t", ["don", "t", "don", "t"]),
        ("under_score", ["under", "score"]),
        ("Straße ﬂu", ["strass", "flu"]),
        ("足がつる", ["足がつる"]),
        ("", []),
        ("…?!", []),
    ],
)
def test_words_are_taken_apart_alike_in_texts_and_questions(text: str, terms: list[str]) -> None:
    assert terms_of(text) == terms


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(max_size=30), min_size=1, max_size=8))
def test_takes_any_text(texts: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    texts = [text.encode("utf-8", "replace").decode() for text in texts]
    postings, places = index(tmp_path_factory.mktemp("words") / "words", texts)
    for row, text in enumerate(texts):
        for term in terms_of(text):
            assert row in postings.best([places[term]], len(texts))[0]


class TestContentWords:
    def test_are_those_that_say_something_about_a_subject(self) -> None:
        assert content_words("Can my knee, or my other KNEE, be cured?") == ["knee", "other", "cured"]

    @pytest.mark.parametrize("text", ["can't sleep", "cant sleep", "I don’t sleep", "they werent asleep: sleep"])
    def test_are_none_that_deny_with_or_without_their_apostrophe(self, text: str) -> None:
        assert content_words(text)[-1] == "sleep"
        assert not {"can't", "cant", "don’t", "werent"} & set(content_words(text))

    def test_are_all_where_there_are_no_others(self) -> None:
        assert content_words("How can I?") == ["how", "can", "i"]
