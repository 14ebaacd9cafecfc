"""Finds headings in HTML: marked ones, made whole, and where there are none, those that a class or their type shows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from wellread.importing.hidden import PANEL
from wellread.importing.labels import LABEL
from wellread.importing.tables import CELL
from wellread.importing.tree import BLOCK_NAMES, HEADING_NAMES, HEADINGS, first_inside, nearest_around, new_tag

if TYPE_CHECKING:
    from bs4 import Tag
    from bs4.element import PageElement

_BOLD = ["strong", "b"]

MAX_HEADING = 120
"""A bold paragraph longer than this is no heading."""

MAX_MARKED = 250
"""A marked heading longer than this is a paragraph in large type."""

_CLASS = re.compile(
    r"(?:^|[-_])(?:h(?:ead(?:ing|line|er)?)?[-_ ]?[1-6a-f]?|sub-?(?:head(?:ing|line)?|title|tit)[-_]?[a-z0-9]?"
    r"|sub-?titulo|titre?[-_]?\d?|titulo[-_]?\d?|title[-_]?[a-z0-9]?|überschrift\w*|ueberschrift\w*|intertitre|zwischentitel"
    r"|msotitle|msosubtitle|topic|rubrik)"
    r"(?P<variant>(?<!^h)(?<![-_]h)"
    r"[-_ ](?!text|body|para|intro|copy|box|item|bullet|list|table|capt|note|foot|author|date|info|meta|link|logo)"
    r"[a-z]{3,12})?$"
)
"""What a class is called whose paragraphs are headings, and the variant of it: "Subhead_blue", "Head_A".

"h-full" is a height, and "h-card" a person.
"""
_SIZE = re.compile(r"font-size\s*:\s*([\d.]+)\s*(pt|px|em|rem|%)", re.IGNORECASE)
_SIGN = re.compile(r"\s*[+＋▶►▸▾▼]\s*(?=[^\W\d_])")
_SIZED = ("span", "font", "big")
_POINTS = {"pt": 1.0, "px": 0.75, "em": 12.0, "rem": 12.0, "%": 0.12}
_FONT_SIZES = {"4": 13.5, "5": 18.0, "6": 24.0, "7": 36.0, "+1": 13.5, "+2": 18.0, "+3": 24.0}
_LARGE = 13.4
"""Points from which a line is set larger than running text, which browsers and word processors set in 11 or 12."""


def tidy_headings(text: Tag) -> list[str]:
    """Bring headings into a form that Markdown can say: of one line each, from level 2 on, none in lists or tables.

    Where none is marked, paragraphs become headings that a class names so, or that are all bold or large; notes tell.
    """
    notes: list[str] = []
    _by_role(text)
    for heading in text.find_all(HEADINGS):
        split_heading(heading)
    for listing in text.find_all(["ul", "ol"]):
        items = listing.find_all("li", recursive=False)
        if items and all(_begins_with_heading(item) for item in items):
            for tag in [listing, *items]:  # a list that only arranges sections
                tag.name = "div"
                tag.attrs = {}
    long = 0
    for heading in text.find_all(HEADINGS):
        words = heading.get_text().strip()
        if not words:
            heading.unwrap()
        elif nearest_around(heading, ("table", "li", "blockquote")):
            heading.name = "p"
        elif len(words) > MAX_MARKED:
            heading.name = "p"
            long += 1
    if long:
        notes.append(f"headings of more than {MAX_MARKED} characters became paragraphs ({long})")
    if not first_inside(text, HEADING_NAMES):
        notes += _by_class(text) or _by_type(text)
    elif all(heading.has_attr(LABEL) for heading in text.find_all(HEADINGS)):
        notes += _by_type(text)  # a panel's label heads the panel alone
    notes += _in_cells(text)
    _without_signs(text)
    levels = sorted({int(heading.name[1]) for heading in text.find_all(HEADINGS)})
    for heading in text.find_all(HEADINGS):
        heading.name = f"h{min(int(heading.name[1]) - levels[0] + 2, 6)}"
        for inner in heading.find_all([*_BOLD, "em", "i"]):
            inner.unwrap()
    return notes


def _without_signs(text: Tag) -> None:
    """Take the signs of an accordion from headings, two or more, that begin with one: "+ What is gout?"."""
    begins = [(one, _SIGN.match(str(one))) for heading in text.find_all(HEADINGS) for one in _first_words(heading)]
    signed = [(words, sign) for words, sign in begins if sign is not None]
    for words, sign in signed if len(signed) > 1 else []:
        words.replace_with(str(words)[sign.end() :])


def _first_words(heading: Tag) -> Sequence[PageElement]:
    return [one for one in heading.find_all(string=True) if one.strip()][:1]


def _in_cells(text: Tag) -> list[str]:
    """Make headings of bold lines in the cells of a table that was taken apart, where a cell has none; gives a note."""
    level = min((int(heading.name[1]) for heading in text.find_all(HEADINGS)), default=2)
    found = [
        block
        for cell in text.select(f"[{CELL}]")
        if first_inside(cell, HEADING_NAMES) is None
        for block in _short_blocks(cell)
        if _all_bold(block) and block.find_next_sibling() is not None
    ]
    for block in found:
        block.name = f"h{level}"
    count = len(set(map(id, found)))  # a cell has the lines of the cells inside it too
    return [f"bold lines in tables that were taken apart became headings ({count})"] if found else []


def _begins_with_heading(item: Tag) -> bool:
    first = next((tag for tag in item.find_all(True) if tag.name in (*HEADINGS, "p", "ul", "ol", "table")), None)
    if first is None or first.name not in HEADINGS:
        return False
    words = item.get_text().strip()
    head = first.get_text().strip()
    return words.startswith(head) and len(words) > len(head)


def _by_role(text: Tag) -> None:
    for tag in text.find_all(role="heading"):
        level = str(tag.get("aria-level") or "2")
        nested = nearest_around(tag, HEADING_NAMES) or first_inside(tag, HEADING_NAMES)
        if tag.name not in HEADINGS and tag.get_text().strip() and nested is None:
            tag.name = f"h{level if level in {*'123456'} else 2}"


def split_heading(heading: Tag) -> None:
    """Put other headings and blocks that stand inside a heading below it; a heading that is one of them loses that."""
    inner = [tag for tag in heading.find_all([*BLOCK_NAMES]) if tag.get_text().strip()]
    while inner and inner[0].get_text().strip() == heading.get_text().strip():
        inner.pop(0).unwrap()
    if not inner:
        return
    first = inner[0]
    before = ""
    for piece in heading.descendants:
        if piece is first:
            break
        before += piece if isinstance(piece, str) else ""
    if before.strip():
        while first.parent is not heading and first.parent is not None:
            first.parent.unwrap()
        below = new_tag("div")
        for tag in [first, *first.next_siblings]:
            below.append(tag.extract())
        heading.insert_after(below)
    else:
        heading.name, name = "div", heading.name
        if first.name in ("p", "div") and first_inside(first, BLOCK_NAMES) is None:
            first.name = name


def _by_class(text: Tag) -> list[str]:
    """Make headings of short paragraphs whose class says that they are, in the order of the classes' ranks."""
    blocks = _short_blocks(text, boxed=True)
    called = {id(tag): name for tag in blocks if (name := _heading_class(tag))}
    names = list(dict.fromkeys(called[id(tag)] for tag in blocks if id(tag) in called and not _is_boxed(tag)))
    found = [(tag, called[id(tag)]) for tag in blocks if called.get(id(tag)) in names]
    others = [tag for tag in text.find_all(["p", "div", "li"]) if tag.get_text().strip()]
    if not found or len(found) > 0.7 * len(others):
        return []
    ranks = {name: rank for rank, name in enumerate(_ranked(names), 2)}
    for tag, name in found:
        tag.name = f"h{min(ranks[name], 6)}"
    return [
        f"no headings are marked as such: paragraphs of the classes {', '.join(names)} became headings ({len(found)})"
    ]


def _heading_class(tag: Tag) -> str:
    """The class of a paragraph that calls it a heading, without its variant, or ""; no sentence or day has one."""
    words = tag.get_text().rstrip()
    sentence = words.endswith((".", ",", ";")) or not any(map(str.isalpha, words))
    for name in map(str, filter(None, tag.get_attribute_list("class"))):
        found = _CLASS.search(name.lower())
        if found and not (found["variant"] and sentence):
            return name[: found.start("variant")] if found["variant"] else name
    return ""


def _ranked(names: Sequence[str]) -> Sequence[str]:
    """Classes by what their last letter or figure says where they differ in that alone, or else as they are met."""
    stems = {name[:-1] for name in names}
    return sorted(names) if len(stems) == 1 else names


def _by_type(text: Tag) -> list[str]:
    """Make headings of paragraphs that are all bold, of bold lines that begin one, or of underlined or large lines."""
    bold = [block for block in _short_blocks(text) if _all_bold(block)]
    bold += [block for block in _short_blocks(text) if bold and _calls_out(block)]
    for block in bold:
        block.name = "h2"
    for block in text.find_all(["p", "div"]):
        bold += _bold_first_line(block)
    if bold:
        return [f"no headings are marked as such: bold paragraphs became headings ({len(bold)})"]
    lined = [block for block in _short_blocks(text) if _all_underlined(block)]
    for block in lined:
        block.name = "h2"
    if lined:
        return [f"no headings are marked as such: underlined paragraphs became headings ({len(lined)})"]
    sized = ((id(block), _points(block)) for block in _short_blocks(text))
    large = {block: points for block, points in sized if points >= _LARGE}
    sizes = sorted(set(large.values()), reverse=True)
    blocks = [block for block in _short_blocks(text) if id(block) in large]
    if not blocks or len(blocks) > 0.5 * len(text.find_all(["p", "div", "li"])):
        return []
    for block in blocks:
        block.name = f"h{min(sizes.index(large[id(block)]) + 2, 6)}"
    return [f"no headings are marked as such: paragraphs in large type became headings ({len(blocks)})"]


def _short_blocks(text: Tag, boxed: bool = False) -> list[Tag]:
    """Short paragraphs; those in panels and boxes beside the text only where they are asked for."""
    return [
        block
        for block in text.find_all(["p", "div", "center"])
        if first_inside(block, BLOCK_NAMES) is None
        and 0 < len(" ".join(block.get_text().split())) <= MAX_HEADING
        and nearest_around(block, ("li", "table", "blockquote")) is None
        and (boxed or not _is_boxed(block))
    ]


def _is_boxed(block: Tag) -> bool:
    return any(parent.has_attr(PANEL) for parent in block.parents)


def _all_bold(block: Tag) -> bool:
    words = block.get_text().rstrip()
    return words[-1] not in ".:,;!" and any(map(str.isalpha, words)) and _is_all_bold(block)


def _calls_out(block: Tag) -> bool:
    """Tell whether a bold paragraph is one word that calls out, over another that is not bold: "Attention !"."""
    words = block.get_text().strip()
    below = block.find_next_sibling()
    called = words.endswith("!") and words.strip("¡! ").isalpha()
    return called and _is_all_bold(block) and below is not None and below.name == "p" and not _is_all_bold(below)


def _is_all_bold(block: Tag) -> bool:
    """Tell whether all words of an element are bold."""
    words = "".join(block.get_text().split())
    bold_tags = [one for one in block.find_all(True) if _is_bold(one)]
    bold = "".join("".join(tag.get_text().split()) for tag in bold_tags if not any(map(_is_bold, tag.parents)))
    whole = bold or (words if _is_bold(block) else "")
    return bool(words) and words == whole


def _is_bold(tag: Tag) -> bool:
    style = str(tag.get("style") or "").lower().replace(" ", "")
    return tag.name in _BOLD or any(f"font-weight:{weight}" in style for weight in ("bold", "600", "700", "800", "900"))


def _all_underlined(block: Tag) -> bool:
    """Tell whether a line is underlined as a whole and no link, and text stands below it."""
    words = "".join(block.get_text().split())
    tags = [tag for tag in [block, *block.find_all(True)] if _is_underlined(tag)]
    whole = any("".join(tag.get_text().split()) == words for tag in tags)
    below = block.find_next_sibling()
    return whole and words[-1] not in ".,;!" and below is not None and not block.find("a", href=True)


def _is_underlined(tag: Tag) -> bool:
    style = str(tag.get("style") or "").lower()
    return tag.name == "u" or re.search(r"text-decoration(?:-line)?\s*:[^;]*underline", style) is not None


def _bold_first_line(block: Tag) -> list[Tag]:
    """Make a heading of a paragraph's first line where that is bold, ends at a line break, and text follows."""
    if first_inside(block, BLOCK_NAMES) is not None or nearest_around(block, ("li", "table", "blockquote")) is not None:
        return []
    if _is_boxed(block):
        return []
    first = next((child for child in block.children if str(child).strip()), None)
    if getattr(first, "name", None) is None:
        return []
    first = cast("Tag", first)
    if not (_is_all_bold(first) or _points(first) >= _LARGE):
        return []
    after = first.next_sibling
    while after is not None and not str(after).strip():
        after = after.next_sibling
    words = " ".join(first.get_text().split())
    if getattr(after, "name", None) != "br" or not 0 < len(words) <= MAX_HEADING or words[-1] in ".:,;!":
        return []
    if after is not None:
        after.extract()
    heading = new_tag("h2", [first.extract()])
    block.insert_before(heading)
    return [heading]


def _points(block: Tag) -> float:
    """The size of a line in points where one style holds for all of it; 0 where none is given."""
    words = "".join(block.get_text().split())
    for tag in [block, *(block.find_all(_SIZED) if first_inside(block, _SIZED) else [])]:
        if "".join(tag.get_text().split()) != words:
            continue
        if tag.name == "font" and str(tag.get("size")) in _FONT_SIZES:
            return _FONT_SIZES[str(tag["size"])]
        if found := _SIZE.search(str(tag.get("style") or "")):
            return round(float(found[1].strip(".") or 0) * _POINTS[found[2].lower()], 1)
    return 0.0
