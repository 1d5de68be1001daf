"""Which files of a folder or an archive are not data: hidden ones, and those that systems leave behind.

One rule for every way in. The client cannot import this package and has a copy of the file, made by
`make generate`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_SYSTEM = frozenset(
    {
        # macOS
        "__macosx",
        "icon\r",
        "network trash folder",
        "temporary items",
        # Windows
        "$recycle.bin",
        "desktop.ini",
        "ehthumbs.db",
        "ehthumbs_vista.db",
        "folder.htt",
        "found.000",
        "picasa.ini",
        "recycled",
        "recycler",
        "system volume information",
        "thumbs.db",
        "thumbs.db:encryptable",
        "zbthumbnail.info",
        # Linux, and what network drives keep
        "lost+found",
        "#recycle",
        "#snapshot",
        "@eadir",
        "@recently-snapshot",
        "@recycle",
        "@sharebin",
        "@tmp",
        # Tools
        "__pycache__",
        "cvs",
    }
)
"""Names of files and of folders, in small letters."""


def is_skipped(parts: Sequence[str]) -> bool:
    """Whether some folder on the way to a file, or the file itself, is hidden or the system's own.

    A path that climbs (``..``) is never skipped: it is no accident, and has to be judged.
    """
    names = [unicodedata.normalize("NFC", part).strip(" ") for part in parts]
    return ".." not in names and any(_is_system_file(name) for name in names)


def _is_system_file(name: str) -> bool:
    return (name.startswith(".") and name != ".") or name.casefold() in _SYSTEM
