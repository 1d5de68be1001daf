"""What all tests share."""

import os

import pytest
from hypothesis import settings

# TensorFlow logs from C++ while it loads, before any test can tell it not to.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

# The same cases each time, and no deadline: a busy machine is no failure.
settings.register_profile("atlas", deadline=None, derandomize=True)
settings.load_profile("atlas")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that share a costly fixture stay in one process when several run at once."""
    for item in items:
        shares_a_system = item.path.parent.name == "e2e"
        group = item.path.parent if shares_a_system else item.path
        item.add_marker(pytest.mark.xdist_group(str(group)))
