"""What the API does is what its description says, for requests that nobody thought of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from served import client, published
from starlette.applications import Starlette

EACH = 15
"""Requests of each kind to each address: 300 found no more."""


@pytest.fixture
def described(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> schemathesis.BaseSchema:
    monkeypatch.setenv("WELLREAD_HOSTS", "testserver")  # as Starlette's client calls it
    index = published(tmp_path_factory.mktemp("described"), "[api]\nrate = 1000000\n")
    app = client(index).app
    assert isinstance(app, Starlette)
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_no_request_gets_what_the_description_does_not_say(
    described: schemathesis.BaseSchema, mode: GenerationMode
) -> None:
    asked = []
    for found in described.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()

        @settings(max_examples=EACH, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
        @given(operation.as_strategy(generation_mode=mode))
        def check(case: schemathesis.Case[Any]) -> None:
            case.call_and_validate()

        try:
            check()
        except Unsatisfiable:  # nothing that is wrong can be sent to an address without parameters
            continue
        asked.append(operation.label)
    assert {"GET /ask", "POST /ask", "GET /articles", "GET /suggest"} <= set(asked)


def test_description_has_the_version_of_the_package(small_index: Path) -> None:
    described = client(small_index).get("/api/v1/openapi.json").json()
    assert (described["openapi"], described["info"]["version"]) == ("3.1.0", "0.1.0")
