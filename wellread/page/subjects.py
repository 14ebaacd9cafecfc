"""What an article is about in a word or two, and questions that leave it out because it was asked about before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set

from wellread.text.subjects import subject_of
from wellread.text.terms import terms_of
from wellread.text.words import FUNCTION_WORDS, content_words

FOLLOWS = 8
"""Words of a question at most that can leave out its subject: a longer one says what it is about."""

_LEAD = re.compile(r"\W*(?:(?:and )?(?:what|how) about|and|or|but|also|so|then)\b\W*", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:it|its|they|them|their|this|these|those)\b", re.IGNORECASE)
_NO_SUBJECT = FUNCTION_WORDS | frozenset("long often soon much many since until".split())
_COMMON = frozenset(
    terms_of("a an and are be can do does for from have how i in is my of on or the to what when with you")
)


def subject_terms(titles: Iterable[str]) -> frozenset[str]:
    """Return the terms of what the articles with these titles are about."""
    return frozenset(term for title in titles for term in terms_of(subject_of(title))) - _COMMON


def lacks_subject(question: str, subjects: Set[str]) -> bool:
    """Tell whether a question leaves out what it is about, as one does that goes on from an answer.

    It is short, has no term of `subjects`, those of all articles, and begins as if it went on, says "it", or has no
    word that could be a subject, as "How long for?".

    >>> subjects = subject_terms(["Ibuprofen for adults", "Paracetamol for adults"])
    >>> lacks_subject("and for children?", subjects), lacks_subject("what about paracetamol?", subjects)
    (True, False)
    """
    if len(question.split()) > FOLLOWS:
        return False
    goes_on = bool(_LEAD.match(question) or _PRONOUN.search(question)) or _NO_SUBJECT.issuperset(
        content_words(question)
    )
    return goes_on and subjects.isdisjoint(terms_of(question))


def with_subject(question: str, subject: str) -> str:
    """Return a question with the subject that it lacks.

    >>> with_subject("and for children?", "Ibuprofen")
    'Ibuprofen: for children?'
    """
    return f"{subject}: {_LEAD.sub('', question, count=1) or question}"
