"""Questions wait in memory until enough visits asked alike; the one in the middle speaks for them."""

from __future__ import annotations

from collections import Counter
from datetime import date

import numpy as np
import pytest

from wellread.insights import groups
from wellread.insights.groups import Group, Outcome, Visit, Waiting, WaitingQuestions, WaitingWords

DAY = date(2026, 11, 2)
NONE: Outcome = ("not_covered", "")


def asked(words: str, degrees: float, session: str, day: date = DAY) -> Waiting:
    """A question whose vector points into a direction; those less than 45.6 degrees apart are near (cosine 0.7)."""
    angle = np.radians(degrees)
    return Waiting(words, np.array([np.cos(angle), np.sin(angle)], np.float32), session, day, NONE)


def test_nothing_is_kept_before_enough_visits_asked_alike() -> None:
    waiting = WaitingQuestions()
    assert [waiting.add(asked("gout diet", 0, name), 3, DAY) for name in ("a", "b")] == [None, None]
    assert waiting.add(asked("gout diet", 0, "c"), 3, DAY) == Group("gout diet", Counter({NONE: 3}))
    assert len(waiting) == 0


def test_one_visit_that_asks_again_and_again_counts_once() -> None:
    waiting = WaitingQuestions()
    answers = [waiting.add(asked(f"gout {word}", 0, "a"), 2, DAY) for word in ("diet", "food", "meals", "diet")]
    assert answers == [None, None, None, None]
    assert len(waiting) == 3  # the same words of the same visit are one question
    found = waiting.add(asked("gout menu", 0, "b"), 2, DAY)
    assert found is not None
    assert found.asked == Counter({NONE: 2})


def test_the_question_in_the_middle_gives_its_words() -> None:
    # 0 and 60 degrees are not near to one another; 30 is near to both.
    waiting = WaitingQuestions()
    assert waiting.add(asked("left of it", 0, "a"), 3, DAY) is None
    assert waiting.add(asked("right of it", 60, "b"), 3, DAY) is None
    found = waiting.add(asked("between them", 30, "c"), 3, DAY)
    assert found == Group("between them", Counter({NONE: 3}))


def test_questions_that_are_not_near_make_no_group() -> None:
    waiting = WaitingQuestions()
    assert waiting.add(asked("one thing", 0, "a"), 2, DAY) is None
    assert waiting.add(asked("another thing", 46, "b"), 2, DAY) is None
    assert waiting.add(asked("near the first", -45, "c"), 2, DAY) is not None


def test_a_story_in_the_middle_is_not_told() -> None:
    waiting = WaitingQuestions()
    story = "gout " + "and more " * 12
    assert waiting.add(asked(story, 30, "a"), 2, DAY) is None
    found = waiting.add(asked("gout pain", 0, "b"), 2, DAY)
    assert found is not None
    assert found.words == "gout pain"
    assert waiting.add(asked(story, 30, "c"), 2, DAY) is None
    assert waiting.add(asked(story, 30, "d"), 2, DAY) is None


def test_what_is_too_old_is_forgotten() -> None:
    waiting = WaitingQuestions()
    waiting.add(asked("gout diet", 0, "a", date(2026, 11, 1)), 2, date(2026, 11, 1))
    assert waiting.add(asked("gout diet", 0, "b"), 2, date(2026, 11, 2)) is None
    assert len(waiting) == 1


def test_only_the_last_questions_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "MOST_WAITING", 2)
    waiting = WaitingQuestions()
    for degrees, name in ((0, "a"), (90, "b"), (180, "c")):
        waiting.add(asked("gout diet", degrees, name), 2, DAY)
    assert waiting.add(asked("gout diet", 0, "d"), 2, DAY) is None
    assert len(waiting) == 2


def test_what_readers_say_of_the_answer_is_counted_with_the_group() -> None:
    waiting = WaitingQuestions()
    waiting.add(asked("gout diet", 0, "a"), 2, DAY)
    waiting.help("gout diet", "a", helped=False)
    waiting.help("gout diet", "nobody", helped=True)
    found = waiting.add(asked("gout diet", 0, "b"), 2, DAY)
    assert found == Group("gout diet", Counter({NONE: 2}), Counter(), Counter({NONE: 1}))


def test_words_are_told_when_enough_visits_used_them() -> None:
    words = WaitingWords()
    today = Visit("a", DAY, DAY)
    assert words.add(["zorblatin"], today, 2) == []
    assert words.add(["zorblatin"], today, 2) == []
    assert words.add(["zorblatin", "cough"], Visit("b", DAY, DAY), 2) == ["zorblatin"]
    assert words.add(["zorblatin"], Visit("c", DAY, DAY), 2) == []


def test_words_that_are_too_old_are_forgotten() -> None:
    words = WaitingWords()
    words.add(["zorblatin"], Visit("a", date(2026, 11, 1), date(2026, 11, 1)), 2)
    words.add(["cough"], Visit("b", DAY, DAY), 2)
    assert words.add(["zorblatin"], Visit("c", DAY, DAY), 2) == []
