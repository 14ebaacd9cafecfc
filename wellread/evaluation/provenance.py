"""What is needed to repeat an evaluation: command, texts, questions, settings and every version."""

from __future__ import annotations

import hashlib
import json
import platform
import shlex
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from wellread.evaluation.question_sets import QuestionSet
from wellread.evaluation.statistics import RANDOMISATIONS, RESAMPLES, SEED
from wellread.evaluation.systems import System

PACKAGES = "wellread faiss-cpu ir-measures numpy scikit-learn scipy sentence-transformers statsmodels torch".split()
"""The packages whose versions can change a figure."""


def provenance(
    arguments: Sequence[str], sets: Sequence[QuestionSet], systems: Sequence[System], texts: dict[str, Any]
) -> dict[str, Any]:
    """Everything that the figures depend on; `texts` says what was indexed, and by which model."""
    return {
        "command": shlex.join(["wellread", "evaluate", *arguments]),
        **texts,
        "questions": {questions.name: _digest(questions) for questions in sets},
        "systems": {system.name: system.settings() for system in systems},
        "seed": SEED,
        "bootstrap samples": RESAMPLES,
        "randomisations": RANDOMISATIONS,
        "versions": {"python": platform.python_version(), **{name: _version(name) for name in PACKAGES}},
        "machine": f"{platform.system()} {platform.machine()}",
    }


def _digest(questions: QuestionSet) -> str:
    """SHA-256 over the questions and their judgments."""
    whole = hashlib.sha256()
    for question in questions.questions:
        line = [question.query, question.text, question.type, dict(question.grades), question.sentences]
        line += [question.article, question.register]
        line += [sorted(question.own)] if question.own else []
        line += ["tells of an emergency"] if question.tells_emergency else []
        whole.update(json.dumps(line, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")
    return whole.hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
