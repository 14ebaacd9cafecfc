"""Joins the lines of a plain text into paragraphs and list items: by blank lines, bullets, indentation and width."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from wellread.articles.introductions import COLONS, ends_clause, ends_sentence, ends_unfinished, introduces
from wellread.articles.lines import RULE_GAP, Line, Unit, is_rule
from wellread.articles.outline import asks, is_question
from wellread.text.divided import Vocabulary, joined_lines

MAX_WRAP = 160
"""Nobody wraps text by hand wider than this: a longer line is a whole paragraph."""

MIN_WRAP = 40
_MIN_WIDE = MIN_WRAP // 2
"""The same in Chinese and Japanese, whose letters are twice as wide."""

EXACT, LOOSE = 0.95, 0.75
"""How much of the width a line must fill to count as full: wrapped by a machine, or by hand."""

MAX_LINE_ALONE = 120
"""Characters of a line that may stand alone in wrapped text, as a heading does: those of the longest heading."""

MAX_QUESTION_LINES = 3
"""Lines over which a question that heads a section may be wrapped."""

_BRACKETS = str.maketrans("（）", "()")
_DIVIDED = re.compile(r"[^\W\d_][-\u2010]|.*\u00ad")
"""The end of a line that divides a word."""
_LABEL = re.compile(r"[^\W\d_][^.:!?]{0,30}:(?=\s\S)")
_INNER_END = re.compile(r"[.!?。！？؟।۔]['\"”’»)\]]*\s+\S")


def join_lines(lines: Sequence[Line]) -> list[Unit]:
    """Join lines into units, in order; every word of the lines is in one of them, but for drawn lines."""
    return _Joiner(lines).join()


class _Joiner:
    """One walk over the lines; `current` are those of the unit at hand."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.width = _wrap_width(lines)
        self.longest = min(max(_MIN_WIDE, *(line.width for line in lines)), MAX_WRAP) if lines else 0
        self.indents_openings = any(line.opens and not (at and lines[at - 1].text) for at, line in enumerate(lines))
        divided = any(_divides(line.text) for line in lines)
        self.vocabulary = Vocabulary.of(line.text for line in lines) if divided else None
        self.units: list[Unit] = []
        self.current: list[Line] = []
        self.gap = 0  # blank lines since the last unit
        self.above = 0  # blank lines above the unit at hand
        self.question_end = -1  # the last line of the question at hand
        self.bracketed = 0  # lines of it that only close a bracket of the line above
        self.lower_items = False  # inside a list without bullets whose items begin in lower case

    def join(self) -> list[Unit]:
        for at, line in enumerate(self.lines):
            if line.cells is not None:
                self._close()
                if any(line.cells):
                    gap = self.gap if self.units else 0
                    text = " | ".join(line.cells)
                    self.units.append(Unit(text, "", line.number, line.indent, gap, 1, cells=line.cells))
                    self.gap = 0
            elif not line.text and not line.marker:
                self._close()
                self.gap += 1
                self.lower_items = False
            elif is_rule(line):
                self._close(self._underline(line))
            elif self.current and self._joins(at, line):
                # What looked like a bullet inside wrapped text is a dash or a number that the wrapping put there.
                self.bracketed += _closes_bracket(self.current[-1], line)
                self.current.append(Line(line.number, line.indent, "", line.written))
            else:
                self._close()
                self.above, self.gap = self.gap if self.units else 0, 0
                self.current.append(line)
        self._close()
        return self.units

    def _close(self, underline: str | None = None) -> None:
        texts = [line.text for line in self.current if line.text]
        text = joined_lines(texts, self.vocabulary) if self.vocabulary and texts else " ".join(texts)
        if text:
            first = self.current[0]
            size = len(self.current) - self.bracketed
            self.units.append(Unit(text, first.marker, first.number, first.indent, self.above, size, underline or ""))
        self.current.clear()
        self.bracketed = 0
        if underline == "":  # a line drawn under nothing
            self.gap = max(self.gap, RULE_GAP)

    def _underline(self, line: Line) -> str:
        """Return "=" or "-" where a drawn line underlines the one line above it, "" where it only sets apart."""
        drawn = f"{line.marker}{line.text}"
        if len(self.current) != 1 or self.current[0].marker or len(self.current[0].text) > MAX_LINE_ALONE:
            return ""
        above = self.current[0].text
        # As long as the line above it, a rule was drawn for it, even where that ends with a full stop.
        fits = abs(len(drawn) - len(above)) <= max(2, len(above) // 10)
        if not fits and (drawn[0] not in "=-~" or above.endswith((".", "!", "。", "।"))):
            return ""
        return "=" if drawn[0] in "=═" else "-"

    def _joins(self, at: int, line: Line) -> bool:
        """Tell whether a line goes on with the unit above it."""
        first, last = self.current[0], self.current[-1]
        if at <= self.question_end or _closes_bracket(last, line):
            return True
        if _divides(last.text) and line.text[:1].islower() and not line.marker:
            return True
        if not line.marker and (label := _LABEL.match(first.text)) and line.indent > first.indent + label.end():
            return True  # below the text that stands in line behind a label: "Lotion:    Leave it on …"
        if self._opens_paragraph(last, line):
            return False
        wrapped = _break_was_forced(last, line, self.width, LOOSE)
        if line.marker:
            return not first.marker and wrapped and not ends_sentence(last.text)
        if line.text[0].islower():
            return not self._begins_lower_item(at, last, wrapped)
        self.lower_items = False
        if first.marker:
            return not last.text or line.indent > first.indent or (wrapped and not ends_sentence(last.text))
        if last.text.endswith(COLONS) or self._stands_alone(at, last):
            return False
        if len(self.current) - self.bracketed == 1 and not last.text.endswith("."):
            # Perhaps a heading with its text directly below; a question that just fills its line nearly always is.
            return _break_was_forced(last, line, self.width, EXACT) and not (
                asks(last.text) or self._asks_anew(last, line)
            )
        if ends_sentence(last.text):
            return wrapped and line.indent < last.indent + 2
        return True

    def _asks_anew(self, last: Line, line: Line) -> bool:
        """Tell whether a line is a whole question below one that is wider than wrapped ones: a paragraph of its own."""
        return self.width is not None and last.width > self.width / EXACT and asks(line.text) and is_question(line.text)

    def _opens_paragraph(self, last: Line, line: Line) -> bool:
        """Tell whether a line opens a paragraph by its wide space: the line above ends early, or with a sentence.

        Below a sentence of an item the space may only align the item's text, unless the text opens its paragraphs so.
        """
        if not line.opens:
            return False
        sentence = ends_sentence(last.text) and (self.indents_openings or not self.current[0].marker)
        return sentence or (not ends_sentence(last.text) and last.width < LOOSE * self.longest)

    def _begins_lower_item(self, at: int, last: Line, wrapped: bool) -> bool:
        """Tell whether a line in lower case is an item of a list without bullets, below an introduction or heading."""
        line = self.lines[at]
        if ends_clause(last.text) and not (wrapped or self.current[0].marker):
            return True
        longest = MAX_WRAP if self.lower_items else MAX_LINE_ALONE
        if wrapped or self.current[0].marker or len(line.text) > longest:
            self.lower_items = False
        elif not self.lower_items:
            lead = last.text if not self._begins_below_lead(last) else self.units[-1].text
            announced = introduces(lead) and len(last.text) + 1 + len(line.text) <= MAX_WRAP
            self.lower_items = (announced and not self._ends_sentence_above(at, lead)) or self._heads_lower_lines(
                at, last
            )
        return self.lower_items

    def _ends_sentence_above(self, at: int, lead: str) -> bool:
        """Tell whether one line in lower case only ends the sentence above: "They live in low- and", "rich lands."."""
        below = self.lines[at + 1].text if at + 1 < len(self.lines) else ""
        return not lead.endswith(COLONS) and ends_sentence(self.lines[at].text) and not below[:1].islower()

    def _begins_below_lead(self, last: Line) -> bool:
        """Tell whether a line in lower case is the first one below a blank line, under a text without a bullet."""
        return len(self.current) == 1 and _goes_on(last.text) and bool(self.units) and not self.units[-1].marker

    def _heads_lower_lines(self, at: int, last: Line) -> bool:
        """Tell whether a short line stands above two or more short ones in lower case, none of them of a sentence."""
        if len(self.current) > 1:
            return False
        below = map(self.lines.__getitem__, range(at, len(self.lines)))
        items = list(takewhile(lambda line: line.cells is None and not line.marker and _goes_on(line.text), below))
        head = last.text
        if _goes_on(head) and self.units and self.units[-1].size == 1 and not self.units[-1].marker:
            items.append(last)  # a blank line stands between the heading and its first item
            head = self.units[-1].text
        if len(items) < 2 or not head[0].isupper():
            return False
        size = len(items) - (last in items)
        after = self.lines[at + size] if at + size < len(self.lines) else None
        ends = after is None or not (after.text or after.marker) or after.text[:1].isupper()
        # Items may be long below a line that no wrapping ends so early.
        longest = MAX_LINE_ALONE if _ends_early(head, [line.text for line in items]) else MIN_WRAP
        return (
            ends
            and not _is_prose(head.rstrip(":："), MIN_WRAP)
            and not any(_is_prose(line.text, longest) for line in items)
        )

    def _stands_alone(self, at: int, last: Line) -> bool:
        """Tell whether a line, or a question over some lines, stands alone in wrapped text without blank lines.

        A sentence ends above it, and it ends where the next word had room: so its end is no wrapping's.
        """
        if self.width is None or not ends_sentence(last.text):
            return False
        words: list[str] = []
        for end in range(at, min(at + MAX_QUESTION_LINES, len(self.lines) - 1)):
            line, below = self.lines[end], self.lines[end + 1]
            if line.marker or line.cells is not None or not line.text:
                return False
            words.append(line.text)
            text = " ".join(words)
            if below.text and _break_was_forced(line, below, self.width, LOOSE):
                continue
            question = asks(text)
            alone = bool(below.text or question) and not _goes_on(below.text) and len(text) <= MAX_LINE_ALONE
            fits = question or (end == at and not ends_sentence(text))
            if not alone or not fits or _INNER_END.search(text):
                return False
            self.question_end = end
            return True
        return False


def _wrap_width(lines: Sequence[Line]) -> int | None:
    """Return the column at which the text was wrapped, or None where it was not.

    The evidence is a line that goes on in the next one with anything but a capital letter; a short one may be an item
    of a list instead, unless a sentence ends inside it, or it ends inside a word. So may one that ends with a
    semicolon, and those of a paragraph that begins in lower case, behind a colon or below a line that no wrapping ends.
    Where more lines are far wider, nothing was wrapped at that column. In a script without capitals a sentence that
    ends with its line is no evidence, and where there is none else, lines that are wider at all count, twice.
    """
    widths: list[int] = []
    share, weight = EXACT, 2
    items = False  # inside such a paragraph
    for before, line, after in zip((None, *lines), lines, lines[1:], strict=False):
        if not line.text or before is None or not before.text or before.text.endswith(COLONS):
            items = line.text[:1].islower() or _ends_early(line.text, [after.text])
        prose = _goes_on(after.text) and line.text and not (items or ends_clause(line.text))
        cased = after.text[:1].islower()
        prose = prose and (cased or not ends_sentence(line.text))
        if prose and line.cells is None and not after.marker and line.width <= MAX_WRAP:
            widths += [line.width] if line.width >= MIN_WRAP or _is_wrapped(line.text) else []
            share, weight = (LOOSE, 1) if cased else (share, weight)
    if not widths:
        return None
    width = max(MIN_WRAP, *widths)
    wider = sum(line.width > width / share for line in lines if line.cells is None)
    return width if len(widths) >= weight * wider else None


def _is_prose(text: str, longest: int) -> bool:
    """Tell whether a line is too long, or too much a piece of a sentence, for a heading or an item of a list."""
    return len(text) > longest or text[-1] in ".,;:!?…" or ends_unfinished(text) or _INNER_END.search(text) is not None


def _ends_early(text: str, below: Sequence[str]) -> bool:
    """Tell whether a short line ends far before the lines in lower case below it, where the next word had room."""
    if len(text) > MIN_WRAP or not all(line[:1].islower() for line in below):
        return False
    return len(text) + 1 + len(below[0].split()[0]) <= LOOSE * max(map(len, below))


def _goes_on(text: str) -> bool:
    return text[:1].isalpha() and not text[0].isupper()


def _is_wrapped(text: str) -> bool:
    """Tell whether a line that goes on is wrapped text, however short: a sentence or a word goes over its end."""
    return _divides(text) or _INNER_END.search(text) is not None


def _divides(text: str) -> bool:
    """Tell whether a line ends inside a word: "opera-", "low-"; a dash between words has a space before it."""
    return _DIVIDED.fullmatch(text[-2:]) is not None


def _closes_bracket(last: Line, line: Line) -> bool:
    """Tell whether a line closes a bracket that the line above it leaves open."""
    left = last.text.translate(_BRACKETS)
    rest = line.text.translate(_BRACKETS)
    return (
        not line.marker and left.rfind("(") > left.rfind(")") and 0 <= rest.find(")") < rest.find("(") % (1 + len(rest))
    )


def _break_was_forced(last: Line, line: Line, width: int | None, share: float) -> bool:
    """Tell whether the next line's first word had no room in the line before, so that wrapping broke it."""
    if width is None or last.width > min(width / LOOSE, MAX_WRAP):
        return False
    word = len((line.marker or line.text).split()[0])
    return last.width + 1 + word > share * width
