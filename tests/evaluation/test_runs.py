"""Asking: what readers get stands first, other units after it, and of an answer what can be judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from evaluated import article, opened

from wellread.errors import EvaluationError
from wellread.evaluation.results import AnswerVerdict, QueryResult, ScoredDoc
from wellread.evaluation.runs import DEPTH, SHOWN, Question, ask_all, take_from_run
from wellread.evaluation.testbeds import Unit, Units
from wellread.search.searcher import Searcher

BREAD = article("bread", **{f"s{number:03}": f"Bread of town {number}." for number in range(130)})
"""An article whose 130 passages are nearest to any question about bread: more than are candidates."""

OTHERS = tuple(article(name, care=f"{name} is plain.") for name in ("ale", "cheese", "milk"))


def question(text: str, **grades: int) -> Question:
    return Question("q", text, "covered", grades)


def found(searcher: Searcher, text: str, unit: Unit = "article", with_answers: bool = False) -> list[str]:
    (asked,) = ask_all(searcher, Units(searcher.reader, unit), [question(text)], with_answers)
    return [one.id for one in asked.found]


FLU = article("flu", signs="Fever. Cough at night.", same="Rest now. Rest now.")
LEGS = tuple(article(f"leg{number:02}", care=f"Leg {number}.") for number in range(SHOWN + 2))


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    return opened(tmp_path_factory.mktemp("bread"), BREAD, *OTHERS)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    return opened(tmp_path_factory.mktemp("flu"), FLU, *LEGS)


class Backward:
    """A reranker that turns the order round."""

    name = "backward"

    def __init__(self) -> None:
        self.asked = 0

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        self.asked += 1
        return [float(place) for place in range(len(texts))]


class TestWhatIsFound:
    def test_leaves_out_what_is_the_question_itself(self, searcher: Searcher) -> None:
        asked = replace(question("bread of town"), own=frozenset({"bread"}))
        (result,) = ask_all(searcher, Units(searcher.reader, "article"), [asked], False)
        assert sorted(one.id for one in result.found) == ["ale", "cheese", "milk"]
        (taken,) = take_from_run("r", {"q": ["bread", "ale"]}, [replace(asked, grades={"ale": 1})], False)
        assert taken.found == (ScoredDoc("ale"),)

    def test_has_an_article_once_where_its_best_passage_stands(self, searcher: Searcher) -> None:
        met = [searcher.reader.passage(row).article for row, _ in searcher.order("cheese is plain")]
        assert met.count("bread") > 1
        assert found(searcher, "cheese is plain")[: len(set(met))] == list(dict.fromkeys(met))
        assert met[0] == "cheese"

    def test_goes_deeper_where_the_candidates_are_of_too_few_articles(self, searcher: Searcher) -> None:
        rows = [row for row, _ in searcher.order("bread of town")]
        assert {searcher.reader.passage(row).article for row in rows} == {"bread"}
        assert len(rows) < searcher.reader.passage_count == 133
        names = found(searcher, "bread of town")
        assert names[0] == "bread"
        assert sorted(names[1:]) == ["ale", "cheese", "milk"]

    def test_is_passages_where_these_are_judged_and_at_most_a_hundred(self, searcher: Searcher) -> None:
        # The retrievers do not find the same hundred.
        words_too = replace(searcher.weights, lexical=0.5)
        wide = Searcher(searcher.reader, searcher.encoder, searcher.calibration, words_too)
        served = [wide.reader.passage(row).id for row, _ in wide.order("bread of town 7 and ale")]
        assert len(served) > DEPTH
        assert found(wide, "bread of town 7 and ale", "passage") == served[:DEPTH]

    def test_has_the_scores_of_the_best_passage(self, searcher: Searcher) -> None:
        _, scores = searcher.order("bread of town")[0]
        (asked,) = ask_all(searcher, Units(searcher.reader, "article"), [question("bread of town")], False)
        assert asked.found[0] == ScoredDoc("bread", scores)

    def test_begins_as_readers_get_it_where_a_reranker_has_put_that_in_order(self, searcher: Searcher) -> None:
        backward = Backward()
        reranked = Searcher(searcher.reader, searcher.encoder, searcher.calibration, searcher.weights, backward)
        plain = [searcher.reader.passage(row).id for row, _ in searcher.order("milk")]
        # The last of the first thirty comes first; what stands behind them stays.
        assert found(reranked, "milk", "passage") == [*plain[29::-1], *plain[30:]][:DEPTH]
        # What lies deeper is not reranked, and follows what readers get.
        served = [reranked.reader.passage(row).article for row, _ in reranked.order("bread of town")]
        assert set(served) == {"bread"}
        backward.asked = 0
        assert found(reranked, "bread of town") == found(searcher, "bread of town")
        assert backward.asked == 1

    def test_is_nothing_where_words_alone_count_and_none_of_them_is_there(self, searcher: Searcher) -> None:
        bare = replace(searcher.weights, passage=0.0, sentence=0.0, late=0.0, contrast=0.0, lexical=1.0)
        lexical = Searcher(searcher.reader, searcher.encoder, searcher.calibration, bare)
        assert found(lexical, "zebra") == []
        assert found(lexical, "milk and ale") == found(lexical, "ale, milk?") != []

    def test_is_sections_where_arms_cut_them_differently(self, tmp_path: Path) -> None:
        long = " ".join([*(f"Bread of town {number} is plain." for number in range(30)), "Saffron colours rice."])
        searcher = opened(tmp_path, article("food", bread=long, rest="Sleep at night."))
        served = [searcher.reader.passage(row).id for row, _ in searcher.order("saffron colours rice")]
        # 30 * 6 + 3 words, where a passage holds 64 at most: four parts, or more.
        assert len(served) >= 5
        assert served[0].startswith("food#bread.")
        assert found(searcher, "saffron colours rice", "section") == ["food#bread", "food#rest"]


class TestAnswers:
    def ask(
        self,
        small: Searcher,
        text: str,
        *sentences: str,
        with_answers: bool = True,
        grades: dict[str, int] | None = None,
    ) -> QueryResult:
        (asked,) = ask_all(
            small,
            Units(small.reader, "passage"),
            [Question("q", text, "covered", grades or {}, sentences)],
            with_answers,
        )
        return asked

    def test_are_what_readers_get(self, small: Searcher) -> None:
        answer = small.ask("signs: fever", SHOWN)
        asked = self.ask(small, "signs: fever")
        assert asked.verdict == AnswerVerdict(answer.confidence, answer.state, notice=False)
        assert [one.id for one in asked.found[:SHOWN]] == [hit.passage.id for hit in answer.hits]
        assert [one.scores for one in asked.found[:SHOWN]] == [hit.scores for hit in answer.hits]
        assert len(asked.found) == small.reader.passage_count

    def test_are_the_same_ranking_where_that_alone_is_asked_for(self, small: Searcher) -> None:
        asked = self.ask(small, "signs: fever", with_answers=False)
        assert asked.verdict is None
        assert asked.found == self.ask(small, "signs: fever").found

    def test_keep_the_question_and_take_some_time(self, small: Searcher) -> None:
        asked = self.ask(small, "signs: fever", grades={"flu#signs": 2})
        assert (asked.query, asked.text, asked.type, asked.grades) == ("q", "signs: fever", "covered", {"flu#signs": 2})
        assert asked.seconds is not None
        assert asked.seconds > 0
        assert asked.values == {}

    def test_have_a_mark_that_is_right_where_judges_list_it(self, small: Searcher) -> None:
        right = self.ask(small, "signs: cough", "Cough at night.", grades={"flu#signs": 2}).verdict
        wrong = self.ask(small, "signs: cough", "Rest now.", grades={"flu#signs": 3}).verdict
        assert right is not None
        assert wrong is not None
        assert (right.marked, right.right) == (True, True)
        assert (wrong.marked, wrong.right) == (True, False)

    def test_may_have_no_mark_where_two_sentences_are_as_near(self, small: Searcher) -> None:
        verdict = self.ask(small, "rest now", "Rest now.", grades={"flu#same": 2}).verdict
        assert verdict is not None
        assert (verdict.marked, verdict.right) == (False, None)

    @pytest.mark.parametrize(
        ("sentences", "grades"),
        [((), {"flu#signs": 2}), (("Fever.",), {"flu#signs": 1}), (("Fever.",), {"flu#same": 2}), (("Fever.",), {})],
        ids=["no sentences judged", "barely relevant", "not relevant", "not judged"],
    )
    def test_have_no_mark_to_judge_where_judges_cannot_tell(
        self, small: Searcher, sentences: tuple[str, ...], grades: dict[str, int]
    ) -> None:
        verdict = self.ask(small, "signs: fever", *sentences, grades=grades).verdict
        assert verdict is not None
        assert (verdict.marked, verdict.right) == (None, None)

    def test_come_in_the_order_of_the_questions_and_are_told_of(self, small: Searcher) -> None:
        told: list[str] = []
        questions = [replace(question(text), query=text) for text in ("rest", "fever", "leg")]
        asked = ask_all(small, Units(small.reader, "passage"), questions, True, lambda: told.append("asked"))
        assert [one.query for one in asked] == ["rest", "fever", "leg"]
        assert told == ["asked"] * 3


class TestARunFromElsewhere:
    QUESTIONS = (
        Question("p", "fever", "covered", {"a": 2}),
        Question("q", "signs", "covered", {"a": 2}),
        Question("r", "weather", "uncovered"),
    )

    def test_is_taken_in_its_order_and_a_hundred_deep(self) -> None:
        deep = [f"d{number}" for number in range(DEPTH + 1)]
        asked = take_from_run("bm25", {"q": deep, "p": ["b", "a"], "other": ["c"]}, self.QUESTIONS, False)
        assert [(one.query, one.text, one.type, one.grades) for one in asked] == [
            ("p", "fever", "covered", {"a": 2}),
            ("q", "signs", "covered", {"a": 2}),
            ("r", "weather", "uncovered", {}),
        ]
        assert asked[0].found == (ScoredDoc("b"), ScoredDoc("a"))
        assert [one.id for one in asked[1].found] == deep[:DEPTH]
        assert asked[2].found == ()
        assert {(one.seconds, one.verdict) for one in asked} == {(None, None)}

    def test_that_lacks_a_judged_question_is_refused(self) -> None:
        with pytest.raises(EvaluationError) as refusal:
            take_from_run("bm25", {"p": ["a"], "q": []}, self.QUESTIONS, False)
        assert str(refusal.value) == (
            "bm25: the run has nothing for 1 of 2 judged questions, q the first\n"
            "    let it answer them, or count them as 0 with --complete, as trec_eval -c does"
        )

    def test_may_lack_some_where_it_counts_as_complete(self) -> None:
        asked = take_from_run("bm25", {"p": ["a"]}, self.QUESTIONS, True)
        assert [one.found for one in asked] == [(ScoredDoc("a"),), (), ()]

    @pytest.mark.parametrize("complete", [False, True])
    def test_of_other_questions_is_refused_in_any_case(self, complete: bool) -> None:
        with pytest.raises(EvaluationError) as refusal:
            take_from_run("bm25", {"x": ["a"], "r": ["a"]}, self.QUESTIONS, complete)
        assert str(refusal.value) == (
            "bm25: the run has nothing for 2 of 2 judged questions, p the first\n"
            "    take the run that belongs to these questions"
        )

    def test_lacks_nothing_where_nothing_is_judged(self) -> None:
        assert take_from_run("bm25", {}, (), False) == ()
        assert [one.found for one in take_from_run("bm25", {}, self.QUESTIONS[2:], False)] == [()]
