"""The `ModelClient` that talks to TensorFlow Serving, or to `services.serving`."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

import grpc
from numpy.typing import NDArray

from services.contracts.errors import (
    AtlasError,
    DeadlineExceeded,
    ModelNotReady,
    Overloaded,
    ServingUnavailable,
)
from services.gateway.model_server.protocol import Question
from services.gateway.model_server.tensors import to_array, to_message
from services.gateway.plumbing.telemetry import model_call
from services.gateway.stubs import tensorflow_serving_pb2 as pb
from services.gateway.stubs.tensorflow_serving_pb2_grpc import ModelServiceStub, PredictionServiceStub

STATUS_SECONDS = 1.0
"""How long an answer about the versions of a model is reused; a new version may be seen this much later."""
_STATUS_LIMIT = 5.0
_RETRY_PAUSE = 0.05
_MOST_DETAILS = 200
_OTHER_SERVERS = 5
"""How often a call for an unknown version is tried on other servers: of several replicas, some load a new
version seconds before the others."""
_OPTIONS = (
    ("grpc.max_receive_message_length", -1),
    ("grpc.max_send_message_length", -1),
    # One name may stand for several servers.
    ("grpc.lb_policy_name", "round_robin"),
    # A server that comes back is found within a second, however long it was away.
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.min_reconnect_backoff_ms", 100),
    ("grpc.max_reconnect_backoff_ms", 1000),
    # In a container or a cluster it comes back under another address; the name is looked up anew every
    # 30 seconds at most unless told otherwise.
    ("grpc.dns_min_time_between_resolutions_ms", 1000),
    # The model server is on the same network; proxies of the environment are not meant for it.
    ("grpc.enable_http_proxy", 0),
)

Reply = TypeVar("Reply")


class GrpcModelClient:
    """One channel to the model server. It must be created inside a running event loop."""

    def __init__(self, address: str, status_limit: float = _STATUS_LIMIT) -> None:
        """Open the channel.

        Args:
            address: of the model server.
            status_limit: seconds that a question about the versions of a model may take.
        """
        self._address = address
        self._status_limit = status_limit
        self._channel = grpc.aio.insecure_channel(address, options=_OPTIONS)
        self._predict = PredictionServiceStub(self._channel).Predict  # type: ignore[no-untyped-call]
        self._status = ModelServiceStub(self._channel).GetModelStatus  # type: ignore[no-untyped-call]
        self._known: dict[str, tuple[float, frozenset[int]]] = {}
        self._asking: dict[str, asyncio.Task[frozenset[int]]] = {}

    async def predict(self, question: Question, seconds: float) -> dict[str, NDArray[Any]]:
        request = pb.PredictRequest(output_filter=question.outputs)
        request.model_spec.name = question.model
        request.model_spec.version.value = question.version
        request.model_spec.signature_name = question.signature
        for name, array in question.inputs.items():
            to_message(array, request.inputs[name])
        try:
            with model_call("tensorflow.serving.PredictionService/Predict", question.model) as metadata:
                response: pb.PredictResponse = await self._call(
                    self._predict, request, seconds, metadata, other_servers=_OTHER_SERVERS
                )
        except ModelNotReady:
            # The remembered versions may be out of date: this one has been unloaded.
            self._known.pop(question.model, None)
            raise
        try:
            return {name: to_array(response.outputs[name]) for name in question.outputs}
        except (TypeError, ValueError) as error:
            raise ServingUnavailable(
                f"The model server at {self._address} gave an answer that is none: {error}"
            ) from error

    async def available(self, model: str) -> frozenset[int]:
        known = self._known.get(model)
        if known is not None and known[0] > time.monotonic():
            return known[1]
        asking = self._asking.get(model)
        if asking is None:
            asking = self._asking[model] = asyncio.ensure_future(self._ask(model))
            asking.add_done_callback(lambda _: self._asking.pop(model, None))
            # Retrieves the error even if every waiting caller has left.
            asking.add_done_callback(lambda task: task.cancelled() or task.exception())
        # Others may wait for the same answer, so a caller that is cancelled must not cancel it.
        return await asyncio.shield(asking)

    async def check(self) -> None:
        # Any answer will do, even that there is no such model.
        await self._versions("readiness", 1.0)

    async def close(self) -> None:
        await self._channel.close(None)

    async def _ask(self, model: str) -> frozenset[int]:
        versions = await self._versions(model, self._status_limit)
        self._known[model] = (time.monotonic() + STATUS_SECONDS, versions)
        return versions

    async def _versions(self, model: str, seconds: float) -> frozenset[int]:
        request = pb.GetModelStatusRequest(model_spec=pb.ModelSpec(name=model))
        try:
            response: pb.GetModelStatusResponse = await self._call(self._status, request, seconds)
        except ModelNotReady:
            return frozenset()
        except DeadlineExceeded as error:
            # The caller has time left; it is the server that hangs.
            raise ServingUnavailable(f"The model server at {self._address} does not answer.") from error
        return frozenset(
            status.version
            for status in response.model_version_status
            if status.state == pb.ModelVersionStatus.AVAILABLE
        )

    async def _call(
        self,
        method: Callable[..., Awaitable[Reply]],
        request: Any,
        seconds: float,
        metadata: Sequence[tuple[str, str]] = (),
        *,
        other_servers: int = 0,
    ) -> Reply:
        """Call within a time limit.

        Retries once if the server is unavailable, and `other_servers` times if it lacks the model or
        version: calls are distributed round-robin.
        """
        deadline = time.monotonic() + seconds
        again = {grpc.StatusCode.UNAVAILABLE: 1, grpc.StatusCode.NOT_FOUND: other_servers}
        while (remaining := deadline - time.monotonic()) > 0:
            try:
                return await method(request, timeout=remaining, metadata=metadata)
            except grpc.aio.AioRpcError as error:
                if not again.get(error.code()):
                    raise self._translated(error) from error
                again[error.code()] -= 1
                await asyncio.sleep(_RETRY_PAUSE)
        raise DeadlineExceeded(f"The model server did not answer within {seconds:.3g} seconds.")

    def _translated(self, error: grpc.aio.AioRpcError) -> AtlasError:
        code, details = error.code(), error.details() or ""
        match code:
            case grpc.StatusCode.NOT_FOUND:
                return ModelNotReady("The model server has not loaded this model; try again in a moment.")
            case grpc.StatusCode.DEADLINE_EXCEEDED:
                return DeadlineExceeded("The model server did not answer in time.")
            case grpc.StatusCode.RESOURCE_EXHAUSTED:
                return Overloaded("The model server has too much to do.")
            # A server that goes away in the middle of a call ends it with any of these.
            case grpc.StatusCode.UNAVAILABLE | grpc.StatusCode.UNKNOWN | grpc.StatusCode.CANCELLED:
                return ServingUnavailable(f"The model server at {self._address} does not answer.")
            # It answers, but not as a model server: another service's address, or a proxy that refuses.
            case _:
                reason = f" ({details[:_MOST_DETAILS]})" if details else ""
                return ServingUnavailable(
                    f"The model server at {self._address} refused a call: {code.name}{reason}."
                )
