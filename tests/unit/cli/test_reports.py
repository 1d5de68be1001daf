"""`atlas report` in its three forms."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from services.cli import main
from services.contracts.reports.tables import markdown
from tests.support.reports import REPORT, full_report


class Gateway:
    """A client that knows one report."""

    def __init__(self, url: str, key: str | None = None) -> None:
        self.url, self.key = url, key

    def json(self, method: str, path: str, **options: Any) -> Any:
        assert (method, path) == ("GET", "/runs/r/report")
        return REPORT


def asked(monkeypatch: pytest.MonkeyPatch, *options: str) -> str:
    monkeypatch.setattr(main, "Client", Gateway)
    result = CliRunner().invoke(main.app, ["report", "r", *options])
    assert result.exception is None
    return result.output


def test_as_tables_as_markdown_and_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = asked(monkeypatch)
    for said in ("1,101,632", "3.28 %", "Fréchet distance", "one|two", "The losses oscillate."):
        assert said in tables
    assert asked(monkeypatch, "--markdown") == markdown(full_report())
    assert json.loads(asked(monkeypatch, "--json")) == REPORT
