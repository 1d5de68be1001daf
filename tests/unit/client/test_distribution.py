"""The client as a distribution of its own: generated parts up to date, light, complete."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from services.gateway.api.schema import describe
from services.gateway.app import bare_app
from tests.support.client_calls import calls_of_the_api, calls_of_the_client

CLIENT = Path(__file__).parents[3] / "services" / "client"
PACKAGE = CLIENT / "latent_atlas_client"


def run(script: str, *arguments: Path) -> None:
    subprocess.run([sys.executable, CLIENT / "scripts" / script, *arguments], check=True)


def sources(folder: Path) -> dict[str, str]:
    """Text of each module, by its file name."""
    return {path.name: path.read_text() for path in folder.glob("*.py")}


def test_the_types_are_what_the_api_describes(tmp_path: Path) -> None:
    description, fresh = tmp_path / "openapi.json", tmp_path / "types"
    description.write_text(json.dumps(describe(bare_app())))
    shutil.copy(CLIENT.parents[1] / "pyproject.toml", tmp_path)  # ruff's settings
    run("types_from_openapi.py", description, fresh)
    assert sources(fresh) == sources(PACKAGE / "types"), "run `make generate`"


def test_both_clients_are_the_same(tmp_path: Path) -> None:
    package = tmp_path / "services" / "client" / "latent_atlas_client"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(CLIENT.parents[1] / "pyproject.toml", tmp_path)
    for module in (package / "_sync").glob("*.py"):
        if module.name not in ("__init__.py", "waiting.py"):
            module.unlink()
    run("sync_from_async.py", package)
    assert sources(package / "_sync") == sources(PACKAGE / "_sync"), "run `make generate`"


def test_every_call_of_the_api_has_its_method() -> None:
    assert calls_of_the_client() == calls_of_the_api(describe(bare_app()))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The distribution, built from a copy, without a network."""
    source, target = tmp_path_factory.mktemp("source") / "client", tmp_path_factory.mktemp("wheel")
    shutil.copytree(CLIENT, source, ignore=shutil.ignore_patterns("__pycache__", "build", "*.egg-info"))
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--quiet", "--wheel-dir", str(target)]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, source], check=True)
    (built,) = target.glob("latent_atlas_client-*.whl")
    return built


def _needed(name: str) -> set[str]:
    """Names of a distribution and all its dependencies."""
    found = {name}
    for line in distribution(name).requires or ():
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            found |= _needed(requirement.name)
    return found


_ALONE = """
import sys
from latent_atlas_client import AsyncClient, Client, TrainingSpec, png
from latent_atlas_client.wire.codec import decode, encode
import numpy as np
spec = TrainingSpec(name="mine", dataset="digits")
assert decode(TrainingSpec, encode(spec)) == spec
assert png.decode(png.encode(np.ones((2, 3), np.uint8))).shape == (2, 3, 1)
with Client("http://127.0.0.1:1") as atlas:
    assert atlas.url == "http://127.0.0.1:1"
loaded = {name.split(".")[0] for name in sys.modules}
heavy = loaded & {"services", "pydantic", "fastapi", "tensorflow", "PIL"}
assert not heavy, heavy
"""


def test_it_works_with_httpx_and_numpy_alone(wheel: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone"
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(alone)
        metadata = packed.read(f"{wheel.name.rsplit('-', 3)[0]}.dist-info/METADATA").decode()
        assert f"{PACKAGE.name}/py.typed" in packed.namelist()
    assert re.findall(r"^Requires-Dist: (\w+)", metadata, re.MULTILINE) == ["httpx", "numpy"]
    for name in _needed("httpx") | _needed("numpy"):
        for file in {Path(path.parts[0]) for path in distribution(name).files or ()}:
            place = Path(str(distribution(name).locate_file(file)))
            if file.name not in ("..", "__pycache__") and not (alone / file).exists():
                (alone / file).symlink_to(place)
    # -I and -S: neither the checkout nor this environment's packages can be imported.
    code = f"import sys; sys.path.insert(0, {str(alone)!r})\n{_ALONE}"
    subprocess.run([sys.executable, "-I", "-S", "-c", code], check=True, cwd=tmp_path)
