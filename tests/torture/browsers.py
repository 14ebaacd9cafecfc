"""Hostile texts and secret questions at the page as it is, in a real browser: nothing runs, reaches out or is kept."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch
from urllib.parse import quote

from browser import DESKTOP, PATIENCE, ROOT, Server, Visit, chromium
from index_files import index_file
from playwright.sync_api import expect

from torture.promises import Outcome
from wellread.encoders.sentence_transformer import SentenceTransformerEncoder
from wellread.index.layout import DATABASE
from wellread.publishing.publish import publish

PROMISE = "Nothing a text contains runs or reaches out, and no question is kept"
SECONDS = 300

CANARY = "qwertycanary"
"""A word of every secret question."""

FAR = "http://far.example"
PAYLOADS = (
    f"<img src={FAR}/a.png onerror=alert(1)>",
    f"<script src={FAR}/a.js></script><script>alert(1)</script>",
    f"<iframe src='{FAR}'></iframe><object data='{FAR}'></object><embed src='{FAR}'>",
    f"<svg onload=alert(1)><image href='{FAR}/b.png'/></svg>",
    f"<style>@import '{FAR}/c.css'; body {{background: url({FAR}/d.png)}}</style>",
    f"<link rel=stylesheet href={FAR}/e.css><base href={FAR}/><meta http-equiv=refresh content='0;url={FAR}'>",
    "<a href='javascript:alert(1)'>x</a> [x](javascript:alert(1)) [y](data:text/html,<script>alert(1)</script>)",
    f"![x]({FAR}/f.png) [x][1] \n\n[1]: javascript:alert(1)",
    "<form action=http://far.example><input name=q><button>Send</button></form>",
    "\" onmouseover=alert(1) x=\" ' onfocus=alert(1) autofocus '",
    "</style></script></textarea></title><script>alert(1)</script>",
    f"<video src={FAR}/g.mp4 autoplay></video><audio src={FAR}/h.mp3 autoplay></audio>",
    "{{7*7}} {% raw %} ${alert(1)} $$\\href{javascript:alert(1)}{x}$$ :material/home: :red[x]",
    "<details open ontoggle=alert(1)><summary>x</summary></details><marquee onstart=alert(1)>x</marquee>",
    "<!--><script>alert(1)</script--> <![CDATA[<script>alert(1)</script>]]>",
    "<noscript><p title='</noscript><img src=x>'>",
)


def torture(folder: Path) -> Outcome:
    """Show and ask every payload, then ask secret questions in every way, and look everywhere."""
    kb, index = folder / "kb", folder / "index"
    write_hostile(kb)
    publish(kb, index, SentenceTransformerEncoder())
    faults: list[str] = []
    views = 0
    with served(index, folder) as server, chromium() as browser:
        visit = Visit(browser, server, DESKTOP)
        for number, payload in enumerate(PAYLOADS):
            visit.open(f"?article=a{number}").close()
            visit.open(f"?article=t{number}").close()
            visit.open(f"?q={quote(payload)}").close()
            visit.open(f"?article={quote(payload)}&section={quote(payload)}").close()
            views += 4
        visit.context.close()
        faults += visit.complaints
        asked = Visit(browser, server, DESKTOP)
        ask_secretly(asked, index)
        faults += [f"{CANARY} is in the address {page.url}" for page in asked.context.pages if CANARY in page.url]
        asked.context.close()
        faults += [f"{address} is open" for address in OPEN if opens(server.address + address)]
    faults += [f"the log has {found}" for found in re.findall(f".*{CANARY}.*", server.log.read_text(errors="replace"))]
    terminal = ask_in_terminal(index, folder)
    faults += [f"{CANARY} is in {file}" for file in files_with(CANARY, folder)] + terminal
    return Outcome(
        f"{len(PAYLOADS)} hostile texts in {views} views of Chromium; a secret question typed, by address, with an"
        " error, and in the terminal",
        f"{len(faults)} ran, reached out, or were found in logs, files, addresses or metrics",
        tuple(faults),
    )


OPEN = ("_stcore/metrics", "_stcore/upload_file/x", "_stcore/script-health-check")
"""What Streamlit offers besides the page and is no visitor's business."""


def write_hostile(kb: Path) -> None:
    """An article of each payload: in its title, headings, text, items, cells and disclaimer."""
    kb.mkdir()
    for number, payload in enumerate(PAYLOADS):
        line = payload.replace("\n", " ")
        title = line.replace(chr(92), "").replace('"', "'")
        (kb / f"a{number}.md").write_text(
            f'---\ntitle: "About {title}"\ndisclaimer: "Ask {title}"\n---\n\n## What is {line}?\n\nFever: {line}\n\n'
            f"- item {line}\n\n| a | b |\n|---|---|\n| {line.replace('|', '')} | c |\n\n{payload}\n\nRest helps.\n",
            encoding="utf-8",
        )
        (kb / f"t{number}.txt").write_text(
            f"About {line}\n\nWhat is it?\n\nIt is {line} and fever.\n\n- an item {line}\n", encoding="utf-8"
        )


def ask_secretly(visit: Visit, index: Path) -> None:
    """Ask by typing, by a link that somebody was given, and while the index is damaged."""
    visit.ask(f"does {CANARY} help against fever?")
    expect(visit.page.locator(".wr-verdict")).to_be_visible(timeout=PATIENCE)
    linked = visit.open(f"?q={CANARY}+fever")
    expect(linked.locator(".wr-verdict")).to_be_visible(timeout=PATIENCE)
    linked.close()
    database = index_file(index, DATABASE)
    whole = database.read_bytes()
    database.write_bytes(bytes(len(whole)))
    visit.ask(f"is {CANARY} bad for me?")
    expect(visit.page.get_by_role("heading", name="The articles cannot be searched now")).to_be_visible()
    database.write_bytes(whole)


def ask_in_terminal(index: Path, folder: Path) -> list[str]:
    """Ask in the terminal, once with an error; gives what standard error or files say of it."""
    found = []
    for more in ([], ["--model", str(folder / "none")]):
        words = [sys.executable, "-m", "wellread", "ask", "--index", str(index), *more, f"{CANARY} fever"]
        done = subprocess.run(words, capture_output=True, text=True, cwd=ROOT, env=environment(folder), check=False)
        found += [f"standard error has {CANARY}"] if CANARY in done.stderr else []
    return found


def files_with(word: str, folder: Path) -> Iterator[Path]:
    """The files below a folder that hold a word."""
    for file in folder.rglob("*"):
        if file.is_file() and word.encode() in file.read_bytes():
            yield file


def opens(address: str) -> bool:
    """Whether an address answers."""
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return bool(answer.status == 200)
    except urllib.error.HTTPError:
        return False


def environment(folder: Path) -> dict[str, str]:
    """An environment whose home and temporary files are in a folder."""
    places = {name: folder / name.lower() for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME")}
    for place in places.values():
        place.mkdir(exist_ok=True)
    return {**os.environ, "PYTHONPATH": str(ROOT), **{name: str(place) for name, place in places.items()}}


@contextmanager
def served(index: Path, folder: Path) -> Iterator[Server]:
    """The page over an index, for a time."""
    with patch.dict(os.environ, environment(folder)):
        server = Server(ROOT / "app.py", index, folder / "log")
    try:
        server.wait()
        yield server
    finally:
        server.stop()
