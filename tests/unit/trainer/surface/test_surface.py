"""Loss surfaces of a real small training, against losses that are computed directly."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from services.contracts.errors import AtlasError
from services.contracts.runs.surfaces import LossSurface, SurfaceDirections, SurfaceNetwork
from services.contracts.training.spec import TrainingSpec
from services.store.states import StateName
from services.trainer.backend import tf
from services.trainer.surface.fixed_loss import FixedLoss
from services.trainer.surface.path import read_path, spread
from services.trainer.surface.surface import Asked, Surface
from services.trainer.training.checkpoints import Checkpoint, Checkpoints
from services.trainer.training.draws import Draws
from services.trainer.training.loop import Training
from tests.support.training import small_digits, small_spec, training

pytestmark = pytest.mark.tensorflow

EPOCHS = (1, 2, 3, 4)
NETWORKS: tuple[SurfaceNetwork, ...] = ("generator", "discriminator")


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., tuple[Training, Path]]:
    """From changes of a small spec to its training and the folder of its states, once for each."""
    made: dict[str, tuple[Training, Path]] = {}

    def of(**changes: Any) -> tuple[Training, Path]:
        key = repr(changes)
        if key not in made:
            spec = small_spec(epochs=EPOCHS[-1], precision="float32", **changes)
            folder = tmp_path_factory.mktemp("states")
            made[key] = (training(spec, folder, lasting=EPOCHS), folder)
            assert made[key][0].run() == "finished"
        return made[key]

    return of


def surface(
    spec: TrainingSpec, folder: Path, network: SurfaceNetwork, directions: SurfaceDirections, cells: int = 5
) -> tuple[Surface, LossSurface]:
    asked = Asked(network, directions, cells)
    made = Surface(spec, small_digits(), Checkpoints(folder), asked, EPOCHS)
    return made, made.whole([made.row(number) for number in range(cells)])


def logits(of: Training) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Of the first batch's real images, and of images at its points, by the networks of a training."""
    draws, first = Draws(of.spec, small_digits().train), tf.constant(0)
    draws.shuffle(0)
    real, label = draws.real(first, slice(None))
    generated = of.generator(draws.points(first, first), label, estimating=True)
    found = (of.discriminator(images, label)[:, 0].numpy() for images in (real, generated))
    theirs, ours = (np.asarray(one, np.float64) for one in found)
    return theirs, ours


def bce(of: Training, network: SurfaceNetwork) -> float:
    real, generated = logits(of)
    if network == "generator":
        return float(np.mean(np.logaddexp(0, -generated)))
    return float(np.mean(np.logaddexp(0, -real) + np.logaddexp(0, generated)))


@pytest.mark.parametrize("network", NETWORKS)
def test_the_loss_at_the_newest_state_is_that_of_the_training_itself(
    trained: Callable[..., tuple[Training, Path]], network: SurfaceNetwork
) -> None:
    whole, folder = trained()
    _, found = surface(whole.spec, folder, network, "random")
    expected = bce(whole, network)
    assert found.loss[2][2] == pytest.approx(expected, rel=1e-5)
    assert found.path[-1].loss == pytest.approx(expected, rel=1e-5)
    assert (found.path[-1].x, found.path[-1].y, found.path[-1].distance) == (0, 0, 0)
    assert (found.epoch, found.images, [point.epoch for point in found.path]) == (4, 16, list(EPOCHS))


@pytest.mark.parametrize("network", NETWORKS)
def test_along_the_path_the_other_network_stays_as_it_is_now(
    trained: Callable[..., tuple[Training, Path]], network: SurfaceNetwork, tmp_path: Path
) -> None:
    whole, folder = trained()
    _, found = surface(whole.spec, folder, network, "path")
    old = Checkpoints(folder).read(StateName(2)).arrays
    again = training(whole.spec, tmp_path)
    pairs = ((again.generator, whole.generator), (again.discriminator, whole.discriminator))
    for name, (mine, newest) in zip(NETWORKS, pairs, strict=True):
        before = 0 if name == "generator" else len(whole.generator.weights)
        for number, weight in enumerate(mine.weights):
            weight.assign(old[before + number] if name == network else newest.weights[number])
    assert found.path[1].loss == pytest.approx(bce(again, network), rel=1e-5)


def test_smoothing_is_part_of_the_loss_and_penalties_are_not(
    trained: Callable[..., tuple[Training, Path]],
) -> None:
    whole, folder = trained(regularization={"label_smoothing": 0.2, "r1": 50.0})
    _, found = surface(whole.spec, folder, "discriminator", "random")
    real, generated = logits(whole)
    expected = np.mean(np.logaddexp(0, -real) + 0.2 * real + np.logaddexp(0, generated))
    assert found.loss[2][2] == pytest.approx(float(expected), rel=1e-5)


@pytest.mark.parametrize("network", NETWORKS)
def test_conditional_networks_and_losses_of_pairs_have_surfaces_too(
    trained: Callable[..., tuple[Training, Path]], network: SurfaceNetwork
) -> None:
    whole, folder = trained(conditional=True, loss="relativistic")
    _, found = surface(whole.spec, folder, network, "random")
    real, generated = logits(whole)
    sign = 1 if network == "generator" else -1
    expected = np.mean(np.logaddexp(0, sign * (real - generated)))
    assert found.loss[2][2] == pytest.approx(float(expected), rel=1e-5)


def test_filters_lie_along_the_outputs_of_each_layer() -> None:
    spec = small_spec(conditional=True)
    for network in NETWORKS:
        loss = FixedLoss(spec, small_digits(), network)
        for weight, axis in zip(loss.weights, loss.filters, strict=True):
            rank, layer = len(weight.shape), weight.path
            if rank == 1:
                assert axis is None, layer
            elif weight.name == "embeddings":
                assert axis == 0, layer
            else:
                transposed = rank == 4 and network == "generator"
                assert axis == (2 if transposed else -1), layer


def planted(whole: Training, folder: Path, target: Path) -> NDArray[np.float32]:
    """States on a straight line to the newest one; returns their distances from it."""
    newest = Checkpoints(folder).read(StateName(EPOCHS[-1])).arrays
    random = np.random.default_rng(0)
    steps = [random.standard_normal(array.shape).astype(np.float32) * 0.01 for array in newest]
    steps = [step if array.ndim > 1 else 0 * step for step, array in zip(steps, newest, strict=True)]
    kept = Checkpoints(target, lasting=lambda: EPOCHS)
    for epoch in EPOCHS:
        back = EPOCHS[-1] - epoch
        arrays = [array - back * step for array, step in zip(newest, steps, strict=True)]
        kept.save(Checkpoint(epoch, 0, arrays, None))
    length = np.sqrt(sum(float(np.sum(step**2)) for step in steps[: len(whole.generator.weights)]))
    return np.array([length * (EPOCHS[-1] - epoch) for epoch in EPOCHS], np.float32)


def test_the_plane_of_a_straight_path_holds_it_and_its_losses(
    trained: Callable[..., tuple[Training, Path]], tmp_path: Path
) -> None:
    whole, folder = trained()
    distances = planted(whole, folder, tmp_path)
    made, found = surface(whole.spec, tmp_path, "generator", "path")
    assert found.explained == pytest.approx(1, abs=1e-5)
    np.testing.assert_allclose([-point.x for point in found.path], distances, rtol=1e-3, atol=1e-5)
    for point in found.path:
        assert point.y == pytest.approx(0, abs=1e-3)
        assert point.distance == pytest.approx(0, abs=1e-2)
        assert point.loss is not None
        assert made.at(point.x, point.y) == pytest.approx(point.loss, rel=1e-3)
    _, hidden = surface(whole.spec, tmp_path, "generator", "random")
    assert hidden.explained < 0.1


def test_states_that_are_gone_or_damaged_are_left_out(
    trained: Callable[..., tuple[Training, Path]], tmp_path: Path
) -> None:
    whole, folder = trained()
    shutil.copytree(folder, tmp_path / "states")
    states, loss = Checkpoints(tmp_path / "states"), FixedLoss(whole.spec, small_digits(), "generator")
    (tmp_path / "states" / "000002" / "weights.npz").write_bytes(b"PK\x03\x04 no more")
    assert read_path(states, EPOCHS, loss.places).epochs == (1, 3, 4)
    shutil.rmtree(tmp_path / "states" / "000003")
    with pytest.raises(AtlasError, match="Only 2 training states can be read"):
        read_path(states, EPOCHS, loss.places)


def test_of_many_states_evenly_spread_ones_are_taken() -> None:
    assert spread([3, 5, 9]) == (3, 5, 9)
    chosen = spread(range(1, 1001))
    assert (len(chosen), chosen[0], chosen[-1]) == (64, 1, 1000)
    assert set(np.diff(chosen)) <= {15, 16}
