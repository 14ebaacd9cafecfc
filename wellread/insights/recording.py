"""Counts what is asked, behind the answer: in a thread of its own, which no answer waits for and no fault leaves."""

from __future__ import annotations

import hashlib
import logging
import queue
import secrets
import sqlite3
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from wellread.commands import command, places
from wellread.datatypes import Answer
from wellread.index.layout import insights_file
from wellread.insights.groups import MOST_WAITING, NEAR, Outcome, Visit, Waiting, WaitingQuestions, WaitingWords
from wellread.insights.store import Store, Tally, writing
from wellread.insights.wording import ALSO_NAMES, GAP, Known, is_plain, is_proper, wording
from wellread.search.glossary import GLOSSARY_FILE
from wellread.search.searcher import Searcher
from wellread.text.subjects import subject_of
from wellread.text.terms import terms_of, tokens_of
from wellread.text.words import FUNCTION_WORDS

MOST_AT_ONCE = 1000
"""Questions that wait to be counted at most; what comes then is not counted.

Counting one takes 78 ms on two busy cores where an answer takes 200: half of it embeds the wording, and a third waits
for the disk.
"""

_SHORTEST_WORD = 4
"""Letters of a word at least that is told as one which no article has: shorter ones are seldom terms."""

log = logging.getLogger("wellread.insights")

_Noted = TypeVar("_Noted")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's answer, and who asked: whatever tells one visit from another, which is written nowhere.

    `helped` is None for the question itself, and otherwise what its reader says of the answer.
    """

    answer: Answer
    session: str
    helped: bool | None = None


def note(index: Path, searcher: Searcher, asked: Asked) -> None:
    """Count a question, or whether its answer helped, where the library wants that; returns at once, and never raises.

    Where the library does not, nothing is opened, made or remembered.
    """
    try:
        if searcher.settings.insights.on:
            recorder(index).put(searcher, asked)
    except Exception as error:  # whatever it is, the answer is there
        log.error("%s: not counted", type(error).__name__)


def outcome_of(answer: Answer) -> Outcome:
    """What came of a question: the answer's state, and the id of the article that answers, "" for none."""
    first = answer.hits[0].passage if answer.hits else answer.urgent
    return answer.state, first.article if first is not None and answer.state != "not_covered" else ""


class Recorder:
    """Counts into one file, for all of a process; `today` tells the day."""

    def __init__(self, index: Path, today: Callable[[], date] = lambda: datetime.now(UTC).date()) -> None:
        self._index = index
        self._file = insights_file(index)
        self._today = today
        self._secret = secrets.token_bytes(16)
        self._waiting = WaitingQuestions()
        self._words = WaitingWords()
        self._epoch = ""
        self._counted: dict[tuple[str, int], date] = {}
        self._helped: dict[tuple[str, str], date] = {}
        self._groups: dict[tuple[str, str], NDArray[np.float32]] = {}
        self._complaint = ""
        self._queue: queue.Queue[tuple[Searcher, Asked]] = queue.Queue(MOST_AT_ONCE)
        threading.Thread(target=self._work, name="insights", daemon=True).start()

    def put(self, searcher: Searcher, asked: Asked) -> None:
        """Let something be counted, unless too much waits for that already."""
        try:
            self._queue.put_nowait((searcher, asked))
        except queue.Full:
            self._complain("too much is asked at once", "some questions are not counted")

    def settle(self) -> None:
        """Wait until all that was put is counted."""
        self._queue.join()

    def _work(self) -> None:
        while True:
            searcher, asked = self._queue.get()
            try:
                self._count(searcher, asked)
            except (sqlite3.Error, OSError) as error:
                remedy = f"make room and let the page write there, or: {command('insights', *places(self._index))}"
                self._complain(f"{self._file}: cannot be written ({error})", remedy)
            except Exception as error:  # its message may hold a question
                log.error("%s: not counted", type(error).__name__)
            finally:
                self._queue.task_done()

    def _complain(self, reason: str, remedy: str) -> None:
        """Log what is wrong once, until it is something else."""
        if reason != self._complaint:
            self._complaint = reason
            log.error("%s; questions are not counted\n    %s", reason, remedy)

    def _count(self, searcher: Searcher, asked: Asked) -> None:
        settings = searcher.settings.insights
        day = self._today()
        visit = Visit(self._name(asked.session), day, day - timedelta(settings.days - 1))
        answer = asked.answer
        known = _known(searcher)
        words = wording(_as_read(answer), known)
        vector = _vector(words, searcher) if words.strip(f"{GAP} ") else None
        outcome, helped = outcome_of(answer), asked.helped
        tally = Tally(1) if helped is None else Tally(0, int(helped), int(not helped))
        with writing(self._file) as store:
            self._follow(store)
            if helped is not None:
                if (visit.session, words) in self._helped:
                    return  # said before, and again after a reload
                self._helped[visit.session, words] = day
            _forget(self._counted, visit.since)
            _forget(self._helped, visit.since)
            store.forget_before(visit.since)
            store.count(day, _subject(answer, outcome), outcome, tally)
            group = self._group_of(vector, searcher, store) if vector is not None else None
            if group is not None:
                if helped is not None or (visit.session, group) not in self._counted:
                    store.count_group(group, day, outcome, tally)
                self._counted.setdefault((visit.session, group), day)
            elif helped is not None:
                self._waiting.help(words, visit.session, helped)
            elif vector is not None:
                question = Waiting(words, vector, visit.session, day, outcome)
                complete = self._waiting.add(question, settings.sessions, visit.since)
                if complete is not None:
                    store.add_group(day, complete)
            if helped is None:
                for word in self._words.add(_missing_words(answer, known), visit, settings.sessions):
                    store.count_word(day, word, settings.sessions)

    def _follow(self, store: Store) -> None:
        """Forget what is in memory where the file was emptied since."""
        if self._epoch != store.epoch:
            self._epoch = store.epoch
            self._waiting.clear()
            self._words.clear()
            self._counted.clear()
            self._helped.clear()

    def _group_of(self, vector: NDArray[np.float32], searcher: Searcher, store: Store) -> int | None:
        """The number of the nearest group that is near enough to a question; None for none."""
        kept = store.group_words()
        key = searcher.encoder.fingerprint
        self._groups = {
            (key, words): self._groups[key, words] if (key, words) in self._groups else _vector(words, searcher)
            for words in kept.values()
        }
        near = [(float(self._groups[key, words] @ vector), -number) for number, words in kept.items()]
        cosine, number = max(near, default=(0.0, 0))
        return -number if cosine >= NEAR else None

    def _name(self, session: str) -> str:
        """A visit's name in memory, which tells nobody who it is."""
        return hashlib.blake2b(session.encode(), key=self._secret, digest_size=16).hexdigest()


def _forget(noted: dict[_Noted, date], since: date) -> None:
    """Forget what was noted before a day, and the first of what is more than may be kept; the last stands last."""
    while noted and (len(noted) > MOST_WAITING or next(iter(noted.values())) < since):
        del noted[next(iter(noted))]


_recorders: dict[Path, Recorder] = {}
_opening = threading.Lock()


def recorder(index: Path) -> Recorder:
    """The one recorder of this process for an index, made when it is first needed."""
    place = index.absolute()
    with _opening:
        if place not in _recorders:
            _recorders[place] = Recorder(place)
        return _recorders[place]


def _as_read(answer: Answer) -> str:
    """The question with its misspelt words as they were read, so that it is known which are usual words."""
    meant = {word.lower(): other for word, other in answer.corrections}
    return " ".join(meant.get(word.lower().strip(".,?!;:"), word) for word in answer.question.split())


def _subject(answer: Answer, outcome: Outcome) -> str:
    """What the article is about that answers; "" for none."""
    shown = [hit.passage for hit in answer.hits if hit.passage.article == outcome[1]]
    passage = shown[0] if shown else answer.urgent
    return subject_of(passage.title) if outcome[1] and passage is not None else ""


def _known(searcher: Searcher) -> Known:
    """Tells whether a word stands in an article or in the editors' glossary."""
    with searcher.reader.reading():
        own = frozenset(tokens_of(searcher.reader.library_files().get(GLOSSARY_FILE, "")))

    def known(word: str) -> bool:
        with searcher.reader.reading():
            return word in own or any(map(searcher.reader.passages_with, terms_of(word)))

    return known


def _vector(words: str, searcher: Searcher) -> NDArray[np.float32]:
    """The unit vector of a wording by the model that answers."""
    return np.asarray(searcher.encoder.encode_queries([words])[0], np.float32)


def _missing_words(answer: Answer, known: Known) -> Sequence[str]:
    """The words of a question that no article has and that were not searched for as others; no names, no numbers."""
    # Words of no dictionary stay, such as the brand of a new medicine, whatever its first letter.
    read = wording(_as_read(answer).lower(), lambda word: True).split()
    searched = {token for term, _ in answer.expansions for token in tokens_of(term)}
    found: dict[str, None] = {}
    for before, part, after in zip(["", *read], read, [*read[1:], ""], strict=False):
        # What is of no dictionary, and stands beside what was taken out, may be the rest of a name.
        beside = GAP in before or GAP in after
        found |= dict.fromkeys(word for word in tokens_of(part) if not beside or is_plain(word, known))
    return [
        word
        for word in found
        if len(word) >= _SHORTEST_WORD
        and not (word in FUNCTION_WORDS or word in searched or word in ALSO_NAMES or is_proper(word) or known(word))
    ]
