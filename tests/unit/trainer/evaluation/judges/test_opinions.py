import numpy as np
from numpy.typing import NDArray

from services.trainer.evaluation.judges.figures import measure
from services.trainer.evaluation.judges.opinions import HeldOut, ask
from services.trainer.evaluation.latent_box import Box
from services.trainer.evaluation.thoroughness import Thoroughness

Labels = NDArray[np.int32] | None


class LinearJudges:
    """A generator that stretches everything by 3, and judges that look at the first coordinate."""

    def __init__(self) -> None:
        self.asked: list[Labels] = []
        self.points: list[NDArray[np.float32]] = []

    def opinions(
        self, z: NDArray[np.float32], label: Labels
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        self.asked.append(label)
        self.points.append(z)
        real = ((z[:, 0] + 1) / 2).astype(np.float32)
        return real, 1 - real

    def opinions_of_images(
        self, images: NDArray[np.uint8], label: Labels
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        mean = images.mean((1, 2, 3), dtype=np.float32) / 255
        return mean, 1 - mean

    def stretch(self, z: NDArray[np.float32], label: Labels) -> NDArray[np.float32]:
        return np.full(len(z), 3, np.float32)


HELD_OUT = HeldOut(
    np.full((5, 2, 2, 1), 255, np.uint8), np.zeros((5, 2, 2, 1), np.uint8), np.arange(5, dtype=np.int32) % 2
)


def test_judges_are_asked_about_the_whole_map() -> None:
    judges = LinearJudges()
    told: list[tuple[int, int]] = []
    opinions = ask(
        judges,
        Box(2, -1.0, 1.0),
        None,
        HELD_OUT,
        900,
        Thoroughness(),
        lambda done, steps: told.append((done, steps)),
    )
    found = measure(opinions)
    assert len(opinions.stretch) == len(opinions.discriminator) == 900
    assert found.agreement == -1
    assert found.discriminator_alone == found.two_sample_alone == 0.5
    assert (found.discriminator_calibration, found.two_sample_calibration) == (0, 1)
    assert found.surface == 9 * 4
    assert told == sorted(told)


def test_labels_share_the_points_of_a_conditional_model() -> None:
    judges = LinearJudges()
    ask(judges, Box(3, -2.0, 2.0), 2, HELD_OUT, 2000, Thoroughness(), lambda done, steps: None)
    labels = np.concatenate([label for label in judges.asked if label is not None])
    points = np.concatenate(judges.points)
    np.testing.assert_array_equal(np.bincount(labels), [1000, 1000])
    np.testing.assert_array_equal(points[labels == 0], points[labels == 1])


def test_in_many_dimensions_the_stretch_is_measured_at_fewer_points() -> None:
    judges = LinearJudges()
    opinions = ask(
        judges,
        Box(64, -1.0, 1.0),
        None,
        HELD_OUT,
        900,
        Thoroughness(passes=6500),
        lambda done, steps: None,
    )
    assert (len(opinions.discriminator), len(opinions.stretch)) == (900, 100)
