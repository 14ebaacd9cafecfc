"""The publish gate: what an edit does to the judged questions is told, and too much of it is not served."""

from __future__ import annotations

from dataclasses import replace
from math import log2
from pathlib import Path
from typing import Any

import pytest
from conftest import HashEncoder

from wellread.errors import PublishingRefused
from wellread.index.layout import current_generation
from wellread.index.reader import Reader
from wellread.publishing.gate import Verdict, judge
from wellread.publishing.history import read_history
from wellread.publishing.policy import Policy, SettingsUsed
from wellread.publishing.publish import publish
from wellread.publishing.report import Report
from wellread.publishing.reporting import report_text, verdict_lines
from wellread.publishing.serving import standing_generations
from wellread.relevance.judgments import Judgments, JudgmentsFolder
from wellread.relevance.measures import RELEVANT
from wellread.search.searcher import Searcher
from wellread.settings import Settings

OLD = "# Legs\n\n## One\n\nCold water.\n\n## Two\n\nRest your leg. Drink tea.\n"
NEW = "# Legs\n\n## One\n\nCold water. Drink tea.\n\n## Three\n\nSleep well.\n"
WORSE = OLD.replace("Cold water.", "Hot soup.").replace("Drink tea.", "Cold water.")

QUESTIONS = Judgments(
    name="legs",
    queries={"a": "cold water", "b": "rest your leg", "c": "drink tea", "d": "unjudged", "e": "elsewhere"},
    qrels={"a": {"legs#one": 3}, "b": {"legs#two": 3}, "c": {"legs#one": 2, "legs#two": 0}, "e": {"heart#one": 3}},
)

SECOND = 1 / log2(3)
"""nDCG@10 of a question whose only relevant passage is at place 2: 0.6309."""


def about(value: float) -> Any:
    """A figure as the measures compute it, in 32 bits somewhere on the way."""
    return pytest.approx(value)


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    folder = tmp_path / "kb"
    folder.mkdir()
    (folder / "legs.md").write_text(OLD)
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def searcher(tmp_path: Path, text: str) -> Searcher:
    """A generation of one article, or of none where there is no text."""
    kb = tmp_path / f"kb-{len(list(tmp_path.iterdir()))}"
    kb.mkdir()
    if text:
        (kb / "legs.md").write_text(text)
    index = kb.with_name(f"index-of-{kb.name}")
    publish(kb, index, HashEncoder(), policy=Policy(allow_shrink=True))
    return Searcher(Reader(index, current_generation(index)), HashEncoder())


class TestTheVerdict:
    def test_tells_what_improved_and_what_lost_its_answer(self, tmp_path: Path) -> None:
        verdict = judge(searcher(tmp_path, NEW), searcher(tmp_path, OLD), [QUESTIONS])
        # Before: a 1, b 1, c at place 2, behind the passage that has its words. Now: a 1, b's passage is gone, c 1.
        assert verdict == Verdict(
            questions=3,
            before=about((1 + 1 + SECOND) / 3),
            after=about(2 / 3),
            improved=("drink tea",),
            worse=(),
            lost=("rest your leg",),
            missing=("legs#two",),
        )
        assert verdict.drop == about(SECOND / 3)

    def test_tells_what_got_worse_without_being_lost(self, tmp_path: Path) -> None:
        judgments = Judgments("legs", {"a": "cold water"}, {"a": {"legs#one": 3}})
        verdict = judge(searcher(tmp_path, WORSE), searcher(tmp_path, OLD), [judgments])
        assert verdict == Verdict(1, 1.0, about(SECOND), worse=("cold water",))

    def test_counts_a_question_that_lost_its_answer_as_lost_whatever_it_gained(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        old, new = searcher(tmp_path, OLD), searcher(tmp_path, NEW)
        grades = {"legs#one": 2, "p": 1, "q": 1, "r": 1}
        # The relevant one goes from place 3 to 4; nDCG@10 still rises, for three hardly relevant ones stand before it.
        runs = {old: {"x": 1.0, "y": 0.9, "legs#one": 0.8}, new: {"p": 1.0, "q": 0.9, "r": 0.8, "legs#one": 0.7}}
        monkeypatch.setattr("wellread.publishing.gate.run_queries", lambda one, judgments, on_answer: {"a": runs[one]})
        verdict = judge(new, old, [Judgments("legs", QUESTIONS.queries, {"a": grades})])
        best = 2 + 1 / log2(3) + 1 / log2(4) + 1 / log2(5)
        before, after = 2 / log2(4) / best, (1 + 1 / log2(3) + 1 / log2(4) + 2 / log2(5)) / best
        assert before < after
        assert verdict == Verdict(1, about(before), about(after), lost=("cold water",))

    def test_of_no_change_has_no_drop(self, tmp_path: Path) -> None:
        verdict = judge(searcher(tmp_path, OLD), searcher(tmp_path, OLD), [QUESTIONS])
        assert verdict == Verdict(3, about((2 + SECOND) / 3), about((2 + SECOND) / 3))
        assert verdict.drop == 0

    def test_of_a_gain_has_no_drop(self, tmp_path: Path) -> None:
        verdict = judge(searcher(tmp_path, OLD), searcher(tmp_path, NEW), [QUESTIONS])
        assert verdict is not None
        assert (verdict.improved, verdict.worse, verdict.drop) == (("rest your leg",), ("drink tea",), 0)

    def test_of_a_first_publication_has_nothing_before(self, tmp_path: Path) -> None:
        verdict = judge(searcher(tmp_path, OLD), None, [QUESTIONS])
        assert verdict == Verdict(3, None, about((2 + SECOND) / 3))
        assert verdict.drop == 0

    def test_of_an_empty_candidate_is_that_all_is_lost(self, tmp_path: Path) -> None:
        verdict = judge(searcher(tmp_path, ""), searcher(tmp_path, OLD), [QUESTIONS])
        assert verdict == Verdict(3, about((2 + SECOND) / 3), 0, lost=("cold water", "rest your leg", "drink tea"))

    def test_of_articles_after_none_is_that_all_is_gained(self, tmp_path: Path) -> None:
        verdict = judge(searcher(tmp_path, OLD), searcher(tmp_path, ""), [QUESTIONS])
        assert verdict == Verdict(3, 0, about((2 + SECOND) / 3), improved=("cold water", "rest your leg", "drink tea"))

    @pytest.mark.parametrize("grades", [{"heart#one": 3}, {"legs#one": RELEVANT - 1}, {"legs#one": 0, "heart#one": 3}])
    def test_leaves_out_questions_about_other_articles(self, tmp_path: Path, grades: dict[str, int]) -> None:
        judgments = Judgments("legs", QUESTIONS.queries, {"a": grades})
        assert judge(searcher(tmp_path, NEW), searcher(tmp_path, OLD), [judgments]) is None

    def test_names_passages_that_neither_generation_has_of_articles_that_are_there(self, tmp_path: Path) -> None:
        qrels = {"a": {"legs#one": 3}, "b": {"legs#tow": 3, "heart#one": 3}, "c": {"legs#one": 2, "legs#oen": 2}}
        verdict = judge(searcher(tmp_path, OLD), None, [replace(QUESTIONS, qrels=qrels)])
        assert verdict is not None
        assert verdict.missing == ("legs#tow",)
        alone = judge(searcher(tmp_path, OLD), None, [replace(QUESTIONS, qrels={"b": qrels["b"]})])
        assert alone == Verdict(0, None, 0.0, missing=("legs#tow",))
        assert [line.split()[0] for line in verdict_lines(alone)] == ["missing", "write"]

    def test_leaves_out_collections_that_name_their_own_articles(self, tmp_path: Path) -> None:
        own = replace(QUESTIONS, articles=tmp_path / "library")
        assert judge(searcher(tmp_path, NEW), searcher(tmp_path, OLD), [own]) is None

    def test_of_no_judgments_is_none(self, tmp_path: Path) -> None:
        assert judge(searcher(tmp_path, NEW), searcher(tmp_path, OLD), []) is None

    def test_counts_questions_of_two_collections_that_share_an_id(self, tmp_path: Path) -> None:
        other = Judgments("more", {"a": "sleep well"}, {"a": {"legs#three": 3}})
        verdict = judge(searcher(tmp_path, NEW), searcher(tmp_path, OLD), [QUESTIONS, other])
        assert verdict is not None
        assert (verdict.questions, verdict.improved) == (4, ("drink tea", "sleep well"))
        assert verdict.lost == ("rest your leg",)

    def test_is_told_of_while_it_is_found(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("wellread.publishing.gate.BATCH", 2)
        steps: list[tuple[str, int, int]] = []
        judge(
            searcher(tmp_path, NEW),
            searcher(tmp_path, OLD),
            [QUESTIONS],
            lambda stage, done, total: steps.append((stage, done, total)),
        )
        assert steps == [
            ("reading the judged questions", 2, 3),
            ("reading the judged questions", 3, 3),
            *(("asking them", number, 6) for number in range(1, 7)),
        ]


class TestInWords:
    def test_questions_that_moved_are_counted_and_the_lost_are_quoted(self) -> None:
        verdict = Verdict(9, 0.8, 0.7516, improved=("p", "q"), worse=("r",), lost=("why cramps?",))
        assert list(verdict_lines(verdict)) == [
            "questions  2 improved, 1 got worse, 1 lost its answer of 9; nDCG@10 0.800 before, 0.752 now",
            '  lost     "why cramps?"',
        ]

    def test_of_several_lost_ones_twenty_are_quoted(self) -> None:
        verdict = Verdict(30, 0.8, 0.1, lost=tuple(f"question {number}" for number in range(25)))
        lines = list(verdict_lines(verdict))
        assert lines[0] == (
            "questions  0 improved, 0 got worse, 25 lost their answer of 30; nDCG@10 0.800 before, 0.100 now"
        )
        assert lines[1:] == [f'  lost     "question {number}"' for number in range(20)]

    def test_three_of_the_passages_that_are_not_there_are_named(self) -> None:
        for verdict in (Verdict(9, 0.8, 0.8, missing=("a#a",)), Verdict(9, None, 0.8, missing=("a#a",))):
            assert list(verdict_lines(verdict))[1:] == [
                "missing    judged questions name passages that are not there: a#a",
                "           write the passages' new addresses into the qrels, or those questions find nothing",
            ]
        many = Verdict(9, 0.8, 0.8, missing=("a#a", "a#b", "a#c", "a#d"))
        assert list(verdict_lines(many))[1].endswith(": a#a, a#b, a#c …")

    def test_without_anything_before_there_is_nothing_to_compare(self) -> None:
        assert list(verdict_lines(Verdict(9, None, 0.7516))) == ["questions  nDCG@10 0.752 over 9 judged questions"]


NO_SETTINGS = SettingsUsed(Path("kb/wellread.toml"), Settings())
NO_JUDGMENTS = JudgmentsFolder(Path("judgments"), ())
JUDGED = Policy(judgments=(QUESTIONS,))


def report_of(report: Report) -> list[str]:
    return report_text(report, NO_JUDGMENTS, NO_SETTINGS).splitlines()


class TestPublishing:
    @pytest.fixture
    def first(self, kb: Path, index: Path, hash_encoder: HashEncoder) -> Report:
        """The report of the articles as they were; the files are then edited for the worse."""
        report = publish(kb, index, hash_encoder, policy=JUDGED)
        (kb / "legs.md").write_text(NEW)
        return report

    def test_a_first_generation_asks_the_questions(self, first: Report) -> None:
        assert first.verdict == Verdict(3, None, about((2 + SECOND) / 3))
        assert "questions  nDCG@10 0.877 over 3 judged questions" in report_of(first)

    def test_is_refused_where_questions_lose_more_than_they_may(
        self, first: Report, kb: Path, index: Path, hash_encoder: HashEncoder
    ) -> None:
        with pytest.raises(PublishingRefused) as refused:
            publish(kb, index, hash_encoder, policy=JUDGED)
        assert str(refused.value) == (
            "judged questions lose by this edit: nDCG@10 0.877 before, 0.667 after, which is more than 0.02 less;"
            " 1 of 3 lose their answer; nothing was published\n"
            "    lost: rest your leg\n"
            '    mend the text, or publish it all the same: --accept-regression "the reason"'
        )
        assert current_generation(index) == first.generation
        assert [event.generation for event in read_history(index)] == [first.generation]

    def test_what_was_refused_is_served_with_a_reason_and_nothing_is_embedded_twice(
        self, first: Report, kb: Path, index: Path, hash_encoder: HashEncoder
    ) -> None:
        with pytest.raises(PublishingRefused):
            publish(kb, index, hash_encoder, policy=JUDGED)
        embedded = len(hash_encoder.embedded)
        report = publish(kb, index, hash_encoder, policy=Policy(judgments=(QUESTIONS,), accepted="it was wrong"))
        assert len(hash_encoder.embedded) == embedded
        # Passages legs#one and legs#three, their headings and three sentences, of which the last is legs#three itself:
        # all of them embedded by the runs before.
        assert (report.embedded, report.reused) == (0, 6)
        assert report.verdict is not None
        assert report.verdict.lost == ("rest your leg",)
        assert current_generation(index) == report.generation
        assert [event.accepted for event in read_history(index)] == ["", "it was wrong"]

    def test_keeps_no_reason_where_nothing_had_to_be_accepted(
        self, kb: Path, index: Path, hash_encoder: HashEncoder
    ) -> None:
        publish(kb, index, hash_encoder, policy=JUDGED)
        (kb / "legs.md").write_text(OLD.replace("Cold water.", "Cold water. Wind."))
        publish(kb, index, hash_encoder, policy=Policy(judgments=(QUESTIONS,), accepted="in case"))
        assert [event.accepted for event in read_history(index)] == ["", ""]

    def test_is_allowed_within_the_tolerance(
        self, first: Report, kb: Path, index: Path, hash_encoder: HashEncoder
    ) -> None:
        # The drop is SECOND / 3 = 0.2103; a tolerance of as much lets it pass, one of less does not.
        with pytest.raises(PublishingRefused, match=r"more than 0\.2103 less"):
            publish(kb, index, hash_encoder, policy=Policy(judgments=(QUESTIONS,), tolerance=0.2103))
        report = publish(kb, index, hash_encoder, policy=Policy(judgments=(QUESTIONS,), tolerance=0.2104))
        assert current_generation(index) == report.generation != first.generation

    def test_is_allowed_at_the_tolerance_whatever_rounding_adds(
        self, kb: Path, index: Path, hash_encoder: HashEncoder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # 0.8 - 0.78 is 0.020000000000000018 in floating point.
        monkeypatch.setattr("wellread.publishing.publish.judge", lambda *arguments: Verdict(9, 0.8, 0.78))
        assert publish(kb, index, hash_encoder, policy=JUDGED).generation == current_generation(index)

    def test_without_judgments_asks_nothing(
        self, first: Report, kb: Path, index: Path, hash_encoder: HashEncoder
    ) -> None:
        report = publish(kb, index, hash_encoder)
        assert report.verdict is None
        assert "judged     no question asked: there is none in judgments" in report_of(report)

    def test_of_what_is_served_already_asks_nothing(
        self, kb: Path, index: Path, hash_encoder: HashEncoder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        publish(kb, index, hash_encoder, policy=JUDGED)
        monkeypatch.delattr("wellread.publishing.publish.judge")
        assert publish(kb, index, hash_encoder, policy=JUDGED).verdict is None

    def test_asks_the_same_questions_of_the_model_once(
        self, first: Report, kb: Path, index: Path, hash_encoder: HashEncoder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delattr(HashEncoder, "encode_queries")
        report = publish(kb, index, hash_encoder, policy=Policy(judgments=(QUESTIONS,), accepted="known"))
        assert report.verdict is not None


class TestARefusedCandidate:
    def test_does_not_stay_where_somebody_could_go_to_it(
        self, kb: Path, index: Path, hash_encoder: HashEncoder
    ) -> None:
        first = publish(kb, index, hash_encoder, policy=JUDGED).generation
        (kb / "legs.md").write_text(NEW)
        with pytest.raises(PublishingRefused):
            publish(kb, index, hash_encoder, policy=JUDGED)
        assert standing_generations(index) == (first,)

    def test_stays_where_it_was_served_before(self, kb: Path, index: Path, hash_encoder: HashEncoder) -> None:
        (kb / "legs.md").write_text(NEW)
        worse = publish(kb, index, hash_encoder).generation
        (kb / "legs.md").write_text(OLD)
        better = publish(kb, index, hash_encoder).generation
        (kb / "legs.md").write_text(NEW)
        with pytest.raises(PublishingRefused):
            publish(kb, index, hash_encoder, policy=JUDGED)
        assert standing_generations(index) == tuple(sorted([worse, better]))

    def test_names_ten_questions_and_says_how_many_more(self, kb: Path, index: Path, hash_encoder: HashEncoder) -> None:
        many = Judgments(
            "many",
            {f"q{number:02}": f"rest your leg {number}" for number in range(12)},
            {f"q{number:02}": {"legs#two": 2} for number in range(12)},
        )
        publish(kb, index, hash_encoder)
        (kb / "legs.md").unlink()
        (kb / "arms.md").write_text("# Arms\n\nThey move.\n")
        with pytest.raises(PublishingRefused, match="and 2 more\n"):
            publish(kb, index, hash_encoder, policy=Policy(judgments=(many,), allow_shrink=True))


class TestANewArticle:
    def test_does_not_count_against_the_answers_of_others(
        self, kb: Path, index: Path, hash_encoder: HashEncoder
    ) -> None:
        first = publish(kb, index, hash_encoder, policy=JUDGED)
        # Word for word what the questions ask, so that it stands before all that was judged.
        asked = "".join(f"## Part {n}\n\n{text}\n\n" for n, text in enumerate(QUESTIONS.queries.values()))
        (kb / "new.md").write_text(f"# New\n\n{asked}")
        second = publish(kb, index, hash_encoder, policy=JUDGED)
        assert first.verdict is not None
        assert second.verdict is not None
        assert second.verdict.before == second.verdict.after == first.verdict.after
        assert (second.verdict.worse, second.verdict.lost) == ((), ())


class TestADamagedGeneration:
    def test_is_not_what_a_candidate_is_compared_with_but_the_last_whole_one(
        self, kb: Path, index: Path, hash_encoder: HashEncoder
    ) -> None:
        publish(kb, index, hash_encoder, policy=JUDGED)
        (kb / "legs.md").write_text(OLD.replace("Cold water.", "Cold water. Wind."))
        served = publish(kb, index, hash_encoder, policy=JUDGED).generation
        (index / "generations" / served / "manifest.json").unlink()
        (kb / "legs.md").write_text(NEW)
        with pytest.raises(PublishingRefused, match="judged questions lose by this edit"):
            publish(kb, index, hash_encoder, policy=JUDGED)


class TestAnotherModel:
    @pytest.fixture
    def other(self) -> HashEncoder:
        encoder = HashEncoder()
        encoder.fingerprint = "hash-65"
        return encoder

    def test_is_compared_with_the_one_before_where_that_is_still_here(
        self, kb: Path, index: Path, hash_encoder: HashEncoder, other: HashEncoder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[str] = []

        def named(name: str) -> HashEncoder:
            asked.append(name)
            return HashEncoder()

        monkeypatch.setattr("wellread.publishing.publish.SentenceTransformerEncoder", named)
        publish(kb, index, hash_encoder)
        (kb / "legs.md").write_text(NEW)
        with pytest.raises(PublishingRefused, match=r"nDCG@10 0\.877 before, 0\.667 after"):
            publish(kb, index, other, policy=JUDGED)
        assert asked == ["hash"]

    @pytest.mark.parametrize("gone", [True, False], ids=["gone", "not the same any more"])
    def test_has_nothing_to_be_compared_with_where_it_is_not(
        self,
        kb: Path,
        index: Path,
        hash_encoder: HashEncoder,
        other: HashEncoder,
        monkeypatch: pytest.MonkeyPatch,
        gone: bool,
    ) -> None:
        if not gone:
            monkeypatch.setattr("wellread.publishing.publish.SentenceTransformerEncoder", lambda name: other)
        publish(kb, index, hash_encoder)
        (kb / "legs.md").write_text(NEW)
        report = publish(kb, index, other, policy=JUDGED)
        # Of the three questions, one concerned a passage that is gone: it cannot be told as lost, but as missing.
        assert report.verdict == Verdict(2, None, 1.0, missing=("legs#two",))
        assert current_generation(index) == report.generation
