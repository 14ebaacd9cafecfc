"""An API over a small library for tests: two articles, the small model, and whatever settings a test names."""

from __future__ import annotations

from pathlib import Path

from conftest import HashEncoder, plain_calibration
from starlette.testclient import TestClient

from wellread.api.app import create_server
from wellread.api.library import Library, OpenedHere
from wellread.index.layout import current_generation
from wellread.index.reader import Reader
from wellread.publishing.policy import Policy
from wellread.publishing.publish import publish
from wellread.search.searcher import Searcher

HEAT = """---
title: Heat rash
language: en
last_reviewed: 2026-03-02
next_review: 2027-03-02
---

# Heat rash

Heat rash is small itchy spots on warm skin.

## What helps

Wear loose cotton. Keep the skin cool.

Ask a nurse before you use a cream.
"""

SLEEP = """---
title: Sleeping better
id: rest/sleep
---

# Sleeping better

## Étiquette of naps

A short nap before three does no harm.
"""


def write_library(kb: Path, settings: str = "") -> Path:
    kb.mkdir()
    (kb / "heat-rash.md").write_text(HEAT, encoding="utf-8")
    (kb / "sleep.md").write_text(SLEEP, encoding="utf-8")
    if settings:
        (kb / "wellread.toml").write_text(settings, encoding="utf-8")
    return kb


def published(folder: Path, settings: str = "") -> Path:
    """The index of the small library in a folder."""
    publish(write_library(folder / "kb", settings), folder / "index", HashEncoder(), policy=Policy())
    return folder / "index"


def opened(index: Path) -> Searcher:
    return Searcher(Reader(index, current_generation(index)), HashEncoder(), plain_calibration())


def library(index: Path) -> Library:
    """The library of an index as the API has it, by the small model."""
    return Library(index, OpenedHere(lambda standing: opened(standing.index)))


def client(index: Path, base_path: str = "", address: str = "http://localhost:8501") -> TestClient:
    return TestClient(
        create_server(library(index), base_path),
        address,
    )
