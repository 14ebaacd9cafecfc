"""Brings the vectors of a plan's new texts into the cache, and names the article of a text that cannot be embedded."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from wellread.articles.passages import embedded_texts
from wellread.encoders.cache import VectorCache
from wellread.encoders.sentence_transformer import Encoder, Vectors
from wellread.errors import ModelError
from wellread.progress import Progress
from wellread.publishing.embedding.tasks import Made, Task, TextFailed, cut_into_tasks, make
from wellread.publishing.embedding.team import OpenCrew, Team, TeamReport
from wellread.publishing.plan import Plan

WINDOW = 8_192
"""Texts looked up and embedded at once: enough of each length to fill the encoder's batches."""

PEEK = 64
"""Tasks looked for before workers are started, so that no more start than there are tasks: less than a window has."""

QUOTED = 60
"""Characters of a text that cannot be embedded that the message quotes: enough to find it with a search."""


@dataclass(frozen=True, slots=True)
class Work:
    """How many texts were embedded, and what the team of workers did, or None where this process did it."""

    embedded: int
    team: TeamReport | None


def embed(
    plan: Plan, encoder: Encoder, cache: VectorCache, progress: Progress, open_crew: OpenCrew | None = None
) -> Work:
    """Bring the vectors of all texts that are new into the cache; `embedded` is how many it did not know.

    This process alone reads and writes the cache. What is done is written before more is waited for, so that an ingest
    that is killed goes on from there. Where there is but one task, no crew is opened for it.

    Raises:
        ModelError: a text cannot be embedded, which is named with its article; or the model is not there.
        WellreadError: the workers do not start.
    """
    new = _NewTexts(plan, encoder, cache, progress)
    tasks = new.tasks()
    first = list(islice(tasks, PEEK if open_crew else 0))
    tasks = chain(first, tasks)
    try:
        if open_crew is None or len(first) < 2:
            for task in tasks:
                new.keep([(task, make(task, encoder, new.count))])
            return Work(new.embedded, None)
        with Team(open_crew(encoder), encoder, None if len(first) == PEEK else len(first)) as team:
            for done in team.work(tasks):
                new.keep(done)
                new.count(sum(len(task.texts) for task, _ in done))
        return Work(new.embedded, team.report)
    except TextFailed as failed:
        raise _named(plan, failed) from failed


def known_vectors(texts: Sequence[str], passages: Collection[str], cache: VectorCache) -> dict[str, Vectors]:
    """The vectors that the cache has of some texts; of passages, where it has their token codes too."""
    known = cache.find(texts)
    codes = cache.find_codes(list(passages))
    return {text: vector for text, vector in known.items() if text not in passages or text in codes}


def embed_here(
    texts: Sequence[str], passages: Collection[str], encoder: Encoder, cache: VectorCache
) -> dict[str, Vectors]:
    """Embed texts in this process and keep them in the cache, with the token codes of those that are passages."""
    made: dict[str, Vectors] = {}
    for task in cut_into_tasks(texts, passages, encoder):
        done = make(task, encoder)
        _keep([(task, done)], cache)
        made |= dict(zip(task.texts, done.vectors, strict=True))
    return made


class _NewTexts:
    """The texts of a plan that the cache does not know, and what has become of them."""

    def __init__(self, plan: Plan, encoder: Encoder, cache: VectorCache, progress: Progress) -> None:
        self.embedded = 0
        self._plan = plan
        self._encoder = encoder
        self._cache = cache
        self._progress = progress
        self._done = 0
        self._given_out: set[tuple[str, bool]] = set()

    def tasks(self) -> Iterator[Task]:
        """Share out, window by window, what the cache does not know and is not given out yet."""
        texts = self._plan.new_texts()
        while window := list(islice(texts, WINDOW)):
            passages = dict.fromkeys(text for text, grain in window if grain == "passages")
            known = known_vectors([text for text, _ in window], passages, self._cache)
            missing = [
                text
                for text in dict.fromkeys(text for text, _ in window)
                if text not in known and not self._is_given_out(text, text in passages)
            ]
            self._given_out |= {(text, text in passages) for text in missing}
            self.embedded += len(missing)
            if known_before := len(window) - len(missing):
                self.count(known_before)
            yield from cut_into_tasks(missing, passages, self._encoder)

    def keep(self, done: Sequence[tuple[Task, Made]]) -> None:
        """Write what was made into the cache."""
        _keep(done, self._cache)
        self._given_out.difference_update((text, task.are_passages) for task, _ in done for text in task.texts)

    def count(self, texts: int) -> None:
        """Say that so many texts more are done."""
        self._done += texts
        self._progress("embedding", self._done, self._plan.new_count)

    def _is_given_out(self, text: str, is_passage: bool) -> bool:
        return (text, True) in self._given_out or (not is_passage and (text, False) in self._given_out)


def _keep(done: Sequence[tuple[Task, Made]], cache: VectorCache) -> None:
    """Write vectors and token codes, the codes first: a passage is known by both."""
    coded = [(text, code) for task, made in done for text, code in zip(task.texts, made.codes)]  # noqa: B905
    if coded:
        cache.add_codes([text for text, _ in coded], [code for _, code in coded])
    cache.add(
        [text for task, _ in done for text in task.texts],
        [vector for _, made in done for vector in made.vectors],
    )


def _named(plan: Plan, failed: TextFailed) -> ModelError:
    """The error of a text, with the article and the section that it stands in."""
    for content in map(plan.content, plan.parts):
        for passage in content.passages:
            for grain, texts in embedded_texts([passage]).items():
                if failed.text in texts:
                    what = {"passages": "a passage", "sentences": "a sentence", "headings": "the heading"}[grain]
                    words = " ".join(failed.text.split())
                    quoted = words if len(words) <= QUOTED else f"…{words[-QUOTED:]}"
                    return ModelError(
                        f'{what} of the section "{passage.heading}" cannot be embedded ("{quoted}"): {failed.reason};'
                        " nothing was published",
                        "shorten that text or mend it, or leave the article out with --exclude",
                        where=content.article.file,
                    )
    raise AssertionError("tasks are made of the plan's texts")
