"""Returns unused memory to the system."""

from __future__ import annotations

import ctypes
import gc


def release_memory() -> None:
    """Collect garbage, as graphs are full of cycles, and let the allocator return free pages."""
    gc.collect()
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except AttributeError:
        return  # not glibc: leave it to the allocator
