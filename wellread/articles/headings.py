"""Finds the headings of a plain text and their depth, by their form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from wellread.articles.adverts import is_advert, is_button, is_button_below
from wellread.articles.bare_lists import BareLists, find_bare_lists
from wellread.articles.date_lines import prints_review
from wellread.articles.editors_notes import is_editors_note
from wellread.articles.introductions import COLONS, JOINS_UNSPACED, ends_sentence, ends_unfinished
from wellread.articles.labels import below_brackets, counted_labels, divide_by_labels, labelled_questions
from wellread.articles.lettering import holds_telephone, is_bracketed, is_code, shouts, unspaced, without_picture
from wellread.articles.lines import Unit
from wellread.articles.marked_headings import marked_headings
from wellread.articles.outline import announces_faq, asks, is_question
from wellread.articles.subtitles import count_subtitles, is_subtitle
from wellread.text.dates import is_date
from wellread.text.list_marks import counted_mark
from wellread.text.sentences import split_sentences

MAX_CHARS = 120
MAX_WORDS = 18

_INTRODUCES = frozenset(
    "a an are as by can following if include included includes including is may on or such that these this those to "
    "was were when with you your incluyen incluye son incluem inclui são comprennent incluent sont includono sono "
    "gehören sind umfassen zijn".split()
)
_MAX_UNSPACED_LABEL, _MAX_UNSPACED = 12, 48
"""Chinese or Japanese letters of a label and of a heading, at most: about six words, and two dozen."""
_NO_HEADING = re.compile(
    r"(?:by|written by|(?:medically )?reviewed by|author|updated|published|figure|fig|image|photo|picture)\b(?!\s+of\b)"
    r"|(?:note|notes|important|warning|remember|example|for example)\s*:$",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"\w{4}[.!?]['\"”’)]*\s+(?=[\w¿¡])(?![a-z])|(?:[。！]|？(?!.*？$))[^\s。！？）」』”’]")
_ENUMERATES = re.compile(r"[:：].*[,،、，].*[,،、，]")
"""What stands in "Symptoms: fever, cough, rash", which heads nothing."""
_ADDRESS = re.compile(r"://|\bwww\.|\S@\S")
_DOTTED = re.compile(r"(\d{1,2}(?:\.\d{1,2})+)\.?\s+(\S.*)")
_ENTRY = re.compile(r"[^:–—.!?]{1,40}(?:[:：]\s*(?=\S)|\s[-–—]\s+(?=\S))")
"""What begins a line of a list of numbers or words: "Poison line: 112", "Bolus - a dose given at once"."""
_ENTRY_SIGNS = (":", "：", "-", "–", "—")


@dataclass(frozen=True, slots=True)
class Structure:
    """What the units of a text are: the levels of the headings by their place, and the lists without bullets.

    `labels` are the first of the labels that may be headings in a section, where that is not sure; `subtitles` is how
    many units at the beginning belong to the title.
    """

    levels: dict[int, int]
    lists: BareLists
    labels: tuple[int, ...] = ()
    subtitles: int = 0


def find_headings(units: Sequence[Unit], lower_case: bool, below_title: bool = False) -> Structure:
    """Return the level of every unit that is a heading, by its place among the units, and the items without bullets.

    All lie on level 1 but for numbered ones, as deep as their number: "1.2" below "1.", "（一）" below "一、". Where
    underlining is the article's habit, those underlined with "=" lie on level 1, with "-" on level 2 and the others
    below. The questions of a FAQ lie one level below its heading, up to the next heading that asks nothing. Labels that
    divide a section ("Adults:", "Children:") lie one level below its heading.
    `lower_case` says that the article writes its title in lower case, and so perhaps its headings, and `below_title`
    that the first unit stands directly below the title, and so may belong to it.
    """
    search = _Search(units, lower_case)
    found = search.run()
    if below_title and (subtitles := count_subtitles(units, found)):
        search = _Search(units, lower_case, subtitles)
        found = search.run()
    only_unmarked = [at for at in found if at not in search.marked] == [0] and len(found) > 1
    if is_subtitle(units, found) or only_unmarked:
        search = _Search(units, lower_case, 1)
        found = search.run()
    # "Symptoms:" above bullets introduces them, unless all headings of the article look like this.
    if all(units[at].text.endswith(COLONS) for at in found) and any(unit.text.endswith(COLONS) for unit in units):
        search = _Search(units, lower_case, search.subtitles, colons=True)
        found = search.run()
    divided, unsure = divide_by_labels(units, found)
    levels = {**found, **divided}
    levels |= counted_labels(units, levels)
    return Structure(below_brackets(units, levels), search.lists, unsure, search.subtitles)


class _Search:
    """One walk through the units, with what has been met on the way."""

    def __init__(self, units: Sequence[Unit], lower_case: bool, subtitles: int = 0, colons: bool = False) -> None:
        self.units = units
        self.subtitles = subtitles
        self.lower_case = lower_case
        self.colons = colons
        self.levels: dict[int, int] = {}
        self.questions = labelled_questions(units)
        self.fitting: dict[int, bool] = {}  # what is known of the forms of units, by place
        self.below_buttons = _below_buttons(units)
        self.underlined = sum(bool(unit.underline) for unit in units) > 1
        self.plain_level = self._level_of_plain()
        self.marked = marked_headings(units, lambda at: self._fits(at, units[at].text), self._plain)
        self.numbers: set[str] = {""}
        self.forms: dict[str, int] = {}  # how deep the numbers of headings lie, "一、" above "（一）"
        self.form = ""  # that of the numbered heading before
        self.unmarked_above = False  # a heading without a mark of its own was met
        self.faq = 0  # the level of the FAQ's heading while inside one
        self.lists = find_bare_lists(units, self._plain)

    def run(self) -> dict[int, int]:
        for at, unit in enumerate(self.units):
            level = self._level(at)
            if level:
                self.levels[at] = self._in_faq(unit.text, level)
                self.unmarked_above = self.unmarked_above or at not in self.marked
        return self.levels

    def _level_of_plain(self) -> int:
        """Return 3, below "=" and "-", where underlining is how the article marks its headings, otherwise 1."""
        underlined = [at for at, unit in enumerate(self.units) if unit.underline]
        habit = len(underlined) > 1 and not any(self._plain(at) for at in range(underlined[0]))
        return 3 if habit else 1

    def _in_faq(self, text: str, level: int) -> int:
        if announces_faq(text):
            self.faq = level
        elif self.faq and is_question(text):
            return self.faq + 1
        elif self.faq:
            level, self.faq = min(level, self.faq) if level == self.plain_level else level, 0
        return level

    def _level(self, at: int) -> int:
        unit = self.units[at]
        if at < self.subtitles or is_editors_note(unit.text) or is_code(unit.text):
            return 0
        if unit.underline:
            return 1 if unit.underline == "=" or self.plain_level == 1 else 2
        if at + 1 == len(self.units) or unit.cells or at in self.lists.items or at in self.lists.texts:
            return 0  # a heading stands above something
        if at in self.marked:
            return self.plain_level + self.unmarked_above
        if unit.marker:
            depth = self._numbered(at)
            return depth and self.plain_level + depth - 1
        dotted = _DOTTED.fullmatch(unit.text) if unit.text[0].isdigit() else None
        if dotted:
            depth = self._dotted(dotted[1], dotted[2], at)
            return depth and self.plain_level + depth - 1
        if self._capitals(at):
            return self.plain_level
        if not self._plain(at) or self._announces(at) or _ENUMERATES.search(unit.text):
            return 0
        before = at - 1
        answers_question = self.faq and before in self.levels and is_question(self.units[before].text)
        if answers_question and not is_question(unit.text):
            return 0
        return 0 if self.underlined and self._is_of_list(at) else self.plain_level

    def _is_of_list(self, at: int) -> bool:
        """Tell whether a line is one of several short ones below one another, where headings are underlined."""
        units = self.units
        above, below = units[at - 1], units[at + 1]
        if at - 1 not in self.levels and at and not units[at].gap and self._fits(at - 1, above.text):
            return True
        if below.gap or below.marker or below.underline or not self._fits(at + 1, below.text):
            return False
        return at - 1 in self.levels or (at + 2 < len(units) and not units[at + 2].gap and not units[at + 2].underline)

    def _announces(self, at: int) -> bool:
        """Tell whether a unit of the form of a heading only announces the list below it."""
        text = self.units[at].text
        if at not in self.lists.leads or is_question(text):
            return False
        return not text.endswith(COLONS) or at - 1 in self.levels

    def _plain(self, at: int) -> bool:
        """Tell whether a unit has the form of a heading without any mark."""
        if at not in self.fitting:
            self.fitting[at] = at in self.questions or self._has_form(at)
        if not self.fitting[at] or at in self.questions:
            return self.fitting[at]
        return self._label(at) if self.units[at].text.endswith(COLONS) else True

    def _has_form(self, at: int) -> bool:
        unit = self.units[at]
        if (
            at < self.subtitles
            or unit.marker
            or unit.cells
            or at + 1 == len(self.units)
            or not self._fits(at, unit.text)
        ):
            return False
        if self._is_entry(at) or holds_telephone(unit.text) or at in self.below_buttons:
            return False
        above = self.units[at - 1] if at else None
        if above and above.marker and unit.indent >= above.indent + 2:
            return False  # goes on with the list item above
        asking = asks(unit.text) and is_question(unit.text.rstrip(" ?"))
        return not unit.text[0].islower() or self.lower_case or asking

    def _is_entry(self, at: int) -> bool:
        """Tell whether a line is one of several of the form "name: value" that stand directly below one another."""
        units = self.units
        text = units[at].text
        if (
            text.endswith(COLONS)
            or not any(sign in text for sign in _ENTRY_SIGNS)
            or asks(text)
            or not _ENTRY.match(text)
        ):
            return False
        below = at + 1 < len(units) and not units[at + 1].gap and _ENTRY.match(units[at + 1].text)
        return bool(below) or (at > 0 and not units[at].gap and _ENTRY.match(units[at - 1].text) is not None)

    def _label(self, at: int) -> bool:
        """Tell whether a line that ends in a colon is a heading, "Symptoms:", rather than an introduction."""
        words = re.findall(r"\w+", self.units[at].text.lower())
        if _INTRODUCES.intersection(words) or JOINS_UNSPACED.search(self.units[at].text):
            return False
        if unspaced(self.units[at].text) > _MAX_UNSPACED_LABEL:
            return False
        if self.units[at + 1].marker:
            return self.colons and len(words) <= 4 and at - 1 not in self.levels
        return len(words) <= 6

    def _capitals(self, at: int) -> bool:
        unit, below = self.units[at], self.units[at + 1]
        if not shouts(unit.text) or unit.size > 1 or len(unit.text) > MAX_CHARS or holds_telephone(unit.text):
            return False
        alone = not (below.gap == 0 and shouts(below.text)) and not is_advert(unit.text)
        return alone and sum(map(str.isalpha, unit.text)) > 1 and unit.text[-1] not in ".!,;"

    def _numbered(self, at: int) -> int:
        """Return the depth of "2. Causes" as a heading, 0 for an item of a list.

        Items follow one another; a heading has something else below it. The last item of a list has that too,
        but it has its list above. Numbers of another form that begin with 1 inside others lie below those.
        """
        unit, below = self.units[at], self.units[at + 1]
        counted = counted_mark(unit.marker)
        if not counted or not self._fits(at, unit.text) or unit.text[0].islower():
            return 0
        number, mark = counted
        if counted_mark(below.marker) == (number + 1, mark) or unit.text.endswith(COLONS):
            return 0
        above = self.units[at - 1] if at else None
        ends_list = above and at - 1 not in self.levels and counted_mark(above.marker) == (number - 1, mark)
        if ends_list and not (unit.gap and str(number - 1) in self.numbers):
            return 0
        self.numbers.add(str(number))
        self.forms.setdefault(mark, self.forms.get(self.form, 0) + (number == 1 or not self.forms))
        self.form = mark
        return self.forms[mark]

    def _dotted(self, number: str, text: str, at: int) -> int:
        """Return the depth of "1.2 In children" where 1.1 came before, so that "1.5 million people" has none."""
        parent, _, last = number.rpartition(".")
        before = f"{parent}.{int(last) - 1}"
        if not self._fits(at, text) or not (before in self.numbers or (last == "1" and parent in self.numbers)):
            return 0
        self.numbers.add(number)
        return number.count(".") + self.forms.get(".", 1)

    def _fits(self, at: int, text: str) -> bool:
        """Tell whether a text of a unit is short and unfinished enough for a heading, or asks one question."""
        question = asks(text)
        size = self.units[at].size
        if len(text) > MAX_CHARS or (size > 1 and not question) or text.endswith((",", "،", "、")):
            return False
        if (not question and text[-1] not in COLONS and ends_sentence(text)) or len(text.split()) > MAX_WORDS:
            return False
        if not question and unspaced(text) > _MAX_UNSPACED:
            return False
        words = text.strip("【】〖〗") if is_bracketed(text) else without_picture(text)
        if not (words[:1].isalnum() or words[:1] in tuple("¿¡\"'“‘«(")) or not any(map(str.isalpha, text)):
            return False
        if is_code(text):
            return False
        if question and not (self.units[at].marker or all(asks(text[a:b]) for a, b in split_sentences(text))):
            return False
        if ends_unfinished(text) and not (is_question(text) or self._stands_over_prose(at)):
            return False
        if is_advert(text) or is_editors_note(text):
            return False
        if any(map(str.isdigit, text)) and (prints_review(text) or is_date(text)):
            return False
        return not (_NO_HEADING.match(text) or _SENTENCES.search(text) or _ADDRESS.search(text))

    def _stands_over_prose(self, at: int) -> bool:
        """Tell whether a text that ends like half a sentence heads what is below: "Was ist das", "1. QUÉ ES".

        It has blank lines around it, or a number or capitals in their place. Below stand sentences, or one and then
        what may be the next heading: one sentence after another may be a list that the text announces.
        """
        unit, below = self.units[at], self.units[at + 1]
        marked = shouts(unit.text) or counted_mark(unit.marker) is not None
        if (at and not unit.gap) or not (below.gap or marked) or below.marker or below.cells:
            return False
        if below.text[0].islower() or not ends_sentence(below.text):
            return False
        if below.size > 1 or len(split_sentences(below.text)) > 1:
            return True
        after = self.units[at + 2] if at + 2 < len(self.units) else None
        if after is None or after.cells or (after.marker and counted_mark(after.marker) is None):
            return marked
        return not ends_sentence(after.text) or asks(after.text)


def _below_buttons(units: Sequence[Unit]) -> frozenset[int]:
    """Return the places of answers, "Yes", and of such words below the question of a page to its readers."""
    found: set[int] = set()
    for at, (above, unit) in enumerate(pairwise(units), 1):
        if is_button_below(unit.text) and (at - 1 in found or is_button(above.text)):
            found.add(at)
    return frozenset(found)
