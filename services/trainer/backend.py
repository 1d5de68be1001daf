"""TensorFlow, imported quietly and in one place, and what its hardware is good at."""

from __future__ import annotations

import logging
import os
from functools import cache
from pathlib import Path

# Before the first import of TensorFlow, which logs from C++ while it loads. An explicit choice stands.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("GRPC_VERBOSITY", "ERROR")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import keras
import tensorflow as tf

__all__ = ["keras", "make_deterministic", "on_cpu", "resolve_precision", "tf"]

# Its reports during an export are of no use in the worker's log.
logging.getLogger("tensorflow").setLevel(logging.WARNING)
logging.getLogger("absl").setLevel(logging.WARNING)

_CPUINFO = Path("/proc/cpuinfo")


def make_deterministic() -> None:
    """Let the same operations give the same bits, whatever the order of threads."""
    tf.config.experimental.enable_op_determinism()
    _wake_compiler()


@cache
def _wake_compiler() -> None:
    """Compile something small.

    At its first use XLA logs a line that no setting keeps quiet, so the first use happens here, with
    standard error closed for the moment.
    """
    kept = os.dup(2)
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 2)
        try:
            tf.function(lambda x: x + 1.0, jit_compile=True)(tf.constant(0.0))
        finally:
            os.dup2(kept, 2)
            os.close(kept)


@cache
def on_cpu() -> bool:
    """Whether there is no GPU that TensorFlow can use."""
    return not tf.config.list_physical_devices("GPU")


def resolve_precision(asked: str) -> str:
    """What ``auto`` means here: mixed_bfloat16 where the hardware multiplies bfloat16 faster.

    Returns:
        "float32" or "mixed_bfloat16", names of Keras dtype policies.
    """
    if asked != "auto":
        return asked
    return "mixed_bfloat16" if _multiplies_bfloat16() else "float32"


def _multiplies_bfloat16() -> bool:
    if not on_cpu():
        details = map(tf.config.experimental.get_device_details, tf.config.list_physical_devices("GPU"))
        return all(detail.get("compute_capability", (0, 0)) >= (8, 0) for detail in details)
    return cpu_has_bfloat16(_CPUINFO)


def cpu_has_bfloat16(cpuinfo: Path) -> bool:
    """Whether a file like /proc/cpuinfo lists instructions that multiply bfloat16 matrices."""
    try:
        text = cpuinfo.read_text()
    except OSError:
        return False
    flags = {flag for line in text.splitlines() if line.startswith("flags") for flag in line.split()}
    return bool(flags & {"avx512_bf16", "amx_bf16"})
