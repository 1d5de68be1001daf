"""What an upload may hold at most, and must at least."""

from __future__ import annotations

MAX_UPLOAD = 1024**3
"""Bytes of the body."""
MAX_DIRECTORY = 16 * 1024**2
"""Bytes of its central directory, which is read whole."""
MAX_ENTRIES = 110_000
"""Images, folders and what is skipped."""
MAX_IMAGES = 100_000
MAX_FILE = 32 * 1024**2
"""Bytes of one image file."""
MAX_UNPACKED = 4 * 1024**3
"""Bytes of all of them."""
MAX_RATIO = 100
"""Image files are compressed already; what grows further than this is no picture."""
RATIO_COUNTS_FROM = 1024**2
"""Bytes; small files of one colour may shrink as far as they can."""
MAX_PIXELS = 40_000_000
"""Of one image."""
MAX_ALL_PIXELS = 20_000_000_000
"""Of all images: some minutes of decoding."""
MAX_CLASSES = 100
MAX_NAME = 64
"""Characters of the name of a class."""

MIN_IMAGES = 20
MIN_IMAGES_A_CLASS = 5
TEST_SHARE = 1 / 6
"""Share of each class that is kept for tests, as with MNIST."""
SPLIT_SEED = 0
SIDE = 64
"""Pixels; the side of the largest images that an architecture makes."""
