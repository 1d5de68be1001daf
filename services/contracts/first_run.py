"""The training that a newcomer's empty home starts with: explorable after about two minutes on two cores."""

from __future__ import annotations

from services.contracts.spec import TrainingSpec

FIRST_RUN = TrainingSpec(name="digits-2d", dataset="digits")
