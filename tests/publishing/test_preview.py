"""A dry run: the report that publishing would give, and not a byte written or a text embedded."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT, HashEncoder

from wellread.encoders.sentence_transformer import Vectors
from wellread.errors import ArticlesRefused, KnowledgeBaseError, PublishingRefused
from wellread.index.layout import ARRAYS
from wellread.publishing.diff import DetailsDiff, PassageDiff
from wellread.publishing.policy import Policy, SettingsUsed
from wellread.publishing.publish import preview, publish
from wellread.publishing.report import Report
from wellread.publishing.reporting import report_text
from wellread.publishing.serving import rollback
from wellread.relevance.judgments import Judgments, JudgmentsFolder
from wellread.settings import Settings

CRAMPS = "# Cramps\n\n## Causes\n\nCold water. Lack of salt.\n\n## Care\n\nRest your leg.\n"
FLU = "# Flu\n\n## Signs\n\nFever. Cough.\n"
SHRINKING = Policy(allow_shrink=True)
NO_SETTINGS = SettingsUsed(Path("kb/wellread.toml"), Settings())


class Mute(HashEncoder):
    """Counts tokens and embeds nothing."""

    def encode_documents(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        raise AssertionError("a dry run embeds nothing")

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        raise AssertionError("a dry run asks nothing")


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    """Two articles with three passages, their three headings and five sentences, one of them a passage: ten texts."""
    folder = tmp_path / "kb"
    folder.mkdir()
    (folder / "cramps.md").write_text(CRAMPS)
    (folder / "flu.md").write_text(FLU)
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def state(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Everything below a folder: when each thing was last changed and, for a file, its bytes."""
    return {
        str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in [folder, *folder.rglob("*")]
    }


def without_time(report: Report) -> Report:
    return replace(report, seconds=0.0)


def test_before_any_publication_makes_no_folder(kb: Path, index: Path) -> None:
    report, diffs = preview(kb, index, Mute())
    assert not index.exists()
    assert (report.before, report.embedded, report.reused) == ("", 10, 0)
    assert report.articles.added == ("cramps", "flu")
    assert [(diff.id, diff.change) for diff in diffs] == [
        ("cramps#causes", "added"),
        ("cramps#care", "added"),
        ("flu#signs", "added"),
    ]


def test_shows_how_each_passage_would_read(kb: Path, index: Path, hash_encoder: HashEncoder) -> None:
    publish(kb, index, hash_encoder)
    (kb / "cramps.md").write_text(CRAMPS.replace("salt", "sleep").partition("## Care")[0])
    (kb / "cold.md").write_text("# Cold\n\n## Signs\n\nSneezing.\n")
    report, diffs = preview(kb, index, Mute())
    assert diffs == (
        PassageDiff("cold#signs", "added", "Signs", ("+ Cold › Signs", "+ Sneezing.")),
        PassageDiff(
            "cramps#causes",
            "changed",
            "Causes",
            ("  Cramps › Causes", "- Cold water. Lack of salt.", "+ Cold water. Lack of sleep."),
        ),
        PassageDiff("cramps#care", "removed", "Care", ("- Cramps › Care", "- Rest your leg.")),
    )
    assert (report.articles.added, report.articles.changed) == (("cold",), ("cramps",))


def test_tells_of_details_though_no_passage_changes(kb: Path, index: Path, hash_encoder: HashEncoder) -> None:
    (kb / "flu.md").write_text(f"---\nlanguage: de\nnext_review: 2027-05\n---\n{FLU}")
    publish(kb, index, hash_encoder)
    (kb / "flu.md").write_text(f"---\nlanguage: en\nnext_review: 2028-05\n---\n{FLU}")
    report, diffs = preview(kb, index, Mute())
    lines = ("- language: de", "+ language: en", "- next_review: 2027-05-31", "+ next_review: 2028-05-31")
    assert (report.details, diffs) == ((DetailsDiff("flu", lines),), ())


def add(kb: Path, index: Path) -> None:
    (kb / "cold.md").write_text("# Cold\n\n## Signs\n\nCough. Sneezing.\n")


def change(kb: Path, index: Path) -> None:
    (kb / "cramps.md").write_text(CRAMPS.replace("salt", "sleep"))


def remove(kb: Path, index: Path) -> None:
    (kb / "flu.md").unlink()


def empty(kb: Path, index: Path) -> None:
    (kb / "flu.md").unlink()
    (kb / "cramps.md").unlink()


def move(kb: Path, index: Path) -> None:
    (kb / "legs").mkdir()
    (kb / "cramps.md").rename(kb / "legs" / "cramps.md")


def change_without_cache(kb: Path, index: Path) -> None:
    change(kb, index)
    (index / "vectors.sqlite").unlink()


def change_with_damaged_cache(kb: Path, index: Path) -> None:
    change(kb, index)
    (index / "vectors.sqlite").write_bytes(b"nonsense")


def go_back(kb: Path, index: Path) -> None:
    change(kb, index)
    publish(kb, index, HashEncoder())
    rollback(index)
    (index / "vectors.sqlite").unlink()


def be_refused(kb: Path, index: Path) -> None:
    (kb / "cramps.md").write_text(CRAMPS.partition("## Care")[0])
    judgments = Judgments("legs", {"q": "rest your leg"}, {"q": {"cramps#care": 3}})
    with pytest.raises(PublishingRefused):
        publish(kb, index, HashEncoder(), policy=Policy(judgments=(judgments,)))
    (index / "vectors.sqlite").unlink()


def damage(kb: Path, index: Path) -> None:
    for file in (index / "segments").glob(f"*/{ARRAYS}"):
        file.write_bytes(b"")


@pytest.mark.parametrize(
    ("edit", "embedded"),
    [
        (lambda kb, index: None, 0),
        # "Signs" is known from the flu; new are the passage and its two sentences, which carry its title.
        (add, 3),
        (change, 2),
        (remove, 0),
        (empty, 0),
        (move, 0),
        # The passage and the sentence that changed, and what else that article says: a passage that is a sentence too,
        # a sentence and two headings.
        (change_without_cache, 6),
        (change_with_damaged_cache, 6),
        (go_back, 0),
        # What was refused is gone, and the cache too: left are a passage, its heading and two sentences.
        (be_refused, 4),
        (damage, 0),
    ],
)
def test_reports_what_publishing_reports_and_changes_nothing(
    kb: Path, index: Path, hash_encoder: HashEncoder, edit: Callable[[Path, Path], None], embedded: int
) -> None:
    publish(kb, index, hash_encoder)
    edit(kb, index)
    before = state(index), state(kb)
    report, diffs = preview(kb, index, Mute(), policy=SHRINKING)
    assert (state(index), state(kb)) == before
    assert report.embedded == embedded
    moved = sorted((*report.passages.added, *report.passages.changed, *report.passages.removed))
    assert sorted(diff.id for diff in diffs) == moved
    assert without_time(publish(kb, index, hash_encoder, policy=SHRINKING)) == without_time(report)


def test_by_another_model_is_said_to_be_another_generation(kb: Path, index: Path, hash_encoder: HashEncoder) -> None:
    first = publish(kb, index, hash_encoder).generation
    other = Mute()
    other.fingerprint = "hash-65"
    report, diffs = preview(kb, index, other)
    assert (report.embedded, report.reused, report.before, diffs) == (10, 0, first, ())
    assert report.generation != first
    text = report_text(
        replace(report, seconds=0.0), JudgmentsFolder(Path("judgments"), ()), NO_SETTINGS, dry_run=True
    ).splitlines()
    assert text == [
        "articles   0 added, 0 changed, 0 removed, 2 unchanged",
        "passages   0 added, 0 changed, 0 removed, 3 unchanged",
        "texts      10 to embed, 0 reused",
        "settings   the usual ones; there is no kb/wellread.toml",
        "judged     no question asked: there is none in judgments",
        f"Nothing was published; this would be generation {report.generation} (0.0 s).",
    ]
    assert report_text(replace(report, seconds=0.0), JudgmentsFolder(Path("judgments"), ()), NO_SETTINGS).splitlines()[
        -1
    ] == (f"Generation {report.generation} is being served (0.0 s).")


class TestRefuses:
    def test_what_publishing_refuses(self, kb: Path, index: Path, hash_encoder: HashEncoder) -> None:
        publish(kb, index, hash_encoder)
        before = state(index)
        (kb / "flu.md").unlink()
        with pytest.raises(PublishingRefused, match=r"1 of the 2 articles would go \(flu\); nothing was published"):
            preview(kb, index, Mute())
        (kb / "flu.md").write_text("")
        with pytest.raises(ArticlesRefused, match=r"flu\.md: the file is empty"):
            preview(kb, index, Mute())
        with pytest.raises(KnowledgeBaseError, match="holds no article that matches heart/"):
            preview(kb, index, Mute(), policy=Policy(include=("heart/*",)))
        assert state(index) == before

    def test_nothing_else_while_somebody_publishes(self, kb: Path, index: Path, hash_encoder: HashEncoder) -> None:
        from wellread.publishing.lock import only_writer

        publish(kb, index, hash_encoder)
        change(kb, index)
        with only_writer(index):
            assert preview(kb, index, Mute())[0].embedded == 2


def test_tells_of_progress(kb: Path, index: Path) -> None:
    steps: list[tuple[str, int, int]] = []
    preview(kb, index, Mute(), lambda stage, done, total: steps.append((stage, done, total)))
    assert steps == [("reading", 1, 2), ("reading", 2, 2)]


def test_of_the_real_model_does_not_load_it(seed_kb: Path, tmp_path: Path) -> None:
    kb, index = tmp_path / "kb", tmp_path / "index"
    shutil.copytree(seed_kb, kb)
    code = (
        "import sys; from wellread.cli.doors import ingest; status = ingest(sys.argv[1:]);"
        "print(status, sys.modules.keys() & {'torch', 'sentence_transformers', 'transformers'})"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, "--dry-run", "--kb", str(kb), "--index", str(index)],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    assert done.stdout.startswith("added neurological-spasms#")
    assert done.stdout.splitlines()[-2].startswith("Nothing was published; this would be generation ")
    assert done.stdout.splitlines()[-1] == "0 set()"
    assert not index.exists()
