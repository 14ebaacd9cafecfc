"""Writes a Word document's equations in one line, those of today and those in fields of older programs."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

_FIELD_PART = re.compile(r"\\([a-z]{1,2})(?:\s*-?\d+)?\s*(?=[(\\])|\\(.)|([(),;])", re.IGNORECASE)
"""The pieces of the code of an old equation: its functions ("\\f"), signs that are meant as such ("\\,"), and marks."""
_FIELD_SWITCH = re.compile(r'\\\*\s*(?:"[^"]*"|\S+)')

_MOST_OPEN = 20
"""Functions inside one another that are read; Word's own equations have three or four."""

_RAISED = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")


def equation(element: Element) -> str:
    """An equation in one line, brackets where a fraction or a root needs them: "weight/(height×height)"."""
    local = element.tag.removeprefix("m_")
    match local:
        case "t":
            return element.text or ""
        case "f":
            return f"{_grouped(_part(element, 'num'))}/{_grouped(_part(element, 'den'))}"
        case "sSup":
            return _part(element, "e") + _power(_part(element, "sup"))
        case "sSub":
            return _part(element, "e") + _part(element, "sub")
        case "sSubSup":
            return _part(element, "e") + _part(element, "sub") + _power(_part(element, "sup"))
        case "rad":
            return f"{_power(_part(element, 'deg'))}√{_grouped(_part(element, 'e'))}"
        case "d":
            return _delimited(element)
        case "nary":
            mark = element.find("m_naryPr/m_chr")
            around = _part(element, "sub"), _part(element, "sup")
            limits = f"({' to '.join(filter(None, around))})" if any(around) else ""
            return f"{'∫' if mark is None else mark.get('m_val', '∫')}{limits} {_part(element, 'e')}"
        case "mr" | "eqArr":
            return "; ".join(equation(child) for child in element if child.tag == "m_e")
        case "m":
            return "; ".join(equation(child) for child in element if child.tag == "m_mr")
        case _:
            if element.tag == "w_t":
                return element.text or ""
            return "".join(equation(child) for child in element)


def field_equation(code: str) -> str:
    r"""The equation of a field "EQ", by its code without that word, in one line.

    A word that is written small above another, as its reading in Japanese, stands in brackets behind it.

    >>> field_equation(r"\f(1;2)"), field_equation(r"\s\up8(2)"), field_equation(r"\o\ad(\s\up 9(ねつ),熱)")
    ('1/2', '²', '熱(ねつ)')
    """
    text = _FIELD_SWITCH.sub("", code)
    opened: list[tuple[str, list[str]]] = [("", [""])]  # the functions that are open, with what is inside them so far
    names = ""
    at = 0
    for found in _FIELD_PART.finditer(text):
        opened[-1][1][-1] += text[at : found.start()]
        at = found.end()
        if found[1]:
            names += f"{found[1].lower()} "
        elif found[2]:
            opened[-1][1][-1] += found[2]
        elif found[3] == "(" and len(opened) < _MOST_OPEN:
            opened.append((names, [""]))
            names = ""
        elif found[3] == ")" and len(opened) > 1:
            closed, inside = opened.pop()
            opened[-1][1][-1] += _field_part(closed, inside)
        elif found[3] in ",;" and opened[-1][0]:
            opened[-1][1].append("")
        else:
            opened[-1][1][-1] += found[3]
    opened[-1][1][-1] += text[at:]
    return " ".join("(".join(",".join(inside) for _, inside in opened).split())  # some may not be closed


def _field_part(names: str, inside: list[str]) -> str:
    """A function of an equation's code and what stands in its brackets."""
    match names.split()[:1]:
        case ["f"] if len(inside) == 2:
            return f"{_grouped(inside[0])}/{_grouped(inside[1])}"
        case ["r"]:
            return f"{_power(''.join(inside[:-1]))}√{_grouped(inside[-1])}"
        case ["s"] if "up" in names:
            return _power(inside[0]) or inside[0]
        case ["o"] if len(inside) == 2 and inside[0].startswith("^"):
            return f"{inside[1].strip()}({inside[0][1:].strip('()')})"
        case ["b"] | []:
            return f"({', '.join(inside)})"
        case ["i"]:
            return f"∫({' to '.join(inside[:2])}) {' '.join(inside[2:])}"
        case ["d"]:
            return ""
        case ["o"] | ["x"]:
            return "".join(inside)
        case _:
            return ", ".join(inside)


def _delimited(element: Element) -> str:
    marks = {}
    for name, usual in (("begChr", "("), ("endChr", ")"), ("sepChr", "|")):
        found = element.find(f"m_dPr/m_{name}")
        marks[name] = usual if found is None else found.get("m_val", "")
    inner = marks["sepChr"].join(equation(child) for child in element if child.tag == "m_e")
    return f"{marks['begChr']}{inner}{marks['endChr']}"


def _part(element: Element, name: str) -> str:
    found = element.find(f"m_{name}")
    return "" if found is None else equation(found)


def _power(text: str) -> str:
    if not text.strip():
        return ""
    plain = set(text) <= set("0123456789+-−()n")
    return text.translate(_RAISED) if plain else f"^{_grouped(text)}"


def _grouped(text: str) -> str:
    text = text.strip()
    bracketed = text[:1] == "(" and text[-1:] == ")" and not set("()") & set(text[1:-1])
    return text if bracketed or text.replace(".", "").isalnum() else f"({text})"
