"""Which engine readers ask, and where: the option counts before the environment, and that before the settings."""

from __future__ import annotations

import os
from argparse import Namespace
from pathlib import Path

import pytest

from wellread.cli.options import use_engine

MILVUS = 'engine = "milvus"\nuri = "http://set:1"\n'


@pytest.mark.parametrize(
    ("settings", "environment", "typed", "chosen"),
    [
        ("", ("", ""), ("", ""), ("", "")),
        (MILVUS, ("", ""), ("", ""), ("milvus", "http://set:1")),
        (MILVUS, ("", "http://env:1"), ("", ""), ("milvus", "http://env:1")),
        (MILVUS, ("files", ""), ("", ""), ("files", "")),
        (MILVUS, ("milvus", ""), ("", ""), ("milvus", "http://set:1")),
        (MILVUS, ("milvus", "http://env:1"), ("files", ""), ("files", "http://env:1")),
        (MILVUS, ("", ""), ("milvus", ""), ("milvus", "http://set:1")),
        ("", ("files", ""), ("", "http://typed:1"), ("milvus", "http://typed:1")),
        ('uri = "http://set:1"\n', ("", ""), ("milvus", ""), ("milvus", "http://set:1")),
        ("engine = 1\n", ("", ""), ("", ""), ("", "")),
    ],
)
def test_option_counts_before_the_environment_and_that_before_the_settings(
    settings: str,
    environment: tuple[str, str],
    typed: tuple[str, str],
    chosen: tuple[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "wellread.toml").write_text(settings, encoding="utf-8")
    names = ("WELLREAD_ENGINE", "WELLREAD_MILVUS_URI")
    for name, value in zip(names, environment, strict=True):
        monkeypatch.setenv(name, value)
    engine, uri = typed
    use_engine(Namespace(kb=tmp_path, engine=engine or None, uri=uri or None))
    assert tuple(os.environ[name] for name in names) == chosen
