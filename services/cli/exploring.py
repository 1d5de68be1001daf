"""Commands that ask models: what they are, images, walks and maps."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from services.cli.console import out, percent
from services.cli.options import Label, Model, Scale, Version, given, parse_point
from services.cli.saving import save


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(models)
    app.command()(generate)
    app.command()(interpolate)
    app.command("map")(draw_map)


def models(
    context: typer.Context,
    model: Annotated[
        str | None, typer.Argument(help="Name of a model: says what its maps can show")
    ] = None,
) -> None:
    """List the models that can be explored, or the themes of one."""
    if model is not None:
        _themes(context.obj.json("GET", f"/models/{model}"))
        return
    table = Table("model", "dim", "images", "classes", "versions", box=None, pad_edge=False)
    for item in context.obj.json("GET", "/models")["models"]:
        conditional = ", conditional" if item["conditional"] else ""
        table.add_row(
            item["name"],
            f"{item['latent_dim']}{conditional}",
            "×".join(map(str, item["image_shape"])),
            str(len(item["classes"])),
            " ".join(map(str, item["versions"])),
        )
    out.print(table if table.row_count else "No models yet: the first one appears with the first export.")


def _themes(model: dict[str, Any]) -> None:
    table = Table("theme", "unit", "what it says at a point", box=None, pad_edge=False)
    for theme in model["themes"]:
        table.add_row(theme["name"], theme["unit"] or "–", theme["description"])
    out.print(table)


def generate(
    context: typer.Context,
    model: Model,
    point: Annotated[
        list[str] | None, typer.Option(help="A latent vector such as 0.5,-0.2; can be repeated")
    ] = None,
    count: Annotated[int | None, typer.Option(help="Draw so many points from the prior")] = None,
    seed: Annotated[int | None, typer.Option(help="Decides the drawn points")] = None,
    label: Annotated[list[int] | None, typer.Option(help="Class id of each point, if conditional")] = None,
    version: Version = None,
    scale: Scale = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="File: .png (one sheet), .npy or .json")
    ] = None,
) -> None:
    """Generate images at points of the latent space."""
    body: dict[str, Any] = (
        {"points": [parse_point(text) for text in point]} if point else {"count": count or 16}
    )
    body |= given(seed=seed, labels=label, version=version, scale=scale)
    if output:
        save(context.obj, "POST", f"/models/{model}/generate", output, (".png", ".npy", ".json"), json=body)
        return
    answer = context.obj.json("POST", f"/models/{model}/generate", json=body)
    table = Table("point", "class", "probability", box=None, pad_edge=False)
    for vector, found in zip(answer["points"], answer["classes"], strict=True):
        numbers = ", ".join(f"{value:.3f}" for value in vector)
        table.add_row(numbers, found["label"], percent(found["probability"]))
    out.print(table)


def interpolate(
    context: typer.Context,
    model: Model,
    start: Annotated[str, typer.Option("--from", help="Latent vector A, such as -1,-1")],
    end: Annotated[str, typer.Option("--to", help="Latent vector B, such as 1,1")],
    steps: Annotated[int, typer.Option(help="Images, both ends included")] = 12,
    label: Label = None,
    version: Version = None,
    scale: Scale = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="File: .png (a strip), .gif, .npy or .json"),
    ] = None,
) -> None:
    """Walk in a straight line from A to B and say which classes are crossed, and where."""
    body: dict[str, Any] = {"start": parse_point(start), "end": parse_point(end), "steps": steps}
    body |= given(label=label, version=version, scale=scale)
    if output:
        forms = (".png", ".gif", ".npy", ".json")
        save(context.obj, "POST", f"/models/{model}/interpolate", output, forms, json=body)
        return
    answer = context.obj.json("POST", f"/models/{model}/interpolate", json=body)
    out.print(" → ".join([answer["classes"][0]["label"], *(c["to"] for c in answer["crossings"])]))
    for crossing in answer["crossings"]:
        out.print(f"  {crossing['from']} → {crossing['to']} at {percent(crossing['t'])} of the way")


def draw_map(
    context: typer.Context,
    model: Model,
    theme: Annotated[
        str | None,
        typer.Option(help="What it shows, see `atlas models MODEL`; the class if not given"),
    ] = None,
    resolution: Annotated[int | None, typer.Option(help="Points along each axis")] = None,
    axes: Annotated[str | None, typer.Option(help="Two or three axes, such as 0,1")] = None,
    range_: Annotated[str | None, typer.Option("--range", help="First and last value: -1,1")] = None,
    at: Annotated[str | None, typer.Option(help="Values of the other coordinates")] = None,
    label: Label = None,
    version: Version = None,
    scale: Annotated[
        int | None,
        typer.Option(help="Pictures: pixels a cell, 1 to 32; about 400 pixels in all if not given"),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="File: .png, .npy, .json or .pb (protobuf LatentMap)"),
    ] = None,
) -> None:
    """Draw which class of image each point of the latent space becomes, or what another theme says."""
    query = given(
        theme=theme, resolution=resolution, axes=axes, range=range_, at=at, label=label, version=version
    )
    path = f"/models/{model}/map"
    if output:
        forms = (".png", ".npy", ".json", ".pb")
        save(context.obj, "GET", path, output, forms, params=query | given(scale=scale))
        return
    answer = context.obj.json("GET", path, params=query)
    out.print(_numbers(answer) if "theme" in answer else _shares(answer))


def _shares(answer: dict[str, Any]) -> Table:
    table = Table("class", "share of the map", box=None, pad_edge=False)
    for name, share in sorted(answer["shares"].items(), key=lambda item: -item[1]):
        table.add_row(name, percent(share))
    return table


def _numbers(answer: dict[str, Any]) -> Table:
    table = Table(answer["theme"], answer["unit"], box=None, pad_edge=False)
    for name in ("minimum", "mean", "maximum"):
        table.add_row(name, f"{answer[name]:.4g}")
    return table
