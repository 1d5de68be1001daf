"""The manifests: every kustomization builds, is valid, and its pods are held short and looked after."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest

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

KUBERNETES = ("1.32", "1.34", "1.37")
CUSTOM = {"ScaledJob", "ServiceMonitor", "PrometheusRule"}
"""Kinds of operators, whose schemas do not come with Kubernetes."""
COMBINATIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "base": ("base", ()),
    **{f"overlay {name}": (f"overlays/{name}", ()) for name in OVERLAYS},
    **{f"base with {name}": ("base", (name,)) for name in COMPONENTS},
    "local on arm64": ("overlays/local", ("embedded-serving",)),
    "gpu with operators": ("overlays/gpu", ("keda", "monitoring")),
    "gpu with another's Redis": ("overlays/gpu", ("external-redis",)),
    "local with workers from zero": ("overlays/local", ("embedded-serving", "keda")),
    "everything": (
        "base",
        ("gpu", "external-redis", "network-policies", "ingress", "keda"),
    ),
}


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Manifest]]:
    """Every combination that somebody may apply."""
    return {
        name: build_with(components, base, tmp_path_factory.mktemp("kustomization"))
        if components
        else build(K8S / base)
        for name, (base, components) in COMBINATIONS.items()
    }


@pytest.fixture(params=COMBINATIONS)
def manifests(request: pytest.FixtureRequest, built: dict[str, list[Manifest]]) -> list[Manifest]:
    """One combination after the other."""
    return built[request.param]


@pytest.fixture(scope="session")
def full(tmp_path_factory: pytest.TempPathFactory) -> list[Manifest]:
    return build_with(("keda", "monitoring"), "overlays/gpu", tmp_path_factory.mktemp("kustomization"))


@pytest.mark.parametrize("version", KUBERNETES)
def test_every_manifest_is_valid(built: dict[str, list[Manifest]], version: str) -> None:
    # Most are the same in most combinations.
    different = {
        json.dumps(each, sort_keys=True): each for manifests in built.values() for each in manifests
    }
    for each in different.values():
        if each["kind"] not in CUSTOM:
            kubernetes_validate.validate(each, version, strict=True)


def test_nothing_is_there_twice_or_in_another_namespace(manifests: list[Manifest]) -> None:
    names = [(each["kind"], each["metadata"]["name"]) for each in manifests]
    assert len(names) == len(set(names))
    for each in manifests:
        if each["kind"] != "Namespace":
            assert each["metadata"]["namespace"] == "latent-atlas", each["metadata"]["name"]


def test_the_namespace_admits_only_restricted_pods(manifests: list[Manifest]) -> None:
    labels = one(manifests, "Namespace", "latent-atlas")["metadata"]["labels"]
    assert labels["pod-security.kubernetes.io/enforce"] == "restricted"


def test_pods_are_restricted(manifests: list[Manifest]) -> None:
    for name, pod in pods(manifests):
        spec = pod["spec"]
        assert spec["automountServiceAccountToken"] is False, name
        # Kubernetes would add variables for every service, and unknown ones stop a start.
        assert spec["enableServiceLinks"] is False, name
        assert not {"hostNetwork", "hostPID", "hostIPC"} & set(spec), name
        context = spec["securityContext"]
        assert context["runAsNonRoot"] is True, name
        assert context["runAsUser"] > 1000, name
        assert context["seccompProfile"] == {"type": "RuntimeDefault"}, name
        for container in containers(pod):
            assert container["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }, (name, container["name"])


def test_pods_are_bounded_and_looked_after(manifests: list[Manifest]) -> None:
    for name, pod in pods(manifests):
        for container in containers(pod):
            for bound in ("requests", "limits"):
                assert {"cpu", "memory"} <= set(container["resources"][bound]), (name, container["name"])
        for container in pod["spec"]["containers"]:
            for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
                assert container[probe]["failureThreshold"] >= 2, (name, probe)


def test_images_have_tags_that_stay(manifests: list[Manifest]) -> None:
    for name, pod in pods(manifests):
        for container in containers(pod):
            tag = container["image"].partition(":")[2]
            assert tag[:1].isdigit() or tag[:1] == "v", (name, container["image"])


def test_what_pods_refer_to_is_there(manifests: list[Manifest]) -> None:
    def there(kind: str, name: str) -> bool:
        return bool(named(manifests, kind, name))

    for workload, pod in pods(manifests):
        spec = pod["spec"]
        owner = next(each for each in manifests if workload == f"{each['kind']}/{each['metadata']['name']}")
        claimed = {claim["metadata"]["name"] for claim in owner["spec"].get("volumeClaimTemplates", [])}
        assert there("ServiceAccount", spec.get("serviceAccountName", "")) or not spec.get(
            "serviceAccountName"
        )
        declared = claimed | {volume["name"] for volume in spec.get("volumes", [])}
        for volume in spec.get("volumes", []):
            if "persistentVolumeClaim" in volume:
                assert there("PersistentVolumeClaim", volume["persistentVolumeClaim"]["claimName"])
            elif "configMap" in volume:
                assert there("ConfigMap", volume["configMap"]["name"]), (workload, volume)
            else:
                assert "sizeLimit" in volume["emptyDir"]
        for container in containers(pod):
            assert {mount["name"] for mount in container.get("volumeMounts", [])} <= declared
            for source in container.get("envFrom", []):
                assert there("ConfigMap", source["configMapRef"]["name"]), workload


def test_services_lead_to_ports_of_pods(manifests: list[Manifest]) -> None:
    for service in named(manifests, "Service"):
        ports = {
            port["name"]
            for _, pod in _selected(manifests, service["spec"]["selector"])
            for port in _ports(pod)
        }
        for port in service["spec"]["ports"]:
            assert port["targetPort"] in ports, service["metadata"]["name"]


def test_budgets_scalers_and_spreads_are_for_pods_that_exist(manifests: list[Manifest]) -> None:
    for budget in named(manifests, "PodDisruptionBudget"):
        assert list(_selected(manifests, budget["spec"]["selector"]["matchLabels"]))
    for scaler in named(manifests, "HorizontalPodAutoscaler"):
        target = scaler["spec"]["scaleTargetRef"]
        # Both would say how many there are.
        assert "replicas" not in one(manifests, target["kind"], target["name"])["spec"]
    for _, pod in pods(manifests):
        for spread in pod["spec"].get("topologySpreadConstraints", []):
            assert spread["labelSelector"]["matchLabels"].items() <= pod["metadata"]["labels"].items()


def test_nothing_may_talk_unless_a_policy_says_so(full: list[Manifest]) -> None:
    policies = named(full, "NetworkPolicy")
    (all_pods,) = [policy["spec"] for policy in policies if policy["spec"]["podSelector"] == {}]
    assert all_pods == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    allowed = {
        (_name_of(policy), peer["podSelector"]["matchLabels"]["app.kubernetes.io/name"], port["port"])
        for policy in policies
        for rule in policy["spec"].get("ingress", [])
        for peer in rule["from"]
        if "matchLabels" in peer.get("podSelector", {})
        for port in rule["ports"]
    }
    # The model server loads whatever it is told to: nobody but the gateway may tell it.
    assert {each for each in allowed if each[0] == "serving"} == {("serving", "gateway", 8500)}
    for policy in policies:
        for port in (p for rule in policy["spec"].get("ingress", []) for p in rule["ports"]):
            ports = {
                own["containerPort"]
                for _, pod in _named_pods(full, _name_of(policy))
                for own in _ports(pod)
            }
            assert port["port"] in ports, policy["metadata"]["name"]


def test_the_gateway_survives_a_node(full: list[Manifest]) -> None:
    scaler = one(full, "HorizontalPodAutoscaler", "gateway")["spec"]
    assert scaler["minReplicas"] >= 2
    assert one(full, "PodDisruptionBudget", "gateway")["spec"]["minAvailable"] >= 1
    gateway = one(full, "Deployment", "gateway")["spec"]
    assert gateway["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
    assert gateway["template"]["spec"]["topologySpreadConstraints"]


def test_model_servers_are_each_seen_by_the_gateway_and_only_read() -> None:
    base = build(K8S / "base")
    assert one(base, "Service", "serving")["spec"]["clusterIP"] == "None"
    (container,) = one(base, "Deployment", "serving")["spec"]["template"]["spec"]["containers"]
    mounts = {mount["name"]: mount.get("readOnly", False) for mount in container["volumeMounts"]}
    assert mounts["models"] is True
    assert "home" not in mounts


def test_a_trainer_has_the_time_to_write_a_checkpoint(full: list[Manifest]) -> None:
    from services.trainer.worker.supervision import PATIENCE

    for workload in (one(build(K8S / "base"), "Deployment", "trainer"), one(full, "ScaledJob", "trainer")):
        spec = workload["spec"].get("jobTargetRef", workload["spec"])["template"]["spec"]
        assert spec["terminationGracePeriodSeconds"] > PATIENCE.saving


def test_a_trainer_is_restarted_by_its_own_pulse_and_not_for_want_of_redis(full: list[Manifest]) -> None:
    pod = one(full, "ScaledJob", "trainer")["spec"]["jobTargetRef"]["template"]
    (container,) = pod["spec"]["containers"]
    alive = container["livenessProbe"]["exec"]["command"]
    assert alive == ["python", "-m", "services.trainer.worker.liveness", "/tmp/pulse"]
    assert container["args"][-3:] == ["--pulse", "/tmp/pulse", "--once"]


def test_devices_are_given_to_who_computes(full: list[Manifest]) -> None:
    asking = {
        name
        for name, pod in pods(full)
        for container in containers(pod)
        if container["resources"]["limits"].get("nvidia.com/gpu") == "1"
    }
    assert asking == {"Deployment/serving", "ScaledJob/trainer"}


def test_workers_from_zero_are_jobs_that_end(full: list[Manifest]) -> None:
    from services.contracts.runs.queue import TRAINING_QUEUE

    assert not named(full, "Deployment", "trainer")
    scaled = one(full, "ScaledJob", "trainer")["spec"]
    assert scaled["triggers"][0]["metadata"]["listName"] == TRAINING_QUEUE
    job = {
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": {"name": "trainer"},
        "spec": scaled["jobTargetRef"],
    }
    for version in KUBERNETES:
        kubernetes_validate.validate(job, version, strict=True)
    assert scaled["jobTargetRef"]["template"]["spec"]["restartPolicy"] == "Never"
    # Neither a short queue nor a new version ends a training.
    assert scaled["rollout"]["strategy"] == "gradual"
    assert scaled["scalingStrategy"]["strategy"] == "accurate"


def test_what_is_watched_exists(full: list[Manifest]) -> None:
    for monitor in named(full, "ServiceMonitor"):
        labels = monitor["spec"]["selector"]["matchLabels"]
        (service,) = [
            each
            for each in named(full, "Service")
            if labels.items() <= each["metadata"].get("labels", {}).items()
        ]
        ports = {port["name"] for port in service["spec"]["ports"]}
        assert {endpoint["port"] for endpoint in monitor["spec"]["endpoints"]} <= ports


def test_secrets_are_referred_to_and_never_in_here(manifests: list[Manifest]) -> None:
    assert not named(manifests, "Secret")


def test_an_outside_redis_takes_the_place_of_ours(tmp_path: Path) -> None:
    built = build_with(("external-redis",), "base", tmp_path)
    left = {each["metadata"]["name"] for each in built if each["kind"] in ("Deployment", "StatefulSet")}
    assert left == {"gateway", "serving", "trainer"}
    for name in ("gateway", "trainer"):
        (container,) = one(built, "Deployment", name)["spec"]["template"]["spec"]["containers"]
        urls = [each for each in container["env"] if each["name"] == "ATLAS_REDIS_URL"]
        assert urls == [
            {
                "name": "ATLAS_REDIS_URL",
                "valueFrom": {"secretKeyRef": {"name": "redis-urls", "key": "queue"}},
            }
        ]


def _ports(pod: Manifest) -> list[dict[str, Any]]:
    return [port for container in containers(pod) for port in container.get("ports", [])]


def _selected(manifests: list[Manifest], labels: dict[str, str]) -> Iterator[tuple[str, Manifest]]:
    for name, pod in pods(manifests):
        if labels.items() <= pod["metadata"]["labels"].items():
            yield name, pod


def _named_pods(manifests: list[Manifest], name: str) -> Iterator[tuple[str, Manifest]]:
    return _selected(manifests, {"app.kubernetes.io/name": name})


def _name_of(policy: Manifest) -> str:
    return str(policy["spec"]["podSelector"].get("matchLabels", {}).get("app.kubernetes.io/name", ""))
