"""Training specs as this release or an earlier one stored them.

Where a field has been added since, its default says how trainings are made today. What a spec that was
stored without the field means is said here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, TypeAdapter

from services.contracts.training.spec import TrainingSpec


def _completed(stored: Any) -> Any:
    """A spec with what it meant when it was stored; anything but a mapping as it is.

    Before the discriminator had an activation of its own, ``network.activation`` was that of both networks.
    """
    network = stored.get("network") if isinstance(stored, Mapping) else None
    if not isinstance(network, Mapping) or "activation" not in network:
        return stored
    return {**stored, "network": {"discriminator_activation": network["activation"], **network}}


StoredSpec = Annotated[TrainingSpec, BeforeValidator(_completed)]
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
