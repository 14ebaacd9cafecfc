"""Where a library lies in Milvus: the addresses that are read, and those that are refused, without their secrets."""

from __future__ import annotations

import pytest

from wellread.errors import SettingsError, WellreadError
from wellread.index.milvus.client import Client
from wellread.index.milvus.place import Place, place_in_environment, place_of, place_used, read_uri


@pytest.mark.parametrize(
    ("uri", "place"),
    [
        ("http://10.0.0.5:19530", Place("http://10.0.0.5:19530", "wellread")),
        (" https://Milvus.example.org/ ", Place("https://milvus.example.org", "wellread")),
        ("http://[::1]:19530/heart_2", Place("http://[::1]:19530", "heart_2")),
    ],
)
def test_an_address_names_a_server_and_a_library(uri: str, place: Place) -> None:
    assert read_uri(uri) == place


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "10.0.0.5:19530",
        "./milvus.db",
        "ftp://host/x",
        "http://host:port",
        "http://host/Heart",
        "http://host/a/b",
        "http://anna:hunter2@host:19530",
        "anna:hunter2@host:19530",
        "http://host?token=hunter2",
    ],
)
def test_another_address_is_refused_and_not_repeated_where_it_may_hold_a_password(uri: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read_uri(uri)
    assert "hunter2" not in str(refused.value)


def test_the_environment_counts_before_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WELLREAD_ENGINE", raising=False)
    monkeypatch.delenv("WELLREAD_MILVUS_URI", raising=False)
    assert (place_in_environment(), place_used("files", "")) == (None, None)
    assert place_used("milvus", "http://a/x") == Place("http://a", "x")
    monkeypatch.setenv("WELLREAD_MILVUS_URI", "http://b/y")
    assert place_used("milvus", "http://a/x") == Place("http://b", "y")
    monkeypatch.setenv("WELLREAD_ENGINE", "files")
    assert place_used("milvus", "http://a/x") is None
    with pytest.raises(SettingsError, match="no engine faiss"):
        place_of("faiss", "")


def test_without_the_extra_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wellread.extras.find_spec", lambda name: None)
    with pytest.raises(WellreadError, match=r"the engine milvus needs packages that are not installed: pymilvus"):
        Client(read_uri("http://127.0.0.1:1"))


def test_a_server_that_cannot_be_reached_is_named_without_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WELLREAD_MILVUS_TOKEN", "anna:hunter2")
    monkeypatch.setattr("wellread.index.milvus.client.TIMEOUT", 0.3)
    with pytest.raises(WellreadError, match=r"http://127\.0\.0\.1:1/wellread: Milvus cannot be reached") as failed:
        Client(read_uri("http://127.0.0.1:1"))
    assert "hunter2" not in str(failed.value)
