import pytest

from services.serving.errors import Code, ServingError
from services.serving.flags import Flags, channel_arguments, check_flags, parse_flags


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
            "--prefer_tflite_model",
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
    ],
)
def test_combinations_that_cannot_be(flags: Flags, message: str) -> None:
    with pytest.raises(ServingError) as caught:
        check_flags(flags)
    assert (caught.value.code, caught.value.message) == (Code.INVALID_ARGUMENT, message)


def test_combinations_that_can() -> None:
    check_flags(Flags(model_base_path="/m"))
    check_flags(Flags(port=0, grpc_socket_path="/s", model_config_file="c"))
    with pytest.raises(ServingError, match="is not key=value"):
        channel_arguments("novalue")
