"""Questions that the encoder learns from, with the passages and sentences that answer them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch

from wellread.articles.library import read_kb
from wellread.articles.passages import cut_article, sentence_text
from wellread.datatypes import Passage
from wellread.encoders.minilm import MAX_TOKENS
from wellread.encoders.sentence_transformer import BASE_MODEL, SentenceTransformerEncoder
from wellread.errors import JudgmentsError
from wellread.training.data import LibraryQuestion, read_questions_file
from wellread.training.encoder.model import Model

QUESTION_TOKENS = 64
"""Tokens of a question that are read while training: all but one in a hundred have fewer."""

SENTENCE_TOKENS = 80
"""Tokens of a sentence with its headings that are read while training."""

WHOLE_SECTION = "*"
"""Stands for the deciding sentence where a whole list answers."""

_NOT_IN_WORDS = re.compile(r"[^a-z0-9]+")

_EXACT, _PART, _OTHER_SECTION = 2.0, 1.0, 0.5


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """A question and the id of the passage that answers it.

    `sentence` is the place of the deciding one among the passage's sentences, None where nobody said which it is.
    `also` are the ids of other passages that answer about as well.
    """

    text: str
    passage: str
    sentence: int | None = None
    also: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class AnsweredQuestions:
    """Questions, and all passages of the articles that they are about, in reading order."""

    passages: tuple[Passage, ...]
    questions: tuple[AnsweredQuestion, ...]


def read_own_questions(folder: Path, judged: Collection[str]) -> AnsweredQuestions:
    """Read the questions in `folder`/questions, and the articles in `folder`/library that they are about.

    Raises:
        JudgmentsError: a question is about a `judged` article, or its article or sentence cannot be found.
        WellreadError: an article cannot be read.
    """
    articles = {article.id: article for article in read_kb(folder / "library")}
    counter = SentenceTransformerEncoder(BASE_MODEL)
    passages: dict[str, tuple[Passage, ...]] = {}
    asked: list[tuple[Path, LibraryQuestion]] = []
    for file in sorted((folder / "questions").glob("*.txt")):
        for question in read_questions_file(file):
            name = question.article
            if name in judged:
                raise JudgmentsError(
                    file, question.line, f"{name} is an article of judged questions", "take these questions out"
                )
            if name not in articles:
                raise JudgmentsError(file, question.line, f"{folder / 'library'} has no article {name}", "add it")
            if name not in passages:
                passages[name] = cut_article(articles[name], counter.count_tokens, counter.max_tokens)
            asked.append((file, question))
    if not asked:
        raise JudgmentsError(folder / "questions", None, "no .txt file in it has a question", "name another --training")
    return AnsweredQuestions(
        tuple(passage for name in sorted(passages) for passage in passages[name]),
        tuple(_answered(file, question, passages) for file, question in asked),
    )


def with_nearest_sentences(answered: AnsweredQuestions, model: Model) -> AnsweredQuestions:
    """Give questions without a deciding sentence the sentence of their passage whose vector is nearest to theirs."""
    missing = [question for question in answered.questions if question.sentence is None]
    wanted = {question.passage for question in missing}
    passages = [passage for passage in answered.passages if passage.id in wanted and passage.sentences]
    if not passages:
        return answered
    texts = [sentence_text(passage, sentence) for passage in passages for sentence in passage.sentences]
    with torch.no_grad():
        rows = torch.split(model.embed(texts, MAX_TOKENS), [len(passage.sentences) for passage in passages])
        vectors = model.embed([question.text for question in missing], MAX_TOKENS)
    sentences = {passage.id: row for passage, row in zip(passages, rows, strict=True)}
    nearest = {
        question: int((sentences[question.passage] @ vector).argmax())
        for question, vector in zip(missing, vectors, strict=True)
        if question.passage in sentences
    }
    questions = tuple(
        replace(question, sentence=nearest.get(question, question.sentence)) for question in answered.questions
    )
    return replace(answered, questions=questions)


def _answered(file: Path, question: LibraryQuestion, passages: dict[str, tuple[Passage, ...]]) -> AnsweredQuestion:
    """A question with the passage that has its deciding sentence, or with the first of a section that answers whole."""
    if question.sentence == WHOLE_SECTION:
        wanted = _words(question.heading)
        section = [passage.id for passage in passages[question.article] if _words(passage.heading) == wanted]
        if not section:
            reason = f'{question.article} has no section "{question.heading}"'
            raise JudgmentsError(file, question.line, reason, "copy the heading from the article, after a #")
        return AnsweredQuestion(question.text, section[0])
    found = max(_places(question, passages[question.article]), key=lambda place: place[0], default=None)
    if found is None:
        reason = f"no sentence of {question.article} reads: {question.sentence}"
        raise JudgmentsError(file, question.line, reason, "copy it from the article, after a >")
    _, passage, sentence = found
    also = {
        other.id
        for name, heading in question.also
        for other in passages.get(name, ())
        if _words(other.heading) == _words(heading)
    }
    return AnsweredQuestion(question.text, passage, sentence, frozenset(also - {passage}))


def _places(question: LibraryQuestion, passages: Sequence[Passage]) -> Iterator[tuple[float, str, int]]:
    """Where an article has the deciding sentence: how well it agrees, the passage's id, the sentence's place."""
    wanted = _words(question.sentence)
    for passage in passages:
        elsewhere = 0.0 if _words(passage.heading) == _words(question.heading) else _OTHER_SECTION
        for place, sentence in enumerate(passage.sentences):
            words = _words(passage.quote(sentence))
            if wanted and words == wanted:
                yield _EXACT - elsewhere, passage.id, place
            elif wanted and words and (wanted in words or (words in wanted and len(words) > len(wanted) / 2)):
                yield _PART - elsewhere, passage.id, place


def _words(text: str) -> str:
    return _NOT_IN_WORDS.sub(" ", text.lower()).strip()
