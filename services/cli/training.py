"""Commands that submit, watch and steer trainings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from services.cli.client import Client, CliError
from services.cli.console import duration, out, standing
from services.cli.following import Follow, follow_to_its_end
from services.cli.specs import assignment, read_spec, set_field, value_of
from services.contracts.training.activations import ACTIVATIONS
from services.contracts.training.presets import PRESETS, with_preset

Name = Annotated[str, typer.Argument(help="Name of the run")]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    for command in (train, runs, watch, pause, resume, cancel):
        app.command()(command)


def train(
    context: typer.Context,
    spec: Annotated[
        Path | None,
        typer.Argument(help="Training spec as a JSON file, or - for standard input"),
    ] = None,
    name: Annotated[str | None, typer.Option(help="Name of the run and of its model")] = None,
    dataset: Annotated[str | None, typer.Option(help="digits, mnist, fashion_mnist, ...")] = None,
    dim: Annotated[int | None, typer.Option(help="Latent dimensions")] = None,
    folds: Annotated[
        int | None,
        typer.Option(help="Octaves of Fourier features of the point: more and smaller regions on the map"),
    ] = None,
    conditional: Annotated[bool | None, typer.Option(help="Give the class to the networks")] = None,
    conditioning: Annotated[
        str | None,
        typer.Option(help="How they take it in: multiply (the founding study's) or projection"),
    ] = None,
    activation: Annotated[
        str | None, typer.Option(help=f"Of the generator: {', '.join(ACTIVATIONS)}")
    ] = None,
    epochs: Annotated[int | None, typer.Option(help="Passes over the training images")] = None,
    batch_size: Annotated[int | None, typer.Option(help="Images in one step")] = None,
    seed: Annotated[int | None, typer.Option(help="Decides every random choice")] = None,
    preset: Annotated[
        str | None,
        typer.Option(
            help="Begin with a way of training: measured (what came out best; used unless there is a "
            "spec file), photos (the same for photographs of 64×64 pixels), study (the founding study's), "
            "or none"
        ),
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            help="Any other field: --set export.every=5, --set loss=relativistic",
            metavar="FIELD=VALUE",
        ),
    ] = None,
    follow: Follow = False,
    dry_run: Annotated[
        bool, typer.Option("--preview", help="Show the whole spec and the networks; train nothing")
    ] = False,
) -> None:
    """Submit a training, from a spec file, from options, or from a file with options on top."""
    client: Client = context.obj
    body = read_spec(spec) if spec else {}
    options = {
        "name": name,
        "dataset": dataset,
        "latent.dim": dim,
        "latent.folds": folds,
        "conditional": conditional,
        "network.conditioning": conditioning,
        "network.activation": activation,
        "epochs": epochs,
        "batch_size": batch_size,
        "seed": seed,
    }
    for path, value in options.items():
        if value is not None:
            set_field(body, path, value)
    for item in settings or []:
        path, text = assignment("--set", item, "export.every=5")
        set_field(body, path, value_of(text))
    body = _with_preset(body, preset or ("none" if spec else "measured"))
    if dry_run:
        out.print_json(data=client.json("POST", "/runs/preview", json=body))
        return
    run = client.json("POST", "/runs", json=body)
    out.print(f"{run['name']} is {run['state']}")
    if follow:
        follow_to_its_end(client, run["name"])


def _with_preset(body: dict[str, Any], preset: str) -> dict[str, Any]:
    """The spec, with the preset's fields where it has none."""
    if preset == "none":
        return body
    if preset not in PRESETS:
        raise CliError(
            f"--preset {preset}: there is no such preset; there are {', '.join(PRESETS)} and none."
        )
    return with_preset(preset, body)


def runs(context: typer.Context) -> None:
    """List the trainings, newest first."""
    client: Client = context.obj
    table = Table("run", "data", "dim", "state", "epoch", "s/epoch", "left", box=None, pad_edge=False)
    cursor: str | None = None
    while True:
        parameters = {"cursor": cursor} if cursor else {}
        page = client.json("GET", "/runs", params=parameters)
        for run in page["runs"]:
            table.add_row(
                run["name"],
                run["spec"]["dataset"],
                str(run["spec"]["latent"]["dim"]),
                standing(run),
                f"{run['epoch']}/{run['epochs']}",
                duration(run["seconds_per_epoch"]),
                duration(run["eta"]) if run["state"] in ("running", "queued") else "–",
            )
        cursor = page["next_cursor"]
        if not cursor:
            break
    if table.row_count:
        out.print(table)
    else:
        out.print("No trainings yet. Start one: atlas train --name my-first --dataset digits --follow")


def watch(context: typer.Context, name: Name) -> None:
    """Show a training from its start, and follow it until it ends."""
    follow_to_its_end(context.obj, name)


def pause(context: typer.Context, name: Name) -> None:
    """Stop a training so that it can go on later, with the same result."""
    context.obj.json("POST", f"/runs/{name}/pause")
    out.print(f"{name} will pause within seconds")


def resume(context: typer.Context, name: Name) -> None:
    """Let a paused or failed training go on from where it was saved."""
    context.obj.json("POST", f"/runs/{name}/resume")
    out.print(f"{name} is queued again")


def cancel(context: typer.Context, name: Name) -> None:
    """End a training; its results so far are kept."""
    context.obj.json("POST", f"/runs/{name}/cancel")
    out.print(f"{name} will end within seconds")
