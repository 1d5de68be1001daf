"""The gateway's HTTP application, put together from its parts."""

from __future__ import annotations

from importlib.metadata import version

from fastapi import FastAPI

from services.gateway.errors import add_handlers
from services.gateway.parts import Parts
from services.gateway.routes import datasets, models, runs, system
from services.gateway.schema import DESCRIPTION, describe

_API = "/v1"


def bare_app() -> FastAPI:
    """All routes, with nothing behind them: enough for the OpenAPI description."""
    app = FastAPI(
        title="Latent Atlas",
        summary="Train small-latent GANs and explore their whole latent space",
        description=DESCRIPTION,
        version=version("latent-atlas"),
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
    )
    for noun in (datasets, runs, models):
        app.include_router(noun.router, prefix=_API)
    app.include_router(system.router)
    app.openapi = lambda: describe(app)  # type: ignore[method-assign]
    return app


def create_app(parts: Parts) -> FastAPI:
    """The application that answers with these parts."""
    app = bare_app()
    app.state.parts = parts
    add_handlers(app)
    return app
