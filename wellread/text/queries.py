"""Normalises a question: takes away greetings, thanks, quotation marks, emoji, and extra marks at its end."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST_QUESTION = 1000
"""As many characters of a question are read, on the page and in the terminal: 1 MB took 8 to 18 s."""

_PICTURES = frozenset(("So", "Sk", "Cs", "Co", "Cn", "Cc", "Me"))
"""Unicode's categories of emoji, and of what cannot be seen where words end."""

_INVISIBLE = "Cf"
"""Unicode's category of what cannot be seen inside a word."""

_FAR = 100
"""Characters within which a question's greeting ends, and its thanks begin."""

_AROUND = re.compile(r"[\"“”„«»‹›*_~#|<>(){}\[\]^`]|(?<!\w)['‘’‚]|['‘’](?!\w)")
_APOSTROPHE = re.compile("[‘’ʼ]")
_MARKS = re.compile(r" ?([.?!…])(?: ?[.?!…])*")

_EDGES = " .?!…,;:/–—-"
_EDGE = rf"[{_EDGES}]*"
_WHOM = r"(?:there|all|everyone|everybody|guys|folks|team|dear|sirs?|madam|ma'?am|doctors?|docs?|dr|nurse)\b"
_GREETING = rf"(?:hi|hiya|hello|hey|dear|greetings|good (?:morning|afternoon|evening|day))\b(?: (?:or|and|{_WHOM}))*"
_WISH = r"(?:please|pls|plz)\b"
_HELP = rf"{_WISH} (?:help|advise|reply|answer)\b(?: me\b)?"
_THANKS = r"(?:many )?(?:thanks|thank (?:you|u)|thx)\b(?: (?:you|so|very|much|a|lot|again|all|in|advance)\b)*"
_REGARDS = r"(?:(?:kind|best) )?regards"
_FIRST = re.compile(rf"(?:{_EDGE}(?:{_GREETING}|{_WISH})(?![\w'-]))+", re.IGNORECASE)
_LAST = re.compile(rf"(?:{_EDGE}(?<![\w'-])(?:{_HELP}|{_WISH}|{_THANKS}|{_REGARDS}))+{_EDGE}$", re.IGNORECASE)


def normalize_query(question: str) -> str:
    """A question as it is looked for: the same whether it is shouted, quoted, greeted with or ended in three marks.

    A model reads "leg cramp", "leg cramp!" and "leg cramp?" as three things, and kinds and urgency would be told by
    marks that are there by habit. All end in a question mark here. A greeting alone is a question; marks alone stay.
    """
    seen = "".join(_shown(char) for char in question)
    text = _MARKS.sub(r"\1", " ".join(_APOSTROPHE.sub("'", _AROUND.sub(" ", seen)).split()))
    text = text.replace("!", ".").replace("…", ".").strip(_EDGES)
    greeted = _FIRST.match(text[:_FAR])
    said = text[greeted.end() :] if greeted else text
    said = said[:-_FAR] + _LAST.sub("", said[-_FAR:])
    core = said.strip(_EDGES) or text
    return f"{core}?" if core else question


@lru_cache(maxsize=1024)  # of the characters of a few scripts
def _shown(char: str) -> str:
    category = unicodedata.category(char)
    return "" if category == _INVISIBLE else " " if category in _PICTURES else char
