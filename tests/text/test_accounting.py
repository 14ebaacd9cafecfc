"""Words that came in against words that are shown: what is missing, what is invented, and where."""

from __future__ import annotations

import time

import pytest

from wellread.text.accounting import Run, WordDifference, compare_words, list_runs


def missing(source: str, shown: str) -> list[str]:
    return [run.words for run in compare_words(source, shown).missing]


def test_same_words_in_another_order_are_not_lost() -> None:
    source = "Take one. If you cough blood, call 112. Rest a lot."
    assert compare_words(source, "Rest a lot. Take one. If you cough blood, call 112.") == WordDifference((), ())


def test_run_is_told_as_it_was_written_with_the_words_before_it() -> None:
    found = compare_words("Drink water often. Call 112 at once if you faint! Rest.", "Drink water often. Rest now.")
    assert found.missing == (Run("Call 112 at once if you faint!", "Drink water often."),)
    assert found.invented == (Run("now.", "water often. Rest"),)


def test_sentence_written_twice_and_shown_once_is_missing_once_and_whole() -> None:
    source = "Call the ward. Sleep well. Call the ward."
    assert compare_words(source, "Call the ward. Sleep well.").missing == (Run("Call the ward.", "ward. Sleep well."),)


def test_word_that_stands_elsewhere_too_is_missing_among_its_missing_neighbours() -> None:
    source = "Do not smoke. Do not take two tablets. Eat well."
    assert missing(source, "Do not smoke. Eat well.") == ["Do not take two tablets."]


def test_one_word_lost_from_the_middle_of_a_sentence() -> None:
    found = compare_words("You should not drive home. You should rest.", "You should drive home. You should rest.")
    assert found.missing == (Run("not", "You should"),)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("Don’t wait", "don't wait"),
        ("ef\ufb01cient \ufb02uid", "efficient fluid"),
        ("in\u00adfor\u00adma\u00adtion", "information"),
        ("infor-\nmation for you", "information for you"),
        ("5mg, 10 kg", "5 mg, 10kg"),
        ("10<sup> 9".replace("<sup>", ""), "10⁹"),
        ("cafe\u0301", "café"),
        ("dose\u200bs", "doses"),
        ("a H 2 O b", "a H2O b"),
    ],
)
def test_spelling_of_the_same_word_makes_no_difference(source: str, shown: str) -> None:
    assert compare_words(source, shown) == WordDifference((), ())


@pytest.mark.parametrize(
    ("source", "shown", "lost"),
    [
        ("2.5 mg", "25 mg", ["2.5"]),
        ("<38 °C", "38 °C", ["<"]),
        ("fall of 5 % a year", "fall of 5 a year", ["%"]),
        ("हर दिन पानी पिएं", "हर दिन पिएं", ["पानी"]),
        ("毎日水を飲む", "毎日飲む", ["水を"]),
        ("خذ حبة واحدة", "خذ حبة", ["واحدة"]),
    ],
)
def test_numbers_signs_and_scripts(source: str, shown: str, lost: list[str]) -> None:
    assert missing(source, shown) == lost


def test_two_books_are_compared_in_a_moment() -> None:
    words = " ".join(f"word{at % 1000} the {at}" for at in range(15_000))
    begun = time.process_time()
    found = compare_words(words, words.replace("the 9000 ", ""))
    assert [run.words for run in found.missing] == ["the 9000"]
    assert time.process_time() - begun < 5


def test_runs_as_a_note_lists_them() -> None:
    runs = (Run("not", "You should"), Run("Call the ward now."), Run("a b c d", "x"))
    assert list_runs(runs, most=2) == '"… You should [not]", "Call the ward now." and 1 more'


def test_word_in_pieces_is_known_where_the_same_pieces_stand_elsewhere_as_words() -> None:
    source = "Rest days help. Take rest-days. Restdays are days of rest."
    shown = "Rest days help. Take restdays. Restdays are days of rest."
    assert compare_words(source, shown) == WordDifference((), ())


def test_letters_of_scripts_without_spaces_count_one_by_one_behind_other_letters() -> None:
    assert compare_words("开具GnRH类似物**一年**后", "开具GnRH类似物一年后").missing == ()
