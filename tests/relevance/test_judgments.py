"""Judged questions: read whole from the BEIR layout, and every bad input named with its file, line and reason."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from conftest import ROOT, lock_folder

from wellread.errors import JudgmentsError
from wellread.relevance.judgments import Judgments, read_all_judgments, read_judgments, read_lines

QUERIES = '{"_id": "q1", "text": "why cramps?"}\n{"_id": "q2", "text": "what is flu?", "metadata": {"kind": "faq"}}\n'
HEADER = "query-id\tcorpus-id\tscore\n"
ROWS = HEADER + "q1\tcramps#causes\t3\nq1\tcramps#care\t0\n"


def write(folder: Path, queries: str | bytes = QUERIES, **splits: str | bytes) -> Path:
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    files = {folder / "queries.jsonl": queries}
    files |= {folder / "qrels" / f"{name}.tsv": text for name, text in (splits or {"dev": ROWS}).items()}
    for file, text in files.items():
        file.write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def refused(folder: Path) -> str:
    with pytest.raises(JudgmentsError) as refusal:
        read_judgments(folder)
    message, _, remedy = str(refusal.value).partition("\n")
    assert remedy == "    mend the file, or name another folder with --judgments"
    return message


class TestACollection:
    def test_is_its_questions_and_the_grades_of_all_splits(self, tmp_path: Path) -> None:
        folder = write(tmp_path / "spasms", dev=ROWS, test=HEADER + "q2\tflu#signs\t2\nq1\tflu#signs\t1\n")
        assert read_judgments(folder) == Judgments(
            name="spasms",
            queries={"q1": "why cramps?", "q2": "what is flu?"},
            qrels={"q1": {"cramps#causes": 3, "cramps#care": 0, "flu#signs": 1}, "q2": {"flu#signs": 2}},
            about={"q2": {"kind": "faq"}},
        )

    def test_may_hold_questions_without_a_judgment(self, tmp_path: Path) -> None:
        judgments = read_judgments(write(tmp_path))
        assert list(judgments.queries) == ["q1", "q2"]
        assert list(judgments.qrels) == ["q1"]

    def test_may_have_windows_line_ends_and_a_mark_before_the_text(self, tmp_path: Path) -> None:
        plain = read_judgments(write(tmp_path / "plain" / "one"))
        marked = {"queries": QUERIES, "dev": ROWS}
        windows = {name: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode() for name, text in marked.items()}
        assert read_judgments(write(tmp_path / "windows" / "one", **windows)) == plain

    def test_may_end_without_a_line_end(self, tmp_path: Path) -> None:
        folder = write(tmp_path, QUERIES.rstrip("\n"), dev=ROWS.rstrip("\n"))
        assert read_judgments(folder).qrels == {"q1": {"cramps#causes": 3, "cramps#care": 0}}

    def test_keeps_a_question_word_for_word(self, tmp_path: Path) -> None:
        words = "a\u2028b\u0085c\td – é"
        folder = write(tmp_path, json.dumps({"_id": "q1", "text": words}, ensure_ascii=False))
        assert read_judgments(folder).queries == {"q1": words}

    def test_may_judge_passages_that_are_not_there(self, tmp_path: Path) -> None:
        assert read_judgments(write(tmp_path, dev=HEADER + "q1\tnothing#like-it\t2\n")).qrels == {
            "q1": {"nothing#like-it": 2}
        }


class TestABadQuestion:
    @pytest.mark.parametrize(
        "line",
        [
            "nonsense",
            "[]",
            "7",
            "null",
            '{"_id": "q3"}',
            '{"text": "why?"}',
            '{"_id": "q3", "text": ',
            "[" * 100_000,
        ],
    )
    def test_that_is_no_object_with_id_and_text(self, tmp_path: Path, line: str) -> None:
        folder = write(tmp_path, f"{QUERIES}{line}\n" + '{"_id": "q4", "text": "late"}')
        assert refused(folder) == f'{folder / "queries.jsonl"}:3: not a JSON object with "_id" and "text"'

    @pytest.mark.parametrize(
        ("name", "text"), [(5, "why?"), ("q3", None), ("q3", ["why?"]), ("q3", " \n"), ("", "why?"), ("q3", "\ud800")]
    )
    def test_whose_id_or_text_is_no_text(self, tmp_path: Path, name: object, text: object) -> None:
        folder = write(tmp_path, QUERIES + json.dumps({"_id": name, "text": text}))
        assert refused(folder) == f'{folder / "queries.jsonl"}:3: "_id" and "text" must be text, and not empty'

    def test_whose_id_is_there_twice(self, tmp_path: Path) -> None:
        folder = write(tmp_path, QUERIES + '{"_id": "q1", "text": "another?"}')
        assert refused(folder) == f'{folder / "queries.jsonl"}:3: the id "q1" is there twice'


class TestABadJudgment:
    @pytest.mark.parametrize(
        ("row", "reason"),
        [
            ("q1 cramps#causes 3", "1 columns instead of 3, separated by tabs"),
            ("q1\tcramps#causes", "2 columns instead of 3, separated by tabs"),
            ("q1\t0\tcramps#causes\t3", "4 columns instead of 3, separated by tabs"),
            ("q1\tflu#signs\t-", 'the grade "-" is not a whole number from -99 to 99'),
            ("q1\tflu#signs\t1.5", 'the grade "1.5" is not a whole number from -99 to 99'),
            ("q1\tflu#signs\t", 'the grade "" is not a whole number from -99 to 99'),
            ("q1\tflu#signs\t٣", 'the grade "٣" is not a whole number from -99 to 99'),
            ("q1\tflu#signs\t" + "9" * 5000, f'the grade "{"9" * 5000}" is not a whole number from -99 to 99'),
            ("q1\t \t3", "the passage has no id"),
            ("\tflu#signs\t3", "the query has no id"),
            ("q9\tflu#signs\t3", 'query "q9" is not in queries.jsonl'),
            ("q1\tcramps#causes\t3", '"cramps#causes" is judged twice for query "q1"'),
        ],
    )
    def test_is_named(self, tmp_path: Path, row: str, reason: str) -> None:
        folder = write(tmp_path, dev=f"{ROWS}{row}\nq2\tflu#signs\t2\n")
        assert refused(folder) == f"{folder / 'qrels' / 'dev.tsv'}:4: {reason}"

    def test_given_by_two_splits_is_named_in_the_second(self, tmp_path: Path) -> None:
        folder = write(tmp_path, dev=ROWS, test=HEADER + "q1\tcramps#care\t2\n")
        assert refused(folder) == f'{folder / "qrels" / "test.tsv"}:2: "cramps#care" is judged twice for query "q1"'

    @pytest.mark.parametrize("text", ["", "\n", "q1\tcramps#causes\n", "query-id corpus-id score\n"])
    def test_under_no_header(self, tmp_path: Path, text: str) -> None:
        folder = write(tmp_path, dev=text)
        reason = "the header is not query-id corpus-id score, separated by tabs"
        assert refused(folder) == f"{folder / 'qrels' / 'dev.tsv'}:1: {reason}"


class TestABadFile:
    def test_of_questions_that_is_missing(self, tmp_path: Path) -> None:
        assert refused(tmp_path) == f"{tmp_path / 'queries.jsonl'}: No such file or directory"

    def test_of_judgments_that_is_missing(self, tmp_path: Path) -> None:
        (tmp_path / "queries.jsonl").write_text(QUERIES)
        assert refused(tmp_path) == f"{tmp_path / 'qrels'}: there is no .tsv file with judgments"

    def test_that_is_a_folder(self, tmp_path: Path) -> None:
        (tmp_path / "queries.jsonl").mkdir()
        assert refused(tmp_path) == f"{tmp_path / 'queries.jsonl'}: Is a directory"

    def test_that_is_not_utf_8(self, tmp_path: Path) -> None:
        folder = write(tmp_path / "one", QUERIES.encode() + b'{"_id": "q3", "text": "caf\xe9"}')
        # Behind {"_id": "q3", "text": "caf, which are 26 bytes
        assert refused(folder) == f"{folder / 'queries.jsonl'}:3: byte 27 of the line is not UTF-8"
        folder = write(tmp_path / "two", dev=HEADER.encode() + b"\xff")
        assert refused(folder) == f"{folder / 'qrels' / 'dev.tsv'}:2: byte 1 of the line is not UTF-8"


class TestArticlesOfItsOwn:
    def test_are_named_as_seen_from_the_collection(self, tmp_path: Path) -> None:
        folder = write(tmp_path / "judgments" / "cramps")
        assert read_judgments(folder).articles is None
        (folder / "collection.toml").write_text('articles = "../../library"\n')
        assert read_judgments(folder).articles == tmp_path / "library"

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("articles = ", "not TOML (Invalid value (at end of document))"),
            ("", 'it must say where the articles are, and nothing else: articles = "FOLDER"'),
            ("articles = 3", 'it must say where the articles are, and nothing else: articles = "FOLDER"'),
            ('articles = " "', 'it must say where the articles are, and nothing else: articles = "FOLDER"'),
            (
                'articles = "kb"\ntitle = "own"',
                'it must say where the articles are, and nothing else: articles = "FOLDER"',
            ),
        ],
    )
    def test_are_named_in_the_one_form(self, tmp_path: Path, text: str, reason: str) -> None:
        folder = write(tmp_path / "cramps")
        (folder / "collection.toml").write_text(text)
        assert refused(folder) == f"{folder / 'collection.toml'}: {reason}"


class TestAFolderOfCollections:
    def test_is_read_by_name(self, tmp_path: Path) -> None:
        write(tmp_path / "flu", test=HEADER + "q2\tflu#signs\t2\n")
        write(tmp_path / "cramps")
        (tmp_path / "notes").mkdir()
        (tmp_path / "README.md").write_text("What this is.")
        assert [one.name for one in read_all_judgments(tmp_path)] == ["cramps", "flu"]

    @pytest.mark.parametrize("name", [".", "cramps/qrels"])
    def test_that_may_not_be_read_is_told_and_not_taken_for_empty(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        write(tmp_path / "cramps")
        lock_folder(monkeypatch, tmp_path / name)
        with pytest.raises(JudgmentsError, match="it cannot be read: Permission denied") as refused:
            read_all_judgments(tmp_path)
        assert refused.value.file == tmp_path / name

    def test_that_is_not_there_holds_none(self, tmp_path: Path) -> None:
        assert read_all_judgments(tmp_path / "nowhere") == ()

    def test_may_be_a_collection_itself(self, tmp_path: Path) -> None:
        (collection,) = read_all_judgments(write(tmp_path / "cramps"))
        assert (collection.name, len(collection.queries)) == ("cramps", 2)

    def test_is_refused_for_one_bad_collection(self, tmp_path: Path) -> None:
        write(tmp_path / "cramps")
        write(tmp_path / "flu", dev="nonsense")
        with pytest.raises(JudgmentsError, match=r"flu/qrels/dev\.tsv:1: the header is not"):
            read_all_judgments(tmp_path)

    def test_is_shipped_with_questions_about_the_shipped_article(self) -> None:
        (shipped,) = read_all_judgments(ROOT / "judgments" / "neurological-spasms")
        assert (shipped.name, len(shipped.queries)) == ("neurological-spasms", 550)
        assert {passage.partition("#")[0] for grades in shipped.qrels.values() for passage in grades} == {
            "neurological-spasms"
        }


def test_a_line_that_a_packed_file_makes_endless_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "corpus.jsonl.gz"
    with gzip.open(file, "wb", compresslevel=9) as packed:
        packed.write(b'{"_id": "1", "text": "x"}\n')
        for _ in range(25):
            packed.write(bytes(1_000_000))
    lines = read_lines(file)
    assert next(lines) == (1, '{"_id": "1", "text": "x"}')
    with pytest.raises(JudgmentsError, match=r"corpus\.jsonl\.gz:2: the line is longer than 20,000,000 bytes"):
        next(lines)
