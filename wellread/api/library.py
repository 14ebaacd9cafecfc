"""The library being served to the API: its open searcher, its settings, and what is computed of it once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Protocol

from wellread.api.suggestions import Suggestions
from wellread.datatypes import Answer, Article, Passage
from wellread.errors import WellreadError
from wellread.publishing.standby import Standing, open_readable, readable_since, reading
from wellread.search.opening import open_searcher
from wellread.search.searcher import Searcher
from wellread.text.languages import language_of


class Served:
    """One generation while it is served; threads may share it."""

    def __init__(self, standing: Standing, searcher: Searcher, since: float) -> None:
        self._standing = standing
        self.searcher = searcher
        self.generation = searcher.generation
        self.since = since
        """Unix time from which on it has been served."""

        self.settings = searcher.settings
        self._loading = threading.Lock()
        self._loaded = False
        self.by_id: dict[str, Article] = {article.id: article for article in searcher.articles}

    def ask(self, question: str, k: int) -> Answer:
        """Answer a question; raises what `Searcher.ask` raises."""
        self.warm()
        with reading(self._standing):
            return self.searcher.ask(question, k)

    def note(self, answer: Answer, session: str, helped: bool | None = None) -> None:
        """Count an answer, or whether it helped, where the library wants that; see `insights.recording`."""
        if self.settings.insights.on:
            from wellread.insights.recording import Asked, note

            note(self._standing.index, self.searcher, Asked(answer, session, helped))

    def warm(self) -> None:
        """Load the models, once: questions that come meanwhile wait, in place of each loading them too.

        One after the other: the one that tells languages takes 80 MB while it is unpacked, and 45 MB after.
        """
        with self._loading:
            if not self._loaded:
                language_of("what can I do against the cold in winter")
                self.searcher.warm()
                self._loaded = True

    def article(self, name: str) -> Article | None:
        """One article whole, or None."""
        with reading(self._standing):
            return self.searcher.article(name)

    def passage(self, name: str) -> Passage | None:
        """A passage by its id, or None."""
        try:
            with reading(self._standing), self.searcher.reader.reading():
                return self.searcher.reader.passage(self.searcher.reader.row_of(name))
        except KeyError:
            return None

    @cached_property
    def suggestions(self) -> Suggestions:
        """What can be typed ahead: the titles of all articles and the headings of their sections."""
        with reading(self._standing), self.searcher.reader.reading():
            return Suggestions(self.searcher.articles, self.searcher.reader.headings())


class Opened(Protocol):
    """Opens the generation that readers get, and gives the same searcher again while it is that one."""

    def __call__(self, index: Path) -> tuple[Standing, Searcher]:
        """Raises WellreadError where there is none that can be read."""


def _open_one(standing: Standing) -> Searcher:
    return open_searcher(standing.index, generation=standing.generation)


class OpenedHere:
    """Opens generations for this process alone, where no page has opened them, each by `open_one`."""

    def __init__(self, open_one: Callable[[Standing], Searcher] = _open_one) -> None:
        self._open_one = open_one
        self._kept: tuple[Standing, Searcher] | None = None

    def __call__(self, index: Path) -> tuple[Standing, Searcher]:
        """The generation being served or, where that is damaged, the one before it."""
        try:
            return open_readable(index, self._open)
        except WellreadError:
            self._kept = None  # looked at anew when its files may have been brought back
            raise

    def _open(self, standing: Standing) -> tuple[Standing, Searcher]:
        if self._kept is None or self._kept[0] != standing:
            self._kept = standing, self._open_one(standing)
        return self._kept


class Library:
    """Gives the generation that readers get at this moment, and keeps what is computed of it until that is another.

    The page lends `opened`, so that one process has one searcher.
    """

    def __init__(self, index: Path, opened: Opened | None = None) -> None:
        self.index = index
        self._opened = opened or OpenedHere()
        self._served: Served | None = None
        self._lock = threading.Lock()

    def served(self) -> Served:
        """The generation that is being served; raises WellreadError where there is none that can be read."""
        with self._lock:
            standing, searcher = self._opened(self.index)
            if self._served is None or self._served.searcher is not searcher:
                self._served = Served(standing, searcher, readable_since(self.index, searcher.generation))
            return self._served

    def allows(self, origin: str) -> bool:
        """Tell whether pages of a web site may use the API, by the settings of the generation that was asked last."""
        return self._served is not None and origin in self._served.settings.api.origins

    def warm(self) -> None:
        """Load the model, so that the first question does not wait for it; raises WellreadError."""
        self.served().warm()
