"""The API keeps what its OpenAPI description promises, whatever it is asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from services.contracts.events import EpochEnded, EpochFigures, StateChanged
from services.contracts.experiments import ExperimentSpec
from services.contracts.spec import TrainingSpec
from services.gateway import media
from services.gateway.app import bare_app
from services.gateway.schema import describe
from tests.support.gateway import Gateway
from tests.support.images import blots, zipped
from tests.support.reports import REPORT

_NAME = "digits-2d"
"""The example that the description gives, so that many questions find something."""
_CHECKS: list[Any] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture
def gateway(tmp_path: Path) -> Gateway:
    """One with a finished run and its model."""
    gateway = Gateway(tmp_path)
    runs = gateway.store.runs
    runs.create(TrainingSpec(name=_NAME, dataset="digits"))
    runs.append(_NAME, StateChanged(state="queued"))
    figures = EpochFigures(epoch=1, seconds=1, generator_loss=1, discriminator_loss=1)
    runs.append(_NAME, EpochEnded(figures=figures))
    runs.write_snapshot(_NAME, 1, media.png(np.zeros((2, 2, 1), np.uint8)))
    runs.write_map(_NAME, 1, media.npy(np.zeros((1, 100, 100), np.uint8)))
    runs.write_report(_NAME, REPORT)
    runs.update(_NAME, state="succeeded")
    gateway.publish(name=_NAME)
    gateway.experiments.submit(ExperimentSpec(name="activations", base={"dataset": "digits"}), None)
    # Streams of runs that wait would last for ever.
    gateway.feed.close()
    return gateway


schemathesis.serializer.alias("application/zip", "application/octet-stream")
schemathesis.openapi.media_type(
    "application/zip", st.sampled_from([zipped(blots(24, classes=2)), zipped(blots(24)), b"no zip", b""])
)

# Questions are made from the description alone, and then asked of an app with something behind it.
schema = schemathesis.openapi.from_asgi("/openapi.json", bare_app())


@schema.parametrize()
@settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_no_question_breaks_the_promise(gateway: Gateway, case: Any) -> None:
    case.call_and_validate(app=gateway.app, checks=_CHECKS)


def test_every_call_is_described() -> None:
    description = describe(bare_app())
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            where = f"{method} {path}"
            assert operation["summary"], where
            assert operation["description"], where
            for parameter in operation.get("parameters", ()):
                assert parameter.get("description"), f"{where} {parameter['name']}"
            for status, answer in operation["responses"].items():
                assert answer["description"], f"{where} {status}"
            if path.startswith("/v1/"):
                assert operation["security"], where


def test_errors_are_described_as_problems() -> None:
    description = describe(bare_app())
    for path, operations in description["paths"].items():
        if not path.startswith("/v1/"):
            continue
        for operation in operations.values():
            for status, answer in operation["responses"].items():
                if status >= "400":
                    assert set(answer["content"]) == {"application/problem+json"}
    assert set(description["components"]["schemas"]["Problem"]["required"]) >= {
        "type",
        "title",
        "status",
        "detail",
    }
