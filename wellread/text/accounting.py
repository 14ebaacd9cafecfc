"""Compares the words that came in with the words that are shown: which are missing, and which are invented."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

CONTEXT = 3
"""Words before a run that are kept with it, so that a person finds the place."""

_JOINED = 4
"""Pieces that one word is cut into at most: by a line's end, by emphasis inside it, by a raised figure."""

_MARKS = "".join(char for char in map(chr, range(0x300, 0x1D00)) if unicodedata.category(char)[0] == "M")
_WITHOUT_SPACES = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(
    rf"[{_WITHOUT_SPACES}]"  # scripts that write no spaces: each letter counts
    r"|\d+(?:[.,]\d+)*"
    rf"|[^\W\d_](?:[^\W\d_]|[{_MARKS}\u00ad\u200b-\u200d\u2060]|['’ʼ](?=[^\W\d_]))*"
    r"|[%‰<>≤≥±]"  # as much as a word beside a number
)
_CLOSING = re.compile(r"[^\w\s<>]+(?=\s|$)")
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_APOSTROPHES = str.maketrans("’ʼ", "''")


@dataclass(frozen=True, slots=True)
class Run:
    """Words that follow one another in a text, as they are written there, and up to three words before them.

    `start` is where they begin in the text.
    """

    words: str
    before: str = ""
    start: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class WordDifference:
    """Runs of words that the source has and the shown text lacks, and the other way round, each in its order."""

    missing: tuple[Run, ...]
    invented: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    start: int
    end: int


def compare_words(source: str, shown: str) -> WordDifference:
    """Compare the words of a source with those of the text that readers are shown.

    Words are counted, so that a word that only moved is neither missing nor invented, and a word that stands twice in
    the source and once in the text is missing once: at the place whose neighbours are missing too. Compared are words,
    numbers ("2.5" is one) and the signs % < > ≤ ≥ ±. Case, other punctuation, white space, soft hyphens, the form of
    apostrophes, ligatures and raised figures make no difference, and a word may be written in pieces ("infor-" and
    "mation", "5mg" and "5 mg"). Takes time in proportion to the texts, but for sorting.

    >>> compare_words("Accept cookies. Take it with food.", "With food, take it.").missing
    (Run(words='Accept cookies.', before=''),)
    >>> compare_words("Take it.", "Take it now.").invented
    (Run(words='now.', before='Take it'),)
    """
    ours, theirs = _tokens(source), _tokens(shown)
    gone = _surplus(ours, theirs)
    new = _surplus(theirs, ours)
    _drop_pieces(ours, gone, theirs, new)
    _drop_pieces(theirs, new, ours, gone)
    return WordDifference(_runs(source, ours, gone), _runs(shown, theirs, new))


def list_runs(runs: Sequence[Run], most: int = 12) -> str:
    """Runs as an editor reads them in a note: each between quotation marks, the first `most` of them.

    >>> list_runs((Run("now.", "food, take it"), Run("Call 999 at once")))
    '"… food, take it [now.]", "Call 999 at once"'
    """
    shown = [f'"… {run.before} [{run.words}]"' if run.before and _short(run) else f'"{run.words}"' for run in runs]
    more = len(runs) - most
    return ", ".join(shown[:most]) + (f" and {more} more" if more > 0 else "")


def _short(run: Run) -> bool:
    return len(run.words.split()) < CONTEXT


def _tokens(text: str) -> list[_Token]:
    return [_Token(_plain(match[0]), match.start(), match.end()) for match in _TOKEN.finditer(_folded(text))]


def _folded(text: str) -> str:
    """The text with raised figures and full-width letters as plain ones, letter for letter, so that places stay."""
    if text.isascii():
        return text
    plain = {ord(char): one for char in set(text) if len(one := unicodedata.normalize("NFKC", char)) == 1}
    return text.translate(plain)


def _plain(word: str) -> str:
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFKC", word).translate(_UNSEEN).translate(_APOSTROPHES).casefold()


def _surplus(ours: Sequence[_Token], theirs: Sequence[_Token]) -> set[int]:
    """The places of the words that stand oftener in one text than in the other, those in strange company first."""
    count = Counter(token.word for token in ours)
    extra = count.copy()
    extra.subtract(token.word for token in theirs)
    if not any(more > 0 for more in extra.values()):
        return set()
    known = [0] * len(ours)  # how well the neighbours of a place are accounted for
    beside = Counter((one.word, other.word) for one, other in pairwise(theirs))
    for at, (one, other) in enumerate(pairwise(ours)):
        if beside[one.word, other.word] > 0:
            beside[one.word, other.word] -= 1
            known[at] += 1
            known[at + 1] += 1
        for place, neighbour in ((at, other.word), (at + 1, one.word)):
            if extra[neighbour] == count[neighbour]:  # it stands nowhere in the other text
                known[place] -= 1
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at, token in enumerate(ours):
        if extra[token.word] > 0:
            places[token.word].append(at)
    return {
        at for word, where in places.items() for at in sorted(where, key=lambda at: (known[at], -at))[: extra[word]]
    }


def _drop_pieces(cut: Sequence[_Token], pieces: set[int], whole: Sequence[_Token], joined: set[int]) -> None:
    """Take out words of one text that are in pieces in the other, and as many of those pieces, wherever they stand."""
    left = Counter(whole[at].word for at in joined)
    if not left:
        return
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at in sorted(pieces, reverse=True):
        places[cut[at].word].append(at)
    found: Counter[str] = Counter()
    for at in range(len(cut)):
        for length in range(2, _JOINED + 1):
            group = cut[at : at + length]
            word = "".join(piece.word for piece in group)
            if len(group) == length and left[word] > 0:
                left[word] -= 1
                found[word] += 1
                for place, piece in enumerate(group, at):
                    others = places[piece.word]
                    pieces.discard(place if place in pieces else others.pop() if others else place)
                break
    for at in sorted(joined):
        if found[whole[at].word] > 0:
            found[whole[at].word] -= 1
            joined.discard(at)


def _runs(text: str, tokens: Sequence[_Token], places: set[int]) -> tuple[Run, ...]:
    runs: list[Run] = []
    first: int | None = None
    for at in sorted(places):
        first = at if first is None else first
        if at + 1 not in places:
            start, end = tokens[first].start, tokens[at].end
            if closing := _CLOSING.match(text, end):
                end = closing.end()
            before = text[tokens[max(first - CONTEXT, 0)].start : start]
            runs.append(Run(" ".join(text[start:end].split()), " ".join(before.split()), start))
            first = None
    return tuple(runs)
