"""A LangChain retriever over an index: its documents are passages, word for word."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

from wellread.search.searcher import Searcher


class WellreadRetriever(BaseRetriever):
    """Gives the passages of a searcher, best first; none where the articles do not answer the question.

    The metadata of each document has the `disclaimer` to show with it and the `state` of the answer, and where the
    answer has them `safety` and `urgent`, the texts to show before all else. Where there is no document there may be a
    safety card all the same: `searcher.ask(question).safety`.

        retriever = WellreadRetriever(searcher=wellread.open("index"), k=3)
        retriever.invoke("is it dangerous?")
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    searcher: Searcher
    k: int = Field(default=5, ge=1)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, k: int | None = None
    ) -> list[Document]:
        answer = self.searcher.ask(query, self.k if k is None else k)
        about: dict[str, Any] = {
            "state": answer.state,
            "confidence": answer.confidence,
            "disclaimer": answer.disclaimer,
        }
        if answer.safety is not None:
            about["safety"] = answer.safety.text
        if answer.urgent is not None:
            about["urgent"] = answer.urgent.text
        return [
            Document(
                hit.passage.text,
                id=hit.passage.id,
                metadata={
                    **about,
                    "article": hit.passage.article,
                    "title": hit.passage.title,
                    "heading": hit.passage.heading,
                    "sentence": hit.passage.quote(hit.sentence) if hit.sentence else None,
                    "score": hit.scores.final,
                },
            )
            for hit in (answer.hits if answer.state != "not_covered" else ())
        ]
