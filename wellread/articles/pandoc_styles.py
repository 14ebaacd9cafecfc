"""Takes the styles of Word out of Markdown that Pandoc wrote: their words stay, a styled title is a heading."""

from __future__ import annotations

import re

from wellread.articles.marktext import newlines

_ATTRIBUTE = (
    r"(?:\.[\w:./-]+|#[^\s{}<>\"=|]+"
    r"|(?!caption=|label=|summary=)[\w:@-]+=(?:\"[^\"{}]{0,200}\"|'[^'{}]{0,200}'|[^\s\"'{}]+))"
)
_SPAN = re.compile(
    r"(?:(?<![\\!\])\w])|(?<=[\w)])(?=\[\]))"
    r"\[(?P<text>(?:[^\[\]\n]|\n(?![ \t]*\n)"
    r"|\[(?:\^[^\[\]\n]{1,100}\]|[^\[\]\n]{0,300}\]\([^()\n]{0,500}\))){0,500})\]"
    rf"(?:\{{[ \t]*(?P<known>{_ATTRIBUTE}(?:\s{{1,9}}{_ATTRIBUTE}){{0,9}})[ \t]*\}}"
    r"|(?=\{[ \t]*(?:[.#]|[\w-]+=)[^{}\n]*\}))"
)
"""Words that Pandoc gives a style, "[never]{.underline}", or none, which names a place: "[]{#_Toc1 .anchor}"."""
_DEEPEST = 4
"""Spans inside one another that are read, at most."""
_LONGEST = 250
"""Characters of a styled heading, at most: a longer one is text."""
_DIV = re.compile(
    r"^(?P<open>:{3,}[ \t]*\{[^{}\n]*?custom-style=\"(?P<style>[^\"\n]{1,60})\"[^{}\n]*\}[ \t]*)\n(?P<blank>\n?)"
    r"(?P<text>(?![ ]{0,3}(?:[#>|<&!~`]|[-*+:][ \t+-]|-{2}|\d+[.)][ \t])|[ ]{4}|\t)(?=[^\n]*[^\W_])"
    r"(?:(?!:::)(?=[ \t]*\S)[^\n]*\n){1,4})\n?:{3,}[ \t]*$",
    re.MULTILINE,
)
_TITLE = re.compile(r"title|titel|titre|título|titolo|tytuł|název|otsikko|rubrik|tittel", re.IGNORECASE)
_HEADING = re.compile(
    r"(?:heading|überschrift|titre|título|titolo|kop|nagłówek|nadpis|otsikko|rubrik|overskrift|заголовок)"
    r" ?(?P<level>[1-6])",
    re.IGNORECASE,
)
_HASHES = re.compile(r"^[ ]{0,3}#[ \t]", re.MULTILINE)


def read_styles(text: str, titled: bool) -> str:
    """Return a text without the marks of Pandoc's styles; `titled` where the front matter has the title.

    The lines keep their numbers. The first box in the style "Title" is the title where none stands above it.

    >>> read_styles('# []{#_Toc2 .anchor}Do not use [[]{#a}it]{custom-style="Strong"}', False)
    '# Do not use it'
    """
    for _ in range(_DEEPEST):
        spaced = _SPAN.sub(_words, text) if "]{" in text else text
        if spaced == text:
            break
        text = spaced
    if "custom-style=" not in text:
        return text
    boxes = list(_DIV.finditer(text))
    first = next((box for box in boxes if _TITLE.fullmatch(box["style"].strip())), None)
    title = first.start() if first and not titled and not _HASHES.search(text, 0, first.start()) else -1
    return _DIV.sub(lambda box: _heading(box, title), text) if boxes else text


def _words(span: re.Match[str]) -> str:
    return span["text"] + newlines(span["known"] or "")


def _heading(box: re.Match[str], title: int) -> str:
    """Return a box as a heading by its style; that which begins at `title` is the title of the article."""
    if named := _HEADING.fullmatch(box["style"].strip()):
        level = int(named["level"])
    elif box.start() == title:
        level = 1
    else:
        return box[0]
    words = " ".join(line.strip().rstrip("\\").rstrip() for line in box["text"].splitlines())
    if len(words) > _LONGEST:
        return box[0]
    return f"\n{box['blank']}{'#' * level} {words}" + "\n" * (box[0].count("\n") - 1 - len(box["blank"]))
