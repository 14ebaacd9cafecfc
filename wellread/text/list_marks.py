"""Marks of lists that count, "a.", "(iv)", "1.2", "二、": how they are written and read, in many scripts.

A text may name an item by its mark ("repeat step b"), so they are kept as readers of the source see them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

SAYING = "✓✔☑✅✗✘✕✖☒❌🚫☐❑"
"""Bullets that say something ("do this", "do not", "tick here"): they stay in the text of the item."""

KEPT = f"{SAYING}⚠"
"""These, and the sign of a warning, which also stands before headings and paragraphs."""

_TASK = re.compile(r"^([ \t>]*(?:(?:[-*+•]|\d{1,9}[.)])[ \t]+)?)\[([ xX])\](?=[ \t]+\S)", re.MULTILINE)
"""A box drawn in brackets at the beginning of a line or an item, "- [x] Rest"; "[x](a.md)" is a link."""

HAN = "一二三四五六七八九十"
"""The figures that numbers up to 99 are written with in Chinese and Japanese."""

MARK = re.compile(
    r"\(?(?:[a-z]{1,2}|[ivxlc]{1,7}|[A-Z]|[IVXLC]{1,7}|[^\W\d_a-zA-Z])[.)]|\(?\d{1,3}(?:\.\d{1,3}){1,4}[.)]?"
    rf"|\d{{1,2}}[-–]|(?:\d{{1,3}}|[{HAN}]{{1,3}})[、．]|（(?:\d{{1,3}}|[{HAN}]{{1,3}})）"
)
"""What a mark looks like; only its place in a list tells whether it is one."""

_ALPHABETS = (
    ("абвгґдеєёжзиіїйклмнопрстуфхцчшщъыьэюя", "ґєёзіїйочщъыьэ"),
    ("αβγδεζηθικλμνξοπρστυφχψω", ""),
    ("กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ", "ฃฅฆฌญฎฏฐฑฒณฬ"),
    ("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", ""),
    ("ابجدهوزحطيكلمنسعفصقرشتثخذضظغ", ""),
    ("אבגדהוזחטיכלמנסעפצקרשת", ""),
    ("कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह", "ङञ"),
    ("কখগঘঙচছজঝঞটঠডঢণতথদধন", "ঙঞ"),
    ("가나다라마바사아자차카타파하", ""),
    ("あいうえおかきくけこさしすせそ", ""),
    ("アイウエオカキクケコサシスセソ", ""),
    ("イロハニホヘト", ""),
)
"""The letters that lists count in, script by script, and those that some lists or languages pass over."""

_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_MOST_LETTERS, _MOST_ROMAN = 26 * 27, 399
_PART = re.compile(r"(\W*)(.*?)(\W*)")
_COUNTED = re.compile(rf"(\d{{1,3}}|[{HAN}]{{1,3}})([.)、．）])|（([{HAN}]{{1,3}})(）)")


def with_boxes(text: str) -> str:
    """Return a text with ☐ for "[ ]" and ☒ for "[x]" where an item or a line begins with it, as Word draws them.

    >>> with_boxes("- [x] Inhaler packed"), with_boxes("[ ] Plan signed"), with_boxes("Take [x] tablets")
    ('- ☒ Inhaler packed', '☐ Plan signed', 'Take [x] tablets')
    """
    if not any(box in text for box in ("[ ]", "[x]", "[X]")):
        return text
    return _TASK.sub(lambda box: box[1] + ("☐" if box[2] == " " else "☒"), text)


def written_number(number: int, form: str) -> str:
    """A number from 1 on in a form of CSS: "lower-alpha", "upper-alpha", "lower-roman", "upper-roman", or in digits.

    >>> [written_number(4, form) for form in ("lower-alpha", "upper-roman", "decimal")]
    ['d', 'IV', '4']
    """
    style, _, kind = form.partition("-")
    if kind in ("alpha", "latin") and 0 < number <= _MOST_LETTERS:
        text = _letters(number)
    elif kind == "roman" and 0 < number <= _MOST_ROMAN:
        text = _roman(number)
    else:
        return str(number)
    return text.upper() if style == "upper" else text


def is_counted(marks: Sequence[str]) -> bool:
    """Tell whether marks of two items or more count on from one to the next.

    >>> is_counted(["a.", "b."]), is_counted(["(i)", "(ii)"]), is_counted(["1.1", "1.2"]), is_counted(["a.", "c."])
    (True, True, True, False)
    >>> is_counted(["а)", "б)"]), is_counted(["ก.", "ข."]), is_counted(["九、", "十、"])
    (True, True, True)
    """
    if len(marks) < 2 or not all(map(MARK.fullmatch, marks)):
        return False
    parts = [_PART.fullmatch(mark) for mark in marks]
    if len({(part[1], part[3]) for part in parts if part}) > 1:
        return False
    words = [part[2] for part in parts if part]
    if len({word.isupper() for word in words}) > 1:
        return False
    above = {word.rpartition(".")[0] for word in words}
    forms = [[_numbers(form).get(word.lower(), 0) for word in words] for form in ("alpha", "roman")]
    forms += [[_in_digits(word.rpartition(".")[2]) for word in words]] if len(above) == 1 else []
    return any(0 not in numbers and _steps_by_one(numbers) for numbers in forms) or _counts_in_letters(words)


def counted_mark(mark: str) -> tuple[int, str] | None:
    """The number of a mark such as "2.", "３）", "四、" or "（二）", and its form; None for any other.

    >>> counted_mark("12)"), counted_mark("十二、"), counted_mark("（二）"), counted_mark("(2)")
    ((12, ')'), (12, '一、'), (2, '（一）'), None)
    """
    found = _COUNTED.fullmatch(mark)
    if found is None:
        return None
    if found[3]:
        return _in_digits(found[3]), "（一）"
    return _in_digits(found[1]), ("" if found[1].isdecimal() else "一") + found[2]


def _in_digits(word: str) -> int:
    """The value of a number in digits of any script or in Chinese up to 99; 0 for any other word."""
    if word.isdecimal():
        return int(word)
    tens, ten, ones = word.rpartition("十")
    if not set(word) <= set(HAN) or max(len(tens), len(ones)) > 1:
        return 0
    return ((HAN.find(tens) + 1 if tens else 1) * 10 if ten else 0) + (HAN.find(ones) + 1 if ones else 0)


def _steps_by_one(numbers: Sequence[int]) -> bool:
    return all(two == one + 1 for one, two in pairwise(numbers))


def _counts_in_letters(words: Sequence[str]) -> bool:
    letters = [word.lower().replace("أ", "ا") for word in words]
    return any(
        all(
            len(one) == len(two) == 1 and one in alphabet and two in _after(one, alphabet, skipped)
            for one, two in pairwise(letters)
        )
        for alphabet, skipped in _ALPHABETS
    )


def _after(letter: str, alphabet: str, skipped: str) -> str:
    """The letters that may come next in a list: the next one of the alphabet, and those beyond letters passed over."""
    rest = alphabet[alphabet.index(letter) + 1 :]
    return rest[: len(rest) - len(rest.lstrip(skipped)) + 1] if skipped else rest[:1]


@cache
def _numbers(form: str) -> dict[str, int]:
    """The number that each mark of a form stands for, in small letters."""
    most = _MOST_LETTERS if form == "alpha" else _MOST_ROMAN
    return {written_number(number, f"lower-{form}"): number for number in range(1, most + 1)}


def is_roman(word: str) -> bool:
    """Tell whether a word in small letters is a Roman number up to 399: "iv", but not "ill"."""
    return word in _numbers("roman")


def _letters(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text
