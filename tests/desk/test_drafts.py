"""Drafts: nobody overwrites what another wrote, and nothing of them reaches the folder of the articles."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from conftest import lock_folder

from wellread.desk.drafts import Drafts, Overwriting
from wellread.errors import WellreadError

OLD = "# Nosebleeds\n\nLean forward.\n"
NEW = "# Nosebleeds\n\nLean forward, and breathe by the mouth.\n"
OTHER = "# Nosebleeds\n\nSit down and lean forward.\n"


class Clock:
    """A second passes whenever it is asked."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 29, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    kb = tmp_path / "kb"
    kb.mkdir()
    (kb / "nosebleeds.md").write_text(OLD)
    return Drafts(kb, Clock())


def test_article_opens_with_the_text_and_the_hash_of_its_file(drafts: Drafts) -> None:
    opened = drafts.open("nosebleeds.md")
    assert (opened.text, opened.based_on, opened.is_saved) == (OLD, sha256(OLD.encode()).hexdigest(), False)
    assert drafts.open("new.md").based_on == ""


@pytest.mark.parametrize("name", [".", "children"])
def test_drafts_that_may_not_be_read_are_told_and_not_none(
    drafts: Drafts, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    drafts.save(drafts.open("children/fever.md"), NEW, "anna")
    lock_folder(monkeypatch, drafts.folder / name)
    found, (error,) = drafts.all()
    assert (found, error.reason) == ((), "the drafts cannot be read (Permission denied)")


def test_saved_draft_is_found_again_and_the_articles_file_is_untouched(drafts: Drafts) -> None:
    saved = drafts.save(drafts.open("nosebleeds.md"), NEW, "anna")
    assert drafts.open("nosebleeds.md") == saved
    assert (saved.text, saved.by, saved.at) == (NEW, "anna", datetime(2026, 11, 29, 9, 0, 1, tzinfo=UTC))
    assert (drafts.kb / "nosebleeds.md").read_text() == OLD
    assert [path.name for path in drafts.kb.iterdir()] == ["nosebleeds.md"]
    assert drafts.all() == ((saved,), ())


def test_second_editor_sees_the_firsts_draft_and_may_decide_for_either(drafts: Drafts) -> None:
    opened = drafts.open("nosebleeds.md")
    first = drafts.save(opened, NEW, "anna")
    with pytest.raises(Overwriting, match="anna saved another draft") as caught:
        drafts.save(opened, OTHER, "ben")
    assert drafts.open("nosebleeds.md") == first
    assert caught.value.theirs == first
    kept = drafts.save(caught.value.base, OTHER, "ben")
    assert (kept.text, kept.by) == (OTHER, "ben")
    with pytest.raises(Overwriting, match="ben saved another draft"):
        drafts.save(first, NEW, "anna")


def test_file_that_was_changed_below_a_draft_is_seen_before_it_is_overwritten(drafts: Drafts) -> None:
    draft = drafts.save(drafts.open("nosebleeds.md"), NEW, "anna")
    (drafts.kb / "nosebleeds.md").write_text(OTHER)
    with pytest.raises(Overwriting, match="file was changed since") as caught:
        drafts.save(draft, NEW + "\nPinch it.\n", "anna")
    assert caught.value.theirs.text == OTHER
    kept = drafts.save(caught.value.base, NEW, "anna")
    assert kept.based_on == sha256(OTHER.encode()).hexdigest()
    assert drafts.open("nosebleeds.md") == kept


def test_file_that_was_deleted_meanwhile_is_told(drafts: Drafts) -> None:
    opened = drafts.open("nosebleeds.md")
    (drafts.kb / "nosebleeds.md").unlink()
    with pytest.raises(Overwriting, match="was deleted since"):
        drafts.save(opened, NEW, "anna")
    assert drafts.all() == ((), ())


def test_two_new_articles_of_one_name_do_not_replace_one_another(drafts: Drafts) -> None:
    empty = drafts.open("cuts.md")
    drafts.save(empty, "# Cuts\n\nWash it.\n", "anna")
    with pytest.raises(Overwriting):
        drafts.save(empty, "# Cuts\n\nCover it.\n", "ben")


def test_draft_is_dropped_only_by_who_has_seen_it(drafts: Drafts) -> None:
    first = drafts.save(drafts.open("nosebleeds.md"), NEW, "anna")
    second = drafts.save(first, OTHER, "ben")
    with pytest.raises(Overwriting):
        drafts.drop(first)
    drafts.drop(second)
    assert drafts.find("nosebleeds.md") is None


def test_damaged_draft_is_named_and_hides_no_other(drafts: Drafts) -> None:
    saved = drafts.save(drafts.open("nosebleeds.md"), NEW, "anna")
    (drafts.folder / "broken.md.json").write_text('{"file": "../x.md"')
    found, (error,) = drafts.all()
    assert found == (saved,)
    assert error.where == str(drafts.folder / "broken.md.json")
    with pytest.raises(WellreadError, match="is a draft that cannot be read"):
        drafts.open("broken.md")


def test_draft_whose_name_leads_out_is_refused(drafts: Drafts) -> None:
    with pytest.raises(WellreadError, match="cannot be the name"):
        drafts.open("../outside.md")


def test_text_that_is_no_article_for_its_size_is_refused(drafts: Drafts) -> None:
    with pytest.raises(WellreadError, match="larger than 5,000,000 bytes"):
        drafts.save(drafts.open("long.md"), "a" * 5_000_001, "anna")
