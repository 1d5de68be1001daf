"""SavedModels of one module, version after version: the graph is made for the first and serves for all.

TensorFlow traces and serialises every signature anew at each export, which takes it longer than some
trainings take for an epoch. Between versions of one run nothing changes but the values of the variables and
the name under which a server keeps what belongs to one version alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from services.store import files
from services.trainer.backend import tf

_GRAPH, _ASSETS, _VARIABLES = "saved_model.pb", "assets", Path("variables", "variables")
_FINGERPRINT = "fingerprint.pb"
"""Hashes of the rest, which nobody has to have; of copied graphs they would be wrong."""


class SavedModels:
    """Writes versions of one module."""

    def __init__(self, module: Any, signatures: dict[str, Any], named: list[Any]) -> None:
        """Bind the module.

        Args:
            module: a `tf.Module` that holds all variables, each at the end of a path of attributes.
            signatures: concrete functions by name.
            named: parts of the module whose `export` becomes part of the graph.
        """
        self._module, self._signatures, self._named = module, signatures, named
        self._variables = tf.train.Checkpoint(module)
        self._files: dict[Path, bytes] = {}
        """Of the first version, by their paths in it: graph and assets."""
        self._name = b""

    def write(self, folder: Path, name: str) -> None:
        """Write the module with the values that its variables have now.

        Args:
            folder: exists; may have folders of further assets already.
            name: for `export`, unlike that of any other version. The names of all have one length, and are
                nowhere to be found by chance: 32 random letters are.
        """
        if not self._files:
            self._write_first(folder, name)
            return
        for path, content in self._files.items():
            # Lengths are part of the format, so only a name of the same length can take another's place.
            files.write_bytes(folder / path, content.replace(self._name, name.encode()))
        (folder / _VARIABLES.parent).mkdir()
        self._variables.write(str(folder / _VARIABLES))

    def _write_first(self, folder: Path, name: str) -> None:
        for part in self._named:
            part.export = name
        tf.saved_model.save(
            self._module,
            str(folder),
            signatures=self._signatures,
            options=tf.saved_model.SaveOptions(experimental_custom_gradients=False),
        )
        (folder / _FINGERPRINT).unlink(missing_ok=True)
        kept = [folder / _GRAPH, *(path for path in (folder / _ASSETS).glob("*") if path.is_file())]
        self._files = {path.relative_to(folder): path.read_bytes() for path in kept}
        self._name = name.encode()
