"""Training specs as they were stored, by this release or an earlier one.

Where a field has been added since, its default says how new trainings are made. What a spec that was stored
without the field means is said here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, TypeAdapter

from services.contracts.training.spec import TrainingSpec


def completed(stored: Any) -> Any:
    """The spec with what it meant when it was stored; anything but a spec as it is.

    ``network.activation`` was that of both networks before the discriminator had its own.
    """
    network = stored.get("network") if isinstance(stored, Mapping) else None
    if not isinstance(network, Mapping) or "discriminator_activation" in network:
        return stored
    if "activation" not in network:
        return stored
    return {**stored, "network": {**network, "discriminator_activation": network["activation"]}}


StoredSpec = Annotated[TrainingSpec, BeforeValidator(completed)]
"""The type of a field that holds a stored spec."""

_STORED: TypeAdapter[TrainingSpec] = TypeAdapter(StoredSpec)


def stored_spec(text: bytes) -> TrainingSpec:
    """The spec in a file.

    Args:
        text: its JSON.

    Raises:
        pydantic.ValidationError: it is none.
    """
    return _STORED.validate_json(text)
