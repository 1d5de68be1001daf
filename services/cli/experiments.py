"""`atlas experiment`: submit, list, show, watch, cancel and delete experiments."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from typer.core import TyperGroup

from services.cli.client import Client
from services.cli.comparing import MetricOption, print_comparison
from services.cli.console import out
from services.cli.specs import assignment, read_spec, set_field, value_of, values_of
from services.contracts.experiments.metrics import USUAL
from services.contracts.runs.states import FINISHED

Name = Annotated[str, typer.Argument(help="Name of the experiment")]
Watch = Annotated[
    bool, typer.Option("--watch", "-w", help="Wait until all runs have ended; Ctrl-C leaves them running")
]

_POLL_SECONDS = 2.0


class _Shorthand(TyperGroup):
    """``experiment FILE.json`` and ``experiment --vary …`` submit one, ``experiment NAME`` shows one."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] != "--help":
            given = args[0].startswith("-") or args[0].endswith(".json") or Path(args[0]).is_file()
            args = ["submit" if given else "show", *args]
        parsed: list[str] = super().parse_args(ctx, args)
        return parsed


experiments = typer.Typer(cls=_Shorthand, no_args_is_help=True, rich_markup_mode=None)


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.add_typer(
        experiments,
        name="experiment",
        help="Train a grid of variations with several seeds, and compare them.",
    )


@experiments.command()
def submit(
    context: typer.Context,
    spec: Annotated[
        Path | None, typer.Argument(help="Experiment as a JSON file, or - for standard input")
    ] = None,
    name: Annotated[str | None, typer.Option(help="Name; the runs are named after it")] = None,
    base: Annotated[
        Path | None, typer.Option(help="Training spec that all runs share, as a JSON file")
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", help="A field that all runs share: --set epochs=50", metavar="FIELD=VALUE"),
    ] = None,
    vary: Annotated[
        list[str] | None,
        typer.Option(
            help="A field and its values: --vary network.activation=relu,elu; can be repeated",
            metavar="FIELD=VALUES",
        ),
    ] = None,
    seeds: Annotated[str | None, typer.Option(help="Train each combination with each: 0,1,2")] = None,
    watch: Watch = False,
) -> None:
    """Submit an experiment from a file, from options, or from a file with options on top."""
    client: Client = context.obj
    body: dict[str, Any] = read_spec(spec, "an experiment") if spec else {}
    if name:
        body["name"] = name
    if base:
        body["base"] = read_spec(base)
    for item in settings or []:
        path, text = assignment("--set", item, "epochs=50")
        set_field(body.setdefault("base", {}), path, value_of(text))
    for item in vary or []:
        path, text = assignment("--vary", item, "network.activation=relu,elu")
        body.setdefault("vary", {})[path] = values_of(text)
    if seeds is not None:
        body["seeds"] = values_of(seeds)
    made = client.json("POST", "/experiments", json=body)
    runs = len(made["runs"])
    out.print(f"{made['name']}: {runs} {'run is' if runs == 1 else 'runs are'} queued")
    if watch:
        _watch(client, made["name"])
        _print(client.json("GET", f"/experiments/{made['name']}"))


@experiments.command()
def show(
    context: typer.Context,
    name: Name,
    metric: MetricOption = USUAL,
    csv: Annotated[bool, typer.Option("--csv", help="The table as CSV")] = False,
    watch: Watch = False,
    cancel_all: Annotated[bool, typer.Option("--cancel", help="Cancel its unfinished runs first")] = False,
) -> None:
    """Show how an experiment stands, and its comparison."""
    client: Client = context.obj
    if cancel_all:
        client.json("POST", f"/experiments/{name}/cancel")
    if watch:
        _watch(client, name)
    path = f"/experiments/{name}"
    if csv:
        table = client.media("GET", path, "text/csv", params={"metric": metric})
        typer.echo(table.data.decode(), nl=False)
    else:
        _print(client.json("GET", path, params={"metric": metric}))


@experiments.command()
def cancel(context: typer.Context, name: Name) -> None:
    """End all runs of an experiment that have not ended; their results so far are kept."""
    context.obj.json("POST", f"/experiments/{name}/cancel")
    out.print(f"{name} will end within seconds")


@experiments.command()
def delete(
    context: typer.Context,
    name: Name,
    runs: Annotated[bool, typer.Option("--runs", help="Its runs and their models too")] = False,
) -> None:
    """Remove an experiment whose runs have all ended."""
    context.obj.json("DELETE", f"/experiments/{name}", params={"runs": runs})
    out.print(f"{name} is deleted")


@experiments.command("list")
def list_all(context: typer.Context) -> None:
    """List the experiments, newest first."""
    client: Client = context.obj
    table = Table("experiment", "varied", "seeds", "runs", "state", box=None, pad_edge=False)
    cursor: str | None = None
    while True:
        page = client.json("GET", "/experiments", params={"cursor": cursor} if cursor else {})
        for item in page["experiments"]:
            table.add_row(
                item["name"],
                " × ".join(item["varied"]) or "–",
                str(len(item["seeds"])),
                _counts(item["states"]),
                item["state"],
            )
        cursor = page["next_cursor"]
        if not cursor:
            break
    out.print(table if table.row_count else "No experiments yet. Start one: atlas experiment submit --help")


def _watch(client: Client, name: str) -> None:
    """Show how far the runs are until all have ended or are paused."""
    told = ""
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=32),
        TextColumn("{task.fields[note]}", style="dim"),
        TimeElapsedColumn(),
        console=out,
        disable=not out.is_terminal,
    ) as progress:
        task = progress.add_task(name, total=1.0, note="")
        try:
            while True:
                view = client.json("GET", f"/experiments/{name}")
                note = _counts(view["states"])
                progress.update(task, completed=_share(view["runs"]), note=note)
                if not out.is_terminal and note != told:
                    out.print(note)
                told = note
                if not {"queued", "running"}.intersection(view["states"]):
                    return
                time.sleep(_POLL_SECONDS)
        except KeyboardInterrupt:
            out.print(f"{name} goes on; see it again with: atlas experiment {name} --watch")
            raise typer.Exit(130) from None


def _share(runs: list[dict[str, Any]]) -> float:
    """Share of all epochs that are done; a run that has ended counts as done."""
    over = (*FINISHED, "missing")
    done = [1.0 if run["state"] in over else run["epoch"] / run["epochs"] for run in runs]
    return sum(done) / len(done)


def _counts(states: dict[str, int]) -> str:
    return ", ".join(f"{count} {state}" for state, count in states.items())


def _print(view: dict[str, Any]) -> None:
    out.print(f"{view['name']} is {view['state']}: {_counts(view['states'])}")
    print_comparison(view["comparison"], "combination")
    failed = [run for run in view["runs"] if run["error"]]
    for run in failed:
        out.print(f"{run['name']}: {run['error']}", style="yellow", markup=False)
