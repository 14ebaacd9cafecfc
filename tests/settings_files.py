"""Settings files for tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from wellread.errors import SettingsError
from wellread.settings import read_settings


def written(folder: Path, text: str) -> Path:
    """Write a settings file into a folder, which is given back."""
    (folder / "wellread.toml").write_text(text, encoding="utf-8")
    return folder


def fault(folder: Path, text: str) -> SettingsError:
    """The error of a settings file with this text, which names the file."""
    with pytest.raises(SettingsError) as caught:
        read_settings(written(folder, text))
    assert caught.value.where == str(folder / "wellread.toml")
    return caught.value
