"""Platforms: by the flags, by ``--platform_config_file``, and what they do to real models."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import grpc
import numpy as np
import pytest
from structlog.testing import capture_logs
from tensorflow.core.protobuf import config_pb2, rewriter_config_pb2

from services.serving.base.errors import Code, ServingError
from services.serving.config.batching_options import BatchingOptions
from services.serving.config.flags import Flags
from services.serving.runtime.loading import Platform
from services.serving.runtime.platforms import platforms_of
from services.serving.runtime.saved_model import SessionOptions, load_saved_model
from tests.integration.serving.conftest import Running, model_config, publish
from tests.integration.serving.test_models import answer, code_and_details, entry, reload, states
from tests.integration.serving.test_predict import refused, request
from tests.integration.serving.test_warm_up import warm_up_request, write_warm_up
from tests.support.waiting import wait_for

pytestmark = pytest.mark.tensorflow
Make = Callable[..., Running]
ADAPTER = "type.googleapis.com/tensorflow.serving.SavedModelBundleSourceAdapterConfig"
FLAGS = Flags(model_base_path="/m")


def platform(name: str, config: str) -> str:
    return (
        f'platform_configs {{ key: "{name}" value {{ source_adapter_config {{ '
        f"[{ADAPTER}] {{ legacy_config {{ {config} }} }} }} }} }}\n"
    )


def written(folder: Path, text: str) -> str:
    file = folder / "platforms.config"
    file.write_text(text)
    return str(file)


def read(folder: Path, config: str) -> Platform:
    """The platform that a SessionBundleConfig stands for."""
    file = written(folder, platform("tensorflow", config))
    (only,) = platforms_of(replace(FLAGS, platform_config_file=file)).values()
    return only


# By the flags -----------------------------------------------------------------------------


def by_flags(**flags: Any) -> Platform:
    return platforms_of(replace(FLAGS, **flags))["tensorflow"]


def test_flags_describe_the_one_platform() -> None:
    config = config_pb2.ConfigProto(allow_soft_placement=True)
    config.gpu_options.allow_growth = True
    assert by_flags() == Platform(SessionOptions(frozenset({"serve"}), config))
    assert by_flags(saved_model_tags="serve,tpu").session.tags == {"serve", "tpu"}
    assert by_flags(enable_batching=True).batching is not None
    assert by_flags(enable_batching=True, enable_per_model_batching_parameters=True).batching_by_model


@pytest.mark.parametrize(
    ("flags", "iterations"),
    [
        ({}, 1),
        ({"num_request_iterations_for_warmup": -2}, 1),
        ({"num_request_iterations_for_warmup": 3}, 3),
        ({"num_request_iterations_for_warmup": 3, "enable_model_warmup": False}, 0),
    ],
)
def test_warm_up_iterations(flags: dict[str, Any], iterations: int) -> None:
    assert by_flags(**flags).warmup_iterations == iterations


@pytest.mark.parametrize(
    ("flags", "within", "between"),
    [
        ({}, 5, 6),
        ({"tensorflow_session_parallelism": 2}, 2, 2),
        ({"tensorflow_intra_op_parallelism": 3}, 3, 6),
        ({"tensorflow_intra_op_parallelism": 3, "tensorflow_session_parallelism": 2}, 3, 6),
    ],
)
def test_a_session_config_file_and_flags_for_parts_of_it(
    tmp_path: Path, flags: dict[str, Any], within: int, between: int
) -> None:
    file = tmp_path / "session.config"
    file.write_text(
        "intra_op_parallelism_threads: 5 inter_op_parallelism_threads: 6 log_device_placement: true"
    )
    config = by_flags(tensorflow_session_config_file=str(file), **flags).session.config
    assert (config.intra_op_parallelism_threads, config.inter_op_parallelism_threads) == (within, between)
    assert config.log_device_placement
    assert not config.allow_soft_placement, "the file says all"


def test_an_invalid_session_config_file(tmp_path: Path) -> None:
    file = tmp_path / "session.config"
    file.write_text("threads: 5")
    with pytest.raises(
        ServingError, match=r"Error parsing text-format tensorflow\.ConfigProto in .*threads"
    ):
        by_flags(tensorflow_session_config_file=str(file))


def test_mixed_precision_and_gpu_memory() -> None:
    config = by_flags(mixed_precision="bfloat16", per_process_gpu_memory_fraction=0.25).session.config
    rewriter = config.graph_options.rewrite_options
    assert rewriter.auto_mixed_precision_onednn_bfloat16 == rewriter_config_pb2.RewriterConfig.ON
    assert config.gpu_options.per_process_gpu_memory_fraction == 0.25
    assert not config.gpu_options.allow_growth


# By a file --------------------------------------------------------------------------------


def test_a_platform_by_its_session_bundle_config(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        """session_config { intra_op_parallelism_threads: 3 allow_soft_placement: true }
        batching_parameters { max_batch_size { value: 8 } num_batch_threads { value: 1 } }
        session_run_load_threadpool_index { value: 1 }
        saved_model_tags: "serve" saved_model_tags: "tpu"
        enable_model_warmup: true model_warmup_options { num_request_iterations { value: 4 } }
        enable_per_model_batching_params: true
        mixed_precision: "bfloat16"
        experimental_transient_ram_bytes_during_load: 1 remove_unused_fields_from_bundle_metagraph: true""",
    )
    config = config_pb2.ConfigProto(intra_op_parallelism_threads=3, allow_soft_placement=True)
    config.graph_options.rewrite_options.auto_mixed_precision_onednn_bfloat16 = (
        rewriter_config_pb2.RewriterConfig.ON
    )
    assert found == Platform(
        SessionOptions(frozenset({"serve", "tpu"}), config, 1),
        BatchingOptions(max_batch_size=8, num_batch_threads=1),
        batching_by_model=True,
        warmup_iterations=4,
    )


def test_missing_fields_are_off(tmp_path: Path) -> None:
    assert read(tmp_path, "") == Platform(SessionOptions(), warmup_iterations=0)
    batching = "batching_parameters { max_batch_size { value: 8 } }"
    assert read(tmp_path, batching + " wrap_session_with_no_threading_params: true").batching is None


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ("session_target: 'grpc://x'", "session_target is not supported: sessions run in this process."),
        (
            "experimental_fixed_input_tensors { name: 'x' }",
            "experimental_fixed_input_tensors is not supported: requests run with the inputs that they",
        ),
        (
            "prefer_tflite_model: true",
            "prefer_tflite_model is not supported: TensorFlow Lite models are not",
        ),
        ("enable_saved_model_config: true", "enable_saved_model_config is not supported: assets.extra/"),
        (
            "model_warmup_options { enable_all_batch_sizes_warmup: true }",
            "enable_all_batch_sizes_warmup is not supported: warm-up requests run as they are.",
        ),
        (
            "model_warmup_options { num_model_warmup_threads { value: 2 } }",
            "num_model_warmup_threads is not supported: warm-up requests run one after the other.",
        ),
        (
            "mixed_precision: 'float16'",
            "float16 auto mixed precision is not supported. Valid option: bfloat16",
        ),
        (
            "batching_parameters { max_batch_size { value: 8 } allowed_batch_sizes: 4 }",
            "Last entry in allowed_batch_sizes must match max_batch_size; last entry was 4; expected 8",
        ),
        (
            "batch_size: 8",
            'Message type "tensorflow.serving.SessionBundleConfig" has no field named "batch_size"',
        ),
    ],
)
def test_refused_fields(tmp_path: Path, config: str, message: str) -> None:
    with pytest.raises(ServingError) as caught:
        read(tmp_path, config)
    assert message in caught.value.message


def test_other_adapters_and_invalid_files(tmp_path: Path) -> None:
    def message(text: str) -> str:
        with pytest.raises(ServingError) as caught:
            platforms_of(replace(FLAGS, platform_config_file=written(tmp_path, text)))
        assert caught.value.code is Code.INVALID_ARGUMENT
        return caught.value.message

    value = 'platform_configs {{ key: "t" value {{ source_adapter_config {{ {} }} }} }}'
    hashmap = "type_url: 'type.googleapis.com/tensorflow.serving.HashmapSourceAdapterConfig'"
    assert message(value.format(hashmap)) == (
        "Couldn't find factory for config proto message type tensorflow.serving.HashmapSourceAdapterConfig"
    )
    assert message(value.format(f"type_url: '{ADAPTER}' value: '\\xff'")).startswith(
        "Malformed content of Any"
    )
    assert message("platforms {}").startswith(
        "Error parsing text-format tensorflow.serving.PlatformConfigMap"
    )
    with pytest.raises(ServingError, match="No such file"):
        platforms_of(replace(FLAGS, platform_config_file=str(tmp_path / "none")))


def test_the_packed_form_of_an_adapters_configuration(tmp_path: Path) -> None:
    """Field 1000 with a message whose field 779, a switch, is on."""
    text = f"type_url: '{ADAPTER}' value: '\\302\\076\\003\\330\\060\\001'"
    file = written(
        tmp_path, f'platform_configs {{ key: "t" value {{ source_adapter_config {{ {text} }} }} }}'
    )
    assert platforms_of(replace(FLAGS, platform_config_file=file))["t"].warmup_iterations == 1


def test_flags_that_the_file_replaces_are_named(tmp_path: Path) -> None:
    file = written(tmp_path, platform("tensorflow", ""))
    with capture_logs() as logs:
        platforms_of(replace(FLAGS, platform_config_file=file, enable_batching=True, model_name="m"))
    assert [each["event"] for each in logs] == [
        "--enable_batching has no effect beside --platform_config_file, which says it instead."
    ]


# What they do -----------------------------------------------------------------------------


def test_models_of_two_platforms_on_one_server(
    running: Make, tmp_path: Path, constants: Callable[[int], Path]
) -> None:
    """`warm` warms up, so that it refuses a version whose request fails; `batched` bounds requests."""
    plain, batched = tmp_path / "plain", tmp_path / "batched"
    for number, base in ((1, plain), (2, batched)):
        base.mkdir()
        publish(constants(number), base, number)
    batching = "batching_parameters { max_batch_size { value: 2 } num_batch_threads { value: 1 } }"
    file = written(
        tmp_path,
        platform("batched", batching + "session_config { intra_op_parallelism_threads: 1 }")
        + platform("warm", "enable_model_warmup: true"),
    )
    server = running(
        model_config_file=str(model_config(tmp_path)), platform_config_file=file, max_num_load_retries=0
    ).start()

    def entry_of(base: Path, name: str) -> str:
        return entry(base).replace("'tensorflow'", f"'{name}'")

    reload(server, entry_of(plain, "warm"), entry_of(batched, "batched"))
    assert (answer(server, "plain"), answer(server, "batched")) == (1, 2)
    rows = np.ones([3, 1], np.float32)
    assert server.prediction.Predict(request("plain", x=rows), timeout=30)
    assert refused(server, request("batched", x=rows)) == (
        grpc.StatusCode.INVALID_ARGUMENT,
        "Task size 3 is larger than maximum input batch size 2",
    )

    def details(*entries: str) -> str:
        code, said = code_and_details(lambda: reload(server, *entries))
        assert code is grpc.StatusCode.INVALID_ARGUMENT
        return said

    assert details(entry(tmp_path / "new")) == "Model new requests unsupported platform tensorflow"
    assert details(entry_of(plain, "batched")) == (
        "Illegal to change a model's platform. For model plain platform was warm and new platform "
        "requested is batched"
    )

    for base in (plain, batched):
        staging = publish(constants(3), tmp_path, 3)
        write_warm_up(staging, warm_up_request())
        staging.rename(base / "3")
    server.server.core.poll_versions()
    wait_for(lambda: states(server, "plain").get(3) == "END")
    wait_for(lambda: states(server, "batched").get(3) == "AVAILABLE")


def test_batching_parameters_of_a_version(running: Make, tmp_path: Path, half_plus_two: Path) -> None:
    """Versions without a file of their own run each request alone."""
    base = tmp_path / "half"
    base.mkdir()
    publish(half_plus_two, base, 1)
    own = publish(half_plus_two, tmp_path, 2)
    (own / "batching_params.pbtxt").write_text(
        "max_batch_size { value: 4 } batch_timeout_micros { value: 60000000 }"
    )
    own.rename(base / "2")
    common = tmp_path / "batching.config"
    common.write_text("max_batch_size { value: 1 } num_batch_threads { value: 1 }")
    server = running(
        model_config_file=str(model_config(tmp_path, "half")),
        enable_batching=True,
        enable_per_model_batching_parameters=True,
        batching_parameters_file=str(common),
        max_num_load_retries=0,
    ).start()
    many = np.ones([9, 1], np.float32)
    assert len(server.prediction.Predict(request("half", version=1, x=many)).outputs["y"].float_val) == 9
    assert refused(server, request("half", version=2, x=many)) == (
        grpc.StatusCode.INVALID_ARGUMENT,
        "Task size 9 is larger than maximum input batch size 4",
    )

    # A batch opens when it is full: by the version's own size, as its minute is not over.
    together = threading.Barrier(4)

    def ask(number: int) -> float:
        together.wait(30)
        x = np.full([1, 1], number, np.float32)
        return float(server.prediction.Predict(request("half", x=x), timeout=30).outputs["y"].float_val[0])

    with ThreadPoolExecutor(4) as clients:
        assert list(clients.map(ask, range(4))) == [2, 2.5, 3, 3.5]

    broken = publish(half_plus_two, tmp_path, 3)
    (broken / "batching_params.pbtxt").write_text("batch: 4")
    broken.rename(base / "3")
    server.server.core.poll_versions()
    wait_for(lambda: states(server, "half").get(3) == "END")
    status = server.server.core.statuses("half", 3)[0]
    assert status.error is not None
    assert "tensorflow.serving.BatchingParameters" in status.error.message


def test_loading_has_its_own_threads(half_plus_two: Path) -> None:
    config = config_pb2.ConfigProto()
    for name in ("serve", "load"):
        config.session_inter_op_thread_pool.add(num_threads=1, global_name=name)
    model = load_saved_model(str(half_plus_two), SessionOptions(config=config, load_thread_pool=1))
    [y] = model.run({"x:0": np.ones([1, 1], np.float32)}, ["y:0"], None)
    assert y.tolist() == [[2.5]]
    model.close()
    with pytest.raises(ServingError, match=r"(?i)inter_op_thread_pool"):
        load_saved_model(str(half_plus_two), SessionOptions(config=config, load_thread_pool=7))


def test_without_polling_no_version_is_found(running: Make, tmp_path: Path, half_plus_two: Path) -> None:
    publish(half_plus_two, tmp_path, 1)
    server = running(
        model_name="half",
        model_base_path=str(tmp_path),
        file_system_poll_wait_seconds=-1,
        tolerate_unavailable_models=True,
    ).start()
    assert server.server.core.manager.statuses("half") == []
    server.server.core.poll_versions()
    server.server.core.wait_available(["half"], lambda: False)
    assert answer(server, "half") == 2.5
