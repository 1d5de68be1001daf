"""What answers and questions have in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Answer(BaseModel):
    """What is answered: never changed once it is made."""

    model_config = ConfigDict(frozen=True)


class Question(BaseModel):
    """What is asked: no unknown fields, no conversions of types, no NaN or infinity."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class Page(Answer):
    """Part of a list."""

    next_cursor: str | None = Field(None, description="Give as `cursor` for the next page")
