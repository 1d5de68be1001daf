"""Commands about data sets: which there are, uploading images, removing them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Annotated, Any

import typer
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn
from rich.table import Table

from latent_atlas_client.packing import CHUNK, UPLOAD_SECONDS, zipped
from services.cli.client import Client, CliError
from services.cli.console import out

Name = Annotated[str, typer.Argument(help="Name of the data set")]

datasets = typer.Typer(help="List the data sets that can be trained on; add and remove your own.")


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.add_typer(datasets, name="datasets")


@datasets.callback(invoke_without_command=True)
def list_all(context: typer.Context) -> None:
    """List the data sets that can be trained on; add and remove your own."""
    if context.invoked_subcommand is not None:
        return
    table = Table("dataset", "images", "classes", "train", "test", "", box=None, pad_edge=False)
    cursor: str | None = None
    while True:
        page = context.obj.json("GET", "/datasets", params={"cursor": cursor} if cursor else {})
        for item in page["datasets"]:
            table.add_row(
                item["name"],
                "×".join(map(str, item["image_shape"])),
                str(len(item["classes"]) or "none"),
                str(item["train"]),
                str(item["test"]),
                item["title"],
            )
        cursor = page["next_cursor"]
        if not cursor:
            break
    out.print(table)


@datasets.command()
def add(
    context: typer.Context,
    name: Name,
    path: Annotated[
        Path, typer.Argument(help="Zip or folder of images, with one folder in it for each class")
    ],
) -> None:
    """Upload images. PNG, JPEG and WebP; without folders in it the data set has no classes."""
    client: Client = context.obj
    with _zipped(path) as (file, size), _progress() as progress:
        task = progress.add_task("sending", total=size)
        info: dict[str, Any] = client.json(
            "PUT",
            f"/datasets/{name}",
            content=_watched(file, progress, task),
            headers={"Content-Type": "application/zip", "Content-Length": str(size)},
            timeout=UPLOAD_SECONDS,
            again=False,
        )
    classes = len(info["classes"])
    out.print(
        f"{name} can be trained on: {info['train']} training and {info['test']} test images of "
        f"{'×'.join(map(str, info['image_shape']))}, {classes or 'no'} classes",
        soft_wrap=True,
    )


@datasets.command()
def remove(context: typer.Context, name: Name) -> None:
    """Remove an uploaded data set; its runs and models stay."""
    context.obj.json("DELETE", f"/datasets/{name}")
    out.print(f"{name} is removed")


@contextmanager
def _zipped(path: Path) -> Iterator[tuple[IO[bytes], int]]:
    """The zip to send and its length in bytes; a folder is packed into a temporary one."""
    try:
        with zipped(path) as packed:
            yield packed
    except OSError as error:
        raise CliError(f"Cannot read {error.filename or path}: {error.strerror}.") from error


def _watched(file: IO[bytes], progress: Progress, task: TaskID) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk
        progress.advance(task, len(chunk))
    progress.update(task, description="checking the images")


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=32),
        DownloadColumn(),
        console=out,
        transient=True,
        disable=not out.is_terminal,
    )
