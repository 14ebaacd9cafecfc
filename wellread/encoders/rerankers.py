"""Rerankers: cross-encoders that read question and passage together; used only where one is named."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from wellread.encoders.sentence_transformer import model_folder
from wellread.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


class Reranker(Protocol):
    """What scores passages for a question, the greater the better."""

    @property
    def name(self) -> str: ...  # noqa: D102

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        """A score for each text, in their order."""


class CrossEncoderReranker:
    """A `Reranker` over any cross-encoder that sentence-transformers loads: a folder, or a hub model's id."""

    def __init__(self, name: str) -> None:
        self.folder: Path = model_folder(name, "leave --reranker out")
        self.name = name
        self._lock = threading.Lock()
        self._model: CrossEncoder | None = None

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        """A score for each text, in their order; raises ModelError."""
        with self._lock:
            if self._model is None:
                from sentence_transformers import CrossEncoder

                try:
                    model = CrossEncoder(str(self.folder), device="cpu", local_files_only=True, trust_remote_code=False)
                    if not self._gives_scores():
                        raise ValueError("it is no cross-encoder")
                    if model.num_labels != 1:
                        raise ValueError(f"it gives {model.num_labels} scores, not one")
                except Exception as error:
                    raise ModelError(
                        f"sentence-transformers cannot rerank with this model ({error})",
                        "name a cross-encoder with one score, or leave --reranker out",
                        where=self.name,
                    ) from error
                self._model = model
            scores = self._model.predict([(question, text) for text in texts], show_progress_bar=False)
        return [float(score) for score in scores]

    def _gives_scores(self) -> bool:
        """Whether the model was made to score: any other gets a head of random weights without a word."""
        made = json.loads((self.folder / "config.json").read_text(encoding="utf-8")).get("architectures") or [""]
        return str(made[0]).endswith(("ForSequenceClassification", "ForCausalLM"))
