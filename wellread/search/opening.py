"""Opens a generation to be asked: with the model that it was made by, and with what was fitted for that."""

from __future__ import annotations

import os
from pathlib import Path
from weakref import WeakValueDictionary

from wellread.commands import ingest_command
from wellread.encoders.rerankers import CrossEncoderReranker
from wellread.encoders.sentence_transformer import Encoder, SentenceTransformerEncoder
from wellread.errors import CalibrationError, ModelError
from wellread.index.readers import open_reader
from wellread.search.calibration import Calibration, load_calibration
from wellread.search.searcher import Searcher


def calibration_of(index: Path, encoder: Encoder) -> Calibration | None:
    """What was fitted for a model, or None: enough to rank, as the publish gate does, and not to answer."""
    try:
        return load_calibration(index, encoder.name, encoder.fingerprint)
    except CalibrationError:
        return None


_encoders: WeakValueDictionary[tuple[str, str], SentenceTransformerEncoder] = WeakValueDictionary()
"""The models of the searchers that are open, by name and fingerprint."""


def _encoder(model: str) -> SentenceTransformerEncoder:
    """A model, loaded already where a searcher has it: after a publication nobody waits for it, nor is it there twice.

    Loading it again for each generation was four fifths of the time until that answered.
    """
    encoder = SentenceTransformerEncoder(model)
    return _encoders.setdefault((encoder.name, encoder.fingerprint), encoder)


def open_searcher(
    index: Path, model: str | None = None, reranker: str | None = None, generation: str | None = None
) -> Searcher:
    """Open a generation, by default the one being served, with the model that it was made by.

    `model`, or else the environment's WELLREAD_MODEL, names the model to ask with; it must be the index's own.
    `reranker`, or else WELLREAD_RERANKER, names a cross-encoder that puts the first passages in order. Where
    WELLREAD_ENGINE is "milvus", generations are those at WELLREAD_MILVUS_URI, and not those of the folder.

    Raises:
        IndexMissing: nothing has been published into `index` yet.
        IndexDamaged: the generation is not what its manifest says.
        ModelError: a model is missing, or is not the one that made the index.
        CalibrationError: nothing was fitted for the model.
    """
    reader = open_reader(index, generation)
    made_by = reader.model
    encoder = _encoder(model or os.environ.get("WELLREAD_MODEL") or made_by)
    if encoder.fingerprint != reader.fingerprint:
        raise ModelError(
            f"{index} was made with the model {made_by}, not with this {encoder.name}",
            f"ask with that one, or rebuild the index: {ingest_command(index, model=encoder.name)}",
        )
    named = reranker or os.environ.get("WELLREAD_RERANKER")
    return Searcher(
        reader,
        encoder,
        load_calibration(index, encoder.name, encoder.fingerprint),
        reranker=CrossEncoderReranker(named) if named else None,
    )
