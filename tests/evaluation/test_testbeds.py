"""The testbed: the published index as readers ask it, or texts indexed beside it, each text embedded once."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import HashEncoder
from evaluated import Encoders, article, publish_small
from index_files import index_file
from milvus_server import library_name, shared_server

from wellread.articles.passages import passage_text
from wellread.datatypes import Article
from wellread.errors import EvaluationError, IndexMissing, ModelError
from wellread.evaluation.systems import BUILT_IN, System
from wellread.evaluation.testbeds import Indexing, Testbed, Units, index_articles, work_name
from wellread.index.layout import ARRAYS
from wellread.index.milvus.place import read_uri
from wellread.index.milvus.shelf import shelf_at
from wellread.index.reader import Reader
from wellread.search.ranking import Weights

SALT = article("salt", text="Salt is in bread.")
FEVER = article("fever", text="Rest in bed.")
LONG = article("food", bread=" ".join(f"Bread of town {number} is plain." for number in range(20)))
"""Of 20 * 6 words, where a passage holds 64 at most."""


def silent(stage: str, done: int, total: int) -> None:
    """Nothing is told of progress."""


def index(folder: Path, *articles: Article, tokens: int = 64, encoder: HashEncoder | None = None) -> Reader:
    indexing = Indexing(folder, folder / "vectors.sqlite", encoder or HashEncoder(), tokens)
    return index_articles(articles, indexing, silent)


def generations(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "generations").iterdir())


@pytest.fixture
def encoders(monkeypatch: pytest.MonkeyPatch) -> Encoders:
    monkeypatch.delenv("WELLREAD_MODEL", raising=False)
    monkeypatch.delenv("WELLREAD_RERANKER", raising=False)
    return Encoders(monkeypatch)


class TestAnIndexOfArticles:
    def test_is_embedded_once(self, tmp_path: Path) -> None:
        first, second = HashEncoder(), HashEncoder()
        reader = index(tmp_path / "deep" / "index", SALT, FEVER, encoder=first)
        # For each article its passage, which is its only sentence too (title, heading and text), and the heading, which
        # both share
        assert sorted(first.embedded) == [
            "fever\ntext\nRest in bed.",
            "salt\ntext\nSalt is in bread.",
            "text",
        ]
        again = index(tmp_path / "deep" / "index", SALT, FEVER, encoder=second)
        assert second.embedded == []
        assert again.manifest == reader.manifest

    def test_does_not_depend_on_the_order_of_the_articles(self, tmp_path: Path) -> None:
        assert index(tmp_path / "one", SALT, FEVER).manifest == index(tmp_path / "other", FEVER, SALT).manifest

    def test_of_changed_articles_stands_beside_the_old_and_embeds_what_is_new(self, tmp_path: Path) -> None:
        encoder = HashEncoder()
        old = index(tmp_path, SALT, FEVER)
        new = index(tmp_path, SALT, article("fever", text="Drink tea."), encoder=encoder)
        assert sorted(encoder.embedded) == ["fever\ntext\nDrink tea."]
        assert generations(tmp_path) == sorted([old.generation, new.generation])

    def test_that_is_damaged_is_built_again_from_the_vectors_that_are_known(self, tmp_path: Path) -> None:
        reader, other = index(tmp_path, SALT, FEVER), index(tmp_path, SALT)
        index_file(tmp_path, ARRAYS, reader.generation).write_bytes(b"")
        encoder = HashEncoder()
        assert index(tmp_path, SALT, FEVER, encoder=encoder).manifest == reader.manifest
        assert encoder.embedded == []
        assert generations(tmp_path) == sorted([reader.generation, other.generation])

    def test_has_passages_of_at_most_so_many_tokens(self, tmp_path: Path) -> None:
        # The title and the heading take two tokens and the special ones two: sixty words a passage, then twenty-eight.
        parts = {tokens: index(tmp_path, LONG, tokens=tokens).words.fetch(0).parts for tokens in (64, 32)}
        counts = {
            tokens: max(len(reader.passage(row).text.split()) for row in range(reader.passage_count))
            for tokens, reader in ((tokens, index(tmp_path, LONG, tokens=tokens)) for tokens in (64, 32))
        }
        assert parts[32] > parts[64] > 1
        assert counts[32] <= 28 < counts[64] <= 60

    def test_cannot_have_more_tokens_than_its_model_reads(self, tmp_path: Path) -> None:
        with pytest.raises(EvaluationError) as refusal:
            index(tmp_path / "none", SALT, tokens=65)
        assert str(refusal.value) == "the model hash reads at most 64 tokens, not 65\n    use fewer tokens"
        assert not (tmp_path / "none").exists()

    def test_tells_how_far_it_is(self, tmp_path: Path) -> None:
        heard: list[tuple[str, int, int]] = []
        index_articles(
            [SALT, FEVER],
            Indexing(tmp_path, tmp_path / "vectors.sqlite", HashEncoder(), 64),
            lambda stage, done, total: heard.append((stage, done, total)),
        )
        # Of six texts three come again (each sentence is its passage, both have one heading); a heading, then passages.
        embedding = [("embedding", done, 6) for done in (3, 4, 6)]
        assert heard == [("reading", 1, 2), ("reading", 2, 2), *embedding]


class TestThePublishedIndex:
    def test_is_asked_as_readers_ask_it(self, tmp_path: Path, encoders: Encoders) -> None:
        folder = publish_small(tmp_path)
        served = (folder / "CURRENT").read_text().strip()
        testbed = Testbed(folder, None)
        searcher = testbed.searcher(BUILT_IN["default"])
        assert (searcher.generation, searcher.encoder.name, searcher.weights) == (served, "hash", Weights())
        assert searcher.calibration is not None
        assert searcher.calibration.thresholds.answered == 0.6
        assert searcher.reranker is None
        assert testbed.known() == {"flu#signs", "flu#care", "leg#care"}
        assert testbed.folder == folder / "evaluation" / "published"
        assert not testbed.folder.exists()
        assert encoders.embedded == []

    def test_is_opened_once_for_arms_that_only_weigh_differently(self, tmp_path: Path, encoders: Encoders) -> None:
        testbed = Testbed(publish_small(tmp_path), None)
        default, lexical = (testbed.searcher(BUILT_IN[name]) for name in ("default", "lexical"))
        assert lexical.reader is default.reader
        assert lexical.weights == BUILT_IN["lexical"].weights
        assert len(encoders.loaded) == 1

    def test_is_cut_anew_for_an_arm_that_takes_fewer_tokens(self, tmp_path: Path, encoders: Encoders) -> None:
        words = " ".join(f"Bread of town {number} is plain." for number in range(8))
        folder = publish_small(tmp_path, food=f"# Food\n\n## Bread\n\n{words}\n")
        before = generations(folder), (folder / "CURRENT").read_text()
        testbed = Testbed(folder, None)
        short, shorter = (testbed.searcher(System(f"{tokens}", tokens=tokens)) for tokens in (32, 24))
        assert (generations(folder), (folder / "CURRENT").read_text()) == before
        assert generations(testbed.folder) == sorted([short.generation, shorter.generation])
        assert "food#bread.2" not in testbed.known()
        assert testbed.known() < set(short.reader.passage_digests()) < set(shorter.reader.passage_digests())
        # Every other text has its vector already: that of the sentences, headings and whole sections is kept.
        parts = {
            passage_text(searcher.reader.passage(row))
            for searcher in (short, shorter)
            for row in range(searcher.reader.passage_count)
            if searcher.reader.passage(row).parts > 1
        }
        assert encoders.embedded == sorted(parts)

    def test_keeps_what_an_arm_needed_and_does_not_embed_it_again(self, tmp_path: Path, encoders: Encoders) -> None:
        folder = publish_small(tmp_path)
        system = System("other", model="other")
        first = Testbed(folder, None).searcher(system)
        assert first.encoder.name == "other"
        assert encoders.embedded == sorted(
            [
                "Care", "Flu\nCare\nTea.", "Flu\nSigns\nCough.", "Flu\nSigns\nFever.", "Flu\nSigns\nFever. Cough.",
                "Leg\nCare\nRest.", "Signs",
            ]
        )  # fmt: skip
        encoders.loaded.clear()
        assert Testbed(folder, None).searcher(system).generation == first.generation
        assert encoders.embedded == []

    def test_may_have_other_articles_beside_it_by_the_same_encoder(self, tmp_path: Path, encoders: Encoders) -> None:
        folder = publish_small(tmp_path)
        published = Testbed(folder, None)
        beside = published.beside([SALT, FEVER], tmp_path / "bread")
        assert beside.known() == {"salt#text", "fever#text"}
        assert beside.searcher(BUILT_IN["default"]).encoder is published.searcher(BUILT_IN["default"]).encoder
        assert beside.folder == folder / "evaluation" / work_name(tmp_path / "bread")
        assert published.known() == {"flu#signs", "flu#care", "leg#care"}
        assert len(encoders.loaded) == 1

    def test_ranks_without_what_was_fitted_for_an_arms_model(self, tmp_path: Path, encoders: Encoders) -> None:
        searcher = Testbed(publish_small(tmp_path), None).searcher(System("new", model="other"))
        assert searcher.calibration is None
        assert [hit.passage.id for hit in searcher.rank("fever", 1)] == ["flu#signs"]

    def test_has_to_be_there(self, tmp_path: Path, encoders: Encoders) -> None:
        with pytest.raises(IndexMissing):
            Testbed(tmp_path / "none", None)

    def test_has_to_be_of_the_model_that_is_named(self, tmp_path: Path, encoders: Encoders) -> None:
        with pytest.raises(ModelError, match="was made with the model hash, not with this other"):
            Testbed(publish_small(tmp_path), "other")

    def test_names_a_reranker_that_is_missing(self, tmp_path: Path, encoders: Encoders) -> None:
        with pytest.raises(ModelError, match="nowhere: no such folder, and not the id of a hub model"):
            Testbed(publish_small(tmp_path), None).searcher(System("default", reranker="nowhere"))


class TestACollection:
    def test_is_indexed_in_a_folder_of_its_own(self, tmp_path: Path, encoders: Encoders) -> None:
        folder = publish_small(tmp_path)
        before = generations(folder)
        testbed = Testbed(folder, None, [SALT, FEVER], tmp_path / "bread")
        searcher = testbed.searcher(BUILT_IN["dense"])
        assert generations(folder) == before
        assert testbed.folder == folder / "evaluation" / work_name(tmp_path / "bread")
        assert generations(testbed.folder) == [searcher.generation]
        assert set(searcher.reader.passage_digests()) == {"salt#text", "fever#text"}
        assert testbed.known() == {"salt#text", "fever#text"}

    def test_needs_no_published_index_and_embeds_once(self, tmp_path: Path, encoders: Encoders) -> None:
        for _ in range(2):
            Testbed(tmp_path / "index", None, [SALT, FEVER], tmp_path / "bread").searcher(BUILT_IN["dense"])
        assert len(encoders.loaded) == 2
        assert [bool(encoder.embedded) for encoder in encoders.loaded] == [True, False]

    def test_embeds_only_what_another_cut_adds(self, tmp_path: Path, encoders: Encoders) -> None:
        testbed = Testbed(tmp_path / "index", None, [LONG, SALT], tmp_path / "food")
        whole = testbed.searcher(BUILT_IN["dense"])
        before = encoders.embedded
        short = testbed.searcher(System("short", BUILT_IN["dense"].weights, tokens=32))
        # Sentences, headings and the other article are as they were: only the passages of the long section are new.
        new = [text for text in encoders.embedded if text not in before]
        assert len(encoders.embedded) == len(before) + len(new)
        assert {text.split("\n")[0] for text in new} == {"food"}
        assert len(new) == short.reader.passage(0).parts > whole.reader.passage(0).parts
        assert sorted(generations(testbed.folder)) == sorted([short.generation, whole.generation])

    def test_is_asked_with_the_model_that_the_environment_names(
        self, tmp_path: Path, encoders: Encoders, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("WELLREAD_MODEL", "other")
        searcher = Testbed(tmp_path / "index", None, [SALT], tmp_path / "bread").searcher(BUILT_IN["dense"])
        assert searcher.encoder.name == "other"
        named = Testbed(tmp_path / "index", "hash", [SALT], tmp_path / "bread").searcher(BUILT_IN["dense"])
        assert named.encoder.name == "hash"


class TestUnits:
    def test_are_passages_sections_or_articles(self, tmp_path: Path) -> None:
        reader = index(tmp_path, article("b", signs="Fever."), LONG, article("a", care="Tea.", rest="Sleep."))
        rows = range(reader.passage_count)
        passages = [reader.passage(row) for row in rows]
        assert [passage.id for passage in passages[:4]] == ["a#care", "a#rest", "b#signs", "food#bread"]
        assert passages[4].id == "food#bread.2"
        assert [Units(reader, "passage")[row] for row in rows] == [passage.id for passage in passages]
        assert [Units(reader, "article")[row] for row in rows] == [passage.article for passage in passages]
        sections = [Units(reader, "section")[row] for row in rows]
        assert sections[:3] == ["a#care", "a#rest", "b#signs"]
        assert set(sections[3:]) == {"food#bread"}


class TestTheFolderOfACollection:
    def test_has_its_name_and_no_two_share_it(self, tmp_path: Path) -> None:
        (tmp_path / "x" / "food").mkdir(parents=True)
        (tmp_path / "y" / "food").mkdir(parents=True)
        one, other = work_name(tmp_path / "x" / "food"), work_name(tmp_path / "y" / "food")
        assert one != other
        assert one.rpartition("-")[0] == other.rpartition("-")[0] == "food"

    @pytest.mark.parametrize("name", [".", "sub/..", "../food"])
    def test_is_the_same_however_it_is_written(
        self, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "food" / "sub").mkdir(parents=True)
        monkeypatch.chdir(tmp_path / "food")
        assert work_name(Path(name)) == work_name(tmp_path / "food")


class TestTextsInMilvus:
    def test_are_asked_there_beside_what_is_published(
        self, tmp_path: Path, encoders: Encoders, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        uri = f"{shared_server().uri}/{library_name(tmp_path)}"
        signals: list[list[object]] = []
        for engine in ("files", "milvus"):
            monkeypatch.setenv("WELLREAD_ENGINE", engine)
            monkeypatch.setenv("WELLREAD_MILVUS_URI", uri)
            testbed = Testbed(tmp_path / "index", None, [SALT, FEVER], tmp_path / "texts", silent)
            reader = testbed.searcher(BUILT_IN["default"]).reader
            assert type(reader).__name__ == {"files": "Reader", "milvus": "MilvusReader"}[engine]
            query = HashEncoder().encode_queries(["salt in bread"])[0]
            found = reader.candidates("salt in bread", query, 5, ("passages", "sentences", "lexical"))
            signals.append([found.rows.tolist(), found.passage.tolist(), found.sentence.tolist()])
        assert signals[0] == signals[1]
        assert signals[0][0] == [0, 1]
        assert shelf_at(read_uri(uri)).served() == ""  # readers get nothing of it
