"""Inner products in blocks of one thread: the same numbers as one product, whatever the shapes."""

from __future__ import annotations

import numpy as np
import pytest

from wellread.search.products import products


@pytest.mark.parametrize(
    ("count", "others", "width"),
    [(14, 180, 384), (1, 3736, 768), (1, 5, 3), (40, 10, 384), (700, 700, 2), (3, 2, 9999), (0, 4, 3), (4, 0, 3)],
)
def test_every_row_is_multiplied_with_every_other_one(count: int, others: int, width: int) -> None:
    rng = np.random.default_rng(3)
    rows = rng.integers(-4, 5, (count, width)).astype(np.float32)  # whole numbers: their products are exact
    columns = rng.integers(-4, 5, (others, width)).astype(np.float32)
    found = products(rows, columns)
    assert found.dtype == np.float32
    assert np.array_equal(found, np.einsum("ik,jk->ij", rows, columns))


def test_a_transposed_matrix_is_read_as_its_rows_are() -> None:
    weights = np.arange(6, dtype=np.float32).reshape(3, 2)
    # [1, 0, 2] with the columns [0, 2, 4] and [1, 3, 5]: 0 + 8 and 1 + 10
    assert products(np.array([[1, 0, 2]], np.float32), weights.T).tolist() == [[8.0, 11.0]]
