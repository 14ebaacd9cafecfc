"""Makes lists of what is typed or written as one: bullets in paragraphs, items without a list, lines between breaks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, cast

from wellread.importing.list_numbers import numbered, write_marks
from wellread.importing.tree import BLOCK_NAMES, BLOCKS, HEADINGS, first_inside, nearest_around, new_tag
from wellread.importing.typed_lists import BULLET, DASH, list_typed

if TYPE_CHECKING:
    from bs4 import Tag
    from bs4.element import PageElement

_ANY_BULLET = re.compile(f"{BULLET.pattern}|{DASH.pattern}")


_INLINE = ("span", "font", "big", "small", "b", "strong", "i", "em", "u", "tt", "nobr", "blink")


def open_inline(text: Tag) -> None:
    """Make blocks of inline elements that hold blocks, or paragraphs between two line breaks, as old pages have them.

    Line breaks at their ends move out: "<b>Signs<br></b>Fever" is a line in bold type and another one.
    """
    for tag in reversed(text.find_all([*_INLINE, "a"])):
        for edge, place in ((-1, tag.insert_after), (0, tag.insert_before)):
            while _ends_in_break(tag, edge):
                place(tag.contents[edge].extract())
        if tag.name == "a":
            continue
        plain = tag.name in ("span", "font", "big", "small")
        if first_inside(tag, BLOCK_NAMES) is not None or (plain and _has_empty_line(tag)):
            tag.name = "div"


def _ends_in_break(tag: Tag, edge: int) -> bool:
    """Tell whether the last or the first child of an element is a line break, or white space beside one."""
    at = tag.contents[edge] if tag.contents else None
    if at is not None and getattr(at, "name", None) is None and not at.get_text().strip():
        at = at.previous_sibling if edge else at.next_sibling
    return at is not None and getattr(at, "name", None) == "br"


def _has_empty_line(tag: Tag) -> bool:
    return any(line == [] for line in _lines(tag)[1:-1])


def wrap_loose_text(text: Tag) -> None:
    """Put words that stand beside blocks, in no block of their own, into paragraphs."""
    for block in [
        text,
        *text.find_all(
            ["div", "td", "th", "section", "article", "main", "dd", "form", "center", "aside", "header", "footer", "a"]
        ),
    ]:
        children = list(block.children)
        if not any(_is_block(child) for child in children):
            continue
        loose: list[PageElement] = []
        for child in [*children, None]:
            if child is not None and not _is_block(child):
                loose.append(child)
                continue
            if any(one.get_text().strip() for one in loose):
                paragraph = new_tag("p")
                loose[0].insert_before(paragraph)
                paragraph.extend(one.extract() for one in loose)
            loose = []


def _is_block(child: PageElement) -> bool:
    name = getattr(child, "name", None)
    if name in (*BLOCKS, *HEADINGS, "header", "nav", "dt", "tr", "tbody", "thead", "tfoot", "caption", "summary"):
        return True
    return name is not None and name != "br" and first_inside(cast("Tag", child), BLOCK_NAMES) is not None


def tidy_lists(text: Tag) -> list[str]:
    """Bring lists into the form that Markdown has for them; gives notes.

    Items that stand in no list get one, paragraphs that begin with a bullet become items, two line breaks end a
    paragraph, lists that count in letters get their marks written, and terms with their meanings become items. A list
    that is one link and nothing else becomes a paragraph.
    """
    for terms in text.find_all("dl"):
        _list_terms(terms)
    _end_paragraphs(text)
    _drop_idle_breaks(text)
    _free_loose_words(text)
    _list_loose_items(text)
    _open_lists_of_a_link(text)
    for listing in text.find_all("ol"):
        write_marks(listing)
    return list_typed(text)


def _list_terms(terms: Tag) -> None:
    """Make items "Term: meaning" of a list of terms; terms whose meanings are lists or tables stay as they are."""
    pairs = [
        tag for tag in terms.find_all(["dt", "dd"]) if nearest_around(tag, ("dl",)) is terms and tag.get_text().strip()
    ]
    simple = all(tag.find(BLOCKS) is None or [*tag.find_all(BLOCKS)] == tag.find_all("p") for tag in pairs)
    if not simple or not pairs or pairs[0].name != "dt" or pairs[-1].name != "dd":
        return
    listing = new_tag("ul")
    item: Tag | None = None
    said = ""  # by the term or meaning before
    for before, tag in pairwise([None, *pairs]):
        if tag is None:
            continue
        if tag.name == "dt" and (item is None or (before is not None and before.name == "dd")):
            item = new_tag("li")
            listing.append(item)
        elif tag.name == "dt" and item is not None:
            item.append(", ")  # two terms of one meaning
        elif item is not None:
            ended = said.rstrip().endswith((":", "?", "!", ".", ";"))
            item.append(" " if ended else ": " if before is not None and before.name == "dt" else "; ")
        said = tag.get_text()
        for inner in tag.find_all("p"):
            inner.insert_after(" ")
            inner.unwrap()
        for child in list(tag.children):
            if item is not None:
                item.append(child.extract())
    terms.replace_with(listing)


def _end_paragraphs(text: Tag) -> None:
    """End a paragraph at two line breaks, and before each line of it that begins with a bullet."""
    for block in [text, *text.find_all(["p", "div", "td", "li", "dd", "blockquote", "section", "article", "main"])]:
        if not any(getattr(child, "name", None) == "br" for child in block.children):
            continue
        lines = _lines(block)
        dashes = sum(DASH.match(_text(line)) is not None for line in lines) > 1
        pattern = _ANY_BULLET if dashes else BULLET
        if all(lines[1:-1]) and not any(pattern.match(_text(line)) for line in lines[1:]):
            continue
        paragraphs: list[list[PageElement]] = []
        begins = True
        for at, line in enumerate(lines):
            bullet = pattern.match(_text(line))
            if line and (begins or bullet):
                paragraphs.append(line)
            elif line:
                paragraphs[-1] += [new_tag("br"), *line]
            begins = not line or (bullet is not None and at + 1 < len(lines) and not lines[at + 1])
        for child in list(block.children):
            child.extract()
        for paragraph in paragraphs:
            if any(getattr(one, "name", None) in (*BLOCKS, *HEADINGS) for one in paragraph):
                block.extend(paragraph)
            else:
                block.append(new_tag("p", paragraph))
                if dashes and DASH.match(_text(paragraph)):
                    block.contents[-1]["class"] = "bullet"  # type: ignore[index]
        if block.name == "p":
            block.name = "div"


def _drop_idle_breaks(text: Tag) -> None:
    """Take out drawn lines, and line breaks that break nothing: before, behind and between blocks."""
    for rule in text.find_all("hr"):
        rule.decompose()
    for at in text.find_all("br"):
        if nearest_around(at, ("pre",)) is not None:
            at.replace_with("\n")
        elif _is_at_edge(at, "next_sibling") or _is_at_edge(at, "previous_sibling"):
            at.extract()


def _is_at_edge(at: PageElement, direction: str) -> bool:
    """Tell whether a line break has no words of its own block on one side of it."""
    while True:
        beside = getattr(at, direction)
        while beside is not None and not beside.get_text().strip() and not _is_block(beside):
            beside = getattr(beside, direction)
        if beside is not None:
            return _is_block(beside)
        if at.parent is None or at.parent.name in (*BLOCK_NAMES, "td", "th", "summary", "body", "[document]"):
            return True
        at = at.parent


def _lines(block: Tag) -> list[list[PageElement]]:
    """What stands between the line breaks of a block; a line of white space is empty."""
    lines: list[list[PageElement]] = [[]]
    for child in block.children:
        if getattr(child, "name", None) == "br":
            lines.append([])
        elif str(child).strip() or lines[-1]:
            lines[-1].append(child)
    return lines


def _text(line: Sequence[PageElement]) -> str:
    return "".join(one.get_text() for one in line)


def _free_loose_words(text: Tag) -> None:
    """Put what stands in a list but in no item before, between and behind the items, as a browser shows it."""
    for listing in text.find_all(["ul", "ol"]):
        children = [child for child in listing.children if child.get_text().strip()]
        if all(_is_of_list(child) for child in children):
            continue
        for item, number in numbered(listing) if listing.name == "ol" else ():
            item["value"] = str(number)
        place: Tag | None = None  # what the next piece goes behind
        for of_list, run in groupby(children, _is_of_list):
            pieces = [child.extract() for child in run]
            blocks = [new_tag(listing.name, pieces)] if of_list else _in_blocks(pieces)
            if of_list:
                blocks[0].attrs = dict(listing.attrs)
            for block in blocks:
                (listing.insert_before if place is None else place.insert_after)(block)
                place = block
        listing.decompose()


def _is_of_list(child: PageElement) -> bool:
    """Tell whether a child of a list is an item, another list, or holds items."""
    name = getattr(child, "name", None)
    return name in ("li", "ul", "ol") or (name is not None and first_inside(cast("Tag", child), ("li",)) is not None)


def _in_blocks(pieces: Sequence[PageElement]) -> list[Tag]:
    """Pieces of a page as blocks; those that are none go into paragraphs."""
    found: list[Tag] = []
    for is_block, run in groupby(pieces, _is_block):
        beside = list(run)
        found += [cast("Tag", one) for one in beside] if is_block else [new_tag("p", beside)]
    return found


def _list_loose_items(text: Tag) -> None:
    """Put items that stand in no list into one."""
    last: Tag | None = None
    for item in text.find_all("li"):
        if item.parent is None or item.parent.name in ("ul", "ol", "menu"):
            continue
        before = item.previous_sibling
        while before is not None and not str(before).strip():
            before = before.previous_sibling
        if last is not None and before is last:
            last.append(item.extract())
        else:
            last = item.wrap(new_tag("ul"))


def _open_lists_of_a_link(text: Tag) -> None:
    """Make a paragraph of a list that has one item, which is a link and nothing else: a frame, and no list."""
    for listing in text.find_all("ul"):
        items = listing.find_all("li")
        links = listing.find_all("a", href=True)
        if len(items) == len(links) == 1 and nearest_around(listing, ("li", "table")) is None:
            words = "".join(listing.get_text().split())
            beside = [listing.find_next_sibling(), listing.find_previous_sibling()]
            if words == "".join(links[0].get_text().split()) and not any(tag and tag.name == "ul" for tag in beside):
                listing.name, items[0].name = "div", "p"
                listing.attrs, items[0].attrs = {}, {}
