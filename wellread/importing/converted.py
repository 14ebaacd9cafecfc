"""What reading a Word document or a PDF gives."""

from __future__ import annotations

from dataclasses import dataclass

from wellread.importing.left_out import LeftOut


@dataclass(frozen=True, slots=True)
class Converted:
    """A file as HTML, its title as `<h1 class="title">`.

    `words` is all text of the file, read in a simple way of its own, to compare the article with; `left_out` has the
    words that are not in the HTML on purpose, and `notes` what else an editor should look at.
    `beside` has the headers and footers of a Word document as HTML, and the dates that it keeps as data.
    `languages` are those that the file says its text is in, the likeliest first; programs often say a wrong one.
    """

    html: str
    words: str
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    beside: str = ""
