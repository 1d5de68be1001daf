"""The same system is told several times: compose file, manifests, dashboards, pages. They have to agree."""

from __future__ import annotations

import json
import re
import subprocess
from importlib.resources import files
from shutil import which
from typing import Any, get_args

import jsonschema
import pytest
import yaml

from services.contracts.runs.states import RunState
from services.gateway.app import bare_app
from services.gateway.plumbing.metrics import Metrics as GatewayMetrics
from services.kit.settings import PREFIX, load_settings, require_guarded
from services.serving.base.metrics import Metrics as ServingMetrics
from tests.deploy.compose_files import ROOT, mounts, services
from tests.deploy.manifests import (
    COMPONENTS,
    K8S,
    OVERLAYS,
    Manifest,
    build,
    build_with,
    containers,
    named,
    one,
    pods,
)

COMPOSE = services()
BASE = build(K8S / "base")
ALERTS = ROOT / "deploy/prometheus/alerts.yml"
DASHBOARD = json.loads((ROOT / "deploy/grafana/dashboards/latent-atlas.json").read_text())
DOCS = (ROOT / "docs/deploy.md").read_text()
OTHERS = {
    "up",
    "redis_memory_used_bytes",
    "redis_memory_max_bytes",
    "redis_evicted_keys_total",
    "redis_key_size",
}
"""Metrics of Prometheus and of the exporter, seen in their own pages."""


@pytest.fixture(scope="module")
def monitored(tmp_path_factory: pytest.TempPathFactory) -> list[Manifest]:
    return build_with(("monitoring",), "base", tmp_path_factory.mktemp("kustomization"))


def container(manifests: list[Manifest], name: str) -> Manifest:
    (pod,) = [pod for workload, pod in pods(manifests) if workload.endswith(f"/{name}")]
    return next(each for each in containers(pod) if each["name"] in (name, "redis"))


def environment(manifests: list[Manifest], name: str) -> dict[str, str]:
    """What a container is set to; secrets as a stand-in."""
    own = container(manifests, name)
    found: dict[str, str] = {}
    for source in own.get("envFrom", []):
        found |= one(manifests, "ConfigMap", source["configMapRef"]["name"])["data"]
    return found | {each["name"]: each.get("value", "secret") for each in own.get("env", [])}


def test_the_services_are_the_same(monitored: list[Manifest]) -> None:
    workloads = {name.partition("/")[2] for name, _ in pods(monitored)}
    # A cluster has its own Prometheus and Grafana; and what runs once before is a pod's first container.
    assert workloads == set(COMPOSE) - {"prometheus", "grafana", "prepare"}


def test_who_prepares_the_home_does_the_same() -> None:
    (first,) = one(BASE, "Deployment", "serving")["spec"]["template"]["spec"]["initContainers"]
    assert first["args"] == COMPOSE["prepare"]["command"]


@pytest.mark.parametrize("name", ["queue", "cache", "serving", "redis-exporter"])
def test_others_images_and_their_arguments_are_the_same(monitored: list[Manifest], name: str) -> None:
    own = container(monitored, name)
    assert own["image"] == COMPOSE[name]["image"]
    assert own["args"] == COMPOSE[name]["command"]


def test_our_images_are_the_same() -> None:
    for name in ("gateway", "trainer"):
        assert container(BASE, name)["image"] == COMPOSE[name]["image"]


@pytest.mark.parametrize("name", ["gateway", "trainer", "serving", "queue"])
def test_volumes_lie_at_the_same_paths(name: str) -> None:
    shared = {"home", "models", "queue"}
    compose = {target: read_only for source, target, read_only in mounts(COMPOSE[name]) if source in shared}
    volumes = {"home", "models", "data"}
    manifests = {
        mount["mountPath"]: mount.get("readOnly", False)
        for mount in container(BASE, name)["volumeMounts"]
        if mount["name"] in volumes
    }
    assert manifests == compose


@pytest.mark.parametrize(
    ("name", "folder"), [("serving", "serving"), ("queue", "redis"), ("cache", "redis")]
)
def test_configuration_files_are_the_same_and_lie_where_they_are_looked_for(name: str, folder: str) -> None:
    (place,) = [target for source, target, _ in mounts(COMPOSE[name]) if source == f"./deploy/{folder}"]
    (mount,) = [each for each in container(BASE, name)["volumeMounts"] if each["name"] == "config"]
    assert mount["mountPath"] == place
    (config,) = [
        each["data"]
        for each in named(BASE, "ConfigMap")
        if each["metadata"]["name"].startswith(f"{folder}-config")
    ]
    for file, content in config.items():
        assert content == (ROOT / "deploy" / folder / file).read_text()
    asked = re.findall(rf"{re.escape(place)}/([\w.-]+)", " ".join(COMPOSE[name]["command"]))
    assert asked
    assert set(asked) <= set(config)


@pytest.mark.parametrize("name", ["gateway", "trainer"])
def test_settings_are_the_same_as_far_as_the_place_is(name: str) -> None:
    compose = load_settings(_atlas(COMPOSE[name]["environment"]))
    cluster = load_settings(_atlas(environment(BASE, name)))
    asked = ("home", "redis_url", "serving_address") if name == "gateway" else ("home", "redis_url")
    for field in asked:
        assert getattr(compose, field) == getattr(cluster, field)


@pytest.mark.parametrize("base", ["base", *(f"overlays/{name}" for name in OVERLAYS)])
def test_a_gateway_in_a_cluster_is_guarded_and_starts(base: str) -> None:
    require_guarded(load_settings(_atlas(environment(build(K8S / base), "gateway"))))


def test_probes_ask_by_a_name_that_is_always_answered() -> None:
    gateway = container(BASE, "gateway")
    for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
        assert gateway[probe]["httpGet"]["httpHeaders"] == [{"name": "Host", "value": "localhost"}]


def test_every_setting_that_a_person_needs_can_be_given_to_compose() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    inside = {"HOME", "REDIS_URL", "CACHE_URL", "SERVING_ADDRESS"}
    for name in load_settings({}).model_dump():
        variable = PREFIX + name.upper()
        assert (f"${{{variable}" in text) != (name.upper() in inside), variable


def test_ports_are_the_same() -> None:
    ports = {
        port["name"]: port["containerPort"]
        for _, pod in pods(BASE)
        for c in containers(pod)
        for port in c.get("ports", [])
    }
    assert ports["http"] == COMPOSE["gateway"]["ports"][0]["target"]
    for flag, name in (("port", "grpc"), ("rest_api_port", "rest")):
        assert f"--{flag}={ports[name]}" in COMPOSE["serving"]["command"]
    assert COMPOSE["gateway"]["environment"]["ATLAS_SERVING_ADDRESS"] == f"serving:{ports['grpc']}"


def test_the_batch_takes_what_the_gateway_asks_for() -> None:
    from services.contracts.api.models import MAX_POINTS
    from services.serving.config.text_protos import read_batching_options, read_prometheus_path

    options = read_batching_options(str(ROOT / "deploy/serving/batching.config"))
    assert options.max_batch_size >= MAX_POINTS
    path = read_prometheus_path(str(ROOT / "deploy/serving/monitoring.config"))
    assert container(BASE, "serving")["readinessProbe"]["httpGet"]["path"] == path
    assert path is not None
    assert path in " ".join(COMPOSE["serving"]["healthcheck"]["test"])


# What is measured, alerted on and drawn -----------------------------------------------------


def exported_names() -> set[str]:
    names = set(OTHERS)
    for family in GatewayMetrics().registry.collect():
        suffixes = {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count")}.get(
            family.type, ("",)
        )
        names |= {family.name + suffix for suffix in suffixes}
    for line in ServingMetrics().exposition().splitlines():
        _, _, name, kind = line.split()
        names |= {name} if kind == "counter" else {f"{name}_{part}" for part in ("bucket", "sum", "count")}
    return names


def alert_rules() -> list[Manifest]:
    return [rule for group in yaml.safe_load(ALERTS.read_text())["groups"] for rule in group["rules"]]


def expressions() -> list[str]:
    return [rule["expr"] for rule in alert_rules()] + [
        target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]
    ]


@pytest.mark.parametrize("expression", expressions())
def test_alerts_and_panels_ask_for_what_is_exported(expression: str) -> None:
    words = {
        *("and", "or", "unless", "by", "on", "offset", "max", "min", "sum", "rate", "absent", "clamp_min"),
        *(
            "histogram_quantile",
            "le",
            "route",
            "status",
            "cache",
            "state",
            "model_name",
            "model",
            "lane",
            "work",
        ),
    }
    bare = re.sub(r'\{[^{}]*(?:"[^"]*"[^{}]*)*\}|\[[^\]]*\]|"[^"]*"|\b\d\w*', " ", expression)
    asked = set(re.findall(r"[a-zA-Z_:][\w:]*", bare)) - words
    assert asked
    assert asked <= exported_names()


def test_labels_that_are_asked_for_exist() -> None:
    text = " ".join(expressions())
    runs = set(re.findall(r'atlas_runs\{state="(\w+)"', text))
    assert runs <= set(get_args(RunState))
    # Of lanes and of a model's versions.
    others = {"running", "waiting", "stored", "loaded"}
    assert set(re.findall(r'state="(\w+)"', text)) - runs <= others
    assert set(re.findall(r'route="([^"]+)"', text)) <= set(bare_app().openapi()["paths"])
    instances = {"queue", "cache"}
    assert set(re.findall(r'instance="(\w+)"', text)) == instances
    scraped = (ROOT / "deploy/prometheus/prometheus.yml").read_text()
    assert instances == set(re.findall(r"redis://(\w+):6379", scraped))


def test_every_alert_is_seen_to_fire_and_to_be_silent() -> None:
    seen: dict[str, set[bool]] = {}
    for case in yaml.safe_load((ALERTS.parent / "alerts_test.yml").read_text())["tests"]:
        for look in case["alert_rule_test"]:
            seen.setdefault(look["alertname"], set()).add(bool(look["exp_alerts"]))
    assert seen == {rule["alert"]: {True, False} for rule in alert_rules()}


@pytest.mark.skipif(which("promtool") is None, reason="promtool, of Prometheus, is not on the path")
@pytest.mark.parametrize(
    "command", [("check", "rules", "alerts.yml"), ("test", "rules", "alerts_test.yml")]
)
def test_prometheus_takes_the_alerts(command: tuple[str, ...]) -> None:
    result = subprocess.run(["promtool", *command], cwd=ALERTS.parent, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr


def test_a_cluster_alerts_on_the_same(monitored: list[Manifest]) -> None:
    rules = one(monitored, "PrometheusRule", "latent-atlas")["spec"]
    assert rules == yaml.safe_load(ALERTS.read_text())


def test_prometheus_asks_services_where_they_answer() -> None:
    config: dict[str, Any] = yaml.safe_load((ROOT / "deploy/prometheus/prometheus.yml").read_text())
    jobs = {job["job_name"]: job for job in config["scrape_configs"]}
    assert jobs["gateway"]["static_configs"][0]["targets"] == ["gateway:8000"]
    assert "--name=gateway" in COMPOSE["gateway"]["command"]
    assert jobs["serving"]["static_configs"][0]["targets"] == ["serving:8501"]
    for job in jobs.values():
        for relabel in job.get("relabel_configs", []):
            if relabel["target_label"] == "__address__":
                assert relabel["replacement"].partition(":")[0] in COMPOSE


def test_the_dashboard_can_be_read() -> None:
    source = yaml.safe_load((ROOT / "deploy/grafana/provisioning/datasources/prometheus.yml").read_text())
    (known,) = source["datasources"]
    for panel in DASHBOARD["panels"]:
        assert panel["datasource"]["uid"] == known["uid"]
        assert panel["description"].endswith("."), panel["title"]
    places = [(p["gridPos"]["x"], p["gridPos"]["y"]) for p in DASHBOARD["panels"]]
    assert len(places) == len(set(places))


# The pages -----------------------------------------------------------------------------------


def test_every_alert_has_its_advice() -> None:
    alerts = [rule["alert"] for rule in alert_rules()]
    advice = DOCS[DOCS.index("## When an alert fires") :]
    assert re.findall(r"^### (\w+)$", advice, re.MULTILINE) == alerts


@pytest.mark.parametrize(
    "name", [*(f"overlays/{name}" for name in OVERLAYS), *(f"components/{name}" for name in COMPONENTS)]
)
def test_every_overlay_and_component_is_explained(name: str) -> None:
    assert name.partition("/")[2] in DOCS


def test_every_service_is_explained() -> None:
    told = set(re.findall(r"^\| `([\w-]+)` \|", DOCS, re.MULTILINE))
    assert set(COMPOSE) <= told


def _atlas(environment: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name.startswith(PREFIX)}


def test_every_check_that_is_not_followed_has_its_reason() -> None:
    skipped = yaml.safe_load((ROOT / "deploy/checkov.yml").read_text())["skip-check"]
    assert re.findall(r"^\| (CKV_\w+), ", DOCS, re.MULTILINE) == skipped


def test_the_workflow_is_one_and_runs_the_gates() -> None:
    path = ROOT / ".github/workflows/gates.yml"
    schema = json.loads(
        (files("check_jsonschema") / "builtin_schemas/vendor/github-workflows.json").read_text(
            encoding="utf-8"
        )
    )
    # YAML 1.1 reads the key `on` as a truth value.
    workflow = {
        ("on" if key is True else key): value for key, value in yaml.safe_load(path.read_text()).items()
    }
    jsonschema.validate(workflow, schema)
    runs = [step.get("run", "") for job in workflow["jobs"].values() for step in job["steps"]]
    assert {".ci/run", "make test-compose"} <= set(runs)
    # No job may write to the repository.
    assert workflow["permissions"] == {"contents": "read"}
