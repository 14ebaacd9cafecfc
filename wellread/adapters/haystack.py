"""A Haystack retriever over an index: its documents are passages, word for word."""

from __future__ import annotations

from typing import Any

from haystack import Document, component, default_from_dict, default_to_dict

import wellread
from wellread.api.objects import answer_json


@component
class WellreadRetriever:
    """Gives the passages of an index, best first; none where the articles do not answer, or the card stands alone.

    Beside the documents comes the whole `answer`, as `wellread ask --json` prints it: its `disclaimer` is to be shown
    with every passage, its `safety` and `urgent` before all else.

        WellreadRetriever("index", top_k=3).run("is it dangerous?")["documents"]
    """

    def __init__(self, index: str, top_k: int = 5) -> None:
        self.index = index
        self.top_k = top_k
        self._searcher: wellread.Searcher | None = None

    def warm_up(self) -> None:
        """Open the index; raises WellreadError."""
        self._searcher = self._searcher or wellread.open(self.index)

    def to_dict(self) -> dict[str, Any]:
        """The component as Haystack saves it."""
        return default_to_dict(self, index=self.index, top_k=self.top_k)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> WellreadRetriever:
        """The component that was saved."""
        return default_from_dict(cls, data)

    @component.output_types(documents=list[Document], answer=dict[str, Any])
    def run(self, query: str, top_k: int | None = None) -> dict[str, Any]:
        """Ask; raises WellreadError, and ValueError for an empty question."""
        self.warm_up()
        assert self._searcher is not None  # noqa: S101 - for mypy: just opened
        answer = self._searcher.ask(query, top_k or self.top_k)
        documents = [
            Document(
                id=hit.passage.id,
                content=hit.passage.text,
                score=hit.scores.final,
                meta={"article": hit.passage.article, "title": hit.passage.title, "heading": hit.passage.heading},
            )
            for hit in answer.shown_hits
        ]
        return {"documents": documents, "answer": answer_json(answer)}
