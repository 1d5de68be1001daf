"""The interface of a loaded model: its signatures, and a way to run it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from numpy.typing import NDArray

Array = NDArray[Any]
DEFAULT_SIGNATURE = "serving_default"


@dataclass(frozen=True)
class TensorInfo:
    """A tensor of the graph: its name (``x:0``) and its `tensorflow.DataType` number."""

    name: str
    dtype: int


@dataclass(frozen=True, eq=False)
class Signature:
    """One way to call a model: aliases of its inputs and outputs, in alphabetical order."""

    inputs: Mapping[str, TensorInfo]
    outputs: Mapping[str, TensorInfo]
    method: str
    defaults: Mapping[str, Array]


class Runnable(Protocol):
    """Something with signatures that can be run."""

    @property
    def signatures(self) -> Mapping[str, Signature]: ...

    def run(self, feeds: Mapping[str, Array], fetches: Sequence[str], timeout: float | None) -> list[Array]:
        """Run tensors through the model.

        Args:
            feeds: Arrays by the names of the graph's tensors (``x:0``).
            fetches: Names of the graph's tensors to return.
            timeout: Seconds after which the run may end with DEADLINE_EXCEEDED.

        Returns:
            The fetched tensors, in the order of `fetches`.
        """
        ...


class Servable(Runnable, Protocol):
    """A loaded version."""

    def signature_protos(self) -> Mapping[str, Any]:
        """The signatures as `tensorflow.SignatureDef`, for GetModelMetadata."""
        ...

    def close(self) -> None:
        """Free all resources. It must not be run afterwards."""
        ...
