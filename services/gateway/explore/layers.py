"""Outputs of a network's layers at a point, and the effect of switching off parts of them (ablation)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.contracts.api.layers import AblateRequest, AblationMap, ActivationsRequest, Edit
from services.contracts.errors import InvalidInput
from services.contracts.signatures import (
    ABLATE,
    ACTIVATIONS,
    CLASS_ID,
    CLASS_PROBABILITY,
    GENERATE,
    IMAGE,
    LABEL,
    LayerCard,
    ModelCard,
    Z,
    gain_input,
)
from services.gateway.catalog.catalog import Catalog
from services.gateway.catalog.validation import asked_theme, checked_label, checked_point, geometry_of
from services.gateway.explore.points import Explorer, Images
from services.gateway.maps.codec import ComputedMap
from services.gateway.maps.question import MapQuestion
from services.gateway.maps.service import Maps
from services.gateway.model_server.protocol import Question

Gains = dict[str, NDArray[np.float32]]


@dataclass(frozen=True, eq=False)
class LayerOutputs:
    """What one layer puts out at one point: float32[h, w, c]."""

    name: str
    values: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class LayeredImage:
    """An image and the layers that made it."""

    images: Images
    layers: tuple[LayerOutputs, ...]


@dataclass(frozen=True, eq=False)
class Ablation:
    """An image, and optionally a map, before and after edits."""

    before: Images
    after: Images
    edits: Sequence[Edit]
    maps: tuple[ComputedMap, ComputedMap] | None


class LayerExplorer:
    """Answers questions about layers."""

    def __init__(self, catalog: Catalog, explorer: Explorer, maps: Maps) -> None:
        self._catalog = catalog
        self._explorer = explorer
        self._maps = maps

    async def activations(self, model: str, request: ActivationsRequest) -> LayeredImage:
        """Outputs of layers at a point."""
        card = await self._catalog.pinned(model, request.version)
        inputs = _inputs(request.point, request.label, card)
        names = [layer.name for layer in card.layers]
        wanted = names if request.layers is None else request.layers
        for number, name in enumerate(wanted):
            if name not in names:
                raise InvalidInput.field(f"layers.{number}", _unknown(name, names))
        outputs = (IMAGE, CLASS_ID, *dict.fromkeys(wanted))
        answer = await self._explorer.ask(Question(card.name, card.version, ACTIVATIONS, inputs, outputs))
        unknown = np.full(1, np.nan, np.float32)
        layers = tuple(LayerOutputs(name, answer[name][0]) for name in outputs[2:])
        return LayeredImage(_as_images(card, inputs, answer | {CLASS_PROBABILITY: unknown}), layers)

    async def ablate(self, model: str, request: AblateRequest) -> Ablation:
        """The image at a point before and after edits, and their effect on a map."""
        card = await self._catalog.pinned(model, request.version)
        inputs = _inputs(request.point, request.label, card)
        gains = edited_gains(request.edits, card.layers)
        outputs = (IMAGE, CLASS_ID, CLASS_PROBABILITY)
        before = await self._explorer.ask(Question(card.name, card.version, GENERATE, inputs, outputs))
        after = await self._explorer.ask(Question(card.name, card.version, ABLATE, inputs | gains, outputs))
        maps = None
        if request.map is not None:
            maps = await self._effect(request.map, request.label, card, gains)
        images = _as_images(card, inputs, before), _as_images(card, inputs, after)
        return Ablation(*images, request.edits, maps)

    async def _effect(
        self, asked: AblationMap, label: int | None, card: ModelCard, gains: Gains
    ) -> tuple[ComputedMap, ComputedMap]:
        geometry = geometry_of(asked.axes, asked.range, asked.at, asked.resolution, label, card, "map.")
        question = MapQuestion(card, geometry, theme=asked_theme(asked.theme, card, path="map.theme"))
        after = await self._maps.edited(question, gains)
        return (await self._maps.get(question)).computed, after


def edited_gains(edits: Sequence[Edit], layers: Sequence[LayerCard]) -> Gains:
    """The inputs of `ablate`: a factor for each output of each layer, float32[1, h, w, c].

    Unedited layers get a full array of ones, because a model server that batches requests refuses those
    whose shapes differ. `InvalidInput` names the edit and the row, column or channel that the layer
    does not have.
    """
    shapes = {layer.name: layer.shape for layer in layers}
    gains: Gains = {}
    for number, edit in enumerate(edits):
        path = f"edits.{number}"
        if edit.layer not in shapes:
            raise InvalidInput.field(f"{path}.layer", _unknown(edit.layer, list(shapes)))
        shape = shapes[edit.layer]
        part = np.ix_(
            _indices(edit.rows, shape[0], f"{path}.rows"),
            _indices(edit.columns, shape[1], f"{path}.columns"),
            _indices(edit.channels, shape[2], f"{path}.channels"),
        )
        gain = gains.setdefault(gain_input(edit.layer), np.ones((1, *shape), np.float32))
        gain[0][part] *= np.float32(edit.scale)
    neutral = {gain_input(name): np.ones((1, *shape), np.float32) for name, shape in shapes.items()}
    return neutral | gains


def _indices(given: Sequence[int] | None, size: int, path: str) -> NDArray[np.int64]:
    if given is None:
        return np.arange(size)
    for number, index in enumerate(given):
        if not 0 <= index < size:
            raise InvalidInput.field(f"{path}.{number}", f"must lie between 0 and {size - 1}")
    return np.unique(np.asarray(given, np.int64))


def _inputs(point: Sequence[float], label: int | None, card: ModelCard) -> dict[str, NDArray[Any]]:
    inputs: dict[str, NDArray[Any]] = {Z: checked_point(point, "point", card)[None].astype(np.float32)}
    asked = checked_label(label, card)
    if asked is not None:
        inputs[LABEL] = np.full(1, asked, np.int32)
    return inputs


def _as_images(card: ModelCard, inputs: dict[str, NDArray[Any]], answer: dict[str, NDArray[Any]]) -> Images:
    return Images(
        card, inputs[Z],
        answer[IMAGE], answer[CLASS_ID], answer[CLASS_PROBABILITY], inputs.get(LABEL),
    )  # fmt: skip


def _unknown(name: str, known: Sequence[str]) -> str:
    return f"there is no layer {name!r}; there are: {', '.join(known)}"
