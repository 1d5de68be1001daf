"""The trainings that the table of quality is made from, each with the spec that it asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from benchmarks.quality.marked import marked
from services.contracts.registry import Registry
from services.contracts.training.presets import merged, with_preset
from services.contracts.training.spec import TrainingSpec, parse_spec

Part = Literal["spaces", "activations", "photos"]
"""Table that a row belongs to: latent spaces and ways of training them, the generator's activations, or
photographs.
"""

SEEDS = (0, 1, 2)
"""What is stated as a result has at least these."""


@dataclass(frozen=True, eq=False)
class Row:
    """One training, to be repeated with several seeds.

    Attributes:
        part: table that it belongs to.
        title: in the table.
        preset: that it starts from.
        changes: fields that it sets beside the preset's.
    """

    part: Part
    title: str
    preset: str
    changes: Mapping[str, Any] = field(default_factory=dict)

    def spec(self, seed: int) -> TrainingSpec:
        """The training with one seed, not named yet."""
        monitors = {"monitor": {"weak_test_every": 1000}, "export": {"every": 1000, "keep": 1}}
        body = {**merged(monitors, self.changes), "name": "quality", "seed": seed}
        return parse_spec(with_preset(self.preset, body))


@dataclass(frozen=True)
class Training:
    """One training of a row.

    Attributes:
        row: name of the row.
        seed: of this training.
        spec: what is trained. Its name holds a fingerprint of all the rest, so that a row whose spec has
            changed is trained anew.
    """

    row: str
    seed: int
    spec: TrainingSpec


def trainings(rows: Iterable[str], seeds: Iterable[int]) -> Iterator[Training]:
    """Those of some rows, seed by seed, so that every row has its first training early."""
    names = list(rows)
    for seed in seeds:
        for name in names:
            yield training(name, seed)


def training(row: str, seed: int) -> Training:
    """One training of a row."""
    return Training(row, seed, marked(f"quality-{row}-s{seed}", ROWS[row].spec(seed)))


_EPOCHS = {"2d": 12, "3d": 8, "3d-conditional": 8, "4d": 24}
"""A fortieth of the study's at most."""
_SPACES: Mapping[str, Mapping[str, Any]] = {
    "2d": {"latent": {"dim": 2, "folds": 0}},
    "3d": {"latent": {"dim": 3, "folds": 0}},
    "3d-conditional": {"latent": {"dim": 3, "folds": 0}, "conditional": True},
    "4d": {"latent": {"dim": 4, "folds": 0}},
}
_TITLES = {"2d": "2D", "3d": "3D", "3d-conditional": "3D, conditional", "4d": "4D"}

ACTIVATIONS = ("relu", "leaky_relu", "prelu", "elu")
"""Of the generator, in the small form of the study's experiment."""
_FOLDS = 2
"""Of the preset `measured`."""
_MORE_FOLDS = {"2d": 3}
"""Folds that bring more of the data onto a map that is harder to read."""


def _small(dataset: str, activation: str) -> Mapping[str, Any]:
    """The experiment's networks at a width that a CPU affords: a quarter of the usual one."""
    return {
        "dataset": dataset,
        "latent": {"dim": 4, "folds": 0},
        "network": {"activation": activation, "filters": 16},
        "epochs": 100 if dataset == "digits" else 6,
        "monitor": {"map_every": 100, "snapshot_every": 100},
    }


def _photos(filters: int) -> Mapping[str, Any]:
    """On a data set that is not part of this repository."""
    return {
        "dataset": "landscapes",
        "latent": {"dim": 4},
        "network": {"filters": filters},
        "epochs": 12,
        "monitor": {"map_every": 4, "snapshot_every": 4},
    }


def _folded(space: str, fields: Mapping[str, Any], folds: int) -> Row:
    changes = merged(fields, {"latent": {"folds": folds}})
    return Row("spaces", f"{_TITLES[space]}, {folds} folds", "measured", changes)


def _rows() -> Iterator[tuple[str, Row]]:
    for space, changes in _SPACES.items():
        mnist = {"dataset": "mnist", "epochs": _EPOCHS[space], **changes}
        yield space, Row("spaces", f"{_TITLES[space]}, no folds", "measured", mnist)
        yield f"{space}-folds", _folded(space, mnist, _FOLDS)
        if more := _MORE_FOLDS.get(space):
            yield f"{space}-{more}-folds", _folded(space, mnist, more)
        yield f"study-{space}", Row("spaces", f"{_TITLES[space]}, preset `study`", "study", mnist)
    fashion = {"dataset": "fashion_mnist", "epochs": _EPOCHS["4d"], "latent": {"dim": 4, "folds": _FOLDS}}
    yield "4d-fashion", Row("spaces", f"4D, {_FOLDS} folds, Fashion-MNIST", "measured", fashion)
    for dataset in ("digits", "mnist"):
        for activation in ACTIVATIONS:
            name = f"{dataset}-{activation.replace('_', '-')}"
            yield name, Row("activations", activation, "measured", _small(dataset, activation))
    for width, filters in (("half width", 32), ("full width", 64)):
        yield f"photos-{filters}", Row("photos", width, "photos", _photos(filters))


ROWS: Registry[Row] = Registry("row", _rows())
"""By name."""
