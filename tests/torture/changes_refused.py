"""What an index was made by: another model, format or calibration than its own is refused, and both are named."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

from conftest import HashEncoder, plain_calibration

from torture.library import publish_version
from torture.promises import Outcome
from wellread.errors import WellreadError
from wellread.index.layout import MANIFEST, current_generation, generation_folder
from wellread.index.manifest import FORMAT
from wellread.index.reader import Reader
from wellread.search.calibration import FORMAT as FITTED
from wellread.search.calibration import calibration_file, read_calibration, write_calibration
from wellread.search.opening import open_searcher
from wellread.search.searcher import Searcher

PROMISE = "A changed model, setting or format is refused"
SECONDS = 20

REFUSED: dict[str, tuple[object, str]] = {
    "generation": ("0" * 16, "0" * 16),
    "format": (FORMAT - 1, f"format {FORMAT - 1}, not {FORMAT}"),
    "dimension": (65, "do not belong together"),
    "counts": (
        {"articles": 3, "passages": 5, "sentences": 9, "headings": 5, "texts": 9},
        "its segments hold something else",
    ),
}
"""Of a manifest that is sealed anew: other values, and words of the refusal."""


class OtherEncoder(HashEncoder):
    """Another model."""

    name = "other"
    fingerprint = "other-64"


def torture(folder: Path) -> Outcome:
    """Change each of them, and open."""
    found = dict(changes(folder))
    faults = tuple(f"{name}: {said or 'it was not refused'}" for name, (right, said) in found.items() if not right)
    return Outcome(
        f"{len(found)} changes: {', '.join(found)}",
        f"{len(found) - len(faults)} refused, with both values where there are two",
        faults,
    )


def changes(folder: Path) -> Iterator[tuple[str, tuple[bool, str]]]:
    """Each change, whether it was refused in the right words, and the words."""
    index = folder / "index"
    publish_version(folder / "kb", index, 1)
    served = current_generation(index)
    file = generation_folder(index, served) / MANIFEST
    whole = file.read_bytes()
    for key, (value, words) in REFUSED.items():
        content = {**json.loads(whole), key: value}
        del content["seal"]
        seal = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
        file.write_text(json.dumps({**content, "seal": seal}))
        yield f"manifest's {key}", _refused(lambda: Reader(index, served), words)
    file.write_bytes(whole)
    with patch("wellread.search.opening.SentenceTransformerEncoder", lambda name: OtherEncoder()):
        yield "model", _refused(lambda: open_searcher(index), "made with the model hash, not with this other")
    reader = Reader(index, served)
    yield (
        "calibration's model",
        _refused(
            lambda: Searcher(reader, OtherEncoder(), plain_calibration()),
            "the model hash says nothing of the model other",
        ),
    )
    fitted = calibration_file(index, HashEncoder.fingerprint)
    write_calibration(fitted, plain_calibration())
    yield (
        "calibration's fingerprint",
        _refused(lambda: read_calibration(fitted, OtherEncoder.fingerprint), "fitted for another model, hash"),
    )
    with patch("wellread.search.calibration.FORMAT", FITTED - 1):
        yield (
            "calibration's format",
            _refused(lambda: read_calibration(fitted, HashEncoder.fingerprint), f"format {FITTED}, not {FITTED - 1}"),
        )


def _refused(work: Callable[[], object], words: str) -> tuple[bool, str]:
    try:
        work()
    except WellreadError as error:
        return words in str(error), str(error)
    return False, ""
