"""The library behind the API: damage is found, and a generation whose files were brought back answers again."""

from __future__ import annotations

from pathlib import Path

import pytest
from served import library, published

from wellread.errors import IndexDamaged
from wellread.index.layout import current_generation, generation_folder
from wellread.publishing import standby


def test_generation_whose_files_were_brought_back_answers_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = published(tmp_path)
    stored = generation_folder(index, current_generation(index)) / "passages.sqlite"
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
