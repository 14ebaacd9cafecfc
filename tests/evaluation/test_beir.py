"""Collections in the BEIR layout: what is found in the wild is read, what is wrong is named with file and line."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from conftest import HashEncoder
from hypothesis import given, settings
from hypothesis import strategies as st

from wellread.articles.passages import cut_article
from wellread.datatypes import Article, Block, Section
from wellread.errors import JudgmentsError, WellreadError
from wellread.evaluation.beir import read_collection
from wellread.evaluation.testbeds import Indexing, Units, index_articles
from wellread.relevance.judgments import PROGRESS_EVERY, Judgments

SALT = {"_id": "d1", "title": "Salt", "text": "Salt is in bread."}
FEVER = {"_id": "d2", "title": "Fever", "text": "Rest in bed."}
HEADER = "query-id\tcorpus-id\tscore\n"
DEFAULTS = {"queries.jsonl": '{"_id": "q", "text": "salt"}\n', "qrels/test.tsv": f"{HEADER}q\td1\t2\n"}


def jsonl(*rows: Mapping[str, object]) -> str:
    return "".join(f"{json.dumps(row)}\n" for row in rows)


def write(folder: Path, files: Mapping[str, str | bytes | None] | None = None) -> Path:
    """A collection of two documents and one question, but for the files that are given; None leaves one out."""
    for name, content in ({"corpus.jsonl": jsonl(SALT, FEVER)} | DEFAULTS | dict(files or {})).items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if content is not None:
            file.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def articles(folder: Path, *rows: Mapping[str, object]) -> tuple[Article, ...]:
    return read_collection(write(folder, {"corpus.jsonl": jsonl(*rows)})).articles


def refused(folder: Path, split: str = "") -> str:
    with pytest.raises(JudgmentsError) as refusal:
        read_collection(folder, split)
    message, _, remedy = str(refusal.value).partition("\n")
    assert remedy == "    mend the file, or name another folder with --collection"
    return message


class TestACollection:
    def test_is_its_documents_and_its_judged_questions(self, tmp_path: Path) -> None:
        collection = read_collection(write(tmp_path / "bread"))
        assert collection.name == "bread"
        assert [(article.id, article.title, article.file) for article in collection.articles] == [
            ("d1", "Salt", "d1"),
            ("d2", "Fever", "d2"),
        ]
        fever = Section(("Fever",), "text", (Block("paragraph", "Rest in bed.", 2),), 2)
        assert collection.articles[1].sections == (fever,)
        assert collection.sets == (Judgments("bread/test", {"q": "salt"}, {"q": {"d1": 2}}),)
        assert collection.notes == ()

    def test_may_have_each_of_its_files_compressed(self, tmp_path: Path) -> None:
        plain = write(tmp_path / "plain" / "bread")
        packed = tmp_path / "packed" / "bread"
        for name in ("corpus.jsonl", *DEFAULTS):
            (packed / name).parent.mkdir(parents=True, exist_ok=True)
            (packed / f"{name}.gz").write_bytes(gzip.compress((plain / name).read_bytes()))
        assert read_collection(packed) == read_collection(plain)

    def test_has_its_plain_file_where_there_are_both(self, tmp_path: Path) -> None:
        write(tmp_path, {"corpus.jsonl": jsonl(SALT), "corpus.jsonl.gz": gzip.compress(jsonl(SALT, FEVER).encode())})
        write(tmp_path, {"corpus.jsonl": jsonl(SALT), "qrels/test.tsv.gz": gzip.compress(b"nonsense")})
        assert [article.id for article in read_collection(tmp_path).articles] == ["d1"]

    def test_has_a_set_for_each_file_of_judgments(self, tmp_path: Path) -> None:
        queries = jsonl({"_id": "q", "text": "salt"}, {"_id": "p", "text": "rest"})
        train, dev = f"{HEADER}q\td1\t1\nq\td2\t0\n", f"{HEADER}p\td2\t2\nq\td1\t2\n"
        files = {"queries.jsonl": queries, "qrels/test.tsv": None, "qrels/train.tsv": train, "qrels/dev.tsv": dev}
        sets = read_collection(write(tmp_path / "bread", files)).sets
        assert sets == (
            Judgments("bread/dev", {"q": "salt", "p": "rest"}, {"p": {"d2": 2}, "q": {"d1": 2}}),
            Judgments("bread/train", {"q": "salt"}, {"q": {"d1": 1, "d2": 0}}),
        )
        assert read_collection(tmp_path / "bread", "train").sets == sets[1:]

    def test_is_named_by_its_folder_however_that_is_written(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(write(tmp_path / "bread"))
        assert read_collection(Path()).sets[0].name == "bread/test"

    def test_leaves_questions_out_that_nobody_judged_and_tells_how_many(self, tmp_path: Path) -> None:
        queries = jsonl(*({"_id": name, "text": "salt"} for name in "abq"))
        judged = {"queries.jsonl": queries, "qrels/dev.tsv": f"{HEADER}a\td1\t1\n"}
        collection = read_collection(write(tmp_path, judged))
        assert [list(one.queries) for one in collection.sets] == [["a"], ["q"]]
        assert collection.notes == ("Questions without a judgment in dev, test, left out: 1 of 3.",)
        alone = read_collection(tmp_path, "dev")
        assert alone.notes == ("Questions without a judgment in dev, left out: 2 of 3.",)

    def test_may_have_windows_line_ends_and_byte_order_marks(self, tmp_path: Path) -> None:
        plain = read_collection(write(tmp_path / "plain" / "bread"))
        for name in ("corpus.jsonl", *DEFAULTS):
            text = (tmp_path / "plain" / "bread" / name).read_text(encoding="utf-8")
            write(tmp_path / "windows" / "bread", {name: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()})
            write(tmp_path / "cut" / "bread", {name: text.removesuffix("\n")})
        for kind in ("windows", "cut"):
            read = read_collection(tmp_path / kind / "bread")
            assert (read.articles, read.sets, read.notes) == (plain.articles, plain.sets, plain.notes)

    def test_may_have_numbers_for_ids(self, tmp_path: Path) -> None:
        files = {
            "corpus.jsonl": '{"_id": 7, "text": "Salt."}\n{"_id": "007", "text": "Bread."}\n',
            "queries.jsonl": '{"_id": 12, "text": "salt"}\n',
            "qrels/test.tsv": f"{HEADER}12\t7\t1\n12\t007\t0\n",
        }
        collection = read_collection(write(tmp_path, files))
        assert [article.id for article in collection.articles] == ["7", "007"]
        assert collection.sets[0].qrels == {"12": {"7": 1, "007": 0}}

    def test_may_say_more_of_its_documents_and_questions(self, tmp_path: Path) -> None:
        files = {
            "corpus.jsonl": jsonl(SALT | {"metadata": {"url": "x"}, "year": 2020}),
            "queries.jsonl": jsonl({"_id": "q", "text": "salt", "metadata": {"kind": "how"}, "query": None}),
        }
        collection = read_collection(write(tmp_path / "bread", files))
        # What others mean by "kind" is not what the project's own judgments mean by it
        assert collection.sets[0] == Judgments("bread/test", {"q": "salt"}, {"q": {"d1": 2}})

    def test_tells_how_far_the_reading_of_its_corpus_is(self, tmp_path: Path) -> None:
        corpus = jsonl(*({"_id": f"d{number}", "text": "x"} for number in range(2 * PROGRESS_EVERY)))
        heard: list[tuple[str, int, int]] = []
        read_collection(write(tmp_path, {"corpus.jsonl": corpus}), progress=lambda *told: heard.append(told))
        assert {(stage, total) for stage, _, total in heard} == {("reading the corpus, in bytes", len(corpus))}
        done = [done for _, done, _ in heard]
        assert (len(done), done[-1], done) == (3, len(corpus), sorted(done))


class TestJudgments:
    def test_of_questions_that_are_not_there_are_left_out_and_counted(self, tmp_path: Path) -> None:
        folder = write(tmp_path, {"qrels/test.tsv": f"{HEADER}r\td1\t1\nq\td1\t2\ns\td2\t1\n"})
        collection = read_collection(folder)
        assert collection.sets[0].qrels == {"q": {"d1": 2}}
        assert collection.notes == (
            'test.tsv: judged questions that queries.jsonl lacks, left out: 2 of 3, the first is "r".',
        )

    def test_may_have_no_header_empty_lines_and_grades_with_a_point(self, tmp_path: Path) -> None:
        files = {
            "corpus.jsonl": f"{jsonl(SALT)}\n{jsonl(FEVER)}\n",
            "qrels/test.tsv": "q\td1\t2.0\r\n\r\nq\td2\t0\r\n",
        }
        collection = read_collection(write(tmp_path, files))
        assert [article.id for article in collection.articles] == ["d1", "d2"]
        assert collection.sets[0].qrels == {"q": {"d1": 2, "d2": 0}}

    def test_of_documents_that_the_corpus_lacks_are_kept_and_counted(self, tmp_path: Path) -> None:
        queries = jsonl({"_id": "q", "text": "salt"}, {"_id": "p", "text": "rest"})
        rows = "q\td1\t1\nq\td9\t1\np\td8\t2\np\td2\t0\np\td9\t0\n"
        collection = read_collection(write(tmp_path, {"queries.jsonl": queries, "qrels/test.tsv": f"{HEADER}{rows}"}))
        assert collection.sets[0].qrels == {"q": {"d1": 1, "d9": 1}, "p": {"d8": 2, "d2": 0, "d9": 0}}
        (note,) = collection.notes
        missing, _, lost = note.partition('". ')
        assert missing == 'test.tsv: judged documents that the corpus lacks, never found: 2 of 4, the first is "d9'
        assert lost == "Questions with no other relevant document, which score 0: 1."

    def test_are_refused_where_the_corpus_has_none_of_their_documents(self, tmp_path: Path) -> None:
        folder = write(tmp_path, {"qrels/test.tsv": f"{HEADER}q\td8\t1\nq\td9\t1\n"})
        reason = 'none of the documents that are judged is in the corpus, such as "d8"'
        assert refused(folder) == f"{folder / 'qrels' / 'test.tsv'}: {reason}"

    @pytest.mark.parametrize("document", ["d2", "d9"])
    def test_may_be_negative_as_of_what_nobody_judged(self, tmp_path: Path, document: str) -> None:
        rows = f"{HEADER}q\td1\t2\nq\t{document}\t-1\n"
        collection = read_collection(write(tmp_path, {"qrels/test.tsv": rows}))
        assert (collection.sets[0].qrels, collection.notes) == ({"q": {"d1": 2, document: -1}}, ())

    def test_of_one_pair_count_with_the_highest_grade_below_0_too(self, tmp_path: Path) -> None:
        rows = f"{HEADER}q\td1\t2\nq\td2\t-2\nq\td2\t-1\n"
        collection = read_collection(write(tmp_path, {"qrels/test.tsv": rows}))
        assert collection.sets[0].qrels == {"q": {"d1": 2, "d2": -1}}
        assert "judged more than once: 1, 1 of them with different grades" in collection.notes[0]


class TestItsDigest:
    def test_is_that_of_what_sha256sum_prints(self, tmp_path: Path) -> None:
        folder = write(tmp_path)
        printed = "".join(
            f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n"
            for name in ("corpus.jsonl", "queries.jsonl", "qrels/test.tsv")
        )
        assert read_collection(folder).sha256 == hashlib.sha256(printed.encode()).hexdigest()

    def test_tells_other_contents_and_other_splits_apart(self, tmp_path: Path) -> None:
        judged = f"{HEADER}q\td1\t2\n"
        folders = [
            write(tmp_path / "a"),
            write(tmp_path / "b", {"corpus.jsonl": jsonl(FEVER, SALT)}),
            write(tmp_path / "c", {"queries.jsonl": jsonl({"_id": "q", "text": "salts"})}),
            write(tmp_path / "d", {"qrels/test.tsv": None, "qrels/dev.tsv": judged}),
            write(tmp_path / "e", {"qrels/dev.tsv": judged}),
        ]
        digests = {read_collection(folder).sha256 for folder in folders}
        assert len(digests) == 5
        # The last one has the split of the first as well, and the same files but for that
        assert read_collection(tmp_path / "e", "test").sha256 == read_collection(tmp_path / "a").sha256


class TestADocument:
    @pytest.mark.parametrize("title", [{}, {"title": ""}, {"title": None}, {"title": " \n"}])
    def test_without_a_title_gets_its_id(self, tmp_path: Path, title: Mapping[str, object]) -> None:
        (article,) = articles(tmp_path, {"_id": "d1", "text": "x", **title})
        assert (article.title, article.sections[0].heading) == ("d1", "d1")

    def test_has_paragraphs_where_lines_end_and_where_there_are_gaps(self, tmp_path: Path) -> None:
        text = "  One  two.\nThree.\n\n\nFour.     Five.\u2028Six.\n \n"
        (article,) = articles(tmp_path, {"_id": "d1", "title": " A \n B ", "text": text})
        assert article.title == "A B"
        assert [block.text for block in article.sections[0].blocks] == ["One two.", "Three.", "Four.", "Five. Six."]

    def test_of_a_title_alone_can_be_found_by_it(self, tmp_path: Path) -> None:
        (article,) = articles(tmp_path, {"_id": "d1", "title": "Salt", "text": " "})
        (passage,) = cut_article(article, HashEncoder().count_tokens, 64)
        assert passage.text == "Salt"

    def test_without_a_word_is_never_found_and_counted_in_a_note(self, tmp_path: Path) -> None:
        collection = read_collection(write(tmp_path, {"corpus.jsonl": jsonl(SALT, {"_id": "d2", "text": ""})}))
        assert cut_article(collection.articles[1], HashEncoder().count_tokens, 64) == ()
        assert collection.notes == ("Documents with neither title nor text, never found: 1 of 2.",)

    def test_may_have_a_title_and_no_text_at_all(self, tmp_path: Path) -> None:
        rows = ({"_id": "d1", "title": "Salt"}, {"_id": "d2", "title": "Fever", "text": None})
        assert [article.sections[0].blocks[0].text for article in articles(tmp_path, *rows)] == ["Salt", "Fever"]

    @pytest.mark.parametrize(
        "name", ["a/b", "a#b", "a#text.2", "..", "ü ñ", "http://x.y/z?q=1&r", '"', "<b>", "x" * 500]
    )
    def test_may_have_an_id_of_any_characters(self, tmp_path: Path, name: str) -> None:
        files = {
            "corpus.jsonl": jsonl(SALT | {"_id": name}, FEVER),
            "qrels/test.tsv": f"{HEADER}q\t{name}\t1\n",
        }
        collection = read_collection(write(tmp_path, files))
        assert collection.sets[0].qrels == {"q": {name: 1}}
        indexing = Indexing(tmp_path / "work", tmp_path / "vectors", HashEncoder(), 64)
        (tmp_path / "work").mkdir()
        reader = index_articles(collection.articles, indexing, lambda stage, done, total: None)
        assert {Units(reader, "article")[row] for row in range(reader.passage_count)} == {name, "d2"}

    def test_without_a_word_stands_among_others_in_the_index(self, tmp_path: Path) -> None:
        read = articles(tmp_path, {"_id": "d0", "text": ""}, SALT, {"_id": "d9", "text": ""})
        indexing = Indexing(tmp_path / "work", tmp_path / "vectors", HashEncoder(), 64)
        (tmp_path / "work").mkdir()
        reader = index_articles(read, indexing, lambda stage, done, total: None)
        assert (reader.passage_count, len(reader.articles())) == (1, 3)

    def test_of_the_same_words_on_another_line_is_told_apart(self, tmp_path: Path) -> None:
        one, other = articles(tmp_path, SALT, SALT | {"_id": "d2"})
        assert one.sha256 != other.sha256


class TestRepeatedJudgments:
    ROWS = ("q\td1\t1", "q\td2\t2", "q\td1\t1", "q\td2\t1", "q\td2\t3", "p\td1\t1")
    QUERIES = jsonl({"_id": "q", "text": "salt"}, {"_id": "p", "text": "rest"})

    def test_count_with_their_highest_grade_and_are_told_of(self, tmp_path: Path) -> None:
        files = {"queries.jsonl": self.QUERIES, "qrels/test.tsv": HEADER + "\n".join(self.ROWS)}
        collection = read_collection(write(tmp_path, files))
        assert collection.sets[0].qrels == {"q": {"d1": 1, "d2": 3}, "p": {"d1": 1}}
        (note,) = collection.notes
        assert note == (
            "test.tsv: pairs of question and document judged more than once: 2, 1 of them with different grades; the "
            f'highest grade counts. The first is "d2" for "q", {tmp_path / "qrels" / "test.tsv"}:5.'
        )

    def test_of_one_grade_are_named_too(self, tmp_path: Path) -> None:
        folder = write(tmp_path, {"qrels/test.tsv": f"{HEADER}q\td1\t0\nq\td1\t0\n"})
        (note,) = read_collection(folder).notes
        assert note == (
            "test.tsv: pairs of question and document judged more than once: 1, 0 of them with different grades; the "
            f'highest grade counts. The first is "d1" for "q", {tmp_path / "qrels" / "test.tsv"}:3.'
        )

    def test_in_two_splits_are_none(self, tmp_path: Path) -> None:
        collection = read_collection(write(tmp_path, {"qrels/dev.tsv": f"{HEADER}q\td1\t0\n"}))
        assert [one.qrels["q"]["d1"] for one in collection.sets] == [0, 2]
        assert collection.notes == ()


class TestACollectionIsRefused:
    @pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl"])
    def test_without_a_file(self, tmp_path: Path, name: str) -> None:
        assert refused(write(tmp_path, {name: None})) == f"{tmp_path / name}: there is no {name} or {name}.gz"

    def test_that_is_not_there(self, tmp_path: Path) -> None:
        assert refused(tmp_path / "nowhere") == f"{tmp_path / 'nowhere'}: there is no such folder"

    def test_without_documents(self, tmp_path: Path) -> None:
        reason = "there is no corpus.jsonl or corpus.jsonl.gz"
        assert refused(tmp_path) == f"{tmp_path / 'corpus.jsonl'}: {reason}"

    def test_without_judgments(self, tmp_path: Path) -> None:
        folder = write(tmp_path, {"qrels/test.tsv": None})
        assert refused(folder) == f"{folder / 'qrels'}: there is no .tsv or .tsv.gz file with judgments"

    def test_for_a_split_that_it_does_not_have(self, tmp_path: Path) -> None:
        folder = write(tmp_path, {"qrels/train.tsv.gz": b""})
        assert refused(folder, "dev") == f'{folder / "qrels"}: there is no split "dev", but test, train'

    @pytest.mark.parametrize(
        "line",
        ["{", "[]", "1", "null", '"_id text"', '{"_id": "d2"}', '{"text": "x"}', "d2\tx", "[" * 100_000],
        ids=lambda line: line[:12],
    )
    @pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl"])
    def test_for_a_line_that_is_no_object(self, tmp_path: Path, name: str, line: str) -> None:
        folder = write(tmp_path, {name: f"{jsonl(SALT)}{line}\n{jsonl(FEVER)}"})
        assert refused(folder) == f'{folder / name}:2: not a JSON object with "_id" and "text"'

    @pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl"])
    @pytest.mark.parametrize("value", [None, "", " ", True, ["d"], "\ud800"])
    def test_for_an_id_that_is_none(self, tmp_path: Path, name: str, value: object) -> None:
        folder = write(tmp_path, {name: jsonl(SALT, {"_id": value, "text": "x"})})
        assert refused(folder) == f'{folder / name}:2: "_id" must be text or a number, and not empty'

    @pytest.mark.parametrize(("name", "again"), [("corpus.jsonl", "7"), ("queries.jsonl", 7)])
    def test_for_an_id_that_is_there_twice(self, tmp_path: Path, name: str, again: object) -> None:
        folder = write(tmp_path, {name: jsonl({"_id": 7, "text": "x"}, FEVER, {"_id": again, "text": "x"})})
        assert refused(folder) == f'{folder / name}:3: the id "7" is there twice'

    @pytest.mark.parametrize(
        ("values", "key"),
        [({"text": 0}, "text"), ({"text": 7}, "text"), ({"text": "\ud800"}, "text"), ({"title": ["x"]}, "title")],
    )
    def test_for_a_document_whose_text_is_none(self, tmp_path: Path, values: Mapping[str, object], key: str) -> None:
        folder = write(tmp_path, {"corpus.jsonl": jsonl(SALT, {**FEVER, **values})})
        assert refused(folder) == f'{folder / "corpus.jsonl"}:2: "{key}" is not text'

    @pytest.mark.parametrize("text", [None, 7, "", "  "])
    def test_for_a_question_without_words(self, tmp_path: Path, text: object) -> None:
        folder = write(tmp_path, {"queries.jsonl": jsonl({"_id": "q", "text": text})})
        assert refused(folder) == f'{folder / "queries.jsonl"}:1: "text" must be text, and not empty'

    @pytest.mark.parametrize(
        ("row", "reason"),
        [
            ("\td1\t1", "the query has no id"),
            ("q\t \t1", "the passage has no id"),
            ("q\td1\t-", 'the grade "-" is not a whole number from -99 to 99'),
            ("q\td1\t1.5", 'the grade "1.5" is not a whole number from -99 to 99'),
            ("q\td1\tgood", 'the grade "good" is not a whole number from -99 to 99'),
            ("q\td1", "2 columns instead of 3, separated by tabs"),
            ("q\t0\td1\t1", "4 columns instead of 3, separated by tabs"),
            (" x", "1 columns instead of 3, separated by tabs"),
        ],
    )
    def test_for_a_bad_judgment(self, tmp_path: Path, row: str, reason: str) -> None:
        folder = write(tmp_path, {"qrels/test.tsv": f"{HEADER}q\td1\t2\n{row}\nq\td2\t0\n"})
        assert refused(folder) == f"{folder / 'qrels' / 'test.tsv'}:3: {reason}"

    @pytest.mark.parametrize("text", ["", "q\td1\n", "query-id corpus-id score\nq\td1\t2\n"])
    def test_for_judgments_without_the_header(self, tmp_path: Path, text: str) -> None:
        folder = write(tmp_path, {"qrels/test.tsv": text})
        reason = "the header is not query-id corpus-id score, separated by tabs"
        assert refused(folder) == f"{folder / 'qrels' / 'test.tsv'}:1: {reason}"

    def test_for_judgments_of_no_question_that_is_there(self, tmp_path: Path) -> None:
        folder = write(tmp_path, {"qrels/test.tsv": f"{HEADER}r\td1\t1\n"})
        reason = 'none of the questions that are judged is there, such as "r"'
        assert refused(folder) == f"{folder / 'qrels' / 'test.tsv'}: {reason}"

    def test_for_a_header_alone(self, tmp_path: Path) -> None:
        folder = write(tmp_path, {"qrels/test.tsv": HEADER})
        assert refused(folder) == f"{folder / 'qrels' / 'test.tsv'}: there is no judgment in it"

    @pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
    def test_for_bytes_that_are_no_utf_8(self, tmp_path: Path, name: str) -> None:
        first = (write(tmp_path) / name).read_bytes().splitlines(keepends=True)[0]
        folder = write(tmp_path, {name: first + b"na\xefve\n"})
        assert refused(folder) == f"{folder / name}:2: byte 3 of the line is not UTF-8"

    @pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
    @pytest.mark.parametrize("damage", ["cut", "changed", "none"])
    def test_for_a_damaged_compressed_file(self, tmp_path: Path, name: str, damage: str) -> None:
        packed = gzip.compress((write(tmp_path) / name).read_bytes())
        damaged = {"cut": packed[:-9], "changed": packed[:12] + b"\xff\xff" + packed[14:], "none": b"no gzip"}[damage]
        (tmp_path / name).unlink()
        folder = tmp_path
        (folder / f"{name}.gz").write_bytes(damaged)
        place, _, reason = refused(folder).partition(": ")
        assert place.startswith(f"{folder / name}.gz:")
        assert reason.startswith("the compressed file is damaged or cut off (")


class TestAnyBytes:
    @settings(max_examples=150, deadline=None)
    @given(
        name=st.sampled_from(["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"]),
        packed=st.booleans(),
        lines=st.lists(
            st.one_of(
                st.binary(max_size=20),
                st.text(max_size=20).map(str.encode),
                st.dictionaries(
                    st.sampled_from(["_id", "title", "text"]),
                    st.one_of(st.none(), st.text(max_size=3), st.integers(), st.floats(), st.lists(st.booleans())),
                ).map(lambda row: json.dumps(row).encode()),
                st.lists(st.sampled_from(["q", "d1", "2", "-1", "", "query-id", "corpus-id", "score"]), max_size=4).map(
                    lambda columns: "\t".join(columns).encode()
                ),
            ),
            max_size=4,
        ),
    )
    def test_are_read_or_refused(self, name: str, packed: bool, lines: list[bytes]) -> None:
        content = b"\n".join(lines)
        with TemporaryDirectory() as scratch:
            folder = write(Path(scratch))
            (folder / name).unlink()
            (folder / (f"{name}.gz" if packed else name)).write_bytes(gzip.compress(content) if packed else content)
            with suppress(WellreadError):
                assert all(one.qrels for one in read_collection(folder).sets)
