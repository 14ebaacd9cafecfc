"""Tables: the same rows in a terminal, as Markdown and as LaTeX, with what is special there written as it must be."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO

from evaluated import asked, compared, outcome, system, trusted
from rich.console import Console

from wellread.evaluation.results import Estimate, Sweep, TestbedResult
from wellread.evaluation.tables import Table, as_latex, as_markdown, in_terminal, interval, tables
from wellread.relevance.measures import MEASURES

GRADES = {"a": 2}
DEFAULT = system(
    "default",
    asked("p", "a", grades=GRADES, verdict=trusted("answered")),
    asked("q", "x", "a", grades=GRADES, verdict=trusted("closest")),
    asked("u", "x", question_type="urgent", verdict=trusted(notice=True)),
)
ALONE = TestbedResult("flu/dev", 2, (DEFAULT,), notes=("other: left out",))
OTHER = system("other", asked("p", "x", grades=GRADES), asked("q", "a", grades=GRADES))
BESIDE = TestbedResult(
    "flu",
    2,
    (DEFAULT, OTHER),
    (
        compared("other", -0.25, 0.125, 0.5, 0.0002, (2, 1, 0)),
        replace(compared("third", 0.0, 0.0, 0.0, 1.0, (0, 0, 3)), effect=None),
    ),
)


def drawn(table: Table, width: int = 100) -> list[str]:
    written = StringIO()
    Console(file=written, width=width, color_system=None).print(in_terminal(table))
    return written.getvalue().splitlines()


class TestTheTablesOfAnEvaluation:
    def test_have_every_measure_of_one_system(self) -> None:
        (table,) = tables(outcome(ALONE))
        assert table.title == "flu/dev: default"
        assert table.header == ("measure", "mean", "95 % interval", "questions")
        # Reciprocal ranks 1 and 1/2: of samples of two, a quarter each have twice the one or twice the other.
        assert table.rows[MEASURES.index("RR")] == ("RR", "0.750", "0.500 to 1.000", "2")
        assert [row[0] for row in table.rows] == [
            *MEASURES,
            "answered",
            "refused",
            "urgent recall",
            "notice on ordinary questions",
        ]
        assert table.rows[-2] == ("urgent recall", "1.000", "1.000 to 1.000", "1")
        scored, left_out = table.notes
        assert scored == (
            "2 of 3 questions are scored by their ranking (relevant from grade 2); those left out (1) have nothing"
            " relevant, or are not of the covered kind."
        )
        assert left_out == "other: left out"

    def test_have_the_title_of_the_set_before_its_name(self) -> None:
        (table,) = tables(outcome(replace(ALONE, title="articles of others")))
        assert table.title == "articles of others: flu/dev: default"

    def test_show_registers_one_by_one_for_every_system(self) -> None:
        questions = [
            asked("p", "a", grades=GRADES, register="story"),
            asked("q", "x", "a", grades=GRADES, register="plain"),
            asked("r", "x", "a", grades=GRADES, register="plain"),
        ]
        result = TestbedResult("flu", 2, (system("default", *questions), system("other", *questions)))
        first, second = (table for table in tables(outcome(result)) if "register" in table.title)
        assert (first.title, second.title) == ("flu: default by register", "flu: other by register")
        assert first.header == ("register", "success@1", "success@3", "nDCG@10", "questions")
        # 1 / log2(3) of the gain at place 1
        assert first.rows == (("plain", "0.000", "1.000", "0.631", "2"), ("story", "1.000", "1.000", "1.000", "1"))

    def test_say_so_where_every_question_is_scored(self) -> None:
        (table,) = tables(outcome(TestbedResult("flu", 1, (system("default", asked("p", "a", grades=GRADES)),))))
        assert table.notes == ("1 of 1 questions are scored by their ranking (relevant from grade 1).",)

    def test_have_all_arms_and_what_they_are_beside_the_first(self) -> None:
        first, systems, beside = tables(outcome(BESIDE))
        assert first.title == "flu: default"
        assert systems.title == "flu: all systems"
        # success@1 is P@1 again
        assert systems.header == ("system", *(name for name in MEASURES if name != "success@1"))
        assert [row[0] for row in systems.rows] == ["default", "other"]
        # Reciprocal ranks 1 and 1/2 against 0 and 1
        assert [row[1 + MEASURES.index("RR")] for row in systems.rows] == ["0.750", "0.500"]
        assert beside.title == "flu: nDCG@10 beside default"
        assert beside.header == ("system", "difference", "95 % interval", "effect d", "won/lost/tied", "p", "p (Holm)")
        assert beside.rows == (
            ("other", "+0.125", "-0.250 to +0.500", "+0.50", "2/1/0", "< 0.001", "< 0.001"),
            ("third", "+0.000", "+0.000 to +0.000", "–", "0/0/3", "0.500", "1.000"),
        )

    def test_have_no_comparison_where_nothing_is_scored(self) -> None:
        unscored = system("default", asked("u", "a", question_type="urgent", verdict=trusted()))
        one = TestbedResult("flu", 2, (unscored, replace(unscored, name="other")))
        assert [table.title for table in tables(outcome(one))] == ["flu: default", "flu: all systems"]
        assert next(tables(outcome(one))).notes[0].startswith("0 of 1 questions are scored by their ranking ")

    def test_have_a_row_for_each_value_that_was_swept(self) -> None:
        points = ((32.0, Estimate(0.5, 0.25, 0.75, 9)), (0.125, Estimate(0.6, 0.5, 0.7, 9)))
        swept = replace(outcome(), sweeps=(Sweep("flu", "tokens", "RR", points),))
        assert list(tables(swept)) == [
            Table(
                "flu: RR by tokens",
                ("tokens", "RR", "95 % interval"),
                (("32", "0.500", "0.250 to 0.750"), ("0.125", "0.600", "0.500 to 0.700")),
            )
        ]

    def test_come_set_by_set(self) -> None:
        assert [table.title for table in tables(outcome(ALONE, replace(ALONE, name="leg")))] == [
            "flu/dev: default",
            "leg: default",
        ]


SMALL = Table("A & B", ("system", "nDCG@10"), (("a|b", "0.500"), ("c_d", "+1.000")), ("95 % of it", "more"))


class TestMarkdown:
    def test_has_the_title_as_a_heading_and_figures_to_the_right(self) -> None:
        assert as_markdown(SMALL) == (
            "## A & B\n\n| system | nDCG@10 |\n| --- | ---: |\n| a\\|b | 0.500 |\n| c_d | +1.000 |\n\n"
            "95 % of it\n\nmore\n"
        )

    def test_of_a_table_without_notes_ends_with_its_rows(self) -> None:
        assert as_markdown(replace(SMALL, notes=())).endswith("| c_d | +1.000 |\n")


class TestLatex:
    def test_has_the_rules_of_booktabs_and_notes_as_comments(self) -> None:
        assert as_latex(SMALL).split("\n") == [
            r"\begin{table}",
            r"  % 95 % of it",
            r"  % more",
            r"  \centering",
            r"  \caption{A \& B}",
            r"  \begin{tabular}{lr}",
            r"    \toprule",
            r"    system & nDCG@10 \\",
            r"    \midrule",
            r"    a|b & 0.500 \\",
            r"    c\_d & +1.000 \\",
            r"    \bottomrule",
            r"  \end{tabular}",
            r"\end{table}",
            "",
        ]

    def test_escapes_what_is_special_once(self) -> None:
        table = Table(r"\&%$#_{}~^<>", ("a", "b", "c"), ())
        assert r"  \caption{\textbackslash{}\&\%\$\#\_\{\}\textasciitilde{}\textasciicircum{}$<$$>$}" in as_latex(table)
        assert r"  \begin{tabular}{lrr}" in as_latex(table)


class TestATerminal:
    def test_shows_title_rows_and_notes(self) -> None:
        assert [line.rstrip() for line in drawn(SMALL)] == [
            "A & B",
            "",
            "  system   nDCG@10",
            " ──────────────────",
            "  a|b        0.500",
            "  c_d       +1.000",
            "",
            "95 % of it",
            "more",
        ]

    def test_shows_names_as_they_are_written(self) -> None:
        lines = drawn(Table("set[red]/dev", ("system", "[b]"), (("x[/y]", "[i]1"),), ("note [bold]",)))
        text = "\n".join(lines)
        assert all(name in text for name in ("set[red]/dev", "[b]", "x[/y]", "[i]1", "note [bold]"))


def test_an_interval_has_its_bounds_with_or_without_a_sign() -> None:
    assert interval(Estimate(0.5, 0.25, 1.0, 3)) == "0.250 to 1.000"
    assert interval(Estimate(0.5, -0.25, 1.0, 3), "+") == "-0.250 to +1.000"
