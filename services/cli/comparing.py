"""`atlas compare`, and how a comparison is printed."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.table import Table

from services.cli.client import Client
from services.cli.console import duration, out, percent
from services.contracts.experiments.metrics import METRICS, USUAL

MetricOption = Annotated[str, typer.Option(help=", ".join(METRICS), metavar="METRIC")]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(compare)


def compare(
    context: typer.Context,
    runs: Annotated[list[str], typer.Argument(help="Names of the runs")],
    metric: MetricOption = USUAL,
    csv: Annotated[bool, typer.Option("--csv", help="The table as CSV")] = False,
) -> None:
    """Compare runs, and say whether they differ by more than chance.

    Those that differ only in their seed are taken together.
    """
    client: Client = context.obj
    params = {"run": runs, "metric": metric}
    if csv:
        table = client.media("GET", "/comparison", "text/csv", params=params)
        typer.echo(table.data.decode(), nl=False)
    else:
        print_comparison(client.json("GET", "/comparison", params=params)["comparison"], "training")


def print_comparison(comparison: dict[str, Any], noun: str) -> None:
    """The table, the best first, and the verdict.

    Args:
        comparison: as the gateway gives it.
        noun: what a row is.
    """
    metric = comparison["metric"]
    if not comparison["epochs"]:
        out.print(f"{metric}: nothing is measured")
        return
    out.print(f"{metric}: mean over the seeds, and half the width of its 95 % interval")
    epochs = [f"epoch {epoch}" for epoch in comparison["epochs"]]
    table = Table(noun, *epochs, box=None, pad_edge=False)
    for row in _by_result(comparison):
        table.add_row(row["label"], *(_cell(metric, cell) for cell in row["cells"]))
    out.print(table)
    # An older gateway gives no verdict.
    if "verdict" in comparison:
        out.print(comparison["verdict"]["sentence"], markup=False, soft_wrap=True)


def _by_result(comparison: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows, the best first; those that the verdict is not about come last."""
    order = comparison.get("verdict", {}).get("order", [])
    places = {number: place for place, number in enumerate(order)}
    rows: list[dict[str, Any]] = comparison["rows"]
    return sorted(rows, key=lambda row: places.get(row["combination"], len(places)))


def _cell(metric: str, cell: dict[str, Any]) -> str:
    if cell["mean"] is None:
        return "–"
    mean = _figure(metric, cell["mean"])
    return f"{mean} ± {_figure(metric, cell['interval'][1] - cell['mean'])}" if cell["interval"] else mean


def _figure(metric: str, value: float) -> str:
    # A newer gateway may have metrics that this command does not know.
    form = METRICS[metric].form if metric in METRICS else "number"
    match form:
        case "share":
            return percent(value)
        case "seconds":
            return duration(value)
        case "number":
            return f"{value:.3f}"
