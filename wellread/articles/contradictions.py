"""Finds pairs of near sentences that say different things: other doses, times, ages or shares, or one says "not"."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

from wellread.articles.findings import Finding
from wellread.articles.marktext import beginning
from wellread.articles.quantities import SAME, Quantity, differ, other_range
from wellread.articles.same_subject import same_subject
from wellread.articles.statements import Statement, statements_of
from wellread.datatypes import Article, Passage

# The numbers below were chosen on 40 made pairs (tests/fixtures/contradictions/chosen-on.tsv) among the 79 articles of
# training/library; docs/editors.md says what they give on other pairs.

NEAR = 0.4
"""Weight of the terms that two statements share, as a share of those that either has, from which on they are near."""

NEAR_APART = 0.7
"""The same where each has a term that the other lacks: a broken wrist and a broken leg are not one thing."""

NEAR_LIMIT = 0.55
"""The same where both are limits: one from which to call a doctor is not one from which to call an ambulance."""

NEAR_FRAGMENT = 0.8
"""The same where one is no whole sentence."""

NEAR_IN_SECTION = 0.9
"""The same in one section, where sentences go on from each other."""

SAID = 0.33
"""The same of the terms that the sentences themselves say, headings aside, where each has one that the other lacks."""

EVIDENCE = 3
"""Shared terms and kinds of quantity, at least: "take two" is too little to compare by."""

FAR = 24
"""Values that differ by more than this factor speak of different things: minutes of one, days of another."""

COMMON = 400
"""Terms that so many statements have propose no pairs, so that the time does not grow with the square of a library."""

PROPOSING = 6
"""The rarest terms of a statement that propose pairs."""

_FACTS = frozenset({"time", "temperature", "share", "pressure", "concentration"})
"""Kinds that hold for everybody; doses and ages are those of adults or of children."""

_PER_DOSE = frozenset({"times", "interval"})
"""Kinds that make of an amount one for a time: two tablets four times a day are eight in 24 hours."""

_KNOWN = _FACTS | _PER_DOSE | {"mass", "volume", "tablet", "age", "puff", "drop", "dose", "sachet"}
_CONDITION = re.compile(r"\b(?:if|when|unless|wenn|si)\b", re.IGNORECASE)
_QUOTED = 120
"""Characters of each sentence that a finding quotes: most sentences are shorter."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two near statements that cannot both be right; `values` are the words that differ, or "" for a "not"."""

    one: Statement
    other: Statement
    values: tuple[str, str]
    similarity: float


def contradiction_findings(articles: Sequence[Article], passages: Sequence[Passage]) -> tuple[Finding, ...]:
    """A warning for each pair, at the first of the two by file and line."""
    findings = []
    for pair in find_contradictions(statements_of(articles, passages)):
        one, other = sorted((pair.one, pair.other), key=lambda said: (said.context.file, said.line))
        values = pair.values if one is pair.one else pair.values[::-1]
        place = f"{other.context.file}:{other.line}"
        said = f'this says "{values[0]}" and {place} "{values[1]}"' if values[0] else f"{place} says the opposite"
        findings.append(
            Finding(
                "warning",
                one.context.file,
                one.line,
                "contradiction",
                f'{said}: "{beginning(one.text, _QUOTED)}" – "{beginning(other.text, _QUOTED)}"',
                "find out which is right, or say in each for whom it is",
            )
        )
    return tuple(findings)


def find_contradictions(statements: Sequence[Statement]) -> list[Contradiction]:
    """Compare the statements that share rare terms; of pairs with the same words only the first is given."""
    counts: Counter[str] = Counter()
    for statement in statements:
        counts.update(statement.terms)
    weights = {term: log(1 + len(statements) / count) for term, count in counts.items()}
    graded = _graded(statements)
    found: dict[tuple[str, str], Contradiction] = {}
    for first, second in _proposed(statements, counts):
        one, other = statements[first], statements[second]
        if one.text in other.text or other.text in one.text or not same_subject(one, other):
            continue
        needed = _needed(one, other)
        similarity = _similarity(one, other, weights) if needed <= 1 else 0.0
        if similarity < needed:
            continue
        values = _differing_values(one, other, similarity, graded) or _opposite(one, other)
        if values:
            key = min(one.text, other.text), max(one.text, other.text)
            found.setdefault(key, Contradiction(one, other, values, similarity))
    return list(found.values())


def _proposed(statements: Sequence[Statement], counts: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    """Pairs of statements that share a rare term and a kind of quantity, or of which one says "not"."""
    places: defaultdict[tuple[str | int, str], list[int]] = defaultdict(list)
    for number, statement in enumerate(statements):
        deniable = not statement.hedged and statement.whole
        if not (deniable or statement.quantities):
            continue
        rare = sorted((count, term) for term in statement.terms if (count := counts[term]) <= COMMON)
        terms = [term for _, term in rare[:PROPOSING]]
        keys = [(quantity, term) for quantity in {each.kind for each in statement.quantities} for term in terms]
        met = {other for key in keys for other in places[key]}
        for key in keys:
            places[key].append(number)
        if deniable:
            for term in terms[:2]:
                met.update(places[(statement.negations + 1) % 2, term])
                places[statement.negations % 2, term].append(number)
        yield from ((other, number) for other in sorted(met))


def _similarity(one: Statement, other: Statement, weights: Mapping[str, float]) -> float:
    """The weighted Jaccard coefficient of terms; what the headings of one say counts as said by it."""
    left = one.terms | (other.terms & one.context.about)
    right = other.terms | (one.terms & other.context.about)
    either = sum(weights[term] for term in left | right)
    shared = sum(weights[term] for term in left & right)
    if not either or (left - right and right - left and shared < NEAR_APART * either):
        return 0.0
    said, of_either = one.terms & other.terms, one.terms | other.terms
    if one.terms > said < other.terms and sum(weights[term] for term in said) < SAID * sum(
        weights[term] for term in of_either
    ):
        return 0.0
    return shared / either


def _needed(one: Statement, other: Statement) -> float:
    """How similar two statements must be, or more than they can be where they are not to be compared."""
    here, there = one.context, other.context
    if one.long or other.long:
        return 2.0
    if not (one.whole and other.whole):
        return 2.0 if here.article == there.article or "row" in (one.type, other.type) else NEAR_FRAGMENT
    return NEAR_IN_SECTION if here.section == there.section else NEAR


def _differing_values(
    one: Statement, other: Statement, similarity: float, graded: Mapping[tuple[int, frozenset[str]], int]
) -> tuple[str, str] | None:
    """The first quantities that differ, as they are written."""
    kinds = {each.kind for each in one.quantities} & {each.kind for each in other.quantities} - {"number"}
    if len(one.terms & other.terms) + len(kinds) < EVIDENCE or one.negations != other.negations:
        return None
    same_section = one.context.section == other.context.section
    if any(graded.get((said.context.section, said.terms), 0) > 1 + same_section for said in (one, other)):
        return None
    differing = {kind: pair for kind in sorted(kinds) if (pair := _pair(one, other, kind))}
    if "age" in kinds and not differing and similarity >= NEAR_FRAGMENT:
        differing |= _other_ages(one, other)
    if "per" in differing and not _same_amounts(one, other):
        return None
    if _in_proportion(differing):
        return None
    per_dose = [not _PER_DOSE.isdisjoint(each.kind for each in said.quantities) for said in (one, other)]
    for kind, (here, there) in differing.items():
        if not (one.marks == other.marks or (kind in _FACTS and not (one.marks and other.marks))):
            continue
        if kind not in _FACTS | _PER_DOSE | {"age"} and per_dose[0] != per_dose[1]:
            continue
        if here.bound and there.bound and similarity < NEAR_LIMIT:
            continue
        if (here.bound or there.bound) and _in_condition(one, here) != _in_condition(other, there):
            continue
        if (kind not in _KNOWN and (same_section or similarity < NEAR_FRAGMENT)) or _far(here, there):
            continue
        return one.text[here.start : here.end], other.text[there.start : there.end]
    return None


def _in_proportion(differing: Mapping[str, tuple[Quantity, Quantity]]) -> bool:
    """Whether all that differs does so by one factor: one sachet in 200 ml, five sachets in a litre."""
    factors = [here.high / there.high for here, there in differing.values() if there.high]
    return len(factors) > 1 and max(factors) - min(factors) <= SAME * max(factors)


def _pair(one: Statement, other: Statement, kind: str) -> tuple[Quantity, Quantity] | None:
    """The first two quantities of a kind that differ, where each statement has as many of that kind."""
    here = [each for each in one.quantities if each.kind == kind]
    there = [each for each in other.quantities if each.kind == kind]
    if len(here) != len(there) or (_all_met(here, there) and _all_met(there, here)):
        return None
    return next(((each, its) for each, its in zip(here, there, strict=True) if differ(each, its)), None)


def _other_ages(one: Statement, other: Statement) -> dict[str, tuple[Quantity, Quantity]]:
    """Ages from and to which two articles say the same of people, and which overlap: "50 to 74" and "60 to 74"."""
    here, there = ([each for each in said.quantities if each.kind == "age"] for said in (one, other))
    apart = one.context.article != other.context.article
    if apart and len(here) == len(there) == 1 and other_range(here[0], there[0]):
        return {"age": (here[0], there[0])}
    return {}


def _in_condition(statement: Statement, quantity: Quantity) -> bool:
    """Whether a quantity stands in a condition: "call if it lasts longer than 5 days"."""
    return _CONDITION.search(statement.text, 0, quantity.start) is not None


def _far(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities are too far apart to be of one thing; "50 mg" may be a slip for "50 micrograms"."""
    if one.kind in ("mass", "volume") and (one.high == 1000 * other.high or other.high == 1000 * one.high):
        return False
    return max(one.high, other.high) > FAR * min(one.low, other.low)


def _all_met(some: Sequence[Quantity], others: Sequence[Quantity]) -> bool:
    """Whether each of some quantities agrees with one of the others."""
    return all(any(not differ(each, its) and not _ends(each, its) for its in others) for each in some)


def _ends(one: Quantity, other: Quantity) -> bool:
    """Whether one quantity is from where on something holds, and the other until where."""
    return bool(one.bound) and bool(other.bound) and one.bound != other.bound


def _same_amounts(one: Statement, other: Statement) -> bool:
    """Whether two statements have the same amounts, so that they differ in the time alone."""
    amounts = [
        sorted((each.kind, each.low, each.high) for each in said.quantities if each.kind not in ("per", "number"))
        for said in (one, other)
    ]
    return bool(amounts[0]) and amounts[0] == amounts[1]


def _opposite(one: Statement, other: Statement) -> tuple[str, str] | None:
    """Two empty words where one of two whole sentences says "not", and else they say the same."""
    comparable = one.whole and other.whole and not one.hedged and not other.hedged and one.marks == other.marks
    if not comparable or one.context.section == other.context.section or one.verbs != other.verbs:
        return None
    apart = (one.terms - other.terms - other.context.about) | (other.terms - one.terms - one.context.about)
    if apart or len(one.terms & other.terms) < EVIDENCE - 1:
        return None
    return ("", "") if sorted((one.negations, other.negations)) == [0, 1] else None


def _graded(statements: Sequence[Statement]) -> Mapping[tuple[int, frozenset[str]], int]:
    """How many different values a section has for the same words: lists and tables go by steps."""
    values: defaultdict[tuple[int, frozenset[str]], set[tuple[float, ...]]] = defaultdict(set)
    for statement in statements:
        if statement.quantities:
            key = statement.context.section, statement.terms
            values[key].add(tuple(each.high for each in statement.quantities))
    return {key: len(found) for key, found in values.items()}
