"""The rules for emergencies: they find what is written plainly, and let calm questions that share its words pass."""

from __future__ import annotations

import pytest

from wellread.datatypes import EmergencyKind
from wellread.search.emergency_rules import rule_kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("I want to kill myself", "self_harm"),
        ("i don't want to be here anymore", "self_harm"),
        ("I’m suicidal and alone", "self_harm"),
        ("there is no point in living", "self_harm"),
        ("everyone would be better off without me", "self_harm"),
        ("how many pills to never wake up", "self_harm"),
        ("I used to cut myself and now I want to die", "self_harm"),
        ("my wife left last month and I want to kill myself", "self_harm"),
        ("scared of myself because I want to end my life", "self_harm"),
        ("I've taken an overdose", "overdose"),
        ("took the whole strip an hour ago", "overdose"),
        ("I've swallowed 30 paracetamol and now I'm scared", "overdose"),
        ("i think she has taken too many co codamol", "overdose"),
        ("gave her to much calpol, what now", "overdose"),
        ("he took half the bottle of pills", "overdose"),
        ("i took the whole tablet bottle", "overdose"),
        ("im going to take all my pills in one go", "overdose"),
        ("she says she'll take all her tablets with vodka", "overdose"),
        ("baby not breathing", "not_breathing"),
        ("she has collapsed, no pulse", "not_breathing"),
        ("cant breathe", "not_breathing"),
        ("my wife is choking", "choking"),
        ("hes fitting and its been ages", "fit"),
        ("he drank a bottle of vodka and won't wake up", "other"),
        ("I think I am having a stroke", "stroke"),
        ("elephant sitting on my chest", "chest_pain"),
        ("deep cut, it won't stop bleeding", "bleeding"),
        ("bee sting and now my throat is closing", "allergy"),
    ],
)
def test_tell_what_is_happening_now(question: str, kind: EmergencyKind) -> None:
    assert rule_kind(question) == kind


@pytest.mark.parametrize(
    "question",
    [
        "suicide squad film",
        "lyrics of i want to die, what song is that",
        "I want to die of embarrassment",
        "how do I support a friend who was suicidal last year",
        "my dad had a stroke in 2010",
        "how is a fit treated",
        "had a fit of the giggles in church",
        "can you overdose on vitamin c?",
        "I took 10 mg of cetirizine",
        "i take 10 different tablets a day, is that a lot",
        "i took half a tablet this morning",
        "took a full tablet instead of half, ok?",
        "i take all my tablets at breakfast",
        "can i take too many paracetamol",
        "do i take too many medicines",
        "got too much medicine in my cupboard",
        "choking hazards for toddlers list",
        "what to do if a child is choking",
        "I can't breathe through my nose",
        "my baby stopped breathing for a moment two years ago",
        "how many units in a bottle of wine",
        "what is the most common cause of chest pain",
        "",
    ],
)
def test_let_calm_questions_pass(question: str) -> None:
    assert rule_kind(question) is None
