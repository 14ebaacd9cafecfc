"""What a sentence says, for comparing it with others: its terms, of whom and what it speaks, how much, and "not"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from sys import intern

from wellread.articles.quantities import Quantity, quantities_of
from wellread.datatypes import Article, BlockType, Passage
from wellread.text.terms import terms_of
from wellread.text.words import FUNCTION_WORDS

_PEOPLE = {
    "child": "child children infant infants baby babies newborn newborns toddler toddlers teenager teenagers kid kids "
    "boys girls paediatric pediatric",
    "pregnant": "pregnant pregnancy breastfeeding breastfeed trimester",
    "older": "older elderly frail",
    "woman": "women woman female",
    "man": "men man male",
    "organ": "liver kidney kidneys renal hepatic",
}
_FORMS = (
    "gel cream ointment syrup liquid suspension suppository suppositories inhaler injection injections drops spray "
    "patch patches soluble slow-release modified-release sublingual nebuliser infusion strong weak severe mild moderate"
)
_MARKS = {word: name for name, words in _PEOPLE.items() for word in words.split()} | {
    word: terms_of(word)[0] for word in _FORMS.split()
}
"""Words that say of whom or of what form something is said; adults and tablets are meant where none is."""

_ORDINALS = frozenset("first second third next last another missed start starting then later again".split())
_LABEL = re.compile(r"\b(?:type|stage|grade|class|group|phase|factor|step|level|part)s? (?:\d+|[ivx]+|[a-d])\b")

_GENERIC = frozenset(
    terms_of(
        "about use uses using side effects causes symptoms treatment signs guide information leaflet patients questions"
        " overview disease condition disorder syndrome adults children medicines tablets advice care pain"
    )
)
"""Terms of titles that do not say what an article is about."""

_NOTHING = frozenset(term for word in FUNCTION_WORDS for term in terms_of(word)) | frozenset(
    terms_of(
        "mg mcg g kg ml l gram litre hour hours minute minutes day days week weeks month months year years old aged age"
        " times one two three four five six seven eight nine ten eleven twelve half once twice daily every each per"
        " usually around up least most more less over under between maximum minimum roughly approximately normally"
        " generally take have use give need get make keep do go t don doesn isn aren won"
    )
)
"""Terms that a statement is not compared by: those of quantities, and verbs that any of them has."""

_NEGATORS = frozenset(terms_of("not never cannot avoid no safe unsafe"))
_LIMIT = re.compile(r"\b(?:no|not|never)\b[^.;,]{0,40}?\b(?:more|longer|less|fewer|later) than\b|\([^)]*\)")
_NEGATION = re.compile(
    r"\b(?:not(?! only| just| always| necessarily| sure| all| every)|never|cannot|avoid"
    r"|no(?! more| longer| less| fewer| later)|unsafe)\b|n['’]t\b|\b(?:ca|do|does|did|is|are|was|were|wo|should)nt\b"
)
_HEDGE = re.compile(
    r"\b(?:unless|only|except|until|but|although|whether|ask|talk|check|speak|this|these|some"
    r"|even though|as long as)\b|[;:]"
)
_VERBS = frozenset(terms_of("take use give need get make keep go"))
_LONGEST = 40
"""Words of a sentence that is compared, at most: a longer one is mostly a list in one line."""

_WORD = re.compile(r"[\w'’-]+")
_TITLE_NUMBER = re.compile(r"\d+|[ivx]+|[a-z]")


@dataclass(frozen=True, slots=True)
class Context:
    """Where a sentence stands: its article's id and file, its section's number, and what that is about.

    `about` has the terms of the title and the headings, `subject` those of the title that say what the article is
    about, `numbers` the numbers of the title ("type 2"), and `marks` of whom and of what form the headings speak.
    """

    article: str
    file: str
    section: int
    about: frozenset[str]
    subject: frozenset[str]
    numbers: frozenset[str]
    marks: frozenset[str]


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, a list item or a table row with what it says.

    `terms` are what it is compared by, `verbs` those verbs among the rest that make a difference beside a "not".
    `marks` are of whom and of what form it speaks, and which of several ("type 2", "first"). `negations` counts its
    words such as "not", but for those of limits ("no more than"). `hedged` says that it has a condition or an exception
    that may turn its sense, and `whole` that it ends as a sentence does.
    """

    context: Context
    line: int
    type: BlockType
    text: str
    terms: frozenset[str]
    verbs: frozenset[str]
    marks: frozenset[str]
    quantities: tuple[Quantity, ...]
    negations: int
    hedged: bool

    @property
    def whole(self) -> bool:
        """Whether it can be understood without what stands above it."""
        return self.type != "row" and self.text[:1].isalnum() and self.text[-1:] in (".", "!")

    @property
    def long(self) -> bool:
        """Whether it says too much to be compared."""
        return self.text.count(" ") >= _LONGEST


def statements_of(articles: Sequence[Article], passages: Sequence[Passage]) -> list[Statement]:
    """Every sentence of some passages as a statement, in their order."""
    files = {article.id: article.file for article in articles}
    statements: list[Statement] = []
    sections: dict[tuple[str, str], int] = {}
    for passage in passages:
        number = sections.setdefault((passage.article, passage.anchor), len(sections))
        context = _context(passage, files[passage.article], number)
        for sentence in passage.sentences:
            block = passage.blocks[sentence.block]
            statements.append(_statement(context, block.line, block.type, passage.quote(sentence)))
    return statements


def _context(passage: Passage, file: str, number: int) -> Context:
    title, headings = terms_of(passage.title), f"{passage.title} {' '.join(passage.path)}".lower()
    return Context(
        passage.article,
        file,
        number,
        _terms(headings),
        _terms(passage.title) - _GENERIC,
        frozenset(term for term in title if _TITLE_NUMBER.fullmatch(term)),
        frozenset(_MARKS[word] for word in _WORD.findall(headings) if word in _MARKS),
    )


def _statement(context: Context, line: int, kind: BlockType, text: str) -> Statement:
    lower = text.lower()
    words = _WORD.findall(lower)
    marks = {_MARKS[word] for word in words if word in _MARKS} | _ORDINALS.intersection(words)
    return Statement(
        context,
        line,
        kind,
        text,
        _terms(lower) - _NEGATORS,
        _VERBS.intersection(terms_of(lower)),
        context.marks | marks | frozenset(_LABEL.findall(lower)),
        quantities_of(text) if text.count(" ") < _LONGEST else (),
        len(_NEGATION.findall(_LIMIT.sub(" ", lower))),
        _HEDGE.search(lower) is not None,
    )


def _terms(text: str) -> frozenset[str]:
    # Interned, because a large library has the same few terms in hundreds of thousands of statements.
    return frozenset(intern(term) for term in terms_of(text) if term and term not in _NOTHING and not term[0].isdigit())
