"""HTML, of a web page or made of another file, as Markdown that says the same words in the same order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wellread.importing.formulas import raise_figures
from wellread.importing.headings import tidy_headings
from wellread.importing.left_out import LeftOut
from wellread.importing.links import tidy_links
from wellread.importing.lists import tidy_lists
from wellread.importing.tables import tidy_tables
from wellread.importing.tree import HEADINGS, nearest_around, text_of
from wellread.text.tex import tex_formulas

if TYPE_CHECKING:
    from bs4 import Tag

_BLOCKS = "main article section header footer aside address figure figcaption dl dt dd menu".split()
_DIALECTS = re.compile(
    r"^([ \t]*)([!?]{3}|/{3}|:|#\.|\(@)|([{^]|%(?=%)|:(?=[a-z0-9_+-]+:)|(?<!\S)#(?=[^\W\d_]))", re.MULTILINE
)
_NEEDLESS = re.compile(r"(?<=[^\s\\])( *)\\([&<>=+~{^:])|(?<=[^\s>-])( +\d{1,9})\\([.)])")
_WHITE = re.compile(r"[ \t\n\r\f]+")
_BOLD = ["strong", "b"]
_MARKS = [*_BOLD, "em", "i", "s", "strike", "del", "code", "kbd", "samp", "sub", "sup", "a"]
"""Elements that markdownify writes without the white space at their ends, but for a plain space."""
_EDGES = re.compile(r"^\s+|\s+$")


def take_title(text: Tag) -> str:
    """Take the title out of a text: a heading marked as the title, or else the only heading of level 1."""
    heads = text.select("h1.title") or text.find_all("h1")
    title = " ".join(heads[0].get_text(" ").split()) if len(heads) == 1 else ""
    if title:
        heads[0].decompose()
    return title


def take_first_heading(text: Tag) -> str:
    """Take the heading that a tidied text begins with where it stands above all others, or give ""."""
    headings = text.find_all(HEADINGS)
    first = headings[0] if headings else None
    begins = first is not None and text.get_text().strip().startswith(first.get_text().strip())
    levels = [int(heading.name[1]) for heading in headings]
    if first is None or not begins or len(levels) < 2 or levels[0] >= min(levels[1:]):
        return ""
    title = " ".join(first.get_text(" ").split())
    first.decompose()
    for heading in headings[1:]:
        heading.name = f"h{int(heading.name[1]) - min(levels[1:]) + 2}"
    return title


def tidy(text: Tag, base: str = "") -> tuple[list[LeftOut], list[str]]:
    """Bring a text into a form that Markdown can say; gives what was left out, and notes of what is different now.

    Headings begin at level 2, addresses are made whole by `base`, links inside the page lose their target, pictures go,
    struck-out words go, raised figures stay raised ("10⁹", not "109").

    Raises:
        WellreadError: a table has too many cells.
    """
    for piece in text.find_all(string=_WHITE):
        if nearest_around(piece, ("pre",)) is None:
            piece.replace_with(_WHITE.sub(" ", piece))  # at the end of a link, a new line would be lost
    left_out = _struck_out(text)
    notes = _read_pictures(text)
    for tag in text.find_all("label"):
        tag.unwrap()
    for tag in text.find_all("q"):  # a browser writes the marks
        tag.insert(0, '"')
        tag.append('"')
        tag.unwrap()
    for tag in text.find_all(["details", "summary", "fieldset", "legend", "hgroup", "center", "form"]):
        tag.name = "div"
    notes += [*tidy_links(text, base), *tidy_lists(text), *tidy_tables(text), *tidy_headings(text)]
    left_out += _pictures(text, notes)
    for item in text.select("ul > li"):  # such as one that was a picture: its mark alone is no item to Markdown
        if not item.get_text().strip():
            item.decompose()
    raise_figures(text)
    for tag in text.find_all(_BLOCKS):
        tag.name = "div"
    for tag in text.find_all(["span", "font", "big"]):
        tag.unwrap()  # or "1" and ". Rest", in two pieces, would be taken for an item of a list
    _keep_spaces(text)
    text.smooth()
    return left_out, notes


def _keep_spaces(text: Tag) -> None:
    """Make plain spaces of what divides words at the ends of bold words, links and the like, and in empty ones."""
    for tag in text.find_all(_MARKS):
        if nearest_around(tag, ("pre",)) is not None:
            continue
        for piece in tag.find_all(string=_EDGES, recursive=False):
            piece.replace_with(_EDGES.sub(" ", piece))
        if not tag.get_text().strip():
            tag.unwrap()


def without_emphasis(text: Tag) -> None:
    """Take bold and italics out of a text: there are places in which Markdown cannot mark them."""
    for tag in text.find_all([*_BOLD, "em", "i", "s", "strike", "del", "code", "kbd", "samp"]):
        tag.unwrap()
    text.smooth()


def to_markdown(text: Tag) -> str:
    """A tidied text as Markdown; every character that means something to Markdown is escaped."""
    from markdownify import MarkdownConverter

    class Converter(MarkdownConverter):
        """Escapes too what only some dialects read as marks: attributes, boxes, definitions, raised text.

        Two lists that stand one after the other get different marks, or Markdown would make one of them.
        """

        def escape(self, text: str, parent_tags: object) -> str:
            escaped = str(super().escape(text, parent_tags))  # type: ignore[misc]
            if tex_formulas(text):  # in a formula, a sign is read as it is written
                escaped = escaped.replace("$", r"\$")
            return _DIALECTS.sub(r"\1\\\2\3", escaped)

        def convert_ol(self, el: Tag, text: str, parent_tags: set[str]) -> str:
            made = str(super().convert_list(el, text, parent_tags))  # type: ignore[misc]
            inside = el.parent is not None and el.parent.name == "li" and el.get("start", "1") != "1"
            return f"\n{made}" if inside else made  # right below text, only a "1." begins a list

        def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
            address = str(el.get("href") or "")
            if "%" in text and text.replace("\\_", "_") == address:  # "<…%20…>" would be read with the space
                return f"[{text}]({address})"
            return str(super().convert_a(el, text, parent_tags))  # type: ignore[misc]

        def convert_li(self, el: Tag, text: str, parent_tags: set[str]) -> str:
            item = str(super().convert_li(el, text, parent_tags))  # type: ignore[misc]
            return _other_mark(item) if el.parent is not None and _second_list(el.parent) else item

    converter = Converter(heading_style="ATX", bullets="-", escape_misc=True, newline_style="backslash")
    converted = re.sub(r"(?<=\S) {2,}(?=\S)", " ", str(converter.convert_soup(text)))
    converted = re.sub(r"(?<!\\)!(?=\[)", r"\!", converted)  # "Wait![More](…)" has no picture
    if "```" not in converted:
        converted = re.sub(r"^([ \t]*)•(?=[ \t]*\S)", r"\1&bull;", converted, flags=re.MULTILINE)  # or it opens an item
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


def _struck_out(text: Tag) -> list[LeftOut]:
    """Take out what is struck out: a reader of the article could not tell that it no longer holds."""
    found = [
        tag
        for tag in text.find_all(True)
        if tag.name in ("s", "strike", "del") or "line-through" in str(tag.get("style") or "").lower()
    ]
    left_out = []
    for tag in found:
        if not tag.decomposed:
            left_out.append(LeftOut("struck out", tag.get_text(" ")))
            tag.decompose()
    return left_out


def _read_pictures(text: Tag) -> list[str]:
    """Put the words that stand for a picture in its place where a heading has no others, or they are one sign (⚠)."""
    headings = []
    for picture in text.find_all("img", alt=True):
        words = " ".join(str(picture["alt"]).split())
        heading = nearest_around(picture, HEADINGS)
        if heading is not None and words and not text_of(heading):
            headings.append(f'"{words}"')
        elif len(words) > 2 or not words or words.isalnum():
            continue
        picture.replace_with(words)
    return (
        [f"headings that are pictures have the words that stand for these: {', '.join(headings)}"] if headings else []
    )


def _pictures(text: Tag, notes: list[str]) -> list[LeftOut]:
    count = len(text.find_all(["img", "svg"]))
    if count:
        notes.append(f"pictures are left out ({count})")
    left_out = []
    for picture in text.find_all(["img", "picture", "svg"]):
        if not picture.decomposed:
            left_out.append(LeftOut("words in a drawing", picture.get_text(" ")))
            left_out.append(LeftOut("words that stand for a picture", str(picture.get("alt") or "")))
            picture.decompose()
    return left_out
