"""Publishing into Milvus that is cut short, the process or the server killed: the old generation serves, the next run
goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT, HashEncoder
from milvus_server import library_name, milvus_server, shared_server

from wellread.errors import EngineError, IndexMissing, PublishingRefused
from wellread.index.milvus.blobs import PIECE
from wellread.index.milvus.place import Place, read_uri
from wellread.index.milvus.reader import MilvusReader
from wellread.index.milvus.shelf import Shelf, shelf_at
from wellread.index.milvus.writer import Writer
from wellread.index.port import GenerationReader
from wellread.index.reader import Reader, open_served
from wellread.publishing.history import read_history
from wellread.publishing.policy import Policy
from wellread.publishing.publish import publish
from wellread.publishing.serving import rollback, served_id

OLD = {
    "cough": "# Cough\n\n## Care\n\nDrink warm tea. Sleep well.\n",
    "warts": "# Warts\n\n## Care\n\nLeave them. They go.\n",
}
NEW = {**OLD, "cough": "# Cough\n\n## Care\n\nDrink warm broth. Open a window.\n"}

PUBLISH_AND_DIE = """
import os, signal, sys
from pathlib import Path
from conftest import HashEncoder
from wellread.index.milvus import client, shelf
from wellread.index.milvus.place import read_uri
from wellread.publishing.policy import Policy
from wellread.publishing.publish import publish
folder, uri, owner, method, calls = Path(sys.argv[1]), *sys.argv[2:5], int(sys.argv[5])
kind = {"Client": client.Client, "Shelf": shelf.Shelf}[owner]
usual = getattr(kind, method)
def dying(*words):
    global calls
    calls -= 1
    if not calls:
        os.kill(os.getpid(), signal.SIGKILL)
    return usual(*words)
setattr(kind, method, dying)
publish(folder / "kb", folder / "index", HashEncoder(), policy=Policy(milvus=read_uri(uri)))
"""


def write(folder: Path, articles: dict[str, str]) -> None:
    (folder / "kb").mkdir(exist_ok=True)
    for name, text in articles.items():
        (folder / "kb" / f"{name}.md").write_text(text)


def publish_at(folder: Path, place: Place) -> str:
    return publish(folder / "kb", folder / "index", HashEncoder(), policy=Policy(milvus=place)).generation


def answer(reader: GenerationReader, question: str) -> list[tuple[str, float, float, float]]:
    """The candidates of a question, with their signals to the last bit."""
    vector = np.asarray(HashEncoder().encode_queries([question])[0], np.float32)
    found = reader.candidates(question, vector, 3, ("passages", "sentences", "lexical"))
    signals = zip(found.passage.tolist(), found.sentence.tolist(), found.lexical.tolist(), strict=True)
    return [(reader.passage(row).text, *own) for row, own in zip(found.rows.tolist(), signals, strict=True)]


@pytest.mark.parametrize(
    ("owner", "method", "calls"),
    [("Client", "insert", 2), ("Shelf", "finish", 1), ("Shelf", "put_manifest", 1), ("Shelf", "add_switch", 1)],
)
def test_a_killed_publication_leaves_the_old_generation_and_the_next_goes_on(
    tmp_path: Path, owner: str, method: str, calls: int
) -> None:
    place = read_uri(f"{shared_server().uri}/{library_name(tmp_path)}")
    write(tmp_path, OLD)
    old = publish_at(tmp_path, place)
    write(tmp_path, NEW)
    words = [str(tmp_path), str(place), owner, method, str(calls)]
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    done = subprocess.run([sys.executable, "-c", PUBLISH_AND_DIE, *words], env={**os.environ, "PYTHONPATH": path})
    assert done.returncode == -signal.SIGKILL
    shelf = shelf_at(place)
    assert shelf.served() == old
    assert {text for text, *_ in answer(MilvusReader(shelf, old), "warm tea")} >= {"Drink warm tea. Sleep well."}
    new = publish_at(tmp_path, place)
    assert shelf.served() == new == served_id(tmp_path / "index") != old
    assert answer(MilvusReader(shelf, new), "warm broth") == answer(open_served(tmp_path / "index"), "warm broth")


def test_a_killed_server_has_the_old_generation_when_it_is_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with milvus_server(tmp_path / "server") as server:
        place = read_uri(server.uri)
        write(tmp_path, OLD)
        old = publish_at(tmp_path, place)
        before = answer(MilvusReader(shelf_at(place), old), "warm tea")
        write(tmp_path, NEW)

        def killing(shelf: Shelf, segment: str, texts: int) -> None:
            server.kill()
            shelf.served()

        with monkeypatch.context() as patch:
            patch.setattr("wellread.index.milvus.client.TIMEOUT", 2.0)
            patch.setattr(Shelf, "finish", killing)
            with pytest.raises(EngineError, match=r"cannot be reached.*of the index folder: nothing was published"):
                publish_at(tmp_path, place)
        assert served_id(tmp_path / "index") == old
        server.start()
        assert shelf_at(place).served() == old
        assert answer(MilvusReader(shelf_at(place), old), "warm tea") == before
        new = publish_at(tmp_path, place)
        assert shelf_at(place).served() == new != old


def test_what_fails_behind_the_switch_says_what_is_served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = read_uri(f"{shared_server().uri}/{library_name(tmp_path)}")
    write(tmp_path, OLD)
    old = publish_at(tmp_path, place)
    write(tmp_path, NEW)

    def refused(shelf: Shelf, after: int, generation: str) -> None:
        raise EngineError("the disk is full", "make room")

    with monkeypatch.context() as patch:
        patch.setattr(Shelf, "add_switch", refused)
        with pytest.raises(EngineError) as failed:
            publish_at(tmp_path, place)
    new = served_id(tmp_path / "index")
    assert failed.value.reason == f"the disk is full; of the index folder: generation {new} is being served"
    assert shelf_at(place).served() == old
    assert publish_at(tmp_path, place) == new == shelf_at(place).served() != old


def test_going_back_that_was_cut_short_is_finished_by_the_same_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = read_uri(f"{shared_server().uri}/{library_name(tmp_path)}")
    index = tmp_path / "index"
    write(tmp_path, OLD)
    old = publish_at(tmp_path, place)
    write(tmp_path, NEW)
    new = publish_at(tmp_path, place)

    def refused(shelf: Shelf, after: int, generation: str) -> None:
        raise EngineError("the disk is full", "make room, and run the command again")

    for back, named in ((old, None), (new, new[:8])):
        with monkeypatch.context() as patch:
            patch.setattr(Shelf, "add_switch", refused)
            with pytest.raises(EngineError, match=f"of the index folder: generation {back} is being served"):
                rollback(index, named, milvus=place)
        assert [served_id(index), shelf_at(place).served()] == [back, {old: new, new: old}[back]]
        event = rollback(index, named, milvus=place)
        assert (event.generation, event.articles.counts["changed"]) == (back, 0)
        assert served_id(index) == shelf_at(place).served() == back
    with pytest.raises(IndexMissing, match="is being served already"):
        rollback(index, new, milvus=place)
    assert [event.generation for event in read_history(index)] == [old, new, old, new]


def test_who_is_second_of_two_publications_is_told(tmp_path: Path) -> None:
    place = read_uri(f"{shared_server().uri}/{library_name(tmp_path)}")
    write(tmp_path, OLD)
    old = publish_at(tmp_path, place)
    late = Writer(shelf_at(place))
    write(tmp_path, NEW)
    new = publish_at(tmp_path, place)
    with pytest.raises(PublishingRefused, match="another publication came first"):
        late.bring(Reader(tmp_path / "index", old), lambda stage, done, total: None)
    with pytest.raises(PublishingRefused, match="another publication came first"):
        late.switch(old)
    assert shelf_at(place).served() == new


@pytest.mark.parametrize("piece", [PIECE, 200])  # a manifest of one row, and of several
def test_rows_that_no_generation_keeps_go_after_an_hour(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, piece: int
) -> None:
    monkeypatch.setattr("wellread.index.milvus.blobs.PIECE", piece)
    place = read_uri(f"{shared_server().uri}/{library_name(tmp_path)}")
    write(tmp_path, OLD)
    old = publish_at(tmp_path, place)
    shelf = shelf_at(place)
    (segment,) = shelf.manifest(old).segments
    write(tmp_path, NEW)
    new = publish_at(tmp_path, place)
    late = Writer(shelf)
    late.prune({new})
    assert (shelf.standing(), [*shelf.left()]) == ([new], [old])
    rows = shelf.blobs.count([segment.name])
    monkeypatch.setattr("wellread.index.milvus.writer.GRACE", -1.0)
    assert rows > 0
    late.prune({new})
    assert shelf.blobs.count([segment.name]) == 0
    assert (shelf.standing(), shelf.left(), len(shelf.begun())) == ([new], {}, 1)
    assert MilvusReader(shelf, new).passage_count == 2
    write(tmp_path, OLD)
    assert publish_at(tmp_path, place) == old == MilvusReader(shelf, old).generation
