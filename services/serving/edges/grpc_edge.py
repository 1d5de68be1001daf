"""The gRPC services: they delegate calls and map each `ServingError` to a status."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import grpc
import structlog
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from tensorflow_serving.apis import (
    classification_pb2,
    get_model_metadata_pb2,
    get_model_status_pb2,
    inference_pb2,
    model_management_pb2,
    predict_pb2,
    regression_pb2,
)

from services.serving.api.service import ModelServer
from services.serving.base.errors import Code, ServingError, as_serving_error, truncated

log = structlog.get_logger()

STATUS = {int(status.value[0]): status for status in grpc.StatusCode}
PREDICTION_SERVICE = "tensorflow.serving.PredictionService"
MODEL_SERVICE = "tensorflow.serving.ModelService"
HEALTH_SERVICES = ("", "ModelService", "PredictionService")
# As in TensorFlow Serving: the largest length that 32 bits can hold.
_ARGUMENTS: dict[str, int | str] = {
    "grpc.max_receive_message_length": 2**31 - 1,
    "grpc.max_send_message_length": -1,
    # Otherwise a second server on the same port would silently take half of the requests.
    "grpc.so_reuseport": 0,
}

YEAR = 365 * 86400.0

Call = Callable[[Any, Any], Any]


@dataclass(frozen=True)
class GrpcOptions:
    """Where and how to listen."""

    addresses: tuple[str, ...]
    threads: int = 0
    arguments: tuple[tuple[str, int | str], ...] = ()
    credentials: Any = None
    health: bool = True


@dataclass
class GrpcEdge:
    """A gRPC server that is listening."""

    server: Any
    health: Any = None
    _pools: list[ThreadPoolExecutor] = field(default_factory=list)

    def stop(self, grace: float) -> None:
        """Report as not serving, accept no more calls, and let those in flight end within `grace`
        seconds.
        """
        if self.health is not None:
            self.health.enter_graceful_shutdown()
        self.server.stop(grace).wait()
        for pool in self._pools:
            pool.shutdown(wait=False, cancel_futures=True)


def start_grpc(server: ModelServer, options: GrpcOptions, given_up: Callable[[], bool]) -> GrpcEdge:
    """Open the ports.

    Args:
        server: Answers the calls.
        options: See `GrpcOptions`.
        given_up: Whether calls that wait for models should stop waiting.

    Raises:
        ServingError: An address is taken or cannot be listened on.
    """
    # More threads only compete for the interpreter lock: on two cores, 4 threads answer 1.5 times as many
    # requests as 16. Status and health calls have threads of their own, so that they are answered however
    # many predictions wait.
    threads = options.threads or max(4, 2 * (os.cpu_count() or 1))
    predictions = ThreadPoolExecutor(threads, thread_name_prefix="predict")
    others = ThreadPoolExecutor(4, thread_name_prefix="model-service")
    reloads = ThreadPoolExecutor(2, thread_name_prefix="reload")

    def inference(api: str, call: Callable[[Any, float | None], Any]) -> Call:
        def answer(request: Any, context: Any) -> Any:
            timeout = _time_left(context)
            # The client may have given up while the call waited for a thread.
            if timeout is not None and timeout <= 0:
                raise ServingError(Code.DEADLINE_EXCEEDED, "Deadline Exceeded")
            if not context.is_active():
                raise ServingError(Code.CANCELLED, "The client is gone.")
            return server.recorded(_model_name(request), api, "GRPC", lambda: call(request, timeout))

        return answer

    def reload(request: Any, context: Any) -> Any:
        return server.reload_config(request, lambda: given_up() or not context.is_active())

    # gRPC uses the first of two arguments with the same name, so given ones replace the defaults here.
    arguments = _ARGUMENTS | dict(options.arguments)
    grpc_server = grpc.server(others, options=list(arguments.items()))
    grpc_server.add_generic_rpc_handlers(
        (
            grpc.method_handlers_generic_handler(
                PREDICTION_SERVICE,
                {
                    "Predict": _handler(
                        inference("Predict", server.predict), predict_pb2.PredictRequest, predictions
                    ),
                    "GetModelMetadata": _handler(
                        lambda request, _: server.get_model_metadata(request),
                        get_model_metadata_pb2.GetModelMetadataRequest,
                    ),
                    "Classify": _handler(
                        inference("Classify", server.examples.classify),
                        classification_pb2.ClassificationRequest,
                        predictions,
                    ),
                    "Regress": _handler(
                        inference("Regress", server.examples.regress),
                        regression_pb2.RegressionRequest,
                        predictions,
                    ),
                    "MultiInference": _handler(
                        inference("MultiInference", server.examples.multi_inference),
                        inference_pb2.MultiInferenceRequest,
                        predictions,
                    ),
                },
            ),
            grpc.method_handlers_generic_handler(
                MODEL_SERVICE,
                {
                    "GetModelStatus": _handler(
                        lambda request, _: server.get_model_status(request),
                        get_model_status_pb2.GetModelStatusRequest,
                    ),
                    "HandleReloadConfigRequest": _handler(
                        reload, model_management_pb2.ReloadConfigRequest, reloads
                    ),
                },
            ),
        )
    )
    servicer = _add_health(grpc_server) if options.health else None
    for address in options.addresses:
        _listen(grpc_server, address, options.credentials)
    grpc_server.start()
    return GrpcEdge(grpc_server, servicer, [predictions, others, reloads])


def _model_name(request: Any) -> str:
    """The model of an inference request; MultiInference names it in each task."""
    if isinstance(request, inference_pb2.MultiInferenceRequest):
        return str(request.tasks[0].model_spec.name) if request.tasks else ""
    return str(request.model_spec.name)


def _time_left(context: Any) -> float | None:
    """Seconds until the deadline; None if the client set none, for which gRPC gives centuries."""
    left: float | None = context.time_remaining()
    return None if left is None or left > YEAR else left


def _listen(grpc_server: Any, address: str, credentials: Any) -> None:
    try:
        if credentials is None:
            bound = grpc_server.add_insecure_port(address)
        else:
            bound = grpc_server.add_secure_port(address, credentials)
    except RuntimeError:
        bound = 0
    if not bound and not address.startswith("unix:"):
        raise ServingError(
            Code.UNAVAILABLE, f"Cannot listen on {address}: the address is taken or not ours."
        )


def _handler(call: Call, request: Any, pool: ThreadPoolExecutor | None = None) -> Any:
    def behaviour(message: Any, context: Any) -> Any:
        try:
            return call(message, context)
        except Exception as error:
            failure = as_serving_error(error)
            if failure.code is Code.INTERNAL and failure is not error:
                log.exception("A call failed unexpectedly")
            context.abort(STATUS[failure.code], truncated(failure.message))

    if pool is not None:
        # gRPC runs a method on this pool if it has one, otherwise on the server's.
        behaviour.experimental_thread_pool = pool  # type: ignore[attr-defined]
    return grpc.unary_unary_rpc_method_handler(
        behaviour,
        request_deserializer=request.FromString,
        response_serializer=lambda response: response.SerializeToString(),
    )


def _add_health(grpc_server: Any) -> Any:
    servicer = health.HealthServicer()
    health_pb2_grpc.add_HealthServicer_to_server(servicer, grpc_server)
    for name in HEALTH_SERVICES:
        servicer.set(name, health_pb2.HealthCheckResponse.SERVING)
    return servicer
