"""Films of a model's versions: any theme, one ramp for all frames, made again from their recipes."""

from __future__ import annotations

import io
import json
from collections.abc import AsyncIterator
from pathlib import Path

import av
import httpx
import numpy as np
import pytest
from PIL import Image

from services.contracts.themes import THEMES
from services.contracts.training.spec import TrainingSpec
from services.kit.pictures.ramps import ramp_table
from tests.support.gateway import Gateway

URL = "/v1/models/quad/timelapse"


@pytest.fixture
def gateway(tmp_path: Path) -> Gateway:
    gateway = Gateway(tmp_path)
    gateway.publish(version=1, themes=("class",), two_sample=None)
    gateway.publish(version=2)
    gateway.publish(version=3)
    return gateway


@pytest.fixture
async def http(gateway: Gateway) -> AsyncIterator[httpx.AsyncClient]:
    async with gateway.http() as http:
        yield http


@pytest.mark.parametrize("theme", THEMES)
async def test_every_version_that_has_the_theme_is_a_frame(http: httpx.AsyncClient, theme: str) -> None:
    answer = await http.get(URL, params={"theme": theme, "resolution": "8"})
    assert answer.status_code == 200, answer.text
    count = 3 if theme == "class" else 2
    assert (answer.headers["x-film-frames"], answer.headers["x-film-epochs"]) == (str(count), str(count))
    with Image.open(io.BytesIO(answer.content)) as film:
        assert getattr(film, "n_frames") == count  # noqa: B009 - only animations have it
    again = await http.get(
        URL, params={"theme": theme, "resolution": "8"}, headers={"If-None-Match": answer.headers["etag"]}
    )
    assert again.status_code == 304


async def test_numbers_have_the_colours_of_the_ramp(http: httpx.AsyncClient) -> None:
    answer = await http.get(URL, params={"theme": "stretch", "resolution": "8"})
    with Image.open(io.BytesIO(answer.content)) as film:
        film.seek(1)
        pixels = np.asarray(film.convert("RGB"))
    row = pixels[-10, :640:80]
    ramp = ramp_table("sequential", 240).astype(int)
    # The formula rises from left to right.
    expected = ramp[np.rint(np.linspace(0, 239, 8)).astype(int)]
    assert np.array_equal(row, expected)


@pytest.mark.parametrize("form", ["image/gif", "video/mp4"])
async def test_a_film_is_made_again_from_its_recipe(
    gateway: Gateway, http: httpx.AsyncClient, form: str
) -> None:
    query = {"theme": "discriminator", "resolution": "8", "fps": "5"}
    answer = await http.get(URL, params=query, headers={"Accept": form})
    if form == "video/mp4":
        with av.open(io.BytesIO(answer.content)) as film:
            told = film.metadata
        recipe = json.loads(told["comment"])
        assert (recipe["model"], recipe["parameters"]["versions"]) == ("quad", [2, 3])
        assert told["title"] == f"quad: {THEMES['discriminator'].title}, epochs 2 to 3"
    gateway.publish(version=4)
    again = await http.post("/v1/recipes/render", content=answer.content)
    assert again.content == answer.content


async def test_a_run_has_the_films_of_its_model(gateway: Gateway, http: httpx.AsyncClient) -> None:
    gateway.store.runs.create(TrainingSpec(name="quad", dataset="digits"))
    of_run = await http.get("/v1/runs/quad/timelapse", params={"of": "maps", "theme": "stretch"})
    of_model = await http.get(URL, params={"theme": "stretch"})
    assert of_run.content == of_model.content
    wrong = await http.get("/v1/runs/quad/timelapse", params={"theme": "stretch"})
    assert (wrong.status_code, wrong.json()["errors"][0]["path"]) == (422, "theme")


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ({"theme": "beauty"}, "theme"),
        ({"section": "1"}, "section"),
        ({"refine": "adaptive"}, "refine"),
        ({"version": "2"}, "version"),
        ({"resolution": "3000"}, "resolution"),
    ],
)
async def test_what_is_wrong_is_named(http: httpx.AsyncClient, query: dict[str, str], path: str) -> None:
    answer = await http.get(URL, params=query)
    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (422, path)
