"""Between pixels (uint8, 0 to 255) and what networks see (float32, −1 to 1)."""

from __future__ import annotations

from typing import Any

from services.trainer.backend import tf


def to_range(images: Any) -> Any:
    """uint8[...] to float32[...] in [-1, 1]."""
    return tf.cast(images, tf.float32) / 127.5 - 1.0


def to_pixels(images: Any) -> Any:
    """float32[...] in [-1, 1] to the nearest uint8[...]."""
    return tf.cast(tf.round(tf.clip_by_value((images + 1.0) * 127.5, 0.0, 255.0)), tf.uint8)
