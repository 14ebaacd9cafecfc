"""Leaves out of Markdown the list of an article's own headings, and a heading "Contents" that stands over none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wellread.articles.markdown_body import Parts
from wellread.articles.marktext import beginning
from wellread.articles.outline import Heading
from wellread.datatypes import Block, Note
from wellread.text.page_words import CONTENTS

_LEAST = 2
"""Entries of a list of headings, at least; of one that nothing calls so, one more."""
_QUOTED = 120
_NUMBER = re.compile(r"[\d.]+[.)、]?\s+")


def without_contents(parts: Parts) -> tuple[Parts, list[Note]]:
    """Return the parts of an article without the list of its own headings, and a note of what is left out.

    All items of such a list are headings that follow. It is called "Contents", or its items are links to places in the
    article and it stands above all headings.
    """
    rest: Parts = []
    notes: list[Note] = []
    first_heading = next(
        (n for n, part in enumerate(parts) if isinstance(part, Heading) and part.level > 1), len(parts)
    )
    at = 0
    while at < len(parts):
        called = _is_called_contents(parts[at])
        first = at + called
        begins = called or (at < first_heading and _leads_inside(parts[at]) and not (at and _is_item(parts[at - 1])))
        end = _end_of_list(parts, first, called) if begins else first
        bare = called and _is_over_nothing(parts[at : at + 2])
        if end - first >= _LEAST + (not called):
            notes.append(_note(parts[at:end], "it lists headings that follow"))
            at = end
        elif bare:
            notes.append(_note(parts[at:first], "no list of contents stands below it"))
            at = first
        else:
            rest.append(parts[at])
            at += 1
    return rest, notes


def _is_called_contents(part: Heading | Block) -> bool:
    written = isinstance(part, Heading) or part.type == "paragraph"
    return written and CONTENTS.fullmatch(part.text.rstrip(":： ")) is not None


def _is_over_nothing(parts: Parts) -> bool:
    """Tell whether a heading stands last or above one that is not deeper; one that is may be what "Contents" are."""
    heading, *below = parts
    return isinstance(heading, Heading) and all(
        isinstance(part, Heading) and part.level <= heading.level for part in below
    )


def _end_of_list(parts: Parts, first: int, called: bool) -> int:
    """Return where a list of headings that follow ends, or `first` where none begins."""
    end = first
    while end < len(parts) and _is_item(parts[end]):
        end += 1
    headings = {_key(part.text) for part in parts[end:] if isinstance(part, Heading)}
    whole = all(_key(part.text) in headings and (called or _leads_inside(part)) for part in parts[first:end])
    return end if whole else first


def _is_item(part: Heading | Block) -> bool:
    return isinstance(part, Block) and part.type == "item"


def _leads_inside(part: Heading | Block) -> bool:
    """Tell whether an item is nothing but a link to a place in its own article."""
    links = part.links if isinstance(part, Block) else ()
    return len(links) == 1 and links[0].url.startswith("#") and links[0].end - links[0].start == len(part.text)


def _key(text: str) -> str:
    return _NUMBER.sub("", text, count=1).strip(" :：").casefold()


def _note(parts: Sequence[Heading | Block], why: str) -> Note:
    said = beginning(" / ".join(part.text for part in parts), _QUOTED)
    remedy = "write it as a sentence, if readers should see it"
    return Note(parts[0].line, "around-text", f'"{said}" is left out: {why}', remedy)
