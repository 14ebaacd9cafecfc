"""How long the API takes beside the search itself, with many clients at once, and in how much memory.

usage: python benchmarks/api.py [--index DIR] [--clients 50] [--rounds 5] [--json FILE]

Starts `wellread serve --api-only` on this machine with kb/, published for the occasion. First one client asks judged
questions, in turns with `Searcher.ask` in this process, which answers the same; each round takes a median of each.
Then many clients ask at once, each its next question as soon as one is answered; an answer that is not the search's
own, or no answer, is an error. In turns with them, as many threads as the API has ask `Searcher.ask`. How many answers
come in a second depends on what else the machine does; the processor's time that an answer takes hardly does.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import httpx2

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from serving import api_alone

from wellread.api.handlers import AT_ONCE
from wellread.api.objects import answer_json
from wellread.encoders.sentence_transformer import SentenceTransformerEncoder
from wellread.publishing.policy import Policy
from wellread.publishing.publish import publish
from wellread.relevance.judgments import read_judgments
from wellread.search.opening import open_searcher
from wellread.search.searcher import Searcher

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = 60
EACH = 6
"""Questions that each of many clients asks."""

BURSTS = 3
"""Turns of many clients and of the search alone."""


def memory(pid: int) -> dict[str, float]:
    """Megabytes (of 2**20 bytes) that are resident, and that were at most."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    found = {
        name: int(rest.split()[0]) / 1024 for name, _, rest in (line.partition(":") for line in lines) if "kB" in rest
    }
    return {"resident": found["VmRSS"], "peak": found["VmHWM"]}


def computed(pid: int) -> float:
    """Seconds for which a process has used the processor: utime and stime of proc(5)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def one_client(address: str, searcher: Searcher, questions: list[str], rounds: int) -> list[tuple[float, float]]:
    """For each round the median seconds of the search and of the API."""
    found = []
    with httpx2.Client() as client:
        for _ in range(rounds):
            search, api = [], []
            for question in questions:
                began = time.perf_counter()
                searcher.ask(question)
                search.append(time.perf_counter() - began)
                began = time.perf_counter()
                client.post(f"{address}/ask", json={"question": question}, timeout=60).raise_for_status()
                api.append(time.perf_counter() - began)
            found.append((statistics.median(search), statistics.median(api)))
    return found


@dataclass(frozen=True)
class Burst:
    """Many questions asked at once: seconds of each answer and of the whole, and for how long the processor was used.

    `errors` counts, by what went wrong, the answers that were others than the search's own or did not come.
    """

    seconds: list[float]
    errors: Counter[str]
    whole: float
    computed: float


def many_searches(searcher: Searcher, questions: list[str], count: int) -> Burst:
    """Answer so many questions with as many threads as the API has."""
    asked = [questions[number % len(questions)] for number in range(count)]
    began, before = time.perf_counter(), computed(os.getpid())
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for _ in pool.map(searcher.ask, asked):
            pass
    return Burst([], Counter(), time.perf_counter() - began, computed(os.getpid()) - before)


async def many_clients(address: str, pid: int, wanted: dict[str, object], clients: int) -> Burst:
    """Let so many clients ask the API, EACH questions each."""
    questions = list(wanted)
    seconds: list[float] = []
    errors: Counter[str] = Counter()

    async def ask(number: int) -> None:
        async with httpx2.AsyncClient(timeout=60) as client:
            for turn in range(EACH):
                question = questions[(number * EACH + turn) % len(questions)]
                began = time.perf_counter()
                try:
                    got = await client.post(f"{address}/ask", json={"question": question})
                    if got.status_code != 200:
                        errors[str(got.status_code)] += 1
                    elif got.json() != wanted[question]:
                        errors["another answer"] += 1
                except httpx2.TransportError as error:
                    errors[type(error).__name__] += 1
                seconds.append(time.perf_counter() - began)

    began, before = time.perf_counter(), computed(pid)
    await asyncio.gather(*(ask(number) for number in range(clients)))
    return Burst(seconds, errors, time.perf_counter() - began, computed(pid) - before)


def main() -> None:
    """Measure, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, help="answer from this index, not from kb/; its rate must be high enough")
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path, help="also write the figures there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        index = options.index or Path(name) / "index"
        if options.index is None:
            kb = Path(name) / "kb"
            kb.mkdir()
            for file in (ROOT / "kb").iterdir():
                (kb / file.name).write_bytes(file.read_bytes())
            (kb / "wellread.toml").write_text("[api]\nrate = 1000000\n")
            publish(kb, index, SentenceTransformerEncoder(), policy=Policy())
        questions = sorted(read_judgments(ROOT / "judgments" / "neurological-spasms").queries.values())[:QUESTIONS]
        searcher = open_searcher(index)
        wanted = {question: json.loads(json.dumps(answer_json(searcher.ask(question)))) for question in questions}
        with api_alone(index) as (address, pid):
            rounds = one_client(address, searcher, questions, options.rounds)
            searches, bursts = [], []
            for _ in range(BURSTS):
                searches.append(many_searches(searcher, questions, options.clients * EACH))
                bursts.append(asyncio.run(many_clients(address, pid, wanted, options.clients)))
            used = memory(pid)
    asked = options.clients * EACH * BURSTS
    seconds = [each for burst in bursts for each in burst.seconds]
    ratios = [api / search for search, api in rounds]
    figures = {
        "cores": os.cpu_count(),
        "search_p50_ms": statistics.median(search for search, _ in rounds) * 1000,
        "api_p50_ms": statistics.median(api for _, api in rounds) * 1000,
        "api_p50_of_search": statistics.median(ratios),
        "ratios": ratios,
        "clients": options.clients,
        "clients_p50_ms": statistics.median(seconds) * 1000,
        "clients_p95_ms": statistics.quantiles(seconds, n=20)[-1] * 1000,
        "answers_a_second": asked / sum(burst.whole for burst in bursts),
        "search_answers_a_second": asked / sum(burst.whole for burst in searches),
        "computed_ms_an_answer": sum(burst.computed for burst in bursts) / asked * 1000,
        "search_computed_ms_an_answer": sum(burst.computed for burst in searches) / asked * 1000,
        "errors": sum((burst.errors for burst in bursts), Counter()),
        "asked": asked,
        "memory_mb": used,
    }
    print(json.dumps(figures, indent=2))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
