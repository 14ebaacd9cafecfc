"""A small library whose articles tell their version, so that texts of two versions are never taken for one."""

from __future__ import annotations

import re
from pathlib import Path

from conftest import HashEncoder, plain_calibration

from wellread.datatypes import Answer
from wellread.index.reader import open_served
from wellread.publishing.policy import Policy
from wellread.publishing.publish import publish
from wellread.publishing.report import Report
from wellread.search.searcher import Searcher

TOPICS = ("cramps", "fever", "migraine")
"""The articles, by id."""

_VERSION = re.compile(r"Version (\d+)\.")


def write_articles(kb: Path, version: int, topics: tuple[str, ...] = TOPICS) -> None:
    """Write the articles anew, each sentence group of them with its version."""
    kb.mkdir(exist_ok=True)
    for topic in topics:
        (kb / f"{topic}.md").write_text(
            f"# {topic.title()}\n\n## What causes {topic}\n\nColdness and strain cause {topic}. Version {version}.\n\n"
            f"## What helps against {topic}\n\nRest helps against {topic}. Version {version}.\n",
            encoding="utf-8",
        )


def publish_version(kb: Path, index: Path, version: int, policy: Policy | None = None) -> Report:
    """Write the articles of a version and publish them by the small model."""
    write_articles(kb, version)
    return publish(kb, index, HashEncoder(), policy=policy or Policy())


def open_small(index: Path) -> Searcher:
    """A searcher over what is being served, by the small model; raises what opening an index raises."""
    return Searcher(open_served(index), HashEncoder(), plain_calibration())


def versions_in(answer: Answer) -> set[int]:
    """The versions that an answer's passages tell; one, where the answer is of one generation."""
    return {int(found) for hit in answer.hits for found in _VERSION.findall(hit.passage.text)}


def served_version(index: Path) -> int:
    """The version being served, asked about every article and read passage by passage; raises ValueError where mixed.

    Raises what opening an index raises, too.
    """
    searcher = open_small(index)
    reader = searcher.reader
    found = {
        int(version) for row in range(reader.passage_count) for version in _VERSION.findall(reader.passage(row).text)
    }
    for topic in TOPICS:
        found |= versions_in(searcher.ask(f"what helps against {topic}?"))
    if len(found) != 1:
        raise ValueError(f"versions {sorted(found)} are served together")
    return found.pop()
