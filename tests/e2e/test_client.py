"""The guide's Python, and the client without and with an event loop, against the whole system."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from latent_atlas_client import AsyncClient, Client, png
from tests.support.system import System

pytestmark = pytest.mark.e2e
GUIDE = Path(__file__).parents[2] / "docs" / "guide.md"


def test_the_guides_example_does_what_it_says(system: System) -> None:
    section = GUIDE.read_text(encoding="utf-8").split("\n## From Python\n")[1].split("\n## ")[0]
    (code,) = re.findall(r"```python\n(.*?)```", section, re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=system.environment,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}\n{system.log}"
    assert "export" in done.stdout
    assert "succeeded" in done.stdout
    assert "(2, 28, 28, 1)" in done.stdout
    assert "100%\n(50, 50)" in done.stdout
    assert "[('latent.dim', 'must be 1 or more, not 0')]" in done.stdout


async def test_a_real_model_answers_the_same_to_both(system: System, model: str) -> None:
    points = np.random.default_rng(0).uniform(-1, 1, (5, 2))
    with Client(system.url) as atlas:
        images = atlas.models.generate(model, points, version=4)
        drawn = atlas.models.map(model, resolution=40, version=4)
        told: list[float] = []
        watched = atlas.models.map(
            model,
            resolution=40,
            range=(-0.9, 0.9),
            version=4,
            on_progress=lambda news: told.append(news.share),
        )
        assert np.array_equal(png.decode(images.png[0]), images.pixels[0])
        assert np.array_equal(atlas.models.generate_array(model, points, version=4), images.pixels)
        assert told[-1] == 1.0
        layers = atlas.models.activations(model, points[0]).layers
        assert all(layer.values.shape == layer.shape for layer in layers.values())
        located = atlas.models.locate(model, images.pixels[0], version=4)
        assert located.distance < 0.05
        events = list(atlas.runs.events(model))
        assert [event.id for event in events if event.id] == list(range(1, events[-1].id + 1))
        assert atlas.runs.report(model).run == model
        assert model in [run.name for run in atlas.runs.all(state="succeeded")]
    async with AsyncClient(system.url) as atlas_too:
        assert np.array_equal(
            (await atlas_too.models.generate(model, points, version=4)).pixels, images.pixels
        )
        assert np.array_equal(
            (await atlas_too.models.map(model, resolution=40, version=4)).classes, drawn.classes
        )
        again = await atlas_too.models.map(model, resolution=40, range=(-0.9, 0.9), version=4)
        assert np.array_equal(again.classes, watched.classes)
        told_too = [event.id async for event in atlas_too.runs.events(model, after=3)]
        assert told_too == [event.id for event in events if event.id > 3]
