"""Contradictions: found where near sentences say different things of one subject, and seldom where they do not."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from conftest import ROOT

from wellread.articles.contradictions import contradiction_findings, find_contradictions
from wellread.articles.findings import Finding
from wellread.articles.library import read_kb
from wellread.articles.passages import cut_article
from wellread.articles.statements import Statement, statements_of
from wellread.datatypes import Article, Passage

FIXTURES = ROOT / "tests" / "fixtures" / "contradictions"


def count(texts: object) -> list[int]:
    return [len(str(text).split()) for text in texts]  # type: ignore[attr-defined]


def library(folder: Path, **articles: str) -> tuple[tuple[Article, ...], list[Passage]]:
    for name, text in articles.items():
        (folder / f"{name}.md").write_text(text)
    read = read_kb(folder)
    return read, [passage for article in read for passage in cut_article(article, count, 200)]


def findings(folder: Path, **articles: str) -> tuple[Finding, ...]:
    return contradiction_findings(*library(folder, **articles))


@cache
def background() -> tuple[Statement, ...]:
    """The statements of 79 articles, which say how common words are."""
    read = read_kb(ROOT / "training" / "library")
    return tuple(statements_of(read, [passage for article in read for passage in cut_article(article, count, 200)]))


def test_a_pair_is_named_at_its_first_place_with_the_other_and_both_sentences(tmp_path: Path) -> None:
    found = findings(
        tmp_path,
        ear="# Ear infection\n\n## Time\n\nMost ear infections clear up within 3 days.\n",
        ears="# Ear infection in adults\n\n## Getting better\n\nRest.\n\nMost ear infections clear up within 2 weeks.",
    )
    assert found == (
        Finding(
            "warning",
            "ear.md",
            5,
            "contradiction",
            'this says "3 days" and ears.md:7 "2 weeks": "Most ear infections clear up within 3 days." – '
            '"Most ear infections clear up within 2 weeks."',
            "find out which is right, or say in each for whom it is",
        ),
    )


def test_a_not_is_an_opposite(tmp_path: Path) -> None:
    (found,) = findings(
        tmp_path,
        a="# Metformin\n\n## Alcohol\n\nYou can drink alcohol while you take metformin.\n",
        b="# Metformin and food\n\n## Drinks\n\nYou cannot drink alcohol while you take metformin.\n",
    )
    assert found.message.startswith('b.md:5 says the opposite: "You can drink')


def test_is_found_in_one_article_too(tmp_path: Path) -> None:
    text = (
        "# Burns\n\n## First\n\nCool the burn under running water for 20 minutes.\n\n"
        "## Later\n\nCool the burn under running water for 5 minutes.\n"
    )
    (found,) = findings(tmp_path, burns=text)
    assert (found.file, found.line) == ("burns.md", 5)
    assert found.message.startswith('this says "20 minutes" and burns.md:9 "5 minutes"')


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Give 5ml of the syrup every 6 hours.", "Give 5ml of the syrup every 8 hours to a child."),
        ("Use the cream on the rash for 3 days.", "Use the gel on the rash for 7 days."),
        ("The first dose is given at 12 months.", "The second dose is given at 18 months."),
        ("With type 1 the rash lasts 3 days.", "With type 2 the rash lasts 9 days."),
        ("You must not drive for 2 days after the rash.", "You may drive again 7 days after the rash."),
        ("Do not take it unless the rash itches.", "Take it if the rash itches."),
        ("The rash lasts up to 7 days.", "The rash lasts 3 days."),
        ("The rash does not always itch.", "The rash can itch."),
        ("If you have a rash, rest.", "Don't scratch. If you have a rash, rest."),
        ("A rash is rare above 40-41°C.", "A rash is rare above 40°C."),
        ("Call if the rash lasts more than 5 days.", "The rash lasts 3 days."),
        ("If you have no fever and no rash, wait for 5 days.", "If you have a fever and a rash, wait for 2 days."),
        ("About 95 percent of people with the rash are well.", "In this group 31 percent of people had a cough."),
    ],
)
def test_is_none_where_both_can_be_right(tmp_path: Path, one: str, other: str) -> None:
    assert findings(tmp_path, rash=f"# Rash\n\n## One\n\n{one}\n\n## Two\n\n{other}\n") == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Women take 400 micrograms of folic acid a day.", "Women with epilepsy take 5 mg of folic acid a day."),
        ("Dissolve two sachets of salts in 400 ml of water.", "Dissolve five sachets of salts in 1 litre of water."),
    ],
    ids=["of people with something", "in proportion"],
)
def test_is_none_between_groups_of_people_or_what_is_in_proportion(tmp_path: Path, one: str, other: str) -> None:
    assert findings(tmp_path, a=f"# Rash\n\n## One\n\n{one}\n\n## Two\n\n{other}\n") == ()


def test_ages_that_overlap_are_compared_in_two_articles_and_not_in_one(tmp_path: Path) -> None:
    one, other = (
        f"People aged {ages} are invited for bowel screening every 2 years." for ages in ("60 to 74", "50 to 74")
    )
    same = {"a": f"# Bowel screening\n\n## One\n\n{one}\n\n## Two\n\n{other}\n"}
    assert findings(tmp_path, **same) == ()
    two = {"a": f"# Bowel screening\n\n## One\n\n{one}\n", "b": f"# Bowel screening\n\n## Two\n\n{other}\n"}
    (found,) = findings(tmp_path, **two)
    assert found.message.startswith('this says "60 to 74" and b.md:5 "50 to 74"')


def test_is_none_between_medicines_or_illnesses(tmp_path: Path) -> None:
    sentence = "Leave at least {} hours between doses."
    assert (
        findings(
            tmp_path,
            a=f"# Paracetamol\n\n## Doses\n\n{sentence.format(4)}\n",
            b=f"# Ibuprofen\n\n## Doses\n\n{sentence.format(6)}\n",
            c="# Type 1 diabetes\n\n## Checks\n\nHave your feet checked every year.\n",
            d="# Type 2 diabetes\n\n## Checks\n\nHave your feet checked every 2 years.\n",
        )
        == ()
    )


def test_is_none_between_the_rows_of_a_table_or_the_steps_of_a_list(tmp_path: Path) -> None:
    table = "| Age | Syrup |\n|---|---|\n| 1 year | 5ml of syrup |\n| 5 years | 10ml of syrup |\n"
    steps = "- Red: call within 2 hours of the rash\n- Amber: call within 24 hours of the rash\n"
    assert findings(tmp_path, rash=f"# Rash\n\n## Syrup\n\n{table}\n## Call\n\n{steps}") == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("De 6 meses a 5 anos: 5 ml de xarope a cada 12 horas.", "De 6 a 12 anos: 10 ml de xarope a cada 12 horas."),
        ("De 6 meses a 5 años: 5 ml del jarabe al día.", "De 6 a 12 años: 10 ml del jarabe al día."),
        ("Day 1: take two tablets with a meal at noon.", "Day 2: take one tablet with a meal at noon."),
    ],
)
def test_is_none_between_lines_with_other_numbers_before_a_colon(tmp_path: Path, one: str, other: str) -> None:
    assert findings(tmp_path, a=f"# Syrup\n\n## Doses\n\n{one}\n\n{other}\n") == ()
    same = f"{one.partition(':')[0]}:{other.partition(':')[2]}"
    assert len(findings(tmp_path, a=f"# Syrup\n\n## Doses\n\n{one}\n\n## Again\n\n{same}\n")) == 1


def test_is_none_between_what_two_paragraphs_say_of_two_medicines(tmp_path: Path) -> None:
    paragraph = "{} may be used by mouth to bring a fever down. Give each dose every {} hours, up to {} doses a day."
    text = (
        f"# Fever in children\n\n## Doses\n\n{paragraph.format('Paracetamol', 4, 4)}\n\n"
        f"## More doses\n\n{paragraph.format('Ibuprofen', 8, 3)}\n"
    )
    assert findings(tmp_path, fever=text) == ()


def test_is_none_where_a_short_sentence_is_of_what_stands_above_it(tmp_path: Path) -> None:
    text = (
        "# Cholesterol\n\n## All\n\nHave a test. A good level for total cholesterol is below 200 mg/dL.\n\n"
        "## Fats\n\nThe test shows triglycerides too. A good level is below 150 mg/dL.\n"
    )
    assert findings(tmp_path, cholesterol=text) == ()


@pytest.mark.parametrize(
    ("one", "other", "values"),
    [
        ("Take 50 micrograms of thyroxin a day.", "Take 50 mg of thyroxin a day.", '"50 micrograms" and {} "50 mg"'),
        (
            "Take a rash tablet every 4 to 6 hours.",
            "Take a rash tablet every 6 hours.",
            '"4 to 6 hours" and {} "6 hours"',
        ),
        ("The rash lasts for twenty-one days.", "The rash lasts for 10 days.", '"twenty-one days" and {} "10 days"'),
        ("A fever with the rash is 38 C.", "A fever with the rash is 102°F.", '"38 C" and {} "102°F"'),
        (
            "25 million people have the rash.",
            "2 million people have the rash.",
            '"25 million people" and {} "2 million people"',
        ),
        (
            "Die Salbe hilft gegen rash in 2 Wochen.",
            "Die Salbe hilft gegen rash in 3 Tagen.",
            '"2 Wochen" and {} "3 Tagen"',
        ),
        (
            "It is catching from 4 days before the rash until 4 days after.",
            "It is catching from 4 days before the rash until 10 days after.",
            '"4 days" and {} "10 days"',
        ),
    ],
)
def test_is_named_with_the_words_of_both(one: str, other: str, values: str, tmp_path: Path) -> None:
    (found,) = findings(tmp_path, a=f"# Rash\n\n## One\n\n{one}\n", b=f"# Rash\n\n## Two\n\n{other}\n")
    assert found.message.startswith(f"this says {values.format('b.md:5')}: ")


def test_a_pair_of_sentences_is_named_once_wherever_it_is_copied(tmp_path: Path) -> None:
    copies = {
        name: f"# Measles\n\n## {name}\n\nThe measles rash lasts for {days} days.\n"
        for name, days in (("a", 5), ("b", 5), ("c", 9))
    }
    assert [found.file for found in findings(tmp_path, **copies)] == ["a.md"]


@pytest.mark.parametrize(
    ("name", "true", "false"),
    [
        ("chosen-on", (18, 18), (0, 22)),
        ("seen-once", (19, 20), (0, 22)),
        ("unseen", (15, 20), (0, 22)),
        ("of-many-kinds", (25, 30), (0, 30)),
        ("of-ten-kinds", (24, 30), (0, 30)),
        ("of-groups", (22, 30), (1, 30)),
    ],
)
def test_of_made_pairs_most_that_differ_are_found_and_none_that_agree(
    name: str, true: tuple[int, int], false: tuple[int, int], tmp_path: Path
) -> None:
    rows = [line.split("\t") for line in (FIXTURES / f"{name}.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    for number, (_, *texts) in enumerate(rows):
        for half, (title, heading, sentence) in enumerate((texts[:3], texts[3:])):
            (tmp_path / f"{number}-{half}.md").write_text(f"# {title}\n\n## {heading}\n\n{sentence}\n")
    pairs = find_contradictions([*background(), *statements_of(*library(tmp_path))])
    named = [(pair.one.text, pair.other.text) for pair in pairs]

    def is_named(left: str, right: str) -> bool:
        return any((one in left and other in right) or (one in right and other in left) for one, other in named)

    hits = {verdict: [is_named(row[3], row[6]) for row in rows if row[0] == verdict] for verdict in ("differ", "agree")}
    assert (sum(hits["differ"]), len(hits["differ"])) == true
    assert (sum(hits["agree"]), len(hits["agree"])) == false


def test_the_articles_that_ship_for_training_have_none() -> None:
    assert find_contradictions(background()) == []
