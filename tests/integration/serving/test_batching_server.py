"""Batching and the other forms of answers, with a real model."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import grpc
import numpy as np
import pytest
import tensorflow as tf

from tests.integration.serving.conftest import Running, publish
from tests.integration.serving.test_predict import request

pytestmark = pytest.mark.tensorflow
Make = Callable[..., Running]


def test_many_clients_get_their_own_rows(running: Make, tmp_path: Path, half_plus_two: Path) -> None:
    base = tmp_path / "half"
    base.mkdir()
    publish(half_plus_two, base, 1)
    parameters = tmp_path / "batching.config"
    parameters.write_text(
        "max_batch_size { value: 8 } batch_timeout_micros { value: 2000 } num_batch_threads { value: 2 } "
        "max_enqueued_batches { value: 100 } allowed_batch_sizes: 4 allowed_batch_sizes: 8"
    )
    server = running(
        model_name="half",
        model_base_path=str(base),
        enable_batching=True,
        batching_parameters_file=str(parameters),
    ).start()

    def ask(number: int) -> list[float]:
        x = np.full([1 + number % 3, 1], number, np.float32)
        return list(server.prediction.Predict(request("half", x=x), timeout=60).outputs["y"].float_val)

    with ThreadPoolExecutor(16) as clients:
        answers = list(clients.map(ask, range(100)))
    assert answers == [[number / 2 + 2] * (1 + number % 3) for number in range(100)]

    def refused(x: Any) -> tuple[grpc.StatusCode, str]:
        with pytest.raises(grpc.RpcError) as caught:
            server.prediction.Predict(request("half", x=x), timeout=60)
        return caught.value.code(), caught.value.details() or ""

    invalid = grpc.StatusCode.INVALID_ARGUMENT
    assert refused(np.zeros([9, 1], np.float32)) == (
        invalid,
        "Task size 9 is larger than maximum input batch size 8",
    )
    assert refused(np.float32(1)) == (
        invalid,
        "Batching Run() input tensors must have at least one dimension",
    )


def test_answers_as_tensor_content(running: Make, tmp_path: Path, workshop: Path) -> None:
    publish(workshop, tmp_path, 1)
    server = running(
        model_name="workshop",
        model_base_path=str(tmp_path),
        enable_serialization_as_tensor_content=True,
    ).start()
    outputs = server.prediction.Predict(
        request("workshop", "image", z=np.array([[1, 0]], np.float32)), timeout=30
    ).outputs
    assert outputs["image"].tensor_content == b"\xff" * 16
    assert not outputs["image"].int_val
    np.testing.assert_array_equal(tf.make_ndarray(outputs["class_id"]), [0])
