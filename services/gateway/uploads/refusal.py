"""How an upload is refused: with the name of the file in it that is to blame."""

from __future__ import annotations

from services.contracts.errors import FieldProblem, InvalidInput

_MOST = 1000
"""Characters that are quoted of what was sent."""


def refused(path: str, why: str) -> InvalidInput:
    """`InvalidInput` at a file of the zip, which its sentence names.

    Args:
        path: of the file, in the zip.
        why: how the sentence goes on after the name, such as ``is encrypted``.
    """
    shown = path if path.isprintable() else path.encode("unicode_escape").decode()
    shown, why = _brief(shown), _brief(why)
    return InvalidInput(f"{shown or 'A file without a name'} {why}.", (FieldProblem(shown, why),))


def _brief(text: str) -> str:
    return text if len(text) <= _MOST else f"{text[:_MOST]}…"
