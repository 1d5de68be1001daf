"""What is measured at exported epochs: the judges' figures, and where the real images lie.

Both look at the shown generator and at the judges as they are, choose at random by fixed seeds alone, and
change nothing, so an interrupted inspection can be repeated.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.contracts.reports.report import TesterCard
from services.contracts.runs.events import WeakTest
from services.contracts.runs.judges import JudgeFigures
from services.contracts.signatures import TwoSampleCard
from services.contracts.training.spec import TrainingSpec
from services.kit.real_images import RealImages
from services.trainer.data.datasets import Dataset
from services.trainer.evaluation.judge import Progress
from services.trainer.evaluation.judges.figures import measure
from services.trainer.evaluation.judges.opinions import HeldOut, ask
from services.trainer.evaluation.latent_box import Points, map_box, search_box
from services.trainer.evaluation.real_images.search import Labels, chosen, find
from services.trainer.evaluation.thoroughness import THOROUGH, Thoroughness
from services.trainer.exhibit.judges import Judges
from services.trainer.training.final_evaluation import Phase


@dataclass(frozen=True, eq=False)
class _Explored:
    """See `Explored` in `evaluation.real_images.search`."""

    images: Callable[[Points, Labels], NDArray[np.uint8]]
    classify: Callable[[Points, Labels], NDArray[np.uint8]]
    image_and_jacobian: Callable[[Points, Labels], tuple[NDArray[np.float32], NDArray[np.float32]]]


@dataclass(frozen=True, eq=False)
class Inspected:
    """What an exported epoch has beside the others.

    Attributes:
        two_sample: of the network that its judges have.
        judges: their figures.
        real_images: on its map.
    """

    two_sample: TwoSampleCard
    judges: JudgeFigures
    real_images: RealImages


class Inspection:
    """Of one run's exported epochs."""

    def __init__(
        self,
        spec: TrainingSpec,
        dataset: Dataset,
        judges: Judges,
        thoroughness: Thoroughness = THOROUGH,
    ) -> None:
        """Bind the parts.

        Args:
            spec: the training.
            dataset: its data.
            judges: and the generator that they judge, with the classifier.
            thoroughness: how thoroughly an epoch is looked at.
        """
        self._spec, self._dataset, self._judges = spec, dataset, judges
        self._explored = _Explored(judges.shown.images, judges.shown.classify, judges.image_and_jacobian)
        self._thoroughness = thoroughness

    def look(self, two_sample: TwoSampleCard, held_out: HeldOut, final: bool, phase: Phase) -> Inspected:
        """Look at an epoch.

        Args:
            two_sample: of the network that the judges have now.
            held_out: images that no judge trained on.
            final: whether the training ends with this epoch.
            phase: see `Phase`.
        """
        figures = self.judge_figures(held_out, phase("asking the judges about the map"))
        return Inspected(two_sample, figures, self.real_images(final, phase))

    def judge_figures(self, held_out: HeldOut, progress: Progress) -> JudgeFigures:
        """What the judges say.

        Args:
            held_out: images that neither of them trained on.
            progress: told between the parts; may raise to stop.
        """
        classes = len(self._dataset.classes) if self._spec.conditional else None
        points = self._thoroughness.points_for(len(self._dataset.test))
        box = map_box(self._spec)
        return measure(ask(self._judges, box, classes, held_out, points, self._thoroughness, progress))

    def real_images(self, final: bool, phase: Phase) -> RealImages:
        """Held-out images at their nearest points.

        Args:
            final: whether the training ends with this epoch: then there are more of them.
            phase: see `Phase`.
        """
        box, held_out = search_box(self._spec), self._dataset.test
        count = self._thoroughness.images_for(len(held_out), box.dim, final)
        return find(
            self._explored,
            box,
            held_out,
            chosen(len(held_out), count),
            self._spec.conditional,
            self._thoroughness,
            phase("looking for real images on the map"),
        )


def two_sample_card(tester: TesterCard, tested: WeakTest) -> TwoSampleCard:
    """What a version says of its two-sample network: that of the weak test of its epoch."""
    return TwoSampleCard(
        network=tester.network,
        epochs=tester.epochs,
        training_images=tester.training_images,
        held_out_images=tester.held_out_images,
        error=tested.error,
    )
