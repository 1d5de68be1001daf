"""TrainingSpec: everything that decides how one GAN is trained, each knob with its default and its reason.

Unknown fields and impossible values are refused; `parse_spec` says which field and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, ValidationError

from services.contracts.errors import FieldProblem, InvalidInput
from services.contracts.names import DATASET_PATTERN, NAME_PATTERN, NAME_RULE
from services.contracts.sentences import sentence_of
from services.contracts.training.activations import ACTIVATIONS, Activation, LeakyReLU
from services.contracts.training.losses import Loss
from services.contracts.training.optimizers import OPTIMIZERS, Adam, Optimizer
from services.contracts.training.parts import Part
from services.contracts.training.schedules import ScheduleName

RunName = Annotated[
    str,
    Field(
        pattern=NAME_PATTERN,
        description=NAME_RULE,
        examples=["mnist-2d"],
    ),
]


class Latent(Part):
    """The space that is sampled, and that the atlas draws."""

    dim: int = Field(2, ge=1, le=128, description="Number of latent dimensions")
    prior: Literal["uniform", "normal"] = Field(
        "uniform", description="uniform on [-1, 1]^dim, so that a map shows all of it; or normal"
    )
    folds: int = Field(
        0,
        ge=0,
        le=6,
        description="Octaves of Fourier features of the point that the generator sees beside it, so that a "
        "thin latent space reaches more images: each doubles how often the map may change along an axis; "
        "0 is the study's generator",
    )


class NetworkSpec(Part):
    """Generator and discriminator."""

    architecture: Literal["dcgan28", "dcgan64"] = Field(
        "dcgan28", description="dcgan28 makes 28×28 images, dcgan64 64×64"
    )
    activation: Activation = Field(LeakyReLU(), description="After every hidden layer of the generator")
    discriminator_activation: Activation = Field(
        LeakyReLU(),
        description="After every hidden layer of the discriminator, so that generators with different "
        "activations are compared against one and the same discriminator",
    )
    conditioning: Literal["multiply", "projection"] = Field(
        "multiply",
        description="How conditional networks take in the class: multiply it into the input, as the study "
        "does; or projection, where the generator sees it beside the point and the discriminator compares "
        "it with what it found in the image",
    )
    batch_norm: bool = Field(True, description="Batch normalisation in the generator")
    dropout: float = Field(0.3, ge=0, lt=1, description="Share dropped in the discriminator")
    filters: int | None = Field(
        None,
        ge=4,
        le=256,
        description="Width of the networks; null for the architecture's own 64",
    )
    kernel_size: int | None = Field(
        None, ge=2, le=9, description="Side of every kernel, in pixels; null for the architecture's"
    )


class Optimizers(Part):
    """One for each network."""

    generator: Optimizer = Field(Adam(), description="Moves its weights")
    discriminator: Optimizer = Field(Adam(), description="Moves its weights")


class Regularization(Part):
    """All off by default."""

    ema: float = Field(
        0.0, ge=0, lt=1, description="Decay of the average of the generator's weights; 0 is off"
    )
    r1: float = Field(
        0.0, ge=0, le=1000, description="Weight of the gradient penalty on real images; 0 is off"
    )
    r2: float = Field(
        0.0, ge=0, le=1000, description="Weight of the gradient penalty on generated images; 0 is off"
    )
    penalty_every: int = Field(
        1,
        ge=1,
        le=64,
        description="Steps from one that computes the gradient penalties to the next; such a step weighs "
        "them by as many times, so that their sum stays",
    )
    coverage: float = Field(
        0.0,
        ge=0,
        le=1000,
        description="Weight of a pull of the nearest of many generated images towards real ones, so that "
        "no kind of image is left out; 0 is off",
    )
    coverage_schedule: ScheduleName = Field(
        "constant",
        description="cosine: that pull falls along half a cosine to zero at the last epoch. It draws "
        "towards means of images, which are blurred; once all kinds are there, the discriminator does "
        "better alone",
    )
    label_smoothing: float = Field(0.0, ge=0, lt=0.5, description="Real images are labelled 1 minus this")


Every = Annotated[int, Field(ge=1, le=100_000)]


class Monitor(Part):
    """What is looked at while the training runs, and how often (in epochs)."""

    snapshot_every: Every = Field(1, description="Epochs from one sheet of images to the next")
    map_every: Every = Field(1, description="Epochs from one class map to the next")
    map_resolution: int | None = Field(
        None, ge=2, le=500, description="Points along each axis; null: 100 in 2D, 16 in 3D and more"
    )
    weak_test_every: Every = Field(10, description="Epochs from one weak two-sample test to the next")


class Export(Part):
    """Which epochs become versions of the model."""

    every: Every = Field(
        10, description="Epochs from one version to the next; the last epoch is always one"
    )
    keep: int = Field(20, ge=1, le=1000, description="Newest versions that are kept")
    states: Literal["last", "all"] = Field(
        "last",
        description="Whose training states are kept, from which the run can be forked: the last epoch's "
        "alone, or all versions', which the loss surface needs too",
    )


class Stop(Part):
    """End before the last epoch when the map stands still."""

    map_change_below: float | None = Field(
        None, gt=0, le=1, description="Share of map cells; null: never stop early"
    )
    for_epochs: int = Field(20, ge=1, le=100_000, description="Maps in a row below the bound")


class TrainingSpec(Part):
    """One training, complete: the same spec and seed give the same run on the same machine."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"name": "mnist-2d", "dataset": "mnist"},
                {
                    "name": "digits-3d",
                    "dataset": "digits",
                    "latent": {"dim": 3},
                    "network": {"activation": "elu"},
                    "epochs": 100,
                },
            ]
        }
    )

    name: RunName
    dataset: str = Field(pattern=DATASET_PATTERN, description="Name of a data set", examples=["mnist"])
    latent: Latent = Field(Latent(), description="The latent space")
    conditional: bool = Field(False, description="Give the class to both networks")
    network: NetworkSpec = Field(NetworkSpec(), description="Both networks")
    loss: Loss = Field(
        "bce",
        description="bce is the founding GAN loss; mse and mae are least squares and absolute; "
        "relativistic compares each generated image with a real one",
    )
    optimizer: Optimizers = Field(Optimizers(), description="How the weights are moved")
    regularization: Regularization = Field(
        Regularization(), description="What keeps the game stable; all off by default"
    )
    batch_size: int = Field(256, ge=2, le=4096, description="Images in one step")
    epochs: int = Field(50, ge=1, le=100_000, description="Passes over the training images")
    seed: int = Field(0, ge=0, lt=2**31, description="Decides every random choice")
    precision: Literal["auto", "float32", "mixed_bfloat16"] = Field(
        "auto", description="auto: mixed_bfloat16 where the hardware multiplies it faster"
    )
    monitor: Monitor = Field(Monitor(), description="What is looked at, and how often")
    export: Export = Field(Export(), description="Which epochs become versions of the model")
    stop: Stop = Field(Stop(), description="When to end before the last epoch")

    def model_post_init(self, context: Any, /) -> None:
        """Refuse values that are possible alone but not together."""
        self.network.activation.check("network.activation")
        self.network.discriminator_activation.check("network.discriminator_activation")
        if self.loss == "relativistic" and self.regularization.label_smoothing:
            raise InvalidInput.field(
                "regularization.label_smoothing",
                "must be 0 with the relativistic loss, which compares images and labels none",
            )


def problems_of(errors: Iterable[Mapping[str, Any]], skip: int = 0) -> tuple[FieldProblem, ...]:
    """Each problem that pydantic found, by its dotted path.

    Paths leave out the names of union members, which are not fields, and their first `skip` parts
    (FastAPI puts ``body`` there).
    """
    problems = []
    for item in errors:
        parts = [str(part) for part in item["loc"][skip:] if part not in _TAGS]
        path, sentence = ".".join(parts), sentence_of(item)
        if item["type"] == "union_tag_invalid":
            path += ".name"
        problems.append(FieldProblem(path, sentence))
    return tuple(problems)


# Pydantic puts the name of a union's member into the path; no field has such a name.
_TAGS = frozenset((*ACTIVATIONS, *OPTIMIZERS))


def parse_spec(data: Mapping[str, Any]) -> TrainingSpec:
    """A valid spec, or `InvalidInput` that names every wrong field."""
    try:
        return TrainingSpec.model_validate(data)
    except ValidationError as error:
        problems = problems_of(error.errors(include_url=False))
        raise InvalidInput(
            "The training spec is not valid: " + "; ".join(p.message for p in problems), problems
        ) from error
