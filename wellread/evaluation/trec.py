"""TREC's files, plain or with gzip: questions, judgments and runs read strictly, and runs that trec_eval reads."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from wellread.errors import EvaluationError, JudgmentsError
from wellread.evaluation.beir import Rows, highest_grades, questions_of, remedied
from wellread.files import write_durably
from wellread.relevance.judgments import HEADER, read_grade, read_lines, read_rows

_TOPIC = re.compile(r"<top>(.*?)(?=</top>|<top>|\Z)", re.DOTALL)
_NUMBER = re.compile(r"<num>\s*(?:Number:)?\s*([^\s<]+)")
_TITLE = re.compile(r"<title>\s*(?:Topic:)?\s*([^<]*)")


@dataclass(frozen=True, slots=True)
class TrecRun:
    """What a system found: for each query its documents, best first; `name` is the run's tag."""

    name: str
    ranked: Mapping[str, tuple[str, ...]]


@remedied("mend the file, or name another one with --queries")
def read_queries(file: Path) -> dict[str, str]:
    """Questions by id: lines of id, tab, words; BEIR's queries, where the name says .jsonl; or TREC's topics.

    Of a topic (<top>) its title is asked.

    Raises:
        JudgmentsError: naming the file, the line and the reason.
    """
    queries: dict[str, str] = {}
    if file.name.removesuffix(".gz").endswith(".jsonl"):
        queries = dict(questions_of(file))
    else:
        lines = list(read_lines(file))
        first = next((line.lstrip() for _, line in lines if line.strip()), "")
        for number, query, text in (_topics if first.startswith("<") else _tabbed)(file, lines):
            if query in queries:
                raise JudgmentsError(file, number, f'the id "{query}" is there twice')
            queries[query] = text
    if not queries:
        raise JudgmentsError(file, None, "there is no question in it")
    return queries


@remedied("mend the file, or name another one with --qrels")
def read_qrels(file: Path) -> tuple[dict[str, dict[str, int]], tuple[str, ...]]:
    """Grades by query and document, and notes about them: four columns, or BEIR's three where its header is.

    Of judgments of one pair the highest counts.

    Raises:
        JudgmentsError: naming the file, the line and the reason.
    """
    _, first = next(read_lines(file), (1, ""))
    return highest_grades(file, read_rows(file) if first.split("\t") == HEADER else _judgments(file))


@remedied("mend the file, or name another one with --run")
def read_run(file: Path) -> TrecRun:
    """A run in six columns, ordered as trec_eval does: by score, ties by the document's id, both descending.

    The ranks that are written in the file do not count, as in trec_eval's form_res_rels.c.

    Raises:
        JudgmentsError: naming the file, the line and the reason.
    """
    found: dict[str, dict[str, float]] = {}
    tag = ""
    for number, columns in _columns(file, "query Q0 document rank score tag"):
        query, _, document, _, written, tag = columns
        try:
            score = float(written) if "_" not in written else math.nan
        except ValueError:
            score = math.nan
        if math.isnan(score):
            raise JudgmentsError(file, number, f'the score "{written}" is not a number')
        scores = found.setdefault(query, {})
        if document in scores:
            raise JudgmentsError(file, number, f'"{document}" is there twice for query "{query}"')
        scores[document] = score
    if not found:
        raise JudgmentsError(file, None, "there is no document in it")
    ranked = {
        query: tuple(sorted(scores, key=lambda name: (scores[name], name), reverse=True))
        for query, scores in found.items()
    }
    return TrecRun(tag, ranked)


def write_run(file: Path, ranked: Mapping[str, Sequence[str]], tag: str) -> None:
    """Write a run whose scores, whole numbers down to 1, have trec_eval see the documents in this order.

    Blanks in the tag become hyphens.

    Raises:
        EvaluationError: an id that would be read as another, or as none.
        OSError: the file cannot be written.
    """
    written_tag = "-".join(tag.split()) or "run"
    lines = []
    for query, documents in ranked.items():
        for name in (query, *documents):
            if name.split() != [name] or query.startswith("#"):
                raise EvaluationError(
                    f'{file}: the id "{name}" cannot stand in a TREC run', "give it a name without blanks and without #"
                )
        for place, document in enumerate(documents):
            lines.append(f"{query} Q0 {document} {place + 1} {len(documents) - place} {written_tag}\n")
    temporary = file.with_name(f"{file.name}.tmp")
    write_durably(temporary, "".join(lines).encode())
    temporary.replace(file)


def _judgments(file: Path) -> Rows:
    for number, (query, _, document, grade) in _columns(file, "query 0 document grade"):
        yield number, (query, document, read_grade(file, number, grade))


def _columns(file: Path, names: str) -> Iterator[tuple[int, list[str]]]:
    """The columns of every line that is neither empty nor a comment, as trec_eval has it."""
    wanted = len(names.split())
    for number, line in read_lines(file):
        columns = line.split()
        if not columns or line.startswith("#"):
            continue
        if len(columns) != wanted:
            raise JudgmentsError(file, number, f"{len(columns)} columns instead of {wanted}: {names}")
        yield number, columns


def _tabbed(file: Path, lines: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str, str]]:
    for number, line in lines:
        if not line.strip():
            continue
        query, _, text = (part.strip() for part in line.partition("\t"))
        if not query or not text:
            raise JudgmentsError(file, number, "not an id, a tab and the words of a question")
        yield number, query, text


def _topics(file: Path, lines: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str, str]]:
    whole = "\n".join(line for _, line in lines)
    topics = list(_TOPIC.finditer(whole))
    if not topics:
        raise JudgmentsError(file, 1, "there is no <top>")
    for topic in topics:
        number = whole.count("\n", 0, topic.start()) + 1
        query, title = _NUMBER.search(topic[1]), _TITLE.search(topic[1])
        text = " ".join(title[1].split()) if title else ""
        if not query or not text:
            raise JudgmentsError(file, number, "the topic has no <num> or no <title>")
        yield number, query[1], text
