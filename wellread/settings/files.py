"""Reads a settings file whole."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

from wellread.errors import SettingsError
from wellread.files import read_text
from wellread.settings import sections
from wellread.settings.names import as_it_should_be
from wellread.settings.table import Table
from wellread.settings.values import PUBLISHING_KEYS, SECTIONS, Settings

SETTINGS_FILE = "wellread.toml"
"""The file below the knowledge base that holds the settings."""

MOST_DOTS = 500
"""Dots of a name or a value, at most: a name of 16,000 parts takes Python 4 seconds, and four times as long with twice
as many."""

_TOML_PARTS = re.compile(r"[=,\[\]{}]")
_SETTING = re.compile(r"\s*[\w.\"'-]+\s*=")
_TOML_LINE = re.compile(r"\(at line (\d+),")


def read_settings(kb: Path) -> Settings:
    """Read the settings of the knowledge base in a folder; a library without the file has the neutral ones.

    Raises:
        SettingsError: the file cannot be read, has a key or a value that it may not have, or names a folder or a file
            that is not there.
    """
    file = kb / SETTINGS_FILE
    try:
        text = read_text(file)
    except (OSError, UnicodeDecodeError) as error:
        if isinstance(error, NotADirectoryError):
            return Settings()  # what is wrong with the folder is told by whoever reads its articles
        if isinstance(error, FileNotFoundError) and not file.is_symlink():  # a link that leads nowhere is told
            return Settings()
        raise SettingsError(f"cannot be read ({error})", "save it as UTF-8 text, or delete it", file) from error
    settings = parse_settings(text, file)
    for key, path, what, there in (
        ("judgments", settings.judgments, "folder", Path.is_dir),
        ("glossary", settings.glossary, "file", Path.is_file),
    ):
        if path is not None and not there(path):
            remedy = f"write its path as seen from the folder {kb}, or delete the line"
            raise Table(file, text, {}).error(key, f"there is no {what} {path}", remedy)
    return settings


def parse_settings(text: str, file: Path) -> Settings:
    """Read settings from the text of a file, to whose folder paths are relative; raises SettingsError."""
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        is_comment = line.lstrip().startswith("#")
        if not is_comment and any(part.count(".") > MOST_DOTS for part in _TOML_PARTS.split(line)):
            raise SettingsError(f"has a value or a name with more than {MOST_DOTS} dots", "write less", file, number)
    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # lists too deep, or numbers too long, for Python
        place = _TOML_LINE.search(str(error))
        at = int(place[1]) if place else None
        if str(error).endswith("(at end of document)"):  # a bracket or a quotation mark that is never closed
            at = _last_setting(lines)
        remedy = as_it_should_be(lines[at - 1] if at else "")
        raise SettingsError(f"is not TOML ({error})", remedy, file, at) from error
    return _settings(Table(file, text, content))


def _last_setting(lines: Sequence[str]) -> int | None:
    """The number of the last line that begins a setting."""
    return next((number for number in range(len(lines), 0, -1) if _SETTING.match(lines[number - 1])), None)


def _settings(table: Table) -> Settings:
    table.check_characters()
    table.check_names((*PUBLISHING_KEYS, *SECTIONS))
    usual = Settings()
    return Settings(
        include=table.texts("include", "patterns", "heart/*"),
        exclude=table.texts("exclude", "patterns", "heart/*"),
        judgments=table.path("judgments"),
        glossary=table.path("glossary"),
        tolerance=table.share("tolerance", usual.tolerance),
        keep=table.whole_number("keep", usual.keep),
        workers=table.whole_number("workers", 2) if "workers" in table.values else None,
        ray=table.string("ray"),
        engine=table.string("engine", usual.engine),
        uri=table.string("uri"),
        safety=sections.safety(table.section("safety")),
        page=sections.page(table.section("page")),
        api=sections.api(table.section("api")),
        desk=sections.desk(table.section("desk")),
        insights=sections.insights(table.section("insights")),
    )
