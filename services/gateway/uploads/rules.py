"""What an upload may hold at most and must hold at least, and how one that does not is refused."""

from __future__ import annotations

from dataclasses import dataclass

from services.contracts.errors import FieldProblem, InvalidInput


@dataclass(frozen=True)
class UploadLimits:
    """Limits of uploads.

    Attributes:
        max_upload: bytes of the body.
        at_once: uploads that are received or unpacked at the same time.
        max_directory: bytes of a zip's central directory, which is read whole.
        max_entries: entries of a zip: images, folders and skipped files.
        max_images: images.
        max_file: bytes of one image file.
        max_unpacked: bytes of all files together, unpacked.
        max_ratio: unpacked size of a file, as a multiple of its packed size. Image files are compressed
            already, so one that grows more than this is not an image.
        ratio_counts_from: unpacked bytes from which on the ratio counts: small files of one colour may be
            packed as tightly as possible.
        max_pixels: pixels of one image.
        max_all_pixels: pixels of all images together, which take some minutes to decode.
        max_classes: classes.
    """

    max_upload: int = 1024**3
    at_once: int = 4
    max_directory: int = 16 * 1024**2
    max_entries: int = 110_000
    max_images: int = 100_000
    max_file: int = 32 * 1024**2
    max_unpacked: int = 4 * 1024**3
    max_ratio: int = 100
    ratio_counts_from: int = 1024**2
    max_pixels: int = 40_000_000
    max_all_pixels: int = 20_000_000_000
    max_classes: int = 100


DEFAULT_LIMITS = UploadLimits()
MAX_NAME = 64
"""Characters in the name of a class."""
MIN_IMAGES = 20
MIN_IMAGES_A_CLASS = 5
TEST_SHARE = 1 / 6
"""Share of each class that is kept for tests, as with MNIST."""
SPLIT_SEED = 0
SIDE = 64
"""Pixels: the side of the largest images that an architecture generates."""
_MAX_QUOTED = 1000
"""Characters of the upload that an error message quotes."""


def refused(path: str, why: str) -> InvalidInput:
    """The error for a file of an upload; its message begins with the file's path.

    Args:
        path: of the file within the upload.
        why: the rest of the sentence, such as ``is encrypted``.
    """
    shown = path if path.isprintable() else path.encode("unicode_escape").decode()
    shown, why = _shortened(shown), _shortened(why)
    return InvalidInput(f"{shown or 'A file without a name'} {why}.", (FieldProblem(shown, why),))


def _shortened(text: str) -> str:
    return text if len(text) <= _MAX_QUOTED else f"{text[:_MAX_QUOTED]}…"
