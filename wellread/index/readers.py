"""Opens generations for those who ask, from the engine that the environment names: the index folder, or Milvus."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from wellread.errors import IndexDamaged, IndexMissing
from wellread.index.layout import current_generation
from wellread.index.milvus.place import place_in_environment
from wellread.index.port import GenerationReader
from wellread.index.reader import Reader, open_served

if TYPE_CHECKING:
    from wellread.index.milvus.shelf import Shelf


def shelf_in_environment() -> Shelf | None:
    """The library in Milvus that the environment names; None where readers ask the files of an index folder.

    Raises:
        SettingsError: the environment names no engine that there is, or no address.
        EngineError: Milvus cannot be reached.
    """
    place = place_in_environment()
    if place is None:
        return None
    from wellread.index.milvus.shelf import shelf_at

    return shelf_at(place)


def open_reader(index: Path, generation: str | None = None) -> GenerationReader:
    """Open a generation, by default the one being served.

    Raises:
        IndexMissing: there is no such generation, or none yet.
        IndexDamaged: the generation is not what its manifest says.
        EngineError: Milvus cannot be reached.
    """
    shelf = shelf_in_environment()
    if shelf is None:
        return Reader(index, generation) if generation else open_served(index)
    from wellread.index.milvus.reader import MilvusReader

    name = generation or shelf.served()
    while True:
        try:
            return MilvusReader(shelf, name)
        except (IndexMissing, IndexDamaged):  # one that is replaced and removed meanwhile is no damage
            before, name = name, generation or shelf.served()
            if name == before:
                raise


def generation_to_read(index: Path) -> str:
    """The id of the generation that readers get; raises IndexMissing, IndexDamaged and EngineError."""
    shelf = shelf_in_environment()
    if shelf is None:
        return current_generation(index)
    name = shelf.served_lately()
    if not name:
        raise IndexMissing(
            "nothing has been published here yet", "publish the articles: wellread ingest", str(shelf.client.place)
        )
    return name


def readable_before(shelf: Shelf) -> list[str]:
    """The generations in Milvus that were served before, the last one first, but for those that somebody left.

    Going back is a switch to a generation that was served earlier.
    """
    switches = shelf.switches()
    left: set[str] = set()
    for number, (before, switch) in enumerate(pairwise(switches), 1):
        if switch.generation in {one.generation for one in switches[:number]}:
            left.add(before.generation)
        left.discard(switch.generation)
    return [name for name in shelf.standing() if name not in left]
