"""The ages that a question and a heading are about: "my 2 year old", "babies under 1", "adults"."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

Span = tuple[float, float]
"""Ages in years, from the first and below the second."""

ADULT_AGE = 18
_CHILD: Span = (0, ADULT_AGE)
_ADULT: Span = (ADULT_AGE, math.inf)
_BABY: Span = (0, 1)
_BABY_ENDS = 3
"""A heading about babies may be about small children too, below this age."""

_GROUPS: tuple[tuple[Span, str], ...] = (
    ((0, 0.2), r"newborns?|neonates?"),
    (_BABY, r"bab(?:y|ies)|infants?"),
    ((1, 4), r"toddlers?"),
    (_CHILD, r"child(?:ren)?|kids?|sons?|daughters?|boys?|girls?|little ones?|grandsons?|granddaughters?|nephew|niece"),
    ((12, 20), r"teenagers?|teens?|adolescents?"),
    (_ADULT, r"adults?|grown-?ups?"),
    ((0, math.inf), r"famil(?:y|ies)|everyone|all ages"),
    ((60, math.inf), r"elderly|older (?:people|adults)|pensioners?"),
)
"""Who words are about."""

_GROWN_FAMILY = re.compile(
    r"\bmy (?:husband|wife|partner|boyfriend|girlfriend|dad|mum|mom|father|mother|gran|nan|grandad|grandma|grandpa|"
    r"grandmother|grandfather|uncle|aunt)"
    r"(?:'s| has| had| is| was| got| gets| takes| took| needs| feels| can(?:'t|not)?)\b"
)
"""Grown-ups whom a question is about; who only says or wants something does not count."""
_PREGNANT = re.compile(r"\b(?:pregnant|pregnancy|expecting)\b")
_BREASTFEEDING = re.compile(r"\bbreast-?f(?:eed|eeding|ed)\b|\bnursing\b")
_NO_BABY = re.compile(
    r"\bbaby (?:aspirin|blues|bump|weight|teeth|tooth|sitter|brain|food)\b"
    r"|\b(?:unborn|hav(?:e|ing)|had|another|want|before|after|since|for) (?:a |the |my |our )?(?:baby|babies)\b"
)

_NUMBERS = {
    word: number
    for number, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)
}
_NUMBER = rf"(\d{{1,3}}|{'|'.join(_NUMBERS)})"
_IN_YEARS = {"d": 1 / 365, "w": 1 / 52, "m": 1 / 12, "y": 1.0}
_UNIT = r"(days?|weeks?|wks?|months?|mths?|mnths?|mos?|years?|yrs?|y)"
_OLD = re.compile(rf"\b{_NUMBER} ?-?{_UNIT}(?:[- /]?(?:olds?|o)\b|\s+of age\b)")
_CHILD_IS = r"son|daughter|child|kid|boy|girl|grandson|granddaughter|he|she|i"
_NO_AGE = (
    r"d|day|week|wk|month|mth|mnth|mo|hour|hr|min|mg|ml|kg|g|st|stone|lb|cm|unit|degree|c|time|%|percent|of|in|out|to|-"
)
_IS = re.compile(
    rf"\b(?:aged?|(?:{_CHILD_IS})(?: is| was|'s| am|'m)(?: only| just)?) {_NUMBER}\b"
    rf"(?![.:,]\d| ?(?:and a half )?(?:{_NO_AGE})s?\b)"
)
_RANGE = re.compile(rf"\b{_NUMBER}(?: {_UNIT})? ?(?:to|-|–|and) ?{_NUMBER} {_UNIT}\b")
_UNDER = re.compile(rf"\b(?:under|below|younger than|less than|up to)(?: the age of)? {_NUMBER}(?: {_UNIT})?\b")
_OVER = re.compile(rf"\b(?:over|above|older than|from)(?: the age of)? {_NUMBER}(?: {_UNIT})?\b")
_AND_OVER = re.compile(rf"\b{_NUMBER}(?: {_UNIT})?(?: of age)? (?:and|or) (?:over|above|older)\b")


def age_contrast(question: str, title: str, path: Sequence[str]) -> int:
    """Compare the ages that a question and a title with its headings are about.

    The last heading that names an age counts; the title where none does. Returns -1 where the ages have nothing in
    common, 1 where those of the question lie in those of the heading, and 0 where it is not sure. "Children" may be
    babies too, so a heading about children neither fits a baby nor does it not; nor does one about pregnancy.
    """
    headings = [heading.lower() for heading in reversed([title, *path])]
    if any(_PREGNANT.search(heading) or _BREASTFEEDING.search(heading) for heading in headings):
        return 0
    asked = _asked(question.lower().replace("’", "'"))
    offered = next((spans for heading in headings if (spans := _offered(heading))), ())
    if asked is None or not offered:
        return 0
    if not any(_overlap(asked, span) for span in offered):
        return -1
    is_baby = asked[1] <= _BABY_ENDS
    return int(
        any(span[0] <= asked[0] and asked[1] <= span[1] and not (is_baby and span == _CHILD) for span in offered)
    )


@lru_cache(maxsize=1)
def _asked(question: str) -> Span | None:
    """The ages that a question is about, or None where it says none or several."""
    if _BREASTFEEDING.search(question):
        return None  # about the mother or about the baby
    ages = [_age(*found) for found in _OLD.findall(question)] + [_age(number, "y") for number in _IS.findall(question)]
    groups = list(_groups(_NO_BABY.sub(" ", question)))
    if ages:
        told = [*ages, *(group for group in groups if group != _CHILD)]
        return max(ages) if all(_overlap(max(ages), span) for span in told) else None
    if _PREGNANT.search(question):
        return _ADULT
    if not groups:
        return _ADULT if _GROWN_FAMILY.search(question) else None
    narrow = max(groups, key=lambda span: (span[0], -span[1])) if _ADULT not in groups else groups[0]
    return narrow if all(_overlap(narrow, group) for group in groups) else None


@lru_cache(maxsize=4096)
def _offered(heading: str) -> tuple[Span, ...]:
    """The ages that a heading is about."""
    groups = list(_groups(_NO_BABY.sub(" ", heading)))
    limits = [
        *((_years(low, unit or last), _years(high, last, 1)) for low, unit, high, last in _RANGE.findall(heading)),
        *((0.0, _years(number, unit)) for number, unit in _UNDER.findall(heading) if unit or groups),
        *((_years(number, unit), math.inf) for number, unit in _OVER.findall(heading) if unit or groups),
        *((_years(number, unit), math.inf) for number, unit in _AND_OVER.findall(heading)),
    ]
    children = [group for group in groups if group[1] <= ADULT_AGE]
    if not limits:
        return tuple((low, _BABY_ENDS) if (low, high) == _BABY else (low, high) for low, high in groups)
    highest = math.inf if len(children) < len(groups) or not children else ADULT_AGE
    return (*((low, min(high, highest)) for low, high in limits), *(group for group in groups if group not in children))


def _groups(text: str) -> Iterator[Span]:
    """The ages of the groups that a text names."""
    return (span for span, words in _GROUPS if re.search(rf"\b(?:{words})\b", text))


def _age(number: str, unit: str) -> Span:
    """One age: the year, month, week or day that it is given in."""
    return _years(number, unit), _years(number, unit, 1)


def _years(number: str, unit: str, more: int = 0) -> float:
    """An age in years, with so many units more; a number without a unit is years."""
    return ((_NUMBERS.get(number) or int(number)) + more) * _IN_YEARS[(unit or "y")[0]]


def _overlap(span: Span, other: Span) -> bool:
    """Whether two spans of ages have something in common."""
    return span[0] < other[1] and other[0] < span[1]
