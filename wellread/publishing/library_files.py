"""The files beside the articles that say how a library is searched: its settings and the editors' glossary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from wellread.search.glossary import GLOSSARY_FILE, read_glossary
from wellread.settings import SETTINGS_FILE, read_settings, readers_settings


@dataclass(frozen=True, slots=True)
class LibraryFiles:
    """What those files come to: the `texts` that a generation carries, and the `names` of the files below the folder.

    The texts are by their usual names, the settings only as far as readers meet them; what is as usual is left out.
    """

    texts: Mapping[str, str]
    names: frozenset[str]


def read_library_files(kb: Path) -> LibraryFiles:
    """Read those files of a knowledge base, each checked.

    Raises:
        SettingsError: the settings are not what they may be.
        GlossaryError: the glossary is not.
    """
    settings = read_settings(kb)
    own = readers_settings(settings)
    texts = {SETTINGS_FILE: own} if own else {}
    glossary = settings.glossary or kb / GLOSSARY_FILE
    if glossary.exists() or glossary.is_symlink():  # a link that leads nowhere is told
        texts[GLOSSARY_FILE] = read_glossary(glossary)
    inside = {glossary.absolute().relative_to(kb.absolute()).as_posix()} if _below(glossary, kb) else set()
    return LibraryFiles(texts, frozenset({SETTINGS_FILE, *inside}))


def _below(file: Path, kb: Path) -> bool:
    return file.absolute().is_relative_to(kb.absolute())
