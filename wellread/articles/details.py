"""What an article says about itself: the keys that editors write, their dates and their language codes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from wellread.articles.outline import Details
from wellread.errors import ArticleError, DraftFound
from wellread.text.dates import read_date

Values = Mapping[str, tuple[str, int]]
"""The value of each key on one line, with the line of the file on which the key stands."""

_OTHER_NAMES = {
    "lang": "language",
    "source_url": "source",
    "source_link": "source",
    "reviewed": "last_reviewed",
    "reviewed_on": "last_reviewed",
    "date_reviewed": "last_reviewed",
    "next_review_date": "next_review",
    "review_due": "next_review",
}
"""Keys of site generators and content systems that mean one of ours."""

_UNFINISHED = {"draft": ("true", "yes", "1"), "published": ("false", "no", "0"), "publish": ("false", "no", "0")}
_UNFINISHED_STATUS = ("draft", "private", "hidden", "unpublished")
_KNOWN = (*Details.__dataclass_fields__, *_UNFINISHED, "status")
_NEAR = 0.8
"""Likeness from which on a key is a misspelt one. Of 113 keys in the files of 200 other projects none comes so near."""
_WRITE_A_DATE = "write it as 2026-05-31, or as 2026-05 or May 2026"


def key_of(written: str) -> str:
    """Return the key that is meant: "lastReviewed" and "Last reviewed" give "last_reviewed", "lang" "language"."""
    key = re.sub(r"(?<=[a-z])(?=[A-Z])|[\s-]+", "_", written.strip()).lower()
    return _OTHER_NAMES.get(key, key)


def is_known(key: str) -> bool:
    """Tell whether a key means something to Wellread."""
    return key in _KNOWN


def nearest_known(written: str) -> str:
    """Return the key that a misspelt one comes near, "draft" for "darft"; "" for other programs' keys and for ours."""
    key = key_of(written)
    return "" if key in _KNOWN else next(iter(get_close_matches(key, _KNOWN, 1, _NEAR)), "")


def read_details(values: Values, file: str) -> Details:
    """Make details of keys and their values; raises ArticleError with the line of the first that cannot be read."""

    def text(key: str) -> str:
        return values[key][0] if key in values else ""

    language = read_language(text("language"), file, values["language"][1]) if "language" in values else ""

    def day(key: str) -> date | None:
        return read_day(text(key), key, Place(file, values[key][1], language)) if key in values else None

    return Details(
        id=_read_id(text("id"), file, values["id"][1]) if "id" in values else "",
        title=text("title"),
        disclaimer=text("disclaimer"),
        source=text("source"),
        language=language,
        last_reviewed=day("last_reviewed"),
        next_review=day("next_review"),
        warning=text("warning"),
        draft=_draft(values),
    )


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands, and the article's language, "" where it does not say."""

    file: str
    line: int
    language: str = ""


def read_day(value: str, key: str, place: Place) -> date:
    """Return the day that a date means, as `text.dates` reads it; raises ArticleError naming the key for anything else.

    A month without a day is its first day for the last review, and its last day for the next one.
    """
    days = read_date(value, place.language)
    if days is None:
        raise ArticleError(place.file, place.line, f'{key} is not a date: "{shortened(value)}"', _WRITE_A_DATE)
    return days.last if key.lower().startswith("next") else days.first


def read_language(value: str, file: str, line: int) -> str:
    """Return a language code such as "en" or "pt-BR"; raises ArticleError for what has not that shape."""
    code = value.replace("_", "-")
    if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", code):
        return code
    reason = f'language is not a language code: "{shortened(value)}"'
    raise ArticleError(file, line, reason, 'write a code such as "en", "de" or "pt-BR"')


def shortened(value: str) -> str:
    """Return a value as a message quotes it, at most 60 characters."""
    return value if len(value) <= 60 else value[:57] + "..."


def refuse_draft(details: Details, file: str) -> None:
    """Raise DraftFound where an article calls itself a draft."""
    if details.draft:
        raise DraftFound(file, None, f'"{details.draft}"', f'delete the line "{details.draft}" to publish it')


def _draft(values: Values) -> str:
    for key, signs in _UNFINISHED.items():
        if key in values and values[key][0].lower() in signs:
            return f"{key}: {values[key][0]}"
    status = values["status"][0] if "status" in values else ""
    return f"status: {status}" if status.lower() in _UNFINISHED_STATUS else ""


def _read_id(value: str, file: str, line: int) -> str:
    what = _wrong_in_id(value)
    if what:
        reason = f'id "{shortened(value)}" holds {what}'
        raise ArticleError(
            file, line, reason, "write letters, digits, - _ . and single slashes inside, as heart/angina"
        )
    return value


def _wrong_in_id(value: str) -> str:
    bad = sorted({char for char in value if char in '#?&%\\"<>' or char.isspace()})
    if bad:
        return "spaces" if bad == [" "] else f'"{bad[0]}"'
    if "//" in value or value.startswith("/") or value.endswith("/"):
        return "an empty part between slashes"
    dots = next((part for part in value.split("/") if part in (".", "..")), "")  # browsers leave such parts out
    return f'the part "{dots}"' if dots else ""
