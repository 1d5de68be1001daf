"""The client's calls and results, with the real gateway."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from latent_atlas_client import (
    AblationMap,
    AsyncClient,
    Client,
    Edit,
    ExperimentSpec,
    InvalidInput,
    MapProgress,
    TrainingSpec,
    png,
)
from latent_atlas_client.errors import (
    DatasetNotFound,
    ExperimentNotFound,
    ModelNotFound,
    NameTaken,
    NotFound,
    RunNotFound,
    VersionNotFound,
    WrongState,
)
from latent_atlas_client.types import (
    ELU,
    EpochEnded,
    Latent,
    LeakyReLU,
    NetworkSpec,
    Regularization,
    StateChanged,
)
from services.contracts.maps import DEFAULT_RESOLUTION
from tests.support import models
from tests.support.gateway import Gateway
from tests.support.images import blots, zipped
from tests.support.reports import REPORT
from tests.unit.client.conftest import MAP, RUN, seen

SHAPE = (8, 8, 1)
POINTS = np.array([[0.5, -0.25], [0.125, 0.25], [-0.5, -0.5]])


# Trainings --------------------------------------------------------------------------------


async def test_a_spec_goes_out_whole_and_comes_back(atlas: AsyncClient) -> None:
    spec = TrainingSpec(
        name="mine",
        dataset="digits",
        latent=Latent(dim=3, folds=2),
        conditional=True,
        network=NetworkSpec(activation=ELU(alpha=0.5), conditioning="projection"),
        loss="relativistic",
        regularization=Regularization(r1=1.0, r2=0.5, penalty_every=4),
    )
    preview = await atlas.runs.preview(spec)
    assert preview.spec == spec
    assert preview.generator.layers[0].output_shape[-1] == preview.generator.layers[0].output_shape[0]
    run = await atlas.runs.submit(spec)
    assert (run.state, run.spec, run.submitted.tzinfo is not None) == ("queued", spec, True)
    network = (await atlas.runs.get("mine")).spec.network
    assert (network.activation, network.discriminator_activation) == (ELU(alpha=0.5), LeakyReLU())
    short = {"name": "short", "dataset": "digits", "latent": {"dim": np.int64(4)}}
    assert (await atlas.runs.submit(short)).spec.latent.dim == 4


async def test_a_submission_can_be_repeated(atlas: AsyncClient) -> None:
    spec = {"name": "mine", "dataset": "digits"}
    first = await atlas.runs.submit(spec, idempotency_key="once")
    assert (await atlas.runs.submit(spec, idempotency_key="once")).submitted == first.submitted
    with pytest.raises(NameTaken):
        await atlas.runs.submit(spec)


async def test_runs_are_steered(atlas: AsyncClient) -> None:
    await atlas.runs.submit({"name": "mine", "dataset": "digits"})
    assert (await atlas.runs.pause("mine")).state == "paused"
    assert (await atlas.runs.resume("mine")).state == "queued"
    with pytest.raises(WrongState):
        await atlas.runs.delete("mine")
    assert (await atlas.runs.cancel("mine")).state == "cancelled"
    assert (await atlas.runs.wait("mine")).state == "cancelled"
    assert [run.name async for run in atlas.runs.all(state="cancelled")] == ["mine"]
    await atlas.runs.delete("mine")
    assert [run.name async for run in atlas.runs.all()] == [RUN]
    with pytest.raises(RunNotFound, match="'mine'"):
        await atlas.runs.get("mine")


async def test_lists_are_read_page_by_page(atlas: AsyncClient) -> None:
    for number in range(60):
        await atlas.runs.submit({"name": f"r{number}", "dataset": "digits"})
    assert len([run async for run in atlas.runs.all()]) == 61


async def test_what_a_run_said_and_left_behind(atlas: AsyncClient) -> None:
    events = [event async for event in atlas.runs.events(RUN)]
    assert [event.id for event in events] == [1, 2, 3, 4]
    assert isinstance(events[1], EpochEnded)
    assert events[1].figures.shares == {"0": 0.75, "1": 0.25}
    assert isinstance(events[3], StateChanged)
    assert events[3].state == "succeeded"
    assert [event.id async for event in atlas.runs.events(RUN, after=2)] == [3, 4]
    assert [event.id async for event in atlas.runs.events(RUN, after=4)] == []

    figures = await atlas.runs.epochs(RUN)
    assert figures["epoch"].dtype == np.int64
    assert figures["epoch"].tolist() == [1, 2]
    assert figures["generator_loss"].tolist() == [1.0, 2.0]
    assert figures["shares.1"].tolist() == [0.25, 0.25]
    assert np.isnan(figures["weak_test.error"][0])
    assert figures["weak_test.error"][1] == 0.25
    assert figures["weak_test.band.1"][1] == 0.55
    assert "weak_test" not in figures
    assert np.isnan(figures["map_change"]).all()

    assert (await atlas.runs.snapshot(RUN, 2)).tolist() == np.full((4, 6, 1), 2).tolist()
    assert png.decode(await atlas.runs.snapshot_png(RUN, 2, scale=10)).shape == (40, 60, 1)
    drawn = await atlas.runs.map(RUN, 1)
    assert np.array_equal(drawn.classes, MAP)
    report = await atlas.runs.report(RUN)
    assert report.parameters["generator"].total == REPORT["parameters"]["generator"]["total"]
    assert report.warnings[0].message == REPORT["warnings"][0]["message"]
    film = await atlas.runs.timelapse(RUN, fps=5)
    assert film.startswith(b"GIF8")
    assert b"ftyp" in (await atlas.runs.timelapse(RUN, of="maps", form="mp4"))[:16]
    of_versions = await atlas.models.timelapse("quad", theme="stretch", resolution=5, fps=3)
    assert of_versions.startswith(b"GIF8")


# Models -----------------------------------------------------------------------------------


async def test_images_are_arrays(atlas: AsyncClient) -> None:
    images = await atlas.models.generate("quad", POINTS)
    assert np.array_equal(images.pixels, models.image_of(POINTS, SHAPE))
    assert images.pixels.dtype == np.uint8
    assert np.array_equal(images.points, POINTS)
    assert images.class_ids.tolist() == models.class_of(POINTS).tolist()
    assert [item.label for item in images.classes] == ["one", "three", "zero"]
    assert images.probabilities.tolist() == [0.75] * 3
    assert np.array_equal(seen(images.png[1]), images.pixels[1, :, :, 0])
    assert np.array_equal(await atlas.models.generate_array("quad", POINTS), images.pixels)
    sheet = await atlas.models.generate_png("quad", POINTS, scale=2)
    assert seen(sheet).shape == (32, 32)
    one = await atlas.models.generate("quad", POINTS[0].tolist(), version=10)
    assert np.array_equal(one.pixels, images.pixels[:1])
    drawn = await atlas.models.generate("quad", count=5, seed=3)
    again = await atlas.models.generate("quad", drawn.points)
    assert np.array_equal(drawn.pixels, again.pixels)


async def test_colours_and_labels(atlas: AsyncClient, gateway: Gateway) -> None:
    gateway.publish(name="coloured", image_shape=(8, 8, 3), conditional=True)
    images = await atlas.models.generate("coloured", POINTS, labels=np.arange(3, dtype=np.int32))
    assert np.array_equal(images.pixels, models.image_of(POINTS, (8, 8, 3)))
    assert images.class_ids.tolist() == models.class_of(POINTS, np.arange(3)).tolist()
    with pytest.raises(InvalidInput) as caught:
        await atlas.models.generate("coloured", POINTS)
    assert [item.path for item in caught.value.errors] == ["labels"]


async def test_a_walk_says_where_the_class_changes(atlas: AsyncClient) -> None:
    walk = await atlas.models.interpolate("quad", [-1, -1], [1, 1], 5)
    assert np.array_equal(walk.pixels, models.image_of(walk.points, SHAPE))
    assert [(item.t, item.source, item.target) for item in walk.crossings] == [(0.625, "zero", "three")]
    pixels = await atlas.models.interpolate_array("quad", [-1, -1], [1, 1], 5)
    assert np.array_equal(pixels, walk.pixels)
    strip = await atlas.models.interpolate_picture("quad", [-1, -1], [1, 1], 5)
    assert seen(strip).shape == (8, 40)
    animation = await atlas.models.interpolate_picture("quad", [-1, -1], [1, 1], form="gif", scale=2)
    assert animation.startswith(b"GIF8")


@pytest.mark.parametrize(("dim", "axes"), [(1, None), (2, None), (2, (1, 0)), (3, None), (4, (0, 3))])
@pytest.mark.parametrize("refine", ["full", "adaptive"])
async def test_a_map_that_was_watched_is_the_map(
    atlas: AsyncClient, gateway: Gateway, dim: int, axes: tuple[int, ...] | None, refine: Any
) -> None:
    gateway.publish(name="model", dim=dim, latent_dim=dim)
    at = [0.5] * dim
    progress: list[tuple[int, float, Any]] = []

    def look(news: MapProgress) -> None:
        progress.append((news.level, news.share, news.classes.copy()))

    watched = await atlas.models.map("model", axes=axes, at=at, refine=refine, on_progress=look)
    asked = await atlas.models.map("model", axes=axes, at=at, refine=refine)
    side = DEFAULT_RESOLUTION.get(len(asked.axes), DEFAULT_RESOLUTION[2])
    assert asked.classes.shape == (side,) * len(asked.axes) == watched.classes.shape
    assert asked.classes.dtype == np.uint8
    assert np.array_equal(watched.classes, asked.classes)
    assert (watched.shares, watched.axes, watched.at) == (asked.shares, asked.axes, asked.at)
    assert (watched.computed is None) == (refine == "full")
    assert [level for level, _, _ in progress] == sorted(level for level, _, _ in progress)
    assert progress[-1][1] == 1.0
    assert (progress[0][2] == asked.classes).mean() > 0.7, "the first tile shows the whole map coarsely"


async def test_classes_belong_to_their_points(atlas: AsyncClient) -> None:
    found = await atlas.models.map("quad", resolution=21, range=(-0.5, 1))
    points = np.stack(np.meshgrid(found.coordinates, found.coordinates), axis=-1)
    assert np.array_equal(found.classes.ravel(), models.class_of(points.reshape(-1, 2)))
    assert np.array_equal(
        await atlas.models.map_array("quad", resolution=21, range=(-0.5, 1)), found.classes
    )
    picture = await atlas.models.map_png("quad", resolution=21, range=(-0.5, 1), scale=1)
    assert np.array_equal(png.decode(picture)[::-1, :, 0], found.classes)


async def test_layers_are_arrays(atlas: AsyncClient) -> None:
    inner = await atlas.models.activations("quad", [0.5, 0.1], layers=["dense"])
    layer = inner.layers["dense"]
    wanted = models.layer_of(np.array([[0.5, 0.1]]), layer.shape)[0]
    assert layer.values.shape == wanted.shape == (7, 7, 256)
    assert np.abs(layer.values - wanted).max() <= (layer.range[1] - layer.range[0]) / 509
    assert layer.mean == pytest.approx(wanted.mean())
    assert layer.average.shape == (7, 7)
    assert np.array_equal(seen(layer.channels_png)[:7, 7:14], layer.channels[:, :, 1])
    assert (inner.image_class.label, inner.image_class.probability) == ("three", None)
    assert np.array_equal(inner.pixels, models.image_of(np.array([[0.5, 0.1]]), SHAPE)[0])


async def test_surgery(atlas: AsyncClient) -> None:
    edits: list[Any] = [Edit(layer="dense", channels=(0, 1), scale=0.5), {"layer": "dense", "rows": [0]}]
    done = await atlas.models.ablate("quad", [0.5, 0.1], edits, map=AblationMap(resolution=10))
    assert done.before.image_class.label == "three"
    assert done.map is not None
    assert (done.map.before.values.shape, done.map.changed) == ((10, 10), 0.0)
    assert (done.before.pixels != done.after.pixels).any()
    whole = await atlas.models.ablate("quad", [0.5, 0.1], [{"layer": "dense"}], map=True)
    assert whole.map is not None
    assert (whole.map.changed, whole.after.image_class.label) == (0.75, "zero")
    assert (await atlas.models.ablate("quad", [0.5, 0.1], edits)).map is None


async def test_an_image_is_located(atlas: AsyncClient, tmp_path: Path) -> None:
    image = models.image_of(np.array([[0.5, 0.25]]), SHAPE)[0]
    file = tmp_path / "image.png"
    file.write_bytes(png.encode(image))
    for source in (image, image[:, :, 0], file.read_bytes(), file):
        found = await atlas.models.locate("quad", source)
        assert found.distance == 0
        assert np.array_equal(found.pixels, image)
        assert np.array_equal(found.compared, image)
        assert found.point.shape == (2,)
        assert found.seen is not None
        assert found.seen.label == "two"
        assert found.seen.probability == pytest.approx(0.4)
    with pytest.raises(ValueError, match=r"not float64\[8, 8\]"):
        await atlas.models.locate("quad", np.zeros((8, 8)))  # type: ignore[arg-type]


async def test_pictures_are_made_again(atlas: AsyncClient) -> None:
    picture = await atlas.models.map_png("quad", resolution=12)
    recipe = await atlas.recipes.read(picture)
    assert (recipe.operation, recipe.model, recipe.version) == ("map", "quad", 10)
    assert await atlas.recipes.render(picture) == picture
    assert await atlas.recipes.render(recipe) == picture
    single = (await atlas.models.generate("quad", POINTS)).png[2]
    assert await atlas.recipes.render(single) == single
    large = png.decode(await atlas.recipes.render(single, scale=3))
    assert np.array_equal(large, png.decode(single).repeat(3, 0).repeat(3, 1))


async def test_what_cannot_be_asked_is_said_before(atlas: AsyncClient) -> None:
    with pytest.raises(ValueError, match=r"shape \[n, d\]"):
        await atlas.models.generate("quad", np.zeros((2, 2, 2)))
    with pytest.raises(ValueError, match="start must be one point: finite"):
        await atlas.models.interpolate("quad", [np.nan, 0], [0, 0])


async def test_missing_things_have_their_errors(atlas: AsyncClient) -> None:
    with pytest.raises(ModelNotFound):
        await atlas.models.get("a?b#c")
    with pytest.raises(VersionNotFound, match="it has: 10"):
        await atlas.models.map("quad", version=3)
    with pytest.raises(DatasetNotFound):
        await atlas.datasets.get("none")
    with pytest.raises(ExperimentNotFound):
        await atlas.experiments.get("none")
    with pytest.raises(InvalidInput) as caught:
        await atlas.models.map("quad", axes=[0, 7], resolution=9, on_progress=lambda _: None)
    assert caught.value.errors[0].path == "axes"
    assert (caught.value.status, caught.value.type) == (422, "/problems/invalid-input")
    assert caught.value.request_id


# Data sets and experiments ----------------------------------------------------------------


async def test_images_are_uploaded(atlas: AsyncClient, tmp_path: Path) -> None:
    data = zipped(blots(24, classes=2))
    sent: list[tuple[int, int]] = []
    made = await atlas.datasets.upload("mine", data, on_progress=lambda *news: sent.append(news))
    assert (made.classes, made.train + made.test, made.uploaded) == (("class 0", "class 1"), 24, True)
    assert sent[-1] == (len(data), len(data))
    assert png.decode(await atlas.datasets.samples("mine")).ndim == 3
    assert await atlas.datasets.get("mine") == made
    assert "mine" in [item.name async for item in atlas.datasets.all()]
    await atlas.datasets.remove("mine")
    assert "mine" not in [item.name async for item in atlas.datasets.all()]
    folder = tmp_path / "images"
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        packed.extractall(folder)
    assert (await atlas.datasets.upload("folder", folder)).train == made.train
    broken = next(folder.rglob("*.png"))
    broken.write_bytes(b"no image")
    with pytest.raises(InvalidInput, match=re.escape(broken.name)):
        await atlas.datasets.upload("broken", folder)


async def test_images_are_looked_at_before_they_are_kept(atlas: AsyncClient, tmp_path: Path) -> None:
    folder = tmp_path / "images"
    with zipfile.ZipFile(io.BytesIO(zipped(blots(24, classes=2)))) as packed:
        packed.extractall(folder)
    (folder / ".gitkeep").touch()
    preview = await atlas.datasets.preview(folder)
    assert [(one.name, one.train, one.test) for one in preview.classes] == [
        ("class 0", 10, 2),
        ("class 1", 10, 2),
    ]
    assert (preview.skipped, (await atlas.datasets.waiting(preview.id)).train) == (1, 20)
    assert png.decode(await atlas.datasets.preview_samples(preview.id)).ndim == 3
    with pytest.raises(NameTaken):
        await atlas.datasets.keep(preview.id, "digits")
    made = await atlas.datasets.keep(preview.id, "named", {"class 0": "cloud"})
    assert made == await atlas.datasets.get("named")
    assert made.classes == ("cloud", "class 1")
    other = await atlas.datasets.preview(folder)
    await atlas.datasets.discard(other.id)
    with pytest.raises(NotFound):
        await atlas.datasets.waiting(other.id)


async def test_an_experiment_from_its_submission_to_its_end(atlas: AsyncClient) -> None:
    spec = ExperimentSpec(
        name="acts", base={"dataset": "digits"}, vary={"network.activation": ("relu", "elu")}, seeds=(0, 1)
    )
    made = await atlas.experiments.submit(spec)
    assert made.spec == spec
    assert made.states == {"queued": 4}
    assert [item.label for item in made.combinations] == ["relu", "elu"]
    assert [item.name async for item in atlas.experiments.all()] == ["acts"]
    assert (await atlas.experiments.get("acts", metric="seconds")).comparison.metric == "seconds"
    assert (await atlas.experiments.csv("acts")).startswith("combination,")
    compared = await atlas.runs.compare(["acts-relu-s0", "acts-elu-s0", "acts-relu-s1"])
    assert [group.label for group in compared.groups] == ["acts-relu (2 seeds)", "acts-elu-s0"]
    assert compared.comparison.verdict.outcome == "unmeasured"
    await atlas.experiments.cancel("acts")
    told: list[str] = []
    ended = await atlas.experiments.wait("acts", on_progress=lambda view: told.append(view.state))
    assert (ended.state, told) == ("cancelled", ["cancelled"])
    await atlas.experiments.delete("acts", runs=True)
    assert [item async for item in atlas.experiments.all()] == []


async def test_models_say_what_they_are(atlas: AsyncClient) -> None:
    (model,) = [model async for model in atlas.models.all()]
    assert model == await atlas.models.get("quad")
    assert (model.versions, model.loaded, model.image_shape) == ((10,), (10,), SHAPE)
    assert model.card.spec.name == "quad"


async def test_a_version_is_kept_whole_or_not_at_all(atlas: AsyncClient, tmp_path: Path) -> None:
    received: list[int] = []
    file = await atlas.models.download("quad", 10, tmp_path / "quad.zip", on_progress=received.append)
    assert received[-1] == file.stat().st_size
    with zipfile.ZipFile(file) as packed:
        assert "quad/10/assets.extra/model_card.json" in packed.namelist()
    with pytest.raises(VersionNotFound):
        await atlas.models.download("quad", 11, tmp_path / "none.zip")
    assert not list(tmp_path.glob("none*"))


# Without an event loop --------------------------------------------------------------------


def test_the_same_without_an_event_loop(blocking: Client) -> None:
    assert blocking.runs.submit({"name": "mine", "dataset": "digits"}).state == "queued"
    assert blocking.runs.cancel("mine").state == "cancelled"
    told: list[Any] = []
    assert blocking.runs.wait("mine", on_progress=told.append).state == "cancelled"
    assert [run.name for run in blocking.runs.all()] == ["mine", RUN]
    assert [event.id for event in blocking.runs.events(RUN, after=1)] == [2, 3, 4]
    assert np.array_equal(blocking.models.generate("quad", POINTS).pixels, models.image_of(POINTS, SHAPE))
    shares: list[float] = []
    look: Callable[[MapProgress], None] = lambda news: shares.append(news.share)  # noqa: E731
    found = blocking.models.map("quad", resolution=30, on_progress=look)
    assert shares[-1] == 1.0
    assert np.array_equal(found.classes, blocking.models.map_array("quad", resolution=30))
    made = blocking.datasets.upload("mine", zipped(blots(24)), on_progress=lambda *news: told.append(news))
    assert (made.classes, len(told)) == ((), 1)
    with pytest.raises(RunNotFound):
        blocking.runs.get("none")
