"""Where the article of a file goes, and what to do with a file that cannot be imported."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePath

from wellread.articles.anchors import slug
from wellread.articles.library import SUFFIXES, refuse_unfinished
from wellread.errors import DraftFound, WellreadError

NEEDS = {
    ".docx": ("bs4", "markdownify", "selectolax"),
    ".docm": ("bs4", "markdownify", "selectolax"),
    ".html": ("bs4", "markdownify", "selectolax"),
    ".htm": ("bs4", "markdownify", "selectolax"),
    ".pdf": ("bs4", "markdownify", "pypdfium2", "selectolax"),
}
"""The kinds of files that can be imported, and the packages that each needs."""

_LIKE_AN_ADDRESS = re.compile(r"[a-z]+:/|[\w-]+(\.[\w-]+)+(:\d+)?/|www\.", re.IGNORECASE)
"""What an address without https:// begins with, as people write it, or another kind of address."""

_REMEDIES = {
    ".doc .dot .dotm .dotx .odt .ott .rtf .wpd": "save it as .docx in Word",
    ".pages": "export it as Word (.docx)",
    ".mht .mhtml .webarchive": 'open it in the browser, and save it as "Web page, complete" (.html)',
    ".epub .key .odp .ods .ppt .pptx .pub .xls .xlsx": "save it as .pdf in the program that it was made with",
    ".bmp .gif .heic .jpeg .jpg .png .tif .tiff .webp": "run OCR on it first and import the .pdf, or type the text",
    ".zip": "unpack it, and name the files in it",
}
_REMEDY_OF = {suffix: remedy for suffixes, remedy in _REMEDIES.items() for suffix in suffixes.split()}


def target_of(source: Path, kb: Path) -> Path:
    """Return where a file's article goes.

    Raises:
        WellreadError: the file is of no kind that can be imported, or an article of that id stands already.
    """
    if not source.exists() and _LIKE_AN_ADDRESS.match(str(source)):
        raise WellreadError("there is no such file", "write an address of the web whole, beginning with https://")
    if not source.exists() and "*" in source.name:
        raise WellreadError("no file has such a name", "look at the folder, and at how the names end")
    if source.suffix.lower() not in NEEDS:
        known = ", ".join(NEEDS)
        raise WellreadError(f"only {known} files can be imported", _remedy(source, kb))
    name = slug(source.stem)
    if not name:
        raise WellreadError("its name has no letter and no digit to name the article by", "rename it")
    try:
        refuse_unfinished(PurePath(f"{name}.md"), source.name)
    except DraftFound:
        reason = f"an article named {source.stem} is never published"
        raise WellreadError(reason, "rename it after what it is about") from None
    for other, there in articles_by_name(kb):
        if other == name:
            raise WellreadError(
                f"{there} exists already and is not touched",
                f"delete it to replace it, or rename {source.name} to keep both, and import again",
            )
    return kb / f"{name}.md"


def _remedy(source: Path, kb: Path) -> str:
    """What to do with a file of another kind."""
    suffix = source.suffix.lower()
    if source.is_dir():
        return f"name the files in it: {source / '*.docx'}"
    if suffix in SUFFIXES:
        return f"copy it into {kb}: it is an article as it is"
    return _REMEDY_OF.get(suffix, "save it as one of these; its name must end so")


def articles_by_name(kb: Path) -> Iterator[tuple[str, Path]]:
    """The articles that stand directly in a folder, each with the id that its name gives."""
    for there in sorted(kb.iterdir()):
        if there.suffix.lower() in SUFFIXES:
            yield slug(there.stem), there
