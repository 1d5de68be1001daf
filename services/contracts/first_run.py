"""The training that an empty home begins with: offline, small, and worth exploring after two minutes."""

from __future__ import annotations

import json
import sys

from services.contracts.spec import (
    Adam,
    Export,
    Latent,
    Monitor,
    NetworkSpec,
    Optimizers,
    Regularization,
    TrainingSpec,
)

FIRST_RUN = TrainingSpec(
    name="digits-2d",
    dataset="digits",
    latent=Latent(dim=2),
    # A quarter of the usual width: many more steps in the time, and 1,437 images need no more.
    network=NetworkSpec(filters=16, dropout=0.3),
    optimizer=Optimizers(
        generator=Adam(learning_rate=3e-4, beta_1=0.5),
        discriminator=Adam(learning_rate=3e-4, beta_1=0.5),
    ),
    # The average over about five epochs calms the map and smooths the strokes.
    regularization=Regularization(ema=0.99),
    batch_size=64,
    epochs=200,
    monitor=Monitor(snapshot_every=5, map_every=5, weak_test_every=50),
    export=Export(every=20, keep=20),
)


def main() -> None:
    """Print it without its name: the page offers it as a template."""
    json.dump(FIRST_RUN.model_dump(mode="json", exclude={"name"}), sys.stdout, indent=2)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
