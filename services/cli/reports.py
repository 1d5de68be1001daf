"""The command that shows the report of a training."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from services.cli.client import Client, CliError
from services.cli.console import out
from services.contracts.reports import tables
from services.contracts.reports.report import Report


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command()(report)


def report(
    context: typer.Context,
    run: Annotated[str, typer.Argument(help="Name of the run")],
    as_markdown: Annotated[bool, typer.Option("--markdown", help="As Markdown, to be kept")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, with every figure")] = False,
) -> None:
    """Show the report of a finished training: its cost, its two-sample tests, its quality."""
    if as_markdown and as_json:
        raise CliError("Give --markdown or --json, not both.")
    client: Client = context.obj
    found = client.json("GET", f"/runs/{run}/report")
    if as_json:
        out.print_json(data=found)
        return
    parsed = Report.model_validate(found)
    if as_markdown:
        typer.echo(tables.markdown(parsed), nl=False)
        return
    for table in tables.tables(parsed):
        out.print(table.title, style="bold", markup=False)
        out.print(_drawn(table))
        if table.note:
            out.print(table.note, style="dim", markup=False)
        out.print()
    for warning in parsed.warnings:
        out.print(f"warning: epoch {warning.epoch}: {warning.message}", style="yellow", markup=False)


def _drawn(table: tables.Table) -> Table:
    """A table for the terminal; a single row is turned on its side to fit a narrow one."""
    if len(table.rows) == 1:
        drawn = Table(box=None, show_header=False, pad_edge=False)
        for name, cell in zip(table.columns, table.rows[0], strict=True):
            drawn.add_row(name, cell)
        return drawn
    drawn = Table(*table.columns, box=None, pad_edge=False)
    for row in table.rows:
        drawn.add_row(*row)
    return drawn
