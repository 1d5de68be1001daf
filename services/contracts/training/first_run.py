"""The training that an empty home begins with: offline, small, and worth exploring after two minutes."""

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

FIRST_RUN = TrainingSpec(
    name="digits-2d",
    dataset="digits",
    latent=Latent(dim=2),
    # A quarter of the usual width: four steps in the time of one, and 1,437 images need no more.
    network=NetworkSpec(filters=16, dropout=0.0),
    # A quick discriminator notices the digits that the generator leaves out (Heusel et al. 2017), and
    # falling step sizes let the map settle.
    optimizer=Optimizers(
        generator=Adam(learning_rate=5e-4, beta_1=0.5, schedule="cosine"),
        discriminator=Adam(learning_rate=3e-3, beta_1=0.5, schedule="cosine"),
    ),
    regularization=Regularization(ema=0.99),
    batch_size=64,
    epochs=100,
    monitor=Monitor(snapshot_every=2, map_every=2, weak_test_every=50),
    export=Export(every=10, keep=20),
)


def main() -> None:
    """Print it as JSON without its name; the page offers it as a template."""
    json.dump(FIRST_RUN.model_dump(mode="json", exclude={"name"}), sys.stdout, indent=2)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
