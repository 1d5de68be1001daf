"""What the judges say, where the real images lie, and the images themselves."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest

from latent_atlas_client import Judgement, RealImages, png
from services.contracts.api.judges import Judged, RealImageList
from tests.unit.client.canned import Canned, client


def judgement(discriminator: float, two_sample: float) -> dict[str, Any]:
    return {
        "classes": [
            {"label": "b", "index": 1, "probability": 0.75},
            {"label": "a", "index": 0, "probability": 0.25},
        ],
        "discriminator": {"score": 1.5, "probability": discriminator},
        "two_sample": {"probability": two_sample},
    }


JUDGED = {"model": "m", "version": 10, "judgements": [judgement(0.75, 0.25), judgement(0.5, 0.125)]}


def judging() -> Canned:
    Judged.model_validate(JUDGED)
    return Canned({"POST /models/m/judge": lambda _: httpx.Response(200, json=JUDGED)})


def test_points_are_judged() -> None:
    canned = judging()
    with client(canned) as atlas:
        judged = atlas.models.judge("m", np.array([[0.5, -0.25], [0, 0]]), labels=[1, 0], version=10)
    assert canned.bodies == [{"points": [[0.5, -0.25], [0, 0]], "labels": [1, 0], "version": 10}]
    assert (judged.model, judged.version, len(judged.judgements)) == ("m", 10, 2)
    assert judged.class_probabilities.tolist() == [[0.25, 0.75]] * 2
    assert judged.discriminator.tolist() == [0.75, 0.5]
    assert judged.discriminator_scores.tolist() == [1.5, 1.5]
    assert judged.two_sample.tolist() == [0.25, 0.125]
    first = judged.judgements[0]
    assert [(item.label, item.probability) for item in first.classes] == [("b", 0.75), ("a", 0.25)]


def test_an_image_is_judged(tmp_path: Path) -> None:
    pixels = np.arange(16, dtype=np.uint8).reshape(4, 4)
    file = tmp_path / "image.png"
    file.write_bytes(png.encode(pixels))
    canned = judging()
    with client(canned) as atlas:
        for image in (pixels, file.read_bytes(), file):
            atlas.models.judge("m", image=image, label=3, version=7)
    assert canned.queries == [{"label": "3", "version": "7"}] * 3
    assert [request.content for request in canned.requests] == [file.read_bytes()] * 3


def test_either_points_or_an_image() -> None:
    canned = judging()
    with client(canned) as atlas:
        with pytest.raises(ValueError, match="not both"):
            atlas.models.judge("m", [0, 0], image=b"file")
        with pytest.raises(ValueError, match="not both"):
            atlas.models.judge("m", image=b"file", labels=[1])
    assert canned.requests == []


@pytest.mark.parametrize(
    ("discriminator", "two_sample", "sentence"),
    [
        (0.9, 0.1, "The discriminator takes this for real, an independent network does not."),
        (0.1, 0.9, "The discriminator does not take this for real, an independent network does."),
        (0.9, 0.9, "The discriminator takes this for real, and so does an independent network."),
        (0.5, 0.5, "Neither the discriminator nor an independent network takes this for real."),
    ],
)
def test_a_judgement_in_plain_words(discriminator: float, two_sample: float, sentence: str) -> None:
    assert Judgement((), 0.0, discriminator, two_sample).sentence == sentence


def page(indices: list[int], cursor: str | None) -> dict[str, Any]:
    answer = {
        "model": "m",
        "version": 10,
        "dataset": "digits",
        "count": 3,
        "images": [
            {
                "index": index,
                "label": 7,
                "point": [0.1 * index, -0.5],
                "distance": 0.25 * index,
                "class": {"label": "one", "index": 1},
            }
            for index in indices
        ],
        "distance": {"median": 0.5, "p90": 0.75},
        "next_cursor": cursor,
    }
    RealImageList.model_validate(answer)
    return answer


def test_real_images_of_all_pages_are_of_one_version() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        first = "cursor" not in request.url.params
        return httpx.Response(200, json=page([1, 2], "more") if first else page([3], None))

    canned = Canned({"GET /models/m/real-images": answer})
    with client(canned) as atlas:
        found = atlas.models.real_images("m", label=7)
    assert canned.queries == [{"label": "7"}, {"label": "7", "version": "10", "cursor": "more"}]
    assert len(found) == 3
    assert found.points.dtype == np.float32
    assert np.array_equal(found.points, np.array([[0.1, -0.5], [0.2, -0.5], [0.1 * 3, -0.5]], np.float32))
    assert found.indices.tolist() == [1, 2, 3]
    assert found.labels.tolist() == [7] * 3
    assert found.class_ids.tolist() == [1] * 3
    assert found.distances.tolist() == [0.25, 0.5, 0.75]
    assert (found.dataset, found.version, found.median, found.p90) == ("digits", 10, 0.5, 0.75)


def test_there_may_be_no_real_images_of_a_class() -> None:
    empty = {**page([], None), "distance": {"median": None, "p90": None}}
    canned = Canned({"GET /models/m/real-images": lambda _: httpx.Response(200, json=empty)})
    with client(canned) as atlas:
        found = atlas.models.real_images("m", label=3)
    assert (len(found), found.points.shape, found.median) == (0, (0, 0), None)
    assert found.csv == "index,label,class_id,distance\n"


def real(points: np.ndarray[Any, np.dtype[np.float32]]) -> RealImages:
    numbers = np.arange(len(points), dtype=np.int64)
    return RealImages(
        model="m",
        version=10,
        dataset="digits",
        indices=numbers,
        labels=numbers + 1,
        points=points,
        distances=numbers / 4,
        class_ids=numbers + 2,
        median=0.125,
        p90=0.25,
    )


def test_real_images_are_kept_in_files(tmp_path: Path) -> None:
    points = np.array([[0.1, -0.5], [0.2, 1e-5]], np.float32)
    found = real(points)
    assert np.array_equal(np.load(found.save(tmp_path / "points.npy")), points)
    rows = list(csv.reader(io.StringIO(found.save(tmp_path / "all.csv").read_text())))
    assert rows == [
        ["index", "label", "class_id", "distance", "z0", "z1"],
        ["0", "1", "2", "0.0", "0.1", "-0.5"],
        ["1", "2", "3", "0.25", "0.2", "1e-05"],
    ]
    with pytest.raises(ValueError, match=r"must end in \.npy or \.csv"):
        found.save(tmp_path / "points.txt")


def test_an_image_of_a_data_set() -> None:
    pixels = np.arange(12, dtype=np.uint8).reshape(2, 2, 3)
    file = png.encode(pixels)
    canned = Canned({"GET /datasets/digits/images/test/7": lambda _: httpx.Response(200, content=file)})
    with client(canned) as atlas:
        assert np.array_equal(atlas.datasets.image("digits", "test", 7), pixels)
        assert atlas.datasets.image_png("digits", "test", np.int64(7), size=64) == file  # type: ignore[arg-type]
    assert canned.queries == [{}, {"size": "64"}]
    assert canned.requests[0].headers["Accept"] == "image/png"
