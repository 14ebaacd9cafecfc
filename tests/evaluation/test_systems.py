"""Systems: built in, written as a word, in a TOML file, as a run; and every way to write one wrong."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import pytest

from wellread.errors import EvaluationError
from wellread.evaluation.systems import BUILT_IN, System, read_systems, swept
from wellread.search.ranking import Weights

SETTINGS = ", ".join(["base, model, reranker, run, tokens", *asdict(Weights())])
ARMS = "default, plain, lexical, passages, sentences, dense, hybrid"


def refused(*words: str) -> str:
    with pytest.raises(EvaluationError) as refusal:
        read_systems(words)
    return str(refusal.value)


def written(folder: Path, text: str) -> Path:
    file = folder / "systems.toml"
    file.write_text(text)
    return file


class TestBuiltInArms:
    def test_are_what_readers_get_and_parts_of_it(self) -> None:
        served = Weights()
        bare = replace(served, passage=0.0, sentence=0.0, late=0.0, contrast=0.0, lexical=0.0, foreign=0.0, kind=0.0)
        assert read_systems(ARMS.split(", ")) == [
            System("default", served),
            System("plain", replace(bare, passage=1.0, sentence=1.0)),
            System("lexical", replace(bare, lexical=1.0)),
            System("passages", replace(bare, passage=1.0)),
            System("sentences", replace(bare, sentence=1.0)),
            System("dense", replace(bare, passage=0.5, sentence=0.5)),
            System("hybrid", replace(bare, passage=0.35, sentence=0.35, lexical=0.3)),
        ]

    def test_leave_out_every_weight_that_they_do_not_name(self) -> None:
        for name, counted in (("plain", {"passage", "sentence"}), ("lexical", {"lexical"}), ("passages", {"passage"})):
            weights = asdict(BUILT_IN[name].weights)
            assert {weight for weight, value in weights.items() if value} == {*counted, "bm25_damping"}

    def test_are_as_readers_get_them_only_where_nothing_is_changed(self) -> None:
        assert {name: system.as_readers_get for name, system in BUILT_IN.items() if system.as_readers_get} == {
            "default": True
        }
        assert System("reranked", reranker="./cross").as_readers_get
        assert not System("short", tokens=64).as_readers_get
        assert not System("other", model="other").as_readers_get
        assert not System("old", run=Path("old.trec")).as_readers_get

    def test_are_all_of_them(self) -> None:
        assert ", ".join(BUILT_IN) == ARMS


class TestAnArmInAWord:
    def test_changes_what_readers_get(self) -> None:
        assert read_systems(["short:tokens=64,lexical=0.5"]) == [
            System("short", replace(Weights(), lexical=0.5), tokens=64)
        ]

    def test_changes_the_arm_that_is_its_base(self) -> None:
        (system,) = read_systems(["bm:base=lexical,passage=0.5"])
        assert system == System("bm", replace(BUILT_IN["lexical"].weights, passage=0.5))

    def test_may_name_a_model_and_a_reranker(self) -> None:
        assert read_systems(["other:model=own/model,reranker=./cross"]) == [
            System("other", model="own/model", reranker="./cross")
        ]

    def test_may_be_a_run_in_a_file(self, tmp_path: Path) -> None:
        assert read_systems([f"old:run={tmp_path / 'bm25.trec'}"]) == [System("old", run=tmp_path / "bm25.trec")]

    @pytest.mark.parametrize(
        ("name", "system"), [("bm25s.trec", "bm25s"), ("run.1.gz", "run"), ("my run.txt", "my-run"), ("bare", "bare")]
    )
    def test_may_be_the_file_of_a_run_alone_and_has_its_name(
        self, tmp_path: Path, name: str, system: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / name).write_text("")
        monkeypatch.chdir(tmp_path)
        assert read_systems([name]) == [System(system, run=Path(name))]

    def test_is_before_a_file_of_the_same_name(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "default").write_text("")
        monkeypatch.chdir(tmp_path)
        assert read_systems(["default"]) == [System("default")]


class TestAnArmInAWordIsRefused:
    def test_where_it_names_nothing(self) -> None:
        assert refused("defualt") == (
            f"defualt: no system, and no such file\n    name one of {ARMS}, NAME:KEY=VALUE, a TOML file, or a TREC run"
        )

    @pytest.mark.parametrize("word", ["my system:tokens=64", ":tokens=64", "a/b:tokens=64"])
    def test_where_its_name_cannot_be_one(self, word: str) -> None:
        assert refused(word).startswith(f"{word}: no system, and no such file\n    name one of ")

    @pytest.mark.parametrize(
        ("word", "pair"), [("x:", ""), ("x:tokens", "tokens"), ("x:late=0,", ""), ("x:late=", "late=")]
    )
    def test_where_it_is_not_of_keys_and_values(self, word: str, pair: str) -> None:
        assert refused(word) == f"{word}: {pair!r} is not KEY=VALUE\n    write for example short:tokens=64,lexical=0.3"

    @pytest.mark.parametrize(("word", "key"), [("x:lexical=much", "lexical"), ("x:tokens=6.4", "tokens")])
    def test_where_a_number_is_none(self, word: str, key: str) -> None:
        assert refused(word) == f"{word}: {key} is not a number\n    write {key}=0.5, say"

    @pytest.mark.parametrize("value", ["1", "much"])
    def test_where_a_setting_is_not_known(self, value: str) -> None:
        word = f"x:lexicle={value}"
        assert refused(word) == f"{word}: lexicle is no setting\n    use {SETTINGS}"

    @pytest.mark.parametrize("value", ["-0.1", "nan", "inf", "1e6"])
    def test_where_a_weight_is_out_of_bounds(self, value: str) -> None:
        word = f"x:late={value}"
        assert refused(word) == f"{word}: late is not a number from 0 on\n    write late = 0.5, say"

    @pytest.mark.parametrize("value", ["15", "-64", "100001"])
    def test_where_tokens_are_too_few_or_too_many(self, value: str) -> None:
        word = f"x:tokens={value}"
        assert refused(word) == f"{word}: tokens is not a whole number from 16 to 100000\n    write tokens = 64, say"

    def test_where_nothing_would_keep_bm25_from_a_division_by_0(self) -> None:
        word = "x:bm25_damping=0"
        assert refused(word).startswith(f"{word}: bm25_damping must be more than 0\n    ")

    def test_where_nothing_counts(self) -> None:
        word = "x:passage=0,sentence=0,lexical=0"
        assert refused(word) == f"{word}: nothing counts\n    give passage, sentence or lexical more than 0"

    def test_where_its_base_is_none(self) -> None:
        assert refused("x:base=bm25") == f"x:base=bm25: there is no base bm25\n    use one of {ARMS}"

    def test_where_a_run_has_settings(self) -> None:
        word = "x:run=bm25.trec,late=0"
        assert refused(word) == f"{word}: a run has no other settings\n    leave them out"

    def test_where_two_have_one_name(self) -> None:
        assert refused("dense", "lexical", "dense") == "dense: two systems have this name\n    give one of them another"
        assert refused("x:late=0", "x:late=1").startswith("x: two systems have this name\n")


class TestAFileOfArms:
    def test_has_a_table_for_each_in_their_order(self, tmp_path: Path) -> None:
        file = written(tmp_path, '[short]\ntokens = 64\nlate = 1\n\n[bm]\nbase = "lexical"\n\n[dense]\n')
        assert read_systems(["default", str(file)]) == [
            System("default"),
            System("short", Weights(late=1.0), tokens=64),
            System("bm", BUILT_IN["lexical"].weights),
            BUILT_IN["dense"],
        ]

    def test_names_an_arm_of_its_own_by_a_built_in_name(self, tmp_path: Path) -> None:
        assert read_systems([str(written(tmp_path, "[dense]\nlate = 1\n"))]) == [System("dense", Weights(late=1.0))]

    def test_names_runs_as_seen_from_its_folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "settings").mkdir()
        written(tmp_path / "settings", f'[old]\nrun = "runs/bm25.trec"\n\n[far]\nrun = "{tmp_path}/far.trec"\n')
        monkeypatch.chdir(tmp_path)
        assert read_systems(["settings/systems.toml"]) == [
            System("old", run=Path("settings/runs/bm25.trec")),
            System("far", run=tmp_path / "far.trec"),
        ]

    def test_may_begin_with_a_byte_order_mark(self, tmp_path: Path) -> None:
        assert read_systems([str(written(tmp_path, "\ufeff[x]\nlate = 0\n"))]) == [System("x", Weights(late=0.0))]


class TestAFileOfArmsIsRefused:
    def test_where_it_is_missing(self, tmp_path: Path) -> None:
        file = tmp_path / "none.toml"
        assert refused(str(file)) == f"{file}: No such file or directory\n    name another file"

    @pytest.mark.parametrize("content", [b"[x\n", b"x = = 1\n", b"[x]\n[x]\n", b'[x]\nmodel = "\xff"\n'])
    def test_where_it_is_no_toml(self, tmp_path: Path, content: bytes) -> None:
        file = tmp_path / "systems.toml"
        file.write_bytes(content)
        told = refused(str(file))
        assert told.startswith(f"{file}: not TOML (")
        assert told.endswith(")\n    mend the file")

    def test_where_it_is_empty(self, tmp_path: Path) -> None:
        file = written(tmp_path, "# nothing\n")
        assert refused(str(file)) == f"{file}: there is no system in it\n    write a table for each, such as [hybrid]"

    def test_where_a_setting_stands_in_no_table(self, tmp_path: Path) -> None:
        file = written(tmp_path, "late = 1\n")
        assert refused(str(file)) == f"{file}: late is no table\n    write [late] and its settings below it"

    def test_where_a_name_cannot_be_one(self, tmp_path: Path) -> None:
        file = written(tmp_path, '["my system"]\nlate = 1\n')
        assert refused(str(file)) == f"{file}: [my system] cannot name a system\n    use letters, digits, and . _ + = -"

    @pytest.mark.parametrize(
        ("line", "told"),
        [
            ("tokens = 8", "tokens is not a whole number from 16 to 100000\n    write tokens = 64, say"),
            ("tokens = 64.0", "tokens is not a whole number from 16 to 100000\n    write tokens = 64, say"),
            ("tokens = true", "tokens is not a whole number from 16 to 100000\n    write tokens = 64, say"),
            ('late = "1"', "late is not a number from 0 on\n    write late = 0.5, say"),
            ("late = true", "late is not a number from 0 on\n    write late = 0.5, say"),
            ("late = nan", "late is not a number from 0 on\n    write late = 0.5, say"),
            ("model = 3", 'model must be text\n    write model = "NAME"'),
            ("run = []", 'run must be text\n    write run = "NAME"'),
            ("weight = 1", f"weight is no setting\n    use {SETTINGS}"),
            ('base = "nothing"', f"there is no base nothing\n    use one of {ARMS}"),
            (
                "passage = 0\nsentence = 0\nlexical = 0",
                "nothing counts\n    give passage, sentence or lexical more than 0",
            ),
            ('run = "a.trec"\ntokens = 64', "a run has no other settings\n    leave them out"),
        ],
    )
    def test_where_a_setting_is_wrong_naming_file_and_table(self, tmp_path: Path, line: str, told: str) -> None:
        file = written(tmp_path, f"[one]\nlate = 0\n\n[other]\n{line}\n")
        assert refused(str(file)) == f"{file}: [other]: {told}"

    def test_where_it_names_an_arm_that_was_named_before(self, tmp_path: Path) -> None:
        assert refused("x:late=1", str(written(tmp_path, "[x]\nlate = 0\n"))).startswith(
            "x: two systems have this name\n"
        )


class TestASweep:
    def test_has_an_arm_for_each_value(self) -> None:
        assert swept("lexical", [0.0, 0.25, 1.0]) == [
            System("lexical=0", Weights(lexical=0.0)),
            System("lexical=0.25", Weights(lexical=0.25)),
            System("lexical=1", Weights(lexical=1.0)),
        ]

    def test_cuts_passages_to_whole_numbers_of_tokens(self) -> None:
        systems = swept("tokens", [32.0, 64.0])
        assert systems == [System("tokens=32", tokens=32), System("tokens=64", tokens=64)]
        assert all(isinstance(system.tokens, int) for system in systems)

    @pytest.mark.parametrize(
        ("parameter", "value", "told"),
        [
            ("lexicle", 1.0, f"lexicle: lexicle is no setting\n    use {SETTINGS}"),
            ("tokens", 8.0, "tokens: tokens is not a whole number from 16 to 100000\n    write tokens = 64, say"),
            ("late", -1.0, "late: late is not a number from 0 on\n    write late = 0.5, say"),
            ("model", 1.0, 'model: model must be text\n    write model = "NAME"'),
        ],
    )
    def test_is_refused_where_there_is_no_such_setting(self, parameter: str, value: float, told: str) -> None:
        with pytest.raises(EvaluationError) as refusal:
            swept(parameter, [value])
        assert str(refusal.value) == told


class TestSettings:
    def test_are_all_that_an_arm_is(self) -> None:
        assert System("x", tokens=64, model="own/model", reranker="cross").settings() == {
            **asdict(Weights()),
            "tokens": 64,
            "model": "own/model",
            "reranker": "cross",
        }

    def test_leave_out_what_readers_get(self) -> None:
        assert System("x").settings() == asdict(Weights())

    def test_of_a_run_are_its_file(self) -> None:
        assert System("x", run=Path("runs/x.trec")).settings() == {"run": "runs/x.trec"}
