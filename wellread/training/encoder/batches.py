"""What a step learns from: questions, the passages of whole articles, deciding sentences, graded documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from wellread.articles.passages import passage_text, sentence_text
from wellread.datatypes import Passage
from wellread.training.encoder.articles import Articles, Deck
from wellread.training.encoder.shared import GradedQuestion
from wellread.training.encoder.stages import Stage

LAY_SECTIONS = 3
"""Passages of a lay article in a step, at most: each has three."""

WRONG_DOCUMENTS = 2
"""Documents that do not answer a graded question, in a step at most."""

_SHORTEST = 4
"""Letters of a word that gets a typing error, at least."""


@dataclass(frozen=True, slots=True)
class Batch:
    """The texts of a step, and what belongs together; numbers are places in these tuples.

    `right` has the passage of each question, `also` other passages that answer it, and `deciding` its sentence, None
    where that is not in the batch. `sentence_passages` has the passage of each sentence. `right_documents` has the
    document of each graded question. `held` are the texts whose vectors shall stay, by their places among all of them.
    """

    passages: tuple[Passage, ...]
    questions: tuple[str, ...]
    right: tuple[int, ...]
    also: tuple[tuple[int, ...], ...]
    sentences: tuple[str, ...]
    sentence_passages: tuple[int, ...]
    deciding: tuple[int | None, ...]
    graded: tuple[str, ...]
    documents: tuple[str, ...]
    right_documents: tuple[int, ...]
    held: tuple[int, ...]

    @property
    def passage_texts(self) -> list[str]:
        """What is embedded of the passages."""
        return [passage_text(passage) for passage in self.passages]


@dataclass(frozen=True, slots=True)
class Sources:
    """What batches are drawn from; `lay` is None, `graded` empty and `held` 0 without the shared data.

    `further` is None where there are no further articles.
    """

    own: Articles
    lay: Articles | None = None
    further: Articles | None = None
    graded: tuple[GradedQuestion, ...] = ()
    held: int = 0


def draw_batches(sources: Sources, stage: Stage) -> Iterator[Batch]:
    """Draw batches without end: the same from the same sources, stage and seed."""
    rng = Random(stage.seed)  # noqa: S311
    decks: list[tuple[Deck, int]] = []
    if sources.lay is not None and stage.lay:
        decks.append((Deck(sources.lay, rng, min(stage.sections, LAY_SECTIONS), stage.cluster), stage.lay))
    if stage.own:
        decks.append((Deck(sources.own, rng, stage.sections, stage.cluster), stage.own))
    if sources.further is not None and stage.further:
        decks.append((Deck(sources.further, rng, stage.sections, stage.cluster), stage.further))
    while decks:
        yield _draw(decks, sources, stage, rng)


def with_typing_error(text: str, rng: Random) -> str:
    """A text in which one word has a letter less, a letter twice, two letters changed about, or another letter."""
    words = text.split()
    place = rng.randrange(len(words))
    word = words[place]
    if len(word) < _SHORTEST:
        return text
    at, kind = rng.randrange(1, len(word) - 1), rng.randrange(4)
    if kind == 0:
        word = word[:at] + word[at + 1 :]
    elif kind == 1:
        word = word[: at + 1] + word[at:]
    elif kind == 2:
        word = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    else:
        word = word[:at] + rng.choice("aeioustrn") + word[at + 1 :]
    return " ".join([*words[:place], word, *words[place + 1 :]])


def _draw(decks: Sequence[tuple[Deck, int]], sources: Sources, stage: Stage, rng: Random) -> Batch:
    passages: list[Passage] = []
    questions: list[str] = []
    right: list[int] = []
    others: list[frozenset[str]] = []
    sentences: list[tuple[int, int]] = []
    deciding: list[tuple[int, int] | None] = []
    for deck, count in decks:
        for article in deck.deal_articles(count):
            for place in deck.deal_passages(article):
                row = len(passages)
                passages.append(deck.passage(article, place))
                shown: list[int] = []
                for question in deck.deal_questions(article, place, stage.questions):
                    sentence = question.sentence
                    if sentence is not None and sentence not in shown and len(shown) < stage.sentences:
                        shown.append(sentence)
                    mistyped = rng.random() < stage.typos
                    questions.append(with_typing_error(question.text, rng) if mistyped else question.text)
                    right.append(row)
                    others.append(question.also)
                    deciding.append((row, sentence) if sentence is not None and sentence in shown else None)
                sentences += [(row, sentence) for sentence in shown]
    graded, documents, right_documents = _draw_graded(sources.graded, stage, rng)
    rows = {passage.id: row for row, passage in enumerate(passages)}
    places = {sentence: place for place, sentence in enumerate(sentences)}
    return Batch(
        passages=tuple(passages),
        questions=tuple(questions),
        right=tuple(right),
        also=tuple(tuple(sorted(rows[name] for name in also if name in rows)) for also in others),
        sentences=tuple(sentence_text(passages[row], passages[row].sentences[place]) for row, place in sentences),
        sentence_passages=tuple(row for row, _ in sentences),
        deciding=tuple(None if sentence is None else places[sentence] for sentence in deciding),
        graded=graded,
        documents=documents,
        right_documents=right_documents,
        held=tuple(rng.sample(range(sources.held), min(stage.held, sources.held))),
    )


def _draw_graded(
    graded: Sequence[GradedQuestion], stage: Stage, rng: Random
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[int, ...]]:
    """Graded questions, documents for each of them, and the place of each question's right one."""
    questions: list[str] = []
    documents: list[str] = []
    right: list[int] = []
    for question in rng.sample(graded, min(stage.graded, len(graded))):
        wrong = [*question.wrong]
        questions.append(question.text)
        right.append(len(documents))
        documents.append(rng.choice(question.right))
        rng.shuffle(wrong)
        documents += wrong[:WRONG_DOCUMENTS]
    return tuple(questions), tuple(documents), tuple(right)
