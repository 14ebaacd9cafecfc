"""Who may use the API, how often, and what is written down of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from served import client, published
from starlette.datastructures import Headers
from starlette.types import Message
from starlette.websockets import WebSocketDisconnect

from wellread.api.problems import Problem
from wellread.api.protection import CLIENTS, Rates, _body
from wellread.search.searcher import Searcher

CLINIC = "https://clinic.example.org"


@pytest.fixture(scope="module")
def clinics_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings = f'[api]\norigins = ["{CLINIC}"]\nrate = 3\n'
    return published(tmp_path_factory.mktemp("clinic"), settings)


def test_pages_of_an_allowed_site_may_read_answers(clinics_index: Path) -> None:
    api = client(clinics_index)
    asked = {
        "origin": CLINIC,
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type",
    }
    preflight = api.options("/api/v1/ask", headers=asked)
    assert (preflight.status_code, preflight.headers["access-control-allow-origin"]) == (200, CLINIC)
    got = api.post("/api/v1/ask", json={"question": "nap"}, headers={"origin": CLINIC})
    assert (got.status_code, got.headers["access-control-allow-origin"]) == (200, CLINIC)
    assert "Origin" in got.headers["vary"]


@pytest.mark.parametrize(
    "origin", ["https://evil.example", f"{CLINIC}.evil.example", "http://clinic.example.org", "null"]
)
def test_other_sites_are_refused(clinics_index: Path, origin: str) -> None:
    api = client(clinics_index)
    got = api.post("/api/v1/ask", json={"question": "nap"}, headers={"origin": origin})
    assert got.status_code == 403
    assert "access-control-allow-origin" not in got.headers
    preflight = api.options("/api/v1/ask", headers={"origin": origin, "access-control-request-method": "POST"})
    assert preflight.status_code == 400
    assert "access-control-allow-origin" not in preflight.headers


@pytest.mark.parametrize("second", [0, 1])
def test_one_of_two_origins_that_may_not_ask_is_enough(clinics_index: Path, second: int) -> None:
    both = [("origin", CLINIC), ("origin", "https://evil.example")]
    got = client(clinics_index).get("/api/v1/ask?q=nap", headers=[both[second], both[1 - second]])
    assert got.status_code == 403


def test_request_that_ends_before_its_body_has_come_is_not_answered() -> None:
    came: Iterator[Message] = iter(
        [{"type": "http.request", "body": b'{"question": "nap"}', "more_body": True}, {"type": "http.disconnect"}]
    )

    async def receive() -> Message:
        return next(came)

    with pytest.raises(Problem) as refused:
        asyncio.run(_body(receive, Headers()))
    assert refused.value.status == 408


def test_the_servers_own_page_may_ask(clinics_index: Path) -> None:
    got = client(clinics_index).get("/api/v1/ask?q=nap", headers={"origin": "http://localhost:8501"})
    assert got.status_code == 200


def test_foreign_name_is_refused(small_index: Path) -> None:
    assert client(small_index).get("/api/v1/health", headers={"host": "evil.example"}).status_code == 421


@pytest.mark.parametrize("path", ["/api/v1", "/api/v1/health/", "/api/v1/ask/?q=nap"])
def test_nobody_is_sent_to_another_address_which_the_header_host_would_name(small_index: Path, path: str) -> None:
    answer = client(small_index).get(path, headers={"host": "localhost:8501"}, follow_redirects=False)
    assert (answer.status_code, answer.headers.get("location")) == (404, None)


def test_a_request_that_ends_in_two_places_is_refused_and_its_connection_closed(small_index: Path) -> None:
    headers = {"content-length": "4", "transfer-encoding": "chunked"}
    refused = client(small_index).get("/api/v1/ask?q=nap", headers=headers)
    assert (refused.status_code, refused.headers["connection"]) == (400, "close")


def test_a_web_socket_is_closed_without_a_word_in_the_log(small_index: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        for path in ("/api/v1/ask?q=secret", "/api/v1/nothing"):
            with pytest.raises(WebSocketDisconnect), client(small_index).websocket_connect(path):
                raise AssertionError
    assert caplog.records == []


def test_too_many_requests_are_told_when_to_come_back(clinics_index: Path) -> None:
    api = client(clinics_index)
    assert [api.get("/api/v1/articles").status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = api.get("/api/v1/articles", headers={"origin": CLINIC})
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "20")
    assert refused.headers["access-control-allow-origin"] == CLINIC  # so that the page there can say it
    assert api.get("/api/v1/health").status_code == 200


def test_rate_comes_back_with_time_and_is_one_clients_own() -> None:
    now = [0.0]
    rates = Rates(lambda: now[0])
    assert [rates.wait("a", 2) for _ in range(3)] == [0.0, 0.0, 30.0]
    assert rates.wait("b", 2) == 0.0
    now[0] = 30.0
    assert [rates.wait("a", 2) for _ in range(2)] == [0.0, 30.0]


def test_only_so_many_clients_are_remembered() -> None:
    rates = Rates(lambda: 0.0)
    rates.wait("first", 1)
    for number in range(CLIENTS):
        rates.wait(str(number), 1)
    assert rates.wait("first", 1) == 0.0  # forgotten, and let in again
    assert rates.wait(str(CLIENTS - 1), 1) == 60.0


def test_token_of_the_environment_is_asked_for(small_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WELLREAD_API_TOKEN", "s3cret")
    api = client(small_index)
    without = api.get("/api/v1/articles")
    assert (without.status_code, without.headers["www-authenticate"]) == (401, "Bearer")
    assert api.get("/api/v1/articles", headers={"authorization": "Bearer wrong"}).status_code == 401
    assert api.get("/api/v1/articles", headers={"authorization": "Bearer s3cret"}).status_code == 200
    assert api.get("/api/v1/health").status_code == 200
    assert client(small_index, "/kb").get("/kb/api/v1/health").status_code == 200
    assert api.get("/api/v1/articles/mental/health").status_code == 401


def test_question_is_in_no_figure_and_in_no_log(
    small_index: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    api = client(small_index)
    api.get("/api/v1/ask?q=my+haemorrhoids")
    api.get("/api/v1/suggest?q=haemorrhoids")

    def fails(self: Searcher, question: str, k: int = 5) -> None:
        raise RuntimeError(question)

    monkeypatch.setattr(Searcher, "ask", fails)
    failed = api.post("/api/v1/ask", json={"question": "my haemorrhoids"})
    assert (failed.status_code, failed.json()["detail"]) == (500, "Something went wrong here.")
    figures = api.get("/api/v1/metrics").text
    assert 'wellread_questions_total{state="answered"}' in figures
    assert 'wellread_errors_total{type="RuntimeError"}' in figures
    assert "haemorrhoids" not in figures
    ours = [record.getMessage() for record in caplog.records if record.name.startswith(("wellread", "uvicorn"))]
    assert any('"type": "RuntimeError"' in line for line in ours)
    assert not any("haemorrhoids" in line for line in ours)


def test_api_stands_below_the_path_of_a_proxy(small_index: Path) -> None:
    api = client(small_index, "/kb/")
    assert api.get("/kb/api/v1/health").status_code == 200
    assert api.get("/api/v1/health").status_code == 404
