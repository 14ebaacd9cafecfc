"""Finds in a line, in many languages, what its dates are: of a review, of an update, or of the next review."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from wellread.text.dates import YEAR_SIGN, Days, find_dates
from wellread.text.review_words import UNSPACED, WORDS

REVIEWED = "last reviewed"
DUE = "next review"
UPDATED = "updated"
EITHER = "review date"
"""The date of the last review, or of the next: a reader cannot tell."""

ISSUED = re.compile(
    r"\W*(?:(?:page|leaflet|date|first|fecha|data|date|dato|datum|дата)\s+)?(?:(?:of|de|di|da)\s+)?(?:published|posted"
    r"|publication|issued?\b|issue date|produced|created|written|erstell|veröffentlicht|erschienen|publicad|publicaci"
    r"|creaci|elaborad|publié|publication|création|créé|rédigé|pubblicat|pubblicazion|creat[oa]|redatt|publica[çt]|criad|elabora"
    r"|gepubliceerd|opgesteld|publicera|fastställd|skapad|publiceret|oprettet|udarbejdet|publisert|opprettet|utarbeidet"
    r"|julkaistu|luotu|opublikowan|opracowan|utworzon|vydáno|vytvořen|közzét|készült|publicat|создан|опублик|создани"
    r"|створен|oluşturul|yayın)",
    re.IGNORECASE,
)
"""What a line begins with that says when a text was issued: a "review date" behind that day is the next one."""

NO_REVIEW = re.compile(
    rf"{ISSUED.pattern}|\W*(?:retrieved|accessed|downloaded|date accessed|copyright|abgerufen|consultado|consulté"
    "|pobrano|©)",
    re.IGNORECASE,
)
"""Labels that are known to say something else than a review."""

_WORD_BEGINS = r"(?<![^\W\d_])"
_MARK = r"[^\s:：]*"  # the rest of a word; vowels of Indian scripts are no letters to Python
_FAR = rf"(?:{_MARK}[\s/-]+){{0,2}}?"
"""Words between "next" and "review" at most: "next scheduled clinical review"."""


def _any(parts: Iterable[tuple[str, str]]) -> str:
    """One expression of parts of several languages, each from the beginning of a word where there are spaces."""
    return "|".join(f"(?:{words})" if code in UNSPACED else f"{_WORD_BEGINS}(?:{words})" for code, words in parts)


_LAST = ((code, rf"(?:{words.last})\s+(?:{words.nouns})") for code, words in WORDS.items() if words.last)
_REVIEWED = _any((*((code, words.reviewed) for code, words in WORDS.items()), *_LAST))
_UPDATED = _any((code, words.updated) for code, words in WORDS.items())
_NEXT = _any((code, words.next) for code, words in WORDS.items())
_NOUNS = _any((code, words.nouns) for code, words in WORDS.items() if words.nouns)
_AROUND = "|".join(words.around for code, words in WORDS.items() if code not in UNSPACED)
_AROUND_UNSPACED = "|".join(WORDS[code].around for code in UNSPACED)
_DUE = _any((code, words.due) for code, words in WORDS.items() if words.due)
_STEMS = f"{_REVIEWED}|{_UPDATED}|{_NOUNS}"

_KINDS = {
    DUE: re.compile(
        rf"(?:{_NEXT}){_MARK}[\s-]*{_FAR}(?:{_STEMS})|(?:{_STEMS})[^\s:：]*?\s*(?:{_MARK}\s+)?(?:{_NEXT})"
        rf"|{_DUE}",
        re.IGNORECASE,
    ),
    EITHER: re.compile(
        r"(?<!last )(?<!next )\b(?:review|revision) date\b"
        r"|(?<![^\W\d_] )\breview(?=\s*[:：]|\s+(?:\d|[^\W\d_]{3,9}\.? (?:\d{1,2},? )?\d{4}))",
        re.IGNORECASE,
    ),
    REVIEWED: re.compile(_REVIEWED, re.IGNORECASE),
    UPDATED: re.compile(_UPDATED, re.IGNORECASE),
}
"""In the order in which they count where they stand at the same place."""

_VERSION = (
    "versi(?:on|ón|one|oon|e|o|unea)|vers[aã]o|versjon|versjonen|versie|verze|verzia|verzió|wersja|ausgabe|auflage"
    "|edition|édition|edición|edição|edizione|utgave|utgåva|udgave|version|версия|версія|έκδοση|sürüm|الإصدار|संस्करण"
)
"""What stands with a number before the label in many a footer: "Versjon 3 · Sist revidert"."""
LEAD = re.compile(rf"\W*(?:(?:(?:{_AROUND}|{_VERSION}|v?\d+)(?!\w)|{_AROUND_UNSPACED})\W*)*+", re.IGNORECASE)
"""What may stand before a label in a line that says nothing else; *+ never tries the words in another way."""

_BETWEEN = re.compile(rf"{_MARK}\W*(?:(?:(?:{_AROUND})(?!\w)|{_AROUND_UNSPACED})\W*)*+", re.I)
"""What stands between a label and its date; a name that stands there is to be kept."""

_ENDS = re.compile(r"\w{3}[.!?]\s")
"""The end of a sentence; "opdateret d. 3. maj" has none."""

END = re.compile(
    r"(?:-[^\W\d]{1,3})?[,\s]*(?:\d{1,2}[:.h]\d{2}(?::\d{2})?(?:\s?(?:uhr|h|[ap]m))?)?"
    rf"(?:\s?{YEAR_SIGN})?[\s.)]*",
    re.IGNORECASE,
)
"""What may stand behind a date in a line that says nothing else: a time, "г." for the year, an ending ("5-én")."""

_BEHIND = re.compile(rf"-?\w{{0,3}}\W*{LEAD.pattern}", re.IGNORECASE)
"""What may stand between a date and a label behind it: "5-én", "5 Mart 2025 tarihinde"."""

_EDGES = " \t,;|·•–—-"
"""What stands between two labelled dates."""
_AND = re.compile(
    r"\s*(?:\b(?:and|und|et|y|e|en|och|og|ja|i|a|és|ve|și|и|та|і|και|dan|và)\s|&|\+|/|,|و|及|和|並|并|・)\s*$",
    re.IGNORECASE,
)
"""What joins two labels of one date: "Updated and reviewed"."""
_LOOK_AHEAD = 40
"""Characters behind a label that tell whether it is one: those of a date, "Review 3 September 2025"."""
_BEFORE_DATE = 150
"""Characters before a date among which its label stands: two lines of a page."""
_MOST_WORDS = 7
"""Words before the date in a line that says nothing else, at most."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a date is, and where the words that say so stand."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class LabelledDate:
    """A date in a line with its own words: `text` has both; `kind` is "" where no known word says what it is.

    `days` is None where the date may mean two; `only` says that the line up to the date says nothing else, or that a
    colon stands before the date.
    """

    text: str
    kind: str
    days: Days | None
    only: bool


def find_label(text: str, begin: int = 0, end: int | None = None) -> Label | None:
    """The last words of a part of a text that say what a date is: "Reviewed by Roe, next review" is of the next.

    >>> find_label("Versión 2. Próxima revisión:"), find_label("Printed in Leeds")
    (Label(kind='next review', start=11, end=27), None)
    """
    most = len(text) if end is None else end
    seen = min(most + _LOOK_AHEAD, len(text))
    matches = ((kind, match) for kind, words in _KINDS.items() for match in words.finditer(text, begin, seen))
    found = [Label(kind, *match.span()) for kind, match in matches if match.end() <= most]
    if not found:
        return None
    last = max(found, key=lambda label: label.end)
    order = list(_KINDS)
    return min((one for one in found if one.end > last.start), key=lambda one: (order.index(one.kind), one.start))


def labelled_dates(line: str, language: str = "") -> Iterator[LabelledDate]:
    """The dates of a line, each with what stands between it and the date before; behind it where a date leads the line.

    >>> [(one.kind, str(one.days.first)) for one in labelled_dates("Valid from: 2025-02-03 Next review: 2027-02-03")]
    [('', '2025-02-03'), ('next review', '2027-02-03')]
    """
    dates = [*find_dates(line, language, short=True)]
    if dates and find_label(line) is None:
        dates = [*find_dates(line, language)]
    led = dates and not re.search(r"\w", line[: dates[0].start])  # by a date, so that all labels stand behind theirs
    behind = led and find_label(line, dates[-1].end) is not None
    begin = 0
    only = False
    for one, following in zip_longest(dates, dates[1:]):
        label = find_label(line, max(begin, one.start - _BEFORE_DATE), one.start)
        end = one.end
        if label is not None and len(re.findall("[:：]+", line[label.end : one.start])) > 1:
            label = None  # "Reviewed by: Dr Roe. Valid from: 3 May 2025"
        only = label is not None and (
            re.fullmatch(rf"{_MARK}\s*[:：]\W*", line[label.end : one.start]) is not None
            or LEAD.fullmatch(_after_other_things(line[begin : label.start])) is not None
            or (only and _AND.fullmatch(line[begin : label.start]) is not None)  # of the same subject
        )
        if label is not None and label.kind == DUE and not _leads_to_date(line[label.end : one.start]):
            label, only = None, False  # "To be reviewed at the clinic on 3 May 2028" is no date of the text
        if behind:
            label = find_label(line, one.end, following.start if following else len(line))
            only = label is not None
            end = label.end if label is not None else end
        yield LabelledDate(
            line[begin:end].lstrip(f"./{_EDGES}").rstrip(_EDGES),
            label.kind if label is not None else "",
            one.days,
            only,
        )
        begin = end


def _leads_to_date(between: str) -> bool:
    """Tell whether what stands between a label and a date says nothing of its own, or ends with a colon."""
    return _BETWEEN.fullmatch(between) is not None or re.search(r"[:：]\s*$", between) is not None


def review_line(text: str) -> tuple[str, str] | None:
    """What a line that only dates a text says, the kind of its label, and its date as written.

    >>> review_line("Última revisión: 8 de abril de 2026"), review_line("2025年3月5日更新")
    (('last reviewed', '8 de abril de 2026'), ('updated', '2025年3月5日'))
    >>> review_line("Updated and reviewed: 3 May 2025")
    ('last reviewed', '3 May 2025')
    >>> review_line("It was reviewed in 2020 by two doctors.")
    """
    found = next(find_dates(text, short=True), None)
    if found is None or len(text[: found.start].split()) > _MOST_WORDS:
        return None
    if re.search(r"\w", text[: found.start]):
        label = _with_one_before(text, find_label(text, 0, found.start))
        alone = (
            label is not None
            and not _ENDS.search(text, 0, label.start)
            and not _ENDS.search(text, label.end, found.start)
            and LEAD.fullmatch(text[: label.start])
            and _BETWEEN.fullmatch(text[label.end : found.start])
            and END.fullmatch(text[found.end :])
        )
    else:
        label = find_label(text, found.end)
        alone = (
            label is not None
            and _BEHIND.fullmatch(text[found.end : label.start])
            and re.fullmatch(rf"{_MARK}\W*", text[label.end :])
        )
    return (label.kind, text[found.start : found.end]) if label and alone else None


def _with_one_before(text: str, label: Label | None) -> Label | None:
    """A label, with the one that stands before it and an "and": of a review and an update the review counts."""
    joint = _AND.search(text, 0, label.start) if label else None
    other = find_label(text, 0, joint.start()) if joint else None
    if label is None or joint is None or other is None or {label.kind, other.kind} - {REVIEWED, UPDATED}:
        return label
    if not re.fullmatch(_MARK, text[other.end : joint.start()]):
        return label
    return Label(REVIEWED if REVIEWED in (label.kind, other.kind) else UPDATED, other.start, label.end)


def _after_other_things(before: str) -> str:
    """What stands directly before a label, without what a footer says before that: "Leaflet PR/07. Last"."""
    return re.split(r"(?<=\w)[.;|·•–—]\s+|(?<=\d),\s+|\s[-–—|·•/]\s", before)[-1]
