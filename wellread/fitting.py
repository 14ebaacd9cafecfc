"""Fitting a calibration: what can be learned for an embedding model from the judged and labelled questions here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import comb
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wellread.calibration import CONFIDENCE, KINDS, Calibration, Logistic, Thresholds
from wellread.classifier import BUCKETS, Classifier, Features, hashed_grams, read_questions
from wellread.encoder import Encoder, Vectors
from wellread.errors import CalibrationError
from wellread.index import Reader
from wellread.lessons import Lessons
from wellread.plan import Progress
from wellread.search import Searcher
from wellread.trust import notice_features

FOLDS = 10
"""Parts that examples are dealt into where a probability is wanted that an example had no share in."""

UNANSWERED = 0.05
"""The share of uncovered questions that may be answered."""

REFUSED = 0.03
"""The share of covered questions that may be refused."""

FALSE_ALARMS = 0.2
"""The share of unurgent twins for which the notice may appear."""

SURELY = 0.8
"""How surely the shares are kept, by what the development questions tell."""

_AGAIN = 3
"""Times that a heading counts for the kinds of headings; short questions, which head sections too, count once."""

_SHORT = 70
"""Characters of a question that could be a heading, at most."""

_BESIDE = 0.4
"""What a question from outside medicine counts, where one about health that is asked of a large library counts 1."""

_LARGE = 0.6
"""What it counts where it is asked of a large library."""

_JUDGED = 3.0
"""What a judged question counts."""

_BEREFT = 0.3
"""What it counts when it is asked once more, without the passages that answer it."""

_ANSWERS = 2
"""The grade from which on a passage answers."""

_EVERY = 5
"""Of the questions about health every so manieth is asked of a large library."""


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
    urgency, notice = _fit_urgency(lessons, embed, questions)
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
    return _fit_trust(reader, encoder, lessons, calibration, library, embed, progress)


class _Embedding:
    """Embeds texts as questions, each once, telling how far it is."""

    def __init__(self, encoder: Encoder, progress: Progress) -> None:
        self._encoder = encoder
        self._progress = progress
        self._known: dict[str, tuple[Vectors, Features]] = {}

    def __call__(self, texts: Sequence[str], what: str) -> Vectors:
        return self.read(texts, what)[0]

    def read(self, texts: Sequence[str], what: str) -> tuple[Vectors, Features]:
        """The vectors of questions, and what classifiers go by."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        for start in range(0, len(new), 64):
            some = new[start : start + 64]
            self._known |= zip(some, zip(*read_questions(self._encoder, some), strict=True), strict=True)
            self._progress(f"embedding {what}", min(start + 64, len(new)), len(new))
        read = [self._known[text] for text in texts]
        return np.stack([vector for vector, _ in read]), np.stack([features for _, features in read])


def _fit_questions(lessons: Lessons, embed: _Embedding) -> Classifier:
    """Kinds of questions; headings are learned from too, for the plain questions that few of the labelled ones are.

    What is not about medicine wants nothing that a kind of section gives.
    """
    examples = [(lesson["text"], kind) for lesson in lessons.questions for kind in lesson["kinds"]]
    examples += [(lesson["text"], lesson["kind"]) for lesson in lessons.headings if lesson["kind"] != "summary"]
    examples += [(lesson["text"], "other") for lesson in lessons.outside]
    texts = list(dict.fromkeys(text for text, _ in examples))
    _, features = embed.read(texts, "questions")
    places = {text: n for n, text in enumerate(texts)}
    rows = [(places[text], kind) for text, kind in examples]
    numbers = [n for n, _ in rows]
    return _classify((*KINDS, "other"), features[numbers], [texts[n] for n in numbers], [kind for _, kind in rows], 2.0)


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


def _fit_urgency(lessons: Lessons, embed: _Embedding, questions: Classifier) -> tuple[Classifier, Logistic]:
    """What tells of something happening; and how that is weighed with the nearness of a section's signs.

    A pair gives two examples with its own section, and one of its urgent question with a section about something else.
    """
    pairs = lessons.pairs
    texts = [pair["urgent"] for pair in pairs] + [pair["unurgent"] for pair in pairs]
    labels = ["yes"] * len(pairs) + ["no"] * len(pairs)
    vectors, read = embed.read(texts, "urgent questions")
    other = questions.probabilities(read, texts)[:, len(KINDS)]
    signs = list(dict.fromkeys(_as_embedded(pair, sign) for pair in pairs for sign in pair["signs"]))
    known = dict(zip(signs, embed(signs, "warning signs"), strict=True))
    telling = np.empty(len(texts))
    for fold in range(FOLDS):
        inside = [n for n in range(len(texts)) if n % len(pairs) % FOLDS != fold]
        outside = [n for n in range(len(texts)) if n % len(pairs) % FOLDS == fold]
        part = _classify(("no", "yes"), read[inside], [texts[n] for n in inside], [labels[n] for n in inside], 2.0)
        telling[outside] = part.probabilities(read[outside], [texts[n] for n in outside])[:, 1]
    features, answers = [], []
    for n, label in enumerate(labels):
        pair, another = pairs[n % len(pairs)], pairs[(n + len(pairs) // 2) % len(pairs)]
        for section, listed in ((pair, label == "yes"), (another, False)):
            nearness = max(float(known[_as_embedded(section, sign)] @ vectors[n]) for sign in section["signs"])
            features.append(notice_features(float(telling[n]), nearness, float(other[n])))
            answers.append(listed)
    urgency = _classify(("no", "yes"), read, texts, labels, 2.0)
    return urgency, _logistic(np.array(features), np.array(answers), np.ones(len(answers)))


@dataclass(frozen=True, slots=True)
class _Example:
    """A question that confidence learns from: whom it is asked, its kind and weight, and what must not be found.

    Questions of one fold are left out together. A question that is "bereft" of its answers is an uncovered one.
    """

    searcher: Searcher
    text: str
    kind: str
    weight: float
    fold: int
    without: frozenset[int] = frozenset()


def _fit_trust(
    reader: Reader,
    encoder: Encoder,
    lessons: Lessons,
    calibration: Calibration,
    library: Reader | None,
    embed: _Embedding,
    progress: Progress,
) -> Calibration:
    """Confidence and all thresholds, from the judged development questions and from what is surely not covered."""
    about_health = [lesson for lesson in lessons.questions if "other" not in lesson["kinds"]][::_EVERY]
    outside = lessons.outside[1::2]
    # What is asked must be new to the classifier that tells its kind, or that looks surer than it is.
    rest = tuple(lesson for lesson in lessons.questions if lesson not in about_health)
    taught = replace(lessons, questions=rest, outside=lessons.outside[::2])
    partly = replace(calibration, questions=_fit_questions(taught, embed))
    judged, small = Searcher(reader, encoder, calibration), Searcher(reader, encoder, partly)
    examples: list[_Example] = []
    for fold, query in enumerate(lessons.judged):
        text, kind = query["text"], query["metadata"]["kind"]
        examples.append(_Example(judged, text, kind, _JUDGED, fold))
        if kind in ("covered", "urgent") and (gone := _answering(reader, lessons.grades.get(query["_id"], {}))):
            examples.append(_Example(judged, text, "bereft", _BEREFT, fold, gone))
    asked = [(small, lesson["text"], "outside", _BESIDE) for lesson in outside]
    if library is not None:
        large = Searcher(library, encoder, partly)
        asked += [(large, lesson["text"], "health", 1.0) for lesson in about_health]
        asked += [(large, lesson["text"], "outside", _LARGE) for lesson in outside]
    examples += [_Example(*example, fold) for fold, example in enumerate(asked)]
    rows: list[NDArray[np.float64]] = []
    alarms: list[float] = []
    for number, example in enumerate(examples, 1):
        evidence = example.searcher.evidence(example.text, example.without)
        rows.append(evidence.features)
        if example.kind == "unurgent":
            alarms.append(evidence.urgency)
        progress("asking judged questions", number, len(examples))
    kept = [n for n, example in enumerate(examples) if example.kind != "unurgent"]
    features = np.array([rows[n] for n in kept])
    kinds = np.array([examples[n].kind for n in kept])
    covered = np.isin(kinds, ("covered", "urgent", "health"))
    weights = np.array([examples[n].weight for n in kept])
    folds = np.array([examples[n].fold for n in kept]) % FOLDS
    unseen = np.empty(len(kept))
    for fold in range(FOLDS):
        part = _logistic(features[folds != fold], covered[folds != fold], weights[folds != fold])
        unseen[folds == fold] = [part.probability(row) for row in features[folds == fold]]
    answered = _threshold(unseen[kinds == "uncovered"], UNANSWERED)
    return replace(
        calibration,
        confidence=_logistic(features, covered, weights),
        thresholds=Thresholds(
            answered=answered,
            closest=min(-_threshold(-unseen[kinds == "covered"], REFUSED), answered),
            urgent=_threshold(np.array(alarms), FALSE_ALARMS),
        ),
    )


def _answering(reader: Reader, grades: Mapping[str, int]) -> frozenset[int]:
    """The rows of the passages that answer, by their grades."""
    known = reader.database.digests()
    found = [name for name, grade in grades.items() if grade >= _ANSWERS and name in known]
    return frozenset(reader.database.row_of(name) for name in found)


def _threshold(values: NDArray[np.float64], share: float) -> float:
    """The least threshold that no more than `share` of other such values reach, surely enough.

    As many of these may reach it as keep the upper bound of their share below `share` (Clopper and Pearson, 1934),
    at the level SURELY: those who ask are others than those who wrote what is learned from.
    """
    count = len(values)
    chances = [comb(count, n) * share**n * (1 - share) ** (count - n) for n in range(count)]
    allowed = int((np.cumsum(chances) <= 1 - SURELY).sum())
    return float(np.nextafter(np.sort(values)[::-1][max(allowed - 1, 0)], np.inf))


def _classify(
    classes: Sequence[str], features: Features, texts: Sequence[str], labels: Sequence[str], c: float
) -> Classifier:
    """Multinomial logistic regression with an L2 penalty of 1 / `c`; without texts, by the features alone."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression

    parts = [csr_matrix(features, dtype=np.float64)]
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
    width = features.shape[1]
    kept = learned.astype(np.float16).astype(np.float32)  # as it is stored
    return Classifier(tuple(classes), kept[:width], kept[width:], bias.astype(np.float16).astype(np.float32))


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
