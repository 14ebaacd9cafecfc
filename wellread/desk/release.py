"""From a draft to readers: tried beside what is live, published as `wellread ingest` does, or taken back whole."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

from wellread.articles.library import read_article
from wellread.desk.drafts import Draft, Drafts
from wellread.desk.names import place_of
from wellread.encoders.sentence_transformer import Encoder
from wellread.errors import IndexBusy, PublishingRefused, SettingsError, WellreadError
from wellread.files import make_folder, write_whole
from wellread.index.milvus.place import place_in_environment
from wellread.publishing.history import Event
from wellread.publishing.policy import Policy, settings_used
from wellread.publishing.publish import Report, publish
from wellread.publishing.serving import KEEP, rollback, served_generation, served_id
from wellread.publishing.trial import Trial, try_out
from wellread.settings import read_settings

_one_trial = Lock()
"""Held while a draft is tried: editors of one process wait for each other, rather than being refused."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The folders that a desk works on."""

    kb: Path
    index: Path

    @property
    def trials(self) -> Path:
        """The index folder in which drafts are tried; no reader is served from it."""
        return self.index / "desk"

    @property
    def drafts(self) -> Drafts:
        """The drafts of the articles."""
        return Drafts(self.kb)

    def state(self, draft: Draft) -> str:
        """What changes when a trial of a draft would come out otherwise: its text, the folder, or what is served."""
        whole = hashlib.sha256(f"{draft.file} {draft.version} {draft.based_on} {served_id(self.index)}".encode())
        for name, *about in files_state(self.kb):
            whole.update(f"{name} {about}".encode("utf-8", "surrogateescape"))
        return whole.hexdigest()

    def try_draft(self, draft: Draft, encoder: Encoder) -> Trial:
        """Build what publishing a draft would serve, and judge it; raises what `release` raises before it writes."""
        with self.drafts.locked():
            self.drafts.check(draft)
        with _for_editors(), _one_trial:
            return try_out(self.kb, self.index, self.trials, encoder, self._policy(draft))

    def release(self, draft: Draft, encoder: Encoder, by: str, accepted: str = "") -> Report:
        """Write a draft into its article's file and publish the articles; `accepted` is a reason to publish anyway.

        Where publishing is refused or fails, the file is as it was before and the draft stays.

        Raises:
            Overwriting: draft or file are not what was tried.
            WellreadError: what `publish` raises.
        """
        policy = replace(self._policy(draft), texts={}, by=by, accepted=accepted)
        place = place_of(self.kb, draft.file)
        drafts = self.drafts
        with _for_editors(), drafts.locked():
            drafts.check(draft)
            before, served = _bytes(place), served_id(self.index)
            try:
                _write(place, draft.data)
                report = publish(self.kb, self.index, encoder, policy=policy)
            except BaseException:
                text = hashlib.sha256(draft.data).hexdigest()
                if served_id(self.index) == served or self.served_files().get(draft.file) != text:
                    _restore(place, before)  # readers do not have it from here: the file has the text that was there
                raise
            drafts.forget(draft.file)
        return report

    def go_back(self, generation: str, by: str) -> Event:
        """Serve an earlier generation again; raises what `rollback` raises."""
        try:
            keep = read_settings(self.kb).keep
        except SettingsError:  # going back must not fail for it
            keep = KEEP
        return rollback(self.index, generation, keep, by, place_in_environment())

    def served_files(self) -> dict[str, str]:
        """The SHA-256 of each file's text that readers have, by its path."""
        served = served_generation(self.index)
        return {article.file: article.sha256 for article in served.words.articles()} if served else {}

    def _policy(self, draft: Draft) -> Policy:
        """What the library's settings let a publication of a draft do; raises WellreadError for no finished article."""
        read_article(self.kb / draft.file, self.kb, data=draft.data)
        settings = settings_used(self.kb)
        texts: Mapping[str, bytes] = {draft.file: draft.data}
        policy = replace(settings.policy(settings.judgments(self.kb)), texts=texts)
        if not policy.patterns.take(draft.file):
            raise WellreadError(
                "the settings of the library leave this article out", "change include or exclude there", draft.file
            )
        return policy


@contextmanager
def _for_editors() -> Iterator[None]:
    """Say what to do about a refusal as it is done at the desk, where nobody types a command."""
    try:
        yield
    except IndexBusy as error:
        who = error.reason.partition(" is publishing here")[0]
        raise IndexBusy(f"{who} is publishing now; your draft is kept", "try again in a minute") from error
    except PublishingRefused as error:
        remedy = "test the draft again: the reason to publish it all the same is asked for there"
        if "judged questions" not in error.reason:
            remedy = "try again in a minute; if it stays so, tell those who run the page"
        raise PublishingRefused(error.reason, remedy, error.where) from error


def files_state(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Name, time and size of every file below a folder: what changes when any of them does."""
    found = []
    for root, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                status = os.stat(f"{root}/{name}")  # noqa: PTH116 - of thousands of files, for each view
                found.append((f"{root}/{name}", status.st_mtime_ns, status.st_size))
    return tuple(sorted(found))


def _bytes(place: Path) -> bytes | None:
    try:
        return place.read_bytes()
    except FileNotFoundError:
        return None


def _write(place: Path, data: bytes) -> None:
    make_folder(place.parent)
    write_whole(place, data, replace=True)


def _restore(place: Path, before: bytes | None) -> None:
    if before is None:
        place.unlink(missing_ok=True)
    elif place.read_bytes() != before:
        _write(place, before)
