"""What terms mean: the glossary that ships, the editors' own beside the articles, and both in one."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import Literal, get_args

from wellread.errors import GlossaryError
from wellread.files import read_text
from wellread.search.names import medical_names, spelling_variants

TermType = Literal["abbreviation", "brand", "lay", "spelling", "phrase"]
"""How a term stands to what it means; a phrase means nothing and keeps its words from being read as terms."""

GLOSSARY_FILE = "glossary.tsv"
"""The name of the editors' glossary, beside the articles, and of the one that ships."""

MAX_CHARS = 80
"""Characters of a term or a meaning, at most; the longest that ships has 50."""

_NOTHING = "-"
"""What editors write as the meaning of a term that means nothing special in their articles."""

_WRITE_IT_SO = "write the term, a tab and its meaning, as in “HTN<tab>hypertension”"
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[&+]")
_ACCENT = re.compile("[\u0300-\u036f]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text, what it is compared by, and where it stands."""

    text: str
    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A term and what it means; `means` is the name that the meaning is listed under, empty for a phrase."""

    term: str
    means: str
    type: TermType
    source: str


class Glossary:
    """Entries by their terms and by their meanings, and all phrases that are terms, meanings or medical names.

    `longest_from` has the number of words of the longest phrase that begins with a word.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        self.by_term = _grouped((key_of(entry.term), entry) for entry in self.entries)
        self.by_meaning = _grouped((key_of(entry.means), entry) for entry in self.entries if entry.means)
        self.phrases = frozenset(self.by_term) | frozenset(self.by_meaning) | name_keys()
        self.longest_from = _longest_from(self.phrases)

    def with_entries(self, entries: Iterable[Entry]) -> Glossary:
        """This glossary with other entries over it: a term of theirs means only what they say."""
        own = tuple(entries)
        if not own:
            return self
        terms = {key_of(entry.term) for entry in own}
        return Glossary([*(entry for entry in self.entries if key_of(entry.term) not in terms), *own])


def tokens_of(text: str) -> list[Token]:
    """The words of a text, and & (also written +), each with the key that it is compared by."""
    return [Token(found.group(), _key(found.group()), *found.span()) for found in _TOKEN.finditer(text)]


def key_of(text: str) -> tuple[str, ...]:
    """What a term is compared by: its words without regard to case, accents and apostrophes."""
    return tuple(token.key for token in tokens_of(text))


@cache
def shipped_glossary() -> Glossary:
    """The glossary that ships with Wellread; docs/glossary.md says what it holds and where it is from."""
    file = files("wellread.search") / "data" / GLOSSARY_FILE
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    types: Mapping[str, TermType] = {kind: kind for kind in get_args(TermType)}
    rows = [line.split("\t") for line in lines[1:]]
    return Glossary(Entry(term, means, types[kind], source) for term, means, kind, source in rows)


def read_glossary(file: Path) -> str:
    """Read the text of the editors' glossary, checked: what `parse_glossary` reads.

    Raises:
        GlossaryError: the file cannot be read, or a line is not what it may be.
    """
    try:
        text = read_text(file)
    except UnicodeDecodeError as error:
        bad_line = error.object[: error.start].count(b"\n") + 1
        raise GlossaryError("the line is not UTF-8", "save the file as UTF-8", file, bad_line) from None
    except OSError as error:
        raise GlossaryError(f"cannot be read ({error.strerror})", "save it as a text, or delete it", file) from None
    parse_glossary(text, file)
    return text


def parse_glossary(text: str, file: Path) -> tuple[Entry, ...]:
    """Read an editors' glossary from the text of a file: a term, a tab and its meaning on each line, # before comments.

    A term may have several meanings, a line each. The meaning "-" says that a term means nothing special.

    Raises:
        GlossaryError: a line is not of that form, stands twice, or says that a term means itself.
    """
    entries: dict[tuple[tuple[str, ...], tuple[str, ...]], int] = {}
    read: list[Entry] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        entry = _read_line(line.rstrip("\r"), file, number)
        key = key_of(entry.term), key_of(entry.means)
        if key in entries:
            raise GlossaryError(f"line {entries[key]} says the same", "delete one of the two", file, number)
        entries[key] = number
        read.append(entry)
    return tuple(read)


def _read_line(line: str, file: Path, number: int) -> Entry:
    """Read a line of the editors' glossary."""
    cells = [" ".join(cell.split()) for cell in line.split("\t")]
    while len(cells) > 2 and not cells[-1]:
        cells.pop()
    if len(cells) == 1:
        raise GlossaryError("there is no tab between a term and its meaning", _WRITE_IT_SO, file, number)
    if len(cells) > 2:
        raise GlossaryError(f"there are {len(cells)} columns", "keep the term and its meaning only", file, number)
    term, means = cells
    for what, cell in (("term", term), ("meaning", means)):
        if not cell:
            raise GlossaryError(f"the {what} is empty", _WRITE_IT_SO, file, number)
        if len(cell) > MAX_CHARS:
            raise GlossaryError(f"the {what} is longer than {MAX_CHARS} characters", "shorten it", file, number)
        if not any(map(str.isalpha, cell)) and (what, cell) != ("meaning", _NOTHING):
            raise GlossaryError(f'the {what} "{cell}" has no letter', _WRITE_IT_SO, file, number)
    if key_of(term) == key_of(means):
        raise GlossaryError(f'"{term}" means itself', "delete the line, or write what it means", file, number)
    if means == _NOTHING:
        return Entry(term, "", "phrase", GLOSSARY_FILE)
    return Entry(term, means, "lay", GLOSSARY_FILE)


def _key(word: str) -> str:
    """What a word is compared by."""
    plain = word.casefold().replace("'", "").replace("’", "").replace("+", "&")
    if plain.isascii():
        return plain
    return unicodedata.normalize("NFKC", _ACCENT.sub("", unicodedata.normalize("NFKD", plain)))


def _grouped(pairs: Iterable[tuple[tuple[str, ...], Entry]]) -> dict[tuple[str, ...], tuple[Entry, ...]]:
    """Entries by a key, in their order."""
    groups: defaultdict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for key, entry in pairs:
        groups[key].append(entry)
    return {key: tuple(group) for key, group in groups.items()}


def _longest_from(phrases: Iterable[tuple[str, ...]]) -> dict[str, int]:
    """The number of words of the longest phrase that begins with each word."""
    longest: dict[str, int] = {}
    for phrase in phrases:
        if phrase:
            longest[phrase[0]] = max(longest.get(phrase[0], 0), len(phrase))
    return longest


@cache
def name_keys() -> frozenset[tuple[str, ...]]:
    """The keys of all medical names, in either spelling."""
    return frozenset(key_of(form) for name in medical_names() for form in chain([name], spelling_variants(name)))
