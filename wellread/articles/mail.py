"""Reads a mail that was saved as plain text: its subject is the title, and no reader needs its head and signature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from wellread.articles.bare_lists import is_section_name
from wellread.articles.lines import Line
from wellread.articles.mail_parts import carried_text
from wellread.articles.mail_words import CLOSING, GREETING, says_more
from wellread.datatypes import Note
from wellread.text.words import content_words

_HEAD = re.compile(r"\*{0,2}(?P<label>[^:：*\d]{1,30}?)\*{0,2}\s?[:：]\*{0,2}\s*(?P<value>\S.*)")
_SUBJECT = re.compile(
    r"subject|betreff|asunto|objet|oggetto|onderwerp|assunto|temat|předmět|predmet|tárgy|subiect|тема|θέμα|konu|ämne"
    r"|emne|aihe|teema|subjek|perihal|chủ đề|الموضوع|נושא|विषय|件名|主[题旨題]|제목",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"from|von|de|da|van|od|от|від|από|kimden|från|fra|lähettäjä|feladó|dari|từ|من|מאת|प्रेषक|差出人|[发寄]件[人者]"
    r"|보낸 ?사람",
    re.IGNORECASE,
)
_TO = re.compile(
    r"to|an|à|a|para|aan|do|кому|до|προς|kime|till|til|vastaanottaja|címzett|către|kepada|đến|إلى|אל|宛先"
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

_MOST_NAMES = 3
"""Lines of names below the closing of a mail, at most."""


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
    body, messages = carried_text(body[:sign], _sender(head))
    notes += messages
    polite = _politeness(body)
    notes += [_left_out(body[at], "the greetings") for at in polite]
    remedy = "write the title that readers should see into the first line, and delete the head of the mail"
    notes.append(
        Note(subject.number, "mail", f'the text is a mail: the title was taken from "{_written(subject)}"', remedy)
    )
    first = Line(subject.number, 0, "", title)
    return Mail([first, Line(subject.number, 0, "", ""), *_without(body, polite)], tuple(notes))


def names_more(line: str, subject: str, text: str) -> bool:
    """Tell whether the first line of a mail says what its text is about, and its subject says something else or more.

    >>> names_more("Living with gout", "Leaflet for the website", "What is gout? Gout is a kind of arthritis.")
    True
    >>> names_more("Gout: what helps", "text for the web page - gout", "Gout is a kind of arthritis.")
    True
    >>> names_more("Information for patients", "Gout", "What is gout? Ask your doctor what is best for you.")
    False
    """
    words, first, named = set(content_words(text)), set(content_words(line)), set(content_words(subject))
    about = named & (words | first)  # what the subject says of the text
    return not (words | named).isdisjoint(first) and about < named and about <= first and not is_section_name(line)


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
        elif any(people_of.fullmatch(field["label"].strip()) for people_of in (_FROM, _TO)):
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


def _sender(head: Sequence[Line]) -> str:
    """Return the name of the sender as the head gives it, without the address; "" where none is told."""
    fields = [field for line in head if (field := _field(line)) and _FROM.fullmatch(field["label"].strip())]
    return re.sub(r"<[^>]*>|\S+@\S+", "", fields[0]["value"]).strip() if fields else ""


def _politeness(body: Sequence[Line]) -> list[int]:
    """Return the places of the greeting of a mail, and of its closing with the names below it."""
    written = [at for at, line in enumerate(body) if line.text]
    found = [at for at in written[:1] if GREETING.fullmatch(body[at].text)]
    for place in range(max(len(written) - _MOST_NAMES - 1, len(found)), len(written)):
        names = [body[at].text for at in written[place + 1 :]]
        if CLOSING.fullmatch(body[written[place]].text) and not any(map(says_more, names)):
            return found + written[place:]
    return found


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
