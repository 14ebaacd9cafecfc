"""Foreign web sites do not reach the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from wellread.errors import WellreadError
from wellread.page.access import Access
from wellread.page.guard import Guard

NOBODY_ELSE = Access()


def client(allowed: Access = NOBODY_ELSE) -> TestClient:
    def origin(request: Request) -> PlainTextResponse:
        return PlainTextResponse(request.headers.get("origin", "no origin"))

    return TestClient(
        Guard(Starlette(routes=[Route("/{path:path}", origin)]), allowed, Path("index")), "http://localhost:8501"
    )


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8501", 200),
        ("127.0.0.1:8501", 200),
        ("[::1]:8501", 200),
        ("health.example.org", 200),
        ("evil.example", 421),
        ("localhost.evil.example", 421),
        ("a@localhost", 421),
        ("localhost#", 421),
        ("localhost?x", 421),
        ("local\thost", 421),
        ("localhost:99999", 421),
        ("", 421),
    ],
)
def test_page_is_reached_under_known_names_and_addresses_alone(host: str, status: int) -> None:
    answer = client(Access(hosts=("health.example.org",))).get("/", headers={"host": host})
    assert answer.status_code == status


@pytest.mark.parametrize("origin", ["http://evil.example", "http://localhost:1", "null", "http://["])
def test_foreign_site_is_refused(origin: str) -> None:
    assert client().get("/_stcore/health", headers={"origin": origin}).status_code == 403


@pytest.mark.parametrize("second", [0, 1])
def test_one_of_two_origins_that_is_foreign_is_enough(second: int) -> None:
    both = [("origin", "http://localhost:8501"), ("origin", "http://evil.example")]
    assert client().get("/", headers=[both[second], both[1 - second]]).status_code == 403


def test_own_origin_is_let_in_and_streamlit_never_sees_it() -> None:
    assert client().get("/", headers={"origin": "http://localhost:8501"}).text == "no origin"
    behind = client(Access(hosts=("health.example.org",)))
    assert behind.get("/", headers={"origin": "https://health.example.org"}).text == "no origin"


@pytest.mark.parametrize("path", ["_stcore/metrics", "_stcore/upload_file/a/b", "_stcore/agent/mcp", "auth/login"])
def test_what_visitors_do_not_need_is_closed(path: str) -> None:
    assert client().get(f"/{path}").status_code == 404


def test_only_named_sites_may_embed_the_page() -> None:
    own = client().get("/").headers
    assert own["content-security-policy"].endswith("frame-ancestors 'self'")
    assert own["x-frame-options"] == "SAMEORIGIN"
    embedded = client(Access(frames=("https://clinic.example.org",))).get("/").headers
    assert embedded["content-security-policy"].endswith("frame-ancestors 'self' https://clinic.example.org")
    assert "x-frame-options" not in embedded


@pytest.mark.parametrize("frame", ["*", "https://a.example; script-src *", "'none'"])
def test_site_that_is_none_is_refused(frame: str) -> None:
    with pytest.raises(WellreadError, match="is not a site"):
        Access(frames=(frame,))


def test_the_api_itself_decides_which_sites_may_use_it() -> None:
    assert client().get("/api/v1/ask", headers={"origin": "http://evil.example"}).text == "http://evil.example"
    assert client().get("/api/v1/ask", headers={"host": "evil.example"}).status_code == 421
    assert client().get("/apis", headers={"origin": "http://evil.example"}).status_code == 403
