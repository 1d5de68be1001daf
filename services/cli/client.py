"""The gateway as the commands use it: answers unchanged, problems as `CliError` with one sentence."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import latent_atlas_client
from latent_atlas_client import ApiError, Event, Media, RealImages, Unreachable
from services.contracts.errors import AtlasError

__all__ = ["CliError", "Client", "Media"]


class CliError(AtlasError):
    """The gateway cannot be reached, or refused what was asked."""


class Client:
    """One gateway.

    Args:
        url: such as http://127.0.0.1:8000
        key: an API key, where the gateway asks for one.
    """

    def __init__(self, url: str, key: str | None = None) -> None:
        with cli_errors(url):
            # People see at once what is wrong, and can try again themselves.
            self._atlas = latent_atlas_client.Client(url, key, retries=0)

    @property
    def interactive(self) -> bool:
        """Whether a person at a terminal can answer questions."""
        return sys.stdin.isatty()

    def json(self, method: str, path: str, **options: Any) -> Any:
        """Request JSON; None if the answer has no body."""
        with cli_errors(self._atlas.url):
            return self._atlas.json(method, path, **options)

    def media(self, method: str, path: str, accept: str, **options: Any) -> Media:
        """Request another media type, such as image/png."""
        with cli_errors(self._atlas.url):
            return self._atlas.media(method, path, accept, **options)

    def events(self, run: str) -> Iterator[Event]:
        """All events of a run, from its start until it ends, across lost connections."""
        with cli_errors(self._atlas.url):
            yield from self._atlas.runs.events(run)

    def real_images(self, model: str, label: int | None, version: int | None) -> RealImages:
        """Where the real images lie on a model's map, across all pages of the answer."""
        with cli_errors(self._atlas.url):
            return self._atlas.models.real_images(model, label=label, version=version)


@contextmanager
def cli_errors(url: str) -> Iterator[None]:
    """Turn the client's errors into `CliError`."""
    try:
        yield
    except Unreachable as error:
        nothing = f"Nothing answers at {url}; start the system with `atlas up`, or give --url."
        raise CliError(error.message if error.connected else nothing) from error
    except ApiError as error:
        lines = [f"  {item.path}: {item.message}" for item in error.errors]
        raise CliError("\n".join([error.message, *lines]) if len(lines) > 1 else error.message) from error
    except latent_atlas_client.AtlasError as error:
        raise CliError(error.message) from error
