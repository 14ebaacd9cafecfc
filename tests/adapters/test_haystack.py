"""The Haystack retriever is a component as Haystack wants it, and carries the whole answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from haystack import Pipeline
from haystack.core.serialization import component_from_dict, component_to_dict
from served import opened

import wellread
from wellread.adapters.haystack import WellreadRetriever
from wellread.api.objects import answer_json


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch, small_index: Path) -> None:
    monkeypatch.setenv("HAYSTACK_TELEMETRY_ENABLED", "False")
    monkeypatch.setattr(wellread, "open", lambda index: opened(Path(index)))


def test_documents_are_the_passages_and_the_answer_is_whole(small_index: Path) -> None:
    found = WellreadRetriever(str(small_index), top_k=2).run("loose cotton on warm skin")
    answer = opened(small_index).ask("loose cotton on warm skin", 2)
    assert found["answer"] == answer_json(answer)
    assert [(document.id, document.content) for document in found["documents"]] == [
        (hit.passage.id, hit.passage.text) for hit in answer.hits
    ]
    assert len(WellreadRetriever(str(small_index)).run("warm skin", top_k=1)["documents"]) == 1


@pytest.mark.parametrize(("confidence", "shown"), [(0.49, 0), (0.5, 2)])
def test_no_document_stands_below_the_card_for_self_harm_by_chance(
    small_index: Path, monkeypatch: pytest.MonkeyPatch, confidence: float, shown: int
) -> None:
    searcher = opened(small_index)
    asked = replace(searcher.ask("I want to kill myself", 2), state="closest", confidence=confidence)
    monkeypatch.setattr(searcher, "ask", lambda question, k: asked)
    monkeypatch.setattr(wellread, "open", lambda index: searcher)
    found = WellreadRetriever(str(small_index), top_k=2).run("I want to kill myself")
    assert found["answer"]["safety"]["kind"] == "self_harm"
    assert len(found["documents"]) == shown


def test_is_saved_and_loaded_by_haystack(small_index: Path) -> None:
    saved = component_to_dict(WellreadRetriever(str(small_index), top_k=3), "retriever")
    loaded = component_from_dict(WellreadRetriever, saved, "retriever")
    assert (loaded.index, loaded.top_k) == (str(small_index), 3)


def test_runs_in_a_pipeline_that_was_written_down(small_index: Path) -> None:
    pipeline = Pipeline()
    pipeline.add_component("retriever", WellreadRetriever(str(small_index)))
    again = Pipeline.loads(pipeline.dumps(), allowed_modules=["wellread.adapters.haystack"])
    result = again.run({"retriever": {"query": "a nap", "top_k": 1}})
    assert result["retriever"]["documents"][0].content == "A short nap before three does no harm."
