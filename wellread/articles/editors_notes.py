"""Knows the lines that writers leave for themselves: "TODO check the dose", "[Picture: inhaler]"."""

from __future__ import annotations

import re

from wellread.articles.introductions import ends_sentence
from wellread.articles.lettering import shouts

_ACTS = "check|ask|add|insert|confirm|verify|update|replace|delete|remove|rewrite|review|cite|link|get|needs?"
"""What writers tell themselves to do, in English; behind "TODO" in capitals they tell it from Spanish "TODO EL …"."""

_NOTE = re.compile(
    rf"(?:\A|\| |[.!?] )\W{{0,3}}(?:(?:TODO|FIXME|XXX)\s+(?i:{_ACTS})\b|"
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
_CHAT = re.compile(
    r"\W*(?:(?:certainly|sure(?: thing)?|of course|absolutely)\b[!,.]+ (?:here|below|i['’]|this)"
    r"|here(?:['’]s| is) (?:a|an|the|your)\b[^.?]{0,120}\b(?:article|version|draft|summary|leaflet|guide|text"
    r"|translation|rewrite)\b[^.?]{0,80}[:.]?\Z"
    r"|let me know if (?:you['’]d|you would|you need|you want|there['’]s)|would you like me to\b|i hope this helps"
    r"|(?:if you['’]d like|if you want|if you would like), i (?:can|could)\b|as an ai\b"
    r"|(?:claro|por supuesto|desde luego|com certeza)\b(?: que sí)?[!,.]+ (?:aqu[ií]|a continuación|te\b|segue)"
    r"|aquí (?:tienes|te dejo)\b[^.?]{0,160}:\Z|(?:quieres|te gustaría|deseas|quer|gostaria) que (?:yo|eu|lo|la|te|le"
    r"|adapte|añada|o|a)\b|(?:avísame|dime|me avise) se?i?\b"
    r"|(?:bien sûr|certainement|volontiers) ?[!,.]+ voici|(?:souhaitez|voulez)-vous que je\b"
    r"|(?:souhaites|veux)-tu que je\b"
    r"|(?:natürlich|gerne?|selbstverständlich|klar)[!,.]+ (?:hier|nachfolgend)|(?:möchtest du|möchten sie), dass ich\b"
    r"|soll ich (?:dir|ihnen|den|das|die|es|noch)\b|(?:lassen sie mich|lass mich) wissen"
    r"|(?:certo|certamente)[!,.]+ ecco|(?:vuoi|vuole|desideri) che (?:io|lo|la|te|ti|adatti)\b|fammi sapere se"
    r"|(?:natuurlijk|zeker|tuurlijk)[!,.]+ hier|(?:wil je|wilt u) dat ik\b|laat (?:het )?me weten)"
    r"|(?:当然|好的)[！!，,。]?(?:以下|这是|下面)|(?:需要|要不要)我",
    re.IGNORECASE,
)
"""How the answers of language models begin and end around the text that was asked of them."""
_MOST_CHAT = 250
"""Characters of such a line, at most."""
_TELLS = re.compile(rf"\W*(?:please )?(?:{_ACTS})\b", re.IGNORECASE)
_LONGEST = 100
"""Characters of a line that speaks of the publication, at most; a longer one tells readers of research."""
_TODO_IS_A_WORD = ("es", "gl", "pt")
"""Languages in which "todo" says "all": there a note is told by the sign behind it, "TODO: …"."""


def is_editors_note(text: str, language: str = "") -> bool:
    """Tell whether a line of an article in a language, if that is known, holds a note to those who write it.

    >>> is_editors_note("FIXME old number"), is_editors_note("TODO el personal", "es"), is_editors_note("TBC is rare")
    (True, False, False)
    >>> is_editors_note("Ginger may help. TODO check the dose"), is_editors_note("No espere. TODO EL personal")
    (True, False)
    >>> is_editors_note("CHECK WITH PHARMACY BEFORE PUBLISHING"), is_editors_note("CHECK YOUR SKIN")
    (True, False)
    >>> is_editors_note("Certainly! Here is a leaflet about gout:"), is_editors_note("Here is what you can do:")
    (True, False)
    """
    if len(text) <= _LONGEST and _PUBLISHING.search(text) and (not ends_sentence(text) or _TELLS.match(text)):
        return True
    if len(text) <= _LONGEST and (_UNDONE.fullmatch(text) or _is_undone(text)):
        return True
    if len(text) <= _MOST_CHAT and _CHAT.match(text):
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
