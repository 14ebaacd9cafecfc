"""Makes lists of paragraphs that begin with a bullet or a number, and puts inner lists into their items."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from wellread.importing.note_signs import reference_to
from wellread.importing.tree import BLOCKS, first_inside, nearest_around, new_tag
from wellread.text.list_marks import MARK, SAYING, is_counted

if TYPE_CHECKING:
    from bs4 import Tag

BULLET = re.compile(
    rf"\s*([•●◦○▪■□‣⁃∙·►▶➢➤{SAYING}\uf0b7\uf0a7\uf0d8\uf076\uf0fc])[\s\xa0]*(?=\S)|\s*([–—*-])(?:[\t\xa0]|\s{{2,}})\s*(?=\S)"
)
DASH = re.compile(r"\s*([–—*-])\s+(?=\S)")
_INNER = frozenset("◦○–—-▪■")
_BULLET_CLASS = re.compile(r"bullet|list-?item|listenabsatz|msolistparagraph", re.IGNORECASE)


def list_typed(text: Tag) -> list[str]:
    """Make items of paragraphs with a typed bullet or number, and of Google Docs' inner lists; gives notes."""
    _nest_lists(text)
    kinds = {"bullet": _divide_items(text) + _list_typed_bullets(text), "number": _list_typed_numbers(text)}
    return [f"paragraphs that begin with a {kind} became items of lists ({n})" for kind, n in kinds.items() if n]


def _divide_items(text: Tag) -> int:
    """Make an item of each paragraph of an item, where all of them begin with a typed bullet; gives how many.

    A bullet at the beginning of an item, which has one by itself, is taken away.
    """
    count = 0
    for item in text.find_all("li"):
        blocks = item.find_all(["p", "div"], recursive=False)
        found = [BULLET.match(block.get_text()) for block in blocks]
        whole = "".join(block.get_text() for block in blocks).strip() == item.get_text().strip()
        typed = all(one and one[1] and one[1] not in SAYING for one in found)
        if len(blocks) < 2 or not whole or not typed or item.parent is None or item.parent.name != "ul":
            own = BULLET.match(item.get_text())
            if own and own[1] and own[1] not in SAYING:
                _cut(item, own.end())
            continue
        for block, mark in reversed([*zip(blocks, found, strict=True)]):
            _cut(block, mark.end() if mark else 0)
            item.insert_after(new_tag("li", [block.extract()]))
        item.decompose()
        count += len(blocks)
    return count


def _list_typed_bullets(text: Tag) -> int:
    """Make items of paragraphs that begin with a typed bullet; gives how many.

    A "*" that stands alone is the sign of a note where a word has it.
    """
    count = 0
    star = reference_to("*")
    leaves = (tag for tag in text.find_all([*BLOCKS, "td", "th"]) if first_inside(tag, BLOCKS) is None)
    starred = "*" in text.get_text() and any(star.search(leaf.get_text()) for leaf in leaves)
    outer: Tag | None = None  # the list that is open, and its last item
    inner: Tag | None = None
    first_mark = ""
    for block in text.find_all(["p", "div"]):
        first = nearest_around(block, ("li",)) is not None and block.find_previous_sibling(True) is None
        if first or first_inside(block, BLOCKS) is not None:
            continue
        named = any(_BULLET_CLASS.search(str(name)) for name in block.get_attribute_list("class") if name)
        words = block.get_text()
        found = BULLET.match(words) or (DASH.match(words) if named else None)
        if found is None:
            continue
        mark = next(group for group in found.groups() if group)
        before = block.previous_sibling
        while before is not None and not str(before).strip():
            before = before.previous_sibling
        listed = (outer is not None and before is outer) or _begins_with_star(block.find_next_sibling(True))
        if starred and mark == "*" and not listed:
            continue
        _cut(block, found.end())
        if mark in SAYING:
            block.insert(0, f"{mark} ")
        count += 1
        block.name = "li"
        block.attrs = {}
        if outer is None or before is not outer:
            outer, inner, first_mark = block.wrap(new_tag("ul")), None, mark
        elif mark != first_mark and mark in _INNER:
            if inner is None:
                inner = new_tag("ul")
                outer.find_all("li", recursive=False)[-1].append(inner)
            inner.append(block.extract())
        else:
            outer.append(block.extract())
            inner = None
    return count


def _begins_with_star(block: Tag | None) -> bool:
    return block is not None and block.get_text().lstrip().startswith("*")


_LEVEL = re.compile(r"lst-kix_\w+-(\d)")
"""The class of a list of Google Docs, whose last figure is how deep it lies; inner lists follow the outer one."""


def _nest_lists(text: Tag) -> None:
    """Put lists of Google Docs that lie deeper than the list before them into its last item."""
    open_lists: list[tuple[int, Tag]] = []  # the lists that are open, outermost first, with their levels
    last: Tag | None = None
    for listing in text.find_all(["ul", "ol"]):
        found = _LEVEL.search(" ".join(map(str, listing.get_attribute_list("class"))))
        if found is None:
            continue
        level = int(found[1])
        if last is None or listing.find_previous_sibling(True) is not last:
            open_lists = []
        while open_lists and open_lists[-1][0] > level:
            open_lists.pop()
        if open_lists and open_lists[-1][0] == level:
            outer = open_lists[-1][1]
            anew = listing.has_attr("start") or "start" in listing.get_attribute_list("class")
            if outer.name == listing.name and not anew:
                outer.extend(list(listing.children))
                listing.decompose()
                continue
            open_lists.pop()
        items = open_lists[-1][1].find_all("li", recursive=False) if open_lists else []
        if items:
            items[-1].append(listing.extract())
        else:
            last = listing
        open_lists.append((level, listing))


_NUMBERED = re.compile(rf"\s*({MARK.pattern}|\(?\d{{1,3}}[.)])(?:[\t ]*\xa0[\s\xa0]*|\t\s*|\s{{2,}})(?=\S)")


def _list_typed_numbers(text: Tag) -> int:
    """Make items of paragraphs that follow one another and begin with marks that count on, as Word saves its lists."""
    count = 0
    run: list[tuple[Tag, re.Match[str]]] = []
    blocks = [block for block in text.find_all(["p", "div"]) if first_inside(block, BLOCKS) is None]
    for block in [*blocks, None]:
        found = _NUMBERED.match(block.get_text()) if block is not None else None
        follows = block is not None and run and block.find_previous_sibling(True) is run[-1][0]
        if found and block is not None and follows and _counts_on(run[-1][1][1], found[1]):
            run.append((block, found))
            continue
        if len(run) > 1:
            count += len(run)
            _wrap_in_list(run)
        run = [(block, found)] if found and block is not None and not nearest_around(block, ("li", "table")) else []
    return count


def _counts_on(mark: str, next_mark: str) -> bool:
    one, other = mark.strip("(.)"), next_mark.strip("(.)")
    if one.isdecimal() and other.isdecimal():
        return int(other) == int(one) + 1
    return is_counted([mark, next_mark])


def _wrap_in_list(run: Sequence[tuple[Tag, re.Match[str]]]) -> None:
    """Make one list of paragraphs with their marks: numbers become the list's own, letters stay before the text."""
    first = run[0][1][1].strip("(.)")
    listing = new_tag("ol" if first.isdecimal() else "ul")
    if first.isdecimal() and first != "1":
        listing["start"] = first
    run[0][0].insert_before(listing)
    for block, mark in run:
        _cut(block, mark.end())
        if not first.isdecimal():
            block.insert(0, f"{mark[1]} ")
        block.name, block.attrs = "li", {}
        listing.append(block.extract())


def _cut(block: Tag, length: int) -> None:
    """Take the first characters out of a block."""
    for piece in block.find_all(string=True):
        taken = min(length, len(piece))
        piece.replace_with(piece[taken:])
        length -= taken
        if not length:
            return
