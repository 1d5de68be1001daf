"""The Dockerfile and the locks: what goes into an image, and what must not."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from functools import cache

import pytest

from tests.deploy.compose_files import ROOT, services

DOCKERFILE = (ROOT / "deploy/Dockerfile").read_text()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
TARGETS = ("gateway", "trainer", "serving")
LOCKS = {
    "gateway": ("gateway",),
    "tensorflow-cpu": ("trainer", "serving"),
    "tensorflow-gpu": ("trainer", "serving", "gpu"),
}
GPU_ONLY = re.compile(r"nvidia-")


def stages() -> dict[str, str]:
    parts = re.split(r"^FROM ", DOCKERFILE, flags=re.MULTILINE)[1:]
    return {part.split("\n", 1)[0].split(" AS ")[1]: "FROM " + part for part in parts}


@cache
def lock(path: str) -> dict[str, set[str]]:
    """Versions by package; one that differs by Python has two."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(
        r"^([\w.-]+)(?:\[[^\]]*\])?==(\S+)", (ROOT / path).read_text(), re.MULTILINE
    ):
        found.setdefault(name, set()).add(version)
    return found


def direct(extra: str) -> set[str]:
    """The packages that an extra of the project names, with those of the extras that it takes in."""
    names = set()
    for requirement in (
        PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"][extra]
    ):
        name, _, extras = re.fullmatch(r"([\w.-]+)(\[([\w,-]+)\])?.*", requirement).groups()  # type: ignore[union-attr]
        if name == "latent-atlas":
            names |= set().union(*(direct(part) for part in extras.split(",")))
        else:
            names.add(name)
    return names


def test_every_image_that_compose_builds_has_a_target() -> None:
    built = {service["build"]["target"] for service in services().values() if "build" in service}
    assert built == {"gateway", "trainer"}
    assert set(TARGETS) <= set(stages())


@pytest.mark.parametrize("target", TARGETS)
def test_images_run_as_nobody_in_particular_under_an_init(target: str) -> None:
    stage = stages()[target]
    assert "\nUSER 10001:10001\n" in stage
    assert "\nHEALTHCHECK " in stage
    assert '"/usr/bin/tini", "--"' in (stage if target == "serving" else stages()["base"])
    for label in ("title", "description", "licenses", "version", "revision"):
        assert f"org.opencontainers.image.{label}=" in stage
    # What was needed to make it stays behind.
    assert "\nRUN " not in stage


@pytest.mark.parametrize("target", TARGETS)
def test_an_image_holds_the_folders_that_its_process_may_import(target: str) -> None:
    folders = set(
        re.findall(r"^COPY services/(\w+) ", stages()["code"] + stages()[f"{target}-code"], re.MULTILINE)
    )
    # The model server knows nothing of runs, so nothing of where they lie.
    assert folders == {"contracts", "kit", target} | ({"store"} if target != "serving" else set())


@pytest.mark.parametrize("target", ["gateway-packages", "tensorflow-packages"])
def test_packages_come_before_code_with_hashes(target: str) -> None:
    stage = stages()[target]
    assert stage.startswith("FROM python ")
    assert "COPY services" not in stage
    assert "--require-hashes" in stage
    assert "--only-binary :all:" in stage


def test_base_images_are_pinned_by_tag() -> None:
    outside = set(re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)) - set(stages()) - {"scratch"}
    outside |= {service["image"] for service in services().values()}
    for image in outside:
        assert re.fullmatch(r"[\w./-]+:v?\d[\w.-]*", image), image


def test_versions_are_the_project_s() -> None:
    version = PROJECT["project"]["version"]
    assert f"ARG VERSION={version}\n" in DOCKERFILE
    for path in (ROOT / "docker-compose.yml", *(ROOT / "deploy/compose").glob("*.yml")):
        for tag in re.findall(r"image: (?:&\S+ )?latent-atlas/[\w-]+:(\S+)", path.read_text()):
            assert tag == version, path
    for path in (ROOT / "k8s").rglob("*.yaml"):
        text = path.read_text()
        tags = re.findall(r"latent-atlas/[\w-]+:(\d[\w.-]*)", text) + re.findall(r"newTag: (\S+?) ", text)
        assert set(tags) <= {version}, path


def test_the_gateway_is_without_tensorflow() -> None:
    assert not {"tensorflow", "keras", "tensorflow-serving-api", "scikit-learn"} & set(
        lock("deploy/locks/gateway.lock")
    )


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_what_its_processes_need(name: str) -> None:
    locked = set(lock(f"deploy/locks/{name}.lock"))
    for extra in LOCKS[name]:
        assert direct(extra) <= locked, "run make lock"


@pytest.mark.parametrize("name", LOCKS)
def test_images_have_the_versions_that_are_tested(name: str) -> None:
    tested = lock("requirements.lock")
    for package, versions in lock(f"deploy/locks/{name}.lock").items():
        if not GPU_ONLY.match(package):
            assert versions <= tested.get(package, set()), f"{package}: run make lock"


@pytest.mark.parametrize("name", LOCKS)
def test_locks_have_hashes_and_no_addresses(name: str) -> None:
    text = (ROOT / f"deploy/locks/{name}.lock").read_text()
    assert "://" not in text
    assert "--index-url" not in text
    entries = re.split(r"^(?=[\w.-]+(?:\[[^\]]*\])?==)", text, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in entry for entry in entries)


def test_the_context_is_what_is_named() -> None:
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    assert "*" in lines
    assert {line for line in lines if line.startswith("!")} == {"!services", "!deploy/locks"}
    assert {"services/web/node_modules", "services/gateway/static", "**/__pycache__"} <= set(lines)


IMPORT_WITHOUT = """
import importlib, re, sys
from importlib.metadata import packages_distributions

folders = set(sys.argv[1].split())
there = {"latent-atlas", *sys.argv[2].split()}
owners = {
    module: {re.sub("[-_.]+", "-", name).lower() for name in names}
    for module, names in packages_distributions().items()
}

class AsInTheImage:
    def find_spec(self, name, path=None, target=None):
        top, _, rest = name.partition(".")
        if top == "services" and rest and rest.partition(".")[0] not in folders:
            raise ModuleNotFoundError(f"{name} is in no folder of the image", name=name)
        own = owners.get(top)
        if own and not own & there:
            raise ModuleNotFoundError(f"{name} is in no package of the lock", name=name)

sys.meta_path.insert(0, AsInTheImage())
for name in sys.argv[3:]:
    importlib.import_module(name)
"""


QUEUE = ("kombu.transport.redis", "celery.app.amqp")


@pytest.mark.parametrize(
    ("target", "name", "modules"),
    [
        (
            "gateway",
            "gateway",
            (
                "services.gateway.__main__",
                "services.kit.home",
                *QUEUE,
                "av.video.reformatter",
                "PIL.WebPImagePlugin",
            ),
        ),
        (
            "trainer",
            "tensorflow-cpu",
            (
                "services.trainer.worker.tasks",
                "services.trainer.worker.liveness",
                *QUEUE,
                "celery.bin.worker",
            ),
        ),
    ],
)
def test_a_process_runs_on_what_its_image_holds(target: str, name: str, modules: tuple[str, ...]) -> None:
    """More is installed here than in the image, so that nobody would miss what is missing there."""
    folders, packages = f"contracts store kit {target}", " ".join(lock(f"deploy/locks/{name}.lock"))
    command = [sys.executable, "-c", IMPORT_WITHOUT, folders, packages, *modules]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
