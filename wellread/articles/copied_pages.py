"""Takes what stands around the text out of a copied page: menus above the title, the list of its headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from wellread.articles.adverts import claims_rights, is_advert, is_button, is_button_below, names_policy
from wellread.articles.date_lines import may_follow
from wellread.articles.introductions import ends_sentence
from wellread.articles.lines import Line, left_out
from wellread.datatypes import Note
from wellread.text.page_words import CONTENTS

_MOST_ABOVE = 60
"""Lines above the path of a page, at most: the largest menu seen had 40."""
_LONGEST_PATH = 200
"""Characters of a path, at most."""
_SENTENCE = 6
"""Words of a line that is a sentence of a text and of no menu, at least."""
_LEAST, _LONGEST_NAME = 3, 40
"""Lines with dots that are a list of headings at least; characters of the line above such a list at most."""
_LEAST_LINKS, _LINK_WORDS = 3, 4
"""Links of a row at least, and words of each at most."""
_PATH = re.compile(r"\s+>\s+|\s*[»›→▸❯＞]\s*")
_FROM_HOME = re.compile(r"\s+[>/|]\s+|\s*[»›→▸❯＞]\s*")
"""Signs between the parts of a page's path, "Skin > Eczema", and more of them where it begins at home."""
_LEAST_PARTS = 3
"""Parts of a path from home at least: "Start > low dose" is none."""
_HOME = re.compile(
    r"home(?:page)?|start(?:seite|side|sida|pagina)?|inicio|início|accueil|strona główna|hem|forside|hjem|etusivu|domů"
    r"|úvod|kezdőlap|acasă|главная|головна|начало|αρχική|ana ?sayfa|beranda|trang chủ|الرئيسية|דף הבית|होम|首页|首頁"
    r"|ホーム|トップ|홈",
    re.IGNORECASE,
)
_LEADER = re.compile(r"(?<![\s.…·_])(?:\s*[.…·_]){3,}+\s*\d{1,3}$")
"""Dots that lead to the number of a page."""


@dataclass(frozen=True, slots=True)
class Copied:
    """The lines of a text without what stood around it on a page, and notes that name this."""

    lines: list[Line]
    notes: tuple[Note, ...] = ()


def without_page(lines: list[Line]) -> Copied:
    """Leave out the menu and the path above the title, and the list of the headings that stand further down."""
    start = _below_path(lines)
    above = [line for line in lines[:start] if line.text]
    rest = lines[start:]
    top = [at for at, line in enumerate(rest) if line.text][:2]
    if len(top) > 1:
        path = rest[top[1]].written
        # Below a title "Home | School | Work" are places; above one they are a path.
        if _leads_to(path, rest[top[0]].written) or (_PATH.search(path) and _leads_from_home(path)):
            above.append(rest.pop(top[1]))
    foot = _foot(rest)
    end = [line for line in rest[foot:] if line.text]
    rest = rest[:foot]
    if len(top) > 1 and top[1] < foot and is_button(rest[top[1]].written):
        above.append(rest.pop(top[1]))
    listed = _contents(rest)
    contents = [rest[at] for at in listed if rest[at].text]
    notes = [_left_out(above, "it belongs to the page around the text")] if above else []
    notes += [_left_out(end, "it belongs to the page around the text")] if end else []
    notes += [_left_out(contents, "it lists headings that follow")] if contents else []
    return Copied([*rest[: listed.start], *rest[listed.stop :]], tuple(notes))


def _foot(lines: Sequence[Line]) -> int:
    """Return where the foot of a page begins: the last lines, where all are the page's own or rows of links.

    A row directly above or below another belongs to a table. "Yes" and "Facebook" belong to the line above them.
    """
    foot = len(lines)
    own = below = False
    for at in range(len(lines) - 1, 0, -1):
        text = lines[at].written
        sure = is_button(text) or claims_rights(text)
        in_table = any("|" in lines[n].written for n in (at - 1, at + 1) if n < len(lines))
        if text and not sure and is_button_below(text):
            below = True
            continue
        if text and not sure and (below or in_table or not _is_row_of_links(text)):
            break
        below = below and not sure
        own = own or sure
        foot = at if text and not below else foot
    return foot if own else len(lines)


def _is_row_of_links(text: str) -> bool:
    """Tell whether a line is a row of names of pages with bars between them, one of which each site has.

    "Cookies | Privacy | Terms" is one; "Aspirin | Ibuprofen | Naproxen" may be what not to take.
    """
    names = [name.strip() for name in text.split("|")]
    few = all(name[:1].isalpha() and len(name.split()) <= _LINK_WORDS for name in names)
    own = any(names_policy(name) or _HOME.fullmatch(name) for name in names)
    return len(names) >= _LEAST_LINKS and few and own and not any(char.isdigit() or char in ".:：!?" for char in text)


def _below_path(lines: Sequence[Line]) -> int:
    """Return the place of the title below a path that ends with it or begins at home; 0 where none stands above one."""
    written = [at for at, line in enumerate(lines[: 3 * _MOST_ABOVE]) if line.text and not is_advert(line.text)]
    for at, below in pairwise(written[:_MOST_ABOVE]):
        text = lines[at].written
        if ends_sentence(text) and len(text.split()) >= _SENTENCE:
            return 0
        if _leads_to(text, lines[written[0]].written):
            return 0
        title = lines[below].written
        if _leads_to(text, title) or (_leads_from_home(text) and may_follow(title) and _is_above_text(lines, at)):
            return below
    return 0


def _is_above_text(lines: Sequence[Line], at: int) -> bool:
    """Tell whether more lines end a sentence below a line than above it; "Home | About | Contact" may end a page."""
    said = [ends_sentence(line.text) and not claims_rights(line.text) for line in lines]
    return sum(said[at:]) > sum(said[:at])


def _leads_to(path: str, title: str) -> bool:
    """Tell whether a line is the path of a page with a title: its parts, and the title last."""
    last = _PATH.split(path)[-1].strip() if len(path) <= _LONGEST_PATH else path
    return last != path and last.casefold() == title.casefold() and any(map(str.isalpha, last))


def _leads_from_home(path: str) -> bool:
    """Tell whether a line is the path of a page from the site's first one: "Home > Skin > Eczema".

    The names of pages begin with capitals: "Start → low dose → 5 mg" says what to do.
    """
    home, *names = map(str.strip, _FROM_HOME.split(path) if len(path) <= _LONGEST_PATH else [""])
    named = not any(name[:1].islower() or name[:1].isdigit() for name in names)
    return named and len(names) + 1 >= _LEAST_PARTS and _HOME.fullmatch(home) is not None


def _contents(lines: Sequence[Line]) -> range:
    """Return the places of a list of headings, with the line above that calls it so; dots may lead to numbers."""
    written = [at for at, line in enumerate(lines) if line.text]
    keys = [_key(lines[at]) for at in written]
    below = Counter(keys[1:])  # of each line those below it
    leaders = [_LEADER.search(lines[at].text) is not None for at in written]
    for place, at in enumerate(written[1:], 1):
        below[keys[place]] -= 1
        if leaders[place] and not leaders[place - 1]:
            end = next((n for n in range(place, len(written)) if not leaders[n]), place)
            entries = keys[place:end]  # half of them head a text: "Aspirin ...... 300" may be a dose or a price
            if end - place >= _LEAST and 2 * len(set(entries).intersection(keys[end:])) >= len(entries):
                return range(at, written[end - 1] + 1)
        named = len(lines[at].text) <= _LONGEST_NAME and CONTENTS.fullmatch(lines[at].text.rstrip(":： "))
        if named and (entries_end := _end_of_entries(lines, written[place + 1 :], keys[place + 1 :], below)):
            return range(at, entries_end + 1)
    return range(0)


def _end_of_entries(
    lines: Sequence[Line], written: Sequence[int], keys: Sequence[str], often: Mapping[str, int]
) -> int:
    """Return the place of the last of the lines that stand once more further down, each alone; 0 for fewer than two.

    So it is where a line directly below them does not: then they are part of a list that says more. A sentence below
    some is the text.
    """
    seen: set[str] = set()
    last = 0
    for at, key in zip(written, keys, strict=True):
        if often[key] < 2 and last and at == last + 1:
            text = lines[at].text
            prose = len(seen) > _LEAST and len(text.split()) >= _SENTENCE and ends_sentence(text)
            return last if prose else 0
        if often[key] < 2 or key in seen:
            break
        seen.add(key)
        last = at
    return last if len(seen) > 1 else 0


def _key(line: Line) -> str:
    return _LEADER.sub("", line.text).rstrip(":： ").casefold()


def _left_out(gone: Sequence[Line], why: str) -> Note:
    remedy = "write it below the title, as a sentence, if readers should see it"
    return Note(gone[0].number, "around-text", left_out(gone, why), remedy)
