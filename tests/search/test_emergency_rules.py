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
        ("my sister says the family would be better off without her", "self_harm"),
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
        ("my niece drank some white spirit", "poisoning"),
        ("swallowed a button battery", "poisoning"),
        ("boy 4 drink rat poison", "poisoning"),
        ("the kid has eaten grandma's water tablets", "poisoning"),
        ("oven cleaner splashed into both eyes", "poisoning"),
        ("they gave him 80 mg instead of 8 at home", "overdose"),
        ("gave her 4 ml instead of 0.4", "overdose"),
        ("we gave ten times too much of the syrup", "overdose"),
        ("dad swallowed a week's worth of his tablets", "overdose"),
        ("thoughts of smothering my baby", "other"),
        ("I might hurt the baby", "other"),
        ("hurting my baby?", "other"),
        ("a voice orders him to stab himself", "self_harm"),
        ("they will be happier once I'm gone", "self_harm"),
        ("her wheeze is bad, one word at a time", "not_breathing"),
        ("purple dots that do not fade when I press", "other"),
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
        "am I better off without him",
        "does drinking bleach kill viruses",
        "why should nobody be sick who drank petrol",
        "the dog ate slug pellets",
        "can my son swallow tablets yet",
        "my daughter took her iron tablet with juice",
        "toddler ate some vitamin pills for children",
        "my doctor gave me 50 mg instead of 5 from this week",
        "took two paracetamol instead of one",
        "does it hurt my baby when she gets a vaccine",
        "could i hurt the baby when i sleep on my tummy",
        "hyaluronic acid near the eyes",
        "his voice tells me he has a cold",
        "heat rash that does not go, it is hot here",
        "",
    ],
)
def test_let_calm_questions_pass(question: str) -> None:
    assert rule_kind(question) is None
