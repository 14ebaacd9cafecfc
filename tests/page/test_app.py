"""The page in each of its states, run without a browser: what is drawn, and that the disclaimer always is."""

from __future__ import annotations

import logging
import re
import shutil
from html import unescape
from pathlib import Path

import drawn
import pytest
from drawn import ask, html
from index_files import index_file
from streamlit import dataframe_util
from streamlit.testing.v1 import AppTest

from wellread.datatypes import DEFAULT_DISCLAIMER, Answer, Block, Hit, Passage, Scores, Sentence, State
from wellread.encoders.sentence_transformer import SentenceTransformerEncoder
from wellread.errors import ModelError
from wellread.index.layout import ARRAYS, DATABASE
from wellread.publishing.publish import publish
from wellread.search.searcher import Searcher

TAG = re.compile(r"<[^>]*>")
pytestmark = pytest.mark.usefixtures("fresh_page")


@pytest.fixture
def page(seed_index: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("WELLREAD_INDEX", str(seed_index))
    return drawn.page()


def shown(app: AppTest) -> str:
    """The words of that HTML."""
    return unescape(TAG.sub("", html(app)))


def disclaimer(app: AppTest) -> str:
    found = re.findall(r'<div class="wr-disclaimer"[^>]*>(.*?)</div>', html(app))
    assert len(found) == 1
    return unescape(TAG.sub("", found[0]))


def answering(monkeypatch: pytest.MonkeyPatch, state: State, text: str = "Rest.", urgent: bool = False) -> None:
    """Let every question be answered with one passage of this text."""
    passage = Passage("a#care", "a", "Title", ("Care",), "care", (Block("paragraph", text, 1),), (Sentence(0, 0, 3),))
    hit = Hit(passage, Sentence(0, 0, 3), Scores(0.5, 0.5, 1.0, 0.5))
    answer = Answer("q", state, 0.5, "Own words.\nMore words.", "0" * 16, passage if urgent else None, (hit,))
    monkeypatch.setattr(Searcher, "ask", lambda self, question, k=5: answer)


def test_nothing_that_is_drawn_has_streamlit_load_what_reads_tables(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[object] = []  # it loads pyarrow and pandas before it looks: 68 MB of a server
    monkeypatch.setattr(dataframe_util, "determine_data_format", looked_at.append)
    ask(page.run(), "Are spasms dangerous?")
    assert "What our articles say" in html(page)
    assert looked_at == []


def test_first_visit_offers_the_articles_own_headings(page: AppTest) -> None:
    page.run()
    assert not page.exception
    assert [button.label.replace("\\", "") for button in page.button] == [
        "Search",
        "What are neurological spasms?",
        "How are neurological spasms diagnosed?",
        "Are neurological spasms dangerous?",
        "What causes neurological spasms?",
        "Neurological spasms: When should you see a doctor?",
    ]
    assert page.text_area[0].label == "Your question"
    assert disclaimer(page) == f"Important: {DEFAULT_DISCLAIMER}"


def test_question_is_answered_with_the_right_section_and_its_sentence_marked(page: AppTest) -> None:
    ask(page.run(), "which examinations will they do to me?")
    first = html(page).partition('<article class="wr-card"')[2].partition("</article>")[0]
    assert "How are neurological spasms diagnosed?" in first
    own = first.partition("<details")[0]  # what is folded under the card has marks of its own
    assert own.count("<mark>") == 1
    assert '<span dir="auto">which examinations will they do to me?</span></h1>' in html(page)
    assert disclaimer(page) == f"Important: {DEFAULT_DISCLAIMER}"
    assert page.query_params == {}


def test_example_asks_its_heading(page: AppTest) -> None:
    page.run().button[3].click().run()
    assert page.text_area[0].value == "Are neurological spasms dangerous?"
    assert "They can be mild or indicate a health issue requiring follow up." in shown(page)


def test_link_with_a_question_asks_it(page: AppTest) -> None:
    page.query_params["q"] = "is it dangerous?"
    page.run()
    assert page.text_area[0].value == "is it dangerous?"
    assert "What our articles say" in shown(page)


def test_empty_question_is_asked_for_gently(page: AppTest) -> None:
    ask(page.run(), "   ")
    assert "Type a question first" in shown(page)
    assert disclaimer(page) == f"Important: {DEFAULT_DISCLAIMER}"


def test_very_long_question_is_read_in_part_and_said_so(page: AppTest) -> None:
    ask(page.run(), "What causes the spasms? " * 200)
    assert "Only its first 1,000 characters were read." in shown(page)
    assert "<mark>" in html(page)


@pytest.mark.parametrize(
    ("state", "heading", "cards"),
    [
        ("answered", "What our articles say", 1),
        ("closest", "The closest parts of our articles", 1),
        ("not_covered", "We did not find this in our articles", 0),
    ],
)
def test_each_state_of_an_answer_is_said_in_plain_words(
    page: AppTest, monkeypatch: pytest.MonkeyPatch, state: State, heading: str, cards: int
) -> None:
    answering(monkeypatch, state)
    ask(page.run(), "something")
    assert heading in shown(page)
    assert html(page).count('<article class="wr-card"') == cards
    assert disclaimer(page) == f"Important: {DEFAULT_DISCLAIMER}"


def test_more_passages_are_asked_for_than_there_are_cards(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    block = (Block("paragraph", "Rest.", 1),)
    hits = tuple(
        Hit(Passage(f"a#{n}", "a", "Title", ("Care",), f"{n}", block, ()), None, Scores(0.5, 0.5, 1.0, 0.5), same)
        for n, same in enumerate(["", "a#0", "", "", "", "a#0", "", ""])
    )

    def eight(self: Searcher, question: str, k: int = 5) -> Answer:
        asked.append(k)
        return Answer(question, "answered", 0.9, "Own words.", "0" * 16, None, hits)

    monkeypatch.setattr(Searcher, "ask", eight)
    ask(page.run(), "something")
    assert asked == [8]
    assert html(page).count('<article class="wr-card"') == 5
    assert html(page).count('<details class="wr-why"') == 5
    assert "Our articles say the same in 2 other places" in shown(page)


def test_what_is_not_covered_is_answered_with_what_is(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, "not_covered")
    ask(page.run(), "something")
    assert '<a href="?article=neurological-spasms">' in html(page)


def test_urgent_notice_stands_above_everything(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, "not_covered", urgent=True)
    ask(page.run(), "something")
    assert html(page).index("wr-urgent") < html(page).index("wr-covered")


@pytest.mark.parametrize("text", ["<img src=x onerror=alert(1)>", "</mark><script>x</script>", "**b** $x$ :red[x]"])
def test_hostile_article_and_question_are_shown_as_they_are_written(
    page: AppTest, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    answering(monkeypatch, "answered", text)
    ask(page.run(), text)
    assert not page.markdown
    assert text in unescape(re.sub("</?mark>", "", html(page)))
    assert "<script" not in html(page)
    assert "<img" not in html(page)


def test_article_is_shown_whole_with_contents_and_the_day_it_was_published(page: AppTest) -> None:
    page.query_params["article"] = "neurological-spasms"
    page.query_params["section"] = "causes"
    page.run()
    assert not page.exception
    assert html(page).count('<h2 id="s-') == 9
    assert html(page).count('<h3 id="s-faq-') == 4
    assert '<a href="#s-causes">' in html(page)
    assert "Last published" in shown(page)
    assert disclaimer(page) == f"Important: {DEFAULT_DISCLAIMER}"


def test_unknown_article_is_said_to_be_missing(page: AppTest) -> None:
    page.query_params["article"] = "nonsense<b>"
    page.run()
    assert "We do not have this article" in shown(page)
    assert disclaimer(page) == f"Important: {DEFAULT_DISCLAIMER}"


def test_list_of_articles_names_them(page: AppTest) -> None:
    page.query_params["articles"] = "all"
    page.run()
    assert "neurological spasms: causes, symptoms, and treatment" in shown(page)
    page.query_params["page"] = "9" * 5_000  # more digits than Python makes a number of
    page.run()
    assert not page.exception
    assert "neurological spasms: causes, symptoms, and treatment" in shown(page)


@pytest.mark.parametrize("address", [{"article": "nonsense"}, {"articles": "all"}])
def test_disclaimer_of_the_library_stands_below_every_view(
    page: AppTest,
    tmp_path: Path,
    encoder: SentenceTransformerEncoder,
    monkeypatch: pytest.MonkeyPatch,
    address: dict[str, str],
) -> None:
    drawn.published_article(
        tmp_path, "chilblains.md", "# Chilblains\n\nWarm the feet.\n", encoder, '[page]\ndisclaimer = "Ring us."\n'
    )
    monkeypatch.setenv("WELLREAD_INDEX", str(tmp_path / "index"))
    page.query_params.update(address)
    page.run()
    assert disclaimer(page) == "Ring us."


def test_without_an_index_the_command_that_builds_it_is_named_in_the_log_alone(
    page: AppTest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("WELLREAD_INDEX", str(tmp_path / "none"))
    page.run()
    assert not page.exception
    assert f"build it: wellread ingest --index {tmp_path / 'none'}" in caplog.text
    assert str(tmp_path) not in html(page)
    assert disclaimer(page) == f"Important: {DEFAULT_DISCLAIMER}"


def test_damaged_index_is_refused_and_the_log_alone_names_the_file_and_the_command_that_mends_it(
    page: AppTest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, seed_index: Path, caplog: pytest.LogCaptureFixture
) -> None:
    index = tmp_path / "index"
    shutil.copytree(seed_index, index)
    vectors = index_file(index, ARRAYS)
    vectors.write_bytes(vectors.read_bytes()[:-100])
    monkeypatch.setenv("WELLREAD_INDEX", str(index))
    page.run()
    assert not page.exception
    assert "The articles cannot be searched now" in shown(page)
    assert ARRAYS in caplog.text
    assert f"rebuild it: wellread ingest --index {index}" in caplog.text
    assert str(tmp_path) not in html(page)
    assert disclaimer(page) == f"Important: {DEFAULT_DISCLAIMER}"


def test_damage_found_while_asking_sets_the_generation_aside_until_the_next_publication(
    page: AppTest,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    seed_kb: Path,
    seed_index: Path,
    encoder: SentenceTransformerEncoder,
    caplog: pytest.LogCaptureFixture,
) -> None:
    kb, index = tmp_path / "kb", tmp_path / "index"
    shutil.copytree(seed_kb, kb)
    shutil.copytree(seed_index, index)
    article = kb / "neurological-spasms.txt"
    article.write_text(article.read_text().replace("Get sufficient sleep.", "Sleep in a dark room."))
    served = publish(kb, index, encoder).generation
    monkeypatch.setenv("WELLREAD_INDEX", str(index))
    ask(page.run(), "does sleep prevent spasms?")
    assert "Sleep in a dark room." in shown(page)
    database = index_file(index, DATABASE, served)
    with database.open("r+b") as stream:
        stream.write(b"\0" * database.stat().st_size)

    ask(page, "does sleep prevent cramps?")
    assert "The articles cannot be searched now" in shown(page)
    ask(page, "does sleep prevent spasms?")
    assert "Get sufficient sleep." in shown(page)
    assert caplog.text.count(f"generation {served} is damaged: {database}: has other content than was published") == 1
    assert str(tmp_path) not in html(page)

    assert publish(kb, index, encoder).generation == served
    ask(page, "does sleep prevent spasms?")
    assert "Sleep in a dark room." in shown(page)


def test_trouble_with_the_model_is_said_where_a_question_is_asked(
    page: AppTest, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(self: Searcher, question: str, k: int = 5) -> Answer:
        raise ModelError("the model is gone", "install it again")

    monkeypatch.setattr(Searcher, "ask", refuse)
    ask(page.run(), "why?")
    assert "Questions cannot be answered now" in shown(page)
    assert "install it again" in caplog.text
    assert "install it again" not in shown(page)
    assert disclaimer(page) == f"Important: {DEFAULT_DISCLAIMER}"


def test_unexpected_error_is_calm_and_its_log_holds_no_question(
    page: AppTest, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(self: Searcher, question: str, k: int = 5) -> Answer:
        raise RuntimeError(f"cannot do {question}")

    monkeypatch.setattr(Searcher, "ask", fail)
    with caplog.at_level(logging.DEBUG, logger="wellread"):
        ask(page.run(), "a secret worry")
    assert "Something went wrong" in shown(page)
    assert "RuntimeError at " in caplog.text
    assert "secret" not in caplog.text + shown(page)
    assert disclaimer(page) == f"Important: {DEFAULT_DISCLAIMER}"


def test_next_question_is_answered_from_what_was_published_meanwhile(
    page: AppTest,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    seed_kb: Path,
    encoder: SentenceTransformerEncoder,
) -> None:
    kb, index = tmp_path / "kb", tmp_path / "index"
    shutil.copytree(seed_kb, kb)
    publish(kb, index, encoder)
    monkeypatch.setenv("WELLREAD_INDEX", str(index))
    ask(page.run(), "does sleep prevent spasms?")
    assert "Get sufficient sleep." in shown(page)
    article = kb / "neurological-spasms.txt"
    article.write_text(article.read_text().replace("Get sufficient sleep.", "Sleep in a dark room."))
    publish(kb, index, encoder)
    ask(page, "does sleep prevent spasms?")
    assert "Sleep in a dark room." in shown(page)
    assert "Get sufficient sleep." not in shown(page)
