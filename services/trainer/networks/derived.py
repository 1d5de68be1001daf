"""Tensors that a network computes from its weights once, and that an export need not store."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from services.trainer.backend import tf


class Derived(tf.saved_model.experimental.TrackableResource):  # type: ignore[misc]
    """One such tensor. Whoever loads an exported network computes it again, before the first request.

    Attributes:
        weight: variable that it follows from.
        export: set before an export, to a name unlike that of any other.
    """

    def __init__(
        self, name: str, shape: tuple[int, ...], dtype: Any, weight: Any, compute: Callable[[Any], Any]
    ) -> None:
        """Compute it.

        Args:
            name: unlike that of any other in the same export.
            shape: of the tensor.
            dtype: of the tensor.
            weight: variable that it follows from.
            compute: makes it from the weight, a tensor.
        """
        super().__init__()
        self.weight, self.export = weight, ""
        self._name, self._shape, self._dtype, self._compute = name, shape, tf.as_dtype(dtype), compute
        self._kept = tf.Variable(tf.zeros(shape, dtype), trainable=False)
        self.settle()

    def settle(self) -> None:
        """Compute it again, after an assignment to the weight."""
        self._initialize()

    def read(self) -> Any:
        """The tensor."""
        value = tf.raw_ops.ReadVariableOp(resource=self.resource_handle, dtype=self._dtype)
        return tf.ensure_shape(value, self._shape)

    def _create_resource(self) -> Any:
        if tf.executing_eagerly():
            return self._kept.handle
        # In an export: whoever loads it finds the tensor by its name, in one place for all that is loaded.
        name = f"{self.export}/{self._name}"
        return tf.raw_ops.VarHandleOp(dtype=self._dtype, shape=self._shape, shared_name=name)

    def _initialize(self) -> None:
        tf.raw_ops.AssignVariableOp(
            resource=self.resource_handle, value=self._compute(tf.convert_to_tensor(self.weight))
        )
