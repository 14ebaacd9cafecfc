"""A table of a settings file while it is read: each value is checked, and a fault names its file, line and remedy."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from wellread.errors import SettingsError
from wellread.settings.names import full_name, line_of, what_to_do
from wellread.settings.writing import written
from wellread.text.characters import no_text


@dataclass(frozen=True, slots=True)
class Table:
    """A table by its name, "" for what stands above the first section; `text` is that of the whole file.

    Each method that reads a value gives the usual one where the table has none, and raises SettingsError where it has
    a wrong one.
    """

    file: Path
    text: str
    values: Mapping[str, Any]
    name: str = ""

    def section(self, key: str) -> Table:
        """A section of this table; an empty one where it is not there."""
        values = self.values.get(key, {})
        name = full_name(self.name, key)
        if not isinstance(values, dict):
            remedy = f"write a line [{name}] and its settings below it"
            raise self.error(key, f"{name} is no section", remedy)
        return replace(self, values=values, name=name)

    def string(self, key: str, usual: str = "") -> str:
        """A text that is not empty, without white space around it."""
        if key not in self.values:
            return usual
        value = self.values[key]
        if not isinstance(value, str) or not value.strip():
            raise self._wrong(key, "text", f'write {key} = "…"')
        return value.strip()

    def path(self, key: str) -> Path | None:
        """A path as seen from the folder of the file."""
        given = self.string(key)
        return Path(os.path.normpath(self.file.parent / given)) if given else None

    def texts(self, key: str, what: str, example: str) -> tuple[str, ...]:
        """A list of texts; `what` they are, and an `example`, for the message about another value."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(text, str) and text.strip() for text in value):
            meant = value if isinstance(value, str) and value.strip() else example
            raise self._wrong(key, f"list of {what}", f"write {key} = {written((meant,))}")
        return tuple(text.strip() for text in value)

    def switch(self, key: str) -> bool:
        """True or false, false where nothing is said."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            remedy = f"write {key} = true or {key} = false, without quotes"
            raise self.error(key, f"{full_name(self.name, key)} is neither true nor false", remedy)
        return value

    def share(self, key: str, usual: float) -> float:
        """A number from 0 to 1."""
        value = self.values.get(key, usual)
        if type(value) not in (int, float) or not 0 <= value <= 1:
            raise self._wrong(key, "number from 0 to 1", f"write {key} = {usual:g}")
        return float(value)

    def whole_number(self, key: str, usual: int) -> int:
        """A whole number from 1."""
        value = self.values.get(key, usual)
        if type(value) is not int or value < 1:
            raise self._wrong(key, "whole number from 1", f"write {key} = {usual}")
        return value

    def check_names(self, known: Collection[str]) -> None:
        """Refuse a name that is none of the `known` ones."""
        for key in self.values:
            if key not in known:
                where = f"in [{self.name}]" if self.name else "in this file"
                raise self.error(
                    key,
                    f"{full_name(self.name, key)} is not a setting",
                    f"{what_to_do(key, known)}: {where} can stand {', '.join(known)}",
                )

    def check_characters(self) -> None:
        """Refuse characters that belong to no text, in names and values, here and in the tables inside."""
        for key, value in self.values.items():
            if isinstance(value, dict):
                self.section(key).check_characters()
            for text in (key, *(value if isinstance(value, list) else [value])):
                if isinstance(text, str) and (found := no_text(text)):
                    character = f"the character U+{ord(found[0]):04X}, which belongs to no text"
                    reason = f"{full_name(self.name, key)} holds {character}"
                    raise self.error(key, reason, "delete the escape that stands for it")

    def error(self, key: str, reason: str, remedy: str) -> SettingsError:
        """An error at the line of a setting, or at that of its section."""
        return SettingsError(reason, remedy, self.file, line_of(self.text, full_name(self.name, key)))

    def _wrong(self, key: str, what: str, remedy: str) -> SettingsError:
        return self.error(key, f"{full_name(self.name, key)} is no {what}", f"{remedy}, or delete the line")
