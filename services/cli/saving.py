"""Answers of the gateway as files, in the form that a file's name says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from services.cli.client import Client, CliError
from services.cli.console import out

FORMS = {
    ".png": "image/png",
    ".gif": "image/gif",
    ".npy": "application/x-npy",
    ".pb": "application/x-protobuf",
    ".json": "application/json",
}


def form_of(output: Path, suffixes: tuple[str, ...]) -> str:
    """The media type that a file's name asks for; `CliError` if it has none of these endings."""
    suffix = output.suffix.lower()
    if suffix not in suffixes:
        raise CliError(f"{output}: the name must end in {', '.join(suffixes[:-1])} or {suffixes[-1]}.")
    return FORMS[suffix]


def save(
    client: Client, method: str, path: str, output: Path, suffixes: tuple[str, ...], **options: Any
) -> None:
    """Write an answer to a file, in the form that its name asks for."""
    media = client.media(method, path, form_of(output, suffixes), **options)
    try:
        output.write_bytes(media.data)
    except OSError as error:
        raise CliError(f"Cannot write {output}: {error.strerror}.") from error
    out.print(f"{output} ({len(media.data) / 1000:.1f} kB)", soft_wrap=True)
