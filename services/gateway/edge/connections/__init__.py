"""HTTP connections whose memory, time and number are bounded, before any key is looked at.

The server's own connection (uvicorn's, over httptools) takes headers of any length, waits for ever for a
request that has begun and for who does not read, and lets any number in.
"""

from services.gateway.edge.connections.connection import Connection
from services.gateway.edge.connections.limits import Limits, fit_to_open_files
from services.gateway.edge.connections.registry import ConnectionRegistry

__all__ = ["Connection", "ConnectionRegistry", "Limits", "fit_to_open_files"]
