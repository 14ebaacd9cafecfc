"""Counts the items of a Word document's lists, and says what Word shows before each of them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from wellread.importing.symbols import is_picture_font, shown_in
from wellread.importing.word.number_forms import number_in
from wellread.importing.word.package import Package
from wellread.importing.word.styles import OFF, Item, value_of
from wellread.text.list_marks import SAYING

_PLAIN_NUMBER = re.compile(r"\(?\d+[.):]?\)?")
_SAYING = re.compile(rf"[{SAYING}]|[^\W\d_]{{2}}")
"""What a bullet shows that a reader must know: a tick, a cross, a box of a form, a word such as "Tip"."""


@dataclass(frozen=True, slots=True)
class _Level:
    """How a list counts at a depth: its form, the text around its numbers, and the number that it begins with.

    In a `legal` one, the numbers of the levels above are in figures too. `font` is that of its marks.
    """

    form: str = "bullet"
    text: str = ""
    start: int = 1
    legal: bool = False
    font: str = ""

    @property
    def counts(self) -> bool:
        """Whether it shows a number."""
        return self.form not in ("bullet", "none")


class Numbering:
    """Counts list items as Word does: lists of one pattern count on, unless one of them begins anew.

    Below a heading each list begins anew, for its section is read alone; `restarted` says that Word would count on.
    `shown` are the marks that stand in the text, and `unwritten` those whose numbers are in figures here and in words
    in Word.
    """

    def __init__(self, package: Package) -> None:
        self._pattern: dict[str, str] = {}
        self._levels: dict[tuple[str, int], _Level] = {}
        self._own: dict[tuple[str, int], _Level] = {}  # those that a list has in place of its pattern's
        self._anew: dict[str, dict[int, int]] = defaultdict(dict)
        self._counts: dict[tuple[str, str, int], int] = {}  # by pattern, list where it counts alone, and depth
        self._last: dict[str, str] = {}  # by pattern the list that counted last
        self._here: set[str] = set()
        self._before: set[str] = set()
        self.restarted = False
        self.shown: list[str] = []
        self.unwritten: list[str] = []
        root = package.related_part("numbering")
        styled: dict[str, str] = {}  # by pattern the style that has its levels
        for one in () if root is None else root:
            if one.tag == "w_abstractNum":
                key = one.get("w_abstractNumId", "")
                self._levels |= {(key, _depth(level)): _level(level) for level in one.findall("w_lvl")}
                styled |= {key: style} if (style := value_of(one, "w_numStyleLink")) else {}
            elif one.tag == "w_num":
                self._read_list(one, one.get("w_numId", ""))
        lists = _lists_of_styles(package)
        for key, pattern in self._pattern.items():
            style = styled.get(pattern, "")
            self._pattern[key] = self._pattern.get(lists.get(style, ""), pattern)

    def _read_list(self, element: Element, key: str) -> None:
        self._pattern[key] = value_of(element, "w_abstractNumId") or ""
        for change in element.findall("w_lvlOverride"):
            start = value_of(change, "w_startOverride")
            if start is not None and start.isdecimal():
                self._anew[key][_depth(change)] = int(start)
            level = change.find("w_lvl")
            if level is not None:
                self._own[key, _depth(change)] = _level(level)

    def begin_section(self) -> None:
        """Let the lists that follow begin anew."""
        self._before |= self._here
        self._here = set()
        self._last = {}

    def take(self, number: tuple[str, int]) -> Item:
        """Count the next item of a list at a depth."""
        key, depth = number
        pattern = self._pattern.get(key, f"list {key}")
        counts = self._level(key, depth).counts
        goes_on = key in self._before and key not in self._here
        if self._last.get(pattern) != key and self._anew[key]:
            for level, start in self._anew[key].items():
                self._counts[self._place(key, level)] = start - 1
        elif goes_on:
            for place in [place for place in self._counts if place[0] == pattern]:
                del self._counts[place]
            self.restarted = self.restarted or counts
        self._here.add(key)
        self._last[pattern] = key
        count = self._count(key, depth)
        shown = self._shown(key, depth)
        mark = "" if (_PLAIN_NUMBER.fullmatch(shown) if counts else not _SAYING.search(shown)) else shown
        # A list that begins anew is another list than the one above it, though it has the same pattern.
        list_id = key if self._anew[key] else f"pattern {pattern}"
        self.shown.append(mark)
        return Item(depth, count if counts and not mark else None, list_id, mark)

    def heading_mark(self, number: tuple[str, int]) -> str:
        """Count the next heading of a numbered kind, and give its mark: "2.", "2.1"; they count through all text."""
        key, depth = number
        if not self._level(key, depth).counts:
            return ""
        self._count(key, depth)
        self.shown.append(self._shown(key, depth))
        return self.shown[-1]

    def _level(self, key: str, depth: int) -> _Level:
        pattern = self._pattern.get(key, f"list {key}")
        return self._own.get((key, depth)) or self._levels.get((pattern, depth)) or _Level()

    def _count(self, key: str, depth: int) -> int:
        here = self._place(key, depth)
        for place in [place for place in self._counts if place[0] == here[0] and place[2] > depth]:
            del self._counts[place]
        self._counts[here] = self._counts.get(here, self._level(key, depth).start - 1) + 1
        return self._counts[here]

    def _place(self, key: str, depth: int) -> tuple[str, str, int]:
        """Where the items of a depth are counted: with those of all lists of the pattern, which share a count.

        A list whose own level counts where its pattern has bullets, or the other way, counts alone.
        """
        pattern = self._pattern.get(key, f"list {key}")
        own, usual = self._own.get((key, depth)), self._levels.get((pattern, depth))
        alone = own is not None and usual is not None and own.counts != usual.counts
        return (pattern, key if alone else "", depth)

    def _shown(self, key: str, depth: int) -> str:
        """What Word shows before the item that was counted last: the text of its level with the numbers filled in."""
        shown = self._level(key, depth)

        def number(place: re.Match[str]) -> str:
            depth = int(place[1]) - 1
            level = self._level(key, depth)
            count = self._counts.get(self._place(key, depth), level.start)
            written = number_in("decimal" if shown.legal else level.form, count) if count else "0"
            if written is None:
                self.unwritten.append(shown.text.replace(place[0], str(count)))
            return str(count) if written is None else written

        text = re.sub(r"%([1-9])", number, shown.text) if shown.counts else shown.text
        return shown_in(shown.font, text).strip()


def _level(element: Element) -> _Level:
    form = value_of(element, "w_numFmt") or "decimal"
    start = value_of(element, "w_start") or "1"
    legal = element.find("w_isLgl")
    fonts = element.find("w_rPr/w_rFonts")
    font = "" if fonts is None else fonts.get("w_ascii") or fonts.get("w_hAnsi") or ""
    return _Level(
        form,
        value_of(element, "w_lvlText") or ("" if form in ("bullet", "none") else f"%{_depth(element) + 1}."),
        int(start) if start.isdecimal() else 1,
        legal is not None and legal.get("w_val", "1") not in OFF,
        font if is_picture_font(font) else "",
    )


def _lists_of_styles(package: Package) -> dict[str, str]:
    """The lists that styles of lists stand for, by the style: their levels are those of other lists too."""
    styles = package.related_part("styles")
    named = [] if styles is None else [one for one in styles if one.get("w_type") == "numbering"]
    return {one.get("w_styleId", ""): value_of(one, "w_pPr/w_numPr/w_numId") or "" for one in named}


def _depth(element: Element) -> int:
    depth = element.get("w_ilvl", "0")
    return int(depth) if depth.isdecimal() else 0
