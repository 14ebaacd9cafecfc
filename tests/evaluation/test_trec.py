"""TREC's files: read as trec_eval reads them, with its values, and written so that it sees the same order."""

from __future__ import annotations

import gzip
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from wellread.errors import EvaluationError, JudgmentsError, WellreadError
from wellread.evaluation.trec import TrecRun, read_qrels, read_queries, read_run, write_run
from wellread.relevance.measures import by_place, per_query

PUBLIC = ROOT / "tests" / "fixtures" / "trec"

TREC_EVAL = {
    "302": {
        "nDCG@10": 0.7530,
        "RR": 1.0000,
        "AP": 0.3983,
        "P@1": 1.0,
        "R@10": 0.0909,
        "R@100": 0.5455,
        "judged@10": 1.0,
        "success@1": 1.0,
        "success@3": 1.0,
        "nDCG@100": 0.6046,
        "P@10": 0.7000,
    },
    "303": {
        "nDCG@10": 0.0,
        "RR": 0.0526,
        "AP": 0.0764,
        "P@1": 0.0,
        "R@10": 0.0,
        "R@100": 0.9000,
        "judged@10": 1.0,
        "success@1": 0.0,
        "success@3": 0.0,
        "nDCG@100": 0.3537,
        "P@10": 0.0,
    },
}
"""What trec_eval's own test/out.test.aq has for the whole run: ndcg_cut_10, recip_rank, map_cut_100, recall_10,
recall_100, success_1, ndcg_cut_100 and P_10. Of the run the first 100 are left, so that its AP is map_cut_100. Its
relstring, 1101110110 and 0000000000, has the other three: P@1, success@3, and that all of the first ten are judged."""


def write(file: Path, text: str | bytes) -> Path:
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def refusal(error: pytest.ExceptionInfo[JudgmentsError], option: str) -> str:
    message, _, remedy = str(error.value).partition("\n")
    assert remedy == f"    mend the file, or name another one with {option}"
    return message


class TestAgreementWithTrecEval:
    def test_holds_for_a_public_run_to_4_decimals(self) -> None:
        qrels, notes = read_qrels(PUBLIC / "qrels.test")
        run = {query: by_place(found) for query, found in read_run(PUBLIC / "results.test").ranked.items()}
        values = per_query(qrels, run, relevant=1, measures=list(TREC_EVAL["302"]))
        assert {query: {name: round(v, 4) for name, v in one.items()} for query, one in values.items()} == TREC_EVAL
        assert notes == ()

    def test_holds_for_the_run_when_it_was_written_and_read_again(self, tmp_path: Path) -> None:
        qrels, _ = read_qrels(PUBLIC / "qrels.test")
        run = read_run(PUBLIC / "results.test")
        write_run(tmp_path / "again.trec", run.ranked, run.name)
        again = read_run(tmp_path / "again.trec")
        assert again == run
        values = [per_query(qrels, {q: by_place(f) for q, f in one.ranked.items()}, 1) for one in (run, again)]
        assert values[0] == values[1]

    def test_holds_for_the_ranks_in_the_file(self) -> None:
        lines = [line.split() for line in (PUBLIC / "results.test").read_text(encoding="utf-8").splitlines()]
        run = read_run(PUBLIC / "results.test")
        assert run.name == "STANDARD"
        assert {query: len(found) for query, found in run.ranked.items()} == {"302": 100, "303": 100}
        for query, _, document, rank, _, _ in lines:
            assert run.ranked[query][int(rank) - 1] == document

    @pytest.mark.parametrize("scores", [(1, 1, 1, 1), (2, 1, 2, 1), (0.3, 0.1 + 0.2, 0.3, 1), (1, 1e-9, -1e-9, -1)])
    def test_holds_for_where_it_puts_ties(self, tmp_path: Path, scores: tuple[float, ...]) -> None:
        found = dict(zip(("d10", "d9", "D9", "é"), scores, strict=True))
        text = "".join(f"q Q0 {name} 1 {score!r} t\n" for name, score in found.items())
        ranked = read_run(write(tmp_path / "a.run", text)).ranked["q"]
        for place, name in enumerate(ranked, 1):
            # trec_eval's own code is given the scores, ties and all
            values = per_query({"q": {name: 1}}, {"q": found}, 1, ["RR"])
            assert values["q"]["RR"] == pytest.approx(1 / place, abs=1e-6)


class TestARun:
    def read(self, folder: Path, text: str | bytes, name: str = "a.run") -> TrecRun:
        return read_run(write(folder / name, text))

    def refused(self, folder: Path, text: str | bytes, name: str = "a.run") -> str:
        with pytest.raises(JudgmentsError) as error:
            self.read(folder, text, name)
        return refusal(error, "--run")

    def test_is_ordered_by_score_and_not_by_rank_or_place(self, tmp_path: Path) -> None:
        text = "q Q0 low 1 -3.5 tag\nq Q0 high 2 1e1 tag\np Q0 only 1 0 tag\nq Q0 middle 3 9.99 tag\n"
        run = self.read(tmp_path, text)
        assert run == TrecRun("tag", {"q": ("high", "middle", "low"), "p": ("only",)})

    def test_has_ties_by_id_the_last_first(self, tmp_path: Path) -> None:
        text = "q Q0 d10 1 1.0 t\nq Q0 d9 2 1 t\nq Q0 D9 3 1.00 t\nq Q0 é 4 1 t\n"
        # By their bytes, as strcmp has them: é (C3 A9), d9, d10, D9
        assert self.read(tmp_path, text).ranked == {"q": ("é", "d9", "d10", "D9")}

    def test_may_be_compressed_have_tabs_blank_lines_comments_and_windows_line_ends(self, tmp_path: Path) -> None:
        text = "# a run\r\nq\tQ0\ta#1\t1\t  2.0\tt\r\n\r\n  q Q0 b 2 1.0 t\r\n"
        expected = TrecRun("t", {"q": ("a#1", "b")})
        assert self.read(tmp_path, text) == expected
        assert self.read(tmp_path, gzip.compress(text.encode()), "a.run.gz") == expected

    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            ("q Q0 d 1 0.5", "5 columns instead of 6: query Q0 document rank score tag"),
            ("q Q0 d 1 0.5 my tag", "7 columns instead of 6: query Q0 document rank score tag"),
            ("q Q0 d 1 high t", 'the score "high" is not a number'),
            ("q Q0 d 1 nan t", 'the score "nan" is not a number'),
            ("q Q0 d 1 1_0 t", 'the score "1_0" is not a number'),
            ("q Q0 a 1 0.5 t", '"a" is there twice for query "q"'),
        ],
    )
    def test_is_refused_for_a_bad_line(self, tmp_path: Path, line: str, reason: str) -> None:
        assert self.refused(tmp_path, f"q Q0 a 1 1 t\n\n{line}\n") == f"{tmp_path / 'a.run'}:3: {reason}"

    @pytest.mark.parametrize("text", ["", "\n", "# nothing\n"])
    def test_is_refused_without_a_document(self, tmp_path: Path, text: str) -> None:
        assert self.refused(tmp_path, text) == f"{tmp_path / 'a.run'}: there is no document in it"

    def test_is_refused_where_it_cannot_be_read(self, tmp_path: Path) -> None:
        with pytest.raises(JudgmentsError, match="nowhere: No such file or directory"):
            read_run(tmp_path / "nowhere")
        assert self.refused(tmp_path, b"q Q0 a 1 1 t\nq Q0 \xff 1 1 t\n") == (
            f"{tmp_path / 'a.run'}:2: byte 6 of the line is not UTF-8"
        )
        cut = gzip.compress(b"q Q0 a 1 1 t\n")[:-4]
        told = self.refused(tmp_path, cut, "a.gz")
        assert told.startswith(f"{tmp_path / 'a.gz'}:2: the compressed file is damaged or cut off (")


class TestAWrittenRun:
    def test_counts_its_scores_down(self, tmp_path: Path) -> None:
        write_run(tmp_path / "a.run", {"q2": ["b", "a", "c"], "none": [], "q1": ["a"]}, "dense tokens 64")
        assert (tmp_path / "a.run").read_text(encoding="utf-8") == (
            "q2 Q0 b 1 3 dense-tokens-64\nq2 Q0 a 2 2 dense-tokens-64\nq2 Q0 c 3 1 dense-tokens-64\n"
            "q1 Q0 a 1 1 dense-tokens-64\n"
        )
        assert [file.name for file in tmp_path.iterdir()] == ["a.run"]

    @pytest.mark.parametrize("name", ["a b", "", "a\tb", "a\n", "a\u00a0b"])
    def test_is_refused_for_an_id_with_blanks(self, tmp_path: Path, name: str) -> None:
        for ranked in ({"q": ["a", name]}, {name: ["a"]}):
            with pytest.raises(EvaluationError) as error:
                write_run(tmp_path / "a.run", ranked, "tag")
            assert str(error.value) == (
                f'{tmp_path / "a.run"}: the id "{name}" cannot stand in a TREC run\n'
                "    give it a name without blanks and without #"
            )
        assert list(tmp_path.iterdir()) == []

    def test_is_refused_for_a_query_that_would_be_a_comment(self, tmp_path: Path) -> None:
        with pytest.raises(EvaluationError, match='the id "#1" cannot stand in a TREC run'):
            write_run(tmp_path / "a.run", {"#1": ["a"]}, "tag")

    @settings(max_examples=100, deadline=None)
    @given(
        ranked=st.dictionaries(
            st.text("aé7#", min_size=1, max_size=3).filter(lambda name: name[0] != "#"),
            st.lists(st.text("aé7#-", min_size=1, max_size=3), min_size=1, max_size=12, unique=True),
            min_size=1,
            max_size=3,
        )
    )
    def test_is_read_in_the_same_order(self, ranked: dict[str, list[str]]) -> None:
        with TemporaryDirectory() as scratch:
            write_run(Path(scratch) / "a.run", ranked, "t")
            read = read_run(Path(scratch) / "a.run").ranked
        assert {query: list(found) for query, found in read.items()} == ranked


class TestJudgments:
    def refused(self, folder: Path, text: str) -> str:
        with pytest.raises(JudgmentsError) as error:
            read_qrels(write(folder / "qrels.txt", text))
        return refusal(error, "--qrels")

    def test_are_four_columns_with_any_blanks_between(self, tmp_path: Path) -> None:
        text = "# judged\nq 0 a 2\nq\t0\tb#1  0\r\n\n  p Q0 a 1\n"
        expected = {"q": {"a": 2, "b#1": 0}, "p": {"a": 1}}
        assert read_qrels(write(tmp_path / "qrels.txt", text)) == (expected, ())
        assert read_qrels(write(tmp_path / "qrels.gz", gzip.compress(text.encode()))) == (expected, ())

    def test_are_three_columns_under_the_header_of_beir(self, tmp_path: Path) -> None:
        text = "query-id\tcorpus-id\tscore\nq\ta b\t2\n"
        assert read_qrels(write(tmp_path / "test.tsv", text)) == ({"q": {"a b": 2}}, ())

    def test_may_be_negative(self, tmp_path: Path) -> None:
        assert read_qrels(write(tmp_path / "qrels.txt", "q 0 a -1\nq 0 b 1\n")) == ({"q": {"a": -1, "b": 1}}, ())

    @pytest.mark.parametrize("header", ["", "query-id\tcorpus-id\tscore\n"])
    def test_of_one_pair_count_with_the_highest_grade(self, tmp_path: Path, header: str) -> None:
        rows = "\n".join(row if header else row.replace("\t", "\t0\t", 1) for row in ("q\ta\t1", "q\ta\t3", "q\ta\t2"))
        qrels, (note,) = read_qrels(write(tmp_path / "q.txt", header + rows))
        assert qrels == {"q": {"a": 3}}
        assert note.endswith(f'The first is "a" for "q", {tmp_path / "q.txt"}:{3 if header else 2}.')

    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            ("q d 1", "3 columns instead of 4: query 0 document grade"),
            ("q 0 d 1 more", "5 columns instead of 4: query 0 document grade"),
            ("q 0 d --1", 'the grade "--1" is not a whole number from -99 to 99'),
            ("q 0 d yes", 'the grade "yes" is not a whole number from -99 to 99'),
        ],
    )
    def test_are_refused_for_a_bad_line(self, tmp_path: Path, line: str, reason: str) -> None:
        assert self.refused(tmp_path, f"q 0 a 1\n{line}\n") == f"{tmp_path / 'qrels.txt'}:2: {reason}"

    @pytest.mark.parametrize("text", ["", "\n", "query-id\tcorpus-id\tscore\n"])
    def test_are_refused_where_there_are_none(self, tmp_path: Path, text: str) -> None:
        assert self.refused(tmp_path, text) == f"{tmp_path / 'qrels.txt'}: there is no judgment in it"


class TestQuestions:
    TOPICS = """
<top>

<num> Number: 051
<title> Topic:  How long
 does flu last
<desc> Description:
What helps?
</top>
<top>
<num>52</num>
<title>cramps</title>
</top>
"""

    def refused(self, folder: Path, text: str, name: str = "queries.tsv") -> str:
        with pytest.raises(JudgmentsError) as error:
            read_queries(write(folder / name, text))
        return refusal(error, "--queries")

    def test_are_an_id_a_tab_and_words(self, tmp_path: Path) -> None:
        text = "12\thow long does flu last\n\nq 7\t what is\tflu? \r\n"
        expected = {"12": "how long does flu last", "q 7": "what is\tflu?"}
        assert read_queries(write(tmp_path / "queries.tsv", text)) == expected
        assert read_queries(write(tmp_path / "queries.gz", gzip.compress(text.encode()))) == expected

    def test_may_be_those_of_beir(self, tmp_path: Path) -> None:
        text = '{"_id": 12, "text": "flu?", "metadata": {}}\n'
        assert read_queries(write(tmp_path / "queries.jsonl", text)) == {"12": "flu?"}
        assert read_queries(write(tmp_path / "queries.jsonl.gz", gzip.compress(text.encode()))) == {"12": "flu?"}

    def test_may_be_topics_of_which_the_title_is_asked(self, tmp_path: Path) -> None:
        read = read_queries(write(tmp_path / "topics.txt", self.TOPICS))
        assert read == {"051": "How long does flu last", "52": "cramps"}

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("1 flu\n", "1: not an id, a tab and the words of a question"),
            ("1\tflu\n\tflu\n", "2: not an id, a tab and the words of a question"),
            ("1\tflu\n2\t \n", "2: not an id, a tab and the words of a question"),
            ("1\tflu\n1\tcold\n", '2: the id "1" is there twice'),
            ("<topics>\n", "1: there is no <top>"),
            ("<top>\n<num> 1\n<title> flu\n</top>\n<top>\n<num> 1\n<title> cold\n", '5: the id "1" is there twice'),
            ("<top>\n<num> 1\n<title> flu\n<top>\n<title> x\n", "4: the topic has no <num> or no <title>"),
            ("\n<top>\n<num> 1\n<title>\n</top>\n", "2: the topic has no <num> or no <title>"),
        ],
    )
    def test_are_refused_for_what_is_none(self, tmp_path: Path, text: str, reason: str) -> None:
        assert self.refused(tmp_path, text) == f"{tmp_path / 'queries.tsv'}:{reason}"

    @pytest.mark.parametrize(("text", "name"), [("", "queries.tsv"), ("\n \n", "topics"), ("", "queries.jsonl")])
    def test_are_refused_where_there_are_none(self, tmp_path: Path, text: str, name: str) -> None:
        assert self.refused(tmp_path, text, name) == f"{tmp_path / name}: there is no question in it"


PIECES = ["q", "0", "Q0", "d", "1", "-1", "nan", "1e999", "\t", " ", "\n", "#", "<top>", "</top>", "<num>", "<title>"]


class TestAnyBytes:
    @settings(max_examples=200, deadline=None)
    @given(
        name=st.sampled_from(["a", "a.gz", "a.jsonl"]),
        content=st.one_of(
            st.binary(max_size=60),
            st.text(max_size=60).map(str.encode),
            st.lists(st.sampled_from(PIECES), max_size=40).map(lambda pieces: " ".join(pieces).encode()),
            st.lists(st.sampled_from(PIECES), max_size=40).map(lambda pieces: gzip.compress("".join(pieces).encode())),
        ),
    )
    def test_are_read_or_refused(self, name: str, content: bytes) -> None:
        with TemporaryDirectory() as scratch:
            file = write(Path(scratch) / name, content)
            with suppress(WellreadError):
                assert read_run(file).ranked
            with suppress(WellreadError):
                assert read_qrels(file)[0]
            with suppress(WellreadError):
                assert read_queries(file)
