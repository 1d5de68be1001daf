"""Commands about data sets: which there are, uploading images, removing them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Annotated, Any

import typer
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn
from rich.table import Table

from latent_atlas_client.uploads.packing import CHUNK, UPLOAD_SECONDS, Packed, packed
from services.cli import keeping
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
        Path,
        typer.Argument(
            help="Zip or folder of images, with a folder in it for each class; or pixels as CSV, npz or IDX"
        ),
    ],
    rename: Annotated[
        list[str] | None,
        typer.Option("--rename", help="OLD=NEW: another name for a class; may be repeated"),
    ] = None,
    sheet: Annotated[
        Path | None, typer.Option(help="Where to write a sheet of examples, a row for each class, as PNG")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Keep it without asking")] = False,
) -> None:
    """Upload images. PNG, JPEG and WebP; without folders in it the data set has no classes.

    A data set never changes, so at a terminal its classes, counts and some examples are shown before it is
    kept, and classes can be renamed. Scripts are not asked.
    """
    client: Client = context.obj
    with _packed(path) as upload:
        preview = _sent(client, "POST", "/dataset-previews", upload, {"name": name})
        skipped = upload.skipped + preview["skipped"]
    info: dict[str, Any] | None
    try:
        ask = client.interactive and not yes
        keeping.show(preview, skipped)
        if ask or sheet is not None:
            keeping.save_sheet(client, preview, sheet)
        names = keeping.names_of(preview, rename or ())
        if not ask:
            info = keeping.kept(client, preview, name, names)
        else:
            info = keeping.asked(client, preview, name, names)
    except BaseException:
        keeping.discard(client, preview)
        raise
    if info is None:
        keeping.discard(client, preview)
        out.print("Nothing was kept.")
        return
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
def _packed(path: Path) -> Iterator[Packed]:
    """The file to send; a folder is packed into a temporary zip."""
    try:
        with packed(path) as upload:
            yield upload
    except OSError as error:
        raise CliError(f"Cannot read {error.filename or path}: {error.strerror}.") from error


def _sent(client: Client, method: str, path: str, upload: Packed, params: dict[str, str]) -> dict[str, Any]:
    """Upload with a progress bar; returns the gateway's answer."""
    with _progress() as progress:
        task = progress.add_task("sending", total=upload.size)
        answer: dict[str, Any] = client.json(
            method,
            path,
            params=params,
            content=_watched(upload.file, progress, task),
            headers=upload.headers,
            timeout=UPLOAD_SECONDS,
            again=False,
        )
    return answer


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
