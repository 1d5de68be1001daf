"""From an image file to pixels; its header is checked before it is decoded."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from services.contracts.errors import AtlasError
from services.gateway.uploads import rules
from services.gateway.uploads.essence import Essence, essence_of
from services.gateway.uploads.essence.upright import turned
from services.gateway.uploads.rules import DEFAULT_LIMITS, UploadLimits, refused

FORMATS = ("PNG", "JPEG", "WEBP")
_DRAFT_SIDE = 4 * rules.SIDE
"""Pixels; larger JPEGs are decoded at a half, a quarter or an eighth, but never below this."""


def inspect(data: bytes, path: str, limits: UploadLimits = DEFAULT_LIMITS) -> tuple[int, int]:
    """Width and height that an image file claims, without decoding it; refused if that is too much."""
    with _readable(path, limits), _opened(essence := essence_of(data)) as image:
        if essence.animated or getattr(image, "is_animated", False):
            raise refused(path, "is animated; each file has to be one still picture")
        width, height = image.size
        if width * height > limits.max_pixels:
            raise refused(path, f"has {width}×{height} pixels; {limits.max_pixels} are allowed")
        return image.size


def pixels(data: bytes, path: str, side: int, limits: UploadLimits = DEFAULT_LIMITS) -> NDArray[np.uint8]:
    """The middle square of an image that passed `inspect`, upright, scaled: uint8[side, side, 3].

    Transparent parts become black; of 16 bits a channel the upper 8 are kept.
    """
    with _readable(path, limits), _opened(essence := essence_of(data)) as image:
        image.draft(None, (_DRAFT_SIDE, _DRAFT_SIDE))
        image.load()
        return square(turned(_in_colour(image, essence), essence), side)


def square(image: Image.Image, side: int) -> NDArray[np.uint8]:
    """The middle square of an image in red, green and blue, scaled: uint8[side, side, 3]."""
    return np.asarray(ImageOps.fit(image, (side, side), Image.Resampling.LANCZOS), np.uint8)


def on_black(image: Image.Image) -> Image.Image:
    """In red, green and blue, on black where it is transparent."""
    if image.has_transparency_data:
        black = Image.new("RGBA", image.size, (0, 0, 0, 255))
        image = Image.alpha_composite(black, image.convert("RGBA"))
    return image.convert("RGB")


def _in_colour(image: Image.Image, essence: Essence) -> Image.Image:
    clear = _clear(image, essence) if essence.clear is not None else None
    if image.mode.startswith("I"):
        # 16 bits of grey, which Pillow would clip to 8 instead of scaling them.
        shades = np.asarray(image).astype(np.float32) / 257
        image = Image.fromarray(np.clip(np.rint(shades), 0, 255).astype(np.uint8))
    image = on_black(image)
    if clear is not None:
        image.paste((0, 0, 0), mask=Image.fromarray(clear))
    return image


def _clear(image: Image.Image, essence: Essence) -> NDArray[np.bool_]:
    """Where the transparent shade or colour is, compared in the file's own depth."""
    assert essence.clear is not None
    if len(essence.clear) == 1:
        (shade,) = essence.clear
        if image.mode.startswith("I"):
            return np.asarray(np.asarray(image) == shade)
        # Pillow spreads shades of 1, 2 and 4 bits over 8.
        return np.asarray(np.asarray(image.convert("L")) == shade * 255 // ((1 << essence.depth) - 1))
    colour = np.array(essence.clear, np.uint16)
    seen = np.asarray(image)
    if essence.depth == 16:
        # Pillow keeps the upper bytes of each channel; the lower ones decide here.
        return np.asarray(((seen == colour >> 8) & (_lower_bytes(essence) == colour & 255)).all(axis=-1))
    return np.asarray((seen == colour).all(axis=-1))


def _lower_bytes(essence: Essence) -> NDArray[np.uint8]:
    """The lower bytes of a PNG with 16 bits of red, green and blue: uint8[h, w, 3]."""
    with _opened(essence) as image:
        # Unpacked as if little-endian, so that Pillow keeps the lower bytes.
        image.tile = [tile._replace(args="RGB;16L") for tile in image.tile]  # type: ignore[attr-defined]
        image.load()
        return np.asarray(image, np.uint8)


@contextmanager
def _opened(essence: Essence) -> Iterator[Image.Image]:
    with Image.open(io.BytesIO(essence.data), formats=FORMATS) as image:
        yield image


@contextmanager
def _readable(path: str, limits: UploadLimits) -> Iterator[None]:
    try:
        yield
    except AtlasError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise refused(path, f"has more pixels than the {limits.max_pixels} that are allowed") from error
    except UnidentifiedImageError as error:
        raise refused(path, "is no PNG, JPEG or WebP image, or a broken one") from error
    except MemoryError:
        raise
    # Decoders raise many kinds of errors: OSError, SyntaxError, ValueError, struct.error and more.
    except Exception as error:
        raise refused(path, f"is broken ({_brief(error)})") from error


def _brief(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0][:120].rstrip(".") if lines else type(error).__name__
