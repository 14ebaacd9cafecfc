"""What an article is about, in the words of its title."""

from __future__ import annotations

import re

_WHOM = (
    r"(?:older |young(?:er)? |school-age )?(?:adults?|child(?:ren)?|kids|bab(?:y|ies)|infants|newborns?|toddlers"
    r"|teen(?:ager)?s|adolescents|people|men|women|parents|carers|patients|pregnan\w+)"
)
_CUT = re.compile(rf"\s*(?::|–|—|\(|\b(?:for|in) {_WHOM}\b|\btablets?\b|\bcapsules?\b).*", re.IGNORECASE)
"""What a title goes on with after its subject: for whom, in whom, or what is told of it. "Blood in urine" is whole."""

_ONLY_WHOM = re.compile(rf"(?:(?:for|in) )?{_WHOM}", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\(([^()]+)\)")


def subject_of(title: str) -> str:
    """Return what an article is about.

    >>> subject_of("Ibuprofen for adults"), subject_of("Asthma in children: a guide for parents")
    ('Ibuprofen', 'Asthma')
    """
    return _CUT.sub("", title).strip() or title


def names_of(title: str) -> list[str]:
    """Return what an article can be called: its title, its subject, and the other names that stand in brackets.

    >>> names_of("Chronic obstructive pulmonary disease (COPD): living with it")
    ['Chronic obstructive pulmonary disease (COPD): living with it', 'Chronic obstructive pulmonary disease', 'COPD']
    """
    others = [name for name in _IN_BRACKETS.findall(title) if not _ONLY_WHOM.fullmatch(name)]
    return [title, subject_of(title), *others]
