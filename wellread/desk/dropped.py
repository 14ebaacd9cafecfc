"""Files that an editor drops in: each becomes the text of a draft, with all that was lost or moved on the way."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from wellread.articles.decoding import decode
from wellread.articles.kb_files import MAX_BYTES
from wellread.articles.library import SUFFIXES
from wellread.desk.drafts import Draft
from wellread.errors import WellreadError
from wellread.extras import require
from wellread.importing.converter import Converter
from wellread.importing.files import MAX_SOURCE
from wellread.importing.made import Origin
from wellread.importing.targets import NEEDS

ACCEPTED = (*NEEDS, *SUFFIXES)
"""The endings of files that can be dropped in."""


def draft_of(opened: Draft, name: str, data: bytes) -> Draft:
    """The draft that a dropped file makes of what was opened; its text is that of the file, and it is not saved yet.

    Text and Markdown are taken as they are; the reading of other files is that of `wellread import`.

    Raises:
        WellreadError: the file cannot be read, or not come over whole; or packages for it are not installed.
    """
    kind = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if kind in SUFFIXES:
        if len(data) > MAX_BYTES:
            raise WellreadError(f"the file is larger than {MAX_BYTES:,} bytes", "divide it into several articles", name)
        text = decode(data, name)
        if not text.strip():
            raise WellreadError("the file is empty", "write the article first", name)
        return replace(opened, text=text, source=name, original=text, notes=())
    if kind not in NEEDS:
        remedy = "save it as .docx in Word" if kind in (".doc", ".rtf", ".odt") else f"use {', '.join(ACCEPTED)}"
        raise WellreadError("files of this kind cannot be read", remedy, name)
    if len(data) > MAX_SOURCE:
        raise WellreadError(f"the file is larger than {MAX_SOURCE:,} bytes", "divide it into several articles", name)
    require("import", "importing", set(NEEDS[kind]))
    with Converter() as converter:
        made = converter.make_article(data, kind, Origin(name))
    return replace(opened, text=made.article, source=name, original=made.original, notes=made.notes)
