"""Questions that nobody else has asked yet, in memory alone, until enough visits asked alike."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from wellread.datatypes import State
from wellread.insights.wording import speaks_for_others

NEAR = 0.7
"""Cosine from which on two questions are near, for the built-in model.

Of the pairs of questions in judgments/unseen-articles (dev) that are as near, 96 % are about the same article and 78 %
about the same section; from 0.65 on 96 % and 60 %, from 0.6 on 95 % and 48 % (benchmarks/near_questions.py).
"""

MOST_WAITING = 5000
"""Questions kept in memory at most, the last ones: their vectors take 8 MB."""

MOST_WORDS = 20_000
"""Words kept in memory at most, those asked last."""

Outcome = tuple[State, str]
"""What came of a question: the answer's state, and the id of the article that answers, "" for none."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Who asked, as a random name, and when; what was asked before the day `since` is forgotten."""

    session: str
    day: date
    since: date


@dataclass(frozen=True, eq=False, slots=True)
class Waiting:
    """A question without what tells who asked, its unit vector, the visit that asked it, and what came of it."""

    words: str
    vector: NDArray[np.float32]
    session: str
    day: date
    outcome: Outcome
    helped: bool | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Questions alike that enough visits asked: the wording of the one in their middle, and what came of them."""

    words: str
    asked: Counter[Outcome]
    helped: Counter[Outcome] = field(default_factory=Counter)
    unhelped: Counter[Outcome] = field(default_factory=Counter)


class WaitingQuestions:
    """The questions of one process that stand in no group; they are gone when it ends."""

    def __init__(self) -> None:
        self._waiting: list[Waiting] = []

    def clear(self) -> None:
        """Forget all."""
        self._waiting = []

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, question: Waiting, sessions: int, since: date) -> Group | None:
        """Keep a question, and return the group that is complete with it, if one is.

        A group has a question in its middle, to which those of at least `sessions` visits are near. What was asked
        before the day `since` is forgotten.
        """
        self._waiting = [one for one in self._waiting if one.day >= since]
        if any((one.session, one.words) == (question.session, question.words) for one in self._waiting):
            return None
        self._waiting = [*self._waiting, question][-MOST_WAITING:]
        members = self._group_around(question, sessions)
        if members is None:
            return None
        self._waiting = [one for one in self._waiting if one not in members]
        return _group(members)

    def help(self, words: str, session: str, helped: bool) -> None:
        """Note whether the answer helped the visit that asked this."""
        self._waiting = [
            replace(one, helped=helped) if (one.words, one.session) == (words, session) else one
            for one in self._waiting
        ]

    def _group_around(self, question: Waiting, sessions: int) -> list[Waiting] | None:
        """The questions around the best middle near to a new question, the middle first; None where too few visits."""
        vectors = np.stack([one.vector for one in self._waiting])
        found: list[tuple[int, str, list[Waiting]]] = []
        for middle in np.flatnonzero(vectors @ question.vector >= NEAR):
            if not speaks_for_others(self._waiting[middle].words):
                continue
            around = [self._waiting[place] for place in np.flatnonzero(vectors @ vectors[middle] >= NEAR)]
            count = len({one.session for one in around})
            if count >= sessions:
                first = self._waiting[middle]
                found.append((-count, first.words, [first, *(one for one in around if one is not first)]))
        return min(found, key=lambda one: one[:2])[2] if found else None


class WaitingWords:
    """Words that stand in no article, with the visits that asked them; in memory alone until there are enough."""

    def __init__(self) -> None:
        self._visits: OrderedDict[str, tuple[date, set[str]]] = OrderedDict()

    def clear(self) -> None:
        """Forget all."""
        self._visits.clear()

    def add(self, words: Sequence[str], visit: Visit, sessions: int) -> list[str]:
        """Keep the words of a question, and return those which `sessions` visits have asked now."""
        enough: list[str] = []
        for word in words:
            _, visits = self._visits.pop(word, (visit.day, set()))
            visits.add(visit.session)
            if len(visits) >= sessions:
                enough.append(word)
            else:
                self._visits[word] = visit.day, visits
        while self._visits and (len(self._visits) > MOST_WORDS or next(iter(self._visits.values()))[0] < visit.since):
            self._visits.popitem(last=False)
        return enough


def _group(members: Sequence[Waiting]) -> Group:
    """The group of some questions, the middle one first; each visit counts once for each outcome."""
    asked = Counter(outcome for _, outcome in {(one.session, one.outcome) for one in members})
    helped = Counter(one.outcome for one in members if one.helped is True)
    unhelped = Counter(one.outcome for one in members if one.helped is False)
    return Group(members[0].words, asked, helped, unhelped)
