"""The client without an event loop; made from `_async`, except for `waiting`."""
