"""Reads the shortcodes and template tags of Hugo, Jekyll and their kin: their texts stay, what they fetch is noted."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping

from wellread.articles.marktext import PARAGRAPH, argument_texts, first_argument, newlines, replace_marks, stands_alone

Named = Callable[[str, int], None]
"""Called with a mark that is left out and its place in the text."""

_REACH = 2_000
"""Characters that one mark may be long, so that a mark that never ends costs no more than that to look for."""

_MARK = re.compile(
    rf"(?<!\\)\{{\{{[<%]-?\s*(?P<hugo>[^{{}}]{{0,{_REACH}}}?)/?-?[>%]\}}\}}"
    rf"|(?<!\\)\{{%-?\s*(?P<tag>[^{{}}]{{0,{_REACH}}}?)-?%\}}"
    rf"|(?<!\\)\{{\{{-?\s*(?P<value>[^{{}}]{{0,{_REACH}}}?)-?\}}\}}"
)
_CLOSING = re.compile(r"\{\{[<%]-?\s*/\s*([\w.-]+)|\{%-?\s*end([\w-]*)")
_REFERENCES = frozenset("ref relref link post_url url doc xref".split())
_SILENT = frozenset("raw endraw assign capture toc break more summary".split())
_OWN_VALUE = re.compile(
    r"(?:param\s+|(?:\$page\.)?\$?frontmatter\.|page\.(?:meta\.|data\.)?|\.(?:params\.)?)?[\"']?(?P<key>[\w-]+)[\"']?"
    r"(?:\s*\|\s*(?:escape|e|safe|strip))*",
    re.IGNORECASE,
)
"""A value of the article's own front matter: "$frontmatter.title" (VitePress), "page.title" (Jekyll), "param title"."""
_FILTERED = re.compile(r"""\s*["']([^"']*)["']""")


def closed_marks(text: str) -> frozenset[str]:
    """Return the names of the marks that stand around text of the article, as their closing ones tell."""
    return frozenset(found[1] or found[2] or "" for found in _CLOSING.finditer(text))


def read_shortcodes(text: str, closed: Collection[str], named: Named, own: Mapping[str, str]) -> str:
    """Return a text with its shortcodes replaced by the words in them that a site shows; lines keep their numbers.

    A mark that puts in something which the file does not have (a video, a value, another file) is `named`; a value of
    the front matter, by key in `own`, is put in. Inside an address, a mark is replaced by the address in it.
    """

    def read(mark: re.Match[str]) -> str:
        ends = newlines(mark[0])
        inside = (mark["hugo"] or mark["tag"] or mark["value"] or "").strip()
        if text.endswith(("](", "](<", 'href="', "href='"), 0, mark.start()):
            return _address(inside, mark["value"] is not None)
        value = _OWN_VALUE.fullmatch(inside) if mark["value"] is not None or inside.startswith("param ") else None
        if value and value["key"].lower() in own:
            return own[value["key"].lower()] + ends
        name, arguments = _named(inside)
        if mark["value"] is not None and not argument_texts(arguments):
            literal = _FILTERED.match(inside)
            if literal and not inside[literal.end() :].strip().startswith("+"):
                return literal[1] + ends
            named(mark[0], mark.start())
            return ends
        if name.startswith(("/", "end")) or name in _SILENT:
            return (PARAGRAPH if stands_alone(text, mark) else "") + ends
        texts = argument_texts(arguments)
        paired = name in closed or (mark["tag"] is not None and "" in closed)  # Zola ends all with {% end %}
        if name not in _REFERENCES and not texts and not paired:
            named(mark[0], mark.start())
        if not texts or name in _REFERENCES:
            return (PARAGRAPH if stands_alone(text, mark) else "") + ends
        if not paired and not stands_alone(text, mark):
            return " ".join(texts) + ends  # inside a sentence or a heading
        return PARAGRAPH + PARAGRAPH.join(texts) + PARAGRAPH + ends

    return replace_marks(text, ("{{", "{%"), _MARK, read)


def _named(inside: str) -> tuple[str, str]:
    """Return the name of a mark and its arguments; Zola writes them in brackets: `warning(header="Call")`."""
    name, _, arguments = inside.partition(" ")
    if "(" in name:
        name, _, arguments = inside.partition("(")
    return name, arguments


def _address(inside: str, value: bool) -> str:
    """Return the address that a mark stands for, as far as it says so itself."""
    if value:
        literal = _FILTERED.match(inside)
        return literal[1] if literal else ""
    name, _, arguments = inside.partition(" ")
    return first_argument(arguments) if name in _REFERENCES else ""
