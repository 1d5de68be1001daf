"""TensorFlow Serving's batching parameters, with its checks."""

from __future__ import annotations

from dataclasses import dataclass

from services.serving.base.errors import invalid_argument


@dataclass(frozen=True)
class BatchingOptions:
    """TensorFlow Serving's BatchingParameters, with its defaults.

    With `enable_large_batch_splitting`, `max_batch_size` only limits the size of a request, which is split
    into pieces of at most `max_execution_batch_size` rows, the limit of a batch. Otherwise that field is
    ignored.
    """

    max_batch_size: int = 1000
    batch_timeout: float = 0.0  # seconds
    max_enqueued_batches: int = 10
    num_batch_threads: int = 2
    allowed_batch_sizes: tuple[int, ...] = ()
    pad_variable_length_inputs: bool = False
    enable_large_batch_splitting: bool = False
    max_execution_batch_size: int | None = None

    @property
    def execution_size(self) -> int:
        """Largest number of rows that run at once."""
        if self.enable_large_batch_splitting and self.max_execution_batch_size is not None:
            return self.max_execution_batch_size
        return self.max_batch_size

    def __post_init__(self) -> None:
        sizes = self.allowed_batch_sizes
        for name in ("max_batch_size", "max_enqueued_batches", "num_batch_threads"):
            if getattr(self, name) < 1:
                raise invalid_argument(f"{name} must be positive; was {getattr(self, name)}")
        limit = "max_batch_size"
        if self.enable_large_batch_splitting and self.max_execution_batch_size is not None:
            limit = "max_execution_batch_size"
            if not 1 <= self.max_execution_batch_size <= self.max_batch_size:
                raise invalid_argument(
                    f"{limit} must be positive and at most max_batch_size, {self.max_batch_size}; was "
                    f"{self.max_execution_batch_size}"
                )
        if sizes and list(sizes) != sorted(set(sizes)):
            raise invalid_argument("allowed_batch_sizes entries must be monotonically increasing")
        if sizes and sizes[-1] != self.execution_size:
            raise invalid_argument(
                f"Last entry in allowed_batch_sizes must match {limit}; last entry was "
                f"{sizes[-1]}; expected {self.execution_size}"
            )

    def padded(self, size: int) -> int:
        """The size to which a batch of `size` rows is padded."""
        return next((allowed for allowed in self.allowed_batch_sizes if allowed >= size), size)
