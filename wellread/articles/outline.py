"""Turns headings and blocks, in the order of the document, into an article's sections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from wellread.articles.anchors import Anchors, name_section, slug, topic, without_number
from wellread.datatypes import Block, Note, Section, SectionRole

_FAQ = re.compile(
    r"(?:the\s+)?(?:frequently[ -]asked questions|common questions|questions (?:and|&) answers|faqs?|q\s?&\s?a"
    r"|häufig(?: gestellte|e) fragen|preguntas frecuentes|questions fréquentes|foire aux questions"
    r"|domande frequenti|perguntas frequentes|الأسئلة الشائعة)(?!\w)",
    re.IGNORECASE,
)
_ASKING = re.compile(r"(?:what|when|where|which|who|whom|whose|why|how)\b", re.IGNORECASE)
QUESTION_MARKS = ("?", "？", "؟", "⸮", "՞")
_GREEK_END = re.compile("[\u0370-\u03ff\u1f00-\u1fff];")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as it was written: level 1 is the outermost, `line` the line of the file, `id` what it is given."""

    text: str
    level: int
    line: int
    id: str = ""


@dataclass(frozen=True, slots=True)
class Details:
    """What an article says about itself apart from its text; "" or None where it is silent.

    `draft` holds the words by which it calls itself unfinished, such as "draft: true". `update_line` is the line of the
    update whose day `last_reviewed` is, or 0 where that is the day of a review.
    """

    id: str = ""
    title: str = ""
    disclaimer: str = ""
    source: str = ""
    language: str = ""
    last_reviewed: date | None = None
    next_review: date | None = None
    warning: str = ""
    draft: str = ""
    update_line: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """An article read from its markup but not yet divided into sections."""

    title: str
    parts: tuple[Heading | Block, ...]
    details: Details = field(default_factory=Details)
    notes: tuple[Note, ...] = ()


def announces_faq(heading: str) -> bool:
    """Tell whether the entries under a heading are questions and their answers."""
    return _FAQ.match(without_number(heading).lstrip()) is not None


def asks(text: str) -> bool:
    """Tell whether a text ends in a question mark of any script; that of Greek looks like a semicolon."""
    return text.endswith(QUESTION_MARKS) or (text.endswith(";") and _GREEK_END.fullmatch(text[-2:]) is not None)


def is_question(heading: str) -> bool:
    """Tell whether a heading asks something: by its question mark, or in English by its first word."""
    asked = without_number(heading).strip()
    return asks(asked) or _ASKING.match(asked) is not None


def divide(draft: Draft) -> tuple[Section, ...]:
    """Return the sections of a draft, in its order.

    Text before the first heading becomes a section under the article's title, named after its topic. A level
    that was skipped is not filled in: a heading lies under the nearest one above it that outranks it.
    """
    sections: list[Section] = []
    anchors = Anchors()
    above: list[tuple[int, str, str]] = []  # level, heading and anchor of each open heading, outermost first
    for heading, blocks in _grouped(draft):
        while above and above[-1][0] >= heading.level:
            above.pop()
        parent = above[-1] if above else None
        faq = parent is not None and announces_faq(parent[1]) and is_question(heading.text)
        if heading.level == 0:
            wanted = slug(topic(draft.title)) or name_section(draft.title, "")
        else:
            wanted = slug(heading.id) or name_section(heading.text, draft.title, "faq-" if faq else "")
        anchor = anchors.take(wanted, parent[2] if parent else "")
        path = (*(text for _, text, _ in above), heading.text)
        sections.append(Section(path, anchor, tuple(blocks), heading.line, _kind(path, faq, draft.details)))
        if heading.level:
            above.append((heading.level, heading.text, anchor))
    return tuple(sections)


def _kind(path: Sequence[str], faq: bool, details: Details) -> SectionRole:
    if details.warning and details.warning.casefold() in (heading.casefold() for heading in path):
        return "warning"
    return "faq" if faq else "section"


def _grouped(draft: Draft) -> Sequence[tuple[Heading, list[Block]]]:
    """Return each heading with its blocks; blocks before the first stand under the title, at level 0."""
    groups: list[tuple[Heading, list[Block]]] = []
    for part in draft.parts:
        if isinstance(part, Heading):
            groups.append((part, []))
            continue
        if not groups:
            groups.append((Heading(draft.title, 0, part.line), []))
        groups[-1][1].append(part)
    return groups
