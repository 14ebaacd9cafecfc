"""Reranking: scores as the model gives them, no other model taken for one, and the first passages in their order."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import torch
from conftest import HashEncoder
from transformers import BertConfig, BertForSequenceClassification, BertModel, BertTokenizer

from wellread.encoders.rerankers import CrossEncoderReranker, Reranker
from wellread.errors import ModelError
from wellread.index.layout import current_generation
from wellread.index.reader import Reader
from wellread.publishing.publish import publish
from wellread.search.opening import open_searcher
from wellread.search.ranking import RERANK_DEPTH
from wellread.search.searcher import Searcher

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "rest", "drink", "water", "cramps", "your", "leg"]
LONGEST = 64


def small_bert(labels: int) -> BertConfig:
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=LONGEST,
        initializer_range=0.3,
    )
    config.num_labels = labels
    return config


def write_tokenizer(folder: Path) -> None:
    vocabulary = folder / "vocab.txt"
    vocabulary.write_text("\n".join(WORDS) + "\n")
    BertTokenizer(vocab=str(vocabulary), model_max_length=LONGEST).save_pretrained(folder)


def write_cross_encoder(folder: Path, labels: int = 1) -> Path:
    torch.manual_seed(0)
    folder.mkdir()
    BertForSequenceClassification(small_bert(labels)).save_pretrained(folder)
    write_tokenizer(folder)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_cross_encoder(tmp_path_factory.mktemp("rerank") / "cross-encoder")


class Told:
    """A `Reranker` that scores as it is told, and keeps what it was asked."""

    name = "told"

    def __init__(self, scores: dict[str, float]) -> None:
        self.scores = scores
        self.asked: list[tuple[str, list[str]]] = []

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        self.asked.append((question, list(texts)))
        return [self.scores.get(text, 0.0) for text in texts]


class TestACrossEncoder:
    def test_gives_its_own_scores_in_the_order_of_the_texts(self, folder: Path) -> None:
        model = BertForSequenceClassification.from_pretrained(folder)
        tokenizer = BertTokenizer.from_pretrained(folder)
        texts = ["drink water", "cramps", "rest your leg", "drink water", "unknown words"]
        expected = []
        for text in texts:
            with torch.no_grad():
                logit = model(**tokenizer("cramps leg", text, return_tensors="pt")).logits.item()
            expected.append(1 / (1 + float(torch.exp(torch.tensor(-logit)))))
        scores = CrossEncoderReranker(str(folder)).score("cramps leg", texts)
        assert scores == pytest.approx(expected, abs=1e-5)
        assert scores[0] == pytest.approx(scores[3], abs=1e-6)
        assert len({round(score, 4) for score in scores}) == 4
        assert all(type(score) is float for score in scores)

    def test_scores_no_texts_and_texts_of_any_length(self, folder: Path) -> None:
        reranker = CrossEncoderReranker(str(folder))
        assert reranker.score("cramps", []) == []
        assert len(reranker.score("cramps " * 500, ["rest " * 500, "", "🦵"])) == 3

    def test_bears_the_name_that_it_was_asked_for_by(self, folder: Path) -> None:
        reranker: Reranker = CrossEncoderReranker(str(folder))
        assert reranker.name == str(folder)

    def test_is_not_loaded_before_it_is_asked(self, tmp_path: Path) -> None:
        CrossEncoderReranker(str(tmp_path))

    def test_is_not_taken_from_a_folder_without_a_model(self, tmp_path: Path) -> None:
        with pytest.raises(ModelError) as refused:
            CrossEncoderReranker(str(tmp_path)).score("cramps", ["rest"])
        assert str(refused.value).startswith(f"{tmp_path}: sentence-transformers cannot rerank with this model")
        assert "leave --reranker out" in str(refused.value)

    def test_is_not_taken_from_a_folder_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(ModelError, match="nowhere: no such folder"):
            CrossEncoderReranker(str(tmp_path / "nowhere"))

    def test_with_two_scores_is_refused(self, tmp_path: Path) -> None:
        two = write_cross_encoder(tmp_path / "two", labels=2)
        with pytest.raises(ModelError, match="it gives 2 scores, not one") as refused:
            CrossEncoderReranker(str(two)).score("cramps", ["rest"])
        assert str(refused.value).startswith(f"{two}: ")

    def test_is_not_made_of_an_embedding_model(self, tmp_path: Path) -> None:
        # It has no weights that score a pair: they would be made up, other ones every time.
        BertModel(small_bert(1)).save_pretrained(tmp_path)
        write_tokenizer(tmp_path)
        with pytest.raises(ModelError, match="cannot rerank with this model"):
            CrossEncoderReranker(str(tmp_path)).score("cramps", ["rest"])


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """An index of more passages than are reranked, each one with its own words."""
    place = tmp_path_factory.mktemp("many")
    (place / "kb").mkdir()
    for number in range(RERANK_DEPTH + 5):
        (place / "kb" / f"a{number:02}.md").write_text(f"# Cramps {number}\n\n## Care\n\n- Rest {number} hours.\n")
    publish(place / "kb", place / "index", HashEncoder())
    return Reader(place / "index", current_generation(place / "index"))


def found(reader: Reader, reranker: Reranker | None) -> list[str]:
    hits = Searcher(reader, HashEncoder(), reranker=reranker).rank("rest", 100)
    return [hit.passage.id for hit in hits]


class TestRanking:
    def test_puts_the_first_passages_in_the_reranker_s_order_and_keeps_the_rest_behind(self, many: Reader) -> None:
        before = found(many, None)
        assert len(before) == RERANK_DEPTH + 5
        # The last of those that are reranked gets the best score, and the first one the worst.
        names = {name: f"Cramps {int(name[1:3])}. Care\n• Rest {int(name[1:3])} hours." for name in before}
        told = Told({names[name]: float(place) for place, name in enumerate(before)})
        assert found(many, told) == before[:RERANK_DEPTH][::-1] + before[RERANK_DEPTH:]
        assert told.asked == [("rest?", [names[name] for name in before[:RERANK_DEPTH]])]

    def test_keeps_the_order_of_passages_with_one_score(self, many: Reader) -> None:
        before = found(many, None)
        assert found(many, Told({})) == before
        number = int(before[20][1:3])
        one = Told({f"Cramps {number}. Care\n• Rest {number} hours.": 1.0})
        assert found(many, one) == [before[20], *before[:20], *before[21:]]

    def test_moves_a_passage_with_its_scores(self, many: Reader) -> None:
        before = {hit.passage.id: hit for hit in Searcher(many, HashEncoder()).rank("rest", 100)}
        number = int(list(before)[9][1:3])
        told = Told({f"Cramps {number}. Care\n• Rest {number} hours.": 1.0})
        first, *_ = Searcher(many, HashEncoder(), reranker=told).rank("rest")
        assert first.passage.id == f"a{number:02}#care"
        assert (first.scores, first.sentence) == (before[first.passage.id].scores, before[first.passage.id].sentence)

    def test_warms_the_reranker_too(self, many: Reader) -> None:
        told = Told({})
        Searcher(many, HashEncoder(), reranker=told).warm()
        assert [len(texts) for _, texts in told.asked] == [RERANK_DEPTH]

    def test_takes_a_cross_encoder(self, many: Reader, folder: Path) -> None:
        reranker = CrossEncoderReranker(str(folder))
        before = found(many, None)
        assert sorted(found(many, reranker)) == sorted(before)
        assert found(many, reranker)[RERANK_DEPTH:] == before[RERANK_DEPTH:]


class TestOpening:
    def test_takes_the_reranker_that_is_named(
        self, seed_index: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("WELLREAD_MODEL", raising=False)
        monkeypatch.delenv("WELLREAD_RERANKER", raising=False)
        assert open_searcher(seed_index).reranker is None
        named = open_searcher(seed_index, reranker=str(folder)).reranker
        assert named is not None
        assert named.name == str(folder)
        monkeypatch.setenv("WELLREAD_RERANKER", str(folder))
        named = open_searcher(seed_index).reranker
        assert named is not None
        assert named.name == str(folder)

    def test_with_a_reranker_that_is_not_there_is_refused(
        self, seed_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("WELLREAD_MODEL", raising=False)
        with pytest.raises(ModelError, match="nowhere: no such folder"):
            open_searcher(seed_index, reranker=str(tmp_path / "nowhere"))
