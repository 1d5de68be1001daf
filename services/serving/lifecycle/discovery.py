"""Finds the versions of a model under its base path, and selects those that its policy asks for.

The rules are those of ``sources/storage_path/file_system_storage_path_source.cc``: a child of the base
path is a version if its whole name is a 64 bit integer, leading zeros included; everything else
(``v1``, ``.staging-x``, ``1.tmp``) is silently ignored.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping

import structlog

from services.serving.base.errors import invalid_argument
from services.serving.config.model_config import All, Latest, ModelConfig, Policy, Specific

log = structlog.get_logger()

# What absl::SimpleAtoi accepts: a sign and digits, with ASCII white space around them.
_INTEGER = re.compile(r"[ \t\n\v\f\r]*([+-]?[0-9]+)[ \t\n\v\f\r]*")
_INT64 = range(-(2**63), 2**63)


def version_number(name: str) -> int | None:
    """The version number that a folder's name is; None if it is not one."""
    match = _INTEGER.fullmatch(name)
    if match is None:
        return None
    number = int(match[1])
    return number if number in _INT64 else None


def index_versions(names: Iterable[str]) -> dict[int, str]:
    """Version → folder name; of two names of one number (``7``, ``007``), the alphabetically last."""
    found: dict[int, str] = {}
    for name in sorted(names):
        number = version_number(name)
        if number is None:
            continue
        if number in found:
            log.warning(
                f"Duplicate version directories detected. Version {number} will be loaded from {name}, "
                f"{found[number]} will be ignored."
            )
        found[number] = name
    return found


def select(policy: Policy, found: Mapping[int, str]) -> list[int]:
    """The found versions that the policy asks for, in ascending order."""
    match policy:
        case Latest(count):
            return sorted(found)[-count:]
        case All():
            return sorted(found)
        case Specific(versions):
            return sorted(versions.intersection(found))


def aspired_versions(
    model: ModelConfig, listdir: Callable[[str], list[str]] = os.listdir
) -> dict[int, str]:
    """Version → path of the versions of a model that should be served now.

    Raises:
        ServingError: The base path does not exist or cannot be read. The served versions then stay as they
        are.
    """
    try:
        found = index_versions(listdir(model.base_path))
    except OSError as error:
        raise invalid_argument(
            f"Could not find base path {model.base_path} for servable {model.name} "
            f"with error {error.strerror}"
        ) from error
    return {
        version: os.path.join(model.base_path, found[version])  # noqa: PTH118 - the path is kept as configured
        for version in select(model.policy, found)
    }


def problems(model: ModelConfig, versions: Mapping[int, str]) -> list[str]:
    """Warnings about the result of `aspired_versions`; empty if there are none."""
    warnings = []
    if isinstance(model.policy, Specific):
        warnings = [
            f"Version {version} of servable {model.name}, which was requested to be served as a "
            "'specific' version in the servable's version policy, was not found in the file system"
            for version in sorted(model.policy.versions.difference(versions))
        ]
    if not versions:
        warnings.append(
            f"No versions of servable {model.name} found under base path {model.base_path}. Did you "
            "forget to name your leaf directory as a number (eg. '/1/')?"
        )
    return warnings
