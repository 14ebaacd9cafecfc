"""Numbers of lists in the forms that Word knows: letters, Roman and Chinese numbers, figures of many scripts."""

from __future__ import annotations

from wellread.text.list_marks import HAN, written_number

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_LETTERS = {
    "lowerLetter": _LATIN,
    "upperLetter": _LATIN.upper(),
    "russianLower": _RUSSIAN,
    "russianUpper": _RUSSIAN.upper(),
    "arabicAlpha": "أبتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "arabicAbjad": "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
    "hebrew2": "אבגדהוזחטיכלמנסעפצקרשת",
    "thaiLetters": "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ",
    "ganada": "가나다라마바사아자차카타파하",
    "chosung": "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ",
    "aiueoFullWidth": "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
    "irohaFullWidth": "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマ"
    "ケフコエテアサキユメミシヱヒモセスン",
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
}
"""The letters that lists count in, by Word's name for them (ECMA-376, part 1, 17.18.59). Behind the last they are
doubled: "z", "aa", "bb"."""

_MOST_TIMES = 30
"""How often a letter is repeated at most, up to item 780 of "a" to "z"; a file may name any number to begin with."""

_SIGNS = {
    "decimalEnclosedCircle": _CIRCLED,
    "decimalEnclosedCircleChinese": _CIRCLED,
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
}
_FIGURES = {
    "decimal": "0123456789",
    "decimalHalfWidth": "0123456789",
    "decimalFullWidth": "０１２３４５６７８９",
    "decimalFullWidth2": "０１２３４５６７８９",
    "hindiNumbers": "०१२३४५६७८९",
    "thaiNumbers": "๐๑๒๓๔๕๖๗๘๙",
    "ideographDigital": "〇一二三四五六七八九",
    "japaneseDigitalTenThousand": "〇一二三四五六七八九",
    "taiwaneseDigital": "〇一二三四五六七八九",
}
_CHINESE = (
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
)


def number_in(form: str, number: int) -> str | None:
    """A number from 1 on in a form by Word's name, or None where the form cannot be written, such as "First".

    >>> [number_in(form, 28) for form in ("lowerLetter", "upperRoman", "decimalEnclosedCircle", "chineseCounting")]
    ['bb', 'XXVIII', '28', '二十八']
    >>> number_in("russianLower", 10), number_in("thaiNumbers", 12), number_in("ordinalText", 1)
    ('к', '๑๒', None)
    """
    if form in _LETTERS:
        letters = _LETTERS[form]
        times, at = divmod(number - 1, len(letters))
        return letters[at] * (times + 1) if times < _MOST_TIMES else str(number)
    if form in _SIGNS:
        return _SIGNS[form][number - 1] if number <= len(_SIGNS[form]) else str(number)
    if form in ("lowerRoman", "upperRoman"):
        return written_number(number, f"{form[:5]}-roman")
    if form in _CHINESE:
        return _in_chinese(number)
    if form == "decimalZero":
        return f"{number:02}"
    return str(number).translate(dict(enumerate(_FIGURES[form], ord("0")))) if form in _FIGURES else None


def _in_chinese(number: int) -> str | None:
    if not 0 < number < 100:
        return None
    tens, ones = divmod(number, 10)
    return f"{HAN[tens - 1] if tens > 1 else ''}{'十' if tens else ''}{HAN[ones - 1] if ones else ''}"
