"""Sines and cosines of the latent point, through which a network can tell near points apart."""

from __future__ import annotations

from math import pi
from typing import Any

from services.trainer.backend import tf
from services.trainer.networks.layers import Layer


class FourierFeatures(Layer):
    """The point, and sine and cosine of π · 2^k times each coordinate, for octaves k from 0 on.

    A network learns slow functions of its input first; features that turn quickly let it learn quick ones
    too: Tancik et al. 2020, "Fourier features let networks learn high frequency functions in low
    dimensional domains". The frequencies are those of Mildenhall et al. 2020, "NeRF".
    """

    def __init__(self, octaves: int, **options: Any) -> None:
        super().__init__(**options)
        self.frequencies = [pi * 2**octave for octave in range(octaves)]

    def apply(self, x: Any, training: bool, seed: Any | None) -> Any:
        """From float32[n, d] to [n, d · (1 + 2 · octaves)] in the compute precision.

        The point has to be float32: bfloat16 has eight bits for a coordinate, so near points would become
        one, and an angle of the last octave would be off by up to a thirtieth of a turn.
        """
        angles = self.angles(x)
        return tf.cast(tf.concat([x, tf.sin(angles), tf.cos(angles)], 1), self.compute_dtype)

    def angles(self, x: Any) -> Any:
        """Of float32[..., d]: float32[..., d · octaves], the coordinates of one octave side by side."""
        return tf.concat([frequency * x for frequency in self.frequencies], -1)
