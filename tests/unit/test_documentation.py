"""The pages tell of everything that a person can set, make and call, and what they name is there."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from services.cli.main import app
from services.kit.settings import PREFIX, Settings

ROOT = Path(__file__).resolve().parents[2]
PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")),
)
FOLDERS = r"(?:services|tests|docs|deploy|k8s|proto|benchmarks|\.ci|\.github)"
"""At the root of the repository: what begins like this is a path in it."""
SOURCE = r"(?:py|ts|md|toml|ya?ml|proto|conf|json|css|html)"
"""A path in back-quotes that ends like this is one, too."""
FENCE = re.compile(r"^ *```.*?^ *```$", re.MULTILINE | re.DOTALL)


@cache
def read(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


@cache
def prose(page: str) -> str:
    """A page without its blocks of code."""
    return FENCE.sub("", read(page))


@cache
def anchors(page: str) -> frozenset[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    found: list[str] = []
    for heading in re.findall(r"^#{1,6} (.+)$", prose(page), re.MULTILINE):
        anchor = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        again = found.count(anchor)
        found.append(f"{anchor}-{again}" if again else anchor)
    return frozenset(found)


def links() -> list[tuple[str, str]]:
    """Page and target of every link and picture that stays in the repository."""
    targets = [(page, target) for page in PAGES for target in re.findall(r"\]\(([^)\s]+)\)", prose(page))]
    return sorted({(page, target) for page, target in targets if not re.match(r"[a-z]+:", target)})


# Complete ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_in_the_table_with_its_default(name: str) -> None:
    row = re.search(rf"^\| `{PREFIX}{name.upper()}` \| (.*?) \|", read("docs/deploy.md"), re.MULTILINE)
    assert row, f"{PREFIX}{name.upper()} is missing"
    default = Settings.model_fields[name].default
    said = {None: "none", (): "none", True: "`1`", False: "`0`"}.get(default, f"`{default}`")
    assert row[1] == said


@pytest.mark.parametrize("command", sorted(get_command(app).commands))  # type: ignore[attr-defined]
def test_every_command_is_shown(command: str) -> None:
    assert re.search(rf"\batlas {command}\b", read("docs/guide.md")), f"atlas {command} is missing"


def test_every_service_folder_is_explained() -> None:
    folders = {
        path.name for path in (ROOT / "services").iterdir() if path.is_dir() and path.name[0] not in "._"
    }
    told = set(re.findall(r"^\| `services/(\w+)` \|", read("README.md"), re.MULTILINE))
    assert told == folders


def layers(service: str) -> list[str]:
    """Packages of a service from the bottom up, as import-linter's contract has them."""
    config: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = [
        contract
        for contract in config["tool"]["importlinter"]["contracts"]
        if contract["type"] == "layers" and contract["containers"] == [f"services.{service}"]
    ]
    names = [name for layer in reversed(contract["layers"]) for name in layer.split(" | ")]
    return [name for name in names if (ROOT / "services" / service / name).is_dir()]


@pytest.mark.parametrize("service", ["gateway", "trainer", "serving"])
def test_every_package_of_the_larger_services_is_explained_in_the_order_of_imports(service: str) -> None:
    told = re.findall(rf"^\| `services/{service}/(\w+)` \|", read("CONTRIBUTING.md"), re.MULTILINE)
    assert told == layers(service)


def test_the_readme_is_short() -> None:
    assert len(read("README.md").splitlines()) < 200


def test_every_page_is_linked_from_the_readme() -> None:
    targets = {target.partition("#")[0] for page, target in links() if page == "README.md"}
    assert set(PAGES) - {"README.md"} <= targets


# True ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("page", "target"), links())
def test_every_link_leads_somewhere(page: str, target: str) -> None:
    file, _, anchor = target.partition("#")
    path = ((ROOT / page).parent / file).resolve() if file else ROOT / page
    assert path.exists()
    if anchor:
        assert anchor in anchors(path.relative_to(ROOT).as_posix())


@pytest.mark.parametrize("page", PAGES)
def test_every_path_that_is_named_exists(page: str) -> None:
    paths = re.findall(rf"(?<![\w.$-])({FOLDERS}/[\w./-]*\w)", read(page))
    paths += re.findall(rf"`({FOLDERS})/?`", prose(page))
    paths += re.findall(r"`([\w.-]+\.(?:md|toml|lock|yml)|Makefile|LICENSE)`", prose(page))
    # What lies in a home is no part of the repository.
    paths += re.findall(rf"`((?!ATLAS_HOME/)[\w.-]+(?:/[\w.-]+)+\.{SOURCE})`", prose(page))
    assert [path for path in paths if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_module_that_is_named_exists(page: str) -> None:
    modules = re.findall(r"\b((?:services|benchmarks)(?:\.\w+)*)\b(?!/)", read(page))
    names = {name.replace(".", "/") for name in modules}
    assert [
        name for name in names if not any((ROOT / f"{name}{end}").exists() for end in ("", ".py"))
    ] == []


@pytest.mark.parametrize("page", PAGES)
def test_everything_that_is_to_be_made_can_be_made(page: str) -> None:
    targets = re.findall(r"(?:`|^)make ([a-z-]+)", read(page), re.MULTILINE)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert [target for target in targets if f"\n{target}:" not in makefile] == []
