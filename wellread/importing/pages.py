"""Reads a web page: its main text, opened, with what it says about itself, and notes of all that is left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from wellread.importing.around import leave_out_repeated, main_text
from wellread.importing.asking import leave_out_asking
from wellread.importing.below_dates import leave_out_below_dates, leave_out_documents, lines_below_dates
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
from wellread.importing.invitations import leave_out_invitations
from wellread.importing.labels import settle_labels
from wellread.importing.left_out import LeftOut
from wellread.importing.links import host_of, mark_placeholders
from wellread.importing.lists import open_inline, wrap_loose_text
from wellread.importing.page_details import read_details
from wellread.importing.page_titles import stands_by_logo, take_page_title, title_heading
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
from wellread.importing.site_ends import line_below_title, note_site_lines
from wellread.importing.stylesheets import write_styled
from wellread.importing.symbols import signs_in_html
from wellread.importing.tops import leave_out_tops
from wellread.importing.tree import BLOCK_NAMES, HEADING_NAMES, HEADINGS, first_inside, text_of
from wellread.text.guessed_language import guess_language, language_of_page

if TYPE_CHECKING:
    from bs4 import Tag


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
    mark_placeholders(page)
    make_tables(page)
    open_inline(page.body or page)
    wrap_loose_text(page.body or page)
    divide_glued(page)
    left_out += leave_out_documents(page)
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
        if stands_by_logo(tag, details.titles):
            left_out.append(LeftOut("page header", text_of(tag)))
            tag.decompose()
    heading = title_heading(page, details)
    left_out += leave_out_tops(page, heading)
    left_out += leave_out_contents(page, heading)
    text, around = main_text(page, heading)
    left_out += around
    left_out += leave_out_invitations(text, heading, host)
    left_out += leave_out_related(text, heading)
    left_out += take_properties(text, heading, dates.lines)
    below = lines_below_dates(text, dates.lines)
    left_out += take_date_lines(text, dates.lines)
    _without_marks(text)
    left_out += [*leave_out_repeated(text), *leave_out_ends(text, heading, host), *leave_out_below_dates(below)]
    below_title = line_below_title(heading)
    title, more = take_page_title(text, heading, details)
    more = (*more, *note_site_lines(text, host, below_title), *settle_columns(text), *settle_labels(text, title))
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
