from dataclasses import fields

import pytest

from services.serving.base.errors import Code, ServingError
from services.serving.config.flag_checks import check_flags
from services.serving.config.flags import (
    IGNORED,
    UNSUPPORTED,
    Flags,
    channel_arguments,
    parse_flags,
)

# The flags of TensorFlow Serving 2.20, as its ``model_servers/main.cc`` lists them.
ORIGINAL = {
    "port", "grpc_socket_path", "rest_api_port", "rest_api_num_threads", "rest_api_timeout_in_ms",
    "rest_api_enable_cors_support", "enable_batching", "allow_version_labels_for_unavailable_models",
    "batching_parameters_file", "enable_per_model_batching_parameters", "model_config_file",
    "model_config_file_poll_wait_seconds", "model_name", "model_base_path", "num_load_threads",
    "num_unload_threads", "max_num_load_retries", "load_retry_interval_micros",
    "file_system_poll_wait_seconds", "flush_filesystem_caches", "tensorflow_session_parallelism",
    "tensorflow_session_config_file", "tensorflow_intra_op_parallelism",
    "tensorflow_inter_op_parallelism", "use_alts_credentials", "ssl_config_file",
    "platform_config_file", "per_process_gpu_memory_fraction", "saved_model_tags",
    "grpc_channel_arguments", "grpc_max_threads", "enable_model_warmup",
    "num_request_iterations_for_warmup", "version", "monitoring_config_file",
    "remove_unused_fields_from_bundle_metagraph", "prefer_tflite_model", "num_tflite_pools",
    "num_tflite_interpreters_per_pool", "enable_signature_method_name_check",
    "xla_cpu_compilation_enabled", "xla_gpu_compilation_enabled", "enable_profiler",
    "thread_pool_factory_config_file", "mixed_precision", "skip_initialize_tpu",
    "enable_grpc_healthcheck_service", "enable_serialization_as_tensor_content",
}  # fmt: skip


def test_every_flag_of_the_original_is_known_and_explained(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        parse_flags(["--help"])
    assert caught.value.code == 0
    said = capsys.readouterr().out
    ours = {each.name for each in fields(Flags)} - {"bind_address", "tolerate_unavailable_models"}
    assert ours | set(IGNORED) | set(UNSUPPORTED) == ORIGINAL
    entries = {text.partition(" ")[0]: " ".join(text.split()) for text in said.split("\n  --")[1:]}
    assert entries.keys() >= ORIGINAL
    assert {name for name in ORIGINAL if "Not supported" in entries[name]} == set(UNSUPPORTED)
    assert {name for name in ORIGINAL if "changes nothing" in entries[name]} == set(IGNORED)


@pytest.mark.parametrize("name", UNSUPPORTED)
def test_unsupported_flags_are_refused_unless_they_are_off(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert parse_flags([f"--{name}=false"]) == Flags()
    for argument in (f"--{name}", f"--{name}=something"):
        with pytest.raises(SystemExit) as caught:
            parse_flags([argument])
        assert caught.value.code == 2
        said = capsys.readouterr().err
        assert f"--{name} is not supported: {UNSUPPORTED[name]}" in said
        assert said.count("\n") == 1


def test_defaults_are_tensorflow_servings() -> None:
    flags = parse_flags([])
    assert flags == Flags()
    assert (flags.port, flags.rest_api_port, flags.file_system_poll_wait_seconds) == (8500, 0, 1)
    assert (flags.max_num_load_retries, flags.load_retry_interval_micros) == (5, 60_000_000)
    assert not flags.enable_serialization_as_tensor_content


@pytest.mark.parametrize(
    ("arguments", "value"),
    [
        ([], False),
        (["--enable_batching"], True),
        (["--enable_batching=true"], True),
        (["--enable_batching=1"], True),
        (["--enable_batching=false"], False),
        (["--enable_batching", "--enable_batching=0"], False),
    ],
)
def test_switches(arguments: list[str], value: bool) -> None:
    assert parse_flags(arguments).enable_batching is value


def test_values_and_flags_without_effect() -> None:
    flags = parse_flags(
        [
            "--port=9000",
            "--model_config_file=/m/models.config",
            "--grpc_channel_arguments=grpc.max_connection_age_ms=5000,x=y",
            "--flush_filesystem_caches=true",
            "--xla_cpu_compilation_enabled",
            "--num_tflite_pools=2",
            "--enable_profiler=false",
            "--thread_pool_factory_config_file=",
        ]
    )
    assert (flags.port, flags.model_config_file) == (9000, "/m/models.config")
    assert channel_arguments(flags.grpc_channel_arguments) == [
        ("grpc.max_connection_age_ms", 5000),
        ("x", "y"),
    ]
    assert channel_arguments("") == []


@pytest.mark.parametrize(
    ("argument", "words"),
    [
        ("--prot=8500", "--prot"),
        ("--por=8500", "--por"),
        ("--port=abc", "--port"),
        ("--num_tflite_pools=many", "--num_tflite_pools"),
        ("--flush_filesystem_caches=perhaps", "neither true nor false"),
        ("--enable_batching=perhaps", "neither true nor false"),
        ("stray", "stray"),
    ],
)
def test_wrong_flags_end_with_one_sentence(
    argument: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        parse_flags([argument])
    assert caught.value.code == 2
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (
            Flags(),
            "Both server_options.model_base_path and server_options.model_config_file are empty!",
        ),
        (
            Flags(port=0, model_base_path="/m"),
            "At least one of server_options.grpc_port or server_options.grpc_socket_path must be set.",
        ),
        (
            Flags(model_base_path="/m", batching_parameters_file="b"),
            "server_options.batching_parameters_file is set without setting "
            "server_options.enable_batching to true.",
        ),
        (
            Flags(model_base_path="/m", enable_per_model_batching_parameters=True),
            "--enable_per_model_batching_parameters needs --enable_batching.",
        ),
        (
            Flags(
                model_base_path="/m",
                tensorflow_session_parallelism=1,
                tensorflow_intra_op_parallelism=2,
                tensorflow_inter_op_parallelism=3,
            ),
            "Either configure server_options.tensorflow_session_parallelism or "
            "(server_options.tensorflow_intra_op_parallelism, "
            "server_options.tensorflow_inter_op_parallelism) separately. You cannot configure all.",
        ),
        (
            Flags(model_base_path="/m", mixed_precision="float16"),
            "float16 auto mixed precision is not supported. Valid option: bfloat16",
        ),
        (
            Flags(model_base_path="/m", grpc_channel_arguments="novalue"),
            "--grpc_channel_arguments: 'novalue' is not key=value.",
        ),
        (Flags(model_base_path="/m", port=70_000), "--port must be from 0 to 65535; was 70000."),
        (
            Flags(model_base_path="/m", per_process_gpu_memory_fraction=1.5),
            "--per_process_gpu_memory_fraction must be from 0 to 1; was 1.5.",
        ),
    ],
)
def test_invalid_combinations(flags: Flags, message: str) -> None:
    with pytest.raises(ServingError) as caught:
        check_flags(flags)
    assert (caught.value.code, caught.value.message) == (Code.INVALID_ARGUMENT, message)


def test_valid_combinations() -> None:
    check_flags(Flags(model_base_path="/m"))
    check_flags(Flags(port=0, grpc_socket_path="/s", model_config_file="c"))
    # The platform's own configuration replaces what does not fit together here.
    check_flags(Flags(model_base_path="/m", platform_config_file="p", batching_parameters_file="b"))
