"""Decides which generation is served: the switch, the way back, and which old ones are deleted."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from wellread.commands import command, ingest_command, places
from wellread.datatypes import Article
from wellread.errors import IndexDamaged, IndexMissing, WellreadError
from wellread.files import names_in, remove, sync_folder, write_durably
from wellread.index.layout import (
    GENERATION_ID,
    TEMPORARY,
    current_file,
    current_generation,
    generation_folder,
    generations_folder,
    segment_folder,
    segments_folder,
    temporary,
)
from wellread.index.manifest import segments_named
from wellread.index.milvus.place import Place
from wellread.index.reader import Reader, open_served, open_words
from wellread.index.verified import Verified
from wellread.index.words import Words
from wellread.publishing.elsewhere import elsewhere_at, told_with
from wellread.publishing.history import Event, compare, now, read_history, recent_generations, record
from wellread.publishing.lock import only_writer
from wellread.settings import Settings

KEEP = Settings().keep
"""Generations that stay on the disk, where a library does not say."""


def served_generation(index: Path, verified: Verified | None = None) -> Reader | None:
    """The generation being served, or None where there is none that can be read."""
    try:
        return open_served(index, verified)
    except (IndexMissing, IndexDamaged):
        return None


def served_id(index: Path) -> str:
    """The id of the generation being served, be it whole or not; "" where CURRENT names none."""
    try:
        return current_generation(index)
    except (IndexMissing, IndexDamaged):
        return ""


def standing_generations(index: Path) -> tuple[str, ...]:
    """The ids of the generations on the disk, be they whole or not; raises OSError."""
    return tuple(name for name in names_in(generations_folder(index)) if GENERATION_ID.fullmatch(name))


def rollback(
    index: Path, generation: str | None = None, keep: int = KEEP, by: str = "", milvus: Place | None = None
) -> Event:
    """Serve an earlier generation: the one named, by its first digits if need be, or the one served before this one.

    `by` is who goes back, as the history will say. Readers in Milvus, where a place there is named, go back too. Where
    that was cut short before they had it, the same call again lets them have it, and records nothing.

    Raises:
        IndexMissing: there is no such generation on the disk, or none was served before.
        IndexDamaged: it is not what it was.
        IndexBusy: another process is publishing.
        WellreadError: the disk refused; the message says what is being served.
        KeyboardInterrupt: with the same in words.
    """
    with told_truly(index) as switch:
        elsewhere = elsewhere_at(milvus)
        if not standing_generations(index):
            raise IndexMissing(
                "there is no generation to go back to", f"build one: {ingest_command(index)}", where=index
            )
        with only_writer(index):
            served = served_id(index)
            is_cut_short = _went_back_to(index, served) and not elsewhere.serves(served)
            target = Reader(index, served if is_cut_short and not generation else _find(index, generation))
            if target.generation == served and elsewhere.serves(served):
                raise IndexMissing(
                    f"generation {target.generation} is being served already",
                    f"look what else there is: {command('history', *places(index))}",
                    where=index,
                )
            old_articles, old_passages = _words_of(index, served)
            articles = compare(old_articles, articles_of(target.words))
            passages = compare(old_passages, target.words.digests())
            event = Event(target.generation, now(), "rollback", articles, passages.counts, target.model, by=by)
            with told_with(lambda: switch.words):
                elsewhere.bring(target, lambda stage, done, total: None)
                if target.generation != served:
                    serve(switch, event, keep)
                elsewhere.switch(target.generation)
                elsewhere.prune(standing_generations(index))
            return event


def _went_back_to(index: Path, generation: str) -> bool:
    """Whether the last event is a rollback to a generation."""
    events = read_history(index)
    return bool(events) and (events[-1].action, events[-1].generation) == ("rollback", generation)


def _words_of(index: Path, generation: str) -> tuple[dict[str, str], dict[str, bytes]]:
    """What tells articles and passages of a generation from others, without the time to verify what goes anyway."""
    try:
        words = open_words(index, generation)
        return articles_of(words), words.digests()
    except (IndexMissing, IndexDamaged, sqlite3.Error, ValueError, TypeError):
        return {}, {}


def _find(index: Path, wanted: str | None) -> str:
    standing = standing_generations(index)
    if wanted is None:
        others = {*standing} - {served_id(index)}
        found = [name for name in recent_generations(read_history(index)) if name in others][:1]
        missing = "no other generation is on the disk to go back to"
        if others and not found:
            raise IndexMissing(
                "the history does not tell what was served before; on the disk, newest first:"
                f" {', '.join(name for name in by_age(index) if name in others)}",
                f"name one: {command('rollback', *places(index), 'ID')}",
                where=index,
            )
    else:
        found = [name for name in standing if name.startswith(wanted)]
        missing = f"{'no generation is' if not found else 'several generations are'} called {wanted}…"
    if len(found) != 1:
        raise IndexMissing(missing, f"look what there is: {command('history', *places(index))}", where=index)
    return found[0]


class Switch:
    """Turns readers of an index folder to another generation, and knows afterwards whether that came about."""

    def __init__(self, index: Path) -> None:
        self.index = index
        self.generation = ""
        self._turned = False

    def turn(self, generation: str) -> None:
        """Name a generation in CURRENT, atomically; raises OSError."""
        current = current_file(self.index)
        write_durably(temporary(current), f"{generation}\n".encode())
        self.generation = generation
        temporary(current).replace(current)
        self._turned = True

    @property
    def turned(self) -> bool:
        """Whether readers get that generation; CURRENT is asked too: an interrupt may come right behind the rename."""
        return self._turned or (self.generation != "" and served_id(self.index) == self.generation)

    @property
    def words(self) -> str:
        """What that means for readers."""
        return f"generation {self.generation} is being served" if self.turned else "nothing was published"


def serve(switch: Switch, event: Event, keep: int = KEEP) -> None:
    """Switch readers to an event's generation, atomically and durably, and record it; then delete old generations.

    What goes wrong behind the switch, `told_truly` reports as behind it. Raises IndexMissing where the generation went
    meanwhile: somebody exchanged the folder, or deleted the lock and let another process publish.
    """
    index = switch.index
    if not _stands(index, event.generation):
        raise IndexMissing(
            f"generation {event.generation} is no longer on the disk: somebody moved the folder, or deleted its lock"
            " and published too; nothing was published",
            "run the command again",
            where=index,
        )
    before = served_id(index)
    switch.turn(event.generation)
    sync_folder(index)
    record(index, event)
    prune(index, (event.generation, before), keep)


def _stands(index: Path, generation: str) -> bool:
    """Whether the manifest of a generation can be read, and the folders of its segments are there."""
    segments = segments_named(generation_folder(index, generation))
    return segments is not None and all(segment_folder(index, name).is_dir() for name in segments)


def last_whole(index: Path) -> Reader | None:
    """The generation served last, or else written last, that can be read; None where there is none."""
    for name in dict.fromkeys((*recent_generations(read_history(index)), *by_age(index))):
        with suppress(IndexMissing, IndexDamaged):
            return Reader(index, name)
    return None


def by_age(index: Path) -> list[str]:
    """The generations on the disk, the one written last first."""
    ages = {name: generation_folder(index, name).stat().st_mtime for name in standing_generations(index)}
    return sorted(ages, key=lambda name: (-ages[name], name))


def prune(index: Path, first: Sequence[str], keep: int = KEEP) -> None:
    """Remove the generations that are not among the `keep` to be kept: those of `first`, then those served last.

    The one being served is kept, whatever `first` says. The last of `first` is the one that was served until now, or
    "". What a crash left of a generation goes too. Nothing that is not Wellread's own is touched.
    """
    served = recent_generations(read_history(index))
    if first and first[-1] not in ("", *served):
        served += by_age(index)  # the history does not tell: what was written last is kept
    wanted = dict.fromkeys(name for name in (*first, *served) if name)
    kept = [*list(wanted)[: max(1, keep)], served_id(index)]
    _remove_others(generations_folder(index), kept)
    sweep(index)


def sweep(index: Path) -> None:
    """Remove the segments that no generation on the disk has; none while the manifest of one cannot be read."""
    named: set[str] = set()
    for name in standing_generations(index):
        segments = segments_named(generation_folder(index, name))
        if segments is None:
            return
        named |= segments
    _remove_others(segments_folder(index), named)


def _remove_others(folder: Path, kept: Collection[str]) -> None:
    """Remove the generations or segments in a folder that are not kept, and what a crash left of one."""
    for one in map(folder.joinpath, names_in(folder)):
        ours = GENERATION_ID.fullmatch(one.name.removesuffix(TEMPORARY)) and (one.is_dir() or one.suffix == TEMPORARY)
        if ours and one.name not in kept:
            with suppress(FileNotFoundError):  # somebody was quicker
                remove(one)


def articles_of(words: Words) -> dict[str, str]:
    """What tells each article of a generation from another version of it, by id."""
    return {article.id: article_version(article) for article in words.articles()}


def article_version(article: Article) -> str:
    """What tells an article from another version of it."""
    return f"{article.file} {article.sha256}"


@contextmanager
def told_truly(index: Path) -> Iterator[Switch]:
    """Say what the disk refused, or an interrupt, as an error for people, with what is being served after it.

    Everything that publishing does to the disk stands inside, the lock and its release too: an error behind the switch
    never says that nothing was published.
    """
    switch = Switch(index)
    try:
        yield switch
    except KeyboardInterrupt:
        raise KeyboardInterrupt(switch.words) from None
    except (OSError, sqlite3.Error, MemoryError) as error:
        if isinstance(error, FileExistsError | NotADirectoryError) and not index.is_dir():
            raise WellreadError(
                "not a folder; nothing was published", "name a folder with --index", where=index
            ) from error
        where = getattr(error, "filename", None) or index
        why = getattr(error, "strerror", None) or str(error) or "the memory does not suffice"
        if switch.turned:
            raise WellreadError(
                f"{why}; {switch.words}, but what should follow (a durable disk, the history, old generations removed)"
                " was cut short",
                "look after the disk",
                where=where,
            ) from error
        raise WellreadError(
            f"{why}; nothing was published",
            "mend that (space on the disk or in memory, permissions) and run the command again",
            where=where,
        ) from error
