"""Opposites and groups that a question and a heading name: high and low, before and after, a baby and an adult."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from wellread.search.ages import age_contrast

Side = tuple[str, str]
"""What is contrasted, and the side that is named: ("sugar", "high")."""

_MEASURES = {
    "sugar": r"blood sugars?|sugars?|blood glucose|glucose",
    "pressure": r"blood pressure|pressure|bp",
    "cholesterol": r"cholesterol|ldl",
    "potassium": r"potassium",
    "sodium": r"sodium",
    "calcium": r"calcium",
    "iron": r"iron|ferritin",
    "platelets": r"platelets?",
    "white cells": r"white (?:blood )?cells?",
    "temperature": r"temperature",
    "heart rate": r"heart rate|pulse|heartbeat",
    "thyroid": r"thyroid|tsh",
}
"""What can be high or low, with the words for it."""

_LEVELS = {
    **dict.fromkeys("high raised elevated higher hyper over".split(), "high"),
    **dict.fromkeys("low lowered lower dropped hypo under".split(), "low"),
}
_LEVEL = "high|raised|elevated|higher|low|lowered|lower|dropped"
_BETWEEN = (
    r"(?:levels?|readings?|counts?|results?|is|was|are|were|has|been|gone|goes|went|too|very|so|really|a bit|always)"
)
_MEASURED = [
    (
        subject,
        re.compile(
            rf"\b(?:({_LEVEL}) (?:or|and) )?({_LEVEL}) (?:{words})\b(?! (?:diet|food|drink|free))"
            rf"|\b(?:{words})(?: {_BETWEEN})+ ({_LEVEL})\b"
        ),
    )
    for subject, words in _MEASURES.items()
]
_FROM_GREEK = {
    "gly": "sugar",
    "tens": "pressure",
    "kal": "potassium",
    "natr": "sodium",
    "calc": "calcium",
    "thyr": "thyroid",
    "therm": "temperature",
    "choles": "cholesterol",
}
"""What hyper- and hypo- words are about that everyday words say too; others are their own subject."""
_HYPER = re.compile(r"\b(hyper|hypo)-?([a-z]{3,})")
_HYPO = re.compile(r"\bhypos?\b(?!-)")
_ACTIVE = re.compile(r"\b(over|under)[- ]?active (\w+)|\b(\w+) (?:is|was) (over|under)[- ]?active")
_TYPE = re.compile(r"\b(?:type|typ) ?-?(1|2|3|i{1,3}|one|two|three)\b|\bt([12])dm?\b")
_TYPE_NAMES = {"i": "1", "ii": "2", "iii": "3", "one": "1", "two": "2", "three": "3"}

_PROCEDURE = (
    r"operations?|op|surgery|procedures?|tests?|scans?|colonoscopy|gastroscopy|endoscopy|replacement|caesarean|"
    r"c-?section|section|anaesthetic|anesthetic|biopsy|x-?ray|mri|ct|ecg|injections?|treatment|appointment|transplant"
)
_EATING = r"eating|food|meals?|breakfast|lunch|dinner|tea"
_TIMES = {
    "procedure": _PROCEDURE,
    "eating": _EATING,
    "exercise": r"exercise|exercising|sport|training|running",
    "birth": r"birth|the baby is born|giving birth|delivery|labour|labor",
}
"""What something can be before or after, with the words for it."""
_OF_WHOM = r"(?:(?:the|your|my|a|an|his|her|having|hip|knee|cataract|heart) ){0,3}"
_PREPARE = re.compile(
    rf"\b(?:prepar(?:e|ing)|preparation|get ready) for {_OF_WHOM}(?:{_PROCEDURE})\b|\bpre-?op\b|\bgetting ready\b"
)
_RECOVER = re.compile(rf"\brecover(?:y|ing)\b|\baftercare\b|\bpost-?op\b|\bfollowing {_OF_WHOM}(?:{_PROCEDURE})\b")

_WHO = r"(?:i|we|you|he|she|they|people|my \w+|the \w+|someone)"
_ACT = r"(?:do|eat|drink|take|put|use|give|have|try)"
_AVOIDED = rf"what|which|foods?|drinks?|things|medicines|activities|anything|{_WHO} (?:need )?to|should {_WHO}"
_MUST_NOT = re.compile(
    rf"\b(?:should|must|can|ought) {_WHO} not\b|\b(?:should|must|ought)(?: not|n'?t)\b|\bcan'?t {_WHO} {_ACT}\b"
    rf"|\b(?:what|which|who)\b.{{0,20}} (?:can'?t|can ?not|not to)\b|\bnot to {_ACT}\b"
    rf"|(?:^|\. )(?:do not|don'?t|never) {_ACT}\b|(?:^|\. )avoid|\b(?:{_AVOIDED})\b.{{0,30}}\bavoid"
    r"|(?<!how )\bto avoid\b|\bdon'?ts\b|\b(?:stay|keep) (?:away|off|clear)\b|\boff limits\b|\bforbidden\b"
    r"|\bprohibited\b|\bnot (?:be )?allowed\b"
)
_MUST = re.compile(
    rf"\b(?:what|which|how)(?: \w+){{0,2}} (?:should|can|must|may|shall|do) {_WHO} {_ACT}\b(?! not\b)"
    rf"|\b(?:what|things) to {_ACT}\b|\bfoods? to (?:eat|have|choose)\b|\bwho can (?:take|use|have)\b"
)

_HIMSELF = r"(?:'s| has| had| is| was| got| gets| takes| took| needs| feels)"
"""What tells who is ill from who only says something."""

_PLAIN_SIDES = {
    "severity": {"mild": r"mild|mildly|minor", "severe": r"severe|severely"},
    "course": {"acute": r"acute", "chronic": r"chronic"},
    "sex": {
        "men": rf"men|man|males?|my (?:husband|father|dad|brother|boyfriend|grandfather|grandad|uncle){_HIMSELF}",
        "women": r"women|woman|females?|pregnant|pregnancy"
        rf"|my (?:wife|mother|mum|mom|sister|girlfriend|grandmother|gran|aunt){_HIMSELF}",
    },
    "motherhood": {
        "pregnant": r"pregnant|pregnancy|expecting|trimester",
        "breastfeeding": r"breast-?feed(?:ing)?|breast-?fed|nursing|lactating",
    },
    "cause": {"bacterial": r"bacterial|bacteria", "viral": r"viral|virus"},
    "inhaler": {"reliever": r"reliever|blue inhaler", "preventer": r"preventer|brown inhaler"},
    "cough": {"dry": r"dry cough", "chesty": r"(?:chesty|wet|productive) cough"},
}
"""Contrasts whose sides are words."""


def contrast(question: str, title: str, path: Sequence[str]) -> int:
    """Compare the sides of contrasts that a question and a title with its headings name.

    Returns:
        -1 where the question names one side of a contrast and title and headings only another, 1 where they name the
        same side (and no other contrast is -1), and 0 where either names none, or the question names several.

    Exclusive contrasts, of which only one side can hold: high/low with hyper-/hypo- and over-/underactive, types,
    before/after, mild/severe, acute/chronic, men/women, ages. In the others (pregnant/breastfeeding, must/must not,
    bacterial/viral, reliever/preventer, dry/chesty cough) -1 says only that the heading is about the other one.

    >>> contrast("what to do about high blood sugar", "Low blood sugar", ["What to do"])
    -1
    """
    asked, offered = _by_contrast(_asked_sides(question)), _by_contrast(_offered_sides(" . ".join([title, *path])))
    found = [
        1 if asked[name] & offered[name] else -1
        for name in asked.keys() & offered.keys()
        if len(asked[name]) == 1 and (len(offered[name]) == 1 or asked[name] & offered[name])
    ]
    found.append(age_contrast(question, title, path))
    return min(found) if -1 in found else max(found)


def sides_of(text: str) -> frozenset[Side]:
    """The sides of contrasts that a text names, ages left out."""
    plain = " ".join(text.lower().replace("’", "'").split())
    finders: tuple[Callable[[str], Iterable[Side]], ...] = (_measures, _types, _times, _musts, _words)
    return frozenset(side for finder in finders for side in finder(plain))


_asked_sides = lru_cache(maxsize=1)(sides_of)
"""Of the question that is being answered; what people ask is not kept."""

_offered_sides = lru_cache(maxsize=4096)(sides_of)
"""Of titles and headings: those of a small library whole."""


def _by_contrast(sides: Iterable[Side]) -> dict[str, set[str]]:
    """The sides named of each contrast."""
    groups: dict[str, set[str]] = {}
    for name, side in sides:
        groups.setdefault(name, set()).add(side)
    return groups


def _measures(text: str) -> Iterator[Side]:
    """What is high or low in a text."""
    for subject, pattern in _MEASURED:
        for levels in pattern.findall(text):
            yield from ((subject, _LEVELS[level]) for level in levels if level)
    for prefix, rest in _HYPER.findall(text):
        known = next((subject for stem, subject in _FROM_GREEK.items() if rest.startswith(stem)), None)
        yield known or f"-{rest[:5]}", _LEVELS[prefix]
    if _HYPO.search(text):
        yield "sugar", "low"
    for prefix, what, subject, is_so in _ACTIVE.findall(text):
        yield what or subject, _LEVELS[prefix or is_so]


def _types(text: str) -> Iterator[Side]:
    """The types of diabetes, or whatever has types, in a text."""
    for named, short in _TYPE.findall(text):
        yield "type", _TYPE_NAMES.get(named, named) or short


def _times(text: str) -> Iterator[Side]:
    """What a text says is before or after an operation, a meal, exercise or a birth."""
    for subject, words in _TIMES.items():
        for when in re.findall(rf"\b(before|after) {_OF_WHOM}(?:{words})\b", text):
            yield subject, when
    if _PREPARE.search(text):
        yield "procedure", "before"
    if _RECOVER.search(text):
        yield "procedure", "after"


def _musts(text: str) -> Iterator[Side]:
    """Whether a text is about what must be done, or about what must not."""
    if _MUST_NOT.search(text):
        yield "must", "not"
    if _MUST.search(text):
        yield "must", "do"


def _words(text: str) -> Iterator[Side]:
    """The sides that are named by a word."""
    for contrast_name, sides in _PLAIN_SIDES.items():
        for side, words in sides.items():
            if re.search(rf"\b(?:{words})\b", text):
                yield contrast_name, side
