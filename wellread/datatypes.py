"""The data that travels between modules: articles, passages, sentences and answers, all of them immutable."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

_ABROAD = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)

DEFAULT_DISCLAIMER = "you should ask your doctor before taking this medicine"
"""Shown where no article speaks for itself: an article without a disclaimer of its own, an empty index."""

ABOUT = 0.5
"""The confidence from which on an article is about a question, more likely than not."""

BlockType = Literal["paragraph", "item", "row"]
SectionRole = Literal["section", "faq", "warning"]
State = Literal["answered", "closest", "not_covered"]
NoticeLevel = Literal["emergency", "doctor"]
EmergencyKind = Literal[
    "overdose",
    "poisoning",
    "self_harm",
    "not_breathing",
    "choking",
    "fit",
    "stroke",
    "chest_pain",
    "bleeding",
    "allergy",
    "baby",
    "other",
]


@dataclass(frozen=True, slots=True)
class Link:
    """A link inside a block: the characters `start` to `end` of the block's text point to `url`."""

    start: int
    end: int
    url: str

    @property
    def leads_inside(self) -> bool:
        """Whether it leads to a place in the knowledge base, and not to another site."""
        return not _ABROAD.match(self.url)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a list item or a table row, as plain text on one line.

    `marker` is how a list item was marked ("•" for any bullet, "1." and the like for a number) and `level` how
    deep it stands, 0 for the outermost list. `cells` are a table row's cells; its text is the cells joined by
    " | ". `line` is the line of the file on which the block starts, from 1.
    """

    type: BlockType
    text: str
    line: int
    marker: str = ""
    level: int = 0
    cells: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def written(self) -> str:
        """The block as one line of plain text, marker and indentation included."""
        return "  " * self.level + f"{self.marker} {self.text}" if self.type == "item" else self.text


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands directly under it, up to the next heading of any level.

    `path` holds the headings from the outermost down to this section's own (the article's title is not among
    them), so that its length is the heading's level. `anchor` names the section inside its article. A section
    of role "faq" is one question, the heading, and its answer; one of role "warning" is what the article itself calls
    its section of warning signs, whatever its heading, or lies under it.
    """

    path: tuple[str, ...]
    anchor: str
    blocks: tuple[Block, ...]
    line: int
    role: SectionRole = "section"

    @property
    def heading(self) -> str:
        """The section's own heading."""
        return self.path[-1]


@dataclass(frozen=True, slots=True)
class Note:
    """What an editor should know of how a file was read: a mark that was left out, a paragraph that was moved.

    `line` is the line of the file, or None where no single line is meant; `code` names the kind of note.
    """

    line: int | None
    code: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Article:
    """One file of the knowledge base: what a reader sees of it, in the order in which it was written.

    `file` is the path below the knowledge base with forward slashes, `sha256` the hash of the file's bytes.
    `disclaimer` is the article's own, or "" where it has none. `notes` tell how its file was read; they are no part of
    what is published, and an article that comes from an index has none.
    """

    id: str
    title: str
    sections: tuple[Section, ...]
    file: str
    sha256: str
    disclaimer: str = ""
    source: str = ""
    language: str = ""
    last_reviewed: date | None = None
    next_review: date | None = None
    notes: tuple[Note, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or a list item or table row whole: characters `start` to `end` of a passage's `block`th block."""

    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """What is shown as an answer: a section, or a part of one that is too long to be embedded whole.

    `id` is stable and unique in a generation: `article#anchor`, and `article#anchor.2` for a second part.
    """

    id: str
    article: str
    title: str
    path: tuple[str, ...]
    anchor: str
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    part: int = 1
    parts: int = 1

    @property
    def heading(self) -> str:
        """The heading of the passage's section; the question, for an entry of a FAQ."""
        return self.path[-1]

    @property
    def text(self) -> str:
        """The passage as plain text, a block a line, list items with their markers."""
        return "\n".join(block.written for block in self.blocks)

    def quote(self, sentence: Sentence) -> str:
        """The words of one of the passage's sentences."""
        return self.blocks[sentence.block].text[sentence.start : sentence.end]


@dataclass(frozen=True, slots=True)
class SafetyCard:
    """What is said before all results, whatever they are, where a question tells of an emergency."""

    kind: EmergencyKind
    text: str


@dataclass(frozen=True, slots=True)
class Scores:
    """How a hit came by its place.

    Cosines of passage and best sentence with the question; BM25, 0 where words do not count; what all came to together;
    how well the passage meets each word of the question, 0 where it was not among those compared; and what it lacks in
    the kind of section that is wanted, from -1 to 0, where that counts.
    """

    passage: float
    sentence: float
    lexical: float
    final: float
    late: float = 0.0
    kind: float = 0.0

    @property
    def shares_words(self) -> bool:
        """Whether the passage has a word of the question that most passages have not: those give it less BM25."""
        return self.lexical >= 0.05


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question, with its deciding sentence (None where none stands out).

    `same_as` is the id of a better hit that says the same, or "".
    """

    passage: Passage
    sentence: Sentence | None
    scores: Scores
    same_as: str = ""


@dataclass(frozen=True, slots=True)
class UrgentSign:
    """The sentence of an urgent section that a question tells of, and whom the section's own words send to."""

    sentence: Sentence
    level: NoticeLevel

    @property
    def advice(self) -> str:
        """What the section comes to, in words that stand before its own heading."""
        return "Get help now" if self.level == "emergency" else "See a doctor"


@dataclass(frozen=True, slots=True)
class Answer:
    """What Wellread says to a question: passages of articles, best first, and how far they can be trusted.

    `confidence` is the probability that the articles answer the question. `urgent` is the passage that says when to
    seek care, where the question tells of something that it lists, and `urgent_sign` what that is. `generation` is the
    id of the generation that answered. `corrections` has the misspelt words of the question, each with the word that it
    was read as, and `expansions` its terms with what else was searched for. `safety` is shown before all else.
    `language_note` says, in the question's own language, that it is not the articles'; empty where it is.
    """

    question: str
    state: State
    confidence: float
    disclaimer: str
    generation: str
    urgent: Passage | None
    hits: tuple[Hit, ...]
    corrections: tuple[tuple[str, str], ...] = ()
    urgent_sign: UrgentSign | None = None
    expansions: tuple[tuple[str, tuple[str, ...]], ...] = ()
    safety: SafetyCard | None = None
    language_note: str = ""

    @property
    def card_alone(self) -> bool:
        """Whether the safety card stands alone: to who may want to die, nothing is shown that only chance brought near.

        "Can I live well without a gallbladder?" came below that card. An article that is about it is shown.
        """
        return self.safety is not None and self.safety.kind == "self_harm" and self.confidence < ABOUT

    @property
    def shown_hits(self) -> tuple[Hit, ...]:
        """The hits to show to who asked: none where the articles do not answer, or the safety card stands alone."""
        return () if self.state == "not_covered" or self.card_alone else self.hits

    @property
    def read_as(self) -> str:
        """A sentence for who asked: which words were read as which others; empty where none were."""
        words = ", ".join(f"“{word}” as “{meant}”" for word, meant in self.corrections)
        return f"We read {words}." if words else ""

    @property
    def also_searched(self) -> str:
        """A sentence for who asked: what else was searched for than the words of the question; empty for nothing."""
        terms = ", ".join(f"“{meaning}”" for _, meanings in self.expansions for meaning in meanings)
        return f"We also searched for {terms}." if terms else ""
