"""Language models ask by the Model Context Protocol; the official client speaks for them."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from mcp import Client, StdioServerParameters
from mcp.types import TextContent
from served import library, opened

from wellread.adapters.mcp import mcp_server
from wellread.api.objects import answer_json


def called(server: Any, tool: str, **words: object) -> tuple[bool, str]:
    """Whether a tool failed, and the text that it gave."""

    async def call() -> tuple[bool, str]:
        async with Client(server) as client:
            result = await client.call_tool(tool, words)
            (content,) = result.content
            assert isinstance(content, TextContent)
            return bool(result.is_error), content.text

    return asyncio.run(call())


def test_answer_is_that_of_the_command(small_index: Path) -> None:
    failed, text = called(mcp_server(library(small_index)), "ask", question="loose cotton", k=1)
    assert (failed, json.loads(text)) == (False, answer_json(opened(small_index).ask("loose cotton", 1)))


def test_article_is_given_whole(small_index: Path) -> None:
    server = mcp_server(library(small_index))
    failed, text = called(server, "article", id="rest/sleep")
    assert (failed, json.loads(text)["sections"][0]["text"]) == (False, "A short nap before three does no harm.")
    failed, text = called(server, "article", id="nothing")
    assert (failed, "there is no article of this id" in text) == (True, True)


@pytest.mark.parametrize("words", [{"question": " "}, {"question": "nap", "k": 0}])
def test_wrong_call_is_refused(small_index: Path, words: dict[str, object]) -> None:
    failed, text = called(mcp_server(library(small_index)), "ask", **words)
    assert (failed, "a question is needed" in text) == (True, True)


def test_command_speaks_with_the_official_client(seed_index: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "wellread", "mcp", "--index", str(seed_index)], env=environment
    )

    async def tools() -> list[str]:
        async with Client(command) as client:
            assert "disclaimer" in (client.instructions or "")
            assert 'where "confidence" is below 0.5.' in (client.instructions or "")
            return [tool.name for tool in (await client.list_tools()).tools]

    assert asyncio.run(tools()) == ["ask", "article"]
    failed, text = called(command, "ask", question="is it dangerous?", k=1)
    assert (failed, json.loads(text)["state"]) == (False, "answered")
