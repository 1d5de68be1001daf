"""Convolutions under test: what goes in, and gradients of the second order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from services.trainer.backend import tf


def normal(*shape: int) -> Any:
    """float32[shape], the same numbers for the same shape."""
    return tf.constant(np.random.default_rng(sum(shape)).standard_normal(shape), tf.float32)


def penalty_gradient(function: Callable[[Any, Any], Any], x: Any, taps: Any) -> Any:
    """Gradient by `taps` of the squared gradient by `x`, which is what a gradient penalty needs."""
    with tf.GradientTape() as outer:
        outer.watch(taps)
        with tf.GradientTape() as inner:
            inner.watch(x)
            y = tf.reduce_sum(tf.square(function(x, taps)))
        total = tf.reduce_sum(tf.square(inner.gradient(y, x)))
    return outer.gradient(total, taps)
