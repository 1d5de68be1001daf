"""From a zip sent to the HTTP app to a trained and exported model."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from services.contracts.datasets import GROUPS
from services.contracts.errors import DatasetNotFound, InvalidInput
from services.contracts.training.spec import TrainingSpec, parse_spec
from services.store import Store
from services.trainer.session.session import train_run
from tests.support.gateway import Gateway
from tests.support.images import blots, zipped
from tests.support.training import QUICK, Orders, small_spec

pytestmark = pytest.mark.tensorflow


def train(store: Store, name: str) -> str:
    fence = store.runs.claim(name)
    return train_run(
        store,
        name,
        fence,
        None,
        Orders(),
        lambda: None,
        scrutiny=QUICK,
    )


def spec(name: str, dataset: str, **network: Any) -> TrainingSpec:
    return small_spec(
        name=name,
        dataset=dataset,
        epochs=1,
        network=network,
        monitor={"map_resolution": 4},
        export={"every": 1},
    )


@pytest.mark.parametrize(
    ("architecture", "classes", "colour"),
    [("dcgan28", 2, False), ("dcgan64", 0, True)],
    ids=["grey with folders", "colour without"],
)
async def test_an_upload_is_trained_exported_and_mapped(
    tmp_path: Path, architecture: str, classes: int, colour: bool
) -> None:
    gateway = Gateway(tmp_path)
    names = [f"class {number}" for number in range(classes)] or list(GROUPS)
    shape = (int(architecture[-2:]),) * 2 + (3 if colour else 1,)
    async with gateway.http() as http:
        sent = await http.put(
            "/v1/datasets/mine", content=zipped(blots(48, classes=classes, colour=colour))
        )
        assert sent.status_code == 201
        body = spec("mine-2d", "mine", architecture=architecture).model_dump(mode="json")
        assert (await http.post("/v1/runs", json=body)).status_code == 202
        preview = (await http.post("/v1/runs/preview", json=body)).json()

        assert train(gateway.store, "mine-2d") == "succeeded"

        card = gateway.store.models.card("mine-2d")
        assert card.classes == tuple(names)
        assert card.image_shape == shape
        report = (await http.get("/v1/runs/mine-2d/report")).json()
        assert report["parameters"]["generator"]["total"] == preview["generator"]["total"]
        assert report["parameters"]["discriminator"]["total"] == preview["discriminator"]["total"]
        # The data set may go now; what was made of it stays.
        assert (await http.delete("/v1/datasets/mine")).status_code == 204
        drawn = (await http.get("/v1/runs/mine-2d/maps/1")).json()
        assert list(drawn["shares"]) == names
        assert np.shape(drawn["classes"]) == (4, 4)
        sheet = Image.open(io.BytesIO((await http.get("/v1/runs/mine-2d/snapshots/1")).content))
        assert sheet.mode == ("RGB" if colour else "L")
        assert sheet.size == (10 * shape[0], 10 * shape[0])
        assert (await http.get("/v1/models/mine-2d")).json()["image_shape"] == list(shape)


def test_a_data_set_that_is_gone_fails_the_run_in_one_sentence(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.prepare()
    store.runs.create(spec("late", "gone"))
    with pytest.raises(DatasetNotFound):
        train(store, "late")
    record = store.runs.get("late")
    assert record.state == "failed"
    assert record.error == "There is no dataset named 'gone'; there are: digits, mnist, fashion_mnist."


async def test_a_conditional_run_without_classes_is_refused_by_the_trainer_too(tmp_path: Path) -> None:
    gateway = Gateway(tmp_path)
    async with gateway.http() as http:
        await http.put("/v1/datasets/mine", content=zipped(blots(24)))
    gateway.store.runs.create(
        parse_spec({"name": "asked", "dataset": "mine", "conditional": True, "epochs": 1})
    )
    with pytest.raises(InvalidInput, match="has no classes"):
        train(gateway.store, "asked")
    assert gateway.store.runs.get("asked").state == "failed"
