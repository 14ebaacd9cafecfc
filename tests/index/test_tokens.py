"""Token codes: a rotation that keeps cosines, a bit a dimension, and passages that come back as they were put in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from wellread.encoders.sentence_transformer import Vectors
from wellread.index.arrays import StoredArrays, write_arrays
from wellread.index.stored import StoredFile
from wellread.index.tokens import StoredTokens, decoded, rotate, token_arrays, token_codes
from wellread.search.late_interaction import maxsim


def unit(rows: int, dimension: int = 384, seed: int = 1) -> Vectors:
    drawn = np.random.default_rng(seed).standard_normal((rows, dimension)).astype(np.float32)
    return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True), np.float32)


def stored(folder: Path, segments: Sequence[Sequence[NDArray[np.uint8]]], dimension: int) -> StoredTokens:
    """Write the codes of the passages of segments, and open them."""
    for number, passages in enumerate(segments):
        write_arrays(folder / f"{number}", token_arrays(passages, dimension))
    files = [StoredFile(folder / f"{number}") for number in range(len(segments))]
    return StoredTokens([StoredArrays(file) for file in files], dimension)


class TestARotation:
    @pytest.mark.parametrize("dimension", [1, 7, 48, 64, 384, 768])
    def test_keeps_every_cosine(self, dimension: int) -> None:
        vectors = unit(20, dimension)
        turned = rotate(vectors)
        assert turned.dtype == np.float32
        assert turned @ turned.T == pytest.approx(vectors @ vectors.T, abs=1e-5)

    def test_spreads_what_stands_in_one_number_evenly_over_its_block(self) -> None:
        # 384 is 3 blocks of 128, and the root of 128 is 11.31: 128 numbers of that size have length 1.
        one = np.zeros((1, 384), np.float32)
        one[0, 130] = 1
        turned = rotate(one)[0]
        assert np.abs(turned[128:256]) == pytest.approx(np.full(128, 128**-0.5), abs=1e-7)
        assert not turned[:128].any()
        assert not turned[256:].any()

    def test_of_none_is_none(self) -> None:
        assert rotate(np.empty((0, 384), np.float32)).shape == (0, 384)

    def test_of_a_row_does_not_depend_on_the_others(self) -> None:
        vectors = unit(9)
        assert rotate(vectors)[4:5].tolist() == rotate(vectors[4:5]).tolist()


class TestCodes:
    @pytest.mark.parametrize(("dimension", "width"), [(384, 50), (64, 10), (7, 3), (9, 4), (1, 3)])
    def test_are_two_bytes_and_a_bit_a_dimension(self, dimension: int, width: int) -> None:
        codes = token_codes(unit(5, dimension))
        assert codes.shape == (5, width)
        assert codes.dtype == np.uint8

    def test_stand_for_the_signs_of_the_rotated_vector_at_a_size_that_gives_it_the_product_1(self) -> None:
        vectors = unit(30)
        turned = rotate(vectors)
        back = decoded(token_codes(vectors), 384)
        assert back.dtype == np.float32
        assert np.array_equal(np.sign(back), np.where(turned > 0, 1, -1))
        assert np.ptp(np.abs(back), axis=1).max() == 0
        # A float16 has 11 bits: it is off by no more than a 2048th.
        assert (back * turned).sum(axis=1) == pytest.approx(np.ones(30), rel=1 / 2048)

    def test_of_one_dimension_give_the_unit_vector_back(self) -> None:
        # A block of one number is turned by its sign at most.
        vectors = np.array([[1], [-1]], np.float32)
        assert decoded(token_codes(vectors), 1).tolist() == rotate(vectors).tolist()

    def test_of_no_length_stand_for_a_number(self) -> None:
        assert np.isfinite(decoded(token_codes(np.zeros((1, 384), np.float32)), 384)).all()

    def test_of_none_are_none(self) -> None:
        codes = token_codes(np.empty((0, 384), np.float32))
        assert codes.shape == (0, 50)
        assert decoded(codes, 384).shape == (0, 384)

    def test_of_a_row_do_not_depend_on_the_others(self) -> None:
        vectors = unit(9)
        assert token_codes(vectors)[4:5].tolist() == token_codes(vectors[4:5]).tolist()


class TestMaxSimOverCodes:
    @pytest.mark.parametrize("noise", [0.0, 0.5, 1.0, 100.0])
    def test_gives_cosines_without_bias(self, noise: float) -> None:
        # One token each. A cosine c is off by a root of (pi / 2 - 1) (1 - c^2) / 384 on average (Gao and Long 2024).
        passages = unit(400, seed=1)
        questions = passages + noise * unit(400, seed=2)
        questions /= np.linalg.norm(questions, axis=1, keepdims=True)
        errors = np.array(
            [
                maxsim(rotate(question[np.newaxis]), decoded(token_codes(passage[np.newaxis]), 384))
                - float(question @ passage)
                for question, passage in zip(questions, passages, strict=True)
            ]
        )
        cosine = float((questions * passages).sum(axis=1).mean())
        expected = np.sqrt((np.pi / 2 - 1) * (1 - min(cosine, 1.0) ** 2) / 384)
        assert errors.mean() == pytest.approx(0, abs=4 * expected / 20 + 1e-4)
        assert errors.std() == pytest.approx(expected, rel=0.2, abs=1e-3)

    def test_tells_the_passage_that_a_question_came_from(self) -> None:
        passages = [unit(60, seed=seed) for seed in range(30)]
        codes = [decoded(token_codes(passage), 384) for passage in passages]
        for number, passage in enumerate(passages):
            question = rotate(passage[5:11])
            assert int(np.argmax([maxsim(question, rows) for rows in codes])) == number


class TestOnDisk:
    @pytest.mark.parametrize("small", [0, 1 << 30])
    def test_come_back_passage_by_passage(self, tmp_path: Path, small: int, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("wellread.index.stored.SMALL", small)
        passages = [token_codes(unit(rows, seed=rows)) for rows in (3, 0, 200, 1, 0)]
        for segments in ([passages], [passages[:2], passages[2:]], [passages[:2], [], passages[2:4], passages[4:]]):
            found = stored(tmp_path, segments, 384)
            assert found.count == 5
            for row, codes in enumerate(passages):
                assert np.array_equal(found.codes(row), codes)
                assert np.array_equal(found.vectors(row), decoded(codes, 384))

    def test_take_their_codes_and_four_bytes_a_passage(self) -> None:
        # 5 tokens of 50 bytes; how many each of 2 passages has.
        arrays = token_arrays([token_codes(unit(2)), token_codes(unit(3))], 384)
        assert {name: array.nbytes for name, array in arrays.items()} == {"tokens.codes": 250, "tokens.counts": 8}

    @pytest.mark.parametrize("count", [0, 3])
    def test_of_passages_without_any_are_none(self, tmp_path: Path, count: int) -> None:
        found = stored(tmp_path, [[np.empty((0, 50), np.uint8)] * count], 384)
        assert found.count == count
        assert [found.vectors(row).shape for row in range(count)] == [(0, 384)] * count

    @pytest.mark.parametrize("dimension", [1, 7, 50])
    def test_may_have_any_dimension(self, tmp_path: Path, dimension: int) -> None:
        vectors = unit(4, dimension)
        found = stored(tmp_path, [[token_codes(vectors)]], dimension)
        assert np.array_equal(found.vectors(0), decoded(token_codes(vectors), dimension))

    def test_stay_when_the_files_go(self, tmp_path: Path) -> None:
        codes = token_codes(unit(40))
        found = stored(tmp_path, [[codes]], 384)
        for file in tmp_path.iterdir():
            file.unlink()
        assert np.array_equal(found.codes(0), codes)
