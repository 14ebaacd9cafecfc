"""What the API writes on standard error: a line of JSON each, and never a question."""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback

from wellread import metrics
from wellread.errors import WellreadError

_log = logging.getLogger("wellread.api")


def log_as_json() -> None:
    """Write a line of JSON on standard error for each request to the API and each error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    _log.handlers = [handler]
    _log.setLevel(logging.INFO)
    _log.propagate = False


def log_request(**about: object) -> None:
    """Log what came of a request."""
    _log.info("%s", _line(**about))


def log_error(error: Exception) -> None:
    """Count and log an error: of one raised on purpose the words, of any other only its type and place.

    The message of an error that nobody foresaw may hold somebody's question.
    """
    metrics.count_error(error)
    if isinstance(error, WellreadError):
        about: dict[str, object] = error.as_dict()
    else:
        frames = traceback.extract_tb(error.__traceback__)
        about = {"type": type(error).__name__, "where": f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""}
    _log.error("%s", _line(error=about))


def _line(**about: object) -> str:
    return json.dumps({"time": round(time.time(), 3), **about}, ensure_ascii=False)
