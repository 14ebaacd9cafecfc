"""The setting `engine`: what is published is asked in Milvus, in the same words and figures as in files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from milvus_server import library_name, shared_server

from wellread.cli import main as cli
from wellread.encoders.sentence_transformer import SentenceTransformerEncoder
from wellread.index.milvus.place import read_uri
from wellread.index.milvus.shelf import shelf_at
from wellread.publishing.standby import open_readable, readable_since

QUESTIONS = ["is it dangerous?", "which medecines help the nerves", "how tall is the Eiffel tower"]


@pytest.fixture
def uri(tmp_path: Path, encoder: SentenceTransformerEncoder, monkeypatch: pytest.MonkeyPatch) -> str:
    """A library's place in Milvus; the model that the tests share stands in for loading the same one again."""
    monkeypatch.setattr("wellread.search.opening.SentenceTransformerEncoder", lambda name: encoder)
    monkeypatch.setattr("wellread.cli.ingest.encoder_of", lambda options: encoder)
    for name in ("WELLREAD_ENGINE", "WELLREAD_MILVUS_URI"):
        monkeypatch.setenv(name, "")  # and so restored behind what the command puts there
    return f"{shared_server().uri}/{library_name(tmp_path)}"


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert cli.main([*words]) == 0
    return capsys.readouterr().out


def test_an_index_in_files_is_brought_asked_and_gone_back_in(
    uri: str, seed_kb: Path, seed_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index = str(tmp_path / "index")
    shutil.copytree(seed_index, index)
    kb = tmp_path / "kb"
    shutil.copytree(seed_kb, kb)
    in_files = [printed(capsys, "ask", "--json", "--index", index, question) for question in QUESTIONS]
    (kb / "wellread.toml").write_text(f'engine = "milvus"\nuri = "{uri}"\n')
    published = json.loads(printed(capsys, "ingest", "--json", "--kb", str(kb), "--index", index))
    shelf = shelf_at(read_uri(uri))
    first, place = json.loads(in_files[0])["generation"], Path("nowhere")
    assert [shelf.served(), published["generation"]] == [first, first]
    nowhere = ("ask", "--json", "--index", str(place), "--engine", "milvus", "--uri", uri)
    assert [printed(capsys, *nowhere, question) for question in QUESTIONS] == in_files
    assert open_readable(place, lambda standing: standing.generation) == first
    assert readable_since(place, first) == shelf.switches()[-1].at

    (kb / "other.md").write_text("# Warts\n\n## Care\n\nLeave warts alone for two years.\n")
    second = json.loads(printed(capsys, "ingest", "--json", "--kb", str(kb), "--index", index))["generation"]
    assert (shelf.served(), shelf.standing()) == (second, [second, first])
    printed(capsys, "rollback", "--json", "--kb", str(kb), "--index", index)
    assert shelf.served() == first
    asked = ("history", "--index", str(place), "--engine", "milvus", "--uri", uri)
    assert [one["generation"] for one in json.loads(printed(capsys, *asked, "--json"))] == [first, second, first]
    lines = [line.split()[3:] for line in printed(capsys, *asked).splitlines()]
    assert lines == [[first, "served", "now"], [second], [first]]
    assert (
        len(json.loads(printed(capsys, "history", "--json", "--index", index, "--engine", "milvus", "--uri", uri))) == 3
    )


def test_where_nothing_was_published_that_is_said(uri: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["ask", "--json", "--engine", "milvus", "--uri", uri, "is it dangerous?"]) == 1
    error = json.loads(capsys.readouterr().out)["error"]
    assert (error["type"], error["where"], error["reason"]) == (
        "IndexMissing",
        uri,
        "nothing has been published here yet",
    )
