"""A library's own settings: kb/wellread.toml, read strictly, with neutral words where it says nothing."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast, get_args

from wellread.datatypes import EmergencyKind
from wellread.errors import SettingsError

SETTINGS_FILE = "wellread.toml"
"""The file below the knowledge base that holds the settings."""

EMERGENCY_KINDS: tuple[EmergencyKind, ...] = get_args(EmergencyKind)

DEFAULT_WORDS: Mapping[EmergencyKind, str] = MappingProxyType(
    {
        **dict.fromkeys(EMERGENCY_KINDS, "This may be an emergency. Call {emergency_number} now."),
        "self_harm": (
            "If you might harm yourself, call {emergency_number} or {crisis_line} now. "
            "You do not have to be alone with this."
        ),
    }
)
"""What the safety card says of each kind of emergency. The words give no medical advice."""

_PLACES = ("emergency_number", "crisis_line")
"""What stands in braces in the words of a safety card."""


@dataclass(frozen=True, slots=True)
class SafetySettings:
    """What the safety card says: whom to call, and the words for each kind of emergency.

    In the `words`, {emergency_number} and {crisis_line} stand for the other two.
    """

    emergency_number: str = "your local emergency number"
    crisis_line: str = "a crisis line"
    words: Mapping[EmergencyKind, str] = field(default_factory=lambda: DEFAULT_WORDS)


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of a library, a section each."""

    safety: SafetySettings = field(default_factory=SafetySettings)


def read_settings(kb: Path) -> Settings:
    """Read the settings of the knowledge base in a folder; a library without the file has the neutral ones.

    Raises:
        SettingsError: the file cannot be read, or has a key or a value that it may not have.
    """
    file = kb / SETTINGS_FILE
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"cannot be read ({error})", "save it as UTF-8 text, or delete it", file) from error
    return parse_settings(text, file)


def parse_settings(text: str, file: Path) -> Settings:
    """Read settings from the text of a file; raises SettingsError as `read_settings` does."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            f"is not TOML ({error})", 'mend that line: a setting is written as name = "value"', file
        ) from error
    return _Reading(file, text).settings(content)


@dataclass(frozen=True, slots=True)
class _Reading:
    """The reading of one file, for messages that name the file and the line."""

    file: Path
    text: str

    def settings(self, content: Mapping[str, Any]) -> Settings:
        self.check_keys(content, ("safety",), "")
        return Settings(self.safety(self.table(content, "safety", "")))

    def safety(self, table: Mapping[str, Any]) -> SafetySettings:
        self.check_keys(table, (*_PLACES, "words"), "safety")
        words = self.table(table, "words", "safety")
        self.check_keys(words, EMERGENCY_KINDS, "safety.words")
        own = {cast(EmergencyKind, kind): self.words(words, kind) for kind in words}
        named = {key: self.string(table, key, "safety") for key in _PLACES if key in table}
        return SafetySettings(**named, words=MappingProxyType({**DEFAULT_WORDS, **own}))

    def words(self, table: Mapping[str, Any], kind: str) -> str:
        """The words for one kind of emergency, with nothing in braces that does not stand for a setting."""
        words = self.string(table, kind, "safety.words")
        try:
            places = {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}
        except ValueError:
            places = {""}
        if places - {*_PLACES}:
            raise self.error(
                kind,
                f"the words of {kind} have braces that stand for nothing",
                f"write only {' and '.join(f'{{{place}}}' for place in _PLACES)} in braces",
            )
        return words

    def table(self, content: Mapping[str, Any], key: str, section: str) -> Mapping[str, Any]:
        value = content.get(key, {})
        if not isinstance(value, dict):
            name = _full(section, key)
            raise self.error(key, f"{name} is no section", f"write a line [{name}] and its settings below it")
        return value

    def string(self, table: Mapping[str, Any], key: str, section: str) -> str:
        value = table[key]
        if not isinstance(value, str) or not value.strip():
            raise self.error(key, f"{_full(section, key)} is no text", f'write {key} = "…", or delete the line')
        return value.strip()

    def check_keys(self, table: Mapping[str, Any], known: Collection[str], section: str) -> None:
        for key in table:
            if key not in known:
                where = f"in [{section}]" if section else "in this file"
                raise self.error(
                    key,
                    f"{_full(section, key)} is not a setting",
                    f"delete it, or mend its name: {where} can stand {', '.join(known)}",
                )

    def error(self, key: str, reason: str, remedy: str) -> SettingsError:
        """An error at the first line that begins with a key, or opens a section of that name."""
        line = next((number for number, line in enumerate(self.text.splitlines(), 1) if _opens(line, key)), None)
        return SettingsError(reason, remedy, self.file, line)


def _opens(line: str, key: str) -> bool:
    name = line.split("=")[0].strip().strip("[]").split(".")[-1].strip().strip("\"'")
    return name == key


def _full(section: str, key: str) -> str:
    return f"{section}.{key}" if section else key
