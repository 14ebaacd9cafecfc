"""The front matter of a Markdown article: what it says about itself in YAML (`---`) or TOML (`+++`), above its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise, takewhile

from wellread.articles.date_lines import DateLine, settle
from wellread.articles.details import is_known, key_of, nearest_known, read_details
from wellread.articles.frontmatter_entries import Entry, json_entries, toml_entries, yaml_entries
from wellread.articles.outline import Details
from wellread.datatypes import Note
from wellread.errors import ArticleError
from wellread.text.accounting import WITHOUT_SPACES
from wellread.text.characters import no_text, shown
from wellread.text.review_labels import EITHER, REVIEWED, UPDATED, review_line

MAX_CHARS = 20_000
"""A front matter longer than this is refused unread; a real one has a few hundred characters."""

_PROSE = 6
"""Words from which on a value is a text that readers may miss, rather than a name, an address or a setting."""

_NAMES = frozenset("keyword keywords tag tags category categories alias aliases".split())
"""Keys whose values are names, however many words they have."""
_UNSPACED = re.compile(f"[{WITHOUT_SPACES}]{{2}}")
"""About a word of the scripts that write no spaces."""

_FENCES = {"---": ("---", "..."), "+++": ("+++",)}
_BARE_KEY = re.compile(r"([A-Za-z][A-Za-z _-]{1,30}):[ \t]+(\S.*)")

_TITLE_BLOCK = ("title", "author", "date")
"""The fields of Pandoc's title block, each behind a "%"."""

_LABELS = {"lastmod": "last modified"}
"""Hugo's key for the date of an update; those of other programs are words."""
_TIME = re.compile(
    r"(?<=\d{4}-\d\d-\d\d)[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:Z|UTC|[+-]\d{2}:?\d{2}|[A-Z]\w+/[\w/-]+)?$"
)
"""The time of day behind a date, as programs write it."""

_DATES = ("last_reviewed", "next_review")
_HOLDS = re.compile(r"revi[esz]|expir|valid|g(?:ü|ue)ltig|überprüf|ueberpruef|caduc|vigen", re.IGNORECASE)
"""Stems of keys that say when a text was or must be reviewed, or until when it holds, in three languages."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a front matter says, how many lines it takes, the text below it, and texts in it that nobody sees.

    `values` are its single values as they are written, by key in small letters.
    """

    details: Details
    lines: int
    body: str
    notes: tuple[Note, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)


def split_front_matter(text: str, file: str) -> FrontMatter:
    """Read the front matter and return it with the text below.

    It stands between two lines `---` (YAML) or `+++` (TOML), is a JSON object, or is a first paragraph of lines such as
    "Title: Angina" and "Date: 2024", or Pandoc's "% Angina". Values are taken as they are written and never
    constructed: `language: no` is Norwegian, not false. The date of an update counts as a review where no key names
    one, with a note.
    Raises ArticleError, with the line of the file.
    """
    lines = text.split("\n")
    fence = lines[0].rstrip().removesuffix("yaml")  # "---yaml"
    if fence not in _FENCES:
        return _bare(lines, text, file)
    close_it = f'put a line "{fence}" after the last line of the front matter'
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() in _FENCES[fence]), None)
    if end is None:
        raise ArticleError(file, 1, "the front matter that begins here is not closed", close_it)
    inside = "\n".join(lines[1:end])
    if len(inside) > MAX_CHARS:
        raise ArticleError(file, 1, f"the front matter is longer than {MAX_CHARS:,} characters", close_it)
    entries = list(yaml_entries(inside, file) if fence == "---" else toml_entries(inside, file))
    body = "\n".join(lines[end + 1 :])
    return _front_matter(entries, file, end + 1, body)


def _bare(lines: list[str], text: str, file: str) -> FrontMatter:
    """Read keys without fences, as Pelican, MultiMarkdown and MkDocs have them: the title's is among them.

    A blank line ends them, or a line "---", as in Hexo.
    """
    entries, end = json_entries(text[:MAX_CHARS])
    if not entries:
        entries, end = _title_block(lines)
    if entries:
        return _front_matter(entries, file, end, "\n".join(lines[end:]))
    for number, line in enumerate(lines, 1):
        found = _BARE_KEY.fullmatch(line.rstrip())
        if found is None:
            break
        entries.append(Entry(found[1], number, found[2]))
    end = len(entries)
    closed = end == len(lines) or lines[end].strip() in ("", "---")
    if not closed or "title" not in (key_of(entry.key) for entry in entries):
        return FrontMatter(Details(), 0, text)
    end += end < len(lines)
    return _front_matter(entries, file, end, "\n".join(lines[end:]))


def _title_block(lines: list[str]) -> tuple[list[Entry], int]:
    """Read Pandoc's title block, and say how many lines it takes; a field goes on in indented lines.

    It ends at a blank line, and its title with no full stop: "% of adults smoke." is a text. So is a line alone that
    begins in lower case: "% of adults who smoke".
    """
    block = list(takewhile(lambda line: line.startswith("%") or (line[:1].isspace() and line.strip()), lines))
    starts = [at for at, line in enumerate(block) if line.startswith("%")]
    fields = [" ".join(block[at:end]).removeprefix("%").split() for at, end in pairwise([*starts, len(block)])]
    closed = len(block) == len(lines) or not lines[len(block)].strip()
    if not (lines[0].startswith("% ") and closed and fields[0] and len(fields) <= len(_TITLE_BLOCK)):
        return [], 0
    if fields[0][-1].endswith(".") or (len(fields) == 1 and fields[0][0][0].islower()):
        return [], 0
    values = (" ".join(words) or None for words in fields)
    entries = [Entry(key, at + 1, value) for key, at, value in zip(_TITLE_BLOCK, starts, values, strict=False)]
    return entries, len(block)


def _front_matter(entries: list[Entry], file: str, lines: int, body: str) -> FrontMatter:
    for entry in entries:  # written as escapes, they passed by the check of the file's own characters
        texts = entry.value if isinstance(entry.value, list) else [entry.value or ""]
        if found := next(filter(None, map(no_text, (entry.key, *texts))), None):
            reason = f"{key_of(shown(entry.key))} holds the character U+{ord(found[0]):04X}, which belongs to no text"
            raise ArticleError(file, entry.line, reason, "delete the escape that stands for it")
    values = _values(entries, file)
    language = values["language"][0] if "language" in values else ""
    own = {key.replace("_", " "): value for key, value in values.items()}
    lines_of_dates = list(_dates(entries))
    dates = settle(lines_of_dates, language, own)
    values |= {key.replace(" ", "_"): value for key, value in dates.details.items()}
    single = {entry.key.lower(): entry.value for entry in entries if isinstance(entry.value, str)}
    notes = (*_unseen(entries), *_unread_dates(entries), *dates.notes)
    reviewed = dates.details.get(REVIEWED, ("", 0))[1]
    updated = next((one.line for one in lines_of_dates if one.line == reviewed and one.kind == UPDATED), 0)
    return FrontMatter(replace(read_details(values, file), update_line=updated), lines, body, notes, single)


def _dates(entries: list[Entry]) -> Iterator[DateLine]:
    """The dates of a review or an update that other keys give, in any language: "lastmod", "Modified"."""
    for entry in entries:
        label = key_of(entry.key).replace("_", " ").removesuffix(" at")  # "updated_at"
        for value in entry.value if isinstance(entry.value, list) else [entry.value or ""]:
            day = _TIME.sub("", value)
            known = None if is_known(key_of(entry.key)) else review_line(f"{_LABELS.get(label, label)}: {day}")
            if known and known[0] != EITHER:
                yield DateLine(*known, f"{entry.key}: {value}", entry.line)


def _unread_dates(entries: list[Entry]) -> Iterator[Note]:
    """Name the days of a review, or until which a text holds, whose keys do not say which day they are."""
    read = {found.line for found in _dates(entries)}
    for entry in entries:
        known = is_known(key_of(entry.key)) or nearest_known(entry.key) or entry.line in read
        if (
            isinstance(entry.value, str)
            and not known
            and _HOLDS.search(entry.key)
            and review_line(f"Reviewed: {_TIME.sub('', entry.value)}")
        ):
            message = f'the front matter has a date under "{entry.key}" that is not read: {entry.value}'
            remedy = "write it under last_reviewed or next_review, if it is the day of a review"
            yield Note(entry.line, "unread-date", message, remedy)


def _values(entries: list[Entry], file: str) -> dict[str, tuple[str, int]]:
    values: dict[str, tuple[str, int]] = {}
    names: dict[str, str] = {}
    for entry in entries:
        key = key_of(entry.key)
        if not is_known(key):
            continue
        if isinstance(entry.value, list):
            if key != entry.key or key not in Details.__dataclass_fields__:
                continue  # another program's key, with values of its own
            raise ArticleError(file, entry.line, f"{key} is not a single value", f'write it on one line, "{key}: ..."')
        if entry.value is None:
            if key == "id":
                raise ArticleError(file, entry.line, "id is empty", 'write it after "id:" or delete the line')
            continue
        if names.get(key) == entry.key:
            raise ArticleError(file, entry.line, f"{key} is given twice", "keep one of the two")
        if key not in values or key == entry.key:  # our own name for a key counts before another one
            values[key] = (_TIME.sub("", entry.value) if key in _DATES else entry.value, entry.line)
            names[key] = entry.key
    return values


def _unseen(entries: list[Entry]) -> Iterator[Note]:
    for entry in entries:
        if isinstance(entry.value, str) and (meant := nearest_known(entry.key)):
            message = f'the front matter has a key "{entry.key}", which says nothing to Wellread'
            yield Note(entry.line, "unknown-key", message, f'write "{meant}", if that is meant')
        texts = entry.value if isinstance(entry.value, list) else [entry.value or ""]
        prose = next((text for text in texts if len(text.split()) + len(_UNSPACED.findall(text)) >= _PROSE), "")
        if prose and not is_known(key_of(entry.key)) and entry.key.lower() not in _NAMES:
            start = " ".join(prose.split()[:_PROSE])
            message = f'the front matter has a text under "{entry.key}" that readers do not see: "{start[:60]} …"'
            remedy = "move it into the article if they should see it"
            yield Note(entry.line, "front-matter-text", message, remedy)
