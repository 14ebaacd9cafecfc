"""The names in a settings file: on which line each stands, and which setting is meant by one that is none."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import fields
from difflib import get_close_matches
from itertools import chain

from wellread.settings.values import PUBLISHING_KEYS, SECTIONS, Settings
from wellread.settings.writing import written

_QUOTES = " \"'“”‘’"
_SETTING_LINE = re.compile(r"([A-Za-z_-]+)\s*[=:]\s*([^\s#][^#]*?)\s*(?:#.*)?")
_NUMBER = re.compile(r"\d*\.?\d+", re.ASCII)

_TYPES = {
    setting.name: str(setting.type)
    for table in (Settings(), *(getattr(Settings(), section) for section in SECTIONS))
    for setting in fields(table)
}
"""The type of each setting, as its dataclass declares it."""


def full_name(section: str, key: str) -> str:
    """The name of a setting with that of its section, as in page.language."""
    return f"{section}.{key}" if section else key


def line_of(text: str, name: str) -> int | None:
    """The line of a setting by its full name, or else that of its section."""
    lines = list(_names(text))
    line = next((number for number, found in lines if found == name), None)
    above = next((number for number, found in lines if found and name.startswith(f"{found}.")), None)
    return line or above


def what_to_do(key: str, known: Collection[str]) -> str:
    """What to do about a name that is none of the `known` ones: write the nearest that is one, or move it."""
    plain = key.casefold().replace("-", "_")
    if plain in PUBLISHING_KEYS and plain not in known:
        return f"move {plain} above the first line in brackets"
    places = [f"[{section}]" for section, keys in SECTIONS.items() if plain in keys]
    if places and plain not in known:
        return f"move {plain} below a line {' or '.join(places)}"
    near = get_close_matches(plain, known, 1)
    return f"write {near[0]}, or delete it" if near else "delete it, or mend its name"


def as_it_should_be(line: str) -> str:
    """How a line that is no TOML should be written, as far as it can be told: the nearest setting, its value quoted."""
    usual = 'mend that line: a setting is written as name = "value"'
    found = _SETTING_LINE.fullmatch(line.strip())
    known = (*PUBLISHING_KEYS, *chain.from_iterable(SECTIONS.values()))
    near = get_close_matches(_plain(found[1]).casefold(), known, 1) if found else []
    if found is None or not near:
        return usual
    value = found[2].strip(f"{_QUOTES}[]")
    match _TYPES[near[0]].partition("[")[0].partition(" ")[0]:
        case "bool":
            return f"write {near[0]} = {str(value.casefold() in ('true', 'yes', 'on', '1')).lower()}"
        case "tuple":
            return f"write {near[0]} = {written(tuple(part.strip(_QUOTES) for part in value.split(',')))}"
        case "int":
            return f"write {near[0]} = {int(value)}" if value.isdecimal() else usual
        case "float":
            number = value.replace(",", ".")
            return f"write {near[0]} = {float(number):g}" if _NUMBER.fullmatch(number) else usual
    return f"write {near[0]} = {written(value)}"


def _names(text: str) -> Iterator[tuple[int, str]]:
    """The full names of the settings and sections that lines begin with, each with its line's number."""
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        plain = line.strip()
        if plain.startswith("["):
            section = _plain(plain.strip("[").partition("]")[0])
            yield number, section
        elif "=" in plain and not plain.startswith("#"):
            yield number, full_name(section, _plain(plain.partition("=")[0]))


def _plain(name: str) -> str:
    """A name without the quotes that TOML allows around its parts."""
    return ".".join(part.strip().strip("\"'") for part in name.split("."))
