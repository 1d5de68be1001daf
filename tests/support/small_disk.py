"""A real disk of a few megabytes that a test can fill, even as an ordinary user."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


class SmallDisk:
    """A separate file system, which every process can reach at `path`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._ballast = path / "ballast"

    def fill(self) -> None:
        """Use up the last byte."""
        with self._ballast.open("ab", buffering=0) as ballast:
            for size in (1 << 20, 1 << 12, 1):
                try:
                    while ballast.write(b"\0" * size) == size:
                        pass
                except OSError:
                    continue

    def clear(self) -> None:
        """Free what `fill` used up."""
        self._ballast.unlink()


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[SmallDisk]:
    """A disk mounted on `folder` in a namespace, which other processes reach through its process.

    Skips the test where the kernel does not let an ordinary user create namespaces.
    """
    mount = f'mount -t tmpfs -o size={megabytes}m none "$0" && echo mounted && exec sleep infinity'
    holder = subprocess.Popen(
        ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount, str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        assert holder.stdout is not None
        if holder.stdout.readline() != b"mounted\n":
            reason = holder.communicate()[1].decode(errors="replace").strip()
            pytest.skip(f"this machine does not allow mounting a small disk: {reason}")
        path = Path(f"/proc/{holder.pid}/root{folder}")
        if not os.access(path, os.W_OK):
            pytest.skip(f"{path} cannot be reached from outside its namespace")
        yield SmallDisk(path)
    finally:
        holder.kill()
        holder.communicate()
