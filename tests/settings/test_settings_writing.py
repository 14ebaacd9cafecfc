"""Settings as text: what differs from the usual values, and what readers meet."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from settings_files import written

from wellread.settings import (
    DEFAULT_WORDS,
    SafetySettings,
    Settings,
    own_values,
    parse_settings,
    read_settings,
    readers_settings,
)


def test_own_values_are_those_that_differ_from_the_usual_ones(tmp_path: Path) -> None:
    text = 'keep = 5\ntolerance = 0.05\n[safety]\ncrisis_line = "a crisis line"\nwords.fit = "Call."\n'
    assert own_values(read_settings(written(tmp_path, text))) == {"tolerance": 0.05, "safety.words.fit": "Call."}


WRITABLE = st.text(st.characters(exclude_characters="{}", exclude_categories=["Cs", "Cc"]), min_size=1).map(str.strip)


@given(number=WRITABLE.filter(bool), words=WRITABLE.filter(bool))
def test_what_readers_meet_is_read_back_as_it_was(number: str, words: str) -> None:
    own = {**DEFAULT_WORDS, "baby": words}
    settings = Settings(keep=9, safety=SafetySettings(number, words=own))
    read = parse_settings(readers_settings(settings), Path("wellread.toml"))
    assert (read.safety.emergency_number, read.safety.words, read.keep) == (number, own, 5)


def test_desk_is_no_part_of_what_readers_meet(tmp_path: Path) -> None:
    assert readers_settings(read_settings(written(tmp_path, "[desk]\non = true\n"))) == ""
