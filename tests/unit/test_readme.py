"""The README tells of everything that a person can set, make and call."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from services.cli.main import app
from services.kit.settings import PREFIX, Settings

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_in_the_table_with_its_default(name: str) -> None:
    row = re.search(rf"^\| `{PREFIX}{name.upper()}` \| (.*?) \|", README, re.MULTILINE)
    assert row, f"{PREFIX}{name.upper()} is missing"
    default = Settings.model_fields[name].default
    said = {None: "none", (): "none", True: "`1`", False: "`0`"}.get(default, f"`{default}`")
    assert row[1] == said


@pytest.mark.parametrize("command", sorted(get_command(app).commands))  # type: ignore[attr-defined]
def test_every_command_is_shown(command: str) -> None:
    assert re.search(rf"\batlas {command}\b", README), f"atlas {command} is missing"


def test_every_service_folder_is_explained() -> None:
    folders = {
        path.name for path in (ROOT / "services").iterdir() if path.is_dir() and path.name[0] not in "._"
    }
    told = set(re.findall(r"^\| `services/(\w+)` \|", README, re.MULTILINE))
    assert told == folders


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\((?!https?:)([^)#]+)", README))))
def test_every_link_leads_somewhere(link: str) -> None:
    assert (ROOT / link).exists()


def test_every_test_that_is_named_exists() -> None:
    for path in re.findall(r"`(tests/[\w/]+\.py|services/web/[\w/.]+\.ts)`", README):
        assert (ROOT / path).is_file(), path
