"""The text that an editor has in front of her in this visit, saved or not, and what else was written meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from wellread.desk.drafts import Draft, Drafts, Overwriting

_PLACE = "desk-place"


@dataclass(frozen=True, slots=True)
class Work:
    """A text in the making: what was opened, the text as it is now, and the clash that saving it met.

    `place` is another one whenever a text is put into the editor anew: the browser keeps what is typed into one.
    """

    opened: Draft
    text: str
    place: int = 0
    clash: Overwriting | None = None

    @property
    def is_changed(self) -> bool:
        """Whether something is not saved."""
        return self.text != self.opened.text


def work_on(drafts: Drafts, file: str, begins: bool) -> Work:
    """What is being worked on for an article in this visit, opened where nothing is; raises WellreadError.

    Where a view `begins` with it, it is put into the editor anew; and what has nothing unsaved is opened anew, so that
    what others saved meanwhile is seen.
    """
    kept: Work | None = st.session_state.get(_key(file))
    if kept is not None and not begins:
        return kept
    place = st.session_state[_PLACE] = st.session_state.get(_PLACE, 0) + 1
    if kept is not None and (kept.is_changed or kept.clash):
        return keep(replace(kept, place=place))
    opened = drafts.open(file)
    return keep(Work(opened, opened.text, place))


def keep(work: Work) -> Work:
    """Remember in this visit what is being worked on."""
    st.session_state[_key(work.opened.file)] = work
    return work


def let_go(file: str) -> None:
    """Forget it: what is saved, or nothing, counts from now on."""
    st.session_state.pop(_key(file), None)


def save(drafts: Drafts, work: Work, by: str) -> Work:
    """Save the text as a draft; where that would overwrite another's, nothing is saved and the clash is kept.

    Raises WellreadError where the disk refuses.
    """
    try:
        saved = drafts.save(work.opened, work.text, by)
    except Overwriting as clash:
        return keep(replace(work, clash=clash))
    return keep(replace(work, opened=saved, clash=None))


def unsaved_files() -> list[str]:
    """The files of the texts of this visit that are not saved."""
    works = (st.session_state[key] for key in map(str, st.session_state) if key.startswith(_key("")))
    return sorted(work.opened.file for work in works if isinstance(work, Work) and work.is_changed)


def _key(file: str) -> str:
    return f"desk-work-{file}"
