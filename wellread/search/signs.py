"""Finds the warning sign of an article that is nearest to a question, among the passages that were found."""

from __future__ import annotations

from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from wellread.datatypes import NoticeLevel
from wellread.index.port import GenerationReader
from wellread.search.calibration import KINDS, Calibration
from wellread.search.classifier import middle_layers
from wellread.search.notice import Asked, Sign, WarningSection, nearest_sign, notice_features, sign_levels
from wellread.search.query import Query
from wellread.search.ranking import Ranking

NOTICE_CANDIDATES = 40
"""Passages among which the warning signs of an article are looked for, the best."""

WARNING_PROBABILITY = 0.5
"""A section is one of warning signs from this probability on that its heading is, or where its article says so."""

REMEMBERED = 1 << 14
"""Passages whose warning signs are remembered, and pairs of them of which it is remembered whether they say the same. A
question asks for a dozen passages and two dozen pairs; so many of each take 6 MB."""


class WarningSigns:
    """The warning signs of a generation's passages, as what was fitted tells them."""

    def __init__(self, reader: GenerationReader, calibration: Calibration) -> None:
        self._reader = reader
        self._calibration = calibration
        self._warning_rows = reader.warning_rows()
        # Passages never change, and the same ones are found for many questions.
        self._levels = lru_cache(maxsize=REMEMBERED)(partial(_sign_levels, reader))

    def nearest(self, query: Query, ranking: Ranking) -> tuple[Sign, NDArray[np.float64]] | None:
        """The nearest warning sign, and a notice's features, of the article of the first passage that has any."""
        sections = self._sections(ranking)
        if not sections:
            return None
        layers = middle_layers(query.features[np.newaxis], len(query.vector))
        asked = Asked(query.plain_text, query.vector, float(self._calibration.urgency.margins(layers)[0]))
        sign = nearest_sign(asked, sections)
        if sign is None:
            return None
        own = {section.row for section in sections}
        article = ranking.articles[ranking.rows.index(sections[0].row)]
        rivals = [
            scores.sentence
            for row, scores, number in zip(ranking.rows, ranking.scores, ranking.articles, strict=True)
            if number == article and row not in own
        ]
        return sign, notice_features(asked, sign, max(rivals, default=0.0))

    def _sections(self, ranking: Ranking) -> list[WarningSection]:
        """The sections with warning signs, best first, of the article of the first passage that has any."""
        if not ranking.rows:
            return []
        kinds = self._calibration.headings.probabilities(ranking.headings[:NOTICE_CANDIDATES])
        warns = kinds[:, KINDS.index("warning")] >= WARNING_PROBABILITY
        sections: list[WarningSection] = []
        article = -1
        for place, row in enumerate(ranking.rows[:NOTICE_CANDIDATES]):
            if sections and ranking.articles[place] != article:
                continue
            levels = self._levels(row, bool(warns[place]) or row in self._warning_rows)
            if any(levels):
                article = ranking.articles[place]
                sections.append(
                    WarningSection(row, self._reader.passage(row), self._reader.sentence_vectors(row), levels)
                )
        return sections


def _sign_levels(reader: GenerationReader, row: int, is_warning: bool) -> tuple[NoticeLevel | None, ...]:
    return sign_levels(reader.passage(row), is_warning)
