"""Reads what `wellread fit` learns from: labelled questions and headings, urgent pairs, judged questions."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wellread.errors import JudgmentsError
from wellread.text.queries import normalize_query


@dataclass(frozen=True, slots=True)
class TrainingData:
    """What is learned from: labelled questions and headings, pairs about urgency, questions outside medicine.

    `covered` and `uncovered` are questions asked of the shipped article to learn from: the former with the kinds of
    section that answer, the latter of the kind "other" where no section of any article would answer, and "elsewhere"
    where another article's would. `judged` are the development questions about it.
    """

    questions: tuple[dict[str, Any], ...]
    headings: tuple[dict[str, Any], ...]
    pairs: tuple[dict[str, Any], ...]
    outside: tuple[dict[str, Any], ...]
    covered: tuple[dict[str, Any], ...]
    uncovered: tuple[dict[str, Any], ...]
    judged: tuple[dict[str, Any], ...]


def read_training_data(judgments: Path) -> TrainingData:
    """Read what `fit` learns from, questions as they are looked for; raises JudgmentsError naming file and line."""
    return TrainingData(
        questions=_plain(_read(judgments / "question-kinds" / "questions.jsonl", text=str, kinds=list, topic=str)),
        headings=_read(judgments / "heading-kinds" / "headings.jsonl", text=str, kind=str),
        pairs=_plain(
            _read(judgments / "urgency" / "pairs.jsonl", urgent=str, unurgent=str, section=str, signs=list, topic=str)
        ),
        outside=_plain(_read(judgments / "outside-medicine" / "questions.jsonl", text=str)),
        covered=_plain(_read(judgments / "spasm-lessons" / "covered.jsonl", text=str, kinds=list)),
        uncovered=_plain(_read(judgments / "spasm-lessons" / "uncovered.jsonl", text=str, kind=str)),
        judged=tuple(
            query
            for query in _read(judgments / "neurological-spasms" / "queries.jsonl", _id=str, text=str, metadata=dict)
            if query["metadata"].get("split") == "dev"
        ),
    )


def _plain(rows: tuple[dict[str, Any], ...]) -> tuple[dict[str, Any], ...]:
    questions = ("text", "urgent", "unurgent")
    return tuple(row | {key: normalize_query(row[key]) for key in questions if key in row} for row in rows)


def _read(file: Path, **keys: type) -> tuple[dict[str, Any], ...]:
    """The objects of a JSON Lines file: `keys` are there, of their types and not empty, lists have texts alone."""
    rows: list[dict[str, Any]] = []
    try:
        lines = file.read_text(encoding="utf-8").rstrip("\n").split("\n")  # splitlines() would cut at U+2028
    except (OSError, UnicodeDecodeError) as error:
        raise JudgmentsError(file, None, f"cannot be read ({error})") from error
    if lines == [""]:
        raise JudgmentsError(file, None, "is empty")
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
            for key, kind in keys.items():
                if not isinstance(row[key], kind) or not (row[key] or key == "topic"):
                    raise ValueError(key)
                if kind is list and not all(isinstance(item, str) and item for item in row[key]):
                    raise ValueError(key)
            rows.append(row)
        except (ValueError, KeyError, TypeError, RecursionError):
            raise JudgmentsError(file, number, f"not a JSON object with {', '.join(keys)}") from None
    return tuple(rows)
