"""Answers a question: ranks passages, marks sentences, and says how far the answer can be trusted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from operator import itemgetter
from pathlib import Path
from threading import Thread

import numpy as np
from numpy.typing import NDArray

from wellread.commands import command
from wellread.datatypes import DEFAULT_DISCLAIMER, Answer, Article, Hit, Passage, Scores, UrgentSign
from wellread.encoders.rerankers import Reranker
from wellread.encoders.sentence_transformer import Encoder
from wellread.errors import CalibrationError
from wellread.index.port import GenerationReader
from wellread.search.calibration import Calibration
from wellread.search.confidence import (
    TERM_MATCH_DEPTH,
    Findings,
    answer_state,
    confidence_features,
    state_in_another_language,
    state_of_a_name,
)
from wellread.search.glossary import GLOSSARY_FILE, Glossary, parse_glossary, shipped_glossary
from wellread.search.highlights import deciding_sentence, say_the_same
from wellread.search.late_interaction import weakest_similarity
from wellread.search.notice import Sign, is_shown
from wellread.search.query import Query, read_query
from wellread.search.ranking import (
    CANDIDATES,
    DEFAULT_WEIGHTS,
    Ranking,
    Weights,
    kinds_lacking,
    rank,
    reranked,
    retrievers_of,
)
from wellread.search.safety import emergency, safety_card
from wellread.search.signs import REMEMBERED, WarningSigns
from wellread.settings import SETTINGS_FILE, Settings, parse_settings
from wellread.text.languages import language_of, only_in


@dataclass(frozen=True, eq=False, slots=True)
class SearchResult:
    """A question as it was read, and its candidates in their order."""

    query: Query
    ranking: Ranking


@dataclass(frozen=True, eq=False, slots=True)
class AnswerFeatures:
    """What an answer is decided by: the features of its confidence, and what there is of an urgent notice.

    `sign` is the nearest of the warning signs of the article that the question is about, with the features of the
    notice; None where that has none.
    """

    confidence: NDArray[np.float64]
    sign: tuple[Sign, NDArray[np.float64]] | None


class Searcher:
    """Answers questions from one generation, whatever is published later.

    Without a `calibration` it ranks, and says nothing of how far that can be trusted.
    """

    def __init__(
        self,
        reader: GenerationReader,
        encoder: Encoder,
        calibration: Calibration | None = None,
        weights: Weights = DEFAULT_WEIGHTS,
        reranker: Reranker | None = None,
    ) -> None:
        if calibration is not None and calibration.fingerprint != encoder.fingerprint:
            raise CalibrationError(
                f"what was fitted for the model {calibration.model} says nothing of the model {encoder.name}",
                f"fit it: {command('fit', '--model', encoder.name)}",
            )
        self.reader = reader
        self.encoder = encoder
        self.calibration = calibration
        self.weights = weights
        self.reranker = reranker
        # Passages never change, and the same ones are found for many questions.
        self._say_the_same = lru_cache(maxsize=REMEMBERED)(partial(_say_the_same, reader))

    @property
    def generation(self) -> str:
        """The id of the generation that answers."""
        return self.reader.generation

    @cached_property
    def articles(self) -> tuple[Article, ...]:
        """Every article by id, without its sections."""
        with self.reader.reading():
            return self.reader.articles()

    def article(self, name: str) -> Article | None:
        """One article whole, or None where there is none of that id; raises IndexDamaged."""
        with self.reader.reading():
            return self.reader.article(name)

    def warm(self) -> None:
        """Load the model and the dictionary, so that the first question does not wait for them."""
        question = "what can I do against the cold in winter"
        unpacking = Thread(target=language_of, args=(question,))  # its model takes as long as all else together
        unpacking.start()
        self.encoder.encode_layers([question])
        self._glossary  # noqa: B018 (read once, and kept)
        unpacking.join()
        self.search(question)

    def ask(self, question: str, k: int = 5) -> Answer:
        """Answer a question with at most k passages, best first.

        Raises:
            CalibrationError: this searcher has no calibration.
            IndexDamaged: a file is no longer what was published.
            ValueError: the question is empty or k is not positive.
        """
        return self.answer(self.search(question), k)

    def rank(self, question: str, k: int = 5) -> tuple[Hit, ...]:
        """The k best passages for a question, best first; ties go by article id and then in reading order.

        Raises:
            ValueError: the question is empty or k is not positive.
        """
        with self.reader.reading():
            return self._hits(self.search(question), k)

    def order(self, question: str, depth: int = CANDIDATES) -> list[tuple[int, Scores]]:
        """The rows and scores of a question's candidates, best first: `depth` of each retriever.

        Raises:
            ValueError: the question is empty.
        """
        ranking = self.search(question, depth).ranking
        return list(zip(ranking.rows, ranking.scores, strict=True))

    def search(self, question: str, depth: int = CANDIDATES) -> SearchResult:
        """Read a question and rank its candidates, `depth` of each retriever.

        Raises:
            ValueError: the question is empty.
        """
        with self.reader.reading():
            query = read_query(question, self.reader, self.encoder, self.calibration, self._glossary)
            weights = self._weights_for(query)
            candidates = self.reader.candidates(query.text, query.vector, depth, retrievers_of(weights))
            kinds = kinds_lacking(candidates, query.wanted, self.calibration, self._own_articles)
            ranking = rank(candidates, query, weights, self.reader, kinds)
            if self.reranker is not None:
                ranking = reranked(query.text, ranking, self.reader, self.reranker)
            return SearchResult(query, ranking)

    def _weights_for(self, query: Query) -> Weights:
        """The weights for a question: words count more where question and articles may both be in another language.

        A question that is surely not English says so; of any other, the library's language tells.
        """
        foreign = (query.language or self._language) != "en" and not self._is_english
        return self.weights.in_another_language() if foreign else self.weights

    def answer(self, result: SearchResult, k: int = 5) -> Answer:
        """Make an answer of at most k passages from what `search` found; raises what `ask` raises."""
        with self.reader.reading():
            return self._answer(result, k)

    def _answer(self, result: SearchResult, k: int) -> Answer:
        calibration = self._calibration
        query = result.query
        features = self.answer_features(result)
        hits = self._hits(result, k)
        confidence = calibration.confidence.probability(features.confidence) if hits else 0.0
        passages = [hit.passage for hit in hits]
        state = answer_state(confidence, calibration) if hits else "not_covered"
        state = state_of_a_name(state, query.asked, passages)
        note = (only_in(query.language, self._language) or "") if query.language else ""
        if note:
            state = state_in_another_language(state, query.plain_text, passages)
            if passages and self._languages[passages[0].article] == query.language:
                note = ""  # untrue above a passage in the reader's own language
        kind, _ = emergency(query.plain_text, query.features, calibration.safety)
        sign = self._shown_sign(features)
        if sign is not None:
            before = result.ranking.articles_before(sign.section.row)
            sign = sign if is_shown(sign, before, confidence, kind is not None) else None
        return Answer(
            question=query.asked,
            state=state,
            confidence=confidence,
            disclaimer=self._disclaimer(hits),
            generation=self.generation,
            urgent=sign.section.passage if sign else None,
            hits=hits,
            corrections=query.corrections,
            urgent_sign=UrgentSign(sign.section.passage.sentences[sign.sentence], sign.level) if sign else None,
            expansions=tuple((expansion.term, expansion.means) for expansion in query.expansions),
            safety=safety_card(kind, self.settings.safety) if kind else None,
            language_note=note,
        )

    def answer_features(self, result: SearchResult) -> AnswerFeatures:
        """What `answer` decides by; raises CalibrationError where nothing was fitted."""
        query, ranking = result.query, result.ranking.by_score()  # as it was fitted, without a reranker
        first = self.reader.token_vectors(ranking.rows[0]) if ranking.rows else query.tokens[:0]
        features = confidence_features(
            Findings(
                scores=ranking.scores,
                articles=ranking.articles,
                weakest=weakest_similarity(query.tokens, first),
                texts=[_plain(self.reader.passage(row)) for row in ranking.rows[:TERM_MATCH_DEPTH]],
                question=query.plain_text,
                tokens=len(query.tokens),
                unknown_names=len(query.unknown_names),
                wanted=query.wanted,
                passages=self.reader.passage_count,
            )
        )
        return AnswerFeatures(features, self._warning_signs.nearest(query, ranking))

    def _shown_sign(self, features: AnswerFeatures) -> Sign | None:
        """The sign that has a notice by itself, or None where none has."""
        notice = self._calibration.notice
        if features.sign is None or notice.weights.probability(features.sign[1]) < notice.threshold:
            return None
        return features.sign[0]

    @cached_property
    def _own_articles(self) -> tuple[int, ...]:
        """The places of the articles that kinds of questions were learned of."""
        own = self.calibration.own_articles if self.calibration else ()
        return tuple(place for place, article in enumerate(self.articles) if article.id in own)

    @property
    def _calibration(self) -> Calibration:
        if self.calibration is None:
            raise CalibrationError(
                f"nothing was fitted for the model {self.encoder.name}",
                f"fit it: {command('fit', '--model', self.encoder.name)}",
            )
        return self.calibration

    @cached_property
    def _glossary(self) -> Glossary:
        own = self.reader.library_files().get(GLOSSARY_FILE, "")
        return shipped_glossary().with_entries(parse_glossary(own, Path(GLOSSARY_FILE)))

    @cached_property
    def settings(self) -> Settings:
        """The library's own settings that readers meet, as they were published; raises IndexDamaged."""
        with self.reader.reading():
            return parse_settings(self.reader.library_files().get(SETTINGS_FILE, ""), Path(SETTINGS_FILE))

    @cached_property
    def _languages(self) -> dict[str, str]:
        """The language of each article; those that name none are English."""
        return {article.id: article.language.partition("-")[0].lower() or "en" for article in self.articles}

    @cached_property
    def _language(self) -> str:
        """The language of most articles."""
        named = Counter(self._languages.values())
        return max(named, key=lambda code: (named[code], code), default="en")

    @cached_property
    def _is_english(self) -> bool:
        """Whether every article is in English."""
        return set(self._languages.values()) <= {"en"}

    @cached_property
    def _disclaimers(self) -> dict[str, str]:
        return {article.id: article.disclaimer or DEFAULT_DISCLAIMER for article in self.articles}

    @cached_property
    def _warning_signs(self) -> WarningSigns:
        return WarningSigns(self.reader, self._calibration)

    def _hits(self, result: SearchResult, k: int) -> tuple[Hit, ...]:
        if k < 1:
            raise ValueError(f"k is {k}; at least one passage must be asked for")
        hits: list[Hit] = []
        rows = result.ranking.rows[:k]
        for row, scores in zip(rows, result.ranking.scores[:k], strict=True):
            passage = self.reader.passage(row)
            same_as = next(
                (
                    hit.passage.id
                    for hit, other in zip(hits, rows, strict=False)
                    if not hit.same_as and self._say_the_same(other, row)
                ),
                "",
            )
            sentence = deciding_sentence(result.query.vector, self.reader.sentence_vectors(row), passage)
            hits.append(Hit(passage, sentence, scores, same_as))
        return tuple(hits)

    def _disclaimer(self, hits: Sequence[Hit]) -> str:
        """The disclaimers of the articles quoted, each once, a line each; without hits the commonest of all."""
        own = self._disclaimers
        if hits:
            return "\n".join(dict.fromkeys(own[hit.passage.article] for hit in hits))
        return max(Counter(own.values()).items(), key=itemgetter(1), default=(DEFAULT_DISCLAIMER, 0))[0]


def _plain(passage: Passage) -> str:
    return f"{passage.title}\n{' '.join(passage.path)}\n{passage.text}"


def _say_the_same(reader: GenerationReader, row: int, other: int) -> bool:
    return say_the_same(reader.sentence_vectors(row), reader.sentence_vectors(other))
