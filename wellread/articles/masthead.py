"""The top of a plain-text article: its title, and the lines around it that say where the text comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from wellread.articles.date_lines import DateLine, dates_beside_text, may_follow, read_date_lines, settle, settle_either
from wellread.articles.details import Place, read_day, read_language
from wellread.articles.introductions import ends_sentence, ends_unfinished
from wellread.articles.lines import Line, is_rule
from wellread.articles.outline import Details
from wellread.datatypes import Note
from wellread.errors import ArticleError
from wellread.text.dates import find_date
from wellread.text.list_marks import counted_mark
from wellread.text.review_labels import EITHER

MAX_TITLE = 200

_MARKER = re.compile(r"article content\s*:", re.IGNORECASE)
_SOURCE = (
    "source|quelle|fuente|fonte|bron|källa|kilde|lähde|źródło|zdroj|forrás|sursa|kaynak|sumber|nguồn|πηγή|источник|джерело"
    "|المصدر|منبع|ماخذ|מקור|स्रोत|সূত্র|ஆதாரம்|ที่มา|出典|出所|来源|來源|출처"
)
_LANGUAGE = "language|idioma|lingua|língua|langue|sprache|taal|język|dil|язык|мова|اللغة|भाषा|语言|語言|言語"
_ADDRESS = "url|link|web address|web ?page|website|address|adresse|dirección|enlace|lien"
_OTHER = (
    "retrieved(?: on)?|accessed(?: on)?|date accessed|downloaded(?: on)?|published(?: on)?|date published|publication "
    "date"
    "|posted(?: on)?|date|updated(?: on)?|last updated(?: on)?|page last updated|last modified|last changed|authors?"
    "|written by|publisher|copyright|abgerufen(?: am)?|stand|datum|fecha|consultado|actualizado|date de publication"
    "|consulté le|mis à jour le|data|pobrano|fecha de publicación|data de publicação|data di pubblicazione"
)
_LINE = re.compile(
    rf"(?P<title>title|titel|título|titre|titolo)\s*:\s*(?P<name>\S.*)|(?P<key>last reviewed|next review"
    rf"|{_LANGUAGE}|{_SOURCE}|{_ADDRESS}|{_OTHER})\s*[:：]\s*(?P<value>\S.*)|(?P<bare>https?://\S+)",
    re.IGNORECASE,
)
_KEY_AND_VALUE = re.compile(r"[^\W\d_][\w-]*(?: [\w-]+){0,2}\s?:\s+(?:\S+ ){0,7}\S*[^\s.!?:;,]")
"""A short line such as "Category: Skin"; a sentence is none."""
_FOOT = 6
"""Lines at the end of a text among which a line that only says when it was reviewed is looked for."""
_OWN = re.compile(r"last reviewed|next review|source|language", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Masthead:
    """The title of an article, its details, the lines that they take, and what an editor should know of it.

    `lines` are those at the top, `foot` the numbers of those at the end. `may_be_source` tells that the title may be
    who issued the text: an address or a date of issue stands directly below it, or it has a label, "Publisher: …".
    """

    title: str
    details: Details
    lines: int
    notes: tuple[Note, ...] = ()
    foot: frozenset[int] = frozenset()
    may_be_source: bool = False


def read_masthead(lines: Sequence[Line], file: str) -> Masthead:
    """Read the title, and the lines above and below it that are details; raises ArticleError naming the line.

    "Source:", "Language:", "Last reviewed:" and "Next review:" become those details. An address, a date of retrieval or
    publication and an author are kept with the source, as they are written. Where no line at the top says when the text
    was reviewed, or is to be, one at the end may, and stays if it says more.
    """
    top = _Top(lines, file)
    start = top.take(0)
    named = top.found.pop("title", None)
    title, below = (named[0], start) if named else _take_title(lines, start, file)
    end = top.take(below)
    foot = top.take_foot(end)
    details, notes = top.details()
    unknown = _unknown_detail(lines[end:], end > 0 and not lines[end - 1].text)
    beside = takewhile(lambda line: line.text, lines[below:end])
    may_be_source = not named and any(_is_of_issue(line, title) for line in beside)
    return Masthead(title, details, end, (*notes, *unknown), foot, may_be_source)


def _is_of_issue(line: Line, title: str) -> bool:
    """Tell whether a line below a title says where or when a text was issued, or dates it below a label."""
    known = _LINE.fullmatch(line.text)
    days = read_date_lines(line.text, line.number)
    if known and known["key"] and _OWN.fullmatch(known["key"]):
        return False
    return known is not None or any(not day.kind for day in days) or (bool(days) and "：" in title)


def _unknown_detail(below: Sequence[Line], apart: bool) -> Iterator[Note]:
    """Note a line below the title that looks like a detail and is none; it is text, and so are those after it.

    Where a blank line stands above it (`apart`), it is meant as text, if no known detail follows.
    """
    here = list(takewhile(lambda line: _KEY_AND_VALUE.fullmatch(line.text) and not line.marker, below))
    if not here:
        return
    last = here[-1] is below[-1] or not below[len(here)].text
    others = [line.text for line in here[1:] if (known := _LINE.fullmatch(line.text)) and known["key"]]
    if others or (last and not apart):
        key = here[0].text.split(":")[0]
        message = f'"{key}" is no detail that is known, so the line is text'
        if others:
            message += f', and so is "{others[0]}" below it'
        remedy = "move it below the details and a blank line if readers should see it, or delete it"
        yield Note(here[0].number, "unknown-detail", message, remedy)


def _take_title(lines: Sequence[Line], start: int, file: str) -> tuple[str, int]:
    """Return the title and the number of the line below it, blank lines above and a drawn line below included."""
    remedy = "put the title on the first line, alone"
    at = next((n for n in range(start, len(lines)) if lines[n].text and not is_rule(lines[n])), None)
    if at is None:
        raise ArticleError(file, None, "the article has no title", remedy)
    first = lines[at]
    if first.marker and not counted_mark(first.marker):
        raise ArticleError(file, first.number, "the article has no title: it begins with a list item", remedy)
    end = at + 1
    while end < len(lines) and _continues_title(lines[end]):
        end += 1
    stops = end == len(lines) or not lines[end].text or is_rule(lines[end]) or _LINE.match(lines[end].text)
    title = " ".join(line.written for line in lines[at:end])
    if not stops or ends_sentence(title) or len(title) > MAX_TITLE:
        end = at + 1
        title = first.written
    if len(title) > MAX_TITLE:
        reason = f"the article has no title: its first line is longer than {MAX_TITLE} characters"
        raise ArticleError(file, first.number, reason, remedy)
    return title, end + (end < len(lines) and is_rule(lines[end]))


def _continues_title(line: Line) -> bool:
    detail = _LINE.match(line.text) or _MARKER.match(line.text) or read_date_lines(line.text, line.number)
    return not line.marker and line.text[:1].islower() and not detail


def _is_whole(above: Line, line: Line) -> bool:
    """Tell whether a line of a text does not go on in the one below it, by its end and by how that begins."""
    return (
        ends_sentence(above.text)
        or above.spread
        or not (line.text[0].islower() or ends_unfinished(above.text) or above.text.endswith((",", "-", "–", "(")))
    )


class _Top:
    """The details at the top of a text, as its lines are read."""

    def __init__(self, lines: Sequence[Line], file: str) -> None:
        self.lines = lines
        self.file = file
        self.found: dict[str, tuple[str, int]] = {}
        self.dates: list[DateLine] = []
        self.beside: list[DateLine] = []

    def take(self, start: int) -> int:
        """Collect the details from a line on, and return the number of the first line that is none."""
        above = start == 0
        for at in range(start, len(self.lines)):
            line = self.lines[at]
            detail = None if line.marker else _LINE.fullmatch(line.text)
            own = detail and detail["key"] and _OWN.fullmatch(detail["key"])
            days = self._dates(at, start)
            if days and not (own and len(days) == 1):
                self.dates += days
            elif detail and (_is_detail(detail) if above else self._is_below_title(detail, at, start)):
                _add(self.found, detail, line, self.file)
            elif line.text and not is_rule(line) and not _MARKER.fullmatch(line.text):
                return at
        return start if above and not (self.found or self.dates) else len(self.lines)

    def _is_below_title(self, detail: re.Match[str], at: int, start: int) -> bool:
        """Tell whether a line is a detail below the title; an address without a word is one directly below it alone."""
        if not detail["bare"]:
            return not detail["title"]
        below = self.lines[at + 1].text if at + 1 < len(self.lines) else ""
        return at == start > 0 and bool(below) and _LINE.fullmatch(below) is not None

    def _dates(self, at: int, start: int) -> tuple[DateLine, ...]:
        """What a line says that dates the text; without a known label it stands beside the title or alone."""
        line = self.lines[at]
        days = read_date_lines(line.text, line.number) if self._is_prose(at) else ()
        if any(day.kind for day in days) or not days:
            return days
        below = next((self.lines[n] for n in range(at + 1, len(self.lines)) if self.lines[n].text), None)
        if start == 0:
            return days if below and not below.marker and may_follow(below.text) else ()
        follows = at + 1 < len(self.lines) and self.lines[at + 1].text
        if self.lines[at - 1].text or not follows or _LINE.fullmatch(follows) or read_date_lines(follows, 0):
            return days
        return ()

    def take_foot(self, start: int) -> frozenset[int]:
        """Collect the dates of lines at the end that only date the text, where the top has none of that kind.

        Return the numbers of those to leave out. Such a line stands below a blank one, another such line, or one that
        does not go on in it.
        """
        language = self.found.get("language", ("", 0))[0]
        known = {day.detail for day in self.dates} | self.found.keys()
        written = [at for at in range(start, len(self.lines)) if self.lines[at].text and not is_rule(self.lines[at])]
        foot: set[int] = set()
        top = next((at for at in range(start, len(self.lines)) if not self.lines[at].text), len(self.lines))
        last = written[1:][-_FOOT:]
        read = {at: read_date_lines(self.lines[at].text, self.lines[at].number) for at in last if self._is_prose(at)}
        settled = settle_either([day for days in read.values() for day in days], language)
        dated = {day.line for day in settled}
        for at in last:
            line, above = self.lines[at], self.lines[at - 1]
            days = tuple(day for day in settled if day.line == line.number)
            sure = all(day.kind not in ("", EITHER) and find_date(day.value, language) for day in days)
            apart = not above.text or above.number in dated or is_rule(above) or (at > top and _is_whole(above, line))
            if days and sure and apart and not any(day.detail in known for day in days):
                self.dates += days
                if not any(day.by_period for day in days):  # "Vaccine expires: May 2027" may be meant
                    foot.add(line.number)
            elif not days and self._is_prose(at):
                self.beside += dates_beside_text(line.text, line.number, language)
        return frozenset(foot)

    def _is_prose(self, at: int) -> bool:
        return not self.lines[at].marker and not self.lines[at].cells

    def details(self) -> tuple[Details, tuple[Note, ...]]:
        """What the lines say; other ones than those of the article itself are its source, as they are written."""
        found = self.found
        language, language_line = found.pop("language", ("", 0))
        code = read_language(language, self.file, language_line) if language else ""
        dates = settle(self.dates, code, found)
        found = {**found, **{one.text.lower(): (one.text, one.line) for one in dates.kept}}
        for key, value in dates.details.items():
            found.setdefault(key, value)
        for one in self.beside:
            found.setdefault(one.kind, (one.value, one.line))

        def day(key: str) -> date | None:
            value, line = found.pop(key.lower(), ("", 0))
            return read_day(value, key, Place(self.file, line, code)) if value else None

        reviewed, due = day("Last reviewed"), day("Next review")
        source = ", ".join(value for value, _ in sorted(found.values(), key=lambda one: one[1]))
        return Details(source=source, language=code, last_reviewed=reviewed, next_review=due), dates.notes


def _is_detail(detail: re.Match[str]) -> bool:
    """Tell whether a line at the very top is a detail, and not a title such as "Language: how children learn it"."""
    key, value = (detail["key"] or "").lower(), detail["value"] or ""
    if re.fullmatch(_LANGUAGE, key):
        return re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*", value) is not None
    if re.fullmatch(_SOURCE, key, re.IGNORECASE) or re.fullmatch(_ADDRESS, key, re.IGNORECASE) or "author" in key:
        return True
    return bool(detail["title"] or detail["bare"]) or re.search(r"\d", value) is not None


def _add(found: dict[str, tuple[str, int]], detail: re.Match[str], line: Line, file: str) -> None:
    if detail["title"]:
        found["title"] = (detail["name"], line.number)
        return
    key = (detail["key"] or line.text).lower()
    key = "language" if re.fullmatch(_LANGUAGE, key) else key
    if key in found:
        if not _OWN.fullmatch(key):
            key = f"{key} {line.number}"
        else:
            reason = f'"{detail["key"]}" is given twice'
            raise ArticleError(file, line.number, reason, "keep one of the two lines")
    own = _OWN.fullmatch(key) or re.fullmatch(f"{_SOURCE}|{_ADDRESS}", key, re.IGNORECASE) or detail["bare"]
    found[key] = (detail["value"] or line.text if own else line.text, line.number)
