"""Names of folders and files that say whether images are for training or held out."""

from __future__ import annotations

import re
from collections.abc import Sequence

TRAIN, TEST = 0, 1
NAMES = ("train", "test")
"""Of the parts, by number."""
_TRAIN = frozenset({"train", "training"})
# A data set here has one part that no network ever trains on: validation images belong to it.
_TEST = frozenset({"test", "testing", "t10k", "val", "valid", "validation", "dev"})
_WORD = r"[^\W_]+"


def of_folder(name: str) -> int | None:
    """The part whose folder has this name, such as `train`, `Testing`, `val` or `training_set`."""
    lower = name.casefold()
    return next(
        (
            part
            for part, words in ((TRAIN, _TRAIN), (TEST, _TEST))
            if lower in words or re.sub(r"[ _-]?(set|data|images)$", "", lower) in words
        ),
        None,
    )


def of_file(parts: Sequence[str]) -> int | None:
    """The part named by a word of a file's name, such as `mnist_train.csv`, or else of its folders."""
    for name in reversed(parts):
        words = {word.casefold() for word in re.findall(_WORD, name)}
        if words & _TRAIN:
            return TRAIN
        if words & _TEST:
            return TEST
    return None
