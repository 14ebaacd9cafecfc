"""Assessing answers, by hand: shares, marks, what confidence is worth, and an interval around each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import isnan, log2
from pathlib import Path
from statistics import fmean, median

import pytest
from conftest import HashEncoder, plain_calibration
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from wellread.assessment import DEPTH, Asked, Estimate, ask_all, assess, auroc, calibration_error, estimate
from wellread.index import Reader, current_generation
from wellread.judgments import Judgments
from wellread.models import Answer, Block, Hit, Passage, Scores, Sentence, State
from wellread.publish import publish
from wellread.search import Searcher

RANKING = ["nDCG@10", "RR", "success@1", "success@3"]

NAMES = iter(range(1_000_000))

TENTHS = st.integers(0, 10).map(lambda tenth: tenth / 10)
"""Scores of which many are equal."""


def hit(name: str, marked: str | None = None) -> Hit:
    """A passage of two sentences, of which one or none is marked."""
    text = "Rest. Drink water."
    sentences = (Sentence(0, 0, 5), Sentence(0, 6, 18))
    passage = Passage(name, "a", "A", ("Care",), name, (Block("paragraph", text, 1),), sentences)
    mark = next((one for one in sentences if passage.quote(one) == marked), None)
    assert (mark is None) == (marked is None)
    return Hit(passage, mark, Scores(0, 0, 0, 0, 0))


def asked(
    kind: str,
    *hits: Hit,
    grades: Mapping[str, int] | None = None,
    sentences: tuple[str, ...] = (),
    state: State = "answered",
    confidence: float = 0.5,
    urgent: bool = False,
) -> Asked:
    """A question and its answer; every question has an id of its own."""
    notice = hit("care").passage if urgent else None
    answer = Answer("?", state, confidence, "Ask.", "g", notice, hits)
    return Asked(f"q{next(NAMES)}", kind, grades or {}, sentences, answer)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder = tmp_path_factory.mktemp("asking")
    (folder / "kb").mkdir()
    for number in range(DEPTH + 2):
        (folder / "kb" / f"flu{number:02}.md").write_text(f"# Flu {number}\n\n## Signs\n\nFever {number}.\n")
    publish(folder / "kb", folder / "index", HashEncoder())
    reader = Reader(folder / "index", current_generation(folder / "index"))
    return Searcher(reader, HashEncoder(), plain_calibration())


class TestAuroc:
    def test_is_the_share_of_pairs_in_the_right_order_and_a_tie_is_half_a_pair(self) -> None:
        # 0.9 is above both, 0.5 ties with one and is above the other: (1 + 1 + 1/2 + 1) / 4
        assert auroc([0.9, 0.5], [0.5, 0.1]) == 0.875

    @pytest.mark.parametrize(
        ("positive", "negative", "area"),
        [
            ([0.8, 0.9], [0.1, 0.2], 1.0),
            ([0.1, 0.2], [0.8, 0.9], 0.0),
            ([0.5, 0.5, 0.5], [0.5, 0.5], 0.5),
            ([0.3], [0.1, 0.3, 0.3, 0.7], 0.5),  # (1 + 1/2 + 1/2 + 0) / 4
        ],
    )
    def test_by_hand(self, positive: list[float], negative: list[float], area: float) -> None:
        assert auroc(positive, negative) == area

    @pytest.mark.parametrize(("positive", "negative"), [([], [0.5]), ([0.5], []), ([], [])])
    def test_is_no_number_without_both(self, positive: list[float], negative: list[float]) -> None:
        assert isnan(auroc(positive, negative))

    @given(st.lists(TENTHS, min_size=1, max_size=30), st.lists(TENTHS, min_size=1, max_size=30))
    def test_is_that_of_scikit_learn(self, positive: list[float], negative: list[float]) -> None:
        labels = [1] * len(positive) + [0] * len(negative)
        assert auroc(positive, negative) == pytest.approx(roc_auc_score(labels, positive + negative))

    @given(st.lists(TENTHS, min_size=1, max_size=10), st.lists(TENTHS, min_size=1, max_size=10))
    def test_of_the_classes_exchanged_is_what_is_left_of_1(self, positive: list[float], negative: list[float]) -> None:
        assert auroc(positive, negative) + auroc(negative, positive) == pytest.approx(1)


class TestCalibrationError:
    def test_is_the_mean_gap_of_the_bins_weighed_by_how_many_are_in_them(self) -> None:
        pairs = [(0.05, False), (0.95, True), (0.92, False), (1.0, True)]
        # 0 to 0.1: one, 0.05 against 0. 0.9 to 1, with 1 in it: three, 2.87 / 3 against 2 / 3, a gap of 0.29.
        # 1/4 * 0.05 + 3/4 * 0.29 = 0.0125 + 0.2175
        assert calibration_error(pairs) == pytest.approx(0.23)

    @pytest.mark.parametrize(
        ("pairs", "error"),
        [
            ([(1.0, True), (0.0, False)], 0.0),
            ([(1.0, False), (0.0, True)], 1.0),
            ([(0.75, True), (0.75, True), (0.75, True), (0.75, False)], 0.0),
            ([(0.75, False)], 0.75),
            # A border belongs to the bin above it: 0.5 and 0.55 share one, (0.525 - 1/2), and 0.45 is in another.
            ([(0.5, True), (0.55, False), (0.45, True), (0.45, False)], 0.5 * 0.025 + 0.5 * 0.05),
        ],
    )
    def test_by_hand(self, pairs: list[tuple[float, bool]], error: float) -> None:
        assert calibration_error(pairs) == pytest.approx(error)

    @given(st.floats(0, 1), st.lists(st.booleans(), min_size=1, max_size=20))
    def test_of_one_confidence_is_its_distance_from_the_share_that_is_true(
        self, confidence: float, truth: list[bool]
    ) -> None:
        error = calibration_error([(confidence, true) for true in truth])
        assert error == pytest.approx(abs(confidence - fmean(truth)), abs=1e-9)

    @given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=30))
    def test_is_a_share(self, pairs: list[tuple[float, bool]]) -> None:
        assert 0 <= calibration_error(pairs) <= 1 + 1e-9


class TestAnEstimate:
    def test_has_the_quantiles_of_the_means_of_samples(self) -> None:
        # The sum of a sample of 100 from as many zeros as ones is binomial, 100 times 1/2: its 2.5 % and 97.5 %
        # quantiles are 40 and 60.
        measured = estimate([0.0, 1.0] * 50)
        assert (measured.mean, measured.queries) == (0.5, 100)
        assert [measured.low, measured.high] == pytest.approx([0.4, 0.6], abs=0.011)

    def test_of_two_values_lies_between_them(self) -> None:
        # Both are drawn alike in half of the samples: means of 0, 1/2 and 1 in 1/4, 1/2 and 1/4 of them.
        assert estimate([0.0, 1.0]) == Estimate(0.5, 0.0, 1.0, 2)

    @pytest.mark.parametrize("value", [0.0, 1.0, 0.5])
    @pytest.mark.parametrize("count", [1, 2, 30])
    def test_of_equal_values_has_no_width(self, value: float, count: int) -> None:
        assert estimate([value] * count) == Estimate(value, value, value, count)

    def test_is_the_same_again(self) -> None:
        values = [0.1, 0.4, 0.4, 0.9, 1.0]
        assert estimate(values) == estimate(list(values))
        pairs = [(value, value > 0.3) for value in values]
        assert estimate(pairs, calibration_error) == estimate(list(pairs), calibration_error)

    @settings(max_examples=40)
    @given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
    def test_holds_the_mean_in_an_interval_within_the_values(self, values: list[float]) -> None:
        measured = estimate(values)
        assert measured.mean == pytest.approx(fmean(values))
        assert min(values) - 1e-9 <= measured.low <= measured.mean + 1e-9
        assert measured.mean - 1e-9 <= measured.high <= max(values) + 1e-9
        assert measured.queries == len(values)

    def test_of_more_questions_is_narrower(self) -> None:
        few, many = estimate([0.0, 1.0] * 10), estimate([0.0, 1.0] * 90)
        # Nine times as many questions: a third of the width
        assert (many.high - many.low) / (few.high - few.low) == pytest.approx(1 / 3, abs=0.05)

    def test_of_another_measure_is_that_of_the_samples(self) -> None:
        values = [0.0, 0.0, 0.0, 0.0, 0.0, 1.0]
        # The middle of a sample is above 0 with three ones in it: of 6 draws at 1/6 in 6 % of the samples, so that
        # the interval of the median reaches over it, and the mean, 1/6, is not what is told.
        measured = estimate(values, median)
        assert (measured.mean, measured.low, measured.queries) == (0.0, 0.0, 6)
        assert measured.high in (0.5, 1.0)

    def test_leaves_samples_out_of_which_nothing_can_be_told(self) -> None:
        # Half of the samples of one positive and one negative have but one of them.
        def area(pairs: object) -> float:
            assert isinstance(pairs, list)
            return auroc([score for score, true in pairs if true], [score for score, true in pairs if not true])

        assert estimate([(0.9, True), (0.1, False)], area) == Estimate(1.0, 1.0, 1.0, 2)


class TestRanking:
    def test_is_measured_over_covered_questions_by_the_order_of_their_hits(self) -> None:
        measured = assess(
            [
                asked("covered", hit("a"), hit("b"), grades={"a": 2}),
                asked("covered", hit("b"), hit("a"), grades={"a": 2}),
                asked("urgent", hit("b"), grades={"a": 2}),
                asked("unurgent", hit("b"), grades={"a": 2}),
            ]
        )
        # At place 1 and at place 2: nDCG 1 and 1 / log2(3), reciprocal ranks 1 and 1/2, at place 1 one of two.
        means = {name: measured[name].mean for name in RANKING}
        assert means == {
            "nDCG@10": pytest.approx((1 + 1 / log2(3)) / 2, abs=1e-6),
            "RR": pytest.approx(0.75),
            "success@1": pytest.approx(0.5),
            "success@3": pytest.approx(1),
        }
        assert {measured[name].queries for name in RANKING} == {2}

    def test_counts_a_covered_question_that_found_nothing(self) -> None:
        measured = assess([asked("covered", grades={"a": 3}), asked("covered", hit("a"), grades={"a": 3})])
        assert (measured["success@1"].mean, measured["success@1"].queries) == (0.5, 2)

    def test_leaves_out_a_covered_question_without_a_relevant_passage(self) -> None:
        measured = assess(
            [asked("covered", hit("a"), grades={"a": 1}), asked("covered", hit("a"), grades={"a": 2})],
        )
        assert (measured["success@1"].mean, measured["success@1"].queries) == (1.0, 1)
        assert measured["answered"].queries == 2


class TestAbstaining:
    def test_on_covered_questions_is_told_in_shares(self) -> None:
        states: list[State] = ["answered", "answered", "closest", "not_covered", "answered"]
        measured = assess([asked("covered", state=state) for state in states])
        assert list(measured) == ["answered", "refused"]
        assert [measured["answered"].mean, measured["refused"].mean] == pytest.approx([3 / 5, 1 / 5])
        assert (measured["answered"].queries, measured["refused"].queries) == (5, 5)

    def test_on_uncovered_questions_is_told_in_shares(self) -> None:
        states: list[State] = ["answered", "closest", "closest", "not_covered"]
        measured = assess([asked("uncovered", state=state) for state in states])
        assert list(measured) == ["uncovered not answered", "uncovered refused"]
        # The closest passages are shown as such: not an answer, and not a refusal.
        assert (measured["uncovered not answered"].mean, measured["uncovered refused"].mean) == (3 / 4, 1 / 4)

    def test_is_told_of_neither_urgent_questions_nor_their_twins(self) -> None:
        measured = assess([asked("urgent", state="not_covered"), asked("unurgent", state="not_covered")])
        assert list(measured) == ["urgent recall", "false alarms"]

    def test_goes_by_a_confidence_that_is_measured_over_both(self) -> None:
        measured = assess(
            [
                asked("covered", confidence=0.9),
                asked("covered", confidence=0.4),
                asked("uncovered", confidence=0.4),
                asked("uncovered", confidence=0.1),
                asked("urgent", confidence=0.0),
            ]
        )
        # Pairs in their order: 0.9 above both, 0.4 ties with one: (1 + 1 + 1/2 + 1) / 4
        assert measured["AUROC"].mean == 0.875
        # Gaps of 0.1 with one, of |0.4 - 1/2| with two and of 0.1 with one of four
        assert measured["ECE"].mean == pytest.approx(0.1)
        assert (measured["AUROC"].queries, measured["ECE"].queries) == (4, 4)

    def test_has_no_confidence_to_measure_without_both(self) -> None:
        for kind in ("covered", "uncovered"):
            assert not {"AUROC", "ECE"} & assess([asked(kind), asked("urgent")]).keys()


class TestTheNotice:
    def test_is_counted_on_urgent_questions_and_on_their_twins(self) -> None:
        measured = assess(
            [
                *(asked("urgent", urgent=shown) for shown in (True, True, True, False)),
                *(asked("unurgent", urgent=shown) for shown in (False, True, False, False, False)),
                asked("covered", urgent=True),
            ]
        )
        assert (measured["urgent recall"].mean, measured["urgent recall"].queries) == (0.75, 4)
        assert (measured["false alarms"].mean, measured["false alarms"].queries) == (0.2, 5)

    def test_may_be_told_of_one_of_both_alone(self) -> None:
        assert list(assess([asked("urgent")])) == ["urgent recall"]
        assert list(assess([asked("unurgent")])) == ["false alarms"]


class TestMarks:
    GOOD = asked("covered", hit("a", "Rest."), grades={"a": 2}, sentences=("Rest.",))

    def marks(self, *questions: Asked) -> tuple[float, int, float, int]:
        measured = assess(questions)
        told, right = measured["highlighted"], measured["highlight accuracy"]
        return told.mean, told.queries, right.mean, right.queries

    def test_are_counted_on_first_passages_and_judged_where_there_is_one(self) -> None:
        wrong = asked("covered", hit("a", "Drink water."), grades={"a": 3}, sentences=("Rest.",))
        none = asked("covered", hit("a"), grades={"a": 2}, sentences=("Rest.",))
        urgent = asked("urgent", hit("a", "Drink water."), grades={"a": 2}, sentences=("Rest.", "Drink water."))
        # Marked: three of four; of these three the first and the last are among the sentences that judges list.
        assert self.marks(self.GOOD, wrong, none, urgent) == pytest.approx((0.75, 4, 2 / 3, 3))

    @pytest.mark.parametrize(
        "other",
        [
            asked("covered", hit("b", "Rest."), hit("a", "Rest."), grades={"a": 2}, sentences=("Rest.",)),
            asked("covered", hit("a", "Rest."), grades={"a": 1}, sentences=("Rest.",)),
            asked("covered", hit("a", "Rest."), grades={"a": 2}),
            asked("covered", grades={"a": 2}, sentences=("Rest.",)),
            asked("unurgent", hit("a"), grades={"a": 2}, sentences=("Rest.",)),
        ],
        ids=["not relevant", "barely relevant", "no sentences judged", "no passage", "neither covered nor urgent"],
    )
    def test_that_cannot_be_judged_are_not_counted(self, other: Asked) -> None:
        assert self.marks(self.GOOD, other) == (1.0, 1, 1.0, 1)

    def test_of_which_there_are_none_have_no_accuracy(self) -> None:
        measured = assess([asked("covered", hit("a"), grades={"a": 2}, sentences=("Rest.",))])
        assert (measured["highlighted"].mean, measured["highlighted"].queries) == (0.0, 1)
        assert "highlight accuracy" not in measured

    def test_that_no_judge_can_tell_are_not_measured(self) -> None:
        assert not {"highlighted", "highlight accuracy"} & assess([replace(self.GOOD, sentences=())]).keys()


class TestAllMeasures:
    def test_come_in_one_order_whatever_the_order_of_the_questions(self) -> None:
        questions = [
            asked("unurgent"),
            asked("urgent", urgent=True),
            asked("uncovered", confidence=0.2, state="closest"),
            asked("covered", hit("a", "Rest."), grades={"a": 2}, sentences=("Rest.",)),
        ]
        expected = [
            *RANKING, "answered", "refused", "uncovered not answered", "uncovered refused", "AUROC", "ECE",
            "urgent recall", "false alarms", "highlighted", "highlight accuracy",
        ]  # fmt: skip
        assert list(assess(questions)) == expected
        assert list(assess(questions[::-1])) == expected

    def test_are_none_without_questions(self) -> None:
        assert assess([]) == {}


class TestAsking:
    def test_keeps_to_the_split_that_is_named(self, searcher: Searcher) -> None:
        judgments = Judgments(
            "flu",
            {"p": "fever", "q": "signs", "r": "flu", "s": "flu 3"},
            {},
            {"p": {"split": "dev"}, "q": {"split": "test"}, "r": {"kind": "urgent"}},
        )
        names = {split: [one.query for one in ask_all(searcher, judgments, split)] for split in ("", "dev", "test")}
        assert names == {"": ["p", "q", "r", "s"], "dev": ["p"], "test": ["q"]}
        assert ask_all(searcher, judgments, "tests") == []

    def test_takes_the_kind_from_the_metadata_or_else_from_the_grades(self, searcher: Searcher) -> None:
        qrels = {"p": {"flu01#signs": 2}, "q": {"flu01#signs": 1, "flu02#signs": 0}, "s": {"flu01#signs": 3}}
        judgments = Judgments(
            "flu",
            {"p": "fever", "q": "signs", "r": "flu", "s": "flu 3"},
            qrels,
            {"s": {"kind": "unurgent", "sentences": ["Fever 3."]}},
        )
        questions = ask_all(searcher, judgments)
        # Grade 2 covers, grade 1 does not, nor does no grade at all.
        assert [(one.query, one.kind) for one in questions] == [
            ("p", "covered"),
            ("q", "uncovered"),
            ("r", "uncovered"),
            ("s", "unurgent"),
        ]
        assert [one.grades for one in questions] == [qrels["p"], qrels["q"], {}, qrels["s"]]
        assert [one.sentences for one in questions] == [(), (), (), ("Fever 3.",)]

    def test_gets_the_answers_that_readers_get_ten_passages_deep(self, searcher: Searcher) -> None:
        (one,) = ask_all(searcher, Judgments("flu", {"q": "fever"}, {"q": {"flu01#signs": 2}}))
        assert one.answer == searcher.ask("fever", 10)
        assert len(one.answer.hits) == 10

    def test_tells_of_each_question_that_it_asks(self, searcher: Searcher) -> None:
        told: list[str] = []
        judgments = Judgments("flu", {"p": "fever", "q": "flu"}, {}, {"p": {"split": "dev"}})
        ask_all(searcher, judgments, "dev", lambda: told.append("asked"))
        assert told == ["asked"]
        ask_all(searcher, judgments, asked=lambda: told.append("asked"))
        assert told == ["asked"] * 3


def test_a_perfect_and_a_useless_index_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "kb").mkdir()
    (tmp_path / "kb" / "flu.md").write_text("# Flu\n\n## Signs\n\nFever.\n\n## Care\n\nTea.\n")
    publish(tmp_path / "kb", tmp_path / "index", HashEncoder())
    reader = Reader(tmp_path / "index", current_generation(tmp_path / "index"))
    right = Judgments("flu", {"p": "fever signs", "q": "tea care"}, {"p": {"flu#signs": 2}, "q": {"flu#care": 2}})
    wrong = replace(right, qrels={"p": {"flu#care": 2}, "q": {"flu#signs": 2}})
    searcher = Searcher(reader, HashEncoder(), plain_calibration())
    assert assess(ask_all(searcher, right))["success@1"] == Estimate(1.0, 1.0, 1.0, 2)
    assert assess(ask_all(searcher, wrong))["success@1"] == Estimate(0.0, 0.0, 0.0, 2)
