"""Words of a Word document that are not read as its text, each with what it is, in the words of a note."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

HIDDEN = "hidden text"
STRUCK = "struck out"
DELETED = "deleted with Track Changes"
PLACEHOLDER = "empty fields of a form"
CONTENTS = "table of contents"
INDEX = "index of words and their pages"
DRAWING = "words of a chart or diagram, type them in"
OTHER = "another file inside the document"
LEFT_OUT = (HIDDEN, STRUCK, DELETED, PLACEHOLDER, CONTENTS, INDEX, DRAWING, OTHER)
"""What is not in the text, in the order of the notes."""

INSERTED = "text inserted with Track Changes is read as accepted"
EQUATION = "equations are written in one line, compare them"
UNKNOWN = "signs of a font that are not known are left out, look for them"
UNWRITTEN = "numbers of lists that Word writes in words are in figures, compare them"
UNDRAWN = "numbers that Word makes by a field are left out, type them in"
NOTED = (INSERTED, EQUATION, UNKNOWN, UNWRITTEN, UNDRAWN)
"""What is told of, though its words are in the text, or it has none."""


@dataclass(slots=True)
class Aside:
    """Words of a document that are not read as its text, by the reason, in the words of a note."""

    pieces: defaultdict[str, list[list[str]]] = field(default_factory=lambda: defaultdict(list))
    _open: str = ""

    def add(self, reason: str, text: str) -> None:
        """Keep a piece; it is joined to the one before it if nothing was between them."""
        if text:
            if self._open == reason:
                self.pieces[reason][-1].append(text)
            else:
                self.pieces[reason].append([text])
            self._open = reason

    def tell(self, reason: str, text: str) -> None:
        """Keep words for a note that have nothing to do with those before and after them."""
        self.close()
        self.add(reason, text)
        self.close()

    def close(self) -> None:
        """Say that text of the document, or the end of a paragraph, is between what was added and what comes."""
        self._open = ""

    def texts(self, reason: str) -> list[str]:
        """The pieces that were kept for a reason, without those that are only white space."""
        texts = (" ".join("".join(piece).split()) for piece in self.pieces[reason])
        return [text for text in texts if text]
