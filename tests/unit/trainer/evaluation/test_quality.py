"""Quality figures against one-line references, and against what torch-fidelity and prdc say.

The reference numbers were made once from the very features below: torch-fidelity 0.4.0 (on PyTorch
2.14.1) for Fréchet distance, KID (one subset of everything), precision, recall and score; prdc 0.2 for
density and coverage.
"""

import subprocess
import sys

import numpy as np
import pytest
from numpy.typing import NDArray

from services.trainer.evaluation.quality.classes import classifier_score, label_fidelity
from services.trainer.evaluation.quality.distances import blocks, neighbour_radii
from services.trainer.evaluation.quality.frechet import frechet_distance
from services.trainer.evaluation.quality.kernel import kernel_distance, squared_mmd
from services.trainer.evaluation.quality.manifold import manifold

Features = NDArray[np.float64]


def sets(name: str) -> tuple[Features, Features]:
    """Real and generated features."""
    random = np.random.default_rng(7)
    if name == "near":
        x, y = random.standard_normal((600, 32)), random.standard_normal((500, 32))
        return np.maximum(x, 0), np.maximum(y * 1.1 + 0.1, 0)
    if name == "far":
        x, y = random.standard_normal((400, 16)), random.standard_normal((400, 16))
        return x, y @ random.standard_normal((16, 16)) * 0.5 + 1.0
    # Of rank 5 in 24 dimensions: both covariances are singular.
    parts = [random.standard_normal(shape) for shape in ((300, 5), (5, 24), (300, 5), (5, 24))]
    return parts[0] @ parts[1], parts[2] @ parts[3]


TORCH_FIDELITY = {
    # name: Fréchet distance, KID, precision, recall
    "near": (0.9980846088956135, 0.05204430701252679, 0.5, 0.92166668176651),
    "far": (43.17087087934647, 22.214075782181837, 0.012500000186264515, 0.6050000190734863),
    "singular": (153.94027277187385, 28.919581352076232, 0.006666666828095913, 0.01666666753590107),
}
PRDC = {
    # name: precision and recall (with k = 5 and <), density, coverage
    "near": (0.596, 0.9616666666666667, 0.4204, 0.7783333333333333),
    "far": (0.02, 0.7475, 0.005, 0.0225),
    "singular": (0.016666666666666666, 0.023333333333333334, 0.008666666666666668, 0.023333333333333334),
}


@pytest.mark.parametrize("name", TORCH_FIDELITY)
def test_agrees_with_torch_fidelity(name: str) -> None:
    real, generated = sets(name)
    frechet, kid, precision, recall = TORCH_FIDELITY[name]
    # Theirs takes the root of a matrix that is not symmetric; where it is singular, digits are lost.
    assert frechet_distance(real, generated) == pytest.approx(frechet, rel=1e-7)
    count = min(len(real), len(generated))
    assert squared_mmd(real[:count], generated[:count]) == pytest.approx(kid, rel=1e-12)
    found = manifold(real, generated)
    assert found.precision == pytest.approx(precision, abs=1e-7)
    assert found.recall == pytest.approx(recall, abs=1e-7)


@pytest.mark.parametrize("name", PRDC)
def test_agrees_with_prdc(name: str) -> None:
    real, generated = sets(name)
    found = manifold(real, generated, precision_k=5)
    assert (found.precision, found.recall, found.density, found.coverage) == pytest.approx(PRDC[name])


def test_frechet_distance_of_gaussians_with_one_variance_each() -> None:
    x, y = sets("near")
    # In one dimension: the difference of the means squared, plus that of the deviations squared.
    a, b = x[:, :1], y[:, :1]
    expected = (a.mean() - b.mean()) ** 2 + (a.std(ddof=1) - b.std(ddof=1)) ** 2
    assert frechet_distance(a, b) == pytest.approx(expected)
    assert frechet_distance(x, x) == pytest.approx(0, abs=1e-12)
    assert frechet_distance(x, y) == pytest.approx(frechet_distance(y, x))
    constant = np.zeros_like(x)
    assert frechet_distance(constant, constant + 2) == pytest.approx(4 * 32)


def test_kernel_distance() -> None:
    x, y = (part[:300] for part in sets("near"))
    kernel = [(a @ b.T / 32 + 1) ** 3 for a, b in ((x, x), (y, y), (x, y))]
    off = ~np.eye(300, dtype=bool)
    expected = kernel[0][off].mean() + kernel[1][off].mean() - 2 * kernel[2].mean()
    assert squared_mmd(x, y) == pytest.approx(expected)
    found = kernel_distance(x, y, seed=0)
    assert found.subset_size == 150
    assert found.mean == pytest.approx(expected, abs=4 * found.std / np.sqrt(100) + 1e-3)
    assert found.std > 0
    assert found == kernel_distance(x, y, seed=0)
    whole = kernel_distance(x, y, seed=0, subsets=3, subset_size=300)
    assert (whole.mean, whole.std) == pytest.approx((expected, 0), abs=1e-12)


def test_few_vectors_have_the_same_kernel_distance_as_many() -> None:
    x, y = sets("near")[0][:80], sets("near")[1][:60]
    once, each = (kernel_distance(x, y, seed=0, few=few) for few in (80, 79))
    assert (once.mean, once.std) == pytest.approx((each.mean, each.std), rel=1e-9)
    assert once.subset_size == each.subset_size == 30


def test_kernel_distance_is_unbiased() -> None:
    random = np.random.default_rng(3)
    same = [squared_mmd(*random.standard_normal((2, 30, 8))) for _ in range(400)]
    assert abs(np.mean(same)) < 4 * np.std(same) / np.sqrt(len(same))


def test_manifold_against_all_distances_at_once() -> None:
    real, generated = sets("near")
    within = np.linalg.norm(real[:, None] - real[None], axis=2)
    within_generated = np.linalg.norm(generated[:, None] - generated[None], axis=2)
    across = np.linalg.norm(generated[:, None] - real[None], axis=2)
    third, fifth = np.sort(within, 1)[:, 3], np.sort(within, 1)[:, 5]
    found = manifold(real, generated, cells=7 * 600)
    assert found.precision == (across <= third).any(1).mean()
    assert found.recall == (np.sort(within_generated, 1)[:, 3] >= across.T).any(1).mean()
    assert found.density == pytest.approx((across < fifth).sum() / 5 / len(generated))
    assert found.coverage == (across.min(0) < fifth).mean()


def test_images_that_are_all_the_same() -> None:
    real, _ = sets("near")
    found = manifold(real, np.repeat(real[:1], 50, axis=0))
    assert found.precision == 1
    assert found.recall == 1 / len(real)
    assert found.coverage < 0.05


def test_distances_come_in_blocks_and_can_be_stopped() -> None:
    x, y = sets("near")
    places = [place for place, _ in blocks(x, y, cells=100 * 500)]
    assert [place.stop for place in places] == [100, 200, 300, 400, 500, 600]
    assert neighbour_radii(x[:3], (5,), cells=100 * 500).shape == (1, 3)

    def stop() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        neighbour_radii(x, (3,), stop, cells=100 * 500)


def test_classifier_score() -> None:
    logits = np.random.default_rng(7).standard_normal((500, 10)) * 3
    p = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    expected = np.exp((p * np.log(p / p.mean(0))).sum(1).mean())
    assert classifier_score(logits) == pytest.approx(expected)
    # torch-fidelity (one split) on the same logits.
    assert classifier_score(logits) == pytest.approx(3.922287017478984)
    assert classifier_score(np.zeros((5, 10))) == pytest.approx(1)
    assert classifier_score(np.eye(10) * 1e4) == pytest.approx(10)


def test_label_fidelity() -> None:
    logits = np.eye(3)[[0, 0, 1, 1, 0]]
    overall, labels = label_fidelity(logits, np.array([0, 0, 1, 0, 1], np.int32), ("a", "b", "c"))
    assert overall == pytest.approx(0.6)
    assert labels == pytest.approx({"a": 2 / 3, "b": 1 / 2})


def test_nothing_of_it_needs_tensorflow() -> None:
    modules = ", ".join(
        f"services.trainer.evaluation.quality.{name}"
        for name in ("frechet", "kernel", "manifold", "classes")
    )
    code = f"import sys, {modules}; sys.exit('tensorflow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
