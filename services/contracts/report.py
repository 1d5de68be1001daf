"""The report of a finished run, as a type: what the trainer writes, the gateway serves and `atlas` shows.

Reports stay as they were written. One of an older version lacks what came later, so whatever was added
has a default; what this version does not know is passed over.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class _Reported(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class TesterCard(_Reported):
    """The network that made a two-sample test, and on what."""

    network: str = Field(description="Its layers, in words")
    parameters: int = Field(description="Number of its weights")
    precision: str = Field(description="float32 or mixed_bfloat16")
    seed: int = Field(description="Decides its initial weights, its images and their order")
    epochs: int = Field(description="Of its own training")
    training_images: int = Field(description="Of each kind, real and generated, that trained it")
    held_out_images: int = Field(description="Of each kind, real and generated, that measured it")


class CurvePoint(_Reported):
    """A two-sample test after one epoch of its own training."""

    epoch: int = Field(description="Of the test's training, from 1")
    error: float = Field(description="Held-out error, 0 to 1")
    cross_entropy: float = Field(description="Held-out binary cross-entropy, in nats")


class TwoSampleTest(_Reported):
    """A classifier two-sample test (Lopez-Paz & Oquab 2017) on images that neither network had seen."""

    error: float = Field(description="Held-out error, 0 to 1; 0.5: cannot be told from real images")
    cross_entropy: float = Field(description="Held-out binary cross-entropy, in nats")
    p_value: float = Field(description="Chance of so low an error, were both kinds the same")
    band: tuple[float, float] = Field(description="95 % band of the error of pure guessing")
    tester: TesterCard | None = Field(None, description="What made the test")


class StrongTest(TwoSampleTest):
    """The test at the end of a training; its error is the one after its last epoch."""

    curve: tuple[CurvePoint, ...] = Field((), description="After each epoch of the test's own training")
