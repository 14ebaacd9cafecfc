"""Takes out of Markdown what holds no marks of a site: code and formulas, which come back, comments and scripts.

Marks are then looked for in the whole text, so that a comment inside a table or code inside a link divides none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from wellread.articles.codeblocks import is_table
from wellread.articles.marktext import newlines
from wellread.articles.sitelines import COMPUTED, is_drawn
from wellread.errors import ArticleError
from wellread.text.tex import tex_formulas

Named = Callable[[str, int, bool], None]
"""Called with what is left out, its line, and whether sites show a drawing or a result in its place."""

_SIGN = "\x02"
"""Stands around the number of a piece that was taken out. No decoded file holds this character."""

_COMMENTS = {
    "<!--": "-->",
    "{/*": "*/}",
    "{# ": "#}",
    "{{/*": "*/}}",
    "{{</*": "*/>}}",
    "{{%/*": "*/%}}",
    "{>>": "<<}",
    "{% comment %}": "{% endcomment %}",
    "{%- comment -%}": "{%- endcomment -%}",
    "{::comment}": "{:/comment}",
    "{{!--": "--}}",
    "%%": "%%",
}
"""How comments begin and end: HTML, MDX, Jinja, Hugo, CriticMarkup, Liquid, kramdown, Handlebars, Obsidian."""

_CLOSINGS = {opening: re.compile(re.escape(ending)) for opening, ending in _COMMENTS.items()} | {
    name: re.compile(rf"</{name}[^<>]*>", re.IGNORECASE) for name in ("script", "style")
}

_PIECE = re.compile(
    r"(?P<fence>^[ \t>]*(?P<mark>`{3,}|~{3,})(?P<info>[^`\n]*)$)"
    r"|(?P<code>(?<![`\\])(?P<ticks>`{1,2})(?!`)[^`\n]+(?P=ticks)(?!`))"
    r"|(?P<script>(?<!\\)<(?P<name>script|style)\b[^<>]*>)"
    rf"|(?<!\\)(?<![\d%](?=%%))(?P<comment>{'|'.join(map(re.escape, _COMMENTS))})"
    r"|(?P<formula>(?<![\w$\\])\$(?![^$]{0,400}(?:<!|%%|\{[/#{>%:]))"  # no comment in it
    r"(?:\$[^$]{1,400}\$|[^\s$](?:[^$\n]{0,200}[^\s$\\])?)\$(?![\w$]))",
    re.MULTILINE | re.IGNORECASE,
)
TAKEN = re.compile(rf"{_SIGN}(\d+)\s*{_SIGN}")
_SIGN_IN_FORMULA = re.compile(r"([\\`*_\[\]<&~])")
_DIRECTIVE = re.compile(r"\{(?!code|math|eval-rst|r\b|python|mermaid|table-of|bibl)[\w:-]+\}")
_RAW_HTML = re.compile(r"\{=html[45]?\}|\{eval-rst\}")
"""How Pandoc and Quarto name a code block that is HTML of the page, and MyST one in reStructuredText."""
_TAG_OF_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_RAW_DIRECTIVE = re.compile(r"^[ \t]*\.\. raw:: html[^\n]*$", re.MULTILINE)
_RAW_OTHER = re.compile(r"\{=\w+\}")
_OPTION_BEHIND = re.compile(r"[ \t]+:[a-z][\w-]*:(?=[ \t]|$).*")
"""An option of a directive on the line that opens it, as translation programs join them: "Note :class: tip"."""


@dataclass(frozen=True, slots=True)
class Protected:
    """A text with numbers for its code and formulas, these pieces, and the lines of the file that are code."""

    text: str
    pieces: tuple[str, ...]
    code: frozenset[int]


def protect(text: str, above: int, file: str, named: Named) -> Protected:
    """Take code, formulas, comments and scripts out of a text, over which `above` lines of the file stand.

    Lines keep their numbers. Scripts, and code that stands for a drawing or a result, are `named`. Raises
    ArticleError for a comment that is not closed: nobody can tell what it hides.
    """
    return _Scan(above + 1, file, named).protect(text)


def restore(text: str, pieces: tuple[str, ...]) -> str:
    """Put code and formulas back where they were."""
    return TAKEN.sub(lambda taken: pieces[int(taken[1])], text) if pieces else text


class _Scan:
    """One walk over a text; `line` is the line of the file that the walk has come to."""

    def __init__(self, line: int, file: str, named: Named) -> None:
        self.line = line
        self.file = file
        self.named = named
        self.pieces: list[str] = []
        self.code: set[int] = set()

    def protect(self, text: str) -> Protected:
        return Protected(self._read(text), tuple(self.pieces), frozenset(self.code))

    def _read(self, text: str) -> str:
        read: list[str] = []
        start = at = 0
        never: set[str] = set()  # comments and scripts that are not closed any more
        while found := _PIECE.search(text, at):
            end = self._end(text, start, found, never)
            if end < 0:
                at = found.start() + 1 if found["formula"] else found.end()
                continue
            read.append(self._passed(text[start : found.start()]))
            start = at = end
            read.append(self._piece(found, text[found.start() : end]))
        read.append(self._passed(text[start:]))
        return "".join(read)

    def _passed(self, text: str) -> str:
        self.line += text.count("\n")
        return text

    def _piece(self, found: re.Match[str], whole: str) -> str:
        if found["fence"] and _RAW_HTML.fullmatch(found["info"].strip()):
            body, _, _ = whole[len(found["fence"]) :].rpartition("\n")
            return self._read(f"{_RAW_DIRECTIVE.sub('', body)}\n")
        drawn = bool(found["fence"]) and is_drawn(found["info"])
        if found["fence"] and not drawn and _DIRECTIVE.match(found["info"].strip()):
            return self._directive(found, whole)
        line = self.line
        self._passed(whole)
        if found["formula"]:  # shown as it is written, its signs too
            return self._take(_SIGN_IN_FORMULA.sub(r"\\\1", whole))
        if found["comment"]:
            return newlines(whole)
        if found["script"] or (found["code"] and COMPUTED.fullmatch(whole)):
            self.named(found["script"] or whole, line, False)
            return newlines(whole)
        if drawn or (found["fence"] and _RAW_OTHER.fullmatch(found["info"].strip())):
            self.named(whole, line, drawn)
            return newlines(whole)
        if found["fence"] and is_table(found["info"]):
            return _TAG_OF_BREAK.sub(" ", whole)  # a break would divide the row
        if found["fence"]:
            self.code.update(range(line, self.line + 1))
        return self._take(whole)

    def _take(self, piece: str) -> str:
        self.pieces.append(piece)
        return f"{_SIGN}{len(self.pieces) - 1}{newlines(piece)}{_SIGN}"

    def _directive(self, found: re.Match[str], whole: str) -> str:
        """Write a box between code marks, as MyST has them, as one between colons; what is in it is read."""
        body, _, last = whole[len(found["fence"]) :].rpartition("\n")
        closed = last.strip(" \t>").strip(found["mark"][0]) == "" and last.strip(" \t>").startswith(found["mark"])
        opening = found["fence"].partition(found["mark"])[0] + ":::" + _OPTION_BEHIND.sub("", found["info"])
        if not closed:
            return opening + self._read(whole[len(found["fence"]) :])
        return opening + self._read(f"{body}\n") + last.partition(found["mark"][0])[0] + ":::"

    def _end(self, text: str, start: int, found: re.Match[str], never: set[str]) -> int:
        """Return where a piece ends, or -1 for a mark that begins none."""
        if found["code"]:
            return found.end()
        if found["formula"]:
            return found.end() if tex_formulas(found[0]) else -1
        if found["fence"]:
            mark = found["mark"]
            closing = re.compile(rf"^[ \t>]*{re.escape(mark)}{mark[0]}*[ \t]*$", re.MULTILINE)
            end = closing.search(text, found.end())
            return end.end() if end else len(text)
        opening = found["comment"] or found["name"]
        closing = _CLOSINGS[opening.lower()]
        end = None if opening in never else closing.search(text, found.end())
        if end:
            return end.end()
        never.add(opening)
        if opening != "<!--":
            return -1
        line = self.line + text.count("\n", start, found.start())
        remedy = 'write "-->" where it ends, or delete "<!--"'
        raise ArticleError(self.file, line, "a comment begins here and does not end", remedy)
