"""Traces and request ids on their way to the model server and to the worker."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import structlog

from services.gateway.model_server.grpc_client import GrpcModelClient
from services.gateway.model_server.protocol import Question
from services.kit.settings import Settings
from services.store import Store
from services.trainer.worker.tasks import make_app
from tests.support import models
from tests.support.prediction_server import prediction_server


def test_nothing_happens_unless_it_is_configured() -> None:
    code = (
        "import sys; from services.gateway.plumbing import telemetry; telemetry.start({})();"
        "assert not any(name.startswith('opentelemetry.sdk') for name in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


async def test_the_model_server_learns_the_requests_id(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.prepare()
    models.publish(store, models.make_card())
    z = np.zeros((1, 2), np.float32)
    async with prediction_server(store) as server:
        client = GrpcModelClient(server.address)
        with structlog.contextvars.bound_contextvars(request_id="abc-1"):
            await client.predict(Question("quad", 10, "classify", {"z": z}, ("class_id",)), 20)
        await client.close()
        assert server.metadata["x-request-id"] == "abc-1"


def test_the_worker_learns_the_requests_id() -> None:
    seen: list[dict[str, Any]] = []
    app = make_app(Settings(), lambda _: seen.append(dict(structlog.contextvars.get_contextvars())))
    task = app.tasks["atlas.train"]
    task.apply(("r",), headers={"request_id": "abc-1"})
    task.apply(("r",))
    assert seen == [{"request_id": "abc-1"}, {}]


@contextmanager
def _collector() -> Iterator[tuple[str, list[bytes]]]:
    """As much of an OpenTelemetry collector as takes bodies."""
    bodies: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", bodies
        server.shutdown()
        thread.join()


_TRACED = """
import asyncio, sys, tempfile
from pathlib import Path
from services.gateway.plumbing import telemetry
from tests.support.gateway import Gateway

async def main():
    stop = telemetry.start()
    gateway = Gateway(Path(tempfile.mkdtemp()))
    gateway.publish()
    with telemetry.model_call("Predict", "quad") as metadata:
        names = [name for name, _ in metadata]
    async with gateway.http() as http:
        response = await http.post("/v1/models/quad/generate", json={"count": 1})
    await asyncio.to_thread(stop)
    print(response.status_code, names)

asyncio.run(main())
"""


def test_spans_reach_a_collector() -> None:
    pytest.importorskip("opentelemetry.sdk")
    with _collector() as (url, bodies):
        # A process of its own: a tracer provider is for ever.
        done = subprocess.run(
            [sys.executable, "-c", _TRACED],
            env={
                "PATH": "/usr/bin:/bin",
                "OTEL_EXPORTER_OTLP_ENDPOINT": url,
                "PYTHONPATH": ":".join(sys.path),
            },
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    assert "200 ['traceparent']" in done.stdout
    sent = b"".join(bodies)
    assert b"latent-atlas-gateway" in sent
    assert b"/v1/models/{model}/generate" in sent
    assert b"Predict" in sent
