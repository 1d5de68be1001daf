"""Pictures of results, each with its recipe."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numpy as np
from anyio import to_thread
from numpy.typing import NDArray

from services.gateway.explore.layers import Ablation, LayeredImage, LayerOutputs
from services.gateway.explore.points import Images, Walk
from services.gateway.maps.codec import ComputedMap
from services.gateway.maps.question import MapQuestion
from services.gateway.pictures import arrays, recipe_texts
from services.gateway.pictures.map_colours import indexed, shown_limits

T = TypeVar("T")

_SMALL = 16 * 1024
"""Bytes of pixels, which take some tenths of a millisecond to compress."""


async def sheet(images: Images, scale: int | None) -> bytes:
    """All images, row by row: PNG."""
    return await _drawn(lambda: _sheet(images, scale), images, scale)


def _sheet(images: Images, scale: int | None) -> bytes:
    pixels = arrays.enlarged(arrays.sheet(images.pixels), scale)
    return arrays.png(pixels, recipe_texts.of_sheet(images, scale))


def image(images: Images, number: int, scale: int | None = None) -> bytes:
    """One of the images: PNG."""
    pixels = arrays.enlarged(images.pixels[number], scale)
    return arrays.png(pixels, recipe_texts.of_image(images, number, scale))


async def base64_images(images: Images, scale: int | None = None) -> list[str]:
    """Each of the images: base64 PNG."""
    return await _drawn(
        lambda: [arrays.as_base64(image(images, number, scale)) for number in range(len(images.pixels))],
        images,
        scale,
    )


async def strip(walk: Walk, scale: int | None) -> bytes:
    """A walk's images side by side: PNG."""
    pixels = arrays.strip(walk.images.pixels)
    recipe = recipe_texts.of_walk(walk, "strip", scale)
    return await _drawn(lambda: arrays.png(arrays.enlarged(pixels, scale), recipe), walk.images, scale)


async def animation(walk: Walk, scale: int | None) -> bytes:
    """A walk's images one after the other: GIF."""
    recipe = recipe_texts.of_walk(walk, "animation", scale)
    return await to_thread.run_sync(
        lambda: arrays.animation(arrays.enlarged(walk.images.pixels, scale), recipe)
    )


async def latent_map(
    question: MapQuestion,
    result: ComputedMap,
    scale: int | None,
    limits: tuple[float, float] | None = None,
) -> bytes:
    """A map: PNG. `limits` are the numbers at the ends of the ramp, by default those of `shown_limits`."""
    limits = limits or shown_limits(result)
    indices, colours = indexed(result, limits)
    recipe = recipe_texts.of_map(question, scale, limits)
    return await to_thread.run_sync(arrays.indexed_map_picture, indices, colours, scale, recipe)


def layered_image(layered: LayeredImage, scale: int | None = None) -> bytes:
    """The image whose layers were asked for: PNG."""
    recipe = recipe_texts.of_layers(layered, "image", [layered.layers[0].name], scale)
    return arrays.png(arrays.enlarged(layered.images.pixels[0], scale), recipe)


def average(layered: LayeredImage, layer: LayerOutputs, scale: int | None = None) -> bytes:
    """The mean over a layer's channels, from black (its smallest value) to white: PNG."""
    values = layer.values.mean(axis=2)
    shades = arrays.grey(values, float(values.min()), float(values.max()))
    recipe = recipe_texts.of_layers(layered, "average", [layer.name], scale)
    return arrays.png(arrays.enlarged(shades[:, :, None], scale), recipe)


def channels(layered: LayeredImage, layer: LayerOutputs, scale: int | None = None) -> bytes:
    """All channels of a layer, on one scale: PNG."""
    values = layer.values
    shades = arrays.grey(np.moveaxis(values, 2, 0)[:, :, :, None], float(values.min()), float(values.max()))
    recipe = recipe_texts.of_layers(layered, "channels", [layer.name], scale)
    return arrays.png(arrays.enlarged(arrays.sheet(shades), scale), recipe)


def after(ablation: Ablation, scale: int | None = None) -> bytes:
    """The image after the edits: PNG."""
    pixels = arrays.enlarged(ablation.after.pixels[0], scale)
    return arrays.png(pixels, recipe_texts.of_ablation(ablation, scale))


async def _drawn(draw: Callable[[], T], images: Images, scale: int | None) -> T:
    """Draw large pictures in a thread, and small ones here, because that is faster than a thread switch."""
    if _bytes(images.pixels, scale) <= _SMALL:
        return draw()
    return await to_thread.run_sync(draw)


def _bytes(pixels: NDArray[np.uint8], scale: int | None) -> int:
    return pixels.nbytes * (scale or 1) ** 2
