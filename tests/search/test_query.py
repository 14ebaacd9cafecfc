"""Reading a question: all of it is embedded, a long one in stretches of whole sentences."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from conftest import HashEncoder

from wellread.encoders.sentence_transformer import SentenceTransformerEncoder, Vectors
from wellread.index.layout import current_generation
from wellread.index.reader import Reader
from wellread.index.tokens import rotate
from wellread.publishing.publish import publish
from wellread.search.expansion import Expansion
from wellread.search.glossary import Entry, Glossary
from wellread.search.query import Query, read_query

NO_GLOSSARY = Glossary(())


class NoTokens(HashEncoder):
    """A model whose tokens have no vectors."""

    def encode_layers(self, texts: Sequence[str]) -> tuple[Vectors, Vectors, list[Vectors]]:
        vectors, layers, _ = super().encode_layers(texts)
        return vectors, layers, [np.empty((0, 64), np.float32) for _ in texts]


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """A library of one passage, none of whose words is like one of the questions'."""
    folder = tmp_path_factory.mktemp("place")
    (folder / "kb").mkdir()
    (folder / "kb" / "a.md").write_text("# Gout\n\n## Care\n\nRest.\n")
    publish(folder / "kb", folder / "index", HashEncoder())
    return Reader(folder / "index", current_generation(folder / "index"))


def read(question: str, reader: Reader, encoder: HashEncoder | SentenceTransformerEncoder) -> Query:
    return read_query(question, reader, encoder, None, NO_GLOSSARY)


def sentences(count: int, words: int = 10) -> list[str]:
    return [" ".join(f"W{number}x{word}" for word in range(words)) + "." for number in range(count)]


def test_a_question_that_fits_is_embedded_as_it_is(reader: Reader, hash_encoder: HashEncoder) -> None:
    query = read("W1 w2. W3.", reader, hash_encoder)
    vectors, _, (tokens,) = hash_encoder.encode_layers([query.text])
    assert query.vector.tolist() == vectors[0].tolist()
    assert query.tokens.tolist() == rotate(tokens).tolist()


def test_a_long_question_is_the_mean_of_its_stretches_by_their_length(
    reader: Reader, hash_encoder: HashEncoder
) -> None:
    # A sentence of 10 words has 12 tokens: 5 of them fit into 64. Of 7, stretches have 5 and 2: 50 words and 20.
    question = " ".join(sentences(7))
    query = read(question, reader, hash_encoder)
    whole = sentences(7)
    first, second = hash_encoder.encode_queries([" ".join(whole[:5]), " ".join(whole[5:])])
    mean = (50 * first + 20 * second) / 70
    assert query.vector == pytest.approx(mean / np.linalg.norm(mean), abs=1e-6)
    assert query.tokens.shape == (70, 64)


def test_a_long_question_of_a_model_without_tokens_is_the_mean_of_its_stretches(reader: Reader) -> None:
    encoder = NoTokens()
    query = read(" ".join(sentences(7)), reader, encoder)
    whole = sentences(7)
    mean = encoder.encode_queries([" ".join(whole[:5]), " ".join(whole[5:])]).sum(axis=0)
    assert query.vector == pytest.approx(mean / np.linalg.norm(mean), abs=1e-6)
    assert query.tokens.shape == (0, 64)


def test_a_question_of_six_hundred_tokens_is_read_to_its_end(
    reader: Reader, encoder: SentenceTransformerEncoder
) -> None:
    question = "My leg hurts at night and I cannot sleep. " * 60
    assert encoder.count_tokens([question])[0] > 600
    read_whole = read(f"{question}What about gout?", reader, encoder)
    otherwise = read(f"{question}What about asthma?", reader, encoder)
    assert np.linalg.norm(read_whole.vector) == pytest.approx(1, abs=1e-6)
    assert float(np.abs(read_whole.vector - otherwise.vector).max()) > 1e-4
    assert len(read_whole.tokens) > 600


def test_a_sentence_over_the_limit_is_read_in_parts_to_its_end(
    reader: Reader, encoder: SentenceTransformerEncoder
) -> None:
    query = read("leg " * 400 + "night?", reader, encoder)
    assert query.tokens.shape == (402, 384)  # 400 legs, "night" and the mark
    assert np.isfinite(query.vector).all()


def test_a_question_without_a_token_is_read(reader: Reader, encoder: SentenceTransformerEncoder) -> None:
    query = read("\u200b", reader, encoder)
    assert query.tokens.shape == (0, 384)
    assert np.isfinite(query.vector).all()


def test_a_question_is_read_with_what_its_terms_mean_in_this_library(reader: Reader, hash_encoder: HashEncoder) -> None:
    glossary = Glossary([Entry("podagra", "gout", "lay", "test"), Entry("salve", "ointment", "lay", "test")])
    query = read_query("podagra and salve", reader, hash_encoder, None, glossary)
    assert query.expansions == (Expansion("podagra", ("gout",)),)
    assert (query.plain_text, query.text) == ("podagra and salve?", "podagra and salve? (gout)")
    (vector,) = hash_encoder.encode_queries(["podagra and salve gout"])
    assert query.vector == pytest.approx(vector, abs=1e-6)


def test_medical_names_that_the_library_has_not_are_unknown(reader: Reader, hash_encoder: HashEncoder) -> None:
    query = read("warfarin or ibuprofen for gout", reader, hash_encoder)
    assert query.unknown_names == ("warfarin", "ibuprofen")


@pytest.mark.parametrize(
    ("question", "language"),
    [("¿Puedo tomar ibuprofeno durante el embarazo?", "es"), ("痛风怎么办", "zh"), ("what helps against gout", "")],
)
def test_the_language_of_a_question_is_named_where_it_is_surely_not_english(
    reader: Reader, hash_encoder: HashEncoder, question: str, language: str
) -> None:
    assert read(question, reader, hash_encoder).language == language
