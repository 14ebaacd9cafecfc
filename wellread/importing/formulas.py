"""Writes the formulas of a web page in one line, and keeps raised figures and fractions from running together."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from wellread.importing.left_out import LeftOut
from wellread.importing.tree import BLOCK_NAMES, first_inside, nearest_around
from wellread.text.tex import tex_formulas

if TYPE_CHECKING:
    from bs4 import Tag

_RAISED = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-−()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎")
_UNSEEN_SIGNS = str.maketrans("", "", "\u2061\u2062\u2063\u2064")
_RENDERED = re.compile(r"katex|mathjax|mjx|mwe-math", re.IGNORECASE)
_LETTERS = re.compile(r"[a-z](?:\s*,\s*[a-z])*")
"""What marks a note where figures would be read as powers."""
_SUM = re.compile(r"[\w.()+−*/×·=-]*[+−*/×·=-][\w.()+−*/×·=-]*")
_SLASH = re.compile(r"\s*[/\u2044]\s*")
_OF_THE_FORMULA = ("annotation", "annotation-xml")


def write_formulas(page: Tag) -> tuple[list[LeftOut], list[str]]:
    """Write each formula (MathML) in one line, "1/2" and "10³"; gives its second forms, and a note that names all.

    Typesetters for the web (KaTeX, MathJax, MediaWiki) write a formula twice: drawn, and hidden for those who listen.
    """
    left_out: list[LeftOut] = []
    written: list[str] = []
    for formula in page.find_all("math"):
        for code in formula.find_all(_OF_THE_FORMULA):
            if not code.decomposed:
                left_out.append(LeftOut("a formula written a second time", code.get_text(" ")))
                code.decompose()
        line = " ".join(_formula(formula).split())
        outer = formula
        while outer.parent is not None and _RENDERED.search(
            " ".join([outer.parent.name, *map(str, outer.parent.get_attribute_list("class"))])
        ):
            outer = outer.parent
        if len(outer.find_all("math")) == 1 and outer is not formula:
            formula.extract()
            left_out.append(LeftOut("a formula written a second time", outer.get_text(" ")))
        else:
            outer = formula
        before, after = str(outer.previous_sibling or ""), str(outer.next_sibling or "")
        apart = str(formula.get("display")) == "block"
        head = " " if apart or _run_together(before[-1:], line[:1]) else ""
        tail = " " if apart or _run_together(line[-1:], after[:1]) else ""
        outer.replace_with(f"{head}{line}{tail}")
        if line:
            written.append(f'"{line}"')
    notes = []
    if written:
        notes.append(f"formulas are written in one line, compare them ({len(written)}): {', '.join(written)}")
    if in_tex := [f'"{formula}"' for formula in tex_formulas(page.get_text())]:
        notes.append(f"formulas are in TeX, write them as they should be read ({len(in_tex)}): {', '.join(in_tex)}")
    return left_out, notes


def raise_figures(text: Tag) -> None:
    """Write raised figures as such, "10⁹", and "1 1/2" where a raised and a lowered figure make a fraction.

    A raised letter that marks a note is written "[a]", or it would be read with the word before it: "unitsa".
    """
    _write_letters_of_notes(text)
    for raised in text.find_all("sup"):
        words = raised.get_text().strip()
        lowered = _denominator(raised)
        before = str(raised.previous_sibling or "")
        if lowered is not None:
            bar = raised.next_sibling
            line = f"{_grouped(words)}/{_grouped(lowered.get_text().strip())}"
            if bar is not None:
                bar.extract()
            lowered.extract()
            raised.replace_with(f" {line}" if before[-1:].isalnum() else line)
        elif words and not words.translate(dict.fromkeys(map(ord, "0123456789+-−()n"))):
            raised.replace_with(raised.get_text().translate(_RAISED))
        elif before[-1:].isalnum() and first_inside(raised, ("a",)) is None and _is_power(words, before):
            raised.replace_with(f"^{_grouped(words)}")


def _write_letters_of_notes(text: Tag) -> None:
    """Write raised letters in brackets where a line begins with the same one: "20 units[a]", "[a] Half with …"."""
    raised = [tag for tag in text.find_all("sup") if _LETTERS.fullmatch(tag.get_text().strip())]
    notes = {tag.get_text().strip(): tag for tag in raised if _begins_line(tag)}
    marks = [tag for tag in raised if not _begins_line(tag) and set(_letters(tag)) <= set(notes)]
    for letter in dict.fromkeys(letter for tag in marks for letter in _letters(tag)):
        after = str(notes[letter].next_sibling or "")
        notes[letter].replace_with(f"[{letter}] " if after[:1].isalnum() else f"[{letter}]")
    for tag in marks:
        tag.replace_with("".join(f"[{letter}]" for letter in _letters(tag)))


def _letters(raised: Tag) -> list[str]:
    return re.findall(r"[a-z]", raised.get_text())


def _begins_line(raised: Tag) -> bool:
    """Tell whether a raised letter is the first of a block that says more, or of a line in it."""
    block = nearest_around(raised, (*BLOCK_NAMES, "li", "td"))
    pieces = (one for one in block.descendants if getattr(one, "name", None) is None) if block is not None else ()
    words = list(islice((piece for piece in pieces if str(piece).strip()), 2))
    before = raised.previous_sibling
    while before is not None and not before.get_text().strip() and getattr(before, "name", None) != "br":
        before = before.previous_sibling
    begins = bool(words) and any(parent is raised for parent in words[0].parents)
    return len(words) > 1 and (begins or getattr(before, "name", None) == "br")


def _is_power(words: str, before: str) -> bool:
    """Tell whether raised words reckon: "x+y", or "0.5" over a number; "rd", "[2]" and "a" do not."""
    decimal = re.fullmatch(r"\d+\.\d+", words) is not None and before[-1:].isdecimal()
    return decimal or (_SUM.fullmatch(words) is not None and any(char.isalnum() for char in words))


def _denominator(raised: Tag) -> Tag | None:
    """The lowered figure that stands below a raised one, a bar between the two."""
    bar = raised.next_sibling
    below = bar.next_sibling if bar is not None else None
    if bar is None or below is None or getattr(below, "name", None) != "sub" or not _SLASH.fullmatch(bar.get_text()):
        return None
    return below if raised.get_text().strip() and below.get_text().strip() else None  # type: ignore[return-value]


def _formula(element: Tag) -> str:
    """An element of a formula in one line, brackets where a fraction, a root or a power needs them."""
    parts = [_formula(child) for child in element.find_all(True, recursive=False)]
    first, second, third = (*parts, "", "", "")[:3]
    match element.name:
        case "mi" | "mn" | "mo" | "mtext" | "ms":
            return element.get_text().translate(_UNSEEN_SIGNS)
        case "mspace":
            return " "
        case "mphantom" | "annotation" | "annotation-xml":
            return ""
        case "mfrac":
            return f"{_grouped(first)}/{_grouped(second)}"
        case "msup":
            return _base(element, first) + _power(second)
        case "msub" | "munder":
            return first + _index(second)
        case "mover":
            return first + (second if len(second) == 1 and not second.isalnum() else _power(second))
        case "msubsup" | "munderover":
            return first + _index(second) + _power(third)
        case "msqrt":
            return f"√{_grouped(_joined(element, parts))}"
        case "mroot":
            return f"{_power(second)}√{_grouped(first)}"
        case "mfenced":
            opening, closing = str(element.get("open", "(")), str(element.get("close", ")"))
            return f"{opening}{(str(element.get('separators', ',')).strip()[:1] or ' ').join(parts)}{closing}"
        case "mtable":
            return "; ".join(parts)
        case "mtr" | "mlabeledtr":
            return ", ".join(parts)
        case _:
            return _joined(element, parts) if parts else element.get_text().translate(_UNSEEN_SIGNS)


def _joined(element: Tag, parts: list[str]) -> str:
    """Parts of a formula side by side, a space between two that would read as one number or one word."""
    line = ""
    last = ""
    for child, part in zip(element.find_all(True, recursive=False), parts, strict=True):
        one, other = line[-1:], part[:1]
        if "mfrac" in (child.name, last):
            apart = (one.isalnum() or one == ")") and (other.isalnum() or other in ("(", "√"))
        else:
            long = len(part) > 1 or line[-2:].isalpha() or _run_together(one, other)
            apart = one.isalnum() and other.isalnum() and long
        line += f" {part}" if apart else part
        last = child.name if part.strip() else last
    return line


def _run_together(one: str, other: str) -> bool:
    return one.isascii() and one.isdecimal() and other.isascii() and other.isdecimal()


def _base(element: Tag, text: str) -> str:
    """What is raised to a power, in brackets where it is a fraction or a sum."""
    inner = element.find(True)
    return _grouped(text) if inner is not None and inner.name in ("mfrac", "mrow", "msqrt", "mroot") else text


def _power(text: str) -> str:
    text = text.strip()
    if not text or set(text) <= {"°", "′", "″", "'", "*", "†"}:
        return text
    return text.translate(_RAISED) if set(text) <= set("0123456789+-−()n") else f"^{_grouped(text)}"


def _index(text: str) -> str:
    text = text.strip()
    if not text:
        return ""
    return text.translate(_LOWERED) if set(text) <= set("0123456789+-−()") else f"_{_grouped(text)}"


def _grouped(text: str) -> str:
    text = text.strip()
    bracketed = text[:1] == "(" and text[-1:] == ")" and not set("()") & set(text[1:-1])
    return text if not text or bracketed or text.replace(".", "").isalnum() else f"({text})"
