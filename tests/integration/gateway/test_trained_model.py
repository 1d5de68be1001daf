"""What the gateway promises about maps, places and pictures, on a generator that was really trained."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from services.contracts.api.models import GenerateRequest
from services.contracts.signatures import CLASSIFY, GENERATE, JUDGE
from services.gateway.catalog.validation import MapQuery
from services.gateway.model_server.protocol import Question
from services.gateway.pictures import arrays
from services.store import Store
from tests.support.gateway import Gateway

pytestmark = pytest.mark.tensorflow

CELL = 2 / 99
"""Of a map of 100 × 100 points over [−1, 1]²."""


class SavedModelClient:
    """The versions of a store, called in this process.

    Classes are those of the nearest mean of the real digits: the classifier inside was spared its training.
    Their probabilities fall with the distances from the means.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._loaded: dict[tuple[str, int], Any] = {}
        images, labels = _digits()
        self._means = np.stack([images[labels == digit].mean(axis=0).ravel() for digit in range(10)])

    async def predict(self, question: Question, seconds: float) -> dict[str, NDArray[Any]]:
        import tensorflow as tf

        key = question.model, question.version
        if key not in self._loaded:
            folder = self._store.home / "models" / question.model / str(question.version)
            self._loaded[key] = tf.saved_model.load(str(folder))
        name = GENERATE if question.signature == CLASSIFY else question.signature
        signature = self._loaded[key].signatures[name]
        answer = signature(**{name: tf.constant(array) for name, array in question.inputs.items()})
        outputs: dict[str, NDArray[Any]] = {name: answer[name].numpy() for name in question.outputs}
        images = question.inputs["image"] if question.signature == JUDGE else answer["image"].numpy()
        probabilities = self._probabilities(images)
        told = {
            "class_id": probabilities.argmax(axis=1).astype(np.int32),
            "class_probability": probabilities.max(axis=1),
            "class_probabilities": probabilities,
        }
        return outputs | {name: value for name, value in told.items() if name in outputs}

    def _probabilities(self, images: NDArray[np.uint8]) -> NDArray[np.float32]:
        pixels = images.reshape(-1, 1, 784).astype(np.float32) / 255
        apart = np.square(pixels - self._means / 255).sum(axis=2) / 10
        odds = np.exp(apart.min(axis=1, keepdims=True) - apart)
        return np.asarray(odds / odds.sum(axis=1, keepdims=True), np.float32)


def _digits() -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Images with pixels from 0 to 255, and their labels."""
    from services.trainer.data import datasets

    part = datasets.load("digits", 28, None).train
    images = np.asarray(part.images, np.float32)
    return (images if images.max() > 1 else (images + 1) * 127.5), np.asarray(part.labels, np.int64)


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A version folder: the digits of scikit-learn, two dimensions, some seconds of training."""
    from services.trainer.data import datasets
    from services.trainer.data.datasets import Dataset, Part
    from services.trainer.training.checkpoints import Checkpoints
    from services.trainer.training.loop import Training
    from tests.support.training import Notebook, Orders, blind_classifier, small_spec

    folder = tmp_path_factory.mktemp("trained")
    spec = small_spec(
        name="digits",
        epochs=8,
        batch_size=32,
        network={"filters": 8, "dropout": 0.0},
        optimizer={
            "generator": {"name": "adam", "learning_rate": 2e-3, "beta_1": 0.5},
            "discriminator": {"name": "adam", "learning_rate": 3e-3, "beta_1": 0.5},
        },
    )
    whole = datasets.load("digits", 28, None)
    some = Part(whole.train.images[:640], whole.train.labels[:640])
    digits = Dataset(whole.name, whole.classes, some, Part(whole.test.images[:40], whole.test.labels[:40]))

    class ExportsTheLast(Notebook):
        def version(self, epoch: int, write: Callable[[Path], None]) -> None:
            if epoch == spec.epochs:
                write(folder / str(epoch))

    checkpoints = Checkpoints(folder / "checkpoints")
    Training(spec, digits, blind_classifier(), checkpoints, ExportsTheLast(), Orders()).run()
    return folder / str(spec.epochs)


@pytest.fixture
def gateway(tmp_path: Path, trained: Path) -> Gateway:
    gateway = Gateway(tmp_path)
    staging = gateway.store.models.staging("digits")
    shutil.copytree(trained, staging, dirs_exist_ok=True)
    assert gateway.store.models.publish("digits", 8, staging, keep=20)
    gateway.client.predict = SavedModelClient(gateway.store).predict  # type: ignore[method-assign]
    return gateway


async def test_random_points_are_found_again_from_their_images(gateway: Gateway) -> None:
    wanted = await gateway.explorer.generate("digits", GenerateRequest(count=60, seed=1))
    found = [
        await gateway.parts.locator.locate("digits", arrays.png(image), None, None)
        for image in wanted.pixels
    ]
    points = np.stack([place.candidates.images.points[0] for place in found])
    near = np.abs(points - wanted.points).max(axis=1) < CELL
    assert near.mean() >= 0.98
    assert max(place.candidates.distances[0] for place in found) < 0.02
    assert np.mean([place.computed for place in found[1:]]) < 1500


async def test_an_adaptive_map_is_nearly_the_exact_one(gateway: Gateway) -> None:
    maps = gateway.maps
    exact, adaptive = [
        (await maps.get(await maps.question("digits", MapQuery(refine=refine)))).computed
        for refine in ("full", "adaptive")
    ]
    assert len(np.unique(exact.cells)) > 1
    assert np.mean(exact.cells == adaptive.cells) > 0.995
    assert adaptive.computed is not None
    assert adaptive.computed < exact.cells.size / 3


async def test_pictures_are_made_again_to_the_byte(gateway: Gateway) -> None:
    async with gateway.http() as http:
        path = "/v1/models/digits"
        images = (await http.post(f"{path}/generate", json={"count": 70, "seed": 2})).json()["images"]
        activations = (await http.post(f"{path}/activations", json={"point": [0.2, -0.7]})).json()
        edits = [{"layer": activations["layers"][-2]["name"], "rows": [3, 4, 5]}]
        ablated = await http.post(f"{path}/ablate", json={"point": [0.2, -0.7], "edits": edits})
        texts = [images[0], images[40], activations["image"], ablated.json()["after"]["image"]]
        texts += [layer[kind] for layer in activations["layers"] for kind in ("average", "channels")]
        files = [base64.b64decode(text) for text in texts]
        walk = {"start": [-1, -1], "end": [1, 0.5], "steps": 40}
        png, gif = {"Accept": "image/png"}, {"Accept": "image/gif"}
        files.append((await http.post(f"{path}/interpolate", json=walk, headers=png)).content)
        files.append((await http.post(f"{path}/interpolate", json=walk, headers=gif)).content)
        files.append((await http.get(f"{path}/map?resolution=30", headers=png)).content)
        gateway.map_store.kept.clear()
        for file in files:
            again = await http.post("/v1/recipes/render", content=file)
            assert again.status_code == 200, again.text
            assert again.content == file
