"""A gRPC server that answers like TensorFlow Serving, with the formula of `tests.support.models`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import grpc
import numpy as np

from services.gateway.model_server.tensors import to_array, to_message
from services.gateway.stubs import tensorflow_pb2 as tf
from services.gateway.stubs import tensorflow_serving_pb2 as pb
from services.gateway.stubs import tensorflow_serving_pb2_grpc as rpc
from services.store import Store
from tests.support import models


class PredictionServer:
    """Every version in the store counts as loaded, unless told otherwise."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.unloaded: set[int] = set()
        self.calls = 0
        self.status_calls = 0
        self.failures: list[grpc.StatusCode] = []
        """The next Predict calls fail with these."""
        self.delay = 0.0
        self.one_by_one = False
        """Write elements one by one, as TensorFlow Serving does by default."""
        self.address = ""
        self.metadata: dict[str, str] = {}
        """Metadata of the last Predict call."""
        self._server: grpc.aio.Server | None = None

    async def start(self, address: str = "127.0.0.1:0") -> None:
        server = grpc.aio.server(options=(("grpc.so_reuseport", 0),))
        rpc.add_PredictionServiceServicer_to_server(self, server)  # type: ignore[no-untyped-call]
        rpc.add_ModelServiceServicer_to_server(self, server)  # type: ignore[no-untyped-call]
        port = server.add_insecure_port(address)
        self.address = f"127.0.0.1:{port}"
        await server.start()
        self._server = server

    async def stop(self) -> None:
        if self._server is not None:
            await self._server.stop(0)
            self._server = None

    async def Predict(self, request: pb.PredictRequest, context: Any) -> pb.PredictResponse:  # noqa: N802
        self.calls += 1
        self.metadata = dict(context.invocation_metadata())
        if self.failures:
            await context.abort(self.failures.pop(0), "as the test wants it")
        if self.delay:
            await asyncio.sleep(self.delay)
        spec = request.model_spec
        if spec.version.value not in self._loaded(spec.name):
            await context.abort(
                grpc.StatusCode.NOT_FOUND,
                f"Servable not found for request: Specific({spec.name}, {spec.version.value})",
            )
        inputs = {name: to_array(tensor) for name, tensor in request.inputs.items()}
        card = self._store.models.card(spec.name, spec.version.value)
        response = pb.PredictResponse()
        for name, array in models.answer(request.output_filter, inputs, card).items():
            to_message(array, response.outputs[name])
            if self.one_by_one:
                _spell_out(array, response.outputs[name])
        return response

    async def GetModelStatus(  # noqa: N802
        self, request: pb.GetModelStatusRequest, context: Any
    ) -> pb.GetModelStatusResponse:
        self.status_calls += 1
        versions = self._store.models.versions(request.model_spec.name)
        if not versions:
            await context.abort(
                grpc.StatusCode.NOT_FOUND, f"Could not find any versions of model {request.model_spec.name}"
            )
        states = pb.ModelVersionStatus
        return pb.GetModelStatusResponse(
            model_version_status=[
                states(
                    version=version, state=states.LOADING if version in self.unloaded else states.AVAILABLE
                )
                for version in reversed(versions)
            ]
        )

    def _loaded(self, model: str) -> set[int]:
        return set(self._store.models.versions(model)) - self.unloaded


def _spell_out(array: np.ndarray[Any, Any], message: tf.TensorProto) -> None:
    message.ClearField("tensor_content")
    values = message.float_val if array.dtype.kind == "f" else message.int_val
    values.extend(array.ravel().tolist())


@asynccontextmanager
async def prediction_server(store: Store) -> AsyncIterator[PredictionServer]:
    """A running server."""
    server = PredictionServer(store)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()
