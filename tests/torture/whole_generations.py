"""Readers during publications: each answer is of one generation, and none fails."""

from __future__ import annotations

import time
from contextlib import ExitStack
from pathlib import Path

from torture.children import Child
from torture.library import TOPICS, open_small, publish_version, served_version, versions_in
from torture.promises import Outcome
from wellread.index.layout import current_generation
from wellread.publishing.policy import Policy

PROMISE = "Readers see whole generations"
SECONDS = 300

READERS = 8
PUBLICATIONS = 200
ENOUGH = 50_000
"""Answers after which readers stop, all together, once all is published."""

LONGEST = 240.0
"""Seconds after which they stop in any case: on a machine that does much else there are fewer answers."""


def torture(folder: Path) -> Outcome:
    """Let readers ask while every article is published anew again and again, two generations being kept."""
    answers, opened, faults = read_while_publishing(folder, READERS, PUBLICATIONS, ENOUGH // READERS)
    published = served_version(folder / "index") - 1
    few = [f"only {answers} answers were looked at"] if answers < ENOUGH // 10 else []
    few += [f"only {published} publications were made"] if published < PUBLICATIONS // 4 else []
    return Outcome(
        f"{READERS} readers in processes of their own, {published} publications that change every text",
        f"{answers:,} answers, {opened:,} generations opened, {len(faults)} mixed or errors",
        (*faults, *few),
    )


def read_while_publishing(folder: Path, readers: int, publications: int, least: int) -> tuple[int, int, list[str]]:
    """Publish so often beside readers; gives the answers, the generations they opened, and what is wrong."""
    index, done = folder / "index", folder / "done"
    ends_at = time.monotonic() + LONGEST
    publish_version(folder / "kb", index, 1)

    def read() -> tuple[int, int, list[str]]:
        answers = opened = 0
        wrong: list[str] = []
        name, newest = "", 0
        while (not done.exists() or answers < least) and time.monotonic() < ends_at:
            if current_generation(index) != name:
                searcher = open_small(index)
                name, opened = searcher.generation, opened + 1
            for topic in TOPICS:
                found = versions_in(searcher.ask(f"what helps against {topic}?"))
                answers += 1
                if len(found) != 1:
                    wrong.append(f"versions {sorted(found)} in one answer")
                elif min(found) < newest:
                    wrong.append(f"version {found} after {newest}")
                newest = max(newest, *found, 0)
        return answers, opened, wrong[:5]

    faults: list[str] = []
    with ExitStack() as children:
        started = [children.enter_context(Child(read)) for _ in range(readers)]
        for child in started:
            child.begin()
        for version in range(2, publications + 2):
            if time.monotonic() > ends_at:
                break
            publish_version(folder / "kb", index, version, Policy(keep=2))
        done.touch()
        ends = [child.end(SECONDS) for child in started]
    results = [end.value for end in ends if isinstance(end.value, tuple)]
    faults += [end.error or f"a reader ended with {end.status}" for end in ends if end.error or end.status]
    faults += [fault for result in results for fault in result[2]]
    return sum(result[0] for result in results), sum(result[1] for result in results), faults
