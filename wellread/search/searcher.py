"""Answers a question: ranks passages, marks sentences, and says how far the answer can be trusted."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from operator import itemgetter
from pathlib import Path
from threading import Thread
from weakref import WeakValueDictionary

import numpy as np
from numpy.typing import NDArray

from wellread.commands import command, ingest_command
from wellread.datatypes import DEFAULT_DISCLAIMER, Answer, Article, Hit, NoticeLevel, Scores, UrgentSign
from wellread.encoders.rerankers import CrossEncoderReranker, Reranker
from wellread.encoders.sentence_transformer import Encoder, SentenceTransformerEncoder
from wellread.errors import CalibrationError, ModelError
from wellread.index.port import Candidates, GenerationReader
from wellread.index.readers import open_reader
from wellread.search.calibration import KINDS, Calibration, load_calibration
from wellread.search.classifier import middle_layers
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
from wellread.search.notice import (
    Asked,
    Sign,
    WarningSection,
    nearest_sign,
    notice_features,
    sign_levels,
    stands_below_card,
)
from wellread.search.query import Query, read_query
from wellread.search.ranking import CANDIDATES, DEFAULT_WEIGHTS, Ranking, Weights, rank, retrievers_of
from wellread.search.safety import emergency, safety_card
from wellread.settings import SETTINGS_FILE, Settings, parse_settings
from wellread.text.languages import language_of, only_in

RERANK_DEPTH = 30
"""Passages that a reranker puts in order, where there is one."""

NOTICE_CANDIDATES = 40
"""Passages among which the warning signs of an article are looked for, the best."""

WARNING_PROBABILITY = 0.5
"""A section is one of warning signs from this probability on that its heading is, or where its article says so."""


REMEMBERED = 1 << 14
"""Passages whose warning signs are remembered, and pairs of them of which it is remembered whether they say the same. A
question asks for a dozen passages and two dozen pairs; so many of each take 6 MB."""


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
        self._sign_levels = lru_cache(maxsize=REMEMBERED)(partial(_sign_levels, reader))
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
            candidates = self.reader.candidates(query.text, query.vector, depth, retrievers_of(self.weights))
            ranking = rank(candidates, query, self.weights, self.reader, self._kinds(query, candidates))
            return SearchResult(query, self._reranked(query.text, ranking))

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
        kind, _ = emergency(query.plain_text, query.features, calibration.safety)
        sign = self._shown_sign(features)
        if sign is not None and kind and not stands_below_card(sign, hits, confidence):
            sign = None
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
        query, ranking = result.query, result.ranking
        # As it was fitted, without a reranker.
        ranking = ranking.take(
            sorted(range(len(ranking.rows)), key=lambda place: (-ranking.scores[place].final, ranking.rows[place]))
        )
        first = self.reader.token_vectors(ranking.rows[0]) if ranking.rows else query.tokens[:0]
        features = confidence_features(
            Findings(
                scores=ranking.scores,
                articles=ranking.articles,
                weakest=weakest_similarity(query.tokens, first),
                texts=self._texts(ranking.rows[:TERM_MATCH_DEPTH]),
                question=query.plain_text,
                tokens=len(query.tokens),
                unknown_names=len(query.unknown_names),
                wanted=query.wanted,
                passages=self.reader.passage_count,
            )
        )
        return AnswerFeatures(features, self._nearest_sign(query, ranking))

    def _nearest_sign(self, query: Query, ranking: Ranking) -> tuple[Sign, NDArray[np.float64]] | None:
        """The nearest warning sign, and a notice's features, of the article of the first passage that has any."""
        if not ranking.rows:
            return None
        calibration = self._calibration
        kinds = calibration.headings.probabilities(ranking.headings[:NOTICE_CANDIDATES])
        warns = kinds[:, KINDS.index("warning")] >= WARNING_PROBABILITY
        sections: list[WarningSection] = []
        article = -1
        for place, row in enumerate(ranking.rows[:NOTICE_CANDIDATES]):
            if sections and ranking.articles[place] != article:
                continue
            levels = self._sign_levels(row, bool(warns[place]) or row in self._warning_rows)
            if any(levels):
                article = ranking.articles[place]
                vectors = self.reader.sentence_vectors(row)
                sections.append(WarningSection(row, self.reader.passage(row), vectors, levels))
        if not sections:
            return None
        layers = middle_layers(query.features[np.newaxis], len(query.vector))
        asked = Asked(query.plain_text, query.vector, float(calibration.urgency.margins(layers)[0]))
        sign = nearest_sign(asked, sections)
        if sign is None:
            return None
        own = {section.row for section in sections}
        rivals = [
            scores.sentence
            for row, scores, number in zip(ranking.rows, ranking.scores, ranking.articles, strict=True)
            if number == article and row not in own
        ]
        return sign, notice_features(asked, sign, max(rivals, default=0.0))

    def _shown_sign(self, features: AnswerFeatures) -> Sign | None:
        """The sign that has a notice by itself, or None where none has."""
        notice = self._calibration.notice
        if features.sign is None or notice.weights.probability(features.sign[1]) < notice.threshold:
            return None
        return features.sign[0]

    def _kinds(self, query: Query, candidates: Candidates) -> NDArray[np.float64]:
        """What each candidate lacks in the kind of section that is wanted beside the best of its article, -1 to 0.

        0 in articles whose own questions were not learned from: there, kinds made the ranking worse at any weight.
        """
        lacks = np.zeros(len(candidates.rows))
        if self.calibration is None:
            return lacks
        for article in self._own_articles:
            places = np.flatnonzero(candidates.articles == article)
            if len(places):
                kinds = self.calibration.headings.probabilities(candidates.headings[places])
                suits = kinds[:, : len(KINDS)] @ query.wanted[: len(KINDS)]
                lacks[places] = suits - suits.max()
        return lacks

    @cached_property
    def _own_articles(self) -> tuple[int, ...]:
        """The places of the articles that kinds of questions were learned of."""
        own = self._calibration.own_articles
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
    def _language(self) -> str:
        """The language of most articles; those that name none are English."""
        named = Counter(article.language.partition("-")[0].lower() or "en" for article in self.articles)
        return max(named, key=lambda code: (named[code], code), default="en")

    @cached_property
    def _disclaimers(self) -> dict[str, str]:
        return {article.id: article.disclaimer or DEFAULT_DISCLAIMER for article in self.articles}

    @cached_property
    def _warning_rows(self) -> frozenset[int]:
        return self.reader.warning_rows()

    def _texts(self, rows: Sequence[int]) -> list[str]:
        """Passages as plain text, with their title and headings."""
        passages = [self.reader.passage(row) for row in rows]
        return [f"{passage.title}\n{' '.join(passage.path)}\n{passage.text}" for passage in passages]

    def _reranked(self, question: str, ranking: Ranking) -> Ranking:
        """The first candidates in the order of the reranker, if there is one; the others stay behind them."""
        if self.reranker is None:
            return ranking
        first = ranking.rows[:RERANK_DEPTH]
        passages = [self.reader.passage(row) for row in first]
        scores = self.reranker.score(question, [f"{p.title}. {p.heading}\n{p.text}" for p in passages])
        order = sorted(range(len(first)), key=lambda place: (-scores[place], place))
        order += range(len(first), len(ranking.rows))
        return ranking.take(order)

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


def _sign_levels(reader: GenerationReader, row: int, is_warning: bool) -> tuple[NoticeLevel | None, ...]:
    return sign_levels(reader.passage(row), is_warning)


def _say_the_same(reader: GenerationReader, row: int, other: int) -> bool:
    return say_the_same(reader.sentence_vectors(row), reader.sentence_vectors(other))


def calibration_of(index: Path, encoder: Encoder) -> Calibration | None:
    """What was fitted for a model, or None: enough to rank, as the publish gate does, and not to answer."""
    try:
        return load_calibration(index, encoder.name, encoder.fingerprint)
    except CalibrationError:
        return None


_encoders: WeakValueDictionary[tuple[str, str], SentenceTransformerEncoder] = WeakValueDictionary()
"""The models of the searchers that are open, by name and fingerprint."""


def _encoder(model: str) -> SentenceTransformerEncoder:
    """A model, loaded already where a searcher has it: after a publication nobody waits for it, nor is it there twice.

    Loading it again for each generation was four fifths of the time until that answered.
    """
    encoder = SentenceTransformerEncoder(model)
    return _encoders.setdefault((encoder.name, encoder.fingerprint), encoder)


def open_searcher(
    index: Path, model: str | None = None, reranker: str | None = None, generation: str | None = None
) -> Searcher:
    """Open a generation, by default the one being served, with the model that it was made by.

    `model`, or else the environment's WELLREAD_MODEL, names the model to ask with; it must be the index's own.
    `reranker`, or else WELLREAD_RERANKER, names a cross-encoder that puts the first passages in order. Where
    WELLREAD_ENGINE is "milvus", generations are those at WELLREAD_MILVUS_URI, and not those of the folder.

    Raises:
        IndexMissing: nothing has been published into `index` yet.
        IndexDamaged: the generation is not what its manifest says.
        ModelError: a model is missing, or is not the one that made the index.
        CalibrationError: nothing was fitted for the model.
    """
    reader = open_reader(index, generation)
    made_by = reader.model
    encoder = _encoder(model or os.environ.get("WELLREAD_MODEL") or made_by)
    if encoder.fingerprint != reader.fingerprint:
        raise ModelError(
            f"{index} was made with the model {made_by}, not with this {encoder.name}",
            f"ask with that one, or rebuild the index: {ingest_command(index, model=encoder.name)}",
        )
    named = reranker or os.environ.get("WELLREAD_RERANKER")
    return Searcher(
        reader,
        encoder,
        load_calibration(index, encoder.name, encoder.fingerprint),
        reranker=CrossEncoderReranker(named) if named else None,
    )
