"""Words of many languages that stand before the date of a review, of an update, or of the next review."""

from __future__ import annotations

import re

from wellread.text.dates import dated

LEAD = re.compile(
    r"\W*(?:(?:this|the|page|information|content|leaflet|article|document|was|were|has|been|is|date|of|on|last|first"
    r"|medically|clinically|data|datum|fecha|de|di|van|дата|la|le|del|cette|ce|dieser?|text|seite|wurde|esta|página|v?\d+"
    r"|version|contenido|derni\w+|últim\w+|ultim\w+|letzte\w*|laatst\w*"
    r"|ostatni\w*|senast\w*|son|τελευταία|последн\w+|останн\w+|अंतिम|पिछली|تمت|تم|آخر|تاريخ)\W+)*+",
    re.IGNORECASE,
)
"""What may stand before "reviewed" in a line that says nothing else; *+ never tries the words in another way."""

REVIEWED = re.compile(
    r"\b(?:last|date|medically|clinically|page)\s+(?:last\s+)?(?:reviewed|checked|medical review)|\breviewed\b"
    r"|last review\b(?! date)|date of (?:the )?(?:last )?review"
    r"|\brevu|révis|vérifié|validé|relu|geprüft|überprüft|letzte (?:über)?prüfung|revisado|revisión|revisto"
    r"|última revisão|rivisto|revisionato|ultima revisione|beoordeeld|herzien|zweryfikowano|przejrzano|granskad"
    r"|gözden geçir|проверено|последн\w+ (?:проверк|пересмотр)|переглянуто|останній перегляд|(?:ال)?مراجعة"
    r"|αναθεώρηση|αναθεωρήθηκε|(?:\brevisione|\brev\.?)\s*:|\bdata di revisione|tarkistettu|revidere?t"
    r"|kontrolováno|revidováno|felülvizsgál|(?:data )?przegląd\w*\s*:|пересмотрен\w|дата пересмотра"
    r"|समीक्षा|(?:最[后後近新終])?(?:审[核查]|審[核査]|レビュー|確認日?)",
    re.IGNORECASE,
)
EITHER = re.compile(r"(?<!last )(?<!next )\breview date\b", re.IGNORECASE)  # of the last review, or of the next
UPDATED = re.compile(
    r"(?:last\s+)?(?:updated|modified|changed|amended|revised)|last update|mis(?:e)? à jour|dernière mise"
    r"|aktualisiert|zuletzt geändert|letzte (?:änderung|aktualisierung)"
    r"|stand\s*:|(?:^|(?<=[,|·;(–-] )|(?<=\())stand(?= (?:vom )?(?:\d|\w+ \d{4}))"
    r"|actualizad|última actualización|atualizad|última atualização|aggiornat|ultimo aggiornamento|bijgewerkt|gewijzigd"
    r"|zaktualizowan"
    r"|ostatni\w+ (?:aktualizacj|zmian)|uppdaterad|güncelle|обновлен|(?:آخر )?تحديث",
    re.IGNORECASE,
)
DUE = re.compile(
    r"next review|review due|due for review|review by|to be reviewed|prochaine (?:révision|mise)"
    r"|nächste (?:überprüfung|prüfung)|(?:über)?prüfung fällig|próxima (?:revisión|revisão|actualización|atualização)"
    r"|prossima revisione|volgende (?:controle|herziening)|następn\w+ (?:przegląd|aktualizacj)|المراجعة القادمة",
    re.IGNORECASE,
)

END = re.compile(
    r"[,\s]*(?:\d{1,2}[:.h]\d{2}(?:\s?(?:uhr|h|[ap]m))?)?(?:\s?(?:г|р|r|год\w*|року)\b)?[\s.)]*", re.IGNORECASE
)
"""What may stand behind a date in a line that says nothing else: a time, "г." or "r." for the year."""

_BETWEEN = re.compile(
    r"\w*\W*(?:(?:on|in|of|the|date|am|im|vom|datum|le|en|du|el|de|del|em|data|di|il|op|den|w|dnia|को|की|में|तारीख|في|بتاريخ)\W+)*",
    re.IGNORECASE,
)
"""What stands between such words and the date; a name that stands there is to be kept."""
_MOST_WORDS = 7
"""Words before the date in a line that says nothing else, at most."""


def review_line(text: str) -> tuple[str, str] | None:
    """What a line that only dates a text says, "last reviewed", "next review" or "updated", and its date as written.

    >>> review_line("Última revisión: 8 de abril de 2026")
    ('last reviewed', '8 de abril de 2026')
    >>> review_line("It was reviewed in 2020 by two doctors.")
    """
    found = dated(text)
    if found is None or not END.fullmatch(text[found[1] :]) or len(text[: found[0]].split()) > _MOST_WORDS:
        return None
    before = text[: found[0]]
    kinds = {"next review": DUE, "last reviewed": REVIEWED, "updated": UPDATED}
    for kind, label in kinds.items():
        named = label.search(text)
        if (
            named
            and named.end() <= found[0]
            and not re.search(r"[.!?]\s", before)
            and LEAD.fullmatch(before[: named.start()])
        ):
            if not _BETWEEN.fullmatch(before[named.end() :]):
                return None
            return kind, text[found[0] : found[1]]
    return None
