"""Finds the heading or the line of a web page that says its title, and takes it out of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from wellread.importing.hidden import classes_of
from wellread.importing.lines import is_sentence, letters_of
from wellread.importing.links import parts_of
from wellread.importing.page_details import PageDetails, is_name_of_a_file, without_site, without_space
from wellread.importing.tree import HEADINGS, first_inside, nearest_around, text_of

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_TITLE_CLASS = re.compile(
    r"(?:post|entry|page|article|node|content|item)[-_]?(?:title|heading)|headline", re.IGNORECASE
)


_LEAST_LINE = 6
"""Letters of a line at least that is the title because it says what the page is called; shorter ones may be words."""
_BESIDE = ("footer", "nav", "aside")
"""Elements beside the text; a heading in them that is part of the page's title is the site's name, as a rule."""
_LOGO = re.compile(r"logo|brand", re.IGNORECASE)
"""What the picture beside a site's name is called, or the box of both; any other picture may be above a title."""


def title_heading(page: BeautifulSoup, details: PageDetails) -> Tag | None:
    """Find the heading that says the page's title: one that the page's own titles repeat, or else its only <h1>.

    A lower heading that stands directly under the only <h1> is a section's, whatever the page is called.
    """
    for line in filter(_is_line, (page.body or page).find_all([*HEADINGS, "p", "div"])):
        if line.name == "p" and {"MsoTitle", "title"} & {*line.get_attribute_list("class")}:
            return line  # of Word and of Google Docs; before it stands at most a header
        if line.name in HEADINGS or is_sentence(line):
            break
    headings = [
        tag
        for tag in page.find_all(HEADINGS)
        if text_of(tag) and not _leads_home(tag) and (tag.name == "h1" or nearest_around(tag, _BESIDE) is None)
    ]
    heads = [tag for tag in headings if tag.name == "h1" and letters_of(text_of(tag)) != letters_of(details.site)]
    names = {letters_of(title) for title in details.titles} - {letters_of(details.site), ""}
    headlines = [tag for tag in headings if tag.get("itemprop") == "headline" or tag.find(itemprop="headline")]
    if len(headlines) == 1 and (len(heads) != 1 or letters_of(text_of(headlines[0])) in names):
        return headlines[0]
    for title in details.titles:
        same = [tag for tag in headings if letters_of(text_of(tag)) == letters_of(title) and letters_of(title) in names]
        if same:
            found = min(same, key=lambda tag: tag.name)
            if len(heads) == 1 and heads[0].find_next_sibling() is found:
                return heads[0]
            return next((tag for tag in headings if _follows_bare(found, tag, names)), found)
    if len(heads) == 1:
        return heads[0]
    below = False  # a heading, where a line is the title only if it is called so
    for tag in (page.body or page).find_all([*HEADINGS, "p", "div", "center", "td"]):
        below = below or any(tag is heading for heading in headings)
        if (
            tag.name not in HEADINGS
            and letters_of(text_of(tag)) in names
            and (len(letters_of(text_of(tag))) >= _LEAST_LINE or _is_set_apart(tag))
            and (not below or _is_called_title(tag))
            and _is_line(tag)
            and not _leads_home(tag)
            and not (tag.name == "td" and tag.find("a"))  # of a menu
        ):
            return tag
    named = [tag for tag in headings if _is_called_title(tag)]
    return named[0] if len(named) == 1 else None if headings else _large_line(page, names)


def _large_line(page: BeautifulSoup, names: set[str]) -> Tag | None:
    """The first line in bold or large type of a page without headings, where it begins with one of its titles."""
    lines = (tag for tag in page.find_all(["p", "div", "center", "td"]) if _is_line(tag) and _is_set_apart(tag))
    line = next(
        (tag for tag in lines if text_of(tag.find(["b", "strong", "font", "big"]) or tag) == text_of(tag)), None
    )
    words = letters_of(text_of(line)) if line is not None else ""
    longer = any(words.startswith(name) for name in names if len(name) >= _LEAST_LINE)
    return line if longer and line is not None and not is_sentence(line, 1) else None


def _is_set_apart(line: Tag) -> bool:
    """Tell whether a line is in bold or large type, or in the middle, and no link."""
    return line.find("a") is None and (line.name == "center" or line.find(["b", "strong", "font", "big"]) is not None)


def _is_called_title(tag: Tag) -> bool:
    return _TITLE_CLASS.search(" ".join(map(str, tag.get_attribute_list("class")))) is not None


def _follows_bare(first: Tag, other: Tag, names: set[str]) -> bool:
    """Tell whether another heading says a title of the page, and only links stand between it and the first one.

    The first is then the site's name, such as "Example Hospital" of "Example Hospital :: Gout".
    """
    if letters_of(text_of(other)) not in names or letters_of(text_of(other)) == letters_of(text_of(first)):
        return False
    if first.find_next_sibling() is other:
        return False
    words = 0
    for piece in first.next_elements:
        if piece is other:
            return words <= 2 * len(text_of(first).split())
        if isinstance(piece, str) and nearest_around(piece, "a") is None:
            words += len(piece.split())
    return False


def _is_line(tag: Tag) -> bool:
    return bool(text_of(tag)) and first_inside(tag, ("p", "div", *HEADINGS)) is None


def stands_by_logo(heading: Tag, titles: Sequence[str]) -> bool:
    """Tell whether a heading stands alone behind a logo, and shares no word with what the page calls itself."""
    box = heading.parent
    if not titles or box is None or text_of(box) != text_of(heading):
        return False
    before = heading.find_previous_sibling(True)
    picture = before if before is None or before.name == "img" else before.find("img")
    if before is None or picture is None or not _LOGO.search(" ".join(map(_names_of, (box, before, picture)))):
        return False
    named = set(re.findall(r"\w+", " ".join(titles).casefold()))
    said = set(re.findall(r"\w+", text_of(heading).casefold()))
    return not named & said


def _names_of(tag: Tag) -> str:
    return " ".join([classes_of(tag), *(str(tag.get(key) or "") for key in ("id", "src", "alt"))])


def _leads_home(heading: Tag) -> bool:
    """Tell whether a heading or a line is the site's name: a link to its first page."""
    link = heading.find("a", href=True) or heading.find_parent("a", href=True)
    if link is None or text_of(link) != text_of(heading):
        return False
    parts = parts_of(str(link["href"]))
    return (
        parts is not None
        and parts.path.strip("/.") in ("", "index.html", "index.php", "home")
        and not str(link["href"]).startswith("#")
    )


def take_page_title(text: Tag, heading: Tag | None, details: PageDetails) -> tuple[str, tuple[str, ...]]:
    """Give the title, its heading taken out of the text, and a note where it is the page's own word, no heading's."""
    written = details.titles[0] if details.titles else ""
    if heading is not None and letters_of(text_of(heading)) != letters_of(details.site):
        written = text_of(heading)
        title = without_space(written, details.crumbs)
        heading.decompose()
        return title, () if title == written else (f'the title was taken from "{written}"',)
    title = without_site(without_space(written, details.crumbs), details.site)
    if not title or is_name_of_a_file(title):
        return "", ()
    if title != written:
        return title, (f'the title was taken from "{written}"',)
    return title, ()
