"""An evaluation: every system is asked the same, compared question by question, and gives the same figures again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import log2
from pathlib import Path

import pytest
from evaluated import Encoders, about, article, publish_small

from wellread.errors import EvaluationError, ModelError
from wellread.evaluation.experiment import Experiment, evaluate, sweep, sweep_cutoffs
from wellread.evaluation.question_sets import QuestionSet, judged_questions, unit_of
from wellread.evaluation.results import TestbedResult
from wellread.evaluation.runs import Question
from wellread.evaluation.statistics import estimate
from wellread.evaluation.systems import BUILT_IN, System, read_systems, swept
from wellread.evaluation.testbeds import Testbed
from wellread.evaluation.trec import write_run
from wellread.relevance.judgments import Judgments
from wellread.relevance.measures import MEASURES

FLU = QuestionSet(
    "flu",
    (
        Question("p", "signs: fever", "covered", {"flu#signs": 2}, ("Fever.",)),
        Question("q", "care: tea", "covered", {"flu#care": 2, "leg#care": 0}),
        Question("r", "signs: fever", "covered", {"leg#care": 3}),
        Question("u", "zebra", "uncovered"),
    ),
    "passage",
)
"""Questions about the small index; what is judged relevant to r is about something else."""


@pytest.fixture
def encoders(monkeypatch: pytest.MonkeyPatch) -> Encoders:
    for name in ("WELLREAD_MODEL", "WELLREAD_RERANKER"):
        monkeypatch.delenv(name, raising=False)
    return Encoders(monkeypatch)


@pytest.fixture
def testbed(tmp_path: Path, encoders: Encoders) -> Testbed:
    return Testbed(publish_small(tmp_path), None)


def run(folder: Path, name: str, **ranked: Sequence[str]) -> System:
    """A system that is a run from elsewhere."""
    file = folder / f"{name}.trec"
    write_run(file, ranked, name)
    return System(name, run=file)


def on(testbed: Testbed | None, *sets: QuestionSet) -> list[QuestionSet]:
    """Sets of questions that are asked in a testbed."""
    return [replace(questions, testbed=testbed) for questions in sets]


def asked(*names: str, **grades: Mapping[str, int]) -> QuestionSet:
    """Questions that are judged by articles."""
    return QuestionSet(names[0], tuple(Question(q, q, "covered", one) for q, one in grades.items()), "article")


def found(one: TestbedResult, system: str) -> dict[str, list[str]]:
    (measured,) = (measured for measured in one.systems if measured.name == system)
    return {question.query: [each.id for each in question.found] for question in measured.questions}


def timeless(outcomes: Sequence[TestbedResult]) -> list[TestbedResult]:
    """The same outcomes without what a clock has told."""
    return [
        replace(
            one,
            systems=tuple(
                replace(system, questions=tuple(replace(question, seconds=None) for question in system.questions))
                for system in one.systems
            ),
        )
        for one in outcomes
    ]


class TestAJudgedSet:
    JUDGMENTS = Judgments(
        "flu",
        {"p": "fever", "q": "signs", "r": "flu", "s": "flu 3"},
        {"p": {"a": 2}, "q": {"a": 1, "b": 0}, "s": {"a": 3}},
        {"p": {"split": "dev"}, "s": {"split": "test", "kind": "unurgent", "sentences": ["Fever 3."]}},
    )

    def test_has_every_question_with_its_judgments(self) -> None:
        # Grade 2 covers; grade 1 does not, nor does no grade at all.
        assert judged_questions(self.JUDGMENTS) == (
            Question("p", "fever", "covered", {"a": 2}),
            Question("q", "signs", "uncovered", {"a": 1, "b": 0}),
            Question("r", "flu", "uncovered"),
            Question("s", "flu 3", "unurgent", {"a": 3}, ("Fever 3.",)),
        )

    def test_covers_from_the_grade_on_that_is_relevant(self) -> None:
        kinds = {
            relevant: [question.type for question in judged_questions(self.JUDGMENTS, relevant=relevant)]
            for relevant in (1, 3)
        }
        assert kinds == {
            1: ["covered", "covered", "uncovered", "unurgent"],
            3: ["uncovered", "uncovered", "uncovered", "unurgent"],
        }

    def test_keeps_to_the_split_that_is_named(self) -> None:
        names = {
            split: [question.query for question in judged_questions(self.JUDGMENTS, split)]
            for split in ("dev", "test", "tset")
        }
        assert names == {"dev": ["p"], "test": ["s"], "tset": []}

    def test_takes_a_kind_that_is_none_of_ours_for_none(self) -> None:
        judgments = replace(self.JUDGMENTS, about={"p": {"kind": "factoid"}, "q": {"kind": ["urgent"]}})
        questions = judged_questions(judgments)
        assert [question.type for question in questions] == ["covered", "uncovered", "uncovered", "covered"]

    def test_says_which_article_a_question_is_about_and_how_it_is_put(self) -> None:
        judgments = replace(
            self.JUDGMENTS, about={"p": {"article": "flu", "register": "story"}, "q": {"article": None}}
        )
        questions = judged_questions(judgments)
        assert [(question.article, question.register) for question in questions[:2]] == [("flu", "story"), ("", "")]


class TestAnEvaluation:
    def test_measures_what_readers_get(self, testbed: Testbed) -> None:
        (one,) = evaluate(on(testbed, FLU), Experiment([BUILT_IN["default"]]))
        assert (one.name, one.relevant, one.comparisons, one.notes) == ("flu", 2, (), ())
        (system,) = one.systems
        assert (system.name, system.settings) == ("default", BUILT_IN["default"].settings())
        answers = {text: testbed.searcher(BUILT_IN["default"]).ask(text, 10) for text in ("signs: fever", "care: tea")}
        ids = {text: [hit.passage.id for hit in answer.hits] for text, answer in answers.items()}
        assert ids["signs: fever"][0] == "flu#signs"
        assert ids["care: tea"][0] == "flu#care"
        assert found(one, "default") == {
            "p": ids["signs: fever"],
            "q": ids["care: tea"],
            "r": ids["signs: fever"],
            "u": [hit.passage.id for hit in testbed.searcher(BUILT_IN["default"]).ask("zebra", 10).hits],
        }
        # p and q have it first; r where the article about legs stands, at place 2 or 3.
        place = ids["signs: fever"].index("leg#care") + 1
        assert system.measures["RR"].mean == about((1 + 1 + 1 / place) / 3)
        assert [question.verdict is not None for question in system.questions] == [True] * 4
        assert (system.measures["answered"].queries, system.measures["refusal recall"].queries) == (3, 1)
        # "Fever." is one word, which is never marked.
        assert (system.measures["highlighted"].mean, system.measures["highlighted"].queries) == (0.0, 1)

    def test_says_nothing_of_the_answers_of_an_arm_that_no_reader_gets(self, testbed: Testbed) -> None:
        (one,) = evaluate(on(testbed, FLU), Experiment([BUILT_IN["default"], BUILT_IN["dense"]]))
        default, dense = one.systems
        assert "answered" in default.measures
        assert list(dense.measures) == list(MEASURES)
        assert {question.verdict for question in dense.questions} == {None}

    def test_is_the_same_again_but_for_the_clock(self, testbed: Testbed, tmp_path: Path) -> None:
        systems = read_systems(["default", "lexical", "heavy:late=3"])
        first = evaluate(on(testbed, FLU), Experiment(systems))
        again = evaluate(on(Testbed(tmp_path / "index", None), FLU), Experiment(systems))
        assert timeless(again) == timeless(first)
        assert all(question.seconds for one in first for system in one.systems for question in system.questions)

    def test_tells_how_far_it_is(self, testbed: Testbed) -> None:
        told: list[tuple[str, int, int]] = []
        evaluate(
            on(testbed, FLU), Experiment([BUILT_IN["default"], BUILT_IN["dense"]]), lambda *step: told.append(step)
        )
        assert told == [
            *(("asking flu, default", done, 4) for done in (1, 2, 3, 4)),
            *(("asking flu, dense", done, 4) for done in (1, 2, 3, 4)),
        ]

    def test_opens_every_arm_before_it_asks_one(self, testbed: Testbed, tmp_path: Path) -> None:
        told: list[tuple[str, int, int]] = []
        systems = [BUILT_IN["default"], System("last", reranker="nowhere")]
        with pytest.raises(ModelError, match="nowhere"):
            evaluate(on(testbed, FLU), Experiment(systems), lambda *step: told.append(step))
        assert told == []

    def test_needs_texts_for_an_arm_that_is_no_run(self, tmp_path: Path) -> None:
        with pytest.raises(EvaluationError) as refusal:
            evaluate(on(None, FLU), Experiment([run(tmp_path, "bm25", p=["flu#signs"]), BUILT_IN["dense"]]))
        assert str(refusal.value) == "dense: there are no texts to ask\n    name a collection with --collection"


class TestAnArmThatFindsNothing:
    ZEBRAS = QuestionSet(
        "zebras",
        (
            Question("p", "zebra", "covered", {"flu#signs": 2}),
            Question("q", "giraffe", "covered", {"flu#signs": 2}),
        ),
        "passage",
    )

    def test_for_any_question_is_an_error(self, testbed: Testbed) -> None:
        with pytest.raises(EvaluationError) as refusal:
            evaluate(on(testbed, FLU, self.ZEBRAS), Experiment([BUILT_IN["default"], BUILT_IN["lexical"]]))
        assert str(refusal.value) == (
            "lexical: found nothing for any of the 2 questions of zebras\n"
            "    look at the system and at the collection: nothing that it could be measured by came back"
        )

    def test_for_some_is_told_and_these_score_0(self, testbed: Testbed) -> None:
        questions = (replace(self.ZEBRAS.questions[0], text="fever"), *self.ZEBRAS.questions[1:])
        one = replace(self.ZEBRAS, questions=questions, notes=("told before",))
        (measured,) = evaluate(on(testbed, one), Experiment([BUILT_IN["default"], BUILT_IN["lexical"]]))
        assert measured.notes == ("told before", "lexical found nothing for 1 of 2 questions; each scores 0.")
        assert measured.systems[1].measures["success@1"].mean == 0.5


class TestRunsFromElsewhere:
    ONE = asked("one", p={"a": 2}, q={"a": 2}, r={"a": 2})
    OTHER = asked("other", s={"a": 2}, t={"a": 2})

    def test_are_compared_on_the_same_questions_by_hand(self, tmp_path: Path) -> None:
        old = run(tmp_path, "old", p=["a"], q=["x", "a"], r=["x"], s=["x", "a"], t=["a"])
        new = run(tmp_path, "new", p=["x", "a"], q=["a"], r=["a"], s=["a"], t=["a"])
        one, other = evaluate(on(None, self.ONE, self.OTHER), Experiment([old, new], "RR"))
        # Reciprocal ranks, old and new: 1 and 1/2, 1/2 and 1, 0 and 1; then 1/2 and 1, 1 and 1.
        (first,), (second,) = one.comparisons, other.comparisons
        assert (first.system, first.baseline, first.measure) == ("new", "old", "RR")
        assert (first.wins, first.losses, first.ties) == (2, 1, 0)
        assert first.difference == estimate([-0.5, 0.5, 1.0])
        assert (second.wins, second.losses, second.ties) == (1, 0, 1)
        assert second.difference == estimate([0.5, 0.0])
        # Sums of ±1/2 ± 1/2 ± 1 are 1 or more, or -1 or less, in 6 of 8 ways; ±1/2 is always as far from 0.
        assert (first.p, second.p) == (about(6 / 8), 1.0)
        # Two comparisons: 6/8 doubled is more than 1.
        assert (first.corrected, second.corrected) == (1.0, 1.0)

    def test_are_corrected_for_all_sets_together(self, tmp_path: Path) -> None:
        sure = asked("sure", **{f"p{number}": {"a": 2} for number in range(8)})
        unsure = asked("unsure", **{f"q{number}": {"a": 2} for number in range(8)})
        names = [question.query for one in (sure, unsure) for question in one.questions]
        old = run(tmp_path, "old", **{name: ["x"] for name in names})
        new = run(tmp_path, "new", **{name: ["a"] if name < "q2" else ["x"] for name in names})
        one, other = (outcome.comparisons[0] for outcome in evaluate(on(None, sure, unsure), Experiment([old, new])))
        # All eight won: 2 of 256 ways. Two won and six tied: 2 of 4. Holm: the smaller one times two.
        assert (one.p, one.corrected) == (about(2 / 256), about(4 / 256))
        assert (other.p, other.corrected) == (about(1 / 2), about(1 / 2))

    def test_that_lack_questions_are_refused_unless_they_count_as_0(self, tmp_path: Path) -> None:
        short = run(tmp_path, "short", p=["a"], q=["a"])
        with pytest.raises(EvaluationError, match=r"^short: the run has nothing for 1 of 3 judged questions, r the "):
            evaluate(on(None, self.ONE), Experiment([short]))
        (one,) = evaluate(on(None, self.ONE), Experiment([short], complete=True))
        assert one.systems[0].measures["success@1"].mean == about(2 / 3)
        assert one.notes == ("short found nothing for 1 of 3 questions; each scores 0.",)

    def test_stand_beside_what_readers_get(self, testbed: Testbed, tmp_path: Path) -> None:
        best = run(tmp_path, "best", p=["flu#signs"], q=["flu#care"], r=["leg#care"])
        (one,) = evaluate(on(testbed, FLU), Experiment([BUILT_IN["default"], best], "success@1"))
        # The default has the right one first for p and q.
        (compared,) = one.comparisons
        assert (compared.wins, compared.losses, compared.ties) == (1, 0, 2)
        assert one.systems[1].settings == {"run": str(tmp_path / "best.trec")}
        assert {question.seconds for question in one.systems[1].questions} == {None}


class TestArmsThatCutTextsDifferently:
    WORDS = " ".join([*(f"Bread of town {number} is plain." for number in range(11)), "Saffron colours rice."])
    """Of 11 * 6 + 3 words, where a passage holds 64 at most."""

    FOOD = QuestionSet(
        "food",
        (
            Question("p", "saffron colours rice", "covered", {"food#bread": 3, "food#bread.2": 1, "flu#care": 2}),
            Question("q", "signs: fever", "covered", {"flu#signs": 2}),
        ),
        "passage",
        notes=("told before",),
    )

    @pytest.fixture
    def testbed(self, tmp_path: Path, encoders: Encoders) -> Testbed:
        testbed = Testbed(publish_small(tmp_path, food=f"# Food\n\n## Bread\n\n{self.WORDS}\n"), None)
        assert testbed.known() == {"food#bread", "food#bread.2", "flu#signs", "flu#care", "leg#care"}
        return testbed

    def test_are_measured_by_whole_sections(self, testbed: Testbed) -> None:
        (one,) = evaluate(on(testbed, self.FOOD), Experiment([BUILT_IN["default"], System("short", tokens=32)]))
        assert one.notes == (
            "told before",
            "The systems cut the texts differently: whole sections are compared, by the best grade of their passages.",
        )
        for system in one.systems:
            assert system.questions[0].grades == {"food#bread": 3, "flu#care": 2}
            assert sorted(found(one, system.name)["p"]) == ["flu#care", "flu#signs", "food#bread", "leg#care"]
            assert found(one, system.name)["p"][0] == "food#bread"
            # What is said of answers is said of passages.
            assert {question.verdict for question in system.questions} == {None}
        assert one.systems[1].settings["tokens"] == 32

    def test_have_runs_beside_them_that_are_read_by_sections_too(self, testbed: Testbed, tmp_path: Path) -> None:
        ranked = run(tmp_path, "old", p=["leg#care", "food#bread.2", "food#bread", "flu#care"], q=["flu#signs"])
        (one,) = evaluate(on(testbed, self.FOOD), Experiment([System("short", tokens=32), BUILT_IN["default"], ranked]))
        assert found(one, "old") == {"p": ["leg#care", "food#bread", "flu#care"], "q": ["flu#signs"]}
        # Gains of 3 at place 2 and of 2 at place 3, where 3 at place 1 and 2 at place 2 would be best
        (gained, _) = (question.values["nDCG@10"] for question in one.systems[2].questions)
        assert gained == about((3 / log2(3) + 2 / log2(4)) / (3 + 2 / log2(3)))

    def test_are_measured_by_passages_where_they_cut_the_same(self, testbed: Testbed) -> None:
        (one,) = evaluate(on(testbed, self.FOOD), Experiment([BUILT_IN["default"], System("same", tokens=64)]))
        assert one.notes == ("told before",)
        assert found(one, "same") == found(one, "default")
        assert "food#bread.2" in found(one, "default")["p"]

    def test_are_measured_by_sections_though_their_passages_have_the_same_names(
        self, tmp_path: Path, encoders: Encoders
    ) -> None:
        # With their special tokens these sentences take 30, 25 and 20. Beside title and heading, which take 4, there is
        # room for 60 and for 50: the first two fit into 60 together, and into 50 only the last two.
        words = f"Ale{27 * ' ale'}. Bread{22 * ' bread'}. Cheese{17 * ' cheese'}."
        (tmp_path / "own").mkdir()
        testbed = Testbed(publish_small(tmp_path / "own", food=f"# Food\n\n## Bread\n\n{words}\n"), None)
        short = System("short", tokens=54)
        assert set(testbed.searcher(short).reader.passage_digests()) == testbed.known()
        one = replace(self.FOOD, questions=(Question("p", "bread", "covered", {"food#bread.2": 2}),))
        (measured,) = evaluate(on(testbed, one), Experiment([BUILT_IN["default"], short]))
        assert len(measured.notes) == 2
        assert measured.systems[0].questions[0].grades == {"food#bread": 2}

    def test_are_measured_by_documents_where_these_are_judged(self, tmp_path: Path, encoders: Encoders) -> None:
        articles = [article("food", text=self.WORDS), article("rest", text="Sleep at night.")]
        testbed = Testbed(tmp_path / "none", None, articles, tmp_path / "food")
        one = asked("food", p={"food": 2})
        systems = [BUILT_IN["dense"], replace(BUILT_IN["dense"], name="short", tokens=32)]
        (measured,) = evaluate(
            on(testbed, replace(one, questions=(replace(one.questions[0], text="saffron"),))), Experiment(systems)
        )
        assert measured.notes == ()
        assert found(measured, "short") == found(measured, "dense") == {"p": ["food", "rest"]}


class TestASweep:
    def test_has_the_chosen_measure_at_each_value(self, testbed: Testbed) -> None:
        values = (0.0, 0.25)
        outcomes = evaluate(on(testbed, FLU), Experiment(swept("lexical", values), "RR"))
        (one,) = sweep(outcomes, "lexical", values, "RR")
        assert (one.set, one.parameter, one.measure) == ("flu", "lexical", "RR")
        assert one.points == tuple(
            (value, system.measures["RR"]) for value, system in zip(values, outcomes[0].systems, strict=True)
        )
        assert [system.name for system in outcomes[0].systems] == ["lexical=0", "lexical=0.25"]

    def test_leaves_out_a_set_in_which_nothing_is_scored(self, testbed: Testbed) -> None:
        uncovered = QuestionSet("none", FLU.questions[3:], "passage")
        outcomes = evaluate(on(testbed, uncovered, FLU), Experiment(swept("late", [0.75])))
        assert [one.set for one in sweep(outcomes, "late", [0.75], "nDCG@10")] == ["flu"]

    def test_over_k_is_of_what_the_first_arm_has_among_the_first_k(self, tmp_path: Path) -> None:
        one = asked("one", p={"a": 2, "b": 2}, q={"a": 3})
        old = run(tmp_path, "old", p=["a", "x", "b"], q=["x", "a"])
        new = run(tmp_path, "new", p=["x"], q=["x"])
        gains, recall, success = sweep_cutoffs(evaluate(on(None, one), Experiment([old, new])), [1, 2, 3])
        assert [swept.measure for swept in (gains, recall, success)] == ["nDCG@k", "R@k", "success@k"]
        assert {swept.parameter for swept in (gains, recall, success)} == {"k"}
        assert [k for k, _ in recall.points] == [1.0, 2.0, 3.0]
        # p has one of its two at place 1 and both at place 3, q its one at place 2.
        assert [at.mean for _, at in recall.points] == [about(1 / 4), about(3 / 4), about(1)]
        assert [at.mean for _, at in success.points] == [about(1 / 2), about(1), about(1)]
        # p: 2 of 2; 2 of 2 + 2/log2(3); 2 + 2/log2(4) of the same. q: 0, then 3/log2(3) of 3.
        best = 2 + 2 / log2(3)
        assert [at.mean for _, at in gains.points] == [
            about(1 / 2),
            about((2 / best + 1 / log2(3)) / 2),
            about((3 / best + 1 / log2(3)) / 2),
        ]
        assert [at.queries for _, at in gains.points] == [2, 2, 2]

    def test_over_k_is_none_where_nothing_is_scored(self, testbed: Testbed) -> None:
        uncovered = QuestionSet("none", FLU.questions[3:], "passage")
        assert sweep_cutoffs(evaluate(on(testbed, uncovered), Experiment([BUILT_IN["default"]])), [1, 2]) == ()


@pytest.mark.parametrize(
    ("names", "unit"),
    [
        ({"flu#signs", "else"}, "passage"),
        ({"flu", "else"}, "article"),
        ({"flu", "flu#signs"}, "passage"),
        ({"else", "flu#none"}, None),
        (set(), None),
    ],
)
def test_what_is_judged_is_known_by_its_names(testbed: Testbed, names: set[str], unit: str | None) -> None:
    assert unit_of(names, testbed) == unit
