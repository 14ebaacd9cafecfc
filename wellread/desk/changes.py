"""What an editor does to an article's file: write a draft into it, give it another name, or take it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wellread.desk.drafts import Draft, Drafts
from wellread.desk.names import checked_name, name_in, place_of
from wellread.errors import WellreadError


@dataclass(frozen=True, slots=True)
class Change:
    """An article's text as it was opened, and the file that it is to stand in: another one, or "" for none.

    `texts` has the bytes of each file that is written, by its path, and None for each that goes.
    """

    opened: Draft
    to: str
    texts: Mapping[str, bytes | None]

    @property
    def file(self) -> str:
        """The file that the article stands in so far."""
        return self.opened.file


def writing(draft: Draft) -> Change:
    """The change that a draft makes."""
    return Change(draft, draft.file, {draft.file: draft.data})


def renaming(drafts: Drafts, opened: Draft, name: str) -> Change:
    """The change of an article's name, its text as it is.

    Raises:
        WellreadError: the article has a draft or no file, or the name is none or is another article's.
    """
    data = _bytes_of(drafts, opened)
    to = name_in(drafts.kb, name.strip())
    if to == opened.file:
        raise WellreadError("this is the name that the article has", "write another one", to)
    there = drafts.open(to)
    if there.is_saved or there.based_on or place_of(drafts.kb, to).exists():
        raise WellreadError("there is an article or a draft of this name already", "write another name", to)
    return Change(opened, checked_name(to), {opened.file: None, to: data})


def removing(drafts: Drafts, opened: Draft) -> Change:
    """The change that takes an article out; raises WellreadError where it has a draft or no file."""
    _bytes_of(drafts, opened)
    return Change(opened, "", {opened.file: None})


def _bytes_of(drafts: Drafts, opened: Draft) -> bytes:
    if opened.is_saved:
        raise WellreadError("the article has a draft", "publish the draft first, or throw it away", opened.file)
    data = drafts.bytes_of(opened.file)
    if data is None:
        raise WellreadError("there is no such article", "choose one from the list", opened.file)
    return data
