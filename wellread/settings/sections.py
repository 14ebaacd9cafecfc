"""What each section of a settings file may say."""

from __future__ import annotations

import re
import string
from types import MappingProxyType
from typing import cast

from wellread.datatypes import EmergencyKind
from wellread.settings.table import Table
from wellread.settings.values import (
    DEFAULT_WORDS,
    EMERGENCY_KINDS,
    SECTIONS,
    ApiSettings,
    DeskSettings,
    InsightsSettings,
    PageSettings,
    SafetySettings,
)

PAGE_LANGUAGES = ("en", "ar", "de", "es", "hi")
"""The languages of the page's own words; each but English has a catalogue in page/locale/."""

LONGEST_DISCLAIMER = 90
"""Characters of the page's own disclaimer at most: two lines on a phone of 390 pixels."""

FEWEST_SESSIONS = 2
"""Sessions that must have asked alike at least: the wording of one would be one person's question."""

_ORIGIN = re.compile(r"https?://[a-z0-9_-]+(\.[a-z0-9_-]+)*(:\d{1,5})?")


def safety(table: Table) -> SafetySettings:
    """Whom the safety card names, and its words."""
    table.check_names((*SECTIONS["safety"], "words"))
    words = table.section("words")
    words.check_names(EMERGENCY_KINDS)
    own = {cast(EmergencyKind, kind): _card(words, kind) for kind in words.values}
    usual = SafetySettings()
    return SafetySettings(
        table.string("emergency_number", usual.emergency_number),
        table.string("crisis_line", usual.crisis_line),
        MappingProxyType({**DEFAULT_WORDS, **own}),
    )


def _card(table: Table, kind: str) -> str:
    """The words for one kind of emergency, with nothing in braces that does not stand for a setting."""
    words = table.string(kind)
    try:
        places = {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}
    except ValueError:
        places = {""}
    if places - {*SECTIONS["safety"]}:
        braces = " and ".join(f"{{{place}}}" for place in SECTIONS["safety"])
        reason = f"the words of {kind} have braces that stand for nothing"
        raise table.error(kind, reason, f"write only {braces} in braces")
    return words


def page(table: Table) -> PageSettings:
    """What the page says around the articles."""
    table.check_names(SECTIONS["page"])
    given = table.string("disclaimer")
    whom_to_ask = table.string("whom_to_ask")
    language = table.string("language", PageSettings().language)
    if language not in (*PAGE_LANGUAGES, "browser"):
        remedy = f'write language = "browser" for each reader\'s own, or one of {", ".join(PAGE_LANGUAGES)}'
        raise table.error("language", f"the page has no words in {language}", remedy)
    disclaimer = " ".join(given.split())
    if len(disclaimer) > LONGEST_DISCLAIMER:
        raise table.error(
            "disclaimer",
            f"page.disclaimer has {len(disclaimer)} characters: it would hide the answer on a phone",
            f"write at most {LONGEST_DISCLAIMER}; each article's own disclaimer stands in full in its card",
        )
    return PageSettings(disclaimer, whom_to_ask, language, table.switch("feedback"))


def api(table: Table) -> ApiSettings:
    """Who may use the HTTP API, and how often."""
    table.check_names(SECTIONS["api"])
    return ApiSettings(_origins(table), table.whole_number("rate", ApiSettings().rate))


def _origins(table: Table) -> tuple[str, ...]:
    """Web sites as browsers name them: scheme, host and perhaps a port, in small letters, without a path."""
    value = table.values.get("origins", [])
    given = value if isinstance(value, list) else [value]
    sites = [site.strip().lower().removesuffix("/") if isinstance(site, str) else "" for site in given]
    if not isinstance(value, list) or not all(map(_ORIGIN.fullmatch, sites)):
        remedy = 'write origins = ["https://www.example.org"], or delete the line'
        raise table.error("origins", "api.origins is no list of web sites", remedy)
    return tuple(sites)


def desk(table: Table) -> DeskSettings:
    """Whether there is an editors' desk, and who may sign in."""
    table.check_names(SECTIONS["desk"])
    editors = tuple(name.casefold() for name in table.texts("editors", "names", "…"))
    if any("@" not in name for name in editors):
        remedy = 'write editors = ["anna@example.org"], or delete the line'
        raise table.error("editors", "desk.editors is no list of e-mail addresses", remedy)
    return DeskSettings(table.switch("on"), editors, table.texts("groups", "names", "…"))


def insights(table: Table) -> InsightsSettings:
    """Whether it is counted what readers ask, and what of it is kept."""
    table.check_names(SECTIONS["insights"])
    usual = InsightsSettings()
    sessions, days = table.whole_number("sessions", usual.sessions), table.whole_number("days", usual.days)
    if sessions < FEWEST_SESSIONS:
        reason = f"questions that {sessions} visit asked would be one person's"
        raise table.error("sessions", reason, f"write sessions = {usual.sessions}, or delete the line")
    return InsightsSettings(table.switch("on"), sessions, days)
