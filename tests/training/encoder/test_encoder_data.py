"""What the encoder learns from: read strictly, and never from articles or topics that figures are taken on."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from conftest import ROOT
from toy_training import write_toy

from wellread.articles.passages import passage_text, sentence_text
from wellread.errors import JudgmentsError
from wellread.relevance.judgments import read_judgments
from wellread.training.encoder.questions import AnsweredQuestion, read_own_questions
from wellread.training.encoder.shared import GradedQuestion, read_shared


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    return write_toy(tmp_path / "training")


class TestOwnQuestions:
    def test_have_the_passage_and_the_sentence_that_answer_them(self, toy: Path) -> None:
        own = read_own_questions(toy, ())
        assert own.questions == (
            AnsweredQuestion("How does flu start?", "flu#signs", 0),
            AnsweredQuestion("flu start", "flu#signs", 0),
            # The sentence has a full stop more; gout's section on diet answers as well.
            AnsweredQuestion("What should I drink?", "flu#treatment", 1, frozenset({"gout#diet"})),
            AnsweredQuestion("does it swel at nite", "gout#signs", 1),
            AnsweredQuestion("gout and lager", "gout#diet", 0),
        )
        assert [passage.id for passage in own.passages] == ["flu#signs", "flu#treatment", "gout#signs", "gout#diet"]

    def test_about_judged_articles_are_refused(self, toy: Path) -> None:
        with pytest.raises(JudgmentsError) as refused:
            read_own_questions(toy, {"gout"})
        assert refused.value.message == f"{toy / 'questions' / 'gout.txt'}:4: gout is an article of judged questions"

    def test_whose_sentence_no_article_has_are_refused(self, toy: Path) -> None:
        (toy / "questions" / "flu.txt").write_text("@ flu\n# Signs\n> It itches.\np Does it itch?\n")
        with pytest.raises(JudgmentsError) as refused:
            read_own_questions(toy, ())
        assert str(refused.value) == (
            f"{toy / 'questions' / 'flu.txt'}:4: no sentence of flu reads: It itches.\n"
            "    copy it from the article, after a >"
        )

    def test_that_a_whole_list_answers_have_no_sentence(self, toy: Path) -> None:
        (toy / "questions" / "flu.txt").write_text("@ flu\n# Treatment\n> *\np What helps?\n")
        assert read_own_questions(toy, ()).questions[0] == AnsweredQuestion("What helps?", "flu#treatment")
        (toy / "questions" / "flu.txt").write_text("@ flu\n# Cure\n> *\np What helps?\n")
        with pytest.raises(JudgmentsError) as refused:
            read_own_questions(toy, ())
        assert refused.value.message == f'{toy / "questions" / "flu.txt"}:4: flu has no section "Cure"'

    def test_about_an_article_that_is_missing_are_refused(self, toy: Path) -> None:
        (toy / "library" / "gout.md").unlink()
        with pytest.raises(JudgmentsError, match=r"gout\.txt:4: .* has no article gout"):
            read_own_questions(toy, ())

    def test_of_the_project_are_about_articles_that_nobody_judges(self) -> None:
        about = read_judgments(ROOT / "judgments" / "unseen-articles").about.values()
        judged = {question["article"] for question in about if "article" in question}
        assert len(judged) == 30
        own = read_own_questions(ROOT / "training", judged)
        assert len(own.questions) == 3488
        learned = {passage.article for passage in own.passages}
        assert len(learned) == 49
        further = read_own_questions(ROOT / "training" / "further", judged)
        assert len(further.questions) == 2858
        library = {file.stem for file in (ROOT / "training" / "library").iterdir()}
        assert not {passage.article for passage in further.passages} & library
        assert not learned & judged
        assert {question.passage.partition("#")[0] for question in own.questions} == learned
        assert not {name.partition("#")[0] for question in own.questions for name in question.also} & judged


def write_shared(folder: Path) -> Path:
    """Four lay articles; three questions with graded documents, two of a topic; a document of MedQuAD."""
    for name in ("lay-questions", "mediqa/qrels", "medquad-liveqa"):
        (folder / name).mkdir(parents=True)

    def rows(file: str, *objects: dict[str, str]) -> None:
        text = "".join(f"{json.dumps(row)}\n" for row in objects).encode()
        (folder / file).write_bytes(gzip.compress(text) if file.endswith(".gz") else text)

    rows(
        "lay-questions/passages.jsonl",
        *(
            {
                "id": f"{name}#text",
                "article": name,
                "where": f"{name.title()} > Care",
                "text": "Rest: - Sit. - Lie.\nEat.",
            }
            for name in ("ague", "boil", "cold", "dropsy")
        ),
    )
    rows(
        "lay-questions/questions.jsonl",
        *({"passage": f"{name}#text", "text": f"help with {name}"} for name in ("ague", "boil", "cold", "dropsy")),
    )
    rows(
        "mediqa/corpus.jsonl.gz",
        *({"_id": f"A{number}", "title": f"Title {number}", "text": f"words of {number}"} for number in range(6)),
    )
    rows("mediqa/queries.jsonl", *({"_id": f"q{number}", "text": f"question {number}"} for number in range(15)))
    graded = [("q13", "A0", 3), ("q13", "A1", 1), ("q14", "A2", 1)]
    graded += [(f"q{number}", "A0", 2) for number in range(12)]
    lines = "".join(f"{query}\t{document}\t{grade}\n" for query, document, grade in graded)
    (folder / "mediqa/qrels/train.tsv").write_text(f"query-id\tcorpus-id\tscore\n{lines}")
    (folder / "mediqa/qrels/dev.tsv").write_text("query-id\tcorpus-id\tscore\nq12\tA3\t3\n")
    rows("medquad-liveqa/corpus.jsonl.gz", {"_id": "M", "title": "Mumps", "text": "Mumps is a virus."})
    return folder


class TestSharedData:
    def test_leaves_out_what_figures_are_taken_on(self, tmp_path: Path) -> None:
        shared = read_shared(write_shared(tmp_path / "shared"))
        # Three of four lay articles; random.Random(17) puts the others first.
        assert len({passage.article for passage in shared.lay.passages}) == 3
        assert {question.passage for question in shared.lay.questions} == {
            passage.id for passage in shared.lay.passages
        }
        # A topic of thirteen questions that share A0 is too large to be held out; q14, with no right document, is.
        assert len(shared.graded) == 13
        assert shared.graded[-1] == GradedQuestion("question 9", ("Title 0\nwords of 0",), ())
        assert GradedQuestion("question 13", ("Title 0\nwords of 0",), ("Title 1\nwords of 1",)) in shared.graded
        # A2 and A3 belong to questions that are kept apart.
        assert {held.title for held in shared.held} == {"Mumps", "Title 0", "Title 1", "Title 4", "Title 5"}

    def test_cuts_lay_passages_at_sentences_and_items(self, tmp_path: Path) -> None:
        passage = read_shared(write_shared(tmp_path / "shared")).lay.passages[0]
        title = passage.title
        assert passage_text(passage) == f"{title}\nCare\nRest: - Sit. - Lie.\nEat."
        assert [sentence_text(passage, sentence) for sentence in passage.sentences] == [
            f"{title}\nCare\nRest:",
            f"{title}\nCare\nSit.",
            f"{title}\nCare\nLie.",
            f"{title}\nCare\nEat.",
        ]

    def test_that_is_missing_is_named_with_what_can_be_done(self, tmp_path: Path) -> None:
        with pytest.raises(JudgmentsError) as refused:
            read_shared(tmp_path / "nowhere")
        assert str(refused.value) == (
            f"{tmp_path / 'nowhere' / 'mediqa' / 'corpus.jsonl.gz'}: No such file or directory\n"
            "    name another folder with --shared, or leave it out to train on the project's own questions alone"
        )
