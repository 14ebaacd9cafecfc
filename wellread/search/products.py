"""Inner products of small matrices in one thread: the threads of BLAS wait for one another longer than these take."""

from __future__ import annotations

import numpy as np

from wellread.encoders.sentence_transformer import Vectors

_ONE_THREAD = 1 << 18
"""Multiplications that OpenBLAS does in one thread, at most: 65,536 times 4 in its `interface/gemm.c`."""

_ONE_THREAD_VECTOR = 2304 * 4
"""The same where a matrix is multiplied with a single vector: `interface/gemv.c`."""


def products(rows: Vectors, others: Vectors) -> Vectors:
    """The inner product of every row with every other one: shapes (n, width) and (m, width) give (n, m).

    It is computed in blocks so small that BLAS begins no thread for them. 14 rows with 180 of width 384 take 0.05 ms
    of a processor; `np.einsum`, which has no threads either, takes 0.3 ms, and one product with threads 3 ms.
    """
    count, width = rows.shape
    found = np.empty((len(others), count), np.result_type(rows, others))
    most = _ONE_THREAD_VECTOR if count == 1 else _ONE_THREAD // max(count, 1)
    block = max(most // max(width, 1), 1)
    blocks = len(others) // block
    whole = blocks * block
    in_blocks = found[:whole].reshape(blocks, block, count)
    np.matmul(others[:whole].reshape(blocks, block, width), rows.T, out=in_blocks)
    np.matmul(others[whole:], rows.T, out=found[whole:])
    return found.T
