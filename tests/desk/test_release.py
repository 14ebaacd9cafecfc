"""From a draft to readers: tried beside what is live, published or taken back whole, and gone back from."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from conftest import HashEncoder
from served import HEAT, published

from wellread.desk.changes import writing
from wellread.desk.drafts import Draft, Overwriting
from wellread.desk.overview import overview
from wellread.desk.release import Consent, Desk
from wellread.errors import ArticleError, DraftFound, IndexBusy, PublishingRefused, WellreadError
from wellread.index.layout import current_generation
from wellread.index.reader import Reader, open_served
from wellread.publishing.history import read_history
from wellread.publishing.lock import only_writer
from wellread.publishing.serving import standing_generations

EDITED = HEAT.replace("Wear loose cotton. Keep the skin cool.", "Rest in the shade.")
ENCODER = HashEncoder()
ANNA = Consent("anna")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    index = published(tmp_path)
    return Desk(tmp_path / "kb", index)


def edited(desk: Desk, text: str = EDITED, file: str = "heat-rash.md") -> Draft:
    return desk.drafts.save(desk.drafts.open(file), text, "anna")


def texts(reader: Reader) -> str:
    return "\n".join(reader.passage(row).text for row in range(reader.manifest.counts["passages"]))


def test_trial_shows_the_change_and_readers_notice_nothing(desk: Desk) -> None:
    before, generations = current_generation(desk.index), standing_generations(desk.index)
    trial = desk.try_change(writing(edited(desk)), ENCODER)
    assert [(diff.id, diff.change) for diff in trial.passages] == [("heat-rash#helps", "changed")]
    assert "+ Rest in the shade." in trial.passages[0].lines
    assert trial.report.articles.changed == ("heat-rash",)
    assert "Rest in the shade." in texts(trial.candidate)
    assert (current_generation(desk.index), standing_generations(desk.index)) == (before, generations)
    assert "Rest in the shade." not in texts(open_served(desk.index))
    assert (desk.kb / "heat-rash.md").read_text() == HEAT


def test_trial_keeps_two_generations_on_the_disk(desk: Desk) -> None:
    for number in range(4):
        desk.try_change(writing(edited(desk, f"{EDITED}\nMore {number}.\n")), ENCODER)
    assert len(standing_generations(desk.trials)) == 2
    assert len(list((desk.trials / "segments").iterdir())) == 2


def test_published_draft_is_served_named_by_its_editor_and_gone_from_the_drafts(desk: Desk) -> None:
    draft = edited(desk)
    report = desk.release(writing(draft), ENCODER, ANNA)
    assert report.articles.changed == ("heat-rash",)
    assert (desk.kb / "heat-rash.md").read_text() == EDITED
    assert "Rest in the shade." in texts(open_served(desk.index))
    assert desk.drafts.all() == ((), ())
    assert [(event.action, event.by) for event in read_history(desk.index)] == [("publish", ""), ("publish", "anna")]


def test_editor_goes_back_and_the_list_says_that_readers_have_another_text(desk: Desk) -> None:
    first = current_generation(desk.index)
    desk.release(writing(edited(desk)), ENCODER, ANNA)
    event = desk.go_back(first, "ben")
    assert (event.generation, event.action, event.by) == (first, "rollback", "ben")
    rows = {row.file: row.live for row in overview(desk, ENCODER, date(2026, 6, 1)).rows}
    assert rows == {"heat-rash.md": False, "sleep.md": True}


def test_draft_that_loses_judged_questions_is_published_only_with_a_reason(desk: Desk) -> None:
    judgments = desk.kb.parent / "judgments" / "own"
    judgments.mkdir(parents=True)
    (judgments / "queries.jsonl").write_text('{"_id": "1", "text": "wear loose cotton and keep the skin cool"}\n')
    (judgments / "qrels").mkdir()
    (judgments / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\n1\theat-rash#helps\t2\n")
    draft = edited(desk, HEAT.replace("## What helps", "## Clothes"))
    trial = desk.try_change(writing(draft), ENCODER)
    assert trial.refused
    assert trial.verdict is not None
    assert trial.verdict.lost == ("wear loose cotton and keep the skin cool",)
    with pytest.raises(PublishingRefused, match="judged questions lose by this edit"):
        desk.release(writing(draft), ENCODER, ANNA)
    assert (desk.kb / "heat-rash.md").read_text() == HEAT
    assert desk.drafts.find("heat-rash.md") == draft
    desk.release(writing(draft), ENCODER, Consent("anna", "a better heading"))
    assert read_history(desk.index)[-1].accepted == "a better heading"


def test_new_article_that_cannot_be_published_leaves_no_file(desk: Desk) -> None:
    draft = edited(desk, "# Sunburn\n\nCool it with water.\n", "sun/burn.md")
    (desk.kb / "broken.md").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(WellreadError, match="broken"):
        desk.release(writing(draft), ENCODER, ANNA)
    assert not (desk.kb / "sun" / "burn.md").exists()
    (desk.kb / "broken.md").unlink()
    desk.release(writing(draft), ENCODER, ANNA)
    assert (desk.kb / "sun" / "burn.md").read_text() == "# Sunburn\n\nCool it with water.\n"


def test_file_keeps_its_new_text_where_readers_have_it_whatever_fails_behind(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(index: Path, event: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("wellread.publishing.serving.record", full)
    with pytest.raises(WellreadError, match="is being served, but what should follow"):
        desk.release(writing(edited(desk)), ENCODER, ANNA)
    assert (desk.kb / "heat-rash.md").read_text() == EDITED
    assert "Rest in the shade." in texts(open_served(desk.index))


def test_failed_return_to_what_readers_have_leaves_the_file_as_it_was(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*given: object, **named: object) -> None:
        raise OSError(28, "No space left on device")

    file = desk.kb / "heat-rash.md"
    file.write_text(EDITED, encoding="utf-8")
    draft = edited(desk, HEAT)
    monkeypatch.setattr("wellread.desk.release.publish", full)
    with pytest.raises(WellreadError, match="No space left"):
        desk.release(writing(draft), ENCODER, ANNA)
    assert file.read_text(encoding="utf-8") == EDITED
    assert desk.drafts.open("heat-rash.md") == draft


def test_somebody_else_who_publishes_is_told_and_nothing_is_written(desk: Desk) -> None:
    draft = edited(desk)
    with only_writer(desk.index), pytest.raises(IndexBusy, match="is publishing now; nothing was changed"):
        desk.release(writing(draft), ENCODER, ANNA)
    assert (desk.kb / "heat-rash.md").read_text() == HEAT
    assert desk.drafts.find("heat-rash.md") == draft


def test_draft_over_a_file_that_was_changed_since_is_not_published(desk: Desk) -> None:
    draft = edited(desk)
    (desk.kb / "heat-rash.md").write_text(HEAT + "\nDrink water.\n")
    with pytest.raises(Overwriting, match="file was changed"):
        desk.try_change(writing(draft), ENCODER)
    with pytest.raises(Overwriting, match="file was changed"):
        desk.release(writing(draft), ENCODER, ANNA)
    assert (desk.kb / "heat-rash.md").read_text() == HEAT + "\nDrink water.\n"


def test_text_that_is_no_finished_article_is_neither_tried_nor_published(desk: Desk) -> None:
    with pytest.raises(DraftFound):
        desk.try_change(writing(edited(desk, HEAT.replace("language: en", "draft: true"))), ENCODER)
    with pytest.raises(ArticleError, match="no text"):
        desk.try_change(writing(edited(desk, "# Heat rash\n")), ENCODER)


def test_article_that_the_settings_leave_out_is_refused(desk: Desk) -> None:
    (desk.kb / "wellread.toml").write_text('exclude = ["old"]\n')
    with pytest.raises(WellreadError, match="leave this article out"):
        desk.try_change(writing(edited(desk, file="old/heat.md")), ENCODER)


def test_list_has_dates_findings_drafts_and_what_cannot_be_read(desk: Desk) -> None:
    (desk.kb / "broken.md").write_text("")
    draft = edited(desk)
    new = edited(desk, "# Cuts\n\nWash it.\n", "cuts.md")
    rows = {row.file: row for row in overview(desk, ENCODER, date(2027, 4, 1)).rows}
    assert list(rows) == ["broken.md", "cuts.md", "heat-rash.md", "sleep.md"]
    assert [finding.code for finding in rows["broken.md"].findings] == ["unreadable-article"]
    assert (rows["broken.md"].errors, rows["broken.md"].article) == (1, None)
    assert (rows["cuts.md"].title, rows["cuts.md"].draft, rows["cuts.md"].live) == ("Cuts", new, False)
    assert (rows["heat-rash.md"].draft, rows["heat-rash.md"].live) == (draft, True)
    assert [finding.code for finding in rows["heat-rash.md"].findings] == ["review-overdue"]
    assert rows["heat-rash.md"].due(date(2027, 4, 1))
    assert not rows["heat-rash.md"].due(date(2027, 3, 2))
