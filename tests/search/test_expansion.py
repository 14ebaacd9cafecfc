"""Which terms of a question mean others of the library, and which names the library has nowhere."""

from __future__ import annotations

import pytest

from wellread.search.expansion import expand, unknown_names
from wellread.search.glossary import shipped_glossary

GLOSSARY = shipped_glossary()


def expansions(question: str, *library: str) -> dict[str, tuple[str, ...]]:
    return {found.term: found.means for found in expand(question, GLOSSARY, set(library).__contains__)}


def unknown(question: str, *library: str) -> tuple[str, ...]:
    return unknown_names(question, GLOSSARY, set(library).__contains__)


class TestTermsOfAQuestion:
    @pytest.mark.parametrize(
        ("question", "library", "expected"),
        [
            ("is HTN dangerous", ["hypertension"], {"HTN": ("hypertension",)}),
            ("is htn dangerous", ["hypertension"], {"htn": ("hypertension",)}),
            ("HTN", ["hypertension", "high blood pressure"], {"HTN": ("hypertension", "high blood pressure")}),
            ("can I take Panadol", ["paracetamol"], {"Panadol": ("paracetamol",)}),
            ("acetaminophen dose", ["paracetamol"], {"acetaminophen": ("paracetamol",)}),
            ("paracetamol dose", ["acetaminophen"], {"paracetamol": ("acetaminophen",)}),
            ("heart attack signs", ["myocardial infarction"], {"heart attack": ("myocardial infarction",)}),
            ("myocardial infarction", ["heart attack"], {"myocardial infarction": ("heart attack",)}),
            ("two UTIs this year", ["urinary tract infection"], {"UTIs": ("urinary tract infection",)}),
            ("A+E or not", ["emergency department"], {"A+E": ("emergency department",)}),
            ("crohns flare", ["crohn's disease"], {"crohns": ("Crohn's disease",)}),
            ("gave her Percocet", ["oxycodone", "paracetamol"], {"Percocet": ("oxycodone", "paracetamol")}),
            ("water-tablets at night", ["diuretic"], {"water-tablets": ("diuretic",)}),
            ("anemia", ["anaemia"], {"anemia": ("anaemia",)}),
            ("IDA", ["iron deficiency anemia"], {"IDA": ("iron deficiency anemia",)}),
            ("ibuprofen", ["nurofen"], {"ibuprofen": ("Nurofen",)}),
        ],
    )
    def test_mean_others_of_the_library(
        self, question: str, library: list[str], expected: dict[str, tuple[str, ...]]
    ) -> None:
        assert expansions(question, *library) == expected

    @pytest.mark.parametrize(
        ("question", "library"),
        [
            ("is HTN dangerous", []),  # the library has not the words
            ("HTN is hypertension", ["hypertension"]),  # the question says so itself
            ("anaemia or anemia", ["anaemia", "anemia"]),
            ("German measles rash", ["measles", "rubeola"]),  # not inside a longer name
            ("post-MI pain", ["myocardial infarction"]),  # nor inside a word with a hyphen
            ("my wee boy has a rash", ["urine"]),  # nor where the words mean something else
            ("ibuprofen", ["ibuprofen", "nurofen"]),  # a brand is no better name
            ("he has MS", ["multiple sclerosis", "mitral stenosis"]),  # which of the two?
            ("stressful", ["stress"]),
            ("what should I add", ["attention deficit disorder"]),  # an English word, not ADD
            ("WHAT SHOULD I ADD TO IT", ["attention deficit disorder"]),  # shouted
            ("is it er or ra", ["emergency department", "rheumatoid arthritis"]),  # two letters need capitals
            ("wheezing. Heart. Attack", ["myocardial infarction"]),
            ("", ["hypertension"]),
        ],
    )
    def test_stay_as_they_are(self, question: str, library: list[str]) -> None:
        assert expansions(question, *library) == {}

    def test_may_be_an_abbreviation_of_what_the_library_has(self) -> None:
        assert expansions("he has MS", "multiple sclerosis") == {"MS": ("multiple sclerosis",)}
        assert expansions("he has MS", "mitral stenosis") == {"MS": ("mitral stenosis",)}
        assert expansions("is it ED", "erectile dysfunction") == {"ED": ("erectile dysfunction",)}

    def test_are_found_longest_first_and_in_order(self) -> None:
        found = expansions("Panadol after a heart attack or high blood sugar", "paracetamol", "myocardial infarction")
        assert list(found) == ["Panadol", "heart attack"]
        assert expansions("german measles", "rubella", "measles") == {"german measles": ("rubella",)}


class TestNames:
    @pytest.mark.parametrize(
        ("question", "library", "names"),
        [
            ("is rubeola catching", ["rubella", "german measles"], ("rubeola",)),
            ("is rubeola catching", ["measles"], ()),
            ("how to take diltiazem", ["amlodipine"], ("diltiazem",)),
            ("how to take Cardizem", ["amlodipine"], ("Cardizem",)),
            ("how to take Cardizem", ["diltiazem"], ()),
            ("can I get MS", ["migraine"], ("MS",)),
            ("can I get MS", ["multiple sclerosis", "mitral stenosis"], ()),
            ("anemia in pregnancy", ["anaemia"], ()),
            ("dengue and malaria", ["malaria"], ("dengue",)),
            ("dysphasia after a stroke", ["stroke", "dysphagia"], ("dysphasia",)),
            ("what is the weather like", [], ()),
            ("multiple sclerosis and sclerosis", ["sclerosis"], ("multiple sclerosis",)),
        ],
    )
    def test_that_the_library_has_nowhere(self, question: str, library: list[str], names: tuple[str, ...]) -> None:
        assert unknown(question, *library) == names
