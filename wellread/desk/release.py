"""From a change to readers: tried beside what is live, published as `wellread ingest` does, or taken back whole."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

from wellread.articles.library import read_article
from wellread.desk.changes import Change
from wellread.desk.drafts import Drafts
from wellread.desk.names import place_of
from wellread.encoders.sentence_transformer import Encoder
from wellread.errors import IndexBusy, PublishingRefused, SettingsError, WellreadError
from wellread.files import make_folder, write_whole
from wellread.index.milvus.place import place_in_environment
from wellread.publishing.history import Event
from wellread.publishing.policy import Policy, settings_used
from wellread.publishing.publish import publish
from wellread.publishing.report import Report
from wellread.publishing.serving import KEEP, rollback, served_generation, served_id
from wellread.publishing.trial import Trial, try_out
from wellread.settings import read_settings

_one_trial = Lock()
"""Held while a change is tried: editors of one process wait for each other, rather than being refused."""


@dataclass(frozen=True, slots=True)
class Consent:
    """Who publishes, and what for: `accepted` is a reason to publish although the gate refuses, "" for none.

    `may_shrink` lets more articles go than are let go without being asked about.
    """

    by: str
    accepted: str = ""
    may_shrink: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """The folders that a desk works on."""

    kb: Path
    index: Path

    @property
    def trials(self) -> Path:
        """The index folder in which changes are tried; no reader is served from it."""
        return self.index / "desk"

    @property
    def drafts(self) -> Drafts:
        """The drafts of the articles."""
        return Drafts(self.kb)

    def state(self, change: Change) -> str:
        """What is another when a trial of a change would come out otherwise: texts, the folder, or what is served."""
        opened = change.opened
        about = f"{change.file} {change.to} {opened.version} {opened.based_on} {served_id(self.index)}"
        whole = hashlib.sha256(about.encode())
        for name, *status in files_state(self.kb):
            whole.update(f"{name} {status}".encode("utf-8", "surrogateescape"))
        return whole.hexdigest()

    def try_change(self, change: Change, encoder: Encoder, may_shrink: bool = False) -> Trial:
        """Build what a change would serve, and judge it; raises what `release` raises before it writes."""
        with self.drafts.locked():
            self.drafts.check(change.opened)
        with _for_editors(), _one_trial:
            policy = replace(self._policy(change), allow_shrink=may_shrink)
            return try_out(self.kb, self.index, self.trials, encoder, policy)

    def release(self, change: Change, encoder: Encoder, consent: Consent) -> Report:
        """Change the articles' files and publish them.

        Where publishing is refused or fails, the files are as they were before and a draft stays. Of an article that is
        taken out, a draft is kept, from which it can be published again.

        Raises:
            Overwriting: draft or file are not what was tried.
            WellreadError: what `publish` raises.
        """
        policy = replace(
            self._policy(change),
            texts={},
            by=consent.by,
            accepted=consent.accepted,
            allow_shrink=consent.may_shrink,
        )
        places = {name: place_of(self.kb, name) for name in change.texts}
        drafts = self.drafts
        with _for_editors(), drafts.locked():
            drafts.check(change.opened)
            before, served = {name: _bytes(place) for name, place in places.items()}, served_id(self.index)
            try:
                if not change.to:
                    drafts.keep_removed(change.opened, consent.by)
                _write_all({places[name]: data for name, data in change.texts.items()})
                report = publish(self.kb, self.index, encoder, policy=policy)
            except BaseException:
                if served_id(self.index) == served or not self._is_served(change):
                    # Readers do not have it from here: the files have the texts that were there.
                    _write_all({place: before[name] for name, place in places.items()})
                    if not change.to:
                        drafts.forget(change.file)
                raise
            if change.to:
                drafts.forget(change.file)
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

    def _is_served(self, change: Change) -> bool:
        """Whether readers have what a change makes of its files."""
        served = self.served_files()
        return all(
            served.get(name) == (None if data is None else hashlib.sha256(data).hexdigest())
            for name, data in change.texts.items()
        )

    def _policy(self, change: Change) -> Policy:
        """What the settings let a publication of a change do; raises WellreadError for no finished article."""
        settings = settings_used(self.kb)
        policy = replace(settings.policy(settings.judgments(self.kb)), texts=change.texts)
        for name, data in change.texts.items():
            if data is None:
                continue
            read_article(self.kb / name, self.kb, data=data)
            if not policy.patterns.take(name):
                raise WellreadError(
                    "the settings of the library leave this article out", "change include or exclude there", name
                )
        return policy


@contextmanager
def _for_editors() -> Iterator[None]:
    """Say what to do about a refusal as it is done at the desk, where nobody types a command."""
    try:
        yield
    except IndexBusy as error:
        who = error.reason.partition(" is publishing here")[0]
        raise IndexBusy(f"{who} is publishing now; nothing was changed", "try again in a minute") from error
    except PublishingRefused as error:
        remedy = "test it again: the reason to publish it all the same is asked for there"
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


def _write_all(texts: Mapping[Path, bytes | None]) -> None:
    """Let files hold these bytes, and where there are none not be there, which comes last: a text never stands nowhere.

    A file that holds them already is not touched.
    """
    for place, data in texts.items():
        if data is not None and _bytes(place) != data:
            make_folder(place.parent)
            write_whole(place, data, replace=True)
    for place, data in texts.items():
        if data is None:
            place.unlink(missing_ok=True)
