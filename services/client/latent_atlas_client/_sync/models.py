"""Exported models: images of points, maps of the latent space, and the outputs of layers.

Generated from `_async` by `make generate`; do not edit.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

import numpy as np
from numpy.typing import ArrayLike, NDArray

from latent_atlas_client import arrays, results
from latent_atlas_client._sync.http import Http
from latent_atlas_client._sync.lists import items
from latent_atlas_client._sync.waiting import in_thread
from latent_atlas_client.canvas import Canvas
from latent_atlas_client.errors import UnexpectedAnswer, api_error
from latent_atlas_client.events import parse_data
from latent_atlas_client.types import AblationMap, Edit, Model
from latent_atlas_client.wire import arguments
from latent_atlas_client.wire.codec import decode
from latent_atlas_client.wire.sse import Parser

_NPY, _PNG, _GIF = "application/x-npy", "image/png", "image/gif"
Refine = Literal["full", "adaptive"]


class Models:
    """Exported models.

    Each call takes a `version`: an exported epoch; the newest loaded one if not given. Every call may raise
    `ModelNotFound` and `VersionNotFound`; `ModelNotReady` and `ServingUnavailable` if the model server
    cannot answer even after some retries; `DeadlineExceeded` if it takes too long; and `InvalidInput` with
    the path of each wrong field.
    """

    def __init__(self, http: Http) -> None:
        self._http = http

    def all(self) -> Iterator[Model]:
        """Every model that has an exported version, by name; requested page by page."""
        for item in items(self._http, "/models", "models"):
            yield decode(Model, item)

    def get(self, model: str) -> Model:
        """Its versions, latent space, classes, image shape and layers."""
        return decode(Model, self._http.json("GET", _path(model)))

    def download(
        self,
        model: str,
        version: int,
        target: str | os.PathLike[str],
        *,
        on_progress: Callable[[int], None] | None = None,
    ) -> Path:
        """Download a version as a zip of ``<model>/<version>/``: the SavedModel and its card.

        Args:
            model: its name.
            version: one of its `versions`; it need not be loaded.
            target: the file to write; it appears once it is complete.
            on_progress: called with the number of bytes received.

        Raises:
            OSError: the file cannot be written.
        """
        path = Path(target)
        part = path.with_name(f"{path.name}.part")
        received = 0
        try:
            with self._http.stream(f"{_path(model)}/versions/{version}/download") as response:
                with in_thread(part.open, "wb") as file:
                    for data in response.iter_bytes():
                        in_thread(file.write, data)
                        received += len(data)
                        if on_progress is not None:
                            on_progress(received)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        return path

    # Images -------------------------------------------------------------------------------

    def generate(
        self,
        model: str,
        points: ArrayLike | None = None,
        *,
        count: int | None = None,
        seed: int | None = None,
        labels: ArrayLike | None = None,
        version: int | None = None,
    ) -> results.Images:
        """Images of points, and the class that the classifier sees in each.

        Args:
            model: its name.
            points: float[n, d], up to 1,024; float[d] is a single point. Instead of points:
            count: number of points to draw from the prior.
            seed: decides the drawn points; 0 if not given.
            labels: int[n], class ids; conditional models need them.
            version: see the class.

        Returns:
            pixels uint8[n, h, w, c], points float64[n, d], classes.
        """
        body = arguments.generate_body(points, count, seed, labels, version)
        return results.images(self._ask(model, "generate", body))

    def generate_array(
        self,
        model: str,
        points: ArrayLike | None = None,
        *,
        count: int | None = None,
        seed: int | None = None,
        labels: ArrayLike | None = None,
        version: int | None = None,
    ) -> NDArray[np.uint8]:
        """The pixels of `generate` alone, uint8[n, h, w, c]: the fastest form."""
        body = arguments.generate_body(points, count, seed, labels, version)
        return arrays.npy(self._file(model, "generate", body, _NPY))

    def generate_png(
        self,
        model: str,
        points: ArrayLike | None = None,
        *,
        count: int | None = None,
        seed: int | None = None,
        labels: ArrayLike | None = None,
        version: int | None = None,
        scale: int | None = None,
    ) -> bytes:
        """One sheet of the images of `generate`, ⌈√n⌉ in a row, as a PNG file with its recipe.

        `scale`: side of each pixel of an image in the picture, in pixels, 1 to 32.
        """
        body = arguments.generate_body(points, count, seed, labels, version, scale)
        return self._file(model, "generate", body, _PNG)

    def interpolate(
        self,
        model: str,
        start: ArrayLike,
        end: ArrayLike,
        steps: int = 12,
        *,
        label: int | None = None,
        version: int | None = None,
    ) -> results.Walk:
        """Images on the straight line from one point to another, and where the class changes.

        Args:
            model: its name.
            start: float[d].
            end: float[d].
            steps: number of images n, both ends included.
            label: class id; conditional models need it.
            version: see the class.

        Returns:
            pixels uint8[n, h, w, c], points float64[n, d], classes, crossings.
        """
        body = arguments.walk_body(start, end, steps, label, version)
        return results.walk(self._ask(model, "interpolate", body))

    def interpolate_array(
        self,
        model: str,
        start: ArrayLike,
        end: ArrayLike,
        steps: int = 12,
        *,
        label: int | None = None,
        version: int | None = None,
    ) -> NDArray[np.uint8]:
        """The pixels of `interpolate` alone, uint8[n, h, w, c]."""
        body = arguments.walk_body(start, end, steps, label, version)
        return arrays.npy(self._file(model, "interpolate", body, _NPY))

    def interpolate_picture(
        self,
        model: str,
        start: ArrayLike,
        end: ArrayLike,
        steps: int = 12,
        *,
        form: Literal["png", "gif"] = "png",
        label: int | None = None,
        version: int | None = None,
        scale: int | None = None,
    ) -> bytes:
        """The images of `interpolate` as a strip (``png``) or an animation (``gif``), with its recipe.

        `scale`: side of each pixel of an image in the picture, in pixels, 1 to 32.
        """
        body = arguments.walk_body(start, end, steps, label, version, scale)
        return self._file(model, "interpolate", body, {"png": _PNG, "gif": _GIF}[form])

    # Maps ---------------------------------------------------------------------------------

    def map(
        self,
        model: str,
        *,
        axes: Sequence[int] | None = None,
        resolution: int | None = None,
        range: Sequence[float] | None = None,  # noqa: A002 - its name in the API
        at: Sequence[float] | None = None,
        label: int | None = None,
        version: int | None = None,
        refine: Refine | None = None,
        on_progress: Callable[[results.MapProgress], None] | None = None,
    ) -> results.ClassMap:
        """The class of the image at each point of a grid.

        Args:
            model: its name.
            axes: one to three latent axes; the first three if not given.
            resolution: points along every axis, both ends included; 100 if not given, or 16 in a cube.
            range: first and last coordinate along every axis; -1 and 1 if not given, or -2 and 2 for a
                normal prior.
            at: a coordinate for each latent dimension, those of the axes ignored; zero if not given.
            label: class id; conditional models need it.
            version: see the class.
            refine: full: every point is computed; adaptive: only where coarse neighbours differ and along
                all borders, which takes a fraction of the time but can miss small islands.
            on_progress: called with the map as it is refined, from coarse to fine.

        Returns:
            classes uint8[r], [r, r] or [r, r, r], shares, coordinates float64[r].
        """
        if on_progress is None:
            query = arguments.map_query(axes, resolution, range, at, label, version, refine)
            return results.class_map(self._http.json("GET", f"{_path(model)}/map", params=query))
        if axes is None or resolution is None:
            shape = self.get(model)
            axes = (0, 1, 2)[: shape.latent_dim] if axes is None else axes
            resolution = (16 if len(axes) == 3 else 100) if resolution is None else resolution
        query = arguments.map_query(axes, resolution, range, at, label, version, refine)
        canvas = Canvas(len(axes), resolution)
        with self._http.stream(f"{_path(model)}/map/stream", params=query) as response:
            parser = Parser()
            for data in response.iter_bytes():
                for message in parser.feed(data):
                    content = parse_data(message)
                    match message.event:
                        case "tile":
                            on_progress(canvas.draw(content))
                        case "done":
                            return results.class_map(content, canvas.classes)
                        case "problem":
                            raise api_error(
                                content["status"], {}, json.dumps(content).encode(), str(response.url)
                            )
        raise UnexpectedAnswer("The stream of the map ended before the map was whole.")

    def map_array(
        self,
        model: str,
        *,
        axes: Sequence[int] | None = None,
        resolution: int | None = None,
        range: Sequence[float] | None = None,  # noqa: A002 - its name in the API
        at: Sequence[float] | None = None,
        label: int | None = None,
        version: int | None = None,
        refine: Refine | None = None,
    ) -> NDArray[np.uint8]:
        """The classes of `map` alone, uint8[r], [r, r] or [r, r, r]: the fastest form."""
        query = arguments.map_query(axes, resolution, range, at, label, version, refine)
        return arrays.npy((self._http.media("GET", f"{_path(model)}/map", _NPY, params=query)).data)

    def map_png(
        self,
        model: str,
        *,
        axes: Sequence[int] | None = None,
        resolution: int | None = None,
        range: Sequence[float] | None = None,  # noqa: A002 - its name in the API
        at: Sequence[float] | None = None,
        label: int | None = None,
        version: int | None = None,
        refine: Refine | None = None,
        scale: int | None = None,
    ) -> bytes:
        """The map as a PNG file with its recipe: y points upwards, and a cube is shown as its sections.

        `scale`: side of a cell in pixels, 1 to 32; chosen for about 400 pixels in all if not given.
        """
        query = arguments.map_query(axes, resolution, range, at, label, version, refine, scale)
        return (self._http.media("GET", f"{_path(model)}/map", _PNG, params=query)).data

    # Layers -------------------------------------------------------------------------------

    def activations(
        self,
        model: str,
        point: ArrayLike,
        *,
        label: int | None = None,
        layers: Sequence[str] | None = None,
        version: int | None = None,
    ) -> results.Activations:
        """The outputs of the layers at a point.

        Args:
            model: its name.
            point: float[d].
            label: class id; conditional models need it.
            layers: names of layers; all if not given.
            version: see the class.

        Returns:
            By layer: mean, share of dead units, channels uint8[h, w, c], their average uint8[h, w].
        """
        body = {
            "point": arguments.one_point("point", point),
            **arguments.given(
                label=label, layers=None if layers is None else list(layers), version=version
            ),
        }
        return results.activations(self._ask(model, "activations", body))

    def ablate(
        self,
        model: str,
        point: ArrayLike,
        edits: Sequence[Edit | Mapping[str, Any]],
        *,
        label: int | None = None,
        map: AblationMap | Mapping[str, Any] | bool = False,  # noqa: A002 - its name in the API
        version: int | None = None,
    ) -> results.Ablated:
        """The image at a point without and with edits of layers.

        Args:
            model: its name.
            point: float[d].
            edits: each scales rows, columns or channels of a layer; a scale of 0 switches them off.
                Where they overlap, their scales multiply.
            label: class id; conditional models need it.
            map: also compute the effect on the class map: True, or a description of the map.
            version: see the class.
        """
        body = arguments.ablate_body(point, edits, label, map, version)
        return results.ablated(self._ask(model, "ablate", body))

    def locate(
        self,
        model: str,
        image: arguments.ImageLike,
        *,
        label: int | None = None,
        version: int | None = None,
    ) -> results.Located:
        """The point whose image is nearest to a given one.

        Args:
            model: its name.
            image: uint8[h, w] or [h, w, 1] (grey) or [h, w, 3], or a PNG, JPEG or WebP file, as its bytes
                or its path, of up to 2 MiB. Its central square is scaled to the model's shape.
            label: of conditional models: search only images of this class id; of all if not given.
            version: see the class.

        Raises:
            OSError: the file cannot be read.
        """
        answer = self._http.json(
            "POST",
            f"{_path(model)}/locate",
            content=arguments.image_file(image),
            headers={"Content-Type": "application/octet-stream"},
            params=arguments.given(label=label, version=version),
            safe=True,
        )
        return results.located(answer)

    def _ask(self, model: str, operation: str, body: dict[str, Any]) -> Any:
        return self._http.json("POST", f"{_path(model)}/{operation}", json=body, safe=True)

    def _file(self, model: str, operation: str, body: dict[str, Any], form: str) -> bytes:
        path = f"{_path(model)}/{operation}"
        return (self._http.media("POST", path, form, json=body, safe=True)).data


def _path(model: str) -> str:
    return f"/models/{quote(model, safe='')}"
