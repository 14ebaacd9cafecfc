"""Signs that Word takes from fonts of pictures, and equations, as plain text."""

from __future__ import annotations

from xml.etree.ElementTree import Element

_SYMBOL = {
    # Adobe's Symbol encoding, where it differs from ASCII (Adobe, Symbol.txt in the Unicode mapping tables).
    **dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)),
    **dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)),
    0x2D: "−", 0x40: "≅", 0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°",
    0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB5: "∝", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈",
    0xBC: "…", 0xC5: "⊕", 0xC6: "∅", 0xD0: "∠", 0xD1: "∇", 0xD2: "®", 0xD3: "©", 0xD4: "™", 0xD5: "∏", 0xD6: "√",
    0xD7: "⋅", 0xDB: "⇔", 0xDC: "⇐", 0xDE: "⇒", 0xE2: "®", 0xE3: "©", 0xE4: "™", 0xE5: "∑",
}  # fmt: skip
_WINGDINGS = {
    0x28: "☎", 0x29: "✆", 0x2A: "✉", 0x46: "☞", 0x4A: "☺", 0x4C: "☹", 0x6C: "•", 0x6E: "▪", 0x6F: "☐", 0x71: "☐",
    0x72: "☐", 0x76: "•", 0x77: "•", 0x9E: "•", 0x9F: "•", 0xA0: "▪", 0xA1: "○", 0xA7: "▪", 0xA8: "☐", 0xD8: "➢",
    0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "→", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_DINGBATS = {
    0x25: "☎", 0x28: "✆", 0x29: "✉", 0x33: "✓", 0x34: "✔", 0x35: "✕", 0x36: "✖", 0x37: "✗", 0x38: "✘", 0x6C: "•",
    0x6D: "○", 0x6E: "▪", 0x6F: "☐", 0x70: "☐", 0x71: "☐", 0x72: "☐", 0x75: "◆", 0x76: "❖", 0xD4: "→", 0xD8: "➢",
}  # fmt: skip

_RAISED = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")


def is_picture_font(font: str) -> bool:
    """Tell whether a font's letters are signs, so that its "n" is no letter n."""
    return _table(font) is not None


def sign(font: str, code: int) -> str:
    """The sign with a code in a font of signs, or "" where it is not known.

    >>> sign("Symbol", 0xF0A3)
    '≤'
    """
    table = _table(font)
    code = code & 0xFF if 0xF000 <= code <= 0xF0FF else code  # Word keeps fonts of signs in the private area
    if table is None:
        return chr(code) if 0x20 <= code < 0xE000 else ""
    if table is _SYMBOL and 0x20 <= code < 0x40 and code not in table:
        return chr(code)
    return table.get(code, "")


def _table(font: str) -> dict[int, str] | None:
    name = font.casefold().replace(" ", "")
    if "dingbats" in name:
        return _DINGBATS
    if "wingdings" in name or "webdings" in name:
        return _WINGDINGS
    return _SYMBOL if name.rpartition("+")[2] in ("symbol", "symbolmt", "symbolps") else None


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
