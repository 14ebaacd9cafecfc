"""Makes Markdown articles of Word, HTML and PDF files, for an editor to check; nothing is published or replaced."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wellread.articles.anchors import slug
from wellread.articles.decoding import decode
from wellread.articles.library import MAX_BYTES, SUFFIXES, title_from_name
from wellread.articles.markdown import parse_markdown
from wellread.articles.outline import Draft, divide
from wellread.datatypes import Block
from wellread.errors import KnowledgeBaseError, WellreadError
from wellread.extras import require
from wellread.importing.pdf.document import pdf_to_html
from wellread.importing.web import (
    decode_html,
    main_text,
    parse_html,
    take_title,
    tidy,
    to_markdown,
    without_emphasis,
    without_needless_escapes,
)
from wellread.importing.word.document import docx_to_html

if TYPE_CHECKING:
    from bs4 import Tag

MAX_SOURCE = 50_000_000
"""A larger file is refused: it is a book, or pictures."""

_NEEDS = {
    ".docx": ("bs4", "markdownify"),
    ".html": ("bs4", "markdownify"),
    ".htm": ("bs4", "markdownify"),
    ".pdf": ("bs4", "markdownify", "pypdfium2"),
}


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file: the article made of it, or None and the reason and the remedy.

    `notes` say what an editor should compare with the original.
    """

    source: Path
    article: Path | None
    notes: tuple[str, ...] = ()
    reason: str = ""
    remedy: str = ""


def import_files(files: Sequence[Path], kb: Path) -> tuple[Imported, ...]:
    """Make an article in the folder `kb` of each file, in the order given.

    A file either becomes a whole article, which says the same words in the same order when Wellread reads it, or
    nothing is written for it. An article that exists is never touched.

    Raises:
        KnowledgeBaseError: `kb` is no folder.
        WellreadError: a package that the files need is not installed; nothing was imported.
    """
    if not kb.is_dir():
        raise KnowledgeBaseError(f"{kb} is not a folder", f"make it: mkdir -p {kb}")
    needed = {name for file in files for name in _NEEDS.get(file.suffix.lower(), ())}
    require("import", "importing", needed)
    return tuple(_import(file, kb) for file in files)


def format_imported(imported: Imported) -> str:
    """What became of a file, in lines: the article and the notes, or the reason and the remedy."""
    if imported.article is None:
        return f"{imported.source}: {imported.reason}; not imported\n    {imported.remedy}"
    return "\n".join([f"{imported.source} -> {imported.article}", *(f"    {note}" for note in imported.notes)])


def _import(source: Path, kb: Path) -> Imported:
    try:
        target = _target(source, kb)
        text, title, notes = _read(source)
        if not title:
            title = title_from_name(source)
            notes = (*notes, "the title was taken from the file's name")
        article = _article(text, title, source)
        _write(target, article)
    except WellreadError as error:
        return Imported(source, None, (), error.reason, error.remedy)
    except (OSError, RecursionError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "it is nested too deeply"
        if isinstance(error, OSError) and error.filename and Path(error.filename) != source:
            reason = f"{error.filename}: {reason}"
        return Imported(source, None, (), reason, "look at the file, the folder and the space on the disk")
    return Imported(source, target, notes)


def _target(source: Path, kb: Path) -> Path:
    """Where a file's article goes; raises WellreadError where an article of that id stands already."""
    if source.suffix.lower() not in _NEEDS:
        remedy = "save it as .docx in Word" if source.suffix.lower() in (".doc", ".rtf", ".odt") else "see --help"
        known = ", ".join(_NEEDS)
        raise WellreadError(f"only {known} files can be imported", remedy)
    name = slug(source.stem)
    if not name:
        raise WellreadError("its name has no letter and no digit to name the article by", "rename it")
    for there in sorted(kb.iterdir()):
        if there.suffix.lower() in SUFFIXES and slug(there.stem) == name:
            raise WellreadError(
                f"{there} exists already and is not touched",
                f"delete it to replace it, or rename {source.name} to keep both, and import again",
            )
    return kb / f"{name}.md"


def _read(source: Path) -> tuple[Tag, str, tuple[str, ...]]:
    """The text of a file, tidied, its title, or "", and what could not be kept."""
    if source.stat().st_size > MAX_SOURCE:
        raise WellreadError(f"the file is larger than {MAX_SOURCE:,} bytes", "divide it into several articles")
    data = source.read_bytes()
    notes: tuple[str, ...] = ()
    base = title = ""
    match source.suffix.lower():
        case ".docx":
            html, notes = docx_to_html(data)
            text: Tag = parse_html(html)
        case ".pdf":
            html, notes = pdf_to_html(data)
            text = parse_html(html)
        case _:
            html, notes = decode_html(data)
            page = parse_html(html)
            address = page.find("base", href=True) or page.find("link", rel="canonical", href=True)
            base = str(address["href"]) if address else ""
            title = " ".join(page.title.get_text().split()) if page.title else ""
            text = main_text(page)
    title = take_title(text) or title
    return text, title, (*notes, *tidy(text, base))


def _article(text: Tag, title: str, source: Path) -> str:
    """The article as Markdown; raises WellreadError where Wellread would not read the same words out of it."""
    said = "".join(text.get_text().split())
    if not said:
        raise WellreadError("there is no text in it", "look at the file")
    head = f"---\ntitle: {_quoted(title)}\nsource: {_quoted(source.name)}\n---\n\n"
    strict = to_markdown(text)
    without_emphasis(text)
    read = ""
    plain = to_markdown(text)
    for body in (without_needless_escapes(strict), strict, without_needless_escapes(plain), plain):
        article = f"{head}{body}\n"
        if len(article.encode()) > MAX_BYTES:
            raise WellreadError(f"its text is longer than {MAX_BYTES:,} bytes", "divide it into several articles")
        draft = parse_markdown(decode(article.encode(), source.name), source.name)
        read = _said(draft)
        if read == said and any(section.blocks for section in divide(draft)):
            return article
        if read == said:
            raise WellreadError("there are headings in it but no text", "look at the file")
    raise WellreadError(
        f'the text does not come over whole: it breaks off at "{_place(text.get_text(), said, read)}"',
        "mend that place in the file (a table inside a table?), or copy the text into a new .txt article",
    )


def _place(text: str, said: str, read: str) -> str:
    """The words of a text around the first character, white space aside, that was not read as it was said."""
    at = next((at for at, (one, other) in enumerate(zip(said, read, strict=False)) if one != other), len(read))
    seen = -1
    for place, char in enumerate(text := " ".join(text.split())):
        seen += not char.isspace()
        if seen == at:
            return text[max(place - 20, 0) : place + 20]
    return text[-40:]


def _said(draft: Draft) -> str:
    """Everything that a draft says, in its order, without white space."""
    pieces = [
        piece
        for part in draft.parts
        for piece in (part.cells or [part.text] if isinstance(part, Block) else [part.text])
    ]
    return "".join("".join(pieces).split())


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _write(target: Path, article: str) -> None:
    """Write a new file, whole or not at all."""
    with target.open("xb") as stream:
        try:
            stream.write(article.encode())
            stream.flush()
            os.fsync(stream.fileno())
        except BaseException:
            target.unlink()
            raise
