"""Postings: the order of passages by BM25, as its formula gives it, for any text and any question."""

from __future__ import annotations

import math
import random
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wellread.index.arrays import StoredArrays, write_arrays
from wellread.index.postings import Postings, PostingsWriter
from wellread.index.stored import StoredFile
from wellread.text.terms import terms_of
from wellread.text.words import content_words


def index(folder: Path, *segments: list[str]) -> Postings:
    """Write the passages of segments, and open them."""
    opened = []
    for number, texts in enumerate(segments):
        writer = PostingsWriter()
        for text in texts:
            writer.add(text)
        write_arrays(folder / f"{number}", writer.arrays())
        opened.append(StoredArrays(StoredFile(folder / f"{number}")))
    return Postings(opened)


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
    postings = index(tmp_path, texts)
    for size, k in ((3, 50), (5, 5), (2, 1), (10, 20)):
        asked = chance.sample(WORDS, size)
        rows, scores = postings.best(asked, k)
        expected = bm25(texts, asked)
        best = sorted((row for row in range(200) if expected[row]), key=lambda row: (-expected[row], row))[:k]
        assert scores == pytest.approx([expected[row] for row in best], rel=1e-5)
        assert [expected[row] for row in rows] == pytest.approx(scores.tolist(), rel=1e-5)


def test_ties_go_by_row_and_passages_without_the_words_are_left_out(tmp_path: Path) -> None:
    texts = ["flu", "cold", "flu", "rest", "cold", "flu", *["tea"] * 9]
    postings = index(tmp_path, texts)
    assert postings.best(["flu"], 10)[0].tolist() == [0, 2, 5]
    assert postings.best(["flu"], 2)[0].tolist() == [0, 2]
    assert postings.best(["flu", "cold"], 4)[0].tolist() == [1, 4, 0, 2]
    assert postings.best([], 10)[0].tolist() == []


def test_a_word_that_nearly_all_passages_have_counts_next_to_nothing(tmp_path: Path) -> None:
    postings = index(tmp_path, ["salt water", "salt", "salt"])
    rows, scores = postings.best(["salt"], 10)
    # ln(0.5 / 3.5) is not positive: a millionth takes its place.
    assert rows.tolist() == [1, 2, 0]
    assert scores[0] == pytest.approx(1e-6 * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 1 / (4 / 3))))


def test_a_common_word_lifts_what_rare_ones_found_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [*["salt"] * 40, *["gout salt"] * 3, *["gout"] * 3, *["tea"] * 60]
    postings = index(tmp_path, texts)
    asked = ["salt", "gout"]
    plain = postings.best(asked, 4)
    monkeypatch.setattr("wellread.index.postings.MANY", 10)
    assert [found.tolist() for found in postings.best(asked, 4)] == [found.tolist() for found in plain]
    assert plain[0].tolist() == [43, 44, 45, 40]  # shorter ones first


def test_no_passages_at_all_can_be_asked(tmp_path: Path) -> None:
    postings = index(tmp_path, [])
    assert postings.best([], 5)[0].tolist() == postings.best(["flu"], 5)[0].tolist() == []


def test_passages_without_words_can_be_asked(tmp_path: Path) -> None:
    postings = index(tmp_path, ["", "…", "flu"])
    assert postings.best(["flu"], 5)[0].tolist() == [2]


@pytest.mark.parametrize("small", [0, 1 << 30])
def test_segments_are_one_library(tmp_path: Path, small: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wellread.index.stored.SMALL", small)
    texts = [" ".join(random.Random(row).choices(WORDS, k=8)) for row in range(300)]
    (tmp_path / "one").mkdir()
    whole, cut = index(tmp_path / "one", texts), index(tmp_path, texts[:7], [], texts[7:8], texts[8:])
    assert (whole.passages, cut.passages) == (300, 300)
    for word in (*WORDS, "tea"):
        rows = [row for row, text in enumerate(texts) if word in text.split()]
        (term,) = terms_of(word)
        assert whole.rows(term).tolist() == cut.rows(term).tolist() == rows
        assert whole.count(term) == cut.count(term) == len(rows)
    for asked in (WORDS[:2], WORDS[3:8], ["tea", "gout"], ["tea"]):
        terms = terms_of(" ".join(asked))
        (rows_found, scores), (cut_rows, cut_scores) = whole.best(terms, 20), cut.best(terms, 20)
        assert rows_found.tolist() == cut_rows.tolist()
        assert scores.tolist() == cut_scores.tolist()


def test_terms_are_counted_in_the_order_of_their_bytes() -> None:
    writer = PostingsWriter()
    for text in ("flu and ache", "flu flu", "ärzte"):
        writer.add(text)
    assert writer.passages_with() == [("ach", 1), ("and", 1), ("arzt", 1), ("flu", 2)]


def test_a_word_that_stands_there_very_often_is_counted_as_far_as_two_bytes_go(tmp_path: Path) -> None:
    postings = index(tmp_path, ["ha " * 70_000, "flu", "tea"])
    assert postings.best(["ha"], 1)[0].tolist() == [0]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Cramps, CRAMPING and cramp", ["cramp", "cramp", "and", "cramp"]),
        ("MAGNÉSIUM magnesium", ["magnesium", "magnesium"]),
        ("COVID-19", ["covid", "19"]),
        ("don't don’t", ["don", "t", "don", "t"]),
        ("under_score", ["under", "score"]),
        ("Straße ﬂu", ["strass", "flu"]),
        ("足がつる", ["足", "足が", "が", "がつ", "つ", "つる", "る"]),
        ("2型糖尿", ["2", "型", "型糖", "糖", "糖尿", "尿"]),
        ("ＨＰＶワクチン ﾜｸﾁﾝ", ["hpv", *["ワ", "ワク", "ク", "クチ", "チ", "チン", "ン"] * 2]),
        ("様々な", ["様", "様々", "々", "々な", "な"]),
        ("독감 백신을", ["독", "독감", "감", "백", "백신", "신", "신을", "을"]),
        ("ข้อ ๕๐๐", ["ข้", "ข้อ", "อ", "๕๐๐"]),
        ("दर्द होता", ["दर्द", "होता"]),
        ("Me\u0301nie\u0300re", ["menier"]),
        ("", []),
        ("…?!", []),
    ],
)
def test_words_are_taken_apart_alike_in_texts_and_questions(text: str, terms: list[str]) -> None:
    assert terms_of(text) == terms


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("水痘疫苗打几针", "儿童应接种两剂水痘疫苗。"),
        ("インフルの熱", "高い熱が出ます。"),
        ("백신 부작용", "백신을 맞으면 팔이 아픕니다."),
        ("ปวดเข่า", "อาการเข่าบวม"),
    ],
)
def test_words_are_found_in_texts_without_spaces(question: str, text: str, tmp_path: Path) -> None:
    other = "这是另一段。 ほかの。 다른 글. ไม่มี"
    postings = index(tmp_path, [other, text])
    assert postings.best(terms_of(" ".join(content_words(question))), 1)[0].tolist() == [1]


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(max_size=30), min_size=1, max_size=8))
def test_takes_any_text(texts: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    texts = [text.encode("utf-8", "replace").decode() for text in texts]
    postings = index(tmp_path_factory.mktemp("words"), texts)
    for row, text in enumerate(texts):
        for term in terms_of(text):
            assert row in postings.best([term], len(texts))[0]


class TestContentWords:
    def test_are_those_that_say_something_about_a_subject(self) -> None:
        assert content_words("Can my knee, or my other KNEE, be cured?") == ["knee", "other", "cured"]

    @pytest.mark.parametrize("text", ["can't sleep", "cant sleep", "I don’t sleep", "they werent asleep: sleep"])
    def test_are_none_that_deny_with_or_without_their_apostrophe(self, text: str) -> None:
        assert content_words(text)[-1] == "sleep"
        assert not {"can't", "cant", "don’t", "werent"} & set(content_words(text))

    def test_are_whole_with_the_vowels_and_accents_that_are_no_letters(self) -> None:
        assert content_words("दर्द होता") == ["दर्द", "होता"]
        assert content_words("me\u0301nie\u0300re") == ["me\u0301nie\u0300re"]

    def test_are_all_where_there_are_no_others(self) -> None:
        assert content_words("How can I?") == ["how", "can", "i"]
