"""Makes small PDFs for tests: text at places of a page, pictures and rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

FONTS = {"plain": "Helvetica", "bold": "Helvetica-Bold", "dingbats": "ZapfDingbats", "symbol": "Symbol"}
_LIGATURE = "1 begincodespacerange <00> <ff> endcodespacerange 2 beginbfchar <58> <00660066> <59> <D83DDE00> endbfchar"
_BOX = "700 0 0 0 500 700 d1 0 0 500 700 re f"
_BLANK = "700 0 0 0 0 0 d1"


@dataclass(frozen=True)
class Text:
    """A line: `x` and `y` of its beginning from the left and the bottom, in points.

    `layer` is "on" for one that is shown, "off" for one that is not, "form" for a form in one that is not.
    """

    text: str
    y: float
    x: float = 50
    size: float = 10
    font: str = "plain"
    color: str = "0 0 0"
    matrix: str = "1 0 0 1"
    tag: int = -1
    layer: str = ""


@dataclass(frozen=True)
class Tag:
    """An element of the structure: its kind, and in it elements, or texts by their page, from 0, and their `tag`."""

    kind: str
    inside: Sequence[Tag | tuple[int, int]]
    spans: str = ""


@dataclass(frozen=True)
class Page:
    """A page: its lines, whether a picture fills it, and what is drawn besides, below or over them, as PDF operators.

    `appearance` is what annotations draw, "{}" in them stands for its number.
    """

    lines: Sequence[Text] = ()
    picture: bool = False
    drawn: str = ""
    rotate: int = 0
    annotations: str = ""
    appearance: str = ""
    over: str = ""


def paragraph(text: str, y: float, x: float = 50, size: float = 10, leading: float = 12) -> list[Text]:
    """Lines below one another, divided at "|"."""
    return [Text(line, y - leading * number, x, size) for number, line in enumerate(text.split("|"))]


def pdf(
    pages: Sequence[Page | Sequence[Text]],
    size_of_all: tuple[int, int] | None = None,
    language: str = "",
    tags: Sequence[Tag] = (),
) -> bytes:
    """A PDF of these pages, 600 by 800 points; the font "ligature" has "ff" for "X" and a face for "Y".

    The font "numbered" draws a box for each letter and does not say what it is; its "\\x03" is a space.

    With `size_of_all` the pages have no size of their own, but that of the document; with `tags` it is a tagged PDF.
    """
    box = "/MediaBox[0 0 600 800]" if size_of_all is None else ""
    shared = "/MediaBox[0 0 {} {}]".format(*size_of_all) if size_of_all else ""
    fonts = [f"<</Type/Font/Subtype/Type1/BaseFont/{name}>>" for name in FONTS.values()]
    named = "".join(f"/{key} {number} 0 R" for number, key in enumerate([*FONTS, "ligature"], 3))
    named += f"/numbered {len(fonts) + 5} 0 R"
    fonts.append(f"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode {len(fonts) + 4} 0 R>>")
    fonts.append(f"<</Length {len(_LIGATURE)}>>\nstream\n{_LIGATURE}\nendstream")
    fonts.append(_numbered(len(fonts) + 4))
    fonts += [f"<</Length {len(drawn)}>>\nstream\n{drawn}\nendstream" for drawn in (_BOX, _BLANK)]
    image = "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>"
    named_language = f"/Lang({language})" if language else ""
    objects = [f"<</Type/Catalog/Pages 2 0 R{named_language}>>", "", *fonts, f"{image}\nstream\n\x80\nendstream"]
    picture = len(objects)
    objects += ["<</Type/OCG/Name(on)>>", "<</Type/OCG/Name(off)>>"]
    layers = f"/on {picture + 1} 0 R/off {picture + 2} 0 R"
    objects[0] = objects[0].replace(
        "/Catalog", f"/Catalog/OCProperties<</OCGs[{picture + 1} 0 R {picture + 2} 0 R]/D<</OFF[{picture + 2} 0 R]>>>>"
    )
    kids: list[str] = []
    for given in pages:
        page = given if isinstance(given, Page) else Page(given)
        content = page.drawn + ("q 600 0 0 800 0 0 cm /Im Do Q\n" if page.picture else "")
        forms = ""
        for line in page.lines:
            text = line.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
            place = f"{line.matrix} {line.x} {line.y} Tm"
            drawn = f"BT {line.color} rg /{line.font} {line.size} Tf {place} ({text}) Tj ET\n"
            if line.layer == "form":
                objects.append(
                    f"<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/OC {picture + 2} 0 R/Resources<</Font<<{named}>>>>"
                    f"/Length {len(drawn)}>>\nstream\n{drawn}endstream"
                )
                forms += f"/Fm{len(objects)} {len(objects)} 0 R"
                drawn = f"/Fm{len(objects)} Do\n"
            elif line.layer:
                drawn = f"/OC/{line.layer} BDC {drawn}EMC\n"
            content += drawn if line.tag < 0 else f"/Span<</MCID {line.tag}>>BDC {drawn}EMC\n"
        content += page.over
        annotations = page.annotations
        if page.appearance:
            objects.append(
                f"<</Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources<</Font<<{named}>>>>"
                f"/Length {len(page.appearance)}>>\nstream\n{page.appearance}\nendstream"
            )
            annotations = annotations.replace("{}", f"{len(objects)} 0 R")
        objects.append(f"<</Length {len(content)}>>\nstream\n{content}endstream")
        objects.append(
            f"<</Type/Page/Parent 2 0 R{box}/StructParents {len(kids)}/Rotate {page.rotate}/Annots[{annotations}]"
            f"/Contents {len(objects)} 0 R"
            f"/Resources<</Font<<{named}>>/XObject<</Im {picture} 0 R{forms}>>/Properties<<{layers}>>>>>>"
        )
        kids.append(f"{len(objects)} 0 R")
    if tags:
        named = f"/StructTreeRoot {_add_tags(objects, tags, kids)} 0 R/MarkInfo<</Marked true>>"
        objects[0] = objects[0].replace("/Catalog", f"/Catalog{named}")
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


def _numbered(box: int) -> str:
    """A font of boxes, whose letters have numbers and no names; `box` is the number of their drawing."""
    codes = [*range(1, 32), *range(33, 127)]
    shapes = "".join(f"/g{code} {box + (code == 3)} 0 R" for code in codes)
    return (
        f"<</Type/Font/Subtype/Type3/FontBBox[0 0 700 700]/FontMatrix[.001 0 0 .001 0 0]/CharProcs<<{shapes}>>"
        f"/Encoding<</Differences[1{''.join(f'/g{code}' for code in range(1, 127))}]>>"
        f"/FirstChar 1/LastChar 126/Widths[{' '.join(['700'] * 126)}]>>"
    )


def _add_tags(objects: list[str], tags: Sequence[Tag], pages: Sequence[str]) -> int:
    """Add the structure to the objects of a PDF, and give the number of its root."""
    objects.append("")
    root = len(objects)
    owners: list[dict[int, int]] = [{} for _ in pages]

    def add(tag: Tag, parent: int) -> int:
        objects.append("")
        number = len(objects)
        children = []
        for child in tag.inside:
            if isinstance(child, Tag):
                children.append(f"{add(child, number)} 0 R")
            else:
                owners[child[0]][child[1]] = number
                children.append(f"<</Type/MCR/Pg {pages[child[0]]}/MCID {child[1]}>>")
        spans = f"/A<</O/Table{tag.spans}>>" if tag.spans else ""
        objects[number - 1] = f"<</Type/StructElem/S/{tag.kind}/P {parent} 0 R{spans}/K[{' '.join(children)}]>>"
        return number

    kids = " ".join(f"{add(tag, root)} 0 R" for tag in tags)
    owned = " ".join(
        f"{at}[{' '.join(f'{texts[number]} 0 R' if number in texts else 'null' for number in range(max(texts) + 1))}]"
        for at, texts in enumerate(owners)
        if texts
    )
    objects[root - 1] = f"<</Type/StructTreeRoot/K[{kids}]/ParentTree<</Nums[{owned}]>>>>"
    return root
