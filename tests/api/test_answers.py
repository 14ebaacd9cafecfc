"""The API gives what the commands give, and says what is wrong with a request."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from index_files import index_file
from served import client, opened, published

from wellread.api.objects import answer_json
from wellread.datatypes import DEFAULT_DISCLAIMER
from wellread.index.layout import DATABASE, current_generation
from wellread.insights.recording import recorder
from wellread.insights.reports import read_insights
from wellread.insights.store import Tally


def test_answer_is_that_of_the_command(small_index: Path) -> None:
    api = client(small_index)
    wanted = answer_json(opened(small_index).ask("loose cotton on warm skin", 2))
    got = api.get("/api/v1/ask", params={"q": "loose cotton on warm skin", "k": 2})
    assert (got.status_code, got.json()) == (200, json.loads(json.dumps(wanted)))
    assert api.post("/api/v1/ask", json={"question": "loose cotton on warm skin", "k": 2}).json() == got.json()
    assert len(got.json()["passages"]) == 2
    assert got.headers["cache-control"] == "no-store"


def test_html_has_the_parts_of_the_page_and_the_disclaimer(small_index: Path) -> None:
    got = client(small_index).post("/api/v1/ask", json={"question": "a nap"}, headers={"accept": "text/html"})
    assert got.headers["content-type"] == "text/html; charset=utf-8"
    html = got.text
    assert (
        html.index("wr-announcement") < html.index("wr-verdict") < html.index("wr-card") < html.index("wr-disclaimer")
    )
    assert "General information, not advice about you. Ask a doctor or pharmacist." in html
    assert "<h1" not in html  # the page elsewhere has its own
    assert "A short nap before three does no harm." in html


@pytest.mark.parametrize(
    ("library", "wanted", "language", "said"),
    [
        ("en", "de-AT, en;q=0.5", "de", "Allgemeine Information"),
        ("es", "fr, it;q=0.5", "es", "Información general"),
        ("es", "*", "es", "Información general"),
        ("browser", "ar", "ar", "معلومات عامة"),
        ("browser", "fr", "en", "General information"),
    ],
)
def test_html_is_in_the_language_that_is_accepted_or_the_librarys(
    tmp_path: Path, library: str, wanted: str, language: str, said: str
) -> None:
    api = client(published(tmp_path, f'[page]\nlanguage = "{library}"\n'))
    headers = {"accept": "text/html", "accept-language": wanted}
    got = api.post("/api/v1/ask", json={"question": "a nap"}, headers=headers)
    assert (got.headers["content-language"], said in got.text) == (language, True)


def test_it_is_asked_whether_an_answer_helped_where_the_library_wants_that(tmp_path: Path) -> None:
    api = client(published(tmp_path, '[page]\nfeedback = true\nwhom_to_ask = "Ring the clinic: 0123."\n'))
    html = api.post("/api/v1/ask", json={"question": "a nap"}, headers={"accept": "text/html"}).text
    assert html.index("wr-card") < html.index("Did this help?") < html.index("wr-disclaimer")
    assert 'data-helped="no" data-said="Thank you. Ring the clinic: 0123."' in html
    overdose = {"question": "I took twenty paracetamol tablets"}
    assert "Did this help?" not in api.post("/api/v1/ask", json=overdose, headers={"accept": "text/html"}).text
    before = sorted((tmp_path / "index").rglob("*"))
    assert api.post("/api/v1/helped", json={"question": "a nap", "helped": False}).status_code == 204
    assert sorted((tmp_path / "index").rglob("*")) == before


def test_nothing_asks_and_nothing_is_heard_where_the_library_does_not_want_it(small_index: Path) -> None:
    api = client(small_index)
    html = api.post("/api/v1/ask", json={"question": "a nap"}, headers={"accept": "text/html"}).text
    assert "Did this help?" not in html
    assert api.post("/api/v1/helped", json={"question": "a nap", "helped": True}).status_code == 404


def test_what_helped_is_counted_once_where_the_library_counts(tmp_path: Path) -> None:
    index = published(tmp_path, "[page]\nfeedback = true\n[insights]\non = true\n")
    api = client(index)
    api.post("/api/v1/ask", json={"question": "a nap"})
    for said in (False, True):
        assert api.post("/api/v1/helped", json={"question": "a nap", "helped": said}).status_code == 204
    recorder(index).settle()
    assert [count.tally for count in read_insights(index, datetime.now(UTC).date()).counts] == [Tally(1, 0, 1)]


@pytest.mark.parametrize("sent", [{"question": "a nap"}, {"question": "a nap", "helped": 1}, {"helped": True}, []])
def test_what_is_no_word_on_an_answer_is_refused(small_index: Path, sent: object) -> None:
    assert client(small_index).post("/api/v1/helped", json=sent).status_code == 400


def test_emergency_stands_before_all_else(small_index: Path) -> None:
    asked = {"question": "I took twenty paracetamol tablets"}
    html = client(small_index).post("/api/v1/ask", json=asked, headers={"accept": "text/html"}).text
    assert html.index("wr-safety") < html.index("wr-verdict")
    assert client(small_index).post("/api/v1/ask", json=asked).json()["safety"]["kind"] == "overdose"


def test_articles_are_listed_some_at_a_time(small_index: Path) -> None:
    api = client(small_index)
    first = api.get("/api/v1/articles?limit=1").json()
    assert [article["id"] for article in first["articles"]] == ["heat-rash"]
    assert first["next"] == "heat-rash"
    rest = api.get("/api/v1/articles", params={"after": first["next"]}).json()
    assert ([article["id"] for article in rest["articles"]], rest["next"]) == (["rest/sleep"], None)
    assert first["articles"][0]["last_reviewed"] == "2026-03-02"
    assert rest["articles"][0]["disclaimer"] == DEFAULT_DISCLAIMER


def test_article_and_passage_are_found_by_ids_with_slashes(small_index: Path) -> None:
    api = client(small_index)
    article = api.get("/api/v1/articles/rest/sleep").json()
    assert [section["heading"] for section in article["sections"]] == ["Étiquette of naps"]
    anchor = article["sections"][0]["anchor"]
    passage = api.get(f"/api/v1/passages/rest%2Fsleep%23{anchor}").json()
    assert passage["text"] == article["sections"][0]["text"] == "A short nap before three does no harm."
    assert passage["generation"] == current_generation(small_index)


def test_suggestions_begin_with_what_was_typed_without_accents(small_index: Path) -> None:
    api = client(small_index)

    def suggested(typed: str) -> list[str]:
        return [found["text"] for found in api.get("/api/v1/suggest", params={"q": typed}).json()["suggestions"]]

    assert suggested("heat r") == ["Heat rash"]
    assert suggested("ETIQ") == ["Étiquette of naps"]
    assert suggested("naps") == ["Étiquette of naps"]
    assert suggested("aps") == []


@pytest.mark.parametrize(
    ("path", "status", "detail"),
    [
        ("ask", 400, "q is empty or missing."),
        ("ask?q=%20", 400, "q is empty or missing."),
        ("ask?q=nap&k=0", 400, "k is not a whole number from 1 to 20."),
        ("ask?q=nap&k=1&k=2", 400, "k is given twice."),
        ("ask?question=nap", 400, "There is no parameter 'question' here."),
        (f"ask?q={'n' * 1001}", 400, "q has more than 1,000 characters."),
        ("articles/nothing", 404, "There is no article of this id."),
        ("passages/heat-rash%23nothing", 404, "There is no passage of this id."),
        ("nowhere", 404, "There is nothing at this address."),
    ],
)
def test_what_is_wrong_is_said_as_a_problem(small_index: Path, path: str, status: int, detail: str) -> None:
    got = client(small_index).get(f"/api/v1/{path}")
    assert got.headers["content-type"] == "application/problem+json"
    assert (got.status_code, got.json()["status"], got.json()["detail"]) == (status, status, detail)


@pytest.mark.parametrize("body", ["", "[]", '{"question": 5}', '{"question": "a", "q": 1}', "[" * 9000, '{"k": true}'])
def test_body_that_is_no_question_is_refused(small_index: Path, body: str) -> None:
    got = client(small_index).post("/api/v1/ask", content=body, headers={"content-type": "application/json"})
    assert got.status_code == 400


def test_body_of_another_type_or_too_large_is_refused(small_index: Path) -> None:
    api = client(small_index)
    assert api.post("/api/v1/ask", content=b"question=a").status_code == 415
    large = {"content-type": "application/json"}
    assert api.post("/api/v1/ask", content=b" " * 16_385, headers=large).status_code == 413


def test_half_a_character_does_not_end_the_answer(small_index: Path) -> None:
    sent = {"content-type": "application/json"}
    got = client(small_index).post("/api/v1/ask", content=b'{"question": "nap \\ud800"}', headers=sent)
    assert (got.status_code, got.json()["question"]) == (200, "nap ?")


def test_nothing_is_sent_again_while_the_same_generation_is_served(small_index: Path) -> None:
    api = client(small_index)
    tag = api.get("/api/v1/articles").headers["etag"]
    assert tag.startswith(f'"{current_generation(small_index)}-')
    again = api.get("/api/v1/articles", headers={"if-none-match": f'"other", W/{tag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert api.get("/api/v1/articles", headers={"if-none-match": '"other"'}).status_code == 200


def test_new_generation_answers_the_next_request(tmp_path: Path) -> None:
    index = published(tmp_path)
    api = client(index)
    before = api.get("/api/v1/health").json()
    (tmp_path / "kb" / "sleep.md").unlink()
    from conftest import HashEncoder

    from wellread.publishing.policy import Policy
    from wellread.publishing.publish import publish

    publish(tmp_path / "kb", index, HashEncoder(), policy=Policy(allow_shrink=True))
    after = api.get("/api/v1/health").json()
    assert (before["articles"], after["articles"]) == (2, 1)
    assert after["generation"] == current_generation(index) != before["generation"]


@pytest.mark.parametrize(
    "path", ["articles/rest/sleep", "passages/rest%2Fsleep%23{anchor}", "suggest?q=naps", "ask?q=nap"]
)
def test_damage_under_an_open_generation_is_told_and_nothing_is_read_of_it(tmp_path: Path, path: str) -> None:
    index = published(tmp_path)
    api = client(index)
    anchor = api.get("/api/v1/articles/rest/sleep").json()["sections"][0]["anchor"]
    file = index_file(index, DATABASE)
    file.write_bytes(file.read_bytes().replace(b"naps", b"oaks"))
    os.utime(file, ns=(0, 1))
    assert api.get(f"/api/v1/{path.format(anchor=anchor)}").status_code == 503


def test_missing_index_is_told_without_the_paths_of_the_server(tmp_path: Path) -> None:
    api = client(tmp_path / "nowhere")
    for path in ("health", "ask?q=nap", "articles", "metrics"):
        got = api.get(f"/api/v1/{path}")
        assert (got.status_code, got.headers["retry-after"]) == (503, "60")
        assert got.json()["detail"] == "There is nothing to search yet: no article has been published."
        assert str(tmp_path) not in got.text
