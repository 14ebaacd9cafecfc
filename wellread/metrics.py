"""Figures of a running server in Prometheus' text form: counts and times, never a word of a question."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Info,
    disable_created_metrics,
    generate_latest,
)

from wellread.datatypes import Answer

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
"""The media type of Prometheus' text form."""

BUCKETS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)
"""Seconds: an answer takes some 15 ms (benchmarks/api.py), the first one waits for the model; load adds the rest."""

disable_created_metrics()  # type: ignore[no-untyped-call]
_REGISTRY = CollectorRegistry()
_QUESTIONS = Counter("wellread_questions", "Questions answered, by the answer's state.", ["state"], registry=_REGISTRY)
_SECONDS = Histogram("wellread_question_seconds", "Seconds to an answer.", buckets=BUCKETS, registry=_REGISTRY)
_ERRORS = Counter("wellread_errors", "Errors, by their type.", ["type"], registry=_REGISTRY)
_REQUESTS = Counter("wellread_api_requests", "Requests to the API.", ["route", "status"], registry=_REGISTRY)
_GENERATION = Info("wellread_generation", "The generation being served.", registry=_REGISTRY)
_SERVED_SINCE = Gauge(
    "wellread_generation_since_seconds", "When it began to be served, in Unix time.", registry=_REGISTRY
)


class Asking:
    """A question that is being answered; `answered` counts its answer."""

    def answered(self, answer: Answer) -> None:
        """Count an answer by its state."""
        _QUESTIONS.labels(answer.state).inc()


@contextmanager
def asking() -> Iterator[Asking]:
    """Measure how long a question takes, and count the error that ends it."""
    began = time.perf_counter()
    try:
        yield Asking()
    except Exception as error:
        count_error(error)
        raise
    _SECONDS.observe(time.perf_counter() - began)


def count_error(error: BaseException) -> None:
    """Count an error by its type."""
    _ERRORS.labels(type(error).__name__).inc()


def count_request(route: str, status: int) -> None:
    """Count a request by the pattern of its address and the status of the response."""
    _REQUESTS.labels(route, str(status)).inc()


def written(generation: str, since: float) -> bytes:
    """Everything in Prometheus' text form; `since` is the Unix time from which on `generation` has been served."""
    _GENERATION.info({"generation": generation})
    _SERVED_SINCE.set(since)
    return generate_latest(_REGISTRY)
