"""Makes small PDFs for tests: text at places of a page, pictures and rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

FONTS = {"plain": "Helvetica", "bold": "Helvetica-Bold", "dingbats": "ZapfDingbats", "symbol": "Symbol"}
_LIGATURE = "1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar <58> <00660066> endbfchar"


@dataclass(frozen=True)
class Text:
    """A line: `x` and `y` of its beginning from the left and the bottom, in points."""

    text: str
    y: float
    x: float = 50
    size: float = 10
    font: str = "plain"
    color: str = "0 0 0"
    matrix: str = "1 0 0 1"


@dataclass(frozen=True)
class Page:
    """A page: its lines, whether a picture fills it, and what is drawn besides, as PDF operators."""

    lines: Sequence[Text] = ()
    picture: bool = False
    drawn: str = ""
    rotate: int = 0
    annotations: str = ""


def paragraph(text: str, y: float, x: float = 50, size: float = 10, leading: float = 12) -> list[Text]:
    """Lines below one another, divided at "|"."""
    return [Text(line, y - leading * number, x, size) for number, line in enumerate(text.split("|"))]


def pdf(
    pages: Sequence[Page | Sequence[Text]], size_of_all: tuple[int, int] | None = None, language: str = ""
) -> bytes:
    """A PDF of these pages, 600 by 800 points; the font "ligature" has "ff" for "X".

    With `size_of_all` the pages have no size of their own, but that of the document.
    """
    box = "/MediaBox[0 0 600 800]" if size_of_all is None else ""
    shared = "/MediaBox[0 0 {} {}]".format(*size_of_all) if size_of_all else ""
    fonts = [f"<</Type/Font/Subtype/Type1/BaseFont/{name}>>" for name in FONTS.values()]
    named = "".join(f"/{key} {number} 0 R" for number, key in enumerate([*FONTS, "ligature"], 3))
    fonts.append(f"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode {len(fonts) + 4} 0 R>>")
    fonts.append(f"<</Length {len(_LIGATURE)}>>\nstream\n{_LIGATURE}\nendstream")
    image = "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>"
    named_language = f"/Lang({language})" if language else ""
    objects = [f"<</Type/Catalog/Pages 2 0 R{named_language}>>", "", *fonts, f"{image}\nstream\n\x80\nendstream"]
    picture = len(objects)
    kids = []
    for given in pages:
        page = given if isinstance(given, Page) else Page(given)
        content = page.drawn + ("q 600 0 0 800 0 0 cm /Im Do Q\n" if page.picture else "")
        for line in page.lines:
            text = line.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
            place = f"{line.matrix} {line.x} {line.y} Tm"
            content += f"BT {line.color} rg /{line.font} {line.size} Tf {place} ({text}) Tj ET\n"
        objects.append(f"<</Length {len(content)}>>\nstream\n{content}endstream")
        objects.append(
            f"<</Type/Page/Parent 2 0 R{box}/Rotate {page.rotate}/Annots[{page.annotations}]"
            f"/Contents {len(objects)} 0 R"
            f"/Resources<</Font<<{named}>>/XObject<</Im {picture} 0 R>>>>>>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages{shared}/Count {len(kids)}/Kids[{' '.join(kids)}]>>"
    written = "%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    start = len(written)
    written += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n"
    return f"{written}%%EOF\n".encode("latin-1")
