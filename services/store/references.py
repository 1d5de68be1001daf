"""Training images that exported models compare with, beside the models: once for all versions that do.

<models>/.references/<reference>/<number>.zlib   compressed pieces of the pixels
<models>/<model>/<version>/assets/reference      name of the reference that a version needs

A version that was downloaded has the pieces inside instead, as ``assets/<reference>/<number>.zlib``.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from pathlib import Path

from services.store import files

FOLDER = ".references"
MARK = "assets/reference"


def part_file(number: int) -> str:
    """Name of the file with a piece, counted from 0."""
    return f"{number}.zlib"


class ReferenceStore:
    """All references of a home folder. One that has its name is complete and never changes."""

    def __init__(self, models: Path) -> None:
        self._models = models
        self._root = models / FOLDER

    @property
    def lock_file(self) -> Path:
        """Held while versions and references are removed."""
        return self._models / ".lock"

    def keep(self, name: str, version: Path, parts: Callable[[], Iterable[bytes]]) -> None:
        """Have a reference ready for a version that is about to be published.

        Args:
            name: of the reference; the same name stands for the same images.
            version: its folder, still under another name, or published.
            parts: makes the compressed pieces; called only if the reference is not there.
        """
        # First the mark, then the look under the lock: whoever removes references sees one or the other.
        files.write_bytes(version / MARK, name.encode())
        with files.locked(self.lock_file):
            if self._folder(name).exists():
                return
        staging = self._root / f".staging-{uuid.uuid4().hex}"
        files.make_folder(staging)
        write_parts(staging, parts())
        files.publish_folder(staging, self._folder(name))

    def files(self, version: Path) -> dict[str, Path]:
        """The files that a version shares with others, by their path inside the version's folder."""
        name = _read(version / MARK)
        if name is None:
            return {}
        return {f"assets/{name}/{path.name}": path for path in sorted(self._folder(name).glob("*.zlib"))}

    def remove_unused(self) -> None:
        """Remove what no version needs any more; only while `lock_file` is held.

        Versions that are not published yet count too.
        """
        needed = {_read(mark) for mark in self._models.glob(f"*/*/{MARK}")}
        for folder in self._root.glob("[!.]*"):
            if folder.name not in needed:
                files.remove_folder(folder)

    def _folder(self, name: str) -> Path:
        return self._root / name


def write_parts(folder: Path, parts: Iterable[bytes]) -> None:
    """Write the pieces of a reference into a folder that exists."""
    with files.storage(folder):
        for number, part in enumerate(parts):
            (folder / part_file(number)).write_bytes(part)


def _read(mark: Path) -> str | None:
    """None if there is no mark, or none any more."""
    try:
        return mark.read_text()
    except FileNotFoundError:
        return None
