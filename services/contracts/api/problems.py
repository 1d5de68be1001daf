"""Errors as they are answered (RFC 9457)."""

from __future__ import annotations

from pydantic import Field

from services.contracts.api.base import Answer


class FieldError(Answer):
    """What is wrong with one field."""

    path: str = Field(description="Dotted path of the field, such as `network.activation.name`")
    message: str = Field(
        description="What is wrong with it, going on from its name, such as `must be 1 or more, not 0`; "
        "programs rely on the path, not on these words"
    )


class Problem(Answer):
    """RFC 9457 problem details."""

    type: str = Field(description="Names the kind of problem", examples=["/problems/run-not-found"])
    title: str = Field(description="The kind of problem, in words")
    status: int = Field(description="HTTP status")
    detail: str = Field(description="One sentence that says what is wrong and what would be right")
    instance: str | None = Field(None, description="Where it happened; not given by this server")
    errors: list[FieldError] | None = Field(None, description="For 422: each wrong field")
