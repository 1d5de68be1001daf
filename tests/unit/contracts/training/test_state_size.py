"""The weight of a training state, beside what NumPy writes."""

from __future__ import annotations

from typing import Any

import pytest

from services.contracts.training import networks
from services.contracts.training.spec import parse_spec
from services.contracts.training.state_size import state_bytes


@pytest.mark.parametrize(
    ("fields", "numbers"),
    [
        # Weights, and for each trainable one two numbers of Adam.
        ({}, 1_101_632 + 212_865 + 2 * (1_076_160 + 212_865)),
        ({"regularization": {"ema": 0.9}}, 1_101_632 + 212_865 + 2 * (1_076_160 + 212_865) + 1_076_160),
        (
            {"optimizer": {"generator": "sgd", "discriminator": "sgd"}},
            1_101_632 + 212_865 + 1_076_160 + 212_865,
        ),
    ],
)
def test_a_state_holds_weights_optimisers_and_the_average(fields: dict[str, Any], numbers: int) -> None:
    spec = parse_spec({"name": "a", "dataset": "mnist"} | fields)
    tables = networks.generator(spec, 1, 10), networks.discriminator(spec, 1, 10)
    assert state_bytes(spec, *tables) == 4 * numbers
