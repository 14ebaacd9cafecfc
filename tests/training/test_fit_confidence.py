"""Fitting confidence: of which libraries questions are asked, and what is too little to learn from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import HashEncoder, plain_calibration

from wellread.errors import CalibrationError
from wellread.index.layout import current_generation
from wellread.index.reader import Reader
from wellread.publishing.publish import publish
from wellread.relevance.judgments import Judgments
from wellread.search.calibration import Calibration
from wellread.search.searcher import Searcher
from wellread.training.confidence import Libraries, check_judgments, fit_confidence
from wellread.training.data import NONE, OwnQuestion, TrainingData

COVERED = {"flu": ("fever and cough", "what is the flu"), "gout": ("my toe hurts", "is gout a sign of salt")}
UNCOVERED = ("how to bake bread", "when does the train leave", "who won the cup")


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """A library of two articles."""
    folder = tmp_path_factory.mktemp("two")
    (folder / "kb").mkdir()
    (folder / "kb" / "flu.md").write_text("# Flu\n\n## Signs\n\nFever and cough.\n")
    (folder / "kb" / "gout.md").write_text("# Gout\n\n## Signs\n\nA toe that hurts.\n")
    publish(folder / "kb", folder / "index", HashEncoder())
    return Reader(folder / "index", current_generation(folder / "index"))


def judged(articles: Sequence[str] = ("flu", "gout"), uncovered: Sequence[str] = UNCOVERED) -> Judgments:
    """The covered questions about some articles, and uncovered ones, all to learn from; one is for reporting."""
    queries = {f"{article}{number}": text for article in articles for number, text in enumerate(COVERED[article])}
    about = {name: {"split": "dev", "kind": "covered", "article": name[:-1]} for name in queries}
    qrels = {name: {f"{name[:-1]}#signs": 3} for name in queries}
    for number, text in enumerate(uncovered):
        queries[f"u{number}"] = text
        about[f"u{number}"] = {"split": "dev", "kind": "uncovered"}
    queries["reported"] = "fever"
    about["reported"] = {"split": "test", "kind": "covered", "article": "flu"}
    qrels["reported"] = {"flu#signs": 3}
    return Judgments("judged", queries, qrels, about)


def data_with(judgments: Judgments) -> TrainingData:
    """Judged questions, and eight that an article of its own covers, that it does not, and about no medicine each."""
    outside = tuple({"text": f"outside {number}"} for number in range(8))
    own = [OwnQuestion("flu", (kind,), f"flu {kind} {number}") for kind in ("causes", NONE) for number in range(8)]
    own += [OwnQuestion("another", ("causes",), f"another {number}") for number in range(8)]
    return TrainingData(
        questions=(),
        headings=(),
        pairs=(),
        outside=outside,
        own=tuple(own),
        library=Path("library"),
        library_questions=(),
        library_uncovered=(),
        urgent=(),
        further_urgent=(),
        emergencies=(),
        calm=(),
        judged=judgments,
    )


def fitted(
    reader: Reader, judgments: Judgments, own: Reader | None = None
) -> tuple[Calibration, list[tuple[int, int]]]:
    """What is fitted, and how far it said it was."""
    heard: list[tuple[int, int]] = []
    data = data_with(judgments)
    searcher = Searcher(reader, HashEncoder(), plain_calibration())
    calibration = fit_confidence(
        Libraries(reader, own), searcher, data, lambda stage, done, total: heard.append((done, total))
    )
    return calibration, heard


def test_questions_are_asked_of_whole_libraries_parts_and_parts_without_their_article(reader: Reader) -> None:
    # Of the four covered questions each is asked of the whole library, of that without its article, and of a part with
    # it; all but the third, whose part is its article alone, of that part without it: 15. The three uncovered ones are
    # asked of the whole and of a part: 6. Of the eight from outside medicine every fourth is: 2.
    _, heard = fitted(reader, judged())
    assert heard == [(number, 23) for number in range(1, 24)]


def test_of_an_index_the_questions_about_its_articles_are_asked_too(reader: Reader) -> None:
    # Every fourth of eight covered, of eight uncovered and of eight from outside medicine: 6 more. It has no article of
    # the name "another".
    assert fitted(reader, judged(), reader)[1][-1] == (29, 29)


def test_thresholds_are_probabilities_in_their_order(reader: Reader) -> None:
    calibration, _ = fitted(reader, judged())
    assert 0 < calibration.thresholds.closest <= calibration.thresholds.answered < 1


@pytest.mark.parametrize(
    ("judgments", "reason"),
    [
        (
            judged(articles=()),
            'no question of the kind "covered" and split "dev" is judged for the articles of library',
        ),
        (judged(uncovered=()), 'no question of the kind "uncovered" and split "dev" is judged'),
        (judged(articles=["flu"]), 'the questions of the kind "covered" are too few, or about too few articles'),
        (judged(uncovered=UNCOVERED[:1]), 'the questions of the kind "uncovered" are too few'),
    ],
)
def test_too_few_questions_are_refused(reader: Reader, judgments: Judgments, reason: str) -> None:
    with pytest.raises(CalibrationError) as refused:
        check_judgments(reader, data_with(judgments))
    assert refused.value.message.startswith(f"judged: {reason}")
    assert refused.value.remedy == "add such questions, or name other judgments: wellread fit --judgments DIR"


def test_a_searcher_without_a_calibration_is_none_to_fit(reader: Reader) -> None:
    data = data_with(judged())
    with pytest.raises(ValueError, match="the searcher has no calibration"):
        fit_confidence(Libraries(reader, None), Searcher(reader, HashEncoder()), data, lambda stage, done, total: None)
