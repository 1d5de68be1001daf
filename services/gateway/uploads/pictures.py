"""One image file to pixels: what it claims to be first, and only then is it decoded."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from services.contracts.errors import AtlasError
from services.gateway.uploads import limits
from services.gateway.uploads.refusal import refused

FORMATS = ("PNG", "JPEG", "WEBP")
_DRAFT_SIDE = 4 * limits.SIDE
"""Pixels; larger JPEGs are decoded at a half, a quarter or an eighth, but never below this."""


def look(data: bytes, path: str) -> tuple[int, int]:
    """Width and height that an image file claims, without decoding it; refused if that is too much."""
    with _readable(path), _opened(data) as image:
        # A camera's JPEG may carry a preview along as a second picture; the first one is what counts.
        if getattr(image, "is_animated", False) and image.format != "MPO":
            raise refused(path, "is animated; each file has to be one still picture")
        width, height = image.size
        if width * height > limits.MAX_PIXELS:
            raise refused(path, f"has {width}×{height} pixels; {limits.MAX_PIXELS} are allowed")
        return image.size


def pixels(data: bytes, path: str, side: int) -> NDArray[np.uint8]:
    """The middle square of an image that `look` let pass, upright, scaled: uint8[side, side, 3].

    What is transparent is laid on black; of 16 bits a channel the upper ones are kept.
    """
    with _readable(path), _opened(data) as image:
        image.draft(None, (_DRAFT_SIDE, _DRAFT_SIDE))
        image.load()
        upright = ImageOps.exif_transpose(image)
        square = ImageOps.fit(_in_colour(upright), (side, side), Image.Resampling.LANCZOS)
        return np.asarray(square, np.uint8)


def _in_colour(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):
        # 16 bits of grey, which Pillow would clip to 8 instead of scaling them.
        shades = np.asarray(image).astype(np.float32) / 257
        image = Image.fromarray(np.clip(np.rint(shades), 0, 255).astype(np.uint8))
    if image.has_transparency_data:
        black = Image.new("RGBA", image.size, (0, 0, 0, 255))
        image = Image.alpha_composite(black, image.convert("RGBA"))
    return image.convert("RGB")


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        yield image


@contextmanager
def _readable(path: str) -> Iterator[None]:
    try:
        yield
    except AtlasError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise refused(path, f"has more pixels than the {limits.MAX_PIXELS} that are allowed") from error
    except UnidentifiedImageError as error:
        raise refused(path, "is no PNG, JPEG or WebP image, or a broken one") from error
    except MemoryError:
        raise
    # Decoders meet broken files in many ways: OSError, SyntaxError, ValueError, struct.error and more.
    except Exception as error:
        raise refused(path, f"is broken ({_brief(error)})") from error


def _brief(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0][:120].rstrip(".") if lines else type(error).__name__
