"""Data sets over HTTP: listing, uploading, removing."""

from __future__ import annotations

import asyncio
import errno
import io
import itertools
import os
import threading
import time
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from PIL import Image

from services.contracts.datasets import DATASETS, GROUPS
from services.gateway.edge import middleware
from services.gateway.uploads.importing import unpack
from services.gateway.uploads.receiver import Unpack
from services.gateway.uploads.rules import UploadLimits
from services.kit.pictures.npy import npy
from services.store import DatasetCard, DatasetStore
from tests.support.gateway import Gateway
from tests.support.images import blot, blots, encoded, zipped

GREY = zipped(blots(24, classes=2))
COLOUR = zipped(blots(24, colour=True))


def unpack_with(before_each_image: Callable[[], None]) -> Unpack:
    """The real function, with something to do whenever it looks at or decodes an image."""

    def unpacked(
        upload: Path, folder: Path, name: str, check: Callable[[], None], limits: UploadLimits
    ) -> DatasetCard:
        def checked() -> None:
            before_each_image()
            check()

        return unpack(upload, folder, name, checked, limits)

    return unpacked


async def put(http: httpx.AsyncClient, name: str = "mine", data: bytes = GREY) -> httpx.Response:
    return await http.put(f"/v1/datasets/{name}", content=data)


def folders(gateway: Gateway) -> list[str]:
    return sorted(name for name in os.listdir(gateway.home / "datasets") if name != ".lock")


async def test_an_upload_is_listed_among_the_others(http: httpx.AsyncClient, gateway: Gateway) -> None:
    answer = await put(http)
    assert answer.status_code == 201
    assert answer.headers["location"] == "/v1/datasets/mine"
    info = answer.json()
    assert (info.pop("own_parts"), info.pop("skipped")) == (False, 0)
    assert info == {
        "name": "mine",
        "title": "mine, uploaded",
        "image_shape": [32, 32, 1],
        "classes": ["class 0", "class 1"],
        "train": 20,
        "test": 4,
        "uploaded": True,
        "at_hand": True,
    }
    assert (await http.get("/v1/datasets/mine")).json() == info
    listed = (await http.get("/v1/datasets")).json()["datasets"]
    assert [item["name"] for item in listed] == ["digits", "fashion_mnist", "mine", "mnist"]
    assert listed[2] == info
    assert folders(gateway) == ["mine"]  # nothing else is left of the upload


async def test_pages_hold_built_in_and_uploaded_ones(http: httpx.AsyncClient) -> None:
    await put(http)
    names: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = (await http.get("/v1/datasets", params={"limit": 3, **cursor})).json()
        names += [item["name"] for item in page["datasets"]]
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}
    assert names == ["digits", "fashion_mnist", "mine", "mnist"]


async def test_a_sheet_of_samples(http: httpx.AsyncClient) -> None:
    await put(http)
    answer = await http.get("/v1/datasets/mine/samples")
    assert answer.headers["content-type"] == "image/png"
    assert Image.open(io.BytesIO(answer.content)).size == (320, 64)
    again = await http.get("/v1/datasets/mine/samples", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


async def test_a_sheet_of_a_built_in_data_set_once_its_images_are_there(
    http: httpx.AsyncClient, gateway: Gateway
) -> None:
    missing = await http.get("/v1/datasets/digits/samples")
    assert missing.status_code == 404
    assert "the first training on it brings them along" in missing.json()["detail"]
    assert (await http.get("/v1/datasets/digits")).json()["at_hand"] is False
    labels = np.arange(1797, dtype=np.int32) % 10
    images = (labels * 20).astype(np.uint8)[:, None, None, None].repeat(2, 1).repeat(2, 2)
    folder = gateway.home / "datasets" / "digits"
    gateway.store.datasets.keep_images("digits", lambda: npy(images), lambda: npy(labels))
    assert (await http.get("/v1/datasets/digits")).json()["at_hand"] is True
    answer = await http.get("/v1/datasets/digits/samples")
    drawn = np.asarray(Image.open(io.BytesIO(answer.content)))
    assert drawn.shape == (20, 20)
    assert (drawn == np.repeat(np.arange(10) * 20, 2)[:, None]).all(), "a row for each class"

    # A home of an earlier version has no labels: the images are shown as they come.
    (folder / "labels.npy").unlink()
    answer = await http.get("/v1/datasets/digits/samples")
    drawn = np.asarray(Image.open(io.BytesIO(answer.content)))
    assert drawn.shape == (10, 20)
    assert (drawn == np.repeat(np.arange(10) * 20, 2)).all()
    # The next training brings them.
    gateway.store.datasets.keep_images("digits", lambda: npy(images[:0]), lambda: npy(labels))
    answer = await http.get("/v1/datasets/digits/samples")
    assert Image.open(io.BytesIO(answer.content)).size == (20, 20)


@pytest.mark.parametrize("name", ["mine", "mnist"])
async def test_a_taken_name(http: httpx.AsyncClient, name: str) -> None:
    await put(http)
    answer = await put(http, name, COLOUR)
    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/name-taken"
    assert (await http.get("/v1/datasets/mine")).json()["image_shape"] == [32, 32, 1]


@pytest.mark.parametrize("name", ["Mine", "a b", "a.b", "-a", "a" * 64])
async def test_a_name_that_is_none(http: httpx.AsyncClient, name: str) -> None:
    answer = await put(http, name)
    assert answer.status_code == 422
    assert [error["path"] for error in answer.json()["errors"]] == ["name"]


async def test_a_refusal_names_the_file_and_keeps_nothing(
    http: httpx.AsyncClient, gateway: Gateway
) -> None:
    answer = await put(http, data=zipped(blots(24, classes=2) | {"class 1/cat.png": b"meow"}))
    assert answer.status_code == 422
    problem = answer.json()
    assert problem["detail"] == "class 1/cat.png is no PNG, JPEG or WebP image, or a broken one."
    assert problem["errors"] == [
        {"path": "class 1/cat.png", "message": "is no PNG, JPEG or WebP image, or a broken one"}
    ]
    assert folders(gateway) == []
    assert (await http.get("/v1/datasets/mine")).status_code == 404
    assert (await put(http)).status_code == 201


async def test_a_body_of_nothing(http: httpx.AsyncClient) -> None:
    answer = await put(http, data=b"")
    assert answer.status_code == 422
    assert "has to be a zip" in answer.json()["detail"]


async def test_uploads_may_be_longer_than_other_bodies(http: httpx.AsyncClient, gateway: Gateway) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (24, 200, 200, 3), np.uint8)
    data = zipped({f"{number}.png": encoded(image) for number, image in enumerate(noise)})
    assert len(data) > middleware.MAX_BODY
    assert (await put(http, data=data)).status_code == 201
    strict = Gateway(gateway.home, upload_limits=UploadLimits(max_upload=10_000))

    async def piecemeal() -> AsyncIterator[bytes]:
        for start in range(0, len(data), 1000):
            yield data[start : start + 1000]

    async with strict.http() as refusing:
        for content in (data, piecemeal()):
            answer = await refusing.put("/v1/datasets/other", content=content)
            assert answer.status_code == 413
    assert folders(gateway) == ["mine"]


@pytest.mark.parametrize("after", [1, 30])
async def test_a_full_disk(tmp_path: Path, after: int) -> None:
    images = itertools.count(1)

    def full() -> None:
        if next(images) == after:  # of 24 images, which are looked at first, and then written
            raise OSError(errno.ENOSPC, "No space left on device")

    gateway = Gateway(tmp_path, unpack=unpack_with(full))
    async with gateway.http() as http:
        answer = await put(http)
    assert answer.status_code == 507
    assert "the disk is full" in answer.json()["detail"]
    assert folders(gateway) == []


async def test_uploads_wait_for_each_other_and_too_many_are_sent_away(tmp_path: Path) -> None:
    go_on = threading.Event()
    gateway = Gateway(
        tmp_path, upload_limits=UploadLimits(at_once=2), unpack=unpack_with(lambda: assert_set(go_on))
    )
    async with gateway.http() as http:
        tasks = [asyncio.ensure_future(put(http, f"set-{number}")) for number in range(3)]
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        refused = done.pop().result()
        assert refused.status_code == 503
        assert int(refused.headers["retry-after"]) > 0
        go_on.set()
        answers = await asyncio.gather(*tasks)
    assert sorted(answer.status_code for answer in answers) == [201, 201, 503]


def assert_set(event: threading.Event) -> None:
    assert event.wait(30)


async def test_two_uploads_of_one_name_make_one_data_set(http: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(put(http), put(http, data=COLOUR))
    assert sorted(answer.status_code for answer in answers) == [201, 409]


async def test_an_upload_that_nobody_waits_for_stops(tmp_path: Path) -> None:
    begun, seen, is_slow = asyncio.Event(), 0, True
    loop = asyncio.get_running_loop()

    def slow() -> None:
        nonlocal seen
        if is_slow:
            seen += 1
            loop.call_soon_threadsafe(begun.set)
            time.sleep(0.05)

    gateway = Gateway(tmp_path, unpack=unpack_with(slow))
    async with gateway.http() as http:
        task = asyncio.ensure_future(put(http))
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert folders(gateway) == []
        is_slow = False
        assert (await put(http)).status_code == 201
    assert seen < 24


async def test_removing(http: httpx.AsyncClient, gateway: Gateway) -> None:
    await put(http)
    assert (await http.delete("/v1/datasets/mine")).status_code == 204
    assert (await http.delete("/v1/datasets/mine")).status_code == 404
    assert (await http.get("/v1/datasets/mine/samples")).status_code == 404
    assert folders(gateway) == []
    built_in = await http.delete("/v1/datasets/mnist")
    assert built_in.status_code == 409
    assert "comes with Latent Atlas" in built_in.json()["detail"]


async def test_what_an_unfinished_run_uses_stays(http: httpx.AsyncClient) -> None:
    await put(http)
    await http.post("/v1/runs", json={"name": "user", "dataset": "mine"})
    answer = await http.delete("/v1/datasets/mine")
    assert answer.status_code == 409
    assert "is used by user" in answer.json()["detail"]
    await http.post("/v1/runs/user/cancel")
    assert (await http.delete("/v1/datasets/mine")).status_code == 204
    # The run still knows the names of its classes.
    assert (await http.get("/v1/runs/user")).json()["classes"] == ["class 0", "class 1"]
    again = await http.post("/v1/runs", json={"name": "late", "dataset": "mine"})
    assert again.status_code == 422
    assert again.json()["errors"][0]["path"] == "dataset"


@pytest.mark.parametrize(("data", "channels", "classes"), [(GREY, 1, 2), (COLOUR, 3, 8)])
@pytest.mark.parametrize("architecture", ["dcgan28", "dcgan64"])
async def test_networks_have_the_channels_of_the_data(
    http: httpx.AsyncClient, architecture: str, data: bytes, channels: int, classes: int
) -> None:
    await put(http, data=data)
    spec = {"name": "a", "dataset": "mine", "network": {"architecture": architecture}}
    preview = (await http.post("/v1/runs/preview", json=spec)).json()
    side = int(architecture[-2:])
    assert preview["generator"]["layers"][-1]["output_shape"] == [side, side, channels]
    kernel = preview["discriminator"]["layers"][0]
    assert kernel["parameters"] == (25 if side == 28 else 9) * channels * 64 + 64
    view = (await http.post("/v1/runs", json=spec)).json()
    assert len(view["classes"]) == classes


async def test_without_classes_nothing_can_be_conditional(http: httpx.AsyncClient) -> None:
    await put(http, data=COLOUR)
    assert (await http.get("/v1/datasets/mine")).json()["classes"] == []
    spec = {"name": "a", "dataset": "mine", "conditional": True}
    for path in ("/v1/runs/preview", "/v1/runs"):
        answer = await http.post(path, json=spec)
        assert answer.status_code == 422
        assert [error["path"] for error in answer.json()["errors"]] == ["conditional"]
    view = (await http.post("/v1/runs", json={"name": "a", "dataset": "mine"})).json()
    assert view["classes"] == list(GROUPS)


async def test_the_gateway_answers_while_it_unpacks(tmp_path: Path) -> None:
    begun, answered = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    def waiting() -> None:
        loop.call_soon_threadsafe(begun.set)
        assert answered.wait(30)

    async with Gateway(tmp_path, unpack=unpack_with(waiting)).http() as http:
        task = asyncio.ensure_future(put(http))
        await begun.wait()
        assert (await http.get("/healthz")).status_code == 200
        answered.set()
        assert (await task).status_code == 201


def test_what_a_dead_process_left_is_swept(gateway: Gateway) -> None:
    store = gateway.store.datasets
    old, new = store.staging(), store.staging()
    (old / "upload.zip").write_bytes(encoded(blot(1)))
    long_ago = time.time() - 2 * 24 * 3600
    os.utime(old, (long_ago, long_ago))
    store.sweep()
    assert folders(gateway) == [new.name]
    assert [info.name for info in store.infos()] == ["digits", "mnist", "fashion_mnist"]


async def test_an_old_classifier_is_not_taken_for_a_data_set(
    http: httpx.AsyncClient, gateway: Gateway, tmp_path: Path
) -> None:
    await put(http)
    first = gateway.store.datasets.classifier("mine")
    await http.delete("/v1/datasets/mine")
    first.mkdir(parents=True)  # a training that ended meanwhile keeps its classifier
    assert (await put(http, data=COLOUR)).status_code == 201
    second = gateway.store.datasets.classifier("mine")
    assert first != second
    assert not first.exists()


# Looked at before it is kept --------------------------------------------------------------


async def previewed(http: httpx.AsyncClient, data: bytes = GREY, **params: str) -> Any:
    answer = await http.post("/v1/dataset-previews", content=data, params=params)
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"/v1/dataset-previews/{answer.json()['id']}"
    return answer.json()


async def keep(http: httpx.AsyncClient, preview: str, **body: Any) -> httpx.Response:
    return await http.post(f"/v1/dataset-previews/{preview}/keep", json=body)


async def test_a_preview_shows_what_an_upload_would_become(http: httpx.AsyncClient) -> None:
    made = await previewed(http, zipped({".git/config": b"x"} | blots(24, classes=2)))
    assert made["classes"] == [{"name": f"class {n}", "train": 10, "test": 2} for n in range(2)]
    assert (made["train"], made["test"], made["own_parts"], made["skipped"]) == (20, 4, False, 1)
    assert made["image_shape"] == [32, 32, 1]
    assert (await http.get(f"/v1/dataset-previews/{made['id']}")).json() == made
    sheet = await http.get(f"/v1/dataset-previews/{made['id']}/samples")
    assert Image.open(io.BytesIO(sheet.content)).size == (320, 64)
    listed = (await http.get("/v1/datasets")).json()["datasets"]
    assert [item["name"] for item in listed] == ["digits", "fashion_mnist", "mnist"]


async def test_a_preview_is_kept_under_other_names(http: httpx.AsyncClient, gateway: Gateway) -> None:
    made = await previewed(http, name="mine")
    answer = await keep(http, made["id"], name="mine", classes={"class 1": "Wolke "})
    assert answer.status_code == 201
    assert answer.headers["location"] == "/v1/datasets/mine"
    assert answer.json()["classes"] == ["class 0", "Wolke"]
    kept = (await http.get("/v1/datasets/mine")).json()
    assert (kept["title"], kept["classes"]) == ("mine, uploaded", ["class 0", "Wolke"])
    assert folders(gateway) == ["mine"]
    assert (await keep(http, made["id"], name="again")).status_code == 404
    # Names are part of what a classifier learns, so it is another data set than one without them.
    await put(http, "plain")
    store = gateway.store.datasets
    assert store.card("plain").sha256 != store.card("mine").sha256
    again = await previewed(http)
    await keep(http, again["id"], name="same")
    assert store.card("same").sha256 == store.card("plain").sha256


@pytest.mark.parametrize(
    ("body", "status", "path"),
    [
        ({}, 422, "name"),
        ({"name": "No Name"}, 422, "name"),
        ({"name": "mine", "classes": {"cat": "dog"}}, 422, "classes.cat"),
        ({"name": "mine", "classes": {"class 0": "class 1"}}, 422, "classes.class 0"),
        ({"name": "mine", "classes": {"class 0": " "}}, 422, "classes.class 0"),
        ({"name": "mine", "classes": {"class 0": "a\nb"}}, 422, "classes.class 0"),
        ({"name": "mine", "classes": {"class 0": "n" * 65}}, 422, "classes.class 0"),
        ({"name": "mine", "labels": {}}, 422, "labels"),
        ({"name": "mnist"}, 409, None),
        ({"name": "taken"}, 409, None),
    ],
)
async def test_a_preview_waits_on_when_it_cannot_be_kept_so(
    http: httpx.AsyncClient, body: dict[str, Any], status: int, path: str | None
) -> None:
    await put(http, "taken")
    made = await previewed(http)
    answer = await keep(http, made["id"], **body)
    assert answer.status_code == status
    assert [error["path"] for error in answer.json().get("errors", ())] == ([path] if path else [])
    swapped = {"class 0": "class 1", "class 1": "class 0"}
    assert (await keep(http, made["id"], name="mine", classes=swapped)).json()["classes"] == [
        "class 1",
        "class 0",
    ]


async def test_a_name_that_went_to_another_meanwhile(tmp_path: Path) -> None:
    class Racing(DatasetStore):
        def take_preview(self, preview: str) -> Path:
            mine = tmp_path / "datasets" / "mine"
            if not mine.exists():
                mine.mkdir()
                (mine / "dataset.json").write_text("another's")
            return super().take_preview(preview)

    async with Gateway(tmp_path, datasets=Racing(tmp_path / "datasets")).http() as http:
        made = await previewed(http)
        assert (await keep(http, made["id"], name="mine", classes={"class 0": "a"})).status_code == 409
        waiting = (await http.get(f"/v1/dataset-previews/{made['id']}")).json()
        assert waiting["classes"] == made["classes"]
        assert (await keep(http, made["id"], name="other")).status_code == 201


async def test_a_preview_is_discarded(http: httpx.AsyncClient, gateway: Gateway) -> None:
    made = await previewed(http)
    assert (await http.post(f"/v1/dataset-previews/{made['id']}/discard")).status_code == 204
    assert folders(gateway) == []
    for answer in (
        await http.post(f"/v1/dataset-previews/{made['id']}/discard"),
        await http.get(f"/v1/dataset-previews/{made['id']}"),
        await http.get("/v1/dataset-previews/..%2f..%2fruns/samples"),
        await http.get(f"/v1/dataset-previews/{'0' * 32}/samples"),
    ):
        assert answer.status_code == 404


async def test_a_refused_preview_leaves_nothing(http: httpx.AsyncClient, gateway: Gateway) -> None:
    answer = await http.post("/v1/dataset-previews", content=zipped(blots(3)))
    assert answer.status_code == 422
    await put(http)
    taken = await http.post("/v1/dataset-previews", content=GREY, params={"name": "mine"})
    assert taken.status_code == 409
    assert folders(gateway) == ["mine"]


async def test_previews_may_be_as_long_as_uploads(http: httpx.AsyncClient) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (24, 200, 200, 3), np.uint8)
    data = zipped({f"{number}.png": encoded(image) for number, image in enumerate(noise)})
    assert len(data) > middleware.MAX_BODY
    assert (await previewed(http, data))["train"] == 20


def test_previews_do_not_wait_for_ever_and_not_too_many(gateway: Gateway) -> None:
    store = DatasetStore(gateway.home / "datasets", preview_seconds=1000, max_previews=2)
    card = DatasetCard(info=DATASETS["digits"], sha256="", created=datetime.now(UTC))
    ids = [store.hold_preview(card, store.staging()) for _ in range(2)]
    old = gateway.home / "datasets" / f".preview-{ids[0]}"
    os.utime(old, (time.time() - 500, time.time() - 500))
    ids.append(store.hold_preview(card, store.staging()))
    assert sorted(folders(gateway)) == sorted(f".preview-{preview}" for preview in ids[1:])
    for path in (gateway.home / "datasets").glob(".preview-*"):
        os.utime(path, (time.time() - 1500, time.time() - 1500))
    store.sweep()
    assert folders(gateway) == []


async def test_two_who_keep_the_same_preview_make_one_data_set(http: httpx.AsyncClient) -> None:
    made = await previewed(http)
    answers = await asyncio.gather(*(keep(http, made["id"], name=name) for name in ("one", "two")))
    assert sorted(answer.status_code for answer in answers) == [201, 404]
