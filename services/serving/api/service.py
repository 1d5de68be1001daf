"""The calls of PredictionService and ModelService over protobuf messages, without a transport."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from tensorflow_serving.apis import (
    get_model_metadata_pb2,
    get_model_status_pb2,
    model_management_pb2,
    predict_pb2,
)

from services.serving.api.example_service import ExampleService
from services.serving.api.predict import Prediction, predict
from services.serving.base.errors import Code, ServingError, as_serving_error, invalid_argument
from services.serving.base.metrics import Metrics
from services.serving.base.servable import DEFAULT_SIGNATURE, Array, Servable, TensorInfo
from services.serving.base.tensors import decode, encode
from services.serving.lifecycle.manager import Lease
from services.serving.lifecycle.registry import ServerCore, not_available, require_spec

T = TypeVar("T")

SIGNATURE_DEF = "signature_def"


class ModelServer:
    """The calls of both edges."""

    def __init__(
        self, core: ServerCore, metrics: Metrics, *, as_content: bool = False, check_method: bool = False
    ) -> None:
        """`as_content`: answer with ``tensor_content`` instead of ``*_val`` fields."""
        self.core = core
        self.metrics = metrics
        self.examples = ExampleService(core, check_method=check_method)
        self._as_content = as_content
        self._check_method = check_method

    def predict(self, request: Any, timeout: float | None) -> Any:
        """PredictRequest → PredictResponse."""
        require_spec(request)
        with self.core.lease(request.model_spec) as lease:
            prediction = self._predict(
                lease,
                request.model_spec.signature_name,
                request.inputs,
                decode,
                request.output_filter,
                timeout,
            )
            response = predict_pb2.PredictResponse()
            spec = response.model_spec
            spec.name = request.model_spec.name
            spec.signature_name = prediction.signature_name
            spec.version.value = lease.version
            for alias, array in prediction.outputs.items():
                encode(array, response.outputs[alias], as_content=self._as_content)
            return response

    def predict_arrays(
        self,
        spec: Any,
        make_inputs: Callable[[Mapping[str, TensorInfo]], Mapping[str, Array]],
        timeout: float | None,
    ) -> Mapping[str, Array]:
        """Predict without TensorProto: `make_inputs` makes the arrays for the signature's inputs."""
        with self.core.lease(spec) as lease:
            name = spec.signature_name or DEFAULT_SIGNATURE
            signature = lease.servable.signatures.get(name)
            if signature is None:
                raise invalid_argument(f'Serving signature name: "{name}" not found in signature def')
            if not signature.inputs:
                raise invalid_argument(
                    f"Failed to get input map for signature: {spec.signature_name or 'DEFAULT'}"
                )
            inputs = make_inputs(signature.inputs)
            return self._predict(lease, name, inputs, _identity, (), timeout).outputs

    def get_model_status(self, request: Any) -> Any:
        """GetModelStatusRequest → GetModelStatusResponse. Labels are not resolved, as in TensorFlow
        Serving.
        """
        require_spec(request)
        spec = request.model_spec
        version = spec.version.value if spec.WhichOneof("version_choice") == "version" else None
        response = get_model_status_pb2.GetModelStatusResponse()
        for status in self.core.statuses(spec.name, version):
            entry = response.model_version_status.add(version=status.number, state=int(status.state))
            _fill_status(entry.status, status.error)
        return response

    def get_model_metadata(self, request: Any) -> Any:
        """GetModelMetadataRequest → GetModelMetadataResponse."""
        require_spec(request)
        if not request.metadata_field:
            raise invalid_argument("GetModelMetadataRequest must specify at least one metadata_field")
        for name in request.metadata_field:
            if name != SIGNATURE_DEF:
                raise invalid_argument(f"Metadata field {name} is not supported")
        with self.core.lease(request.model_spec) as lease:
            response = get_model_metadata_pb2.GetModelMetadataResponse()
            response.model_spec.name = lease.name
            response.model_spec.version.value = lease.version
            signatures = get_model_metadata_pb2.SignatureDefMap()
            for name, signature in lease.servable.signature_protos().items():
                signatures.signature_def[name].CopyFrom(signature)
            response.metadata[SIGNATURE_DEF].Pack(signatures)
            return response

    def reload_config(self, request: Any, given_up: Callable[[], bool]) -> Any:
        """ReloadConfigRequest → ReloadConfigResponse, once the models with new names are available.

        The response has the increase of each counter in `metric_names` in the meantime.
        """
        before = {name: self.metrics.total(name) for name in request.metric_names}
        if request.config.WhichOneof("config") != "model_config_list":
            raise invalid_argument(
                "ServerModelConfig type not supported by HandleReloadConfigRequest. Only ModelConfigList "
                "is currently supported"
            )
        new = self.core.reload(request.config)
        failed = self.core.wait_available(new, given_up)
        if failed:
            raise not_available("model", failed)
        response = model_management_pb2.ReloadConfigResponse()
        _fill_status(response.status, None)
        for name, total in before.items():
            response.metric.add(name=name, int64_value_increase=self.metrics.total(name) - total)
        return response

    def _predict(
        self,
        lease: Lease,
        signature_name: str,
        inputs: Mapping[str, T],
        decode_input: Callable[[T], Array],
        output_filter: Sequence[str],
        timeout: float | None,
    ) -> Prediction:
        timed = _Timed(lease.servable)
        prediction = predict(
            timed,
            signature_name,
            inputs,
            decode_input,
            output_filter,
            timeout,
            check_method=self._check_method,
        )
        self.metrics.runtime_latency.add(timed.microseconds, lease.name, "Predict", "TF1")
        return prediction

    def recorded(self, name: str, api: str, entrypoint: str, call: Callable[[], T]) -> T:
        """Answer a request (``Predict``, ...) to a model, and record its status and latency."""
        started = time.perf_counter()
        status = Code.OK
        try:
            return call()
        except Exception as error:
            failure = as_serving_error(error)
            status = failure.code
            raise failure from error
        finally:
            if name in self.core.models():  # unknown names must not fill the memory
                self.metrics.requests.add(name, status.name)
            if status is Code.OK:
                elapsed = (time.perf_counter() - started) * 1e6
                self.metrics.request_latency.add(elapsed, name, api, entrypoint)


class _Timed:
    """A servable for one request that measures how long the run took."""

    __slots__ = ("_servable", "microseconds", "signatures")

    def __init__(self, servable: Servable) -> None:
        self._servable = servable
        self.signatures = servable.signatures
        self.microseconds = 0.0

    def run(self, feeds: Mapping[str, Array], fetches: Sequence[str], timeout: float | None) -> list[Array]:
        started = time.perf_counter()
        outputs = self._servable.run(feeds, fetches, timeout)
        self.microseconds = (time.perf_counter() - started) * 1e6
        return outputs


def _fill_status(status: Any, error: ServingError | None) -> None:
    status.error_code = int(error.code) if error else int(Code.OK)
    status.error_message = error.message if error else ""


def _identity(array: Array) -> Array:
    return array
