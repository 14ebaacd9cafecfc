"""What of a question may be kept: no number, no name and no address, and enough to know what was asked."""

from __future__ import annotations

import pytest

from wellread.insights.wording import is_plain, speaks_for_others, wording


def kept(question: str, *articles: str) -> str:
    return wording(question, lambda word: word in articles)


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("can I take ibuprofen while pregnant?", "can I take ibuprofen while pregnant?"),
        ("don't know why I can't sleep; is it the menopause?", "don't know why I can't sleep; is it the menopause?"),
        ("What Is The Best Treatment For Migraine?", "What Is The Best Treatment For Migraine?"),
        ("does Crohn's disease hurt", "does Crohn's disease hurt"),
        ("is it OK to mix Ventolin with Zyrtec", "is it OK to mix Ventolin with Zyrtec"),
    ],
)
def test_plain_words_and_medical_names_stay(question: str, left: str) -> None:
    assert kept(question) == left


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("I am 47 and weigh 81kg, is 500mg too much", "I am … and weigh …, is … too much"),
        ("born 03/11/1971, smoke since 2001", "born …, smoke since …"),
        ("ring me on +49 (0)30 1234-567 about gout", "ring me on … about gout"),
        ("postcode SW1A 2AA, what helps with asthma", "postcode …, what helps with asthma"),
    ],
)
def test_whatever_holds_a_digit_goes(question: str, left: str) -> None:
    assert kept(question) == left


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("I am Priya Chandrasekhar, is this cough bad?", "I am …, is this cough bad?"),
        ("my son mark has a rash", "my son … has a rash"),
        ("my husband john smith is dizzy", "my husband … is dizzy"),
        ("Rose has a fever. What now?", "… has a fever. What now?"),
        ("I'm Will, will it hurt?", "I'm …, will it hurt?"),
        ("dr patel gave me tablets", "… gave me tablets"),
        ("her name is hope springs and she is sick", "her name is … and she is sick"),
        ("we are in Reykjavik, is the water safe", "we are in …, is the water safe"),
        ("the cat is called ginger and scratched me", "the cat is called … and scratched me"),
    ],
)
def test_names_of_people_and_places_go(question: str, left: str) -> None:
    assert kept(question) == left


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("write to a.b-c+d@mail.example.org please", "write to … please"),
        ("write to ann dot lee at mail dot com about my rash", "write to … about my rash"),
        ("see https://me.example/a?b=1 for my rash", "see … for my rash"),
        ("my rash at 14b Upper Mill Lane is red", "my rash at … is red"),
        ("i live in lower slaughter and cough", "i live in … and cough"),
        ("we rent in oak street and cough", "we rent in … and cough"),
        ("the house in Mill Close is damp", "the house in … is damp"),
        ("Ich wohne in der Lindenstraße 12", "… in der …"),
    ],
)
def test_addresses_go(question: str, left: str) -> None:
    assert kept(question) == left


@pytest.mark.parametrize("question", ["she fell in the street and limps", "a drive makes me sick", "come close to me"])
def test_words_that_also_end_addresses_stay(question: str) -> None:
    assert kept(question) == question


def test_a_word_that_is_none_goes_unless_an_article_has_it() -> None:
    assert kept("does zorblatin work") == "does … work"
    assert kept("does zorblatin work", "zorblatin") == "does zorblatin work"


def test_a_name_goes_also_where_an_article_has_it() -> None:
    assert kept("ask sarah about asthma", "sarah") == "ask … about asthma"


def test_words_of_other_languages_stay_where_the_articles_have_them() -> None:
    assert kept("Meine Tochter Heidi hat Fieber", "meine", "tochter", "hat", "fieber") == "Meine Tochter … hat Fieber"


def test_a_name_is_no_plain_word() -> None:
    assert [is_plain(word, lambda word: False) for word in ("cough", "metformin", "sarah", "leeds", "xqzt")] == [
        True, True, False, False, False
    ]  # fmt: skip


def test_a_long_story_speaks_for_nobody_else() -> None:
    assert speaks_for_others("is gout " + "bad " * 21)
    assert not speaks_for_others("is gout " + "bad " * 22)  # 24 words


@pytest.mark.parametrize("words", ["", "…", "is it … for me?", "what … do I"])
def test_gaps_alone_speak_for_nobody(words: str) -> None:
    assert not speaks_for_others(words)
