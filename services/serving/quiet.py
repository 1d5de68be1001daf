"""Imports TensorFlow without the notes that it writes past every log setting."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


def import_tensorflow() -> None:
    """Import TensorFlow and run something tiny, so that what it says once is said to nobody.

    It writes about missing GPUs and compiler passes straight to file descriptor 2, at its import and at
    the first run of a session. Problems still raise.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    with _no_standard_error():
        import tensorflow as tf

        with tf.Graph().as_default(), tf.compat.v1.Session() as session:
            session.run(tf.constant(0) + 0)
        tf.get_logger().setLevel("ERROR")


@contextmanager
def _no_standard_error() -> Iterator[None]:
    sys.stderr.flush()
    kept = os.dup(2)
    nothing = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nothing, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nothing)
