"""The library behind the API: damage is found, and a generation whose files were brought back answers again."""

from __future__ import annotations

from pathlib import Path

import pytest
from index_files import index_file
from served import library, published

from wellread.errors import IndexDamaged
from wellread.index.layout import DATABASE
from wellread.publishing import standby


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
