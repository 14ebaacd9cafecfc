"""Knows the words and names that mails begin and end with, in many languages."""

from __future__ import annotations

import re

GREETING = re.compile(
    r"(?:hi|hello|hey|dear|good (?:morning|afternoon|day)|hallo|liebe[rs]?|sehr geehrte[rs]?|guten (?:tag|morgen)|hola"
    r"|buen[oa]s|estimad[oa]s?|querid[oa]s?|bonjour|cher|chère|chers|madame|monsieur|ciao|gentil[ei]|buongiorno|car[oaie]"
    r"|beste|geachte|hej|kära?|kære|kjære|hei|olá|prezad[oa]s?|bom dia|szanown[iay]|witam|dzień dobry|здравствуйте"
    r"|уважаем\w+|добрый день|привет|مرحبا|السلام عليكم|नमस्ते|您好|你好|안녕하세요)"
    r"(?:\s[^,，!！:：.\d]{0,40}|[,，!！](?:\s*[^\s,，!！:：.\d]+){1,2})?[,，!！:：]",
    re.IGNORECASE,
)
"""The greeting and whom it is for, "Dear Dr Roe,", "Hi, Tom!"; "Hello, stop all tablets at once!" says more."""
CLOSING = re.compile(
    r"(?:(?:many|with)? ?thanks(?: again| in advance)?|thank you(?: very much)?|(?:with )?(?:kind|best"
    r"|warm) (?:regards|wishes)|regards|best|cheers|yours(?: sincerely| faithfully)?|sincerely"
    r"|(?:mit )?(?:freundlichen|besten|herzlichen) grüßen|(?:viele|liebe|beste|schöne|herzliche) grüße"
    r"|(?:vielen )?dank(?: im voraus)?|danke|mfg|(?:un )?saludos?(?: cordial(?:es)?)?|atentamente"
    r"|(?:muchas )?gracias|(?:bien )?cordialement|bien à vous|merci(?: d'avance)?|(?:cordiali|distinti) saluti"
    r"|grazie(?: mille)?|(?:met )?vriendelijke groet(?:en)?|groet(?:en|jes)?|(?:med )?(?:vänliga?|venlig"
    r"|vennlig) (?:hälsning(?:ar)?|hilsen)|mvh|hälsningar|hilsen|(?:ystävällisin )?terveisin|atenciosamente"
    r"|(?:muito )?obrigad[oa]|abraços|pozdrawiam|z poważaniem|с уважением|спасибо|مع (?:أطيب )?التحي\w+"
    r"|धन्यवाद|よろしくお願いします|敬具|此致|谢谢|감사합니다)[,，.!！]?",
    re.IGNORECASE,
)
_LONGEST_NAME = 40
PARTICLES = frozenset("von van de der den del da di la le the of and und y e et".split())
"""Words in lower case in the names of people and offices; any other makes a line more than a name."""


def says_more(text: str) -> bool:
    """Tell whether a line below the closing of a mail is more than a name: "Stop if you faint", or with a number."""
    others = (word for word in text.split() if word not in PARTICLES and word[0].isalpha())
    if len(text) > _LONGEST_NAME or any(map(str.isdigit, text)) or text.endswith((".", "!", "?")):
        return True
    return not all(word[0].isupper() for word in others)
