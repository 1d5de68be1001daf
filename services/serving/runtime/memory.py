"""Gives memory that is no longer used back to the system."""

from __future__ import annotations

import ctypes
import gc


def give_memory_back() -> None:
    """Collect what is unreachable, graphs being full of cycles, and let the allocator return free pages."""
    gc.collect()
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except AttributeError:
        return  # not glibc: its allocator decides
