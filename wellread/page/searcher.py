"""The page's one searcher: opened for the generation being served; the model is loaded after the first paint."""

from __future__ import annotations

import logging
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from wellread.datatypes import Answer, Article
from wellread.metrics import asking
from wellread.page.examples import examples

if TYPE_CHECKING:
    from wellread.search.searcher import Searcher

EXAMPLES = 5
"""Examples offered at most."""

PASSAGES = 8
"""Passages asked for: more than there are cards, because some say what a better one says already."""

log = logging.getLogger("wellread.page")


class PageSearcher:
    """A searcher and the thread in which its model is loaded, so that a page can be drawn meanwhile."""

    def __init__(self, searcher: Searcher) -> None:
        self.searcher = searcher
        self.articles = searcher.articles
        self.article = searcher.article
        self.by_id: dict[str, Article] = {article.id: article for article in searcher.articles}
        self.examples = examples([article for article in map(searcher.article, self._spread()) if article])
        self.ready = threading.Event()
        self._lock = threading.Lock()
        self._warming: threading.Thread | None = None

    def _spread(self) -> list[str]:
        """Some articles, from all over the knowledge base, whose headings can serve as examples."""
        ids = list(self.by_id)
        return ids[:: max(1, len(ids) // EXAMPLES)][:EXAMPLES]

    def warm(self) -> None:
        """Begin to load the model, once; returns at once."""
        with self._lock:
            if self._warming is None:
                self._warming = threading.Thread(target=self._load, name="load-model", daemon=True)
                self._warming.start()

    def ask(self, question: str) -> Answer:
        """Answer a question, the model loaded first; raises WellreadError."""
        self.warm()
        self.ready.wait()
        with asking() as asked:
            answer = self.searcher.ask(question, PASSAGES)
            asked.answered(answer)
        return answer

    @property
    def reranked(self) -> bool:
        """Whether a reranker decides the order of an answer's passages."""
        return self.searcher.reranker is not None

    def _load(self) -> None:
        try:
            self.searcher.warm()
        except Exception as error:  # shown where a question is asked, which meets the same error
            log_error(error)
        finally:
            self.ready.set()


def serving_searcher(index: Path) -> PageSearcher:
    """Return the searcher of the generation that is being served at this moment; raises WellreadError."""
    from wellread.index.layout import current_generation  # what it takes is imported while the page shows itself

    return _open(str(index), current_generation(index))


@st.cache_resource(max_entries=2, show_spinner=False)
def _open(index: str, generation: str) -> PageSearcher:
    # The generation is part of the key alone: a new one is opened, and an old one in time let go.
    from wellread.search.searcher import open_searcher

    return PageSearcher(open_searcher(Path(index)))


def log_error(error: BaseException) -> None:
    """Log the type and the place of an error; not its message, which may hold somebody's question."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "unknown place"
    log.error("%s at %s", type(error).__name__, where)
