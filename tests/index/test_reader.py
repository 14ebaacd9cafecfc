"""A generation on disk: exact rankings, the same bytes for the same content, and no damage that goes unnoticed."""

from __future__ import annotations

import hashlib
import json
import re
import weakref
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import HashEncoder
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from index_files import index_file
from numpy.typing import NDArray

from wellread.articles.passages import GRAINS, Grain, cut_article
from wellread.commands import ingest_command
from wellread.datatypes import Article, Block, Link, Passage, Section
from wellread.encoders.sentence_transformer import Vectors
from wellread.errors import IndexDamaged, IndexMissing
from wellread.index.database import Content, content_of
from wellread.index.layout import ARRAYS, DATABASE, MANIFEST, current_generation, generation_folder, segment_folder
from wellread.index.manifest import FORMAT, Manifest, generation_id, write_manifest
from wellread.index.reader import Reader
from wellread.index.stored import StoredFile
from wellread.index.tokens import token_codes
from wellread.index.writer import Embedded, SegmentSpec, write_segment

FILES = (MANIFEST, DATABASE, ARRAYS)
NAME = "0123456789abcdef"


def article(name: str, *texts: str) -> Article:
    """An article with a section for each text."""
    sections = tuple(
        Section((f"Part {number}",), f"part-{number}", (Block("paragraph", text, number),), number)
        for number, text in enumerate(texts, 1)
    )
    return Article(name, name.title(), sections, f"{name}.txt", hashlib.sha256(repr(texts).encode()).hexdigest())


ARTICLES = (
    article("cramps", "Cramps hurt. Rest your leg.", "Magnesium helps. Don't stop.", "Drink water."),
    article("flu", "Influenza is a viral infection. Vaccinations protect.", "COVID-19 is another. Rest."),
)


def contents_of(articles: tuple[Article, ...]) -> list[Content]:
    return [content_of(one, cut_article(one, HashEncoder().count_tokens, 64)) for one in articles]


def passages_of(articles: tuple[Article, ...]) -> list[Passage]:
    return [passage for content in contents_of(articles) for passage in content.passages]


def tokens_of(passages: Sequence[Passage], dimension: int) -> list[NDArray[np.uint8]]:
    """Codes of random vectors, one for each word of each passage, and none for the last passage."""
    chance = np.random.default_rng(2)
    counts = [*(len(passage.text.split()) for passage in passages[:-1]), 0]
    return [token_codes(chance.standard_normal((count, dimension)).astype(np.float32)) for count in counts]


def entries_of(contents: list[Content], vectors: dict[Any, Vectors]) -> Iterator[tuple[Content, Embedded]]:
    """Articles with their rows of given vectors; what is left over comes with the last."""
    passage = sentence = 0
    for content in contents:
        passages = slice(passage, passage := passage + len(content.passages))
        sentences = slice(sentence, sentence := sentence + sum(len(one.sentences) for one in content.passages))
        if content is contents[-1]:
            passages, sentences = slice(passages.start, None), slice(sentences.start, None)
        rows: dict[Grain, Vectors] = {
            "passages": vectors["passages"][passages],
            "sentences": vectors["sentences"][sentences],
            "headings": vectors["headings"][passages],
        }
        yield content, Embedded(rows, tokens_of(content.passages, vectors["passages"].shape[1]))


def digests_of(contents: list[Content]) -> dict[str, str]:
    return {content.article.id: content.digest for content in contents}


SEGMENT = "fedcba9876543210"


def build(index: Path, articles: tuple[Article, ...] = ARTICLES, vectors: dict[Any, Vectors] | None = None) -> Reader:
    """Write a generation of one segment and CURRENT, and open it; without vectors, random ones stand in."""
    folder = generation_folder(index, NAME)
    folder.mkdir(parents=True)
    passages = passages_of(articles)
    sentences = sum(len(passage.sentences) for passage in passages)
    counts = {"passages": len(passages), "sentences": sentences, "headings": len(passages)}
    chance = np.random.default_rng(1)
    drawn: dict[Any, Vectors] = {
        grain: chance.standard_normal((counts[grain], 8)).astype(np.float32) for grain in GRAINS
    }
    vectors = vectors or drawn
    dimension = vectors["passages"].shape[1]
    segment_folder(index, SEGMENT).mkdir(parents=True)
    segment = write_segment(
        segment_folder(index, SEGMENT),
        SegmentSpec(SEGMENT, dimension, dict.fromkeys(GRAINS, False)),
        entries_of(contents_of(articles), vectors),
    )
    whole = {**segment.counts, "texts": 1}
    write_manifest(folder, Manifest(NAME, FORMAT, "hash", "hash-8", "code", dimension, whole, {}, (segment,)))
    (index / "CURRENT").write_text(f"{NAME}\n")
    return Reader(index, current_generation(index))


@pytest.fixture
def index(tmp_path: Path) -> Path:
    build(tmp_path / "index")
    return tmp_path / "index"


def open_served(index: Path) -> Reader:
    return Reader(index, current_generation(index))


class TestDense:
    @settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(rows=st.integers(1, 60), k=st.integers(1, 70), seed=st.integers(0, 2**32 - 1), grain=st.sampled_from(GRAINS))
    def test_is_what_brute_force_finds_ties_by_row(
        self, rows: int, k: int, seed: int, grain: Any, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        # Small whole numbers: products are exact in any order of adding, and many rows tie.
        chance = np.random.default_rng(seed)
        whole = chance.integers(-2, 3, (rows, 4)).astype(np.float32)
        query = chance.integers(-2, 3, 4).astype(np.float32)
        articles = (article("a", *["Rest."] * rows),)
        reader = build(tmp_path_factory.mktemp("i"), articles, dict.fromkeys(GRAINS, whole))
        found, scores = reader.dense(query, grain, k)
        exact = whole @ query
        best = sorted(range(rows), key=lambda row: (-exact[row], row))[:k]
        assert found.tolist() == best
        assert scores.tolist() == exact[best].tolist()
        chosen = chance.permutation(rows)[:5].tolist()
        assert reader.similarity(query, grain, chosen).tolist() == exact[chosen].tolist()

    def test_is_close_to_brute_force_over_unit_vectors_of_the_real_size(self, tmp_path: Path) -> None:
        chance = np.random.default_rng(1)
        unit = chance.standard_normal((300, 384)).astype(np.float32)
        unit /= np.linalg.norm(unit, axis=1, keepdims=True)
        reader = build(tmp_path, (article("a", *["Rest."] * 300),), dict.fromkeys(GRAINS, unit))
        for query in unit[:20]:
            found, scores = reader.dense(query, "passages", 100)
            assert found.tolist() == np.argsort(-(unit @ query))[:100].tolist()
            assert scores == pytest.approx((unit @ query)[found], abs=1e-6)

    @pytest.mark.parametrize("k", [1, 3, 10, 70, 99, 100, 101])
    def test_of_many_rows_that_tie_are_the_first_ones(self, tmp_path: Path, k: int) -> None:
        # 100 rows: the last is the nearest, the others tie.
        rows = np.array([[1, 0]] * 99 + [[1, 1]], np.float32)
        reader = build(tmp_path, (article("a", *["Rest."] * 100),), dict.fromkeys(GRAINS, rows))
        found, scores = reader.dense(np.array([1, 1], np.float32), "sentences", k)
        assert found.tolist() == [99, *range(99)][:k]
        assert scores.tolist() == [2.0, *[1.0] * 99][:k]

    def test_with_k_above_the_number_of_rows_gives_every_row_once(self, index: Path) -> None:
        rows, _ = open_served(index).dense(np.ones(8, np.float32), "sentences", 1000)
        assert sorted(rows.tolist()) == list(range(9))

    @pytest.mark.parametrize("shape", [(7,), (9,), (1, 8), (0,), ()])
    def test_of_another_dimension_is_refused(self, index: Path, shape: tuple[int, ...]) -> None:
        with pytest.raises(ValueError, match="the index 8 dimensions"):
            open_served(index).dense(np.ones(shape, np.float32), "passages", 1)

    def test_similarity_of_no_rows_is_empty(self, index: Path) -> None:
        assert open_served(index).similarity(np.ones(8, np.float32), "passages", []).size == 0


class TestLexical:
    @pytest.mark.parametrize(
        ("question", "first"),
        [
            ("cramp", "cramps#part-1"),
            ("does it hurt", "cramps#part-1"),
            ("infections", "flu#part-1"),
            ("vaccinated?", "flu#part-1"),
            ("covid-19", "flu#part-2"),
            ("Covid 19!", "flu#part-2"),
            ("don't", "cramps#part-2"),
            ("don’t", "cramps#part-2"),
            ("MAGNÉSIUM", "cramps#part-2"),
            ("water NEAR( OR", "cramps#part-3"),
        ],
    )
    def test_finds_words_by_their_stem(self, index: Path, question: str, first: str) -> None:
        reader = open_served(index)
        rows, scores = reader.lexical(question, 10)
        assert reader.words.fetch(int(rows[0])).id == first
        assert all(scores > 0)
        assert list(scores) == sorted(scores, reverse=True)

    @pytest.mark.parametrize(
        "question",
        [
            "", " ", "?", '"', '""', "'", "flu?", 'say "flu', "NEAR(", "NEAR(a b, 2", "AND", "a AND", "NOT flu", "*",
            "fl*", "title:flu", "-flu", "^flu", "(", ")", "{flu}", "flu + rest", "; DROP TABLE passages", "_", "___",
            "flu_rest", "🦵", "flu🦵rest", "\0", "flu\0rest", "\ud800", "足がつる", "a\u0301", "ﬂu", "½", "١٢", "’",
            "'''", "%s", "\\", " ".join(f"word{number}" for number in range(10_000)), "flu " * 10_000, "x" * 100_000,
        ],
    )  # fmt: skip
    def test_takes_any_question(self, index: Path, question: str) -> None:
        rows, scores = open_served(index).lexical(question, 3)
        assert len(rows) == len(scores) <= 3

    @given(st.text(max_size=50) | st.text(st.sampled_from("\"'’*()-+^:{}, ANDORTNEARflu_"), max_size=50))
    @settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_takes_any_text(self, index: Path, question: str) -> None:
        open_served(index).lexical(question, 3)

    def test_ties_go_by_row(self, tmp_path: Path) -> None:
        reader = build(tmp_path, (article("a", *["Rest."] * 20),))
        rows, scores = reader.lexical("rest", 7)
        assert rows.tolist() == list(range(7))
        assert len(set(scores.tolist())) == 1


class TestWords:
    def test_come_back_as_they_were_written(self, tmp_path: Path) -> None:
        blocks = (
            Block("paragraph", "Rest — “now”.", 3, links=(Link(0, 4, "https://example.org/é?a=1"),)),
            Block("item", "Drink.", 4, "1.", 2),
            Block("row", "Dose | 5 mg", 5, cells=("Dose", "5 mg")),
        )
        sections = (
            Section(("Care",), "care", (), 2),
            Section(("Care", "At home"), "home", blocks, 3),
            Section(("Care", "Long"), "long", (Block("paragraph", "Rest your leg now. " * 40, 9),), 9, "faq"),
        )
        (first, second) = ARTICLES
        whole = Article("a/b", "Cramps", sections, "a/b.md", "0" * 64, "Ask.", "NHS", "en")
        reader = build(tmp_path, (whole, first, second))
        passages = passages_of((whole, first, second))
        assert [reader.words.fetch(row) for row in range(len(passages))] == passages
        assert reader.words.article("a/b") == whole
        assert [reader.words.article(one.id) for one in ARTICLES] == list(ARTICLES)
        assert [one.id for one in reader.words.articles()] == ["a/b", "cramps", "flu"]
        assert reader.words.article("nobody") is None
        with pytest.raises(KeyError):
            reader.words.fetch(len(passages))

    def test_sentence_rows_are_those_of_their_passage(self, index: Path) -> None:
        reader = open_served(index)
        rows = [list(reader.sentence_rows(range(row, row + 1))) for row in range(5)]
        assert rows == [[0, 1], [2, 3], [4], [5, 6], [7, 8]]
        assert reader.sentence_rows(range(1, 4)) == range(2, 7)
        assert reader.sentence_rows(range(5)) == range(9)
        assert reader.passage_of.tolist() == [0, 0, 1, 1, 2, 3, 3, 4, 4]

    def test_vectors_come_back_as_they_were_put_in(self, tmp_path: Path) -> None:
        five = np.eye(5, 9, dtype=np.float32)
        vectors = {"passages": five, "sentences": np.eye(9, dtype=np.float32), "headings": five}
        reader = build(tmp_path, vectors=vectors)
        assert reader.vectors("sentences", range(2, 6)).tolist() == np.eye(9)[2:6].tolist()
        assert reader.vectors("passages", range(5)).tolist() == np.eye(5, 9).tolist()


class TestTheSameContent:
    def test_gives_the_same_bytes_in_every_file(self, tmp_path: Path) -> None:
        for name in ("one", "two"):
            build(tmp_path / name)
        for file in FILES:
            one, two = (index_file(tmp_path / name, file) for name in ("one", "two"))
            assert one.read_bytes() == two.read_bytes(), file
        standing = [file.name for file in (tmp_path / "one").rglob("*.*")]
        assert sorted(standing) == sorted(FILES)

    def test_gives_the_same_id_and_other_content_another(self) -> None:
        both = contents_of(ARTICLES)
        name = generation_id(digests_of(both), "model", "code")
        renamed = replace(ARTICLES[1], file="influenza.txt")
        others = {
            generation_id(digests_of(both[:1]), "model", "code"),
            generation_id(digests_of(both[::-1]), "model", "code"),
            generation_id(digests_of([both[0], content_of(ARTICLES[1], both[1].passages[:1])]), "model", "code"),
            generation_id(digests_of([both[0], content_of(renamed, both[1].passages)]), "model", "code"),
            generation_id(digests_of(both), "other", "code"),
            generation_id(digests_of(both), "model", "other"),
        }
        assert generation_id(digests_of(contents_of(ARTICLES)), "model", "code") == name
        assert re.fullmatch("[0-9a-f]{16}", name)
        assert len(others | {name}) == 7

    @pytest.mark.parametrize("rows", [4, 6])
    def test_needs_a_vector_for_every_passage(self, tmp_path: Path, rows: int) -> None:
        vectors = {
            "passages": np.ones((rows, 8), np.float32),
            "sentences": np.ones((9, 8), np.float32),
            "headings": np.ones((5, 8), np.float32),
        }
        with pytest.raises(ValueError, match=f"passages: {rows} vectors came for 5"):
            build(tmp_path, vectors=vectors)

    def test_needs_tokens_for_every_passage(self, tmp_path: Path) -> None:
        content = contents_of(ARTICLES)[0]
        sizes = {"passages": 3, "sentences": 5, "headings": 3}
        vectors = {grain: np.ones((sizes[grain], 8), np.float32) for grain in GRAINS}
        with pytest.raises(ValueError, match="tokens of 2 passages came for 3"):
            write_segment(
                tmp_path,
                SegmentSpec(SEGMENT, 8, dict.fromkeys(GRAINS, False)),
                [(content, Embedded(vectors, tokens_of(content.passages, 8)[:2]))],
            )

    def test_in_codes_the_vectors_of_an_article_are_let_go_once_the_next_one_is_written(self, tmp_path: Path) -> None:
        contents = contents_of((*ARTICLES, article("gout", "Toes hurt.")))
        given: list[weakref.ref[Vectors]] = []

        def entries() -> Iterator[tuple[Content, Embedded]]:
            for content in contents:
                assert all(rows() is None for rows in given[:-3])  # all but those of the article before
                count, sentences = len(content.passages), sum(len(one.sentences) for one in content.passages)
                sizes = {"passages": count, "sentences": sentences, "headings": count}
                vectors: dict[Grain, Vectors] = {grain: np.ones((sizes[grain], 8), np.float32) for grain in GRAINS}
                given.extend(weakref.ref(rows) for rows in vectors.values())
                yield content, Embedded(vectors, tokens_of(content.passages, 8))

        segment = write_segment(tmp_path, SegmentSpec(SEGMENT, 8, dict.fromkeys(GRAINS, True)), entries())
        assert segment.counts == {"articles": 3, "passages": 6, "sentences": 10, "headings": 6}
        assert len(given) == 9


def truncated(content: bytes) -> bytes:
    return content[: len(content) // 2]


def emptied(content: bytes) -> bytes:
    return b""


def lengthened(content: bytes) -> bytes:
    return content + b"\n"


def flipped(place: int) -> Callable[[bytes], bytes]:
    def flip(content: bytes) -> bytes:
        at = place % len(content)
        return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]

    return flip


class TestDamage:
    @pytest.mark.parametrize("name", FILES)
    @pytest.mark.parametrize(
        "damage", [truncated, emptied, flipped(0), flipped(200), flipped(-3)], ids=lambda damage: damage.__name__
    )
    def test_of_any_file_is_refused_by_name(self, index: Path, name: str, damage: Callable[[bytes], bytes]) -> None:
        file = index_file(index, name)
        file.write_bytes(damage(file.read_bytes()))
        with pytest.raises(IndexDamaged) as refused:
            open_served(index)
        assert str(refused.value).startswith(f"{file}: ")
        assert str(refused.value).endswith(f"\n    rebuild it: wellread ingest --index {index}")

    @pytest.mark.parametrize("name", [name for name in FILES if name != "manifest.json"])
    def test_of_a_file_that_is_replaced_after_it_was_compared_is_refused(
        self, index: Path, name: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = index_file(index, name)
        holds = StoredFile.holds

        def compared(stored: StoredFile, digest: str) -> bool:
            found = holds(stored, digest)
            if stored.name == name:
                file.with_suffix(".other").write_bytes(file.read_bytes())
                file.with_suffix(".other").replace(file)
            return found

        monkeypatch.setattr(StoredFile, "holds", compared)
        with pytest.raises(IndexDamaged, match="was written to while it was opened") as refused:
            open_served(index)
        assert refused.value.where == str(file)

    @pytest.mark.parametrize("name", [name for name in FILES if name != "manifest.json"])
    def test_of_a_file_that_grew_is_refused(self, index: Path, name: str) -> None:
        file = index_file(index, name)
        size = file.stat().st_size
        file.write_bytes(lengthened(file.read_bytes()))
        with pytest.raises(IndexDamaged, match=f"has {size + 1} bytes, not {size}"):
            open_served(index)

    @pytest.mark.parametrize("name", FILES)
    def test_of_a_missing_file_is_refused(self, index: Path, name: str) -> None:
        file = index_file(index, name)
        file.unlink()
        with pytest.raises((IndexDamaged, IndexMissing)) as refused:
            open_served(index)
        assert str(file if name != "manifest.json" else file.parent) in str(refused.value)
        assert "wellread ingest" in str(refused.value)

    @pytest.mark.parametrize("name", FILES)
    def test_of_a_folder_in_a_files_place_is_refused(self, index: Path, name: str) -> None:
        file = index_file(index, name)
        file.unlink()
        file.mkdir()
        with pytest.raises(IndexDamaged, match=name):
            open_served(index)

    def test_of_every_byte_of_the_manifest_is_noticed(self, index: Path) -> None:
        file = generation_folder(index, NAME) / "manifest.json"
        content = file.read_bytes()
        for place in range(len(content) - 1):
            file.write_bytes(flipped(place)(content))
            with pytest.raises(IndexDamaged):
                open_served(index)
        file.write_bytes(content)
        open_served(index)

    def test_of_the_folder_of_generations_is_a_missing_generation(self, index: Path) -> None:
        generation_folder(index, NAME).rename(index / "elsewhere")
        with pytest.raises(IndexMissing, match=r"there is no such generation\n    rebuild it: wellread ingest"):
            open_served(index)

    def test_generation_under_another_name_is_refused(self, index: Path) -> None:
        other = NAME[::-1]
        generation_folder(index, NAME).rename(generation_folder(index, other))
        with pytest.raises(IndexDamaged, match=f"belongs to generation {NAME}"):
            Reader(index, other)


class TestTheManifest:
    @settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        st.binary(max_size=200)
        | st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(
                        ["generation", "format", "model", "code", "files", "counts", "dimension", "seal", "x"]
                    ),
                    inner,
                )
            ),
        ).map(lambda value: json.dumps(value).encode())
    )
    def test_of_any_shape_is_refused_and_nothing_worse(self, index: Path, content: bytes) -> None:
        (generation_folder(index, NAME) / "manifest.json").write_bytes(content)
        with pytest.raises(IndexDamaged, match=r"manifest\.json: no manifest to go by"):
            open_served(index)

    @pytest.mark.parametrize(
        "content",
        [
            b"[" * 100_000,
            b'{"a":' * 100_000,
            b"9" * 10_000,
            b"Infinity",
            b'{"seal": NaN}',
            b'{"\xff": 1}',
            b'"\\ud800"',
        ],
        ids=lambda content: content[:8].decode("latin-1"),
    )
    def test_of_hostile_content_is_refused(self, index: Path, content: bytes) -> None:
        (generation_folder(index, NAME) / "manifest.json").write_bytes(content)
        with pytest.raises(IndexDamaged, match="no manifest to go by"):
            open_served(index)

    @pytest.mark.parametrize(
        "key", ["generation", "format", "model", "fingerprint", "code", "dimension", "counts", "segments", "seal"]
    )
    @pytest.mark.parametrize("value", [None, True, 0, 1.5, "x", [], {}, "gone"], ids=repr)
    def test_with_one_value_replaced_or_gone_is_refused(self, index: Path, key: str, value: object) -> None:
        file = generation_folder(index, NAME) / "manifest.json"
        content = json.loads(file.read_text())
        content[key] = value
        if value == "gone":
            del content[key]
        file.write_text(json.dumps(content))
        with pytest.raises(IndexDamaged, match="no manifest to go by"):
            open_served(index)

    @pytest.mark.parametrize(
        ("key", "value"),
        [
            ("model", 7), ("model", "\x1b[31m"), ("fingerprint", None), ("code", "\ud800"), ("dimension", 0),
            ("dimension", -8), ("dimension", True), ("dimension", "8"), ("dimension", 1 << 60), ("counts", {}),
            ("counts", {"articles": 2, "passages": 5, "sentences": 10, "headings": 5, "texts": -1}),
            ("counts", {"articles": 2.5, "passages": 5, "sentences": 10, "headings": 5, "texts": 1}),
            ("counts", {"articles": 2, "passages": 1 << 70, "sentences": 10, "headings": 5, "texts": 1}),
            ("dimension", 9),
        ],
    )  # fmt: skip
    def test_sealed_anew_with_an_odd_value_is_refused(self, index: Path, key: str, value: object) -> None:
        file = generation_folder(index, NAME) / "manifest.json"
        content = json.loads(file.read_text())
        del content["seal"]
        content[key] = value
        seal = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
        file.write_text(json.dumps({**content, "seal": seal}))
        with pytest.raises(IndexDamaged):
            open_served(index)

    def test_of_another_format_is_rebuilt_and_never_read(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        build(tmp_path)
        monkeypatch.setattr("wellread.index.manifest.FORMAT", 99)
        with pytest.raises(IndexDamaged, match="another version of Wellread made it"):
            open_served(tmp_path)


class TestCurrent:
    @pytest.mark.parametrize(
        "content",
        [
            b"", b"\n", b"nonsense", b"../../etc/passwd", b"0123456789ABCDEF", b"0123456789abcde", NAME.encode() * 2,
            b"\xff\xfe", b"\0" * 16, NAME.encode() + b"\n" + NAME.encode(),
        ],
    )  # fmt: skip
    def test_with_garbage_is_refused_by_name(self, index: Path, content: bytes) -> None:
        (index / "CURRENT").write_bytes(content)
        with pytest.raises(IndexDamaged) as refused:
            current_generation(index)
        assert str(refused.value).startswith(f"{index / 'CURRENT'}: ")
        assert "\n    rebuild it: wellread ingest" in str(refused.value)

    def test_that_is_a_folder_is_refused(self, index: Path) -> None:
        (index / "CURRENT").unlink()
        (index / "CURRENT").mkdir()
        with pytest.raises(IndexDamaged, match="CURRENT: cannot be read"):
            current_generation(index)

    @pytest.mark.parametrize("name", ["empty", "file", "nowhere"])
    def test_that_is_not_there_says_how_to_build_one(self, tmp_path: Path, name: str) -> None:
        (tmp_path / "empty").mkdir()
        (tmp_path / "file").touch()
        with pytest.raises(IndexMissing) as refused:
            current_generation(tmp_path / name)
        assert str(refused.value) == (
            f"{tmp_path / name}: there is no index here yet\n    build it: wellread ingest --index {tmp_path / name}"
        )

    def test_of_the_index_in_the_working_folder_needs_no_option(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        assert ingest_command(Path("index")) == ingest_command(tmp_path / "index") == "wellread ingest"
        assert ingest_command(Path("other")) == "wellread ingest --index other"
