"""Imports TensorFlow without the messages that it writes regardless of log settings."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


def import_tensorflow() -> None:
    """Import TensorFlow and run a tiny session, so that its one-time messages are discarded.

    It writes about missing GPUs and compiler passes directly to file descriptor 2, on import and at the
    first run of a session. Errors are still raised.
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
    original = os.dup(2)
    null = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(null, 2)
        yield
    finally:
        os.dup2(original, 2)
        os.close(original)
        os.close(null)
