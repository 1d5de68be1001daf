"""The server without its edges: which models are configured, their labels, and who serves a request.

What `ServerCore` of TensorFlow Serving does: it takes configurations, looks for versions, tells the
`Manager` what to serve, and resolves a `ModelSpec` to a lease of one version.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

import structlog

from services.serving.base.errors import (
    Code,
    ServingError,
    failed_precondition,
    invalid_argument,
    not_found,
)
from services.serving.config.model_config import (
    TENSORFLOW,
    ModelConfig,
    ModelServerConfig,
    models_of,
    no_models,
)
from services.serving.lifecycle.discovery import aspired_versions, shortcomings
from services.serving.lifecycle.manager import Lease, Manager
from services.serving.lifecycle.records import VersionStatus
from services.serving.lifecycle.states import State

log = structlog.get_logger()


class ServerCore:
    """One per process; every method may be called from any thread."""

    def __init__(
        self,
        manager: Manager,
        *,
        platforms: Collection[str] = (TENSORFLOW,),
        labels_may_wait: bool = False,
        looks_for_versions: bool = True,
        listdir: Callable[[str], list[str]] = os.listdir,
    ) -> None:
        """Serve nothing yet.

        Args:
            manager: Loads and unloads what the core aspires to.
            platforms: What models may name as theirs.
            labels_may_wait: A new label may name a version that is not available yet.
            looks_for_versions: Look under the base paths of a new configuration at once.
            listdir: Names in a folder.
        """
        self.manager = manager
        self._platforms = platforms
        self._labels_may_wait = labels_may_wait
        self._looks_for_versions = looks_for_versions
        self._listdir = listdir
        self._reloading = threading.Lock()
        self._config = no_models()
        self._models: dict[str, ModelConfig] = {}
        self._platform_of: dict[str, str] = {}
        self._labels: dict[str, dict[str, int]] = {}
        self._remarks: dict[str, str] = {}

    def reload(self, config: ModelServerConfig) -> list[str]:
        """Serve what this configuration lists, and nothing else; an empty one changes nothing.

        Returns:
            The names that are new, for those who want to wait until they are available.

        Raises:
            ServingError: The configuration is wrong, and the old one stays in force.
        """
        with self._reloading:
            kind = config.WhichOneof("config")
            before = self._config.WhichOneof("config")
            if before is not None and kind != "model_config_list":
                raise failed_precondition(
                    "Cannot transition to requested config. It is only legal to transition "
                    "from one ModelConfigList to another."
                )
            if kind is None:
                log.info("Taking no action for empty config.")
                return []
            if kind != "model_config_list":
                raise ServingError(
                    Code.UNIMPLEMENTED, "ModelServer does not yet support custom model config."
                )
            if config == self._config:
                return []
            models = models_of(config, self._platforms, self._models)
            labels = self._checked_labels(models)
            log.info("Adding/updating models.")
            for name in models:
                log.info(f" (Re-)adding model: {name}")
            gone = self._models.keys() - models.keys()
            new = [name for name in models if name not in self._models]
            self._config, self._models, self._labels = config, models, labels
            self._platform_of |= {name: model.platform for name, model in models.items()}
            for name in gone:
                self.manager.aspire(name, {})
                self._remarks.pop(name, None)
        if self._looks_for_versions:
            self.poll_versions()
        return new

    def poll_versions(self) -> None:
        """Look once for the versions of every model.

        A model whose base path cannot be read keeps what it serves, and does not hold up the others.
        """
        with self._reloading:
            for model in self._models.values():
                try:
                    versions = aspired_versions(model, self._listdir)
                except ServingError as error:
                    self._remark(model.name, error.message)
                    continue
                self._remark(model.name, " ".join(shortcomings(model, versions)))
                self.manager.aspire(model.name, versions)

    def models(self) -> Collection[str]:
        """Names of the configured models, in the configuration's order."""
        return self._models.keys()

    def platform_of(self, name: str) -> str:
        """The platform of a model that is or was configured: versions may load after it was let go of."""
        return self._platform_of[name]

    def lease(self, spec: Any) -> Lease:
        """The version that a `ModelSpec` asks for; the caller must close the lease.

        Raises:
            ServingError: No name; a label that is not known; or no such version is available.
        """
        if not spec.name:
            raise invalid_argument("ModelSpec has no name specified.")
        choice = spec.WhichOneof("version_choice")
        if choice == "version":
            return self.manager.acquire(spec.name, spec.version.value)
        if choice == "version_label":
            return self.manager.acquire(spec.name, self._version_of(spec.name, spec.version_label))
        return self.manager.acquire(spec.name)

    def statuses(self, name: str, version: int | None = None) -> list[VersionStatus]:
        """How one version, or every one ever known of a model, stands; NOT_FOUND if there is none."""
        found = self.manager.statuses(name)
        if version is not None:
            found = [status for status in found if status.number == version]
            if not found:
                raise not_found(f"Could not find version {version} of model {name}")
        if not found:
            raise not_found(f"Could not find any versions of model {name}")
        return found

    def wait_available(self, names: Iterable[str], given_up: Callable[[], bool]) -> dict[str, ServingError]:
        """Wait until each model serves the highest version that can be loaded, or none of them can be.

        Args:
            names: Models that are configured.
            given_up: Asked now and then whether to stop waiting.

        Returns:
            For each version that could not be loaded, of the models that have none available, its
            ``{name: m version: 1}`` and its error.
        """
        return self._wait(names, given_up, _is_final)

    def wait_settled(self, names: Iterable[str], given_up: Callable[[], bool]) -> dict[str, ServingError]:
        """As `wait_available`, but not for a model that has no version or failed its first attempt."""
        return self._wait(names, given_up, _is_settled)

    def wait_complete(self, names: Iterable[str], given_up: Callable[[], bool]) -> None:
        """Wait until every version is available, or failed its first attempt."""
        self._wait(names, given_up, _is_complete)

    def _wait(
        self,
        names: Iterable[str],
        given_up: Callable[[], bool],
        done: Callable[[list[VersionStatus]], bool],
    ) -> dict[str, ServingError]:
        waiting = list(names)
        while True:
            revision = self.manager.revision
            statuses = {name: self.manager.statuses(name) for name in waiting}
            if all(done(found) for found in statuses.values()) or given_up():
                return {
                    f"{{name: {name} version: {status.number}}}": status.error
                    for name, found in statuses.items()
                    if not _is_available(found)
                    for status in found
                    if status.error is not None
                }
            self.manager.wait_for_change(revision, 0.2)

    def _version_of(self, name: str, label: str) -> int:
        version = self._labels.get(name, {}).get(label)
        if version is None:
            raise invalid_argument(f"Unrecognized servable version label: {label}")
        return version

    def _checked_labels(self, models: Mapping[str, ModelConfig]) -> dict[str, dict[str, int]]:
        for model in models.values():
            available = {
                status.number
                for status in self.manager.statuses(model.name)
                if status.state is State.AVAILABLE
            }
            for label, version in model.labels.items():
                is_new = label not in self._labels.get(model.name, {})
                if version not in available and not (self._labels_may_wait and is_new):
                    raise failed_precondition(
                        f"Request to assign label to version {version} of model {model.name}, "
                        "which is not currently available for inference"
                    )
        return {model.name: dict(model.labels) for model in models.values()}

    def _remark(self, name: str, text: str) -> None:
        """Say it once, not at every poll."""
        if self._remarks.get(name, "") != text:
            self._remarks[name] = text
            if text:
                log.warning(text)


def require_spec(request: Any) -> None:
    """INVALID_ARGUMENT for a request without a `ModelSpec`."""
    if not request.HasField("model_spec"):
        raise invalid_argument("Missing ModelSpec")


def not_available(kind: str, failed: Mapping[str, ServingError]) -> ServingError:
    """What `ServerCore.wait_available` returned, as an error about so many of a kind (``model``)."""
    listed = "".join(f"{{{version} due to error: {error}}}, " for version, error in failed.items())
    return ServingError(Code.UNKNOWN, f"{len(failed)} {kind}(s) did not become available: {{{listed}}}")


def _is_available(found: list[VersionStatus]) -> bool:
    return any(status.state is State.AVAILABLE for status in found)


def _is_final(found: list[VersionStatus]) -> bool:
    """The highest version that can be had is available, or none can be had."""
    first = _first_promising(found)
    if first is None:
        return bool(found) and all(status.state is State.END for status in found)
    return first.state is State.AVAILABLE


def _is_settled(found: list[VersionStatus]) -> bool:
    first = _first_promising(found)
    return first is None or first.state is State.AVAILABLE


def _is_complete(found: list[VersionStatus]) -> bool:
    return all(s.state in (State.AVAILABLE, State.END) or s.error is not None for s in found)


def _first_promising(found: list[VersionStatus]) -> VersionStatus | None:
    """The highest version that did not fail yet: with it, what is served by default is settled."""
    return next((s for s in found if s.state is not State.END and s.error is None), None)
