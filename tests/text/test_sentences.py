"""Sentences: where a stop ends one and where it does not."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wellread.text.sentences import split_sentences


def quoted(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    "written",
    [
        "Dr. Smith and Prof. Jones see Mrs. Brown.",
        "See e.g. the leaflet, i.e. the sheet in the box.",
        "It was compared with a placebo, vs. Placebo, for 6 wks. in all.",
        "A fever of 38.5 °C or 101.3 °F is common.",
        "Take 2.5 mg twice, or 1.25 mg four times.",
        "J. R. Smith and George W. Bush had it.",
        "See Fig. 2 and No. 5, or the issue of Jan. 5.",
        "1. Rest your leg.",
        "iv. Rest your leg.",
        "Call at 5 p.m. on Monday.",
        "Take 5 ml. of it, e.g. with water etc. and rest.",
        "Well... maybe it helps, and then … it passes.",
        'He asked "why?" and left.',
        "Open www.nhs.uk/flu.html for more",
        "no stop at all",
    ],
)
def test_these_stay_one_sentence(written: str) -> None:
    assert quoted(written) == [written]


@pytest.mark.parametrize(
    ("written", "sentences"),
    [
        ("It hurts. It passes.", ["It hurts.", "It passes."]),
        ("Take 20 mg. Drink water.", ["Take 20 mg.", "Drink water."]),
        ("Call at 5 p.m. Then wait.", ["Call at 5 p.m.", "Then wait."]),
        ("The answer is no. Go home.", ["The answer is no.", "Go home."]),
        ("Foods have vitamin D. It helps.", ["Foods have vitamin D.", "It helps."]),
        ("1. Rest. 2. Drink.", ["1. Rest.", "2. Drink."]),
        ("Really?! Yes! No? Fine.", ["Really?!", "Yes!", "No?", "Fine."]),
        ("Is it flu? it may be.", ["Is it flu?", "it may be."]),
        ("It waits... Then it comes.", ["It waits...", "Then it comes."]),
        ("It waits… Then it comes.", ["It waits…", "Then it comes."]),
        ("He said “Stop.” Then he left.", ["He said “Stop.”", "Then he left."]),
        ('"It hurts." "Where?"', ['"It hurts."', '"Where?"']),
        ("(See below.) [Or above.] Then rest.", ["(See below.)", "[Or above.]", "Then rest."]),
        ("Wait. “Now” is better. ¿Duele? Sí.", ["Wait.", "“Now” is better.", "¿Duele?", "Sí."]),
        ("It is 37.0. 38 is a fever.", ["It is 37.0.", "38 is a fever."]),
        (
            "これは文です。次の文！「引用（一。）」終わり？",
            ["これは文です。", "次の文！", "「引用（一。）」", "終わり？"],
        ),
        ("  It hurts.   It passes.  ", ["It hurts.", "It passes."]),
        ("It hurts. And so", ["It hurts.", "And so"]),
    ],
)
def test_these_are_divided(written: str, sentences: list[str]) -> None:
    assert quoted(written) == sentences


@pytest.mark.parametrize("written", ["", "   ", "\u3000"])
def test_white_space_holds_no_sentence(written: str) -> None:
    assert split_sentences(written) == []


WORDS = st.sampled_from(
    "It hurts. Dr. e.g. 2.5 mg. J. No. 5 p.m. (why?) “Stop.” ... … ?! 1. iv. 'x' . ! ) • 次の文。 「引用。」".split()
)
WRITTEN = st.text(max_size=60) | st.lists(WORDS, max_size=20).map(" ".join) | st.lists(WORDS, max_size=20).map("".join)


@given(WRITTEN)
@example("。」』x")
@example(". . .")
def test_every_character_but_space_belongs_to_one_sentence(written: str) -> None:
    spans = split_sentences(written)
    ends = [0, *(end for _, end in spans)]
    between = [written[end:start] for end, (start, _) in zip(ends, spans, strict=False)]
    assert all(start < end for start, end in spans)
    assert all(end <= start for end, (start, _) in zip(ends, spans, strict=False))
    assert "".join([*between, written[ends[-1] :]]).strip() == ""
    assert all(quote == quote.strip() for quote in quoted(written))


@pytest.mark.parametrize("unit", ["a b. ", "Ab c. ", "J. ", "e.g. ", "? ", ". ", "“x.” "])
def test_time_grows_with_the_text_and_not_with_its_square(unit: str) -> None:
    # 100,000 stops: a second look at the whole text for each would take minutes.
    text = unit * 100_000
    started = time.process_time()
    spans = split_sentences(text)
    assert time.process_time() - started < 5
    assert spans[0][0] == 0
    assert spans[-1][1] == len(text) - 1


@pytest.mark.parametrize(
    ("written", "sentences"),
    [
        ("बुखार आता है। सिर दुखता है।पानी पिएँ।", ["बुखार आता है।", "सिर दुखता है।", "पानी पिएँ।"]),
        ("بخار آتا ہے۔ خوراک ۲۔۵ ملی لیٹر ہے۔", ["بخار آتا ہے۔", "خوراک ۲۔۵ ملی لیٹر ہے۔"]),
        ("هل هو خطير؟ نادرا. اتصل بالطبيب!", ["هل هو خطير؟", "نادرا.", "اتصل بالطبيب!"]),
        ("জ্বর হয়। পানি খান।", ["জ্বর হয়।", "পানি খান।"]),
        ("会发烧吗？会的！“多喝水。”好。", ["会发烧吗？", "会的！", "“多喝水。”", "好。"]),
    ],
)
def test_stops_of_other_scripts_end_sentences(written: str, sentences: list[str]) -> None:
    assert quoted(written) == sentences
