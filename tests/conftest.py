"""What all tests share."""

import os

from hypothesis import settings

# TensorFlow logs from C++ while it loads, before any test can tell it not to.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

# The same cases each time, and no deadline: a busy machine is no failure.
settings.register_profile("atlas", deadline=None, derandomize=True)
settings.load_profile("atlas")
