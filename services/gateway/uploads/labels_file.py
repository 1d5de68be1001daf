"""`dataset.json`, as StyleGAN2-ADA and its successors write it: a label for each image file.

``{"labels": [["00000/img00000000.png", 5], …]}``, or an object of path and label, or null for no classes.
Labels are numbers; ``classes`` (or ``class_names``, ``label_names``), a list or an object by number, names
them. Labels that are texts are names themselves.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from typing import Any

from services.gateway.uploads import rules
from services.gateway.uploads.rules import refused

LABELS_FILE = "dataset.json"
_NAMES = ("classes", "class_names", "label_names")
_HOW = 'it has to be {"labels": [["folder/image.png", 0], …]}'


@dataclass(frozen=True)
class Labels:
    """What the file says.

    Attributes:
        by_path: name of the class of each image; None where there are no classes.
        order: names of the classes by number, where they are named.
    """

    by_path: dict[str, str] | None
    order: tuple[str, ...] | None


def read_labels(data: bytes, path: str) -> Labels:
    """Parse the file; the error for an invalid one names its path."""
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise refused(path, f"is no JSON; {_HOW}") from error
    if not isinstance(content, dict) or "labels" not in content:
        raise refused(path, f'has no "labels"; {_HOW}')
    order = _order(content, path)
    if content["labels"] is None:
        return Labels(None, None)
    by_path: dict[str, str] = {}
    for image, label in _pairs(content["labels"], path):
        name = _name(label, order, image, path)
        if by_path.setdefault(image, name) != name:
            raise refused(path, f"gives {image} two labels, {by_path[image]} and {name}")
    return Labels(by_path, order)


def _pairs(labels: Any, path: str) -> list[tuple[str, Any]]:
    items = list(labels.items()) if isinstance(labels, dict) else labels
    if not isinstance(items, list):
        raise refused(path, f'has "labels" that are no list; {_HOW}')
    for number, item in enumerate(items):
        if not (isinstance(item, (list, tuple)) and len(item) == 2 and isinstance(item[0], str)):
            raise refused(path, f"has no image and label at place {number} of its labels; {_HOW}")
    return [(unicodedata.normalize("NFC", image).replace("\\", "/"), label) for image, label in items]


def _order(content: dict[str, Any], path: str) -> tuple[str, ...] | None:
    key = next((key for key in _NAMES if content.get(key) is not None), None)
    if key is None:
        return None
    given = content[key]
    if isinstance(given, dict):
        try:
            given = [given[str(number)] for number in range(len(given))]
        except KeyError as error:
            raise refused(path, f'has "{key}" without a name for the number {error.args[0]}') from error
    if not isinstance(given, list) or not all(isinstance(name, str) for name in given):
        raise refused(
            path, f'has "{key}" that are no names; it has to be a list of texts, in the order of ids'
        )
    if len(set(given)) < len(given):
        raise refused(path, f'has the same name twice in "{key}"')
    return tuple(unicodedata.normalize("NFC", name) for name in given)


def _name(label: Any, order: tuple[str, ...] | None, image: str, path: str) -> str:
    if isinstance(label, list) and len(label) == 1:
        label = label[0]
    if isinstance(label, str):
        name = unicodedata.normalize("NFC", label)
        if order is not None and name not in order:
            raise refused(
                path, f"gives {image} the label {label[: rules.MAX_NAME]}, which it does not name"
            )
        return name
    if not isinstance(label, int) or isinstance(label, bool) or label < 0:
        raise refused(
            path,
            f"gives {image} the label {json.dumps(label)[: rules.MAX_NAME]}; "
            "a label is a whole number from 0, or a text",
        )
    if order is None:
        return str(label)
    if label >= len(order):
        raise refused(path, f"gives {image} the label {label}, but names {len(order)} classes")
    return order[label]
