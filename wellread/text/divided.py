"""Joins lines of a text, and makes a word whole again that was divided between two of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from wellread.text.accounting import WITHOUT_SPACES
from wellread.text.english import is_english

_WORD = re.compile(r"[^\W\d_]+")
_BREAK = re.compile(r"[^\W\d_]+[-\u2010]\n\s*[^\W\d_]+")
_COMPOUND = re.compile(r"(?<![^\W\d_])(?=([^\W\d_]+)-([^\W\d_]+))")
_SUSPENDED = re.compile(r"[^\W\d_]- +([^\W\d_]+)")
_SIGNS = r"\u3000-\u303f\uff00-\uff9f"
"""Chinese and Japanese signs, such as the full stop and brackets."""
_RUN_ON = re.compile(rf"[{WITHOUT_SPACES}{_SIGNS}]{{2}}|[{_SIGNS}]\w|\w[{_SIGNS}]")
"""The end of a line and the beginning of the next between which no space belongs: in Chinese, Japanese or Thai."""
_FIRST = re.compile(r"[!-~]+|[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]{1,8}|.", re.DOTALL)
"""What is not divided at the end of a line: a word in Latin letters or, about, in Thai, Lao, Burmese or Khmer."""
_FULL = 0.9
"""Share of the longest line from which on a line is full: punctuation and numbers make lines of one width unlike."""
_NARROW = 12
"""Width of six Chinese letters; in a column narrower than that its longest line may be a word like any other."""
_ENGLISH = 0.6
"""Share of a file's longer words that are English from which on it is in English: of 23 PDFs in 13 languages the
English ones have 0.96 and more, the others 0.3 and less."""
_AND = frozenset("and or und oder bzw sowie en of och eller og ja tai et ou y lub oraz nebo".split())
"""Words that follow a hyphen which stands for the end of a later word: "Hals- und Kopfschmerz"."""
_LONGEST = 100
"""Letters at the end of a text among which its last word is looked for: a text may grow by thousands of lines."""
_LONG = 4
"""Letters of such a word at least; below, a syllable may look like a word of the language: "me-nos"."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a file by which a divided word is told, those at its divided lines left out.

    `words` are in lower case, `small` those that stand so in the file. `compounds` are the two sides of hyphens within
    lines ("long-term"), `suspended` the words after a hyphen and a space ("Hals- und Kopfschmerz").
    """

    words: frozenset[str]
    small: frozenset[str]
    compounds: frozenset[tuple[str, str]]
    suspended: frozenset[str]
    english: bool

    @classmethod
    def of(cls, lines: Iterable[str]) -> Vocabulary:
        """Collect the words of a file's lines, which are in the order in which they are read."""
        text = _BREAK.sub("\n", "\n".join(lines))
        folded = text.casefold()
        words = frozenset(_WORD.findall(folded))
        long = [word for word in words if len(word) >= _LONG]
        return cls(
            words,
            words.intersection(_WORD.findall(text)),
            frozenset((found[1], found[2]) for found in _COMPOUND.finditer(folded)),
            frozenset(_SUSPENDED.findall(folded)),
            sum(map(is_english, long)) >= _ENGLISH * len(long),
        )

    def has(self, word: str) -> bool:
        """Tell whether the file has a word elsewhere, or is in English and English has it."""
        return word in self.words or (self.english and is_english(word))

    def has_sides(self, first: str, second: str) -> bool:
        """Tell whether both sides of a hyphen are words; "Druck" makes none of the second side of "Blut-druck"."""
        long = min(len(first), len(second)) >= _LONG
        if not (long or self.english or any(first == left or second == right for left, right in self.compounds)):
            return False
        return self.has(first) and (second in self.small or (self.english and is_english(second)))


def line_width(texts: Iterable[str]) -> int:
    """Return the width of the longest line of some texts, in halves of a Chinese letter."""
    return max((_width(line) for text in texts for line in text.split("\n")), default=0)


def joined_lines(lines: Sequence[str], vocabulary: Vocabulary, column: int = 0) -> str:
    """Lines below one another as one; `column` is the width of the longest line of their column, if it is known.

    Where a script writes no spaces, a line that is not full ends something: "headache" above "nausea" in a cell.
    """
    text = lines[0]
    column = max(column, line_width(lines))
    for above, line in pairwise(lines):
        ends = _RUN_ON.search(above[-1:] + line[:1]) and not _is_full(above, line, column)
        text = f"{text} {line}" if ends else joined(text, line, vocabulary)
    return text


def _is_full(above: str, line: str, column: int) -> bool:
    """Tell whether the first letter or word of a line has no room in the one above it."""
    first = _FIRST.match(line)
    return column >= _NARROW and _width(above) + _width(first[0] if first else "") >= _FULL * column


def _width(line: str) -> int:
    if line.isascii():
        return len(line)
    letters = (char for char in line if not unicodedata.category(char).startswith("M"))
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in letters)


def joined(text: str, more: str, vocabulary: Vocabulary) -> str:
    """Two lines as one; a word that was divided is whole again, and "long-term" keeps its hyphen."""
    if text.endswith("\u00ad"):  # a hyphen that is only there to divide
        return text[:-1] + more
    if _RUN_ON.search(text[-1:] + more[:1]):
        return text + more
    head = text.removesuffix("-").removesuffix("\u2010")
    if head == text or not head[-1:].isalnum() or not more[:1].isalnum():
        return f"{text} {more}"
    if head[-1].isdigit() or more[0].isdigit():
        return f"{head}-{more}"  # "3-year-olds", "2-5 ml", "COVID-19"
    first, second = re.split(r"[\W\d_]", head[-_LONGEST:])[-1], re.split(r"[\W\d_]", more)[0]
    if (second in vocabulary.suspended or second in _AND) and not vocabulary.has((first + second).casefold()):
        return f"{text} {more}"
    return head + ("" if _is_divided(head, more, (first, second), vocabulary) else "-") + more


def _is_divided(head: str, more: str, sides: tuple[str, str], vocabulary: Vocabulary) -> bool:
    """Tell whether a hyphen at the end of a line only divides a word, whose two sides are given."""
    first, second = (side.casefold() for side in sides)
    if _letters(re.split(r"[\s-]", head[-_LONGEST:])[-1]) == 1 or _letters(re.split(r"[\s-]", more)[0]) == 1:
        return False  # no word is divided after its first or before its last letter: "e-mail"
    if (first, second) in vocabulary.compounds and first + second not in vocabulary.words:
        return False
    if sides[1][:1].isupper():
        return all(map(str.isupper, sides)) and vocabulary.has(first + second)
    return vocabulary.has(first + second) or not vocabulary.has_sides(first, second)


def _letters(word: str) -> int:
    """How many letters a word has, the signs that belong to them counted too."""
    return sum(unicodedata.category(char)[0] in "LM" for char in word)
