"""Sign-in by a token: each editor's own, long enough, and slower with each wrong one."""

from __future__ import annotations

import pytest

from wellread.desk.tokens import Attempts, read_tokens
from wellread.errors import WellreadError

ANNA, BEN = "a-token-of-anna-1234567890", "a-token-of-ben-09876543210"
TOKENS = read_tokens(f"anna:{ANNA}, ben:{BEN}")


class Time:
    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


def test_token_names_its_editor_and_no_other_does() -> None:
    assert [
        TOKENS.editor(token) for token in (ANNA, f" {BEN}\n", ANNA[:-1], ANNA + "0", "", "anna", f"anna:{ANNA}")
    ] == [
        "anna",
        "ben",
        "",
        "",
        "",
        "",
        "",
    ]


def test_without_the_setting_nobody_signs_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WELLREAD_DESK_TOKENS", raising=False)
    assert read_tokens().editor("") == ""
    monkeypatch.setenv("WELLREAD_DESK_TOKENS", f"anna:{ANNA}")
    assert read_tokens().editor(ANNA) == "anna"


@pytest.mark.parametrize(
    ("written", "why"),
    [
        (ANNA, "without its editor's name"),
        (f":{ANNA}", "without its editor's name"),
        ("anna:short", "the token of anna is shorter than 20 characters"),
        (f"anna:{ANNA} anna:{BEN}", "anna has two tokens"),
    ],
)
def test_setting_that_is_unsafe_or_unclear_is_refused(written: str, why: str) -> None:
    with pytest.raises(WellreadError, match=why):
        read_tokens(written)


def test_each_wrong_token_costs_twice_the_time_up_to_eight_seconds() -> None:
    time = Time()
    attempts = Attempts(time, time.sleep)
    for _ in range(7):
        assert attempts.sign_in(TOKENS, "wrong", "192.0.2.1") == ""
    # The first is free; then 0.5 doubles with each: 0.5, 1, 2, 4, 8, and no more.
    assert time.slept == [0.5, 1.0, 2.0, 4.0, 8.0, 8.0]
    assert attempts.sign_in(TOKENS, ANNA, "192.0.2.7") == "anna"
    assert len(time.slept) == 6


def test_right_token_ends_the_delay_and_so_does_a_quarter_of_an_hour() -> None:
    time = Time()
    attempts = Attempts(time, time.sleep)
    attempts.sign_in(TOKENS, "wrong", "192.0.2.1")
    assert attempts.sign_in(TOKENS, ANNA, "192.0.2.1") == "anna"
    attempts.sign_in(TOKENS, "wrong", "192.0.2.1")
    time.now += 900
    attempts.sign_in(TOKENS, "wrong", "192.0.2.1")
    assert time.slept == [0.5]
