"""Finds the title of a Word document below the name of the hospital or ward that stands above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from wellread.importing.numbered import is_numbered
from wellread.importing.word.blocks import Block, Paragraph, without_bold
from wellread.importing.word.headings import LARGER, has_address, heads_all, look_of_text, rank_of
from wellread.importing.word.structure import ENDS, MAX_HEADING, SHORT

_LINES = 4
"""Lines above the text at most: a hospital, a ward, the title and one below it."""

_PLACE = re.compile(
    r"\S (?-i:H)ospitals?$|\S (?-i:U)niversity$|\S (?-i:C)linic$|\bhospitals? (?:nhs|of)\b|\bchildren[’']s hospital\b"
    r"|^(?:nuevo )?hospital (?:univ|cl[íi]n|gener|de |do |da |del |san|nuestra)"
    r"|^university of\b|(?:^|\S[ -])universität(?:$| \w+$)|^universit(?:é|à|ad|ade|at|ät) d"
    r"|universiteit\b|^uniwersytet\b|^univerzita\b|\bуниверситет$"
    r"|\bnhs (?:foundation )?trust$|\binfirmary$|\b(?:medical|health) (?:centre|center)$"
    r"|\bhealth board$|^ward \w+$|^department of\b|klinik(?:um|en)?\b|krankenhaus\b|(?<!ho)spital\b"
    r"|^abteilung für\b|^station \w+$|\bh[ôo]pital\b|^centre hospitalier\b|^clinique\b|^chu\b|^service d|^cl[íi]nica\b"
    r"|^servi[cç]i?o de\b|\bospedale\b|\bpoliclinico\b|^reparto di\b|ziekenhuis\b|\bumc\b|^afdeling\b|sjukhus(?:et)?\b"
    r"|sy[kg]e?hus(?:et)?\b|\bszpital\b|\bnemocnice\b|\bkórház\b|\bspitalul\b|hastanesi\b|\bsairaala\b|\bбольница\b"
    r"|\bлікарня\b|مستشفى|בית חולים|अस्पताल|医院|醫院|病院|병원",
    re.IGNORECASE,
)
"""What is called so is a place, where the line is a name and no sentence about it: "Leaving hospital" is no name."""

_ABOUT = re.compile(
    r"\b(?:from|in|into|to|at|your?|our|after|before|for|an?|im|ins|ihr\w*|nach|vor|zur?|aus|dem|sortir|votre|vos|à|avant"
    r"|après|su|tu|al|antes|después|en|dopo|prima|sua|tua|naar|uw|het|een|till|ditt|din|på|av)\b|[?:!]",
    re.IGNORECASE,
)
"""A word that the name of a place seldom has, and a title about a stay there often."""


def find_title_below(blocks: Sequence[Block]) -> tuple[list[Block], str]:
    """Mark the title where lines that are none stand above it, and tell of it; else leave the blocks as they are.

    Above it stands the name of a hospital or ward, or a line in smaller letters, where no heading is as large.
    """
    if any(isinstance(one, Paragraph) and one.title and not one.empty for one in blocks) or heads_all(blocks):
        return list(blocks), ""
    top = _top(blocks)
    title = _below_places(blocks, top)
    if title is None:
        title = _largest(blocks, top)
    if title is None or not isinstance(block := blocks[title], Paragraph) or is_numbered(block.text):
        return list(blocks), ""
    above = "; ".join(one.text for at in top if at < title and isinstance(one := blocks[at], Paragraph))
    # what stands above the title would be read by its bold type as the heading of the text below
    found = [*without_bold(blocks[:title]), replace(block, title=True), *blocks[title + 1 :]]
    return found, f'no title is marked as such, "{block.text}" became it and not what stands above it: {above}'


def told_of_place(blocks: Sequence[Block]) -> str:
    """A note where the title is the name of a place above short lines, as letterheads have them; "" where it is not."""
    filled = [block for block in blocks if not isinstance(block, Paragraph) or block.text]
    for title, below in pairwise(filled):
        if isinstance(title, Paragraph) and title.title:
            lines = isinstance(below, Paragraph) and not below.level and _is_line(below)
            named = lines and _is_place(title.text)
            return f'the title may be a name, write what the text is about: "{title.text}"' if named else ""
    return ""


def _top(blocks: Sequence[Block]) -> list[int]:
    """Where the short lines stand that the document begins with."""
    found: list[int] = []
    for at, block in enumerate(blocks):
        if isinstance(block, Paragraph) and not block.text:
            continue
        if not isinstance(block, Paragraph) or not _is_line(block) or len(found) == _LINES:
            break
        found.append(at)
    return found


def _is_line(block: Paragraph) -> bool:
    text = block.text
    plain = not (block.level or block.item or block.aside or has_address(text))
    return plain and len(text) <= MAX_HEADING and not text.endswith((*ENDS, ",", ";")) and "\n" not in text


def _text_at(blocks: Sequence[Block], at: int) -> str:
    block = blocks[at]
    return block.text if isinstance(block, Paragraph) else ""


def _is_place(text: str) -> bool:
    return len(text) <= SHORT and _PLACE.search(text) is not None and not _ABOUT.search(text)


def _below_places(blocks: Sequence[Block], top: Sequence[int]) -> int | None:
    """The line below the names of places, if a heading stands below it, or it stands out as no line further down does.

    Or else the line above is a title that speaks of a place, "The pain clinic", and this one heads the first section.
    """
    places = 0
    while places < len(top) and _is_place(_text_at(blocks, top[places])):
        places += 1
    if not 0 < places < len(top):
        return None
    at = top[places]
    following = next((one for one in blocks[at + 1 :] if not isinstance(one, Paragraph) or one.text), None)
    heads = isinstance(following, Paragraph) and following.level > 0
    body = look_of_text(blocks)
    own = rank_of(blocks[at], body)
    others = (rank for block in blocks[at + 1 :] if (rank := rank_of(block, body)))
    return at if heads or (own and all(rank < own for rank in others)) else None


def _largest(blocks: Sequence[Block], top: Sequence[int]) -> int | None:
    """The line below the first that stands out more than all other lines, and is larger than those above it.

    It need not be larger where several headings follow.
    """
    body = look_of_text(blocks)
    ranks = {at: rank[:2] for at, block in enumerate(blocks) if (rank := rank_of(block, body))}
    title = max((at for at in top if at in ranks), key=lambda at: ranks[at], default=None)
    if title is None or title == top[0]:
        return None
    others = [rank for at, rank in ranks.items() if at not in top]
    above = [block for block in blocks[:title] if isinstance(block, Paragraph)]
    sizes = [run.look.size for block in above for run in block.runs if run.text.strip()]
    larger = ranks[title][0] >= LARGER * max(sizes)
    outranks = all(rank < ranks[title] for rank in others) and all(
        ranks[at] < ranks[title] for at in top[: top.index(title)] if at in ranks
    )
    return title if outranks and (larger or len(others) > 1) else None
