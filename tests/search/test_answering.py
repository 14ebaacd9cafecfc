"""Answering: what is said at which threshold, kinds of sections, the urgent notice, repeats and the marked sentence."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import HashEncoder, plain_calibration

from wellread.articles.passages import sentence_text
from wellread.datatypes import Answer, Hit
from wellread.encoders.sentence_transformer import Vectors
from wellread.errors import CalibrationError
from wellread.index.layout import current_generation
from wellread.index.reader import Reader
from wellread.index.tokens import rotate
from wellread.publishing.policy import Policy
from wellread.publishing.publish import publish
from wellread.search.calibration import CONFIDENCE, KINDS, Calibration, Thresholds
from wellread.search.classifier import GAMMA, Classifier, Logistic, SupportVectors
from wellread.search.highlights import DUPLICATE_SIMILARITY, HIGHLIGHT_MARGIN
from wellread.search.notice import ARTICLES_BEFORE, NOTICE_FEATURES, NoticeModel
from wellread.search.ranking import Weights
from wellread.search.searcher import Searcher
from wellread.search.signs import NOTICE_CANDIDATES
from wellread.settings import EMERGENCY_KINDS

SECTIONS = (*KINDS, "summary", "other")
QUESTIONS = (*KINDS, "other")
LOUD = 40.0
"""What a text of one word gains for the class that the word speaks for; another word's cosine is below a half."""

Library = Callable[[Mapping[str, str]], Reader]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Publish articles, a file each, and open the index."""

    def published(articles: Mapping[str, str]) -> Reader:
        (tmp_path / "kb").mkdir(exist_ok=True)
        for name, text in articles.items():
            (tmp_path / "kb" / f"{name}.md").write_text(text)
        publish(tmp_path / "kb", tmp_path / "index", HashEncoder())
        return Reader(tmp_path / "index", current_generation(tmp_path / "index"))

    return published


def told(classes: Sequence[str], words: Mapping[str, str], otherwise: str = "other") -> Classifier:
    """A classifier that goes by single words, and by `otherwise` where it hears none of them."""
    of_features = np.zeros((64, len(classes)), np.float32)
    for word, name in words.items():
        (vector,) = HashEncoder().encode_queries([word])
        of_features[:, classes.index(name)] += LOUD * vector
    bias = np.zeros(len(classes), np.float32)
    bias[classes.index(otherwise)] = LOUD / 2
    return Classifier(tuple(classes), of_features, np.zeros((0, len(classes)), np.float32), bias)


def known_by(questions: Classifier) -> Calibration:
    return replace(plain_calibration(), questions=questions)


def asked(reader: Reader, calibration: Calibration, weights: Weights | None = None) -> Searcher:
    return Searcher(reader, HashEncoder(), calibration, weights or Weights())


def cosine(one: str, other: str) -> float:
    first, second = HashEncoder().encode_queries([one, other]).astype(np.float64)
    return float(first @ second)


def ids(hits: Sequence[Hit]) -> list[str]:
    return [hit.passage.id for hit in hits]


FLU = {"flu": "# Flu\n\n## Signs\n\nFever is a sign. Cough is another.\n\n## Care\n\nRest in bed. Drink tea.\n"}


class TestTheState:
    def said(self, reader: Reader, answered: float, closest: float) -> Answer:
        thresholds = Thresholds(answered=answered, closest=closest)
        return asked(reader, replace(plain_calibration(), thresholds=thresholds)).ask("fever")

    def test_goes_by_the_confidence_and_both_thresholds(self, library: Library) -> None:
        # The plain confidence is the logistic function of the best sentence's cosine.
        reader = library(FLU)
        confidence = asked(reader, plain_calibration()).ask("fever").confidence
        nearest = cosine("fever", "Flu. Signs: Fever is a sign.")
        assert confidence == pytest.approx(1 / (1 + math.exp(-nearest)), abs=1e-6)
        above = math.nextafter(confidence, 1)
        assert self.said(reader, confidence, 0.0).state == "answered"
        assert self.said(reader, above, confidence).state == "closest"
        assert self.said(reader, above, above).state == "not_covered"

    def test_changes_nothing_about_the_passages(self, library: Library) -> None:
        reader = library(FLU)
        hits = Searcher(reader, HashEncoder(), plain_calibration()).rank("fever")
        assert ids(hits) == ["flu#signs", "flu#care"]
        for answered, closest in ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0)):
            assert self.said(reader, answered, closest).hits == hits

    def test_is_not_covered_where_every_article_is_gone(self, library: Library, tmp_path: Path) -> None:
        library(FLU)
        (tmp_path / "kb" / "flu.md").unlink()
        publish(tmp_path / "kb", tmp_path / "index", HashEncoder(), policy=Policy(allow_shrink=True))
        empty = Reader(tmp_path / "index", current_generation(tmp_path / "index"))
        answer = asked(empty, plain_calibration()).ask("fever")
        assert (answer.state, answer.confidence, answer.urgent, answer.hits) == ("not_covered", 0.0, None, ())


class TestTheKindOfSection:
    """Questions want a treatment, which the section Care gives; "fever" itself is nearer to the section Signs."""

    def both(self, library: Library) -> Reader:
        return library({**FLU, "cold": "# Cold\n\n## Signs\n\nSneezing.\n\n## Care\n\nRest at home.\n"})

    def calibration(self, *own: str) -> Calibration:
        return replace(
            plain_calibration(),
            questions=told(QUESTIONS, {}, "treatment"),
            headings=told(SECTIONS, {"Care": "treatment", "Signs": "symptoms"}),
            own_articles=own,
        )

    def test_orders_the_sections_of_articles_that_were_learned_of(self, library: Library) -> None:
        reader = self.both(library)
        plain = asked(reader, plain_calibration()).rank("fever")
        found = asked(reader, self.calibration("flu"), Weights(kind=2.0)).rank("fever")
        assert [hit for hit in ids(plain) if hit.startswith("flu")] == ["flu#signs", "flu#care"]
        assert [hit for hit in ids(found) if hit.startswith("flu")] == ["flu#care", "flu#signs"]
        before, after = ({hit.passage.id: hit.scores for hit in hits} for hits in (plain, found))
        assert after["flu#signs"].kind == pytest.approx(-1, abs=1e-3)
        # Before late interaction, which nothing changes, the best section of the article is as good as the best was.
        late = {name: Weights().late * scores.late for name, scores in before.items()}
        best = max(before[name].final - late[name] for name in ("flu#signs", "flu#care"))
        assert after["flu#care"].final - late["flu#care"] == pytest.approx(best)
        assert after["flu#care"].final - after["flu#signs"].final == pytest.approx(
            before["flu#care"].final - before["flu#signs"].final - 2 * after["flu#signs"].kind
        )
        for name in ("cold#signs", "cold#care"):
            assert after[name] == before[name]

    def test_changes_nothing_elsewhere(self, library: Library) -> None:
        reader = self.both(library)
        plain = asked(reader, plain_calibration()).rank("fever")
        for own in ((), ("gout",)):
            assert asked(reader, self.calibration(*own)).rank("fever") == plain


class TestACalibration:
    def test_of_another_model_is_refused(self, library: Library) -> None:
        another = replace(plain_calibration(), model="another", fingerprint="another-64")
        with pytest.raises(CalibrationError, match="for the model another says nothing of the model hash"):
            Searcher(library(FLU), HashEncoder(), another)

    def test_is_needed_to_answer_and_not_to_rank(self, library: Library) -> None:
        without = Searcher(library(FLU), HashEncoder())
        with pytest.raises(CalibrationError, match="nothing was fitted for the model hash"):
            without.ask("fever")
        with pytest.raises(CalibrationError, match="nothing was fitted for the model hash"):
            without.answer_features(without.search("fever"))
        assert ids(without.rank("fever")) == ["flu#signs", "flu#care"]

    def test_ranks_as_it_answers(self, library: Library) -> None:
        searcher = asked(library(FLU), plain_calibration())
        for question in ("fever", "tea in bed", "nothing of it"):
            for k in (1, 2, 9):
                assert searcher.rank(question, k) == searcher.ask(question, k).hits


SWOLLEN = "fever in a swollen calf"
DANGERS = {
    "flu": (
        "# Flu\n\n## Signs\n\nBlue lips and fever.\n\n## Danger\n\nCall a doctor for blue lips.\n\n"
        "## Care\n\nRest in bed.\n"
    ),
    "legs": "# Legs\n\n## Danger\n\nCall a doctor for a swollen calf.\n",
}


def warned(threshold: float, notice: Sequence[float] = (0.0, 0.0, 0.0, 0.0), answered: float = 0.0) -> Calibration:
    """A section headed "Danger" is one of warning signs; where `notice` weighs nothing, its probability is 1 / 2."""
    return replace(
        plain_calibration(answered),
        headings=told(SECTIONS, {"danger": "warning"}),
        notice=NoticeModel(Logistic(np.array(notice), 0.0), threshold),
    )


def by(feature: str) -> list[float]:
    """The weights of a notice that goes by one feature alone."""
    return [float(name == feature) for name in NOTICE_FEATURES]


class TestTheConfidence:
    def weighed(self, reader: Reader, question: str, **changes: Any) -> dict[str, float]:
        """What each feature comes to for a question, in a library of so few passages that its size counts little."""
        searcher = asked(reader, replace(plain_calibration(), **changes))
        features = searcher.answer_features(searcher.search(question)).confidence
        return dict(zip(CONFIDENCE, features.tolist(), strict=False))

    def test_counts_the_words_that_the_best_passages_have(self, library: Library) -> None:
        # Of "fever", "cough" and "bus" the articles have two, headings count: "signs" is the third.
        weighed = self.weighed(library(FLU), "signs of fever, cough on the bus")
        assert weighed["found"] == pytest.approx(math.log(4))
        assert weighed["missing"] == pytest.approx(math.log(2))

    def test_counts_the_medical_names_that_the_library_has_not(self, library: Library) -> None:
        reader = library(FLU)
        assert self.weighed(reader, "does ibuprofen help a fever")["unknown"] == 1
        assert self.weighed(reader, "ibuprofen or warfarin or metformin")["unknown"] == 2
        assert self.weighed(reader, "is fever a sign of flu")["unknown"] == 0

    def test_counts_the_tokens_of_the_question(self, library: Library) -> None:
        assert self.weighed(library(FLU), "fever at night")["tokens"] == pytest.approx(math.log(4))

    def test_sees_the_worst_of_the_question_s_tokens_in_the_first_passage(self, library: Library) -> None:
        # "fever" stands in the passage, "bandage" is far from all of its words: of two tokens the worst is one.
        reader = library(FLU)
        weighed = self.weighed(reader, "fever bandage")
        fever, bandage = rotate(HashEncoder().encode_queries(["fever", "bandage"]))
        kept = reader.token_vectors(0)
        assert reader.passage(0).id == "flu#signs"
        assert weighed["weakest"] == pytest.approx(float((kept @ bandage).max()), abs=1e-5)
        assert weighed["late"] == pytest.approx((float((kept @ fever).max()) + weighed["weakest"]) / 2, abs=1e-5)
        assert weighed["weakest"] < 0.2 < weighed["late"]

    def test_sees_how_surely_the_question_wants_what_no_section_gives(self, library: Library) -> None:
        # 1 of 9 kinds in equal parts is 1 to 8.
        assert self.weighed(library(FLU), "fever")["other"] == pytest.approx(-math.log(8))
        surely = {"questions": told(QUESTIONS, {"fever": "warning"})}
        assert self.weighed(library(FLU), "fever", **surely)["other"] == pytest.approx(-math.log(9999))

    def test_goes_by_what_the_model_hands_out_of_its_layers(self, library: Library) -> None:
        class Layers(HashEncoder):
            """Six layers: the second and those above are the vector, ever shorter, those below it nothing."""

            def encode_layers(self, texts: Sequence[str]) -> tuple[Vectors, Vectors, list[Vectors]]:
                vectors = self.encode_queries(texts)
                parts = [0, 1, 1 / 2, 1 / 4, 1 / 8, 1 / 16]
                layers = np.stack([part * vectors for part in parts], axis=1).astype(np.float32)
                return vectors, layers, self._tokens(texts)

        one = told((*KINDS, "other"), {"fever": "warning"})
        five = replace(one, of_features=np.tile(one.of_features / 5, (5, 1)))
        reader = library(FLU)
        unlayered = asked(reader, replace(plain_calibration(), questions=one))
        plain = unlayered.answer_features(unlayered.search("fever"))
        # The two middle ones of five layers are the vector twice.
        never = SupportVectors(np.zeros((1, 128), np.float32), np.zeros(1, np.float32), 0.0)
        safety = plain_calibration().safety
        known = replace(
            plain_calibration(),
            questions=five,
            urgency=never,
            safety=replace(
                safety,
                detector=never,
                classes=replace(safety.classes, of_features=np.tile(safety.classes.of_features, (2, 1))),
            ),
        )
        layered = Searcher(reader, Layers(), known)
        assert layered.answer_features(layered.search("fever")).confidence == pytest.approx(plain.confidence, abs=1e-5)
        assert ids(layered.ask("fever").hits) == ids(asked(reader, known_by(one)).ask("fever").hits)

    def test_is_refused_where_it_was_fitted_for_other_features(self, library: Library) -> None:
        questions = replace(plain_calibration().questions, of_features=np.zeros((256, len(KINDS) + 1), np.float32))
        searcher = asked(library(FLU), replace(plain_calibration(), questions=questions))
        with pytest.raises(CalibrationError, match="goes by 256 features, the model gives 64") as refused:
            searcher.ask("fever")
        assert "wellread fit" in str(refused.value)


class TestTheUrgentNotice:
    def test_appears_from_its_threshold_on(self, library: Library) -> None:
        reader = library(DANGERS)
        reached = asked(reader, warned(0.5)).ask("my lips are blue").urgent
        assert reached is not None
        assert reached.id == "flu#danger"
        assert asked(reader, warned(math.nextafter(0.5, 1))).ask("my lips are blue").urgent is None

    def test_quotes_the_line_that_the_question_tells_of(self, library: Library) -> None:
        danger = "## Danger\n\n- Blue lips.\n- A stiff neck.\n- Call an ambulance for a swollen tongue.\n"
        searcher = asked(library({"flu": f"# Flu\n\n{danger}"}), warned(0.5))
        for question, line, level in (
            ("my neck is stiff", "A stiff neck.", "doctor"),
            ("blue lips", "Blue lips.", "doctor"),
            ("swollen tongue", "Call an ambulance for a swollen tongue.", "emergency"),
        ):
            answer = searcher.ask(question)
            assert answer.urgent is not None
            assert answer.urgent_sign is not None
            assert answer.urgent.quote(answer.urgent_sign.sentence) == line
            assert answer.urgent_sign.level == level

    def test_weighs_how_near_the_nearest_sign_is(self, library: Library) -> None:
        searcher = asked(library(DANGERS), warned(0.5, by("sign")))
        for question, line in (
            ("blue lips", ("Flu", "Danger", "Call a doctor for blue lips.")),
            ("is a calf swollen", ("Legs", "Danger", "Call a doctor for a swollen calf.")),
        ):
            sign = searcher.answer_features(searcher.search(question)).sign
            assert sign is not None
            nearest = cosine(question, f"{line[0]}. {line[1]}: {line[2]}")
            assert sign[1][NOTICE_FEATURES.index("sign")] == pytest.approx(nearest, abs=2e-3)

    def test_weighs_how_far_the_sign_is_above_the_article_s_other_sections(self, library: Library) -> None:
        searcher = asked(library(DANGERS), warned(0.5))
        question = "blue lips"
        features = searcher.answer_features(searcher.search(question)).sign
        assert features is not None
        lead = cosine(question, "Flu. Danger: Call a doctor for blue lips.") - max(
            cosine(question, "Flu. Signs: Blue lips and fever."), cosine(question, "Flu. Care: Rest in bed.")
        )
        assert features[1][NOTICE_FEATURES.index("beside")] == pytest.approx(lead, abs=2e-3)

    def test_weighs_the_words_that_the_sign_has(self, library: Library) -> None:
        # Of "lips", "blue" and "cold" the line has two.
        searcher = asked(library(DANGERS), warned(0.5))
        features = searcher.answer_features(searcher.search("my lips are blue and cold")).sign
        assert features is not None
        assert features[1][NOTICE_FEATURES.index("words")] == pytest.approx(2 / 3)

    def test_weighs_how_surely_something_is_happening(self, library: Library) -> None:
        # "now" lies on the one support vector, at a margin of 3 - 1; "lips" is nearly as far from it as can be.
        now, lips = HashEncoder().encode_queries(["now", "lips"])
        known = replace(
            warned(0.5, by("urgency")), urgency=SupportVectors(now[np.newaxis], np.array([3.0], np.float32), -1.0)
        )
        margin = 3 * math.exp(-GAMMA * float(((now - lips) ** 2).sum())) - 1
        assert margin < 0
        searcher = asked(library(DANGERS), known)
        for question, urgency in (("now", 2.0), ("lips", margin)):
            sign = searcher.answer_features(searcher.search(question)).sign
            assert sign is not None
            assert sign[1][NOTICE_FEATURES.index("urgency")] == pytest.approx(urgency, abs=1e-5)
        assert searcher.ask("now").urgent is not None
        assert searcher.ask("lips").urgent is None

    def test_quotes_the_section_that_is_nearest_to_the_question(self, library: Library) -> None:
        searcher = asked(library(DANGERS), warned(0.0))
        for question, name in (("blue lips", "flu#danger"), ("swollen calf", "legs#danger")):
            urgent = searcher.ask(question).urgent
            assert urgent is not None
            assert urgent.id == name

    def test_quotes_the_article_of_the_first_passage_that_has_signs(self, library: Library) -> None:
        # The nearest sign of all is that of the flu; the article about legs has the passage that comes first.
        legs = "# Cold legs\n\n## Danger\n\nCall a doctor for blue lips and cold legs.\n\nA stiff knee.\n"
        flu = f"# Flu\n\n## Danger\n\n{said(LONG)}\n\nCall a doctor for blue lips.\n"
        answer = asked(library({"legs": legs, "flu": flu}), warned(0.0)).ask("blue lips and cold legs", 3)
        assert ids(answer.hits)[0] == "legs#danger"
        assert answer.urgent is not None
        assert answer.urgent.id == "legs#danger"

    def test_quotes_nothing_that_is_far_behind(self, library: Library) -> None:
        # Sections about a calf come first, as many as are looked into; that of the flu is among them without one.
        flu = {"flu": "# Flu\n\n## Danger\n\nCall a doctor for blue lips.\n"}
        for count, noticed in ((NOTICE_CANDIDATES - 1, True), (NOTICE_CANDIDATES, False)):
            calf = "".join(f"## Care {n}\n\nFever in a swollen calf, part {n}.\n\n" for n in range(count))
            answer = asked(library(flu | {"calf": f"# Calf\n\n{calf}"}), warned(0.0)).ask(SWOLLEN, 100)
            assert (answer.urgent is not None) == noticed
            assert any(hit.passage.id == "flu#danger" for hit in answer.hits)

    def test_quotes_no_article_that_comes_after_several_others(self, library: Library) -> None:
        flu = {"flu": "# Flu\n\n## Danger\n\nCall a doctor for blue lips.\n"}
        for before, noticed in ((ARTICLES_BEFORE, True), (ARTICLES_BEFORE + 1, False)):
            calves = {f"calf{n}": f"# Calf\n\n## Care\n\nFever in a swollen calf, part {n}.\n" for n in range(before)}
            answer = asked(library(flu | calves), warned(0.0)).ask(SWOLLEN, 100)
            assert (answer.urgent is not None) == noticed

    def test_quotes_no_section_under_another_heading(self, library: Library) -> None:
        # Under "Signs" stand the question's own words, and it is found first; the notice quotes the other section.
        reader = library(DANGERS)
        answer = asked(reader, warned(0.0)).ask("blue lips and fever")
        assert answer.hits[0].passage.id == "flu#signs"
        assert answer.urgent is not None
        assert answer.urgent.id == "flu#danger"

    def test_quotes_the_section_that_an_article_names_itself(self, library: Library) -> None:
        # No heading is of that kind; the article about the flu names "Signs", the one about legs nothing.
        marked = "---\nwarning: Signs\n---\n# Flu\n\n## Signs\n\nBlue lips.\n\n## Care\n\nRest in bed.\n"
        reader = library({"flu": marked, "legs": "# Legs\n\n## Danger\n\nA swollen calf.\n"})
        known = replace(warned(0.0), headings=plain_calibration().headings)
        for question in ("blue lips", "swollen calf"):
            urgent = asked(reader, known).ask(question).urgent
            assert urgent is not None
            assert urgent.id == "flu#signs"

    def test_does_not_appear_where_no_section_warns(self, library: Library) -> None:
        searcher = asked(library(FLU), warned(0.0))
        assert searcher.answer_features(searcher.search("fever")).sign is None
        assert searcher.ask("fever").urgent is None

    def test_appears_beside_an_answer_that_is_not_covered(self, library: Library) -> None:
        answer = asked(library(DANGERS), warned(0.5, answered=1.0)).ask("my lips are blue")
        assert answer.state == "not_covered"
        assert answer.urgent is not None

    def test_names_no_doctor_of_another_article_below_the_safety_card(self, library: Library) -> None:
        # The first passage is of the article about wishes; that about the flu has the only sign.
        wish = "# Wish to die\n\n## Care\n\nI want to kill myself.\n"
        for line, noticed in (("Call a doctor for blue lips.", False), ("Call an ambulance for blue lips.", True)):
            flu = f"# Flu\n\n## Danger\n\n{line}\n"
            searcher = asked(library({"flu": flu, "wish": wish}), warned(0.0))
            answer = searcher.ask("I want to kill myself, blue lips")
            assert answer.safety is not None
            assert (answer.hits[0].passage.article, answer.urgent is not None) == ("wish", noticed)
            assert searcher.ask("blue lips").urgent is not None

    def test_changes_nothing_about_the_rest_of_the_answer(self, library: Library) -> None:
        reader = library(DANGERS)
        with_notice = asked(reader, warned(0.5)).ask("my lips are blue", 2)
        without = asked(reader, warned(1.0)).ask("my lips are blue", 2)
        assert with_notice.urgent is not None
        assert replace(with_notice, urgent=None, urgent_sign=None) == without

    def test_is_found_below_the_passages_that_are_shown(self, library: Library) -> None:
        answer = asked(library(DANGERS), warned(0.5)).ask("rest in bed", 1)
        assert ids(answer.hits) == ["flu#care"]
        assert answer.urgent is not None

    def test_takes_the_first_of_two_sections_that_are_equally_near(self, library: Library) -> None:
        words = "## Danger\n\nCall a doctor.\n"
        answer = asked(library({"b": f"# Flu\n\n{words}", "a": f"# Flu\n\n{words}"}), warned(0.5)).ask("doctor")
        assert answer.urgent is not None
        assert answer.urgent.id == "a#danger"


LONG = (
    "cold water salt sugar night morning walking running sleeping sitting standing stretching heat ice tea coffee "
    "bread butter milk cheese"
).split()


def said(words: Sequence[str]) -> str:
    return " ".join(words).capitalize() + "."


class TestRepeats:
    def test_name_the_better_hit_with_the_same_words(self, library: Library) -> None:
        # One word of 22, the heading, is another.
        text = said(LONG)
        reader = library({"a": f"# A\n\n## Care\n\n{text}\n\n## Help\n\n{text}\n\n## Signs\n\nFever.\n"})
        assert cosine(f"Care: {text}", f"Help: {text}") >= DUPLICATE_SIMILARITY
        hits = Searcher(reader, HashEncoder()).rank("help cold water salt")
        assert [(hit.passage.id, hit.same_as) for hit in hits] == [
            ("a#help", ""),
            ("a#care", "a#help"),
            ("a#signs", ""),
        ]

    def test_all_name_the_first(self, library: Library) -> None:
        text = f"# A\n\n## Care\n\n{said(LONG)}\n"
        hits = Searcher(library(dict.fromkeys("abcd", text)), HashEncoder()).rank("cold water")
        assert [(hit.passage.id, hit.same_as) for hit in hits] == [
            ("a#care", ""),
            ("b#care", "a#care"),
            ("c#care", "a#care"),
            ("d#care", "a#care"),
        ]

    def test_make_no_chain(self, library: Library) -> None:
        # b has other words than a at its start, c besides at its end: c says the same as b, and not the same as a.
        first = [*LONG[:18], "ham"]
        second = ["magnesium", *first[1:]]
        third = [*second[:-2], "iron", "zinc"]
        one, two, three = (f"Care: {said(words)}" for words in (first, second, third))
        assert cosine(one, two) >= DUPLICATE_SIMILARITY
        assert cosine(two, three) >= DUPLICATE_SIMILARITY
        assert cosine(one, three) < DUPLICATE_SIMILARITY
        articles = {
            name: f"# A\n\n## Care\n\n{said(words)}\n"
            for name, words in zip("abc", (first, second, third), strict=True)
        }
        hits = Searcher(library(articles), HashEncoder()).rank(" ".join(first))
        assert [(hit.passage.id, hit.same_as) for hit in hits] == [("a#care", ""), ("b#care", "a#care"), ("c#care", "")]

    def test_are_found_where_one_passage_says_more(self, library: Library) -> None:
        # Whatever "b" says stands in "a", which goes on.
        text = said(LONG)
        reader = library({"a": f"# A\n\n## Care\n\n{text} Fever is a sign.\n", "b": f"# A\n\n## Care\n\n{text}\n"})
        hits = Searcher(reader, HashEncoder()).rank("cold water salt")
        assert sorted((hit.passage.id, bool(hit.same_as)) for hit in hits[1:]) == [(hits[1].passage.id, True)]

    def test_are_not_passages_with_half_their_sentences_in_common(self, library: Library) -> None:
        text = said(LONG)
        reader = library(
            {
                "a": f"# A\n\n## Care\n\n{text} Fever is a sign.\n",
                "b": f"# A\n\n## Care\n\n{text} Bandages stop blood.\n",
            }
        )
        assert [hit.same_as for hit in Searcher(reader, HashEncoder()).rank("cold water salt")] == ["", ""]

    def test_name_only_hits_that_are_shown(self, library: Library) -> None:
        text = f"# A\n\n## Care\n\n{said(LONG)}\n"
        searcher = Searcher(library(dict.fromkeys("abc", text)), HashEncoder())
        for k in (1, 2, 3):
            hits = searcher.rank("cold water", k)
            assert {hit.same_as for hit in hits} - {""} <= set(ids(hits))


class TestTheMarkedSentence:
    def test_is_none_of_two_that_are_equally_near(self, library: Library) -> None:
        # The small encoder does not know in which order words stand.
        (hit,) = Searcher(library({"a": "# A\n\n## Care\n\nRest your leg. Your leg rest.\n"}), HashEncoder()).rank(
            "leg"
        )
        assert len(hit.passage.sentences) == 2
        assert hit.sentence is None

    @pytest.mark.parametrize("question", ["rest your leg", "drink", "nothing of it", "leg water", "care"])
    def test_is_the_nearest_where_it_stands_out(self, library: Library, question: str) -> None:
        (hit,) = Searcher(library({"a": "# A\n\n## Care\n\nRest your leg. Drink water.\n"}), HashEncoder()).rank(
            question
        )
        cosines = [cosine(question, sentence_text(hit.passage, sentence)) for sentence in hit.passage.sentences]
        lead = abs(cosines[0] - cosines[1])
        assert abs(lead - HIGHLIGHT_MARGIN) > 1e-3
        nearest = hit.passage.sentences[cosines.index(max(cosines))]
        assert hit.sentence == (nearest if lead > HIGHLIGHT_MARGIN else None)

    @pytest.mark.parametrize("question", ["rest", "nothing of it matches here", "🦵"])
    def test_is_the_only_one_of_a_passage_whatever_is_asked(self, library: Library, question: str) -> None:
        (hit,) = Searcher(library({"a": "# A\n\n## Care\n\nRest your leg.\n"}), HashEncoder()).rank(question)
        assert hit.sentence == hit.passage.sentences[0]
        assert hit.passage.quote(hit.passage.sentences[0]) == "Rest your leg."

    @pytest.mark.parametrize("word", ["No.", "Yes.", "Sometimes."])
    def test_is_never_a_paragraph_s_one_word(self, library: Library, word: str) -> None:
        reader = library({"a": f"# A\n\n## Plane\n\n{word} Rest your leg often.\n"})
        (hit,) = Searcher(reader, HashEncoder()).rank(f"plane {word}")
        assert [hit.passage.quote(sentence) for sentence in hit.passage.sentences] == [word, "Rest your leg often."]
        assert hit.sentence == hit.passage.sentences[1]

    def test_may_be_a_list_s_one_word(self, library: Library) -> None:
        (hit,) = Searcher(library({"a": "# A\n\n## Signs\n\n- Fever\n- Cough\n"}), HashEncoder()).rank("fever")
        assert hit.sentence is not None
        assert hit.passage.quote(hit.sentence) == "Fever"


class TestAnotherLanguage:
    QUESTION = "¿Puedo tomar té con fiebre durante el embarazo?"

    def test_is_named_in_its_own_words_and_what_has_a_word_of_it_is_shown(self, library: Library) -> None:
        reader = library(FLU | {"te": "# Té\n\n## Fiebre\n\nUn té.\n"})
        for answered, closest, state in ((0.0, 0.0, "answered"), (1.0, 0.0, "closest"), (1.0, 1.0, "closest")):
            known = replace(plain_calibration(), thresholds=Thresholds(answered, closest))
            answer = asked(reader, known).ask(self.QUESTION)
            assert (answer.state, answer.language_note) == (state, "Solo podemos buscar en inglés.")

    def test_is_not_covered_where_no_passage_has_a_word_of_it(self, library: Library) -> None:
        known = replace(plain_calibration(), thresholds=Thresholds(1.0, 1.0))
        answer = asked(library(FLU), known).ask("Wie lange dauert eine Hüftoperation?")
        assert (answer.state, answer.language_note) == ("not_covered", "Wir können nur auf Englisch suchen.")

    def test_says_nothing_where_the_articles_are_not_english(self, library: Library) -> None:
        spanish = "---\nlanguage: es\n---\n# Gripe\n\n## Signos\n\nFiebre.\n"
        known = replace(plain_calibration(), thresholds=Thresholds(1.0, 1.0))
        answer = asked(library({"gripe": spanish}), known).ask(self.QUESTION)
        assert (answer.state, answer.language_note) == ("not_covered", "")

    def test_is_told_by_most_of_the_articles(self, library: Library) -> None:
        spanish = "---\nlanguage: es-MX\n---\n# Gripe\n\n## Signos\n\nFiebre.\n"
        british = FLU["flu"].replace("# Flu", "---\nlanguage: en-GB\n---\n# Flu")
        reader = library({"a": spanish, "b": british, "c": FLU["flu"]})
        question = "¿Cuánto dura una operación de cadera?"
        assert asked(reader, plain_calibration()).ask(question).language_note == "Solo podemos buscar en inglés."

    def test_is_not_named_above_a_passage_in_the_reader_s_own(self, library: Library) -> None:
        spanish = "---\nlanguage: es-MX\n---\n# Gripe\n\n## Signos\n\nFiebre.\n"
        answer = asked(library(FLU | {"gripe": spanish, "c": FLU["flu"]}), plain_calibration()).ask(self.QUESTION)
        assert (answer.hits[0].passage.article, answer.language_note) == ("gripe", "")

    def test_is_none_of_an_english_question(self, library: Library) -> None:
        known = replace(plain_calibration(), thresholds=Thresholds(1.0, 1.0))
        answer = asked(library(FLU), known).ask("may I drink tea when I have a fever")
        assert (answer.state, answer.language_note) == ("not_covered", "")


class TestTheSafetyCard:
    def test_stands_where_a_rule_tells_of_an_emergency(self, library: Library) -> None:
        searcher = asked(library(FLU), plain_calibration())
        card = searcher.ask("I want to kill myself").safety
        assert card is not None
        assert card.kind == "self_harm"
        assert searcher.ask("fever at night").safety is None

    def test_stands_from_its_threshold_on(self, library: Library) -> None:
        # "now" lies on the one support vector, at a margin of 1; 13 classes in equal parts add 0.2 ln 12. The kind is
        # told by the word.
        (now,) = HashEncoder().encode_queries(["now"])
        score = 1.0 + 0.2 * math.log(12)
        plain = plain_calibration()
        reader = library(FLU)
        for threshold, kind in ((score - 1e-4, "choking"), (score + 1e-4, None)):
            safety = replace(
                plain.safety,
                detector=SupportVectors(now[np.newaxis], np.ones(1, np.float32), 0.0),
                kinds=told(EMERGENCY_KINDS, {"now": "choking"}, "other"),
                threshold=threshold,
            )
            card = asked(reader, replace(plain, safety=safety)).ask("now").safety
            assert (card.kind if card else None) == kind
