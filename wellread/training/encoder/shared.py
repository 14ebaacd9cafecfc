"""Reads what lies beside the project and is not copied into it: lay questions, graded answers, texts to hold on to."""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wellread.articles.passages import FRAME
from wellread.datatypes import Block, Passage, Sentence
from wellread.errors import JudgmentsError
from wellread.relevance.judgments import Qrels, read_lines, read_objects, read_rows
from wellread.text.sentences import split_sentences
from wellread.text.words import content_words
from wellread.training.encoder.questions import AnsweredQuestion, AnsweredQuestions

RELEVANT = 2
"""The grade of MEDIQA from which a document answers."""

WORDS = 150
"""Words of a piece of a document: the mean of a passage here."""

HELD_TEXTS = 1500
"""Texts whose vectors shall stay, two of three from MedQuAD and the others from MEDIQA's documents."""

_LAY_SEED, _GRADED_SEED, _HELD_SEED = 17, 3, 5
"""Of the splits, which figures in docs/training.md rest on, and of the choice of texts."""

_HELD_OUT = 42
"""Training questions of MEDIQA that are not learned from: a fifth."""

_LARGEST_TOPIC = 12
"""Questions of a topic that is held out, at most, so that several topics are."""

_ITEM = re.compile(r"(?<=[.!?:;])\s+-\s+")
"""Where an item of a list begins, in texts that have lost their lines."""


@dataclass(frozen=True, slots=True)
class GradedQuestion:
    """A question with texts of documents that answer it, and of documents that do not."""

    text: str
    right: tuple[str, ...]
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeldText:
    """A text, and its title as a question, whose vectors shall stay what the base model makes of them."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class SharedData:
    """What lies beside the project: to learn from, and to hold on to."""

    lay: AnsweredQuestions
    graded: tuple[GradedQuestion, ...]
    held: tuple[HeldText, ...]


def read_shared(folder: Path) -> SharedData:
    """Read lay-questions, mediqa and medquad-liveqa below a folder, without the parts that figures are taken on.

    Raises:
        JudgmentsError: a file is missing or cannot be read.
    """
    try:
        return _read_shared(folder)
    except JudgmentsError as error:
        remedy = "name another folder with --shared, or leave it out to train on the project's own questions alone"
        raise JudgmentsError(error.file, error.line, error.reason, remedy) from error


def _read_shared(folder: Path) -> SharedData:
    documents = _documents(folder / "mediqa" / "corpus.jsonl.gz")
    queries = {row["_id"]: row["text"] for _, _, row in read_objects(folder / "mediqa" / "queries.jsonl")}
    train, dev = (_qrels(folder / "mediqa" / "qrels" / f"{split}.tsv") for split in ("train", "dev"))
    held_out = _held_out(train)
    learned = [query for query in sorted(train) if query not in held_out and max(train[query].values()) >= RELEVANT]
    kept_apart = {document for query in train.keys() - {*learned} for document in train[query]}
    kept_apart |= {document for grades in dev.values() for document in grades}
    return SharedData(
        _lay_questions(folder / "lay-questions"),
        tuple(_graded(queries[query], train[query], documents) for query in learned),
        _held_texts(_documents(folder / "medquad-liveqa" / "corpus.jsonl.gz"), documents, kept_apart),
    )


def _lay_questions(folder: Path) -> AnsweredQuestions:
    """The lay questions about three of four articles; the others are for development."""
    rows = [row for _, row in _rows(folder / "passages.jsonl", ("id", "article", "where", "text"))]
    articles = sorted({row["article"] for row in rows})
    random.Random(_LAY_SEED).shuffle(articles)  # noqa: S311
    learned = set(articles[len(articles) // 4 :])
    passages = {row["id"]: _lay_passage(row) for row in rows if row["article"] in learned}
    questions = [row for _, row in _rows(folder / "questions.jsonl", ("passage", "text"))]
    return AnsweredQuestions(
        tuple(passages.values()),
        tuple(AnsweredQuestion(row["text"], row["passage"]) for row in questions if row["passage"] in passages),
    )


def _lay_passage(row: Mapping[str, str]) -> Passage:
    title, *headings = row["where"].split(" > ")
    lines = row["text"].split("\n")
    return Passage(
        id=row["id"],
        article=row["article"],
        title=title,
        path=tuple(headings) or (title,),
        anchor="text",
        blocks=tuple(Block("paragraph", line, number) for number, line in enumerate(lines, 1)),
        sentences=tuple(
            Sentence(place, start, end)
            for place, line in enumerate(lines)
            for start, end in _sentences(line)
            if end - start > len("a.")
        ),
    )


def _sentences(line: str) -> Iterator[tuple[int, int]]:
    """The sentences of a line, and the items of lists in it."""
    starts = [0, *(match.end() for match in _ITEM.finditer(line))]
    ends = [*(match.start() for match in _ITEM.finditer(line)), len(line)]
    for first, last in zip(starts, ends, strict=True):
        yield from ((first + start, first + end) for start, end in split_sentences(line[first:last]))


def _held_out(train: Qrels) -> set[str]:
    """A fifth of the questions, whole topics of them: questions with a document in common are of one topic."""
    topic = {query: query for query in train}
    owner: dict[str, str] = {}
    for query in sorted(train):
        for document in train[query]:
            old, new = topic[query], topic[owner.setdefault(document, query)]
            topic = {name: new if of == old else of for name, of in topic.items()}
    topics: defaultdict[str, list[str]] = defaultdict(list)
    for query in sorted(train):
        topics[topic[query]].append(query)
    order = [topics[name] for name in sorted(topics)]
    random.Random(_GRADED_SEED).shuffle(order)  # noqa: S311
    held: set[str] = set()
    for queries in order:
        if len(held) < _HELD_OUT and len(queries) <= _LARGEST_TOPIC:
            held |= {*queries}
    return held


def _graded(query: str, grades: Mapping[str, int], documents: Mapping[str, HeldText]) -> GradedQuestion:
    def best(names: Sequence[str]) -> tuple[str, ...]:
        return tuple(_best_piece(query, documents[name]) for name in sorted(names))

    return GradedQuestion(
        query,
        best([name for name, grade in grades.items() if grade >= RELEVANT]),
        best([name for name, grade in grades.items() if grade < RELEVANT]),
    )


def _best_piece(query: str, document: HeldText) -> str:
    """The title of a document with the first of its pieces that has most words of the question that carry meaning."""
    wanted = {*content_words(query)}
    piece = max(_pieces(document.text), key=lambda text: len(wanted & {*content_words(text)}))
    return f"{document.title[:FRAME]}\n{piece}"


def _held_texts(
    medquad: Mapping[str, HeldText], mediqa: Mapping[str, HeldText], kept_apart: Collection[str]
) -> tuple[HeldText, ...]:
    """A piece of each of some documents."""
    rng = random.Random(_HELD_SEED)  # noqa: S311
    many, few = list(medquad.values()), [document for name, document in mediqa.items() if name not in kept_apart]
    rng.shuffle(many)
    rng.shuffle(few)
    chosen = [*many[: HELD_TEXTS * 2 // 3], *few[: HELD_TEXTS // 3]]
    held = [HeldText(document.title, rng.choice(_pieces(document.text))) for document in chosen]
    rng.shuffle(held)
    return tuple(held)


def _pieces(text: str) -> list[str]:
    """A text in pieces of about WORDS words."""
    words = text.split()
    count = max(1, round(len(words) / WORDS))
    size = -(-len(words) // count) or 1
    return [" ".join(words[start : start + size]) for start in range(0, len(words), size)] or [""]


def _documents(file: Path) -> dict[str, HeldText]:
    return {row["_id"]: HeldText(row.get("title") or "", row["text"]) for _, _, row in read_objects(file)}


def _qrels(file: Path) -> dict[str, dict[str, int]]:
    qrels: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for _, (query, document, grade) in read_rows(file):
        qrels[query][document] = grade
    return dict(qrels)


def _rows(file: Path, keys: Sequence[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a JSON Lines file, with the numbers of their lines; each has texts under `keys`."""
    for number, line in read_lines(file):
        try:
            row = json.loads(line)
            if not all(isinstance(row[key], str) for key in keys):
                raise ValueError(keys)
        except (ValueError, KeyError, TypeError):
            raise JudgmentsError(file, number, f"not a JSON object with {', '.join(keys)}") from None
        yield number, row
