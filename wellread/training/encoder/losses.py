"""What a step is punished for: a question nearer to another passage, sentence or document than to its own."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as functional
from torch import Tensor

from wellread.encoders.minilm import WIDTH
from wellread.training.encoder.batches import Batch
from wellread.training.encoder.model import Embedded, Model
from wellread.training.encoder.questions import QUESTION_TOKENS, SENTENCE_TOKENS

PASSAGE_TOKENS = 112
"""Tokens of a passage that are read while training: a step takes half the time that it takes with all 256."""

HELD_TOKENS = 96
"""Tokens of a text whose vector shall stay."""

TEMPERATURE = 0.05
"""Of cosines of passages and sentences (MultipleNegativesRankingLoss of sentence-transformers: scale 20)."""

TOKEN_TEMPERATURE = 0.03
"""Of late interaction, which is a mean of best cosines and differs less from passage to passage."""

TOGETHER_TEMPERATURE = 0.04
"""Of the mean of all three."""

TOKENS_OF_GRADED = 0.5
"""What late interaction counts in the loss of graded documents, where cosines count 1."""

_NEVER = -1e4
"""Added to what is no wrong answer, so that nothing is learned from it."""


@dataclass(frozen=True, slots=True)
class Held:
    """Texts and their titles whose vectors shall stay, and these vectors, each (texts, WIDTH)."""

    texts: tuple[str, ...]
    titles: tuple[str, ...]
    text_vectors: Tensor
    title_vectors: Tensor


def losses(model: Model, batch: Batch, held: Held | None) -> dict[str, Tensor]:
    """The losses of a batch, by the names of their weights; those that the batch has nothing for are left out."""
    asked = model.embed_with_tokens([*batch.questions, *batch.graded], QUESTION_TOKENS)
    answers = model.embed_with_tokens([*batch.passage_texts, *batch.documents], PASSAGE_TOKENS)
    cosines, late = asked.vectors @ answers.vectors.T, late_interaction(asked, answers)
    questions, passages = len(batch.questions), len(batch.passages)
    by_passage, by_tokens = cosines[:questions, :passages], late[:questions, :passages]
    right, ignored = torch.tensor(batch.right), _ignored(batch)
    found = {
        "passages": functional.cross_entropy(by_passage / TEMPERATURE + ignored, right),
        "tokens": functional.cross_entropy(by_tokens / TOKEN_TEMPERATURE + ignored, right),
    }
    if batch.sentences:
        by_sentence = asked.vectors[:questions] @ model.embed(batch.sentences, SENTENCE_TOKENS).T
        found["sentences"] = _of_sentences(by_sentence, batch, ignored)
        best = _best_sentences(by_sentence, by_passage, batch)
        mean = (by_passage + best + by_tokens) / 3
        found["together"] = functional.cross_entropy(mean / TOGETHER_TEMPERATURE + ignored, right)
    if batch.graded:
        right = torch.tensor(batch.right_documents) + passages
        of_vectors = functional.cross_entropy(cosines[questions:] / TEMPERATURE, right)
        of_tokens = functional.cross_entropy(late[questions:] / TOKEN_TEMPERATURE, right)
        found["graded"] = of_vectors + TOKENS_OF_GRADED * of_tokens
    if held is not None and batch.held:
        found["held"] = _of_held(model, batch, held)
    return found


def late_interaction(asked: Embedded, answers: Embedded) -> Tensor:
    """The mean over a question's tokens of the best cosine with a token of the answer, shape (questions, answers).

    ColBERT's MaxSim (Khattab and Zaharia 2020, eq. 3), as a mean so that long questions weigh no more than short ones.
    """
    counted = asked.counts.bool()
    tokens = asked.tokens[counted]
    question = torch.arange(len(asked.tokens))[:, None].expand_as(asked.counts)[counted]
    cosines = (tokens @ answers.tokens.reshape(-1, WIDTH).T).view(len(tokens), *answers.counts.shape)
    best = cosines.masked_fill(answers.counts[None] == 0, -1.0).amax(2)
    sums = torch.zeros(len(asked.tokens), len(answers.tokens)).index_add(0, question, best)
    return sums / asked.counts.sum(1, keepdim=True).clamp(min=1)


def _ignored(batch: Batch) -> Tensor:
    """What is added to scores so that other right passages are no wrong ones, shape (questions, passages)."""
    ignored = torch.zeros(len(batch.questions), len(batch.passages))
    for question, also in enumerate(batch.also):
        ignored[question, list(also)] = _NEVER
    return ignored


def _of_sentences(by_sentence: Tensor, batch: Batch, ignored: Tensor) -> Tensor:
    """A question's deciding sentence against those of other passages; its neighbours may answer, and do not count."""
    chosen = [row for row, sentence in enumerate(batch.deciding) if sentence is not None]
    deciding = torch.tensor([sentence for sentence in batch.deciding if sentence is not None])
    passages = torch.tensor(batch.sentence_passages)
    neighbours = passages[None] == torch.tensor(batch.right)[chosen][:, None]
    neighbours[torch.arange(len(chosen)), deciding] = False
    scores = (by_sentence[chosen] / TEMPERATURE).masked_fill(neighbours, _NEVER)
    return functional.cross_entropy(scores + ignored[chosen][:, passages], deciding)


def _best_sentences(by_sentence: Tensor, by_passage: Tensor, batch: Batch) -> Tensor:
    """The best cosine of each passage's sentences, (questions, passages); the passage's where none is in the batch."""
    passages = torch.tensor(batch.sentence_passages)
    best = torch.full(by_passage.shape, -1.0)
    best = best.scatter_reduce(1, passages[None].expand(len(by_sentence), -1), by_sentence, "amax")
    has = torch.zeros(by_passage.shape[1], dtype=torch.bool)
    has[passages] = True
    return torch.where(has[None], best, by_passage)


def _of_held(model: Model, batch: Batch, held: Held) -> Tensor:
    """How far the vectors of texts and titles are from the base model's: 1 less the cosine, on average."""
    chosen = list(batch.held)
    texts = model.embed([held.texts[place] for place in chosen], HELD_TOKENS)
    titles = model.embed([held.titles[place] for place in chosen], HELD_TOKENS)
    of_texts = 1 - (texts * held.text_vectors[chosen]).sum(1)
    of_titles = 1 - (titles * held.title_vectors[chosen]).sum(1)
    return of_texts.mean() + of_titles.mean()
