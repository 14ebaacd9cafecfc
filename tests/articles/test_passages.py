"""Passages: the shipped article's, and what holds for every article however it is cut."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from conftest import HashEncoder
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wellread.articles.library import read_kb
from wellread.articles.passages import FRAME, cut_article, passage_text, sentence_text
from wellread.datatypes import Article, Block, Link, Passage, Section
from wellread.encoders.sentence_transformer import SentenceTransformerEncoder

SEED = [
    "what-are-neurological-spasms",
    "causes",
    "symptoms",
    "diagnosed",
    "treatment",
    "see-a-doctor",
    "tips-for-preventing-the-condition",
    "faq-what-are-neurological-spasms",
    "faq-dangerous",
    "faq-causes",
    "faq-diagnosed",
    "summary",
]
"""The anchors of the shipped article's passages, in reading order."""


def article(*blocks: Block, heading: str = "Care", title: str = "Cramps") -> Article:
    return Article("a", title, (Section((heading,), "care", blocks, 1),), "a.txt", "0" * 64)


def paragraph(text: str, *links: Link) -> Block:
    return Block("paragraph", text, 1, links=links)


def item(text: str, marker: str = "•", level: int = 0) -> Block:
    return Block("item", text, 1, marker, level)


def cut(written: Article, max_tokens: int = HashEncoder.max_tokens) -> tuple[Passage, ...]:
    return cut_article(written, HashEncoder().count_tokens, max_tokens)


def words(blocks: Sequence[Block]) -> list[str]:
    return [word for block in blocks for word in block.text.split()]


def embedded(passages: Sequence[Passage]) -> list[str]:
    """Every text that is embedded for passages, of both grains."""
    sentences = [sentence_text(passage, sentence) for passage in passages for sentence in passage.sentences]
    return [passage_text(passage) for passage in passages] + sentences


class TestTheShippedArticle:
    def test_gives_its_twelve_passages_in_reading_order(
        self, seed_kb: Path, encoder: SentenceTransformerEncoder
    ) -> None:
        (seed,) = read_kb(seed_kb)
        passages = cut_article(seed, encoder.count_tokens, encoder.max_tokens)
        assert [passage.id for passage in passages] == [f"neurological-spasms#{anchor}" for anchor in SEED]
        assert {(passage.part, passage.parts) for passage in passages} == {(1, 1)}
        assert {passage.title for passage in passages} == {"neurological spasms: causes, symptoms, and treatment"}

    def test_a_question_of_the_faq_is_a_passage_under_its_heading(
        self, seed_kb: Path, encoder: SentenceTransformerEncoder
    ) -> None:
        (seed,) = read_kb(seed_kb)
        passages = cut_article(seed, encoder.count_tokens, encoder.max_tokens)
        dangerous = passages[SEED.index("faq-dangerous")]
        assert dangerous.path == ("Frequently Asked Questions", "Are neurological spasms dangerous?")
        assert dangerous.text == "They can be mild or indicate a health issue requiring follow up."
        assert passage_text(dangerous) == (
            "neurological spasms: causes, symptoms, and treatment\n"
            "Frequently Asked Questions\n"
            "Are neurological spasms dangerous?\n"
            "They can be mild or indicate a health issue requiring follow up."
        )
        (sentence,) = dangerous.sentences
        assert sentence_text(dangerous, sentence) == passage_text(dangerous)


class TestAPassage:
    def test_a_section_without_text_of_its_own_gives_none(self) -> None:
        sections = (Section(("Care",), "care", (), 1), Section(("Care", "At home"), "home", (paragraph("Rest."),), 2))
        passages = cut(Article("a", "Cramps", sections, "a.txt", "0" * 64))
        assert [passage.id for passage in passages] == ["a#home"]
        assert passage_text(passages[0]) == "Cramps\nCare\nAt home\nRest."

    def test_its_sentences_are_those_of_paragraphs_and_whole_items_and_rows(self) -> None:
        row = Block("row", "Dose | 5 mg. Daily.", 3, cells=("Dose", "5 mg. Daily."))
        (passage,) = cut(article(paragraph("Rest. Drink."), item("Eat. Sleep."), row))
        quotes = [passage.quote(sentence) for sentence in passage.sentences]
        assert quotes == ["Rest.", "Drink.", "Eat. Sleep.", "Dose | 5 mg. Daily."]
        assert passage.text == "Rest. Drink.\n• Eat. Sleep.\nDose | 5 mg. Daily."

    def test_a_heading_that_is_the_title_is_embedded_once(self) -> None:
        (passage,) = cut(article(paragraph("Rest."), heading="Cramps"))
        assert passage_text(passage) == "Cramps\nRest."

    def test_a_sentence_is_embedded_behind_its_title_and_all_its_headings(self) -> None:
        section = Section(("Care", "At home"), "home", (paragraph("Rest. Drink."),), 1)
        (passage,) = cut(Article("a", "Cramps", (section,), "a.txt", "0" * 64))
        assert [sentence_text(passage, sentence) for sentence in passage.sentences] == [
            "Cramps\nCare\nAt home\nRest.",
            "Cramps\nCare\nAt home\nDrink.",
        ]


class TestALongSection:
    def test_is_cut_at_sentence_borders_into_parts_of_about_one_size(self) -> None:
        # HashEncoder counts words and 2: a sentence has 10 words, 12 tokens. Frame: "Cramps", "Care" and 2, 4 tokens.
        # 64 - 4 leaves room for 5 sentences of 12; 8 sentences need 2 parts, evenly 4 and 4.
        sentences = [f"N{n} two three four five six seven eight nine ten." for n in range(8)]
        first, second = cut(article(paragraph(" ".join(sentences))))
        assert first.text == " ".join(sentences[:4])
        assert second.text == " ".join(sentences[4:])
        assert [(p.id, p.part, p.parts) for p in (first, second)] == [("a#care", 1, 2), ("a#care.2", 2, 2)]
        assert second.quote(second.sentences[0]) == sentences[4]

    def test_keeps_the_markers_of_its_items(self) -> None:
        items = [item(f"N{n} two three four five six seven eight nine ten", f"{n + 1}.", n % 2) for n in range(8)]
        passages = cut(article(*items))
        assert [block for passage in passages for block in passage.blocks] == items

    def test_a_thousand_words_without_a_stop_are_cut_between_words(self) -> None:
        text = " ".join(f"w{n}" for n in range(1000))
        passages = cut(article(paragraph(text)))
        assert len(passages) > 1000 // 64
        assert " ".join(passage.text for passage in passages) == text

    def test_a_long_sentence_is_cut_at_a_clause_where_one_ends_near_its_middle(self) -> None:
        # 70 words; the comma stands behind the 30th.
        text = " ".join([*(f"a{n}" for n in range(29)), "here,", *(f"b{n}" for n in range(40))])
        passages = cut(article(paragraph(text)))
        assert [passage.text.split()[-1] for passage in passages] == ["here,", "b39"]

    def test_a_giant_word_is_cut_and_loses_nothing(self) -> None:
        giant = "x" * 10_000
        passages = cut_article(article(paragraph(giant)), lambda texts: [len(text) for text in texts], 100)
        assert "".join(passage.text for passage in passages) == giant
        assert max(len(text) for text in embedded(passages)) <= 100

    def test_a_very_long_heading_leaves_room_for_the_text(self) -> None:
        heading = " ".join(f"h{n}" for n in range(500))
        text = " ".join(f"w{n}" for n in range(300))
        passages = cut(article(paragraph(text), heading=heading), max_tokens=256)
        assert passages[0].heading == heading
        assert " ".join(passage.text for passage in passages) == text
        assert passage_text(passages[0]).splitlines()[0] == heading[:FRAME]
        assert max(HashEncoder().count_tokens(embedded(passages))) <= 256

    def test_headings_too_long_together_leave_the_innermost(self) -> None:
        section = Section(("Outer " * 20, "Inner " * 28, "Innermost"), "x", (paragraph("Rest."),), 1)
        (passage,) = cut(Article("a", "Title", (section,), "a.txt", "0" * 64), 256)
        lines = passage_text(passage).splitlines()
        # 190 characters: "Innermost" has 9 and "Inner " * 28 has 168, so 13 are left of the outer heading.
        assert lines == ["Outer Outer O", "Inner " * 28, "Innermost", "Rest."]

    def test_a_link_across_a_cut_points_from_both_sides(self) -> None:
        sentences = [f"N{n} two three four five six seven eight nine ten." for n in range(8)]
        text = " ".join(sentences)
        start, end = text.index("ten. N4"), text.index("two three", text.index("N4"))
        first, second = cut(article(paragraph(text, Link(start, end, "u"))))
        assert [first.blocks[0].text[link.start : link.end] for link in first.blocks[0].links] == ["ten."]
        assert [second.blocks[0].text[link.start : link.end] for link in second.blocks[0].links] == ["N4 "]


WORD = st.sampled_from(
    "cramp leg, night; rest: (again) e.g. 2.5 Dr. water. sleep! why? Stop. mg. 1. 次の文。 “So.”".split()
)
TEXT = st.lists(WORD, min_size=1, max_size=90).map(" ".join)


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    text = draw(TEXT)
    if draw(st.booleans()):
        return item(text, draw(st.sampled_from(["•", "1.", "10."])), draw(st.integers(0, 2)))
    ends = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True)))
    links = [Link(start, end, f"u{start}") for start, end in zip(ends[::2], ends[1::2], strict=False)]
    return paragraph(text, *links)


SECTIONS = st.lists(blocks(), min_size=1, max_size=6)
HEADING = st.lists(WORD, min_size=1, max_size=6).map(" ".join)


def linked(blocks: Sequence[Block]) -> list[tuple[str, str]]:
    """Every character that is linked, but space, with where it points."""
    return [
        (char, link.url)
        for block in blocks
        for link in block.links
        for char in block.text[link.start : link.end]
        if not char.isspace()
    ]


@settings(deadline=None)
@given(SECTIONS, HEADING)
def test_cutting_loses_nothing_and_fits_every_text(blocks: list[Block], heading: str) -> None:
    passages = cut(article(*blocks, heading=heading))
    cut_blocks = [block for passage in passages for block in passage.blocks]
    assert words(cut_blocks) == words(blocks)
    assert linked(cut_blocks) == linked(blocks)
    assert all(0 <= link.start < link.end <= len(block.text) for block in cut_blocks for link in block.links)
    assert max(HashEncoder().count_tokens(embedded(passages))) <= HashEncoder.max_tokens
    assert [(passage.part, passage.parts) for passage in passages] == [
        (part, len(passages)) for part in range(1, len(passages) + 1)
    ]
    assert len({passage.id for passage in passages}) == len(passages)


@settings(deadline=None)
@given(SECTIONS)
def test_sentences_cover_every_word_of_their_passage_once_and_in_order(blocks: list[Block]) -> None:
    for passage in cut(article(*blocks)):
        quotes = [word for sentence in passage.sentences for word in passage.quote(sentence).split()]
        assert "".join(quotes) == "".join(words(passage.blocks))
        assert list(passage.sentences) == sorted(passage.sentences, key=lambda s: (s.block, s.start))


ANY = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=800)


@settings(deadline=None, max_examples=40)
@given(st.lists(TEXT | ANY, min_size=1, max_size=4), st.integers(0, 3))
@example(["".join(f"x{n}" for n in range(400))], 0)
@example(["한국어 " * 300], 0)
@example(["12.3.4.5" * 200], 2)
@example(["rest"] * 200, 3)
def test_nothing_is_over_the_limit_of_the_default_model(texts: list[str], marked: int) -> None:
    encoder = SentenceTransformerEncoder()
    marker = ("", "•", "10.", "1.2.3.4.")[marked]
    written = [" ".join(text.split()) for text in texts if text.strip()]
    if not written:
        return
    section = [item(text, marker) if marker else paragraph(text) for text in written]
    passages = cut_article(article(*section), encoder.count_tokens, encoder.max_tokens)
    assert max(encoder.count_tokens(embedded(passages))) <= 256
    assert "".join(words([b for p in passages for b in p.blocks])) == "".join(words(section))


def test_a_sentence_that_fills_its_passage_is_embedded_as_the_passage_is() -> None:
    # "Care", 253 words and the two special tokens are 256.
    encoder = SentenceTransformerEncoder()
    (passage,) = cut_article(article(paragraph("w " * 252 + "w"), title="Care"), encoder.count_tokens, 256)
    (text, again) = embedded([passage])
    assert text == again
    assert encoder.count_tokens([text]) == [256]


def test_a_heading_of_one_token_a_character_still_fits_the_default_model() -> None:
    encoder = SentenceTransformerEncoder()
    for heading in ("神経痙攣" * 100, "1.2" * 100, "!?" * 200):
        passages = cut_article(article(paragraph("w " * 899 + "w"), heading=heading), encoder.count_tokens, 256)
        assert max(encoder.count_tokens(embedded(passages))) <= 256
