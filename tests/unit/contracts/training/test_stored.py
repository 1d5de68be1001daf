"""What stored specs mean that lack fields which have been added since."""

import json
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from services.contracts.training.activations import ELU, LeakyReLU
from services.contracts.training.spec import parse_spec
from services.contracts.training.stored import StoredSpec, stored_spec
from tests.support.stored_specs import as_stored_before


def stored_before(**changes: Any) -> dict[str, Any]:
    return as_stored_before(parse_spec({"name": "old", "dataset": "mnist"} | changes))


def read(spec: dict[str, Any]) -> Any:
    return stored_spec(json.dumps(spec).encode())


def test_one_activation_was_that_of_both_networks() -> None:
    network = read(stored_before(network={"activation": {"name": "elu", "alpha": 0.5}})).network
    assert network.activation == network.discriminator_activation == ELU(alpha=0.5)


def test_the_other_fields_mean_what_they_are_by_default() -> None:
    assert read(stored_before()) == parse_spec({"name": "old", "dataset": "mnist"})


def test_two_activations_stay_two() -> None:
    spec = parse_spec({"name": "new", "dataset": "mnist", "network": {"activation": "elu"}})
    assert read(spec.model_dump(mode="json")) == spec
    assert spec.network.discriminator_activation == LeakyReLU()


def test_it_is_read_so_wherever_it_stands_in_what_is_stored() -> None:
    class Record(BaseModel):
        specs: tuple[StoredSpec, ...]

    [spec] = Record.model_validate_json(
        json.dumps({"specs": [stored_before(network={"activation": "elu"})]})
    ).specs
    assert spec.network.discriminator_activation == ELU()


@pytest.mark.parametrize(
    "text", [b"[]", b"1", b"{}", b'{"network": 3}', b'{"network": {"activation": 3}}', b"{"]
)
def test_what_is_no_spec_is_refused(text: bytes) -> None:
    with pytest.raises(ValidationError):
        stored_spec(text)
