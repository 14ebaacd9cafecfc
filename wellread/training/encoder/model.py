"""The built-in model in PyTorch: the same vectors as `wellread.encoders.minilm`, and their gradients."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as functional
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor

from wellread.encoders.minilm import EPSILON, HEADS, LAYERS, WIDTH
from wellread.encoders.sentence_transformer import BASE_MODEL, model_folder

Weights = Mapping[str, Tensor]

MATRICES = tuple(
    f"encoder.layer.{layer}.{part}.weight"
    for layer in range(LAYERS)
    for part in (
        "attention.self.query",
        "attention.self.key",
        "attention.self.value",
        "attention.output.dense",
        "intermediate.dense",
        "output.dense",
    )
)
"""What training changes: every matrix of every layer. Word vectors, biases and norms stay as they are."""

TOKENS_AT_ONCE = 1024
"""Tokens of a group of texts, padding included: larger groups were no faster on one core."""

LONGER = 1.15
"""How much longer the longest text of a group may be than its shortest: little is computed for padding."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """Texts as vectors: unit vectors (texts, WIDTH), their tokens' (texts, longest, WIDTH), and which of these count.

    `counts`, of shape (texts, longest), is 1 for a token of the text and 0 for a mark of begin or end and for padding.
    """

    vectors: Tensor
    tokens: Tensor
    counts: Tensor


def base_weights() -> dict[str, Tensor]:
    """The weights of the base model, as they were published."""
    weights = load_file(model_folder(BASE_MODEL) / "model.safetensors")
    return {name: weight.float() for name, weight in weights.items() if weight.dtype.is_floating_point}


def base_tokenizer() -> Tokenizer:
    """The base model's tokenizer, which neither cuts nor pads."""
    tokenizer = Tokenizer.from_file(str(Path(model_folder(BASE_MODEL)) / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


class Model:
    """The base model with weights that can be changed while it is used; `weights` are those of `base_weights`."""

    def __init__(self, weights: Weights, tokenizer: Tokenizer) -> None:
        self.weights = weights
        self.tokenizer = tokenizer

    def embed(self, texts: Sequence[str], limit: int) -> Tensor:
        """Embed texts, of each its first `limit` tokens: unit vectors, shape (len(texts), WIDTH)."""
        ids = self._ids(texts, limit)
        groups = _groups(ids)
        rows = [_mean(*self._hidden(ids, group)) for group in groups]
        return torch.cat(rows)[_places(groups)]

    def embed_with_tokens(self, texts: Sequence[str], limit: int) -> Embedded:
        """Embed texts as `embed` does, and each of their tokens."""
        ids = self._ids(texts, limit)
        longest = max(map(len, ids))
        groups = _groups(ids)
        vectors, tokens, counts = [], [], []
        for group in groups:
            hidden, real = self._hidden(ids, group)
            vectors.append(_mean(hidden, real))
            inside = real.clone()
            inside[:, 0] = 0
            for row, number in enumerate(group):
                inside[row, len(ids[number]) - 1] = 0
            missing = longest - hidden.shape[1]
            tokens.append(functional.pad(functional.normalize(hidden, dim=-1), (0, 0, 0, missing)))
            counts.append(functional.pad(inside, (0, missing)))
        places = _places(groups)
        return Embedded(torch.cat(vectors)[places], torch.cat(tokens)[places], torch.cat(counts)[places])

    def _ids(self, texts: Sequence[str], limit: int) -> list[list[int]]:
        """The tokens of texts, the mark of the end kept where a text is cut."""
        read = [text.ids for text in self.tokenizer.encode_batch_fast(list(texts))]
        return [ids if len(ids) <= limit else ids[: limit - 1] + ids[-1:] for ids in read]

    def _hidden(self, ids: Sequence[Sequence[int]], group: Sequence[int]) -> tuple[Tensor, Tensor]:
        """The last layer's token vectors of some texts, (texts, longest, WIDTH), and 1 where a token is real."""
        longest = max(len(ids[number]) for number in group)
        padded = torch.zeros(len(group), longest, dtype=torch.long)
        real = torch.zeros(len(group), longest)
        for row, number in enumerate(group):
            padded[row, : len(ids[number])] = torch.tensor(ids[number])
            real[row, : len(ids[number])] = 1
        return _forward(self.weights, padded, real), real


def _forward(weights: Weights, ids: Tensor, real: Tensor) -> Tensor:
    """BERT (Devlin et al. 2019) without its dropout: token vectors of the last layer, (texts, longest, WIDTH)."""

    def linear(inputs: Tensor, name: str) -> Tensor:
        return functional.linear(inputs, weights[f"{name}.weight"], weights[f"{name}.bias"])

    def norm(inputs: Tensor, name: str) -> Tensor:
        return functional.layer_norm(inputs, (WIDTH,), weights[f"{name}.weight"], weights[f"{name}.bias"], EPSILON)

    texts, longest = ids.shape
    hidden = weights["embeddings.word_embeddings.weight"][ids]
    hidden = hidden + weights["embeddings.position_embeddings.weight"][:longest]
    hidden = norm(hidden + weights["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
    mask = None if bool(real.all()) else real[:, None, None, :] > 0
    for number in range(LAYERS):
        layer = f"encoder.layer.{number}"
        query, key, value = (
            linear(hidden, f"{layer}.attention.self.{name}").view(texts, longest, HEADS, -1).transpose(1, 2)
            for name in ("query", "key", "value")
        )
        attended = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        attended = attended.transpose(1, 2).reshape(texts, longest, WIDTH)
        attended = linear(attended, f"{layer}.attention.output.dense")
        hidden = norm(hidden + attended, f"{layer}.attention.output.LayerNorm")
        inner = functional.gelu(linear(hidden, f"{layer}.intermediate.dense"))
        hidden = norm(hidden + linear(inner, f"{layer}.output.dense"), f"{layer}.output.LayerNorm")
    return hidden


def _mean(hidden: Tensor, real: Tensor) -> Tensor:
    """The mean of each text's token vectors, brought to length 1."""
    return functional.normalize((hidden * real[..., None]).sum(1) / real.sum(1, keepdim=True), dim=1)


def _groups(ids: Sequence[Sequence[int]]) -> list[list[int]]:
    """The texts' numbers, shortest first, in groups of about one length and TOKENS_AT_ONCE tokens."""
    groups: list[list[int]] = []
    for number in sorted(range(len(ids)), key=lambda text: (len(ids[text]), text)):
        length = len(ids[number])
        group = groups[-1] if groups else []
        fits = group and length * (len(group) + 1) <= TOKENS_AT_ONCE and length <= LONGER * len(ids[group[0]]) + 2
        if fits:
            group.append(number)
        else:
            groups.append([number])
    return groups


def _places(groups: Sequence[Sequence[int]]) -> Tensor:
    """Where each text's row is, once the groups' rows stand one below the other."""
    order = torch.tensor([number for group in groups for number in group])
    places = torch.empty(len(order), dtype=torch.long)
    places[order] = torch.arange(len(order))
    return places
