"""A web page, or a Word document turned into one, as Markdown: its main text and nothing around it."""

from __future__ import annotations

import codecs
import re
from copy import copy
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from wellread.errors import WellreadError

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
_AROUND = (
    "head title meta link base script style noscript template nav form button select iframe object svg canvas audio "
    "video dialog"
).split()
_BLOCKS = (
    "main header footer aside address figure figcaption details summary dl dt dd fieldset legend hgroup center"
).split()
_RAISED = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u00ad\ufeff]")
_NEEDLESS = re.compile(r"(?<=[^\s\\])( *)\\([&<>=+~])|(?<=[^\s>-])( +\d{1,9})\\([.)])")
_BOLD = ["strong", "b"]

MAX_HEADING = 120
"""A bold paragraph longer than this is no heading."""


def parse_html(html: str) -> BeautifulSoup:
    """Parse a page, without control characters and soft hyphens."""
    from bs4 import BeautifulSoup

    page = BeautifulSoup(html, "html.parser")
    for node in page.find_all(string=_UNSEEN):
        node.replace_with(_UNSEEN.sub("", node))
    return page


def decode_html(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Read a page's bytes in the encoding that it names, or else as UTF-8, or else, with a note, as windows-1252.

    Raises:
        WellreadError: they are not a text in that encoding.
    """
    from bs4.dammit import EncodingDetector

    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif named := EncodingDetector.find_declared_encoding(data, is_html=True):
        # What is called ISO 8859-1 on the web is windows-1252 (WHATWG Encoding, 4.2).
        encodings = ["windows-1252" if named.lower() in ("iso-8859-1", "latin-1", "latin1", "ascii") else named]
    else:
        encodings = ["utf-8-sig", "windows-1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        note = f"the page names no encoding and was read as {encoding}: look at letters with accents"
        return text.removeprefix("\ufeff"), (note,) if encoding != encodings[0] else ()
    raise WellreadError(f"the page is not a text in {encodings[0]}", "save it as UTF-8 and import that")


def main_text(page: BeautifulSoup) -> Tag:
    """Cut a page down to its main text: <main>, the only <article>, or <body> without header and footer."""
    from bs4 import Comment, Tag

    for comment in page.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for tag in page.find_all(_AROUND):
        tag.decompose()
    for tag in page.select('[hidden], [aria-hidden="true"], [role="navigation"], [role="search"]'):
        tag.decompose()
    articles = page.find_all("article")
    main = page.find("main") or page.find(role="main") or (articles[0] if len(articles) == 1 else None)
    if isinstance(main, Tag):
        return main
    body = page.body or page
    for tag in body.find_all(["header", "footer"]):
        if tag.find("h1") is None:
            tag.decompose()
    return body


def take_title(text: Tag) -> str:
    """Take the title out of a text: a heading marked as the title, or else the only heading of level 1."""
    heads = text.select("h1.title") or text.find_all("h1")
    title = " ".join(heads[0].get_text(" ").split()) if len(heads) == 1 else ""
    if title:
        heads[0].decompose()
    return title


def tidy(text: Tag, base: str = "") -> tuple[str, ...]:
    """Bring a text into a form that Markdown can say, and tell what could not be kept.

    Headings begin at level 2, addresses are made whole by `base`, links inside the page lose their target,
    pictures go, raised figures stay raised ("10⁹", not "109").
    """
    notes = [*_tables(text), *_headings(text), *_pictures(text)]
    for raised in text.find_all("sup"):
        words = raised.get_text()
        if words.strip() and not words.strip().translate(dict.fromkeys(map(ord, "0123456789+-−()n"))):
            raised.replace_with(words.translate(_RAISED))
    for link in text.find_all("a"):
        address = _address(str(link.get("href") or ""), base)
        if address:
            link["href"] = address
            del link["title"]
        else:
            link.unwrap()
    if text.find(["s", "strike", "del"]):
        notes.append("struck-out words stand in the text like all others")
    for tag in text.find_all(_BLOCKS):
        tag.name = "div"
    text.smooth()
    return tuple(notes)


def without_emphasis(text: Tag) -> None:
    """Take bold and italics out of a text: there are places in which Markdown cannot mark them."""
    for tag in text.find_all([*_BOLD, "em", "i", "s", "strike", "del", "code", "kbd", "samp"]):
        tag.unwrap()
    text.smooth()


def to_markdown(text: Tag) -> str:
    """A tidied text as Markdown; every character that means something to Markdown is escaped."""
    from markdownify import MarkdownConverter

    class Converter(MarkdownConverter):
        """Gives two lists that stand one after the other different marks, or Markdown would make one of them."""

        def convert_li(self, el: Tag, text: str, parent_tags: set[str]) -> str:
            item = str(super().convert_li(el, text, parent_tags))  # type: ignore[misc]
            return _other_mark(item) if el.parent is not None and _second_list(el.parent) else item

    converter = Converter(heading_style="ATX", bullets="-", escape_misc=True, newline_style="backslash")
    converted = re.sub(r"(?<=\S) {2,}(?=\S)", " ", str(converter.convert_soup(text)))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+$", "", converted, flags=re.MULTILINE)).strip()


def _second_list(element: Tag) -> bool:
    """Tell whether a list is the second, fourth and so on of lists of one kind that stand one after the other."""
    above = element.find_previous_siblings(True)
    count = next((n for n, tag in enumerate(above) if tag.name != element.name), len(above))
    return count % 2 == 1


def _other_mark(item: str) -> str:
    """A list item with the mark "*" for "-", or "1)" for "1."."""
    return re.sub(r"^(\d+)\.", r"\1)", item) if item[:1].isdecimal() else f"*{item[1:]}"


def without_needless_escapes(markdown: str) -> str:
    """The same Markdown, easier on the eye, if it still says the same: the caller must compare."""
    return _NEEDLESS.sub(r"\1\2\3\4", markdown)


def _tables(text: Tag) -> list[str]:
    spread = False
    for table in reversed(text.find_all("table")):
        if _only_layout(table):
            for tag in [table, *table.find_all(["caption", "thead", "tbody", "tfoot", "tr", "td", "th"])]:
                tag.name = "div"
        else:
            spread = _spread(table) or spread
    return ["a cell that spans several rows of a table is repeated in each"] if spread else []


def _headings(text: Tag) -> list[str]:
    for heading in text.find_all(_HEADINGS):
        if not heading.get_text().strip():
            heading.unwrap()
        elif heading.find_parent(["table", "li", "blockquote"]):
            heading.name = "p"
    notes = []
    if not text.find(_HEADINGS):
        bold = [paragraph for paragraph in text.find_all("p") if _all_bold(paragraph)]
        for paragraph in bold:
            paragraph.name = "h2"
        if bold:
            notes.append(f"no headings are marked as such: bold paragraphs became headings ({len(bold)})")
    levels = {int(heading.name[1]) for heading in text.find_all(_HEADINGS)}
    for heading in text.find_all(_HEADINGS):
        heading.name = f"h{min(int(heading.name[1]) - min(levels) + 2, 6)}"
        for inner in heading.find_all([*_BOLD, "em", "i"]):
            inner.unwrap()
    return notes


def _all_bold(paragraph: Tag) -> bool:
    words = "".join(paragraph.get_text().split())
    bold = "".join("".join(tag.get_text().split()) for tag in paragraph.find_all(_BOLD) if not tag.find_parent(_BOLD))
    inside = paragraph.find_parent(["li", "table", "blockquote"]) is not None
    return not inside and 0 < len(words) <= MAX_HEADING and words == bold and words[-1] not in ".:,;!"


def _pictures(text: Tag) -> list[str]:
    pictures = text.find_all(["img", "picture"])
    count = len(text.find_all("img"))
    for picture in pictures:
        picture.decompose()
    return [f"pictures are left out ({count})"] if count else []


def _address(address: str, base: str) -> str:
    """A link's whole address, or "" for one that leads nowhere outside the page."""
    address = address.strip()
    if not address or address.startswith("#"):
        return ""
    try:
        whole = urljoin(base, address)
        scheme = urlsplit(whole).scheme
    except ValueError:
        return ""
    return whole if scheme in ("", "http", "https", "mailto") else ""


def _only_layout(table: Tag) -> bool:
    """Tell whether a table only arranges text on the page: it has one column, or whole passages in its cells."""
    rows = table.find_all("tr")
    wide = any(len(row.find_all(["td", "th"], recursive=False)) > 1 for row in rows)
    sections = any(row.find(_HEADINGS) for row in rows[1:])
    return not wide or sections or table.find(["table", "ul", "ol"]) is not None


def _spread(table: Tag) -> bool:
    """Repeat each cell that spans several rows in every one of them, so that a row can be read alone."""
    found = False
    rows = table.find_all("tr")
    for at, row in enumerate(rows):
        column = 0
        for cell in row.find_all(["td", "th"], recursive=False):
            height = _span(cell, "rowspan")
            del cell["rowspan"]
            for below in rows[at + 1 : at + height]:
                found = True
                _insert(below, column, copy(cell))
            column += _span(cell, "colspan")
    return found


def _insert(row: Tag, column: int, cell: Tag) -> None:
    at = 0
    for other in row.find_all(["td", "th"], recursive=False):
        if at >= column:
            other.insert_before(cell)
            return
        at += _span(other, "colspan")
    row.append(cell)


def _span(cell: Tag, name: str) -> int:
    written = str(cell.get(name, "1")).strip()
    return min(max(int(written), 1), 1000) if written.isdecimal() else 1
