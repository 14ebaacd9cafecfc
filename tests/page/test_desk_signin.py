"""Who gets to the desk: nobody where it is off; by token, or by an account that the settings name, where it is on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from browser import DESKTOP, ROOT, Server, Visit, chromium
from drawn import published_article
from oidc import Provider
from playwright.sync_api import Browser, expect

from wellread.encoders.sentence_transformer import SentenceTransformerEncoder
from wellread.page.desk.doors import is_open, kb_of
from wellread.page.desk.signin import allowed
from wellread.settings import DeskSettings

SETTINGS = '[desk]\non = true\neditors = ["anna@example.org"]\n'


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def index(encoder: SentenceTransformerEncoder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    text = "# Hiccups\n\n## What stops hiccups?\n\nSip cold water slowly.\n"
    return published_article(tmp_path_factory.mktemp("signin"), "hiccups.md", text, encoder)


@contextmanager
def running(
    index: Path, folder: Path, tokens: str, prepare: Callable[[str], object] = lambda page: None
) -> Iterator[Server]:
    """A server with these tokens, whose home, where Streamlit looks for secrets, is a folder of the test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WELLREAD_DESK_TOKENS", tokens)
        patch.setenv("HOME", str(folder))
        server = Server(ROOT / "app.py", index, folder / "log", prepare)
    try:
        server.wait()
        yield server
    finally:
        server.stop()


@pytest.mark.parametrize(
    ("user", "name"),
    [
        ({"email": "Anna@Example.org"}, "anna@example.org"),
        ({"email": "anna@example.org", "email_verified": True}, "anna@example.org"),
        ({"email": "anna@example.org", "email_verified": False}, ""),
        ({"email": "anna@example.org", "email_verified": "false"}, ""),
        ({"email": "ben@example.org"}, ""),
        ({"email": "ben@example.org", "groups": ["Nurses", "Editors"]}, "ben@example.org"),
        ({"email": "ben@example.org", "groups": "Editors"}, "ben@example.org"),
        ({"email": "ben@example.org", "groups": "Editors of nothing"}, ""),
        ({"email": "ben@example.org", "groups": [{"name": "Editors"}]}, ""),
        ({"groups": ["Editors"]}, ""),
        ({"email": ""}, ""),
    ],
)
def test_account_is_let_in_by_its_address_or_its_group(user: dict[str, object], name: str) -> None:
    assert allowed(user, DeskSettings(True, ("anna@example.org",), ("Editors",))) == name


def test_without_names_no_account_is_let_in() -> None:
    assert allowed({"email": "anna@example.org", "groups": ["x"]}, DeskSettings(True)) == ""


def test_articles_are_beside_the_index_unless_the_environment_says_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WELLREAD_KB", raising=False)
    assert kb_of(tmp_path / "index") == tmp_path / "kb"
    monkeypatch.setenv("WELLREAD_KB", str(tmp_path / "articles"))
    assert kb_of(tmp_path / "index") == tmp_path / "articles"


def test_uploads_and_sign_in_are_closed_without_a_desk(tmp_path: Path) -> None:
    for path in (["_stcore", "upload_file", "a", "b"], ["_stcore", "upload_file"], ["auth", "login"]):
        assert not is_open(path, tmp_path / "index")


def test_off_means_the_same_page_as_without_the_word(index: Path, browser: Browser, tmp_path: Path) -> None:
    (index.parent / "kb" / "wellread.toml").unlink(missing_ok=True)
    with running(index, tmp_path, "anna:a-token-of-anna-1234567890") as server:
        visit = Visit(browser, server, DESKTOP)
        texts = []
        for address in ("", "?desk", "?desk=articles"):
            page = visit.open(address)
            expect(page.get_by_role("button", name="What stops hiccups?")).to_be_visible()
            texts.append(page.locator(".st-key-wr-body").inner_text())
        assert texts[0] == texts[1] == texts[2]
        visit.close()


def test_account_of_an_editor_opens_the_desk_and_another_does_not(
    index: Path, browser: Browser, tmp_path: Path
) -> None:
    (index.parent / "kb" / "wellread.toml").write_text(SETTINGS)
    with Provider({"email": "ben@example.org", "email_verified": True}) as provider:
        (tmp_path / ".streamlit").mkdir()
        secrets = tmp_path / ".streamlit" / "secrets.toml"
        with running(index, tmp_path, "", lambda page: secrets.write_text(provider.secrets(page))) as server:
            visit = Visit(browser, server, DESKTOP)
            page = visit.page
            page.goto(server.address + "?desk")
            page.get_by_role("button", name="Sign in with your account").click()
            page.get_by_role("link", name="Editors’ desk").click()
            expect(page.get_by_text("Your account may not use the desk.")).to_be_visible()
            expect(page.get_by_role("heading", name="Articles", exact=True)).to_have_count(0)
            provider.claims["email"] = "anna@example.org"
            page.get_by_role("button", name="Use another account").click()
            page.wait_for_url(server.address)
            page.goto(server.address + "?desk")
            page.get_by_role("button", name="Sign in with your account").click()
            page.get_by_role("link", name="Editors’ desk").click()
            expect(page.get_by_text("Signed in as anna@example.org")).to_be_visible()
            expect(page.get_by_role("heading", name="Articles", exact=True)).to_be_visible()
            page.get_by_role("button", name="Sign out").click()
            page.wait_for_url(server.address)
            page.goto(server.address + "?desk")
            expect(page.get_by_role("button", name="Sign in with your account")).to_be_visible()
            visit.context.close()  # the way to the provider is a request to another host, as it must be
