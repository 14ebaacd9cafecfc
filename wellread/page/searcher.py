"""The page's one searcher: opened for the generation being served; the model is loaded after the first paint."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from wellread.datatypes import Answer, Article, Passage
from wellread.errors import IndexDamaged
from wellread.metrics import asking
from wellread.page.bar import Bar, general_bar, own_bar, site_bar
from wellread.page.examples import Example, examples
from wellread.page.subjects import subject_terms

if TYPE_CHECKING:
    from wellread.publishing.standby import Standing
    from wellread.search.searcher import Searcher

_LOOKED_AT = 25
"""Articles whose headings are looked at for examples, so that most examples are of different articles."""

_KEPT = 64
"""Articles that are kept as they were read, of the order of 50 kB each: every answer asks for one of them whole."""

_LOOKED_UP = 64
"""Groups of questions whose nearest passages are kept, for the desk: more than its tab shows."""

PASSAGES = 8
"""Passages asked for: more than there are cards, because some say what a better one says already."""

NARROWED = 40
"""Passages asked for where only those of one article are shown."""

log = logging.getLogger("wellread.page")


class PageSearcher:
    """A searcher and the thread in which its model is loaded, so that a page can be drawn meanwhile."""

    def __init__(self, searcher: Searcher, standing: Standing) -> None:
        self.searcher = searcher
        self.standing = standing
        self.articles = searcher.articles
        self.by_id: dict[str, Article] = {article.id: article for article in searcher.articles}
        self.library_settings = searcher.settings
        self.settings = searcher.settings.page
        self.examples = examples([article for article in map(searcher.article, self._spread()) if article])
        self.ready = threading.Event()
        self._lock = threading.Lock()
        self._article = lru_cache(maxsize=_KEPT)(searcher.article)
        self._nearest = lru_cache(maxsize=_LOOKED_UP)(self._rank)
        self._warming: threading.Thread | None = None

    def _spread(self) -> list[str]:
        """Some articles, from all over the knowledge base, whose headings can serve as examples."""
        ids = list(self.by_id)
        return ids[:: max(1, len(ids) // _LOOKED_AT)][:_LOOKED_AT]

    def warm(self) -> None:
        """Begin to load the model, once; returns at once."""
        with self._lock:
            if self._warming is None:
                self._warming = threading.Thread(target=self._load, name="load-model", daemon=True)
                self._warming.start()

    def wait_until_ready(self) -> None:
        """Return once the model is loaded."""
        self.warm()
        self.ready.wait()

    def ask(self, question: str, only: str = "") -> Answer:
        """Answer a question, the model loaded first, with passages of the article `only`, "" for of all.

        An example is always answered, by the section that it is the heading of. Raises WellreadError.
        """
        self.wait_until_ready()
        example = next((example for example in self.examples if example.question == question), None)
        with asking() as asked, self._reading():
            answer = self.searcher.ask(question, NARROWED if only or example else PASSAGES)
            asked.answered(answer)
        if only:
            hits = tuple(hit for hit in answer.hits if hit.passage.article == only)
            answer = replace(answer, hits=hits, state=answer.state if hits else "not_covered")
        return _led_by(answer, example) if example else answer

    @property
    def counts(self) -> bool:
        """Whether the library wants to know what is asked."""
        return self.library_settings.insights.on

    def note(self, answer: Answer, session: str, helped: bool | None = None) -> None:
        """Count an answer, or whether it helped, where the library wants that; see `insights.recording`."""
        if self.counts:
            from wellread.insights.recording import Asked, note

            note(self.standing.index, self.searcher, Asked(answer, session, helped))

    def article(self, name: str) -> Article | None:
        """One article whole, or None where there is none of that id; raises IndexDamaged."""
        with self._reading():
            return self._article(name)

    def tells_of_emergency(self, question: str) -> bool:
        """Tell whether a question gets the safety card, the model loaded first."""
        self.wait_until_ready()
        with self._reading():
            return self.searcher.ask(question, 1).safety is not None

    def nearest(self, words: str, k: int) -> tuple[Passage, ...]:
        """The passages that come nearest to some words, best first, the model loaded first; found once for each."""
        self.wait_until_ready()
        with self._reading():
            return self._nearest(words, k)

    @property
    def bar(self) -> Bar:
        """The disclaimer at the foot of the window, in the language of the page."""
        return self._own_bar or general_bar()

    @cached_property
    def _own_bar(self) -> Bar | None:
        return site_bar(self.settings.disclaimer) or own_bar(self.articles)

    @cached_property
    def subjects(self) -> frozenset[str]:
        """The terms of what the articles are about."""
        return subject_terms(article.title for article in self.articles)

    @property
    def reranked(self) -> bool:
        """Whether a reranker decides the order of an answer's passages."""
        return self.searcher.reranker is not None

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Inside, damage that is found sets the generation aside: the next view is of the one before."""
        from wellread.publishing.standby import reading

        standing = self.standing
        try:
            with reading(standing):
                yield
        except IndexDamaged:
            _open.clear(str(standing.index), standing.generation, standing.written)
            raise

    def _rank(self, words: str, k: int) -> tuple[Passage, ...]:
        return tuple(hit.passage for hit in self.searcher.rank(words, k))

    def _load(self) -> None:
        try:
            with self._reading():
                self.searcher.warm()
        except Exception as error:  # shown where a question is asked, which meets the same error
            log_error(error)
        finally:
            self.ready.set()


def _led_by(answer: Answer, example: Example) -> Answer:
    """The answer to an example, its own section first."""
    own = [hit for hit in answer.hits if (hit.passage.article, hit.passage.anchor) == (example.article, example.anchor)]
    if not own:
        return replace(answer, hits=answer.hits[:PASSAGES])
    others = [hit for hit in answer.hits if hit not in own]
    return replace(answer, state="answered", hits=(*(replace(hit, same_as="") for hit in own), *others)[:PASSAGES])


def serving_searcher(index: Path) -> PageSearcher:
    """Return the searcher of the generation that is being served at this moment, or of the one before it.

    That is while the one being served is damaged. Raises WellreadError.
    """
    from wellread.publishing.standby import open_readable  # imported while the page shows itself

    return open_readable(index, lambda standing: _open(str(index), standing.generation, standing.written))


@st.cache_resource(max_entries=2, show_spinner=False)
def _open(index: str, generation: str, written: int) -> PageSearcher:
    # A new generation is opened, and an old one in time let go.
    from wellread.publishing.standby import Standing
    from wellread.search.opening import open_searcher

    standing = Standing(Path(index), generation, written)
    return PageSearcher(open_searcher(standing.index, generation=generation), standing)


def log_error(error: BaseException) -> None:
    """Log the type and the place of an error; not its message, which may hold somebody's question."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "unknown place"
    log.error("%s at %s", type(error).__name__, where)
