"""Whatever editors do, in whatever order: what is published by steps is what a clean rebuild publishes, to the byte."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from conftest import HashEncoder

from wellread.articles.passages import GRAINS
from wellread.encoders.sentence_transformer import SentenceTransformerEncoder
from wellread.index.layout import ARRAYS, DATABASE, generation_folder, segment_folder
from wellread.index.manifest import read_manifest, segments_named
from wellread.index.vectors import coded
from wellread.publishing.policy import Policy
from wellread.publishing.publish import publish
from wellread.publishing.serving import standing_generations

STEPS = 40
WORDS = (
    "ache bone calm dose ease fever gout heat itch joint knee limb mild nerve pain rash skin tired ulcer vein".split()
)
SHRINK = Policy(allow_shrink=True, keep=2)


def sentence(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(2, 12))).capitalize() + "."


def article(chance: random.Random) -> str:
    parts = [f"# {sentence(chance)[:-1]}"]
    for _ in range(chance.randint(1, 4)):
        parts.append(f"## {sentence(chance)[:-1]}")
        for _ in range(chance.randint(0, 3)):
            kind = chance.randrange(3)
            if kind == 0:
                parts.append("\n".join(f"- {sentence(chance)}" for _ in range(chance.randint(1, 4))))
            else:
                # Sometimes too long for the model's 64 tokens, so that the section is cut.
                parts.append(" ".join(sentence(chance) for _ in range(chance.randint(1, 6 * kind))))
    return "\n\n".join([*parts, "Last words.\n"])


def edit(kb: Path, chance: random.Random) -> str:
    """Do one thing that editors do, and say which."""
    files = sorted(kb.rglob("*.md"))
    what = chance.choice(["add", "change", "shrink", "rename", "delete", "duplicate", "retitle", "move", "nothing"])
    if not files or what == "add":
        (kb / f"{chance.choice(WORDS)}-{chance.randrange(10**6)}.md").write_text(article(chance))
        return "add"
    file = chance.choice(files)
    text = file.read_text()
    if what == "change":
        words = text.split(" ")
        words[chance.randrange(len(words))] += f" {chance.choice(WORDS)}"
        file.write_text(" ".join(words))
    elif what == "shrink":
        paragraphs = text.split("\n\n")
        del paragraphs[chance.randrange(1, len(paragraphs))]
        file.write_text("\n\n".join([*paragraphs, "Still here.\n"]))
    elif what == "rename":
        file.rename(file.with_name(f"{chance.choice(WORDS)}-{chance.randrange(10**6)}.md"))
    elif what == "delete":
        file.unlink()
    elif what == "duplicate":
        (kb / f"copy-{chance.randrange(10**6)}.md").write_text(text)
    elif what == "retitle":
        file.write_text(f"# {sentence(chance)}\n" + text.partition("\n")[2])
    elif what == "move":
        (kb / "moved").mkdir(exist_ok=True)
        file.rename(kb / "moved" / file.name)
    return what


def contents(index: Path, generation: str) -> dict[str, bytes]:
    """The files of a generation: its manifest, and those of its segments by "SEGMENT/NAME"."""
    folder = generation_folder(index, generation)
    found = {file.name: file.read_bytes() for file in folder.iterdir()}
    for segment in read_manifest(folder, "").segments:
        for file in segment_folder(index, segment.name).iterdir():
            found[f"{segment.name}/{file.name}"] = file.read_bytes()
    return found


@pytest.mark.parametrize(("seed", "exact"), [(0, 10_000), (1, 10_000), (2, 10_000), (3, 60), (4, 120), (5, 0)])
def test_an_index_published_step_by_step_is_that_of_a_clean_rebuild(
    seed: int, exact: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Small libraries that are kept as large ones are: grains come to be kept in codes, and cease to be.
    monkeypatch.setattr("wellread.index.vectors.EXACT", exact)
    monkeypatch.setattr("wellread.index.vectors.BLOCK", 16)
    monkeypatch.setattr("wellread.index.segments.LEAST", 4)
    codes: set[str] = set()
    segments = 0
    chance = random.Random(seed)
    kb, index, clean = tmp_path / "kb", tmp_path / "index", tmp_path / "clean"
    kb.mkdir()
    done: list[str] = []
    for _ in range(STEPS):
        done += [edit(kb, chance) for _ in range(chance.randint(1, 3))]
        report = publish(kb, index, HashEncoder(), policy=SHRINK)
        rebuilt = publish(kb, clean, HashEncoder(), policy=SHRINK)
        assert report.generation == rebuilt.generation, done
        stepwise = contents(index, report.generation)
        assert stepwise == contents(clean, rebuilt.generation), done
        assert {name.rpartition("/")[2] for name in stepwise} == {"manifest.json", DATABASE, ARRAYS}
        standing = {segment.name for segment in (index / "segments").iterdir()}
        named = (segments_named(generation_folder(index, name)) for name in standing_generations(index))
        assert standing == {segment for names in named if names for segment in names}
        counts = read_manifest(generation_folder(index, report.generation), "").counts
        codes |= {grain for grain in GRAINS if coded(counts[grain])}
        segments = max(segments, len(stepwise) // 2)
        assert report.embedded + report.reused == rebuilt.embedded + rebuilt.reused
        shutil.rmtree(clean)
    assert len(set(done)) >= 8
    assert bool(codes) == (exact < 10_000)
    assert segments > 1


def test_a_sentence_edited_by_the_real_model_gives_the_bytes_of_a_clean_rebuild(
    tmp_path: Path, seed_kb: Path, encoder: SentenceTransformerEncoder
) -> None:
    kb, index, clean = tmp_path / "kb", tmp_path / "index", tmp_path / "clean"
    shutil.copytree(seed_kb, kb)
    publish(kb, index, encoder)
    file = kb / "neurological-spasms.txt"
    file.write_text(file.read_text().replace("Exercise regularly.", "Exercise every day."))
    report = publish(kb, index, encoder)
    rebuilt = publish(kb, clean, encoder)
    assert report.passages.changed == ("neurological-spasms#tips-for-preventing-the-condition",)
    assert (report.embedded, report.passages.kept) == (2, 11)  # the sentence, and the passage that it stands in
    assert rebuilt.embedded == report.embedded + report.reused
    assert contents(index, report.generation) == contents(clean, rebuilt.generation)
