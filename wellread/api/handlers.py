"""What the addresses of the API answer."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from importlib.metadata import version
from typing import Any

import anyio
from starlette.requests import Request
from starlette.responses import Response

from wellread import metrics
from wellread.api import objects
from wellread.api.fragments import answer_fragment
from wellread.api.library import Served
from wellread.api.problems import Problem, bad_request, not_found
from wellread.api.protection import client_of
from wellread.api.suggestions import MOST
from wellread.datatypes import Answer
from wellread.page import words
from wellread.text.queries import LONGEST_QUESTION

PASSAGES = 5
"""Passages an answer has unless `k` says otherwise."""

LISTED, MOST_LISTED = 100, 1000
"""Articles in one list unless `limit` says otherwise, and at most."""

CARD_PASSAGES = 8
"""Passages of an answer that is asked for as HTML: as many as the page asks for."""

AT_ONCE = min(4, os.cpu_count() or 1)
"""Questions answered at the same time: an answer is work for the processor, and each thread more takes memory."""

WAITING = 500
"""Questions that may wait for their turn: about 7 s at 15 ms each."""

_VERSION = version("wellread")
_gate = anyio.CapacityLimiter(AT_ONCE)


async def ask(request: Request) -> Response:
    """Answer a question with what `wellread ask --json` prints, or as the HTML of the page where that is accepted."""
    served = _served(request)
    as_html = _wants_html(request)
    question, k = await _asked(request)
    if not as_html and (unchanged := _unchanged(request, served)):
        return unchanged
    answer = await _in_turn(_answer, served, question, CARD_PASSAGES if as_html else k)
    served.note(answer, client_of(request.scope))
    headers = {"cache-control": "no-store", "vary": "Accept, Accept-Language"}  # a question is nobody else's to know
    if as_html:
        wanted = words.accepted(request.headers.get("accept-language", ""))
        language = words.chosen(words.BROWSER, [*wanted, served.settings.page.language])
        headers["content-language"] = language
        with words.speaking(language):
            return Response(answer_fragment(answer, served), headers=headers, media_type="text/html")
    return _json(request, objects.answer_json(answer), headers)


async def helped(request: Request) -> Response:
    """Count whether an answer helped, where the library asks that; where it counts nothing, nothing is kept."""
    served = _served(request)
    sent = await _sent(request, "question", "helped")
    question, said = _question(sent.get("question"), "question"), sent.get("helped")
    if not isinstance(said, bool):
        raise bad_request("helped is neither true nor false.")
    if not served.settings.page.feedback:
        raise not_found("This library does not ask whether its answers help.")
    if served.settings.insights.on:  # the question is answered anew: nothing of it was kept
        answer = await _in_turn(served.ask, question, CARD_PASSAGES)
        served.note(answer, client_of(request.scope), said)
    return Response(status_code=HTTPStatus.NO_CONTENT, headers={"cache-control": "no-store"})


def articles(request: Request) -> Response:
    """List the articles by id, some at a time."""
    served = _served(request)
    _only(request, "after", "limit")
    limit = _number(request.query_params, "limit", LISTED, MOST_LISTED)
    after = request.query_params.get("after", "")
    rest = [article for article in served.searcher.articles if article.id > after]
    body = {
        "generation": served.generation,
        "articles": [objects.listed_article_json(article) for article in rest[:limit]],
        "next": rest[limit - 1].id if len(rest) > limit else None,
    }
    return _unchanged(request, served) or _json(request, body)


def article(request: Request) -> Response:
    """Give an article whole."""
    served = _served(request)
    _only(request)
    found = served.article(request.path_params["id"])
    if found is None:
        raise not_found("There is no article of this id.")
    return _unchanged(request, served) or _json(request, objects.article_json(found, served.generation))


def passage(request: Request) -> Response:
    """Give a passage."""
    served = _served(request)
    _only(request)
    found = served.passage(request.path_params["id"])
    if found is None:
        raise not_found("There is no passage of this id.")
    body = objects.passage_json(found, served.by_id[found.article], served.generation)
    return _unchanged(request, served) or _json(request, body)


def suggest(request: Request) -> Response:
    """List titles and headings of which a word begins with what was typed."""
    served = _served(request)
    _only(request, "q", "limit")
    limit = _number(request.query_params, "limit", 8, MOST)
    typed = _question(request.query_params.get("q"), "q")
    found = served.suggestions.beginning(typed, limit)
    suggestions = [{"text": one.text, "article": one.article, "anchor": one.anchor} for one in found]
    return _unchanged(request, served) or _json(request, {"suggestions": suggestions}, {"cache-control": "no-store"})


def health(request: Request) -> Response:
    """Say which generation is served, by which model, and since when."""
    served = _served(request)
    _only(request)
    body = {
        "status": "ok",
        "version": _VERSION,
        "generation": served.generation,
        "model": served.searcher.reader.model,
        "articles": len(served.by_id),
        "passages": served.searcher.reader.passage_count,
        "served_since": datetime.fromtimestamp(served.since, UTC).isoformat(timespec="seconds"),
        "age_seconds": max(0, int(time.time() - served.since)),
    }
    return Response(json.dumps(body), headers={"cache-control": "no-store"}, media_type="application/json")


def figures(request: Request) -> Response:
    """Give the figures of this process in Prometheus' text form."""
    served = _served(request)
    _only(request)
    headers = {"content-type": metrics.CONTENT_TYPE, "cache-control": "no-store"}
    return Response(metrics.written(served.generation, served.since), headers=headers)


def _served(request: Request) -> Served:
    served: Served | Problem = request.state.served
    if isinstance(served, Problem):
        raise served
    return served


async def _in_turn(ask: Callable[..., Answer], *given: object) -> Answer:
    """Answer a question in a thread, when its turn comes."""
    if _gate.statistics().tasks_waiting >= WAITING:
        raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, "Too many questions wait for an answer.", {"retry-after": "5"})
    return await anyio.to_thread.run_sync(ask, *given, limiter=_gate)


def _answer(served: Served, question: str, k: int) -> Answer:
    with metrics.asking() as asked:
        answer = served.ask(question, k)
        asked.answered(answer)
    return answer


async def _asked(request: Request) -> tuple[str, int]:
    """The question and k: of the address, or of a JSON object that was posted."""
    if request.method != "POST":
        _only(request, "q", "k")
        k = _number(request.query_params, "k", PASSAGES, objects.MOST_PASSAGES)
        return _question(request.query_params.get("q"), "q"), k
    sent = await _sent(request, "question", "k")
    k = sent.get("k", PASSAGES)
    if type(k) not in (int, float) or k not in range(1, objects.MOST_PASSAGES + 1):  # 2.0 is a whole number to JSON
        raise bad_request(f"k is not a whole number from 1 to {objects.MOST_PASSAGES}.")
    return _question(sent.get("question"), "question"), int(k)


async def _sent(request: Request, *keys: str) -> dict[str, Any]:
    """The JSON object that was posted, which has no other keys."""
    _only(request)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Post a JSON object with the type application/json.")
    try:
        sent = json.loads(await request.body())
    except (ValueError, RecursionError):
        raise bad_request("The body is not JSON in UTF-8.") from None
    if not isinstance(sent, dict) or sent.keys() - {*keys}:
        raise bad_request(f"The body is not an object of {' and '.join(keys)}.")
    return sent


def _question(given: object, name: str) -> str:
    if not isinstance(given, str) or not given.strip():
        raise bad_request(f"{name} is empty or missing.")
    if len(given) > LONGEST_QUESTION:
        raise bad_request(f"{name} has more than {LONGEST_QUESTION:,} characters.")
    return given.strip().encode(errors="replace").decode()  # JSON can hold halves of characters


def _number(params: Mapping[str, str], name: str, usual: int, most: int) -> int:
    given = params.get(name, str(usual))
    if not (given.isascii() and given.isdecimal() and len(given) < 6 and 1 <= int(given) <= most):
        raise bad_request(f"{name} is not a whole number from 1 to {most}.")
    return int(given)


def _only(request: Request, *known: str) -> None:
    """Refuse a parameter that is misspelt, and one that is given twice."""
    names = [name for name, _ in request.query_params.multi_items()]
    wrong = next((name for name in names if name not in known or names.count(name) > 1), None)
    if wrong is not None:
        raise bad_request(
            f"There is no parameter {wrong!r} here." if wrong not in known else f"{wrong} is given twice."
        )


def _wants_html(request: Request) -> bool:
    accepted = request.headers.get("accept", "")
    return "text/html" in accepted and "application/json" not in accepted


def _etag(served_generation: str) -> str:
    """An address answers the same as long as the same generation is served by the same code."""
    return f'"{served_generation}-{_VERSION}"'


def _unchanged(request: Request, served: Served) -> Response | None:
    etag = _etag(served.generation)
    known = [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]
    if request.method in ("GET", "HEAD") and (etag in known or known == ["*"]):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers={"etag": etag})
    return None


def _json(request: Request, body: object, headers: Mapping[str, str] | None = None) -> Response:
    about = {"cache-control": "no-cache", **(headers or {})}
    if request.method != "POST":
        about["etag"] = _etag(_served(request).generation)
    return Response(json.dumps(body, ensure_ascii=False), headers=about, media_type="application/json")
