"""The `wellread` command: the documented JSON, the terminal's rendering, and every way to ask wrongly."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT, HashEncoder
from index_files import index_file
from rich.console import Console
from rich.style import Style
from rich.text import Text

from wellread.api import objects
from wellread.cli import answers
from wellread.cli import main as cli
from wellread.datatypes import (
    Answer,
    Block,
    Hit,
    NoticeLevel,
    Passage,
    SafetyCard,
    Scores,
    Sentence,
    UrgentSign,
)
from wellread.encoders.sentence_transformer import SentenceTransformerEncoder
from wellread.index.layout import ARRAYS
from wellread.publishing.publish import publish

QUESTION = "which medications help regulate nerve signals?"


@pytest.fixture
def index(seed_index: Path, encoder: SentenceTransformerEncoder, monkeypatch: pytest.MonkeyPatch) -> str:
    """The shipped articles' index; the model that the tests share stands in for loading the same one again."""
    monkeypatch.setattr("wellread.search.opening.SentenceTransformerEncoder", lambda name: encoder)
    return str(seed_index)


def ask_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, object]]:
    assert cli.main(["ask", "--json", *arguments]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    return [json.loads(line) for line in printed.out.splitlines()]


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m wellread` in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "wellread", *arguments],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "80", **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


class TestJson:
    def test_has_exactly_the_documented_keys(
        self, index: str, seed_index: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (answer,) = ask_json(capsys, "--index", index, QUESTION)
        assert list(answer) == [
            "question", "state", "confidence", "safety", "respelt", "expansions", "language_note", "disclaimer",
            "generation", "urgent", "passages"
        ]  # fmt: skip
        assert answer["question"] == QUESTION
        assert answer["generation"] == (seed_index / "CURRENT").read_text().strip()
        assert answer["disclaimer"] == "you should ask your doctor before taking this medicine"
        assert answer["state"] in ("answered", "closest", "not_covered")
        assert isinstance(answer["confidence"], float)
        passages = answer["passages"]
        assert isinstance(passages, list)
        assert 1 <= len(passages) <= 5
        assert all(
            list(passage) == ["id", "article", "heading", "text", "sentence", "score"] for passage in passages
        )  # fmt: skip
        best = passages[0]
        assert best["id"] == "neurological-spasms#treatment"
        assert best["article"] == "neurological-spasms"
        assert best["heading"] == "Treatment of neurological spasms"
        assert best["text"].splitlines()[:2] == [
            "Several treatment options include:",
            "• Medications that help regulate nerve signals.",
        ]
        assert best["sentence"] == "Medications that help regulate nerve signals."

    def test_of_an_urgent_passage_has_the_documented_keys(self) -> None:
        passage = hit("Seek care.").passage
        answer = objects.answer_json(Answer("q", "closest", 0.5, "Ask.", "g", passage, (hit("Rest."),)))
        assert answer == {
            "question": "q",
            "state": "closest",
            "confidence": 0.5,
            "safety": None,
            "respelt": {},
            "expansions": {},
            "language_note": "",
            "disclaimer": "Ask.",
            "generation": "g",
            "urgent": {
                "id": "a#care",
                "article": "a",
                "heading": "Care",
                "text": "Seek care.",
                "sentence": None,
                "level": None,
            },
            "passages": [
                {
                    "id": "a#care",
                    "article": "a",
                    "heading": "Care",
                    "text": "Rest.",
                    "sentence": "Rest.",
                    "score": 0.5,
                }
            ],
        }

    def test_without_a_deciding_sentence_and_without_passages(self) -> None:
        bare = Hit(hit("Rest.").passage, None, Scores(0, 0, 0, 0.123456))
        written = objects.answer_json(Answer("q", "closest", 0.123456, "Ask.", "g", None, (bare,)))
        assert written["urgent"] is None
        assert written["confidence"] == 0.1235
        passages = written["passages"]
        assert isinstance(passages, list)
        assert (passages[0]["sentence"], passages[0]["score"]) == (None, 0.1235)
        assert objects.answer_json(Answer("q", "not_covered", 0, "Ask.", "g", None, ()))["passages"] == []

    def test_has_what_is_said_before_the_passages(self) -> None:
        passage = hit("Seek care if:", "you faint", marker="•").passage
        answer = replace(
            Answer("HTN, took them all", "closest", 0.5, "Ask.", "g", passage, ()),
            safety=SafetyCard("overdose", "Call 999."),
            urgent_sign=UrgentSign(passage.sentences[1], "emergency"),
            expansions=(("HTN", ("hypertension", "high blood pressure")),),
            language_note="Wir können nur auf Englisch suchen.",
        )
        written = objects.answer_json(answer)
        assert written["safety"] == {"kind": "overdose", "text": "Call 999."}
        assert written["expansions"] == {"HTN": ["hypertension", "high blood pressure"]}
        assert written["language_note"] == "Wir können nur auf Englisch suchen."
        assert written["urgent"] == {
            "id": "a#care",
            "article": "a",
            "heading": "Care",
            "text": "• Seek care if:\n• you faint",
            "sentence": "you faint",
            "level": "emergency",
        }

    def test_tells_which_words_were_read_as_others(self) -> None:
        answer = Answer("astma?", "closest", 0.5, "Ask.", "g", None, (), (("astma", "asthma"),))
        assert objects.answer_json(answer)["respelt"] == {"astma": "asthma"}

    def test_gives_at_most_k_passages(self, index: str, capsys: pytest.CaptureFixture[str]) -> None:
        (answer,) = ask_json(capsys, "--index", index, "-k", "2", QUESTION)
        assert isinstance(answer["passages"], list)
        assert len(answer["passages"]) == 2

    def test_joins_the_words_of_a_question(self, index: str, capsys: pytest.CaptureFixture[str]) -> None:
        (answer,) = ask_json(capsys, "--index", index, "is", "it", "dangerous?")
        assert answer["question"] == "is it dangerous?"

    def test_answers_every_line_of_a_file(self, index: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = tmp_path / "questions.txt"
        file.write_bytes("\ufeffis it dangerous?\r\n\r\n   \n  was hilft — “wirklich”?  \n".encode())
        answers = ask_json(capsys, "--index", index, "--file", str(file))
        assert [answer["question"] for answer in answers] == ["is it dangerous?", "was hilft — “wirklich”?"]

    def test_answers_every_line_of_standard_input(
        self, index: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("één?\n\ntwee?".encode())))
        answers = ask_json(capsys, "--index", index, "--file", "-")
        assert [answer["question"] for answer in answers] == ["één?", "twee?"]

    def test_of_a_long_question_is_to_its_beginning_as_on_the_page(
        self, index: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        cli.main(["ask", "--json", "--index", index, "is it dangerous? " * 100])
        printed = capsys.readouterr()
        assert json.loads(printed.out)["question"] == ("is it dangerous? " * 59)[:1000].rstrip()
        assert printed.err == "wellread: a question has 1,699 characters; the first 1,000 are read\n"

    def test_of_an_empty_file_is_nothing(self, index: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / "questions.txt").write_text(" \n\n")
        assert ask_json(capsys, "--index", index, "--file", str(tmp_path / "questions.txt")) == []


class TestWhatCannotBeAsked:
    def test_without_an_index_tells_the_command_that_builds_it(self, tmp_path: Path) -> None:
        done = run("ask", "--index", str(tmp_path / "index"), "is it dangerous?")
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr == (
            f"wellread: {tmp_path / 'index'}: there is no index here yet\n"
            f"    build it: wellread ingest --index {tmp_path / 'index'}\n"
        )

    def test_of_a_damaged_index_names_the_file(
        self, tmp_path: Path, hash_encoder: HashEncoder, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "kb").mkdir()
        (tmp_path / "kb" / "a.md").write_text("# A\n\n## B\n\nRest.\n")
        publish(tmp_path / "kb", tmp_path / "index", hash_encoder)
        file = index_file(tmp_path / "index", ARRAYS)
        file.write_bytes(b"")
        assert cli.main(["ask", "--index", str(tmp_path / "index"), "rest"]) == 1
        assert capsys.readouterr().err.startswith(f"wellread: {file}: has 0 bytes, not ")

    def test_with_another_model_than_the_indexs(
        self, tmp_path: Path, hash_encoder: HashEncoder, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "kb").mkdir()
        (tmp_path / "kb" / "a.md").write_text("# A\n\n## B\n\nRest.\n")
        publish(tmp_path / "kb", tmp_path / "index", hash_encoder)
        assert cli.main(["ask", "--index", str(tmp_path / "index"), "--model", "all-MiniLM-L6-v2", "rest"]) == 1
        assert "was made with the model hash, not with this all-MiniLM-L6-v2\n" in capsys.readouterr().err

    @pytest.mark.parametrize(
        ("name", "content", "message"),
        [
            ("missing", None, "No such file or directory\n    name a file with a question a line"),
            ("", None, "Is a directory\n    name a file with a question a line"),
            ("latin-1", b"\nna\xefve?", "byte 3 is not UTF-8\n    save the file as UTF-8"),
        ],
    )
    def test_from_a_file_that_cannot_be_read(
        self, tmp_path: Path, name: str, content: bytes | None, message: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = tmp_path / name
        if content is not None:
            file.write_bytes(content)
        assert cli.main(["ask", "--file", str(file)]) == 1
        assert capsys.readouterr().err == f"wellread: {file}: {message}\n"

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ([], "give a command; wellread --help lists them"),
            (["answer"], "invalid choice: 'answer'"),
            (["ask"], "give a question, or --file with one a line"),
            (["ask", " ", ""], "give a question, or --file with one a line"),
            (["ask", "--file", "f", "why?"], "a question or --file, not both"),
            (["ask", "-k", "0", "why?"], 'argument -k: "0" is not a whole number from 1'),
            (["ask", "-k", "-1", "why?"], 'argument -k: "-1" is not a whole number from 1'),
            (["ask", "-k", "many", "why?"], 'argument -k: "many" is not a whole number from 1'),
            (["ask", "--colour", "why?"], "unrecognized arguments: --colour"),
        ],
    )
    def test_because_the_command_is_wrong(
        self, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(SystemExit) as left:
            cli.main(arguments)
        assert left.value.code == 2
        assert message in capsys.readouterr().err


class TestHelp:
    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            ([], ["usage: wellread", "ask", "word for word"]),
            (["ask"], ["--json", "--file", "-k", "--index", "--model"]),
        ],
    )
    def test_is_given(self, arguments: list[str], words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as left:
            cli.main([*arguments, "--help"])
        assert left.value.code == 0
        printed = capsys.readouterr().out
        assert all(word in printed for word in words)

    def test_and_a_refusal_load_no_model(self) -> None:
        code = (
            "import sys; from wellread.cli import main as cli\n"
            "try: cli.main(['ask', '--help'])\n"
            "except SystemExit: pass\n"
            "cli.main(['ask', '--index', '/nowhere', 'why?'])\n"
            "sys.exit(bool(sys.modules.keys() & {'torch', 'sentence_transformers', 'streamlit'}))"
        )
        assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False).returncode == 0


def hit(*texts: str, sentence: int = 0, marker: str = "", heading: str = "Care") -> Hit:
    blocks = tuple(Block("item" if marker else "paragraph", text, 1, marker) for text in texts)
    sentences = tuple(Sentence(number, 0, len(text)) for number, text in enumerate(texts))
    passage = Passage("a#care", "a", "Cramps", (heading,), "care", blocks, sentences)
    return Hit(passage, sentences[sentence], Scores(0.5, 0.5, 0.5, 0.5))


def drawn(answer: Answer, *, colours: bool) -> str:
    file = io.StringIO()
    console = Console(
        file=file, force_terminal=colours, width=200, highlight=False, color_system="truecolor" if colours else None
    )
    answers.draw_answer(answer, console)
    return file.getvalue()


def bold(printed: str) -> list[str]:
    """What is bold and nothing else in a terminal's text."""
    text = Text.from_ansi(printed)
    return [text.plain[span.start : span.end] for span in text.spans if span.style == Style(bold=True)]


class TestInATerminal:
    def test_words_that_were_read_as_others_are_told(self) -> None:
        read = (("astma", "asthma"), ("tretment", "treatment"))
        printed = drawn(Answer("astma tretment", "not_covered", 0.5, "Ask.", "g", None, (), read), colours=False)
        assert "We read “astma” as “asthma”, “tretment” as “treatment”." in printed.splitlines()

    def test_an_emergency_is_told_before_all_else(self) -> None:
        answer = replace(
            Answer("took them all", "not_covered", 0.5, "Ask.", "g", None, ()),
            safety=SafetyCard("overdose", "Call 999."),
            language_note="Wir können nur auf Englisch suchen.",
            corrections=(("tok", "took"),),
            expansions=(("HTN", ("hypertension",)),),
        )
        assert drawn(answer, colours=False).splitlines() == [
            "took them all",
            "",
            "Emergency: Call 999.",
            "",
            "Wir können nur auf Englisch suchen.",
            "We read “tok” as “took”.",
            "We also searched for “hypertension”.",
            "",
            "We did not find this in our articles.",
            "",
            "Ask.",
            "",
        ]

    @pytest.mark.parametrize(("confidence", "shown"), [(0.49, False), (0.5, True)])
    def test_below_the_card_for_self_harm_nothing_stands_that_only_chance_brought_near(
        self, confidence: float, shown: bool
    ) -> None:
        found = Answer("?", "closest", confidence, "Ask.", "g", None, (hit("Live well."),))
        lines = drawn(replace(found, safety=SafetyCard("self_harm", "Call 999.")), colours=False)
        assert "Emergency: Call 999." in lines
        assert ("Live well." in lines, "the closest" in lines) == (shown, shown)

    @pytest.mark.parametrize(
        ("level", "advice", "colour"),
        [("emergency", "Get help now", "color(1)"), ("doctor", "See a doctor", "color(3)")],
    )
    def test_an_urgent_notice_names_its_article_and_has_the_line_that_fits_in_bold(
        self, level: NoticeLevel, advice: str, colour: str
    ) -> None:
        passage = hit("Seek care if:", "you faint", marker="•").passage
        answer = replace(
            Answer("?", "not_covered", 0.5, "Ask.", "g", passage, ()),
            urgent_sign=UrgentSign(passage.sentences[1], level),
        )
        lines = [line.strip() for line in drawn(answer, colours=False).splitlines()]
        assert lines[2:6] == [f"{advice}: Care", "Cramps", "• Seek care if:", "• you faint"]
        printed = drawn(answer, colours=True)
        assert "you faint" in bold(printed)
        text = Text.from_ansi(printed)
        styles = [span.style for span in text.spans if text.plain[span.start : span.end] == f"{advice}: Care"]
        assert styles == [Style(bold=True, color=colour)]

    @pytest.mark.parametrize(("sentence", "marked"), [(0, "Rest."), (1, "Drink water.")])
    def test_the_deciding_sentence_is_bold(self, sentence: int, marked: str) -> None:
        answer = Answer(
            "What helps?", "answered", 0.5, "Ask.", "g", None, (hit("Rest.", "Drink water.", sentence=sentence),)
        )
        assert bold(drawn(answer, colours=True)) == [marked]

    def test_the_marker_of_an_item_is_not(self) -> None:
        found = hit("1", "2 hours of rest", marker="1.", sentence=0)
        printed = drawn(Answer("?", "answered", 0.5, "Ask.", "g", None, (found,)), colours=True)
        assert [line.split("\x1b[0m")[0].strip() for line in printed.splitlines() if "1. \x1b[1m" in line] == [
            "1. \x1b[1m1"
        ]

    def test_the_passage_the_heading_and_the_disclaimer_are_shown(self) -> None:
        answer = Answer("What helps?", "answered", 0.5, "Ask first.", "g", None, (hit("Rest.", "Drink.", marker="•"),))
        lines = [line.strip() for line in drawn(answer, colours=False).splitlines() if line.strip()]
        assert lines[0] == "What helps?"
        assert lines[-1] == "Ask first."
        place = lines.index("1. Cramps › Care")
        assert lines[place : place + 4] == ["1. Cramps › Care", "• Rest.", "• Drink.", "a#care"]

    @pytest.mark.parametrize("hostile", ["[red]x[/red]", "[/]", "[bold", "\\[b]", ":smile:", "[link=http://x]y[/link]"])
    def test_markup_is_shown_and_not_read(self, hostile: str) -> None:
        answer = Answer(hostile, "answered", 0.5, hostile, "g", None, (hit(hostile, heading=hostile),))
        assert drawn(answer, colours=False).count(hostile) == 4
        assert Text.from_ansi(drawn(answer, colours=True)).plain.count(hostile) == 4

    @pytest.mark.parametrize("hostile", ["\x1b[31mred", "\x1b]0;title\x07", "\x9b31m", "a\rb", "a\bb", "\0", "\x7f"])
    def test_no_control_character_reaches_it(self, hostile: str) -> None:
        answer = Answer(hostile, "answered", 0.5, hostile, "g", None, (hit(hostile, heading=hostile),))
        printed = drawn(answer, colours=False)
        assert [char for char in printed if char != "\n" and not char.isprintable()] == []
        assert printed.count("\ufffd") == 4 * sum(not char.isprintable() for char in hostile)

    def test_an_answer_without_passages_says_so(self) -> None:
        lines = drawn(Answer("Why?", "not_covered", 0, "Ask first.", "g", None, ()), colours=False).split("\n")
        assert "We did not find this in our articles." in lines
        assert "Ask first." in lines

    def test_a_whole_answer_is_printed(self, index: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert cli.main(["ask", "--index", index, QUESTION]) == 0
        printed = capsys.readouterr().out
        assert printed.startswith(f"{QUESTION}\n")
        lines = [line.strip() for line in printed.splitlines()]
        assert "• Physical therapy to improve muscle flexibility." in lines
        assert "you should ask your doctor before taking this medicine" in lines


def test_any_bytes_are_asked_and_any_locale_gets_utf_8(seed_index: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "wellread", "ask", "--json", "--index", str(seed_index), b"caf\xc3\xa9 \xff?"],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.decode("utf-8"))["question"] == "café \ufffd?"


def test_an_interrupt_ends_it_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("wellread.search.opening.open_searcher", interrupted)
    assert cli.main(["ask", "why?"]) == 130
    assert capsys.readouterr() == ("", "")


def test_the_command_that_builds_an_index_names_the_articles_that_were_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["ask", "--kb", "/srv/kb", "--index", str(tmp_path), "why?"]) == 1
    assert f"build it: wellread ingest --kb /srv/kb --index {tmp_path}" in capsys.readouterr().err
