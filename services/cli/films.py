"""The command that keeps a film of a training."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from latent_atlas_client.events import FILM_SECONDS
from services.cli.client import CliError
from services.cli.console import out

FORMS = {".gif": "image/gif", ".mp4": "video/mp4"}


class Subject(StrEnum):
    SNAPSHOTS = "snapshots"
    MAPS = "maps"


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command()(film)


def film(
    context: typer.Context,
    run: Annotated[str, typer.Argument(help="Name of the run")],
    output: Annotated[Path, typer.Option("-o", "--output", help="File: .gif or .mp4")],
    of: Annotated[Subject, typer.Option(help="What is filmed")] = Subject.SNAPSHOTS,
    fps: Annotated[int | None, typer.Option(help="Frames a second")] = None,
    label: Annotated[int | None, typer.Option(help="Maps of conditional runs: only this class id")] = None,
    at: Annotated[
        str | None, typer.Option(help="Maps: only those where the other axes are held here: 0,0,0,-1")
    ] = None,
    section: Annotated[
        int | None, typer.Option(help="Cubes: only this section along the last axis, from 0")
    ] = None,
    theme: Annotated[
        str | None, typer.Option(help="Maps: what they show; each exported epoch is a frame then")
    ] = None,
) -> None:
    """Keep the film of a training, one frame an epoch: its images, or its class maps."""
    form = FORMS.get(output.suffix.lower())
    if form is None:
        raise CliError(f"{output}: the name must end in .gif or .mp4.")
    asked = {"of": of.value, "fps": fps, "label": label, "at": at, "section": section, "theme": theme}
    query = {name: value for name, value in asked.items() if value is not None}
    media = context.obj.media("GET", f"/runs/{run}/timelapse", form, params=query, timeout=FILM_SECONDS)
    try:
        output.write_bytes(media.data)
    except OSError as error:
        raise CliError(f"Cannot write {output}: {error.strerror}.") from error
    frames, epochs = media.headers["X-Film-Frames"], media.headers["X-Film-Epochs"]
    of_all = "" if frames == epochs else f" of {epochs} epochs"
    out.print(f"{output} ({frames} frames{of_all}, {len(media.data) / 1000:.1f} kB)", soft_wrap=True)
