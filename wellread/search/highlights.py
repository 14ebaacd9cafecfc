"""Chooses the sentence that is marked, and finds passages that say the same, by sentence vectors."""

from __future__ import annotations

import numpy as np

from wellread.datatypes import Passage, Sentence
from wellread.encoders.sentence_transformer import Vectors
from wellread.search.products import products

HIGHLIGHT_MARGIN = 0.04
"""A sentence is marked that is nearer to the question than any other of its passage by this much, as a cosine.

On judgments/unseen-articles (dev) 70 % of the right first passages are marked then, and 81 % of the marks are right:
best where a wrong mark costs twice what a right one gives. docs/notebook.md has the other margins.
"""

ONE_WORD_ANSWER = 10
"""A paragraph's sentence of one word and at most so many characters ("No.", "Sometimes.") is never marked: its vector
is that of the title and the headings before it, and what it answers stands in the next one."""

DUPLICATE_SIMILARITY = 0.9
"""Passages say the same where the sentences of one have counterparts in the other at this mean cosine."""


def deciding_sentence(query: Vectors, sentences: Vectors, passage: Passage) -> Sentence | None:
    """The sentence that is nearest to the question, where one stands out.

    `query` has the shape (dimension,), `sentences` (sentences, dimension).
    """
    places = [place for place, sentence in enumerate(passage.sentences) if not _is_one_word(passage, sentence)]
    if not places:
        return None
    cosines = np.einsum("ij,j->i", sentences[places], query)
    best, *others = np.argsort(-cosines, kind="stable")
    if others and cosines[best] - cosines[others[0]] < HIGHLIGHT_MARGIN:
        return None
    return passage.sentences[places[int(best)]]


def _is_one_word(passage: Passage, sentence: Sentence) -> bool:
    """Whether a sentence of a paragraph is but a word, as "No."; items of lists may be."""
    text = passage.quote(sentence)
    return (
        passage.blocks[sentence.block].type == "paragraph" and len(text) <= ONE_WORD_ANSWER and len(text.split()) == 1
    )


def say_the_same(sentences: Vectors, others: Vectors) -> bool:
    """Whether two passages say the same: all sentences of either have a counterpart in the other."""
    nearness = products(sentences, others)
    return bool(max(nearness.max(axis=0).mean(), nearness.max(axis=1).mean()) >= DUPLICATE_SIMILARITY)
