"""Reads what `wellread fit` learns from: labelled questions and headings, urgent pairs, questions about a library."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast, get_args

from wellread.datatypes import EmergencyKind, NoticeLevel
from wellread.errors import JudgmentsError
from wellread.relevance.judgments import Judgments, read_judgments
from wellread.search.calibration import KINDS
from wellread.text.queries import normalize_query

REGISTERS = {
    "p": "plain",
    "f": "fragment",
    "w": "two words",
    "m": "misspelt",
    "n": "non-native",
    "i": "indirect",
    "s": "story",
}
"""In whose manner a question of a file of questions is written, by the letter before it."""

_MEND = "mend the file, or name another folder with --training or --questions"

Row = dict[str, Any]


NONE = "none"
"""The kind of a question that no section of a health article would answer."""

ELSEWHERE = "elsewhere"
"""The kind of a question that another article would answer."""


@dataclass(frozen=True, slots=True)
class UrgentPair:
    """A question that tells of a sign of an article's warning signs, and its calm twin that does not."""

    article: str
    level: NoticeLevel
    urgent: str
    calm: str


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """A question about an article that editors have, and the kinds of section that answer it: some of KINDS.

    The only kind is NONE where no section of a health article would answer, ELSEWHERE where another article would.
    """

    article: str
    kinds: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class LibraryQuestion:
    """A question about an article of the library, and where the article answers it, in the article's words.

    `also` are other sections that answer about as well, each as an article's id and a heading. `line` is the
    question's line in its file.
    """

    article: str
    heading: str
    sentence: str
    also: tuple[tuple[str, str], ...]
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class TrainingData:
    """What is learned from, all questions as they are looked for.

    `questions` and `headings` are labelled with the kind of section that they want or open. `pairs` tell of something
    urgent or, as near in words, of nothing. `own` are about articles that editors have, `outside` about nothing of
    medicine. The others are about the articles of `library`: `library_questions` by the article that answers
    each, `library_uncovered` that none answers, `urgent` pairs, `emergencies` with their kinds, `calm` questions that
    mention such things. `further_urgent` are pairs about articles that the library does not have. `judged` are the
    questions that confidence is weighed by: about articles that nothing else was learned from.
    """

    questions: tuple[Row, ...]
    headings: tuple[Row, ...]
    pairs: tuple[Row, ...]
    outside: tuple[Row, ...]
    own: tuple[OwnQuestion, ...]
    library: Path
    library_questions: tuple[tuple[str, str], ...]
    library_uncovered: tuple[str, ...]
    urgent: tuple[UrgentPair, ...]
    further_urgent: tuple[UrgentPair, ...]
    emergencies: tuple[tuple[EmergencyKind, str], ...]
    calm: tuple[str, ...]
    judged: Judgments

    def ordinary(self) -> list[str]:
        """Questions that tell of no emergency: about the library, and half of those from outside medicine."""
        outside = (row["text"] for row in self.outside[::2])
        return [*(question for _, question in self.library_questions), *self.library_uncovered, *outside]


def read_training_data(folder: Path, judged: Path, own: Path) -> TrainingData:
    """Read what `fit` learns from: the folder `training/`, and the judged questions that confidence is weighed by.

    `own` is a folder of questions about articles that editors have, in a file ARTICLE.tsv for each.

    Raises:
        JudgmentsError: naming the file, the line and what is wrong.
    """
    not_ordinary = {normalize_query(question) for _, question in _table(folder / "not-ordinary.tsv", 2)}
    return TrainingData(
        questions=_read_rows(folder / "question-kinds" / "questions.jsonl", text=str, kinds=list, topic=str),
        headings=_read_rows(folder / "heading-kinds" / "headings.jsonl", False, text=str, kind=str),
        pairs=_read_rows(folder / "urgency" / "pairs.jsonl", urgent=str, unurgent=str, section=str, topic=str),
        outside=_read_rows(folder / "outside-medicine" / "questions.jsonl", text=str),
        own=_read_own_questions(own),
        library=folder / "library",
        library_questions=tuple(
            (question.article, text)
            for file in _files(folder / "questions", "*.txt")
            for question in read_questions_file(file)
            if (text := normalize_query(question.text)) not in not_ordinary
        ),
        library_uncovered=tuple(normalize_query(question) for _, question in _table(folder / "uncovered.tsv", 2)),
        urgent=_urgent_pairs(folder / "urgent.tsv"),
        further_urgent=_urgent_pairs(further) if (further := folder / "further" / "urgent.tsv").exists() else (),
        emergencies=(
            *_emergencies(folder / "emergencies.tsv"),
            *_emergencies(folder / "not-ordinary.tsv", may_be_unclear=True),
        ),
        calm=tuple(normalize_query(question) for (question,) in _table(folder / "calm.tsv", 1)),
        judged=read_judgments(judged),
    )


def read_questions_file(file: Path) -> Iterator[LibraryQuestion]:
    """The questions of a file, each with the article, the section and the sentence that answer it.

    Lines begin with a mark: `@` the article's id, `#` a heading of it, `>` the deciding sentence, `=` another section
    that answers as well, or a letter of REGISTERS and the question.

    Raises:
        JudgmentsError: a line has no mark, or a question no article.
    """
    article = heading = sentence = ""
    also: tuple[tuple[str, str], ...] = ()
    for number, line in enumerate(_text(file).splitlines(), 1):
        mark, _, rest = line.strip().partition(" ")
        rest = rest.strip()
        if mark == "@" and rest:
            article, heading, sentence, also = rest, "", "", ()
        elif mark == "#":
            heading, sentence, also = rest, "", ()
        elif mark == ">":
            sentence, also = rest, ()
        elif mark == "=":
            other, _, section = rest.partition("|")
            also = (*also, (other.strip(), section.strip()))
        elif mark in REGISTERS and article and rest:
            yield LibraryQuestion(article, heading, sentence, also, rest, number)
        elif mark in REGISTERS and rest:
            raise JudgmentsError(file, number, "no line with @ and an article stands above this question", _MEND)
        elif mark:
            reason = "a line begins with @, #, >, = or the letter of a register, and goes on"
            raise JudgmentsError(file, number, reason, _MEND)


def _read_own_questions(folder: Path) -> tuple[OwnQuestion, ...]:
    """The questions of a folder's files, also in folders below it, as articles may be."""
    files = _files(folder, "**/*.tsv")
    if not files:
        raise JudgmentsError(folder, None, "has no file ARTICLE.tsv", "name the files after articles: asthma.tsv")
    return tuple(
        question
        for file in files
        for question in _own_questions(file, file.relative_to(folder).with_suffix("").as_posix())
    )


def _own_questions(file: Path, article: str) -> Iterator[OwnQuestion]:
    """The questions of a file about an article."""
    if _text(file).splitlines()[0].split("\t") != ["kind", "question"]:
        raise JudgmentsError(file, 1, 'the first line is not "kind", a tab and "question"', _MEND)
    for number, (field, text) in enumerate(_table(file, 2), 2):
        kinds = tuple(kind.strip() for kind in field.split(","))
        known = (NONE,), (ELSEWHERE,)
        if kinds not in known and not all(kind in KINDS for kind in kinds):
            reason = f'"{field}" is not one or more of {", ".join(KINDS)}, nor {NONE} or {ELSEWHERE}'
            raise JudgmentsError(file, number, reason, _MEND)
        yield OwnQuestion(article, kinds, normalize_query(text))


def _files(folder: Path, pattern: str) -> list[Path]:
    """The files of a folder that match a pattern, by name. Raises JudgmentsError where there is no such folder."""
    if not folder.is_dir():
        raise JudgmentsError(folder, None, "is no folder", _MEND)
    return sorted(folder.glob(pattern))


def _urgent_pairs(file: Path) -> tuple[UrgentPair, ...]:
    """The pairs of a file, each in a row: article, sign, level, urgent question, calm twin."""
    pairs: list[UrgentPair] = []
    for number, (article, _, level, urgent, calm) in enumerate(_table(file, 5), 2):
        if level not in get_args(NoticeLevel):
            raise JudgmentsError(file, number, f'"{level}" is neither emergency nor doctor', _MEND)
        pairs.append(UrgentPair(article, cast(NoticeLevel, level), normalize_query(urgent), normalize_query(calm)))
    return tuple(pairs)


def _emergencies(file: Path, may_be_unclear: bool = False) -> Iterator[tuple[EmergencyKind, str]]:
    """The emergencies of a file with their kinds; those of which nobody can tell are left out where they may be."""
    for number, (kind, question) in enumerate(_table(file, 2), 2):
        if kind == "unclear" and may_be_unclear:
            continue
        name = kind.replace("-", "_")
        if name not in get_args(EmergencyKind):
            raise JudgmentsError(file, number, f'"{kind}" is no kind of emergency', _MEND)
        yield cast(EmergencyKind, name), normalize_query(question)


def _table(file: Path, columns: int) -> Iterator[tuple[str, ...]]:
    """The rows of a file of fields between tabs, below its header."""
    for number, line in enumerate(_text(file).splitlines(), 1):
        fields = tuple(line.split("\t"))
        if len(fields) != columns:
            raise JudgmentsError(file, number, f"{len(fields)} fields between tabs, and not {columns}", _MEND)
        if not all(fields):
            raise JudgmentsError(file, number, f"field {fields.index('') + 1} of {columns} is empty", _MEND)
        if number > 1:
            yield fields


def _read_rows(file: Path, are_questions: bool = True, **keys: type) -> tuple[Row, ...]:
    """The objects of a JSON Lines file: `keys` are there, of their types and not empty, lists have texts alone."""
    rows: list[Row] = []
    for number, line in enumerate(_text(file).rstrip("\n").split("\n"), 1):  # splitlines() would cut at U+2028
        try:
            row = json.loads(line)
            for key, kind in keys.items():
                if not isinstance(row[key], kind) or not (row[key] or key == "topic"):
                    raise ValueError(key)
                if kind is list and not all(isinstance(item, str) and item for item in row[key]):
                    raise ValueError(key)
        except (ValueError, KeyError, TypeError, RecursionError):
            raise JudgmentsError(file, number, f"not a JSON object with {', '.join(keys)}", _MEND) from None
        questions = ("text", "urgent", "unurgent")
        asked = [key for key in questions if key in keys and are_questions]
        rows.append(row | {key: normalize_query(row[key]) for key in asked})
    return tuple(rows)


def _text(file: Path) -> str:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise JudgmentsError(file, None, f"cannot be read ({error})", _MEND) from error
    if not text.strip():
        raise JudgmentsError(file, None, "is empty", _MEND)
    return text
