"""Fits all that is learned for an embedding model, from the articles and questions of `training/`."""

from __future__ import annotations

import zlib
from collections import Counter
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from wellread.encoders.sentence_transformer import Encoder
from wellread.index.reader import Reader
from wellread.progress import Progress
from wellread.search.calibration import CONFIDENCE, KINDS, Calibration, Thresholds
from wellread.search.classifier import Classifier, Logistic, middle_layers
from wellread.search.notice import NOTICE_FEATURES, NoticeModel
from wellread.search.searcher import Searcher
from wellread.training.confidence import Libraries, check_judgments, fit_confidence
from wellread.training.data import NONE, TrainingData
from wellread.training.learners import Embedding, classify, support
from wellread.training.notice import NoticeExample, fit_notice, held_out_urgency
from wellread.training.safety import SafetyData, fit_safety

_AGAIN = 3
"""Times that a heading counts for the kinds of headings; short questions, which head sections too, count once."""

_SHORT = 70
"""Characters of a question that could be a heading, at most."""

_ABOUT = 3
"""Times that a question about an article of the editors counts for the kinds of questions."""

ENOUGH_OWN = 40
"""Questions about an article that its kinds are learned from, at least, before they order its sections.

Tried on the one article that has such questions: with 40 of them its ranking gains, and no other article changes.
"""

_PAIRS_EVERY = 2
"""Of the pairs about no article of the library, and of the library's ordinary questions, every so manieth is learned
from: all of them gave the same and took four times as long."""

_PARTS = 3
"""Parts of the questions about urgency: the margin of one is of a machine that learned from the others."""


def fit(
    library: Reader,
    encoder: Encoder,
    data: TrainingData,
    own: Reader | None = None,
    progress: Progress = lambda stage, done, total: None,
) -> Calibration:
    """Fit everything for one model; `library` has the articles of `data.library`, `own` those of editors.

    The same model, articles and data give the same calibration.

    Raises:
        CalibrationError: there is nothing to learn some part from.
    """
    check_judgments(library, data)
    embed = Embedding(encoder, progress)
    asked = _urgency_questions(data)
    vectors, features = embed.read([question.text for question in asked], "urgent questions")
    layers = middle_layers(features, vectors.shape[1])
    tells = np.array([question.tells for question in asked])
    calibration = Calibration(
        model=encoder.name,
        fingerprint=encoder.fingerprint,
        questions=_fit_questions(data, embed),
        headings=_fit_headings(data, embed),
        urgency=support(layers, tells),
        confidence=Logistic(np.zeros(2 * len(CONFIDENCE) + 1), 0.0),
        thresholds=Thresholds(0.5, 0.5),
        notice=NoticeModel(Logistic(np.zeros(len(NOTICE_FEATURES)), 0.0), 0.5),
        safety=fit_safety(encoder, _safety_data(data), progress),
        own_articles=_own_articles(data),
    )
    searcher = Searcher(library, encoder, calibration)
    margins = held_out_urgency(layers, tells, [question.part for question in asked])
    by_text = {question.text: float(margin) for question, margin in zip(asked, margins, strict=True)}
    calibration = replace(calibration, notice=_fit_notice(searcher, data, by_text, progress))
    return fit_confidence(Libraries(library, own), Searcher(library, encoder, calibration), data, progress)


@dataclass(frozen=True, slots=True)
class _Urgency:
    """A question that tells of something happening, or not; those of one part are told by the others."""

    text: str
    tells: bool
    group: str

    @property
    def part(self) -> int:
        return zlib.crc32(self.group.encode()) % _PARTS


def _urgency_questions(data: TrainingData) -> list[_Urgency]:
    """The questions that urgency is learned from, each once."""
    found: list[_Urgency] = []
    for number, pair in enumerate(data.pairs[::_PAIRS_EVERY]):
        found += [_Urgency(pair["urgent"], True, f"{number}"), _Urgency(pair["unurgent"], False, f"{number}")]
    for urgent_pair in (*data.urgent, *data.further_urgent):
        found += [_Urgency(urgent_pair.urgent, True, urgent_pair.article)]
        found += [_Urgency(urgent_pair.calm, False, urgent_pair.article)]
    found += [_Urgency(question, True, question) for _, question in data.emergencies]
    found += [_Urgency(question, False, question) for question in (*data.calm, *data.library_uncovered)]
    found += [_Urgency(row["text"], False, row["text"]) for row in data.outside[::2]]
    found += [_Urgency(text, False, article) for article, text in data.library_questions[::_PAIRS_EVERY]]
    return list({question.text: question for question in found}.values())


def _own_articles(data: TrainingData) -> tuple[str, ...]:
    """The articles with questions enough of their own for kinds to order their sections."""
    covered = Counter(question.article for question in data.own if question.kinds[0] in KINDS)
    return tuple(sorted(article for article, count in covered.items() if count >= ENOUGH_OWN))


def _safety_data(data: TrainingData) -> SafetyData:
    pairs = (*data.urgent, *data.further_urgent)
    return SafetyData(
        emergencies=data.emergencies,
        urgent=[pair.urgent for pair in pairs if pair.level == "emergency"],
        calm=[*data.calm, *(pair.calm for pair in pairs)],
        ordinary=data.ordinary(),
    )


def _fit_notice(searcher: Searcher, data: TrainingData, margins: dict[str, float], progress: Progress) -> NoticeModel:
    """The notice, from the urgent pairs and the ordinary questions about the library, as a search finds their signs."""
    asked = [("urgent", pair.urgent) for pair in data.urgent] + [("calm", pair.calm) for pair in data.urgent]
    asked += [("ordinary", text) for _, text in data.library_questions[::_PAIRS_EVERY]]
    examples: list[NoticeExample] = []
    for number, (type_, text) in enumerate(asked, 1):
        sign = searcher.answer_features(searcher.search(text)).sign
        if sign is not None:
            features: NDArray[np.float64] = np.array([margins[text], *sign[1][1:]])
            examples.append(NoticeExample(type_, features))  # type: ignore[arg-type]
        progress("finding warning signs", number, len(asked))
    return fit_notice(examples)


def _fit_questions(data: TrainingData, embed: Embedding) -> Classifier:
    """Kinds of questions; headings are learned from too, for the plain questions that few of the labelled ones are.

    What is not about medicine wants nothing that a kind of section gives.
    """
    examples = [(example["text"], kind) for example in data.questions for kind in example["kinds"]]
    examples += [(question.text, kind) for question in data.own for kind in question.kinds if kind in KINDS] * _ABOUT
    examples += [(example["text"], example["kind"]) for example in data.headings if example["kind"] != "summary"]
    examples += [(example["text"], "other") for example in data.outside]
    examples += [(question.text, "other") for question in data.own if question.kinds == (NONE,)] * _ABOUT
    texts = list(dict.fromkeys(text for text, _ in examples))
    _, features = embed.read(texts, "questions")
    places = {text: n for n, text in enumerate(texts)}
    rows = [(places[text], kind) for text, kind in examples]
    numbers = [n for n, _ in rows]
    return classify((*KINDS, "other"), features[numbers], [texts[n] for n in numbers], [kind for _, kind in rows], 2.0)


def _fit_headings(data: TrainingData, embed: Embedding) -> Classifier:
    examples = [(example["text"], example["kind"]) for example in data.headings] * _AGAIN
    examples += [
        (example["text"], kind)
        for example in data.questions
        for kind in example["kinds"]
        if kind in KINDS and len(example["text"]) < _SHORT
    ]
    distinct = list(dict.fromkeys(text for text, _ in examples))
    known = dict(zip(distinct, embed(distinct, "headings"), strict=True))
    vectors = np.stack([known[text] for text, _ in examples])
    return classify((*KINDS, "summary", "other"), vectors, [], [kind for _, kind in examples], 16.0)
