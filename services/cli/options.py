"""Options that several commands about models have, and how they are read."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from services.cli.client import CliError

Model = Annotated[str, typer.Argument(help="Name of the model")]
Version = Annotated[int | None, typer.Option(help="Exported epoch; the newest if not given")]
Label = Annotated[int | None, typer.Option(help="Class id, for conditional models")]

Scale = Annotated[
    int | None, typer.Option(help="Pictures: pixels a side for every one, 1 to 32, such as 10 for slides")
]


def parse_point(text: str) -> list[float]:
    """A latent vector from numbers with commas between them."""
    try:
        return [float(part) for part in text.split(",")]
    except ValueError:
        raise CliError(
            f"{text!r} is no latent vector; give numbers with commas, such as 0.5,-0.2."
        ) from None


def given(**values: Any) -> dict[str, Any]:
    """The values that are not None."""
    return {name: value for name, value in values.items() if value is not None}
