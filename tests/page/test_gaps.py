"""The tab in which editors see what readers could not find, and judge it by one press."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from drawn import TIMEOUT, html, published_article
from streamlit.testing.v1 import AppTest

from wellread.datatypes import Hit
from wellread.encoders.sentence_transformer import SentenceTransformerEncoder
from wellread.index.layout import insights_file
from wellread.insights.groups import Group
from wellread.insights.store import Tally, writing
from wellread.relevance.judgments import read_all_judgments
from wellread.search.searcher import Searcher

SCRIPT = """
import datetime, pathlib
from wellread.desk.release import Desk
from wellread.page.desk.gaps import draw
from wellread.page.desk.place import At
view = draw(At(Desk(pathlib.Path({kb!r}), pathlib.Path({index!r})), "anna", datetime.date(2026, 11, 20)))
import streamlit
streamlit.session_state["announced"] = view.announce
"""
ARTICLE = "# Chilblains\n\n## Causes\n\nCold and damp.\n\n## Treatment\n\nWarm the feet slowly.\n"
DAY = date(2026, 11, 19)

pytestmark = pytest.mark.usefixtures("fresh_page")


@pytest.fixture
def tab(tmp_path: Path, encoder: SentenceTransformerEncoder) -> AppTest:
    index = published_article(tmp_path, "chilblains.md", ARTICLE, encoder)
    return AppTest.from_string(SCRIPT.format(index=str(index), kb=str(tmp_path / "kb")), default_timeout=TIMEOUT)


def test_where_nothing_was_counted_it_says_how(tab: AppTest) -> None:
    assert "below a line [insights]: on = true." in html(tab.run())


def test_a_press_makes_a_judged_question_of_what_many_asked(tab: AppTest, tmp_path: Path) -> None:
    with writing(insights_file(tmp_path / "index")) as store:
        store.count(DAY, "", ("not_covered", ""), Tally(7, 0, 1))
        store.add_group(DAY, Group("how to treat <b> chilblains", Counter({("not_covered", ""): 7})))
        store.add_group(DAY, Group("why chilblains", Counter({("answered", "chilblains"): 5})))
        store.count_word(DAY, "perniosis", 5)
    tab.run()
    assert not tab.exception
    shown = html(tab)
    assert shown.index("how to treat &lt;b&gt; chilblains") < shown.index("why chilblains") < shown.index("perniosis")
    assert "7 visits, 7 not found." in shown
    first = tab.selectbox[0]
    assert first.label == r"The section that answers “how to treat \<b\> chilblains”"
    assert sorted(first.options) == ["Chilblains: Causes", "Chilblains: Treatment"]
    first.select("Chilblains: Treatment")
    tab.button[0].click().run()
    assert not tab.exception
    assert tab.session_state["announced"] == (
        "From now on, nothing is published that loses “how to treat <b> chilblains”: chilblains#treatment answers it."
    )
    (collection,) = read_all_judgments(tmp_path / "judgments")
    assert collection.queries == {"readers-0001": "how to treat <b> chilblains"}
    assert collection.qrels == {"readers-0001": {"chilblains#treatment": 3}}
    tab.button[0].click().run()
    assert "is judged already" in tab.session_state["announced"]


def test_what_comes_nearest_is_looked_for_once_however_often_the_tab_is_drawn(
    tab: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(insights_file(tmp_path / "index")) as store:
        store.count(DAY, "", ("not_covered", ""), Tally(7, 0, 1))
        for words in ("how to treat chilblains", "cream for chilblains"):
            store.add_group(DAY, Group(words, Counter({("not_covered", ""): 7})))
    ranked: list[str] = []
    rank = Searcher.rank

    def counted(self: Searcher, question: str, k: int = 5) -> tuple[Hit, ...]:
        ranked.append(question)
        return rank(self, question, k)

    monkeypatch.setattr(Searcher, "rank", counted)
    tab.run()
    tab.selectbox[0].select("Chilblains: Causes").run()
    assert not tab.exception
    assert sorted(ranked) == ["cream for chilblains", "how to treat chilblains"]
