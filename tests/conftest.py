"""What all tests share."""

import os
from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

# TensorFlow logs from C++ while it loads, before any test can tell it not to.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

# The same cases each time, and no deadline: a busy machine is no failure.
settings.register_profile("atlas", deadline=None, derandomize=True)
settings.load_profile("atlas")


class _SharingCostlyFixtures(LoadScopeScheduling):  # type: ignore[misc]
    """The tests of one file, and all that share the running system, stay in one process."""

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        return "tests/e2e" if path.startswith("tests/e2e/") else path


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Replace the plugin's own groups, whose marks pytest 9.2 no longer hands over."""
    return _SharingCostlyFixtures(config, log)
