"""The LangChain retriever keeps LangChain's contract, and carries what must be shown with each passage."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from conftest import HashEncoder, plain_calibration
from langchain_core.documents import Document
from langchain_core.runnables import RunnableLambda
from served import opened

from wellread.adapters.langchain import WellreadRetriever
from wellread.datatypes import DEFAULT_DISCLAIMER
from wellread.search.searcher import Searcher


def test_documents_are_the_passages_in_their_order(small_index: Path) -> None:
    searcher = opened(small_index)
    found = WellreadRetriever(searcher=searcher, k=2).invoke("loose cotton on warm skin")
    hits = searcher.ask("loose cotton on warm skin", 2).hits
    assert [(document.id, document.page_content) for document in found] == [
        (hit.passage.id, hit.passage.text) for hit in hits
    ]
    assert {document.metadata["disclaimer"] for document in found} == {DEFAULT_DISCLAIMER}


def test_k_of_the_call_counts_before_that_of_the_retriever(small_index: Path) -> None:
    retriever = WellreadRetriever(searcher=opened(small_index), k=3)
    assert [len(retriever.invoke("warm skin")), len(retriever.invoke("warm skin", k=1))] == [3, 1]
    with pytest.raises(ValueError, match="at least one"):
        retriever.invoke("warm skin", k=0)


def test_is_a_part_of_chains_also_where_they_wait(small_index: Path) -> None:
    chain = WellreadRetriever(searcher=opened(small_index), k=1) | RunnableLambda(lambda documents: documents[0])
    document = asyncio.run(chain.ainvoke("a nap"))
    assert isinstance(document, Document)
    assert document == chain.invoke("a nap")


def test_what_must_come_first_is_with_each_document(small_index: Path) -> None:
    found = WellreadRetriever(searcher=opened(small_index)).invoke("I took twenty paracetamol tablets")
    assert found[0].metadata["safety"].startswith("This may be an emergency.")


def test_no_document_where_the_articles_do_not_answer(small_index: Path) -> None:
    searcher = Searcher(opened(small_index).reader, HashEncoder(), plain_calibration(threshold=1.1))
    assert WellreadRetriever(searcher=searcher).invoke("warm skin") == []
