"""HTTP connections with bounds on memory, time and number, which hold before keys are checked.

Uvicorn's own connection (over httptools) accepts headers of any length and any number of connections, and
waits for ever for incomplete requests and for clients that do not read.
"""

from services.gateway.edge.connections.connection import Connection
from services.gateway.edge.connections.limits import Limits, fit_to_open_files
from services.gateway.edge.connections.registry import ConnectionRegistry

__all__ = ["Connection", "ConnectionRegistry", "Limits", "fit_to_open_files"]
