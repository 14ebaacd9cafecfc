"""What of a question may be kept: its plain words, without numbers, names, and addresses of any kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files

from wellread.search.glossary import shipped_glossary, tokens_of
from wellread.search.names import medical_names, name_words
from wellread.text.english import is_english
from wellread.text.words import FUNCTION_WORDS

GAP = "…"
"""Stands for what was taken out."""

LONGEST = 23
"""Words of a question at most that may speak for others; a longer one is somebody's story.

Nine in ten judged questions are no longer (judgments/unseen-articles: 23, judgments/neurological-spasms: 23).
"""

Known = Callable[[str], bool]
"""Tells whether a word in lower case stands in the articles or in the library's glossary."""

ALSO_NAMES = frozenset(
    "amber angel april art august autumn basil beryl bill bonny buddy carol charity chase cherry chuck clay cliff "
    "coral crystal daisy dale dawn dean dick don drew earl ebony eve faith fern flora frank garnet gay gene ginger "
    "grace grant guy hazel heath heather herb holly hope iris ivory ivy jade jasmine jasper jay jewel joy june kit "
    "kitty lacy lance lane laurel lily mark max may melody mercy mica miles misty myrtle olive opal page pansy pat "
    "patience pearl penny piper prudence ray reed rich rod rosemary rose ruby rusty sage sandy scarlet sherry sierra "
    "star stormy summer sunny tad trinity van victor viola violet wade ward will willow young".split()
)
"""Given names that are usual words too: names where they have a capital or stand behind who is meant."""

_KIN = (
    "aunt|baby|boy|boyfriend|brother|carer|child|cousin|dad|daddy|daughter|father|friend|gf|girl|girlfriend|granddad|"
    "grandma|grandpa|gran|husband|kid|mate|mother|mum|mummy|mom|nan|neighbour|neighbor|nephew|niece|partner|sister|son|"
    "toddler|twin|twins|uncle|wife|called|named"
)
_STREET = (
    "street|st|road|rd|avenue|ave|lane|drive|close|court|crescent|terrace|gardens|square|boulevard|blvd|mews|grove|"
    "highway|parade|cul-de-sac"
)
_WORD = r"[^\W\d_]+(?:['’][^\W\d_]+)*"
_NO_NAME = "|".join(sorted(FUNCTION_WORDS))
_ADDRESSES = [
    re.compile(r"\S*(?:https?:|www\.)\S*|\S+@\S+|\S+\s?\(at\)\s?\S+", re.IGNORECASE),
    re.compile(r"\w+(?:\s+dot\s+\w+)*\s+at\s+\w+(?:\s+dot\s+\w+)+", re.IGNORECASE),
    # 14 Mill Lane, 14b Upper Mill Lane
    re.compile(rf"\d+\s?[a-z]?[,\s]\s?(?:{_WORD}\s+){{1,3}}(?:{_STREET})\b\.?", re.IGNORECASE),
    # Mill Lane without a number; not "in the street", "a busy road" or "a blood test drive", which have no capital
    re.compile(rf"(?:\b[^\W\d_a-z]{_WORD}\s+)+(?:{_STREET}|{_STREET.title()})\b\.?"),
    # oak street, but not "in the street"
    re.compile(rf"\b(?!(?:{_NO_NAME})\b){_WORD}\s+(?:street|avenue|crescent|boulevard)\b", re.IGNORECASE),
    re.compile(
        rf"\b(?:live|lives|living|based|staying)\s+(?:in|at|on|near)\s+"
        rf"((?!(?:{_NO_NAME})\b){_WORD}(?:\s+(?!(?:{_NO_NAME})\b){_WORD}){{0,2}})",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b\w+(?:straße|strasse|straat)\b(?:\s+\d+)?|\b(?:calle|avenida|rue|via|p\.?\s?o\.?\s?box)\s+\w+", re.I
    ),
]
_PEOPLE = [
    re.compile(
        rf"\b(?:my|our|his|her|their)\s+name(?:\s+is|['’]s)?\s+({_WORD}(?:\s+(?!(?:and|but|i)\b){_WORD})?)", re.I
    ),
    re.compile(rf"\b(?:dr|mr|mrs|ms|mx|prof|herr|frau|señora?|sr|sra)\b\.?\s+({_WORD})", re.IGNORECASE),
    re.compile(rf"\b(?:{_KIN})\s+({'|'.join(sorted(ALSO_NAMES))})\b", re.IGNORECASE),
]
_NUMBERED = re.compile(r"[+(]*\w*\d\w*(?:[\s./:()+-]*\w*\d\w*)*")
"""Anything with a digit in it, and what goes on with more: ages, dates, times, telephone numbers, postcodes."""

_TOKEN = re.compile(rf"{_WORD}|{GAP}|[,.?!;:]|\s+|.", re.DOTALL)
_ENDING = re.compile(r"n['’]t$|['’](?:s|re|ve|ll|d|m)$")
_SHORT = frozenset("a ca cant didnt doesnt dont gp i im isnt ive ok op sha thats whats wo wont x".split())
"""Short forms, with what stands before n't, which are not in the dictionary."""

_SENTENCE_ENDS = ".?!:"
_SPACES = re.compile(rf"(?:\s*{GAP}\s*)+")


def wording(question: str, known: Known) -> str:
    """Return a question without what could tell who asked it; each gap is marked by an ellipsis.

    A word stays if it is one of the articles, a medical name or an English word, and no name of people or places. All
    that holds a digit goes, and so do mail, web and street addresses.

    >>> wording("My son Mark (4) has hives, mail me: jo@example.org", lambda word: False)
    'My son … has hives, mail me: …'
    """
    text = question
    for pattern in _ADDRESSES:
        text = pattern.sub(_without_names, text)
    text = _NUMBERED.sub(GAP, text)
    for pattern in _PEOPLE:
        text = pattern.sub(_without_names, text)
    tokens = _TOKEN.findall(text)
    shouted = _is_capital_everywhere(tokens)
    kept: list[str] = []
    begins = True
    for token in tokens:
        if token[0].isalpha():
            capital = token[0].isupper() and not begins and not shouted
            kept.append(token if _stays(token, capital, known) else GAP)
            begins = False
        else:
            begins = begins or token in _SENTENCE_ENDS
            kept.append(token if token in f"{GAP},.?!;:&/-" or token.isspace() else " ")
    return _joined("".join(kept))


def is_plain(word: str, known: Known) -> bool:
    """Tell whether a word in lower case is one that may be kept: a medical name, or a usual word and no name.

    >>> is_plain("hives", lambda word: False), is_plain("sarah", lambda word: False)
    (True, False)
    """
    if word in FUNCTION_WORDS or _is_medical(word):
        return True
    return not is_proper(word) and (known(word) or word in _glossary_words() or is_english(word))


def is_proper(word: str) -> bool:
    """Tell whether a word in lower case names people or places and nothing else."""
    return word in _proper_nouns()


def speaks_for_others(words: str) -> bool:
    """Tell whether what is left of a question can stand for those of others: not too long, and not without meaning."""
    content = [word for word in tokens_of(words.lower()) if word.key not in FUNCTION_WORDS and len(word.key) > 2]
    return len(words.split()) <= LONGEST and bool(content)


def _is_medical(word: str) -> bool:
    return word in name_words() or word in medical_names()


def _without_names(found: re.Match[str]) -> str:
    """What a pattern found, its group taken out, or all of it where it has none."""
    if not found.re.groups:
        return GAP
    start, end = found.start(1) - found.start(), found.end(1) - found.start()
    return f"{found[0][:start]}{GAP}{found[0][end:]}"


def _stays(token: str, capital: bool, known: Known) -> bool:
    """Whether a word stays; `capital` says that it has a capital where usual words have none."""
    word = _ENDING.sub("", token.lower()) if token.lower() not in FUNCTION_WORDS else token.lower()
    if word in _SHORT:
        return True
    if capital and word != "i":
        if word in ALSO_NAMES or is_proper(word):
            return False
        return (
            _is_medical(word)
            or word in _glossary_words()
            or (known(word) and (token.isupper() or not is_english(word)))
        )
    if token[0].isupper() and word in ALSO_NAMES - FUNCTION_WORDS and not known(word):
        return False
    return is_plain(word, known)


def _is_capital_everywhere(tokens: Sequence[str]) -> bool:
    """Whether capitals say nothing, since most words have one."""
    words = [token for token in tokens if token[0].isalpha()]
    return sum(word[0].isupper() for word in words) * 2 > len(words) > 2


def _joined(text: str) -> str:
    text = " ".join(_SPACES.sub(f" {GAP} ", text).split())
    return re.sub(r"\s+([,.?!;:])", r"\1", re.sub(rf"{GAP}(?:[\s,;:]*{GAP})+", GAP, text)).strip(" ,;:")


@cache
def _proper_nouns() -> frozenset[str]:
    file = files("wellread.insights") / "data" / "proper-nouns.txt"
    return frozenset(line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))


@cache
def _glossary_words() -> frozenset[str]:
    entries = shipped_glossary().entries
    return frozenset(token.key for entry in entries for token in tokens_of(entry.term))
