"""An article gets another name or is taken out: what is told first, what becomes of the files, and the way back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from conftest import HashEncoder
from served import HEAT, SLEEP, published

from wellread.desk.changes import Change, removing, renaming, writing
from wellread.desk.drafts import Overwriting
from wellread.desk.release import Consent, Desk
from wellread.desk.trying import Ready, ready_of
from wellread.errors import PublishingRefused, WellreadError
from wellread.index.layout import current_generation
from wellread.index.reader import open_served
from wellread.publishing.history import read_history

ENCODER = HashEncoder()
ANNA, ALL_THE_SAME = Consent("anna"), Consent("anna", "it was wrong", may_shrink=True)
TODAY = date(2026, 6, 1)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    index = published(tmp_path)
    return Desk(tmp_path / "kb", index)


def renamed(desk: Desk, to: str, file: str = "heat-rash.md") -> Change:
    return renaming(desk.drafts, desk.drafts.open(file), to)


def removed(desk: Desk, file: str = "heat-rash.md") -> Change:
    return removing(desk.drafts, desk.drafts.open(file))


def tried(desk: Desk, change: Change) -> Ready:
    return ready_of(desk, change, ENCODER, TODAY, may_shrink=True)


def served(desk: Desk) -> dict[str, str]:
    return {article.file: article.id for article in open_served(desk.index).words.articles()}


def files(desk: Desk) -> list[str]:
    return sorted(str(file.relative_to(desk.kb)) for file in desk.kb.rglob("*") if file.is_file())


def link_to_heat(desk: Desk) -> None:
    (desk.kb / "sleep.md").write_text(SLEEP + "\nSee [rashes](heat-rash.md#helps).\n", encoding="utf-8")


def judge_heat(desk: Desk) -> None:
    folder = desk.kb.parent / "judgments" / "own"
    (folder / "qrels").mkdir(parents=True)
    (folder / "queries.jsonl").write_text('{"_id": "1", "text": "wear loose cotton and keep the skin cool"}\n')
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\n1\theat-rash#helps\t2\n")


def test_new_name_is_a_new_address_and_the_text_stays_byte_for_byte(desk: Desk) -> None:
    file = desk.kb / "heat-rash.md"
    file.write_bytes(b"\xef\xbb\xbf" + HEAT.replace("\n", "\r\n").encode())
    ready = tried(desk, renamed(desk, "skin/rashes.md"))
    assert (ready.before, ready.after, ready.others) == ("heat-rash", "skin/rashes", ())
    assert served(desk) == {"heat-rash.md": "heat-rash", "sleep.md": "rest/sleep"}
    before = file.read_bytes()
    desk.release(renamed(desk, "skin/rashes.md"), ENCODER, Consent("anna", may_shrink=True))
    assert files(desk) == ["skin/rashes.md", "sleep.md"]
    assert (desk.kb / "skin" / "rashes.md").read_bytes() == before
    assert served(desk) == {"skin/rashes.md": "skin/rashes", "sleep.md": "rest/sleep"}
    assert desk.drafts.all() == ((), ())
    event = read_history(desk.index)[-1]
    assert (event.articles.added, event.articles.removed, event.by) == (("skin/rashes",), ("heat-rash",), "anna")


def test_address_that_the_text_names_itself_stays(desk: Desk) -> None:
    ready = tried(desk, renamed(desk, "naps.md", "sleep.md"))
    assert (ready.before, ready.after, ready.judged) == ("rest/sleep", "rest/sleep", ())
    desk.release(renamed(desk, "naps.md", "sleep.md"), ENCODER, ANNA)
    assert served(desk) == {"heat-rash.md": "heat-rash", "naps.md": "rest/sleep"}


@pytest.mark.parametrize("to", ["rashes.md", ""])
def test_links_and_judged_questions_that_lose_their_address_are_told_and_the_gate_refuses(desk: Desk, to: str) -> None:
    link_to_heat(desk)
    judge_heat(desk)
    change = renamed(desk, to) if to else removed(desk)
    ready = tried(desk, change)
    assert ready.judged == ("wear loose cotton and keep the skin cool",)
    broken = [(finding.file, finding.code) for finding in ready.findings if finding.code == "broken-link"]
    assert broken == [("sleep.md", "broken-link")]
    assert ready.trial.refused
    assert ready.others == ("rest/sleep",)
    with pytest.raises(PublishingRefused):
        desk.release(change, ENCODER, ANNA)
    assert files(desk) == ["heat-rash.md", "sleep.md"]
    assert desk.drafts.all() == ((), ())
    desk.release(change, ENCODER, ALL_THE_SAME)
    assert "heat-rash" not in served(desk).values()
    assert read_history(desk.index)[-1].accepted == "it was wrong"


def test_link_that_led_nowhere_before_is_not_told_again(desk: Desk) -> None:
    (desk.kb / "sleep.md").write_text(SLEEP + "\nSee [colds](colds.md).\n", encoding="utf-8")
    assert [finding.code for finding in tried(desk, removed(desk)).findings] == []


def test_so_large_a_share_of_the_articles_goes_only_where_that_is_said(desk: Desk) -> None:
    with pytest.raises(PublishingRefused, match="1 of the 2 articles would go"):
        ready_of(desk, removed(desk), ENCODER, TODAY)
    with pytest.raises(PublishingRefused, match="1 of the 2 articles would go"):
        desk.release(removed(desk), ENCODER, ANNA)
    assert (desk.kb / "heat-rash.md").read_text(encoding="utf-8") == HEAT
    assert desk.drafts.all() == ((), ())


def test_article_that_was_taken_out_comes_back_by_its_draft_and_by_a_rollback(desk: Desk) -> None:
    first = current_generation(desk.index)
    desk.release(removed(desk), ENCODER, ALL_THE_SAME)
    assert (files(desk), served(desk)) == (["sleep.md"], {"sleep.md": "rest/sleep"})
    kept = desk.drafts.find("heat-rash.md")
    assert kept is not None
    assert (kept.text, kept.by, kept.based_on) == (HEAT, "anna", "")
    desk.go_back(first, "ben")
    assert served(desk)["heat-rash.md"] == "heat-rash"
    desk.release(writing(kept), ENCODER, ANNA)
    assert (desk.kb / "heat-rash.md").read_text(encoding="utf-8") == HEAT
    assert desk.drafts.all() == ((), ())
    assert current_generation(desk.index) == first


def test_last_article_goes_only_where_that_is_said(desk: Desk) -> None:
    desk.release(removed(desk), ENCODER, ALL_THE_SAME)
    with pytest.raises(WellreadError, match="holds no article"):
        ready_of(desk, removed(desk, "sleep.md"), ENCODER, TODAY)
    desk.release(removed(desk, "sleep.md"), ENCODER, ALL_THE_SAME)
    assert (files(desk), served(desk)) == ([], {})


@pytest.mark.parametrize("change", ["rename", "remove"])
def test_what_somebody_else_wrote_meanwhile_is_neither_moved_nor_deleted(desk: Desk, change: str) -> None:
    opened = desk.drafts.open("heat-rash.md")
    moving = renaming(desk.drafts, opened, "rash.md") if change == "rename" else removing(desk.drafts, opened)
    (desk.kb / "heat-rash.md").write_text(HEAT + "\nDrink water.\n", encoding="utf-8")
    with pytest.raises(Overwriting, match="file was changed"):
        desk.release(moving, ENCODER, ALL_THE_SAME)
    assert files(desk) == ["heat-rash.md", "sleep.md"]


def test_failed_publication_puts_both_files_back(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*given: object, **named: object) -> None:
        assert files(desk) == ["rash.md", "sleep.md"]
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("wellread.desk.release.publish", full)
    with pytest.raises(WellreadError, match="No space left"):
        desk.release(renamed(desk, "rash.md"), ENCODER, ANNA)
    assert files(desk) == ["heat-rash.md", "sleep.md"]
    assert (desk.kb / "heat-rash.md").read_text(encoding="utf-8") == HEAT


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("heat-rash.md", "the name that the article has"),
        ("sleep.md", "an article or a draft of this name already"),
        ("new.md", "an article or a draft of this name already"),
        ("../heat.md", "each part of it must begin with a letter or a digit"),
        ("heat.docx", "it does not end in"),
    ],
)
def test_names_that_cannot_be_given(desk: Desk, to: str, reason: str) -> None:
    desk.drafts.save(desk.drafts.open("new.md"), "# New\n", "ben")
    with pytest.raises(WellreadError, match=reason):
        renamed(desk, to)


def test_article_with_a_draft_is_left_where_it_is_and_one_that_is_not_there_cannot_go(desk: Desk) -> None:
    draft = desk.drafts.save(desk.drafts.open("heat-rash.md"), HEAT + "\nMore.\n", "ben")
    with pytest.raises(WellreadError, match="the article has a draft"):
        renaming(desk.drafts, draft, "rash.md")
    with pytest.raises(WellreadError, match="the article has a draft"):
        removing(desk.drafts, draft)
    with pytest.raises(WellreadError, match="there is no such article"):
        removed(desk, "colds.md")
