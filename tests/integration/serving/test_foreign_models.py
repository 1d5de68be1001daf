"""SavedModels of other programs, served to an independent client over gRPC and REST."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import grpc
import httpx
import numpy as np
import pytest
import tensorflow as tf
from tensorflow.core.protobuf import saved_model_pb2
from tensorflow_serving.apis import get_model_metadata_pb2

from services.serving.config.flags import Flags
from tests.integration.serving import foreign_models
from tests.integration.serving.conftest import Running, model_config, publish
from tests.integration.serving.test_models import answer, metadata_request
from tests.integration.serving.test_predict import refused, request
from tests.support.ports import free_port

pytestmark = pytest.mark.tensorflow
INVALID = grpc.StatusCode.INVALID_ARGUMENT


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    root = tmp_path_factory.mktemp("foreign")
    foreign_models.functional(root / "functional" / "1")
    foreign_models.composite(root / "composite" / "1")
    foreign_models.optional(root / "optional" / "1")
    foreign_models.vocabulary(root / "vocabulary" / "1")
    foreign_models.vocabulary(root / "vocabulary" / "2", by_legacy_init_op=True)
    names = ("functional", "composite", "optional", "vocabulary")
    server = Running(
        Flags(
            port=free_port(),
            rest_api_port=free_port(),
            model_config_file=str(model_config(root, *names)),
        )
    )
    server.start()
    yield server
    server.stop()


def predict(server: Running, message: Any, *output_filter: str) -> dict[str, Any]:
    message.output_filter.extend(output_filter)
    outputs = server.prediction.Predict(message, timeout=30).outputs
    return {alias: tf.make_ndarray(tensor).tolist() for alias, tensor in outputs.items()}


def predict_json(server: Running, model: str, body: Any) -> Any:
    url = f"http://127.0.0.1:{server.flags.rest_api_port}/v1/models/{model}:predict"
    response = httpx.post(url, json=body, timeout=30)
    assert response.status_code == 200, response.text
    return response.json()


# Keras ------------------------------------------------------------------------------------

PEOPLE: dict[str, Any] = {
    "age": np.array([[30], [40]], np.float32),
    "city": np.array([["rome"], ["atlantis"]]),
}


@pytest.mark.parametrize("signature", ["", "serving_default", "serve"])
def test_a_functional_keras_model(foreign: Running, signature: str) -> None:
    assert predict(foreign, request("functional", signature, **PEOPLE)) == {
        "hidden": [[30, 2], [40, 0]],
        "score": [[50], [40]],
    }


def test_a_functional_keras_model_by_rows_and_by_columns(foreign: Running) -> None:
    rows = [{"age": [30], "city": ["rome"]}, {"city": [{"b64": "YXRsYW50aXM="}], "age": [40]}]
    assert predict_json(foreign, "functional", {"instances": rows}) == {
        "predictions": [{"hidden": [30.0, 2.0], "score": [50.0]}, {"hidden": [40.0, 0.0], "score": [40.0]}]
    }
    columns = {"age": [[30], [40]], "city": [["rome"], ["atlantis"]]}
    assert predict_json(foreign, "functional", {"inputs": columns}) == {
        "outputs": {"hidden": [[30.0, 2.0], [40.0, 0.0]], "score": [[50.0], [40.0]]}
    }


def test_inputs_of_a_keras_model_go_by_their_names(foreign: Running) -> None:
    assert refused(foreign, request("functional", age=PEOPLE["age"])) == (
        INVALID,
        "input size does not match signature: 1!=2 len({age}) != len({age,city}). Sent extra: {}. "
        "Missing but required: {city}.",
    )
    message = request("functional", age=PEOPLE["age"], town=PEOPLE["city"])
    code, details = refused(foreign, message)
    assert code is INVALID
    assert details.startswith("Signature input alias: city(feed name: serving_default_city:0) not found in")
    assert refused(foreign, request("functional", age=PEOPLE["city"], city=PEOPLE["city"])) == (
        INVALID,
        "Expects arg[0] to be float but string is provided",
    )


# Ragged and sparse tensors ----------------------------------------------------------------

# [[1, 2], [3]], by its values and row splits.
RAGGED: dict[str, Any] = {"rows": np.array([1, 2, 3], np.float32), "rows_1": np.array([0, 2, 3])}
SPARSE: dict[str, Any] = {
    "cells": np.array([[0, 1], [1, 0]]),
    "cells_1": np.array([5, 6], np.float32),
    "cells_2": np.array([2, 3]),
}


def test_ragged_inputs_come_by_their_components(foreign: Running) -> None:
    assert predict(foreign, request("composite", **RAGGED), "total") == {"total": [3, 3]}
    empty: dict[str, Any] = {"rows": np.zeros(0, np.float32), "rows_1": np.array([0, 0, 0])}
    assert predict(foreign, request("composite", **empty), "total") == {"total": [0, 0]}


def test_sparse_inputs_come_by_their_components(foreign: Running) -> None:
    dense = {"dense": [[0, 5, 0], [6, 0, 0]]}
    assert predict(foreign, request("composite", "sparse", **SPARSE)) == dense
    columns = {alias: array.tolist() for alias, array in SPARSE.items()}
    body = {"signature_name": "sparse", "inputs": columns}
    assert predict_json(foreign, "composite", body) == {"outputs": dense["dense"]}


def test_a_ragged_output_has_no_tensor_of_its_own(foreign: Running) -> None:
    """As TensorFlow Serving says it (its issues 1100 and 2084)."""
    message = (
        INVALID,
        "Tensor :0, specified in either feed_devices or fetch_devices was not found in the Graph",
    )
    assert refused(foreign, request("composite", **RAGGED)) == message
    assert refused(foreign, request("vocabulary", "sparse", word=["cat"])) == message
    assert predict(foreign, request("vocabulary", "sparse", word=["cat"]), "index") == {"index": [0]}


def test_metadata_shows_the_components_of_a_composite_output(foreign: Running) -> None:
    response = foreign.prediction.GetModelMetadata(
        metadata_request("composite", "signature_def"), timeout=30
    )
    signatures = get_model_metadata_pb2.SignatureDefMap()
    assert response.metadata["signature_def"].Unpack(signatures)
    default = signatures.signature_def["serving_default"]
    assert set(default.inputs) == {"rows", "rows_1"}
    assert len(default.outputs["doubled"].composite_tensor.components) == 2
    url = f"http://127.0.0.1:{foreign.flags.rest_api_port}/v1/models/vocabulary/metadata"
    document = httpx.get(url, timeout=30).json()
    outputs = document["metadata"]["signature_def"]["signature_def"]["sparse"]["outputs"]
    assert set(outputs["cells"]["coo_sparse"]) == {
        "values_tensor_name", "indices_tensor_name", "dense_shape_tensor_name",
    }  # fmt: skip


# TensorFlow 1 -----------------------------------------------------------------------------


@pytest.mark.parametrize("version", [1, 2])
def test_tables_are_filled_from_the_assets(foreign: Running, version: int) -> None:
    message = request("vocabulary", version=version, word=["owl", "cat", "yeti"])
    assert predict(foreign, message) == {"index": [2, 0, 3], "word": [b"owl", b"cat", b"yeti"]}


def test_another_signature_of_the_same_graph(foreign: Running) -> None:
    """A classification signature asked by Predict."""
    outputs = predict(foreign, request("vocabulary", "classify", inputs=["dog"]))
    assert outputs == {"classes": [[b"cat", b"dog", b"owl"]], "scores": [[0, 0.25, 0]]}


def test_a_missing_asset_fails_the_load(running: Any, tmp_path: Path) -> None:
    version = foreign_models.vocabulary(tmp_path / "words" / "1")
    (version / "assets" / "1-animals.txt").unlink()
    server = running(
        model_config_file=str(model_config(tmp_path, "words")),
        max_num_load_retries=0,
        tolerate_unavailable_models=True,
    ).start()
    (status,) = server.server.core.statuses("words")
    assert status.state.name == "END"
    assert "1-animals.txt; No such file or directory" in status.error.message


def test_a_model_in_text_form(running: Any, tmp_path: Path, half_plus_two: Path) -> None:
    version = publish(half_plus_two, tmp_path, 1)
    binary = version / "saved_model.pb"
    message = saved_model_pb2.SavedModel.FromString(binary.read_bytes())
    (version / "saved_model.pbtxt").write_text(str(message))
    binary.unlink()
    server = running(model_name="half", model_base_path=str(tmp_path)).start()
    assert answer(server, "half") == 2.5


# TensorFlow 2 -----------------------------------------------------------------------------


def test_an_input_with_a_default_value_may_be_left_out(foreign: Running) -> None:
    x = np.array([1, 2], np.float32)
    assert predict(foreign, request("optional", x=x)) == {"y": [2, 4]}
    assert predict(foreign, request("optional", x=x, scale=np.float32(10))) == {"y": [10, 20]}
    assert refused(foreign, request("optional", scale=np.float32(10))) == (
        INVALID,
        "Signature input alias: x(feed name: serving_default_x:0) not found in request and no default "
        "value provided. Inputs expected to be in the request {scale}, or default input alias set: scale",
    )


def test_a_function_that_xla_compiles(foreign: Running) -> None:
    assert predict(foreign, request("optional", "compiled", x=np.array([3], np.float32))) == {"y": [10]}
