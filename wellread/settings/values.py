"""All settings of a library with their usual values: what each means, and why it is what it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from types import MappingProxyType
from typing import get_args

from wellread.datatypes import EmergencyKind

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


_USUAL = Settings()

SECTIONS: Mapping[str, tuple[str, ...]] = {
    section.name: tuple(setting.name for setting in fields(getattr(_USUAL, section.name)) if setting.name != "words")
    for section in fields(_USUAL)
    if is_dataclass(getattr(_USUAL, section.name))
}
"""The names of the settings of each section, but for the words of safety cards, which have a section of their own."""

PUBLISHING_KEYS = tuple(setting.name for setting in fields(_USUAL) if setting.name not in SECTIONS)
"""The names of the settings that stand above the first section: which articles are published, and how."""
