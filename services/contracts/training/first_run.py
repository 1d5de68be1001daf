"""The training that an empty home begins with: offline, small, and soon worth exploring."""

from __future__ import annotations

import json
import sys

from services.contracts.training.optimizers import Adam
from services.contracts.training.spec import (
    Export,
    Latent,
    Monitor,
    NetworkSpec,
    Optimizers,
    Regularization,
    TrainingSpec,
)

_STEPS = Adam(learning_rate=1e-3, beta_1=0.0, beta_2=0.99, schedule="cosine")

FIRST_RUN = TrainingSpec(
    name="digits-2d",
    dataset="digits",
    latent=Latent(dim=2),
    # A quarter of the usual width: four steps in the time of one, and 1,437 images need no more.
    network=NetworkSpec(filters=16, dropout=0.0),
    # On so few images a comparison in pairs shows more digits than the preset `measured` does. Penalties in
    # one step of four, and a map that is drawn towards real images to the end, so that all ten digits are
    # on it whatever the machine's rounding.
    loss="relativistic",
    optimizer=Optimizers(generator=_STEPS, discriminator=_STEPS),
    regularization=Regularization(ema=0.99, r1=1.0, r2=1.0, penalty_every=4, coverage=10.0),
    batch_size=64,
    epochs=60,
    monitor=Monitor(snapshot_every=2, map_every=2, weak_test_every=5),
    export=Export(every=5, keep=20),
)


def main() -> None:
    """Print it as JSON without its name; the page offers it as a template."""
    json.dump(FIRST_RUN.model_dump(mode="json", exclude={"name"}), sys.stdout, indent=2)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
