"""The arrays of segments: what is counted over several of them."""

from __future__ import annotations

import numpy as np
import pytest

from wellread.index.arrays import count_distinct


@pytest.mark.parametrize(
    ("parts", "distinct"),
    [([], 0), ([[]], 0), ([[7]], 1), ([[1, 2, 3], [], [2, 3, 9], [9]], 4), ([[0], [2**64 - 1, 0]], 2)],
)
def test_numbers_that_stand_in_several_count_once(parts: list[list[int]], distinct: int) -> None:
    assert count_distinct([np.array(part, np.uint64) for part in parts]) == distinct
