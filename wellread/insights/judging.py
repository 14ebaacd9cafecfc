"""Makes a judged question of a group: from then on, the gate asks it before anything is published."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from wellread.errors import InsightsError, JudgmentsError
from wellread.files import make_folder, write_whole
from wellread.index.layout import current_generation
from wellread.index.reader import Reader
from wellread.insights.reports import AskedGroup
from wellread.insights.wording import GAP
from wellread.relevance.judgments import HEADER, Judgments, find_judgments, read_judgments

COLLECTION = "readers"
"""The folder of the collection among those of the judged questions."""

GRADE = 3
"""What an editor names is the right passage: the best grade of the collections that ship with Wellread."""

_SPLIT = "dev"
_NAMED = 20
"""Passages of an article that are named at most where another one was."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A question that was judged: its id, its words, the passage that answers it, and the folder where it stands."""

    id: str
    question: str
    passage: str
    folder: Path


def judge(group: AskedGroup, passage: str, index: Path, kb: Path, judgments: Path | None = None) -> Judged:
    """Write down that a passage, ARTICLE#SECTION, answers the questions of a group.

    `judgments` is the folder of judged questions, or None for the one beside `kb`.

    Raises:
        IndexMissing, IndexDamaged: nothing is served in which the passage could be.
        InsightsError: there is no such passage, or the pair is judged already.
        JudgmentsError: the judged questions that are there cannot be read.
        OSError: the disk refused; nothing was changed, or a question without a grade was added.
    """
    reader = Reader(index, current_generation(index))
    with reader.reading():
        try:
            reader.row_of(passage)
        except KeyError:
            article = passage.partition("#")[0]
            near = [name for name in reader.passage_digests() if name.partition("#")[0] == article][:_NAMED]
            remedy = f"name one: {', '.join(near)}" if near else "name one as ARTICLE#SECTION, by the article's id"
            raise InsightsError(f"there is no passage {passage}", remedy) from None
    folder = (judgments or find_judgments(kb).path) / COLLECTION
    queries, qrels = folder / "queries.jsonl", folder / "qrels" / f"{_SPLIT}.tsv"
    before = read_judgments(folder) if queries.is_file() else Judgments(COLLECTION, {}, {})
    question = " ".join(group.words.replace(GAP, " ").split())
    name = next((name for name, text in before.queries.items() if text == question), "")
    if passage in before.qrels.get(name, {}):
        raise InsightsError(f"“{question}” is judged already: {passage}", "name another passage, if that is wrong")
    make_folder(qrels.parent)
    if not qrels.is_file():  # a collection without any judgments would be refused
        _append(qrels, "\t".join(HEADER))
    if not name:
        name = _next_name(before)
        line = json.dumps({"_id": name, "text": question, "metadata": {"split": _SPLIT}}, ensure_ascii=False)
        _append(queries, line)
    _append(qrels, f"{name}\t{passage}\t{GRADE}")
    return Judged(name, question, passage, folder)


def _next_name(before: Judgments) -> str:
    numbers = [int(name.rpartition("-")[2]) for name in before.queries if name.rpartition("-")[2].isdecimal()]
    return f"{COLLECTION}-{max(numbers, default=0) + 1:04d}"


def _append(file: Path, line: str) -> None:
    """Add a line to a file, which is whole before and after, whatever happens meanwhile."""
    try:
        there = file.read_text(encoding="utf-8") if file.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise JudgmentsError(file, None, f"cannot be read ({error})") from error
    kept = there if not there or there.endswith("\n") else f"{there}\n"
    write_whole(file, f"{kept}{line}\n".encode(), replace=True)
