"""The server without its edges: its configured models and labels, and the version for each request.

Like `ServerCore` of TensorFlow Serving, it applies configurations, polls for versions, tells the `Manager`
what to serve, and resolves a `ModelSpec` to a lease of one version.
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
from services.serving.lifecycle.discovery import aspired_versions, problems
from services.serving.lifecycle.manager import Lease, Manager
from services.serving.lifecycle.records import VersionStatus
from services.serving.lifecycle.states import State

log = structlog.get_logger()


class ServerCore:
    """The models of a process. All methods are thread-safe."""

    def __init__(
        self,
        manager: Manager,
        *,
        platforms: Collection[str] = (TENSORFLOW,),
        labels_may_wait: bool = False,
        polls_versions: bool = True,
        listdir: Callable[[str], list[str]] = os.listdir,
    ) -> None:
        """Start without models.

        Args:
            manager: Loads and unloads the aspired versions.
            platforms: Names that models may have as their platform.
            labels_may_wait: A new label may name a version that is not available yet.
            polls_versions: Look for versions as soon as a configuration is applied.
            listdir: Lists the names in a folder.
        """
        self.manager = manager
        self._platforms = platforms
        self._labels_may_wait = labels_may_wait
        self._polls_versions = polls_versions
        self._listdir = listdir
        self._reloading = threading.Lock()
        self._config = no_models()
        self._models: dict[str, ModelConfig] = {}
        self._platform_of: dict[str, str] = {}
        self._labels: dict[str, dict[str, int]] = {}
        self._warnings: dict[str, str] = {}

    def reload(self, config: ModelServerConfig) -> list[str]:
        """Serve exactly the models of this configuration; an empty one changes nothing.

        Returns:
            The names of new models, for callers that want to wait for them.

        Raises:
            ServingError: The configuration is not valid; the old one stays in force.
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
                self._warnings.pop(name, None)
        if self._polls_versions:
            self.poll_versions()
        return new

    def poll_versions(self) -> None:
        """Look for the versions of every model once.

        A model whose base path cannot be read keeps its versions, and does not affect the others.
        """
        with self._reloading:
            for model in self._models.values():
                try:
                    versions = aspired_versions(model, self._listdir)
                except ServingError as error:
                    self._warn_once(model.name, error.message)
                    continue
                self._warn_once(model.name, " ".join(problems(model, versions)))
                self.manager.aspire(model.name, versions)

    def models(self) -> Collection[str]:
        """Names of the configured models, in the configuration's order."""
        return self._models.keys()

    def platform_of(self, name: str) -> str:
        """The platform of a model that is or was configured, as versions may still load after its
        removal.
        """
        return self._platform_of[name]

    def lease(self, spec: Any) -> Lease:
        """Lease the version that a `ModelSpec` asks for; the caller must close the lease.

        Raises:
            ServingError: The name is missing, the label is unknown, or the version is not available.
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
        """Status of one version, or of all that were ever known of a model; NOT_FOUND if there is none."""
        found = self.manager.statuses(name)
        if version is not None:
            found = [status for status in found if status.number == version]
            if not found:
                raise not_found(f"Could not find version {version} of model {name}")
        if not found:
            raise not_found(f"Could not find any versions of model {name}")
        return found

    def wait_available(self, names: Iterable[str], given_up: Callable[[], bool]) -> dict[str, ServingError]:
        """Wait until each model serves its highest loadable version, or none can be loaded.

        Args:
            names: Models that are configured.
            given_up: Called repeatedly; whether to stop waiting.

        Returns:
            For models without an available version, the error of each version that could not be loaded, by
            its ``{name: m version: 1}``.
        """
        return self._wait(names, given_up, _is_final)

    def wait_settled(self, names: Iterable[str], given_up: Callable[[], bool]) -> dict[str, ServingError]:
        """As `wait_available`, but not for models without a version or whose first attempt failed."""
        return self._wait(names, given_up, _is_settled)

    def wait_complete(self, names: Iterable[str], given_up: Callable[[], bool]) -> None:
        """Wait until the first attempt to load each version has ended."""
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

    def _warn_once(self, name: str, text: str) -> None:
        """Log a warning once, not at every poll."""
        if self._warnings.get(name, "") != text:
            self._warnings[name] = text
            if text:
                log.warning(text)


def require_spec(request: Any) -> None:
    """INVALID_ARGUMENT for a request without a `ModelSpec`."""
    if not request.HasField("model_spec"):
        raise invalid_argument("Missing ModelSpec")


def not_available(kind: str, failed: Mapping[str, ServingError]) -> ServingError:
    """The error for what `ServerCore.wait_available` returned; `kind` is for example ``model``."""
    reasons = "".join(f"{{{version} due to error: {error}}}, " for version, error in failed.items())
    return ServingError(Code.UNKNOWN, f"{len(failed)} {kind}(s) did not become available: {{{reasons}}}")


def _is_available(found: list[VersionStatus]) -> bool:
    return any(status.state is State.AVAILABLE for status in found)


def _is_final(found: list[VersionStatus]) -> bool:
    """Whether the highest loadable version is available, or none is loadable."""
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
    """The highest version that has not failed; the one that will be served by default."""
    return next((s for s in found if s.state is not State.END and s.error is None), None)
