"""The text of a PDF as headings, paragraphs and bullets, guessed from the size and place of its lines."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from io import BytesIO
from itertools import pairwise
from typing import Any

from wellread.errors import WellreadError

MAX_HEADING = 120
"""A line longer than this is no heading, however large it is."""

_BULLET = re.compile(r"(?:[•●◦○▪■‣∙·–-]|\uf0b7|o(?=\s+[A-Z]))\s+")
_NUMBER = re.compile(r"\(?\d{1,2}[.)]\s+\S")
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_FIGURES = re.compile(r"[0-9+\-−]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it stands on a page: its size in points, its place from the left and from the bottom."""

    text: str
    page: int
    size: float
    bold: bool
    left: float
    bottom: float


def pdf_to_html(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Read a PDF into HTML, and tell what could not be kept.

    Raises:
        WellreadError: the file is no PDF, is locked by a password, or holds pictures of text only.
    """
    lines, dropped = _without_running_heads(_read(data))
    notes = ["headings, paragraphs and lists were guessed from the page, tables became lines: compare it all"]
    if dropped:
        notes.append(f"repeated on the pages and left out: {'; '.join(dropped)}")
    return _as_html(lines), tuple(notes)


def _read(data: bytes) -> list[Line]:
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it finds wrong is said once, with the file's name

    lines: list[Line] = []
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise WellreadError("the file is locked by a password", "save a copy without one and import that")
        for number, page in enumerate(reader.pages):
            lines += _Page(number).read(page)
    except WellreadError:
        raise
    except Exception as error:
        what = " ".join(str(error).split()) or type(error).__name__
        raise WellreadError(
            f"the file cannot be read as a PDF ({what})", "print it to a new PDF, or copy its text"
        ) from error
    if not any(char.isalpha() for line in lines for char in line.text):
        raise WellreadError("the file holds no text, only pictures of it", "run OCR on it first, or type the text")
    return lines


class _Page:
    """Puts the pieces of a page's text together to lines, in the order of the file."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.lines: list[Line] = []
        self.pieces: list[Line] = []

    def read(self, page: Any) -> list[Line]:
        page.extract_text(visitor_text=self.piece)
        self.end_line()
        return self.lines

    def piece(self, text: str, outer: Sequence[float], inner: Sequence[float], font: Any, size: float) -> None:
        if text:
            left = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
            bottom = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
            points = abs(size * (inner[3] or inner[1]) * (outer[3] or outer[1]))
            name = str((font or {}).get("/BaseFont", ""))
            bold = re.search(r"bold|black|heavy|semibold", name, re.IGNORECASE) is not None
            for number, part in enumerate(text.translate(_LIGATURES).split("\n")):
                if number:
                    self.end_line()
                self.pieces.append(Line(part, self.number, points, bold, left, bottom))

    def end_line(self) -> None:
        words = [piece for piece in self.pieces if piece.text.strip()]
        if words:
            main = max(words, key=lambda piece: len(piece.text.strip()))
            text = "".join(_raised(piece, main) for piece in self.pieces)
            bold = all(piece.bold for piece in words)
            self.lines.append(replace(main, text=" ".join(text.split()), bold=bold, left=words[0].left))
        self.pieces = []


def _raised(piece: Line, main: Line) -> str:
    """The text of a piece, as raised figures where they are small and stand above the line: 10⁹, not 109."""
    higher = piece.size < 0.95 * main.size and piece.bottom > main.bottom + 0.1 * main.size
    return piece.text.translate(_RAISED) if higher and _FIGURES.fullmatch(piece.text.strip()) else piece.text


def _without_running_heads(lines: Sequence[Line]) -> tuple[list[Line], list[str]]:
    """Leave out what stands in one place at the top or bottom of most pages, the same but for page numbers."""
    pages: defaultdict[int, list[Line]] = defaultdict(list)
    for line in lines:
        pages[line.page].append(line)
    edges: defaultdict[tuple[str, int, int], set[int]] = defaultdict(set)
    for number, page in pages.items():
        heights = sorted({line.bottom for line in page})
        for line in page:
            if line.bottom in (*heights[:2], *heights[-2:]):
                edges[_look(line)].add(number)
    often = {look for look, where in edges.items() if len(where) > 1 and len(where) > len(pages) / 2}
    dropped = dict.fromkeys(line.text for line in lines if _look(line) in often)
    return [line for line in lines if _look(line) not in often], list(dropped)[:3]


def _look(line: Line) -> tuple[str, int, int]:
    return re.sub(r"\d+", "#", line.text), round(line.size), round(line.bottom)


def _as_html(lines: Sequence[Line]) -> str:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    body = sizes.most_common(1)[0][0]
    steps = Counter(
        round(upper.bottom - lower.bottom) for upper, lower in pairwise(lines) if _below(upper, lower, 1.7 * body)
    )
    step = max(steps, key=lambda height: (steps[height], -height), default=round(body * 1.2))
    levels = _levels(lines, body)
    widest = max(len(line.text) for line in lines)
    words = set(re.findall(r"\w+", " ".join(line.text for line in lines)))
    html: list[str] = []
    group: list[Line] = []

    def close() -> None:
        if group:
            html.append(_element(group, levels.get(_rank(group[0], body)), words))
            group.clear()

    for line in lines:
        if group and not _continues(group, line, body, step, widest):
            close()
        group.append(line)
    close()
    return re.sub(r"</ul>\s*<ul>", "", "\n".join(html))


def _rank(line: Line, body: float) -> tuple[float, bool] | None:
    """What sets a line off from running text: size and weight; None for running text."""
    large = line.size > 1.08 * body
    if len(line.text) > MAX_HEADING or _BULLET.match(line.text):
        return None
    if large or (line.bold and line.size > 0.95 * body and line.text[-1] not in ".,;:!"):
        return (round(line.size), line.bold)
    return None


def _levels(lines: Sequence[Line], body: float) -> dict[tuple[float, bool] | None, int]:
    ranks = sorted({rank for line in lines if (rank := _rank(line, body))}, reverse=True)
    return {rank: min(level, 6) for level, rank in enumerate(ranks, 1)}


def _below(upper: Line, lower: Line, most: float) -> bool:
    return upper.page == lower.page and 0 < upper.bottom - lower.bottom < most


def _continues(group: Sequence[Line], line: Line, body: float, step: int, widest: int) -> bool:
    """Tell whether a line goes on with the paragraph, bullet or heading of the lines before it."""
    last = group[-1]
    rank = _rank(line, body)
    if rank != _rank(group[0], body) or _BULLET.match(line.text) or _NUMBER.match(line.text):
        return False
    if rank:
        return _below(last, line, 1.5 * line.size)
    if len(last.text) < 0.6 * widest and line.text[0].isupper():
        return False  # the line above was not full, and this begins anew: an item without its bullet
    if last.page == line.page:
        return last.bottom - line.bottom <= 1.25 * step
    return last.text[-1] not in ".!?:" and line.text[0].islower()


def _element(group: Sequence[Line], level: int | None, words: set[str]) -> str:
    text = group[0].text
    for line in group[1:]:
        head, hyphen, tail = text.rpartition("-")
        if hyphen and not tail and head[-1:].isalpha() and line.text[0].islower():
            whole = re.split(r"\W", head)[-1] + re.split(r"\W", line.text)[0]
            text = (head if whole in words else text) + line.text  # "long-term" keeps its hyphen
        else:
            text += f" {line.text}"
    if level:
        return f"<h{level}>{escape(text)}</h{level}>"
    bullet = _BULLET.match(text)
    return f"<ul><li>{escape(text[bullet.end() :])}</li></ul>" if bullet else f"<p>{escape(text)}</p>"
