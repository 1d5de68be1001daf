"""The command that computes and shows the loss surface of a training."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from services.cli.client import Client
from services.cli.console import out, percent
from services.cli.saving import form_of, save

_POLL_SECONDS = 1.0
_SUFFIXES = (".json", ".npy")


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command()(surface)


def surface(
    context: typer.Context,
    run: Annotated[str, typer.Argument(help="Name of the run")],
    network: Annotated[
        Literal["generator", "discriminator"], typer.Option(help="Whose weights and whose loss")
    ] = "generator",
    directions: Annotated[
        Literal["path", "random"],
        typer.Option(help="What spans the plane: principal components of the path, or random directions"),
    ] = "path",
    resolution: Annotated[
        int, typer.Option(help="Values along each axis, 5 to 101; the time grows with its square")
    ] = 41,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="File: .json, or .npy (the losses alone)")
    ] = None,
    remove: Annotated[
        bool, typer.Option("--remove", help="Remove it instead, or cancel it while it waits or runs")
    ] = False,
) -> None:
    """Compute the loss on a plane through a training's path; Ctrl-C leaves it running."""
    client: Client = context.obj
    if output is not None:
        form_of(output, _SUFFIXES)
    asked: dict[str, Any] = {"network": network, "directions": directions, "resolution": resolution}
    path = f"/runs/{run}/loss-surface"
    query: dict[str, Any] = {"network": network, "directions": directions}
    if remove:
        client.json("DELETE", path, params=query)
        out.print(f"{run} has no such loss surface any more")
        return
    if not _is_there(client.json("GET", f"/runs/{run}"), asked):
        client.json("POST", path, json=asked)
    try:
        found = _wait(client, run, path, query)
    except KeyboardInterrupt:
        out.print("It goes on; the same command shows it again.")
        raise typer.Exit(130) from None
    _tell(found)
    if output is not None:
        save(client, "GET", path, output, _SUFFIXES, params=query)


def _is_there(run: dict[str, Any], asked: dict[str, Any]) -> bool:
    """Whether this surface is under way, or was computed and nothing has been trained since."""
    known = run["loss_surface"]
    job, kept = known["job"], run["states"]["epochs"]
    under_way = job is not None and job["state"] in ("queued", "running")
    found = [job] if under_way else [item for item in known["results"] if [item["epoch"]] == kept[-1:]]
    return any(all(item[key] == value for key, value in asked.items()) for item in found)


def _wait(client: Client, run: str, path: str, query: dict[str, Any]) -> dict[str, Any]:
    """Show how it stands until it is done."""
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=32),
        TextColumn("{task.fields[note]}", style="dim"),
        TimeElapsedColumn(),
        console=out,
        disable=not out.is_terminal,
    ) as progress:
        task, said = progress.add_task(run, total=None, note=""), ""
        while True:
            found: dict[str, Any] = client.json("GET", path, params=query)
            if "state" not in found:
                return found
            said = _show(progress, task, found, said)
            time.sleep(_POLL_SECONDS)


def _show(progress: Progress, task: TaskID, job: dict[str, Any], said: str) -> str:
    """Show a step; returns what was said of it, so that other outputs than terminals say it once."""
    now = job["progress"]
    place = job["position"]
    note = now["phase"] or (job["state"] if place is None else f"queued, place {place}")
    progress.update(task, completed=now["step"], total=now["steps"] or None, note=note)
    if note != said and not out.is_terminal:
        out.print(note)
    return str(note)


def _tell(surface: dict[str, Any]) -> None:
    """Print where the path begins and ends, and what the losses are."""
    path, (across, up) = surface["path"], surface["axes"]
    losses = [loss for row in surface["loss"] for loss in row if loss is not None]
    whose = f"{surface['network']}'s loss"
    for word, point in (("begins", path[0]), ("ends", path[-1])):
        where = f"({point['x']:.4g}, {point['y']:.4g})"
        out.print(f"the path {word} at epoch {point['epoch']}, {where}: {whose} {_loss(point['loss'])}")
    plane = f"x {across[0]:.4g} … {across[-1]:.4g}, y {up[0]:.4g} … {up[-1]:.4g}"
    reach = f"{min(losses):.4g} … {max(losses):.4g}" if losses else "no finite number"
    out.print(f"on the plane ({plane}): {whose} {reach}", soft_wrap=True)
    out.print(f"the plane holds {percent(surface['explained'])} of the path", soft_wrap=True)


def _loss(loss: float | None) -> str:
    return "no finite number" if loss is None else f"{loss:.4g}"
