"""Fits a calibration for an embedding model, from judged and labelled questions."""

from __future__ import annotations

from typing import Any

import numpy as np

from wellread.commands import command
from wellread.encoders.sentence_transformer import Encoder
from wellread.errors import CalibrationError
from wellread.index.reader import Reader
from wellread.progress import Progress
from wellread.search.calibration import CONFIDENCE, KINDS, Calibration, Logistic, Thresholds
from wellread.search.classifier import Classifier, SupportVectors, middle_layers
from wellread.search.confidence import notice_features
from wellread.text.words import word_prefixes
from wellread.training.confidence import fit_confidence
from wellread.training.data import TrainingData
from wellread.training.learners import FOLDS, Embedding, classify, logistic, support

_AGAIN = 3
"""Times that a heading counts for the kinds of headings; short questions, which head sections too, count once."""

_SHORT = 70
"""Characters of a question that could be a heading, at most."""

_PLAIN = 45
"""Characters of a covered question that is too short to tell what is happening to anybody, at most."""

_ABOUT = 3
"""Times that a question about the shipped article counts for the kinds of questions."""


def fit(
    reader: Reader,
    encoder: Encoder,
    data: TrainingData,
    library: Reader | None = None,
    progress: Progress = lambda stage, done, total: None,
) -> Calibration:
    """Fit everything for one model; `reader` has the articles that the judged questions are about.

    `library` is a large one about all of medicine, made by the same model: without it, what confidence learns is of
    small libraries. The same model, articles and lessons give the same calibration.

    Raises:
        CalibrationError: the judged questions are about none of the articles.
    """
    if not any(name.startswith("neurological-spasms#") for name in reader.database.digests()):
        raise CalibrationError(
            "the judged questions are about an article that is not in this index: neurological-spasms",
            f"use the articles that Wellread ships: {command('ingest', '--index', 'DIR')},"
            f" then {command('fit', '--index', 'DIR')}",
        )
    kinds = [query["metadata"].get("kind") for query in data.judged]
    for kind in ("covered", "uncovered", "urgent", "unurgent"):
        if kinds.count(kind) < FOLDS:
            raise CalibrationError(
                f"there are {kinds.count(kind)} {kind} development questions to learn from, not {FOLDS} or more",
                f"name a folder of judgments that has them: {command('fit', '--judgments', 'DIR')}",
            )
    embed = Embedding(encoder, progress)
    questions = _fit_questions(data, embed)
    headings = _fit_headings(data, embed)
    urgency, notice = _fit_urgency(data, embed, questions)
    topics = sorted({lesson["topic"] for lesson in data.questions if _names_a_subject(lesson["topic"])})
    named = [pair["topic"] for pair in data.pairs if _names_a_subject(pair["topic"])]
    calibration = Calibration(
        model=encoder.name,
        fingerprint=encoder.fingerprint,
        questions=questions,
        headings=headings,
        urgency=urgency,
        topics=embed(topics, "subjects"),
        subjects=frozenset().union(*map(word_prefixes, (*topics, *named))),
        confidence=Logistic(np.zeros(2 * len(CONFIDENCE) + 1), 0.0),
        notice=notice,
        thresholds=Thresholds(0.5, 0.5, 0.5),
    )
    return fit_confidence(
        reader, encoder, data, calibration, library, lambda some: _fit_questions(some, embed), progress
    )


def _fit_questions(data: TrainingData, embed: Embedding) -> Classifier:
    """Kinds of questions; headings are learned from too, for the plain questions that few of the labelled ones are.

    What is not about medicine wants nothing that a kind of section gives.
    """
    examples = [(lesson["text"], kind) for lesson in data.questions for kind in lesson["kinds"]]
    examples += [(lesson["text"], kind) for lesson in data.covered for kind in lesson["kinds"]] * _ABOUT
    examples += [(lesson["text"], lesson["kind"]) for lesson in data.headings if lesson["kind"] != "summary"]
    examples += [(lesson["text"], "other") for lesson in data.outside]
    examples += [(lesson["text"], "other") for lesson in data.uncovered if lesson["kind"] == "other"] * _ABOUT
    texts = list(dict.fromkeys(text for text, _ in examples))
    _, features = embed.read(texts, "questions")
    places = {text: n for n, text in enumerate(texts)}
    rows = [(places[text], kind) for text, kind in examples]
    numbers = [n for n, _ in rows]
    return classify((*KINDS, "other"), features[numbers], [texts[n] for n in numbers], [kind for _, kind in rows], 2.0)


def _fit_headings(data: TrainingData, embed: Embedding) -> Classifier:
    examples = [(lesson["text"], lesson["kind"]) for lesson in data.headings] * _AGAIN
    examples += [
        (lesson["text"], kind)
        for lesson in data.questions
        for kind in lesson["kinds"]
        if kind in KINDS and len(lesson["text"]) < _SHORT
    ]
    distinct = list(dict.fromkeys(text for text, _ in examples))
    known = dict(zip(distinct, embed(distinct, "headings"), strict=True))
    vectors = np.stack([known[text] for text, _ in examples])
    return classify((*KINDS, "summary", "other"), vectors, [], [kind for _, kind in examples], 16.0)


def _fit_urgency(data: TrainingData, embed: Embedding, questions: Classifier) -> tuple[SupportVectors, Logistic]:
    """What tells of something happening; and how that is weighed with the nearness of a section's signs.

    A pair gives two examples with its own section, and one of its urgent question with a section about something else.
    Plain questions about the article, a word or some, tell of nothing.
    """
    pairs = data.pairs
    texts = [pair["urgent"] for pair in pairs] + [pair["unurgent"] for pair in pairs]
    plain = [lesson["text"] for lesson in data.covered if _is_plain(lesson)]
    vectors, read = embed.read([*texts, *plain], "urgent questions")
    layers = middle_layers(read, vectors.shape[1])
    numbers = np.arange(len(layers))
    tells = numbers < len(pairs)
    folds = np.where(numbers < len(texts), numbers % len(pairs) % FOLDS, FOLDS)
    other = questions.probabilities(read[: len(texts)], texts)[:, len(KINDS)]
    signs = list(dict.fromkeys(_as_embedded(pair, sign) for pair in pairs for sign in pair["signs"]))
    known = dict(zip(signs, embed(signs, "warning signs"), strict=True))
    telling = np.empty(len(layers))
    for fold in range(FOLDS):
        telling[folds == fold] = support(layers[folds != fold], tells[folds != fold]).margins(layers[folds == fold])
    features, answers = [], []
    for n in range(len(texts)):
        pair, another = pairs[n % len(pairs)], pairs[(n + len(pairs) // 2) % len(pairs)]
        for section, listed in ((pair, bool(tells[n])), (another, False)):
            nearness = max(float(known[_as_embedded(section, sign)] @ vectors[n]) for sign in section["signs"])
            features.append(notice_features(float(telling[n]), nearness, float(other[n])))
            answers.append(listed)
    return support(layers, tells), logistic(np.array(features), np.array(answers), np.ones(len(answers)))


def _is_plain(lesson: dict[str, Any]) -> bool:
    """Whether a covered question is no more than some words, and does not ask whether to worry."""
    return len(lesson["text"]) <= _PLAIN and not {"warning", "outlook"} & set(lesson["kinds"])


def _names_a_subject(topic: str) -> bool:
    """Whether a topic is a subject of medicine, and none that the judged article is about."""
    about = ("spasm", "cramp", "twitch", "tremor", "dystonia", "jerk", "fascic")
    return len(topic) > 3 and topic not in ("this", "none", "chat") and not any(word in topic.lower() for word in about)


def _as_embedded(pair: dict[str, Any], sign: str) -> str:
    joint = " " if pair["section"][-1:] in "?!.:…" else ": "
    return f"{pair['section']}{joint}{sign}"
