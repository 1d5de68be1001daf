"""Maps of themes: numbers instead of classes, in every form that the client has."""

from __future__ import annotations

import base64
import io
from typing import Any

import httpx
import numpy as np
import pytest
from numpy.typing import NDArray

from latent_atlas_client import ClassMap, InvalidInput, MapProgress, ScalarMap, Theme, arrays, png
from services.contracts.api.themes import theme_view
from services.contracts.themes import THEMES
from tests.unit.client.canned import Canned, client, stream

VALUES = np.array([[0.25, 0.5, 0.75], [1, 1.25, 1.5], [1.75, 2, 2.25]], np.float32)
FRAME = {
    "model": "m",
    "version": 10,
    "axes": [0, 1],
    "range": [-1.0, 1.0],
    "resolution": 3,
    "at": [0.0, 0.0],
    "label": None,
}
NUMBERS = {
    **FRAME,
    "theme": "stretch",
    "kind": "scalar",
    "unit": "pixel values per unit",
    "minimum": 0.25,
    "maximum": 2.25,
    "mean": 1.25,
}
SCALAR = {**NUMBERS, "values": VALUES.tolist()}
CLASSES = {
    **FRAME,
    "classes": [[0, 1, 1], [0, 0, 1], [2, 2, 2]],
    "shares": {"a": 3 / 9, "b": 3 / 9, "c": 3 / 9},
}


def answering(path: str, answer: Any) -> Canned:
    return Canned({path: lambda _: httpx.Response(200, json=answer)})


def test_a_map_of_numbers() -> None:
    canned = answering("GET /models/m/map", SCALAR)
    with client(canned) as atlas:
        found = atlas.models.map("m", theme="stretch", resolution=3)
    assert canned.queries == [{"theme": "stretch", "resolution": "3"}]
    assert isinstance(found, ScalarMap)
    assert found.values.dtype == np.float32
    assert np.array_equal(found.values, VALUES)
    assert (found.minimum, found.maximum, found.mean) == (0.25, 2.25, 1.25)
    assert (found.theme, found.unit, found.axes) == ("stretch", "pixel values per unit", (0, 1))
    assert found.coordinates.tolist() == [-1, 0, 1]


def test_a_number_that_is_none_is_not_a_number() -> None:
    canned = answering("GET /models/m/map", {**SCALAR, "values": [[None, 1.0], [2.0, 3.0]]})
    with client(canned) as atlas:
        assert np.isnan(atlas.models.map("m", theme="stretch").values[0, 0])


@pytest.mark.parametrize("theme", [None, "class"])
def test_a_map_of_classes_has_values_too(theme: str | None) -> None:
    with client(answering("GET /models/m/map", CLASSES)) as atlas:
        found = atlas.models.map("m", theme=theme)
    assert isinstance(found, ClassMap)
    assert found.values is found.classes
    assert found.values.dtype == np.uint8


def test_the_array_and_the_picture_alone() -> None:
    file = io.BytesIO()
    np.save(file, VALUES)
    forms = {"application/x-npy": file.getvalue(), "image/png": b"picture"}
    canned = Canned(
        {"GET /models/m/map": lambda asked: httpx.Response(200, content=forms[asked.headers["Accept"]])}
    )
    with client(canned) as atlas:
        array = atlas.models.map_array("m", theme="novelty")
        picture = atlas.models.map_png("m", theme="novelty", scale=2)
    assert array.dtype == np.float32
    assert np.array_equal(array, VALUES)
    assert picture == b"picture"
    assert canned.queries == [{"theme": "novelty"}, {"theme": "novelty", "scale": "2"}]


def test_a_watched_map_of_numbers_becomes_the_map() -> None:
    coarse = {"level": 0, "offset": [0, 0], "stride": 2, "size": 2, "values": VALUES[::2, ::2].tolist()}
    fine = {"level": 1, "offset": [0, 0], "stride": 1, "size": 1, "values": VALUES.tolist()}
    canned = Canned(
        {
            "GET /models/m/map/stream": lambda _: stream(
                [("tile", coarse), ("tile", fine), ("done", {**NUMBERS, "id": "1"})]
            )
        }
    )
    seen: list[tuple[int, float, NDArray[Any]]] = []

    def look(news: MapProgress) -> None:
        seen.append((news.level, news.share, news.values.copy()))

    with client(canned) as atlas:
        found = atlas.models.map("m", theme="stretch", axes=[0, 1], resolution=3, on_progress=look)
    assert isinstance(found, ScalarMap)
    assert found.values.dtype == np.float32
    assert np.array_equal(found.values, VALUES)
    assert [(level, share) for level, share, _ in seen] == [(0, 4 / 9), (1, 1.0)]
    assert np.array_equal(seen[0][2], [[0.25, 0.25, 0.75], [0.25, 0.25, 0.75], [1.75, 1.75, 2.25]])


def test_an_unknown_theme_is_refused_with_its_field() -> None:
    sentence = "there is no theme 'beauty'; this version has: class, stretch"
    problem = {
        "type": "/problems/invalid-input",
        "title": "Invalid input",
        "status": 422,
        "detail": f"theme: {sentence}",
        "errors": [{"path": "theme", "message": sentence}],
    }
    canned = Canned({"GET /models/m/map": lambda _: httpx.Response(422, json=problem)})
    with client(canned) as atlas, pytest.raises(InvalidInput) as caught:
        atlas.models.map("m", theme="beauty")
    assert [(item.path, item.message) for item in caught.value.errors] == [("theme", sentence)]


def test_a_model_says_what_its_maps_can_show() -> None:
    answer = {"themes": [theme_view(name).model_dump() for name in THEMES]}
    with client(answering("GET /models/m", answer)) as atlas:
        themes = atlas.models.themes("m")
    assert all(isinstance(theme, Theme) for theme in themes)
    assert [theme.name for theme in themes] == list(THEMES)
    assert [theme.kind for theme in themes] == [theme.kind for theme in THEMES.values()]
    assert [theme.range for theme in themes] == [theme.range for theme in THEMES.values()]


def test_surgery_on_a_map_of_numbers() -> None:
    file = base64.b64encode(png.encode(np.zeros((2, 2), np.uint8))).decode()
    image = {"image": file, "class": {"label": "a", "index": 0, "probability": 1.0}}
    after = {**SCALAR, "values": (VALUES + 1).tolist()}
    answer = {
        "model": "m",
        "version": 10,
        "before": image,
        "after": image,
        "map": {"before": SCALAR, "after": after, "changed": 1.0},
    }
    canned = answering("POST /models/m/ablate", answer)
    with client(canned) as atlas:
        done = atlas.models.ablate("m", [0, 0], [{"layer": "dense"}], map={"theme": "stretch"})
    assert canned.bodies[0]["map"] == {"theme": "stretch"}
    assert done.map is not None
    assert isinstance(done.map.after, ScalarMap)
    assert np.array_equal(done.map.after.values - done.map.before.values, np.ones((3, 3)))


# Pictures ---------------------------------------------------------------------------------


def scalar_map(values: NDArray[np.float32]) -> ScalarMap:
    return ScalarMap(
        model="m",
        version=1,
        axes=tuple(range(values.ndim)),
        range=(-1, 1),
        resolution=len(values),
        at=(0,) * values.ndim,
        label=None,
        theme="stretch",
        unit="",
        values=values,
        minimum=0,
        maximum=0,
        mean=0,
    )


def test_a_notebook_shows_a_plane_with_y_upwards() -> None:
    shown = scalar_map(VALUES)
    assert shown._repr_png_() == shown.png
    pixels = png.decode(shown.png)[:, :, 0]
    assert pixels.shape == (402, 402)
    wanted = np.floor((VALUES - 0.25) / 2 * 255 + 0.5)[::-1]
    assert np.array_equal(pixels[::134, ::134], wanted)
    assert np.array_equal(pixels, wanted.repeat(134, 0).repeat(134, 1))


def test_a_line_is_a_bar_and_a_cube_its_sections() -> None:
    line = png.decode(scalar_map(np.array([0, 1], np.float32)).png)[:, :, 0]
    assert line.shape == (2400, 400)
    assert (line[0, 0], line[-1, -1]) == (0, 255)
    cube = np.arange(27, dtype=np.float32).reshape(3, 3, 3)
    sheet = png.decode(scalar_map(cube).png)[::58, ::58, 0]
    shades = np.floor(cube / 26 * 255 + 0.5)
    assert sheet.shape == (7, 7)
    assert np.array_equal(sheet[:3, :3], shades[0, ::-1])
    assert np.array_equal(sheet[:3, 4:], shades[1, ::-1])
    assert np.array_equal(sheet[4:, :3], shades[2, ::-1])
    assert (sheet[3] == 255).all()
    assert (sheet[:, 3] == 255).all()


def test_even_maps_and_holes_are_black() -> None:
    assert not arrays.map_picture(np.full((4, 4), 3, np.float32)).any()
    holes = np.array([[np.nan, np.inf], [0, 1]], np.float32)
    assert arrays.map_picture(holes)[::200, ::200].tolist() == [[0, 255], [0, 0]]
    assert not arrays.map_picture(np.full((2, 2), np.nan, np.float32)).any()
