"""What the founding study reached on MNIST: its figures, which a report sets beside its own."""

from __future__ import annotations

from pydantic import Field

from services.contracts.reports.base import Reported


class StudyLoss(Reported):
    """The founding study's test of one of its trainings: by a network of its own, after some 50 epochs."""

    epochs: int | None = Field(description="Of the GAN's training; null: not given")
    cross_entropy: float = Field(
        description="Validation loss of the test's network, in nats; 0.69 for pure guessing"
    )


_DATASET = "mnist"
_LOSSES: dict[tuple[int, bool], tuple[StudyLoss, ...]] = {
    (2, False): (
        StudyLoss(epochs=1000, cross_entropy=0.0055),
        StudyLoss(epochs=5000, cross_entropy=0.0154),
    ),
    (3, False): (
        StudyLoss(epochs=1000, cross_entropy=0.0269),
        StudyLoss(epochs=2000, cross_entropy=0.032),
    ),
    (3, True): (StudyLoss(epochs=None, cross_entropy=0.00084),),
    (4, False): (StudyLoss(epochs=1000, cross_entropy=0.0829),),
}
"""By latent dimensions, and whether the class was given to both networks."""


def study_losses(dataset: str, latent_dim: int, conditional: bool) -> tuple[StudyLoss, ...]:
    """Those of a training like this one, the shorter first; none where the study has nothing like it."""
    return _LOSSES.get((latent_dim, conditional), ()) if dataset == _DATASET else ()
