"""Checks the knowledge base, the index folder and the disk."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

from wellread.articles.library import Library, read_library
from wellread.doctor.checks import INSTALL, Check, Fault, Places, find, look, remove, standing
from wellread.doctor.index import Served, compare_articles, compare_model, examine_index
from wellread.doctor.installation import look_at_asking, look_at_model
from wellread.encoders.cache import inspect_cache
from wellread.encoders.sentence_transformer import Encoder, SentenceTransformerEncoder
from wellread.errors import ArticlesRefused, WellreadError
from wellread.files import files_below, read_whole
from wellread.index.layout import (
    current_file,
    generations_folder,
    history_file,
    insights_file,
    lock_file,
    unfinished,
    vector_cache_file,
)
from wellread.index.readers import shelf_in_environment
from wellread.insights.reports import insights_settings
from wellread.insights.store import reading
from wellread.publishing.history import read_history
from wellread.publishing.lock import lock_holder
from wellread.publishing.policy import settings_used
from wellread.search.calibration import load_calibration
from wellread.settings import SETTINGS_FILE

GROWTH = 40
"""Bytes of index for each byte of articles, to guess what the first generation takes.

The seed article took 39, 6,154 articles of MedQuAD 24, the vector cache included.
"""


def examine_place(places: Places, model: Encoder | None, free_bytes: Callable[[Path], int]) -> tuple[Check, ...]:
    """Look at everything but the installation; `model` is the one to ask with, if it is loaded already.

    A machine without articles and index, which only answers from Milvus, lacks nothing: there the model is looked at,
    and the library in Milvus.
    """
    index = places.index
    if not places.kb.exists() and not current_file(index).exists() and (milvus := tuple(_milvus(places))):
        return (look("model", lambda: look_at_model(model or places.model)[0], INSTALL), *milvus)
    articles, library = find("articles", lambda: _articles(places.kb), INSTALL)
    sound, served = examine_index(places)
    named = model or places.model or (served.manifest.model if served else "")
    found_model, encoder = find("model", lambda: look_at_model(named), INSTALL)
    return (
        articles,
        *sound,
        *(_up_to_date(places, library, served) if library and served else ()),
        found_model,
        *(_asking(places, encoder, served) if encoder and served else ()),
        *(_beside(places, served, free_bytes) if standing(index).is_dir() else ()),
    )


def _beside(places: Places, served: Served | None, free_bytes: Callable[[Path], int]) -> Iterator[Check]:
    """What an index folder has beside its generations, and whether one more can be written."""
    index = places.index
    yield from (
        look("vector cache", lambda: _cache(index), remove(vector_cache_file(index))),
        look("history", lambda: _history(index), _aside(history_file(index))),
        look("lock", lambda: _lock(index), shlex.join(["ls", "-l", str(lock_file(index))])),
        look("leftovers", lambda: _leftovers(index), shlex.join(["ls", "-l", str(index)])),
        *_insights(places, served),
        *_milvus(places),
        look("disk space", lambda: _space(places, served, free_bytes), shlex.join(["df", "-h", str(index)])),
        look("permissions", lambda: _permissions(index), shlex.join(["ls", "-ld", str(index)])),
    )


def _milvus(places: Places) -> Iterator[Check]:
    """Whether readers in Milvus get what was published, where the environment names a library there."""
    found, shelf = find("engine", lambda: ("", shelf_in_environment()), places.ingest)
    if not found.ok:
        yield found
    elif shelf is not None:
        from wellread.doctor.milvus import look_at_milvus

        yield look("Milvus", lambda: look_at_milvus(places, shelf), places.ingest)


def _up_to_date(places: Places, library: Library, served: Served) -> Iterator[Check]:
    """Whether the index holds the articles as they are, where its database can be read."""
    if served.whole:
        yield look("up to date", lambda: compare_articles(places, library, served), places.ingest)


def _asking(places: Places, encoder: Encoder, served: Served) -> Iterator[Check]:
    """Whether the model is the one that the index was made with, and a question gets its answer."""
    same = look("model of the index", lambda: compare_model(places, encoder, served), places.ingest)
    fitted = look("calibration", lambda: _calibration(places.index, encoder), INSTALL)
    yield from (same, fitted)
    if served.whole and same.ok and fitted.ok and isinstance(encoder, SentenceTransformerEncoder):
        yield look("question", lambda: look_at_asking(places), places.ingest)


def _articles(kb: Path) -> tuple[str, Library]:
    if not kb.exists():
        raise Fault(f"{kb} does not exist", shlex.join(["mkdir", "-p", str(kb)]))
    try:
        library = read_library(kb, settings_used(kb).patterns)
    except ArticlesRefused as refused:
        first = refused.errors[0]
        count = len(refused.errors)
        many = "1 article cannot be read" if count == 1 else f"{count} articles cannot be read, first of them"
        raise Fault(f"{many}: {first.message}", first.remedy) from None
    ignored, left_out = len(library.ignored), len(library.left_out)
    said = f"{len(library.articles)} in {kb}" + (f"; {ignored} other files are passed over" if ignored else "")
    said += f"; {left_out} articles are left out by {SETTINGS_FILE}" if left_out else ""
    return said, library


def _calibration(index: Path, encoder: Encoder) -> str:
    fitted = load_calibration(index, encoder.name, encoder.fingerprint)
    return f"fitted for {fitted.model}"


def _cache(index: Path) -> str:
    file = vector_cache_file(index)
    if not file.exists():
        return "there is none yet; publishing makes it"
    state = inspect_cache(file)
    if state is None:
        return "it is being written, or publishing was interrupted; the next time mends it"
    if state.fault:
        raise Fault(f"{file}: {state.fault}", remove(file))
    if state.damaged:
        raise Fault(f"{file}: {state.damaged} of {state.vectors} vectors are damaged", remove(file))
    return f"{state.vectors} vectors, {file.stat().st_size / 1e6:,.1f} MB"


def _history(index: Path) -> str:
    """Count what was served when; a line that cannot be read hides what the generations before it were."""
    file = history_file(index)
    if not file.exists():
        return "nothing has been served yet"
    lines = sum(bool(line.strip()) for line in read_whole(file).split(b"\n"))
    unread = lines - len(read_history(index))
    if unread:
        raise Fault(f"{file}: {unread} of {lines} lines cannot be read, and are passed over", _aside(file))
    return f"{lines} lines"


def _aside(history: Path) -> str:
    """The command that puts a history away."""
    return shlex.join(["mv", str(history), str(history.with_suffix(".damaged"))])


def _lock(index: Path) -> str:
    holder = lock_holder(index)
    return f"held: {holder} is publishing" if holder else "free"


def _leftovers(index: Path) -> str:
    left = unfinished(index)
    if not left:
        return "none"
    if lock_holder(index):
        return f"{', '.join(path.name for path in left)}: being written"
    said = f"left by publishing that was interrupted: {', '.join(str(path) for path in left)}"
    raise Fault(said, shlex.join(["rm", "-r", *map(str, left)]))


def _insights(places: Places, served: Served | None) -> Iterator[Check]:
    """Whether what readers ask can be counted, where the library being served wants that."""
    file = insights_file(places.index)
    try:
        wanted = served is not None and insights_settings(places.index).on
    except WellreadError:  # said by the checks of the index
        return
    if wanted or file.exists():
        delete = shlex.join(["rm", str(file)])
        yield look("insights", lambda: _count(places.index, file), delete)


def _count(index: Path, file: Path) -> str:
    folder = standing(file.parent)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Fault(f"{file.parent} cannot be written: nothing is counted", shlex.join(["chmod", "u+rwx", str(folder)]))
    with reading(file, index) as kept:
        groups = len(kept.group_words()) if kept else 0
        count = "1 group" if groups == 1 else f"{groups} groups"
        return f"{count} of questions in {file}" if kept else "nothing was counted yet"


def _space(places: Places, served: Served | None, free_bytes: Callable[[Path], int]) -> str:
    needed = served.manifest.size if served else GROWTH * sum(file.stat().st_size for file in files_below(places.kb))
    free = free_bytes(standing(places.index))
    said = f"{free / 1e6:,.1f} MB free, another generation takes about {needed / 1e6:,.1f} MB"
    if free < needed:
        raise Fault(said, f"make room; see: df -h {shlex.quote(str(standing(places.index)))}")
    return said


def _permissions(index: Path) -> str:
    top = standing(index)
    files = [generations_folder(index), lock_file(index), vector_cache_file(index)]
    for path in (top, *(file for file in files if file.exists())):
        if not os.access(path, os.W_OK | (os.X_OK if path.is_dir() else 0)):
            raise Fault(f"{path} cannot be written", shlex.join(["chmod", "u+rwX", str(path)]))
    return f"{index} can be written" if top == index.absolute() else f"{index} can be made"
