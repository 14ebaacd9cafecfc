"""Tells which language a question is in, if it is surely not English, and says in it that we search in English."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

_KNOWN = (
    "ar bn cs da de el es fa fi fr gu ha he hi hu id it ja jv kn ko ml mr my ne nl no or pa pl ps pt ro ru si so sv sw "
    "ta te th tl tr uk ur vi zh"
).split()
"""Languages that are told apart. Malay is left out, for it is read as Indonesian, its nearest kin."""

_ENGLISH = ("en", "la", "pcm")
"""What English questions are taken for: English, Latin (names of illnesses), Nigerian Pidgin (misspelt English)."""

_MOST_ENGLISH = 0.06
"""Probability of English below which a question of four words or more is surely none. Of 3,488 English questions by lay
authors, misspelt ones and those of non-native writers among them, none of four words is below 0.08; of 233 questions in
25 other languages (`tests/fixtures/questions/foreign.tsv`) one is above."""

_MOST_ENGLISH_OF_THREE = 0.01
"""The same for a question of three words: three names in a row, "warfarin brufen arthritis", come down to 0.05."""

_LEAST_LETTERS = 40
"""Letters of a text, about, from which on its words tell its language."""
_SAMPLE = 3000
"""Letters of a text that are looked at; more change nothing."""

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")

_ONLY_ENGLISH = {
    "ar": "يمكننا البحث باللغة الإنجليزية فقط.",
    "bn": "আমরা শুধু ইংরেজিতে অনুসন্ধান করতে পারি।",
    "de": "Wir können nur auf Englisch suchen.",
    "es": "Solo podemos buscar en inglés.",
    "fa": "ما فقط می‌توانیم به زبان انگلیسی جستجو کنیم.",
    "fr": "Nous ne pouvons chercher qu'en anglais.",
    "gu": "અમે ફક્ત અંગ્રેજીમાં શોધી શકીએ છીએ.",
    "hi": "हम केवल अंग्रेज़ी में खोज सकते हैं।",
    "id": "Kami hanya dapat mencari dalam bahasa Inggris.",
    "it": "Possiamo cercare solo in inglese.",
    "ja": "英語でのみ検索できます。",
    "ko": "영어로만 검색할 수 있습니다.",
    "mr": "आम्ही फक्त इंग्रजीत शोधू शकतो.",
    "pa": "ਅਸੀਂ ਸਿਰਫ਼ ਅੰਗਰੇਜ਼ੀ ਵਿੱਚ ਖੋਜ ਕਰ ਸਕਦੇ ਹਾਂ।",
    "pl": "Możemy szukać tylko po angielsku.",
    "pt": "Só podemos pesquisar em inglês.",
    "ru": "Мы можем искать только на английском языке.",
    "sw": "Tunaweza kutafuta kwa Kiingereza tu.",
    "ta": "எங்களால் ஆங்கிலத்தில் மட்டுமே தேட முடியும்.",
    "te": "మేము ఆంగ్లంలో మాత్రమే వెతకగలము.",
    "tl": "Sa Ingles lang kami makakapaghanap.",
    "tr": "Yalnızca İngilizce arama yapabiliyoruz.",
    "ur": "ہم صرف انگریزی میں تلاش کر سکتے ہیں۔",
    "vi": "Chúng tôi chỉ có thể tìm kiếm bằng tiếng Anh.",
    "zh": "我们只能用英语搜索。",
}
"""“We can only search in English” in the twenty languages that most people speak, and in five more."""


@lru_cache(maxsize=1)  # asked twice of each question; what people ask is not kept
def language_of(question: str) -> str | None:
    """The ISO 639-1 code of a question that is surely not English, or None where it is English or may be.

    Names of medicines and illnesses are much the same in many languages, so a search of one or two words in Latin
    letters is never sure. A question in another script is.

    >>> language_of("¿Puedo tomar ibuprofeno durante el embarazo?")
    'es'
    >>> language_of("ibuprofen dosis") is None
    True
    """
    words = _WORD.findall(question)
    foreign_script = _is_in_another_script(question)
    if len(words) < 3 and not foreign_script:
        return None
    probabilities: dict[str, float] = dict(_identifier().rank(question))
    english = sum(probabilities.pop(code) for code in _ENGLISH)
    if not foreign_script and english >= (_MOST_ENGLISH if len(words) > 3 else _MOST_ENGLISH_OF_THREE):
        return None
    return min(probabilities, key=lambda code: (-probabilities[code], code))


def is_in(text: str, code: str) -> bool:
    """Tell whether a text is in a language, by its words; False where it is too short, or we do not know the language.

    >>> is_in("Nehmen Sie jeden Tag eine Tablette mit viel Wasser ein.", "de-AT")
    True
    >>> is_in("Nehmen Sie jeden Tag eine Tablette mit viel Wasser ein.", "en-US")
    False
    """
    if len(text) < _LEAST_LETTERS or not is_told_apart(code):
        return False
    return (language_of(text[:_SAMPLE]) or "en") == _primary(code)


def is_told_apart(code: str) -> bool:
    """Tell whether `is_in` knows a language.

    >>> is_told_apart("de-AT"), is_told_apart("nb"), is_told_apart("sk")
    (True, True, False)
    """
    return _primary(code) in (*_KNOWN, "en")


def _primary(code: str) -> str:
    primary = code.lower().split("-")[0]
    return "no" if primary in ("nb", "nn") else primary


def only_in(language: str, articles_language: str) -> str | None:
    """The sentence “We can only search in English” in a language, for articles in English.

    None where the articles are in another language than English, where the language is English or one that we have no
    sentence for, so that nothing wrong is said.
    """
    return _ONLY_ENGLISH.get(language) if articles_language.lower().split("-")[0] == "en" else None


def _is_in_another_script(question: str) -> bool:
    """Whether most letters of a question are not Latin."""
    letters = [char for char in question if char.isalpha()]
    latin = sum("LATIN" in unicodedata.name(char, "") for char in letters)
    return 2 * latin < len(letters)


@cache
def _identifier() -> Any:
    """The model of py3langid (4.6 MB, read from the package), for the languages that are told apart."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # it brings numpy, which no page needs to come up

    whole = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    whole.set_languages([*_KNOWN, *_ENGLISH])
    known = (whole.nb_ptc, whole.nb_pc, whole.nb_classes, whole.tk_nextmove, whole.tk_output)
    return LanguageIdentifier(*known, norm_probs=True, tk_row=whole.tk_row)  # without the other languages' numbers
