"""The language that all services share: pydantic and the standard library only."""
