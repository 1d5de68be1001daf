"""The data sets that come with Latent Atlas, as data: who offers them need not load them."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

_DIGITS = tuple(str(digit) for digit in range(10))


class DatasetInfo(BaseModel):
    """What one can know of a data set without loading it."""

    model_config = ConfigDict(frozen=True)

    name: str = Field(description="Name to give as `dataset` of a training")
    title: str = Field(description="Name for people")
    image_shape: tuple[int, int, int] = Field(
        description="Height, width and channels of its images, in pixels"
    )
    classes: tuple[str, ...] = Field(description="Names of its classes, in the order of their ids")
    train: int = Field(description="Number of training images")
    test: int = Field(description="Number of test images, never trained on")


DATASETS: dict[str, DatasetInfo] = {
    info.name: info
    for info in (
        DatasetInfo(
            name="digits",
            title="Handwritten digits of scikit-learn, 8×8 scaled to 28×28",
            image_shape=(28, 28, 1),
            classes=_DIGITS,
            train=1437,
            test=360,
        ),
        DatasetInfo(
            name="mnist",
            title="MNIST handwritten digits",
            image_shape=(28, 28, 1),
            classes=_DIGITS,
            train=60_000,
            test=10_000,
        ),
        DatasetInfo(
            name="fashion_mnist",
            title="Fashion-MNIST garments",
            image_shape=(28, 28, 1),
            classes=(
                "T-shirt/top",
                "Trouser",
                "Pullover",
                "Dress",
                "Coat",
                "Sandal",
                "Shirt",
                "Sneaker",
                "Bag",
                "Ankle boot",
            ),
            train=60_000,
            test=10_000,
        ),
    )
}
