"""Tells which language a text is in that names none, or names one that its words are not in, where that is sure."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Any

from wellread.text.languages import is_in, is_told_apart
from wellread.text.near_kin import KIN, tell_apart

_LEAST = 200
"""Characters of a text from which on its words tell its language for sure: three sentences."""
_SAMPLE = 6000
"""Characters that are looked at, from the text's beginning."""
_SURE = 0.99
"""Probability from which on a language is sure. Of texts of 300 characters in 43 languages, Croatian, Bosnian and
Serbian (0.37 to 0.97), Malay (0.81), Macedonian (0.988) and Asturian (0.62) are below; the others are above 0.995."""
_OF = {"wuu": "zh", "yue": "zh", "pcm": "en"}
"""Languages that are counted as the one whose script or words they are mostly written in."""
_SPOKEN = {"ary": "ar", "arz": "ar", "gom": "mr", "an": "es"}
"""Languages that are counted as the larger one beside them, where that is likelier: Moroccan and Egyptian Arabic, which
are spoken more than written, Konkani, Aragonese."""
_NOT_SURE = frozenset("la am ext".split())
"""Languages that are never told: Latin, which lists of plants are, Amharic, for the model takes Tigrinya for it, and
Extremaduran, for which it takes Asturian."""

_THIRDS = 3
"""Parts of a text that must all be in one language."""
_MOST_PARTS = 10
"""Parts at most of a text in several languages; each language has a fifth of them at least, or is only quoted."""
_PART = 600
"""Characters at the middle of a part that are looked at: of a long text, not all."""

_QUOTED, _LEAST_QUOTED = 5, 20
"""Words of the other language that a note quotes, or characters without spaces: enough to find them by a search."""

_CYRILLIC = re.compile("[а-яђјљњћџ]{4}")
_LETTERS = re.compile(r"[^\W\d_]{3,}")
_LEAST_WORDS = 60
"""Words of a table of doses at least of which it can be said that they are not English, though not what they are."""

_ENGLISH = re.compile(r"\b(?:the|and|to|you|with|that|or)\b", re.IGNORECASE)
_MOST_FOREIGN = 0.05
"""Share of those words from which on a text is taken for English without asking the model, which takes a second to
load. Of 91 articles in English the least have 0.09, of 54 in other languages the most 0.03."""


def foreign_language(text: str) -> tuple[str, tuple[str, ...]]:
    """The code of a text's language where that is surely not English, else "", and a note where an editor can tell."""
    if _may_be_english(text):
        code, notes = languages_beside(text, "en")
        return ("" if code == "en" else code), notes
    code, notes = guess_language(text)
    return ("", ()) if code == "en" else (code, notes)


def language_of_page(text: str, named: str) -> tuple[str, tuple[str, ...]]:
    """The language that a page names, or the one that its words are surely in where one of both is English; a note.

    Templates of pages say "en", whatever language is then written into them.
    """
    names_english = named.lower().split("-")[0] == "en"
    if names_english == _may_be_english(text):
        return languages_beside(text, named)
    code, _ = guess_language(text)
    if not code and names_english:
        words = _LETTERS.findall(text[:_SAMPLE])
        doubtful = len(words) >= _LEAST_WORDS and _likeliest(" ".join(words))[0] != "en"
        return named, (f'the page says "{named}", but few of its words are: correct the language',) if doubtful else ()
    if not code or names_english == (code == "en"):
        return named, ()
    return code, (f'the language is "{code}" by the words, though the page says "{named}"',)


def languages_beside(text: str, named: str) -> tuple[str, tuple[str, ...]]:
    """The language that a file names for its text, and a note where other parts of the text are surely in another.

    That one is taken if it comes first, or is much the larger: a file in which a translation stands below the text may
    name either.
    """
    english = named.lower().split("-")[0] == "en"
    parts = _sampled(text)
    if len(parts) < 2 or (english and 5 * sum(map(_may_be_english, parts)) > 4 * len(parts)):
        return named, ()  # without asking the model
    code, notes = _of_several(text)
    return (named if not code or code == named.lower().split("-")[0] else code), notes


def is_as_named(text: str, code: str) -> bool:
    """Tell whether a text is in the language that its file names.

    Most programs name English where nobody chose, so that needs English words, but for a text too short to have them.

    >>> is_as_named("Take one tablet with water each morning, and rest.", "en-GB")
    True
    >>> is_as_named("Noj ib lub tshuaj nrog dej txhua tagkis, thiab so. " * 5, "en-GB")
    False
    """
    sure = len(text) < _LEAST or code.lower().split("-")[0] != "en" or _may_be_english(text)
    return is_in(text, code) and (sure or guess_language(text)[0] == "en")


def _may_be_english(text: str) -> bool:
    sample = text[:_SAMPLE]
    return len(_ENGLISH.findall(sample)) > _MOST_FOREIGN * len(sample.split())


def guess_language(text: str) -> tuple[str, tuple[str, ...]]:
    """The code of a text's language and a note; "" where it is not sure, with a note if an editor can tell.

    Of a text in two languages the larger one counts, if it has more than two thirds, else the first.
    """
    sample = " ".join(text[:_SAMPLE].split())
    if len(sample) < _LEAST or sum(map(str.isdigit, sample)) > len(sample) / 4:  # a table of figures is in none
        return "", ()
    code, probability = _likeliest(sample)
    kin = _kin(code, sample)
    if any(_likeliest(part)[0] not in kin for part in _parts(sample, _THIRDS)):
        return _of_several(text)
    if code != "en" and _may_be_english(sample):  # in turns, a paragraph in each
        return "", (f'by its words the text is in "{code}" and "en", and none is taken: make an article of each',)
    if probability < _SURE and _likeliest(sample, kin)[1] >= _SURE:
        code = tell_apart(sample, kin)
        if not code:
            codes = ", ".join(f'"{one}"' for one in sorted(kin))
            return "", (f"by its words the text is in one of {codes}: write which",)
    elif probability < _SURE or code in _NOT_SURE or (is_told_apart(code) and not is_in(sample, code)):
        return "", ()
    taken, notes = languages_beside(text, code) if len(text) > _SAMPLE else (code, ())
    return taken, notes or (f'by its words the text is in "{code}"',)


def _of_several(text: str) -> tuple[str, tuple[str, ...]]:
    """What is said of a text that has parts surely in one language, and others surely in another."""
    parts = _sampled(text)
    found = [_surely(part) for part in parts]
    counts = Counter(code for code in found if code)
    several = {code: count for code, count in counts.items() if 5 * count >= len(parts)}
    if len(several) < 2 or any(set(several) <= kin for kin in KIN):
        return "", ()
    codes = " and ".join(f'"{one}"' for one in several)
    first, larger = next(iter(several)), max(several, key=lambda one: (several[one], one))
    much = 3 * several[larger] > 2 * sum(several.values())
    code, taken = (larger, f'"{larger}", the larger one,') if much else (first, f'"{first}", the first one,')
    other = next(at for at, one in enumerate(found) if one in several and one != code)
    place = " ".join(parts[other].split()[1 : 1 + _QUOTED]) or parts[other][:_LEAST_QUOTED]
    return code, (
        f'by its words the text is in {codes} (as in "… {place} …"), and {taken} is taken: make an article of each',
    )


def _surely(part: str) -> str:
    """The language that a part is surely in, or "": words of English among others leave it unsure."""
    code, probability = _likeliest(part)
    sure = probability >= _SURE and code not in _NOT_SURE and (code == "en" or not _may_be_english(part))
    return code if sure else ""


def _sampled(text: str) -> list[str]:
    """Parts of a whole text in order, of each the middle."""
    whole = " ".join(text.split())
    parts = _parts(whole, min(_MOST_PARTS, len(whole) // _LEAST))
    return [part[max(len(part) - _PART, 0) // 2 :][:_PART] for part in parts]


def _parts(text: str, count: int) -> list[str]:
    return [text[len(text) * at // count : len(text) * (at + 1) // count] for at in range(count)]


def _kin(code: str, text: str) -> frozenset[str]:
    """A language with those that are near kin to it; Serbian in its own script has none."""
    kin = next((kin for kin in KIN if code in kin), None)
    return frozenset({code}) if kin is None or _CYRILLIC.search(text) else kin


def _likeliest(text: str, kin: frozenset[str] = frozenset()) -> tuple[str, float]:
    """The likeliest language of a text, and its probability, or that of all its kin."""
    ranked = {code: float(probability) for code, probability in _identifier().rank(text)}
    found: dict[str, float] = {}
    for code, probability in ranked.items():
        larger = _SPOKEN.get(code, code)
        code = _OF.get(code, larger if ranked.get(larger, 0.0) >= probability else code)
        found[code] = found.get(code, 0.0) + probability
    best = min(found, key=lambda code: (-found[code], code))
    return best, sum(found.get(code, 0.0) for code in kin | {best})


@cache
def _identifier() -> Any:
    """The model of py3langid with all its languages: near ones that we have no sentence for must not win by absence."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # it brings numpy

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
