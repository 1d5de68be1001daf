"""Follows a run: a progress bar on a terminal, a line for each epoch elsewhere."""

from __future__ import annotations

import time
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from latent_atlas_client import Event
from latent_atlas_client.types import EpochFigures
from services.cli.client import Client, CliError
from services.cli.console import duration, out, percent, standing

Follow = Annotated[
    bool, typer.Option("--follow", "-f", help="Watch it until it ends; Ctrl-C leaves it running")
]
"""The option of the commands that submit a run."""

_POLL_SECONDS = 1.0


def follow(client: Client, name: str) -> dict[str, Any]:
    """Show a run's events until it ends or pauses.

    Returns:
        The run, as the API shows it at its end.
    """
    run: dict[str, Any] = client.json("GET", f"/runs/{name}")
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=32),
        TextColumn("{task.fields[epoch]}"),
        TextColumn("{task.fields[note]}", style="dim"),
        TimeElapsedColumn(),
        console=out,
        disable=not out.is_terminal,
    ) as progress:
        task = progress.add_task(name, total=run["epochs"], epoch="", note=run["state"])
        _wait_in_queue(client, progress, task, run)
        for event in client.events(name):
            _show(progress, task, run, event)
            if _paused_now(client, name, event):
                break
    final: dict[str, Any] = client.json("GET", f"/runs/{name}")
    return final


def _wait_in_queue(client: Client, progress: Progress, task: TaskID, run: dict[str, Any]) -> None:
    """Show a queued run's position, which no event reports, until it leaves the queue."""
    place = None
    while run["state"] == "queued":
        progress.update(task, note=standing(run))
        if not out.is_terminal and run["position"] != place:
            out.print(standing(run))
        place = run["position"]
        time.sleep(_POLL_SECONDS)
        run = client.json("GET", f"/runs/{run['name']}")


def _paused_now(client: Client, name: str, event: Event) -> bool:
    """Whether the run is paused now; an earlier pause that has been resumed does not count."""
    if event.event != "state" or event.id == 0 or event.state != "paused":
        return False
    return bool(client.json("GET", f"/runs/{name}")["state"] == "paused")


def _show(progress: Progress, task: TaskID, run: dict[str, Any], event: Event) -> None:
    epochs = run["epochs"]
    match event.event:
        case "epoch":
            figures = event.figures
            progress.update(
                task, completed=figures.epoch, epoch=f"{figures.epoch}/{epochs}", note=_line(figures)
            )
            if not out.is_terminal:
                out.print(f"epoch {figures.epoch}/{epochs}  {_line(figures)}", soft_wrap=True)
        case "state":
            _show_state(progress, task, event)
        case "export":
            progress.console.print(f"version {event.version} of {event.model} can be explored")
        case "warning":
            progress.console.print(f"warning: {event.message}", style="yellow", markup=False)
        case _:
            pass  # a terminal cannot show snapshots, maps and the report


def _show_state(progress: Progress, task: TaskID, event: Any) -> None:
    if event.id == 0 and event.progress is not None:
        current = event.progress
        share = current.step / current.steps if current.steps else 0.0
        note = current.phase + (f" {percent(share, 0)}" if current.steps else "")
        done = int(progress.tasks[0].completed)
        progress.update(task, completed=done, note=note)
    elif not out.is_terminal:
        out.print(event.state)
    else:
        progress.update(task, note=event.state)


def _line(figures: EpochFigures) -> str:
    parts = [
        f"G {figures.generator_loss:.3f}",
        f"D {figures.discriminator_loss:.3f}",
    ]
    if figures.map_change is not None:
        parts.append(f"map change {percent(figures.map_change)}")
    if figures.weak_test is not None:
        parts.append(f"two-sample error {percent(figures.weak_test.error)}")
    parts.append(duration(figures.seconds))
    return "  ".join(parts)


def follow_to_its_end(client: Client, name: str) -> None:
    """Watch a run until it ends, and say how; Ctrl-C leaves it running."""
    try:
        run = follow(client, name)
    except KeyboardInterrupt:
        out.print(f"{name} goes on; see it again with: atlas watch {name}")
        raise typer.Exit(130) from None
    if run["state"] == "paused":
        out.print(f"{name} is paused; let it go on with: atlas resume {name}")
        return
    if run["state"] != "succeeded":
        raise CliError(run["error"] or f"{name} is {run['state']}.")
    figures = run["metrics"] or {}
    shares = figures.get("shares") or {}
    out.print(
        f"{name} succeeded: {run['epoch']} epochs, {duration(run['seconds_per_epoch'])} each; "
        f"{sum(share > 0.01 for share in shares.values())} classes on the map, "
        f"map change {percent(figures.get('map_change'))}"
    )
