"""What was counted, as editors read it: what was asked often and not found, words without an article, all counts."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from wellread.datatypes import State
from wellread.errors import InsightsError
from wellread.index.layout import current_generation, insights_file
from wellread.index.reader import Reader
from wellread.insights.store import KeptGroup, Tally, reading, writing
from wellread.settings import SETTINGS_FILE, InsightsSettings, parse_settings


@dataclass(frozen=True, slots=True)
class Count:
    """How often questions of one state were answered by an article; `subject` and `article` are "" without one."""

    state: State
    subject: str
    article: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class AskedGroup:
    """Questions alike: their wording, how many visits asked them, and of how many nothing, or little, was found."""

    id: int
    words: str
    asked: int
    not_found: int
    closest: int
    helped: int
    unhelped: int
    articles: tuple[str, ...]

    @property
    def is_gap(self) -> bool:
        """Whether the articles answer it for fewer than half of the visits."""
        return 2 * (self.not_found + self.closest) > self.asked


@dataclass(frozen=True, slots=True)
class Insights:
    """All that is kept, from a day on: counts by state and subject, groups, and words that no article has."""

    settings: InsightsSettings
    since: date
    counts: tuple[Count, ...] = ()
    groups: tuple[AskedGroup, ...] = ()
    words: tuple[tuple[str, int], ...] = ()

    @property
    def gaps(self) -> tuple[AskedGroup, ...]:
        """The groups that were asked and not found, those of most visits first."""
        gaps = [group for group in self.groups if group.is_gap]
        return tuple(sorted(gaps, key=lambda group: (-group.not_found - group.closest, group.id)))

    @property
    def answered(self) -> tuple[AskedGroup, ...]:
        """The other groups, those of most visits first."""
        return tuple(group for group in self.groups if not group.is_gap)


def read_insights(index: Path, today: date) -> Insights:
    """Read what is kept for an index; what is older than the library wants is deleted, where that may be written.

    Raises:
        IndexMissing, IndexDamaged: nothing is served that could tell the library's settings.
        InsightsError: the file cannot be read.
    """
    settings = insights_settings(index)
    since = today - timedelta(settings.days - 1)
    file = insights_file(index)
    if file.is_file():
        with suppress(sqlite3.Error, OSError), writing(file) as store:
            store.forget_before(since)
    with reading(file, index) as kept:
        if kept is None:
            return Insights(settings, since)
        counts = (Count(state, subject, article, tally) for state, subject, article, tally in kept.counts(since))
        return Insights(
            settings,
            since,
            tuple(sorted(counts, key=lambda count: (-count.tally.asked, count.state, count.subject, count.article))),
            tuple(sorted(map(_asked_group, kept.groups(since)), key=lambda group: (-group.asked, group.id))),
            tuple(sorted(kept.words(since).items(), key=lambda word: (-word[1], word[0]))),
        )


def insights_settings(index: Path) -> InsightsSettings:
    """The settings that the page counts by: those of the generation being served; raises WellreadError."""
    reader = Reader(index, current_generation(index))
    with reader.reading():
        return parse_settings(reader.library_files().get(SETTINGS_FILE, ""), Path(SETTINGS_FILE)).insights


def group_of(insights: Insights, number: int) -> AskedGroup:
    """The group of a number; raises InsightsError where there is none."""
    found = next((group for group in insights.groups if group.id == number), None)
    if found is None:
        numbers = ", ".join(str(group.id) for group in sorted(insights.groups, key=lambda group: group.id))
        remedy = f"name one of {numbers}" if numbers else "wait until enough readers have asked alike"
        raise InsightsError(f"there is no group {number}", remedy)
    return found


def _asked_group(kept: KeptGroup) -> AskedGroup:
    whole = sum(kept.tallies.values(), Tally())
    by_state = dict.fromkeys(("answered", "closest", "not_covered"), 0)
    for (state, _), tally in kept.tallies.items():
        by_state[state] += tally.asked
    articles = sorted(
        {article for _, article in kept.tallies if article},
        key=lambda one: (-sum(tally.asked for (_, other), tally in kept.tallies.items() if other == one), one),
    )
    return AskedGroup(
        kept.id,
        kept.words,
        whole.asked,
        by_state["not_covered"],
        by_state["closest"],
        whole.helped,
        whole.unhelped,
        tuple(articles),
    )
