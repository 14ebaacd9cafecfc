"""An adapter: what it adds to the weights that it names, and a folder of the adapted model that others load."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

from wellread.encoders.adapter import SHIPPED, adapter_digest, merge, save_merged

WEIGHTS = {
    "dense.weight": np.array([[1, 2, 3], [4, 5, 6]], np.float32),
    "dense.bias": np.array([7, 8], np.float32),
}


def adapter(file: Path, scale: float, down: list[list[float]], up: list[list[float]]) -> Path:
    """Write an adapter of one matrix, "dense.weight", with A = `down` and B = `up`."""
    tensors: dict[str, NDArray[np.float32]] = {
        "dense.weight.A": np.array(down, np.float32),
        "dense.weight.B": np.array(up, np.float32),
        "scale": np.array(scale, np.float32),
    }
    save_file(tensors, file)
    return file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Scale 0.5, A of shape (2, 3) and B of shape (2, 2)."""
    return adapter(tmp_path / "adapter.safetensors", 0.5, [[1, 0, 2], [0, 4, 0]], [[2, 0], [1, 1]])


class TestMerge:
    def test_adds_the_scaled_product_to_the_matrix_that_is_named(self, file: Path) -> None:
        # B @ A = [[2, 0, 4], [1, 4, 2]], and half of it is [[1, 0, 2], [0.5, 2, 1]].
        merged = merge(WEIGHTS, file)
        assert merged["dense.weight"].tolist() == [[2, 2, 5], [4.5, 7, 7]]
        assert merged["dense.weight"].dtype == np.float32

    def test_leaves_other_weights_and_those_that_it_was_given(self, file: Path) -> None:
        merged = merge(WEIGHTS, file)
        assert list(merged) == list(WEIGHTS)
        assert merged["dense.bias"] is WEIGHTS["dense.bias"]
        assert WEIGHTS["dense.weight"].tolist() == [[1, 2, 3], [4, 5, 6]]

    @pytest.mark.parametrize(("scale", "first"), [(0.0, 1.0), (1.0, 3.0), (-2.0, -3.0)])
    def test_weighs_the_product_by_the_scale(self, scale: float, first: float, tmp_path: Path) -> None:
        # The product's first number is 2.
        file = adapter(tmp_path / "other.safetensors", scale, [[1, 0, 2], [0, 4, 0]], [[2, 0], [1, 1]])
        assert merge(WEIGHTS, file)["dense.weight"][0, 0] == first

    def test_refuses_a_matrix_that_the_model_has_not(self, file: Path) -> None:
        with pytest.raises(KeyError, match=r"dense\.weight"):
            merge({"dense.bias": WEIGHTS["dense.bias"]}, file)

    def test_reads_an_adapter_in_half_precision(self, tmp_path: Path) -> None:
        tensors = {"dense.weight.A": np.ones((1, 3), np.float16), "dense.weight.B": np.ones((2, 1), np.float16)}
        save_file({**tensors, "scale": np.array(0.25, np.float16)}, tmp_path / "half.safetensors")
        merged = merge(WEIGHTS, tmp_path / "half.safetensors")["dense.weight"]
        assert merged.tolist() == [[1.25, 2.25, 3.25], [4.25, 5.25, 6.25]]
        assert merged.dtype == np.float32


def test_a_digest_is_the_sha_256_of_the_file(file: Path) -> None:
    assert adapter_digest(file) == hashlib.sha256(file.read_bytes()).hexdigest()
    assert adapter_digest(SHIPPED) != adapter_digest(file)


def test_the_shipped_adapter_names_matrices_of_the_built_in_model_only() -> None:
    tensors = load_file(SHIPPED)
    names = {key.removesuffix(".A") for key in tensors if key.endswith(".A")}
    assert names
    assert set(tensors) == {f"{name}.{part}" for name in names for part in "AB"} | {"scale"}
    assert all(name.startswith("encoder.layer.") and name.endswith(".weight") for name in names)


class TestAFolderOfTheAdaptedModel:
    def test_holds_the_merged_weights_and_the_other_files_of_the_base(self, file: Path, tmp_path: Path) -> None:
        base = tmp_path / "base"
        (base / "1_Pooling").mkdir(parents=True)
        (base / "onnx").mkdir()
        for name in ("config.json", "1_Pooling/config.json", "pytorch_model.bin", "onnx/model.onnx"):
            (base / name).write_text(name)
        save_file(WEIGHTS, base / "model.safetensors")
        folder = tmp_path / "adapted"
        save_merged(base, file, folder)
        assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()) == [
            "1_Pooling/config.json",
            "config.json",
            "model.safetensors",
        ]
        assert {name: rows.tolist() for name, rows in load_file(folder / "model.safetensors").items()} == {
            "dense.weight": [[2, 2, 5], [4.5, 7, 7]],
            "dense.bias": [7, 8],
        }

    def test_is_not_written_over_another(self, file: Path, tmp_path: Path) -> None:
        (tmp_path / "base").mkdir()
        (tmp_path / "adapted").mkdir()
        with pytest.raises(FileExistsError):
            save_merged(tmp_path / "base", file, tmp_path / "adapted")
