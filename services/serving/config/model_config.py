"""Which models to serve: TensorFlow Serving's ModelServerConfig, read and checked.

The rules and messages are those of ``model_servers/server_core.cc``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, TypeAlias

from google.protobuf import text_format
from tensorflow_serving.config import model_server_config_pb2

from services.serving.base.errors import invalid_argument, not_found

TENSORFLOW = "tensorflow"
# The generated class has no static types.
ModelServerConfig: TypeAlias = Any


@dataclass(frozen=True)
class Latest:
    """The highest ``count`` versions."""

    count: int = 1


@dataclass(frozen=True)
class All:
    """Every version."""


@dataclass(frozen=True)
class Specific:
    """These versions, if they exist."""

    versions: frozenset[int]


Policy = Latest | All | Specific


@dataclass(frozen=True)
class ModelConfig:
    """One model to serve."""

    name: str
    base_path: str
    platform: str
    policy: Policy
    labels: Mapping[str, int]


def parse_config(text: str) -> ModelServerConfig:
    """Parse a ModelServerConfig in text format; INVALID_ARGUMENT names the wrong line."""
    try:
        return text_format.Parse(text, model_server_config_pb2.ModelServerConfig())
    except text_format.ParseError as error:
        raise invalid_argument(
            f"Error parsing text-format tensorflow.serving.ModelServerConfig: {error}"
        ) from error


def no_models() -> ModelServerConfig:
    """An empty configuration."""
    return model_server_config_pb2.ModelServerConfig()


def single_model(name: str, base_path: str) -> ModelServerConfig:
    """The configuration given by ``--model_name`` and ``--model_base_path``."""
    config = model_server_config_pb2.ModelServerConfig()
    config.model_config_list.config.add(name=name, base_path=base_path, model_platform=TENSORFLOW)
    return config


def initial_config(file: str, name: str, base_path: str) -> ModelServerConfig:
    """The first configuration: the models of a file, or without one the single model.

    Raises:
        ServingError: The file cannot be read, or is not a ModelServerConfig.
    """
    if not file:
        return single_model(name, base_path)
    try:
        text = Path(file).read_text()
    except (OSError, UnicodeDecodeError) as error:
        raise not_found(f"{file}: {error}") from error
    return parse_config(text)


def models_of(
    config: ModelServerConfig,
    platforms: Collection[str] = (TENSORFLOW,),
    before: Mapping[str, ModelConfig] | None = None,
) -> dict[str, ModelConfig]:
    """Check a configuration, and return its models by name.

    Args:
        config: A list of models.
        platforms: The known platforms.
        before: The present models, which cannot change their platform.

    Raises:
        ServingError: INVALID_ARGUMENT for the first problem.
    """
    entries = config.model_config_list.config
    seen: set[str] = set()
    for entry in entries:
        if entry.name in seen:
            raise invalid_argument(f"Illegal to list model {entry.name} multiple times in config list")
        seen.add(entry.name)
    for entry in entries:
        if "://" not in entry.base_path and not PurePosixPath(entry.base_path).is_absolute():
            raise invalid_argument(
                f"Expected model {entry.name} to have an absolute path or URI; "
                f"got base_path()={entry.base_path}"
            )
    models = {
        entry.name: ModelConfig(
            entry.name, entry.base_path, _platform(entry), _policy(entry), dict(entry.version_labels)
        )
        for entry in entries
    }
    for name, old in (before or {}).items():
        new = models.get(name, old)
        if new.platform != old.platform:
            raise invalid_argument(
                f"Illegal to change a model's platform. For model {name} platform was {old.platform} "
                f"and new platform requested is {new.platform}"
            )
    for model in models.values():
        if model.platform not in platforms:
            raise invalid_argument(f"Model {model.name} requests unsupported platform {model.platform}")
    if any(entry.HasField("logging_config") for entry in entries):
        # Like TensorFlow Serving's own program, which has no request logger built in.
        raise invalid_argument("No request-logger-creator provided.")
    return models


def _platform(entry: model_server_config_pb2.ModelConfig) -> str:
    both = "ModelServerConfig::model_type (deprecated) {} ModelServerConfig::model_platform"
    if entry.model_type and entry.model_platform:
        raise invalid_argument("Illegal setting both " + both.format("and"))
    if entry.model_type:
        return TENSORFLOW if entry.model_type == model_server_config_pb2.TENSORFLOW else "other"
    if entry.model_platform:
        return str(entry.model_platform)
    raise invalid_argument(f"Illegal setting neither {both.format('nor')}, model name is {entry.name}")


def _policy(entry: model_server_config_pb2.ModelConfig) -> Policy:
    policy = entry.model_version_policy
    match policy.WhichOneof("policy_choice"):
        case "all":
            return All()
        case "specific":
            return Specific(frozenset(policy.specific.versions))
        case "latest":
            # Without a number it is one version; zero would mean not to serve the model at all.
            return Latest(max(policy.latest.num_versions, 1))
        case _:
            return Latest()
