"""Vectors on disk: exact while they are few, coded where they are many; a row's codes depend on that row alone."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from wellread.encoders.sentence_transformer import Vectors
from wellread.index.arrays import StoredArrays, write_arrays
from wellread.index.stored import StoredFile
from wellread.index.vectors import (
    Coded,
    Exact,
    StoredVectors,
    coded,
    kept_rows,
    open_vectors,
    vector_arrays,
    vector_shape,
)

MANY = 12_000


def unit(rows: int, dimension: int = 48, seed: int = 1) -> Vectors:
    drawn = np.random.default_rng(seed).standard_normal((rows, dimension)).astype(np.float32)
    return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True), np.float32)


def stored(folder: Path, vectors: Vectors, pieces: Sequence[int] = ()) -> StoredVectors:
    """Write vectors in segments, cut at some rows, and open them."""
    folder.mkdir(exist_ok=True)
    in_codes, dimension = coded(len(vectors)), vectors.shape[1]
    segments = []
    for number, piece in enumerate(np.split(vectors, pieces)):
        write_arrays(folder / f"{number}", vector_arrays("sentences", kept_rows(piece, in_codes), in_codes))
        segments.append(StoredArrays(StoredFile(folder / f"{number}")))
        assert vector_shape("sentences", segments[-1], in_codes) == (len(piece), dimension)
    return open_vectors("sentences", segments, dimension, in_codes)


def nearest(found: StoredVectors, query: Vectors, k: int) -> list[int]:
    rows = found.candidates(query, k)
    return list(rows[np.lexsort((rows, -(found.rows(rows) @ query)))][:k])


@pytest.fixture(scope="module")
def many() -> Vectors:
    return unit(MANY)


@pytest.fixture(scope="module")
def in_codes(many: Vectors, tmp_path_factory: pytest.TempPathFactory) -> StoredVectors:
    return stored(tmp_path_factory.mktemp("codes"), many)


class TestFewRows:
    def test_come_back_as_they_were(self, tmp_path: Path) -> None:
        few = unit(50)
        found = stored(tmp_path, few, (3, 3, 40))
        assert isinstance(found, Exact)
        assert found.shape == (50, 48)
        assert found.rows(np.array([49, 0, 7])).tolist() == few[[49, 0, 7]].tolist()

    def test_of_which_there_is_none_have_a_shape_too(self, tmp_path: Path) -> None:
        assert stored(tmp_path, np.empty((0, 8), np.float32)).shape == (0, 8)

    def test_are_those_up_to_ten_thousand(self) -> None:
        assert [coded(10_000), coded(10_001)] == [False, True]


class TestManyRows:
    def test_take_a_little_more_than_a_byte_a_dimension(self, in_codes: StoredVectors, many: Vectors) -> None:
        # A byte a dimension and two for their step; half a byte for four dimensions.
        arrays = vector_arrays("sentences", kept_rows(many, True), True)
        assert {name: array.nbytes for name, array in arrays.items()} == {
            "sentences.codes": MANY * (48 + 2),
            "sentences.short": MANY * 6,
        }
        assert isinstance(in_codes, Coded)
        assert in_codes.shape == (MANY, 48)

    def test_come_back_nearly_as_they_were(self, in_codes: StoredVectors, many: Vectors) -> None:
        rows = np.array([MANY - 1, 0, 4096, 77])
        # A step is 1/127 of the greatest coordinate, and nothing is further off than half of it.
        steps = np.abs(many[rows]).max(axis=1, keepdims=True) / 127 * 1.002
        assert np.all(np.abs(in_codes.rows(rows) - many[rows]) <= steps / 2)

    def test_are_found_nearly_always_as_by_looking_at_all(self, in_codes: StoredVectors, many: Vectors) -> None:
        hits = 0
        for query in unit(50, seed=2):
            exact = np.argsort(-(many @ query))[:10]
            hits += len({*nearest(in_codes, query, 10)} & {*exact.tolist()})
        assert hits >= 475  # of 500: random directions are the hardest to tell apart

    def test_find_themselves(self, in_codes: StoredVectors, many: Vectors) -> None:
        assert [nearest(in_codes, many[row], 1) for row in range(0, MANY, 600)] == [[r] for r in range(0, MANY, 600)]

    def test_have_as_many_candidates_as_are_asked_for(self, in_codes: StoredVectors, many: Vectors) -> None:
        assert len(in_codes.candidates(many[0], MANY)) == MANY
        assert len(in_codes.candidates(many[0], 200)) == 2000  # ten for each
        assert len(in_codes.candidates(many[0], 1)) == 1000

    def test_are_found_alike_however_they_are_cut_into_segments(self, tmp_path: Path, many: Vectors) -> None:
        whole = stored(tmp_path / "whole", many)
        cut = stored(tmp_path / "cut", many, (1, 2, 30, 30, 4095, 11_000))
        assert np.array_equal(cut.rows(np.arange(MANY)), whole.rows(np.arange(MANY)))
        for query in unit(20, seed=2):
            assert nearest(cut, query, 10) == nearest(whole, query, 10)

    def test_give_the_same_bytes_again_when_they_are_put_in_as_they_come_out(
        self, in_codes: StoredVectors, many: Vectors
    ) -> None:
        first = vector_arrays("sentences", kept_rows(many, True), True)
        again = vector_arrays("sentences", kept_rows(in_codes.rows(np.arange(MANY)), True), True)
        assert {name: array.tobytes() for name, array in first.items()} == {
            name: array.tobytes() for name, array in again.items()
        }

    def test_have_the_long_codes_of_the_row_whatever_stands_before_it(self, many: Vectors) -> None:
        whole = vector_arrays("sentences", kept_rows(many, True), True)
        later = vector_arrays("sentences", kept_rows(np.concatenate([unit(500, seed=3), many]), True), True)
        assert np.array_equal(later["sentences.codes"][500:], whole["sentences.codes"])

    @pytest.mark.parametrize("dimension", [4, 7, 50])
    def test_may_have_any_dimension(self, tmp_path: Path, dimension: int) -> None:
        rows = unit(MANY, dimension)
        found = stored(tmp_path, rows)
        assert found.shape == (MANY, dimension)
        query = rows[123]
        assert float((found.rows(np.array(nearest(found, query, 1))) @ query)[0]) > 0.99

    def test_are_searched_by_several_threads_at_once(self, in_codes: StoredVectors, many: Vectors) -> None:
        alone = [in_codes.candidates(query, 10).tolist() for query in many[:20]]
        together: dict[int, list[list[int]]] = {}

        def ask(number: int) -> None:
            together[number] = [in_codes.candidates(query, 10).tolist() for query in many[:20]]

        threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert list(together.values()) == [alone] * 4


@pytest.mark.parametrize("rows", [30, MANY])
def test_a_folder_may_have_any_name(tmp_path: Path, rows: int) -> None:
    folder = tmp_path / os.fsdecode(b"\xff\xfe name \xc3\xa9")
    assert nearest(stored(folder, unit(rows)), unit(rows)[5], 1) == [5]


@pytest.mark.parametrize("rows", [30, MANY])
def test_what_was_opened_stays_when_its_files_go(tmp_path: Path, rows: int) -> None:
    found = stored(tmp_path, unit(rows))
    for file in tmp_path.iterdir():
        file.unlink()
    assert nearest(found, unit(rows)[5], 1) == [5]
