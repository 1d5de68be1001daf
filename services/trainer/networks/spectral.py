"""Transposed convolutions of small images as products of spectra, for CPUs.

A convolution multiplies spectra (Mathieu et al. 2014, "Fast training of convolutional networks through
FFTs"). For images as small as a generator's first ones the discrete Fourier transform is a matrix
product, and so is everything between: the first transposed convolution of dcgan28, 7×7 pixels with
kernels of 5×5, takes 161 multiplications for each pair of channels instead of 1,225, transforms aside.

Of a real signal's spectrum one of each two conjugate frequencies is enough. So a spectrum here is three
arrays: the frequencies that are their own conjugates, which are real, and the real and the imaginary
parts of one half of the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.trainer.backend import tf

_GAIN = 3
"""How many times fewer multiplications pay for more of everything else."""

_Parts = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]
Spectrum = tuple[Any, Any, Any]
"""See above: each array is [frequencies, ...]."""


@dataclass(frozen=True, eq=False)
class Transforms:
    """Those of one size of images and kernels, each as three matrices, float64.

    Attributes:
        image: [frequencies, height · width].
        kernel: [frequencies, kernel · kernel].
        inverse: of images, [height · width, frequencies].
    """

    image: _Parts
    kernel: _Parts
    inverse: _Parts

    @property
    def frequencies(self) -> int:
        """How many real numbers a spectrum has."""
        return sum(len(part) for part in self.image)

    @property
    def products(self) -> int:
        """Multiplications for each pair of channels: four for two complex numbers."""
        real, paired, _ = self.image
        return len(real) + 4 * len(paired)


@cache
def transforms(height: int, width: int, kernel: int) -> Transforms:
    """Those for a transposed convolution with stride 1 and `same` padding."""
    # Where the input lies that a tap of the kernel joins with an output.
    reach = (kernel - 1) // 2 - np.arange(kernel)
    # Long enough for what is wrapped around to miss the image.
    periods = np.array([height, width]) + kernel // 2
    real, paired = _frequencies(*periods)
    scale = 1 / np.sqrt(np.prod(periods))

    def turns(frequencies: NDArray[np.int64], places: NDArray[np.int64]) -> NDArray[np.complex128]:
        turned: NDArray[np.complex128] = np.exp(2j * np.pi * (frequencies / periods) @ places.T)
        return turned

    pixels, taps = _pairs(np.arange(height), np.arange(width)), _pairs(reach, reach)
    plain, of_pixels = turns(real, pixels).real * scale, turns(paired, pixels) * scale
    of_taps = turns(paired, taps)
    return Transforms(
        image=(plain, of_pixels.real, -of_pixels.imag),
        kernel=(turns(real, taps).real, of_taps.real, of_taps.imag),
        # The frequencies that are left out add the conjugate of what their partners add.
        inverse=(plain.T, 2 * of_pixels.real.T, -2 * of_pixels.imag.T),
    )


def _pairs(first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.int64]:
    """All pairs, int[len(first) · len(second), 2]; the second runs faster."""
    return np.stack(np.meshgrid(first, second, indexing="ij"), -1).reshape(-1, 2)


def _frequencies(rows: int, columns: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Those that are their own conjugates, and one of each pair of the others: int[count, 2]."""
    every = _pairs(np.arange(rows), np.arange(columns))
    number, conjugate = (places @ (columns, 1) for places in (every, -every % (rows, columns)))
    return every[number == conjugate], every[number < conjugate]


def pays(height: int, width: int, kernel: int, outputs: int, inputs: int) -> bool:
    """Whether spectra take much fewer multiplications than the convolution, for many images.

    Args:
        height: of the images.
        width: of the images.
        kernel: side of the kernel.
        outputs: channels that come out.
        inputs: channels that go in.
    """
    pixels, matrices = height * width, transforms(height, width, kernel)
    transformed = pixels * matrices.frequencies * (inputs + outputs)
    spectral = matrices.products * inputs * outputs + transformed
    return _GAIN * spectral < pixels * kernel**2 * inputs * outputs


def kernel_spectrum(kernel: Any, height: int, width: int) -> Spectrum:
    """What a kernel multiplies the spectra of images by.

    Args:
        kernel: [k, k, out, in].
        height: of the images.
        width: of the images.

    Returns:
        Three arrays [frequencies, out, in], in the kernel's precision.
    """
    size, _, outputs, inputs = kernel.shape
    flat = tf.reshape(kernel, [size * size, outputs * inputs])
    return _spectrum(
        _constants(transforms(height, width, size).kernel, kernel.dtype), flat, outputs, inputs
    )


def filtered(x: Any, spectrum: Spectrum, size: int) -> Any:
    """Images [n, h, w, in] with a kernel's spectrum, see `kernel_spectrum`: [n, h, w, out].

    Args:
        x: in the spectrum's precision.
        spectrum: for images of this height and width.
        size: side of the kernel.
    """
    return _filtered(x, spectrum, size)[0]


def transposed_convolution(x: Any, kernel: Any, training: bool) -> Any:
    """Transposed convolution with stride 1 and `same` padding.

    Args:
        x: [n, h, w, in].
        kernel: [k, k, out, in].
        training: whether gradients will be asked for, of any order.

    Returns:
        [n, h, w, out].
    """
    _, height, width, inputs = x.shape
    size, outputs = kernel.shape[0], kernel.shape[2]
    if not training:
        return filtered(x, kernel_spectrum(kernel, height, width), size)
    matrices = transforms(height, width, size)

    @tf.custom_gradient  # type: ignore[untyped-decorator]
    def apply(x: Any, kernel: Any) -> Any:
        ks = k0, kr, ki = kernel_spectrum(kernel, height, width)
        y, (x0, xr, xi) = _filtered(x, ks, size)

        def gradient(upstream: Any) -> tuple[Any, Any]:
            to_spectrum, of_taps, inverse = (
                _constants(parts, x.dtype) for parts in (matrices.image, matrices.kernel, matrices.inverse)
            )
            back = tuple(tf.transpose(part) for part in inverse)
            u0, ur, ui = _spectrum(back, _pixels_first(upstream), -1, outputs)
            of_x = (
                tf.matmul(u0, k0),
                tf.matmul(ur, kr) + tf.matmul(ui, ki),
                tf.matmul(ui, kr) - tf.matmul(ur, ki),
            )
            of_k = (_over(u0, x0), _over(ur, xr) + _over(ui, xi), _over(ui, xr) - _over(ur, xi))
            to_x = tf.matmul(tf.concat(to_spectrum, 0), _joined(of_x), transpose_a=True)
            to_kernel = tf.matmul(tf.concat(of_taps, 0), _joined(of_k), transpose_a=True)
            return _images_first(to_x, height, width, inputs), tf.reshape(to_kernel, kernel.shape)

        return y, gradient

    return apply(x, kernel)


def _filtered(x: Any, spectrum: Spectrum, size: int) -> tuple[Any, Spectrum]:
    """What comes out, and the spectrum of `x`."""
    _, height, width, inputs = x.shape
    matrices = transforms(height, width, size)
    k0, kr, ki = spectrum
    xs = x0, xr, xi = _spectrum(_constants(matrices.image, x.dtype), _pixels_first(x), -1, inputs)
    ys = (_by(x0, k0), _by(xr, kr) - _by(xi, ki), _by(xr, ki) + _by(xi, kr))
    y = tf.matmul(tf.concat(_constants(matrices.inverse, x.dtype), 1), _joined(ys))
    return _images_first(y, height, width, k0.shape[1]), xs


def _constants(parts: _Parts, dtype: Any) -> tuple[Any, ...]:
    return tuple(tf.constant(part, dtype) for part in parts)


def _pixels_first(x: Any) -> Any:
    """[n, h, w, c] as [h · w, n · c]."""
    pixels, channels = x.shape[1] * x.shape[2], x.shape[3]
    by_pixel = tf.transpose(tf.reshape(x, [-1, pixels, channels]), [1, 0, 2])
    return tf.reshape(by_pixel, [pixels, -1])


def _images_first(x: Any, height: int, width: int, channels: int) -> Any:
    """[h · w, n · c] as [n, h, w, c]."""
    by_image = tf.transpose(tf.reshape(x, [height * width, -1, channels]), [1, 0, 2])
    return tf.reshape(by_image, [-1, height, width, channels])


def _spectrum(matrices: tuple[Any, ...], flat: Any, rows: int, channels: int) -> Spectrum:
    """Three arrays [frequencies, rows, channels] of [places, rows · channels]."""
    real, paired, imaginary = (
        tf.reshape(tf.matmul(part, flat), [part.shape[0], rows, channels]) for part in matrices
    )
    return real, paired, imaginary


def _joined(spectrum: Spectrum) -> Any:
    """Three arrays [frequencies, rows, channels] as [all frequencies, rows · channels]."""
    together = tf.concat(spectrum, 0)
    return tf.reshape(together, [together.shape[0], -1])


def _by(x: Any, k: Any) -> Any:
    """[f, n, in] times [f, out, in]: [f, n, out]."""
    return tf.matmul(x, k, transpose_b=True)


def _over(u: Any, x: Any) -> Any:
    """[f, n, out] times [f, n, in], added up over n: [f, out, in]."""
    return tf.matmul(u, x, transpose_a=True)
