"""What search may rely on, whatever engine keeps the generations: every test here runs against each of `ENGINES`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

import numpy as np
import pytest
from conftest import HashEncoder
from index_files import index_file, index_files
from milvus_server import library_name, shared_server

from wellread.encoders.sentence_transformer import Vectors
from wellread.errors import IndexDamaged, IndexMissing
from wellread.index.layout import DATABASE
from wellread.index.milvus.place import read_uri
from wellread.index.milvus.reader import MilvusReader
from wellread.index.milvus.shelf import shelf_at
from wellread.index.port import Candidates, GenerationReader, Retriever
from wellread.index.reader import Reader
from wellread.publishing.policy import Policy
from wellread.publishing.publish import publish
from wellread.publishing.serving import rollback, served_id, standing_generations

ALL: tuple[Retriever, ...] = ("passages", "sentences", "lexical")


class Engine(Protocol):
    """An engine under test, with an index of its own that is empty at first."""

    def publish(self, articles: Mapping[str, str], keep: int = 5) -> str:
        """Serve these articles, Markdown by name, and keep so many generations; gives the generation's id."""

    def open(self, generation: str) -> GenerationReader:
        """Open a generation; raises IndexMissing and IndexDamaged."""

    def served(self) -> str:
        """The id of the generation being served, or ""."""

    def standing(self) -> set[str]:
        """The ids of the generations that can be gone back to, and of the one being served."""

    def go_back(self, generation: str) -> None:
        """Serve an earlier generation; raises IndexMissing and IndexDamaged."""

    def damage(self, generation: str) -> None:
        """Take something away from what is kept of a generation, or change it."""

    def alter(self, generation: str) -> None:
        """Put other words, as many bytes, in place of those of its first passage."""


class LocalEngine:
    """The files of an index folder."""

    def __init__(self, folder: Path) -> None:
        self._kb, self._index = folder / "kb", folder / "index"
        self._kb.mkdir()

    def _write(self, articles: Mapping[str, str]) -> None:
        for file in self._kb.iterdir():
            file.unlink()
        for name, text in articles.items():
            (self._kb / f"{name}.md").write_text(text)

    def publish(self, articles: Mapping[str, str], keep: int = 5) -> str:
        self._write(articles)
        return publish(self._kb, self._index, HashEncoder(), policy=Policy(allow_shrink=True, keep=keep)).generation

    def open(self, generation: str) -> GenerationReader:
        return Reader(self._index, generation)

    def served(self) -> str:
        return served_id(self._index)

    def standing(self) -> set[str]:
        return {*standing_generations(self._index)}

    def go_back(self, generation: str) -> None:
        rollback(self._index, generation)

    def damage(self, generation: str) -> None:
        file = index_files(self._index, generation)[-1]
        data = bytearray(file.read_bytes())
        data[-1] ^= 1
        file.write_bytes(data)

    def alter(self, generation: str) -> None:
        file = index_file(self._index, DATABASE, generation)
        words = file.read_bytes()
        assert b"Rest" in words
        file.write_bytes(words.replace(b"Rest", b"Move"))


class MilvusEngine(LocalEngine):
    """The same folder as the machine that publishes has it, and a library of its own in Milvus, which readers ask."""

    def __init__(self, folder: Path, uri: str) -> None:
        super().__init__(folder)
        self._place = read_uri(f"{uri}/{library_name(folder)}")

    def publish(self, articles: Mapping[str, str], keep: int = 5) -> str:
        self._write(articles)
        policy = Policy(allow_shrink=True, keep=keep, milvus=self._place)
        return publish(self._kb, self._index, HashEncoder(), policy=policy).generation

    def open(self, generation: str) -> GenerationReader:
        return MilvusReader(shelf_at(self._place), generation)

    def served(self) -> str:
        return shelf_at(self._place).served()

    def standing(self) -> set[str]:
        return {*shelf_at(self._place).standing()}

    def go_back(self, generation: str) -> None:
        rollback(self._index, generation, milvus=self._place)

    def damage(self, generation: str) -> None:
        shelf = shelf_at(self._place)
        for segment in shelf.manifest(generation).segments:
            shelf.client.delete(shelf.blobs.collection, f'key == "{segment.name}/p0/0"')

    def alter(self, generation: str) -> None:
        shelf = shelf_at(self._place)
        key = f"{shelf.manifest(generation).segments[0].name}/p0/0"
        (row,) = shelf.client.get(shelf.blobs.collection, [key], ["owner", "text"], strong=True).values()
        text = row["text"]
        other = {**row, "text": text[:-8] + text[-8:].swapcase(), "vector": [1.0, 0.0]}
        shelf.client.delete(shelf.blobs.collection, f'key == "{key}"')
        shelf.client.insert(shelf.blobs.collection, [other])


def milvus(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """A library in a Milvus server, in two segments."""
    monkeypatch.setattr("wellread.index.segments.LEAST", 8)
    return MilvusEngine(folder, shared_server().uri)


def files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The files of an index, as a small library has them: one segment, vectors whole and in memory."""
    return LocalEngine(folder)


def files_of_many(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The same as a large library has them: segments of one to four articles, arrays read from the disk."""
    monkeypatch.setattr("wellread.index.segments.LEAST", 2)
    monkeypatch.setattr("wellread.index.stored.SMALL", 0)
    return LocalEngine(folder)


def files_in_codes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The same with vectors in codes: approximate, but with so few rows every one is compared by its long code."""
    monkeypatch.setattr("wellread.index.vectors.EXACT", 4)
    return files_of_many(folder, monkeypatch)


ENGINES: tuple[Callable[[Path, pytest.MonkeyPatch], Engine], ...] = (files, files_of_many, files_in_codes, milvus)

SUBJECTS = "asthma burns cramps croup eczema fever gout hives migraine mumps shingles sprains".split()
CARE = "rest water salt heat cold sleep tea bandage ice cream movement air".split()


def library(changed: str = "") -> dict[str, str]:
    """Twelve articles, three passages and six sentences each; the one that is `changed` says something else."""
    return {
        subject: f"# {subject.title()}\n\n## Causes\n\n{subject.title()} comes of {CARE[-n]}. It may pass.\n\n"
        f"## Care\n\nTake {CARE[n]}. {'Ask a nurse' if subject == changed else 'Rest your leg'}.\n\n"
        f"## Signs\n\nThe skin is red. {CARE[n - 1].title()} helps some.\n"
        for n, subject in enumerate(SUBJECTS)
    }


def first_words(opened: Callable[[str], GenerationReader], generation: str) -> str:
    """The text of the first passage, as a reader gets it."""
    reader = opened(generation)
    with reader.reading():
        return reader.passage(0).text


@pytest.fixture(params=ENGINES, ids=lambda engine: engine.__name__)
def engine(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    made: Engine = request.param(tmp_path, monkeypatch)
    return made


def vector_of(text: str) -> Vectors:
    return np.asarray(HashEncoder().encode_queries([text])[0], np.float32)


def found_by(reader: GenerationReader, question: str, depth: int = 5, by: tuple[Retriever, ...] = ALL) -> Candidates:
    with reader.reading():
        return reader.candidates(question, vector_of(question), depth, by)


def told(reader: GenerationReader, question: str) -> list[tuple[str, float, float, float]]:
    """The candidates of a question by id, with their signals as far as codes are good."""
    found = found_by(reader, question)
    return [
        (
            reader.passage(int(found.rows[place])).id,
            round(float(found.passage[place]), 2),
            round(float(found.sentence[place]), 2),
            round(float(found.lexical[place]), 2),
        )
        for place in range(len(found.rows))
    ]


class TestCandidates:
    def test_of_vectors_are_the_nearest_passages_ties_by_row(self, engine: Engine) -> None:
        reader = engine.open(engine.publish(library()))
        for question in ("does ice help against fever", "what is gout", "red skin", "rest your leg"):
            self._check_nearest(reader, question)

    def _check_nearest(self, reader: GenerationReader, question: str) -> None:
        passages = [reader.passage(row) for row in range(reader.passage_count)]
        texts = ["\n".join((" ".join((p.title, *p.path)), p.text)) for p in passages]
        exact = HashEncoder().encode_documents(texts) @ vector_of(question)
        best = sorted(range(len(texts)), key=lambda row: (-round(float(exact[row]), 4), row))
        found = found_by(reader, question, 5, ("passages",))
        assert found.rows.tolist() == sorted(found.rows.tolist())
        last = round(float(exact[best[4]]), 2)
        assert {row for row in best[:5] if exact[row] > last + 0.02} <= {*found.rows.tolist()}
        assert all(exact[row] > last - 0.02 for row in found.rows)
        assert len(found.rows) == 5

    def test_have_every_signal(self, engine: Engine) -> None:
        reader = engine.open(engine.publish(library()))
        found = found_by(reader, "does ice help against fever")
        assert [reader.articles()[place].id for place in found.articles] == [
            reader.passage(int(row)).article for row in found.rows
        ]
        assert found.headings.shape == (len(found.rows), 64)
        assert np.linalg.norm(found.headings, axis=1) == pytest.approx(np.ones(len(found.rows)), abs=0.01)
        for place, row in enumerate(found.rows.tolist()):
            own = reader.sentence_vectors(row) @ vector_of("does ice help against fever")
            assert found.sentence[place] == pytest.approx(float(own.max()), abs=1e-6)
        assert found.lexical.max() > 0

    def test_come_of_the_retrievers_that_are_asked(self, engine: Engine) -> None:
        reader = engine.open(engine.publish(library()))
        assert found_by(reader, "gout", by=()).rows.tolist() == []
        words = found_by(reader, "gout", by=("lexical",))
        assert {reader.passage(int(row)).article for row in words.rows} == {"gout"}
        assert found_by(reader, "zzz", by=("lexical",)).rows.tolist() == []
        each = [{*found_by(reader, "gout", by=(one,)).rows.tolist()} for one in ALL]
        assert {*found_by(reader, "gout").rows.tolist()} == set.union(*each)

    def test_are_alike_in_all_engines(self, engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> None:
        folder = tmp_path_factory.mktemp("other")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("wellread.index.segments.LEAST", 64)
            patch.setattr("wellread.index.vectors.EXACT", 10_000)
            local = files(folder, patch)
            expected = local.open(local.publish(library()))
            answers = {text: told(expected, text) for text in ("ice against fever", "gout", "red skin", "tea")}
        reader = engine.open(engine.publish(library()))
        for text, answer in answers.items():
            names = [name for name, *_ in told(reader, text)]
            assert names == [name for name, *_ in answer]
            for mine, other in zip(told(reader, text), answer, strict=True):
                assert mine[1:] == pytest.approx(other[1:], abs=0.021)

    def test_of_a_vector_of_another_shape_are_refused(self, engine: Engine) -> None:
        reader = engine.open(engine.publish(library()))
        for shape in ((63,), (65,), (0,), (1, 64)):
            with pytest.raises(ValueError, match="64 dimensions"):
                reader.candidates("gout", np.ones(shape, np.float32), 5, ALL)

    def test_of_any_words_are_found_or_none(self, engine: Engine) -> None:
        reader = engine.open(engine.publish(library()))
        by_words: tuple[Retriever, ...] = ("lexical",)
        for question in ("", "?", "\0", "' OR 1=1 --", "\ud800", "x" * 10_000, "足がつる"):
            assert reader.candidates(question, vector_of("gout"), 3, by_words).rows.tolist() == [], question


class TestPassages:
    def test_stand_by_article_and_in_reading_order(self, engine: Engine) -> None:
        reader = engine.open(engine.publish(library()))
        names = [reader.passage(row).id for row in range(reader.passage_count)]
        assert names == [f"{subject}#{part}" for subject in SUBJECTS for part in ("causes", "care", "signs")]
        assert [reader.row_of(name) for name in names] == list(range(36))
        assert list(reader.passage_digests()) == names
        assert [article.id for article in reader.articles()] == SUBJECTS
        assert [(one.article, one.anchor) for one in reader.headings()] == [tuple(name.split("#")) for name in names]

    def test_that_are_not_there_are_a_key_error(self, engine: Engine) -> None:
        reader = engine.open(engine.publish(library()))
        for row in (-1, 36, 1 << 40):
            with pytest.raises(KeyError):
                reader.passage(row)
        for name in ("", "#", "aaa#x", "gout", "gout#x", "zzz#causes"):
            with pytest.raises(KeyError):
                reader.row_of(name)
        assert [reader.article(name) for name in ("", "aaa", "gouty", "zzz")] == [None] * 4

    def test_come_whole(self, engine: Engine) -> None:
        reader = engine.open(engine.publish(library("gout")))
        passage = reader.passage(reader.row_of("gout#care"))
        assert (passage.title, passage.text) == ("Gout", "Take tea. Ask a nurse.")
        article = reader.article("gout")
        assert article is not None
        assert [section.anchor for section in article.sections if section.blocks] == ["causes", "care", "signs"]
        assert reader.sentence_vectors(reader.row_of("gout#care")).shape == (2, 64)
        assert reader.token_vectors(reader.row_of("gout#care")).shape[1] == 64


class TestTerms:
    def test_are_counted_over_the_whole_library(self, engine: Engine) -> None:
        reader = engine.open(engine.publish(library("gout")))
        counts = {term: reader.passages_with(term) for term in ("leg", "nurs", "red", "gout", "zzz", "")}
        assert counts == {"leg": 11, "nurs": 1, "red": 12, "gout": 3, "zzz": 0, "": 0}
        assert [found for found in reader.terms_like("s", 4, 4) if found[0] in ("skin", "salt", "sign")] == [
            ("salt", 3),
            ("sign", 12),
            ("skin", 12),
        ]
        assert reader.terms_like("q", 1, 20) == []

    def test_are_found_side_by_side_and_in_their_forms(self, engine: Engine) -> None:
        reader = engine.open(engine.publish(library("gout")))
        assert [reader.has_phrase(words) for words in ("rest your legs", "leg your rest", "a nurse", "", "zzz")] == [
            True,
            False,
            True,
            False,
            False,
        ]
        assert list(reader.forms_of("nurs")) == ["nurse"]
        assert list(reader.forms_of("zzz")) == []


class TestGenerations:
    def test_are_served_from_one_moment_to_the_next(self, engine: Engine) -> None:
        assert engine.served() == ""
        first = engine.publish(library())
        assert engine.served() == first
        second = engine.publish(library("gout"))
        assert engine.served() == second != first
        assert engine.standing() == {first, second}

    def test_have_the_name_of_their_content(self, engine: Engine) -> None:
        first, second = engine.publish(library()), engine.publish(library("gout"))
        assert [engine.publish(library()), engine.publish(library("gout"))] == [first, second]

    def test_are_gone_back_to_whole(self, engine: Engine) -> None:
        first = engine.publish(library())
        before = told(engine.open(first), "ask a nurse about gout")
        second = engine.publish(library("gout"))
        after = told(engine.open(second), "ask a nurse about gout")
        assert before != after
        engine.go_back(first)
        assert engine.served() == first
        assert told(engine.open(first), "ask a nurse about gout") == before
        engine.go_back(second)
        assert told(engine.open(second), "ask a nurse about gout") == after

    def test_stay_what_they_are_for_who_has_them_open(self, engine: Engine) -> None:
        reader = engine.open(engine.publish(library()))
        before = told(reader, "rest your leg")
        for changed in ("gout", "burns", "mumps"):
            engine.publish(library(changed), keep=1)
        engine.publish({"other": "# Other\n\n## Part\n\nNothing.\n"}, keep=1)
        assert len(engine.standing()) == 1
        assert told(reader, "rest your leg") == before
        assert [reader.passage(row).article for row in range(0, 36, 3)] == SUBJECTS
        with pytest.raises(IndexMissing):
            engine.open(reader.generation)

    def test_that_are_not_kept_leave_the_others_whole(self, engine: Engine) -> None:
        for changed in ("gout", "burns", "mumps", "fever"):
            last = engine.publish(library(changed), keep=2)
        assert len(engine.standing()) == 2
        for generation in engine.standing():
            assert engine.open(generation).passage_count == 36
        assert engine.served() == last

    def test_may_be_empty(self, engine: Engine) -> None:
        reader = engine.open(engine.publish({}))
        assert (reader.passage_count, reader.articles()) == (0, ())
        assert found_by(reader, "gout").rows.tolist() == []
        assert reader.passages_with("gout") == 0
        assert engine.open(engine.publish(library())).passage_count == 36

    def test_that_are_not_there_are_missing(self, engine: Engine) -> None:
        engine.publish(library())
        for name in ("0123456789abcdef", "x", ""):
            with pytest.raises((IndexMissing, IndexDamaged)):
                engine.open(name)

    def test_that_are_damaged_are_refused_and_mended_by_publishing(self, engine: Engine) -> None:
        first = engine.publish(library())
        second = engine.publish({name: text.replace("Rest", "Move") for name, text in library().items()})
        before = told(engine.open(second), "gout")
        engine.damage(second)
        with pytest.raises(IndexDamaged):
            engine.open(second)
        assert engine.open(first).passage_count == 36
        assert engine.publish({name: text.replace("Rest", "Move") for name, text in library().items()}) == second
        assert told(engine.open(second), "gout") == before

    def test_that_are_damaged_under_a_reader_are_told(self, engine: Engine) -> None:
        reader = engine.open(engine.publish(library()))
        engine.damage(reader.generation)
        with pytest.raises(IndexDamaged), reader.reading():
            reader.passage(0)

    def test_whose_words_somebody_altered_are_never_quoted(self, engine: Engine) -> None:
        generation = engine.publish(library())
        engine.alter(generation)
        with pytest.raises(IndexDamaged, match=r"p0 has other content|passages\.sqlite: has other content"):
            first_words(engine.open, generation)
