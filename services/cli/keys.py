"""Commands for API keys. They work on the file in ATLAS_HOME, where the gateway sees every change."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from services.cli.console import errors, out
from services.store.keys import KeyStore

keys = typer.Typer(help="API keys, on the machine that holds ATLAS_HOME.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.add_typer(keys, name="keys")


def _store() -> KeyStore:
    return KeyStore(Path(os.environ.get("ATLAS_HOME", ".atlas")))


@keys.command()
def create(
    name: Annotated[str, typer.Argument(help="Who or what will use it")],
    scope: Annotated[
        str, typer.Option(help="read: look and explore; train: also submit trainings; admin: also delete")
    ] = "read",
    rate: Annotated[
        float | None, typer.Option(help="Requests a second, on average; no limit if not given")
    ] = None,
) -> None:
    """Make a key and print it. It is shown this once; only its hash is kept."""
    print(_store().create(name, scope, rate))
    errors.print("Send it as `Authorization: Bearer <key>`; from now on nobody is let in without a key.")


@keys.command("list")
def show() -> None:
    """List all keys, also the revoked ones."""
    table = Table("name", "scope", "rate", "created", "revoked", box=None, pad_edge=False)
    for record in _store().all():
        table.add_row(
            record.name,
            record.scope,
            "" if record.rate is None else f"{record.rate:g}/s",
            f"{record.created:%Y-%m-%d %H:%M}",
            "" if record.revoked is None else f"{record.revoked:%Y-%m-%d %H:%M}",
        )
    out.print(table if table.row_count else "No keys: the API is open to this machine alone.")


@keys.command()
def revoke(name: Annotated[str, typer.Argument(help="Name of the key")]) -> None:
    """Let a key in no more."""
    _store().revoke(name)
    out.print(f"{name} is revoked.")
