"""Files beside the articles: published with them, used when answering, and refused where they are broken."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import HashEncoder, plain_calibration

from wellread.errors import GlossaryError, IndexMissing, SettingsError
from wellread.index.layout import current_generation
from wellread.index.reader import Reader
from wellread.publishing.library_files import read_library_files
from wellread.publishing.publish import publish
from wellread.search.searcher import Searcher

SETTINGS = (
    '[safety]\nemergency_number = "999"\n\n[safety.words]\nself_harm = "Ring {crisis_line} or {emergency_number}."\n'
)
CARRIED = 'safety.emergency_number = "999"\nsafety.words.self_harm = "Ring {crisis_line} or {emergency_number}."\n'
"""The settings as a generation has them: those that readers meet."""

GLOSSARY = "# ours\nthe lurgy\tinfluenza\n"


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    folder = tmp_path / "kb"
    folder.mkdir()
    (folder / "flu.md").write_text("# Influenza\n\n## Signs\n\nFever.\n")
    return folder


def published(kb: Path) -> str:
    publish(kb, kb.parent / "index", HashEncoder())
    return current_generation(kb.parent / "index")


def searcher(kb: Path) -> Searcher:
    index = kb.parent / "index"
    return Searcher(Reader(index, published(kb)), HashEncoder(), plain_calibration())


class TestReading:
    def test_gives_the_texts_of_those_that_are_there(self, kb: Path) -> None:
        assert read_library_files(kb).texts == {}
        (kb / "glossary.tsv").write_text(GLOSSARY)
        assert read_library_files(kb).texts == {"glossary.tsv": GLOSSARY}
        (kb / "wellread.toml").write_text(SETTINGS)
        assert read_library_files(kb).texts == {"wellread.toml": CARRIED, "glossary.tsv": GLOSSARY}

    def test_passes_over_the_mark_that_some_editors_put_before_a_text(self, kb: Path) -> None:
        (kb / "wellread.toml").write_text(SETTINGS, encoding="utf-8-sig")
        (kb / "glossary.tsv").write_text(GLOSSARY, encoding="utf-8-sig")
        assert read_library_files(kb).texts == {"wellread.toml": CARRIED, "glossary.tsv": GLOSSARY}


class TestAGeneration:
    def test_carries_them(self, kb: Path) -> None:
        assert searcher(kb).reader.library_files() == {}
        (kb / "wellread.toml").write_text(SETTINGS)
        (kb / "glossary.tsv").write_text(GLOSSARY)
        assert searcher(kb).reader.library_files() == {"wellread.toml": CARRIED, "glossary.tsv": GLOSSARY}

    def test_is_another_one_for_other_files_and_the_same_for_the_same(self, kb: Path) -> None:
        plain = published(kb)
        (kb / "wellread.toml").write_text(SETTINGS)
        with_settings = published(kb)
        assert published(kb) == with_settings != plain
        (kb / "wellread.toml").write_text(SETTINGS.replace("999", "112"))
        assert published(kb) not in (plain, with_settings)
        (kb / "wellread.toml").unlink()
        (kb / "glossary.tsv").write_text(GLOSSARY)
        assert published(kb) not in (plain, with_settings)
        (kb / "glossary.tsv").unlink()
        assert published(kb) == plain

    @pytest.mark.parametrize(
        ("name", "text", "error", "message"),
        [
            ("wellread.toml", "[safety]\nnumber = 1\n", SettingsError, ":2: safety.number is not a setting"),
            ("glossary.tsv", "# ours\nlurgy\n", GlossaryError, ":2: there is no tab between a term and its meaning"),
        ],
    )
    def test_is_refused_where_one_is_broken_and_the_old_one_serves(
        self, kb: Path, name: str, text: str, error: type[SettingsError | GlossaryError], message: str
    ) -> None:
        (kb / name).write_text(text)
        with pytest.raises(error) as refused:
            published(kb)
        assert refused.value.message == f"{kb / name}{message}"
        with pytest.raises(IndexMissing):
            current_generation(kb.parent / "index")
        (kb / name).unlink()
        before = published(kb)
        (kb / name).write_text(text)
        with pytest.raises(error):
            published(kb)
        assert current_generation(kb.parent / "index") == before


class TestAnswering:
    def test_says_the_safety_card_in_the_library_s_words(self, kb: Path) -> None:
        neutral = searcher(kb).ask("I want to kill myself").safety
        assert neutral is not None
        assert neutral.text == (
            "If you might harm yourself, call your local emergency number or a crisis line now. "
            "You do not have to be alone with this."
        )
        (kb / "wellread.toml").write_text(SETTINGS)
        own = searcher(kb).ask("I want to kill myself").safety
        assert own is not None
        assert own.text == "Ring a crisis line or 999."

    def test_expands_a_question_by_the_editors_glossary(self, kb: Path) -> None:
        assert searcher(kb).ask("is it the lurgy").expansions == ()
        (kb / "glossary.tsv").write_text(GLOSSARY)
        answer = searcher(kb).ask("is it the lurgy")
        assert answer.expansions == (("the lurgy", ("influenza",)),)
        assert answer.also_searched == "We also searched for “influenza”."

    def test_goes_by_the_files_of_its_own_generation(self, kb: Path) -> None:
        (kb / "glossary.tsv").write_text(GLOSSARY)
        before = searcher(kb)
        (kb / "glossary.tsv").unlink()
        published(kb)
        assert before.ask("is it the lurgy").expansions == (("the lurgy", ("influenza",)),)


class TestSettingsOfPublishing:
    def test_are_no_part_of_a_generation(self, kb: Path) -> None:
        plain = published(kb)
        (kb / "wellread.toml").write_text("# ours\ntolerance = 0.5\nkeep = 9\nexclude = ['old']\n")
        assert published(kb) == plain

    def test_name_a_glossary_elsewhere_which_stands_for_the_usual_one(self, kb: Path) -> None:
        (kb / "glossary.tsv").write_text("the flu\tinfluenza\n")
        (kb.parent / "ours.tsv").write_text(GLOSSARY)
        (kb / "wellread.toml").write_text('glossary = "../ours.tsv"\n')
        assert searcher(kb).reader.library_files() == {"glossary.tsv": GLOSSARY}
        assert read_library_files(kb).names == {"wellread.toml"}

    def test_glossary_below_the_articles_is_no_file_that_is_passed_over(self, kb: Path) -> None:
        (kb / "words").mkdir()
        (kb / "words" / "ours.tsv").write_text(GLOSSARY)
        (kb / "wellread.toml").write_text('glossary = "words/ours.tsv"\n')
        assert publish(kb, kb.parent / "index", HashEncoder()).ignored == ()
