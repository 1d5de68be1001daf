"""`atlas report` in its three forms."""

import json
from typing import Any

from typer.testing import CliRunner

from services.cli.main import app
from services.contracts.reports.tables import markdown
from tests.support.reports import REPORT, full_report


class Gateway:
    """A client that knows one report."""

    def json(self, method: str, path: str, **options: Any) -> Any:
        assert (method, path) == ("GET", "/runs/r/report")
        return REPORT


def report(*options: str) -> str:
    result = CliRunner().invoke(app, ["report", "r", *options], obj=Gateway())
    assert result.exception is None
    return result.output


def test_as_tables_as_markdown_and_as_json() -> None:
    tables = report()
    for text in ("1,101,632", "3.28 %", "Fréchet distance", "one|two", "The losses oscillate."):
        assert text in tables
    assert report("--markdown") == markdown(full_report())
    assert json.loads(report("--json")) == REPORT
