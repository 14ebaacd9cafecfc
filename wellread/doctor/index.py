"""Whether the generation being served is whole, and made of these articles by this model; nothing on disk changes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wellread.doctor.checks import INSTALL, Check, Fault, Places, look

if TYPE_CHECKING:
    from wellread.articles.library import Library
    from wellread.encoders.sentence_transformer import Encoder
    from wellread.index.generation import Manifest

NAMED = 5
"""Articles that one check names, at most."""


@dataclass(frozen=True, slots=True)
class Served:
    """What could be learnt of the generation being served; `sound` names those of its files that are as sealed."""

    folder: Path
    manifest: Manifest
    sound: frozenset[str]


def examine_index(places: Places) -> tuple[tuple[Check, ...], Served | None]:
    """Look at CURRENT, the manifest, the files, the words and the vectors.

    A check that has nothing to look at, because an earlier one failed, is left out.
    """
    checks: list[Check] = []

    def well(check: Check) -> bool:
        checks.append(check)
        return check.ok

    folders: list[Path] = []
    if not well(look("index", lambda: _current(places, folders), INSTALL)):
        return tuple(checks), None
    manifests: list[Manifest] = []
    if not well(look("manifest", lambda: _manifest(places, folders[0], manifests), places.ingest)):
        return tuple(checks), None
    folder, manifest = folders[0], manifests[0]
    wrong = dict(_wrong_files(folder, manifest))
    served = Served(folder, manifest, frozenset(manifest.files) - wrong.keys())
    checks.append(look("files", lambda: _files(places, manifest, wrong), places.ingest))
    if "passages.sqlite" in served.sound:
        checks.append(look("words", lambda: _words(places, served), places.ingest))
    if not any(name.endswith((".faiss", ".codes")) for name in wrong):
        checks.append(look("vectors", lambda: _vectors(places, served), places.ingest))
    return tuple(checks), served


def compare_articles(places: Places, library: Library, served: Served) -> str:
    """Compare the articles on disk with those that were published; raises Fault where they differ."""
    from wellread.index.database import Database

    database = Database(served.folder / "passages.sqlite")
    try:
        published = {article.id: (article.file, article.sha256) for article in database.articles()}
    finally:
        database.close()
    present = {article.id: (article.file, article.sha256) for article in library.articles}
    changed = [name for name in present.keys() & published.keys() if present[name] != published[name]]
    new = present.keys() - published.keys()
    gone = published.keys() - present.keys()
    if not (changed or new or gone):
        return f"the index holds the articles of {places.kb} as they are"
    counts = [(changed, "changed"), (new, "new"), (gone, "gone")]
    said = ", ".join(f"{len(names)} {what}" for names, what in counts if names)
    names = sorted([*changed, *new, *gone])
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    raise Fault(f"articles differ from those published: {said} ({', '.join(names[:NAMED])}{more})", places.ingest)


def compare_model(places: Places, encoder: Encoder, served: Served) -> str:
    """Compare a model with the one that made the index; raises Fault where it is another."""
    if encoder.fingerprint != served.manifest.fingerprint:
        made = served.manifest.model
        other = f"not {encoder.name}" if made != encoder.name else "whose files were others then"
        named = Places(places.kb, places.index, places.model or encoder.name)
        raise Fault(f"the index was made with the model {made}, {other}; questions are refused", named.ingest)
    return f"the index was made with it, {served.manifest.dimension} dimensions"


def _current(places: Places, found: list[Path]) -> str:
    from wellread.errors import IndexDamaged, IndexMissing
    from wellread.index.generation import current_generation, generation_folder

    try:
        generation = current_generation(places.index)
    except IndexMissing:
        raise Fault(f"nothing has been published into {places.index} yet", places.ingest) from None
    except IndexDamaged as error:
        raise Fault(str(error).partition("\n")[0], places.ingest) from None
    found.append(generation_folder(places.index, generation))
    return f"generation {generation} is being served"


def _manifest(places: Places, folder: Path, found: list[Manifest]) -> str:
    from wellread.index.generation import FORMAT, Manifest, _seal, sealed_files

    file = folder / "manifest.json"
    try:
        content = json.loads(file.read_bytes())
        if content.pop("seal") != _seal(content):
            raise Fault(f"{file} has other content than was published", places.ingest)
        if content["format"] != FORMAT:
            raise Fault(f"{file} was made by another version of Wellread", places.ingest)
        manifest = Manifest(**content)
        counts = [f"{name} {int(manifest.counts[name])}" for name in ("articles", "passages", "sentences")]
        int(manifest.counts["headings"])
        for name in sealed_files(manifest.counts):
            int(manifest.files[name]["bytes"]), str(manifest.files[name]["sha256"])
    except FileNotFoundError:
        raise Fault(f"{file} is missing", places.ingest) from None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Fault(f"{file} is not a manifest ({error})", places.ingest) from None
    if manifest.generation != folder.name:
        raise Fault(f"{file} belongs to generation {manifest.generation}", places.ingest)
    found.append(manifest)
    return ", ".join(counts)


def _wrong_files(folder: Path, manifest: Manifest) -> Iterator[tuple[str, str]]:
    from wellread.files import sha256

    for name, sealed in sorted(manifest.files.items()):
        file = folder / name
        try:
            size = file.stat().st_size
            if size != sealed["bytes"]:
                yield name, f"{file} has {size} bytes, not {sealed['bytes']}"
            elif sha256(file) != sealed["sha256"]:
                yield name, f"{file} has other content than was published"
        except OSError as error:
            yield name, f"{file}: {error.strerror}"


def _files(places: Places, manifest: Manifest, wrong: dict[str, str]) -> str:
    if wrong:
        raise Fault("; ".join(wrong.values()), places.ingest)
    size = sum(int(sealed["bytes"]) for sealed in manifest.files.values())
    return f"{len(manifest.files)} files, {size / 1e6:,.1f} MB, are as they were published"


def _words(places: Places, served: Served) -> str:
    file = served.folder / "passages.sqlite"
    database = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        (verdict,) = database.execute("PRAGMA integrity_check(1)").fetchone()
        if verdict != "ok":
            raise Fault(f"{file}: {verdict}", places.ingest)
        for table in ("articles", "passages", "sentences"):
            (count,) = database.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - names from above
            if count != served.manifest.counts[table]:
                raise Fault(f"{file}: {count} rows in {table}, not {served.manifest.counts[table]}", places.ingest)
    finally:
        database.close()
    return "the database is sound and holds what the manifest says"


def _vectors(places: Places, served: Served) -> str:
    import numpy as np

    from wellread.articles.passages import GRAINS
    from wellread.index.vectors import BLOCK, coded, file_names, open_vectors

    manifest = served.manifest
    for grain in GRAINS:
        count = manifest.counts[grain]
        file = served.folder / file_names(grain, count)[0]
        vectors = open_vectors(served.folder, grain, count)
        if vectors.shape != (count, manifest.dimension):
            expected = f"{count} of {manifest.dimension}"
            found = "{} vectors of {} dimensions".format(*vectors.shape)
            raise Fault(f"{file}: {found}, not {expected}", places.ingest)
        for start in range(0, count, BLOCK):
            rows = np.arange(start, min(start + BLOCK, count))
            lengths = np.linalg.norm(vectors.rows(rows), axis=1)
            if not np.all(np.abs(lengths - 1) < (1e-2 if coded(count) else 1e-3)):  # a NaN is refused too
                raise Fault(f"{file}: vectors have not the length 1", places.ingest)
    return f"{manifest.counts['passages']} and {manifest.counts['sentences']} of {manifest.dimension} dimensions"
