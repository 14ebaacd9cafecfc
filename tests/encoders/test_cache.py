"""The vector cache: what it gives back is what was put in, and damage costs no more than embedding again."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from conftest import HashEncoder

from wellread.encoders.cache import CacheState, CachingEncoder, VectorCache, count_known, inspect_cache, open_cache
from wellread.encoders.sentence_transformer import Vectors

TEXTS = ["Rest.", "Drink water.", "", "足がつる。", "Rest. "]
VECTORS = np.random.default_rng(1).standard_normal((len(TEXTS), 8)).astype(np.float32)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A cache with every text's vector."""
    file = tmp_path / "vectors.sqlite"
    with open_cache(file, "model") as cache:
        cache.add(TEXTS, VECTORS)
    return file


def found(file: Path, fingerprint: str = "model") -> dict[str, bytes]:
    with open_cache(file, fingerprint) as cache:
        return {text: vector.tobytes() for text, vector in cache.find(TEXTS).items()}


STORED = {text: vector.tobytes() for text, vector in zip(TEXTS, VECTORS, strict=True)}


def test_a_vector_comes_back_byte_for_byte(file: Path) -> None:
    assert found(file) == STORED


def test_what_is_not_there_is_not_found(file: Path) -> None:
    with open_cache(file, "model") as cache:
        assert cache.find(["rest.", "Rest", "Rest.\n"]) == {}
        assert cache.find([]) == {}


def test_models_do_not_see_one_anothers_vectors(file: Path) -> None:
    with open_cache(file, "other") as cache:
        assert cache.find(TEXTS) == {}
        cache.add(TEXTS[:1], -VECTORS[:1])
    assert found(file) == STORED
    assert found(file, "other") == {TEXTS[0]: (-VECTORS[0]).tobytes()}


def test_a_vector_put_in_again_replaces_the_first(file: Path) -> None:
    with open_cache(file, "model") as cache:
        cache.add(TEXTS[:1], VECTORS[1:2])
    assert found(file) == {**STORED, TEXTS[0]: STORED[TEXTS[1]]}


def test_a_flipped_bit_makes_a_vector_absent_and_no_other(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[content.index(STORED["Drink water."]) + 5] ^= 4
    file.write_bytes(content)
    assert found(file) == {text: vector for text, vector in STORED.items() if text != "Drink water."}


@pytest.mark.parametrize("content", [b"no database", b"SQLite format 3\0" + b"\xff" * 5000, b"\0" * 4096])
def test_a_file_that_is_no_cache_is_replaced(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    assert found(file) == {}
    with open_cache(file, "model") as cache:
        cache.add(TEXTS, VECTORS)
    assert found(file) == STORED


def test_a_database_of_something_else_is_replaced(file: Path) -> None:
    file.unlink()
    database = sqlite3.connect(file)
    database.execute("CREATE TABLE vectors (name TEXT)")
    database.commit()
    database.close()
    assert found(file) == {}


def test_a_truncated_file_is_replaced(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5000])
    assert found(file).items() <= STORED.items()
    with open_cache(file, "model") as cache:
        cache.add(TEXTS, VECTORS)
    assert found(file) == STORED


def test_whatever_byte_is_damaged_no_wrong_vector_comes_back_and_none_is_refused(file: Path) -> None:
    whole = file.read_bytes()
    cells = min(whole.index(vector) for vector in STORED.values()) - 45
    pages = [*range(110), *range(4096, 4120)]
    for number, place in enumerate([*pages, *range(cells, len(whole), 7)]):
        damaged = bytearray(whole)
        damaged[place] ^= (0x01, 0x80, 0xFF)[number % 3]
        file.write_bytes(damaged)
        with open_cache(file, "model") as cache:
            before = {text: vector.tobytes() for text, vector in cache.find(TEXTS).items()}
            cache.add(TEXTS, VECTORS)
            after = {text: vector.tobytes() for text, vector in cache.find(TEXTS).items()}
        assert before.items() <= STORED.items(), place
        assert after.items() <= STORED.items(), place


@pytest.mark.parametrize("value", [None, 7, "text", 1.5, b""])
def test_a_row_of_another_kind_counts_as_absent(file: Path, value: object) -> None:
    database = sqlite3.connect(file)
    database.execute("ALTER TABLE vectors RENAME TO old")
    database.execute("CREATE TABLE vectors (key BLOB PRIMARY KEY, vector, checksum) WITHOUT ROWID")
    database.execute("INSERT INTO vectors SELECT key, ?, 0 FROM old", (value,))
    database.execute("DROP TABLE old")
    database.commit()
    database.close()
    assert found(file) == {}


def test_a_cache_that_is_damaged_while_it_is_open_is_replaced(file: Path) -> None:
    cache = VectorCache(file, "model")
    with file.open("r+b") as stream:
        stream.write(b"\xff" * file.stat().st_size)
    assert cache.find(TEXTS) == {}
    cache.add(TEXTS, VECTORS)
    cache.close()
    assert found(file) == STORED


def test_a_row_for_each_text_is_demanded(file: Path) -> None:
    with open_cache(file, "model") as cache, pytest.raises(ValueError, match="shorter"):
        cache.add(TEXTS, VECTORS[:2])
    assert found(file) == STORED


def test_a_question_is_embedded_once_and_never_taken_for_a_text_of_an_article(tmp_path: Path) -> None:
    class Counting(HashEncoder):
        asked = 0

        def encode_queries(self, texts: Sequence[str]) -> Vectors:
            self.asked += len(texts)
            return -super().encode_queries(texts)

    bare = Counting()
    with open_cache(tmp_path / "vectors.sqlite", bare.fingerprint) as cache:
        cache.add(TEXTS[:2], bare.encode_documents(TEXTS[:2]))
        caching = CachingEncoder(bare, cache)
        first = caching.encode_queries(["Rest.", "Sleep."])
        again = caching.encode_queries(["Sleep.", "Rest.", "Eat."])
        assert bare.asked == 3
        assert np.array_equal(again, HashEncoder.encode_queries(bare, ["Sleep.", "Rest.", "Eat."]) * -1)
        assert np.array_equal(first, again[[1, 0]])
        vectors, layers, tokens = caching.encode_layers(["Eat.", "Rest."])
        assert bare.asked == 3
        assert [rows.tolist() for rows in tokens] == [
            bare.encode_documents([word]).tolist() for word in ("Eat", "Rest")
        ]
        assert np.array_equal(vectors, again[[2, 1]])
        assert np.array_equal(layers, again[[2, 1], np.newaxis])
        assert np.array_equal(cache.find(["Rest."])["Rest."], bare.encode_documents(["Rest."])[0])


def test_a_question_without_tokens_is_embedded_once_too_and_is_no_damage(tmp_path: Path) -> None:
    class Bare(HashEncoder):
        asked = 0

        def encode_layers(self, texts: Sequence[str]) -> tuple[Vectors, Vectors, list[Vectors]]:
            self.asked += len(texts)
            vectors, layers, _ = super().encode_layers(texts)
            return vectors, layers, [np.empty((0, 64), np.float32) for _ in texts]

    bare = Bare()
    file = tmp_path / "vectors.sqlite"
    with open_cache(file, bare.fingerprint) as cache:
        caching = CachingEncoder(bare, cache)
        for _ in range(2):
            assert [rows.shape for rows in caching.encode_layers(["Rest."])[2]] == [(0, 64)]
    assert bare.asked == 1
    assert inspect_cache(file) == CacheState(vectors=3, damaged=0, fault="")


class TestCodesOfTokens:
    CODES = tuple(
        np.random.default_rng(rows).integers(0, 256, (rows, width), np.uint8)
        for rows, width in ((3, 50), (1, 3), (0, 10), (200, 50), (2, 7))
    )

    def test_come_back_byte_for_byte_in_their_shape(self, file: Path) -> None:
        with open_cache(file, "model") as cache:
            cache.add_codes(TEXTS, self.CODES)
            known = cache.find_codes(TEXTS)
        assert list(known) == TEXTS
        for text, codes in zip(TEXTS, self.CODES, strict=True):
            assert known[text].dtype == np.uint8
            assert known[text].shape == codes.shape
            assert known[text].tobytes() == codes.tobytes()

    def test_are_not_taken_for_vectors_nor_vectors_for_them(self, file: Path) -> None:
        with open_cache(file, "model") as cache:
            assert cache.find_codes(TEXTS) == {}
            cache.add_codes(["Sleep."], self.CODES[:1])
            assert list(cache.find_codes([*TEXTS, "Sleep."])) == ["Sleep."]
            assert cache.find(["Sleep."]) == {}
        assert found(file) == STORED

    def test_of_another_model_are_not_found(self, file: Path) -> None:
        with open_cache(file, "model") as cache:
            cache.add_codes(TEXTS, self.CODES)
        with open_cache(file, "other") as cache:
            assert cache.find_codes(TEXTS) == {}

    def test_with_a_flipped_bit_are_absent(self, file: Path) -> None:
        with open_cache(file, "model") as cache:
            cache.add_codes(TEXTS, self.CODES)
        content = bytearray(file.read_bytes())
        content[content.index(self.CODES[0].tobytes()) + 5] ^= 4
        file.write_bytes(content)
        with open_cache(file, "model") as cache:
            assert list(cache.find_codes(TEXTS)) == TEXTS[1:]


def test_what_is_known_is_counted_without_a_change_on_the_disk(file: Path, tmp_path: Path) -> None:
    before = file.read_bytes()
    assert count_known(file, "model", [*TEXTS[:3], "new"]) == 3
    assert count_known(file, "other", TEXTS) == 0
    assert file.read_bytes() == before
    assert count_known(tmp_path / "none.sqlite", "model", TEXTS) == 0
    assert not (tmp_path / "none.sqlite").exists()
    file.write_bytes(b"nonsense")
    assert count_known(file, "model", TEXTS) == 0
    assert file.read_bytes() == b"nonsense"
