"""Makes Markdown articles of Word, HTML and PDF files, for an editor to check; nothing is published or replaced."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from wellread.articles.decoding import decode
from wellread.articles.kb_files import MAX_BYTES
from wellread.articles.library import title_from_name
from wellread.articles.markdown import read_markdown
from wellread.articles.outline import divide
from wellread.articles.titles import names_no_subject
from wellread.errors import ArticleError, KnowledgeBaseError, WellreadError
from wellread.extras import require
from wellread.files import read_bounded, write_whole
from wellread.importing.account import account_for, said_by, written_by
from wellread.importing.contents import leave_out_contents
from wellread.importing.converter import Converter
from wellread.importing.encodings import decode_html
from wellread.importing.interrupts import Interrupts, telling
from wellread.importing.left_out import LeftOut, notes_of
from wellread.importing.made import Made, Origin
from wellread.importing.page_details import language_code
from wellread.importing.pages import read_page
from wellread.importing.parsing import parse_html
from wellread.importing.pdf.convert import convert as read_pdf
from wellread.importing.review_dates import Reading, dates_of_text, take_date_lines
from wellread.importing.scripted import open_shadow_roots, remedy_for_no_text
from wellread.importing.source_words import html_words
from wellread.importing.symbols import signs_in_html
from wellread.importing.targets import NEEDS, target_of
from wellread.importing.tree import BLOCK_NAMES, text_of
from wellread.importing.web import (
    take_first_heading,
    take_title,
    tidy,
    to_markdown,
    without_emphasis,
    without_needless_escapes,
)
from wellread.importing.word.document import docx_to_html
from wellread.text.guessed_language import guess_language, is_as_named, languages_beside

if TYPE_CHECKING:
    from bs4 import Tag

MAX_SOURCE = 50_000_000
"""A larger file is refused: it is a book, or pictures."""

_DASH = re.compile(r"^[^\S\n]*[–—]\s+", re.MULTILINE)
"""At the beginning of a line, which Markdown reads as an item."""
RUNNING = "running heads and page numbers"
"""What stands beside the text of a PDF and may say when that was reviewed."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file or an address: the article made of it, or None and the reason and the remedy.

    `notes` say what an editor should compare with the original. `state` is "new" or "refused", and of an address also
    "changed", "unchanged", "gone (404)", "gone (410)", "deleted here" or "not reached".
    """

    source: Path | str
    article: Path | None
    notes: tuple[str, ...] = ()
    reason: str = ""
    remedy: str = ""
    state: str = "new"


def import_files(files: Sequence[Path], kb: Path, dry_run: bool = False) -> tuple[Imported, ...]:
    """Make an article in the folder `kb` of each file, in the order given.

    A file either becomes a whole article, which says the same words in the same order when Wellread reads it, or
    nothing is written for it. An article that exists is never touched. A dry run writes nothing.

    Raises:
        KnowledgeBaseError: `kb` is no folder.
        WellreadError: a package that the files need is not installed; nothing was imported.
        ImportInterrupted: at Ctrl-C, with what was done until then.
    """
    if not kb.is_dir():
        raise KnowledgeBaseError(f"{kb} is not a folder", f"make it: mkdir -p {kb}")
    needed = {name for file in files for name in NEEDS.get(file.suffix.lower(), ())}
    require("import", "importing", needed)
    found: list[Imported] = []
    with telling(found), Interrupts() as interrupts, Converter() as converter:
        for file in files:
            found.append(_import(file, kb, _Means(converter, interrupts, dry_run)))
            interrupts.release()
    return tuple(found)


def format_imported(imported: Imported) -> str:
    """What became of a file, in lines: the article and the notes, or the reason and the remedy."""
    if imported.article is None:
        first = f"{imported.source}: {imported.reason}; not imported"
        return "\n".join([first, *(f"    {line}" for line in (*imported.notes, imported.remedy))])
    state = "" if imported.state == "new" else f": {imported.state}"
    return "\n".join([f"{imported.source} -> {imported.article}{state}", *(f"    {note}" for note in imported.notes)])


@dataclass(frozen=True, slots=True)
class _Source:
    """What was read out of a file: its text, title, details for the front matter, all its words, and the notes."""

    text: Tag
    title: str
    details: tuple[tuple[str, str], ...]
    words: str
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...]


def make_article(data: bytes, kind: str, origin: Origin) -> Made:
    """Make an article of a file's bytes, with notes of what an editor should compare with the original.

    `kind` is one of `NEEDS`, such as ".docx". The article says the words of the file, in their order. What is left
    out is listed in the notes; so is what is missing all the same, by a comparison of all words that the file holds
    with all words of the article.

    Raises:
        WellreadError: the file cannot be read, or not come over whole.
    """
    source = _read(data, kind, origin)
    notes = source.notes
    title = source.title
    vague = title if title and names_no_subject(title) else ""
    if (vague or not title) and (heading := take_first_heading(source.text)):
        below = f', below "{vague}"' if vague else ""
        title, vague = heading, ""
        notes = (*notes, f"the title is the heading that the text begins with{below}")
    if vague:
        notes = (*notes, f'the title "{vague}" does not say what the text is about: name its subject')
    if not title:
        title = title_from_name(Path(origin.name.rstrip("/")))
        notes = (*notes, "the title was taken from the file's name")
    head = [("title", title), ("source", origin.name), *source.details]
    if not source.text.get_text().strip():
        kinds = ", ".join(dict.fromkeys(piece.kind for piece in source.left_out if piece.text.strip()))
        besides = f" but what is left out ({kinds})" if kinds else ""
        remedy = remedy_for_no_text(data if kind in (".html", ".htm") else b"")
        raise WellreadError(f"there is no text in it{besides}", remedy)
    article, said = _article(source.text, "".join(f"{key}: {_quoted(value)}\n" for key, value in head))
    told = " ".join([*(piece.text for piece in source.left_out), *notes])
    noted = (*notes, *notes_of(source.left_out), *account_for(source.words, said, f"{title} {told}"))
    return Made(article, noted, source.words)


@dataclass(frozen=True, slots=True)
class _Means:
    """What files are imported with."""

    converter: Converter
    interrupts: Interrupts
    dry_run: bool


def _import(source: Path, kb: Path, means: _Means) -> Imported:
    try:
        target = target_of(source, kb)
        if source.stat().st_size > MAX_SOURCE:
            raise WellreadError(f"the file is larger than {MAX_SOURCE:,} bytes", "divide it into several articles")
        data = read_bounded(source, MAX_SOURCE)
        made = means.converter.make_article(data, source.suffix.lower(), Origin(source.name, today=str(date.today())))
        if not means.dry_run:
            means.interrupts.hold()
            write_whole(target, made.article.encode())
    except WellreadError as error:
        return Imported(source, None, (), error.reason, error.remedy, "refused")
    except OSError as error:
        reason = error.strerror or str(error)
        if error.filename and Path(error.filename) != source:
            reason = f"{error.filename}: {reason}"
        return Imported(source, None, (), reason, "look at the file, the folder and the space on the disk", "refused")
    return Imported(source, target, made.notes)


def _read(data: bytes, kind: str, origin: Origin) -> _Source:
    """Read a file's bytes into HTML that Markdown can say, with all that is known about it."""
    if kind in (".html", ".htm"):
        page = read_page(data, origin.address, origin.charset, origin.day)
        left_out, notes = tidy(page.text, page.address)
        left_out += leave_out_contents(page.text, None)  # what it was over may have gone
        details = (*((("language", page.language),) if page.language else ()), *page.dates.details)
        words = html_words(signs_in_html(open_shadow_roots(decode_html(data, origin.charset)[0])))
        words = f"{words}\n{page.described}"
        return _Source(page.text, page.title, details, words, (*page.left_out, *left_out), (*page.notes, *notes))
    read = docx_to_html(data) if kind in (".docx", ".docm") else read_pdf(data)
    text = parse_html(read.html)
    title = take_title(text)
    plain = text_of(text)
    language = next((code for said in read.languages if (code := language_code(said)) and is_as_named(plain, code)), "")
    language, guessed = languages_beside(plain, language) if language else guess_language(plain)
    running = [piece.text for piece in read.left_out if piece.kind == RUNNING]
    dates = dates_of_text(text, parse_html(read.beside), running, Reading(language, origin.day))
    lines = take_date_lines(text, dates.lines)
    left_out, notes = tidy(text)
    left_out += leave_out_contents(text, None)
    return _Source(
        text,
        title,
        (*((("language", language),) if language else ()), *dates.details),
        read.words,
        (*read.left_out, *lines, *left_out),
        (*read.notes, *guessed, *dates.notes, *notes),
    )


def _article(text: Tag, details: str) -> tuple[str, str]:
    """The article as Markdown, and what it says; raises WellreadError where Wellread would not read the same words."""
    said = "".join(text.get_text().split())
    bare = "".join(_DASH.sub("", _in_lines(text)).split())
    read = ""
    refused: ArticleError | None = None
    for body in _bodies(text):
        article = f"---\n{details}---\n\n{body}\n"
        if len(article.encode()) > MAX_BYTES:
            raise WellreadError(f"its text is longer than {MAX_BYTES:,} bytes", "divide it into several articles")
        try:
            draft = read_markdown(decode(article.encode(), "article.md"), "article.md")
        except ArticleError as error:  # such as for what is a mark in this form, and text in a safer one
            refused = error
            continue
        read = said_by(draft)
        if read in (said, bare) and any(section.blocks for section in divide(draft)):
            return article, written_by(draft)
        if read in (said, bare):
            raise WellreadError("there are headings in it but no text", "look at the file")
    if refused and not read:
        raise refused
    raise WellreadError(
        f'the text does not come over whole: it breaks off at "{_place(text.get_text(), said, read)}"',
        "mend that place in the file, or copy the text into a new .txt article",
    )


def _in_lines(text: Tag) -> str:
    """The text with a new line at each break and each block, where Markdown may read a dash as the mark of an item."""
    pieces = []
    for one in text.descendants:
        name = getattr(one, "name", None)
        pieces.append(str(one) if name is None else "\n" if name == "br" or name in BLOCK_NAMES else "")
    return "".join(pieces)


def _bodies(text: Tag) -> Iterator[str]:
    """The text as Markdown, in the form that is the easiest to read first, and in safer ones where that says less."""
    strict = to_markdown(text)
    yield without_needless_escapes(strict)
    yield strict
    without_emphasis(text)
    plain = to_markdown(text)
    yield without_needless_escapes(plain)
    yield plain


def _place(text: str, said: str, read: str) -> str:
    """The words of a text around the first character, white space aside, that was not read as it was said."""
    at = next((at for at, (one, other) in enumerate(zip(said, read, strict=False)) if one != other), len(read))
    seen = -1
    for place, char in enumerate(text := " ".join(text.split())):
        seen += not char.isspace()
        if seen == at:
            return text[max(place - 20, 0) : place + 20]
    return text[-40:]


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
