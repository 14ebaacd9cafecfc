"""A library's own settings: kb/wellread.toml, read strictly, with neutral words where it says nothing."""

from __future__ import annotations

import json
import os
import re
import string
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast, get_args

from wellread.datatypes import EmergencyKind
from wellread.errors import SettingsError
from wellread.files import read_text
from wellread.text.characters import no_text

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

PAGE_KEYS = ("disclaimer", "whom_to_ask", "language", "feedback")
"""The settings of the section [page]."""

PAGE_LANGUAGES = ("en", "ar", "de", "es", "hi")
"""The languages of the page's own words; each but English has a catalogue in page/locale/."""

LONGEST_DISCLAIMER = 90
"""Characters of the page's own disclaimer at most: two lines on a phone of 390 pixels."""

_API_KEYS = ("origins", "rate")
"""What stands in the section [api]."""

_ORIGIN = re.compile(r"https?://[a-z0-9_-]+(\.[a-z0-9_-]+)*(:\d{1,5})?")

_DESK_KEYS = ("on", "editors", "groups")
"""What stands in the section [desk]."""
_INSIGHTS_KEYS = ("on", "sessions", "days")
"""What stands in the section [insights]."""

FEWEST_SESSIONS = 2
"""Sessions that must have asked alike at least: the wording of one would be one person's question."""

_SECTIONS: Mapping[str, tuple[str, ...]] = {
    "safety": _PLACES,
    "page": PAGE_KEYS,
    "api": _API_KEYS,
    "desk": _DESK_KEYS,
    "insights": _INSIGHTS_KEYS,
}
"""The settings of each section, but for the words of safety cards."""

PUBLISHING_KEYS = (
    "include", "exclude", "judgments", "tolerance", "keep", "glossary", "workers", "ray", "engine", "uri"
)  # fmt: skip
"""The settings that stand above the first section: which articles are published, and how."""

_QUOTES = " \"'“”‘’"
_SETTING_LINE = re.compile(r"([A-Za-z_-]+)\s*[=:]\s*([^\s#][^#]*?)\s*(?:#.*)?")
MOST_DOTS = 500
"""Dots of a name or a value, at most: a name of 16,000 parts takes Python 4 seconds, and four times as long with twice
as many."""

_TOML_PARTS = re.compile(r"[=,\[\]{}]")
_TOML_LINE = re.compile(r"\(at line (\d+),")


@dataclass(frozen=True, slots=True)
class SafetySettings:
    """What the safety card says: whom to call, and the words for each kind of emergency.

    In the `words`, {emergency_number} and {crisis_line} stand for the other two.
    """

    emergency_number: str = "your local emergency number"
    crisis_line: str = "a crisis line"
    words: Mapping[EmergencyKind, str] = field(default_factory=lambda: DEFAULT_WORDS)


@dataclass(frozen=True, slots=True)
class PageSettings:
    """What the page says around the articles; where a text is "", the page's usual words in the reader's language.

    `disclaimer` is the line at the foot of the window, and `whom_to_ask` a sentence that names whom to ask where the
    articles do not answer. `language` is that of the page's own words, or "browser" for the one that the reader's
    browser asks for. `feedback` asks below each answer whether it helped.
    """

    disclaimer: str = ""
    whom_to_ask: str = ""
    language: str = "en"
    feedback: bool = False


@dataclass(frozen=True, slots=True)
class ApiSettings:
    """Who may use the HTTP API from a browser, and how often anybody may.

    `origins` are the web sites whose pages may ask, as browsers write them (https://www.example.org). `rate` is how
    many requests a minute one address may make: 600 lets ten people behind one address type ahead at once, and takes
    less than a fifth of a processor core (benchmarks/api.py).
    """

    origins: tuple[str, ...] = ()
    rate: int = 600


@dataclass(frozen=True, slots=True)
class DeskSettings:
    """Whether there is an editors' desk, and who may sign in by OpenID Connect.

    `editors` are e-mail addresses in small letters, `groups` names of the provider's claim "groups". Tokens stand in
    the environment alone.
    """

    on: bool = False
    editors: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InsightsSettings:
    """Whether it is counted what readers ask, and what of it is kept.

    A question is kept only as one of a group that at least `sessions` visits asked alike: five is the least that
    statistics offices usually publish. Nothing is kept longer than `days`: 90 show a season.
    """

    on: bool = False
    sessions: int = 5
    days: int = 90


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of a library.

    `include` and `exclude` are patterns of files (`articles.file_patterns`). `judgments` is the folder of judged
    questions and `glossary` the file of the editors' terms; None where they are at their usual places. A fall of the
    mean nDCG@10 by more than `tolerance` refuses a publication; 0.02 is about what one question of fifty weighs.
    `keep` is how many generations stay on the disk; five are a working week of daily edits. `workers` is how many
    processes embed, on the Ray cluster at the address `ray` where it is not ""; None is as many as the cluster has
    processors, or this process alone. `engine` keeps the generations that readers ask: "files", or "milvus" at the
    address `uri`.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    judgments: Path | None = None
    tolerance: float = 0.02
    keep: int = 5
    glossary: Path | None = None
    workers: int | None = None
    ray: str = ""
    engine: str = "files"
    uri: str = ""
    safety: SafetySettings = field(default_factory=SafetySettings)
    page: PageSettings = field(default_factory=PageSettings)
    api: ApiSettings = field(default_factory=ApiSettings)
    desk: DeskSettings = field(default_factory=DeskSettings)
    insights: InsightsSettings = field(default_factory=InsightsSettings)


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
    for key, path, there in (
        ("judgments", settings.judgments, Path.is_dir),
        ("glossary", settings.glossary, Path.is_file),
    ):
        if path is not None and not there(path):
            what = "folder" if key == "judgments" else "file"
            raise _Reading(file, text).error(
                "",
                key,
                f"there is no {what} {path}",
                f"write its path as seen from the folder {kb}, or delete the line",
            )
    return settings


def parse_settings(text: str, file: Path) -> Settings:
    """Read settings from the text of a file, to whose folder paths are relative; raises SettingsError."""
    for number, whole in enumerate(text.split("\n"), 1):
        is_comment = whole.lstrip().startswith("#")
        if not is_comment and any(part.count(".") > MOST_DOTS for part in _TOML_PARTS.split(whole)):
            raise SettingsError(f"has a value or a name with more than {MOST_DOTS} dots", "write less", file, number)
    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # lists too deep, or numbers too long, for Python
        place = _TOML_LINE.search(str(error))
        line = int(place[1]) if place else None
        raise SettingsError(f"is not TOML ({error})", _mended(text, line), file, line) from error
    return _Reading(file, text).settings(content)


def _mended(text: str, line: int | None) -> str:
    """How a line that is no TOML should be written, as far as it can be told: the nearest setting, its value quoted."""
    usual = 'mend that line: a setting is written as name = "value"'
    found = _SETTING_LINE.fullmatch(text.splitlines()[line - 1].strip()) if line else None
    known = (*PUBLISHING_KEYS, *chain.from_iterable(_SECTIONS.values()))
    near = get_close_matches(_plain_key(found[1]).casefold(), known, 1) if found else []
    if found is None or not near:
        return usual
    value = found[2].strip(f"{_QUOTES}[]")
    if near[0] in ("on", "feedback"):
        return f"write {near[0]} = {str(value.casefold() in ('true', 'yes', 'on', '1')).lower()}"
    if near[0] in ("include", "exclude", "origins", "editors", "groups"):
        return f"write {near[0]} = {written(tuple(part.strip(_QUOTES) for part in value.split(',')))}"
    if near[0] in ("tolerance", "keep", "rate", "workers", "sessions", "days"):
        return (
            f"write {near[0]} = {value.replace(',', '.')}"
            if value.replace(",", "").replace(".", "").isdigit()
            else usual
        )
    return f"write {near[0]} = {written(value)}"


def own_values(settings: Settings) -> dict[str, object]:
    """The values that differ from the usual ones, by name; those of a section as "safety.crisis_line"."""
    usual = Settings()
    own: dict[str, object] = {
        key: getattr(settings, key) for key in PUBLISHING_KEYS if getattr(settings, key) != getattr(usual, key)
    }
    for section, keys in _SECTIONS.items():
        given, usual_ones = getattr(settings, section), getattr(usual, section)
        own |= {
            f"{section}.{key}": getattr(given, key) for key in keys if getattr(given, key) != getattr(usual_ones, key)
        }
    words = settings.safety.words
    return own | {f"safety.words.{kind}": words[kind] for kind in words if words[kind] != DEFAULT_WORDS[kind]}


def readers_settings(settings: Settings) -> str:
    """The settings that readers meet, as the text of a settings file; "" where they are the usual ones.

    A generation carries this text, so that a change of it is another generation and a change of the rest is none.
    """
    met = {key: value for key, value in own_values(settings).items() if "." in key and not key.startswith("desk.")}
    return "".join(f"{key} = {written(value)}\n" for key, value in met.items())


def written(value: object) -> str:
    """A value as a settings file has it.

    >>> written(("heart/*", "drafts"))
    '["heart/*", "drafts"]'
    """
    if isinstance(value, tuple):
        return f"[{', '.join(map(written, value))}]"
    if isinstance(value, float):
        return f"{value:g}"
    # TOML's strings are those of JSON, but for one character that must be escaped in them.
    return json.dumps(value if isinstance(value, int) else str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


@dataclass(frozen=True, slots=True)
class _Reading:
    """The reading of one file, for messages that name the file and the line."""

    file: Path
    text: str

    def settings(self, content: Mapping[str, Any]) -> Settings:
        self.check_characters(content, "")
        self.check_keys(content, (*PUBLISHING_KEYS, *_SECTIONS), "")
        named: dict[str, Any] = {key: self.patterns(content, key) for key in ("include", "exclude") if key in content}
        named |= {key: self.path(content, key) for key in ("judgments", "glossary") if key in content}
        if "tolerance" in content:
            named["tolerance"] = self.share(content, "tolerance")
        if "keep" in content:
            named["keep"] = self.whole_number(content, "keep", "", Settings().keep)
        if "workers" in content:
            named["workers"] = self.whole_number(content, "workers", "", 2)
        named |= {key: self.string(content, key, "") for key in ("ray", "engine", "uri") if key in content}
        return Settings(
            **named,
            safety=self.safety(self.table(content, "safety", "")),
            page=self.page(self.table(content, "page", "")),
            api=self.api(self.table(content, "api", "")),
            desk=self.desk(self.table(content, "desk", "")),
            insights=self.insights(self.table(content, "insights", "")),
        )

    def page(self, table: Mapping[str, Any]) -> PageSettings:
        self.check_keys(table, PAGE_KEYS, "page")
        named = {key: self.string(table, key, "page") for key in PAGE_KEYS if key in table and key != "feedback"}
        if named.get("language", "en") not in (*PAGE_LANGUAGES, "browser"):
            raise self.error(
                "page",
                "language",
                f"the page has no words in {named['language']}",
                f'write language = "browser" for each reader\'s own, or one of {", ".join(PAGE_LANGUAGES)}',
            )
        disclaimer = " ".join(named.get("disclaimer", "").split())
        if len(disclaimer) > LONGEST_DISCLAIMER:
            raise self.error(
                "page",
                "disclaimer",
                f"page.disclaimer has {len(disclaimer)} characters: it would hide the answer on a phone",
                f"write at most {LONGEST_DISCLAIMER}; each article's own disclaimer stands in full in its card",
            )
        return PageSettings(**named | {"disclaimer": disclaimer}, feedback=self.switch(table, "feedback", "page"))

    def api(self, table: Mapping[str, Any]) -> ApiSettings:
        self.check_keys(table, _API_KEYS, "api")
        named: dict[str, Any] = {}
        if "origins" in table:
            named["origins"] = self.origins(table)
        if "rate" in table:
            named["rate"] = self.whole_number(table, "rate", "api", ApiSettings().rate)
        return ApiSettings(**named)

    def desk(self, table: Mapping[str, Any]) -> DeskSettings:
        self.check_keys(table, _DESK_KEYS, "desk")
        editors = tuple(name.casefold() for name in self.names(table, "editors"))
        if any("@" not in name for name in editors):
            remedy = 'write editors = ["anna@example.org"], or delete the line'
            raise self.error("desk", "editors", "desk.editors is no list of e-mail addresses", remedy)
        return DeskSettings(self.switch(table, "on", "desk"), editors, self.names(table, "groups"))

    def names(self, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(name, str) and name.strip() for name in value):
            example = written((value,)) if isinstance(value, str) and value.strip() else '["…"]'
            remedy = f"write {key} = {example}, or delete the line"
            raise self.error("desk", key, f"desk.{key} is no list of names", remedy)
        return tuple(name.strip() for name in value)

    def insights(self, table: Mapping[str, Any]) -> InsightsSettings:
        self.check_keys(table, _INSIGHTS_KEYS, "insights")
        usual = InsightsSettings()
        named = {
            key: self.whole_number(table, key, "insights", getattr(usual, key))
            for key in ("sessions", "days")
            if key in table
        }
        if named.get("sessions", usual.sessions) < FEWEST_SESSIONS:
            reason = f"questions that {named['sessions']} visit asked would be one person's"
            raise self.error("insights", "sessions", reason, f"write sessions = {usual.sessions}, or delete the line")
        return InsightsSettings(self.switch(table, "on", "insights"), **named)

    def origins(self, table: Mapping[str, Any]) -> tuple[str, ...]:
        """Web sites as browsers name them: scheme, host and perhaps a port, in small letters, without a path."""
        value = table["origins"]
        given = value if isinstance(value, list) else [value]
        sites = [site.strip().lower().removesuffix("/") if isinstance(site, str) else "" for site in given]
        if not isinstance(value, list) or not all(map(_ORIGIN.fullmatch, sites)):
            remedy = 'write origins = ["https://www.example.org"], or delete the line'
            raise self.error("api", "origins", "api.origins is no list of web sites", remedy)
        return tuple(sites)

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
                "safety.words",
                kind,
                f"the words of {kind} have braces that stand for nothing",
                f"write only {' and '.join(f'{{{place}}}' for place in _PLACES)} in braces",
            )
        return words

    def table(self, content: Mapping[str, Any], key: str, section: str) -> Mapping[str, Any]:
        value = content.get(key, {})
        if not isinstance(value, dict):
            name = _full(section, key)
            raise self.error(section, key, f"{name} is no section", f"write a line [{name}] and its settings below it")
        return value

    def string(self, table: Mapping[str, Any], key: str, section: str) -> str:
        value = table[key]
        if not isinstance(value, str) or not value.strip():
            remedy = f'write {key} = "…", or delete the line'
            raise self.error(section, key, f"{_full(section, key)} is no text", remedy)
        return value.strip()

    def path(self, content: Mapping[str, Any], key: str) -> Path:
        """A path as seen from the folder of the file."""
        return Path(os.path.normpath(self.file.parent / self.string(content, key, "")))

    def patterns(self, content: Mapping[str, Any], key: str) -> tuple[str, ...]:
        value = content[key]
        if not isinstance(value, list) or not all(isinstance(pattern, str) and pattern.strip() for pattern in value):
            example = written((value,)) if isinstance(value, str) and value.strip() else '["heart/*"]'
            raise self.error("", key, f"{key} is no list of patterns", f"write {key} = {example}, or delete the line")
        return tuple(pattern.strip() for pattern in value)

    def switch(self, table: Mapping[str, Any], key: str, section: str) -> bool:
        value = table.get(key, False)
        if not isinstance(value, bool):
            remedy = f"write {key} = true or {key} = false, without quotes"
            raise self.error(section, key, f"{_full(section, key)} is neither true nor false", remedy)
        return value

    def share(self, content: Mapping[str, Any], key: str) -> float:
        value = content[key]
        if type(value) not in (int, float) or not 0 <= value <= 1:
            remedy = f"write {key} = {Settings().tolerance:g}, or delete the line"
            raise self.error("", key, f"{key} is no number from 0 to 1", remedy)
        return float(value)

    def whole_number(self, table: Mapping[str, Any], key: str, section: str, usual: int) -> int:
        value = table[key]
        if type(value) is not int or value < 1:
            remedy = f"write {key} = {usual}, or delete the line"
            raise self.error(section, key, f"{_full(section, key)} is no whole number from 1", remedy)
        return value

    def check_characters(self, content: Mapping[str, Any], section: str) -> None:
        for key, value in content.items():
            if isinstance(value, dict):
                self.check_characters(value, _full(section, key))
            for text in (key, *(value if isinstance(value, list) else [value])):
                if isinstance(text, str) and (found := no_text(text)):
                    reason = (
                        f"{_full(section, key)} holds the character U+{ord(found[0]):04X}, which belongs to no text"
                    )
                    raise self.error(section, key, reason, "delete the escape that stands for it")

    def check_keys(self, table: Mapping[str, Any], known: Collection[str], section: str) -> None:
        for key in table:
            if key not in known:
                where = f"in [{section}]" if section else "in this file"
                raise self.error(
                    section,
                    key,
                    f"{_full(section, key)} is not a setting",
                    f"{_meant(key, known)}: {where} can stand {', '.join(known)}",
                )

    def error(self, section: str, key: str, reason: str, remedy: str) -> SettingsError:
        """An error at the line of a key, or of what stands for its section."""
        wanted = _full(section, key)
        lines = list(_keys(self.text))
        line = next((number for number, name in lines if name == wanted), None)
        above = next((number for number, name in lines if name and wanted.startswith(f"{name}.")), None)
        return SettingsError(reason, remedy, self.file, line or above)


def _meant(key: str, known: Collection[str]) -> str:
    """What to do about a key that is none: the nearest that is one, or where it belongs."""
    plain = key.casefold().replace("-", "_")
    if plain in PUBLISHING_KEYS and plain not in known:
        return f"move {plain} above the first line in brackets"
    for section, keys in _SECTIONS.items():
        if plain in keys and plain not in known:
            return f"move {plain} below a line [{section}]"
    near = get_close_matches(plain, known, 1)
    return f"write {near[0]}, or delete it" if near else "delete it, or mend its name"


def _keys(text: str) -> Iterator[tuple[int, str]]:
    """The full names of the keys and sections that lines begin with, each with its line's number."""
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        plain = line.strip()
        if plain.startswith("["):
            section = _plain_key(plain.strip("[").partition("]")[0])
            yield number, section
        elif "=" in plain and not plain.startswith("#"):
            yield number, _full(section, _plain_key(plain.partition("=")[0]))


def _plain_key(written_key: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in written_key.split("."))


def _full(section: str, key: str) -> str:
    return f"{section}.{key}" if section else key
