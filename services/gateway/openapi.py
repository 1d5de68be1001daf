"""Prints the OpenAPI description without starting anything: python -m services.gateway.openapi."""

from __future__ import annotations

import json
import sys

from services.gateway.api.schema import describe
from services.gateway.app import bare_app


def main() -> None:
    """Write the description to standard output."""
    json.dump(describe(bare_app()), sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
