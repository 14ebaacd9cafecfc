"""The capacity plan computes what Milvus' documentation does, and docs/scale.md shows what it prints."""

from __future__ import annotations

import importlib.util
import sys

import pytest
from conftest import ROOT

SPEC = importlib.util.spec_from_file_location("capacity", ROOT / "benchmarks" / "capacity.py")
assert SPEC
assert SPEC.loader
capacity = importlib.util.module_from_spec(SPEC)
sys.modules["capacity"] = capacity  # dataclasses look their module up
SPEC.loader.exec_module(capacity)


def test_a_million_vectors_take_what_the_documentation_of_milvus_computes() -> None:
    # 2,000 centroids of 512 bytes, and 2 + 128 bytes a vector; 32 links of four bytes, and 512 bytes a vector
    assert capacity.ivf_sq8(1_000_000, 128, 2_000) == 1_024_000 + 130_000_000
    assert capacity.hnsw(1_000_000, 128) == 128_000_000 + 512_000_000
    assert capacity.flat(1_000_000, 128) == 512_000_000


def test_nodes_hold_every_segment_twice_and_are_never_fewer_than_two() -> None:
    room = int(capacity.NODE.room)
    assert capacity.Index("", room / 2, 0, 1).nodes == 2
    assert capacity.Index("", room * 3, 0, 1).nodes == 6
    assert capacity.Index("", room * 3 + 1, 0, 1).nodes == 7
    assert capacity.Index("", 0, capacity.NODE.disk * 2, 1).nodes == 4


def test_a_search_waits_for_cores_or_for_disks_whichever_are_slower() -> None:
    index = capacity.Index("", 0, 0, seconds=8.0, reads=1_000_000)
    assert index.slowest(1) == pytest.approx(1_000_000 / capacity.NODE.reads)  # 2.5 s: sixteen cores take 0.5 s
    assert capacity.Index("", 0, 0, seconds=8.0).slowest(4) == pytest.approx(8 / (4 * 16))


def test_what_the_guide_shows_is_what_is_computed() -> None:
    assert capacity.plan() in (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
