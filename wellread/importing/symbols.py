"""Signs that documents take from fonts of pictures, such as Wingdings, as plain text: "m" in Symbol is "μ"."""

from __future__ import annotations

import re
from html import escape, unescape

_SYMBOL = {
    # Adobe's Symbol encoding, where it differs from ASCII (Adobe, Symbol.txt in the Unicode mapping tables).
    **dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)),
    **dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)),
    0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2A: "∗", 0x2D: "−", 0x40: "≅", 0x5B: "[", 0x5C: "∴", 0x5D: "]", 0x5E: "⊥",
    0x5F: "_", 0x7B: "{", 0x7C: "|", 0x7D: "}", 0x7E: "∼", 0xA0: "€", 0xA1: "ϒ", 0xA2: "′", 0xA3: "≤", 0xA4: "⁄",
    0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥",
    0xB4: "×", 0xB5: "∝", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xC5: "⊕", 0xC6: "∅",
    0xD0: "∠", 0xD1: "∇", 0xD2: "®", 0xD3: "©", 0xD4: "™", 0xD5: "∏", 0xD6: "√", 0xD7: "⋅", 0xDB: "⇔", 0xDC: "⇐",
    0xDE: "⇒", 0xE2: "®", 0xE3: "©", 0xE4: "™", 0xE5: "∑",
}  # fmt: skip
_WINGDINGS = {
    0x28: "☎", 0x29: "✆", 0x2A: "✉", 0x46: "☞", 0x4A: "☺", 0x4C: "☹", 0x6C: "•", 0x6E: "▪", 0x6F: "☐", 0x71: "☐",
    0x72: "☐", 0x76: "•", 0x77: "•", 0x9E: "•", 0x9F: "•", 0xA0: "▪", 0xA1: "○", 0xA7: "▪", 0xA8: "☐", 0xD8: "➢",
    0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "→", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WEBDINGS = {
    0x33: "◀", 0x34: "▶", 0x35: "▲", 0x36: "▼", 0x61: "✔", 0x63: "☐", 0x67: "■", 0x6E: "●", 0x72: "✖",
}  # fmt: skip
_DINGBATS = {
    0x25: "☎", 0x28: "✆", 0x29: "✉", 0x33: "✓", 0x34: "✔", 0x35: "✕", 0x36: "✖", 0x37: "✗", 0x38: "✘", 0x6C: "•",
    0x6D: "○", 0x6E: "▪", 0x6F: "☐", 0x70: "☐", 0x71: "☐", 0x72: "☐", 0x75: "◆", 0x76: "❖", 0xD4: "→", 0xD8: "➢",
}  # fmt: skip

_IN_FONT = re.compile(
    r"(<(?:span|font|p|b|i|em|strong|sup|sub|li|td)\b[^<>]{0,2000}?(?:font-family\s*:|\bface\s*=|\bfont\s*:[^;<>]{0,200}?)"
    r"(?:\s|&quot;|[\"'])*(Symbol|Wingdings(?:\s?[23])?|Webdings|Zapf\s?Dingbats)\b[^<>]{0,2000}>"
    r"(?:<(?:span|b|i|em|strong)(?:\s+lang=[^<>\s]{1,20})?>)*)([^<]+)",
    re.IGNORECASE,
)
"""Text of HTML in a font of signs, as Word writes it: <span style='font-family:Symbol'>m</span>."""


def is_picture_font(font: str) -> bool:
    """Tell whether a font's letters are signs, so that its "n" is no letter n."""
    return _table(font) is not None


def code_of(written: str) -> int:
    """The code of a sign as Word writes it, in hexadecimal digits; 0 where it is none."""
    try:
        return int(written, 16)
    except ValueError:
        return 0


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


def shown_in(font: str, text: str) -> str:
    """A text as a font of signs shows it; what is no letter of such a font stays.

    >>> shown_in("Symbol", "5 mg"), shown_in("Arial", "5 mg")
    ('5 μγ', '5 mg')
    """
    if not is_picture_font(font):
        return text
    return "".join(char if char.isspace() or _is_beyond(char) else sign(font, ord(char)) or char for char in text)


def _is_beyond(char: str) -> bool:
    return 0xFF < ord(char) < 0xF000 or ord(char) > 0xF0FF


def signs_in_html(html: str) -> str:
    """HTML with text in fonts of signs as these show it.

    >>> signs_in_html("2 <span style='font-family:Symbol'>m</span>g")
    "2 <span style='font-family:Symbol'>μ</span>g"
    """
    return _IN_FONT.sub(lambda found: found[1] + escape(shown_in(found[2], unescape(found[3])), quote=False), html)


def _table(font: str) -> dict[int, str] | None:
    name = font.casefold().replace(" ", "")
    if "dingbats" in name:
        return _DINGBATS
    if "webdings" in name:
        return _WEBDINGS
    if "wingdings" in name:
        return _WINGDINGS
    return _SYMBOL if name.rpartition("+")[2] in ("symbol", "symbolmt", "symbolps") else None
