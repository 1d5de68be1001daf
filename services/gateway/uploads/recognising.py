"""The format of an upload, by its content: a zip of images, or tables of pixels, alone or in a zip."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from services.gateway.uploads import archive, folders
from services.gateway.uploads.content import Content
from services.gateway.uploads.rules import UploadLimits
from services.gateway.uploads.tables import reading, sources


@contextmanager
def opened(
    upload: Path, folder: Path, check: Callable[[], None], limits: UploadLimits
) -> Iterator[Content]:
    """The content of an upload, as long as it is open.

    Args:
        upload: the file that was received.
        folder: for what is unpacked meanwhile.
        check: called now and then; may raise to stop.
        limits: of the upload.

    Raises:
        InvalidInput: something is wrong with it; names the file in it.
    """
    if (table := sources.in_body(upload, limits)) is not None:
        yield reading.content_of([table], folder, check, limits)
        return
    with archive.opened(upload, limits) as zipped:
        tables = sources.in_zip(zipped)
        if tables is None:
            yield folders.content_of(zipped)
        else:
            yield reading.content_of(tables, folder, check, limits, zipped.skipped)
