"""Knows the lines that writers leave for themselves: "TODO check the dose", "[Picture: inhaler]"."""

from __future__ import annotations

import re

from wellread.articles.introductions import ends_sentence
from wellread.articles.lettering import shouts

_ACTS = "check|ask|add|insert|confirm|verify|update|replace|delete|remove|rewrite|review|cite|link|get|needs?"
"""What writers tell themselves to do, in English; behind "TODO" in capitals they tell it from Spanish "TODO EL …"."""

_NOTE = re.compile(
    rf"(?:\A|\| )\W{{0,3}}(?:(?:TODO|FIXME|XXX)\s+(?i:{_ACTS})\b|"
    r"(?P<word>(?:TODO|FIXME|XXX)\s+(?![A-ZÀ-Þ]{2})\w)|(?:TODO|FIXME|XXX)\s*(?:[^\w\s]|\Z))"
    r"|\((?:TODO|FIXME|TBD)\b|\[(?:TODO|FIXME|XXX|TBD|TBC)\b|\b(?i:lorem ipsum)\b"
    r"|\A\[[^\W\d_][^\[\]]{0,40}[\s:：][^\[\]]{1,200}\]\.?\Z"
)
"""What writers leave for themselves: "TODO check the dose", "[TBC]", a line "[Picture: inhaler]" or "[add a number]" in
any language. Bare "TBC" is tuberculosis."""
_PUBLISHING = re.compile(
    r"\b(?:(?:before|prior to|until) (?:it is |this is )?(?:publi(?:shing|cation|shed)|going live|we publish|uploading)"
    r"|(?:do not|don['’]t|not to be) publish(?:ed)?|not for publication"
    r"|(?:delete|remove) this (?:line|note)|delete this before"
    r"|(?:vor|bis zur) (?:der )?veröffentlichung|nicht veröffentlichen|vor dem veröffentlichen"
    r"|(?:antes de|no) publicar|não publicar|avant (?:la )?publication|avant de publier|ne pas publier"
    r"|prima (?:di pubblicare|della pubblicazione)|non pubblicare|(?:voor|vóór) publicatie|niet publiceren"
    r"|przed publikacją|nie publikować|(?:före|innan) publicering|publicera inte|перед публикацией|не публиковать"
    r"|قبل النشر|ليس للنشر|प्रकाशन से पहले)(?!\w)|发布前|發布前|请勿发布|公開前",
    re.IGNORECASE,
)
"""What is said of the publication of a text, and so to those who publish it."""
_UNDONE = re.compile(
    r".*\b(?:(?<!need )(?<!needs )(?<!have )(?<!has )to be "
    r"(?:confirmed|added|written|updated|supplied|agreed|signed off)"
    r"|needs? (?:(?:a |an )?(?:source|update)|sign[- ]?off|approval)"
    r"|(?:awaiting|waiting for|pending) (?:approval|sign[- ]?off)"
    r"|noch (?:zu )?(?:klären|ergänzen)|pendiente de (?:revisión|revisar|confirmar|aprobación)|nog (?:te )?aanvullen)"
    r"|.*(?:待确认|待補|待补充|要確認)",
    re.IGNORECASE,
)
"""How a line ends that says what is still to be done: "DOSE TO BE CONFIRMED"."""
_MAY_BE_UNDONE = re.compile(
    r"\b(?:to be checked|needs? (?:a )?(?:checking|check|review)"
    r"|(?:awaiting|waiting for|pending) (?:review|confirmation)"
    r"|noch (?:zu )?prüfen|por confirmar|a confirmar|nog (?:te )?controleren|à (?:vérifier|compléter|relire)"
    r"|da (?:verificare|completare|confermare)|do (?:sprawdzenia|uzupełnienia)|уточнить|проверить)\W*$",
    re.IGNORECASE,
)
"""The same in words that are also said to readers, "When your eyes need a check", unless in capitals or set apart."""
_BEFORE = re.compile(r"(?:.*(?::|\s[–—-])\s+)?")
_TELLS = re.compile(rf"\W*(?:please )?(?:{_ACTS})\b", re.IGNORECASE)
_LONGEST = 100
"""Characters of a line that speaks of the publication, at most; a longer one tells readers of research."""
_TODO_IS_A_WORD = ("es", "gl", "pt")
"""Languages in which "todo" says "all": there a note is told by the sign behind it, "TODO: …"."""


def is_editors_note(text: str, language: str = "") -> bool:
    """Tell whether a line of an article in a language, if that is known, holds a note to those who write it.

    >>> is_editors_note("FIXME old number"), is_editors_note("TODO el personal", "es"), is_editors_note("TBC is rare")
    (True, False, False)
    >>> is_editors_note("CHECK WITH PHARMACY BEFORE PUBLISHING"), is_editors_note("CHECK YOUR SKIN")
    (True, False)
    """
    if len(text) <= _LONGEST and _PUBLISHING.search(text) and (not ends_sentence(text) or _TELLS.match(text)):
        return True
    if len(text) <= _LONGEST and (_UNDONE.fullmatch(text) or _is_undone(text)):
        return True
    note = _NOTE.search(text)
    return note is not None and not (
        (note["word"] or "").startswith("TODO") and language.split("-")[0] in _TODO_IS_A_WORD
    )


def _is_undone(text: str) -> bool:
    undone = _MAY_BE_UNDONE.search(text)
    return undone is not None and (
        shouts(text) or text[0] in "([" or _BEFORE.fullmatch(text, 0, undone.start()) is not None
    )
