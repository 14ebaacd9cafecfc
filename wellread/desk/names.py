"""Names of articles' files as editors write them: none leads out of the knowledge base, or to another kind of file."""

from __future__ import annotations

import unicodedata
from pathlib import Path, PurePosixPath

from wellread.articles.anchors import slug
from wellread.articles.kb_files import passed_over
from wellread.articles.library import SUFFIXES, refuse_unfinished
from wellread.errors import DraftFound, WellreadError

LONGEST = 200
"""Bytes of a name, of which a letter takes up to four: disks take 255 for each part of a path, and the file that a
draft is written to at first has ten more than the article's."""

_FORBIDDEN = frozenset('\\:*?"<>|')
"""What stands in no name of a file on Windows, so that a folder of articles can be copied there."""


def checked_name(name: str) -> str:
    """The path below the knowledge base that an editor wrote, with forward slashes; raises WellreadError.

    >>> checked_name(" heart/angina.md ")
    'heart/angina.md'
    """
    plain = unicodedata.normalize("NFC", name.strip())
    parts = plain.split("/")
    if len(plain.encode("utf-8", "replace")) > LONGEST:
        raise _refused(plain[:40] + "…", f"it is longer than {LONGEST} bytes")
    if any(unicodedata.category(char)[0] == "C" or char in _FORBIDDEN for char in plain):
        raise _refused(plain, "it holds characters that no name of a file may hold")
    if not all(slug(part) and part[0] not in "._ #~-" and part[-1] not in ". ~" for part in parts):
        raise _refused(plain, "each part of it must begin with a letter or a digit")
    if PurePosixPath(plain).suffix.lower() not in SUFFIXES or not slug(PurePosixPath(plain).stem):
        raise _refused(plain, f"it does not end in {', '.join(SUFFIXES)}")
    try:
        refuse_unfinished(PurePosixPath(plain), plain)
    except DraftFound as draft:
        raise _refused(plain, f"such a file is never published ({draft.reason})") from None
    return plain


def name_in(kb: Path, name: str) -> str:
    """A name that an article of a knowledge base has already, whatever it is like, or else a checked one for a new one.

    Raises WellreadError.
    """
    parts = name.split("/")
    plain = not any(part in ("", ".", "..") or passed_over(part) for part in parts) and name.isprintable()
    if plain and PurePosixPath(name).suffix.lower() in SUFFIXES and (kb / name).is_file():
        return name
    return checked_name(name)


def place_of(kb: Path, name: str) -> Path:
    """Where the article of a name stands in a knowledge base; raises WellreadError where a link leads out of it."""
    place = (kb / name_in(kb, name)).resolve()
    if not place.is_relative_to(kb.resolve()):
        raise _refused(name, "a link leads it out of the folder of the articles")
    return place


def name_for(source: str) -> str:
    """The name that the article of a dropped file gets: its own in small letters, as `wellread import` names it.

    A name that is too long, as browsers save pages by their titles, loses its last words.

    >>> name_for("Hay Fever (2026).DOCX"), name_for("notes.txt")
    ('hay-fever-2026.md', 'notes.txt')
    """
    path = PurePosixPath(source.replace("\\", "/"))
    name = slug(path.stem)
    if not name:
        raise _refused(path.name, "it has no letter and no digit to name the article by")
    while len(name.encode()) > LONGEST - len(".txt"):
        name = name.rpartition("-")[0] or name[:-1]
    return f"{name}.txt" if path.suffix.lower() == ".txt" else f"{name}.md"


def _refused(name: str, why: str) -> WellreadError:
    shown = name.encode("utf-8", "backslashreplace").decode()
    return WellreadError(f'"{shown}" cannot be the name of an article: {why}', "write a name such as heart/angina.md")
