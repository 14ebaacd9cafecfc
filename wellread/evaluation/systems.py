"""The systems that are compared: settings named on the command line or in a TOML file, and checked before one runs."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from wellread.errors import EvaluationError
from wellread.search.ranking import DEFAULT_WEIGHTS, Weights

_NAME = re.compile(r"[\w.+=-]+")

_WORDS = ("base", "model", "reranker", "run")
"""The settings of a system that are text."""

_WEIGHTS = tuple(weight.name for weight in fields(Weights))
_KEYS = (*_WORDS, "tokens", *_WEIGHTS)

_DIVISORS = ("bm25_damping",)
"""Numbers of `Weights` that a signal is divided by: 0 does not leave them out."""

TOKENS = range(16, 100_001)
"""Tokens that a passage may be cut to: fewer leave no room for text behind title and heading; no model reads more."""

MAX_WEIGHT = 1e6
"""A weight is below this: beyond it the other signals would be lost in rounding."""


@dataclass(frozen=True, slots=True)
class System:
    """One setting: how much each signal counts, and what is not as readers have it.

    `tokens` cuts passages to at most so many tokens of the model's, `model` and `reranker` name others than the
    index's, `run` is a TREC run that another system wrote. None and "" stand for what readers get.
    """

    name: str
    weights: Weights = DEFAULT_WEIGHTS
    tokens: int | None = None
    model: str = ""
    reranker: str = ""
    run: Path | None = None

    @property
    def as_readers_get(self) -> bool:
        """Whether it answers as the published index does, with a reranker or without."""
        return self.run is None and self.weights == DEFAULT_WEIGHTS and self.tokens is None and not self.model

    def settings(self) -> dict[str, Any]:
        """All of it, as it is written beside the figures."""
        if self.run is not None:
            return {"run": str(self.run)}
        written = asdict(self.weights)
        return written | {name: value for name in ("tokens", "model", "reranker") if (value := getattr(self, name))}


def _only(**weights: float) -> Weights:
    """Some weights, every other one 0."""
    others = {name: 0.0 for name in _WEIGHTS if name not in _DIVISORS}
    return replace(DEFAULT_WEIGHTS, **others | weights)


BUILT_IN = {
    system.name: system
    for system in (
        System("default"),
        System("plain", _only(passage=1.0, sentence=1.0)),
        System("lexical", _only(lexical=1.0)),
        System("passages", _only(passage=1.0)),
        System("sentences", _only(sentence=1.0)),
        System("dense", _only(passage=0.5, sentence=0.5)),
        System("hybrid", _only(passage=0.35, sentence=0.35, lexical=0.3)),
    )
}
"""What readers get; both grains by equal weight, nothing tuned; BM25 alone; each grain alone; both grains by half,
which rank as `plain` does; both with BM25, which counts 0.3. All but the first are without late interaction,
contrasts and kinds."""


def read_systems(named: Iterable[str]) -> list[System]:
    """The systems that some words name, in their order.

    A word is a built-in system's name, NAME:KEY=VALUE,KEY=VALUE for one of one's own, a TOML file whose tables are
    systems, or any other file, which is a TREC run.

    Raises:
        EvaluationError: naming the word, or the file and table, and what is wrong.
    """
    systems: list[System] = []
    for word in named:
        name, colon, pairs = word.partition(":")
        if word in BUILT_IN:
            systems.append(BUILT_IN[word])
        elif word.endswith(".toml"):
            systems += _read_file(Path(word))
        elif Path(word).is_file():
            systems.append(System(_run_name(Path(word)), run=Path(word)))
        elif colon and _NAME.fullmatch(name):
            systems.append(_system(name, _pairs(word, pairs), word, Path()))
        else:
            raise EvaluationError(
                "no system, and no such file",
                f"name one of {', '.join(BUILT_IN)}, NAME:KEY=VALUE, a TOML file, or a TREC run",
                where=word,
            )
    names = [system.name for system in systems]
    twice = next((name for number, name in enumerate(names) if name in names[:number]), None)
    if twice is not None:
        raise EvaluationError("two systems have this name", "give one of them another", where=twice)
    return systems


def swept(parameter: str, values: Iterable[float]) -> list[System]:
    """What readers get, with one parameter at each of some values."""
    return [
        _system(
            f"{parameter}={value:g}", {parameter: int(value) if parameter == "tokens" else value}, parameter, Path()
        )
        for value in values
    ]


def _read_file(file: Path) -> list[System]:
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise EvaluationError(error.strerror or "it cannot be read", "name another file", where=file) from error
    except (ValueError, RecursionError) as error:  # lists too deep, or numbers too long, for Python
        raise EvaluationError(f"not TOML ({error})", "mend the file", where=file) from error
    if not tables:
        raise EvaluationError("there is no system in it", "write a table for each, such as [hybrid]", where=file)
    systems = []
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise EvaluationError(f"{name} is no table", f"write [{name}] and its settings below it", where=file)
        if not _NAME.fullmatch(name):
            raise EvaluationError(f"[{name}] cannot name a system", "use letters, digits, and . _ + = -", where=file)
        systems.append(
            BUILT_IN[name] if name in BUILT_IN and not table else _system(name, table, f"{file}: [{name}]", file)
        )
    return systems


def _pairs(word: str, written: str) -> dict[str, Any]:
    pairs: dict[str, Any] = {}
    for pair in written.split(","):
        key, equals, value = pair.partition("=")
        if not equals or not value:
            raise EvaluationError(
                f"{pair!r} is not KEY=VALUE", "write for example short:tokens=64,lexical=0.3", where=word
            )
        try:
            pairs[key] = int(value) if key == "tokens" else float(value) if key in _WEIGHTS else value
        except ValueError:
            raise EvaluationError(f"{key} is not a number", f"write {key}=0.5, say", where=word) from None
    return pairs


def _system(name: str, table: Mapping[str, Any], place: str, beside: Path) -> System:
    """A system from its settings; files in it are named as seen from the folder of the file that they stand in."""
    for key, value in table.items():
        if key not in _KEYS:
            raise EvaluationError(f"{key} is no setting", f"use {', '.join(_KEYS)}", where=place)
        if key in _WORDS and not isinstance(value, str):
            raise EvaluationError(f"{key} must be text", f'write {key} = "NAME"', where=place)
        if key == "tokens" and (type(value) is not int or value not in TOKENS):
            reason = f"tokens is not a whole number from {TOKENS.start} to {TOKENS.stop - 1}"
            raise EvaluationError(reason, "write tokens = 64, say", where=place)
        if key in _WEIGHTS and not (_is_number(value) and 0 <= value < MAX_WEIGHT):
            raise EvaluationError(f"{key} is not a number from 0 on", f"write {key} = 0.5, say", where=place)
        if key in _DIVISORS and not value:
            raise EvaluationError(f"{key} must be more than 0", f"leave it out, or write {key} = 1, say", where=place)
    if "run" in table:
        if len(table) > 1:
            raise EvaluationError("a run has no other settings", "leave them out", where=place)
        return System(name, run=beside.parent / table["run"])
    base = BUILT_IN.get(table.get("base", "default"))
    if base is None:
        raise EvaluationError(f"there is no base {table['base']}", f"use one of {', '.join(BUILT_IN)}", where=place)
    weights = replace(base.weights, **{key: float(value) for key, value in table.items() if key in _WEIGHTS})
    if not weights.passage + weights.sentence + weights.lexical:
        raise EvaluationError("nothing counts", "give passage, sentence or lexical more than 0", where=place)
    return System(name, weights, table.get("tokens"), table.get("model", ""), table.get("reranker", ""))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _run_name(file: Path) -> str:
    """A file's name without .gz and the suffix before it, of characters that a name can have."""
    return re.sub(r"[^\w.+=-]", "-", file.name.removesuffix(".gz").rsplit(".", 1)[0]) or "run"
