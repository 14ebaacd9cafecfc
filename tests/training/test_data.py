"""What is learned from is read strictly: every fault with its file and its line."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest
from conftest import ROOT
from trained import ASKED, JUDGED, copy_of, small_judgments, small_training

from wellread.datatypes import EmergencyKind
from wellread.errors import JudgmentsError
from wellread.search.calibration import KINDS
from wellread.training.data import (
    NONE,
    LibraryQuestion,
    OwnQuestion,
    TrainingData,
    UrgentPair,
    read_questions_file,
    read_training_data,
)

ROWS = {
    "questions": "question-kinds/questions.jsonl",
    "headings": "heading-kinds/headings.jsonl",
    "pairs": "urgency/pairs.jsonl",
    "outside": "outside-medicine/questions.jsonl",
}
OWN = "own-questions/neurological-spasms"
TABLES = {
    OWN: 2,
    "not-ordinary": 2,
    "emergencies": 2,
    "uncovered": 2,
    "urgent": 5,
    "calm": 1,
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small copy of `training/` and of the judgments; tests only read it."""
    folder = tmp_path_factory.mktemp("small")
    small_training(folder / "training")
    small_judgments(folder / "judged")
    return folder


@pytest.fixture
def copy(small: Path, tmp_path: Path) -> Path:
    return copy_of(small, tmp_path / "copy")


def read(folder: Path) -> TrainingData:
    return read_training_data(folder / "training", folder / "judged", folder / "training" / "own-questions")


def refusal(folder: Path) -> str:
    with pytest.raises(JudgmentsError) as refused:
        read(folder)
    return refused.value.message


def change_line(file: Path, number: int, text: str) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    lines[number - 1] = text
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


@pytest.fixture(scope="module")
def shipped() -> TrainingData:
    training = ROOT / "training"
    return read_training_data(training, ROOT / "judgments" / "unseen-articles", training / "own-questions")


class TestTheShippedData:
    def test_have_known_kinds_only(self, shipped: TrainingData) -> None:
        assert {kind for row in shipped.questions for kind in row["kinds"]} == {*KINDS, "other"}
        assert {row["kind"] for row in shipped.headings} == {*KINDS, "summary", "other"}
        assert {kind for kind, _ in shipped.emergencies} == set(get_args(EmergencyKind))

    def test_ask_about_articles_of_the_library_only(self, shipped: TrainingData) -> None:
        articles = {file.stem for file in shipped.library.iterdir()}
        assert {article for article, _ in shipped.library_questions} <= articles
        assert {pair.article for pair in shipped.urgent} <= articles
        assert len(shipped.further_urgent) == 150
        assert not {pair.article for pair in shipped.further_urgent} & articles

    def test_learn_nothing_else_about_the_articles_that_confidence_is_weighed_by(self, shipped: TrainingData) -> None:
        judged = {about["article"] for about in shipped.judged.about.values() if about["kind"] == "covered"}
        assert not judged & {article for article, _ in shipped.library_questions}
        assert not judged & {pair.article for pair in shipped.urgent}
        assert len(judged) == 30

    def test_ask_nothing_in_two_splits(self, shipped: TrainingData) -> None:
        every = (*shipped.urgent, *shipped.further_urgent)
        pairs = (text for pair in every for text in (pair.urgent, pair.calm))
        learned = {*shipped.ordinary(), *shipped.calm, *(text for _, text in shipped.emergencies), *pairs}
        assert not {text.lower() for text in learned} & {text.lower() for text in shipped.judged.queries.values()}

    def test_ask_nothing_both_as_an_emergency_and_as_none(self, shipped: TrainingData) -> None:
        pairs = (*shipped.urgent, *shipped.further_urgent)
        tells = {text.lower() for _, text in shipped.emergencies} | {pair.urgent.lower() for pair in pairs}
        calm = {*shipped.ordinary(), *shipped.calm, *(pair.calm for pair in pairs)}
        assert not tells & {text.lower() for text in calm}


class TestReading:
    def test_is_of_every_line(self, small: Path) -> None:
        data = read(small)
        assert [len(rows) for rows in (data.questions, data.pairs, data.outside, data.own)] == [60, 20, 20, 40]
        assert (len(data.library_uncovered), len(data.calm)) == (20, 30)
        assert set(Counter(kind for kind, _ in data.emergencies[:48]).values()) == {4}
        assert {article for article, _ in data.library_questions} == set(ASKED)
        assert {pair.article for pair in data.urgent} == set(ASKED)
        assert len(data.judged.queries) == 8 * len(JUDGED) + 16 + 4

    def test_is_of_questions_as_they_are_looked_for(self, copy: Path) -> None:
        change_line(copy / "training" / "calm.tsv", 2, "Hello doctor, what is  a stroke!!")
        change_line(copy / "training" / ROWS["outside"], 1, json.dumps({"text": "Hi, who won the cup??"}))
        data = read(copy)
        assert data.calm[0] == "what is a stroke?"
        assert data.outside[0] == {"text": "who won the cup?"}

    def test_leaves_out_questions_that_are_not_ordinary(self, copy: Path) -> None:
        (copy / "training" / "questions" / "croup.txt").write_text("@ croup\np it is ordinary\np it  is not\n")
        change_line(copy / "training" / "not-ordinary.tsv", 2, "other\tit is not")
        data = read(copy)
        assert [text for article, text in data.library_questions if article == "croup"] == ["it is ordinary?"]
        assert ("other", "it is not?") in data.emergencies

    def test_leaves_out_an_emergency_only_where_nobody_can_tell(self, copy: Path) -> None:
        change_line(copy / "training" / "not-ordinary.tsv", 2, "unclear\tit is hard to say")
        assert "it is hard to say?" not in {text for _, text in read(copy).emergencies}
        change_line(copy / "training" / "emergencies.tsv", 2, "unclear\tit is hard to say")
        assert refusal(copy).endswith(':2: "unclear" is no kind of emergency')

    def test_is_of_own_questions_by_the_article_that_their_file_is_named_after(self, copy: Path) -> None:
        file = copy / "training" / "own-questions" / "asthma.tsv"
        file.write_text("kind\tquestion\ncauses, symptoms\tHello, why do i wheeze\nnone\twho won the cup?\n")
        assert read(copy).own[:2] == (
            OwnQuestion("asthma", ("causes", "symptoms"), "why do i wheeze?"),
            OwnQuestion("asthma", (NONE,), "who won the cup?"),
        )

    @pytest.mark.parametrize("kinds", ["cause", "causes,none", "elsewhere, none", "causes,"])
    def test_of_own_questions_knows_some_kinds_or_none_or_elsewhere(self, copy: Path, kinds: str) -> None:
        file = copy / "training" / "own-questions" / "asthma.tsv"
        file.write_text(f"kind\tquestion\n{kinds}\twhy do i wheeze?\n")
        assert refusal(copy).startswith(f'{file}:2: "{kinds}" is not one or more of meaning, causes, symptoms, ')

    def test_of_own_questions_needs_their_header(self, copy: Path) -> None:
        file = copy / "training" / "own-questions" / "asthma.tsv"
        file.write_text("causes\twhy do i wheeze?\n")
        assert refusal(copy) == f'{file}:1: the first line is not "kind", a tab and "question"'

    def test_of_own_questions_is_of_folders_below_too(self, copy: Path) -> None:
        (copy / "training" / "own-questions" / "lungs").mkdir()
        (copy / "training" / "own-questions" / "lungs" / "asthma.tsv").write_text("kind\tquestion\ncauses\twhy me?\n")
        assert OwnQuestion("lungs/asthma", ("causes",), "why me?") in read(copy).own

    def test_of_own_questions_needs_some(self, copy: Path) -> None:
        (copy / "training" / f"{OWN}.tsv").unlink()
        assert refusal(copy) == f"{copy / 'training' / 'own-questions'}: has no file ARTICLE.tsv"

    def test_needs_the_folder_of_own_questions(self, copy: Path) -> None:
        folder = copy / "training" / "own-questions"
        folder.rename(copy / "elsewhere")
        assert refusal(copy) == f"{folder}: is no folder"

    def test_knows_where_a_sign_sends_to(self, copy: Path) -> None:
        change_line(copy / "training" / "urgent.tsv", 2, "croup\t# Help\tdoctor\this lips are blue\this lips are red")
        assert read(copy).urgent[0] == UrgentPair("croup", "doctor", "his lips are blue?", "his lips are red?")
        change_line(copy / "training" / "urgent.tsv", 2, "croup\t# Help\tsoon\this lips are blue\this lips are red")
        assert refusal(copy).endswith('urgent.tsv:2: "soon" is neither emergency nor doctor')

    def test_names_kinds_of_emergencies_by_their_names_in_the_code(self, copy: Path) -> None:
        change_line(copy / "training" / "emergencies.tsv", 2, "self-harm\tI want to die")
        assert read(copy).emergencies[0] == ("self_harm", "I want to die?")

    def test_knows_the_ordinary_questions(self, small: Path) -> None:
        data = read(small)
        outside = [row["text"] for row in data.outside[::2]]
        assert data.ordinary() == [*(text for _, text in data.library_questions), *data.library_uncovered, *outside]

    def test_may_have_further_urgent_pairs(self, copy: Path) -> None:
        assert read(copy).further_urgent == ()
        further = copy / "training" / "further"
        further.mkdir()
        row = "gout\tA hot joint\tdoctor\tmy toe is on fire\tmy toe was on fire"
        (further / "urgent.tsv").write_text(f"article\tsign\tlevel\turgent\tcalm\n{row}\n", encoding="utf-8")
        assert read(copy).further_urgent == (UrgentPair("gout", "doctor", "my toe is on fire?", "my toe was on fire?"),)


class TestFilesOfObjects:
    @pytest.mark.parametrize(
        ("name", "key", "value"),
        [
            ("questions", "text", 3),
            ("questions", "kinds", "causes"),
            ("questions", "kinds", [None]),
            ("questions", "topic", None),
            ("headings", "kind", ["causes"]),
            ("pairs", "section", {}),
            ("pairs", "topic", ["flu"]),
        ],
    )
    def test_of_another_type_are_refused_by_file_and_line(self, copy: Path, name: str, key: str, value: object) -> None:
        file = copy / "training" / ROWS[name]
        row = json.loads(file.read_text().splitlines()[1])
        change_line(file, 2, json.dumps({**row, key: value}))
        assert refusal(copy).startswith(f"{file}:2: not a JSON object with ")

    @pytest.mark.parametrize("broken", ["{", "", "[]", "1", '"text"', "null"])
    @pytest.mark.parametrize("name", ROWS)
    def test_with_a_broken_line_are_refused_by_file_and_line(self, copy: Path, name: str, broken: str) -> None:
        file = copy / "training" / ROWS[name]
        change_line(file, 2, broken)
        assert refusal(copy).startswith(f"{file}:2: not a JSON object with ")

    @pytest.mark.parametrize(
        ("name", "keys"),
        [
            ("questions", "text, kinds, topic"),
            ("headings", "text, kind"),
            ("pairs", "urgent, unurgent, section, topic"),
            ("outside", "text"),
        ],
    )
    def test_that_lack_a_key_are_refused_by_what_they_must_have(self, copy: Path, name: str, keys: str) -> None:
        file = copy / "training" / ROWS[name]
        row = json.loads(file.read_text().splitlines()[2])
        for key in keys.split(", "):
            change_line(file, 3, json.dumps({kept: value for kept, value in row.items() if kept != key}))
            assert refusal(copy) == f"{file}:3: not a JSON object with {keys}"


class TestTables:
    @pytest.mark.parametrize(("name", "columns"), TABLES.items())
    def test_with_other_columns_are_refused_by_file_and_line(self, copy: Path, name: str, columns: int) -> None:
        file = copy / "training" / f"{name}.tsv"
        change_line(file, 3, "\t".join(["a"] * (columns + 1)))
        assert refusal(copy) == f"{file}:3: {columns + 1} fields between tabs, and not {columns}"

    @pytest.mark.parametrize("name", [name for name, columns in TABLES.items() if columns > 1])
    def test_with_an_empty_field_are_refused_by_file_and_line(self, copy: Path, name: str) -> None:
        file = copy / "training" / f"{name}.tsv"
        change_line(file, 3, "\t".join([*["a"] * (TABLES[name] - 1), ""]))
        assert refusal(copy) == f"{file}:3: field {TABLES[name]} of {TABLES[name]} is empty"

    def test_with_an_unknown_kind_of_emergency_are_refused_by_file_and_line(self, copy: Path) -> None:
        file = copy / "training" / "emergencies.tsv"
        change_line(file, 4, "hiccups\tI cannot stop")
        assert refusal(copy) == f'{file}:4: "hiccups" is no kind of emergency'


class TestFilesOfQuestions:
    def questions(self, folder: Path, text: str) -> list[LibraryQuestion]:
        (folder / "gout.txt").write_text(text, encoding="utf-8")
        return list(read_questions_file(folder / "gout.txt"))

    def test_give_each_question_with_its_article(self, tmp_path: Path) -> None:
        text = (
            "@ gout\n# Causes\n> Salt.\np Why gout?\n= gout | Food\nm why gowt\n\n"
            "@ mumps\n# Signs\nw  swollen  cheek \n"
        )
        assert self.questions(tmp_path, text) == [
            LibraryQuestion("gout", "Causes", "Salt.", (), "Why gout?", 4),
            LibraryQuestion("gout", "Causes", "Salt.", (("gout", "Food"),), "why gowt", 6),
            LibraryQuestion("mumps", "Signs", "", (), "swollen  cheek", 10),
        ]

    @pytest.mark.parametrize("line", ["Why gout?", "x why gout", "pwhy", "P why gout", "p", "@"])
    def test_with_a_line_without_a_mark_are_refused(self, tmp_path: Path, line: str) -> None:
        with pytest.raises(JudgmentsError) as refused:
            self.questions(tmp_path, f"@ gout\np why\n{line}\n")
        assert (refused.value.where, refused.value.line) == (str(tmp_path / "gout.txt"), 3)
        assert refused.value.reason == "a line begins with @, #, >, = or the letter of a register, and goes on"

    def test_with_a_question_of_no_article_are_refused(self, tmp_path: Path) -> None:
        with pytest.raises(JudgmentsError) as refused:
            self.questions(tmp_path, "# Causes\np why\n")
        assert refused.value.line == 2
        assert refused.value.reason == "no line with @ and an article stands above this question"


class TestFilesThatCannotBeRead:
    @pytest.mark.parametrize("name", [*ROWS.values(), *(f"{name}.tsv" for name in TABLES), "questions/croup.txt"])
    def test_are_refused(self, copy: Path, name: str) -> None:
        file = copy / "training" / name
        file.write_bytes(b"\xff\xfe\xff")
        assert refusal(copy).startswith(f"{file}: cannot be read (")
        file.write_bytes(b"\n")
        assert refusal(copy) == f"{file}: is empty"

    @pytest.mark.parametrize("name", [*ROWS.values(), *(f"{name}.tsv" for name in TABLES if "/" not in name)])
    def test_are_missed(self, copy: Path, name: str) -> None:
        (copy / "training" / name).unlink()
        assert refusal(copy).startswith(f"{copy / 'training' / name}: cannot be read (")

    def test_without_judgments_are_missed(self, copy: Path) -> None:
        (copy / "judged" / "queries.jsonl").unlink()
        assert refusal(copy).startswith(str(copy / "judged" / "queries.jsonl"))
