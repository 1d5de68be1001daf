"""``python -m services.trainer spec.json``, without a broker, as real processes."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from services.store import Store
from tests.support.environment import clean_environment
from tests.support.training import SMALL, small_spec, spare_the_classifier
from tests.support.waiting import wait_for

pytestmark = pytest.mark.tensorflow

# A port on which nothing listens: there is no Redis.
NO_REDIS = "redis://127.0.0.1:9/0"


def command(home: Path, spec: Any, **options: Any) -> subprocess.Popen[str]:
    file = home.parent / "spec.json"
    file.write_text(spec if isinstance(spec, str) else json.dumps(spec))
    return subprocess.Popen(
        [sys.executable, "-m", "services.trainer", str(file)],
        env=clean_environment(ATLAS_HOME=str(home), ATLAS_REDIS_URL=NO_REDIS),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_trains_is_interrupted_and_goes_on(home: Path) -> None:
    spec = {**SMALL, "epochs": 300, "batch_size": 256, "export": {"every": 2}}
    store = Store(home)
    store.prepare()
    spare_the_classifier(store)
    first = command(home, spec)
    wait_for(lambda: store.models.versions("small"), 120, "a first version")
    assert store.runs.get("small").state == "running"
    first.send_signal(signal.SIGINT)
    out, err = first.communicate(timeout=60)
    assert first.returncode == 0, err
    assert "epoch 1/300" in out
    assert "the same command resumes it" in out
    # TensorFlow keeps quiet.
    assert err == ""
    paused = store.runs.get("small")
    assert paused.state == "paused"
    assert paused.epoch >= 2
    assert list(store.runs.checkpoints("small").iterdir())

    second = command(home, spec)
    wait_for(lambda: store.runs.get("small").epoch > paused.epoch, 120, "the next epoch")
    store.runs.request("small", "cancel", "cancelled")
    out, err = second.communicate(timeout=60)
    assert second.returncode == 0, err
    assert store.runs.get("small").state == "cancelled"

    epochs = store.runs.events.epochs("small")
    assert [figures.epoch for figures in epochs] == list(range(1, len(epochs) + 1))
    events, _ = store.runs.events.read("small")
    assert [event.id for event in events] == list(range(1, len(events) + 1))
    states = [event.state for event in events if event.event == "state"]
    assert states == ["running", "paused", "running", "cancelled"]
    assert np.load(store.runs.pictures.map_file("small", 1)).shape == (1, 8, 8)
    assert store.runs.pictures.snapshot("small", 1)[:4] == b"\x89PNG"


@pytest.mark.parametrize(
    ("spec", "sentence"),
    [
        ("{", "is not JSON"),
        ("[]", "one JSON object"),
        ({"name": "a"}, "dataset: is required"),
        ({"name": "a", "dataset": "digits", "epochs": 0}, "epochs"),
        ({**SMALL, "dataset": "cats"}, "There is no dataset named 'cats'"),
    ],
)
def test_a_wrong_spec_is_one_sentence_and_an_error(home: Path, spec: Any, sentence: str) -> None:
    process = command(home, spec)
    _, err = process.communicate(timeout=60)
    assert process.returncode != 0
    assert sentence in err
    assert err.count("\n") == 1


def test_a_taken_name_is_refused(home: Path) -> None:
    store = Store(home)
    store.prepare()
    store.runs.create(small_spec(epochs=7))
    process = command(home, SMALL)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "named 'small' already" in err
