"""How an upload is refused: with the name of the file in it that is to blame."""

from __future__ import annotations

from services.contracts.errors import FieldProblem, InvalidInput


def refused(path: str, why: str) -> InvalidInput:
    """`InvalidInput` at a file of the zip, which its sentence names.

    Args:
        path: of the file, in the zip.
        why: how the sentence goes on after the name, such as ``is encrypted``.
    """
    shown = path if path.isprintable() else path.encode("unicode_escape").decode()
    return InvalidInput(f"{shown or 'A file without a name'} {why}.", (FieldProblem(shown, why),))
