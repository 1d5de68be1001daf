"""What all tests share."""

import os
from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

# TensorFlow logs from C++ while it loads, before any test can tell it not to.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

# The same cases each time, and no deadline: a busy machine must not fail a test.
settings.register_profile("atlas", deadline=None, derandomize=True)
settings.load_profile("atlas")


SHARED = ("tests/e2e/", "tests/web/")
"""Folders whose tests share what takes long to start: the running system, the built gallery."""
COSTLIEST = (*SHARED, "tests/integration/trainer/", "tests/unit/trainer/", "tests/integration/")
"""Folders whose tests take longest, in the order in which they begin."""


class _SharingCostlyFixtures(LoadScopeScheduling):  # type: ignore[misc]
    """The tests of one file, and those of a folder that shares something, stay in one process."""

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        return next((folder for folder in SHARED if path.startswith(folder)), path)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the costliest begin: at the end, quick ones fill the time until the last process is done."""

    def rank(item: pytest.Item) -> int:
        found = (number for number, folder in enumerate(COSTLIEST) if item.nodeid.startswith(folder))
        return next(found, len(COSTLIEST))

    items.sort(key=rank)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Replace the plugin's own groups, whose marks pytest 9.2 no longer hands over."""
    return _SharingCostlyFixtures(config, log)
