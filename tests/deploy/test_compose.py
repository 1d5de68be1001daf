"""The compose files: valid, closed to the outside, ordered by who needs whom."""

from __future__ import annotations

import json
import shutil
import subprocess
from importlib.resources import files
from itertools import chain, combinations
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from services.contracts.errors import InvalidInput
from services.kit.settings import PREFIX, load_settings, require_guarded
from tests.deploy.compose_files import MAIN, OVERRIDES, ROOT, compose, mounts, services

ALL = services()
DEFAULT = {name: service for name, service in ALL.items() if "profiles" not in service}
ONE_SHOT = {"prepare"}
LASTING = sorted(set(ALL) - ONE_SHOT)
SUBSETS = list(chain.from_iterable(combinations(OVERRIDES, count) for count in range(len(OVERRIDES) + 1)))


def _settings(service: dict[str, Any]) -> dict[str, str]:
    return {
        name: value for name, value in service.get("environment", {}).items() if name.startswith(PREFIX)
    }


@pytest.mark.parametrize("path", [MAIN, *OVERRIDES], ids=lambda path: path.name)
def test_every_file_is_as_the_compose_specification_has_it(path: Path) -> None:
    schema = json.loads(
        (files("check_jsonschema") / "builtin_schemas/vendor/compose-spec.json").read_text(encoding="utf-8")
    )
    jsonschema.validate(compose(path), schema)


@pytest.mark.parametrize("profile", [None, "observability"])
@pytest.mark.parametrize("overrides", SUBSETS, ids=lambda paths: "+".join(path.stem for path in paths))
def test_compose_itself_takes_every_combination(overrides: tuple[Path, ...], profile: str | None) -> None:
    docker = shutil.which("docker")
    if docker is None or subprocess.run([docker, "compose", "version"], capture_output=True).returncode:
        pytest.skip("docker compose is not installed; the schema is checked all the same")
    options = chain.from_iterable(("--file", str(path)) for path in (MAIN, *overrides))
    profiles = ("--profile", profile) if profile else ()
    command = [docker, "compose", *options, *profiles, "config", "--format", "json"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    built = json.loads(result.stdout)["services"]
    assert set(built) == {name for name in ALL if profile or name in DEFAULT}
    serving = built["serving"]
    if any(path.stem == "embedded-serving" for path in overrides):
        assert serving["image"].startswith("latent-atlas/serving:")
        assert serving["build"]["target"] == "serving"
    elif any(path.stem == "gpu" for path in overrides):
        assert serving["image"].endswith("-gpu")
    # An override changes where a service runs, not what it is told.
    assert serving["command"] == ALL["serving"]["command"]


@pytest.mark.parametrize("name", ALL)
def test_every_container_is_held_short(name: str) -> None:
    service = ALL[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "cap_add" not in service
    assert "privileged" not in service
    assert service["security_opt"] == ["no-new-privileges:true"]
    user = service["user"].partition(":")[0]
    assert int(user) > 0
    assert service["logging"]["options"]["max-size"]


@pytest.mark.parametrize("name", LASTING)
def test_what_lasts_comes_back_and_says_how_it_is(name: str) -> None:
    service = ALL[name]
    assert service["restart"] == "unless-stopped"
    assert service["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL")
    assert service["healthcheck"]["retries"] >= 3


def test_who_runs_once_is_not_started_again() -> None:
    for name in ONE_SHOT:
        assert ALL[name]["restart"] == "no"
        assert ALL[name]["network_mode"] == "none"


@pytest.mark.parametrize("name", ALL)
def test_who_is_needed_is_waited_for_until_it_can_serve(name: str) -> None:
    for needed, how in ALL[name].get("depends_on", {}).items():
        once = needed in ONE_SHOT
        assert how["condition"] == ("service_completed_successfully" if once else "service_healthy")


def test_the_gateway_waits_for_everybody() -> None:
    assert set(DEFAULT["gateway"]["depends_on"]) == set(DEFAULT) - {"gateway"}


def test_only_the_gateway_is_published_and_only_to_this_machine() -> None:
    published = {name for name, service in DEFAULT.items() if "ports" in service}
    assert published == {"gateway"}
    for service in ALL.values():
        for port in service.get("ports", []):
            assert port["host_ip"] == "127.0.0.1"
    (port,) = DEFAULT["gateway"]["ports"]
    assert (port["target"], port["published"]) == (8000, "8000")
    (told,) = services(ATLAS_HOST="192.0.2.1", ATLAS_PORT="9000")["gateway"]["ports"]
    assert (told["host_ip"], told["published"]) == ("192.0.2.1", "9000")


def test_nothing_but_the_gateway_and_the_trainer_reaches_the_world() -> None:
    assert compose()["networks"]["inner"] == {"internal": True}
    outside = {name for name, service in DEFAULT.items() if "outer" in service.get("networks", [])}
    assert outside == {"gateway", "trainer"}


@pytest.mark.parametrize("name", ALL)
def test_volumes_are_named_and_folders_of_the_clone_are_only_read(name: str) -> None:
    declared = set(compose()["volumes"])
    for source, target, read_only in mounts(ALL[name]):
        if source.startswith("."):
            assert read_only, target
            assert (ROOT / source).exists()
        else:
            assert source in declared


def test_model_servers_see_models_alone_and_only_read_them() -> None:
    (seen,) = [each for each in mounts(ALL["serving"]) if not each[0].startswith(".")]
    assert seen == ("models", "/var/lib/latent-atlas/models", True)


def test_a_folder_with_data_files_can_be_given() -> None:
    given = {
        target: source for source, target, _ in mounts(services(ATLAS_DATA_DIR="/srv/data")["trainer"])
    }
    assert given["/data"] == "/srv/data"


@pytest.mark.parametrize("name", [name for name, service in ALL.items() if _settings(service)])
def test_every_service_accepts_the_settings_that_it_is_given(name: str) -> None:
    settings = load_settings(_settings(ALL[name]))
    require_guarded(settings)
    assert str(settings.home) == "/var/lib/latent-atlas"


def test_publishing_beyond_this_machine_needs_keys() -> None:
    open_to_all = load_settings(_settings(services(ATLAS_HOST="0.0.0.0")["gateway"]))
    with pytest.raises(InvalidInput):
        require_guarded(open_to_all)
    require_guarded(load_settings(_settings(services(ATLAS_HOST="0.0.0.0", ATLAS_API_KEYS="k")["gateway"])))
    require_guarded(
        load_settings(_settings(services(ATLAS_HOST="0.0.0.0", ATLAS_ALLOW_OPEN="1")["gateway"]))
    )


def test_a_trainer_has_the_time_to_write_a_checkpoint() -> None:
    from services.trainer.worker.supervision import PATIENCE

    assert int(ALL["trainer"]["stop_grace_period"].removesuffix("s")) > PATIENCE.saving


def test_the_two_redis_servers_keep_and_forget_as_they_should() -> None:
    def options(name: str) -> dict[str, str]:
        lines = (ROOT / f"deploy/redis/{name}.conf").read_text().splitlines()
        return dict(line.split(None, 1) for line in lines if line and not line.startswith("#"))

    queue, cache = options("queue"), options("cache")
    assert (queue["appendonly"], queue["maxmemory-policy"]) == ("yes", "noeviction")
    assert (cache["appendonly"], cache["save"], cache["maxmemory-policy"]) == ("no", '""', "allkeys-lru")
    assert "maxmemory" in cache
    for name in ("queue", "cache"):
        assert ALL[name]["command"] == ["redis-server", f"/etc/redis/{name}.conf"]
