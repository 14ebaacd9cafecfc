"""The library behind the API: damage is found, and a generation whose files were brought back answers again."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from index_files import index_file
from served import library, published

from wellread.api import library as loading
from wellread.errors import IndexDamaged
from wellread.index.layout import DATABASE
from wellread.publishing import standby
from wellread.search.searcher import Searcher


def test_generation_whose_files_were_brought_back_answers_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = published(tmp_path)
    stored = index_file(index, DATABASE)
    whole = stored.read_bytes()
    asked = library(index)
    wanted = asked.served().ask("a nap", 1)
    stored.write_bytes(b"nothing")
    with pytest.raises(IndexDamaged):
        asked.served().ask("a nap", 1)
    with pytest.raises(IndexDamaged):
        asked.served()
    stored.unlink()
    stored.write_bytes(whole)
    monkeypatch.setattr(standby, "_damaged", {})  # a minute later
    assert asked.served().ask("a nap", 1) == wanted


def test_models_are_loaded_once_and_one_after_the_other_whoever_asks_meanwhile(
    small_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def load(name: str) -> None:
        seen.append(f"{name} begins")
        time.sleep(0.05)  # so that others come meanwhile
        seen.append(f"{name} ends")

    monkeypatch.setattr(loading, "language_of", lambda text: load("languages"))
    monkeypatch.setattr(Searcher, "warm", lambda self: load("encoder"))
    served = library(small_index).served()
    with ThreadPoolExecutor(3) as pool:
        for waiting in [pool.submit(served.warm) for _ in range(3)]:
            waiting.result()
    assert seen == ["languages begins", "languages ends", "encoder begins", "encoder ends"]
