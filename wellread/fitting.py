"""Fitting a calibration: what can be learned for an embedding model from the judged and labelled questions here."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wellread.build import Progress
from wellread.calibration import CONFIDENCE, KINDS, Calibration, Logistic, Thresholds
from wellread.classifier import BUCKETS, Classifier, hashed_grams
from wellread.encoder import Encoder, Vectors
from wellread.errors import CalibrationError, JudgmentsError
from wellread.index import Reader
from wellread.search import Searcher
from wellread.trust import notice_features

FOLDS = 10
"""Parts that examples are dealt into where a probability is wanted that an example had no share in."""

UNANSWERED = 0.95
"""The share of the uncovered development questions that must not be answered."""

REFUSED = 0.03
"""The share of the covered development questions that may be refused."""

FALSE_ALARMS = 0.25
"""The share of the unurgent twins among the development questions for which the notice may appear."""

_AGAIN = 3
"""Times that a heading counts for the kinds of headings; short questions, which head sections too, count once."""

_SHORT = 70
"""Characters of a question that could be a heading, at most."""

_BESIDE = 0.2
"""What a question from outside medicine counts beside a judged one."""

_LARGE = 0.3
"""What it counts in a large library, where a question about health counts as much as a judged one."""

_EVERY = 5
"""Of the questions about health every so manieth is asked of a large library."""


@dataclass(frozen=True, slots=True)
class Lessons:
    """What is learned from: labelled questions and headings, pairs about urgency, questions outside medicine."""

    questions: tuple[dict[str, Any], ...]
    headings: tuple[dict[str, Any], ...]
    pairs: tuple[dict[str, Any], ...]
    outside: tuple[dict[str, Any], ...]
    judged: tuple[dict[str, Any], ...]


def read_lessons(judgments: Path) -> Lessons:
    """Read what `fit` learns from; raises JudgmentsError naming the file and the line."""
    return Lessons(
        questions=_read(judgments / "question-kinds" / "questions.jsonl", ("text", "kinds", "topic")),
        headings=_read(judgments / "heading-kinds" / "headings.jsonl", ("text", "kind")),
        pairs=_read(judgments / "urgency" / "pairs.jsonl", ("urgent", "unurgent", "section", "signs")),
        outside=_read(judgments / "outside-medicine" / "questions.jsonl", ("text",)),
        judged=tuple(
            query
            for query in _read(judgments / "neurological-spasms" / "queries.jsonl", ("text", "metadata"))
            if query["metadata"].get("split") == "dev"
        ),
    )


def fit(
    reader: Reader,
    encoder: Encoder,
    lessons: Lessons,
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
            "the judged questions are about an article that is not in this index: neurological-spasms\n"
            "    use the articles that Wellread ships: python ingest.py --index DIR, then wellread fit --index DIR"
        )
    kinds = [query["metadata"].get("kind") for query in lessons.judged]
    for kind in ("covered", "uncovered", "urgent", "unurgent"):
        if kinds.count(kind) < FOLDS:
            raise CalibrationError(
                f"there are {kinds.count(kind)} {kind} development questions to learn from, not {FOLDS} or more\n"
                "    name a folder of judgments that has them: wellread fit --judgments DIR"
            )
    embed = _Embedding(encoder, progress)
    questions = _fit_questions(lessons, embed)
    headings = _fit_headings(lessons, embed)
    urgency, notice = _fit_urgency(lessons, embed)
    topics = sorted({lesson["topic"] for lesson in lessons.questions if _names_a_subject(lesson)})
    calibration = Calibration(
        model=encoder.name,
        fingerprint=encoder.fingerprint,
        questions=questions,
        headings=headings,
        urgency=urgency,
        topics=embed(topics, "subjects"),
        confidence=Logistic(np.zeros(2 * len(CONFIDENCE) + 1), 0.0),
        notice=notice,
        thresholds=Thresholds(0.5, 0.5, 0.5),
    )
    return _fit_trust(reader, encoder, lessons, calibration, library, progress)


class _Embedding:
    """Embeds questions, telling how far it is."""

    def __init__(self, encoder: Encoder, progress: Progress) -> None:
        self._encoder = encoder
        self._progress = progress

    def __call__(self, texts: Sequence[str], what: str) -> Vectors:
        parts = []
        for start in range(0, len(texts), 64):
            parts.append(self._encoder.encode_queries(texts[start : start + 64]))
            self._progress(f"embedding {what}", min(start + 64, len(texts)), len(texts))
        return np.concatenate(parts)


def _fit_questions(lessons: Lessons, embed: _Embedding) -> Classifier:
    """Kinds of questions; headings are learned from too, for the plain questions that few of the labelled ones are."""
    examples = [(lesson["text"], kind) for lesson in lessons.questions for kind in lesson["kinds"]]
    examples += [(lesson["text"], lesson["kind"]) for lesson in lessons.headings if lesson["kind"] != "summary"]
    texts = list(dict.fromkeys(text for text, _ in examples))
    vectors = embed(texts, "questions")
    places = {text: n for n, text in enumerate(texts)}
    rows = [(places[text], kind) for text, kind in examples]
    numbers = [n for n, _ in rows]
    return _classify((*KINDS, "other"), vectors[numbers], [texts[n] for n in numbers], [kind for _, kind in rows], 2.0)


def _fit_headings(lessons: Lessons, embed: _Embedding) -> Classifier:
    examples = [(lesson["text"], lesson["kind"]) for lesson in lessons.headings] * _AGAIN
    examples += [
        (lesson["text"], kind)
        for lesson in lessons.questions
        for kind in lesson["kinds"]
        if kind in KINDS and len(lesson["text"]) < _SHORT
    ]
    distinct = list(dict.fromkeys(text for text, _ in examples))
    known = dict(zip(distinct, embed(distinct, "headings"), strict=True))
    vectors = np.stack([known[text] for text, _ in examples])
    return _classify((*KINDS, "summary", "other"), vectors, [], [kind for _, kind in examples], 16.0)


def _fit_urgency(lessons: Lessons, embed: _Embedding) -> tuple[Classifier, Logistic]:
    """What tells of something happening; and how that is weighed with the nearness of a section's signs.

    A pair gives two examples with its own section, and one of its urgent question with a section about something else.
    """
    pairs = lessons.pairs
    texts = [pair["urgent"] for pair in pairs] + [pair["unurgent"] for pair in pairs]
    labels = ["yes"] * len(pairs) + ["no"] * len(pairs)
    vectors = embed(texts, "urgent questions")
    signs = list(dict.fromkeys(_as_embedded(pair, sign) for pair in pairs for sign in pair["signs"]))
    known = dict(zip(signs, embed(signs, "warning signs"), strict=True))
    telling = np.empty(len(texts))
    for fold in range(FOLDS):
        inside = [n for n in range(len(texts)) if n % len(pairs) % FOLDS != fold]
        outside = [n for n in range(len(texts)) if n % len(pairs) % FOLDS == fold]
        part = _classify(("no", "yes"), vectors[inside], [texts[n] for n in inside], [labels[n] for n in inside], 4.0)
        telling[outside] = part.probabilities(vectors[outside], [texts[n] for n in outside])[:, 1]
    features, answers = [], []
    for n, label in enumerate(labels):
        pair, another = pairs[n % len(pairs)], pairs[(n + len(pairs) // 2) % len(pairs)]
        for section, listed in ((pair, label == "yes"), (another, False)):
            nearness = max(float(known[_as_embedded(section, sign)] @ vectors[n]) for sign in section["signs"])
            features.append(notice_features(float(telling[n]), nearness))
            answers.append(listed)
    urgency = _classify(("no", "yes"), vectors, texts, labels, 4.0)
    return urgency, _logistic(np.array(features), np.array(answers), np.ones(len(answers)))


def _fit_trust(
    reader: Reader,
    encoder: Encoder,
    lessons: Lessons,
    calibration: Calibration,
    library: Reader | None,
    progress: Progress,
) -> Calibration:
    """Confidence and all thresholds, from the judged development questions and from what is surely not covered."""
    small = Searcher(reader, encoder, calibration)
    examples = [(small, query["text"], query["metadata"]["kind"], 1.0) for query in lessons.judged]
    judged_count = len(examples)
    examples += [(small, lesson["text"], "uncovered", _BESIDE) for lesson in lessons.outside]
    if library is not None:
        about_health = [lesson for lesson in lessons.questions if "other" not in lesson["kinds"]][::_EVERY]
        # What is asked must be new to the classifier that tells its kind, or that looks surer than it is.
        rest = tuple(lesson for lesson in lessons.questions if lesson not in about_health)
        questions = _fit_questions(replace(lessons, questions=rest), _Embedding(encoder, progress))
        large = Searcher(library, encoder, replace(calibration, questions=questions))
        examples += [(large, lesson["text"], "covered", 1.0) for lesson in about_health]
        examples += [(large, lesson["text"], "uncovered", _LARGE) for lesson in lessons.outside]
    rows: list[NDArray[np.float64]] = []
    notices: dict[str, list[float]] = {"urgent": [], "unurgent": []}
    for number, (searcher, text, kind, _) in enumerate(examples, 1):
        evidence = searcher.evidence(text)
        rows.append(evidence.features)
        if kind in notices:
            notices[kind].append(evidence.urgency)
        progress("asking judged questions", number, len(examples))
    kept = [n for n, example in enumerate(examples) if example[2] != "unurgent"]
    features = np.array([rows[n] for n in kept])
    covered = np.array([examples[n][2] in ("covered", "urgent") for n in kept])
    weights = np.array([examples[n][3] for n in kept])
    unseen = np.empty(len(kept))
    for fold in range(FOLDS):
        inside = np.arange(len(kept)) % FOLDS != fold
        part = _logistic(features[inside], covered[inside], weights[inside])
        unseen[~inside] = [part.probability(row) for row in features[~inside]]
    judged = np.array(kept) < judged_count
    alarm = np.sort(notices["unurgent"])[::-1]
    answered = float(np.quantile(unseen[judged & ~covered], UNANSWERED, method="higher"))
    return replace(
        calibration,
        confidence=_logistic(features, covered, weights),
        thresholds=Thresholds(
            answered=answered,
            closest=min(float(np.quantile(unseen[judged & covered], REFUSED, method="lower")), answered),
            urgent=float(np.nextafter(alarm[int(FALSE_ALARMS * len(alarm))], 1)),
        ),
    )


def _classify(
    classes: Sequence[str], vectors: Vectors, texts: Sequence[str], labels: Sequence[str], c: float
) -> Classifier:
    """Multinomial logistic regression with an L2 penalty of 1 / `c`; without texts, by the vectors alone."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression

    parts = [csr_matrix(vectors, dtype=np.float64)]
    if texts:
        grams = [hashed_grams(text) for text in texts]
        ends = np.cumsum([0, *(len(columns) for columns, _ in grams)])
        columns, weights = (np.concatenate([gram[n] for gram in grams]) for n in (0, 1))
        parts.append(csr_matrix((weights, columns, ends), shape=(len(texts), 2 * BUCKETS)))
    if set(labels) != set(classes):
        odd = ", ".join(sorted(set(labels) ^ set(classes)))
        raise CalibrationError(
            f"there are no examples, or unknown ones, for {odd}\n    name another folder: wellread fit --judgments DIR"
        )
    numbers = [classes.index(label) for label in labels]
    model = LogisticRegression(C=c, max_iter=2000, tol=1e-4).fit(hstack(parts).tocsr(), numbers)
    learned, bias = model.coef_.T, model.intercept_
    if len(classes) == 2:  # scikit-learn keeps one column for two classes
        learned, bias = np.hstack([np.zeros_like(learned), learned]), np.array([0.0, bias[0]])
    dimension = vectors.shape[1]
    kept = learned.astype(np.float16).astype(np.float32)  # as it is stored
    return Classifier(tuple(classes), kept[:dimension], kept[dimension:], bias.astype(np.float16).astype(np.float32))


def _logistic(features: NDArray[np.float64], answers: NDArray[np.bool_], weights: NDArray[np.float64]) -> Logistic:
    """Logistic regression over standardised features, told in terms of the features as they are."""
    from sklearn.linear_model import LogisticRegression

    mean, spread = features.mean(axis=0), features.std(axis=0)
    spread = np.where(spread > 1e-6, spread, 1.0)  # what never varies tells nothing
    model = LogisticRegression(C=1.0, max_iter=1000).fit((features - mean) / spread, answers, sample_weight=weights)
    told = model.coef_[0] / spread
    return Logistic(told, float(model.intercept_[0] - told @ mean))


def _names_a_subject(lesson: dict[str, Any]) -> bool:
    """Whether a question's topic is a subject of medicine, and none that the judged article is about."""
    topic = lesson["topic"].lower()
    about = ("spasm", "cramp", "twitch", "tremor", "dystonia", "jerk", "fascic")
    return len(topic) > 3 and topic not in ("this", "none", "chat") and not any(word in topic for word in about)


def _as_embedded(pair: dict[str, Any], sign: str) -> str:
    joint = " " if pair["section"][-1:] in "?!.:…" else ": "
    return f"{pair['section']}{joint}{sign}"


def _read(file: Path, keys: Sequence[str]) -> tuple[dict[str, Any], ...]:
    rows: list[dict[str, Any]] = []
    try:
        lines = file.read_text(encoding="utf-8").rstrip("\n").split("\n")  # splitlines() would cut at U+2028
    except (OSError, UnicodeDecodeError) as error:
        raise JudgmentsError(file, None, f"cannot be read ({error})") from error
    if lines == [""]:
        raise JudgmentsError(file, None, "is empty")
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
            if not all(row[key] for key in keys if key != "topic"):
                raise ValueError("empty")
            rows.append({**row, **{key: row[key] for key in keys}})
        except (ValueError, KeyError, TypeError, RecursionError):
            raise JudgmentsError(file, number, f"not a JSON object with {', '.join(keys)}") from None
    return tuple(rows)
