"""A Word document as headings, paragraphs, lists and tables."""

from __future__ import annotations

import zipfile
from io import BytesIO

from wellread.errors import WellreadError
from wellread.importing.parsing import parse_html

MAX_UNPACKED = 500_000_000
"""Bytes of all parts of a document together, at most."""


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
    return str(page), ()
