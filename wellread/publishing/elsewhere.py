"""Where readers on other machines find what is published here: in Milvus, or nowhere but in the index folder."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Protocol

from wellread.errors import EngineError, PublishingRefused
from wellread.index.milvus.place import Place
from wellread.index.reader import Reader
from wellread.progress import Progress


class Elsewhere(Protocol):
    """What publishing does beside the index folder, which it fills, judges and switches as ever."""

    def serves(self, generation: str) -> bool:
        """Whether readers there have a generation."""

    def bring(self, reader: Reader, progress: Progress) -> None:
        """Make a generation stand there, whole and verified, before the index folder is switched to it."""

    def switch(self, generation: str) -> None:
        """Let readers there have it, behind that."""

    def prune(self, kept: Collection[str]) -> None:
        """Keep these generations there, and the one being served."""


class Nowhere:
    """Readers open the index folder itself."""

    def serves(self, generation: str) -> bool:
        """Say yes: they have what the folder has."""
        return True

    def bring(self, reader: Reader, progress: Progress) -> None:
        """Do nothing."""

    def switch(self, generation: str) -> None:
        """Do nothing."""

    def prune(self, kept: Collection[str]) -> None:
        """Do nothing."""


@contextmanager
def told_with(served: Callable[[], str]) -> Iterator[None]:
    """Say with an error of the other place what is being `served` from the index folder by then."""
    try:
        yield
    except (EngineError, PublishingRefused) as error:
        reason = f"{error.reason}; of the index folder: {served()}"
        raise type(error)(reason, error.remedy, error.where) from error


def elsewhere_at(place: Place | None) -> Elsewhere:
    """What publishes into Milvus at a place, reached now, or nothing; raises EngineError."""
    if place is None:
        return Nowhere()
    from wellread.index.milvus.shelf import shelf_at
    from wellread.index.milvus.writer import Writer

    return Writer(shelf_at(place))
