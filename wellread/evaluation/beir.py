"""Test collections in the BEIR layout, as they are found in the wild: documents, questions, a set for each split."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wellread.datatypes import Article, Block, Section
from wellread.errors import JudgmentsError
from wellread.progress import Progress
from wellread.relevance.judgments import Judgments, Qrels, is_text, read_objects, read_rows

Rows = Iterable[tuple[int, tuple[str, str, int]]]
"""Judgments with the numbers of their lines: query, document, grade."""

_ANCHOR = "text"
"""The anchor of the one section that a document has."""

_BLANKS = re.compile(r"\n\s*\n|\s{4,}|\n")
"""What parts paragraphs: a line's end, or the run of blanks that some corpora of the BEIR suite have in its place."""


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents and what was judged of them, a set for each file of judgments, named "folder/split".

    `sha256` is that of what `sha256sum` prints of the files, unpacked: corpus.jsonl, queries.jsonl, qrels/SPLIT.tsv.
    """

    name: str
    articles: tuple[Article, ...]
    sets: tuple[Judgments, ...]
    sha256: str
    notes: tuple[str, ...]


@contextmanager
def remedied(remedy: str) -> Iterator[None]:
    """Give the errors of a reader their remedy: what is to be done about the file that was read."""
    try:
        yield
    except JudgmentsError as error:
        raise JudgmentsError(error.file, error.line, error.reason, remedy) from error.__cause__


@remedied("mend the file, or name another folder with --collection")
def read_collection(
    folder: Path, split: str = "", with_questions: bool = True, progress: Progress = lambda stage, done, total: None
) -> Collection:
    """Read a collection, or one split of it: each document is an article of one section, its title over it.

    Questions that no split read judges are left out. A document without text consists of its title. Without its
    questions, only the documents are read, for questions and judgments from elsewhere.

    Raises:
        JudgmentsError: naming the file, the line and the reason.
    """
    corpus = plain_or_packed(folder / "corpus.jsonl")
    files = _splits(folder / "qrels", split) if with_questions else {}
    names = ("corpus.jsonl", *(("queries.jsonl", *(f"qrels/{part}.tsv" for part in files)) if with_questions else ()))
    digests = {name: hashlib.sha256() for name in names}

    def on_progress(done: int, total: int) -> None:
        progress("reading the corpus, in bytes", done, total)

    name = folder.resolve().name
    articles = tuple(_articles(corpus, digests["corpus.jsonl"].update, on_progress))
    documents = {article.id for article in articles}
    queries = folder / "queries.jsonl"
    questions = dict(questions_of(plain_or_packed(queries), digests[queries.name].update)) if with_questions else {}
    empty = sum(not article.sections[0].blocks for article in articles)
    notes = [f"Documents with neither title nor text, never found: {empty} of {len(articles)}."] if empty else []
    sets = []
    for part, file in files.items():
        read, repeated = highest_grades(file, read_rows(file, digests[f"qrels/{part}.tsv"].update))
        qrels = {query: grades for query, grades in read.items() if query in questions}
        notes += _missing_questions(file, read, qrels)
        notes += missing_documents(file, qrels, documents)
        judged = {query: text for query, text in questions.items() if query in qrels}
        sets.append(Judgments(f"{name}/{part}", judged, qrels))
        notes += repeated
    left = len(questions.keys() - {query for judgments in sets for query in judgments.qrels})
    if left:
        notes.append(f"Questions without a judgment in {', '.join(files)}, left out: {left} of {len(questions)}.")
    printed = "".join(f"{digest.hexdigest()}  {file}\n" for file, digest in digests.items())
    return Collection(name, articles, tuple(sets), hashlib.sha256(printed.encode()).hexdigest(), tuple(notes))


def questions_of(file: Path, on_line: Callable[[bytes], None] = lambda line: None) -> Iterator[tuple[str, str]]:
    """Ids and words of the questions in a .jsonl file; raises JudgmentsError."""
    for number, _, name, question in _named(file, on_line):
        if not is_text(question["text"]) or not question["text"].strip():
            raise JudgmentsError(file, number, '"text" must be text, and not empty')
        yield name, question["text"]


def highest_grades(file: Path, rows: Rows) -> tuple[dict[str, dict[str, int]], tuple[str, ...]]:
    """Grades by query and document, the highest where a pair is judged more than once, and a note that tells of these.

    Raises:
        JudgmentsError: there is no judgment.
    """
    qrels: dict[str, dict[str, int]] = {}
    repeated: dict[tuple[str, str], int] = {}
    different: dict[tuple[str, str], int] = {}
    for number, (query, document, grade) in rows:
        grades = qrels.setdefault(query, {})
        known = grades.get(document)
        if known is not None:
            repeated.setdefault((query, document), number)
            if known != grade:
                different.setdefault((query, document), number)
        grades[document] = grade if known is None else max(known, grade)
    if not qrels:
        raise JudgmentsError(file, None, "there is no judgment in it")
    if not repeated:
        return qrels, ()
    (query, document), number = next(iter((different or repeated).items()))
    note = (
        f"{file.name}: pairs of question and document judged more than once: {len(repeated)}, {len(different)} of them "
        f'with different grades; the highest grade counts. The first is "{document}" for "{query}", {file}:{number}.'
    )
    return qrels, (note,)


def missing_documents(file: Path, qrels: Qrels, documents: Container[str]) -> tuple[str, ...]:
    """A note on judged documents that a corpus lacks, as large ones do whose texts could not all be had; or none.

    They stay among the judgments, so that measures are those of trec_eval, which does not know the corpus.

    Raises:
        JudgmentsError: the corpus has none of the documents that are judged.
    """
    judged = list(dict.fromkeys(name for grades in qrels.values() for name, grade in grades.items() if grade >= 0))
    missing = [name for name in judged if name not in documents]
    if judged and len(missing) == len(judged):
        raise JudgmentsError(
            file, None, f'none of the documents that are judged is in the corpus, such as "{judged[0]}"'
        )
    if not missing:
        return ()
    lost = sum(
        any(grade > 0 for grade in grades.values())
        and not any(grade > 0 and name in documents for name, grade in grades.items())
        for grades in qrels.values()
    )
    note = (
        f"{file.name}: judged documents that the corpus lacks, never found: {len(missing)} of {len(judged)}, "
        f'the first is "{missing[0]}".'
    )
    return (f"{note} Questions with no other relevant document, which score 0: {lost}." if lost else note,)


def plain_or_packed(file: Path) -> Path:
    """A file, or the same with .gz; raises JudgmentsError where there is neither."""
    if not file.parent.is_dir():
        raise JudgmentsError(file.parent, None, "there is no such folder")
    packed = file.with_name(f"{file.name}.gz")
    found = next((stored for stored in (file, packed) if stored.is_file()), None)
    if found is None:
        raise JudgmentsError(file, None, f"there is no {file.name} or {packed.name}")
    return found


def _splits(folder: Path, wanted: str) -> dict[str, Path]:
    """The files of judgments by their splits' names, in order; the plain one where there are two of a name."""
    files = [*folder.glob("*.tsv"), *folder.glob("*.tsv.gz")]
    names = {file.name.removesuffix(".gz").removesuffix(".tsv") for file in files}
    if not names:
        raise JudgmentsError(folder, None, "there is no .tsv or .tsv.gz file with judgments")
    if wanted and wanted not in names:
        raise JudgmentsError(folder, None, f'there is no split "{wanted}", but {", ".join(sorted(names))}')
    return {name: plain_or_packed(folder / f"{name}.tsv") for name in sorted(names) if wanted in ("", name)}


def _articles(
    file: Path, on_line: Callable[[bytes], None], on_progress: Callable[[int, int], None]
) -> Iterator[Article]:
    for number, line, name, document in _named(file, on_line, on_progress, ("text", "title")):
        title, text = document.get("title") or "", "" if document.get("text") is None else document["text"]
        for key, value in (("title", title), ("text", text)):
            if not is_text(value):
                raise JudgmentsError(file, number, f'"{key}" is not text')
        heading = " ".join(title.split())
        parts = [" ".join(part.split()) for part in _BLANKS.split(text) if part.strip()] or [heading]
        blocks = tuple(Block("paragraph", part, number) for part in parts if part)
        section = Section((heading or name,), _ANCHOR, blocks, number)
        yield Article(name, heading or name, (section,), name, hashlib.sha256(line.encode()).hexdigest())


def _named(
    file: Path,
    on_line: Callable[[bytes], None],
    on_progress: Callable[[int, int], None] = lambda done, total: None,
    keys: Sequence[str] = ("text",),
) -> Iterator[tuple[int, str, str, dict[str, Any]]]:
    """Every line of a corpus or of questions: its number, the line, the id and the object."""
    seen: set[str] = set()
    for number, line, read in read_objects(file, on_line, on_progress, keys):
        name = str(read["_id"]) if type(read["_id"]) in (int, float) else read["_id"]
        if not is_text(name) or not name.strip():
            raise JudgmentsError(file, number, '"_id" must be text or a number, and not empty')
        if name in seen:
            raise JudgmentsError(file, number, f'the id "{name}" is there twice')
        seen.add(name)
        yield number, line, name, read


def _missing_questions(file: Path, read: Qrels, known: Qrels) -> tuple[str, ...]:
    """A note on judged questions whose words are not there, which cannot be asked; raises JudgmentsError for all."""
    missing = [query for query in read if query not in known]
    if not known:
        raise JudgmentsError(file, None, f'none of the questions that are judged is there, such as "{missing[0]}"')
    if not missing:
        return ()
    count = f"{len(missing)} of {len(read)}"
    return (f'{file.name}: judged questions that queries.jsonl lacks, left out: {count}, the first is "{missing[0]}".',)
