"""Exported models on disk, as TensorFlow Serving finds them."""

from __future__ import annotations

import os
import re
import uuid
from pathlib import Path
from typing import BinaryIO

from services.contracts.errors import ModelNotFound, VersionNotFound
from services.contracts.names import NAME_PATTERN
from services.contracts.signatures import CARD_FILE, REAL_IMAGES_FILE, ModelCard
from services.store import files
from services.store.files import WriteCheck
from services.store.references import ReferenceStore


class ModelStore:
    """All models of a home folder. A published version is complete and never changes."""

    def __init__(self, root: Path) -> None:
        # TensorFlow Serving refuses relative base paths.
        self._root = root.absolute()
        self.references = ReferenceStore(self._root)

    @property
    def config_file(self) -> Path:
        """TensorFlow Serving's model configuration, which lists every model."""
        return self._root / "models.config"

    def prepare(self, is_writable: WriteCheck = files.is_writable) -> None:
        """Make the folder, and list its models, which may have been copied here or moved while nothing ran.

        Raises:
            StorageFailed: it cannot be written.
        """
        files.prepare_folder(self._root, is_writable)
        with files.locked(self.references.lock_file):
            self._write_config()

    def names(self) -> list[str]:
        """Names of the models that have a version, sorted."""
        return [name for name in self._folders() if self.versions(name)]

    def versions(self, model: str) -> tuple[int, ...]:
        """Versions of a model, oldest first; none for an unknown model."""
        try:
            found = os.listdir(self._folder(model))
        except FileNotFoundError:
            return ()
        return tuple(sorted(int(name) for name in found if re.fullmatch(r"[1-9][0-9]*", name)))

    def card(self, model: str, version: int | None = None) -> ModelCard:
        """The card of a version; of the newest if none is given."""
        versions = self.versions(model)
        if not versions:
            raise ModelNotFound(model)
        chosen = versions[-1] if version is None else version
        try:
            data = (self._folder(model) / str(chosen) / CARD_FILE).read_bytes()
        except FileNotFoundError:
            raise VersionNotFound(model, chosen, versions) from None
        return ModelCard.model_validate_json(data)

    def real_images(self, model: str, version: int) -> bytes | None:
        """The file of a version with the points of real images; None if it has none."""
        try:
            return (self._folder(model) / str(version) / REAL_IMAGES_FILE).read_bytes()
        except FileNotFoundError:
            return None

    def stamp(self, model: str, version: int) -> tuple[int, int]:
        """Identifies an export of this version; cheaper than reading its card."""
        try:
            stat = (self._folder(model) / str(version) / CARD_FILE).stat()
        except FileNotFoundError:
            raise VersionNotFound(model, version, self.versions(model)) from None
        return (stat.st_ino, stat.st_mtime_ns)

    def opened(self, model: str, version: int) -> dict[str, BinaryIO]:
        """All files of a version, opened for reading, by their path inside its folder, sorted.

        Those that it shares with other versions are among them, as if they lay in its folder. They stay
        readable even if the version is removed in the meantime. The caller closes them.
        """
        folder = self._folder(model) / str(version)
        found: dict[str, BinaryIO] = {}
        try:
            own = {
                path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()
            }
            for name, path in sorted((self.references.files(folder) | own).items()):
                found[name] = path.open("rb")
            if CARD_FILE not in found:
                raise FileNotFoundError(CARD_FILE)
        except FileNotFoundError:
            for file in found.values():
                file.close()
            raise VersionNotFound(model, version, self.versions(model)) from None
        return found

    def staging(self, model: str) -> Path:
        """A new folder to export into. Its name is not a number, so no model server loads it."""
        path = self._folder(model) / f".staging-{uuid.uuid4().hex}"
        files.make_folder(path)
        return path

    def sweep(self, model: str) -> None:
        """Remove unfinished exports; call only while nobody else can export this model."""
        files.sweep(self._folder(model))

    def publish(self, model: str, version: int, staging: Path, keep: int) -> bool:
        """Give an exported folder its version number, and remove all versions but the newest `keep`.

        Returns:
            False if the version exists already; it stays as it is.
        """
        with files.locked(self.references.lock_file):
            published = files.publish_folder(staging, self._folder(model) / str(version))
            for old in self.versions(model)[:-keep]:
                files.remove_folder(self._folder(model) / str(old))
            self.references.remove_unused()
            self._write_config()
        return published

    def delete(self, model: str) -> None:
        """Remove a model's files and its entry in the configuration; an unknown one is no error."""
        with files.locked(self.references.lock_file):
            files.remove_folder(self._folder(model))
            self.references.remove_unused()
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
        """List every model for the model server, which reads the file anew whenever it changes."""
        entries = "".join(
            "  config {\n"
            f'    name: "{name}"\n'
            f'    base_path: "{self._root / name}"\n'
            '    model_platform: "tensorflow"\n'
            "    model_version_policy { all {} }\n"
            "  }\n"
            for name in self.names()
        )
        config = f"model_config_list {{\n{entries}}}\n".encode()
        if not self.config_file.exists() or self.config_file.read_bytes() != config:
            files.write_bytes(self.config_file, config)
