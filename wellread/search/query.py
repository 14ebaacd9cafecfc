"""Reads a question: normalises it, corrects its spelling, and embeds it once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wellread.encoders.sentence_transformer import Encoder, Vectors
from wellread.index.port import GenerationReader
from wellread.index.tokens import rotate
from wellread.search.calibration import KINDS, Calibration
from wellread.search.classifier import Features, layer_features
from wellread.search.expansion import Expansion, expand, unknown_names
from wellread.search.glossary import Glossary
from wellread.search.spelling import correct_spelling
from wellread.text.languages import language_of
from wellread.text.queries import normalize_query
from wellread.text.sentences import split_sentences


@dataclass(frozen=True, eq=False, slots=True)
class Query:
    """A question as it was asked, its misspelt words with what they were read as, and the text that was embedded.

    `plain_text` is that text without the words of its `expansions`, which are its terms that mean others of the
    library; `unknown_names` are the medical names in it that the library has under no name, and `language` the code of
    another language than English that it is surely in, or "".

    The `vector` has the shape (dimension,), `tokens` the rotated unit vectors of the tokens, shape (tokens,
    dimension). The `features`, those of `layer_features`, are of the `plain_text`, as classifiers learned them;
    `wanted` says by them how probably the question wants each kind of section, and "other": shape (len(KINDS) + 1,).
    """

    asked: str
    corrections: tuple[tuple[str, str], ...]
    expansions: tuple[Expansion, ...]
    unknown_names: tuple[str, ...]
    language: str
    plain_text: str
    text: str
    vector: Vectors
    tokens: Vectors
    features: Features
    wanted: NDArray[np.float64]


def query_text(question: str, reader: GenerationReader) -> tuple[str, dict[str, str]]:
    """The text that is embedded for a question, and which misspelt word was read as which other."""
    return correct_spelling(normalize_query(question), reader)


def read_query(
    question: str, reader: GenerationReader, encoder: Encoder, calibration: Calibration | None, glossary: Glossary
) -> Query:
    """Read a question for one generation.

    The words of its expansions are added at its end, for the vectors and for the words alike.

    Raises:
        ValueError: the question is empty.
    """
    if not question.strip():
        raise ValueError("the question is empty")
    asked = question.encode("utf-8", "replace").decode()  # half a character is none
    normalized = normalize_query(asked)
    text, corrections = correct_spelling(normalized, reader)
    expansions = expand(text, glossary, reader.has_phrase)
    unknown = unknown_names(text, glossary, reader.has_phrase)
    plain_text, text = text, expanded(text, expansions)
    vector, layers, tokens = _encode(text, encoder)
    if expansions:
        _, layers, _ = _encode(plain_text, encoder)
    features = layer_features(layers[np.newaxis])[0]
    return Query(
        asked=asked,
        corrections=tuple(corrections.items()),
        expansions=expansions,
        unknown_names=unknown,
        language=language_of(normalized) or "",
        plain_text=plain_text,
        text=text,
        vector=vector,
        tokens=rotate(tokens),
        features=features,
        wanted=kinds_wanted(plain_text, features, calibration),
    )


def expanded(text: str, expansions: Sequence[Expansion]) -> str:
    """A question with the terms that some of its own mean."""
    meanings = [meaning for expansion in expansions for meaning in expansion.means]
    return f"{text} ({', '.join(meanings)})" if meanings else text


def _encode(text: str, encoder: Encoder) -> tuple[Vectors, Vectors, Vectors]:
    """The vector, layers and tokens of a question, all of it read: a long one in stretches of whole sentences.

    What stretches give is averaged, each counting by its length.
    """
    parts = _stretches(text, encoder)
    vectors, layers, tokens = encoder.encode_layers(parts)
    if len(parts) == 1:
        return vectors[0], layers[0], tokens[0]
    share = np.array([max(len(rows), 1) for rows in tokens], np.float32)
    share /= share.sum()
    mean = np.einsum("p,pd->d", share, vectors)
    vector = np.asarray(mean / np.linalg.norm(mean), np.float32)
    return vector, np.asarray(np.einsum("p,pld->ld", share, layers), np.float32), np.concatenate(tokens)


def _stretches(text: str, encoder: Encoder) -> list[str]:
    """A question in parts that the model reads whole, cut between sentences, and between words in a longer one."""
    if encoder.count_tokens([text])[0] <= encoder.max_tokens:
        return [text]
    whole = [text[start:end] for start, end in split_sentences(text)]
    sentences = [
        part
        for sentence, tokens in zip(whole, encoder.count_tokens(whole), strict=True)
        for part in _cut_between_words(sentence, tokens, encoder.max_tokens)
    ]
    parts: list[str] = []
    room = 0
    for sentence, tokens in zip(sentences, encoder.count_tokens(sentences), strict=True):
        if parts and tokens <= room:
            parts[-1] += f" {sentence}"
        else:
            parts.append(sentence)
            room = encoder.max_tokens
        room -= tokens
    return parts


def _cut_between_words(sentence: str, tokens: int, most: int) -> list[str]:
    """A sentence of so many tokens, or where these are more than `most`, parts of some words of about half as many."""
    words = sentence.split()
    size = len(words) if tokens <= most else max(len(words) * most // (2 * tokens), 1)
    return [" ".join(words[start : start + size]) for start in range(0, len(words), size)]


def kinds_wanted(question: str, features: Features, calibration: Calibration | None) -> NDArray[np.float64]:
    """How probably a question wants each kind of section, and "other": shape (len(KINDS) + 1,)."""
    if calibration is None:
        return np.full(len(KINDS) + 1, 1 / (len(KINDS) + 1))
    return np.asarray(calibration.questions.probabilities(features[np.newaxis], [question])[0])
