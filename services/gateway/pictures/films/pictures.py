"""Frames of a film, drawn one by one from what a run keeps of each epoch."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from services.contracts.maps import MapGeometry
from services.gateway.pictures.arrays import pixels_of
from services.gateway.pictures.films.canvas import BAND, INK, PAPER, Frame, caption, even
from services.kit.pictures.class_maps import colour_table, enlarged, flat

SIDE = 640
"""Width in pixels that small pictures are enlarged to, as nearly as whole pixels a cell allow."""
MOST = 1280
"""Wider maps are thinned: only every second, third, ... cell is shown."""
_GAP = 10
"""Pixels between maps."""
_RAMP = 16
"""Shades of the writing on maps."""
MOST_COLOURS = 256 - _RAMP
"""Of the cells of maps."""

Draw = Callable[[int], Frame]
"""From an epoch to its frame."""


def snapshots(run: str, read: Callable[[int], bytes]) -> Draw:
    """Frames with the image sheet of an epoch.

    Args:
        run: its name, for the caption.
        read: PNG of an epoch.
    """
    greys = np.arange(256, dtype=np.uint8)[:, None].repeat(3, axis=1)

    def draw(epoch: int) -> Frame:
        sheet = pixels_of(read(epoch))
        grey = sheet.shape[2] == 1
        large = enlarged(sheet[:, :, 0] if grey else sheet, max(1, round(SIDE / sheet.shape[1])))
        height, width = large.shape[:2]
        canvas = np.full((even(BAND + height), even(width), *large.shape[2:]), PAPER, np.uint8)
        words = caption(_title(run, epoch), width)
        ink = (PAPER - words * ((PAPER - INK) / 255)).round().astype(np.uint8)
        canvas[:BAND, :width] = ink if grey else ink[:, :, None]
        canvas[BAND : BAND + height, :width] = large
        return Frame(canvas, greys if grey else None)

    return draw


def maps(
    run: str,
    read: Callable[[int], NDArray[np.uint8]],
    geometries: Sequence[MapGeometry],
    class_names: Sequence[str],
    section: int | None = None,
) -> Draw:
    """Frames with one or more class maps of an epoch, in the colours of `colours.palette`.

    Args:
        run: its name, for the caption.
        read: maps of an epoch, one for each of the geometries: uint8[maps, ...].
        geometries: of these maps. Several are laid side by side, each under its label and place.
        class_names: of the run's data set.
        section: of cubes, the one along the last axis that is shown; all of them if None.
    """
    # Classes beyond the 240th have no colour of their own left.
    count = min(len(class_names), MOST_COLOURS)
    names = [_map_name(geometry, class_names) for geometry in geometries]
    colours = colour_table(count)[:count]
    return indexed_maps(run, read, colours, names, geometries[0].resolution, section)


def indexed_maps(
    subject: str,
    read: Callable[[int], NDArray[np.uint8]],
    colours: NDArray[np.uint8],
    names: Sequence[str],
    resolution: int,
    section: int | None = None,
) -> Draw:
    """Frames with one or more maps of an epoch.

    Args:
        subject: what the film is of, for the caption.
        read: maps of an epoch, one for each of the names: indices of colours, uint8[maps, ...].
        colours: uint8[n, 3], n at most `MOST_COLOURS`; higher indices have the last colour.
        names: under which several maps are laid side by side; one alone is named in the caption.
        resolution: of cubes: how many sections there are.
        section: of cubes, the one along the last axis that is shown; all of them if None.
    """
    ramp, last, paper = _RAMP, len(colours) - 1, MOST_COLOURS
    palette = np.zeros((256, 3), np.uint8)
    palette[: len(colours)] = colours
    palette[paper:] = np.linspace(PAPER, INK, ramp).round()[:, None]
    heading = BAND if len(names) > 1 else 0
    chosen = [names[0]] if len(names) == 1 and names[0] else []
    if section is not None:
        chosen.append(f"section {section + 1} of {resolution}")

    def written(text: str, width: int) -> NDArray[np.uint8]:
        shades = (caption(text, width) * ((ramp - 1) / 255)).round()
        return (paper + shades).astype(np.uint8)

    def draw(epoch: int) -> Frame:
        cells = [flat(np.minimum(one, last), paper, section) for one in read(epoch)]
        columns = math.ceil(math.sqrt(len(cells)))
        thinning = math.ceil(columns * cells[0].shape[1] / MOST)
        cells = [one[::thinning, ::thinning] for one in cells]
        scale = max(1, round(SIDE / (columns * cells[0].shape[1])))
        height, width = (scale * side for side in cells[0].shape)
        rows = math.ceil(len(cells) / columns)
        full_width = columns * (width + _GAP) - _GAP
        full_height = BAND + rows * (heading + height + _GAP) - _GAP
        canvas = np.full((even(full_height), even(full_width)), paper, np.uint8)
        canvas[:BAND, :full_width] = written(_title(subject, epoch, *chosen), full_width)
        for number, one in enumerate(cells):
            top = BAND + number // columns * (heading + height + _GAP)
            left = number % columns * (width + _GAP)
            if heading:
                canvas[top : top + BAND, left : left + width] = written(names[number], width)
            canvas[top + heading : top + heading + height, left : left + width] = enlarged(one, scale)
        return Frame(canvas, palette)

    return draw


def _title(run: str, epoch: int, *more: str) -> str:
    return " · ".join([f"epoch {epoch}", *more, run])


def _map_name(geometry: MapGeometry, class_names: Sequence[str]) -> str:
    parts = [] if geometry.label is None else [class_names[geometry.label]]
    if len(geometry.at) > 3:
        parts.append(f"z4 = {geometry.at[3]:+g}")
    return " · ".join(parts)
