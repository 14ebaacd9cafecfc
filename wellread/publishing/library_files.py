"""The files beside the articles that say how a library is searched: its settings and the editors' glossary."""

from __future__ import annotations

from pathlib import Path

from wellread.search.glossary import GLOSSARY_FILE, read_glossary
from wellread.settings import SETTINGS_FILE, read_settings


def read_library_files(kb: Path) -> dict[str, str]:
    """The texts of those files that a knowledge base has, by name, each checked.

    Raises:
        SettingsError: the settings are not what they may be.
        GlossaryError: the glossary is not.
    """
    read_settings(kb)
    texts: dict[str, str] = {}
    for name in (SETTINGS_FILE, GLOSSARY_FILE):
        if (kb / name).is_file():
            if name == GLOSSARY_FILE:
                read_glossary(kb / name)
            texts[name] = (kb / name).read_text(encoding="utf-8-sig")
    return texts
