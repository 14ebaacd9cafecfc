"""Reads judged questions in the BEIR layout, strictly: an error names the file and the line."""

from __future__ import annotations

import codecs
import gzip
import json
import os
import re
import tomllib
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from wellread.errors import JudgmentsError
from wellread.files import names_in, open_regular

Qrels = Mapping[str, Mapping[str, int]]
"""Grades by query id and passage id; one below 0 is that of a passage that was looked at and not judged."""

HEADER = ["query-id", "corpus-id", "score"]

PROGRESS_EVERY = 1000
"""Lines between two reports of progress: many enough to cost nothing, few enough for several a second."""

LONGEST_LINE = 20_000_000
"""Bytes of a line at most, unpacked: a few kilobytes of a packed file can be made to stand for gigabytes."""

COLLECTION = "collection.toml"
"""Beside queries.jsonl: names the folder of the articles that the questions are about, `articles = "../articles"`."""

_GRADE = re.compile(r"-?[0-9]{1,2}(?:\.0+)?")


@dataclass(frozen=True, slots=True)
class Judgments:
    """Questions and their grades; `name` is the folder's.

    `queries` holds every question by id, those without a grade included; `qrels` those with at least one. `about` has
    the questions' metadata, where they have any. `articles` is the folder of the articles that the questions are about,
    None where those are the published ones.
    """

    name: str
    queries: Mapping[str, str]
    qrels: Qrels
    about: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    articles: Path | None = None


def read_judgments(folder: Path) -> Judgments:
    """Read one collection: `queries.jsonl` and every `qrels/*.tsv`, together, and its `collection.toml` if it has one.

    Raises:
        JudgmentsError: naming the file, the line and the reason.
    """
    read = list(_queries(folder / "queries.jsonl"))
    queries = {name: text for name, text, _ in read}
    splits = [folder / "qrels" / name for name in _names(folder / "qrels") if name.endswith(".tsv")]
    if not splits:
        raise JudgmentsError(folder / "qrels", None, "there is no .tsv file with judgments")
    qrels: dict[str, dict[str, int]] = {}
    for split in splits:
        for number, (query, passage, grade) in read_rows(split):
            if query not in queries:
                raise JudgmentsError(split, number, f'query "{query}" is not in queries.jsonl')
            if passage in qrels.setdefault(query, {}):
                raise JudgmentsError(split, number, f'"{passage}" is judged twice for query "{query}"')
            qrels[query][passage] = grade
    about = {name: metadata for name, _, metadata in read if metadata}
    return Judgments(folder.name or folder.resolve().name, queries, qrels, about, _articles_of(folder / COLLECTION))


@dataclass(frozen=True, slots=True)
class JudgmentsFolder:
    """Where judged questions were looked for, and every collection that was found there."""

    path: Path
    collections: tuple[Judgments, ...]


def find_judgments(kb: Path, named: Path | None = None) -> JudgmentsFolder:
    """Read the judged questions of the folder that is named, or of the folder `judgments` beside that of the articles.

    Raises:
        JudgmentsError: the folder that is named holds none, or one of its files cannot be read.
    """
    # Not resolve(): beside a link to a folder of articles stands what the editor sees beside the link.
    beside, here = Path(os.path.abspath(kb)).parent / "judgments", Path.cwd()  # noqa: PTH100
    below = beside.is_relative_to(here) and here != here.parent  # a path from / looks like one that is relative
    path = named or (beside.relative_to(here) if below else beside)
    collections = read_all_judgments(path)
    if named and not collections:
        raise JudgmentsError(named, None, "no folder in it has a queries.jsonl")
    return JudgmentsFolder(path, collections)


def read_all_judgments(folder: Path) -> tuple[Judgments, ...]:
    """Read every collection below a folder, by name, or the folder itself where it is one; none where it is missing."""
    places = [folder, *(folder / name for name in _names(folder))]
    return tuple(read_judgments(place) for place in places if "queries.jsonl" in _names(place))


def _names(folder: Path) -> list[str]:
    """The names in a folder, none where there is no folder; raises JudgmentsError."""
    try:
        return names_in(folder)
    except OSError as error:
        raise JudgmentsError(folder, None, f"it cannot be read: {error.strerror or error}") from error


def read_lines(
    file: Path,
    on_line: Callable[[bytes], None] = lambda line: None,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
) -> Iterator[tuple[int, str]]:
    """Every line of a UTF-8 file with its number, one at a time; what ends in .gz is unpacked.

    `on_line` gets each line's bytes, unpacked, and `on_progress` now and then how many packed bytes of how many are
    behind it.

    Raises:
        JudgmentsError: the file cannot be read to its end.
    """
    number = 0
    try:
        with open_regular(file) as stored:
            size = os.fstat(stored.fileno()).st_size
            unpacked = gzip.GzipFile(fileobj=stored) if file.suffix == ".gz" else stored
            for number, line in enumerate(iter(lambda: unpacked.readline(LONGEST_LINE + 1), b""), 1):
                if len(line) > LONGEST_LINE:
                    raise JudgmentsError(file, number, f"the line is longer than {LONGEST_LINE:,} bytes")
                on_line(line)
                if number % PROGRESS_EVERY == 0:
                    on_progress(stored.tell(), size)
                # Not splitlines(), which would cut at U+2028 in a question.
                text = line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
                yield number, text.decode().removesuffix("\n").removesuffix("\r")
            on_progress(size, size)
    except UnicodeDecodeError as error:
        raise JudgmentsError(file, number, f"byte {error.start + 1} of the line is not UTF-8") from None
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise JudgmentsError(file, number + 1, f"the compressed file is damaged or cut off ({error})") from error
    except OSError as error:
        raise JudgmentsError(file, None, error.strerror or "it cannot be read") from error


def read_objects(
    file: Path,
    on_line: Callable[[bytes], None] = lambda line: None,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
    keys: Sequence[str] = ("text",),
) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """Every line of a JSON Lines file but empty ones: its number, the line, and its object, with "_id" and one key.

    Raises:
        JudgmentsError: as `read_lines` does, and for a line that is no such object.
    """
    for number, line in read_lines(file, on_line, on_progress):
        if not line.strip():
            continue
        try:
            read = json.loads(line)
            read["_id"], read[next((key for key in keys if key in read), "text")]
        except (ValueError, KeyError, TypeError, RecursionError):
            raise JudgmentsError(file, number, 'not a JSON object with "_id" and "text"') from None
        yield number, line, read


def read_rows(
    file: Path, on_line: Callable[[bytes], None] = lambda line: None
) -> Iterator[tuple[int, tuple[str, str, int]]]:
    """Every judgment of a .tsv file: the line's number, then query, passage and grade.

    A file may lack the header, and may have empty lines.

    Raises:
        JudgmentsError: as `read_lines` does, and for a line that is no judgment.
    """
    lines = read_lines(file, on_line)
    first = next(lines, (1, ""))
    columns = first[1].split("\t")
    has_header = columns == HEADER
    if not has_header and not (len(columns) == len(HEADER) and _GRADE.fullmatch(columns[-1])):
        raise JudgmentsError(file, 1, f"the header is not {' '.join(HEADER)}, separated by tabs")
    for number, line in lines if has_header else chain([first], lines):
        if not line.strip():
            continue
        columns = line.split("\t")
        if len(columns) != 3:
            raise JudgmentsError(file, number, f"{len(columns)} columns instead of 3, separated by tabs")
        query, passage, grade = columns
        if not query.strip():
            raise JudgmentsError(file, number, "the query has no id")
        if not passage.strip():
            raise JudgmentsError(file, number, "the passage has no id")
        yield number, (query, passage, read_grade(file, number, grade))


def read_grade(file: Path, number: int, text: str) -> int:
    """A grade that stands on a line; raises JudgmentsError where it is none.

    One below 0 says that nobody judged the pair, as trec_eval has it (form_res_rels.c).
    """
    if not _GRADE.fullmatch(text):
        raise JudgmentsError(file, number, f'the grade "{text}" is not a whole number from -99 to 99')
    return int(float(text))


def is_text(value: object) -> bool:
    """Whether a value is text that can be written; lone surrogates cannot."""
    if not isinstance(value, str):
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _articles_of(file: Path) -> Path | None:
    """The folder of articles that a collection.toml names, as seen from its own folder; None where there is no file."""
    try:
        named = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise JudgmentsError(file, None, error.strerror or "it cannot be read") from error
    except (ValueError, RecursionError) as error:  # lists too deep, or numbers too long, for Python
        raise JudgmentsError(file, None, f"not TOML ({error})") from error
    articles = named.get("articles")
    if len(named) != 1 or not isinstance(articles, str) or not articles.strip():
        raise JudgmentsError(file, None, 'it must say where the articles are, and nothing else: articles = "FOLDER"')
    return (file.parent / articles).resolve()


def _queries(file: Path) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    seen: set[str] = set()
    for number, _, query in read_objects(file):
        name, text, about = query["_id"], query["text"], query.get("metadata") or {}
        if not all(is_text(value) and value.strip() for value in (name, text)):
            raise JudgmentsError(file, number, '"_id" and "text" must be text, and not empty')
        if name in seen:
            raise JudgmentsError(file, number, f'the id "{name}" is there twice')
        seen.add(name)
        if not isinstance(about, dict):
            raise JudgmentsError(file, number, '"metadata" is not an object')
        yield name, text, about
