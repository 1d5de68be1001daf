"""Exported models: what they are, images of points, and the outputs of layers.

Generated from `_async` by `make generate`; do not edit.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from latent_atlas_client import arrays, results
from latent_atlas_client._sync.judges import Judges
from latent_atlas_client._sync.lists import items
from latent_atlas_client._sync.maps import Maps
from latent_atlas_client._sync.model_calls import GIF, NPY, PNG, model_path
from latent_atlas_client._sync.waiting import in_thread
from latent_atlas_client.types import AblationMap, Edit, Model
from latent_atlas_client.wire import arguments
from latent_atlas_client.wire.codec import decode


class Models(Maps, Judges):
    """Exported models.

    Each call takes a `version`: an exported epoch; the newest loaded one if not given. Every call may raise
    `ModelNotFound` and `VersionNotFound`; `ModelNotReady` and `ServingUnavailable` if the model server
    cannot answer even after some retries; `DeadlineExceeded` if it takes too long; and `InvalidInput` with
    the path of each wrong field.
    """

    def all(self) -> Iterator[Model]:
        """Every model that has an exported version, by name; requested page by page."""
        for item in items(self._http, "/models", "models"):
            yield decode(Model, item)

    def get(self, model: str) -> Model:
        """Its versions, latent space, classes, image shape and layers."""
        return decode(Model, self._http.json("GET", model_path(model)))

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
            with self._http.stream(f"{model_path(model)}/versions/{version}/download") as response:
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
        return arrays.npy(self._file(model, "generate", body, NPY))

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
        return self._file(model, "generate", body, PNG)

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
        return arrays.npy(self._file(model, "interpolate", body, NPY))

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
        return self._file(model, "interpolate", body, {"png": PNG, "gif": GIF}[form])

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
            map: also compute the effect on the map: True, or a description of the map, such as
                ``{"resolution": 50, "theme": "discriminator"}``.
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
        """The point whose image is most like a given one: to the classifier, and pixel by pixel.

        Args:
            model: its name.
            image: uint8[h, w] or [h, w, 1] (grey) or [h, w, 3], or a PNG, JPEG or WebP file, as its bytes
                or its path, of up to 2 MiB. Its central square is scaled to the model's shape.
            label: of conditional models: search only images of this class id; of all if not given.
            version: see the class.

        Raises:
            OSError: the file cannot be read.
        """
        query = arguments.given(label=label, version=version)
        return results.located(self._ask_of_image(model, "locate", arguments.image_file(image), query))
