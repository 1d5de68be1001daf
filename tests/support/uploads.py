"""Uploaded data sets, put into a store without a gateway."""

from __future__ import annotations

from collections.abc import Mapping

from services.contracts.datasets import DatasetInfo
from services.gateway.uploads.importing import unpack
from services.store import Store, files
from tests.support.images import zipped


def upload(store: Store, name: str, images: Mapping[str, bytes]) -> DatasetInfo:
    """Make a data set of image files, by their paths in the zip."""
    staging = store.datasets.staging()
    zip_file, content = staging / "upload.zip", staging / "content"
    zip_file.write_bytes(zipped(images))
    files.make_folder(content)
    card = unpack(zip_file, content, name)
    store.datasets.publish(card, content)
    return card.info
