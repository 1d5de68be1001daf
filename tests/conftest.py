"""What all tests share."""

from hypothesis import settings

# The same cases each time, and no deadline: a busy machine is no failure.
settings.register_profile("atlas", deadline=None, derandomize=True)
settings.load_profile("atlas")
