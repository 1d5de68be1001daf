"""A gateway with one call more, which answers constant bytes: what any answer costs at the least."""

from __future__ import annotations

from fastapi import FastAPI, Response

from services.gateway import __main__ as gateway
from services.gateway.app import create_app
from services.gateway.parts import Parts

PATH = "/v1/constant"


def _with_constant(parts: Parts) -> FastAPI:
    app = create_app(parts)
    bodies: dict[int, bytes] = {}

    @app.get(f"{PATH}/{{size}}")
    async def constant(size: int) -> Response:
        """So many bytes."""
        return Response(bodies.setdefault(size, b"0" * size), media_type="application/json")

    # First in line, as the model's own calls are.
    app.router.routes.insert(0, app.router.routes.pop())
    return app


if __name__ == "__main__":
    gateway.create_app = _with_constant  # type: ignore[attr-defined]
    gateway.main()
