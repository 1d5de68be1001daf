"""The coverage term: each real image draws the nearest of the step's generated images towards it.

An adversarial generator is asked that every image it makes looks real, never that every real image can be
made, so it may leave kinds of images out (mode collapse). Implicit maximum likelihood asks for the latter
(Li & Malik 2018, arXiv 1809.09087): the nearest of many generated images should lie near each real one.
Here the many are the step's own batch, which costs no further pass through the generator; at each epoch a
real image meets other ones.
"""

from __future__ import annotations

from typing import Any

from services.trainer.backend import tf


def nearest(real: Any, generated: Any, label: Any | None = None) -> Any:
    """Which generated image is nearest to each real one, in pixels.

    Args:
        real: float32[n, h, w, c].
        generated: float32[m, h, w, c].
        label: int32[n], the classes of both, where m = n: only images of one class are compared. Each real
            image then has at least the one that was generated with its label.

    Returns:
        int64[n].
    """
    ours, theirs = _flat(generated), _flat(real)
    # The squared distance less the real image's own square, which is the same for all.
    distance = tf.reduce_sum(tf.square(ours), 1) - 2.0 * tf.matmul(theirs, ours, transpose_b=True)
    if label is not None:
        distance = tf.where(label[:, None] == label[None, :], distance, distance.dtype.max)
    return tf.argmin(distance, 1)


def pull(real: Any, generated: Any, label: Any | None = None) -> Any:
    """Gradient, at the generated images, of the mean squared distance in pixels from each real image to the
    nearest generated one.

    Args:
        real: float32[n, h, w, c].
        generated: float32[n, h, w, c].
        label: see `nearest`.

    Returns:
        float32[n, h, w, c]; zero for images that are the nearest to none.
    """
    chosen = nearest(real, generated, label)
    away = tf.gather(generated, chosen) - real
    scale = 2.0 / tf.cast(tf.size(real), real.dtype)
    return tf.math.unsorted_segment_sum(scale * away, chosen, generated.shape[0])


def _flat(images: Any) -> Any:
    return tf.reshape(images, [images.shape[0], -1])
