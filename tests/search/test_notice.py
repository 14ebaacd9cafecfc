"""The urgent notice: whom the lines of a section send to, the nearest sign, and its features by hand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from wellread.datatypes import Block, NoticeLevel, Passage, Sentence
from wellread.search.notice import (
    ARTICLES_BEFORE,
    BESIDE_CARD,
    FROM_ANOTHER,
    NOTICE_FEATURES,
    Asked,
    Sign,
    WarningSection,
    is_shown,
    nearest_sign,
    notice_features,
    sign_levels,
)

HERE, THERE = np.array([1, 0], np.float32), np.array([0, 1], np.float32)


def passage(path: Sequence[str], *lines: str) -> Passage:
    """A section, a line a sentence; a line that begins with "- " is a list item."""
    blocks = tuple(
        Block("item", line[2:], number, "•") if line.startswith("- ") else Block("paragraph", line, number)
        for number, line in enumerate(lines, 1)
    )
    sentences = tuple(Sentence(number, 0, len(block.text)) for number, block in enumerate(blocks))
    return Passage("gout#signs", "gout", "Gout", tuple(path), "signs", blocks, sentences)


def section(row: int, *vectors: NDArray[np.float32]) -> WarningSection:
    """A section with a sign for each vector."""
    lines = [f"- Sign {number}, swollen throat" for number in range(len(vectors))]
    levels: list[NoticeLevel | None] = ["emergency"] * len(vectors)
    return WarningSection(row, passage(["Call an ambulance if"], *lines), np.array(vectors), levels)


class TestLevels:
    @pytest.mark.parametrize(
        ("heading", "level"),
        [
            ("Call an ambulance if", "emergency"),
            ("Emergency signs", "emergency"),
            ("Go to hospital now", "emergency"),
            ("Get help at once", "emergency"),
            ("If you take too much", "emergency"),
            ("See a GP if", "doctor"),
            ("When to call a doctor at once", "doctor"),
            ("Ring your midwife or doctor the same day", "doctor"),
            ("Symptoms", None),
            ("Treatment by a doctor", None),
            ("Tests in hospital", None),
        ],
    )
    def test_are_those_of_the_heading(self, heading: str, level: NoticeLevel | None) -> None:
        assert sign_levels(passage([heading], "- your lips swell"), is_warning=False) == (level,)

    def test_are_those_of_the_heading_above(self) -> None:
        assert sign_levels(passage(["When it is an emergency", "Children"], "- a cry that is weak"), False) == (
            "emergency",
        )

    def test_are_those_of_the_paragraph_that_a_list_hangs_on(self) -> None:
        lines = ("Call an ambulance if you:", "- cannot breathe", "See a doctor if:", "- it itches")
        assert sign_levels(passage(["Warning signs"], *lines), is_warning=True) == (None, "emergency", None, "doctor")

    def test_are_those_of_a_line_that_says_itself_what_to_do(self) -> None:
        lines = ("Most rashes fade.", "Call an ambulance if your tongue swells.", "See a doctor if it spreads.")
        assert sign_levels(passage(["Side effects"], *lines), False) == (None, "emergency", "doctor")

    def test_are_a_doctor_in_a_marked_section_that_names_nobody(self) -> None:
        assert sign_levels(passage(["Warning signs"], "- weight loss"), is_warning=True) == ("doctor",)


class TestNearestSign:
    def test_is_the_one_with_the_greatest_cosine(self) -> None:
        sign = nearest_sign(Asked("throat", HERE, 0.0), [section(9, THERE), section(4, THERE, HERE)])
        assert sign is not None
        assert (sign.section.row, sign.sentence, sign.level, sign.cosine) == (4, 1, "emergency", 1.0)

    def test_is_the_first_row_where_signs_are_as_near(self) -> None:
        sign = nearest_sign(Asked("throat", HERE, 0.0), [section(9, HERE), section(4, HERE, HERE)])
        assert sign is not None
        assert (sign.section.row, sign.sentence) == (4, 0)

    def test_is_no_sentence_that_is_no_sign(self) -> None:
        lead = passage(["Call an ambulance if"], "You may notice:", "- a swollen throat")
        sign = nearest_sign(
            Asked("throat", HERE, 0.0), [WarningSection(3, lead, np.array([HERE, THERE]), (None, "emergency"))]
        )
        assert sign is not None
        assert (sign.sentence, sign.cosine) == (1, 0.0)

    def test_is_none_where_there_are_no_signs(self) -> None:
        plain = WarningSection(3, passage(["Causes"], "Salt."), np.array([HERE]), (None,))
        assert nearest_sign(Asked("throat", HERE, 0.0), [plain]) is None


def test_features_are_those_of_question_and_sign() -> None:
    asked = Asked("my throat is swollen and hot", HERE, 1.5)
    sign = nearest_sign(asked, [section(4, HERE)])
    assert sign is not None
    # The sign has "throat" and "swollen" of throat, swollen and hot.
    assert notice_features(asked, sign, rival=0.75) == pytest.approx([1.5, 1.0, 0.25, 2 / 3])
    assert len(NOTICE_FEATURES) == 4


class TestShowing:
    @pytest.mark.parametrize(
        ("level", "before", "confidence", "shown"),
        [
            ("doctor", 0, BESIDE_CARD, True),
            ("doctor", 0, BESIDE_CARD - 0.01, False),
            ("doctor", 1, 1.0, False),
            ("emergency", 0, 0.0, True),
            ("emergency", ARTICLES_BEFORE + 1, 0.0, True),
        ],
    )
    def test_below_the_safety_card_names_a_doctor_only_of_the_article_that_comes_first(
        self, level: NoticeLevel, before: int, confidence: float, shown: bool
    ) -> None:
        assert is_shown(Sign(section(0, HERE), 0, level, 0.5), before, confidence, has_card=True) == shown

    @pytest.mark.parametrize("level", ["doctor", "emergency"])
    @pytest.mark.parametrize(
        ("before", "confidence", "shown"),
        [
            (0, 0.0, True),
            (ARTICLES_BEFORE, FROM_ANOTHER, True),
            (ARTICLES_BEFORE, FROM_ANOTHER - 0.01, False),
            (ARTICLES_BEFORE + 1, 1.0, False),
        ],
    )
    def test_without_a_card_is_of_another_article_only_where_that_is_near_and_the_passages_may_answer(
        self, level: NoticeLevel, before: int, confidence: float, shown: bool
    ) -> None:
        assert is_shown(Sign(section(0, HERE), 0, level, 0.5), before, confidence, has_card=False) == shown
