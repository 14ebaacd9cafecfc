"""Everything that reads what others wrote: changed at random, it is read or refused, quickly and without surprise."""

from __future__ import annotations

import random
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from conftest import ROOT, HashEncoder, plain_calibration

from torture.children import Child
from torture.library import open_small, publish_version
from torture.pdf_pages import convert_made
from torture.promises import Outcome
from torture.word_bodies import convert_made_docx
from wellread.articles.decoding import decode
from wellread.articles.library import read_article
from wellread.articles.markdown import read_markdown
from wellread.articles.passages import cut_article
from wellread.errors import WellreadError
from wellread.importing.files import make_article
from wellread.importing.made import Origin
from wellread.index.layout import MANIFEST, current_generation, generation_folder, history_file
from wellread.index.manifest import read_manifest
from wellread.publishing.history import read_history
from wellread.relevance.judgments import read_judgments
from wellread.search.calibration import read_calibration, write_calibration
from wellread.search.glossary import parse_glossary
from wellread.search.searcher import Searcher
from wellread.settings import parse_settings

PROMISE = "What reads files and questions survives anything"
SECONDS = 220

EACH = 10.0
"""Seconds for each reader."""

SLOWEST = 2.0
MOST_MEMORY = 500_000_000
"""Bytes that a reader may take beyond what the process has when it begins."""

_TOKENS = (
    b"\0", b"\x1b[31m", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\r", b"\x85", b"\t", b"\xe2\x80\xae",
    b"---\n", b"+++\n", b"# ", b"> ", b"- ", b"1. ", b"```\n", b"| a | b |\n|---|---|\n", b"{{", b"{%", b"%%", b"[[",
    b"](", b"!!! note\n", b"::: x\n", b"$$", b'"', b"\\u0000", b"\\ud800", b"1e999", b"-1", b"NaN",
    b"9" * 5000, b"[" * 500,
    b"<table>", b"<td rowspan=99999999999>", b"<![foo[x]]>", b"&#99999999;", b'<ol start="\xc2\xb2">', b"<b>" * 500,
    "الم".encode(), "²".encode(),
)  # fmt: skip
"""What each of the readers takes for a mark, or should not stumble over."""


_FRONT_MATTER = (
    b'title: "A cough"\nid: cough\nlanguage: en\nsource: https://example.org\nlast_reviewed: 2026-01-02\n'
    b"next_review: 2027-01-02\ndisclaimer: |\n  Ask a doctor.\nwarning_signs:\n  - When to get help\n# more\n"
)

_QUERIES = b"".join(b'{"_id": "q%d", "text": "what helps?", "metadata": {"a": %d}}\n' % (n, n) for n in range(3))
_QRELS = b"query-id\tcorpus-id\tscore\nq0\tcough#care\t3\nq0\tcough#signs\t0\nq1\tcough#care\t-1\nq2\tfever#care\t2\n"


@dataclass(frozen=True)
class Reading:
    """A reader, the texts that it usually gets, and how it is given others."""

    name: str
    seeds: tuple[bytes, ...]
    read: Callable[[bytes], object]


def torture(folder: Path) -> Outcome:
    """Change what each reader gets, as often as its time allows."""
    results = [_in_child(reading, EACH) for reading in readings(folder)]
    counts = ", ".join(f"{name} {count:,}" for name, count, _, _ in results)
    slowest = max(seconds for _, _, seconds, _ in results)
    faults = tuple(fault for *_, found in results for fault in found)
    return Outcome(
        f"{sum(count for _, count, _, _ in results):,} inputs changed at random: {counts}",
        f"{len(faults)} surprises; the slowest took {slowest:.1f} s; none more than {MOST_MEMORY / 1e6:.0f} MB",
        faults,
    )


def readings(folder: Path) -> list[Reading]:
    """All readers, over a small index and files of a folder."""
    index, kb = folder / "index", folder / "kb"
    publish_version(kb, index, 1)
    served = generation_folder(index, current_generation(index))
    calibration, judged = folder / "calibration.npz", folder / "judged"
    write_calibration(calibration, plain_calibration())
    rows = judged / "qrels" / "test.tsv"
    rows.parent.mkdir(parents=True)
    _written(judged / "queries.jsonl", _QUERIES)
    _written(rows, _QRELS)
    fixtures = ROOT / "tests" / "fixtures"
    imports = fixtures / "imports"
    pages = tuple(file.read_bytes() for file in sorted(imports.glob("pages/*.html")))
    searcher = open_small(index)

    def article(suffix: str) -> Callable[[bytes], object]:
        return lambda data: cut_article(
            read_article(_written(kb / f"changed{suffix}", data), kb), HashEncoder().count_tokens, 64
        )

    def imported(suffix: str) -> Callable[[bytes], object]:
        return lambda data: make_article(data, suffix, Origin(f"changed{suffix}"))

    return [
        Reading("plain text", _files(fixtures / "articles", "*.txt"), article(".txt")),
        Reading("Markdown", _files(ROOT / "training" / "library", "*.md"), article(".md")),
        Reading("front matter", (_FRONT_MATTER,), _front_matter),
        Reading("settings", (b'keep = 3\ninclude = ["a/*"]\n[safety]\ncrisis_line = "x"\n',), _settings),
        Reading("glossary", (b"HTN\thypertension\nBP\tblood pressure\n# x\n",), _glossary),
        Reading("questions", (b"what helps against fever?", b"is it dangerous??", b"hi, plz help"), _asked(searcher)),
        Reading("judged questions", (_QUERIES,), _judged(judged)),
        Reading("judgments", (_QRELS,), lambda data: read_judgments(_written(rows, data).parent.parent)),
        Reading("history", (history_file(index).read_bytes(),), lambda data: _history(index, data)),
        Reading("manifest", ((served / MANIFEST).read_bytes(),), lambda data: _manifest(served, data)),
        Reading(
            "calibration",
            (calibration.read_bytes(),),
            lambda data: read_calibration(_written(calibration, data), HashEncoder.fingerprint),
        ),
        Reading("web pages", pages, imported(".html")),
        Reading("Word", ((imports / "asthma.docx").read_bytes(),), imported(".docx")),
        Reading("Word texts", tuple(random.Random(n).randbytes(120) for n in range(4)), convert_made_docx),
        Reading("PDF", ((imports / "asthma-leaflet.pdf").read_bytes(),), imported(".pdf")),
        Reading("pages of a PDF", tuple(random.Random(n).randbytes(7 * 40) for n in range(4)), convert_made),
    ]


def survive(reading: Reading, seconds: float) -> tuple[str, int, float, list[str]]:
    """Give a reader changed texts for a time; its name, how many there were, the slowest, and what surprised."""
    chance = random.Random(reading.name)
    ends = time.monotonic() + seconds
    count, slowest = 0, 0.0
    faults: list[str] = []
    while time.monotonic() < ends and len(faults) < 5:
        data = changed(reading.seeds, chance)
        began = time.process_time()
        try:
            reading.read(data)
        except WellreadError:
            pass
        except Exception as error:
            faults.append(f"{reading.name}: {error!r} of {data[:300]!r}")
        took = time.process_time() - began
        slowest, count = max(slowest, took), count + 1
        if took > SLOWEST:
            faults.append(f"{reading.name}: {took:.1f} s for {len(data):,} bytes that begin {data[:200]!r}")
    return reading.name, count, slowest, faults


def changed(seeds: tuple[bytes, ...], chance: random.Random) -> bytes:
    """A text with some bytes flipped, cut out, doubled, moved, or put in from elsewhere."""
    data = bytearray(chance.choice(seeds))
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        start = chance.randrange(len(data) + 1)
        stop = min(len(data), start + chance.choice((1, 4, 40, 400)))
        kind = chance.randrange(6)
        if kind == 0 and data:
            data[start % len(data)] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del data[start:stop]
        elif kind == 2:
            data[start:start] = data[start:stop] * chance.choice((1, 2, 50))
        elif kind == 3:
            data[start:start] = chance.choice(_TOKENS) * chance.choice((1, 1, 3, 40))
        elif kind == 4:
            other = chance.choice(seeds)
            at = chance.randrange(len(other) + 1)
            data[start:stop] = other[at : at + 400]
        else:
            data[start:stop] = chance.randbytes(stop - start)
    return bytes(data[:200_000])


def _in_child(reading: Reading, seconds: float) -> tuple[str, int, float, list[str]]:
    """Do that where neither memory nor a death does harm."""

    def work() -> object:
        used = 4096 * int(Path("/proc/self/statm").read_text().split()[0])
        resource.setrlimit(resource.RLIMIT_AS, (used + MOST_MEMORY, used + MOST_MEMORY))
        return survive(reading, seconds)

    with Child(work) as child:
        child.begin()
        try:
            ended = child.end(3 * seconds + 30)
        except TimeoutError as error:
            return reading.name, 0, 0.0, [f"{reading.name}: {error}"]
    if not isinstance(ended.value, tuple):
        return reading.name, 0, 0.0, [f"{reading.name}: {ended.error or f'ended with {ended.status}'}"]
    return ended.value


def _files(folder: Path, pattern: str) -> tuple[bytes, ...]:
    return tuple(file.read_bytes() for file in sorted(folder.glob(pattern)))


def _written(file: Path, data: bytes) -> Path:
    file.write_bytes(data)
    return file


def _settings(data: bytes) -> object:
    return parse_settings(data.decode(errors="replace"), Path("wellread.toml"))


def _front_matter(data: bytes) -> object:
    return read_markdown(decode(b"---\n" + data + b"\n---\n\nRest helps.\n", "changed.md"), "changed.md")


def _glossary(data: bytes) -> object:
    return parse_glossary(data.decode(errors="replace"), Path("glossary.tsv"))


def _asked(searcher: Searcher) -> Callable[[bytes], object]:
    return lambda data: searcher.ask(data.decode(errors="replace")[:1000] or "?")


def _judged(folder: Path) -> Callable[[bytes], object]:
    return lambda data: read_judgments(_written(folder / "queries.jsonl", data).parent)


def _history(index: Path, data: bytes) -> object:
    history_file(index).write_bytes(data)
    return read_history(index)


def _manifest(served: Path, data: bytes) -> object:
    (served / MANIFEST).write_bytes(data)
    return read_manifest(served, "rebuild it")
