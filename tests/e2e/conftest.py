"""One running system for all end-to-end tests, with one trained model."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.system import System, few_digits, small_training
from tests.support.waiting import wait_for

MODEL = "seen"


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    system = System(tmp_path_factory.mktemp("e2e") / "home")
    try:
        yield system.start()
    finally:
        system.stop_anyway()


@pytest.fixture(scope="session")
def model(system: System, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Name of a model with the versions 2 and 4, trained from the command line."""
    path: Path = tmp_path_factory.mktemp("spec") / "spec.json"
    # Small batches: with so few images, an epoch has as many steps as one of all digits has.
    path.write_text(json.dumps(small_training(MODEL, dataset=few_digits(system), batch_size=8)))
    followed = system.atlas("train", str(path), "--follow")
    assert "epoch 4/4" in followed.stdout
    assert "version 4 of seen can be explored" in followed.stdout
    assert "seen succeeded: 4 epochs" in followed.stdout
    wait_for(lambda: system.json("GET", f"/models/{MODEL}")["loaded"] == [2, 4], 60, "both versions")
    return MODEL
