"""Keeping a preview as a data set: its name, and the names of its classes."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import Path

from services.contracts.errors import FieldProblem, InvalidInput
from services.gateway.uploads.content import name_problem
from services.gateway.uploads.importing import digest, title_of
from services.store import DatasetCard


def renamed(classes: tuple[str, ...], others: Mapping[str, str]) -> tuple[str, ...]:
    """Names of the classes, some of them replaced; `InvalidInput` for those that cannot be."""
    problems: list[FieldProblem] = []
    for name in others:
        if name not in classes:
            there = f"there are: {', '.join(classes)}" if classes else "there are none"
            problems.append(FieldProblem(f"classes.{name}", f"is no class of this upload; {there}"))
    names = tuple(unicodedata.normalize("NFC", others.get(name, name)).strip() for name in classes)
    for old, new in zip(classes, names, strict=True):
        if problem := name_problem(new) if old in others else None:
            problems.append(FieldProblem(f"classes.{old}", problem))
        elif old in others and names.count(new) > 1:
            problems.append(FieldProblem(f"classes.{old}", f"cannot be {new}: another class has that name"))
    if problems:
        messages = (f"{item.path.removeprefix('classes.')} {item.problem}" for item in problems[:5])
        raise InvalidInput(f"{'; '.join(messages)}.", tuple(problems))
    return names


def kept(card: DatasetCard, folder: Path, name: str, classes: tuple[str, ...]) -> DatasetCard:
    """The card of an upload in a folder, under these names."""
    info = card.info.model_copy(update={"name": name, "title": title_of(name), "classes": classes})
    same = classes == card.info.classes
    return card.model_copy(
        update={"info": info, "sha256": card.sha256 if same else digest(folder, classes)}
    )
