"""The library being served to the API: its open searcher, its settings, and what is computed of it once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from wellread.api.suggestions import Suggestions
from wellread.datatypes import Answer, Article, Passage
from wellread.index.layout import current_file, current_generation
from wellread.publishing.history import read_history
from wellread.search.searcher import Searcher, open_searcher
from wellread.settings import SETTINGS_FILE, ApiSettings, parse_settings


class Served:
    """One generation while it is served; threads may share it."""

    def __init__(self, searcher: Searcher, since: float) -> None:
        self.searcher = searcher
        self.generation = searcher.generation
        self.since = since
        """Unix time from which on it has been served."""

        written = searcher.reader.library_files().get(SETTINGS_FILE, "")
        self.settings: ApiSettings = parse_settings(written, Path(SETTINGS_FILE)).api
        self._loading = threading.Lock()
        self._loaded = False
        self.by_id: dict[str, Article] = {article.id: article for article in searcher.articles}

    def ask(self, question: str, k: int) -> Answer:
        """Answer a question; raises what `Searcher.ask` raises."""
        self.warm()
        return self.searcher.ask(question, k)

    def warm(self) -> None:
        """Load the model, once: questions that come meanwhile wait, in place of each loading it too."""
        with self._loading:
            if not self._loaded:
                self.searcher.warm()
                self._loaded = True

    def passage(self, name: str) -> Passage | None:
        """A passage by its id, or None."""
        try:
            return self.searcher.reader.passage(self.searcher.reader.row_of(name))
        except KeyError:
            return None

    @cached_property
    def suggestions(self) -> Suggestions:
        """What can be typed ahead: the titles of all articles and the headings of their sections."""
        return Suggestions(self.searcher.articles, self.searcher.reader.headings())


class Library:
    """Opens the generation that is being served at this moment, once, and keeps it until another one is served.

    `opened` opens a searcher over the index folder; the page lends its own, so that one process has one.
    """

    def __init__(self, index: Path, opened: Callable[[Path], Searcher] = open_searcher) -> None:
        self.index = index
        self._open = opened
        self._served: Served | None = None
        self._named = ""
        self._lock = threading.Lock()

    def served(self) -> Served:
        """The generation that is being served; raises WellreadError where there is none that can be read."""
        generation = current_generation(self.index)
        with self._lock:
            if self._served is None or self._named != generation:
                self._served = Served(self._open(self.index), self._since(generation))
                self._named = generation
            return self._served

    def allows(self, origin: str) -> bool:
        """Tell whether pages of a web site may use the API, by the settings of the generation that was asked last."""
        return self._served is not None and origin in self._served.settings.origins

    def warm(self) -> None:
        """Load the model, so that the first question does not wait for it; raises WellreadError."""
        self.served().warm()

    def _since(self, generation: str) -> float:
        """When a generation began to be served, by the history, or else by the file that names it."""
        events = read_history(self.index)
        if events and events[-1].generation == generation:
            return events[-1].at.timestamp()
        return current_file(self.index).stat().st_mtime
