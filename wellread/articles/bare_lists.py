"""Finds the lists of a plain text whose items have no bullets: short lines below an introduction or a heading."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wellread.articles.introductions import COLONS, SENTENCE_INSIDE, ends_clause, ends_sentence, introduces
from wellread.articles.lettering import shouts, without_picture
from wellread.articles.lines import Unit
from wellread.articles.outline import asks

_CARD_HEAD, _CARD_TEXT = 4, 8
"""Words of the heading of a card at most, and of its sentence at least."""
MAX_ITEM = 250
"""Characters of an item without a bullet, at most; a longer line is a paragraph, even without a full stop."""

_MOST_WORDS = 4
"""Words of the name of a section that stands directly below an introduction; with more it is the first item."""
_SECTION_NAMES = re.compile(
    r"(?:(?:common |main |possible |other |early |late |serious |warning )?(?:causes?|symptoms?|signs(?: and "
    r"symptoms)?|treatments?"
    r"(?: options)?|diagnosis|tests(?: and diagnosis)?|prevention|complications?|risks?(?: factors)?|outlook"
    r"|prognosis|overview"
    r"|summary|conclusion|introduction|side effects|dosage|warnings|precautions|self[- ]care|home remedies|recovery"
    r"|follow[- ]up"
    r"|living with|management|types|definition|epidemiology|when to (?:see|call|get|seek)"
    r"|ursachen?|symptome|anzeichen|behandlung|therapie|diagnose|vorbeugung|risiken|risikofaktoren|komplikationen"
    r"|nebenwirkungen"
    r"|dosierung|zusammenfassung|verlauf"
    r"|causas|síntomas|tratamientos?|diagnóstico|prevención|complicaciones|factores de riesgo|efectos secundarios"
    r"|pronóstico|resumen"
    r"|symptômes|traitements?|diagnostic|prévention|facteurs de risque|effets (?:secondaires|indésirables)|pronostic"
    r"|résumé"
    r"|cause|sintomi|trattament[oi]|cura|diagnosi|prevenzione|complicanze|fattori di rischio|effetti (?:collaterali"
    r"|indesiderati)"
    r"|sintomas|tratamentos?|prevenção|complicações|fatores de risco|efeitos (?:colaterais|secundários)|oorzaken"
    r"|symptomen"
    r"|behandeling|przyczyny|objawy|leczenie|zapobieganie))(?: (?:of|for|and|von|und|de|del|des|du|della|da|van|en|y"
    r"|et|e|a)\b.*)?",
    re.IGNORECASE,
)
"""Names of sections, for the one question that the form of a line leaves open: last item, or heading of more."""


@dataclass(frozen=True, slots=True)
class BareLists:
    """The items of lists without bullets, by their place, what announces them, and last items that may be headings.

    `texts` are sentences without a full stop below headings of their own.
    """

    items: frozenset[int]
    leads: frozenset[int]
    unsure: frozenset[int]
    texts: frozenset[int]


def is_section_name(text: str) -> bool:
    """Tell whether a line is what sections of health articles are called, "Symptoms of gout", "Ursachen"."""
    return _SECTION_NAMES.fullmatch(text) is not None


def find_bare_lists(units: Sequence[Unit], plain: Callable[[int], bool]) -> BareLists:
    """Find the items without bullets; `plain` tells whether a unit has the form of a heading.

    A list is announced by a line that ends with a colon or in the middle of a sentence, or it stands below a heading:
    three lines of the form of a heading after another one, or two that no blank line divides. Its lines stand equally
    far from one another; one that stands further off, a question and the name of a section end it. Whether the last
    line heads what follows is told by its name and its blank lines.
    """
    items: set[int] = set()
    leads: set[int] = set()
    unsure: set[int] = set()
    texts: set[int] = set()
    at = 0
    while at < len(units):
        announced = introduces(units[at].text) and not (_is_marked(units[at]) or units[at].underline)
        run = range(0)
        if not announced and (cards := _cards(units, at)):
            texts.update(cards[1::2])
            at = cards.stop
            continue
        if announced or plain(at):
            run = _run(units, at + 1, None if announced else plain)
        if not run or (len(run) == 1 and _goes_on(units[at].text, units[run.start].text)):
            at += 1
            continue
        last = run[-1]
        if last + 1 < len(units) and plain(last):
            heads, sure = _heads(units, run, announced)
            unsure.update(() if sure else (last,))
            run = range(run.start, last) if heads else run
        items.update(run)
        leads.update((at,) if announced and run else ())
        at = run.stop
    return BareLists(frozenset(items), frozenset(leads), frozenset(unsure), frozenset(texts))


def _cards(units: Sequence[Unit], at: int) -> range:
    """Return the lines of two or more cards: a few words, then a sentence without a full stop, all set apart alike."""
    end = at
    while end + 1 < len(units) and _is_card(units[end], units[end + 1]) and (end == at or units[end].gap):
        end += 2
    return range(at, end) if end > at + 2 else range(0)


def _is_card(head: Unit, text: Unit) -> bool:
    few, many = len(head.text.split()), len(text.text.split())
    alike = few <= _CARD_HEAD and many >= _CARD_TEXT and text.gap > 0 and head.text[0].isupper()
    return alike and _is_item(head) and _is_item(text)


def _run(units: Sequence[Unit], start: int, plain: Callable[[int], bool] | None) -> range:
    """Return the lines of the list that begins at a place; below a heading, they are `plain` or in lower case."""
    end = start
    while end < len(units) and _is_item(units[end]):
        if plain and not (plain(end) or units[end].text[0].islower() or end + 1 == len(units)):
            break
        if end > start and (units[end].gap != units[start + 1].gap or _pictured(units[end]) != _pictured(units[start])):
            break
        if end > start and units[end - 1].text.endswith("."):  # the last item of a list that is one sentence
            break
        named = units[end].gap and _SECTION_NAMES.fullmatch(units[end].text)
        if named and (end > start or (plain is None and len(units[end].text.split()) <= _MOST_WORDS)):
            break
        end += 1
    if plain is None or end - start > 2:
        return range(start, end)
    tight = end - start == 2 and units[start + 1].gap == 0
    apart = units[start].gap > 0 or end == len(units) or units[end].gap > 0
    return range(start, end) if tight and apart else range(0)


def _goes_on(lead: str, text: str) -> bool:
    """Tell whether a line only ends the sentence above a blank line: "Take 10 ml of it" and "every 12 hours."."""
    return not lead.endswith(COLONS) and text[0].islower() and text.endswith(".")


def _heads(units: Sequence[Unit], run: range, announced: bool) -> tuple[bool, bool]:
    """Tell whether the last line of a list is the heading of what follows, and whether that is sure."""
    last, below = units[run[-1]], units[run[-1] + 1]
    if _SECTION_NAMES.fullmatch(last.text):
        return True, True
    if below.gap > last.gap or _SECTION_NAMES.fullmatch(below.text):
        return False, True
    if last.gap:
        return not introduces(below.text), not announced
    heads = not announced and below.gap == 0 and len(run) > 2
    return heads, not heads and not (
        ends_sentence(below.text) and not introduces(below.text) and len(last.text.split()) < 4
    )


def _pictured(unit: Unit) -> bool:
    """Tell whether a line begins with a picture, as the headings of a page may where its items do not."""
    return without_picture(unit.text) != unit.text


def _is_marked(unit: Unit) -> bool:
    return bool(unit.marker or unit.cells)


def _is_item(unit: Unit) -> bool:
    text = unit.text
    if _is_marked(unit) or unit.underline or unit.size > 1:
        return False
    if text[0].islower() and (text.endswith(".") or ends_clause(text)):
        return SENTENCE_INSIDE.search(text) is None  # of a list that is one sentence
    if len(text) > MAX_ITEM:
        return False
    return not (introduces(text) or ends_sentence(text) or asks(text) or (shouts(text) and len(text) > 4))
