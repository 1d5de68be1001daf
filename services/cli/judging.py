"""Commands that ask what is real: the judges of an image, and the real images on the map."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from latent_atlas_client import Judgement, results
from services.cli.client import Client, CliError
from services.cli.console import out, percent
from services.cli.options import Label, Model, Version, given, parse_point


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(judge)
    app.command("real-images")(real_images)


def judge(
    context: typer.Context,
    model: Model,
    point: Annotated[str | None, typer.Option(help="A latent vector such as 0.5,-0.2")] = None,
    image: Annotated[Path | None, typer.Option(help="Instead of a point: PNG, JPEG or WebP")] = None,
    label: Label = None,
    version: Version = None,
) -> None:
    """Say what the three judges make of an image: its class, and whether it is real."""
    path = f"/models/{model}/judge"
    if point is not None and image is None:
        labels = None if label is None else [label]
        body = {"points": [parse_point(point)], **given(labels=labels, version=version)}
        answer = context.obj.json("POST", path, json=body)
    elif image is not None and point is None:
        answer = context.obj.json(
            "POST",
            path,
            content=_content(image),
            headers={"Content-Type": "application/octet-stream"},
            params=given(label=label, version=version),
        )
    else:
        raise CliError("Give a --point or an --image.")
    (judgement,) = results.judged(answer).judgements
    _show(judgement)


def real_images(
    context: typer.Context,
    model: Model,
    label: Annotated[int | None, typer.Option(help="Only images of this class id")] = None,
    version: Version = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", "--out", help="File: .npy (the points) or .csv (every figure)"),
    ] = None,
) -> None:
    """Say where the data set's held-out images lie on the map, and how far from it."""
    client: Client = context.obj
    if output and output.suffix.lower() not in (".npy", ".csv"):
        raise CliError(f"{output}: the name must end in .npy or .csv.")
    found = client.real_images(model, label, version)
    if output:
        try:
            found.save(output)
        except OSError as error:
            raise CliError(f"Cannot write {output}: {error.strerror}.") from error
        out.print(f"{output} ({len(found)} images)", soft_wrap=True)
        return
    out.print(
        f"{len(found)} held-out images of {found.dataset} on the map of {found.model}, version "
        f"{found.version}",
        soft_wrap=True,
        markup=False,
    )
    if len(found):
        table = Table("distance to the map", "pixel value", box=None, pad_edge=False)
        table.add_row("half are nearer than", f"{found.median:.4f}")
        table.add_row("nine of ten are nearer than", f"{found.p90:.4f}")
        out.print(table)


def _content(image: Path) -> bytes:
    try:
        return image.read_bytes()
    except OSError as error:
        raise CliError(f"Cannot read {image}: {error.strerror}.") from error


def _show(judgement: Judgement) -> None:
    table = Table("judge", "says", "probability", box=None, pad_edge=False)
    for number, found in enumerate(judgement.classes):
        table.add_row("" if number else "classifier", found.label, percent(found.probability))
    table.add_row("discriminator", "real", percent(judgement.discriminator))
    table.add_row("two-sample network", "real", percent(judgement.two_sample))
    out.print(table)
    out.print(judgement.sentence, soft_wrap=True)
