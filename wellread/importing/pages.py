"""Reads a web page: its main text, opened, with what it says about itself, and notes of all that is left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from wellread.importing.around import leave_out_repeated, main_text
from wellread.importing.asking import leave_out_asking
from wellread.importing.columns import settle_columns
from wellread.importing.contents import leave_out_contents
from wellread.importing.described import write_described
from wellread.importing.drawn_tables import make_tables
from wellread.importing.encodings import decode_html
from wellread.importing.ends import leave_out_ends
from wellread.importing.footnotes import place_footnotes
from wellread.importing.formulas import write_formulas
from wellread.importing.glued import divide_glued
from wellread.importing.headings import split_heading
from wellread.importing.hidden import classes_of
from wellread.importing.invitations import leave_out_invitations
from wellread.importing.labels import settle_labels
from wellread.importing.left_out import LeftOut
from wellread.importing.lines import is_sentence
from wellread.importing.links import host_of, parts_of
from wellread.importing.lists import open_inline, wrap_loose_text
from wellread.importing.page_details import (
    PageDetails,
    is_name_of_a_file,
    read_details,
    without_site,
    without_space,
)
from wellread.importing.panels import open_panels
from wellread.importing.parsing import MAX_OF_A_PAGE, parse_html
from wellread.importing.properties import take_properties
from wellread.importing.related import leave_out_related
from wellread.importing.review_dates import Reading, ReviewDates, data_of, dates_of_page, take_date_lines
from wellread.importing.scripted import (
    choices,
    embedded_files,
    hints,
    open_shadow_roots,
    place_streamed,
    write_counters,
)
from wellread.importing.site_ends import note_site_lines
from wellread.importing.stylesheets import write_styled
from wellread.importing.symbols import signs_in_html
from wellread.importing.tops import leave_out_tops
from wellread.importing.tree import BLOCK_NAMES, HEADING_NAMES, HEADINGS, first_inside, nearest_around, text_of
from wellread.text.guessed_language import guess_language, language_of_page

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


@dataclass(frozen=True, slots=True)
class Page:
    """A page's main text and title, "" where it has none, what it says about itself, and what an editor should know.

    `address` is what its links are relative to, or "". `described` is text that only its data (JSON-LD) has.
    """

    text: Tag
    title: str
    address: str
    language: str
    dates: ReviewDates
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...]
    described: str = ""


def read_page(data: bytes, address: str = "", charset: str = "", today: date | None = None) -> Page:
    """Read a page's bytes; `address` is where it was fetched from, and `charset` the server's word for its encoding.

    `today` tells a review to come from the last one.

    Raises:
        WellreadError: the bytes are no text, or the page is too large or too deep.
    """
    from bs4 import Comment

    html, notes = decode_html(data, charset)
    html = signs_in_html(open_shadow_roots(html))
    page = parse_html(html, MAX_OF_A_PAGE)
    place_streamed(page)
    notes = (*notes, *write_counters(page), *write_styled(page))
    details = read_details(page, html, address)
    host = host_of(page, details.address)
    data_of_page = list(data_of(page))
    described, told = write_described(page, data_of_page)
    for comment in page.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    left_out = [*hints(page), *leave_out_asking(page, details.titles)]
    for tag in page.find_all(["head", "script", "template", "input", "link", "meta"]):
        tag.decompose()
    written, formulas = write_formulas(page)
    left_out += [*written, *place_footnotes(page)]
    for paragraph in page.find_all("p"):  # which pages without a doctype leave open around tables
        if first_inside(paragraph, BLOCK_NAMES) is not None:
            paragraph.name = "div"
    make_tables(page)
    open_inline(page.body or page)
    wrap_loose_text(page.body or page)
    divide_glued(page)
    words = text_of(page.body or page)
    language, guessed = guess_language(words) if not details.language else language_of_page(words, details.language)
    dates = dates_of_page(page, data_of_page, Reading(language, today))
    closed, opened = open_panels(page)
    left_out += [*closed, *choices(html)]
    opened += embedded_files(html)
    for tag in page.find_all(HEADINGS):
        if first_inside(tag, HEADING_NAMES) is not None:  # or its words would go into the title
            split_heading(tag)
    for tag in page.find_all("h1"):
        if _stands_by_logo(tag, details.titles):
            left_out.append(LeftOut("page header", text_of(tag)))
            tag.decompose()
    heading = _title_heading(page, details)
    left_out += leave_out_tops(page, heading)
    left_out += leave_out_contents(page, heading)
    text, around = main_text(page, heading)
    left_out += around
    left_out += leave_out_invitations(text, heading, host)
    left_out += leave_out_related(text, heading)
    left_out += take_properties(text, heading, dates.lines)
    left_out += take_date_lines(text, dates.lines)
    _without_marks(text)
    left_out += [*leave_out_repeated(text), *leave_out_ends(text, heading, host)]
    title, more = _take_title(text, heading, details)
    more = (*more, *note_site_lines(text, host), *settle_columns(text), *settle_labels(text, title))
    return Page(
        text,
        title,
        details.address,
        language,
        dates,
        tuple(left_out),
        (*notes, *told, *guessed, *opened, *formulas, *more, *dates.notes),
        described,
    )


def _without_marks(text: Tag) -> None:
    """Take out links to a place on the page that are a mark and no word: "#", "¶", "^"."""
    for link in text.select('a[href^="#"]'):
        if not any(char.isalnum() for char in link.get_text()):
            link.decompose()


def _title_heading(page: BeautifulSoup, details: PageDetails) -> Tag | None:
    """The heading that says the page's title: one that the page's own titles repeat, or else its only <h1>.

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
    heads = [tag for tag in headings if tag.name == "h1" and _letters(text_of(tag)) != _letters(details.site)]
    names = {_letters(title) for title in details.titles} - {_letters(details.site), ""}
    headlines = [tag for tag in headings if tag.get("itemprop") == "headline" or tag.find(itemprop="headline")]
    if len(headlines) == 1 and (len(heads) != 1 or _letters(text_of(headlines[0])) in names):
        return headlines[0]
    for title in details.titles:
        same = [tag for tag in headings if _letters(text_of(tag)) == _letters(title) and _letters(title) in names]
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
            and _letters(text_of(tag)) in names
            and (len(_letters(text_of(tag))) >= _LEAST_LINE or _is_set_apart(tag))
            and (not below or _is_called_title(tag))
            and _is_line(tag)
            and not _leads_home(tag)
            and not (tag.name == "td" and tag.find("a"))  # of a menu
        ):
            return tag
    named = [tag for tag in headings if _is_called_title(tag)]
    return named[0] if len(named) == 1 else None


def _is_set_apart(line: Tag) -> bool:
    """Tell whether a line is in bold or large type, or in the middle, and no link."""
    return line.find("a") is None and (line.name == "center" or line.find(["b", "strong", "font", "big"]) is not None)


def _is_called_title(tag: Tag) -> bool:
    return _TITLE_CLASS.search(" ".join(map(str, tag.get_attribute_list("class")))) is not None


def _follows_bare(first: Tag, other: Tag, names: set[str]) -> bool:
    """Tell whether another heading says a title of the page, and only links stand between it and the first one.

    The first is then the site's name, such as "Example Hospital" of "Example Hospital :: Gout".
    """
    if _letters(text_of(other)) not in names or _letters(text_of(other)) == _letters(text_of(first)):
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


def _stands_by_logo(heading: Tag, titles: Sequence[str]) -> bool:
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


def _take_title(text: Tag, heading: Tag | None, details: PageDetails) -> tuple[str, tuple[str, ...]]:
    """The title, its heading taken out of the text, and a note where it is the page's own word and no heading's."""
    written = details.titles[0] if details.titles else ""
    if heading is not None and _letters(text_of(heading)) != _letters(details.site):
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


def _letters(title: str) -> str:
    return "".join(re.findall(r"[^\W_]", title.casefold()))
