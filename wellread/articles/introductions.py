"""Tells how a line ends: as a sentence does, or so that it announces what stands below it ("They can include")."""

from __future__ import annotations

import re

COLONS = (":", "：")

UNFINISHED = frozenset(
    # en
    "a an and are as at by can if include included includes including is may of on or such that the to "
    # es, pt
    "al con como cuando de del el en entre es esta incluyen incluye la las los o para pero por puede pueden que se si "
    "sin "
    "son su sus un una y com da das dos e em incluem inclui não os ou pode podem são uma "
    # fr, it
    "au aux avec ce chez comme comprennent dans des du elle elles est et il ils incluent le les leur mais ne ou par "
    "pas "
    "peut peuvent pour qui sont sur tels telles un une di ed gli il includono lo nel per può possono sono tra "
    # de, nl
    "als auch auf aus bei das dem den der die durch ein eine einem einen einer für gehören gehört im ist kann können "
    "mit "
    "oder sind sowie und von wenn wie zu zum zur aan bij een en het kan kunnen met of te van voor zijn zoals "
    # pl, sv
    "i jak lub na oraz są to w z eller kan med och som".split()
)
"""Words that no heading ends with and no sentence, so that more must follow: articles, prepositions, "include"."""

_LEADS = frozenset("for from had has have in into like when who with without you your".split())
"""Words that announce a list at the end of a line, but end headings too ("What it is for")."""

_JOINS = frozenset("are if include included includes including may is such these this was were you your".split())
JOINS_UNSPACED = re.compile(r"以下|下列|如下|包括|次の|[，、]")
"""Words of sentences that announce a list, which no label has."""

_FOLLOWING = re.compile(
    r"\b(?:the following|as follows|these are|los siguientes|las siguientes|lo siguiente|(?:die|das) folgenden?"
    r"|les suivante?s|os seguintes|as seguintes|i seguenti|le seguenti|de volgende)\s*[.:]?$",
    re.IGNORECASE,
)
SENTENCE_INSIDE = re.compile(r"\w{3}[.!?।؟]\s+\w")
_CLAUSE = re.compile(r"[;；؛]\s*\w{0,3}$")
_ENDS = tuple(".!?:;…。！？；؛؟।۔॥።။")
_CLOSING = "'\"”’»)]」』"
_LONGEST_FOLLOWING = 40
"""Characters from the end in which such words are looked for: the longest have half as many."""


def ends_sentence(text: str) -> bool:
    """Tell whether a text ends as a sentence or an introduction does."""
    return text.rstrip(_CLOSING).endswith(_ENDS)


def ends_clause(text: str) -> bool:
    """Tell whether a text ends as an item does of a list that is one sentence: "window screens;", "a cough; and"."""
    return _CLAUSE.search(text) is not None


def ends_unfinished(text: str) -> bool:
    """Tell whether a text ends with a word that something must follow; a capital letter ("Vitamin A") is none."""
    last = text.rsplit(None, 1)[-1] if text.strip() else ""
    return last.lower() in UNFINISHED and not (len(last) == 1 and last.isupper())


def leads_on(text: str) -> bool:
    """Tell whether a text ends with a word that something may follow: "Talk with", "What it is for"."""
    return ends_unfinished(text) or text.rsplit(None, 1)[-1].lower() in _LEADS


def announces(text: str) -> bool:
    """Tell whether a text that stood before a colon is part of a sentence: "Signs can include", "如有以下情况"."""
    words = text.lower().split()
    return (
        bool(_JOINS.intersection(words)) or words[-1] in UNFINISHED | _LEADS or JOINS_UNSPACED.search(text) is not None
    )


def introduces(text: str) -> bool:
    """Tell whether a text announces a list: it ends with a colon, within a sentence, or with "the following"."""
    if text.endswith(COLONS) or _FOLLOWING.search(text, max(len(text) - _LONGEST_FOLLOWING, 0)):
        return True
    if not ends_sentence(text) and SENTENCE_INSIDE.search(text):
        return True
    return text.count(" ") > 1 and leads_on(text)
