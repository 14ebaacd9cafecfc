"""Threads: many that ask one searcher at once get the bytes that one alone gets, and memory stays level."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from conftest import ROOT

from torture.promises import Outcome
from wellread.api.objects import answer_json
from wellread.encoders.sentence_transformer import SentenceTransformerEncoder
from wellread.publishing.publish import publish
from wellread.search.opening import open_searcher
from wellread.search.searcher import Searcher

PROMISE = "Many at once get what one alone gets"
SECONDS = 180
ALONE = True

THREADS = 16
ROUNDS = 2
LONGEST = 100.0
"""Seconds after which nothing more is asked: a machine that does much else answers fewer."""

SLOWEST = 2.0
"""Seconds within which 95 of 100 answers must come, 16 being asked for at once."""

GROWTH = 32_000_000
"""Bytes by which memory may grow after the first round: what SQLite and allocators keep."""


def torture(folder: Path) -> Outcome:
    """Ask the judged questions of the shipped article by the real model, alone and then by many threads."""
    index = folder / "index"
    publish(ROOT / "kb", index, SentenceTransformerEncoder())
    lines = (ROOT / "judgments" / "neurological-spasms" / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["text"] for line in lines][:60]
    searcher = open_searcher(index)
    count, other, slow, growth = ask_at_once(searcher, questions, THREADS, ROUNDS)
    faults = [f"{other} answers differ from those of one thread"] if other else []
    faults += [f"95 of 100 came within {slow:.2f} s"] if slow > SLOWEST else []
    faults += [f"memory grew by {growth / 1e6:.0f} MB"] if growth > GROWTH else []
    faults += [f"only {count} questions were asked"] if count < THREADS * len(questions) // 4 else []
    return Outcome(
        f"{count:,} questions by {THREADS} threads at once, of one searcher with the built-in model",
        f"{other} other bytes than one thread gets; p95 {slow:.2f} s; memory grew by {max(growth, 0) / 1e6:.0f} MB",
        tuple(faults),
    )


def ask_at_once(searcher: Searcher, questions: list[str], threads: int, rounds: int) -> tuple[int, int, float, int]:
    """How many answers came and differ from those given one by one, the p95 of their seconds, by what memory grew."""
    alone = {question: _bytes(searcher, question) for question in questions}
    seconds: list[float] = []
    other = first = 0
    ends = time.monotonic() + LONGEST

    def ask(question: str) -> bool:
        if time.monotonic() > ends:
            return True
        began = time.perf_counter()
        same = _bytes(searcher, question) == alone[question]
        seconds.append(time.perf_counter() - began)
        return same

    with ThreadPoolExecutor(threads) as pool:
        for number in range(rounds):
            other += [*pool.map(ask, questions * threads)].count(False)
            first = first or resident()
            last = resident() if number else first
    return len(seconds), other, sorted(seconds)[int(0.95 * len(seconds))], last - first


def _bytes(searcher: Searcher, question: str) -> bytes:
    return json.dumps(answer_json(searcher.ask(question))).encode()


def resident(process: int | str = "self") -> int:
    """The memory of a process, of this one where none is named, where the system tells; 0 elsewhere."""
    status = Path(f"/proc/{process}/statm")
    return 4096 * int(status.read_text().split()[1]) if status.exists() else 0
