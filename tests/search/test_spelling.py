"""Misspelt words: which are read as which words of the articles, which stay, and that whoever asked is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import HashEncoder, plain_calibration
from hypothesis import given
from hypothesis import strategies as some

from wellread.index.layout import current_generation
from wellread.index.reader import Reader
from wellread.publishing.publish import publish
from wellread.search.searcher import Searcher
from wellread.search.spelling import LEAST, TRIED, UNSURE, correct_spelling

ARTICLES = {
    "asthma": "# Asthma\n\n## Treatment\n\nStress makes asthma worse. Inhalers help. Doctors treat it.\n",
    "eczema": "# Eczema\n\n## Causes\n\nAn excess of soap may lead to eczema. Eczema is dry skin. Eczema itches.\n",
    "gut": "# Diarrhea\n\n## Signs\n\nDiarrhea and hemorrhoids. Keep a diary.\n\n## Care\n\nDiarrhea: drink.\n",
    "memory": "# Alzheimer's disease\n\n## Medicine\n\nAmpicillin is for infections. These are words. They shout.\n",
}
"""Fixtures, not medical facts."""


ENGLISH = "about after again because before between during every found great house large light never other".split()


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    place = tmp_path_factory.mktemp("spelling")
    (place / "kb").mkdir()
    for name, text in ARTICLES.items():
        (place / "kb" / f"{name}.md").write_text(text)
    publish(place / "kb", place / "index", HashEncoder())
    return Reader(place / "index", current_generation(place / "index"))


class TestMisspeltWords:
    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            ("astma", "asthma"),  # a letter left out
            ("asthmma", "asthma"),  # one put in
            ("strezs", "stress"),  # one changed
            ("inahlers", "inhalers"),  # two swapped
            ("excema", "eczema"),  # two changed, and it sounds alike; so near is "excess", which does not
            ("diarea", "diarrhea"),  # so near is "diary", which sounds alike too, and fewer passages have
            ("hemroids", "hemorrhoids"),  # three left out of a long one that sounds alike
            ("alzhiemers", "alzheimers"),  # the possessive, without its apostrophe
            ("asthmmas", "asthma"),  # an s too many
            ("stresss", "stress"),
            ("strees", "stress"),  # so near is "stree", which English has, with an s: that the articles do not have
            ("tretment", "treatment"),  # a heading's word
        ],
    )
    def test_are_read_as_what_the_articles_have(self, reader: Reader, written: str, meant: str) -> None:
        assert correct_spelling(f"what about {written}?", reader) == (f"what about {meant}?", {written: meant})

    @pytest.mark.parametrize(
        "word",
        [
            "asthma",
            "treating",  # another form of a word of the articles
            "thread",  # English, and not what is meant by it
            "amoxicilin",  # a letter from amoxicillin, and two from ampicillin
            "doesnt",  # English with its apostrophe
            "shoud",  # near "should", which no question is about, and near "shout", which sounds alike
            "theres",  # near "these", which no question is about
            "estma",  # the first letter is taken to be right
            "astm",  # too short
            "zolpidem",  # near nothing
            "Krämpfe",
            "頭痛がします",
            "hwhwh",
        ],
    )
    def test_that_are_not_surely_so_stay(self, reader: Reader, word: str) -> None:
        assert correct_spelling(f"what about {word}", reader) == (f"what about {word}", {})

    @pytest.mark.parametrize(
        ("written", "has"),
        [
            ("rubeola", "rubella"),
            ("rubeolla", "rubella"),  # a letter from rubeola, two from rubella
            ("dysphasia", "dysphagia"),
            ("chlorpromazine", "chlorpropamide"),
            ("chlorpromazin", "chlorpropamide"),
            ("hyperthyroidism", "hypothyroidism"),
            ("hypertyroidism", "hypothyroidism"),
            ("hyperglycemia", "hypoglycaemia"),
            ("prednisolone", "prednisone"),
            ("piriton", "portion"),
            ("augmentin", "augmenting"),
        ],
    )
    def test_are_never_read_as_another_name(self, tmp_path: Path, written: str, has: str) -> None:
        (tmp_path / "kb").mkdir()
        (tmp_path / "kb" / "a.md").write_text(f"# About {has}\n\n## Signs\n\nWhat {has} is.\n")
        publish(tmp_path / "kb", tmp_path / "index", HashEncoder())
        reader = Reader(tmp_path / "index", current_generation(tmp_path / "index"))
        assert correct_spelling(f"what about {written}?", reader) == (f"what about {written}?", {})

    def test_a_word_that_stands_there_comes_before_a_form_of_another(self, tmp_path: Path) -> None:
        (tmp_path / "kb").mkdir()
        (tmp_path / "kb" / "a.md").write_text(
            "# Fever\n\n## Care\n\nDrink often.\n\n## Signs\n\nOff food.\n\n## Tired\n\nOff.\n"
        )
        publish(tmp_path / "kb", tmp_path / "index", HashEncoder())
        reader = Reader(tmp_path / "index", current_generation(tmp_path / "index"))
        # "offed" is as near, and more passages have its stem.
        assert correct_spelling("how offen a day?", reader) == ("how often a day?", {"offen": "often"})

    def test_are_replaced_wherever_they_stand(self, reader: Reader) -> None:
        text, read = correct_spelling("ASTMA! Astma, astma's and tretment… (astma)", reader)
        assert text == "asthma! asthma, asthma's and treatment… (asthma)"
        assert read == {"ASTMA": "asthma", "tretment": "treatment"}

    def test_are_not_looked_for_where_no_word_is_english(self, reader: Reader) -> None:
        strange = " ".join(f"qwx{chr(97 + n)}z" for n in range(UNSURE - 1))
        assert correct_spelling(f"{strange} astma", reader) == (f"{strange} astma", {})
        assert correct_spelling(f"my {strange} astma", reader)[1] == {"astma": "asthma"}
        assert correct_spelling("astma tretment", reader)[1] == {"astma": "asthma", "tretment": "treatment"}

    @pytest.mark.parametrize(
        "question",
        [
            "¿me pueden negar el seguro por estar embarazada?",  # "negar" is a letter from "near"
            "¿puedo tratar la astma con stres y excesos?",
            "que faire contre l'astme et le stresse",
        ],
    )
    def test_are_not_looked_for_in_another_language(self, reader: Reader, question: str) -> None:
        assert correct_spelling(question, reader) == (question, {})

    def test_are_looked_for_in_the_first_of_many(self, reader: Reader) -> None:
        strange = " ".join(f"qwx{chr(97 + n)}z" for n in range(TRIED))
        english = "asthma " + " ".join(ENGLISH)
        assert correct_spelling(f"{english} {strange} astma", reader)[1] == {}
        assert correct_spelling(f"{english} astma {strange}", reader)[1] == {"astma": "asthma"}

    @given(some.text(max_size=60))
    def test_nothing_else_changes(self, reader: Reader, text: str) -> None:
        written = "".join(char for char in text if not "\ud800" <= char <= "\udfff")
        changed, read = correct_spelling(written, reader)
        assert all(len(word) >= LEAST for word in read)
        if not read:
            assert changed == written


class TestAnswers:
    def test_are_those_to_the_mended_question_and_say_so(self, reader: Reader) -> None:
        searcher = Searcher(reader, HashEncoder(), plain_calibration())
        answer = searcher.ask("What helps against astma?")
        assert answer.question == "What helps against astma?"
        assert answer.corrections == (("astma", "asthma"),)
        assert answer.read_as == "We read “astma” as “asthma”."
        assert answer.hits == searcher.ask("What helps against asthma?").hits
        assert answer.hits[0].passage.article == "asthma"

    def test_say_nothing_where_all_is_well_spelt(self, reader: Reader) -> None:
        answer = Searcher(reader, HashEncoder(), plain_calibration()).ask("What helps against asthma?")
        assert (answer.corrections, answer.read_as) == ((), "")
