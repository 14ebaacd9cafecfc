"""The urgent notice: whether a question tells that one of an article's warning signs is happening to somebody now."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wellread.datatypes import ABOUT, NoticeLevel, Passage
from wellread.encoders.sentence_transformer import Vectors
from wellread.search.classifier import Logistic
from wellread.text.terms import terms_of
from wellread.text.words import PREFIX_LENGTH, content_words

BESIDE_CARD = ABOUT
"""The confidence from which on "see a doctor" is said below the safety card, which says to call now.

Only the article that comes first says it. On judgments/unseen-articles (dev) that keeps all 52 right notices of the
urgent questions that get the card, and 11 of their 18 notices of other articles; of the 13 notices to see a doctor that
emergencies get, 4 are left.
"""

FROM_ANOTHER = 0.35
ARTICLES_BEFORE = 2
"""The confidence, and the articles that may come before, of an article that does not come first and has a notice.

Where the passages found hardly answer, or it is far behind, it has nothing to say: "kid's twisted foot" had the signs
of hand, foot and mouth disease. On judgments/unseen-articles (dev) no notice of the right article is lost, and of 591
everyday complaints 84 have a notice where 95 had.
"""

NOTICE_FEATURES = ("urgency", "sign", "beside", "words")
"""What the notice is weighed from, in the order of `notice_features`."""

_WHO = (
    r"(?:doctors?|gps?|nurses?|midwi(?:fe|ves)|pharmacists?|health visitor|surgery|clinic|dentist|optician|specialist"
    r"|prescriber|team|practice|unit|ward|someone|us|111|advice|appointment|visit)"
)
_WHERE = r"(?:ambulances?|emergency|999|911|112|a ?& ?e|hospital|casualty|poisons? (?:centre|center|line|control))"
_VERBS = (
    r"(?:see|seen|call|ring|dial|phone|telephone|tell|contact|ask|speak to|talk to|visit|book|consult|go|get|make"
    r"|examined|sent|needs?|checked)"
)

_EMERGENCY = re.compile(
    rf"\b{_WHERE}\b|\bemergenc(?:y|ies)\b|\bred flags?\b|\blife-threatening\b"
    r"|\b(?:get|seek|needs?) (?:urgent |emergency |immediate |medical )*(?:help|care|attention)"
    r" (?:at once|now|immediately|straight away|right away)\b"
)
"""Words by which a text sends to an ambulance, to a hospital or for help at once."""

_DOCTOR = re.compile(
    rf"\b{_VERBS} (?:\S+ ){{0,4}}?{_WHO}\b|\bappointment\b|\bsame day\b|\bwithin (?:a|one|two|24) (?:days?|hours)\b"
    r"|\b(?:get|seek|needs?|ring for) (?:medical |prompt )?(?:help|advice|attention|care)\b"
)
"""Words by which a text sends to somebody who can be seen or phoned."""

_SOON = re.compile(r"\b(?:at once|immediately|straight away|right away|urgent(?:ly)?)\b")
"""Words that make an emergency of a text that sends to nobody by name."""

_ACTION = re.compile(rf"\b{_VERBS} (?:\S+ ){{0,5}}?(?:{_WHO}|{_WHERE}|help)\b")
"""What a sentence says that tells by itself what to do."""

_ELSEWHERE = re.compile(
    r"\b(?:in|at) (?:the )?hospital\b|\bwait for\b|\bto tell the\b|\bcheck first\b|\bbefore\w*\b|\bright for you\b"
    r"|\bother medicines\b|\bwho (?:can|should|must)(?: not|n't| check)\b|\btreatment\b|\btests?\b|\bdiagnos\w+\b"
)
"""Words of headings over sections that speak of doctors and hospitals, but of no signs to act on."""

_OPENS_A_LIST = re.compile(r"(?::|\bif|\byou|\bchild|\bperson|\bwhen|\bwith|\bwho)\s*:?$")

_OVERDOSE = re.compile(r"\b(?:too much|too many|overdos\w*|more than you should)\b")
"""Words of headings over sections that say what to do about an overdose."""


@dataclass(frozen=True, eq=False, slots=True)
class NoticeModel:
    """What decides about the notice: a regression over `notice_features`, and the probability that it is shown from."""

    weights: Logistic
    threshold: float


@dataclass(frozen=True, eq=False, slots=True)
class Asked:
    """A question: its text, its unit vector, and by how much it tells of something that is happening to somebody."""

    text: str
    vector: Vectors
    urgency: float


@dataclass(frozen=True, eq=False, slots=True)
class WarningSection:
    """A passage with warning signs, of the article that a question is about.

    `vectors` are the sentences', shape (sentences, dimension), and `levels` what `sign_levels` gives.
    """

    row: int
    passage: Passage
    vectors: Vectors
    levels: Sequence[NoticeLevel | None]


@dataclass(frozen=True, slots=True)
class Sign:
    """The sentence of an article's warning sections that is nearest to a question: its number, its cosine."""

    section: WarningSection
    sentence: int
    level: NoticeLevel
    cosine: float


def nearest_sign(asked: Asked, sections: Sequence[WarningSection]) -> Sign | None:
    """The sign that is nearest to a question, or None where no sentence is one; ties go in reading order."""
    nearest: Sign | None = None
    for section in sorted(sections, key=lambda section: section.row):
        cosines = np.einsum("ij,j->i", section.vectors, asked.vector)
        for sentence, level in enumerate(section.levels):
            if level is not None and (nearest is None or cosines[sentence] > nearest.cosine):
                nearest = Sign(section, sentence, level, float(cosines[sentence]))
    return nearest


def notice_features(asked: Asked, sign: Sign, rival: float) -> NDArray[np.float64]:
    """Features of a question beside the nearest sign of an article, in the order of NOTICE_FEATURES.

    By how much the question tells of something happening; the cosine of the sign; how far that lies above `rival`, the
    best cosine of the article's other sections; the share of the question's content words that the sign has.
    """
    words = _beginnings(asked.text)
    passage = sign.section.passage
    shared = words & _beginnings(passage.quote(passage.sentences[sign.sentence]))
    return np.array([asked.urgency, sign.cosine, sign.cosine - rival, len(shared) / max(len(words), 1)])


def is_shown(sign: Sign, before: int, confidence: float, has_card: bool) -> bool:
    """Tell whether the notice of a sign is shown, after `before` articles that come before its own.

    `confidence` is that of the answer, `has_card` whether the safety card stands above it. Below the card an emergency
    is always named.
    """
    if has_card:
        return sign.level == "emergency" or (before == 0 and confidence >= BESIDE_CARD)
    return before == 0 or (before <= ARTICLES_BEFORE and confidence >= FROM_ANOTHER)


def _beginnings(text: str) -> set[str]:
    """What the stems of a text's content words begin with."""
    return {stem[:PREFIX_LENGTH] for stem in terms_of(" ".join(content_words(text)))}


def sign_levels(passage: Passage, is_warning: bool) -> tuple[NoticeLevel | None, ...]:
    """What each sentence of a passage says to do about what it names, or None where it is no sign to act on.

    The sentence's own words decide, or else those of the paragraph that its list hangs on, or else those of its
    headings, the nearest first. `is_warning` is whether the section is one of warning signs by its article's mark or
    the classifier of headings; its lines whose words do not say whom to see send to a doctor.
    """
    headings = [heading.lower() for heading in reversed(passage.path)]
    of_section = _level_of_section(headings, is_warning)
    lead: NoticeLevel | None = None
    levels: list[NoticeLevel | None] = []
    for sentence in passage.sentences:
        own = passage.quote(sentence).lower()
        acts = _level(own) if of_section or _ACTION.search(own) else None
        if passage.blocks[sentence.block].type == "paragraph":
            opens = _OPENS_A_LIST.search(own) is not None
            lead = acts if opens else None
            levels.append(None if opens else acts or of_section)
        else:
            levels.append(acts or lead or of_section)
    if _ELSEWHERE.search(headings[0]) and not is_warning:
        return (None,) * len(levels)
    return tuple(levels)


def _level_of_section(headings: Sequence[str], is_warning: bool) -> NoticeLevel | None:
    """Whom the headings of a section send to, the nearest first."""
    for heading in headings:
        if _OVERDOSE.search(heading):
            return "emergency"
        if (level := _level(heading)) is not None:
            return level
    return "doctor" if is_warning else None


def _level(text: str) -> NoticeLevel | None:
    """Whom a text sends to, in lower case."""
    if _EMERGENCY.search(text):
        return "emergency"
    if _DOCTOR.search(text):
        return "doctor"
    return "emergency" if _SOON.search(text) else None
