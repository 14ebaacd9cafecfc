"""A Word document as headings, paragraphs, lists and tables, and which of its words were left out."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree

from wellread.errors import WellreadError
from wellread.importing.web import parse_html

MAX_UNPACKED = 500_000_000
"""Bytes of all parts of a document together, at most."""

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def docx_to_html(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Read a Word document into HTML, its title as `<h1 class="title">`, and tell what could not be kept.

    Raises:
        WellreadError: the file is no Word document.
    """
    import mammoth

    try:
        with zipfile.ZipFile(BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MAX_UNPACKED:
                raise WellreadError(f"its parts are larger than {MAX_UNPACKED:,} bytes", "divide the document")
            words = Counter(_docx_words(parts.read("word/document.xml")))
        html = mammoth.convert_to_html(
            BytesIO(data),
            style_map="p[style-name='Title'] => h1.title:fresh",
            convert_image=mammoth.images.img_element(lambda image: {}),
        ).value
    except WellreadError:
        raise
    except Exception as error:
        what = " ".join(str(error).split()) or type(error).__name__
        raise WellreadError(
            f"the file cannot be read as a Word document ({what})", "open it in Word and save it as .docx"
        ) from error
    page = parse_html(html)
    for link in page.select('a[href^="#footnote-ref-"], a[href^="#endnote-ref-"]'):
        link.decompose()  # the arrow from a footnote back to the text
    lost = words - (Counter(re.findall(r"\w+", page.get_text(""))) | Counter(re.findall(r"\w+", page.get_text(" "))))
    if not lost:
        return str(page), ()
    shown = " ".join(list(lost)[:10])
    return str(page), (
        f"words of text boxes or fields are missing, type them in: {shown}{' …' if len(lost) > 10 else ''}",
    )


def _docx_words(document: bytes) -> Iterator[str]:
    """The words of a Word document's body, without those that are there a second time for old programs."""

    def walk(element: ElementTree.Element) -> Iterator[str]:
        if element.tag == _FALLBACK:
            return
        if element.tag in (f"{_WORD}p", f"{_WORD}tab", f"{_WORD}br", f"{_WORD}cr"):
            yield " "
        elif element.tag == f"{_WORD}t":
            yield element.text or ""
        for child in element:
            yield from walk(child)

    yield from re.findall(r"\w+", "".join(walk(ElementTree.fromstring(document))))  # noqa: S314 - expat expands no bombs
