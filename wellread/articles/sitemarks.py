"""Takes out of Markdown what site generators and editors' programs write into it, and keeps the text of these marks.

Comments, shortcodes, boxes, attributes, HTML, struck-out words: what readers do not see is noted with its line.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from wellread.articles.below_items import divide_below_items
from wellread.articles.boxes import has_boxes, open_boxes
from wellread.articles.directives import read_options
from wellread.articles.drawn_tables import read_drawn_tables
from wellread.articles.htmltags import read_tags
from wellread.articles.marktext import BREAK, PARAGRAPH, newlines, quoted, raised, replace_marks, stands_alone
from wellread.articles.modules import replace_modules
from wellread.articles.pandoc_styles import read_styles
from wellread.articles.protected import protect, restore
from wellread.articles.roles import read_roles
from wellread.articles.shortcodes import closed_marks, read_shortcodes
from wellread.articles.sitelines import MARKED_WORD, read_site_lines
from wellread.articles.typed_marks import read_typed_marks, space_headings
from wellread.datatypes import Note
from wellread.text.list_marks import with_boxes

_WRITE_IT = "write what your site shows there into the article, or delete the mark"
_ATTRIBUTE = r"(?:\.[\w:./-]+|#[^\s{}<>\"=|]+|[\w:@-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s\"'{}]+)|-)"
_ATTRIBUTES = re.compile(
    rf"(?:(?<![ \t\\])[ \t]+)?(?<!\\)\{{:?[ \t]*(?P<inside>{_ATTRIBUTE}(?:[ \t]+{_ATTRIBUTE}){{0,20}})[ \t]*\}}"
    rf"|\{{:\s*toc\s*\}}"
)
_CAPTION = re.compile(r"""(?<![\w-])(?:caption|label|summary)=(?:"([^"]*)"|'([^']*)')""")
_HEADING_ID = re.compile(
    r"^[ \t]{0,3}#{1,6}[ \t].*?\{[^{}\n]{0,1000}?#([\w:.-]+)[^{}\n]{0,1000}\}[ \t#]*$", re.MULTILINE
)
_STRUCK = re.compile(
    r"(?<![\\~])~~(?!~)(?P<tildes>(?:(?!~~|\n[ \t]*\n).){1,2000})~~(?!~)"
    r"|<(?P<tag>del|s|strike)\b[^<>]*>(?P<html>(?:(?!</(?P=tag)\b).){0,2000})</(?P=tag)\s*>"
    r"|(?<!\\)\{--(?P<critic>[^{}]{1,2000}?)--\}|(?<!\\)\{~~(?P<old>[^{}]{1,2000}?)~>(?P<new>[^{}]{0,2000}?)~~\}",
    re.DOTALL | re.IGNORECASE,
)
_WIKILINK = re.compile(r"(?<!\\)(?P<embed>!?)\[\[(?P<target>[^\[\]|\n]{1,200})(?:\|(?P<label>[^\[\]\n]{1,300}))?\]\]")
_PAGE = re.compile(r"\s*(<!doctype html\b[^<>]*>)", re.IGNORECASE)
_AUTOMATIC = re.compile(r"^([ \t]*)(?:#\.|\(@[\w-]*\))[ \t]+(?=\S)", re.MULTILINE)
"""Numbers that Pandoc counts itself: "#. Rest", "(@) Rest"."""
_LINE_BLOCK = re.compile(r"^(?:\|[ ][^|\n]*(?:\n|\Z)){2,}", re.MULTILINE)
"""Lines that Pandoc keeps as lines."""
_MORE_THAN = re.compile(r"^([ \t>]*(?:[-*+]|\d+[.)])[ \t]+)>(?=[ \t]*\d)|^([ \t]*)>(?=\d)", re.MULTILINE)
"""A sign before a number that says "more than" and opens no quote: "- >38 °C"."""
_RAISED = re.compile(r"(?<=[\w)])\^(?P<text>[\w+−-]{1,8})\^")
_LOWERED = re.compile(r"(?<=\w)~(?P<text>[\w+−-]{1,8})~(?!~)")
_ADDED = re.compile(
    r"(?<!\\)\{\+\+([^{}]{1,2000}?)\+\+\}|(?<![\\=])==(?=[^\s=])([^=\n]{1,1000})(?<=\S)==(?!=)"
    r"|(?<![\w\\^])\^\^(?=[^\s^])([^^\n]{1,1000})(?<=\S)\^\^(?!\^)"
    r"|(?<![\w\\+])\+\+(?=[\"\w])\"?([^\n\"]{1,200}?)(?<=[^\s+])\"?\+\+(?![\w+])",
    re.S,
)
"""Words that were added or marked, "{++new++}", "==marked==", "^^new^^", and keys as MkDocs writes them, "++ctrl++"."""
_NOTE_INSIDE = re.compile(r"(?<!\\)\^\[([^\[\]]{1,2000})\]")
_STRONG = re.compile(r"(?P<before>.?)(?<![\\*])\*\*(?!\*)(?P<text>[^*\n]{1,500})\*\*(?!\*)(?P<after>(?=(.?)))")
_NO_TERM = re.compile(r"^([ \t]*)~(?=[ \t])", re.MULTILINE)
_TIMES = re.compile(r"(?<=\d)\*(?=\d)")
_COMPONENT = re.compile(r"(?<!\\)<[A-Z][\w.]*\s[^<>]{0,1000}[/}\"']>")
"""A component of MDX whose arguments are code, so that it could not be read."""
_COMPONENTS = re.compile(r"import (?:[A-Z]\w*|(?:[A-Z]\w*, *)?\{(?:\s*[A-Z]\w*\s*,?)+\}) from ")
_REFERENCE = re.compile(r"(?<![\w@/.\\])@((?:sec|tbl)-[\w-]*\w)")
"""A heading or a table of the same text that Quarto names by its id: "see @sec-doses"."""
_TABLE_ID = re.compile(
    r"^[ \t]*(?:Table)?:[ \t]+(?P<words>[^\n{}]{1,300}?)[ \t]*\{#(?P<id>tbl-[\w-]+)[^{}\n]*\}", re.MULTILINE
)
"""The caption of a table with its id, ": Doses by age {#tbl-doses}"."""
_ICON = re.compile(r"(?<![\w:/\\]):(?:material|fontawesome|octicons|simple)-[a-z0-9-]{2,60}:[ \t]?(?![\w:/])")
"""A picture of MkDocs, ":material-printer:", which says nothing that its words do not."""
_EMOJI = re.compile(r"(?<![\w:/\\]):(?=[a-z0-9_+-]*[a-z])[a-z0-9_+-]{2,40}:(?![\w:/])")

_DOUBLED = re.compile(r"(?<![\w:`])::[a-z][\w-]{1,40}::(?![\w:])")
"""A mark of a site's own program: "::danger::", "::end::"."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Lines of plain Markdown, the line of the file of each, the ids that headings are given by line, and notes."""

    lines: tuple[str, ...]
    numbers: tuple[int, ...]
    ids: dict[int, str]
    notes: tuple[Note, ...]


def clean(text: str, above: int, file: str, own: Mapping[str, str]) -> Cleaned:
    """Return Markdown without the marks of site generators; `above` lines of the file stand over the text.

    `own` are the values of the front matter that a mark may put in, by key in small letters.

    Raises ArticleError for a comment that is not closed: nobody can tell what it hides.
    """
    return _Cleaner(text, above, file, own).clean()


class _Cleaner:
    """One walk over a text, over which `above` lines of the file stand."""

    def __init__(self, text: str, above: int, file: str, own: Mapping[str, str]) -> None:
        self.text = text
        self.above = above
        self.file = file
        self.own = own
        self.notes: list[Note] = []
        self.ids: dict[int, str] = {}
        self.code: frozenset[int] = frozenset()  # lines of the file inside fences
        self.pieces: tuple[str, ...] = ()  # code and formulas, by their numbers in the text
        self.closed = closed_marks(text)
        self.counted: tuple[str, list[int]] = ("", [])  # a text and where its lines end

    def clean(self) -> Cleaned:
        protected = protect(self.text, self.above, self.file, self._hidden)
        self.code = protected.code
        self.pieces = protected.pieces
        text = restore(self._without_marks(protected.text), protected.pieces)
        lines: list[str] = []
        numbers: list[int] = []
        rows = read_typed_marks(text.split("\n"), self.above + 1, self.code)
        rows = divide_below_items(rows, self.above + 1, self.code)
        # More than two blank lines are read as two are, each at the cost of a line of text.
        wanted = [at for at, row in enumerate(rows) if row or any(rows[max(at - 2, 0) : at])]
        numbered = [(self.above + 1 + at, rows[at]) for at in wanted]
        for number, row in open_boxes(numbered, self.code) if has_boxes(text) else numbered:
            first, *rest = row.split(BREAK)
            quote = first[: len(first) - len(first.lstrip("> \t"))] if ">" in first[:3] else ""
            for piece in (first, *(quote + piece for piece in rest)):
                lines.append(piece)
                numbers.append(number)
        notes = sorted(self.notes, key=lambda note: (note.line or 0, note.code, note.message))
        return Cleaned(tuple(lines), tuple(numbers), self.ids, tuple(notes))

    def _without_marks(self, text: str) -> str:
        captions = {found["id"]: found["words"] for found in _TABLE_ID.finditer(text)} if "{#tbl-" in text else {}
        text = space_headings(read_drawn_tables(text), "title" in self.own)
        if found := _PAGE.match(text):
            remedy = 'name it ".html" and bring it in with "wellread import"'
            self._note(text, found.start(1), "the file is a page of HTML, not a text in Markdown", remedy)
            text = newlines(found[0]) + text[found.end() :]
        whole = text
        text = replace_modules(whole, lambda mark, at: self._module(whole, mark, at))
        text = read_options(text, self._note)
        text = replace_marks(text, ("~~", "{--", "<"), _STRUCK, lambda mark: self._struck(mark.string, mark))

        def left_out(mark: re.Match[str], reason: str, remedy: str) -> None:
            self._note(mark.string, mark.start(), f'"{quoted(mark[0])}" is left out: {reason}', remedy)

        text = before = read_site_lines(read_roles(text, self.pieces, left_out), left_out)

        def named(mark: str, at: int) -> None:
            self._left_out(before, mark, at)

        text = read_shortcodes(before, self.closed, named, self.own)
        for found in _HEADING_ID.finditer(text) if "{" in text else ():
            self.ids[self._line_of(text, found.start())] = found[1]
        text = _with_names(text, captions) if "@sec-" in text or "@tbl-" in text else text
        text = self._read_tags(text)
        text = read_styles(text, "title" in self.own)
        text = replace_marks(text, ("#. ", "(@"), _AUTOMATIC, r"\g<1>1. ")
        text = replace_marks(text, ("\n| ",), _LINE_BLOCK, _line_block)
        text = replace_marks(text, ("{",), _ATTRIBUTES, lambda mark: _attributes(mark.string, mark))
        text = replace_marks(text, ("[[",), _WIKILINK, lambda mark: self._wikilink(mark.string, mark))
        text = with_boxes(text)
        text = replace_marks(text, (">",), _MORE_THAN, r"\1\2\\>")
        text = replace_marks(text, ("++", "==", "^^"), _ADDED, lambda mark: next(filter(None, mark.groups())))
        text = replace_marks(text, ("^[",), _NOTE_INSIDE, r" (\1)")
        text = replace_marks(text, ("^",), _RAISED, lambda mark: raised(mark["text"]))
        text = replace_marks(text, ("~",), _LOWERED, r"\g<text>")
        text = replace_marks(text, (":",), _ICON, "")
        for found in _EMOJI.finditer(text) if ":" in text else ():
            self._note(
                text, found.start(), f'"{found[0]}" is shown as it is written', "write the sign or the word itself"
            )
        for found in _DOUBLED.finditer(text) if "::" in text else ():
            self._note(text, found.start(), f'"{found[0]}" is shown as it is written', _WRITE_IT)
        for found in _COMPONENT.finditer(text) if "<" in text else ():
            self._note(text, found.start(), f'"{quoted(found[0])}" is shown as it is written', _WRITE_IT)
        for found in MARKED_WORD.finditer(text) if "#" in text or "@" in text else ():
            remedy = "write the words that it stands for, or delete it; a heading wants a space behind the #"
            self._note(text, found.start(), f'"{found[0]}" is shown as it is written', remedy)
        text = replace_marks(text, ("~",), _NO_TERM, r"\1\\~")
        text = replace_marks(text, ("**",), _STRONG, _strong)
        return replace_marks(text, ("*",), _TIMES, r"\\*")

    def _read_tags(self, text: str) -> str:
        def named(tag: re.Match[str], shown: bool) -> None:
            if shown:
                remedy = "write &lt; for the sign <, or delete the tag"
                self._note(tag.string, tag.start(), f'"{quoted(tag[0])}" is shown as it is written', remedy)
            else:
                self._left_out(tag.string, tag[0], tag.start())

        return read_tags(text, named)

    def _hidden(self, mark: str, line: int, drawn: bool) -> None:
        drawing = "sites show a drawing, a result or a list of files in its place"
        reason = drawing if drawn else "what it stands for is not in the file"
        remedy = "write what it says as text, or delete it" if drawn else _WRITE_IT
        self.notes.append(Note(line, "site-mark", f'"{quoted(mark)}" is left out: {reason}', remedy))

    def _struck(self, text: str, mark: re.Match[str]) -> str:
        words = mark["tildes"] or mark["html"] or mark["critic"] or mark["old"] or ""
        message = f'the struck-out words "{quoted(words)}" are left out'
        self._note(text, mark.start(), message, "delete them, or take the strike away", "struck-out")
        return (mark["new"] or "") + newlines(mark[0])

    def _wikilink(self, text: str, mark: re.Match[str]) -> str:
        if mark["embed"]:
            return self._left_out(text, mark[0], mark.start())
        target = mark["target"].strip().removesuffix("\\")  # of "\\|" in a cell
        label = (mark["label"] or target.rpartition("#")[2] or target).strip()
        return label if set(target) & set("<>") else f"[{label}](<{target}>)"

    def _module(self, text: str, mark: str, at: int) -> str:
        """Take out what MDX imports; a component (its name begins with a capital) is named where it is used."""
        return newlines(mark) if _COMPONENTS.match(mark) else self._left_out(text, mark, at)

    def _left_out(self, text: str, mark: str, at: int) -> str:
        self._note(text, at, f'"{quoted(mark)}" is left out: what it stands for is not in the file', _WRITE_IT)
        return newlines(mark)

    def _note(self, text: str, at: int, message: str, remedy: str, code: str = "site-mark") -> None:
        self.notes.append(Note(self._line_of(text, at), code, message, remedy))

    def _line_of(self, text: str, at: int) -> int:
        """Return the line of the file of a place in the piece at hand, whose marks have kept their line ends."""
        if text is not self.counted[0]:
            self.counted = (text, [end.start() for end in re.finditer("\n", text)])
        return self.above + 1 + bisect_left(self.counted[1], at)


def _with_names(text: str, captions: Mapping[str, str]) -> str:
    """Write the words of a heading, or the caption of a table, for each reference of Quarto to it."""
    words = dict(captions) | {
        found[1]: found[0].partition("{")[0].strip(" \t#*") for found in _HEADING_ID.finditer(text)
    }
    return _REFERENCE.sub(lambda mark: f"“{words[mark[1]]}”" if words.get(mark[1]) else mark[0], text)


def _line_block(mark: re.Match[str]) -> str:
    """Write a block of lines as a paragraph whose lines end in typed breaks."""
    lines = [line.removeprefix("|").strip() for line in mark[0].rstrip("\n").split("\n")]
    return "\\\n".join(lines) + "\n" * mark[0].endswith("\n")


def _attributes(text: str, mark: re.Match[str]) -> str:
    """Return the caption among attributes as text; everything else in them is for machines."""
    if text[text.rfind("\n", 0, mark.start()) + 1 : mark.start()].lstrip(" \t>").startswith(":::"):
        return mark[0]  # they are those of a box, which reads them
    shown = [one or other for one, other in _CAPTION.findall(mark["inside"] or "")]
    if not shown:
        return ""
    return PARAGRAPH + PARAGRAPH.join(shown) + PARAGRAPH if stands_alone(text, mark) else " " + " ".join(shown)


def _strong(mark: re.Match[str]) -> str:
    """Take away the marks of bold text that the parser would not know as such and show."""
    text = mark["text"]
    bare = text.strip()
    before, after = mark["before"], mark[4]
    if not bare:
        return mark[0]
    clear = (bare[0].isalnum() or not before.isalnum()) and (bare[-1].isalnum() or not after.isalnum())
    return f"{before}**{bare}**" if clear and (text == bare or not (before + after).strip()) else f"{before}{text}"
