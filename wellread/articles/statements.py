"""What a sentence says, for comparing it with others: its terms, of whom and what it speaks, how much, and "not"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from sys import intern

from wellread.articles.quantities import MEASURING, UNIT_WORDS, Quantity, quantities_of
from wellread.datatypes import Article, BlockType, Passage
from wellread.text.terms import stems_of, terms_of, tokens_of
from wellread.text.words import FUNCTION_WORDS

_PEOPLE = {
    "child": "child children infant infants baby babies newborn newborns toddler toddlers teenager teenagers kid kids "
    "boys girls paediatric pediatric kinder kindern kind säuglinge säuglingen niños niñas niño bebés enfants enfant "
    "nourrissons bébé",
    "pregnant": "pregnant pregnancy breastfeeding breastfeed trimester schwangere schwangerschaft embarazadas embarazo "
    "enceinte enceintes grossesse",
    "older": "older elderly frail ältere mayores âgées",
    "woman": "women woman female frauen mujeres femmes",
    "man": "men man male männer hombres hommes",
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
        f"{' '.join(sorted(UNIT_WORDS))} g l old aged age times one two three four five six seven eight nine ten eleven"
        " twelve half once twice daily every each per"
        " usually around up least most more less over under between maximum minimum roughly approximately normally"
        " generally take have use give need get make keep do go t don doesn isn aren won"
    )
)
"""Terms that a statement is not compared by: those of quantities, and verbs that any of them has."""

_NEGATORS = frozenset(terms_of("not never cannot avoid no safe unsafe"))
_NO_TERMS = _NOTHING | _NEGATORS | {""}
_NUMERAL = re.compile(r"\d|[^\x00-\x7f]")
_LIMIT = re.compile(r"\b(?:no|not|never)\b[^.;,]{0,40}?\b(?:more|longer|less|fewer|later) than\b|\([^)]*\)")
_NEGATION = re.compile(
    r"\b(?:not(?! only| just| always| necessarily| sure| all| every)|never|cannot|avoid"
    r"|no(?! more| longer| less| fewer| later)|unsafe)\b|n['’]t\b|\b(?:ca|do|does|did|is|are|was|were|wo|should)nt\b"
)
_HEDGE = re.compile(
    r"\b(?:unless|only|except|until|but|although|whether|ask|talk|check|speak|this|these|some"
    r"|even though|as long as)\b|[;:]"
)
_DEGREES = re.compile(r"(?<=[\d°º])\s?[cf]\b")
_DIGIT = re.compile(r"[\d½¼¾]")
_MARKING = frozenset(token for word in (*_MARKS, *_ORDINALS) for token in tokens_of(word))
_LABELLING = frozenset(
    word + ending
    for word in "type stage grade class group phase factor step level part".split()
    for ending in ("", "s")
)
_NEGATING = frozenset(
    "not never cannot avoid no unsafe t cant dont doesnt didnt isnt arent wasnt werent wont".split()
) | frozenset(
    f"{verb}n" for verb in "ca do does did is are was were wo should have has had could would must need".split()
)
_HEDGING = frozenset(
    "unless only except until but although whether ask talk check speak this these some though long".split()
)
"""Words without which the pattern of that name finds nothing."""

_VERBS = frozenset(terms_of("take use give need get make keep go"))
_LONGEST = 40
"""Words of a sentence that is compared, at most: a longer one is mostly a list in one line."""

_FEW = 3
"""Terms that a sentence has at least if it says by itself what it is about."""

_POINTING = re.compile(r"(?:this|these|that|those|it|they|he|she)\b", re.IGNORECASE)
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
    that may turn its sense, and `whole` that it ends as a sentence does. `above` are the terms of the sentences before
    it in its paragraph.
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
    above: frozenset[str] = frozenset()

    @property
    def whole(self) -> bool:
        """Whether it can be understood without what stands above it."""
        return self.type != "row" and self.text[:1].isalnum() and self.text[-1:] in (".", "!")

    @property
    def dependent(self) -> bool:
        """Whether it takes what it is about from the sentences before it: "This lasts 3 days."."""
        return bool(self.above) and (len(self.terms) < _FEW or _POINTING.match(self.text) is not None)

    @property
    def long(self) -> bool:
        """Whether it says too much to be compared."""
        return self.text.count(" ") >= _LONGEST


def statements_of(articles: Sequence[Article], passages: Sequence[Passage]) -> list[Statement]:
    """Every sentence of some passages as a statement, in their order."""
    files = {article.id: article.file for article in articles}
    statements: list[Statement] = []
    sections: dict[tuple[str, str], int] = {}
    stems = _Stems()
    known: dict[str, _Said] = {}  # libraries have many a sentence in several places
    for passage in passages:
        number = sections.setdefault((passage.article, passage.anchor), len(sections))
        context = _context(passage, files[passage.article], number)
        block, above = None, frozenset[str]()
        for sentence in passage.sentences:
            if passage.blocks[sentence.block] is not block:
                block, above = passage.blocks[sentence.block], frozenset()
            text = passage.quote(sentence)
            said = known.get(text)
            if said is None:
                said = known[text] = _said(text, stems)
            statements.append(
                Statement(
                    context,
                    block.line,
                    block.type,
                    text,
                    said.terms,
                    said.verbs,
                    context.marks | said.marks if said.marks else context.marks,
                    said.quantities,
                    said.negations,
                    said.hedged,
                    above,
                )
            )
            above |= said.terms
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


@dataclass(frozen=True, slots=True)
class _Said:
    """What a text says by itself, wherever it stands; the fields are those of a statement."""

    terms: frozenset[str]
    verbs: frozenset[str]
    marks: frozenset[str]
    quantities: tuple[Quantity, ...]
    negations: int
    hedged: bool


class _Stems(dict[str, str]):
    """The stem of each word that was met, interned: a large library says the same few words again and again."""

    def __missing__(self, token: str) -> str:
        self[token] = stem = intern(stems_of([token])[0])
        return stem


def _said(text: str, known: _Stems) -> _Said:
    """Read a text; each pattern is only tried where a word of it stands there, for most texts have none of them."""
    lower = text.lower()
    tokens = frozenset(tokens_of(_DEGREES.sub(" ", lower)))
    stems = frozenset(map(known.__getitem__, tokens))
    terms = stems - _NO_TERMS
    foreign = not lower.isascii()  # its words may be taken apart in another way

    def has(words: frozenset[str]) -> bool:
        return foreign or not words.isdisjoint(tokens)

    words = _WORD.findall(lower) if has(_MARKING) else ()
    measured = text.count(" ") < _LONGEST and (has(MEASURING) or _DIGIT.search(text) is not None)
    return _Said(
        frozenset(term for term in terms if not term[0].isdigit()) if _NUMERAL.search(lower) else terms,
        _VERBS.intersection(stems),
        frozenset(_MARKS[word] for word in words if word in _MARKS)
        | _ORDINALS.intersection(words)
        | frozenset(_LABEL.findall(lower) if has(_LABELLING) else ()),
        quantities_of(text) if measured else (),
        len(_NEGATION.findall(_LIMIT.sub(" ", lower))) if has(_NEGATING) else 0,
        (has(_HEDGING) or ";" in lower or ":" in lower) and _HEDGE.search(lower) is not None,
    )


def _terms(text: str) -> frozenset[str]:
    return frozenset(intern(term) for term in terms_of(text) if term and term not in _NOTHING and not term[0].isdigit())
