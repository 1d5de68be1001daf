"""Films of a run's snapshots and maps: real GIF and MP4 files, decoded again."""

from __future__ import annotations

import asyncio
import io
import weakref
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import av
import httpx
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from services.contracts.maps import run_maps
from services.contracts.training.spec import TrainingSpec
from services.gateway.pictures import arrays
from services.gateway.pictures.films import encoder
from services.gateway.pictures.films.canvas import BAND, INK, PAPER, Frame
from services.gateway.pictures.films.film_maker import FilmMaker, FilmRequest, thinned
from services.gateway.pictures.films.film_shelf import FilmShelf
from services.kit.pictures.colours import palette
from services.kit.pictures.npy import npy
from services.store.epoch_pictures import EpochPictures
from tests.support.gateway import Gateway

GIF, MP4 = {"Accept": "image/gif"}, {"Accept": "video/mp4"}
COLOURS = np.asarray(palette(10), np.uint8)
RESOLUTION = 8


def classes_of(epoch: int, shape: tuple[int, ...], number: int = 0) -> NDArray[np.uint8]:
    """A map that differs in every epoch, and for every number."""
    return ((np.arange(np.prod(shape)).reshape(shape) + epoch + 3 * number) % 10).astype(np.uint8)


def sheet_of(epoch: int, channels: int = 1) -> NDArray[np.uint8]:
    random = np.random.default_rng(epoch)
    return random.integers(0, 256, (20, 20, channels)).astype(np.uint8).repeat(4, 0).repeat(4, 1)


def film(gateway: Gateway, epochs: int = 3, channels: int = 1, **fields: Any) -> TrainingSpec:
    """A run with so many epochs to film."""
    monitor = {"map_resolution": RESOLUTION}
    spec = TrainingSpec.model_validate({"name": "r", "dataset": "digits", "monitor": monitor} | fields)
    runs = gateway.store.runs
    runs.create(spec)
    runs.update("r", state="running")
    geometries = run_maps(spec, 10)
    for epoch in range(1, epochs + 1):
        runs.pictures.write_snapshot("r", epoch, arrays.png(sheet_of(epoch, channels)))
        maps = [classes_of(epoch, geometry.shape, number) for number, geometry in enumerate(geometries)]
        runs.pictures.write_map("r", epoch, npy(np.stack(maps)))
    return spec


async def ask(http: httpx.AsyncClient, headers: dict[str, str], **query: Any) -> httpx.Response:
    response = await http.get("/v1/runs/r/timelapse", params=query, headers=headers)
    assert response.status_code == 200, response.text
    return response


def gif_frames(data: bytes) -> list[NDArray[np.uint8]]:
    with Image.open(io.BytesIO(data)) as picture:
        frames = []
        for number in range(picture.n_frames):  # type: ignore[attr-defined]
            picture.seek(number)
            frames.append(np.asarray(picture.convert("RGB")))
        return frames


def mp4_frames(data: bytes) -> list[NDArray[np.uint8]]:
    with av.open(io.BytesIO(data), "r") as file:
        return [np.asarray(frame.to_ndarray(format="rgb24"), np.uint8) for frame in file.decode(video=0)]


def cells(frame: NDArray[np.uint8], resolution: int = RESOLUTION) -> NDArray[np.uint8]:
    """Colour in the middle of every cell of a frame with one flat map, from the top down."""
    side = (frame.shape[0] - BAND) // resolution
    return frame[BAND + side // 2 :: side, side // 2 :: side]


async def test_every_cell_of_a_gif_has_the_colour_of_its_class(
    gateway: Gateway, http: httpx.AsyncClient
) -> None:
    film(gateway)
    response = await ask(http, GIF, of="maps")
    assert response.headers["content-type"] == "image/gif"
    frames = gif_frames(response.content)
    assert len(frames) == 3
    for epoch, frame in enumerate(frames, start=1):
        expected = COLOURS[classes_of(epoch, (RESOLUTION, RESOLUTION))[::-1]]
        assert (cells(frame) == expected).all()
        # Cells are squares of one colour, many pixels wide.
        assert len(np.unique(frame[BAND:].reshape(-1, 3), axis=0)) == 10
    assert frames[0].shape[1] == 640


async def test_every_cell_of_an_mp4_has_nearly_the_colour_of_its_class(
    gateway: Gateway, http: httpx.AsyncClient
) -> None:
    film(gateway)
    response = await ask(http, MP4, of="maps", fps=5)
    assert response.headers["content-type"] == "video/mp4"
    frames = mp4_frames(response.content)
    assert len(frames) == 3
    for epoch, frame in enumerate(frames, start=1):
        expected = COLOURS[classes_of(epoch, (RESOLUTION, RESOLUTION))[::-1]]
        assert np.abs(cells(frame).astype(int) - expected).max() <= 8
    # The index comes before the pictures, so that it plays while it loads.
    assert 0 < response.content.find(b"moov") < response.content.find(b"mdat")
    with av.open(io.BytesIO(response.content)) as file:
        stream = file.streams.video[0]
        assert (stream.codec_context.name, stream.codec_context.pix_fmt) == ("h264", "yuv420p")
        assert stream.average_rate == 5
        assert stream.width % 2 == stream.height % 2 == 0


@pytest.mark.parametrize("channels", [1, 3])
async def test_snapshots_are_the_runs(gateway: Gateway, http: httpx.AsyncClient, channels: int) -> None:
    film(gateway, channels=channels)
    for frames in (
        gif_frames((await ask(http, GIF)).content),
        mp4_frames((await ask(http, MP4)).content),
    ):
        assert len(frames) == 3
        for epoch, frame in enumerate(frames, start=1):
            # 80 pixels are enlarged eightfold, and every four of them have one colour.
            middle = frame[BAND + 16 :: 32, 16::32]
            difference = np.abs(middle.astype(int) - sheet_of(epoch, channels)[::4, ::4]).mean()
            assert difference <= 12


async def test_a_grey_gif_has_every_shade(gateway: Gateway, http: httpx.AsyncClient) -> None:
    film(gateway)
    frames = gif_frames((await ask(http, GIF)).content)
    assert (frames[1][BAND + 16 :: 32, 16::32] == sheet_of(2)[::4, ::4]).all()


async def test_every_frame_says_its_epoch(gateway: Gateway, http: httpx.AsyncClient) -> None:
    film(gateway)
    frames = gif_frames((await ask(http, GIF, of="maps")).content)
    bands = [frame[:BAND] for frame in frames]
    for band in bands:
        assert band.min() <= INK + 20
        assert (band[:, -100:] == PAPER).all()
    # "epoch " is the same everywhere, the number after it is not.
    changed = np.flatnonzero((bands[0] != bands[1]).any(axis=(0, 2)))
    assert 40 < changed.min() < changed.max() < 80


async def test_the_form_is_negotiated(gateway: Gateway, http: httpx.AsyncClient) -> None:
    film(gateway, epochs=1)
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8"
    for accept, form in (
        ("*/*", "image/gif"),
        (browser, "image/gif"),
        ("video/webm,video/*;q=0.9,*/*;q=0.5", "video/mp4"),
        ("image/gif;q=0.1, video/mp4", "video/mp4"),
    ):
        response = await ask(http, {"Accept": accept})
        assert response.headers["content-type"] == form
        assert response.headers["vary"] == "Accept"
        assert response.headers["content-length"] == str(len(response.content))
    refused = await http.get("/v1/runs/r/timelapse", headers={"Accept": "image/png"})
    assert refused.status_code == 406


async def test_who_has_it_gets_it_again_only_when_there_is_more(
    gateway: Gateway, http: httpx.AsyncClient
) -> None:
    film(gateway, epochs=2)
    first = await ask(http, GIF)
    assert "no-cache" in first.headers["cache-control"]
    headers = GIF | {"If-None-Match": first.headers["etag"]}
    assert (await http.get("/v1/runs/r/timelapse", headers=headers)).status_code == 304
    etags = {first.headers["etag"]}
    for forms, query in ((MP4, {}), (GIF, {"fps": 3}), (GIF, {"of": "maps"})):
        etags.add((await ask(http, forms, **query)).headers["etag"])
    assert len(etags) == 4
    gateway.store.runs.pictures.write_snapshot("r", 3, arrays.png(sheet_of(3)))
    assert len(gif_frames((await ask(http, headers)).content)) == 3


async def test_a_run_without_pictures_says_so(gateway: Gateway, http: httpx.AsyncClient) -> None:
    film(gateway, epochs=0, monitor={"map_every": 7})
    for of, epoch in (("snapshots", 1), ("maps", 7)):
        response = await http.get("/v1/runs/r/timelapse", params={"of": of})
        assert response.status_code == 404
        assert f"no {of} yet; the first come at the end of epoch {epoch}" in response.json()["detail"]
    assert (await http.get("/v1/runs/nobody/timelapse")).status_code == 404


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ({"of": "losses"}, "of"),
        ({"fps": 0}, "fps"),
        ({"fps": 51}, "fps"),
        ({"label": 3}, "label"),
        ({"of": "maps", "label": 3}, "label"),
        ({"of": "maps", "section": 3}, "section"),
        ({"of": "maps", "at": "here"}, "at"),
    ],
)
async def test_what_makes_no_film_is_refused(
    gateway: Gateway, http: httpx.AsyncClient, query: dict[str, Any], path: str
) -> None:
    film(gateway, epochs=1)
    response = await http.get("/v1/runs/r/timelapse", params=query)
    assert response.status_code == 422
    assert [error["path"].split(".")[-1] for error in response.json()["errors"]] == [path]


async def test_cubes_show_all_of_their_sections_or_one(gateway: Gateway, http: httpx.AsyncClient) -> None:
    film(gateway, epochs=1, latent={"dim": 3}, monitor={"map_resolution": 4})
    cube = classes_of(1, (4, 4, 4))
    (frame,) = gif_frames((await ask(http, GIF, of="maps")).content)
    # Two by two sections of four cells with one between: nine cells, 71 pixels each.
    drawn = frame[BAND + 35 :: 71, 35::71][:9, :9]
    assert (drawn[:4, :4] == COLOURS[cube[0, ::-1]]).all()
    assert (drawn[:4, 5:] == COLOURS[cube[1, ::-1]]).all()
    assert (drawn[5:, 5:] == COLOURS[cube[3, ::-1]]).all()
    assert (drawn[4] == PAPER).all()
    (frame,) = gif_frames((await ask(http, GIF, of="maps", section=2)).content)
    assert (cells(frame, 4) == COLOURS[cube[2, ::-1]]).all()
    response = await http.get("/v1/runs/r/timelapse", params={"of": "maps", "section": 4})
    assert "between 0 and 3" in response.json()["detail"]


async def test_several_maps_lie_side_by_side_and_one_can_be_chosen(
    gateway: Gateway, http: httpx.AsyncClient
) -> None:
    film(gateway, epochs=1, latent={"dim": 4}, conditional=True, monitor={"map_resolution": 2})
    (all_maps,) = gif_frames((await ask(http, GIF, of="maps")).content)
    assert {tuple(colour) for colour in COLOURS} <= set(map(tuple, all_maps.reshape(-1, 3)))
    # Maps of a label are two, at both ends of the fourth axis; number 7 is that of label 3 at +1.
    query = {"of": "maps", "label": 3, "at": "0,0,0,1", "section": 0}
    (frame,) = gif_frames((await ask(http, GIF, **query)).content)
    assert (cells(frame, 2) == COLOURS[classes_of(1, (2, 2, 2), 7)[0, ::-1]]).all()
    (pair,) = gif_frames((await ask(http, GIF, of="maps", label=3, section=0)).content)
    assert pair.shape[1] > pair.shape[0]


def test_of_many_epochs_evenly_spread_ones_are_shown() -> None:
    assert thinned([1, 2, 3]) == (1, 2, 3)
    chosen = thinned(list(range(1, 5001)), 240)
    assert (len(chosen), chosen[0], chosen[-1]) == (240, 1, 5000)
    assert set(np.diff(chosen)) <= {20, 21}


async def test_the_answer_says_that_epochs_are_left_out(tmp_path: Path) -> None:
    gateway = Gateway(tmp_path, max_film_frames=3)
    film(gateway, epochs=5)
    async with gateway.http() as http:
        response = await ask(http, GIF)
    assert len(gif_frames(response.content)) == 3
    assert (response.headers["x-film-frames"], response.headers["x-film-epochs"]) == ("3", "5")


@pytest.mark.parametrize("form", ["image/gif", "video/mp4"])
def test_frames_are_let_go_one_by_one(tmp_path: Path, form: str) -> None:
    made: list[weakref.ref[Frame]] = []
    alive = 0

    def frames() -> Iterator[Frame]:
        nonlocal alive
        for epoch in range(30):
            frame = Frame(np.full((64, 64), epoch, np.uint8), COLOURS.repeat(26, axis=0)[:256])
            made.append(weakref.ref(frame))
            yield frame
            del frame
            alive = max(alive, sum(one() is not None for one in made))

    path = tmp_path / "film"
    encoder.encode(frames(), form, 10, path)
    assert (
        len(gif_frames(path.read_bytes()) if form == "image/gif" else mp4_frames(path.read_bytes())) == 30
    )
    assert 1 <= alive <= 2


async def test_a_film_that_nobody_waits_for_is_given_up(gateway: Gateway) -> None:
    film(gateway)
    began, go, drawn = Event(), Event(), []

    class SlowPictures(EpochPictures):
        def snapshot(self, name: str, epoch: int) -> bytes:
            self._wait(epoch)
            return super().snapshot(name, epoch)

        def map_file(self, name: str, epoch: int) -> Path:
            self._wait(epoch)
            return super().map_file(name, epoch)

        def _wait(self, epoch: int) -> None:
            drawn.append(epoch)
            began.set()
            assert go.wait(30)

    gateway.store.runs.pictures = SlowPictures((gateway.home / "runs").joinpath)
    films = FilmMaker(gateway.store, FilmShelf())
    plan = films.plan("r", FilmRequest())
    work = asyncio.ensure_future(films.make(plan))
    await asyncio.to_thread(began.wait, 30)
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    go.set()
    # Another film is made meanwhile: the place of the first one is free.
    assert (await films.make(films.plan("r", FilmRequest(subject="maps", fps=7)))).size > 0
    assert drawn == [1, 1, 2, 3]


async def test_who_asks_for_the_same_film_shares_it(gateway: Gateway) -> None:
    film(gateway)
    plan = gateway.parts.films.plan("r", FilmRequest())
    first, second = await asyncio.gather(*(gateway.parts.films.make(plan) for _ in range(2)))
    assert first is second
    assert len(b"".join(first.chunks())) == first.size
