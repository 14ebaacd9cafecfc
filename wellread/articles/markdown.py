"""Reads a Markdown article (CommonMark with tables, definition lists and footnotes) into headings and plain blocks."""

from __future__ import annotations

import re
from dataclasses import replace

from wellread.articles.details import refuse_draft
from wellread.articles.disclaimers import disclaimer_note, names_itself, take_section
from wellread.articles.frontmatter import split_front_matter
from wellread.articles.markdown_body import Body, Parts
from wellread.articles.markdown_parser import PARSER
from wellread.articles.outline import Details, Draft, Heading
from wellread.articles.own_contents import without_contents
from wellread.articles.printed_dates import take_dates
from wellread.articles.sitemarks import clean
from wellread.articles.word_check import missing_in_markdown
from wellread.datatypes import Block, Note

_COUNTED_FIRST, _COUNTED_SECOND = re.compile(r"(?:1|一)[.、．) ]"), re.compile(r"(?:2|二)[.、．) ]")
"""How headings of level 1 begin that count: the first of them is one of several chapters, and no title."""


def parse_markdown(text: str, file: str) -> Draft:
    """Read a Markdown article; raises ArticleError naming `file` and the line, DraftFound where it is a draft.

    A section headed "Disclaimer" is the disclaimer, where the front matter has none.
    """
    draft = read_markdown(text, file)
    details, parts, dated = take_dates(draft.details, list(draft.parts))
    details, parts, taken = _take_disclaimer(details, parts)
    passed = draft.details.update_line if not details.update_line else 0  # the update that a review counts before
    notes = [note for note in draft.notes if not (passed and note.code == "printed-date" and note.line == passed)]
    return replace(draft, details=details, parts=tuple(parts), notes=(*notes, *dated, *taken))


def read_markdown(text: str, file: str) -> Draft:
    """Read a Markdown article with all that it says in its order, its disclaimer too.

    The title is the front matter's, or else the first heading of level 1, or a bold line on top, and the heading that
    repeats it on top is not a section. Raises what `parse_markdown` raises.
    """
    front = split_front_matter(text, file)
    refuse_draft(front.details, file)
    cleaned = clean(front.body, front.lines, file, front.values)
    tokens = PARSER.parse("\n".join(cleaned.lines), {"file": file, "numbers": cleaned.numbers})
    body = Body(cleaned, file)
    parts = body.read(tokens, front.details.title)
    missing = missing_in_markdown(front.body, front.lines + 1, parts)
    parts, contents = without_contents(parts)
    headings = [part for part in parts if isinstance(part, Heading)]
    top = [heading.text for heading in headings if heading.level == 1]
    counted = len(top) > 1 and _COUNTED_FIRST.match(top[0]) and _COUNTED_SECOND.match(top[1])
    title = front.details.title or ("" if counted or not top else top[0])
    if headings and headings[0].level == 1 and headings[0].text.casefold() == title.casefold():
        parts.remove(headings[0])
    return Draft(title, tuple(parts), front.details, (*front.notes, *cleaned.notes, *body.notes, *contents, *missing))


def _take_disclaimer(details: Details, parts: Parts) -> tuple[Details, Parts, tuple[Note, ...]]:
    if details.disclaimer:
        return details, parts, ()
    text, line, rest = take_section(parts)
    last = parts[-1] if len(parts) > 1 else None
    closes = isinstance(last, Block) and last.type == "paragraph" and isinstance(parts[-2], Block)
    if not text and last and closes and names_itself(last.text):
        text, line, rest = last.text, last.line, parts[:-1]
    if not text:
        return details, parts, ()
    return replace(details, disclaimer=text), rest, (disclaimer_note(text, line),)
