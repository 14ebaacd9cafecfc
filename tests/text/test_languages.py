"""Questions in other languages are known as such, and English ones never are, however they are written."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from wellread.text.languages import language_of, only_in

FOREIGN = Path(__file__).parent.parent / "fixtures" / "questions" / "foreign.tsv"
TWENTY = "zh hi es fr ar bn pt ru ur id de ja mr te tr ta vi tl ko fa".split()
"""The languages that most people speak, English left out."""


def foreign_questions() -> list[tuple[str, str]]:
    lines = FOREIGN.read_text(encoding="utf-8").splitlines()
    return [(language, question) for language, question in (line.split("\t") for line in lines)]


class TestQuestionsInOtherLanguages:
    def test_are_told_by_their_language(self) -> None:
        questions = foreign_questions()
        assert len(questions) >= 200
        assert set(TWENTY) <= {language for language, _ in questions}
        wrong = [question for language, question in questions if language_of(question) != language]
        assert wrong == ["Posso tomar ibuprofeno durante a gravidez?"]  # Portuguese, as near to Italian

    def test_are_each_told_what_we_search_in(self) -> None:
        counted = Counter(language for language, _ in foreign_questions())
        assert all(only_in(language, "en") for language in counted)
        assert only_in("de", "en") == "Wir können nur auf Englisch suchen."
        assert only_in("de", "en-GB") == "Wir können nur auf Englisch suchen."

    @pytest.mark.parametrize(("language", "articles"), [("en", "en"), ("es", "es"), ("de", "fr"), ("hu", "en")])
    def test_hear_nothing_that_would_be_wrong_or_that_we_cannot_say(self, language: str, articles: str) -> None:
        assert only_in(language, articles) is None

    @pytest.mark.parametrize(("question", "language"), [("頭痛がします", "ja"), ("боль в груди", "ru"), ("두통", "ko")])
    def test_may_be_short_in_another_script(self, question: str, language: str) -> None:
        assert language_of(question) == language


class TestEnglishQuestions:
    @pytest.mark.parametrize(
        "question",
        [
            "what should I do if my child has a fever?",
            "wat shud i do abowt my ketons",
            "can i stil play footy wiv artritic nees",
            "does voltarol gel werk on ur hip",
            "The tube for urine after cutting birth, when is it taken out?",
            "warfarin brufen arthritis",
            "Eliquis, haematuria",
            "triptan angina",
            "borscht wee",
            "rubella",
            "ibuprofen naproxen diclofenac ketoprofen together",
            "placenta praevia lupus erythematosus",
            "WHAT HELPS AGAINST MIGRAINE?",
            "Ménière's disease",
            "β-blockers and asthma",
            "2 x 500 mg",
            "???",
            "",
        ],
    )
    def test_are_not_taken_for_another_language(self, question: str) -> None:
        assert language_of(question) is None

    def test_of_two_words_are_never_sure(self) -> None:
        assert language_of("ibuprofeno dosis") is None
