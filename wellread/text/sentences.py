"""Cuts paragraphs into sentences: a full stop ends one unless a number, name or abbreviation has it."""

from __future__ import annotations

import re

_ABBREVIATIONS = frozenset(
    """
    dr mr mrs ms prof st jr sr vs etc e.g i.e cf approx al inc ltd dept univ
    min max hr hrs sec wk wks yr yrs mo mos tbsp tsp oz lb lbs in ft mg mcg kg ml dl
    i.v i.m p.o b.i.d t.i.d q.i.d q.d a.m p.m m.d ph.d r.n d.o b.c a.d u.s u.k u.n e.u
    bzw usw ggf evtl z.b d.h u.a sog
    """.split()
)

# Short forms that also end sentences ("... 20 mg. Take it ...", "... at 5 p.m. Call ..."): a capital decides.
_MAY_END = frozenset("etc mg mcg kg ml dl in ft oz lb lbs hr hrs min sec wk wks yr yrs mo mos a.m p.m usw".split())

# Short forms only before a number ("Fig. 2", "Jan. 5"); elsewhere they are words ("The answer is no. Go ...").
_BEFORE_NUMBER = frozenset("no nos nr fig figs vol p pp ca jan feb mar apr jun jul aug sep sept oct nov dec".split())

# A stop with what closes behind it; white space must follow, except behind stops of scripts that write none there or
# often leave it out: Chinese, Japanese; Hindi, Bengali, Urdu (its stop also stands in numbers), Arabic, Khmer, Burmese,
# Amharic.
_END = re.compile(r"""(?:([。！？｡।॥؟។။።]+[!?！？]*|۔+(?!\d))|([.!?…]+))(["'”’»)\]」』）】]*)(?(1)|(?=\s|$))""")
_OPENERS = re.compile(r"""[\s"'“‘«(\[¿¡•\-–—]*""")
_LAST_WORD = re.compile(r"[^\s(\[\"'“‘«]+$")
_REACH = 50  # Characters looked back over, so that a text as long as a book is read in one pass.
_LIST_NUMBER = re.compile(r"(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})")


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Find the sentences of a one-line paragraph as (start, end) offsets, in order, without the space between.

    Every character but white space between sentences belongs to exactly one of them.
    """
    spans: list[tuple[int, int]] = []
    start = _skip_space(text, 0)
    for match in _END.finditer(text):
        if match.end() <= start or not _ends_sentence(text, start, match):
            continue
        spans.append((start, match.end()))
        start = _skip_space(text, match.end())
    if start < len(text):
        spans.append((start, len(text.rstrip())))
    return spans


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    stop = match.group(2)
    if not stop or _skip_space(text, match.end()) == len(text):
        return True
    opened = _OPENERS.match(text, match.end())
    begins = text[opened.end() : opened.end() + 1] if opened else ""
    if stop != ".":
        return not (begins.islower() and stop[0] not in "!?") and not (begins.islower() and match.group(3))
    if begins.islower():
        return False
    last = _LAST_WORD.search(text, max(start, match.start() - _REACH), match.start())
    word = last.group() if last else ""
    bare = word.lower().strip(",;:")
    if bare in _ABBREVIATIONS:
        return bare in _MAY_END and begins.isupper()
    if bare in _BEFORE_NUMBER and begins.isdigit():
        return False
    is_initial = len(word) == 1 and word.isalpha() and word.isupper() and begins.isupper()
    opens = match.start() - len(word) == start
    if opens and _LIST_NUMBER.fullmatch(word):
        return False
    return not (is_initial and _is_name_before(text, start, match.start() - 1))


def _is_name_before(text: str, start: int, end: int) -> bool:
    """Whether an initial can be one of a name: first in its sentence or after a capitalised word or initial."""
    before = text[max(start, end - _REACH) : end].split()
    return not before or before[-1][:1].isupper()


def _skip_space(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position
