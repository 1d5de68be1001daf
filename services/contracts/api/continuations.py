"""Trainings that go on: forks from a kept state, extensions, and the states themselves."""

from __future__ import annotations

from typing import Any

from pydantic import ConfigDict, Field

from services.contracts.api.base import Answer, Question
from services.contracts.api.runs import RunView
from services.contracts.training.lineage import FieldChange, TakenOver
from services.contracts.training.spec import RunName, TrainingSpec
from services.contracts.training.step_sizes import StepSizes

_CHANGES = {"optimizer": {"generator": {"learning_rate": 0.0005}}}


def _example(**fields: Any) -> ConfigDict:
    return ConfigDict(json_schema_extra={"examples": [fields]})


class ForkRequest(Question):
    """From which state, and what is to be different."""

    model_config = _example(name="warmer", epoch=40, epochs=80, changes=_CHANGES)

    name: RunName = Field(description="Of the run that is made, and of its model", examples=["warmer"])
    epoch: int | None = Field(
        None, ge=1, description="Epoch whose state it begins with; the newest that is kept if not given"
    )
    epochs: int | None = Field(
        None,
        ge=1,
        le=100_000,
        description="Epochs that it trains to, those before the fork included. If not given: as many as "
        "its parent or, where that has trained them all, as many more",
    )
    changes: dict[str, Any] = Field(
        {},
        description="Parts of a training spec; what they leave out stays as it was. Possible are `loss`, "
        "`optimizer`, `regularization`, `network.dropout`, `batch_size`, `seed`, `precision`, `monitor`, "
        "`export` and `stop`",
        examples=[_CHANGES],
    )


class ForkPreviewRequest(ForkRequest):
    """The same, while it has no name yet."""

    model_config = _example(epoch=40, epochs=80, changes=_CHANGES)

    name: RunName = Field("fork", description="Of the run that would be made")


class ExtendRequest(Question):
    """To how many epochs a run goes on."""

    model_config = _example(epochs=100)

    epochs: int = Field(
        ge=1, le=100_000, description="Epochs in all, those that are trained already included"
    )


class Continuation(Answer):
    """How a training goes on."""

    run: str = Field(description="Name of the run whose state it goes on from")
    epoch: int = Field(description="Epoch of that state")
    spec: TrainingSpec = Field(description="What it trains with from there on")
    changes: list[FieldChange] = Field(description="What is different from there on")
    taken_over: TakenOver = Field(description="From that state, beside the networks")
    step_sizes: StepSizes = Field(description="What the step sizes do")
    state_bytes: int = Field(
        description="Bytes of each training state that it keeps: two at most, or with `export.states: all` "
        "one for each version"
    )


class ContinuedRun(RunView):
    """A run that goes on, and how."""

    continuation: Continuation = Field(description="How it goes on")


class KeptState(Answer):
    """A training state on the disk."""

    epoch: int = Field(description="After which it was saved; a run can be forked here")
    bytes: int = Field(description="Its size; files that a fork shares are counted in both")


class StateList(Answer):
    """The training states that a run keeps."""

    states: list[KeptState] = Field(description="Oldest first")
    bytes: int = Field(description="Of all, with one within an epoch, from which the run itself goes on")


class PruneRequest(Question):
    """Which states stay."""

    model_config = _example(keep=[40])

    keep: list[int] = Field([], description="Epochs whose states stay beside the newest")


class PrunedStates(Answer):
    """What was removed."""

    removed: list[int] = Field(description="Epochs whose states were removed")
    kept: list[int] = Field(description="Epochs whose states are kept")
    freed: int = Field(description="Bytes that the disk has again; what a fork shares stays")
