"""Writes a Word document's equations in one line."""

from __future__ import annotations

from xml.etree.ElementTree import Element

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
