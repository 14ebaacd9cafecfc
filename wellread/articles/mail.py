"""Reads a mail that was saved as plain text: its subject is the title, and no reader needs its head and signature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from wellread.articles.lines import Line
from wellread.datatypes import Note
from wellread.text.words import content_words

_HEAD = re.compile(r"\*{0,2}(?P<label>[^:：*\d]{1,30}?)\*{0,2}\s?[:：]\*{0,2}\s*(?P<value>\S.*)")
_SUBJECT = re.compile(
    r"subject|betreff|asunto|objet|oggetto|onderwerp|assunto|temat|předmět|predmet|tárgy|subiect|тема|θέμα|konu|ämne"
    r"|emne|aihe|teema|subjek|perihal|chủ đề|الموضوع|נושא|विषय|件名|主[题旨題]|제목",
    re.IGNORECASE,
)
_FROM_OR_TO = re.compile(
    r"from|von|de|da|van|od|от|від|από|kimden|från|fra|lähettäjä|feladó|dari|từ|من|מאת|प्रेषक|差出人|[发寄]件[人者]"
    r"|보낸 ?사람|to|an|à|a|para|aan|do|кому|до|προς|kime|till|til|vastaanottaja|címzett|către|kepada|đến|إلى|אל|宛先"
    r"|收件[人者]|받는 ?사람|b?cc|kopie|copia|cópia|copie|reply-to|antwort an|return-path|sender",
    re.IGNORECASE,
)
"""What mail programs of many languages call the lines of a head."""

_FIELD = re.compile(
    r"message-id|mime-version|content-[\w-]+|x-[\w-]+|received|in-reply-to|references|importance|attachments?|anlagen?"
    r"|adjuntos?|pièces? jointes?|allegati?|bijlagen?|anexos?|załączniki?",
    re.IGNORECASE,
)
_DAY = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)|\d{1,2}[:.]\d{2}(?!\d)|\d年")
_ADDRESS = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
_ANSWER = re.compile(
    r"^(?:(?:re|fwd?|aw|wg|tr|rv|res|enc|sv|vb|vs|odp|pd|rif|ynt|antw|回复|转发|答复|回覆|轉寄)\s?[:：]\s*)+",
    re.IGNORECASE,
)
"""What programs write before the subject of an answer or of a mail that is passed on."""

_PASSED_ON = re.compile(r"-{3,}\s*\w[^-]*-{3,}|begin forwarded message:", re.IGNORECASE)
_LEAST = 3
"""Lines of a head, at least: who, when or to whom, and the subject."""

_LONGEST_SIGNATURE = 12
"""Lines below "-- " that are a signature, at most; RFC 3676 wants four, and offices add a notice."""

_GREETING = re.compile(
    r"(?:hi|hello|hey|dear|good (?:morning|afternoon|day)|hallo|liebe[rs]?|sehr geehrte[rs]?|guten (?:tag|morgen)|hola"
    r"|buen[oa]s|estimad[oa]s?|querid[oa]s?|bonjour|cher|chère|chers|madame|monsieur|ciao|gentil[ei]|buongiorno|car[oaie]"
    r"|beste|geachte|hej|kära?|kære|kjære|hei|olá|prezad[oa]s?|bom dia|szanown[iay]|witam|dzień dobry|здравствуйте"
    r"|уважаем\w+|добрый день|привет|مرحبا|السلام عليكم|नमस्ते|您好|你好|안녕하세요)"
    r"(?:\s[^,，!！:：.\d]{0,40}|[,，!！](?:\s*[^\s,，!！:：.\d]+){1,2})?[,，!！:：]",
    re.IGNORECASE,
)
"""The greeting and whom it is for, "Dear Dr Roe,", "Hi, Tom!"; "Hello, stop all tablets at once!" says more."""
_CLOSING = re.compile(
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
_MOST_NAMES = 3
"""Lines of names below the closing of a mail, at most."""
_LONGEST_NAME = 40
_PARTICLES = frozenset("von van de der den del da di la le the of and und y e et".split())
"""Words in lower case in the names of people and offices; any other makes a line more than a name."""


@dataclass(frozen=True, slots=True)
class Mail:
    """The lines of a text, the subject first, without the head and the signature, and notes that name these."""

    lines: list[Line]
    notes: tuple[Note, ...] = ()


def read_mail(lines: list[Line]) -> Mail:
    """Take the head and the signature off a mail; any other text comes back as it is."""
    start = next((at for at, line in enumerate(lines) if line.text), 0)
    if lines and _PASSED_ON.fullmatch(f"{lines[start].marker}{lines[start].text}"):
        start = next((at for at in range(start + 1, len(lines)) if lines[at].text), len(lines))
    head = list(takewhile(lambda line: line.text, lines[start:]))
    subject = _subject(head)
    if subject is None:
        return Mail(lines)
    found = _field(subject)
    title = _ANSWER.sub("", found["value"]) if found else ""
    if not title:
        return Mail(lines)
    body = lines[start + len(head) :]
    sign = _signature(body)
    notes = [_left_out(line, "the head") for line in (*lines[:start], *head) if line.text and line is not subject]
    notes += [_left_out(line, "the signature") for line in body[sign:] if any(map(str.isalnum, line.text))]
    body = body[:sign]
    polite = _politeness(body)
    notes += [_left_out(body[at], "the greetings") for at in polite]
    remedy = "write the title that readers should see into the first line, and delete the head of the mail"
    notes.append(
        Note(subject.number, "mail", f'the text is a mail: the title was taken from "{_written(subject)}"', remedy)
    )
    first = Line(subject.number, 0, "", title)
    return Mail([first, Line(subject.number, 0, "", ""), *_without(body, polite)], tuple(notes))


def names_more(line: str, subject: str, text: str) -> bool:
    """Tell whether the first line of a mail says what its text is about, and its subject does not.

    >>> names_more("Living with gout", "Leaflet for the website", "What is gout? Gout is a kind of arthritis.")
    True
    >>> names_more("Information for patients", "Gout", "What is gout? Ask your doctor what is best for you.")
    False
    """
    words = set(content_words(text))
    return not words.isdisjoint(content_words(line)) and words.isdisjoint(content_words(subject))


def own_title_note(subject: str, line: int) -> Note:
    """Say that a mail has a title of its own, so that its subject is left out."""
    message = f'the text is a mail: its subject "{subject}" is left out, for the first line says what the text is about'
    return Note(line, "mail", message, "write the title that readers should see into the first line")


def _subject(head: Sequence[Line]) -> Line | None:
    """The line of a mail's head that says the subject; None where the lines are no such head."""
    fields = [(line, _field(line)) for line in head]
    if len(fields) < _LEAST:
        return None
    named: list[Line] = []
    others: list[Line] = []
    people = addresses = days = 0
    for line, field in fields:
        if field is None:
            if not (line.indent and line is not head[0]):  # a long line goes on, indented
                return None
        elif _SUBJECT.fullmatch(field["label"].strip()):
            named.append(line)
        elif _FROM_OR_TO.fullmatch(field["label"].strip()):
            people += 1
            addresses += _ADDRESS.search(field["value"]) is not None
        elif _ADDRESS.search(field["value"]):
            addresses += 1
        elif _DAY.search(field["value"]):
            days += 1
        elif not _FIELD.fullmatch(field["label"].strip()):
            others.append(line)
    if len(named) == 1 and (people > 1 or addresses or (people and days)):
        return named[0]
    # In a language that is not known, two addresses and a date are a head, and its one other line is the subject.
    return others[0] if not named and len(others) == 1 and addresses > 1 and days else None


def _politeness(body: Sequence[Line]) -> list[int]:
    """Return the places of the greeting of a mail, and of its closing with the names below it."""
    written = [at for at, line in enumerate(body) if line.text]
    found = [at for at in written[:1] if _GREETING.fullmatch(body[at].text)]
    for place in range(max(len(written) - _MOST_NAMES - 1, len(found)), len(written)):
        names = [body[at].text for at in written[place + 1 :]]
        if _CLOSING.fullmatch(body[written[place]].text) and not any(map(_says_more, names)):
            return found + written[place:]
    return found


def _says_more(text: str) -> bool:
    """Tell whether a line below the closing of a mail is more than a name: "Stop if you faint", or with a number."""
    others = (word for word in text.split() if word not in _PARTICLES and word[0].isalpha())
    if len(text) > _LONGEST_NAME or any(map(str.isdigit, text)) or text.endswith((".", "!", "?")):
        return True
    return not all(word[0].isupper() for word in others)


def _without(body: Sequence[Line], gone: Sequence[int]) -> list[Line]:
    return [line for at, line in enumerate(body) if at not in set(gone)]


def _signature(body: Sequence[Line]) -> int:
    """Where the signature begins, with the line "--" above it; behind the last line where there is none."""
    marks = [at for at, line in enumerate(body) if f"{line.marker}{line.text}".strip() in ("--", "—", "––")]
    if not marks or sum(bool(line.text) for line in body[marks[-1] + 1 :]) > _LONGEST_SIGNATURE:
        return len(body)
    return marks[-1]


def _field(line: Line) -> re.Match[str] | None:
    """The label and the value of a line of a head; the star of "*From:*" looks like a bullet."""
    return _HEAD.fullmatch(_written(line))


def _written(line: Line) -> str:
    return f"{line.marker}{'' if line.marker == '*' else ' '}{line.text}".strip()


def _left_out(line: Line, part: str) -> Note:
    return Note(
        line.number,
        "mail",
        f'"{_written(line)}" is left out: it belongs to {part} of a mail',
        "write it as text, or delete it",
    )
