"""Medical names, and the British and the American spelling of one word: anaemia and anemia."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

_AMERICAN = [
    (re.compile(british), american)
    for british, american in (
        ("haem", "hem"),
        ("aemi", "emi"),
        ("anaes", "anes"),
        ("paed", "ped"),
        ("gynae", "gyne"),
        ("aetio", "etio"),
        ("caec", "cec"),
        ("caesar", "cesar"),
        ("faec", "fec"),
        ("phaeo", "pheo"),
        ("praevia", "previa"),
        ("coeli", "celi"),
        ("oedem", "edem"),
        ("oesoph", "esoph"),
        ("^oestr", "estr"),
        ("^foet", "fet"),
        ("rrhoe", "rrhe"),
        ("pnoe", "pne"),
        ("amoeb", "ameb"),
        ("sulph", "sulf"),
        ("leuco", "leuko"),
        ("raesthes", "resthes"),
    )
]
"""What British writes in medical words, and American for it: Greek ae and oe are e, and ph in sulphur is f."""

_BRITISH = re.compile("|".join(british.pattern for british, _ in _AMERICAN))
"""Any of them: most words have none."""

_OUR = "behavi|col|endeav|fav|flav|harb|hon|hum|lab|neighb|od|rig|rum|sav|tum|vap"
_TRE = "cent|fib|goit|lit|millilit|millimet|centimet|kilomet|theat|tit"
_LL = "cancel|counsel|label|signal|travel"

_ENDINGS = [
    (
        re.compile(rf"^({_OUR})our"),
        r"\1or",
        re.compile(rf"^({_OUR})or(?=$|s$|ed$|ing$|al$|less$|able$|ite$)"),
        r"\1our",
    ),
    (re.compile(rf"^({_TRE})re(s?)$"), r"\1er\2", re.compile(rf"^({_TRE})er(s?)$"), r"\1re\2"),
    (re.compile(rf"^({_LL})l(?=ed|ing|er|or)"), r"\1", re.compile(rf"^({_LL})(?=ed|ing|er|or)"), r"\1l"),
    (
        re.compile(r"^(\w{4,})is(e|ed|es|ing|ation|ations)$"),
        r"\1iz\2",
        re.compile(r"^(\w{4,})iz(e|ed|es|ing|ation|ations)$"),
        r"\1is\2",
    ),
]
"""The same in everyday words: British, what is American for it, and the other way round."""

_ALIKE = frozenset(
    "advertise advise circumcise comprise compromise devise enterprise exercise expertise franchise improvise likewise "
    "merchandise otherwise paradise premise promise supervise surprise televise treatise".split()
)
"""Words that end so and are the same in both."""

_LETTERS = re.compile("([^a-z]+)")
_WORD = re.compile("[a-z]{4,}")


@cache
def medical_names() -> frozenset[str]:
    """Names of illnesses, medicines, tests, organisms and parts of the body, in lower case, from data/names.txt."""
    file = files("wellread.search") / "data" / "names.txt"
    return frozenset(file.read_text(encoding="utf-8").split("\n")) - {""}


@cache
def name_words() -> frozenset[str]:
    """The words of all medical names that have four letters or more, in either spelling."""
    words = {word for name in medical_names() for word in _WORD.findall(name)}
    return frozenset(words | {other for word in words for other in spelling_variants(word)})


@cache
def one_word_names(initial: str) -> frozenset[str]:
    """The medical names of one word with a first letter, in either spelling."""
    names = {name for name in medical_names() if name.startswith(initial) and name.isalpha()}
    return frozenset(names | {other for name in names for other in spelling_variants(name)})


@lru_cache(maxsize=4096)
def spelling_variants(text: str) -> tuple[str, ...]:
    """A text in lower case with all of its words in the other spelling, American first; none where it has only one.

    >>> spelling_variants("iron deficiency anaemia")
    ('iron deficiency anemia',)
    >>> spelling_variants("tumor")
    ('tumour',)
    """
    words = _LETTERS.split(text)
    others = ("".join(map(american_spelling, words)), "".join(map(_british_spelling, words)))
    return tuple(dict.fromkeys(other for other in others if other != text))


@lru_cache(maxsize=4096)
def american_spelling(word: str) -> str:
    """A word in lower case as American spells it.

    >>> american_spelling("oedema"), american_spelling("edema"), american_spelling("exercised")
    ('edema', 'edema', 'exercised')
    """
    if _BRITISH.search(word):
        for british, american in _AMERICAN:
            word = british.sub(american, word)
    if word.removesuffix("s").removesuffix("d") in _ALIKE:
        return word
    for british, american, _, _ in _ENDINGS:
        word = british.sub(american, word)
    return word


def _british_spelling(word: str) -> str:
    """A word in lower case as British spells it, as far as the medical names or an ending tell."""
    if word in _british_names():
        return _british_names()[word]
    for _, _, american, british in _ENDINGS:
        word = american.sub(british, word)
    return word


@cache
def _british_names() -> dict[str, str]:
    """The words of medical names that British spells in another way, by their American spelling."""
    words = sorted({word for name in medical_names() for word in _WORD.findall(name)})
    pairs = {american_spelling(word): word for word in words if american_spelling(word) != word}
    return pairs | {f"{american}s": f"{british}s" for american, british in pairs.items()}
