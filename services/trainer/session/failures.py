"""Why something failed, in one sentence for the person who asked for it."""

from __future__ import annotations

import errno
import os

from services.contracts.errors import AtlasError


def told(error: BaseException, what: str, again: str, less: str) -> str:
    """The sentence.

    Args:
        error: that ended it.
        what: was done.
        again: what can be done when the disk has room again.
        less: what needs less memory.
    """
    if isinstance(error, AtlasError):
        return error.told
    if os.strerror(errno.ENOSPC) in str(error):
        return f"The disk is full; with room again {again}."
    if isinstance(error, MemoryError) or type(error).__name__ == "ResourceExhaustedError":
        return f"There was not enough memory; {less}."
    return f"The {what} failed for a reason that it does not know; the worker's log has the details."
