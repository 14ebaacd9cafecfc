"""The text inside a paragraph, heading or cell of Markdown, without its markup, and the links and footnotes in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from markdown_it.token import Token

from wellread.articles.bare_lists import is_section_name
from wellread.articles.date_lines import read_date_lines
from wellread.articles.outline import asks, is_question
from wellread.datatypes import Link, Note
from wellread.text.divided import line_width

MAX_BOLD = 120
"""A bold line of more characters is no heading."""

MAX_BOLD_WORDS = 18

MIN_LINES, MAX_LINE = 3, 40
"""Lines below one another that may be meant as lines, and letters of each at most: nobody wraps text so narrow."""

MAX_LINES = 12
"""Lines over which one sentence was typed, at most."""

_ENDS = (".", "!", "?", "…")
_LABELLED = re.compile(
    r"[*_]{0,3}(?:[^\W\d_][^\s:：|*]*[ \t]+){0,3}[^\s:：|*]*[^\W\d_][^\s:：|*]*[:：][*_]{0,3}"
    r"(?:[ \t]+|(?<=：))\S.*[^,\s]\s*"
)
"""A line of a form: "Phone: 01550 900 300"; a line that ends in a comma goes on."""
MAX_LABELLED = 90
"""Letters of a line of a form, at most; a longer one is wrapped text."""

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!;,…。।][\"'”’»)]*$|\w{4}[.!]\s+\S")
_SAID = re.compile(r"[\"“”„«‘「『].*[\"“”»’」』]")
_WANTS_NUMBER = re.compile(
    r"\b(?:than|least|most|maximum of|to|for|every|about|within|after|over|under|als|mindestens|höchstens|alle|nach|bis"
    r"|de|cada|máximo|durante|plus de|moins|toutes les|pendant|più di|ogni|per)$",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"(?:please |always |never )?(?:call|phone|ring|dial|do not|don['’]t|never|always|stop|seek|go to|get (?:help"
    r"|medical)|llame|no tome|acuda|appelez|ne prenez|rufen sie|wählen sie|nehmen sie|chiamare|chiami|ligue|procure)\b"
    r"|(?:warning|caution|important|note|remember)(?:\W*$|\s*[:：!–—]|\s+-\s)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Inline:
    """Text on one line in single spaces, the links in it, and the labels of the footnotes that it refers to."""

    text: str
    links: tuple[Link, ...] = ()
    footnotes: tuple[str, ...] = ()

    def after(self, lead: Inline, between: str) -> Inline:
        """Return this text behind another one, with `between` between them."""
        if not lead.text:
            return self
        shift = len(lead.text) + len(between)
        moved = tuple(Link(link.start + shift, link.end + shift, link.url) for link in self.links)
        text = f"{lead.text}{between}{self.text}"
        return Inline(text, lead.links + moved, lead.footnotes + self.footnotes)


def safe_link(url: str) -> bool:
    """Tell whether a link may be kept: http, https and mailto, or relative to the article."""
    scheme = _SCHEME.match(url)
    if scheme:
        return scheme[1].lower() in ("http", "https", "mailto")
    return url != "" and not url.startswith("//") and ":" not in re.split(r"[/?#]", url, maxsplit=1)[0]


def plain(tokens: Sequence[Token]) -> Inline:
    """Return the text of the parser's tokens inside a paragraph, heading or cell."""
    if len(tokens) == 1 and tokens[0].type == "text":
        return Inline(" ".join(tokens[0].content.split()))
    pieces: list[str] = []
    opened: list[tuple[int, str]] = []
    found: list[tuple[int, int, str]] = []
    footnotes: list[str] = []
    length = 0
    space = False  # white space was met, to be written once, before the next word

    def add(text: str) -> None:
        nonlocal length, space
        words = " ".join(text.split())
        if words:
            lead = " " if length and (space or text[0].isspace()) else ""
            pieces.append(lead + words)
            length += len(lead) + len(words)
            space = text[-1].isspace()
        else:
            space = space or bool(text)

    def walk(tokens: Sequence[Token]) -> None:
        for token in tokens:
            if token.type in ("softbreak", "hardbreak"):
                add(" ")
            elif token.type == "link_open":
                opened.append((length, str(token.attrs.get("href", ""))))
            elif token.type == "link_close":
                if opened:  # a bold line that ends inside a link leaves its end behind
                    start, url = opened.pop()
                    found.append((start, length, url))
            elif token.type == "footnote_ref":
                footnotes.append(str(token.meta["label"]))
                add(f"[{token.meta['label']}]")
            elif token.type == "image":
                walk(token.children or ())
            elif token.content:
                add(token.content)

    walk(tokens)
    text = "".join(pieces)
    links = [(start + (text[start : start + 1] == " "), end, url) for start, end, url in found if safe_link(url)]
    return Inline(text, tuple(Link(start, end, url) for start, end, url in links if start < end), tuple(footnotes))


def are_labelled(text: str) -> bool:
    r"""Tell whether all lines of a paragraph, two or more, are those of a form, each with its label.

    >>> are_labelled("Phone: 01550 900 300\nOpen: 9 to 5"), are_labelled("Remember: drink water\nand rest a lot.")
    (True, False)
    """
    lines = text.split("\n")
    return len(lines) > 1 and all(
        len(line) <= MAX_LABELLED and not line.lstrip(" *_")[:1].islower() and _LABELLED.fullmatch(line.strip())
        for line in lines
    )


def typed_lines(tokens: Sequence[Token], labelled: bool = False) -> list[tuple[int, Sequence[Token]]]:
    """Return the lines of a paragraph that are lines to its readers, each with the lines of the file above it.

    They end at a break that was typed (two spaces, a backslash), unless a sentence goes on below it, and between lines
    that begin with a label each, if that is bold ("**Dose:** 5 mg") or all are `labelled`.
    """
    lines: list[tuple[int, Sequence[Token]]] = []
    depth = start = passed = above = 0
    for at, token in enumerate(tokens):
        depth += token.nesting
        if token.type not in ("softbreak", "hardbreak"):
            continue
        passed += 1
        line, rest = tokens[start:at], tokens[at + 1 :]
        typed = token.type == "hardbreak" and not _goes_on(plain(line).text, _first_lines(rest))
        if depth == 0 and (typed or labelled or (_has_label(line) and _has_label(rest))):
            lines.append((above, line))
            start, above = at + 1, passed
    return [*lines, (above, tokens[start:])] if len(tokens) > start else lines


def may_be_lines(text: str) -> bool:
    """Tell whether the lines of a paragraph look as if they were meant to stay lines: three or more short ones."""
    lines = text.split("\n")
    ends = (line.rstrip()[-1:] for line in lines[:-1])
    return len(lines) >= MIN_LINES and line_width(lines) <= MAX_LINE and not any(end in ",-–—" for end in ends)


def _goes_on(above: str, below: Sequence[str]) -> bool:
    """Tell whether a sentence goes on below a break: a line in lower case below a full one, or one that ends it.

    So does a number below a word that wants one: "Never take more than", "4 g a day".
    """
    full = line_width([above]) > MAX_LINE
    if (full and above[-1:] == ",") or (below[0][:1].isdigit() and _WANTS_NUMBER.search(above)):
        return True
    if not below[0][:1].islower() or above[-1:] in (*_ENDS, ":", ";"):
        return False
    last = next((text for text, after in zip(below, [*below[1:], ""], strict=True) if not after[:1].islower()), "")
    return full or (above[:1].isupper() and last[-1:] in _ENDS)


def _first_lines(tokens: Sequence[Token]) -> list[str]:
    """Return the texts of the first lines of a paragraph, as many as a sentence may have."""
    lines: list[list[Token]] = [[]]
    for token in tokens:
        if token.type != "hardbreak":
            lines[-1].append(token)
        elif len(lines) < MAX_LINES:
            lines.append([])
        else:
            break
    return [plain(line).text for line in lines]


def _has_label(tokens: Sequence[Token]) -> bool:
    """Tell whether a line begins with bold words and a colon."""
    shown = [token for token in tokens if token.nesting or token.content.strip()]
    end = next((at for at, token in enumerate(shown) if token.type == "strong_close"), 0)
    if not end or shown[0].type != "strong_open":
        return False
    return plain(shown[:end]).text.endswith((":", "：")) or plain(shown[end + 1 : end + 2]).text.startswith((":", "："))


def split_bold_line(tokens: Sequence[Token]) -> tuple[Sequence[Token], Sequence[Token]] | None:
    """Return the tokens of the bold first line of a paragraph and those below, or None where it has no such line.

    The line must have the form of a heading: short, no sentence, no order ("Call 999"), which is bold to be seen, no
    date of a review, and nothing that somebody said, unless that is a question.
    """
    depth = 0
    bold = False
    end = len(tokens)
    for at, token in enumerate(tokens):
        if token.type in ("softbreak", "hardbreak") and depth == 0:
            end = at
            break
        if depth == 0 and token.nesting == 0 and token.content.strip(" :"):
            return None  # words that are not bold
        depth += token.nesting
        if token.nesting == 1 and depth == 1 and token.type not in ("strong_open", "em_open"):
            return None
        bold = bold or token.type == "strong_open"
    text = plain(tokens[:end]).text
    fits = 0 < len(text) <= MAX_BOLD and len(text.split()) <= MAX_BOLD_WORDS and any(map(str.isalpha, text))
    said = _SAID.fullmatch(text) and not asks(text[:-1])
    if not bold or not fits or said or _ORDER.match(text) or (_SENTENCE.search(text) and not is_question(text)):
        return None
    if any(day.kind for day in read_date_lines(text, 0)):
        return None
    return tokens[:end], tokens[end + 1 :]


def bold_title(tokens: Sequence[Token], title: str) -> int:
    """Return the place of the paragraph that gives an article its title, or -1: a bold line on top, alone.

    It is the title where the article has no other (`title`, "#"), and repeats it where it says the same.
    """
    first = next((at for at, token in enumerate(tokens) if token.type != "hr"), -1)
    if first < 0 or tokens[first].type != "paragraph_open":
        return -1
    head, rest = split_bold_line(tokens[first + 1].children or ()) or ((), ())
    words = plain(head).text
    if not words or rest or asks(words) or words.endswith((":", "：")) or is_section_name(words):
        return -1
    named = title or any(token.type == "heading_open" and token.tag == "h1" and not token.level for token in tokens)
    return first if not named or words.casefold() == title.casefold() else -1


def bold_headings(tokens: Sequence[Token]) -> tuple[set[int], set[int]]:
    """Return the places of the paragraphs that begin with a bold line which is a heading, and of one that may be.

    Of headings there are two or more, or the article has no other heading but its title; and something follows each.
    """
    outer = [
        at for at, token in enumerate(tokens) if token.level == 0 and token.nesting >= 0 and token.type != "inline"
    ]
    found: set[int] = set()
    headings = 0
    for at, after in zip_longest(outer, outer[1:]):
        token = tokens[at]
        headings += token.type == "heading_open" and not (token.tag == "h1" and headings == 0)
        if token.type != "paragraph_open":
            continue
        split = split_bold_line(tokens[at + 1].children or ())
        follows = after is not None and tokens[after].type not in ("heading_open", "hr")
        if split and (split[1] or follows):
            found.add(at)
    return (found, set()) if len(found) > 1 or not headings else (set(), found)


def bold_line_note(paragraph: Token, line: int) -> Note:
    """Say that the bold line of a paragraph may be meant as a heading; `line` is where it stands."""
    head, _ = split_bold_line(paragraph.children or ()) or ((), ())
    message = f'"{plain(head).text}" is bold, and no heading: what follows belongs to the section above'
    return Note(line, "bold-line", message, 'write "## " before it, if it heads what follows')
