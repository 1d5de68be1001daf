"""What the founding study and the TensorFlow DCGAN tutorial have in common: our measure of comparison."""

from __future__ import annotations

from typing import Any


def study_generator() -> Any:
    """The generator of `dcgan28` for two latent dimensions, of Keras' own layers, in float32."""
    from services.trainer.backend import keras

    layers = keras.layers
    return keras.Sequential(
        [
            keras.Input((2,)),
            layers.Dense(7 * 7 * 256, use_bias=False),
            layers.BatchNormalization(),
            layers.LeakyReLU(0.3),
            layers.Reshape((7, 7, 256)),
            layers.Conv2DTranspose(128, 5, padding="same", use_bias=False),
            layers.BatchNormalization(),
            layers.LeakyReLU(0.3),
            layers.Conv2DTranspose(64, 5, strides=2, padding="same", use_bias=False),
            layers.BatchNormalization(),
            layers.LeakyReLU(0.3),
            layers.Conv2DTranspose(1, 5, strides=2, padding="same", use_bias=False, activation="tanh"),
        ]
    )
