"""The report: one file that loads nothing, says what came of the evaluation, and can be read without its pictures."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from evaluated import asked, outcome, system, trusted

from wellread.evaluation.comparison import compare_systems, sentence
from wellread.evaluation.report.page import report
from wellread.evaluation.results import Estimate, Outcome, QueryResult, Sweep, TestbedResult

EMPTY = {"meta", "br", "link", "use", "path", "rect"}


class Reading(HTMLParser):
    """What a page holds: headings in order, figures, tables, whether elements are closed, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.labels: list[str] = []
        self.tags: list[str] = []
        self.open: list[str] = []
        self.loads: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        about = dict(attrs)
        if tag == "svg":
            assert about["role"] == "img"
            self.labels.append(about["aria-label"] or "")
        self.loads += [value for name, value in attrs if name in ("src", "href") and value and value[0] != "#"]
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data


def answered(query: str, *found: str, confidence: float = 0.75, seconds: float | None = 0.01) -> QueryResult:
    return asked(query, *found, grades={"a": 3}, verdict=trusted(confidence=confidence), seconds=seconds)


@pytest.fixture
def compared() -> Outcome:
    """Two systems, three questions that can be answered and one that cannot.

    The first finds "a" at places 1, 1 and 2, the other at 1, 2 and never: one tie and two losses.
    """
    no = asked("no", "b", question_type="uncovered", verdict=trusted("not_covered", 0.125), seconds=0.02)
    first = system("default", answered("p", "a"), answered("q", "a"), answered("r", "b", "a"), no)
    second = system("lexical", *(replace(answered(name, *found), verdict=None) for name, found in
                              (("p", ["a"]), ("q", ["b", "a"]), ("r", ["b"]))))  # fmt: skip
    one = TestbedResult("food/dev", 2, (first, second), notes=("A note.",))
    one = replace(one, comparisons=compare_systems(one.systems, "nDCG@10"))
    swept = Sweep(
        "food/dev", "tokens", "nDCG@10", ((32, Estimate(0.5, 0.25, 0.75, 3)), (64, Estimate(0.625, 0.5, 0.75, 3)))
    )
    return Outcome((one,), (swept,), {"command": "python evaluate.py", "versions": {"numpy": "2.4"}, "seed": 7})


def test_is_one_page_that_loads_nothing_and_is_the_same_each_time(compared: Outcome) -> None:
    page = report(compared, sentence)
    read = Reading(page)
    assert read.loads == []
    assert "script" not in read.tags
    assert read.open == []
    assert page == report(compared, sentence)


def test_has_headings_in_order(compared: Outcome) -> None:
    levels = Reading(report(compared, sentence)).headings
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_says_first_what_came_of_it(compared: Outcome) -> None:
    text = Reading(report(compared, sentence)).text
    opening = text[: text.index("95 % interval", text.index("A note") - 500)]
    assert "food/dev: default, 4 questions: nDCG@10 0.877" in opening  # (1 + 1 + 1 / log2(3)) / 3
    assert sentence(compared.sets[0].comparisons[0]) in opening


def test_says_in_words_and_figures_what_each_picture_shows(compared: Outcome) -> None:
    read = Reading(report(compared, sentence))
    assert read.labels == [
        "nDCG@10 of each question: lexical minus default",
        "Recall by how many results are looked at",
        "default: how much of what is answered is covered, by how much is answered",
        "default: what confidence is worth",
        "How long an answer takes",
        "nDCG@10 by tokens",
    ]
    # Differences 0, 1 / log2(3) - 1 = -0.369 and 0 - 1 / log2(3) = -0.631: -1 / 3 on average
    told = "lexical is above default for 0 of 3 questions, below for 2, and the same for 1; on average -0.333."
    assert told in read.text
    assert "default: 0.67 at 1, 1.00 at 100; lexical: 0.33 at 1, 0.67 at 100." in read.text
    assert "Answering the surest 75%, 100% of it is covered; answering everything, 75%." in read.text
    assert "half within 10 ms" in read.text
    assert "Greatest at tokens 64: 0.625 (0.500 to 0.750)." in read.text


def test_has_the_figures_behind_each_picture_as_a_table(compared: Outcome) -> None:
    page = report(compared, sentence)
    figures = re.findall(r"<figure>.*?</figure>", page, re.DOTALL)
    assert len(figures) == 6
    assert all(figure.count("<details>") == 1 and figure.count("<table>") == 1 for figure in figures)
    rows = re.findall(r'<th scope="row">(\w)</th><td>([^<]*)</td>', figures[0])
    assert rows == [("p", "+0.000"), ("q", "-0.369"), ("r", "-0.631")]


def test_lists_the_questions_that_lost_most(compared: Outcome) -> None:
    page = report(compared, sentence)
    assert "default: the 1 question that lost most" in page
    assert re.search(r"<pre>r  nDCG@10 0\.631 \(-0\.369\)  r\?\n    found     1\. b  \(not judged\)", page)


def test_has_all_that_it_takes_to_have_it_again(compared: Outcome) -> None:
    text = Reading(report(compared, sentence)).text
    for told in ("commandpython evaluate.py", "versions: numpy2.4", "seed7"):
        assert told in text


def test_takes_what_comes_from_outside_as_text() -> None:
    evil = "<img src=x onerror=alert(1)>&amp;"
    first = system(evil, replace(asked(evil, evil, "b", grades={"b": 3}), text=evil))
    one = TestbedResult(evil, 2, (first,), notes=(evil,))
    read = Reading(report(replace(outcome(one), provenance={evil: evil}), sentence))
    assert "img" not in read.tags
    assert read.text.count(evil) >= 7


@pytest.mark.parametrize(
    "questions",
    [
        pytest.param([asked("p", "a", grades={"a": 3})], id="a run from elsewhere"),
        pytest.param([asked("p", "a", question_type="uncovered")], id="nothing to measure"),
        pytest.param([answered("p", "a", seconds=None)], id="one question, not timed"),
    ],
)
def test_is_made_of_whatever_was_measured(questions: list[QueryResult]) -> None:
    read = Reading(report(outcome(TestbedResult("food", 2, (system("default", *questions),))), sentence))
    assert "food: default, 1 question" in read.text
    assert "nan" not in read.text
