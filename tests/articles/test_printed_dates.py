"""Dates that an article prints at its head or its end, in lines that say nothing else and in others."""

from __future__ import annotations

from datetime import date

import pytest

from wellread.articles.markdown import parse_markdown
from wellread.articles.outline import Draft
from wellread.articles.plaintext import parse_plaintext
from wellread.datatypes import Block


def _markdown(foot: str) -> Draft:
    return parse_markdown(f"---\nlanguage: en-gb\n---\n# A fixture\n\n## Care\n\nRest.\n\n{foot}\n", "a.md")


def _dates(draft: Draft) -> tuple[date | None, date | None]:
    return draft.details.last_reviewed, draft.details.next_review


def _shows(draft: Draft, words: str) -> bool:
    return any(isinstance(part, Block) and words in part.text for part in draft.parts)


@pytest.mark.parametrize(
    "foot",
    [
        "Page owner: ward 3. Last reviewed: 2025-12-01. Next review: 2027-12-01.",
        "<small>Page owner: ward 3. Last reviewed: 2025-12-01. Next review: 2027-12-01.</small>",
        "Call 112. Last reviewed: 2025-12-01. Next review: 2027-12-01.",
        "Questions: 0555 010 260. Last reviewed: 2025-12-01. Next review: 2027-12-01.",
    ],
)
def test_review_beside_other_words_is_read_and_its_line_stays(foot: str) -> None:
    markdown, plain = (
        _markdown(foot),
        parse_plaintext(f"A fixture\n\nRest in bed.\n\n{foot.strip('<smal/>')}\n", "a.txt"),
    )
    for draft in (markdown, plain):
        assert _dates(draft) == (date(2025, 12, 1), date(2027, 12, 1))
        assert _shows(draft, "Next review: 2027-12-01")


def test_review_is_read_before_a_date_of_unknown_words() -> None:
    foot = "Leaflet AB/1 version 3   Reviewed: September 2025   Seen by staff: 3 May 2025"
    draft = parse_plaintext(f"A fixture\n\nRest in bed.\n\n{foot}\n", "a.txt")
    assert _dates(draft) == (date(2025, 9, 1), None)
    assert _shows(draft, "Leaflet AB/1 version 3 Reviewed: September 2025")


def test_review_below_the_foot_of_a_leaflet_is_read() -> None:
    foot = "Eastvale Hospital Trust          Ref AB-022\nReviewed: 11.06.2025    Review again: 11.06.2028"
    draft = parse_plaintext(f"A fixture\n\nCare\n\nRest in bed.\n\n{foot}\n", "a.txt")
    assert _dates(draft) == (date(2025, 6, 11), date(2028, 6, 11))
    assert not _shows(draft, "Reviewed")
    assert _shows(draft, "Eastvale Hospital Trust Ref AB-022")  # and no heading


def test_review_directly_below_another_line_of_the_foot_is_read() -> None:
    draft = parse_plaintext(
        "A fixture\n\nRest in bed.\n\nPhone: 0555 010 332, 8 to 14\nReviewed: 3 May 2025\n", "a.txt"
    )
    assert _dates(draft) == (date(2025, 5, 3), None)
    assert _shows(draft, "Phone: 0555 010 332, 8 to 14")
    draft = parse_plaintext(
        "A fixture\n\nRest in bed.\n\nIt was made by those who, when it was\nreviewed: 3 May 2025\n", "a.txt"
    )
    assert _dates(draft) == (None, None)


@pytest.mark.parametrize(
    "foot",
    [
        "Reviewed: May 2025 | Look again: May 2027",
        "Look again: May 2027\nReviewed: May 2025",
        "Geprüft: 05.2025\n\nWieder ansehen: 05.2027",
        "Última revisión: mayo de 2025\n\nOtra vez: mayo de 2027",
    ],
)
def test_date_whole_years_after_the_review_is_the_next_one_with_a_note(foot: str) -> None:
    for draft in (_markdown(foot), parse_plaintext(f"A fixture\n\nRest in bed.\n\n{foot}\n", "a.txt")):
        assert _dates(draft) == (date(2025, 5, 1), date(2027, 5, 31))
        assert _shows(draft, "2027")  # it may be another date: "Vaccine expires: May 2027"
        assert any("whole years after the last" in note.message for note in draft.notes)


@pytest.mark.parametrize(
    "foot",
    [
        "The vaccine was last reviewed by the board in May 2025 for all babies.",
        "From 1 October 2027 you can book by telephone.",
        "The trial began in May 2023. It ended in May 2026.",
        "Clinic closed: 24 December 2026",
    ],
)
def test_sentence_with_a_date_at_the_end_gives_no_date(foot: str) -> None:
    for draft in (_markdown(foot), parse_plaintext(f"A fixture\n\nRest in bed.\n\n{foot}\n", "a.txt")):
        assert _dates(draft) == (None, None)
        assert _shows(draft, foot)
        assert draft.notes == ()


def test_date_of_a_copyright_is_no_next_review() -> None:
    draft = _markdown("Reviewed: May 2025\n\nCopyright: May 2026")
    assert _dates(draft) == (date(2025, 5, 1), None)


def test_review_in_the_text_counts_before_an_update_in_the_front_matter() -> None:
    text = "---\ntitle: A fixture\nlast_update: 2026-02-01\n---\n\nRest in bed.\n\n{}\n"
    draft = parse_markdown(text.format("Reviewed on 12 January 2026. Next review: January 2028."), "a.md")
    assert _dates(draft) == (date(2026, 1, 12), date(2028, 1, 31))
    assert not [note for note in draft.notes if "last_update" in note.message]
    draft = parse_markdown(text.format("Next review: January 2028."), "a.md")
    assert _dates(draft) == (date(2026, 2, 1), date(2028, 1, 31))
    assert [note.line for note in draft.notes if "last_update" in note.message] == [3]
    draft = parse_markdown(text.format("Updated: May 2025."), "a.md")
    assert _dates(draft) == (date(2026, 2, 1), None)


def test_next_review_in_the_text_is_read_beside_the_last_one_of_the_front_matter() -> None:
    text = "---\ntitle: A fixture\nlast_reviewed: 2025-10-02\n---\n\nRest in bed.\n\nReviewed: {}. Next review: {}.\n"
    draft = parse_markdown(text.format("2 October 2025", "2 October 2028"), "a.md")
    assert _dates(draft) == (date(2025, 10, 2), date(2028, 10, 2))
    draft = parse_markdown(text.format("3 May 2024", "3 May 2027"), "a.md")
    assert _dates(draft) == (date(2025, 10, 2), None)
    assert _shows(draft, "3 May 2024")
