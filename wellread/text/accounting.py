"""Compares the words that came in with the words that are shown: which are missing, and which are invented."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

CONTEXT = 3
"""Words before a run that are kept with it, so that a person finds the place."""

_JOINED = 4
"""Pieces that one word is cut into at most: by a line's end, by emphasis inside it, by a raised figure."""

MARKS = "".join(char for char in map(chr, range(0x300, 0x1D00)) if unicodedata.category(char)[0] == "M")
"""Accents and vowels that belong to the letter before them, and are no letters to Python."""
WITHOUT_SPACES = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Scripts whose words have no spaces between them: Thai, Lao, Burmese, Khmer, Japanese, Chinese."""
_LETTER = rf"[^\W\d_{WITHOUT_SPACES}]"
_TOKEN = re.compile(
    rf"[{WITHOUT_SPACES}]"  # scripts that write no spaces: each letter counts
    r"|\d+(?:[.,]\d+)*"
    rf"|{_LETTER}+(?:(?:[{MARKS}\u00ad\u200b-\u200d\u2060]|['’ʼ](?={_LETTER})){_LETTER}*)*"
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
    more = _differences(source, shown)
    if not any(more.values()):
        return WordDifference((), ())
    ours, theirs = _words(source), _words(shown)
    gone = _surplus(ours, theirs, {word: number for word, number in more.items() if number > 0})
    new = _surplus(theirs, ours, {word: -number for word, number in more.items() if number < 0})
    _drop_pieces(ours, gone, theirs, new)
    _drop_pieces(theirs, new, ours, gone)
    return WordDifference(_runs(source, gone), _runs(shown, new))


def shows_all(source: str, shown: str) -> bool:
    """Tell at once whether every word of a source stands in the shown text, as often and as it is written."""
    return all(number <= 0 for number in _differences(source, shown).values())


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


def _differences(source: str, shown: str) -> Counter[str]:
    """How much oftener each word stands in the source, below 0 for less often; only words that may differ are in it.

    No word holds white space, so pieces between white space that both texts have as often need not be read.
    """
    ours, theirs = Counter(source.split()), Counter(shown.split())
    more: Counter[str] = Counter()
    for piece in ours.keys() | theirs.keys():
        if number := ours[piece] - theirs[piece]:
            for word in _words(piece):
                more[word] += number
    return more


def _words(text: str) -> list[str]:
    """The words of a text in their order, each as it is compared."""
    if text.isascii():
        return _TOKEN.findall(text.lower())
    found = _TOKEN.findall(_folded(text))
    plain = {word: _plain(word) for word in set(found)}
    return [plain[word] for word in found]


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


def _surplus(ours: Sequence[str], theirs: Sequence[str], extra: Mapping[str, int]) -> set[int]:
    """The places of `extra` words, as many of each as it says, those in strange company first."""
    if not extra:
        return set()
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at, word in enumerate(ours):
        if word in extra:
            places[word].append(at)
    nowhere = {word for word, number in extra.items() if number == len(places[word])}  # in the other text
    beside = Counter(pair for pair in pairwise(theirs) if pair[0] in extra or pair[1] in extra)
    known = {at: 0 for where in places.values() for at in where}  # how well the neighbours are accounted for
    for at in sorted({pair for place in known for pair in (place - 1, place) if 0 <= pair < len(ours) - 1}):
        one, other = ours[at], ours[at + 1]
        met = beside[one, other] > 0
        beside[one, other] -= met
        for place, neighbour in ((at, other), (at + 1, one)):
            if place in known:
                known[place] += met - (neighbour in nowhere)
    return {
        at for word, where in places.items() for at in sorted(where, key=lambda at: (known[at], -at))[: extra[word]]
    }


def _drop_pieces(cut: Sequence[str], pieces: set[int], whole: Sequence[str], joined: set[int]) -> None:
    """Take out words of one text that are in pieces in the other, and as many of those pieces, wherever they stand."""
    left = Counter(whole[at] for at in joined)
    if not left:
        return
    begins = {word[0] for word in left}
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at in sorted(pieces, reverse=True):
        places[cut[at]].append(at)
    found: Counter[str] = Counter()
    for outside in (False, True):  # first where all pieces are surplus: "Trace Monkey" may stand elsewhere by itself
        for at, first in enumerate(cut):
            if first[0] not in begins or not (outside or at in pieces):
                continue
            for length in range(2, _JOINED + 1):
                group = cut[at : at + length]
                word = "".join(group)
                if len(group) == length and left[word] > 0 and (outside or pieces.issuperset(range(at, at + length))):
                    left[word] -= 1
                    found[word] += 1
                    for place, piece in enumerate(group, at):
                        others = places[piece]
                        while others and others[-1] not in pieces:
                            others.pop()
                        pieces.discard(place if place in pieces or not others else others.pop())
                    break
    for at in sorted(joined):
        if found[whole[at]] > 0:
            found[whole[at]] -= 1
            joined.discard(at)


def _runs(text: str, places: set[int]) -> tuple[Run, ...]:
    if not places:
        return ()
    spans = [found.span() for found in _TOKEN.finditer(_folded(text))]
    runs: list[Run] = []
    first: int | None = None
    for at in sorted(places):
        first = at if first is None else first
        if at + 1 not in places:
            start, end = spans[first][0], spans[at][1]
            if closing := _CLOSING.match(text, end):
                end = closing.end()
            before = text[spans[max(first - CONTEXT, 0)][0] : start]
            runs.append(Run(" ".join(text[start:end].split()), " ".join(before.split()), start))
            first = None
    return tuple(runs)
