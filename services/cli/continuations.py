"""Commands that let trainings go on: fork, extend, and the states that these need."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.table import Table

from services.cli.client import Client, CliError
from services.cli.console import out
from services.cli.following import Follow, follow_to_its_end
from services.cli.specs import assignment, set_field, value_of

Run = Annotated[str, typer.Argument(help="Name of the run")]

states = typer.Typer(no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(fork)
    app.command()(extend)
    app.add_typer(states, name="states", help="Training states on the disk: where runs can be forked.")


def fork(
    context: typer.Context,
    run: Annotated[
        str,
        typer.Argument(
            help="Name of the run, and after an @ the epoch whose state is taken; without, the newest",
            metavar="RUN[@EPOCH]",
        ),
    ],
    name: Annotated[str, typer.Option(help="Name of the new run and of its model")],
    epochs: Annotated[
        int | None, typer.Option(help="Epochs to train to, those before the fork included")
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            help="What is to be different: --set loss=mse, --set optimizer.generator.learning_rate=0.0005",
            metavar="FIELD=VALUE",
        ),
    ] = None,
    follow: Follow = False,
    dry_run: Annotated[
        bool, typer.Option("--preview", help="Say what would be different; make nothing")
    ] = False,
) -> None:
    """Begin a training with the state of another one, and other knobs."""
    client: Client = context.obj
    whose, body = _branch(run)
    body["name"] = name
    if epochs is not None:
        body["epochs"] = epochs
    changes: dict[str, Any] = {}
    for item in settings or []:
        path, text = assignment("--set", item, "loss=mse")
        set_field(changes, path, value_of(text))
    body["changes"] = changes
    if dry_run:
        _tell(client.json("POST", f"/runs/{whose}/fork/preview", json=body))
        return
    made = client.json("POST", f"/runs/{whose}/fork", json=body)
    _tell(made["continuation"])
    out.print(f"{made['name']} is {made['state']}")
    if follow:
        follow_to_its_end(client, made["name"])


def extend(
    context: typer.Context,
    run: Run,
    epochs: Annotated[int, typer.Option(help="Epochs in all, those that are trained already included")],
    follow: Follow = False,
    dry_run: Annotated[
        bool, typer.Option("--preview", help="Say what the step sizes would do; change nothing")
    ] = False,
) -> None:
    """Let a training that has succeeded go on to more epochs."""
    client: Client = context.obj
    body = {"epochs": epochs}
    if dry_run:
        _tell(client.json("POST", f"/runs/{run}/extend/preview", json=body))
        return
    made = client.json("POST", f"/runs/{run}/extend", json=body)
    _tell(made["continuation"])
    out.print(f"{run} is {made['state']}")
    if follow:
        follow_to_its_end(client, run)


@states.command("list")
def list_states(context: typer.Context, run: Run) -> None:
    """Show the epochs at which a run can be forked, and what their states weigh."""
    found = context.obj.json("GET", f"/runs/{run}/states")
    table = Table("epoch", "size", box=None, pad_edge=False)
    for state in found["states"]:
        table.add_row(str(state["epoch"]), _size(state["bytes"]))
    if found["states"]:
        out.print(table)
    out.print(f"{_size(found['bytes'])} in all")


@states.command()
def prune(
    context: typer.Context,
    run: Run,
    keep: Annotated[
        list[int] | None, typer.Option(help="Epoch whose state stays; may be given several times")
    ] = None,
) -> None:
    """Remove all training states of a run but the newest, from which it goes on itself."""
    done = context.obj.json("POST", f"/runs/{run}/states/prune", json={"keep": keep or []})
    gone = ", ".join(map(str, done["removed"])) or "none"
    out.print(f"removed the states of epochs: {gone}; freed {_size(done['freed'])}")


def _branch(text: str) -> tuple[str, dict[str, Any]]:
    """The run and, if one is given, the epoch of words such as ``mnist-2d@40``."""
    run, at, epoch = text.partition("@")
    if not at:
        return run, {}
    if not epoch.isdecimal():
        raise CliError(f"{text}: give the epoch after the @ as a number, such as {run}@40.")
    return run, {"epoch": int(epoch)}


def _tell(continuation: dict[str, Any]) -> None:
    """Print how a training goes on."""
    spec = continuation["spec"]
    out.print(
        f"{continuation['run']} at epoch {continuation['epoch']}, on to epoch {spec['epochs']}",
        markup=False,
    )
    for change in continuation["changes"]:
        out.print(f"  {change['field']}: {change['before']} → {change['after']}", markup=False)
    taken = continuation["taken_over"]
    for part, how in (
        ("generator's optimiser", taken["generator_optimizer"]),
        ("discriminator's optimiser", taken["discriminator_optimizer"]),
        ("average of the weights", taken["average"]),
    ):
        if how != "none":
            out.print(f"  {part}: {'goes on' if how == 'taken' else 'begins anew'}")
    out.print(continuation["step_sizes"]["words"], soft_wrap=True)


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB"
