"""The client for event loops; `_sync` is made from it."""
