"""An upload before it becomes a data set: show it, rename its classes, keep or discard it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import typer
from rich.markup import escape
from rich.table import Table

from services.cli.client import Client, CliError
from services.cli.console import out

_PNG = "image/png"


def show(preview: dict[str, Any], skipped: int) -> None:
    """Print its classes with their numbers of images, and how many files were skipped."""
    classes = preview["classes"]
    if classes:
        table = Table("class", "train", "test", box=None, pad_edge=False)
        for item in classes:
            table.add_row(escape(item["name"]), str(item["train"]), str(item["test"]))
        out.print(table)
    shape = "×".join(map(str, preview["image_shape"]))
    where = "as the upload has them" if preview["own_parts"] else "a sixth set aside for tests"
    out.print(
        f"{preview['train']} training and {preview['test']} test images of {shape}, {where}; "
        f"{len(classes) or 'no'} classes",
        soft_wrap=True,
    )
    if skipped:
        files = "1 hidden or system file was" if skipped == 1 else f"{skipped} hidden and system files were"
        out.print(f"{files} skipped", soft_wrap=True)


def save_sheet(client: Client, preview: dict[str, Any], target: Path | None) -> None:
    """Write examples as a PNG file, to `target` or to a temporary file, and print its path."""
    png = client.media("GET", f"/dataset-previews/{preview['id']}/samples", _PNG).data
    if target is None:
        handle, name = tempfile.mkstemp(prefix="atlas-sheet-", suffix=".png")
        os.close(handle)
        target = Path(name)
    try:
        target.write_bytes(png)
    except OSError as error:
        raise CliError(f"Cannot write {target}: {error.strerror}.") from error
    out.print(f"examples, a row for each class: {target}", soft_wrap=True, markup=False)


def names_of(preview: dict[str, Any], renames: Iterable[str]) -> dict[str, str]:
    """Other names of classes, by the names they have, from words such as ``old=new``."""
    names: dict[str, str] = {}
    for words in renames:
        old, new = _renaming(preview, words)
        names[old] = new
    return names


def _renaming(preview: dict[str, Any], words: str) -> tuple[str, str]:
    classes = [item["name"] for item in preview["classes"]]
    # Names may contain this character themselves.
    for place in (number for number, character in enumerate(words) if character == "="):
        if words[:place].strip() in classes and words[place + 1 :].strip():
            return words[:place].strip(), words[place + 1 :].strip()
    there = f"the classes are: {', '.join(classes)}" if classes else "there are no classes"
    raise CliError(f"{words!r} renames nothing: it has to be OLD=NEW, and {there}.")


def kept(client: Client, preview: dict[str, Any], name: str, names: dict[str, str]) -> dict[str, Any]:
    """Make it a data set."""
    path = f"/dataset-previews/{preview['id']}/keep"
    info: dict[str, Any] = client.json("POST", path, json={"name": name, "classes": names}, again=False)
    return info


def asked(
    client: Client, preview: dict[str, Any], name: str, names: dict[str, str]
) -> dict[str, Any] | None:
    """Make it a data set if the person at the terminal agrees, else return None."""
    while True:
        for old, new in names.items():
            out.print(f"{old} will be {new}", markup=False)
        rename = ", or OLD=NEW to rename a class" if preview["classes"] else ""
        answer = typer.prompt(f"Keep it as {name}, for good? [y/n{rename}]").strip()
        try:
            if answer.casefold() in ("y", "yes"):
                return kept(client, preview, name, names)
            if answer.casefold() in ("n", "no"):
                return None
            names.update(names_of(preview, [answer]))
        except CliError as error:
            out.print(error.message, style="yellow", markup=False)


def discard(client: Client, preview: dict[str, Any]) -> None:
    """Discard it. If this fails, the gateway does so by itself after a while."""
    with suppress(CliError):
        client.json("POST", f"/dataset-previews/{preview['id']}/discard", again=False)
