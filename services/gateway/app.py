"""The gateway's HTTP application, put together from its parts."""

from __future__ import annotations

from importlib.metadata import version

from fastapi import FastAPI
from fastapi.middleware import Middleware

from services.gateway.api.known_maps import KnownMaps
from services.gateway.api.routes import dataset_previews, datasets, documentation, recipes, system
from services.gateway.api.routes.models import downloads, judges, layers, locate, maps, points
from services.gateway.api.routes.models import films as model_films
from services.gateway.api.routes.runs import (
    comparison,
    continuations,
    experiments,
    films,
    report,
    runs,
    surfaces,
)
from services.gateway.api.schema import DESCRIPTION, describe
from services.gateway.edge.auth import RequireKey
from services.gateway.edge.compression import Compression
from services.gateway.edge.head_requests import HeadAsGet
from services.gateway.edge.hosts import HostCheck
from services.gateway.edge.middleware import BodyLimit, OutermostLayer
from services.gateway.edge.origins import CrossOriginCheck, Origins
from services.gateway.edge.page import Page
from services.gateway.edge.prefix import ForwardedPrefix
from services.gateway.edge.repeated_headers import JoinedHeaders
from services.gateway.http.problems import add_handlers
from services.gateway.parts import Parts

# Routes are tried one after the other, so those that a moving slider asks come first.
_ROUTES = (
    points,
    layers,
    maps,
    locate,
    judges,
    model_films,
    recipes,
    runs,
    continuations,
    surfaces,
    report,
    films,
    comparison,
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
        return parts.api_keys.is_open

    origins = Origins(parts.hosts, is_open, parts.allowed_origins)
    app = bare_app(
        Middleware(OutermostLayer, metrics=parts.metrics, origins=origins),
        Middleware(HostCheck, hosts=parts.hosts, is_open=is_open),
        Middleware(CrossOriginCheck, origins=origins),
        Middleware(ForwardedPrefix),
        Middleware(JoinedHeaders),
        Middleware(HeadAsGet),
        Middleware(RequireKey, api_keys=parts.api_keys),
        Middleware(Compression),
        Middleware(BodyLimit, most_of_uploads=parts.upload_limits.max_upload),
        Middleware(KnownMaps, parts=parts),
    )
    app.state.parts = parts
    app.router.default = Page()
    add_handlers(app)
    return app
