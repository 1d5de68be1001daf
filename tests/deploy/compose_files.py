"""The compose files, read as a person without settings of her own starts them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
MAIN = ROOT / "docker-compose.yml"
OVERRIDES = sorted((ROOT / "deploy/compose").glob("*.yml"), reverse=True)
"""In the order in which they are to be named: embedded-serving last."""

_VARIABLE = re.compile(r"\$\{(?P<name>\w+)(?::-(?P<default>[^}]*))?\}|\$\$")


def _interpolated(value: Any, given: Mapping[str, str]) -> Any:
    """Compose's `${NAME:-default}` and `$$`, in every text of a document."""

    def found(match: re.Match[str]) -> str:
        if match["name"] is None:
            return "$"
        return given.get(match["name"]) or match["default"] or ""

    match value:
        case str():
            return _VARIABLE.sub(found, value)
        case dict():
            return {key: _interpolated(each, given) for key, each in value.items()}
        case list():
            return [_interpolated(each, given) for each in value]
        case _:
            return value


def compose(path: Path = MAIN, **given: str) -> dict[str, Any]:
    """A compose file with these variables set. YAML's merge keys are resolved."""
    document: dict[str, Any] = _interpolated(yaml.safe_load(path.read_text()), given)
    return document


def services(path: Path = MAIN, **given: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = compose(path, **given)["services"]
    return found


def mounts(service: Mapping[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """Source, target, and whether it is read-only, of every volume and folder that a service mounts."""
    for volume in service.get("volumes", []):
        if isinstance(volume, str):
            source, target, *mode = volume.split(":")
            yield source, target, mode == ["ro"]
        elif volume["type"] != "tmpfs":
            yield volume["source"], volume["target"], volume.get("read_only", False)
