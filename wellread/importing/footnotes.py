"""Puts the footnotes of a web page below what refers to them, so that a caution stays with its dose."""

from __future__ import annotations

import re
from copy import copy
from typing import TYPE_CHECKING, cast

from wellread.importing.ends import SOURCES
from wellread.importing.left_out import LeftOut
from wellread.importing.tables import is_passage
from wellread.importing.tree import BLOCK_NAMES, HEADING_NAMES, HEADINGS, first_inside, holds, nearest_around, text_of

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_MARK = re.compile(
    r"[\[(]?\s*(?:(?:foot|end)?notes?|note|fußnote|nota|nb)?\s*(\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§#‖¶]{1,4})\s*[\])]?[.:]?",
    re.IGNORECASE,
)
"""What refers to a note: "1", "[1]", "[footnote 1]", "a", "*"."""

_COMMENT = re.compile(r"cmnt\d|_?msocom", re.IGNORECASE)
"""Ids of what reviewers wrote beside a text, of Google Docs and of Word."""

_NOTE_ID = re.compile(r"(?:ftn|edn|fn|note|com)[-_:.]?\d+$", re.IGNORECASE)
"""Ids of the element around a note of several paragraphs: Word's "ftn1", LibreOffice's "sdfootnote1"."""

_AFTER_MARK = re.compile(r"^\s*[.:)]?[\s\xa0]*")


def place_footnotes(page: BeautifulSoup) -> list[LeftOut]:
    """Put each footnote below the block that refers to it, once in a section, marked as Word's: "10 days.[1]".

    A footnote is a place that a mark leads to and that leads back to the mark. Lists under a heading such as "Sources"
    stay where they are. What reviewers wrote beside the text is left out. Gives that, and the heading of the notes.
    """
    places = _places(page)
    order: dict[int, int] = {}
    heads: dict[int, Tag | None] = {}  # the heading that each element stands under
    heading: Tag | None = None
    for at, tag in enumerate(page.find_all(True)):
        heading = tag if tag.name in HEADING_NAMES else heading
        order[id(tag)], heads[id(tag)] = at, heading
    notes: dict[int, Tag] = {}
    marks: list[tuple[Tag, Tag, str]] = []  # what refers to a note, the note, and how it is marked
    for link in page.find_all("a", href=True):
        target = places.get(_fragment(link))
        found = _MARK.fullmatch(text_of(link))
        if target is None or order[id(target)] < order[id(link)]:
            continue  # it leads back from a note
        comment = _COMMENT.match(_fragment(link)) is not None
        note = _around(target, link)
        if note is None or not (comment or (found and _leads_back(note, link))):
            continue
        notes[id(note)] = note
        marks.append((link, note, "" if comment or found is None else found[1]))
    left_out = [
        LeftOut("comments", text_of(notes[at])) for at in dict.fromkeys(id(note) for _, note, mark in marks if not mark)
    ]
    placed: set[tuple[int, int]] = set()
    last: dict[int, Tag] = {}  # the note that was put last below a block
    for link, note, mark in marks:
        above = heads[id(note)]
        if mark and above is not None and SOURCES.search(text_of(above)):
            notes.pop(id(note), None)
            continue
        written = f"[{mark}]" if mark.isalnum() else mark
        block = _block_around(link)
        _replace(link, written)
        if mark and (id(heads[id(link)]), id(note)) not in placed:
            placed.add((id(heads[id(link)]), id(note)))
            whole, ways = _without_ways_back(note, written)
            left_out += [LeftOut("links back from footnotes", way) for way in ways]
            for paragraph in whole:
                _put_below(block, last.get(id(block)), paragraph)
                last[id(block)] = paragraph
    for note in notes.values():
        left_out += _take(note)
    return left_out


def _places(page: BeautifulSoup) -> dict[str, Tag]:
    """The elements of a page that a link can lead to, by id or by name, the first of each."""
    named = {str(tag["name"]): tag for tag in reversed(page.find_all("a", attrs={"name": True}))}
    return named | {str(tag["id"]): tag for tag in reversed(page.find_all(id=True))}


def _fragment(link: Tag) -> str:
    return str(link.get("href") or "").strip().rpartition("#")[2] if "#" in str(link.get("href")) else ""


def _around(target: Tag, link: Tag) -> Tag | None:
    """The whole note that a place begins or stands in: an item of a list, or paragraphs; none that holds the mark."""
    note = target if target.name in BLOCK_NAMES else nearest_around(target, (*BLOCK_NAMES, "li"))
    if note is None or note.name in HEADING_NAMES:
        return None
    item = nearest_around(note, ("li",))
    if item is not None and not holds(item, link) and first_inside(item, HEADING_NAMES) is None:
        note = item
    while (outer := note.parent) is not None and outer.name in ("div", "aside", "section") and not holds(outer, link):
        if text_of(outer) != text_of(note) and not _NOTE_ID.search(str(outer.get("id") or "")):
            break
        note = outer
    return None if holds(note, link) or note.name in ("body", "main", "table") else note


def _leads_back(note: Tag, link: Tag) -> bool:
    ids = {str(tag.get(key)) for tag in [link, *_small_around(link)] for key in ("id", "name") if tag.get(key)}
    ids |= {str(tag.get(key)) for tag in link.find_all(True) for key in ("id", "name") if tag.get(key)}
    return any(_fragment(back) in ids for back in note.find_all("a", href=True))


def _small_around(link: Tag) -> list[Tag]:
    """The elements of a line around a mark, such as <sup>."""
    return [tag for tag in link.parents if tag.name in ("sup", "span", "small", "b", "strong", "i", "em")]


def _block_around(link: Tag) -> Tag:
    """The block that a note on one of its words stands below: a paragraph, an item, a heading, or a whole table."""
    table = nearest_around(link, ("table",))
    if table is not None and not any(map(is_passage, table.find_all(["td", "th"]))):
        return table
    block = nearest_around(link, (*BLOCK_NAMES, "li", "td", "th"))
    if block is not None and block.name == "dt":
        return block.find_next_sibling("dd") or block
    item = nearest_around(block, ("li",)) if block is not None and block.name != "li" else None
    return item or block or cast("Tag", link.parent)


def _replace(link: Tag, written: str) -> None:
    """Write a mark in the text where a link to its note was."""
    around = _small_around(link)
    if around and around[0].name == "sup" and text_of(around[0]) == text_of(link):
        link = around[0]
    elif around and around[0].name == "sup":
        around[0].unwrap()
    link.replace_with(written)


def _without_ways_back(note: Tag, written: str) -> tuple[list[Tag], list[str]]:
    """Paragraphs of a note, which begin with its mark; and the words of the links that lead back, but for that mark."""
    whole = copy(note)
    ways: list[str] = []
    for back in whole.find_all("a", href=True):
        words = text_of(back)
        if _fragment(back) and (_MARK.fullmatch(words) or not any(map(str.isalpha, words))):
            ways.append(words)
            around = back
            for outer in back.parents:
                if outer is whole or _letters(text_of(outer)) != _letters(words):
                    break
                around = outer
            around.decompose()
    first = next((words for words in whole.find_all(string=True) if words.strip()), None)
    if first is None:
        return [], []
    first.replace_with(f"{written} {_AFTER_MARK.sub('', first, count=1)}")
    for inner in whole.find_all(True):
        for key in ("id", "name"):
            del inner[key]
    blocks = [tag for tag in whole.find_all(BLOCK_NAMES) if nearest_around(tag, BLOCK_NAMES) in (None, whole)]
    if not blocks or text_of(whole) != " ".join(map(text_of, blocks)):
        blocks = [whole]
    whole.name, whole.attrs = ("p", {}) if first_inside(whole, BLOCK_NAMES) is None else ("div", {})
    mark = next((way for way in ways if way.strip("[]().: ") == written.strip("[]")), None)
    left = [way for way in ways if way != mark and any(map(str.isalnum, way))]
    return [block.extract() for block in blocks], left


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _put_below(block: Tag, before: Tag | None, note: Tag) -> None:
    """Put a paragraph of a note behind the one before it, behind a block, or in an item above the items inside it."""
    inner = block.find(["ul", "ol"], recursive=False) if block.name == "li" else None
    if before is not None:
        before.insert_after(note)
    elif inner is not None:
        inner.insert_before(note)
    elif block.name in ("li", "td", "th", "dd", "div", "section", "article", "main", "body"):
        block.append(note)
    else:
        block.insert_after(note)


def _is_empty(tag: Tag) -> bool:
    return next((words for words in tag.strings if words.strip()), None) is None


def _take(note: Tag) -> list[LeftOut]:
    """Take a note out of its place, with the list and the heading of notes that are empty then."""
    around = note.parent
    note.decompose()
    while around is not None and around.parent is not None and _is_empty(around) and around.name != "body":
        around, empty = around.parent, around
        empty.decompose()
    if around is None or around.name == "body":
        return []
    headings = around.find_all(HEADINGS, limit=2)
    if len(headings) == 1 and text_of(around) == text_of(headings[0]):
        left_out = [LeftOut("heading of the footnotes", text_of(around))]
        around.decompose()
        return left_out
    return []
