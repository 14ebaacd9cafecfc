"""What the shipped glossary holds, and how the editors' own is read and checked."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from wellread.errors import GlossaryError
from wellread.search.expansion import Expansion, expand
from wellread.search.glossary import Entry, key_of, parse_glossary, read_glossary, shipped_glossary
from wellread.search.names import medical_names, spelling_variants


def read(folder: Path, text: str | bytes) -> tuple[Entry, ...]:
    file = folder / "glossary.tsv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return parse_glossary(read_glossary(file), file)


class TestTheShippedGlossary:
    def test_holds_enough_of_every_type_with_a_source(self) -> None:
        entries = shipped_glossary().entries
        counted = Counter(entry.type for entry in entries)
        assert len(entries) >= 900
        assert min(counted[kind] for kind in ("abbreviation", "brand", "lay", "spelling")) >= 20
        assert all(entry.source and entry.term == " ".join(entry.term.split()) for entry in entries)
        assert all(bool(entry.means) != (entry.type == "phrase") for entry in entries)

    def test_says_everything_once_and_nothing_of_itself(self) -> None:
        pairs = Counter((key_of(entry.term), key_of(entry.means)) for entry in shipped_glossary().entries)
        assert max(pairs.values()) == 1
        assert not any(term == means for term, means in pairs)

    @pytest.mark.parametrize(
        ("name", "other"),
        [
            ("rubeola", "rubella"),
            ("measles", "rubella"),
            ("measles", "German measles"),
            ("rubeola", "German measles"),
            ("dysphasia", "dysphagia"),
            ("chlorpromazine", "chlorpropamide"),
            ("hypertension", "hypotension"),
            ("high blood sugar", "low blood sugar"),
            ("hypo", "high blood sugar"),
            ("prednisolone", "prednisone"),
            ("codeine", "co-codamol"),
            ("flu", "common cold"),
            ("ulcerative colitis", "Crohn's disease"),
            ("type 1 diabetes", "type 2 diabetes"),
            ("Zantac", "cetirizine"),
        ],
    )
    def test_never_takes_one_thing_for_another(self, name: str, other: str) -> None:
        glossary = shipped_glossary()
        only_other = {other.lower()}.__contains__
        assert expand(f"what about {name}", glossary, only_other) == ()
        only_name = {name.lower()}.__contains__
        assert expand(f"what about {other}", glossary, only_name) == ()

    def test_has_the_names_that_ship(self) -> None:
        names = medical_names()
        assert len(names) >= 2500
        assert names == {name.lower().strip() for name in names}
        assert {"rubella", "rubeola", "dysphagia", "dysphasia", "chlorpromazine", "chlorpropamide"} <= names


class TestTheEditorsGlossary:
    def test_has_a_term_and_a_meaning_on_each_line(self, tmp_path: Path) -> None:
        text = "# ours\n\nPAC\tpost-acute clinic\nward 5 \t stroke  unit\r\nhot foot\t-\n"
        assert read(tmp_path, text) == (
            Entry("PAC", "post-acute clinic", "lay", "glossary.tsv"),
            Entry("ward 5", "stroke unit", "lay", "glossary.tsv"),
            Entry("hot foot", "", "phrase", "glossary.tsv"),
        )

    @pytest.mark.parametrize(
        ("text", "line", "reason"),
        [
            ("HTN hypertension\n", 1, "there is no tab between a term and its meaning"),
            ("# ours\nHTN\thypertension\tours\n", 2, "there are 3 columns"),
            ("\n\n\thypertension\n", 3, "the term is empty"),
            ("HTN\t \n", 1, "the meaning is empty"),
            ("123\thypertension\n", 1, 'the term "123" has no letter'),
            ("HTN\t--\n", 1, 'the meaning "--" has no letter'),
            ("HTN\thtn\n", 1, '"HTN" means itself'),
            ("HTN\thypertension\nhtn\tHypertension\n", 2, "line 1 says the same"),
            ("x" * 81 + "\thypertension\n", 1, "the term is longer than 80 characters"),
            (b"HTN\thypertension\n\xff\tx\n", 2, "the line is not UTF-8"),
        ],
    )
    def test_is_checked(self, tmp_path: Path, text: str | bytes, line: int, reason: str) -> None:
        with pytest.raises(GlossaryError) as refused:
            read(tmp_path, text)
        assert (refused.value.line, refused.value.reason) == (line, reason)
        assert refused.value.where == str(tmp_path / "glossary.tsv")
        assert refused.value.remedy

    def test_stands_over_the_shipped_one(self, tmp_path: Path) -> None:
        glossary = shipped_glossary().with_entries(read(tmp_path, "RA\trespite admission\nwee\t-\n"))
        has_all = {"respite admission", "rheumatoid arthritis", "urine"}.__contains__
        assert expand("how long is an RA", glossary, has_all) == (Expansion("RA", ("respite admission",)),)
        assert expand("my wee is dark", glossary, has_all) == ()
        assert expand("my pee is dark", glossary, has_all) == (Expansion("pee", ("urine",)),)


class TestSpellings:
    @pytest.mark.parametrize(
        ("british", "american"),
        [
            ("anaemia", "anemia"),
            ("oesophagus", "esophagus"),
            ("diarrhoea", "diarrhea"),
            ("haemorrhoids", "hemorrhoids"),
            ("paediatric", "pediatric"),
            ("leukaemia", "leukemia"),
            ("oedema", "edema"),
            ("tumour", "tumor"),
            ("litre", "liter"),
            ("vaporised", "vaporized"),
            ("coeliac disease", "celiac disease"),
            ("sulphate", "sulfate"),
        ],
    )
    def test_are_two_of_one_word(self, british: str, american: str) -> None:
        assert spelling_variants(british) == (american,)
        assert spelling_variants(american) == (british,)

    @pytest.mark.parametrize(
        "word", ["exercise", "exercised", "advised", "hour", "four", "meter", "pour", "aspirin", ""]
    )
    def test_are_one_where_both_write_alike(self, word: str) -> None:
        assert spelling_variants(word) == ()


def test_a_library_without_a_glossary_is_searched_by_the_one_that_ships() -> None:
    assert shipped_glossary().with_entries(()) is shipped_glossary()
