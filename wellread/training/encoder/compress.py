"""Compresses what training changed in each matrix to a low rank, and writes the adapter's file."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import save
from torch import Tensor

from wellread.files import write_durably
from wellread.training.encoder.train import Changes, one_thread

RANK = 96
"""Of the change of each matrix. Rank 64 takes 4 MB and not 6, and orders by tokens a little worse; 32 loses a point."""

_SCALE = 1e-4
"""Divides what is stored, to keep it in the range of float16 in which no digits are lost."""

_LARGEST = 127
"""The largest number of 8 bits, with a sign."""


def compress(changes: Changes, rank: int = RANK) -> dict[str, Tensor]:
    """The nearest changes of a rank, as `wellread.encoders.adapter.merge` reads them: A in 8 bits, B in 16.

    The nearest are those of the largest singular values (Eckart and Young 1936). A row of A and the column of B that it
    is multiplied with are as long as one another; the scale of a row's 8 bits is multiplied into the column.
    """
    tensors = {"scale": torch.tensor(_SCALE)}
    for name, change in sorted(changes.items()):
        left, values, right = torch.linalg.svd(change.double(), full_matrices=False)
        root = values[:rank].sqrt()
        down, up = root[:, None] * right[:rank], left[:, :rank] * root
        steps = (down.abs().amax(1) / _LARGEST).clamp(min=torch.finfo(torch.double).tiny)
        tensors[f"{name}.A"] = (down / steps[:, None]).round().to(torch.int8).contiguous()
        tensors[f"{name}.B"] = (up * steps / _SCALE).half().contiguous()
    return tensors


def write_adapter(file: Path, changes: Changes) -> None:
    """Write the adapter of some changes; raises OSError."""
    with one_thread():
        write_durably(file, save(compress(changes)))
