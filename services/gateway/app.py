"""The gateway's HTTP application, put together from its parts."""

from __future__ import annotations

from importlib.metadata import version

from fastapi import FastAPI
from fastapi.middleware import Middleware

from services.gateway.auth import RequireKey
from services.gateway.compression import Compressed
from services.gateway.errors import add_handlers
from services.gateway.head import HeadAsGet
from services.gateway.hosts import OwnName
from services.gateway.middleware import BodyLimit, Surroundings
from services.gateway.near import ShortWay
from services.gateway.origins import Origins, RefuseForeign
from services.gateway.page import Page
from services.gateway.parts import Parts
from services.gateway.prefix import Prefixed
from services.gateway.repeated import JoinedHeaders
from services.gateway.routes import (
    dataset_previews,
    datasets,
    documentation,
    downloads,
    experiments,
    films,
    models,
    recipes,
    report,
    runs,
    system,
)
from services.gateway.schema import DESCRIPTION, describe

# Routes are tried one after the other, so those that a moving slider asks come first.
_ROUTES = (
    models,
    recipes,
    runs,
    report,
    films,
    experiments,
    datasets,
    dataset_previews,
    downloads,
    system,
    documentation,
)


def bare_app(*layers: Middleware) -> FastAPI:
    """All routes, with nothing behind them: enough for the OpenAPI description."""
    app = FastAPI(
        title="Latent Atlas",
        summary="Train small-latent GANs and explore their whole latent space",
        description=DESCRIPTION,
        version=version("latent-atlas"),
        middleware=layers,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
    )
    for noun in _ROUTES:
        app.include_router(noun.router)
    app.openapi = lambda: describe(app)  # type: ignore[method-assign]
    return app


def create_app(parts: Parts) -> FastAPI:
    """The application that answers with these parts."""

    def is_open() -> bool:
        return parts.keyring.is_open

    origins = Origins(parts.hosts, is_open, parts.allowed_origins)
    app = bare_app(
        Middleware(Surroundings, metrics=parts.metrics, origins=origins),
        Middleware(OwnName, hosts=parts.hosts, is_open=is_open),
        Middleware(RefuseForeign, origins=origins),
        Middleware(Prefixed),
        Middleware(JoinedHeaders),
        Middleware(HeadAsGet),
        Middleware(RequireKey, keyring=parts.keyring),
        Middleware(Compressed),
        Middleware(BodyLimit),
        Middleware(ShortWay, near=parts.near, metrics=parts.metrics),
    )
    app.state.parts = parts
    app.router.default = Page()
    add_handlers(app)
    return app
