"""Maps of a model's latent space."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, Literal, overload

from numpy.typing import NDArray

from latent_atlas_client import arrays, results
from latent_atlas_client._async.model_calls import NPY, PNG, AsyncModelCalls, model_path
from latent_atlas_client.canvas import Canvas
from latent_atlas_client.errors import UnexpectedAnswer, api_error
from latent_atlas_client.events import FILM_SECONDS, parse_data
from latent_atlas_client.types import Theme
from latent_atlas_client.wire import arguments
from latent_atlas_client.wire.codec import decode
from latent_atlas_client.wire.sse import Parser

Refine = Literal["full", "adaptive"]


class AsyncMaps(AsyncModelCalls):
    """Maps: the class, or what another theme says, at each point of a grid."""

    async def themes(self, model: str) -> tuple[Theme, ...]:
        """What maps of the newest version can show; older versions may have fewer.

        Example:
            >>> [theme.name for theme in atlas.models.themes("digits-2d")]
            ['class', 'confidence', 'discriminator', ...]
        """
        answer = await self._http.json("GET", model_path(model))
        return tuple(decode(Theme, item) for item in answer["themes"])

    @overload
    async def map(
        self,
        model: str,
        *,
        theme: None = None,
        axes: Sequence[int] | None = None,
        resolution: int | None = None,
        range: Sequence[float] | None = None,
        at: Sequence[float] | None = None,
        label: int | None = None,
        version: int | None = None,
        refine: Refine | None = None,
        on_progress: Callable[[results.MapProgress], None] | None = None,
    ) -> results.ClassMap: ...

    @overload
    async def map(
        self,
        model: str,
        *,
        theme: str | None,
        axes: Sequence[int] | None = None,
        resolution: int | None = None,
        range: Sequence[float] | None = None,
        at: Sequence[float] | None = None,
        label: int | None = None,
        version: int | None = None,
        refine: Refine | None = None,
        on_progress: Callable[[results.MapProgress], None] | None = None,
    ) -> results.ClassMap | results.ScalarMap: ...

    async def map(
        self,
        model: str,
        *,
        theme: str | None = None,
        axes: Sequence[int] | None = None,
        resolution: int | None = None,
        range: Sequence[float] | None = None,  # noqa: A002 - its name in the API
        at: Sequence[float] | None = None,
        label: int | None = None,
        version: int | None = None,
        refine: Refine | None = None,
        on_progress: Callable[[results.MapProgress], None] | None = None,
    ) -> results.ClassMap | results.ScalarMap:
        """The class of the image at each point of a grid, or the number that another theme says there.

        Args:
            model: its name.
            theme: one of the model's `themes`; the class if not given.
            axes: one to three latent axes; the first three if not given.
            resolution: points along every axis, both ends included; 100 if not given, or 16 in a cube.
            range: first and last coordinate along every axis; -1 and 1 if not given, or -2 and 2 for a
                normal prior.
            at: a coordinate for each latent dimension, those of the axes ignored; zero if not given.
            label: class id; conditional models need it.
            version: see the class.
            refine: of the class alone. full: every point is computed; adaptive: only where coarse
                neighbours differ and along all borders, which takes a fraction of the time but can miss
                small islands.
            on_progress: called with the map as it is refined, from coarse to fine.

        Returns:
            Of the class: classes uint8[r], [r, r] or [r, r, r], shares, coordinates float64[r].
            Of a theme of numbers: values float32 of the same shape, their unit, minimum, maximum and mean.

        Raises:
            InvalidInput: also if the version has no such theme; the message names those that it has.

        Example:
            >>> atlas.models.map("digits-2d").shares["7"]
            0.12
            >>> atlas.models.map("digits-2d", theme="discriminator").values.max()
            0.81
        """
        if on_progress is None:
            query = arguments.map_query(axes, resolution, range, at, label, version, refine, theme=theme)
            answer = await self._http.json("GET", f"{model_path(model)}/map", params=query)
            return results.latent_map(answer)
        if axes is None or resolution is None:
            latent_dim = (await self._http.json("GET", model_path(model)))["latent_dim"]
            axes = (0, 1, 2)[:latent_dim] if axes is None else axes
            resolution = (16 if len(axes) == 3 else 100) if resolution is None else resolution
        query = arguments.map_query(axes, resolution, range, at, label, version, refine, theme=theme)
        canvas = Canvas(len(axes), resolution)
        async with self._http.stream(f"{model_path(model)}/map/stream", params=query) as response:
            parser = Parser()
            async for data in response.aiter_bytes():
                for message in parser.feed(data):
                    content = parse_data(message)
                    match message.event:
                        case "tile":
                            on_progress(canvas.draw(content))
                        case "done":
                            return results.latent_map(content, canvas.cells)
                        case "problem":
                            raise api_error(
                                content["status"], {}, json.dumps(content).encode(), str(response.url)
                            )
        raise UnexpectedAnswer("The stream of the map ended before the map was whole.")

    async def map_array(
        self,
        model: str,
        *,
        theme: str | None = None,
        axes: Sequence[int] | None = None,
        resolution: int | None = None,
        range: Sequence[float] | None = None,  # noqa: A002 - its name in the API
        at: Sequence[float] | None = None,
        label: int | None = None,
        version: int | None = None,
        refine: Refine | None = None,
    ) -> NDArray[Any]:
        """The cells of `map` alone, [r], [r, r] or [r, r, r]: the fastest form.

        Returns:
            uint8 class ids, or float32 numbers in the theme's unit.
        """
        query = arguments.map_query(axes, resolution, range, at, label, version, refine, theme=theme)
        return arrays.npy(
            (await self._http.media("GET", f"{model_path(model)}/map", NPY, params=query)).data
        )

    async def map_png(
        self,
        model: str,
        *,
        theme: str | None = None,
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
        query = arguments.map_query(axes, resolution, range, at, label, version, refine, scale, theme)
        return (await self._http.media("GET", f"{model_path(model)}/map", PNG, params=query)).data

    async def timelapse(
        self,
        model: str,
        *,
        theme: str | None = None,
        form: Literal["gif", "mp4"] = "gif",
        fps: int | None = None,
        axes: Sequence[int] | None = None,
        resolution: int | None = None,
        range: Sequence[float] | None = None,  # noqa: A002 - its name in the API
        at: Sequence[float] | None = None,
        label: int | None = None,
        section: int | None = None,
    ) -> bytes:
        """The film of a model's versions, one frame for each that has the theme.

        Args:
            model: its name.
            theme: what the maps show; the class if not given.
            form: file format.
            fps: frames per second, 1 to 50.
            axes: as of `map`, like `resolution`, `range`, `at` and `label`.
            resolution: see `axes`.
            range: see `axes`.
            at: see `axes`.
            label: see `axes`.
            section: cubes: only this section along the last axis, from 0.
        """
        query = arguments.map_query(axes, resolution, range, at, label, None, None, theme=theme)
        query |= arguments.given(fps=fps, section=section)
        accept = {"gif": "image/gif", "mp4": "video/mp4"}[form]
        path = f"{model_path(model)}/timelapse"
        return (await self._http.media("GET", path, accept, params=query, timeout=FILM_SECONDS)).data
