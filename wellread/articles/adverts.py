"""Knows the lines that come along when an article is copied from a web page: "READ MORE: …", "Share this page"."""

from __future__ import annotations

import re

from wellread.text.page_words import HELPFUL

_LEADS = (
    r"read (?:more|next|also|on|this next)|also read|more (?:on this|from|like this)|related(?: (?:articles?|stories"
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
_WHOLE = re.compile(
    r"(?:share|print|email|e-mail|tweet|save)(?: this)?(?: (?:page|article|story|post))?(?: (?:on|with|via|by) "
    r".{1,40})?"
    r"|click here.{0,60}|skip to (?:main )?content|back to (?:top|home)|(?:follow|like|join) us on .{1,40}"
    r"|(?:accept|manage) (?:all )?cookies|(?:getty images|shutterstock|istock)(?:/.{0,30})?|image (?:credit"
    r"|source)s?\b.{0,60}"
    r"|photo(?:graph)?(?: credit)?s?\s*[:©].{0,60}|comments? \(\d+\)|add (?:a )?comment|leave a (?:comment|reply)"
    rf"|¿?(?:{HELPFUL.pattern})[^?？]{{0,40}}[?？]"
    r"|(?:is|was) this (?:helpful|useful)\W*|yes[ /|]{1,3}no|ja[ /|]{1,3}(?:nein|nee|nej|nei)|oui[ /|]{1,3}non"
    r"|sí[ /|]{1,3}no|(?:©|\(c\) ?(?:copyright|(?:19|20)\d\d)|copyright\b).{0,120}|all rights reserved\W*"
    r"|nach oben|artikel (?:teilen|drucken)|seite drucken|compartir|imprimir|partager|imprimer|condividi|stampa",
    re.IGNORECASE,
)


def is_advert(text: str) -> bool:
    """Tell whether a line leads elsewhere or belongs to the page around an article, and is none of its text."""
    return _LEAD.fullmatch(text) is not None or _WHOLE.fullmatch(text) is not None
