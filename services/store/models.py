"""Exported models on disk, as TensorFlow Serving finds them."""

from __future__ import annotations

import os
import re
import uuid
from pathlib import Path
from typing import BinaryIO

from services.contracts.errors import ModelNotFound, VersionNotFound
from services.contracts.signatures import CARD_FILE, ModelCard
from services.contracts.training.spec import NAME_PATTERN
from services.store import files


class ModelStore:
    """All models of a home folder. A version that has its name is complete and never changes."""

    def __init__(self, root: Path) -> None:
        # TensorFlow Serving refuses relative base paths.
        self._root = root.absolute()

    @property
    def config_file(self) -> Path:
        """TensorFlow Serving's model configuration, which lists every model."""
        return self._root / "models.config"

    def prepare(self) -> None:
        files.prepare_folder(self._root)
        if not self.config_file.exists():
            self._write_config()

    def names(self) -> list[str]:
        """Names of the models that have a version, sorted."""
        return [name for name in self._folders() if self.versions(name)]

    def versions(self, model: str) -> tuple[int, ...]:
        """Complete versions of a model, oldest first; none for an unknown model."""
        try:
            found = os.listdir(self._folder(model))
        except FileNotFoundError:
            return ()
        return tuple(sorted(int(name) for name in found if re.fullmatch(r"[1-9][0-9]*", name)))

    def card(self, model: str, version: int | None = None) -> ModelCard:
        """The card of a version, by default of the newest one."""
        versions = self.versions(model)
        if not versions:
            raise ModelNotFound(model)
        chosen = versions[-1] if version is None else version
        try:
            data = (self._folder(model) / str(chosen) / CARD_FILE).read_bytes()
        except FileNotFoundError:
            raise VersionNotFound(model, chosen, versions) from None
        return ModelCard.model_validate_json(data)

    def stamp(self, model: str, version: int) -> tuple[int, int]:
        """Stays the same as long as this is the same export; cheaper than reading the card."""
        try:
            stat = (self._folder(model) / str(version) / CARD_FILE).stat()
        except FileNotFoundError:
            raise VersionNotFound(model, version, self.versions(model)) from None
        return (stat.st_ino, stat.st_mtime_ns)

    def opened(self, model: str, version: int) -> dict[str, BinaryIO]:
        """All files of a version, open for reading, by their path inside its folder, in order of these.

        They can be read to their end even when the version is let go of meanwhile. The caller closes them.
        """
        folder = self._folder(model) / str(version)
        found: dict[str, BinaryIO] = {}
        try:
            for path in sorted(path for path in folder.rglob("*") if path.is_file()):
                found[path.relative_to(folder).as_posix()] = path.open("rb")
            if CARD_FILE not in found:
                raise FileNotFoundError(CARD_FILE)
        except FileNotFoundError:
            for file in found.values():
                file.close()
            raise VersionNotFound(model, version, self.versions(model)) from None
        return found

    def staging(self, model: str) -> Path:
        """A folder to export into. Its name is no number, so that no server looks into it."""
        path = self._folder(model) / f".staging-{uuid.uuid4().hex}"
        files.make_folder(path)
        return path

    def sweep(self, model: str) -> None:
        """Take away unfinished exports; for whoever alone may export this model now."""
        files.sweep(self._folder(model))

    def publish(self, model: str, version: int, staging: Path, keep: int) -> bool:
        """Give an exported folder its version number, and let go of versions beyond the newest `keep`.

        Returns:
            False if there is such a version already; it stays as it is.
        """
        with files.locked(self._root / ".lock"):
            published = files.publish_folder(staging, self._folder(model) / str(version))
            for old in self.versions(model)[:-keep]:
                files.remove_folder(self._folder(model) / str(old))
            self._write_config()
        return published

    def delete(self, model: str) -> None:
        """Take a model out of the list, then remove its files; an unknown one is no error."""
        with files.locked(self._root / ".lock"):
            files.remove_folder(self._folder(model))
            self._write_config()

    def _folder(self, model: str) -> Path:
        if not re.fullmatch(NAME_PATTERN, model):
            raise ModelNotFound(model)
        return self._root / model

    def _folders(self) -> list[str]:
        try:
            found = os.listdir(self._root)
        except FileNotFoundError:
            return []
        return sorted(name for name in found if re.fullmatch(NAME_PATTERN, name))

    def _write_config(self) -> None:
        entries = "".join(
            "  config {\n"
            f'    name: "{name}"\n'
            f'    base_path: "{self._root / name}"\n'
            '    model_platform: "tensorflow"\n'
            "    model_version_policy { all {} }\n"
            "  }\n"
            for name in self.names()
        )
        files.write_bytes(self.config_file, f"model_config_list {{\n{entries}}}\n".encode())
