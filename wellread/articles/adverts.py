"""Knows the lines that come along when an article is copied from a web page: "READ MORE: …", "Share this page"."""

from __future__ import annotations

import re

from wellread.text.page_words import HELPFUL
from wellread.text.sentences import split_sentences

_LEADS = (
    r"read (?:more|next|also|on|this next)|also read|more (?:on this|from|like this)"
    r"|(?:also|elsewhere|more) on (?:this|our) site|related(?: (?:articles?|stories"
    r"|story"
    r"|content|links?|topics?|reading|posts?|pages?|files?))?|see also|recommended(?: for you)?|you (?:may|might) "
    r"also like"
    r"|don['’]t miss|must read|trending(?: now)?|most (?:read|popular|viewed)|watch(?: now| next)?|in pictures|listen"
    r"|advertisement|advert|sponsored(?: content)?|promoted(?: content)?|sign up|subscribe|newsletter"
    # de
    r"|lesen sie (?:auch|hier|mehr)|mehr zum thema|auch interessant|weiterlesen|siehe auch|anzeige|passend dazu"
    # es, pt, it
    r"|lee(?:r)? (?:también|más)|lea (?:también|más)|te puede interesar|le puede interesar|ver también|vea también"
    r"|artículos? relacionados?|publicidad|leia (?:também|mais)|veja também|saiba mais|publicidade|leggi anche"
    r"|potrebbe interessarti|vedi anche|approfondisci|pubblicità"
    # fr, nl, pl, sv
    r"|(?:à )?lire (?:aussi|également|la suite)|voir aussi|à voir aussi|publicité|sur le même sujet|lees (?:ook|meer"
    r"|verder)"
    r"|zie ook|advertentie|czytaj (?:też|także|więcej)|zobacz (?:też|także)|reklama|läs (?:också|även|mer)|se även"
    r"|annons"
    # ru, ar, hi, zh, ja
    r"|читайте также|реклама|اقرأ أيض[اً]+|مواضيع ذات صلة|यह भी पढ़ें|इसे भी पढ़ें|相关阅读|延伸阅读|広告|関連記事"
)
_LEAD = re.compile(rf"(?P<lead>{_LEADS})(?P<rest>\s*[:：»›>|→].*|[.!…]*)", re.IGNORECASE)
_BUTTONS = r"(?:\s+[^\s\d.,:;!?]{1,12}){0,3}"
"""What is typed of the buttons behind such a question: "Yes No"."""
_NETWORKS = r"facebook|twitter|whatsapp|linkedin|pinterest|instagram|telegram|messenger|reddit|tumblr|weibo|вконтакте"
_WHOLE = re.compile(
    r"(?:share|print|e-?mail(?= )|tweet|save)(?: this)?(?: (?:page|article|story|post))?"
    rf"(?: (?:on|with|via|by) (?:{_NETWORKS}|x|e-?mail))?"
    rf"|skip to (?:main )?content|back to (?:top|home)|(?:follow|like|join) us on (?:{_NETWORKS}|x)"
    r"|(?:accept|manage) (?:all )?cookies|(?:getty images|shutterstock|istock)(?:/.{0,30})?"
    r"|(?:image (?:credit|source)s?|photo(?:graph)? credits?)\s*[:©].{0,60}"
    r"|comments? \(\d+\)|add (?:a )?comment|leave a (?:comment|reply)"
    rf"|¿?(?:{HELPFUL.pattern})[^?？]{{0,40}}[?？]{_BUTTONS}"
    rf"|(?:is|was) this (?:helpful|useful)\W*{_BUTTONS}"
    r"|yes[ /|]{1,3}no|ja[ /|]{1,3}(?:nein|nee|nej|nei)|oui[ /|]{1,3}non"
    r"|sí[ /|]{1,3}no"
    rf"|(?:[^\s\d.,!?]{{1,20}}\s+){{0,3}}(?:{_NETWORKS})\b(?:[^\w.,:!?]+(?:{_NETWORKS}|x|e-?mail|copy link))+"
    r"|haut de (?:la )?page|nach oben|artikel (?:teilen|drucken)|seite drucken"
    r"|compartir|imprimir|partager|imprimer|condividi|stampa",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    rf"yes|no|ja|nein|nee|nej|nei|oui|non|sí|sim|não|sì|tak|nie|{_NETWORKS}|x|e-?mail|copy link", re.IGNORECASE
)
"""A button that only the line above it tells from a word of the text."""
_RIGHTS = re.compile(
    r"(?:©|\(c\) ?(?:copyright|(?:19|20)\d\d)|copyright\b).{0,120}|all rights reserved\W*", re.IGNORECASE
)
_POLICIES = re.compile(
    r"(?:(?:cookies?|privacy|legal|terms|accessibility|imprint|impressum|datenschutz"
    r"|mentions légales|aviso legal|privacidad|privacidade|note legali)\b(?: (?:policy|notice|statement|of use"
    r"|and conditions))?[.,·\s]*)+",
    re.IGNORECASE,
)
"""Pages about itself that each site has, as links beside whose it is."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LONGEST_RIGHTS = 50
"""Characters of a line that says whose a page is and nothing else, at most: longer ones may hold a disclaimer."""
_ELSEWHERE = re.compile(
    r"(?:share|print|email|e-mail|tweet|save)(?: this)?(?: (?:page|article|story|post))? (?:on|with|via|by) .{1,40}"
    r"|(?:follow|like|join) us on .{1,40}|image (?:credit|source)s?\b.{0,60}|photo(?:graph)?s?\s*[:©].{0,60}"
    r"|click here.{0,60}|.{1,100}\((?:opens? in (?:a )?new (?:tab|window)|(?:wird )?(?:öffnet )?in (?:einem )?neue[mn] "
    r"(?:tab|fenster)(?: geöffnet)?|(?:s'ouvre dans )?une? nouve(?:lle|l) (?:fenêtre|onglet)"
    r"|(?:se abre en )?una? nuev[ao] (?:pestaña|ventana)|(?:si apre in )?una nuova (?:scheda|finestra)"
    r"|opent in (?:een )?nieuw (?:tabblad|venster))\)",
    re.IGNORECASE,
)
"""A link as pages say it: what it says may be read as text."""


def is_advert(text: str) -> bool:
    """Tell whether a line leads elsewhere or belongs to the page around an article, and is none of its text."""
    return any(lines.fullmatch(text) for lines in (_LEAD, _WHOLE, _RIGHTS, _ELSEWHERE))


def is_button(text: str) -> bool:
    """Tell whether a line is a button of a page or its question to readers, which say nothing of the article's matter.

    >>> is_button("Was this helpful? Yes No"), is_button("Share this page Facebook Twitter Email")
    (True, True)
    >>> is_button("Read more: when to call 999"), is_button("Facebook group for parents")
    (False, False)
    """
    return _WHOLE.fullmatch(text) is not None


def is_button_below(text: str) -> bool:
    """Tell whether a line is what a button says directly below one of the page's own lines: "Yes", "Facebook"."""
    return _ANSWER.fullmatch(text) is not None


def claims_rights(text: str) -> bool:
    """Tell whether a line says whose a page is, and nothing else: "© Hill Clinic"; a number may be one to call."""
    numbered = any(map(str.isdigit, _YEAR.sub("", text)))
    if len(text) > _LONGEST_RIGHTS or numbered or _RIGHTS.match(text) is None:
        return False
    sentences = (text[a:b] for a, b in split_sentences(text))
    return all(_RIGHTS.fullmatch(said) or names_policy(said) for said in sentences)


def names_policy(text: str) -> bool:
    """Tell whether a text only names pages that each site has about itself: "Privacy policy", "Cookies. Terms"."""
    return _POLICIES.fullmatch(text) is not None
