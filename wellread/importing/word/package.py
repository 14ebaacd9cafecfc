"""The parts of a Word document, unpacked and parsed within limits, under names that do not depend on its flavour."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections import Counter
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from wellread.errors import WellreadError

MAX_UNPACKED = 40_000_000
"""Bytes that all parts that are read may unpack to. The text of a book of 500 pages takes about 10 MB; a file of 8 kB
can unpack to hundreds."""

MAX_ELEMENTS = 120_000
"""XML elements in all parts that are read. A page has about 500; this many take at most 3 s on a slow machine."""

MAX_DEPTH = 150
"""Elements inside one another. Word itself stays below 60, with tables in text boxes in tables."""

PIECE = 4_000_000
"""Bytes that are parsed at once. With each further piece, expat before 2.6 reads a long comment from its beginning
(CVE-2023-52425): in pieces of 64 kB, one of 40 MB took more than a minute."""

DIVIDE = "divide the document, or copy its text into a new one"

_FAMILIES = {
    "wordprocessingml/main": "w",
    "officeDocument/math": "m",
    "officeDocument/relationships": "r",
    "package/relationships": "rel",
    "markup-compatibility": "mc",
    "drawingml/main": "a",
    "drawingml/wordprocessingDrawing": "wp",
    "drawingml/chart": "c",
    "drawingml/diagram": "dgm",
    "wordprocessingShape": "wps",
}
_YEAR = re.compile(r"/\d{4}(?:/\d{1,2})?(?=/|$)")
_FLAVOURS = (
    "http://schemas.openxmlformats.org/",
    "http://purl.oclc.org/ooxml/",
    "http://schemas.microsoft.com/office/word/",
)


class Package:
    """A Word document's parts, each parsed once, when it is first asked for; the limits are those of all together.

    Raises:
        WellreadError: the bytes are no Word document; later, the parts are larger or deeper than the limits allow.
    """

    def __init__(self, data: bytes) -> None:
        if data.startswith(b"\xd0\xcf\x11\xe0"):  # the older container: a .doc, or a document with a password
            raise WellreadError(
                "the file is locked by a password, or is an old .doc", "save it in Word as .docx without a password"
            )
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as error:
            raise unreadable(error) from error
        self._names = Counter(self._archive.namelist())
        self._parts: dict[str, Element] = {}
        self._unpacked = 0
        self._elements = 0
        starts = [target for kind, target in self.related("").values() if kind == "officeDocument"]
        self.main = starts[0] if starts else "word/document.xml"

    def part(self, name: str) -> Element | None:
        """Parse a part; None where the document has none of that name."""
        if name not in self._names:
            return None
        if name in self._parts:
            return self._parts[name]
        if self._names[name] > 1:  # programs differ in which of them they show
            raise WellreadError(f'it holds its part "{name}" twice', "open it in Word, and save it anew")
        tree = _Bounded(self._elements)
        parser = XMLParser(target=tree)  # noqa: S314 - expat bounds entities, _Bounded the rest
        try:
            with self._archive.open(name) as stream:
                while piece := stream.read(PIECE):
                    self._unpacked += len(piece)
                    if self._unpacked > MAX_UNPACKED:
                        raise WellreadError(f"its text unpacks to more than {MAX_UNPACKED:,} bytes", DIVIDE)
                    parser.feed(piece)
            root: Element = parser.close()
        except (zipfile.BadZipFile, ParseError, OSError, RuntimeError, EOFError, ValueError, zlib.error) as error:
            raise unreadable(error) from error
        self._elements = tree.count
        self._parts[name] = root
        return root

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """What a part points at: by its id the kind and the name of the part, or the address outside."""
        folder, file = posixpath.split(name)
        root = self.part(posixpath.join(folder, "_rels", f"{file}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for one in () if root is None else root:
            target = one.get("Target", "")
            if one.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[one.get("Id", "")] = (one.get("Type", "").rsplit("/", 1)[-1], target)
        return found

    def related_part(self, kind: str) -> Element | None:
        """Parse the part of a kind, such as "styles", that the text points at."""
        names = [target for found, target in self.related(self.main).values() if found == kind]
        return self.part(names[0]) if names else None

    def file_part(self, kind: str) -> Element | None:
        """Parse the part of a kind, such as "custom-properties", that the file points at beside its text."""
        names = [target for found, target in self.related("").values() if found == kind]
        return self.part(names[0]) if names else None

    @property
    def has_macros(self) -> bool:
        """Whether programs are in the document; they are never read."""
        return any(kind == "vbaProject" for kind, _ in self.related(self.main).values())

    def headers(self) -> list[Element]:
        """Parse the headers and footers of all sections, once each."""
        related = dict.fromkeys(self.related(self.main).values())
        parts = (self.part(target) for kind, target in related if kind in ("header", "footer"))
        return [part for part in parts if part is not None]


class _Bounded(TreeBuilder):
    """Builds a tree under short names, "w_p", and stops before it takes more memory than a document may.

    `count` is that of the elements of the parts before it and its own.
    """

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count
        self._depth = 0
        self._short: dict[str, str] = {}

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        self.count += 1
        self._depth += 1
        if self.count > MAX_ELEMENTS:
            raise WellreadError(f"it has more than {MAX_ELEMENTS:,} pieces of text and of layout", DIVIDE)
        if self._depth > MAX_DEPTH:
            raise WellreadError(f"its parts lie more than {MAX_DEPTH} deep inside one another", DIVIDE)
        return super().start(self._name(tag), {self._name(name): value for name, value in attrs.items()})

    def end(self, tag: str) -> Element:
        self._depth -= 1
        return super().end(self._name(tag))

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        """Refuse what no document of Word has and what entities are made with."""
        raise WellreadError("the file is no Word document: it defines entities", "save it in Word as .docx")

    def _name(self, tag: str) -> str:
        if tag not in self._short:
            space, _, local = tag.rpartition("}")
            self._short[tag] = f"{_family(space[1:])}{local}"
        return self._short[tag]


def _family(space: str) -> str:
    if space == "urn:schemas-microsoft-com:vml":
        return "v_"
    for flavour in _FLAVOURS:
        if space.startswith(flavour):
            inner = _YEAR.sub("", "/" + space.removeprefix(flavour))[1:]
            return f"{_FAMILIES[inner]}_" if inner in _FAMILIES else f"{inner.rsplit('/', 1)[-1]}_"
    return "other_" if space else ""


def unreadable(error: Exception) -> WellreadError:
    """The error that says a file is broken, with what was found."""
    what = " ".join(str(error).split()) or type(error).__name__
    return WellreadError(f"the file cannot be read as a Word document ({what})", "open it in Word and save it as .docx")


def alternative(element: Element) -> Element:
    """Of text that is written several times for old and new programs, the one to read: the first that has any."""
    choices = [*element.findall("mc_Choice"), *element.findall("mc_Fallback")]
    for choice in choices:
        if any((one.text or "").strip() for one in choice.iter() if one.tag in ("w_t", "m_t")):
            return choice
    return choices[0] if choices else Element("mc_Choice")
