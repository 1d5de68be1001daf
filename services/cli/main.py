"""The command `atlas`: its options, and the list of its commands."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from services.cli import (
    comparing,
    continuations,
    datasets,
    experiments,
    exploring,
    films,
    judging,
    keys,
    reports,
    surfaces,
    training,
)
from services.cli.client import Client
from services.cli.console import errors
from services.contracts.addresses import local_url
from services.contracts.errors import AtlasError

app = typer.Typer(
    name="atlas",
    help="Train small-latent GANs, serve them, and explore their whole latent space.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def connect(
    context: typer.Context,
    url: Annotated[
        str | None, typer.Option(help="Address of the gateway [ATLAS_HOST and ATLAS_PORT]")
    ] = None,
    key: Annotated[
        str | None, typer.Option(help="API key [the first of ATLAS_API_KEYS]", show_default=False)
    ] = None,
) -> None:
    """Remember which gateway to talk to."""
    if context.obj is None:  # a caller of `app` may bring its own client
        keys = os.environ.get("ATLAS_API_KEYS", "").split(",")
        context.obj = Client(url or _default_url(), key or keys[0].strip() or None)


@app.command()
def up() -> None:
    """Start the whole system on this machine; Ctrl-C stops it."""
    os.execv(sys.executable, [sys.executable, "-m", "services.embedded"])  # noqa: S606


training.register(app)
continuations.register(app)
comparing.register(app)
exploring.register(app)
judging.register(app)
keys.register(app)
experiments.register(app)
datasets.register(app)
films.register(app)
reports.register(app)
surfaces.register(app)


def _default_url() -> str:
    return local_url(os.environ.get("ATLAS_HOST", "127.0.0.1"), os.environ.get("ATLAS_PORT", "8000"))


def main() -> None:
    """Entry point; an error is one sentence and exit code 1."""
    try:
        app()
    except AtlasError as error:
        errors.print(error.message, style="red", markup=False, highlight=False)
        sys.exit(1)


if __name__ == "__main__":
    main()
