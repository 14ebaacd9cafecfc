"""Tells whether two statements are about the same, so that what they say can be compared."""

from __future__ import annotations

import re

from wellread.articles.statements import Statement
from wellread.text.terms import terms_of

_GROUP = re.compile(
    r"\b(?:people|adults|wom[ae]n|m[ae]n|children|babies|patients|those|anyone|menschen|erwachsene|frauen|kinder|patienten"
    r"|personas|pacientes|adultos|mujeres|niños|personnes|patients|adultes|femmes|enfants)"
    r" (?:(?:with|who have|mit|con|avec|atteintes? de) ((?:[\w-]+ ){0,2}[\w-]+))|\b(?:bei|if you have) ([\w-]+)",
    re.IGNORECASE,
)
"""What names a group of people by what they have."""
_LABEL = re.compile(r"[^:：.!?]{1,60}[:：](?=\s)")
"""What stands before a colon at the beginning of a line: "6 months to 5 years: 5 ml"."""


def same_subject(one: Statement, other: Statement) -> bool:
    """Tell whether two statements are of one article, or what the title of either is about is named by the other."""
    here, there = one.context, other.context
    if here.section == there.section and one.line == other.line:
        return False  # a paragraph goes on from one thing to the next
    if _labelled_apart(one, other) or _parallel(one, other) or _of_another(one, other) or _of_another(other, one):
        return False
    if _of_some(one, other) or _of_some(other, one):
        return False
    if here.article == there.article:
        return True
    if not (_numbered(one, there.numbers) and _numbered(other, here.numbers)) or not here.subject or not there.subject:
        return False
    return not (here.subject - there.about - other.terms) or not (there.subject - here.about - one.terms)


def _labelled_apart(one: Statement, other: Statement) -> bool:
    """Whether labels with other numbers stand before two sentences, as ages do before doses, in any language."""
    here, there = _LABEL.match(one.text), _LABEL.match(other.text)
    if here is None or there is None:
        return False
    numbers = set(re.findall(r"\d+", here[0])), set(re.findall(r"\d+", there[0]))
    return all(numbers) and numbers[0] != numbers[1]


def _of_some(one: Statement, other: Statement) -> bool:
    """Whether a sentence is of people with something that the other does not name: "Women with epilepsy take 5 mg."."""
    group = _GROUP.search(one.text)
    named = other.terms | other.context.about
    return group is not None and not named.issuperset(one.terms.intersection(terms_of(group[1] or group[2])))


def _parallel(one: Statement, other: Statement) -> bool:
    """Whether what stands above two sentences says the same of two things: "Use A for pain." and "Use B for pain."."""
    apart = bool(one.above - other.above) and bool(other.above - one.above)
    return apart and 2 * len(one.above & other.above) >= len(one.above | other.above)


def _of_another(statement: Statement, other: Statement) -> bool:
    """Whether a sentence that takes its subject from above may be of something else in its article than the other."""
    if not statement.dependent or statement.context.article != other.context.article:
        return False
    near = statement.terms | statement.above
    if other.dependent:
        return not (near - statement.terms - statement.context.about) & other.above
    return bool(other.terms - near - statement.context.about)


def _numbered(statement: Statement, numbers: frozenset[str]) -> bool:
    """Whether a statement is of what a title numbers: "type 2", "vitamin D"."""
    context = statement.context
    named = {mark.rpartition(" ")[2] for mark in statement.marks} | statement.terms | context.about | context.numbers
    return numbers <= named
