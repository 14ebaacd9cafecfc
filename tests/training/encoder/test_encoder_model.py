"""The model in PyTorch gives the vectors that readers get, and they can be learned from."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from wellread.encoders.sentence_transformer import BASE_MODEL, SentenceTransformerEncoder
from wellread.training.encoder.model import MATRICES, Model, base_tokenizer, base_weights

TEXTS = ["gout", "Flu begins with fever, and most people have aches for some days.", "Drink water. " * 20]


@pytest.fixture(scope="module")
def model() -> Model:
    return Model(base_weights(), base_tokenizer())


def test_gives_the_vectors_of_the_built_in_model(model: Model) -> None:
    vectors, tokens = SentenceTransformerEncoder(BASE_MODEL).encode_passages(TEXTS)
    with torch.no_grad():
        embedded = model.embed_with_tokens(TEXTS, 256)
    np.testing.assert_allclose(embedded.vectors.numpy(), vectors, atol=2e-6)
    for number, expected in enumerate(tokens):
        inside = embedded.tokens[number][embedded.counts[number] == 1]
        np.testing.assert_allclose(inside.numpy(), expected, atol=2e-5)


def test_a_text_has_the_same_vector_alone_and_among_others(model: Model) -> None:
    with torch.no_grad():
        among, alone = model.embed(TEXTS, 256)[1], model.embed(TEXTS[1:2], 256)[0]
    np.testing.assert_allclose(among.numpy(), alone.numpy(), atol=1e-6)


def test_only_the_first_tokens_of_a_text_are_read(model: Model) -> None:
    # "drink", "water" and "." are a token each: with the marks of begin and end, five are "Drink water." whole.
    with torch.no_grad():
        cut, short = model.embed(["Drink water. Drink water.", "Drink water."], 5)
    assert torch.allclose(cut, short, atol=1e-5)  # rows of one batch may differ in their last digits


def test_every_matrix_gets_a_gradient(model: Model) -> None:
    weights = base_weights()
    changed = {name: weights[name].requires_grad_() for name in MATRICES}
    torch.autograd.backward(Model({**weights, **changed}, model.tokenizer).embed(TEXTS[:2], 16).sum())
    assert len(changed) == 36
    assert all(matrix.grad is not None and bool(matrix.grad.any()) for matrix in changed.values())
