"""What `wellread doctor` says of a library in Milvus: it reads all that readers get there."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import HashEncoder
from milvus_server import library_name, shared_server

from wellread.doctor.checks import Places, look
from wellread.doctor.milvus import look_at_milvus
from wellread.doctor.place import examine_place
from wellread.index.milvus.client import Row
from wellread.index.milvus.place import Place, read_uri
from wellread.index.milvus.shelf import Shelf, shelf_at
from wellread.publishing.policy import Policy
from wellread.publishing.publish import publish

WARTS = "# Warts\n\n## Care\n\nLeave warts alone.\n\n## Signs\n\nThey are rough. They last.\n"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return read_uri(f"{shared_server().uri}/{library_name(tmp_path)}")


@pytest.fixture
def places(tmp_path: Path, place: Place) -> Places:
    """A library of two passages and three sentences, published into files and into Milvus."""
    (tmp_path / "kb").mkdir()
    (tmp_path / "kb" / "warts.md").write_text(WARTS)
    publish(tmp_path / "kb", tmp_path / "index", HashEncoder(), policy=Policy(milvus=place))
    return Places(tmp_path / "kb", tmp_path / "index")


def put_in_place(shelf: Shelf, collection: str, key: str, changed: Row) -> None:
    """Put a row with other values in place of one, as somebody does who has the server's token."""
    shelf.client.delete(collection, f'key == "{key}"')
    shelf.client.insert(collection, [{"key": key, **changed}])


def said(places: Places, shelf: Shelf) -> str:
    """What doctor says of it, with a full stop where it is a fault."""
    check = look("Milvus", lambda: look_at_milvus(places, shelf), "publish")
    return check.message if check.ok else f"{check.message}."


def test_all_texts_and_vectors_are_read_and_counted(places: Places, place: Place, tmp_path: Path) -> None:
    shelf = shelf_at(place)
    whole = f"generation {shelf.served()}: "  # its texts: two passages, an article, its words and its arrays
    assert said(places, shelf) == f"{whole}5 texts and 5 vectors are as they were published"
    assert said(Places(places.kb, tmp_path / "none"), shelf) == f"{whole}5 texts are as they were published"


def test_a_text_that_somebody_changed_is_named(places: Places, place: Place) -> None:
    shelf = shelf_at(place)
    name = shelf.manifest(shelf.served()).segments[0].name
    key = f"{name}/p1/0"
    (row,) = shelf.client.get(shelf.blobs.collection, [key], ["owner", "text"], strong=True).values()
    changed = {"owner": name, "text": row["text"][:-8] + row["text"][-8:].swapcase(), "vector": [1.0, 0.0]}
    put_in_place(shelf, shelf.blobs.collection, key, changed)
    assert f"{name}/p1 has other content than was published" in said(places, shelf)


def test_a_vector_that_somebody_changed_is_named(places: Places, place: Place) -> None:
    shelf = shelf_at(place)
    name = shelf.manifest(shelf.served()).segments[0].name
    dimension = shelf.manifest(shelf.served()).dimension
    collection = shelf.client.vectors("sentences", dimension)
    (row,) = shelf.client.get(collection, [f"{name}-2"], ["segment", "row"], strong=True).values()
    changed = {"segment": row["segment"], "row": 2, "vector": [1.0, *[0.0] * (dimension - 1)]}
    put_in_place(shelf, collection, f"{name}-2", changed)
    assert said(places, shelf) == "row 2 of the sentences has another vector in Milvus than was published."


def test_readers_that_get_another_generation_there_are_told_of(places: Places, place: Place) -> None:
    shelf = shelf_at(place)
    old = shelf.served()
    (places.kb / "warts.md").write_text(WARTS.replace("rough", "hard"))
    new = publish(places.kb, places.index, HashEncoder()).generation
    assert said(places, shelf) == (f"readers in Milvus get generation {old}, those of {places.index} {new}.")


def test_it_is_looked_at_where_the_environment_names_it(
    places: Places, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def checked() -> list[tuple[str, bool]]:
        return [(one.name, one.ok) for one in examine_place(places, HashEncoder(), lambda folder: 10**12)]

    assert "Milvus" not in dict(checked())
    monkeypatch.setenv("WELLREAD_ENGINE", "milvus")
    monkeypatch.setenv("WELLREAD_MILVUS_URI", str(place))
    assert ("Milvus", True) in checked()
    monkeypatch.setenv("WELLREAD_MILVUS_URI", "ftp://nowhere")
    assert ("engine", False) in checked()


def test_a_machine_that_only_answers_from_milvus_lacks_neither_articles_nor_an_index(
    places: Places, place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = Places(tmp_path / "none" / "kb", tmp_path / "none" / "index")

    def checked() -> list[tuple[str, bool]]:
        return [(one.name, one.ok) for one in examine_place(elsewhere, HashEncoder(), lambda folder: 10**12)]

    assert ("articles", False) in checked()
    monkeypatch.setenv("WELLREAD_ENGINE", "milvus")
    monkeypatch.setenv("WELLREAD_MILVUS_URI", str(place))
    assert checked() == [("model", True), ("Milvus", True)]
