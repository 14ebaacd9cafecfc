"""Tells the text that a mail carries from the messages around it: covering note, older mails, signature by name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wellread.articles.introductions import ends_sentence, introduces
from wellread.articles.lines import Line, is_rule, left_out
from wellread.articles.mail_words import CLOSING, GREETING, says_more
from wellread.datatypes import Note
from wellread.text.dates import dated

_QUOTE = re.compile(r">+(?!\s*\d)")
"""A line that a mail program quotes; "> 39 °C" compares."""
_QUOTED_AS = re.compile(r"^> ?")
"""What programs write before a line that they quote."""
_MOST_COVER = 8
"""Lines of a covering note that no drawn line ends, at most."""
_MOST_SIGNATURE = 12
"""Lines from the sender's name to the end of a mail, at most: a name, an office, numbers and a notice."""
_FEW_WORDS = 4
"""Words of a line that says goodbye with a name, at most: "Many thanks, Jo Roe"."""


def without_quote_marks(text: str) -> tuple[str, list[Note]]:
    """Return a text whose lines a mail program quoted without the ">" before them, and a note that tells of it.

    Such lines are most of the text, and an empty one is among them: what is quoted is then the text itself.
    """
    lines = text.split("\n")
    first = next((at for at, line in enumerate(lines) if line.startswith(">")), 0)
    while _is_mostly_quoted(lines):  # once for each answer: ">> "
        lines = [_QUOTED_AS.sub("", line) for line in lines]
    whole = "\n".join(lines)
    message = 'the lines are quoted as in an answer to a mail: the ">" before them is left out'
    note = Note(first + 1, "mail", message, "delete the marks in the file, so that nobody wonders")
    return whole, [note] if whole != text else []


def _is_mostly_quoted(lines: Sequence[str]) -> bool:
    quoted = [line for line in lines if line.startswith(">")]
    said = [line for line in quoted if line.strip("> \t\r")]
    empty = len(said) < len(quoted)
    if 2 * sum(_QUOTE.match(line) is None for line in said) > len(said):
        return False  # "> 38 °C" compares
    return empty and 2 * len(quoted) > sum(bool(line.strip()) for line in lines)


def carried_text(body: Sequence[Line], sender: str) -> tuple[list[Line], list[Note]]:
    """Return the lines of a mail without the quoted mail below them, the covering note above and the sender's name.

    `sender` is what the head gives as the sender's name, or "". A covering note ends with a closing line or with the
    sender's name, and a drawn line stands below that, or a greeting is its first line; the text below is longer.
    """
    names = re.findall(r"[^\W\d_]{2,}", sender)
    lines = list(body)
    notes: list[Note] = []
    quoted = _quoted(lines)
    notes += _left_out(lines[quoted:], "it is an older mail, quoted below the text")
    lines = lines[:quoted]
    cover = _cover(lines, names)
    notes += _left_out(lines[:cover], "it is the message above the text of a mail")
    lines = lines[cover:]
    sign = _signature(lines, names)
    notes += _left_out(lines[sign:], "it belongs to the signature of a mail")
    return lines[:sign], sorted(notes, key=lambda note: note.line or 0)


def _quoted(lines: Sequence[Line]) -> int:
    """Return where the quoted mail at the end begins, with the line above it that says whose it is.

    Without such a line there is an empty line in it: some people type ">" before the items of a list.
    """
    at = len(lines)
    quotes = 0
    while at and (not lines[at - 1].text or lines[at - 1].text.startswith(">")):
        at -= 1
        quotes += bool(lines[at].text) and _QUOTE.match(lines[at].text) is not None
    rest = _length(lines[:at])
    attributed = at > 0 and _attributes(lines[at - 1].text)
    blank = any(line.text and not line.text.strip("> ") for line in lines[at:])
    listed = at > 0 and not attributed and introduces(lines[at - 1].text)
    if not quotes or listed or not (attributed or blank) or _length(lines[at:]) > rest:
        return len(lines)
    return at - attributed


def _attributes(text: str) -> bool:
    """Tell whether a line may stand above a quoted mail: "On 2 May 2025 Jo Roe wrote:"."""
    return text.endswith((":", "：")) and ("@" in text or dated(text) is not None)


def _cover(lines: Sequence[Line], names: Sequence[str]) -> int:
    """Return where the text below a covering note begins; 0 where there is none."""
    written = [at for at, line in enumerate(lines) if line.text]
    rule = next((at for at in written if is_rule(lines[at])), -1)
    above = [at for at in written if at < rule]
    if above and _closes(lines[above[-1]].text, names) and _length(lines[:rule]) < _length(lines[rule:]):
        return rule + 1
    if not written or GREETING.fullmatch(lines[written[0]].text) is None:
        return 0
    for at in written[1:_MOST_COVER]:
        apart = at + 1 < len(lines) and not lines[at + 1].text
        if _closes(lines[at].text, names) and apart and 2 * _length(lines[:at]) < _length(lines[at:]):
            return at + 1
    return 0


def _signature(lines: Sequence[Line], names: Sequence[str]) -> int:
    """Return where the signature begins that has the sender's name on its first line, with a rule above it.

    Where no rule sets it apart, it stands below the end of a text, holds no sentence and is shorter than that text. The
    name has the last word of the sender's: "Patient Information" may be a heading in a mail of the Patient Information
    Team.
    """
    written = [at for at, line in enumerate(lines) if line.text and not is_rule(line)]
    for at in written[-_MOST_SIGNATURE:]:
        words = re.findall(r"[^\W\d_]{2,}", lines[at].text)
        named = len(words) > 1 and set(names[-1:]) <= set(words) <= set(names)
        if named and not any(map(str.isdigit, lines[at].text)):
            start = at
            while start and (not lines[start - 1].text or is_rule(lines[start - 1])):
                start -= 1
            ruled = any(is_rule(line) for line in lines[start:at])
            said = any(ends_sentence(line.text) for line in lines[at:] if line.text)  # may be advice by its author
            text = said or _names_contact(lines[:start], start < at) or _length(lines[at:]) >= _length(lines[:start])
            return len(lines) if text and not ruled else start
    return len(lines)


def _names_contact(above: Sequence[Line], apart: bool) -> bool:
    """Tell whether a name below these lines is whom readers may ask: below "Your nurses:", or a heading "Contact"."""
    if not above or CLOSING.match(above[-1].text):
        return False
    last = above[-1]
    return not apart or introduces(last.text) or not (ends_sentence(last.text) or last.marker)


def _closes(text: str, names: Sequence[str]) -> bool:
    """Tell whether a line ends a message: "Thanks, Helen", or few words in any language and the sender's name.

    The name has its capitals: "Call the gout clinic" is advice of the Gout Clinic. "Best Foods" may be a heading.
    """
    words = re.findall(r"[^\W\d_]+", text)
    if 0 < len(words) <= _FEW_WORDS and words[-1] in names:
        return True
    closing = CLOSING.match(text)
    if closing is None:
        return False
    rest = text[closing.end() :].strip(" ,")
    return not rest or (closing[0][-1] in ",，.!！" and not says_more(rest))


def _length(lines: Sequence[Line]) -> int:
    return sum(len(line.text) for line in lines if not is_rule(line))


def _left_out(gone: Sequence[Line], why: str) -> list[Note]:
    written = [line for line in gone if line.text and not is_rule(line)]
    if not written:
        return []
    remedy = "write it into the text, if readers should see it"
    return [Note(written[0].number, "mail", left_out(written, why), remedy)]
