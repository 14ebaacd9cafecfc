from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from wellread.text.queries import normalize_query

ASKED = "how do I stop a leg cramp"


class TestPlainQuestions:
    @pytest.mark.parametrize(
        "said",
        [
            ASKED,
            f"{ASKED}?",
            f"{ASKED} ??!",
            f"{ASKED}!!!",
            f"{ASKED}...",
            f"{ASKED}…",
            f"  {ASKED}\n",
            f"“{ASKED}”",
            f"«{ASKED}?»",
            f"'{ASKED}'",
            f"**{ASKED}**",
            f"({ASKED})",
            f"{ASKED} 😢😢",
            f"\u200b{ASKED}\ufeff",
            f"Hi, {ASKED}",
            f"Hello doctor. {ASKED}",
            f"hello there - {ASKED}",
            f"Dear Sir or Madam, {ASKED}",
            f"Good morning everyone! {ASKED}",
            f"please {ASKED}",
            f"{ASKED} please",
            f"{ASKED}, pls help me!!",
            f"{ASKED}? Thanks",
            f"{ASKED}. Thank you so much in advance!",
            f"{ASKED}? Many thanks. Kind regards",
            f"hey, please: {ASKED}, thx",
            ASKED.replace(" ", "\u00a0"),
            ASKED.replace(" ", "  \n"),
        ],
    )
    def test_are_the_same_whatever_surrounds_them(self, said: str) -> None:
        assert normalize_query(said) == f"{ASKED}?"

    @pytest.mark.parametrize(
        ("said", "meant"),
        [
            ("don’t know… why!", "don't know. why?"),
            ("It hurts!! What now", "It hurts. What now?"),
            ("5.5 mg or 3?", "5.5 mg or 3?"),
            ("C'est quoi, l'EMG ?", "C'est quoi, l'EMG?"),
            ("hi-fi speakers", "hi-fi speakers?"),
            ("high pressure", "high pressure?"),
            ("doctor or not", "doctor or not?"),
            ("is thanking rude", "is thanking rude?"),
            ("dr. Smith said spasm", "dr. Smith said spasm?"),
            ("help", "help?"),
            ("Straße, ÉCLAIR", "Straße, ÉCLAIR?"),
        ],
    )
    def test_keep_what_is_said(self, said: str, meant: str) -> None:
        assert normalize_query(said) == meant

    @pytest.mark.parametrize(("said", "meant"), [("Hello!", "Hello?"), ("thanks", "thanks?"), ("please...", "please?")])
    def test_may_be_nothing_but_a_greeting(self, said: str, meant: str) -> None:
        assert normalize_query(said) == meant

    @pytest.mark.parametrize("said", ["???", "-", "😢", "\u200b", "", " "])
    def test_stay_where_they_say_nothing(self, said: str) -> None:
        assert normalize_query(said) == said

    @given(some.text(max_size=80))
    def test_are_plain_already_when_they_were_made_so(self, text: str) -> None:
        assert normalize_query(normalize_query(text)) == normalize_query(text)

    @pytest.mark.parametrize("unit", ["-", " ", "please ", "thanks, ", ". ", "! ", "'", "hi ", "a "])
    def test_may_be_very_long(self, unit: str) -> None:
        assert normalize_query(f"x{unit * 50_000}x").endswith("x?")  # at once: quadratic time would be minutes
