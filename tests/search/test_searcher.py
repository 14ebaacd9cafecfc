"""Searching: exact scores and order, words quoted from the right place, and the shipped article's ten questions."""

from __future__ import annotations

import math
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from conftest import HashEncoder, plain_calibration
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wellread.articles.passages import passage_text, sentence_text
from wellread.datatypes import DEFAULT_DISCLAIMER, Passage
from wellread.encoders.sentence_transformer import DEFAULT_MODEL, SentenceTransformerEncoder, Vectors
from wellread.errors import IndexMissing, ModelError
from wellread.index.layout import current_generation
from wellread.index.reader import Reader
from wellread.publishing.publish import publish
from wellread.search.calibration import load_calibration
from wellread.search.opening import open_searcher
from wellread.search.ranking import Weights
from wellread.search.searcher import Searcher

ARTICLES = {
    "cramps.md": """---
disclaimer: Ask your doctor about cramps.
---
# Cramps

## Causes

Cold water brings cramps. So does a lack of salt.

## Care

- Rest your leg.
- Drink water.
- Magnesium helps some people.
""",
    "flu.md": """---
disclaimer: Ask your doctor about flu.
---
# Flu

## Signs

Fever is a sign. Cough is another. Muscles hurt.

## Care

Rest in bed. Drink tea and water.
""",
    "sleep.md": "# Sleep\n\n## Tips\n\nSleep in a dark room. Do not drink coffee at night.\n",
}

QUESTIONS = [
    "drink water",
    "does magnesium help",
    "what are the signs of flu?",
    "coffee",
    "cramps at night",
    "nothing of it matches here",
    "rest rest rest",
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("search")
    (folder / "kb").mkdir()
    for name, text in ARTICLES.items():
        (folder / "kb" / name).write_text(text)
    publish(folder / "kb", folder / "index", HashEncoder())
    return folder / "index"


PLAIN = Weights(passage=0.3, sentence=0.45, late=0.0, contrast=0.0, lexical=0.25)
"""Nearness and words alone."""


def searcher(index: Path, weights: Weights | None = None) -> Searcher:
    reader = Reader(index, current_generation(index))
    return Searcher(reader, HashEncoder(), plain_calibration(), weights or PLAIN)


@pytest.fixture(scope="module")
def served(index: Path) -> Searcher:
    return searcher(index)


def all_passages(served: Searcher) -> list[Passage]:
    return [served.reader.passage(row) for row in range(served.reader.passage_count)]


def cosine(question: str, text: str) -> float:
    """Computed from the texts alone; nothing of the index is in it."""
    one, other = HashEncoder().encode_queries([question, text]).astype(np.float64)
    return float(one @ other)


class TestScores:
    @pytest.mark.parametrize("question", QUESTIONS)
    def test_are_the_cosines_of_the_passage_and_of_its_best_sentence(self, served: Searcher, question: str) -> None:
        for hit in served.ask(question, 100).hits:
            cosines = [cosine(question, sentence_text(hit.passage, s)) for s in hit.passage.sentences]
            assert hit.scores.passage == pytest.approx(cosine(question, passage_text(hit.passage)), abs=1e-5)
            assert hit.scores.sentence == pytest.approx(max(cosines), abs=1e-5)

    @pytest.mark.parametrize("question", QUESTIONS)
    def test_the_deciding_sentence_is_the_nearest_one(self, served: Searcher, question: str) -> None:
        hits = served.ask(question, 100).hits
        assert any(hit.sentence for hit in hits)
        for hit in hits:
            if hit.sentence is not None:
                nearest = max(hit.passage.sentences, key=lambda s: cosine(question, sentence_text(hit.passage, s)))
                assert hit.sentence == nearest

    @pytest.mark.parametrize("question", QUESTIONS)
    def test_the_order_without_words_is_that_of_the_weighted_cosines(self, index: Path, question: str) -> None:
        alone = searcher(index, Weights(passage=0.25, sentence=0.75, late=0.0, contrast=0.0, lexical=0.0))
        exact = {
            passage.id: 0.25 * cosine(question, passage_text(passage))
            + 0.75 * max(cosine(question, sentence_text(passage, s)) for s in passage.sentences)
            for passage in all_passages(alone)
        }
        hits = alone.ask(question, 100).hits
        assert [hit.passage.id for hit in hits] == sorted(exact, key=lambda name: (-exact[name], name))
        assert [hit.scores.final for hit in hits] == pytest.approx(sorted(exact.values(), reverse=True), abs=1e-5)

    @pytest.mark.parametrize("question", QUESTIONS)
    def test_words_add_at_most_their_weight_and_more_for_more(self, index: Path, question: str) -> None:
        weights = PLAIN
        hits = searcher(index, weights).ask(question, 100).hits
        shares = [
            (hit.scores.final - weights.passage * hit.scores.passage - weights.sentence * hit.scores.sentence)
            / weights.lexical
            for hit in hits
        ]
        lexical = [hit.scores.lexical for hit in hits]
        assert all(-1e-5 <= share <= 1 + 1e-5 for share in shares)
        assert all(abs(share) < 1e-5 for share, words in zip(shares, lexical, strict=True) if words == 0)
        assert np.argsort(np.round(shares, 5), kind="stable").tolist() == np.argsort(
            np.round(lexical, 5), kind="stable"
        ).tolist()  # fmt: skip

    @pytest.mark.parametrize("question", QUESTIONS)
    def test_hits_come_best_first(self, served: Searcher, question: str) -> None:
        finals = [hit.scores.final for hit in served.ask(question, 100).hits]
        assert finals == sorted(finals, reverse=True)
        assert len(finals) > 1

    def test_of_words_are_bm25(self, served: Searcher) -> None:
        # "magnesium" stands once, in 1 of the 5 passages: idf = ln((5 - 1 + 0.5) / (1 + 0.5)) = ln 3. The passages
        # have, with title, heading and text, 12, 11, 11, 9 and 13 words, 56 / 5 on average; the one found has 11:
        # ln 3 * 1 * (1.2 + 1) / (1 + 1.2 * (1 - 0.75 + 0.75 * 11 / 11.2)).
        (found,) = [hit for hit in served.ask("magnesium", 100).hits if hit.scores.lexical]
        lengths = [12, 11, 11, 9, 13]
        assert [sum(map(len, (p.title.split(), p.heading.split(), p.text.replace("•", "").split())))
                for p in all_passages(served)] == lengths  # fmt: skip
        expected = math.log(3) * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 11 / (sum(lengths) / 5)))
        assert found.passage.id == "cramps#care"
        assert found.scores.lexical == pytest.approx(expected, rel=1e-5)


class TestAnAnswer:
    @pytest.mark.parametrize("k", [1, 2, 4])
    def test_has_at_most_k_passages_and_those_are_the_best(self, served: Searcher, k: int) -> None:
        everything = served.ask("drink water", 100).hits
        assert served.ask("drink water", k).hits == everything[:k]
        assert len(everything[:k]) == k

    def test_has_every_passage_once_where_k_is_large(self, served: Searcher) -> None:
        found = [hit.passage for hit in served.ask("drink water", 1000).hits]
        assert sorted(passage.id for passage in found) == sorted(passage.id for passage in all_passages(served))

    def test_ties_go_by_id(self, tmp_path: Path) -> None:
        (tmp_path / "kb").mkdir()
        for name in ("m", "a", "z", "b-2", "b"):
            (tmp_path / "kb" / f"{name}.md").write_text("# Cramps\n\n## Care\n\nRest.\n")
        publish(tmp_path / "kb", tmp_path / "index", HashEncoder())
        hits = searcher(tmp_path / "index").ask("rest", 4).hits
        assert [hit.passage.id for hit in hits] == ["a#care", "b#care", "b-2#care", "m#care"]
        assert len({hit.scores for hit in hits}) == 1

    def test_quotes_the_articles_word_for_word(self, served: Searcher) -> None:
        for question in QUESTIONS:
            for hit in served.ask(question, 100).hits:
                source = ARTICLES[f"{hit.passage.article}.md"]
                assert all(block.text in source for block in hit.passage.blocks)
                assert hit.sentence is None or hit.passage.quote(hit.sentence) in source

    def test_names_its_question_and_its_generation(self, served: Searcher, index: Path) -> None:
        answer = served.ask("  drink water ")
        assert answer.question.strip() == "drink water"
        assert answer.generation == served.generation == current_generation(index)
        assert 0 <= answer.confidence <= 1
        assert len(answer.hits) <= 5

    def test_carries_the_disclaimer_of_every_article_quoted_once(self, served: Searcher) -> None:
        own = {
            "cramps": "Ask your doctor about cramps.",
            "flu": "Ask your doctor about flu.",
            "sleep": DEFAULT_DISCLAIMER,
        }
        for question in QUESTIONS:
            for k in (1, 2, 100):
                answer = served.ask(question, k)
                quoted = dict.fromkeys(own[hit.passage.article] for hit in answer.hits)
                assert answer.disclaimer.split("\n") == list(quoted)

    def test_knows_the_articles(self, served: Searcher) -> None:
        assert [article.id for article in served.articles] == ["cramps", "flu", "sleep"]
        whole = served.article("sleep")
        assert whole is not None
        assert whole.sections[0].blocks[0].text == "Sleep in a dark room. Do not drink coffee at night."
        assert served.article("nobody") is None

    def test_stays_the_same_after_another_is_published(self, tmp_path: Path) -> None:
        (tmp_path / "kb").mkdir()
        (tmp_path / "kb" / "a.md").write_text(ARTICLES["sleep.md"])
        publish(tmp_path / "kb", tmp_path / "index", HashEncoder())
        old = searcher(tmp_path / "index")
        before = old.ask("coffee")
        (tmp_path / "kb" / "a.md").write_text(ARTICLES["flu.md"])
        publish(tmp_path / "kb", tmp_path / "index", HashEncoder())
        assert old.ask("coffee") == before
        assert searcher(tmp_path / "index").ask("coffee").hits[0].passage.title == "Flu"


class TestQuestions:
    @pytest.mark.parametrize("question", ["", " ", "\n\t", "\u3000"])
    def test_without_words_are_refused(self, served: Searcher, question: str) -> None:
        with pytest.raises(ValueError, match="the question is empty"):
            served.ask(question)

    @pytest.mark.parametrize("k", [0, -1])
    def test_for_no_passage_are_refused(self, served: Searcher, k: int) -> None:
        with pytest.raises(ValueError, match=f"k is {k}; at least one passage"):
            served.ask("rest", k)

    @pytest.mark.parametrize(
        "question",
        [
            "?", "don't", "covid-19", 'say "rest', "NEAR(", "*", "rest AND", "title:rest", "'; DROP TABLE passages; --",
            "\0", "🦵", "足がつる", "<script>alert(1)</script>", "../../etc/passwd", "\x1b[31m", "%s %d {0} ${x}",
            "rest " * 10_000, " ".join(f"word{number}" for number in range(10_000)), "x" * 100_000,
        ],
    )  # fmt: skip
    def test_of_any_kind_are_looked_up(self, served: Searcher, question: str) -> None:
        assert served.ask(question).question == question

    @settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.text(min_size=1, max_size=40).filter(lambda text: text.strip() != ""))
    def test_of_any_characters_are_looked_up(self, served: Searcher, question: str) -> None:
        assert served.ask(question).question == question

    def test_from_many_threads_get_the_same_answers(self, served: Searcher) -> None:
        alone = [served.ask(question) for question in QUESTIONS]
        told: list[object] = []
        start = threading.Barrier(20)

        def ask() -> None:
            start.wait()
            told.append([served.ask(question) for question in QUESTIONS])

        threads = [threading.Thread(target=ask) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert told == [alone] * 20

    def test_are_embedded_as_questions(self, index: Path) -> None:
        class Asked(HashEncoder):
            def __init__(self) -> None:
                super().__init__()
                self.asked: list[str] = []

            def encode_queries(self, texts: Sequence[str]) -> Vectors:
                self.asked += texts
                return super().encode_queries(texts)

        encoder = Asked()
        Searcher(Reader(index, current_generation(index)), encoder, plain_calibration()).ask(
            "Hello doctor, drink water!!"
        )
        assert encoder.asked == ["drink water?"]
        assert encoder.embedded == []

    def test_may_have_more_words_than_a_statement_takes_values(self, served: Searcher) -> None:
        words = " ".join(f"word{number}" for number in range(40_000))
        found = {hit.passage.id: hit.scores.lexical for hit in served.rank(f"{words} magnesium", 100)}
        assert [name for name, lexical in found.items() if lexical] == ["cramps#care"]


class TestOpening:
    def test_without_an_index_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(IndexMissing, match=r"build it: wellread ingest --index"):
            open_searcher(tmp_path)

    def test_with_a_model_that_is_gone_is_refused(self, index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("WELLREAD_MODEL", raising=False)
        with pytest.raises(ModelError, match="hash: no such folder, and not the id of a hub model"):
            open_searcher(index)

    def test_with_another_model_is_refused(self, index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        with pytest.raises(ModelError) as refused:
            open_searcher(index, "all-MiniLM-L6-v2")
        assert str(refused.value) == (
            f"{index} was made with the model hash, not with this all-MiniLM-L6-v2\n"
            f"    ask with that one, or rebuild the index: wellread ingest --index {index} --model all-MiniLM-L6-v2"
        )
        monkeypatch.setenv("WELLREAD_MODEL", "all-MiniLM-L6-v2")
        with pytest.raises(ModelError, match="was made with the model hash"):
            open_searcher(index)

    def test_takes_the_model_that_made_the_index(self, seed_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("WELLREAD_MODEL", raising=False)
        opened = open_searcher(seed_index)
        assert opened.encoder.name == DEFAULT_MODEL
        assert opened.generation == current_generation(seed_index)

    def test_loads_no_model_that_another_searcher_has(self, seed_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("WELLREAD_MODEL", raising=False)
        opened = open_searcher(seed_index)
        assert open_searcher(seed_index).encoder is opened.encoder


@pytest.fixture(scope="module")
def real(seed_index: Path, encoder: SentenceTransformerEncoder) -> Searcher:
    """The shipped article, asked with the default model."""
    calibration = load_calibration(seed_index, encoder.name, encoder.fingerprint)
    return Searcher(Reader(seed_index, current_generation(seed_index)), encoder, calibration)


class TestTheShippedArticle:
    @pytest.mark.parametrize(
        ("question", "sections"),
        [
            ("why do my muscles suddenly jerk on their own?", "what-are-neurological-spasms summary"),
            ("where do these cramps come from?", "causes faq-causes"),
            ("can too little magnesium be the reason?", "causes faq-causes"),
            ("what does an attack feel like?", "symptoms"),
            ("my leg goes numb before it cramps, is that part of it?", "symptoms"),
            ("could this be something dangerous?", "faq-dangerous"),
            ("which examinations will they do to find out what I have?", "diagnosed faq-diagnosed"),
            ("what can be done against muscle cramps?", "treatment"),
            ("should I go to the emergency room if the cramp does not stop?", "see-a-doctor"),
            ("how can I keep cramps from coming back?", "tips-for-preventing-the-condition"),
            ("what should I eat and drink so that I don't get cramps?", "tips-for-preventing-the-condition"),
        ],
    )
    def test_answers_an_ordinary_readers_question_first_or_second(
        self, real: Searcher, question: str, sections: str
    ) -> None:
        found = [hit.passage.anchor for hit in real.ask(question).hits]
        assert set(found[:2]) & set(sections.split()), found

    @pytest.mark.parametrize(
        ("question", "sentence"),
        [
            ("is too little magnesium to blame?", "Deficiency of minerals such as magnesium or calcium."),
            ("does physiotherapy help?", "Physical therapy to improve muscle flexibility."),
            ("how much should I drink?", "Drink adequate amounts of water daily."),
        ],
    )
    def test_marks_the_sentence_that_decides(self, real: Searcher, question: str, sentence: str) -> None:
        quotes = [hit.passage.quote(hit.sentence) for hit in real.ask(question).hits[:2] if hit.sentence]
        assert sentence in quotes

    @pytest.mark.parametrize(
        "question", ["?", "don't", "NEAR(", "🦵", "\0", "\x1b[31m", "足がつる", "cramp " * 3000, "x" * 20_000]
    )
    def test_takes_any_question(self, real: Searcher, question: str) -> None:
        assert real.ask(question).question == question

    def test_carries_its_own_disclaimer(self, real: Searcher) -> None:
        assert real.ask("cramps").disclaimer == "you should ask your doctor before taking this medicine"
