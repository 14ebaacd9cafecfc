"""Drafts: texts that editors work on, in a folder beside the articles where no reader and no publication looks.

Two editors cannot overwrite each other: what an editor opened is compared with what stands there when it is saved.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from wellread.articles.decoding import decode
from wellread.articles.kb_files import MAX_BYTES
from wellread.desk.names import name_in, place_of
from wellread.errors import WellreadError
from wellread.files import files_below, make_folder, write_whole
from wellread.publishing.history import now

PATIENCE = 10.0
"""Seconds that a save waits for another to end, which takes milliseconds; a publication takes longer and is told."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A text of an article that is not published, or the published one as it stands in its file.

    `file` is its path below the knowledge base, and `based_on` the SHA-256 of that file as it was opened, "" where
    there was none. `by` and `at` say who saved it last and when; `by` is "" where it is no draft but the file's text.
    `source` is the name of the file that it was made of, `original` all words of that, `notes` what was lost or moved.
    """

    file: str
    text: str
    based_on: str
    by: str = ""
    at: datetime | None = None
    source: str = ""
    original: str = ""
    notes: tuple[str, ...] = ()

    @property
    def is_saved(self) -> bool:
        """Whether this is a draft, and not the text of the article's file."""
        return self.at is not None

    @property
    def version(self) -> str:
        """What tells this draft from another of the same article; "" for the text of the file."""
        saved = f"{self.by}\0{self.at}\0{self.text}".encode()
        return hashlib.sha256(saved).hexdigest() if self.is_saved else ""

    @property
    def data(self) -> bytes:
        """The bytes of the file that publishing writes."""
        return self.text.encode()


class Overwriting(WellreadError):
    """Saving would overwrite what somebody else wrote since.

    `theirs` is that, to be compared with one's own text, which is saved over `base` by whoever decides for it.
    """

    def __init__(self, theirs: Draft, base: Draft) -> None:
        self.theirs, self.base = theirs, base
        if theirs.is_saved:
            reason = f"{theirs.by} saved another draft of this article since you opened it; nothing was saved"
        elif theirs.based_on:
            reason = "the article's file was changed since you opened it; nothing was saved"
        else:
            reason = "this was deleted since you opened it; nothing was saved"
        super().__init__(reason, "compare both texts, then keep yours or take the other", theirs.file)


class Drafts:
    """The drafts of a knowledge base."""

    def __init__(self, kb: Path, clock: Callable[[], datetime] = now) -> None:
        self.kb = kb
        self.folder = kb.parent / f"{kb.name}-drafts"
        self._clock = clock

    def open(self, file: str) -> Draft:
        """The draft of an article, or else the text of its file; an empty one where there is neither.

        Raises:
            WellreadError: the name is none of an article, or the file cannot be read.
        """
        return self.find(file) or self.published(file)

    def find(self, file: str) -> Draft | None:
        """The draft of an article, or None; raises WellreadError where it cannot be read."""
        place = self._place(file)
        return _read(place, self.folder) if place.is_file() else None

    def published(self, file: str) -> Draft:
        """The text of an article's file; raises WellreadError where it cannot be read."""
        name = name_in(self.kb, file)
        data = self.bytes_of(name)
        return Draft(name, "" if data is None else decode(data, name), _digest(data))

    def all(self) -> tuple[tuple[Draft, ...], tuple[WellreadError, ...]]:
        """Every draft by its article's file, and an error for each that cannot be read."""
        drafts: list[Draft] = []
        errors: list[WellreadError] = []
        try:
            places = [place for place in files_below(self.folder) if place.suffix == ".json"]
        except OSError as error:
            reason = f"the drafts cannot be read ({error.strerror})"
            return (), (WellreadError(reason, "tell those who run the page", self.folder),)
        for place in places:
            try:
                drafts.append(_read(place, self.folder))
            except WellreadError as error:
                errors.append(error)
        return tuple(drafts), tuple(errors)

    def save(self, opened: Draft, text: str, by: str) -> Draft:
        """Save a text over what was opened, and return it as it stands now.

        Raises:
            Overwriting: somebody else saved or published another text since; nothing was saved.
            WellreadError: the text is too long, or the disk refused.
        """
        draft = replace(opened, text=text, by=by, at=self._clock())
        if len(draft.data) > MAX_BYTES:
            raise WellreadError(f"the text is larger than {MAX_BYTES:,} bytes", "divide it into several articles")
        with self.locked():
            self.check(opened)
            self._write(draft)
        return draft

    def keep_removed(self, opened: Draft, by: str) -> None:
        """Make a draft of an article whose file goes, from which it can be brought back; the lock is held already."""
        self._write(replace(opened, based_on="", by=by, at=self._clock()))

    def drop(self, opened: Draft) -> None:
        """Delete a draft; raises Overwriting where somebody saved another one since it was opened."""
        with self.locked():
            there = self.find(opened.file)
            if there is not None and there.version != opened.version:
                raise Overwriting(there, there)
            self.forget(opened.file)

    def forget(self, file: str) -> None:
        """Delete the draft of an article, whoever wrote it; the lock is held already."""
        self._place(file).unlink(missing_ok=True)

    def check(self, opened: Draft) -> None:
        """Raise Overwriting where the draft or the article's file is not what was opened; the lock is held already."""
        there = self.find(opened.file)
        published = self.published(opened.file)
        if (there.version if there else "") != opened.version:
            theirs = there or published
            made_of = opened if opened.original else theirs
            base = replace(theirs, source=made_of.source, original=made_of.original, notes=made_of.notes)
            raise Overwriting(theirs, base)
        if published.based_on != opened.based_on:
            raise Overwriting(published, replace(opened, based_on=published.based_on))

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the drafts for oneself; what the disk refuses is said as an error for people.

        Raises:
            WellreadError: somebody else saves or publishes, and does not come to an end.
        """
        try:
            make_folder(self.folder)
            with FileLock(self.folder / ".lock", PATIENCE, poll_interval=0.05, fallback_to_soft=False):
                yield
        except Timeout:
            raise WellreadError("somebody else is publishing at this moment", "try again in a minute") from None
        except OSError as error:
            where = getattr(error, "filename", None) or self.folder
            raise WellreadError(
                f"{error.strerror or error}; nothing was saved", "tell those who run the page", where
            ) from error

    def _write(self, draft: Draft) -> None:
        place = self._place(draft.file)
        make_folder(place.parent)
        written = {**asdict(draft), "at": draft.at.isoformat() if draft.at else ""}
        write_whole(place, json.dumps(written, ensure_ascii=False, indent=1).encode(), replace=True)

    def _place(self, file: str) -> Path:
        return self.folder / f"{name_in(self.kb, file)}.json"

    def bytes_of(self, file: str) -> bytes | None:
        """The bytes of an article's file, None where there is none; raises WellreadError where it cannot be read."""
        name = name_in(self.kb, file)
        place = place_of(self.kb, name)
        try:
            with place.open("rb") as stream:
                return stream.read(MAX_BYTES + 1)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise WellreadError(f"cannot be read ({error.strerror})", "tell those who run the page", name) from error


def _digest(data: bytes | None) -> str:
    return "" if data is None else hashlib.sha256(data).hexdigest()


def _read(place: Path, folder: Path) -> Draft:
    name = place.relative_to(folder).as_posix().removesuffix(".json")
    try:
        read: dict[str, Any] = json.loads(place.read_bytes())
        at = datetime.fromisoformat(read["at"])
        texts = {key: str(read[key]) for key in ("text", "based_on", "by", "source", "original")}
        notes = tuple(map(str, read["notes"]))
        return Draft(name, at=at.astimezone(UTC), notes=notes, **texts)
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise WellreadError(
            f"is a draft that cannot be read ({type(error).__name__})", "have it repaired, or delete it", place
        ) from error
