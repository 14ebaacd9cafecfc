"""Reads a web page's bytes as text, in the encoding that it names or in one that fits."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

from wellread.errors import WellreadError

_WINDOWS = frozenset("iso-8859-1 iso8859-1 latin-1 latin1 l1 ascii us-ascii".split())
"""What is called ISO 8859-1 on the web is windows-1252 (WHATWG Encoding, 4.2)."""

_NO_CHARSETS = frozenset(
    "idna punycode unicode-escape unicode_escape raw-unicode-escape raw_unicode_escape utf-7".split()
)
"""Codecs of Python that no page is written in."""

_WIDER = {
    **dict.fromkeys("gb2312 gb_2312-80 gbk x-gbk".split(), "gb18030"),
    **dict.fromkeys("shift_jis shift-jis sjis x-sjis windows-31j".split(), "cp932"),
    **dict.fromkeys("euc-kr ks_c_5601-1987 ksc5601".split(), "cp949"),
    **dict.fromkeys("big5 big5-hkscs x-x-big5".split(), "big5hkscs"),
    **dict.fromkeys("iso-8859-9 latin5".split(), "windows-1254"),
    **dict.fromkeys("tis-620 iso-8859-11".split(), "cp874"),
}
"""What browsers read instead of what pages name: a set with more signs (WHATWG Encoding, 4.2)."""

_WRONG_IN = 500
"""Bytes of a page, for each one at most that does not belong to its encoding; with more, it is in another encoding."""

_MOST_NAMED = 5
"""Places with such bytes that a note shows at most."""

_WRONG = re.compile("[\udc80-\udcff\ufffd]")
_UNSHOWN = re.compile(r"<(script|style)\b.*?(?:</\1|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL)

_NOT_IN_WINDOWS = bytes([0x81, 0x8D, 0x8F, 0x90, 0x9D])
_BYTES = {
    bytes([byte]).decode("windows-1252", "replace"): bytes([byte])
    for byte in range(0x80, 0xA0)
    if byte not in _NOT_IN_WINDOWS
}
_TWICE = re.compile(
    rf"[\xc3-\xc6\xcc-\xdb][\x80-\xbf{''.join(_BYTES)}]|[\xc8\xc9][\x98-\x9b˜™š›]|\xc2[\x80-\xbf]|[\xe0-\xef][\x80-\xbf{''.join(_BYTES)}]{{2}}"
    rf"|[\xf0-\xf4][\x80-\xbf{''.join(_BYTES)}]{{3}}"
)
"""Bytes of one letter in UTF-8, each read as a letter of windows-1252 or ISO 8859-1: "Ã©" for "é".

Behind É, È, ß and the like only those of Romanian and Azeri: no page is in what others make, and "SANTÉ :" is in many.
"""
_LEAST_TWICE = 3
"""Such letters at least of a page whose text went through a wrong encoding; one may be an example."""
_ACCENTED = re.compile("[\xc0-\xff]")
_MHTML = re.compile(rb"\s*(?:From|MIME-Version|Snapshot-Content-Location|Subject|Date|Content-Type):", re.IGNORECASE)
"""What a web archive of Chromium, Edge or Internet Explorer begins with: the headers of a mail."""
_MOST_OF_HEADERS = 2000


def decode_html(data: bytes, named: str = "") -> tuple[str, tuple[str, ...]]:
    """Read a page's bytes as `_decode` does; letters that were written in UTF-8 twice are read twice, with a note.

    Raises:
        WellreadError: the bytes are not a text in the encoding that is named, or a web archive.
    """
    text, notes = _decode(data, named)
    found = [one for one in _TWICE.findall(text) if _read_once_more(one) != one]
    others = len(_ACCENTED.findall(_TWICE.sub("", text)))
    if len(found) < _LEAST_TWICE or len(found) <= others:  # „Fuß“ and "SANTÉ :" end in such pairs too
        return text, notes
    examples = ", ".join(f'"{one}"' for one in list(dict.fromkeys(map(_read_once_more, found)))[:_MOST_NAMED])
    note = f"letters were written in UTF-8 twice, and are read so ({len(found)}), compare them: {examples}"
    return _TWICE.sub(lambda match: _read_once_more(match[0]), text), (*notes, note)


def _read_once_more(letters: str) -> str:
    """What letters say that are the bytes of UTF-8 in windows-1252, "â€™"; others stay."""
    try:
        read = b"".join(_BYTES.get(letter) or letter.encode("latin-1") for letter in letters).decode("utf-8")
    except UnicodeError:
        return letters
    return letters if read == "\N{REPLACEMENT CHARACTER}" else read


def _decode(data: bytes, named: str = "") -> tuple[str, tuple[str, ...]]:
    """Read a page's bytes: by byte order mark, by the name that the server or the page gives, or as UTF-8.

    What is not UTF-8 and names no encoding is read as windows-1252, with a note. So is a page whose encoding's name is
    unknown. `named` is the server's name for it. A few wrong bytes in a page, as programs put them in that join texts
    or cut them off, are read as windows-1252 in UTF-8, and else as "\N{REPLACEMENT CHARACTER}", with a note.

    Raises:
        WellreadError: the bytes are not a text in the encoding that is named, or a web archive.
    """
    from bs4.dammit import EncodingDetector

    if _MHTML.match(data) and b"multipart/related" in data[:_MOST_OF_HEADERS].lower():
        remedy = 'name it .mhtml, open it in the browser, and save it as "Web page, complete" (.html)'
        raise WellreadError("it is a web archive (MHTML), and no web page", remedy)
    declared = named or EncodingDetector.find_declared_encoding(data, is_html=True) or ""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif data.startswith(codecs.BOM_UTF8):
        encoding = "utf-8"
    else:
        encoding = _known(declared)
    if encoding:
        try:
            return data.decode(encoding).removeprefix("\ufeff"), ()
        except UnicodeError as error:
            with suppress(UnicodeError):  # it was saved anew in UTF-8, and still has the old name in it
                return data.decode("utf-8"), (f"the page is not a text in {encoding}: it was read as UTF-8",)
            if (read := _read_around(data, encoding)) is not None:
                return read
            remedy = "save it as UTF-8 and import that"
            raise WellreadError(f"the page is not a text in {encoding}", remedy) from error
    why = f'its encoding "{_printable(declared)}" is unknown' if declared.strip() else "the page names no encoding"
    try:
        text = data.decode("utf-8")
        return text, (f"{why}: it was read as UTF-8",) if declared.strip() else ()
    except UnicodeError:
        pass
    if any(byte in data for byte in _NOT_IN_WINDOWS):
        raise WellreadError(f"{why}, and it is no UTF-8", "save it as UTF-8 and import that")
    return data.decode("windows-1252"), (f"{why} and was read as windows-1252: look at letters with accents",)


def _read_around(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]] | None:
    """A page with a few wrong bytes, and a note of those that a reader sees; None where they are more."""
    utf_8 = codecs.lookup(encoding).name == "utf-8"
    text = data.decode(encoding, "surrogateescape" if utf_8 else "replace").removeprefix("\ufeff")
    if len(_WRONG.findall(text)) * _WRONG_IN > len(data):
        return None
    letters = {0xDC00 + byte: bytes([byte]).decode("windows-1252", "replace") for byte in range(0x80, 0x100)}
    shown = _UNSHOWN.sub("", text)
    seen = [found.start() for found in _WRONG.finditer(shown)]
    text, shown = text.translate(letters), shown.translate(letters)
    if not seen:
        return text, ()
    places = [
        " ".join(f"{shown[max(at - 20, 0) : at].rpartition('>')[2]}{shown[at : at + 20].partition('<')[0]}".split())
        for at in seen[:_MOST_NAMED]
    ]
    said = ", ".join(f'"{place}"' for place in places)
    return text, (f"bytes that are not {encoding} stand in the page ({len(seen)}), look at the letters of: {said}",)


def _known(name: str) -> str:
    """The codec for a charset that a page names, or "" where it is none that pages are written in."""
    name = name.strip().strip("\"'").lower()
    if name in _WINDOWS:
        return "windows-1252"
    name = _WIDER.get(name, name)
    try:
        bytes(4).decode(name)  # fails for a codec that makes no text
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    if found in _NO_CHARSETS:
        return ""
    # A name that could be read in ASCII is no UTF-16's and no UTF-32's (WHATWG HTML, 13.2.3.2).
    return "utf-8" if found.startswith(("utf-16", "utf-32")) else name


def _printable(name: str) -> str:
    return "".join(char for char in name if char.isprintable())[:40]
