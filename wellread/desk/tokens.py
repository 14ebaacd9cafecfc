"""Sign-in by a token: each editor has one, in the environment or among Streamlit's secrets; guessing is slowed down."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock

from wellread.errors import WellreadError

TOKENS = "WELLREAD_DESK_TOKENS"
"""The setting's name in the environment: words such as anna:TOKEN, parted by spaces or commas."""

SHORTEST = 20
"""Characters of a token at least: of letters and digits drawn by chance, nobody guesses them in a lifetime."""

FORGOTTEN = 900.0
"""Seconds after which failures count no more."""

FIRST, MOST = 0.5, 8.0
"""Seconds that the first failure costs, and that any costs at most: who mistypes waits, and nobody is shut out."""

CLIENTS = 10_000
"""Addresses whose failures are remembered, those seen last."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The editors' tokens, kept as their hashes, by the editors' names."""

    digests: Mapping[str, bytes]

    def editor(self, token: str) -> str:
        """The name of the editor whose token this is, or "". It takes as long whichever it is, and if it is none."""
        digest = _digest(token.strip())
        names = [name for name, other in self.digests.items() if hmac.compare_digest(digest, other)]
        return names[0] if names else ""


def read_tokens(written: str | None = None) -> Tokens:
    """The tokens of the environment, or as `written`; raises WellreadError where one is too short or names nobody."""
    words = re.split(r"[\s,]+", (os.environ.get(TOKENS, "") if written is None else written).strip())
    digests: dict[str, bytes] = {}
    for word in filter(None, words):
        name, colon, token = word.partition(":")
        if not name or not colon:
            raise WellreadError("a token without its editor's name", "write each as in anna:TOKEN", TOKENS)
        if len(token) < SHORTEST:
            raise WellreadError(
                f"the token of {name} is shorter than {SHORTEST} characters",
                'make one: python -c "import secrets; print(secrets.token_urlsafe())"',
                TOKENS,
            )
        if name in digests:
            raise WellreadError(f"{name} has two tokens", "write one for each editor", TOKENS)
        digests[name] = _digest(token)
    return Tokens(digests)


class Attempts:
    """What wrong tokens cost: each from one address takes twice as long as the one before, up to a limit."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._clock, self._sleep = clock, sleep
        self._failures: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._lock = Lock()

    def sign_in(self, tokens: Tokens, token: str, address: str) -> str:
        """The name of the editor whose token this is, or "", after the time that failures before it cost."""
        with self._lock:
            count, at = self._failures.get(address, (0, 0.0))
            count = count if self._clock() - at < FORGOTTEN else 0
            # Counted before it is tried: many at once cost as much as one after the other.
            self._failures[address] = (count + 1, self._clock())
            self._failures.move_to_end(address)
            if len(self._failures) > CLIENTS:
                self._failures.popitem(last=False)
        if count:
            self._sleep(min(FIRST * 2 ** (count - 1), MOST))
        editor = tokens.editor(token)
        if editor:
            with self._lock:
                self._failures.pop(address, None)
        return editor


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
