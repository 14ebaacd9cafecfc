"""Test collections: read strictly, embedded once, and a document stands where its best passage does."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import HashEncoder

from wellread.collection import index_articles, read_collection, run_documents
from wellread.errors import JudgmentsError
from wellread.judgments import Judgments
from wellread.models import Block, Section
from wellread.search import Searcher

SALT = {"_id": "d1", "title": "Salt", "text": "Salt is in bread."}
FEVER = {"_id": "d2", "title": "Fever", "text": "Rest in bed."}


def jsonl(*rows: Mapping[str, object]) -> str:
    return "".join(f"{json.dumps(row)}\n" for row in rows)


def write(folder: Path, corpus: str | bytes | None, name: str = "corpus.jsonl", judged: str = "d1") -> Path:
    """A collection of one question, for which one document is relevant."""
    (folder / "qrels").mkdir(parents=True)
    if corpus is not None:
        (folder / name).write_bytes(corpus.encode() if isinstance(corpus, str) else corpus)
    (folder / "queries.jsonl").write_text(jsonl({"_id": "q", "text": "salt"}))
    (folder / "qrels" / "test.tsv").write_text(f"query-id\tcorpus-id\tscore\nq\t{judged}\t2\n")
    return folder


def refused(folder: Path) -> str:
    with pytest.raises(JudgmentsError) as refusal:
        read_collection(folder)
    return str(refusal.value).partition("\n")[0]


class TestACollection:
    def test_is_its_documents_and_its_judged_questions(self, tmp_path: Path) -> None:
        articles, judgments = read_collection(write(tmp_path / "bread", jsonl(SALT, FEVER)))
        assert [(article.id, article.title, article.file) for article in articles] == [
            ("d1", "Salt", "d1"),
            ("d2", "Fever", "d2"),
        ]
        assert articles[1].sections == (Section(("Fever",), "text", (Block("paragraph", "Rest in bed.", 2),), 2),)
        assert judgments == Judgments("bread", {"q": "salt"}, {"q": {"d1": 2}})

    def test_may_have_a_compressed_corpus(self, tmp_path: Path) -> None:
        plain = read_collection(write(tmp_path / "plain" / "bread", jsonl(SALT, FEVER)))
        packed = gzip.compress(jsonl(SALT, FEVER).encode())
        assert read_collection(write(tmp_path / "packed" / "bread", packed, "corpus.jsonl.gz")) == plain

    def test_has_its_plain_corpus_where_there_are_both(self, tmp_path: Path) -> None:
        folder = write(tmp_path, jsonl(SALT))
        (folder / "corpus.jsonl.gz").write_bytes(gzip.compress(jsonl(SALT, FEVER).encode()))
        assert [article.id for article in read_collection(folder)[0]] == ["d1"]

    @pytest.mark.parametrize("row", [{"_id": "d1", "text": "x"}, {"_id": "d1", "title": "", "text": "x"}])
    def test_may_have_documents_without_a_title_which_get_their_id(
        self, tmp_path: Path, row: Mapping[str, object]
    ) -> None:
        ((article,), _) = read_collection(write(tmp_path, jsonl(row)))
        assert (article.title, article.sections[0].heading) == ("d1", "d1")

    def test_has_paragraphs_where_lines_end_and_where_there_are_gaps(self, tmp_path: Path) -> None:
        text = "  One  two.\nThree.\n\n\nFour.     Five.\u2028Six.\n \n"
        ((article,), _) = read_collection(write(tmp_path, jsonl({"_id": "d1", "title": " A \n B ", "text": text})))
        assert article.title == "A B"
        assert [block.text for block in article.sections[0].blocks] == ["One two.", "Three.", "Four.", "Five. Six."]

    def test_tells_documents_of_the_same_words_and_other_lines_apart(self, tmp_path: Path) -> None:
        articles, _ = read_collection(write(tmp_path, jsonl(SALT, {**SALT, "_id": "d2"})))
        assert articles[0].sha256 != articles[1].sha256

    @pytest.mark.parametrize("end", ["", "\n", "\r\n"])
    def test_may_begin_with_a_byte_order_mark_and_end_in_any_way(self, tmp_path: Path, end: str) -> None:
        corpus = f"\ufeff{json.dumps(SALT)}{end}"
        assert [article.id for article in read_collection(write(tmp_path, corpus))[0]] == ["d1"]


class TestACollectionIsRefused:
    def test_without_a_corpus(self, tmp_path: Path) -> None:
        folder = write(tmp_path, None)
        assert refused(folder) == f"{folder / 'corpus.jsonl'}: there is no corpus.jsonl or corpus.jsonl.gz"
        assert refused(tmp_path / "nowhere").startswith(f"{tmp_path / 'nowhere' / 'corpus.jsonl'}: there is no ")

    def test_without_questions(self, tmp_path: Path) -> None:
        folder = write(tmp_path, jsonl(SALT))
        (folder / "queries.jsonl").unlink()
        assert refused(folder).startswith(f"{folder / 'queries.jsonl'}: ")

    @pytest.mark.parametrize(
        "line", ["{", "", "[]", "1", "null", '"_id text"', '{"_id": "d2"}', '{"text": "x"}', "d2\tx"]
    )
    def test_for_a_line_that_is_no_document(self, tmp_path: Path, line: str) -> None:
        folder = write(tmp_path, f"{jsonl(SALT)}{line}\n{jsonl(FEVER)}")
        assert refused(folder) == f'{folder / "corpus.jsonl"}:2: not a JSON object with "_id" and "text"'

    def test_for_an_id_that_is_there_twice(self, tmp_path: Path) -> None:
        folder = write(tmp_path, jsonl(SALT, FEVER, SALT))
        assert refused(folder) == f'{folder / "corpus.jsonl"}:3: the id "d1" is there twice'

    @pytest.mark.parametrize("corpus", [jsonl(FEVER), ""])
    def test_for_a_judged_document_that_is_not_in_the_corpus(self, tmp_path: Path, corpus: str) -> None:
        folder = write(tmp_path, corpus)
        assert refused(folder) == f'{folder / "qrels"}: "d1", judged for query "q", is not in the corpus'

    def test_for_a_compressed_corpus_that_was_cut(self, tmp_path: Path) -> None:
        packed = gzip.compress(jsonl(SALT, FEVER).encode())
        folder = write(tmp_path, packed[:-9], "corpus.jsonl.gz")
        assert refused(folder).startswith(f"{folder / 'corpus.jsonl.gz'}: cannot be read (")

    @pytest.mark.parametrize("corpus", [b"not gzip", b"\x1f\x8b"])
    def test_for_a_compressed_corpus_that_is_none(self, tmp_path: Path, corpus: bytes) -> None:
        folder = write(tmp_path, corpus, "corpus.jsonl.gz")
        assert refused(folder).startswith(f"{folder / 'corpus.jsonl.gz'}: cannot be read (")

    def test_for_bytes_that_are_no_utf_8(self, tmp_path: Path) -> None:
        folder = write(tmp_path, b'{"_id": "d1", "text": "na\xefve"}\n')
        assert refused(folder).startswith(f"{folder / 'corpus.jsonl'}: cannot be read (")


class TestItsIndex:
    def test_is_embedded_once(self, tmp_path: Path) -> None:
        articles, _ = read_collection(write(tmp_path / "bread", jsonl(SALT, FEVER)))
        first, second = HashEncoder(), HashEncoder()
        reader = index_articles(articles, tmp_path / "deep" / "index", first)
        # For each document its passage (heading and text), its sentence (behind the heading) and its heading
        assert sorted(first.embedded) == [
            "Fever",
            "Fever\nRest in bed.",
            "Fever: Rest in bed.",
            "Salt",
            "Salt\nSalt is in bread.",
            "Salt: Salt is in bread.",
        ]
        again = index_articles(articles, tmp_path / "deep" / "index", second)
        assert second.embedded == []
        assert again.manifest == reader.manifest

    def test_does_not_depend_on_the_order_of_the_documents(self, tmp_path: Path) -> None:
        articles, _ = read_collection(write(tmp_path / "bread", jsonl(SALT, FEVER)))
        one = index_articles(articles, tmp_path / "one", HashEncoder())
        other = index_articles(articles[::-1], tmp_path / "other", HashEncoder())
        assert one.manifest == other.manifest

    def test_of_a_changed_corpus_replaces_it_and_embeds_what_is_new(self, tmp_path: Path) -> None:
        index = tmp_path / "index"
        index_articles(read_collection(write(tmp_path / "one", jsonl(SALT, FEVER)))[0], index, HashEncoder())
        changed = {**FEVER, "text": "Drink tea."}
        encoder = HashEncoder()
        reader = index_articles(read_collection(write(tmp_path / "two", jsonl(SALT, changed)))[0], index, encoder)
        assert sorted(encoder.embedded) == ["Fever\nDrink tea.", "Fever: Drink tea."]
        assert [folder.name for folder in (index / "generations").iterdir()] == [reader.generation]

    def test_that_is_damaged_is_built_again_from_the_vectors_that_are_known(self, tmp_path: Path) -> None:
        articles, _ = read_collection(write(tmp_path / "bread", jsonl(SALT, FEVER)))
        reader = index_articles(articles, tmp_path / "index", HashEncoder())
        (tmp_path / "index" / "generations" / reader.generation / "passages.faiss").write_bytes(b"")
        encoder = HashEncoder()
        assert index_articles(articles, tmp_path / "index", encoder).manifest == reader.manifest
        assert encoder.embedded == []

    def test_tells_how_far_it_is(self, tmp_path: Path) -> None:
        articles, _ = read_collection(write(tmp_path / "bread", jsonl(SALT, FEVER)))
        heard: list[tuple[str, int, int]] = []
        index_articles(
            articles, tmp_path / "index", HashEncoder(), lambda stage, done, total: heard.append((stage, done, total))
        )
        assert heard == [("reading", 1, 2), ("reading", 2, 2), ("embedding", 6, 6)]


class TestTheRunOfDocuments:
    LONG = " ".join([*(f"Bread of town {number} is plain." for number in range(30)), "Saffron colours rice."])
    """Of 30 * 6 + 3 words, where a passage holds 64 at most."""

    CORPUS = jsonl(
        {"_id": "long", "title": "Food", "text": LONG},
        {"_id": "near", "title": "Food", "text": "Saffron is dear."},
        {"_id": "none", "title": "Rest", "text": "Sleep at night."},
    )

    @pytest.fixture
    def searcher(self, tmp_path: Path) -> Searcher:
        articles, _ = read_collection(write(tmp_path / "food", self.CORPUS, judged="long"))
        return Searcher(index_articles(articles, tmp_path / "index", HashEncoder()), HashEncoder())

    def test_has_a_document_of_many_passages_once_where_the_best_of_them_stands(self, searcher: Searcher) -> None:
        passages = [hit.passage for hit in searcher.rank("saffron colours rice", 100)]
        assert [passage.article for passage in passages].count("long") >= 3
        # The last part of the long document has all three words, and no other passage has more than one.
        assert passages[0].article == "long"
        assert passages[0].part == passages[0].parts
        run = run_documents(searcher, Judgments("food", {"q": "saffron colours rice"}, {"q": {"long": 2}}))
        assert run == {"q": {"long": 1, "near": 1 / 2, "none": 1 / 3}}

    @pytest.mark.parametrize("question", ["saffron", "sleep", "bread of town 3", "night food", "nothing of it"])
    def test_has_the_order_in_which_readers_meet_the_documents(self, searcher: Searcher, question: str) -> None:
        met = list(dict.fromkeys(hit.passage.article for hit in searcher.rank(question, 100)))
        run = run_documents(searcher, Judgments("food", {"q": question}, {"q": {"long": 2}}))
        assert run == {"q": {name: 1 / place for place, name in enumerate(met, 1)}}

    def test_has_k_documents_though_one_of_them_has_more_passages(self, searcher: Searcher) -> None:
        judgments = Judgments("food", {"q": "bread of town 3"}, {"q": {"long": 2}})
        assert {k: len(run_documents(searcher, judgments, k)["q"]) for k in (1, 2, 3, 10)} == {1: 1, 2: 2, 3: 3, 10: 3}

    def test_asks_what_was_judged_and_tells_of_each(self, searcher: Searcher) -> None:
        judgments = Judgments(
            "food", {"p": "sleep", "q": "saffron", "r": "bread"}, {"r": {"long": 2}, "p": {"none": 2}}
        )
        told: list[str] = []
        run = run_documents(searcher, judgments, asked=lambda: told.append("asked"))
        assert list(run) == ["r", "p"]
        assert told == ["asked", "asked"]
