"""Words that a Word document has for those who do not see a picture, where somebody wrote them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

_NAME = re.compile(
    r"(?:whatsapp[ _])?(?:picture|image|img|photo|pic|figure|shape|text ?box|chart|object|graphic|screen ?shot|logo"
    r"|bild|grafik|foto|abbildung|imagen|gráfico|imagem|figura|photographie|immagine|afbeelding|obraz|obrázok|obrázek|kép"
    r"|resim|рисунок|изображение|صورة|תמונה|चित्र|图片|圖片|图像|画像|그림)?"
    r"[\W\d_]*(?:(?:at|um|à|alle|om)[\d\s.:]+)?(?:[ap]m)?[\W\d_]*",
    re.IGNORECASE,
)
"""What a program calls a picture: "Picture 1", "IMG_256", "WhatsApp Image 2023-11-29 at 5.25.19 PM"."""

_FILE = re.compile(
    r"[a-z]:\\.*|https?://\S+|.*\S\.(?:png|jpe?g|gif|bmp|tiff?|svg|[ew]mf|webp|heic|pdf)|\S*_\S*", re.I | re.S
)
"""An address, or the name of a file."""

_MADE = re.compile(
    r"\b(?:AI|KI|IA|ИИ)\b|(?i:automaa?t|automát|otomatik|автомат|αυτόματ|tự động)|自动|自動|자동|تلقائي|אוטומט|स्वचालित"
)
"""What the line below a description says which Word guessed itself: "Description automatically generated"."""


def words_for(drawing: Element) -> list[str]:
    """The words that stand for the pictures of a drawing, without those that a program wrote: names, and guesses."""
    return list(dict.fromkeys(filter(None, map(_words, _said(drawing)))))


def _said(element: Element) -> Iterator[str]:
    """What stands for each part of a drawing; what is inside a text box has a drawing of its own."""
    names = ("alt",) if element.tag.startswith("v_") else ("title", "descr")
    yield from (element.get(name, "") for name in names)
    for inner in element:
        if inner.tag != "w_txbxContent":
            yield from _said(inner)


def _words(said: str) -> str:
    text, _, below = said.strip().rpartition("\n\n")
    words = " ".join(said.split())
    made = text and _MADE.search(below)
    return "" if made or _NAME.fullmatch(words) or _FILE.fullmatch(words) else words
