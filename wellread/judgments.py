"""Judged questions on disk, in the BEIR layout, read strictly: what is wrong is named with its file and line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wellread.errors import JudgmentsError

Qrels = Mapping[str, Mapping[str, int]]
"""Grades by query id and passage id."""

HEADER = ["query-id", "corpus-id", "score"]

_GRADE = re.compile(r"[0-9]{1,2}")


@dataclass(frozen=True, slots=True)
class Judgments:
    """Questions and their grades; `name` is the folder's.

    `queries` holds every question by id, those without a grade included; `qrels` those with at least one. `about` has
    the questions' metadata, where they have any.
    """

    name: str
    queries: Mapping[str, str]
    qrels: Qrels
    about: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def read_judgments(folder: Path) -> Judgments:
    """Read one collection: `queries.jsonl` and every `qrels/*.tsv`, together.

    Raises:
        JudgmentsError: naming the file, the line and the reason.
    """
    read = list(_queries(folder / "queries.jsonl"))
    queries = {name: text for name, text, _ in read}
    splits = sorted((folder / "qrels").glob("*.tsv"))
    if not splits:
        raise JudgmentsError(folder / "qrels", None, "there is no .tsv file with judgments")
    qrels: dict[str, dict[str, int]] = {}
    for split in splits:
        for number, (query, passage, grade) in _rows(split):
            if query not in queries:
                raise JudgmentsError(split, number, f'query "{query}" is not in queries.jsonl')
            if passage in qrels.setdefault(query, {}):
                raise JudgmentsError(split, number, f'"{passage}" is judged twice for query "{query}"')
            qrels[query][passage] = grade
    return Judgments(folder.name, queries, qrels, {name: about for name, _, about in read if about})


def read_all_judgments(folder: Path) -> tuple[Judgments, ...]:
    """Read every collection below a folder, by name; none where the folder does not exist."""
    return tuple(read_judgments(file.parent) for file in sorted(folder.glob("*/queries.jsonl")))


def _queries(file: Path) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    seen: set[str] = set()
    for number, line in enumerate(_lines(file), 1):
        try:
            query = json.loads(line)
            name, text, about = query["_id"], query["text"], query.get("metadata") or {}
        except (ValueError, KeyError, TypeError, RecursionError):
            raise JudgmentsError(file, number, 'not a JSON object with "_id" and "text"') from None
        if not _is_text(name) or not _is_text(text):
            raise JudgmentsError(file, number, '"_id" and "text" must be text, and not empty')
        if name in seen:
            raise JudgmentsError(file, number, f'the id "{name}" is there twice')
        seen.add(name)
        if not isinstance(about, dict):
            raise JudgmentsError(file, number, '"metadata" is not an object')
        yield name, text, about


def _rows(file: Path) -> Iterator[tuple[int, tuple[str, str, int]]]:
    header, *lines = _lines(file) or [""]
    if header.split("\t") != HEADER:
        raise JudgmentsError(file, 1, f"the header is not {' '.join(HEADER)}, separated by tabs")
    for number, line in enumerate(lines, 2):
        columns = line.split("\t")
        if len(columns) != 3:
            raise JudgmentsError(file, number, f"{len(columns)} columns instead of 3, separated by tabs")
        query, passage, grade = columns
        if not passage.strip():
            raise JudgmentsError(file, number, "the passage has no id")
        if not _GRADE.fullmatch(grade):
            raise JudgmentsError(file, number, f'the grade "{grade}" is not a whole number from 0 to 99')
        yield number, (query, passage, int(grade))


def _lines(file: Path) -> list[str]:
    try:
        lines = file.read_text(encoding="utf-8-sig").split("\n")  # splitlines() would cut at U+2028 in a question
        return lines if lines[-1] else lines[:-1]
    except OSError as error:
        raise JudgmentsError(file, None, error.strerror or "it cannot be read") from error
    except UnicodeDecodeError as error:
        raise JudgmentsError(file, None, f"byte {error.start} is not UTF-8") from error


def _is_text(value: object) -> bool:
    """Whether a value is text that can be written; lone surrogates cannot."""
    return isinstance(value, str) and bool(value.strip()) and not any("\ud800" <= char <= "\udfff" for char in value)
