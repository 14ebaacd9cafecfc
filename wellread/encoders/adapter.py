"""A low-rank adapter of the built-in model's weights: what training changed, in a few megabytes."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load, load_file, save_file

Floats = NDArray[np.float32]

SHIPPED = Path(__file__).with_name("adapters") / "lay-questions.safetensors"
"""Trained on lay questions about many health articles: docs/results.md says on which, and what it is worth."""


def adapter_digest(file: Path) -> str:
    """The SHA-256 of an adapter's bytes, in hexadecimal digits."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def merge(weights: Mapping[str, Floats], file: Path) -> dict[str, Floats]:
    """Add an adapter to a model's weights: W + scale * B @ A for every matrix W that it names.

    LoRA (Hu et al. 2021, eq. 3). `A` has the shape (rank, inputs), `B` (outputs, rank). The file has a tensor NAME.A
    and NAME.B for each matrix, and the scalar "scale". Weights that it does not name stay as they are.

    Raises:
        KeyError: it names a matrix that the model has not.
    """
    tensors = load(file.read_bytes())
    scale = np.float32(tensors["scale"])
    merged = dict(weights)
    for name in sorted(key.removesuffix(".A") for key in tensors if key.endswith(".A")):
        down, up = tensors[f"{name}.A"].astype(np.float32), tensors[f"{name}.B"].astype(np.float32)
        change = up @ down
        change *= scale  # in place: memory that is new each time took most of a second
        change += weights[name]
        merged[name] = change
    return merged


def save_merged(base: Path, file: Path, folder: Path) -> None:
    """Write the adapted model as a folder that sentence-transformers loads; `base` is the folder of the model adapted.

    Raises:
        OSError: the folder exists already, or the disk refused.
    """
    shutil.copytree(base, folder, ignore=shutil.ignore_patterns("model.safetensors", "*.bin", "onnx", "openvino"))
    save_file(merge(load_file(base / "model.safetensors"), file), folder / "model.safetensors", {"format": "pt"})
