"""What a web page says about itself: its title and its site's, its address, its language, and when it was reviewed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from wellread.importing.tree import HEADINGS, first_inside, text_of

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://\S+)\s*-->", re.IGNORECASE)
_BETWEEN = re.compile(r"\s+[|·•»›:–—-]{1,2}\s+|\s*[|»]\s*|:{2}")
_NAME_OF_A_FILE = re.compile(
    r"(?:untitled|document|microsoft word|new page|page|index|home|slide|layout|leaflet|brochure|flyer|web page"
    r"|sans titre|ohne titel|sin título)\W{0,3}\d*|microsoft word - .*|\S*[_\\/]\S*"
    r"|\S+\.(?:html?|docx?|pdf|indd|aspx?|php)",
    re.IGNORECASE,
)
_MAX_DATE_LINE = 16
"""Words of a line that says when a page was reviewed, at most; a longer one says more."""

_MONTHS = (
    "january jan janvier janv januar jänner enero ene gennaio gen janeiro januari janúar stycznia",
    "february feb février févr februar febrero febbraio fevereiro februari lutego",
    "march mar mars märz marzo março maart mrt marca",
    "april apr avril abril aprile abr kwietnia",
    "may mai mayo maggio mag maio mei maj maja",
    "june jun juin juni junio giugno giu junho czerwca",
    "july jul juillet juil juli julio luglio lug julho lipca",
    "august aug août agosto ago augustus augusti sierpnia",
    "september sept sep septembre septiembre settembre set setembro września",
    "october oct octobre oktober okt octubre ottobre ott outubro out października",
    "november nov novembre noviembre novembro listopada",
    "december dec décembre déc dezember dez diciembre dic dicembre dezembro desember grudnia",
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_DAY = re.compile(
    r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)"
    r"|(?P<d2>\d{1,2})(?:st|nd|rd|th|er|\.|º)?\s+(?:de\s+|of\s+)?(?P<name>[^\W\d_]{3,10})\.?,?\s+(?:de\s+|del\s+)?(?P<y2>\d{4})"
    r"|(?P<name3>[^\W\d_]{3,10})\.?\s+(?P<d3>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y3>\d{4})"
    r"|(?P<a>\d{1,2})[./](?P<b>\d{1,2})[./](?P<y4>\d{4})"
)
_REVIEWED = re.compile(
    r"\b(?:last|date|medically|clinically|page)\s+(?:last\s+)?(?:reviewed|checked|medical review)|\breviewed\b"
    r"|\brevu|révis|vérifié|validé|relu|geprüft|überprüft|revisado|revisión|revisto|rivisto|revisionato|beoordeeld|herzien",
    re.IGNORECASE,
)
_EITHER = re.compile(r"(?<!last )(?<!next )\breview date\b", re.IGNORECASE)  # of the last review, or of the next
_UPDATED = re.compile(
    r"(?:last\s+)?(?:updated|modified|changed|amended|revised)|last update|mis(?:e)? à jour|dernière mise"
    r"|aktualisiert|zuletzt geändert|letzte (?:änderung|aktualisierung)|stand\s*:|actualizad|última actualización"
    r"|atualizad|aggiornat|ultimo aggiornamento|bijgewerkt|gewijzigd|zaktualizowan",
    re.IGNORECASE,
)
_DUE = re.compile(
    r"next review|review due|due for review|to be reviewed|prochaine (?:révision|mise)|nächste (?:überprüfung|prüfung)"
    r"|próxima revisión|próxima revisão|prossima revisione",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PageDetails:
    """What a page says about itself, "" where it is silent; `titles` are its names for itself, best first."""

    titles: tuple[str, ...]
    site: str
    address: str
    language: str


@dataclass(frozen=True, slots=True)
class ReviewDates:
    """When a page was last reviewed and is due again, the lines that say nothing else, and notes of their origin."""

    last_reviewed: date | None
    next_review: date | None
    lines: tuple[str, ...]
    notes: tuple[str, ...]


def read_details(page: BeautifulSoup, html: str, address: str) -> PageDetails:
    """Read what a page says about itself in its head; `address` is where it was fetched from, or ""."""
    metas = _metas(page)
    site = metas.get("og:site_name") or metas.get("application-name") or ""
    whole = " ".join(page.title.get_text().split()) if page.title else ""
    social = metas.get("og:title", "")
    titles = [title for title in (whole, *_parts(whole, site), social, *_parts(social, site)) if title]
    return PageDetails(tuple(dict.fromkeys(titles)), site, _address(page, metas, html, address), _language(page, metas))


def is_name_of_a_file(title: str) -> bool:
    """Tell whether a title is a file's or a program's and no person's: "CB_5", "Untitled-1", "leaflet.indd"."""
    return _NAME_OF_A_FILE.fullmatch(title.strip()) is not None


def without_site(title: str, site: str) -> str:
    """A page's title without its site's name: what stands before a line, or the site's name as the page gives it.

    >>> without_site("Back pain | Example Clinic", "")
    'Back pain'
    >>> without_site("Covid-19 - what to do", "")
    'Covid-19 - what to do'
    """
    parts = _BETWEEN.split(title)
    marks = _BETWEEN.findall(title)
    if len(parts) > 1 and site:
        kept = [part for part in parts if _same(part) != _same(site)]
        if len(kept) == 1 or (kept and len(kept) < len(parts) and _same(parts[0]) in map(_same, kept)):
            return kept[0].strip()
    if len(parts) > 1 and any(mark.strip() in ("|", "»", "::") for mark in marks):
        return re.split(r"\s*[|»]\s*|\s+::\s+", title, maxsplit=1)[0].strip()
    return title


def review_dates(page: BeautifulSoup, language: str) -> ReviewDates:
    """Find when a page was reviewed and is due: in its data about itself (JSON-LD), and in its lines.

    A date of an update counts as a review where the page names none, with a note; a date that can be read in two ways
    only gives a note.
    """
    notes: list[str] = []
    taken: list[str] = []
    reviewed = due = None
    updated: tuple[date, str, str] | None = None
    for data in _json_ld(page):
        if reviewed is None and (day := _iso(data.get("lastReviewed"))):
            reviewed = day
            notes.append(f'last_reviewed is "lastReviewed" of the page\'s own data: {day}')
    for line in dict.fromkeys(_short_lines(page)):
        for piece in re.split(r"(?<=\d{4})[\s|,;.·–-]+(?=\D)", line):
            key = "next_review" if _DUE.search(piece) else "last_reviewed" if _REVIEWED.search(piece) else ""
            either = _EITHER.search(piece) is not None and key != "next_review"
            if not key and not either and not _UPDATED.search(piece):
                continue
            day = None if either else read_day(piece, language)
            if day is None:
                if re.search(r"\d{4}", piece):
                    notes.append(f'the page says "{piece}": if a review is meant, write it into the front matter')
            elif key == "next_review" and due is None:
                due = day
                taken.append(line)
                notes.append(f'next_review is from "{piece}"')
            elif key == "last_reviewed" and reviewed is None:
                reviewed = day
                taken.append(line)
                notes.append(f'last_reviewed is from "{piece}"')
            elif not key and updated is None:
                updated = (day, piece, line)
    if reviewed is None and updated is not None:
        reviewed = updated[0]
        taken.append(updated[2])
        notes.append(f'last_reviewed is from "{updated[1]}": correct it if the text was not reviewed then')
    if reviewed and due and due < reviewed:
        notes.append(f"the next review, {due}, lies before the last one, {reviewed}: it was left out")
        due = None
    return ReviewDates(reviewed, due, tuple(dict.fromkeys(taken)), tuple(dict.fromkeys(notes)))


def read_day(text: str, language: str) -> date | None:
    """The first date in a line, or None where there is none, or it may mean two days ("3/5/2025" in English).

    >>> read_day("Mis à jour le 3 mai 2025", "fr"), read_day("Updated 3/5/2025", "en"), read_day("3/5/2025", "en-GB")
    (datetime.date(2025, 5, 3), None, datetime.date(2025, 5, 3))
    """
    for found in _DAY.finditer(text):
        part = found.groupdict()
        name = part["name"] or part["name3"]
        if part["a"]:
            first, second, year = int(part["a"]), int(part["b"]), int(part["y4"])
            day_first = not language.lower().startswith("en") or language.lower() in (
                "en-gb",
                "en-ie",
                "en-au",
                "en-nz",
            )
            if first <= 12 and second <= 12 and first != second and not day_first and language.lower() != "en-us":
                return None
            day, month = (first, second) if day_first or first > 12 else (second, first)
        elif name:
            day, month, year = int(part["d2"] or part["d3"]), _MONTH.get(name.lower(), 0), int(part["y2"] or part["y3"])
        else:
            day, month, year = int(part["d"]), int(part["m"]), int(part["y"])
        try:
            return date(year, month, day)
        except ValueError:
            continue
    return None


def _metas(page: BeautifulSoup) -> dict[str, str]:
    """What the page's <meta> elements say, by name, property or header; the first of a name counts."""
    said: dict[str, str] = {}
    for tag in page.find_all("meta"):
        name = str(tag.get("property") or tag.get("name") or tag.get("http-equiv") or "").lower()
        said.setdefault(name, " ".join(str(tag.get("content") or "").split()))
    return said


def _parts(title: str, site: str) -> list[str]:
    parts = [part.strip() for part in _BETWEEN.split(title) if part.strip()]
    return [part for part in parts if _same(part) != _same(site)] if len(parts) > 1 else []


def _same(title: str) -> str:
    return "".join(char for char in title.casefold() if char.isalnum())


def _address(page: BeautifulSoup, metas: Mapping[str, str], html: str, address: str) -> str:
    """Where the page's links lead from: its own word for it, or where it was saved or fetched from."""
    base = page.find("base", href=True)
    found = [str(base["href"]).strip()] if base else []
    if address:
        return found[0] if found and _is_whole(found[0]) else address
    link = page.find("link", rel="canonical", href=True)
    found += [str(link["href"]).strip()] if link else []
    found.append(metas.get("og:url", ""))
    saved = _SAVED_FROM.search(html[:2000])
    found += [saved[1]] if saved else []
    return next((one for one in found if _is_whole(one)), "")


def _is_whole(address: str) -> bool:
    return re.match(r"https?://[^/\s]+", address, re.IGNORECASE) is not None


def _language(page: BeautifulSoup, metas: Mapping[str, str]) -> str:
    places: list[Tag | None] = [page.find("html"), page.body, page.find("main"), page.find("article")]
    written = [str(tag.get(key) or "") for tag in places if tag for key in ("lang", "xml:lang")]
    written += [metas.get(name, "") for name in ("content-language", "language", "dc.language", "og:locale")]
    code = next((word.strip() for word in written if _LANGUAGE.fullmatch(word.strip())), "")
    primary, *rest = code.replace("_", "-").split("-")
    return "-".join([primary.lower(), *(part.upper() if len(part) == 2 else part for part in rest)])


def _json_ld(page: BeautifulSoup) -> Iterator[dict[str, Any]]:
    """The objects of the page's data about itself; what cannot be read is passed over: no words are lost with it."""
    for script in page.find_all("script"):
        try:
            data = json.loads(script.get_text())
        except (ValueError, RecursionError):
            continue
        open_objects = [data]
        while open_objects:
            one = open_objects.pop()
            if isinstance(one, dict):
                yield one
                open_objects += one.get("@graph", []) if isinstance(one.get("@graph"), list) else []
            elif isinstance(one, list):
                open_objects += one


def _iso(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None


def _short_lines(page: BeautifulSoup) -> Iterator[str]:
    for tag in (page.body or page).find_all(
        ["p", "div", "span", "time", "li", "dd", "td", "small", "em", "footer", *HEADINGS]
    ):
        if first_inside(tag, ("p", "div", "li", *HEADINGS)) is None:
            words = text_of(tag)
            if re.search(r"\d{4}", words) and len(words.split()) <= _MAX_DATE_LINE:
                yield words
