"""The settings of all processes: environment variables with the prefix ATLAS_, read once at the start."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from services.contracts.errors import InvalidInput
from services.contracts.sentences import sentence_of
from services.kit.authority import as_address, parse_host, parse_origin

PREFIX = "ATLAS_"
_LISTS = ("api_keys", "allowed_hosts", "allowed_origins")
"""Settings with several values, separated by commas."""


class Settings(BaseSettings):
    """One object for all services, passed to constructors and never imported as a global."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    home: Path = Field(Path(".atlas"), description="Folder of models, runs and data sets")
    data_dir: Path | None = Field(
        None, description="Folder where data files such as mnist.npz may lie already"
    )
    host: str = Field("127.0.0.1", description="Address on which the gateway listens")
    port: int = Field(8000, ge=1, le=65535, description="Port on which the gateway listens")
    redis_url: str = Field(
        "redis://127.0.0.1:6379/0",
        pattern=r"^(redis|rediss|unix)://",
        description="Redis for the queue of trainings",
    )
    cache_url: str | None = Field(
        None,
        pattern=r"^(redis|rediss|unix)://",
        description="Redis for computed maps; the queue's if not given",
    )
    serving_address: str = Field(
        "127.0.0.1:8500", description="gRPC address of the model server, host:port"
    )
    api_keys: tuple[str, ...] = Field(
        (), description="Keys that may use the API, separated by commas; none: open to all"
    )
    allow_open: bool = Field(False, description="1: listen beyond this machine although no keys are set")
    allowed_hosts: tuple[str, ...] = Field(
        (),
        description="Names beside loopback and the configured address under which the gateway answers; "
        "with keys it answers under every name unless some are listed here",
    )
    allowed_origins: tuple[str, ...] = Field(
        (), description="Foreign pages, such as notebooks, that may ask with a key"
    )
    first_run: Literal["on", "off"] = Field("on", description="Submit a first training when there is none")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="Least severe messages that are logged"
    )
    log_format: Literal["text", "json"] = Field("text", description="For people or for machines")

    @property
    def effective_cache_url(self) -> str:
        return self.cache_url or self.redis_url

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Use only what `load_settings` passes: it reads the environment itself, and refuses unknown
        names.
        """
        return (init_settings,)


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings. Every unknown ATLAS_ variable and wrong value is an `InvalidInput`."""
    environ = os.environ if environ is None else environ
    given: dict[str, Any] = {
        name[len(PREFIX) :].lower(): value for name, value in environ.items() if name.startswith(PREFIX)
    }
    unknown = sorted(set(given) - set(Settings.model_fields))
    if unknown:
        known = ", ".join(PREFIX + name.upper() for name in Settings.model_fields)
        names = ", ".join(PREFIX + name.upper() for name in unknown)
        raise InvalidInput(f"Unknown setting {names}; there are: {known}.")
    for name in ("data_dir", "cache_url"):
        if given.get(name) == "":
            del given[name]
    for name in _LISTS:
        if name in given:
            items = (item.strip() for item in given[name].split(","))
            given[name] = tuple(item for item in items if item)
    given |= _checked_names(given)
    try:
        settings = Settings(**given)
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        name = PREFIX + str(problem["loc"][0]).upper()
        sentence = sentence_of({**problem, "input": None})  # It may be a password.
        raise InvalidInput(f"{name}={_redacted(environ.get(name))!r} {sentence}.") from None
    return settings.model_copy(update={"home": settings.home.absolute()})


def _checked_names(given: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Hosts and origins, normalised so that they can be compared."""
    hosts, origins = [], []
    for text in given.get("allowed_hosts", ()):
        host = parse_host(text)
        if host is None:
            raise InvalidInput(
                f"{PREFIX}ALLOWED_HOSTS has {text!r}, which is no host: give names or addresses alone, "
                "such as atlas.example.org, without scheme, port, path or wildcard."
            )
        hosts.append(host)
    for text in given.get("allowed_origins", ()):
        origin = parse_origin(text)
        if origin is None:
            raise InvalidInput(
                f"{PREFIX}ALLOWED_ORIGINS has {text!r}, which is no origin: give http or https, host and, "
                "where the address bar shows one, port, such as https://hub.example.org:8888, without path "
                "or wildcard."
            )
        origins.append(str(origin))
    return {"allowed_hosts": tuple(hosts), "allowed_origins": tuple(origins)}


def _redacted(value: str | None) -> str | None:
    """A wrong value as it may be shown: without the password of an address."""
    return value and re.sub(r"(//|^)([^/@:]*):.*@", r"\1\2:***@", value)


def require_guarded(settings: Settings, has_keys: bool = False) -> None:
    """`InvalidInput` if a gateway without keys would listen beyond this machine.

    Args:
        settings: of the gateway.
        has_keys: whether there are keys in the store.
    """
    if has_keys or settings.api_keys or settings.allow_open or _is_loopback(settings.host):
        return
    raise InvalidInput(
        f"ATLAS_HOST={settings.host} would open the API to other machines without any key: "
        "set ATLAS_API_KEYS, make one with `atlas keys create`, or set ATLAS_ALLOW_OPEN=1 if something "
        "else guards it."
    )


def _is_loopback(host: str) -> bool:
    # Unlike a browser, a listener resolves names under localhost, to any address.
    address = as_address(host)
    return host == "localhost" if address is None else address.is_loopback
