"""A server of the Model Context Protocol: language models quote the articles in place of answering by themselves."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError

from wellread.api.library import Library
from wellread.api.objects import MOST_PASSAGES, answer_json, article_json
from wellread.datatypes import ABOUT
from wellread.text.queries import LONGEST_QUESTION

INSTRUCTIONS = f"""\
Quote the passages word for word, each with its article. Show the disclaimer with every answer, and before all else \
the text of "safety" and the passage of "urgent" where there are any. Below a "safety" of the kind \
"self_harm", show no passages where "confidence" is below {ABOUT}. Where the state is "not_covered", say that the \
articles do not answer the question, and add nothing of your own."""


def mcp_server(library: Library) -> MCPServer[Any]:
    """A server with the tools `ask` and `article`, over the generation that is being served when they are called."""
    server: MCPServer[Any] = MCPServer("wellread", instructions=INSTRUCTIONS, version=version("wellread"))

    @server.tool(structured_output=False)
    def ask(question: str, k: int = 5) -> dict[str, object]:
        """Find the passages of the health articles that answer a question, at most k of them, best first."""
        if not question.strip() or not 1 <= k <= MOST_PASSAGES:
            raise ToolError(f"a question is needed, and k from 1 to {MOST_PASSAGES}")
        return answer_json(library.served().ask(question.strip()[:LONGEST_QUESTION], k))

    @server.tool(structured_output=False)
    def article(id: str) -> dict[str, object]:  # noqa: A002 - as the answers of `ask` call it
        """Give a whole article by its id, the `article` of a passage."""
        served = library.served()
        found = served.article(id)
        if found is None:
            raise ToolError("there is no article of this id")
        return article_json(found, served.generation)

    return server


def serve_mcp(index: Path) -> None:
    """Answer a client on standard input and output until it closes them."""
    mcp_server(Library(index)).run("stdio")
