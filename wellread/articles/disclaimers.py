"""Tells a disclaimer from the text of an article: by what it is called, and by the forms that disclaimers have."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wellread.articles.anchors import without_number
from wellread.articles.marktext import beginning
from wellread.articles.outline import Heading
from wellread.datatypes import Block, Note

_QUOTED = 80
"""Characters of a disclaimer that a note quotes, at most."""

_NAME = re.compile(
    # en
    r"(?:(?:medical|legal|health|general|website|content) )*disclaimers?(?: of liability)?"
    r"|legal (?:notice|information|disclaimer)"
    # de
    r"|haftungsausschl(?:uss|üsse)|haftungshinweis|rechtliche[rs]? hinweise?|disclaimer und haftungsausschluss"
    # es
    r"|aviso (?:legal|médico|medico|de responsabilidad|importante legal)|descargo de responsabilidad"
    r"|(?:exención|exencion|renuncia|cláusula de exención) de responsabilidad|nota legal"
    # fr
    r"|mentions? légales?|(?:clause|avis) de non[- ]responsabilité|décharge de responsabilité|avis (?:légal|juridique)"
    r"|avertissement (?:légal|médical|juridique)"
    # pt
    r"|(?:isenção|termo de isenção|aviso de isenção|renúncia) de responsabilidade|aviso (?:legal|médico)"
    # it
    r"|(?:esclusione|esonero|clausola di esclusione|limitazione) (?:di|della|dalla) responsabilità|note? legali?"
    r"|disclaimer medico|avvertenza (?:legale|medica)"
    # nl, sv, da, no, pl, cs, ro, hu, tr, id, vi, sw
    r"|vrijwaring|disclaimer en aansprakelijkheid|ansvarsfriskrivning|ansvarsfraskrivelse|zastrzeżenia?(?: prawne)?"
    r"|wyłączenie odpowiedzialności|vyloučení odpovědnosti|declinarea responsabilității|jogi nyilatkozat"
    r"|sorumluluk reddi(?: beyanı)?|yasal uyarı|penafian|penyangkalan|tuyên bố (?:miễn trừ|từ chối) trách nhiệm"
    r"|kanusho"
    # ru, uk, el, ar, fa, ur, hi, bn, zh, ja, ko
    r"|отказ от ответственности|відмова від відповідальності|αποποίηση ευθύν(?:ης|ών)|إخلاء (?:المسؤولية|مسؤولية)"
    r"|إخلاء المسئولية|سلب مسئولیت|دستبرداری|अस्वीकरण|দাবিত্যাগ|免责声明|免責聲明|免责条款|免責事項|면책 ?(?:조항|공고)",
    re.IGNORECASE,
)

_TEXT = (
    "article|page|text|leaflet|fact ?sheet|factsheet|document|information|guide|website|site|content|handout|booklet"
)
_DOCTOR = (
    "doctors?|physicians?|pharmacists?|gps?|nurses?|clinicians?|(?:health ?care|healthcare|medical|health) "
    "(?:providers?|professionals?|teams?|practitioners?)|specialists?|dentists?|midwi(?:fe|ves)|care team"
)
_REPLACES = re.compile(
    # en
    r"\b(?:not|never|n['’]t|no)\b.{0,60}\b(?:substitutes?|replacements?) for\b"
    r"|\b(?:not|never|n['’]t)\b.{0,40}\b(?:replace|constitute)\b"
    r"|\bnot (?:intended|meant|designed) (?:to be|as|to give|for)\b"
    # de, es, pt
    r"|\bersetz(?:t|en)\b.{0,60}\b(?:nicht|kein\w*)\b|\b(?:nicht|kein\w*)\b.{0,40}\bersetz\w+|\b(?:kein|nicht als) "
    r"ersatz\b"
    r"|\bno (?:sustituy|reemplaz|constituy|debe (?:sustituir|reemplazar)|pretende)\w*"
    r"|\bnão (?:substitu|constitu|pretende|deve substituir)\w*"
    # fr, it
    r"|\bne (?:remplace|se substitue|saurai|constitue|peu|doi)\w*|\bnon (?:sostitui|intend|costitui|dev\w+ sostitui)\w*"
    # nl, pl, sv, tr, id
    r"|\bvervangt? (?:niet|geen)\b|\b(?:geen|niet als) vervanging\b|\bnie zast[ąę]p\w*|\bersätter inte\b|\byerine "
    r"geçmez\b"
    r"|\b(?:bukan|tidak) (?:pengganti|menggantikan)\b"
    # ru, ar, hi, zh, ja
    r"|не (?:заменя|явля)\w+|لا (?:يغني|تغني|يعتبر|تعتبر|تحل|يحل)|का विकल्प नहीं|の代わり|不能(?:代替|替代|取代)",
    re.IGNORECASE,
)
_ADVICE = re.compile(
    rf"\b(?:{_DOCTOR}|advice|professional|consultation|diagnos[ei]s|medical care|visit|judge?ment"
    r"|arzt\w*|ärzt\w+|apotheker\w*|beratung|médicos?|médicas?|farmacéutico|profesional\w*|consejo|asesoramiento"
    r"|consulta"
    r"|médecin|médicale?|avis|consultation|professionnel\w*|medico|medica|parere|profissional|aconselhamento|arts"
    r"|huisarts"
    r"|lekarz\w*|porady|läkare|vård\w*|doktor\w*|hekim\w*|dokter)\b|врач|консультац|طبيب|الطبية|डॉक्टर|चिकित्स|医生|醫生"
    r"|医師|诊",
    re.IGNORECASE,
)
_FOR_INFORMATION = re.compile(
    # en
    r"\b(?:information(?:al)?|educational|reference|general)(?:,? (?:and|or) (?:information(?:al)?|educational|"
    r"general))? (?:purposes?|use) only\b|\bfor (?:general )?(?:information|education|guidance)(?:al purposes)? only\b"
    r"|\bonly for (?:general )?(?:information|education)\b"
    r"|\b(?:accepts?|assumes?|takes?|bears?) no (?:legal )?(?:liability|responsibility)\b|\bnot (?:be )?(?:held )?"
    r"(?:liable|responsible) for\b|\bat your own risk\b|\bwithout (?:any )?(?:warrant|guarantee)"
    r"|\b(?:training|test) (?:fixture|material)\b"
    rf"|\b(?:this|these|the) (?:{_TEXT})\b.{{0,30}}\bgeneral (?:information|guidance)\b"
    # de
    r"|\b(?:keine|übernehmen .{0,30}) (?:haftung|gewähr)\b|\btestmaterial\b"
    r"|\bdien(?:t|en) (?:nur|lediglich|ausschließlich) (?:zur|der) (?:allgemeinen )?information\b"
    # es, pt
    r"|\bno se hac\w+ responsables?\b|\b(?:fines|carácter) (?:únicamente |meramente |puramente )?(?:informativos?"
    r"|educativos?|divulgativos?)\b|\bfins (?:meramente |apenas )?(?:informativos|educativos)\b"
    r"|\bcaráter (?:meramente )?informativo\b"
    # fr, it, zh
    r"|\b(?:titre|but) (?:purement |uniquement )?(?:informatif|indicatif)\b"
    r"|\bscopo (?:puramente |esclusivamente )?(?:informativo|divulgativo)\b|仅供参考|僅供參考",
    re.IGNORECASE,
)
_ASK = re.compile(
    rf"(?:(?:please|always|you should(?: always)?|note that you should|do)[ ,]+)*(?:ask|consult|speak (?:to|with)"
    rf"|talk (?:to|with)|check with|see|follow the advice of|seek (?:the )?advice (?:of|from))(?: (?:your|a|an|the|own"
    rf"|their|his|her|qualified|family|with|local))* (?:[\w-]+ )?(?:{_DOCTOR})\b"
    r"|(?:bitte )?(?:fragen|konsultieren) sie (?:bitte )?(?:ihren?|einen?|ihre ärztin)\b"
    r"|(?:por favor,? )?(?:consulte|pregunte)(?: siempre)?(?: con| a)? (?:su|un|al|el) (?:médico|farmacéutico|doctor)"
    r"|(?:veuillez )?(?:consultez|consulter|demandez conseil à)(?: toujours)? (?:votre|un) (?:médecin|pharmacien)"
    r"|(?:consulte|pergunte)(?: sempre)?(?: o| ao| um)? (?:seu |um )?(?:médico|farmacêutico)"
    r"|(?:consultare|consulta|consultate|chied\w+)(?: sempre)?(?: al?| il| un)? ?(?:tuo |suo |proprio )?(?:medico"
    r"|farmacista)"
    r"|(?:raadpleeg|vraag)(?: altijd)? (?:uw|je|een) (?:arts|huisarts|apotheker)"
    r"|يجب استشارة|استشر طبيبك|अपने डॉक्टर से|请咨询|請諮詢|проконсультируйтесь",
    re.IGNORECASE,
)
_ABOUT_ITSELF = re.compile(
    rf"\b(?:this|these) (?:{_TEXT})\b|\bnothing here\b|\bdies(?:er|e|es) (?:text|seite|artikel|information\w*"
    rf"|merkblatt)\b"
    r"|\b(?:esta?|este) (?:página|texto|artículo|artigo|información|informação|hoja|folleto)\b"
    r"|\b(?:cette|ce|cet) (?:page|texte|article|fiche|brochure|information)\b|\bquest[oa'’] ?(?:pagina|testo"
    r"|articolo)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:note|please note|important(?: note| notice)?|warning|hinweis|wichtig|aviso|importante|nota|avertissement"
    r"|remarque|attenzione|avvertenza|let op)\s*:\s*(?=\S)",
    re.IGNORECASE,
)
_URGENT = re.compile(
    r"\b(?:999|112|911|111|995|144|115|118|119|192|193|061|000|ambulances?|at once|immediately|straight ?away|right "
    r"away"
    r"|urgent(?:ly)?|emergenc(?:y|ies)|a ?& ?e|casualty|hospital|as soon as|call|phone|ring|dial|if|when|unless|until"
    r"|hours?|days?|mg|ml|notruf|notarzt|sofort|umgehend|rettungsdienst|wenn|falls|sobald|krankenhaus|urgencias?"
    r"|inmediat\w+|de inmediato|emergencias?|ambulancia|llam[ea]\w*|si|cuando|en seguida|urgences?|immédiate\w*|samu"
    r"|appel(?:ez|er)|quand|imediat\w+|emergência|ambulância|ligue|se|quando|pronto soccorso|subito|emergenza"
    r"|chiam\w+|spoed|onmiddellijk|bel|als|natychmiast|pogotowie|jeśli)\b|немедленно|скор(?:ую|ая)|если|فور[اًا]"
    r"|إسعاف|إذا"
    r"|तुरंत|एम्बुलेंस|अगर|यदि|立即|急救|救护车|如果|すぐに|救急",
    re.IGNORECASE,
)
"""What turns a general word of caution into advice for a case: urgency, a condition, a time, a dose."""


_ACT = re.compile(
    r"\b(?:999|112|911|995|samu|ambulances?|ambulancia|notruf|notarzt|at once|immediately|straight ?away|right away"
    r"|sofort|inmediat\w+|de inmediato|immédiate\w*|imediat\w+|subito|onmiddellijk|natychmiast)\b|немедленно|فورا"
    r"|तुरंत|立即",
    re.IGNORECASE,
)
"""What tells a reader to act now: a text that says so stays in the article, where it is found."""


def is_disclaimer_heading(text: str) -> bool:
    """Tell whether a heading or a label is the name of a disclaimer: "Disclaimer", "Aviso legal:"."""
    if text.endswith((".", "!", "?")):
        return False  # no name does, and most paragraphs do
    return _NAME.fullmatch(without_number(text.strip()).strip().strip("*_:：").strip()) is not None


def names_itself(text: str) -> bool:
    """Tell whether a paragraph begins with the name of a disclaimer and a colon: "Disclaimer: Ask your doctor."."""
    label = _NAME.match(text)
    return label is not None and text[label.end() :].lstrip().startswith((":", "："))


def reads_like_disclaimer(text: str, set_apart: bool) -> bool:
    """Tell whether a closing paragraph reads like a disclaimer.

    It says that it replaces no doctor, is for information only or is nobody's liability. Or, where it is `set_apart`
    from the text or labelled ("Note: …"), it tells readers in general to ask a doctor, or speaks about the text itself.
    Advice for a case ("Call 999 at once if …") never does, whatever else it says.
    """
    label = _LABEL.match(text)
    rest = text[label.end() :] if label else text
    if _FOR_INFORMATION.search(rest) or (_REPLACES.search(rest) and _ADVICE.search(rest)):
        return _ACT.search(rest) is None
    if _URGENT.search(rest) or not (set_apart or label):
        return False
    return _ASK.match(rest) is not None or _ABOUT_ITSELF.search(rest) is not None


def disclaimer_note(text: str, line: int) -> Note:
    """Say that a text is shown as the disclaimer of its article, with each answer of it, and is not searched."""
    words = beginning(text, _QUOTED)
    message = f'taken for the disclaimer, shown with each answer of the article and not searched: "{words}"'
    return Note(line, "disclaimer", message, "if it is advice, put it under a heading with other text")


def take_section(parts: Sequence[Heading | Block]) -> tuple[str, int, list[Heading | Block]]:
    """Take the section that is headed as a disclaimer, if there is one, with no heading below it.

    Returns its text, "" without one, the line of its heading, and the other parts. An article that is nothing else
    keeps it.
    """
    for at, part in enumerate(parts):
        if not isinstance(part, Heading) or not is_disclaimer_heading(part.text):
            continue
        end = next((n for n in range(at + 1, len(parts)) if isinstance(parts[n], Heading)), len(parts))
        below = parts[end] if end < len(parts) else None
        inside = [block for block in parts[at + 1 : end] if isinstance(block, Block)]
        rest = [*parts[:at], *parts[end:]]
        deeper = isinstance(below, Heading) and below.level > part.level
        if inside and not deeper and any(isinstance(other, Block) for other in rest):
            return " ".join(block.written.strip() for block in inside), part.line, rest
    return "", 0, list(parts)
