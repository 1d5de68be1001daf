"""`python -m services.gateway`: listens until SIGTERM or Ctrl-C."""

from __future__ import annotations

import argparse
import asyncio
import errno
import signal
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from types import FrameType
from typing import cast

import structlog
import uvicorn
import uvloop

from services.contracts.errors import AtlasError, InvalidInput
from services.gateway.app import create_app
from services.gateway.edge.connections import Connection, ConnectionRegistry, fit_to_open_files
from services.gateway.edge.hosts import Hosts
from services.gateway.parts import Parts, assembled
from services.gateway.plumbing import telemetry
from services.kit.logs import configure_logging
from services.kit.settings import Settings, load_settings, require_guarded
from services.store import KeyStore

log = structlog.get_logger(__name__)

GRACE_SECONDS = 10
"""How long requests that are being answered may still take when the gateway stops."""


def main(arguments: Sequence[str] = ()) -> None:
    """Serve; exit code 1 and one sentence where that is not possible."""
    parser = argparse.ArgumentParser(prog="services.gateway")
    parser.add_argument(
        "--bind",
        metavar="ADDRESS",
        help="address to listen on inside a container; ATLAS_HOST then names the address on which the "
        "container's port is published, and whether that needs keys goes by it",
    )
    parser.add_argument(
        "--name",
        action="append",
        default=[],
        help="name by which other containers ask for this one, beside those under which it answers anyway",
    )
    given = parser.parse_args(arguments)
    try:
        settings = load_settings()
        has_keys = bool(KeyStore(settings.home).all())
        require_guarded(settings, has_keys)
        configure_logging(settings)
        if settings.allowed_origins and not (has_keys or settings.api_keys):
            log.warning(
                "ATLAS_ALLOWED_ORIGINS changes nothing until there are keys: without, pages of others "
                "may do nothing"
            )
        hosts = Hosts.from_settings(settings, given.name)
        if given.bind is not None:
            settings = settings.model_copy(update={"host": given.bind})
        with _listening(settings) as listener:
            uvloop.run(_serve(settings, hosts, listener))
    except AtlasError as error:
        print(f"The gateway cannot start: {error.message}", file=sys.stderr)
        sys.exit(1)


async def _serve(settings: Settings, hosts: Hosts, listener: socket.socket) -> None:
    stop_traces = telemetry.start()
    try:
        await _serve_parts(settings, hosts, listener)
    finally:
        # It may have to wait for the collector.
        await asyncio.to_thread(stop_traces)
    log.info("stopped")


async def _serve_parts(settings: Settings, hosts: Hosts, listener: socket.socket) -> None:
    async with assembled(settings, hosts) as parts:
        registry = ConnectionRegistry(fit_to_open_files(), parts.metrics)
        config = uvicorn.Config(
            create_app(parts),
            loop="none",
            http=cast(type[asyncio.Protocol], partial(Connection, registry=registry)),
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="warning",
            access_log=False,
            server_header=False,
            backlog=registry.limits.backlog,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
        log.info(f"listening on http://{settings.host}:{listener.getsockname()[1]}")
        watching = asyncio.ensure_future(registry.watch())
        try:
            await _Server(config, parts).serve([listener])
        finally:
            watching.cancel()


class _Server(uvicorn.Server):
    """Ends its streams when it is asked to stop, and then exits in order instead of by the signal."""

    def __init__(self, config: uvicorn.Config, parts: Parts) -> None:
        super().__init__(config)
        self._parts = parts

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(number)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._parts.feed.close()
        self._parts.maps.stopping.set()
        super().handle_exit(sig, frame)


@contextmanager
def _listening(settings: Settings) -> Iterator[socket.socket]:
    """The socket, opened before anything else is started."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((settings.host.strip("[]"), settings.port))
            listener.listen(2048)
        except OSError as error:
            where = f"{settings.host}:{settings.port}"
            if error.errno == errno.EADDRINUSE:
                raise InvalidInput(f"{where} is taken by another program; set ATLAS_PORT.") from error
            raise InvalidInput(f"{where} cannot be listened on: {error.strerror or error}.") from error
        yield listener


if __name__ == "__main__":
    main(sys.argv[1:])
