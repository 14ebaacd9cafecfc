"""The way on from an answer: subjects that are left out, other sections, and what the browser keeps of a question."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest
import streamlit as st

from wellread.datatypes import DEFAULT_DISCLAIMER, Article, Block, Hit, Passage, Scores, Section
from wellread.page import visit
from wellread.page.bar import UNKNOWN, Bar, bar_of
from wellread.page.onward import (
    ALONE,
    EVERYWHERE,
    RELATED,
    again,
    ask_only,
    onward_html,
    other_sections,
    searched,
)
from wellread.page.searcher import PageSearcher
from wellread.page.subjects import lacks_subject, subject_terms, with_subject
from wellread.search.emergency_rules import rule_kind
from wellread.text.queries import LONGEST_QUESTION
from wellread.text.subjects import subject_of

TITLES = ["Ibuprofen for adults", "Paracetamol for children", "Hay fever", "Asthma in children: a guide"]
SUBJECTS = subject_terms(TITLES)


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """A visit without Streamlit."""
    state: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", state)
    monkeypatch.setattr(st, "query_params", {})
    return state


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("Ibuprofen for adults", "Ibuprofen"),
        ("Asthma in children: a guide for parents", "Asthma"),
        ("Amlodipine tablets", "Amlodipine"),
        ("Rubella (German measles)", "Rubella"),
        ("Blood in urine", "Blood in urine"),
        ("First aid for burns", "First aid for burns"),
        ("High blood pressure in pregnancy", "High blood pressure"),
        ("Vitamins for older people", "Vitamins"),
        ("neurological spasms: causes, symptoms", "neurological spasms"),
        ("In hospital", "In hospital"),
    ],
)
def test_subject_is_what_stands_before_for_whom_and_what(title: str, subject: str) -> None:
    assert subject_of(title) == subject


@pytest.mark.parametrize(
    "question",
    [
        "and for children?",
        "is it safe in pregnancy?",
        "what about at night",
        "how long do they take?",
        "How long?",
        "for how long",
        "How often, and how much?",
        "Since when?",
        "why",
        "What should I do?",
    ],
)
def test_question_that_goes_on_lacks_its_subject(question: str) -> None:
    assert lacks_subject(question, SUBJECTS)


@pytest.mark.parametrize(
    "question",
    [
        "what about paracetamol?",  # a new subject
        "how long does a cold last",  # another one
        "how long does hay fever last, is it the whole summer",
        "what helps against a cough",  # it does not go on from anything
        "my son has had this rash on his belly for three days now",  # a story says what it is about
        "and does ibuprofen help?",
    ],
)
def test_question_with_a_subject_of_its_own_lacks_none(question: str) -> None:
    assert not lacks_subject(question, SUBJECTS)


def test_subject_is_put_before_the_question() -> None:
    assert with_subject("and what about children?", "Ibuprofen") == "Ibuprofen: children?"
    assert with_subject("is it safe?", "Ibuprofen") == "Ibuprofen: is it safe?"


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("and for children?", "Ibuprofen: for children?"),
        ("I can't do this, I want to die", "I can't do this, I want to die"),
        ("what helps against a cough", "what helps against a cough"),
    ],
)
def test_what_tells_of_an_emergency_gets_no_subject_of_the_answer_before(question: str, read: str) -> None:
    searcher = SimpleNamespace(articles=TITLES, subjects=SUBJECTS, tells_of_emergency=rule_kind)
    assert searched(visit.Asked(question, 2, after=TITLES[0]), cast(PageSearcher, searcher)) == read


def test_other_sections_are_those_after_what_was_shown_and_then_the_first() -> None:
    words = (Block("paragraph", "x", 1),)
    sections = (
        Section(("Title",), "top", words, 1),
        *(Section((f"S{n}",), f"s{n}", words, n) for n in range(8)),
        Section(("Empty",), "empty", (), 9),
    )
    article = Article("a", "Title", sections, "a.md", "")
    assert [section.anchor for section in other_sections(article, {"s5"})] == ["s6", "s7", "s0", "s1", "s2"]
    assert len(other_sections(article, set())) == RELATED


def test_what_was_read_into_a_question_is_undone_alone() -> None:
    visit.ask("why?")
    visit.answered_by("Hay fever")
    visit.ask("and at night?")
    visit.ask_again("hay-fever", "Hay fever")
    again(ALONE)
    assert visit.asked() == visit.Asked("and at night?", 4, only="hay-fever")
    visit.ask_again("hay-fever", "Hay fever")
    again(EVERYWHERE)
    assert visit.asked() == visit.Asked("and at night?", 6, after="Hay fever")


class TestTheBar:
    def test_is_the_own_line_of_a_single_article(self) -> None:
        assert bar_of([Article("a", "T", (), "", "", "Ask a nurse.")]) == Bar("Ask a nurse.", own=True)
        assert bar_of([Article("a", "T", (), "", "")]) == Bar(DEFAULT_DISCLAIMER, own=True)

    def test_is_general_where_articles_have_different_ones_or_none(self) -> None:
        general = Bar("General information, not advice about you. Ask a doctor or pharmacist.", own=False)
        some = Article("a", "T", (), "", "", "Ask a nurse.")
        none = Article("b", "T", (), "", "")
        assert bar_of([some, none]) == bar_of([none, none]) == general
        assert bar_of([Article("a", "T", (), "", "", "Ask a nurse. " * 10)]) == general
        assert bar_of([some, some]) == Bar("Ask a nurse.", own=True)

    def test_is_the_site_s_own_where_it_has_one_and_never_empty(self) -> None:
        assert bar_of([Article("a", "T", (), "", "", "Ask a nurse.")], "Ours.") == Bar("Ours.", own=False)
        assert bar_of([]) == UNKNOWN


class TestAVisit:
    def test_keeps_a_question_and_what_it_goes_on_from(self) -> None:
        visit.ask(" why? ")
        visit.answered_by("Hay fever")
        visit.ask("and at night?")
        current = visit.asked()
        assert current == visit.Asked("and at night?", 2, after="Hay fever")
        assert visit.remembered(current) == {
            "number": 2,
            "question": "and at night?",
            "only": "",
            "after": "Hay fever",
        }

    def test_asks_again_what_the_browser_kept(self, session: dict[str, object]) -> None:
        visit.restore({"number": 7, "question": "why?", "only": "hay-fever", "after": ""})
        assert visit.asked() == visit.Asked("why?", 7, "hay-fever")
        assert session[visit.BOX] == "why?"
        visit.ask("next?")
        assert visit.asked() == visit.Asked("next?", 8)

    @pytest.mark.parametrize(
        "kept", ["why?", {"number": 0}, {"number": "1", "question": "x"}, {"number": True}, {"number": 10**9}]
    )
    def test_starts_anew_where_nothing_of_its_form_was_kept(self, kept: object) -> None:
        visit.ask("why?")
        visit.restore(kept)
        assert visit.asked() is None

    def test_reads_the_beginning_of_a_long_question(self) -> None:
        visit.ask("a" * (LONGEST_QUESTION + 1))
        current = visit.asked()
        assert current is not None
        assert (len(current.question), current.cut) == (LONGEST_QUESTION, True)

    def test_narrows_and_widens_the_same_question(self) -> None:
        visit.ask("why?")
        visit.ask_again("hay-fever")
        assert visit.asked() == visit.Asked("why?", 2, "hay-fever")
        visit.ask_again()
        assert visit.asked() == visit.Asked("why?", 3)


def of_article(name: str, title: str) -> Hit:
    """A hit of an article."""
    return Hit(Passage(f"{name}#care", name, title, ("Care",), "care", (), ()), None, Scores(0.5, 0.5, 1.0, 0.5))


class TestOneArticleAlone:
    HITS = (of_article("gout", "Gout: attacks, treatment and the right diet"), of_article("rash", "Rash & <b>itch</b>"))

    def test_is_offered_by_what_each_article_shown_is_about(self) -> None:
        html = onward_html(visit.Asked("why?", 1), None, (*self.HITS, self.HITS[0]))
        assert html.startswith(
            '<div class="wr-narrow" role="group" aria-labelledby="wr-narrow"><h2 id="wr-narrow">Only in:</h2>'
            '<button type="button" data-only="gout"><bdi>Gout</bdi></button>'
            '<button type="button" data-only="rash"><bdi>Rash &amp; &lt;b&gt;itch&lt;/b&gt;</bdi></button></div>'
        )

    def test_is_not_offered_of_one_article_nor_where_it_was_chosen(self) -> None:
        assert "data-only" not in onward_html(visit.Asked("why?", 1), None, self.HITS[:1])
        assert "data-only" not in onward_html(visit.Asked("why?", 1, "gout"), None, self.HITS)

    def test_is_asked_the_same_question_after_the_same_answer(self) -> None:
        ask_only("gout")
        assert visit.asked() is None
        visit.answered_by("Hay fever")
        visit.ask("and at night?")
        ask_only("gout")
        assert visit.asked() == visit.Asked("and at night?", 2, "gout", "Hay fever")
