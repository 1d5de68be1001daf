import subprocess
import sys
from pathlib import Path

import pytest

from services.trainer.replicas import share

pytestmark = pytest.mark.tensorflow


@pytest.mark.parametrize("case", ["as-one", "copies"])
def test_two_devices_train_together(tmp_path: Path, case: str) -> None:
    """In a process of its own: how many devices there are is fixed once TensorFlow has started."""
    program = [sys.executable, "-m", "tests.integration.trainer.on_two_devices", str(tmp_path), case]
    done = subprocess.run(program, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr[-3000:]


@pytest.mark.parametrize(
    ("batch", "devices", "used"), [(256, 4, 4), (250, 4, 2), (251, 4, 1), (2, 4, 1), (4, 4, 2), (8, 0, 0)]
)
def test_a_batch_is_shared_by_as_many_devices_as_divide_it(batch: int, devices: int, used: int) -> None:
    assert len(share(batch, [f"GPU:{number}" for number in range(devices)])) == used
