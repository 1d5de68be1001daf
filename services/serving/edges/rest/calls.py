"""The REST API: ``/v1/models/...`` for inference, status and metadata, and the Prometheus metrics.

Paths, codes and bodies are those of TensorFlow Serving's ``http_rest_api_handler.cc``.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import structlog
from google.protobuf import json_format
from tensorflow_serving.apis import (
    classification_pb2,
    get_model_metadata_pb2,
    get_model_status_pb2,
    model_pb2,
    regression_pb2,
)

from services.serving.api.service import SIGNATURE_DEF, ModelServer
from services.serving.base.errors import Code, as_serving_error, invalid_argument
from services.serving.edges.rest.json_examples import classifications_json, parse_examples, regressions_json
from services.serving.edges.rest.json_requests import parse_predict
from services.serving.edges.rest.json_responses import error_json, predictions_json

log = structlog.get_logger()

HTTP_STATUS = {
    Code.OK: 200,
    Code.CANCELLED: 499,
    Code.UNKNOWN: 500,
    Code.INVALID_ARGUMENT: 400,
    Code.DEADLINE_EXCEEDED: 504,
    Code.NOT_FOUND: 404,
    Code.ALREADY_EXISTS: 409,
    Code.PERMISSION_DENIED: 403,
    Code.RESOURCE_EXHAUSTED: 429,
    Code.FAILED_PRECONDITION: 400,
    Code.ABORTED: 409,
    Code.OUT_OF_RANGE: 400,
    Code.UNIMPLEMENTED: 501,
    Code.INTERNAL: 500,
    Code.UNAVAILABLE: 503,
    Code.DATA_LOSS: 500,
    Code.UNAUTHENTICATED: 401,
}
_VERSION = r"(?:/versions/(?P<version>\d+)|/labels/(?P<label>[^/:]+))?"
_INFER = re.compile(
    rf"/v1/models/(?P<name>[^/:]+){_VERSION}:(?P<method>classify|regress|predict)", re.IGNORECASE
)
_ABOUT = re.compile(rf"/v1/models(?:/(?P<name>[^/:]+))?{_VERSION}(?P<metadata>/metadata)?", re.IGNORECASE)


@dataclass(frozen=True)
class RestOptions:
    """Where and how to listen."""

    host: str
    port: int
    threads: int = 16
    timeout: float | None = 30.0  # seconds
    cors: bool = False
    metrics_path: str | None = None


@dataclass(frozen=True)
class Answer:
    """A response."""

    status: int
    body: str
    content_type: str = "application/json"


class RestApi:
    """The API without its sockets."""

    def __init__(self, server: ModelServer, options: RestOptions) -> None:
        self._server = server
        self._options = options

    def answer(self, method: str, path: str, body: bytes) -> Answer:
        """Answer one request; errors become answers too."""
        if self._options.metrics_path is not None and path == self._options.metrics_path:
            return Answer(200, self._server.metrics.exposition(), "text/plain")
        if not path.lower().startswith("/v1/"):
            return Answer(404, error_json(f"Not found: {path}"))
        try:
            return Answer(200, self._call(method, path, body))
        except Exception as error:
            failure = as_serving_error(error)
            if failure.code is Code.INTERNAL and failure is not error:
                log.exception("A REST call failed unexpectedly")
            return Answer(HTTP_STATUS[failure.code], error_json(failure.message))

    def _call(self, method: str, path: str, body: bytes) -> str:
        if method == "POST" and (found := _INFER.fullmatch(path)):
            spec = _model_spec(found)
            match found["method"].lower():
                case "classify":
                    return self._classify(spec, body)
                case "regress":
                    return self._regress(spec, body)
                case _:
                    return self._predict(spec, body)
        if method == "GET" and (found := _ABOUT.fullmatch(path)):
            if not found["name"]:
                raise invalid_argument("Missing model name in request.")
            spec = _model_spec(found)
            return self._metadata(spec) if found["metadata"] else self._status(spec)
        raise invalid_argument(f"Malformed request: {method} {path}")

    def _predict(self, spec: Any, body: bytes) -> str:
        request = parse_predict(body)
        spec.signature_name = request.signature_name

        def run() -> str:
            outputs = self._server.predict_arrays(spec, request.inputs, self._options.timeout)
            return predictions_json(outputs, request.form)

        return self._server.recorded(spec.name, "Predict", "REST", run)

    def _classify(self, spec: Any, body: bytes) -> str:
        spec.signature_name, given = parse_examples(body)
        request = classification_pb2.ClassificationRequest(model_spec=spec, input=given)

        def run() -> str:
            return classifications_json(self._server.examples.classify(request, self._options.timeout))

        return self._server.recorded(spec.name, "Classify", "REST", run)

    def _regress(self, spec: Any, body: bytes) -> str:
        spec.signature_name, given = parse_examples(body)
        request = regression_pb2.RegressionRequest(model_spec=spec, input=given)

        def run() -> str:
            return regressions_json(self._server.examples.regress(request, self._options.timeout))

        return self._server.recorded(spec.name, "Regress", "REST", run)

    def _status(self, spec: Any) -> str:
        request = get_model_status_pb2.GetModelStatusRequest(model_spec=spec)
        return _proto_json(self._server.get_model_status(request))

    def _metadata(self, spec: Any) -> str:
        request = get_model_metadata_pb2.GetModelMetadataRequest(
            model_spec=spec, metadata_field=[SIGNATURE_DEF]
        )
        response = self._server.get_model_metadata(request)
        signatures = get_model_metadata_pb2.SignatureDefMap()
        response.metadata[SIGNATURE_DEF].Unpack(signatures)
        document = {
            "model_spec": json.loads(_proto_json(response.model_spec)),
            "metadata": {SIGNATURE_DEF: json.loads(_proto_json(signatures))},
        }
        return json.dumps(document, indent=1)


def _model_spec(match: re.Match[str]) -> Any:
    spec = model_pb2.ModelSpec(name=unquote(match["name"]))
    if match["version"]:
        version = int(match["version"])
        if version >= 2**63:
            raise invalid_argument(f"Failed to convert version: {match['version']} to numeric.")
        spec.version.value = version
    elif match["label"]:
        spec.version_label = unquote(match["label"])
    return spec


def _proto_json(message: Any) -> str:
    return json_format.MessageToJson(
        message,
        preserving_proto_field_name=True,
        always_print_fields_with_no_presence=True,
        indent=1,
    )
