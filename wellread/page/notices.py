"""What stands above all that was found: the safety card, the urgent notice, that we search in another language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from wellread.datatypes import Answer, Block, Hit, Passage, Sentence
from wellread.page.cards import same_html
from wellread.page.excerpts import Run, excerpt, lead_in, lines_of
from wellread.page.quotes import Library, quote
from wellread.page.rendering import render
from wellread.page.words import gettext, later
from wellread.text.languages import language_of

EMERGENCY = later("Emergency")
"""The word over the safety card."""

_ADVICE = {"emergency": later("Get help now"), "doctor": later("See a doctor")}
"""The words of `UrgentSign.advice`, for the catalogue. How soon to see a doctor, the section's own words say."""

_DESCRIBES = re.compile(r"\W*(?:when|who|how|what|why|which|where|signs|symptoms)\b", re.IGNORECASE)
"""How headings begin that name a subject, such as "When to get help", and tell nobody what to do."""

_ACTION = re.compile(
    r"\b(?:call|ring|phone|dial|contact|go|get|see|seek|speak|talk|tell|ask|take|bring|visit|book)\b",
    re.IGNORECASE,
)
"""Verbs of what somebody is told to do when a warning sign is there, as headings and lead-ins have them."""

_LONGEST_ACTION = 120
"""Characters of a line that can be a heading; three lines on a phone."""

_WHOLE_LINES = 14
"""Lines of a notice that is shown whole: with its heading, one screen of a phone."""


def safety_html(answer: Answer, target: str) -> Markup:
    """Return the safety card, "" where there is none; `target` is its HTML id."""
    if answer.safety is None:
        return Markup("")
    word = gettext(EMERGENCY)
    return render("notices.html", "safety", word=word, text=answer.safety.text, target=target)


def language_html(answer: Answer, target: str) -> Markup:
    """Return that the question is in another language than the articles, "" where it is not."""
    if not answer.language_note:
        return Markup("")
    language = language_of(answer.question) or ""
    return render("notices.html", "language", note=answer.language_note, language=language, target=target)


def notice_said(answer: Answer) -> str:
    """Return the notice's heading in one line, as a screen reader says it; "" where there is no notice."""
    passage, sign = answer.urgent, answer.urgent_sign
    if passage is None:
        return ""
    action = action_of(passage, sign.sentence if sign else None).rstrip(" .:")
    return f"{gettext(sign.advice)}: {action}." if sign else f"{action}."


def action_of(passage: Passage, sentence: Sentence | None) -> str:
    """Return the words of a section that say what to do: the line that leads to the sign's list, or its heading.

    The lead-in is taken where it tells to do something and the heading does not.
    """
    place = lead_in(passage.blocks, sentence.block) if sentence else None
    if place is not None:
        lead = passage.blocks[place].text
        if len(lead) <= _LONGEST_ACTION and _instructs(lead) and not _instructs(passage.heading):
            return lead
    return passage.heading


def _instructs(words: str) -> bool:
    return bool(_ACTION.search(words)) and not _DESCRIBES.match(words)


def urgent_html(answer: Answer, library: Library, target: str, same: tuple[Hit, ...] = ()) -> Markup:
    """Return the urgent notice, "" where there is none: its article, what to do in the section's own words, the sign.

    The line that the question tells of stands first, and is marked. A long section is shown in part, from that line on,
    and opens in its place. `target` is the HTML id of the notice, or ""; `same` is folded at its foot.
    """
    passage, sign = answer.urgent, answer.urgent_sign
    if passage is None:
        return Markup("")
    deciding = next((hit.sentence for hit in answer.hits if hit.passage.id == passage.id), None)
    sentence = sign.sentence if sign else deciding
    action = action_of(passage, sentence)
    whole = lines_of(passage.blocks) <= _WHOLE_LINES
    runs = () if whole else _below_heading(excerpt(passage, sentence, onward=sign is not None), action)
    quoted = quote(passage, sentence, library, runs)
    shown = [block for blocks, _ in runs for block in blocks] or passage.blocks
    return render(
        "notices.html",
        "urgent",
        quote=quoted,
        target=target,
        level=sign.level if sign else "",
        advice=gettext(sign.advice) if sign else gettext("Important"),
        action=action,
        heading="" if action == passage.heading else passage.heading,
        line=passage.quote(sign.sentence) if sign and not _opens(sign.sentence, passage, shown) else "",
        more=same_html(same, library, passage.heading, 3),
    )


def _below_heading(runs: tuple[Run, ...], action: str) -> tuple[Run, ...]:
    """The runs of an excerpt without their first line, where the heading above them is that line."""
    if not runs or runs[0][0][0].text != action:
        return runs
    (blocks, sentence), *others = runs
    if len(blocks) == 1:
        return tuple(others) or runs
    if sentence is not None and sentence.block == 0:
        return runs
    return ((blocks[1:], replace(sentence, block=sentence.block - 1) if sentence else None), *others)


def _opens(sentence: Sentence, passage: Passage, shown: Sequence[Block]) -> bool:
    """Tell whether a sentence begins what is shown of its passage, alone or below the short line that leads to it."""
    place = lead_in(passage.blocks, sentence.block)
    leads = place is not None and shown[0] is passage.blocks[place] and len(shown[0].text) <= _LONGEST_ACTION
    return sentence.start == 0 and shown[1 if leads else 0] is passage.blocks[sentence.block]
