"""Specs on the command line: read from files, and changed field by field."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from services.cli.client import CliError


def read_spec(path: Path, what: str = "a training spec") -> dict[str, Any]:
    """The JSON object in a file, or on standard input for ``-``."""
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text()
        body = json.loads(text)
    except OSError as error:
        raise CliError(f"Cannot read {path}: {error.strerror}.") from error
    except ValueError as error:
        raise CliError(f"{path} is not valid JSON: {error}.") from error
    if not isinstance(body, dict):
        raise CliError(f"{path} must hold one JSON object, {what}.")
    return body


def assignment(option: str, text: str, example: str) -> tuple[str, str]:
    """Both sides of an option's ``FIELD=VALUE``."""
    path, equals, value = text.partition("=")
    if not equals:
        raise CliError(f"{option} {text}: give it as FIELD=VALUE, such as {example}.")
    return path, value


def value_of(text: str) -> Any:
    """The value of JSON text (5, 0.1, true, null); any other text as it is."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def values_of(text: str) -> list[Any]:
    """A JSON list, or values with commas between them, each as `value_of` reads it."""
    whole = value_of(text)
    return whole if isinstance(whole, list) else [value_of(part.strip()) for part in text.split(",")]


def set_field(body: dict[str, Any], path: str, value: Any) -> None:
    """Set a field by its dotted path, creating the parts that lead to it."""
    *parents, last = path.split(".")
    for parent in parents:
        part = body.setdefault(parent, {})
        if isinstance(part, str):  # "adam" stands for {"name": "adam"}
            part = body[parent] = {"name": part}
        if not isinstance(part, dict):
            raise CliError(f"{path}: {parent} has no fields of its own.")
        body = part
    body[last] = value
