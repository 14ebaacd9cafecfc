"""Characters that belong to no text: found in files, and kept from terminals."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellread.text.characters import escaped_json, no_text, shown


@pytest.mark.parametrize("char", ["\0", "\x07", "\x1b", "\x7f", "\x85", "\x9b", "\ud800"])
def test_control_characters_and_lone_surrogates_belong_to_no_text(char: str) -> None:
    found = no_text(f"a{char}b")
    assert found is not None
    assert found[0] == char
    assert shown(f"a{char}b") == "a\ufffdb"


@pytest.mark.parametrize("text", ["", "a\tb\nc", "é ü ß 字 🫀 \u200f\u00ad"])
def test_all_other_characters_do(text: str) -> None:
    assert no_text(text) is None
    assert shown(text) == text


def test_what_would_write_over_a_line_is_kept_from_terminals_too() -> None:
    assert no_text("a\rb\fc") is None
    assert shown("a\rb\fc") == "a\ufffdb\ufffdc"


@given(st.text(st.characters()))
def test_json_stays_the_same_value_and_holds_none_of_them(text: str) -> None:
    written = escaped_json(json.dumps(text, ensure_ascii=False))
    assert json.loads(written) == text
    assert no_text(written) is None
