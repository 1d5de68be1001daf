import os
from pathlib import Path

import pytest

from services.serving.base.errors import ServingError
from services.serving.config.batching_options import BatchingOptions
from services.serving.config.text_protos import read_batching_options, read_prometheus_path, read_ssl_config


def written(path: Path, text: str) -> str:
    file = path / "config.txt"
    file.write_text(text)
    return str(file)


def test_batching_parameters(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        """max_batch_size { value: 8 }  batch_timeout_micros { value: 2000 }
        max_enqueued_batches { value: 100 } num_batch_threads { value: 3 }
        thread_pool_name { value: "batches" }
        allowed_batch_sizes: 4 allowed_batch_sizes: 8 pad_variable_length_inputs: true""",
    )
    assert read_batching_options(file) == BatchingOptions(8, 0.002, 100, 3, (4, 8), True)


def test_large_requests_are_split(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        """max_batch_size { value: 64 } enable_large_batch_splitting { value: true }
        max_execution_batch_size { value: 16 } num_batch_threads { value: 1 }""",
    )
    options = read_batching_options(file)
    assert (options.max_batch_size, options.execution_size) == (64, 16)


def test_batching_by_default() -> None:
    assert read_batching_options("") == BatchingOptions(num_batch_threads=os.cpu_count() or 1)


def test_monitoring(tmp_path: Path) -> None:
    assert read_prometheus_path(written(tmp_path, "")) is None
    assert read_prometheus_path(written(tmp_path, 'prometheus_config { path: "/m" }')) is None
    assert read_prometheus_path(written(tmp_path, 'prometheus_config { enable: true, path: "/m" }')) == "/m"
    assert read_prometheus_path(written(tmp_path, "prometheus_config: { enable: true }")) == (
        "/monitoring/prometheus/metrics"
    )


def test_tls(tmp_path: Path) -> None:
    config = read_ssl_config(written(tmp_path, "server_key: 'k' server_cert: 'c' client_verify: true"))
    assert (config.server_key, config.server_cert, config.client_verify) == ("k", "c", True)


def test_invalid_files(tmp_path: Path) -> None:
    with pytest.raises(
        ServingError, match=r"Error parsing text-format tensorflow\.serving\.BatchingParameters"
    ):
        read_batching_options(written(tmp_path, "max_batch: 8"))
    with pytest.raises(ServingError, match="No such file"):
        read_prometheus_path(str(tmp_path / "none"))
