"""Sessions: many people at once ask the API of a process of its own, while every article is published anew."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import random
import re
import time
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
from serving import api_alone

from torture.library import TOPICS, write_articles
from torture.promises import Outcome
from torture.threads import resident
from wellread.encoders.sentence_transformer import SentenceTransformerEncoder
from wellread.publishing.policy import Policy
from wellread.publishing.publish import publish

PROMISE = "Many people at once are answered, each from one generation, and memory stays level"
SECONDS = 180
ALONE = True

SESSIONS, QUESTIONS = 50, 20
BETWEEN = 4.0
"""Seconds at most, half of it on the average, from an answer to the next question: less than anyone reads for."""

COME_AND_GO, AT_ONCE = 1_000, 25
"""Sessions that ask one question each and end, and how many of them are open."""

PUBLISHED_EACH = 5.0
"""Seconds from one publication's end to the next one's beginning."""

LONGEST = 60.0
"""Seconds after which nobody asks anew, of each of both: on a machine that does much else there are fewer questions."""

SLOWEST = 2.0
"""Seconds within which 95 of 100 answers must come."""

GROWTH = 32_000_000
"""Bytes by which the server's memory may grow while the last 700 of 1,000 sessions come and go."""

_VERSION = re.compile(r"Version (\d+)")


@dataclass
class Seen:
    """What came of questions."""

    seconds: list[float] = field(default_factory=list)
    versions: set[int] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Publishing:
    """What publishes the articles of `kb` into `index`, in another process."""

    process: Executor
    kb: Path
    index: Path

    async def version(self, number: int) -> None:
        """Publish a version of every article."""
        await asyncio.get_running_loop().run_in_executor(self.process, publish_all, self.kb, self.index, number)


def torture(folder: Path) -> Outcome:
    """Ask while publications go on, then let many sessions come and go."""
    kb, index = folder / "kb", folder / "index"
    kb.mkdir()
    (kb / "wellread.toml").write_text("[api]\nrate = 1000000\n", encoding="utf-8")
    # In a process of its own: it would keep the one that measures from looking at what came.
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as publisher:
        publisher.submit(publish_all, kb, index, 1).result()
        return _ask_all(Publishing(publisher, kb, index))


def _ask_all(publishing: Publishing) -> Outcome:
    with api_alone(publishing.index) as (address, pid):
        seen, published = asyncio.run(ask_and_publish(address, publishing))
        come = asyncio.run(come_and_go(address, COME_AND_GO * 3 // 10))
        first = resident(pid)
        come = asyncio.run(come_and_go(address, COME_AND_GO - COME_AND_GO * 3 // 10, come))
        growth = max(resident(pid) - first, 0)
    slow = _slow(seen.seconds + come.seconds)
    faults = [*seen.faults, *come.faults]
    errors, asked, came = len(faults), len(seen.seconds), len(come.seconds)
    faults += [f"95 of 100 answers came within {slow:.2f} s"] if slow > SLOWEST else []
    faults += [f"memory grew by {growth / 1e6:.0f} MB"] if growth > GROWTH else []
    faults += [f"only {len(seen.versions)} generations answered"] if len(seen.versions) < 3 else []
    faults += ["hardly anything was asked"] if asked + came < COME_AND_GO // 3 else []
    return Outcome(
        f"{asked:,} questions in {SESSIONS} sessions to the API with the built-in model during {published}"
        f" publications that change every text, then {came:,} sessions that come and go",
        f"{errors} errors or mixed answers, {len(seen.versions)} generations answered; p95 {slow:.2f} s;"
        f" memory grew by {growth / 1e6:.0f} MB",
        tuple(faults),
    )


async def ask_and_publish(address: str, publishing: Publishing) -> tuple[Seen, int]:
    """Let sessions ask while the articles are published anew; what came of it, and how many publications there were."""
    seen = Seen()
    published = 0
    ends = time.monotonic() + LONGEST

    async def session(number: int) -> None:
        chance = random.Random(number)
        newest = 0
        async with _client() as client:
            for _ in range(QUESTIONS):
                await asyncio.sleep(chance.uniform(0, BETWEEN))
                if time.monotonic() > ends:
                    return
                newest = await _ask(client, address, chance.choice(TOPICS), newest, seen)

    async def publish_often() -> None:
        nonlocal published
        while True:
            await asyncio.sleep(PUBLISHED_EACH)
            await publishing.version(published + 2)
            published += 1

    writer = asyncio.create_task(publish_often())
    await asyncio.gather(*(session(number) for number in range(SESSIONS)))
    writer.cancel()
    with suppress(asyncio.CancelledError):
        await writer
    return seen, published


async def come_and_go(address: str, count: int, seen: Seen | None = None) -> Seen:
    """Let sessions come, ask one question and go, some at once; what came of it, beside what came before."""
    seen = seen or Seen()
    room = asyncio.Semaphore(AT_ONCE)
    ends = time.monotonic() + LONGEST * count / COME_AND_GO

    async def session(number: int) -> None:
        async with room, _client() as client:
            if time.monotonic() < ends:
                await _ask(client, address, TOPICS[number % len(TOPICS)], 0, seen)

    await asyncio.gather(*(session(number) for number in range(count)))
    return seen


async def _ask(client: httpx2.AsyncClient, address: str, topic: str, newest: int, seen: Seen) -> int:
    """Ask about a topic, and note what came; the newest version that the session has seen."""
    began = time.perf_counter()
    try:
        answer = await client.post(f"{address}/ask", json={"question": f"what helps against {topic}?"})
        answer.raise_for_status()
    except httpx2.HTTPError as error:
        seen.faults.append(repr(error))
        return newest
    seen.seconds.append(time.perf_counter() - began)
    texts = json.dumps([passage["text"] for passage in answer.json()["passages"]])
    versions = set(map(int, _VERSION.findall(texts)))
    if len(versions) != 1 or min(versions) < newest:
        seen.faults.append(f"versions {sorted(versions)} in one answer, after version {newest}")
    seen.versions |= versions
    return max(newest, *versions, 0)


def _client() -> httpx2.AsyncClient:
    """A session. It reads no certificates, which it has no use for: that takes three times as long as an answer."""
    return httpx2.AsyncClient(timeout=60, verify=False)


def publish_all(kb: Path, index: Path, version: int) -> None:
    """Write the articles anew and publish them."""
    write_articles(kb, version)
    publish(kb, index, SentenceTransformerEncoder(), policy=Policy())


def _slow(seconds: list[float]) -> float:
    """The seconds within which 95 of 100 came."""
    return sorted(seconds)[int(0.95 * len(seconds))] if seconds else 0.0
