from dataclasses import dataclass, field
from typing import Any

import pytest
from structlog.testing import capture_logs
from tensorflow_serving.config import model_server_config_pb2

from services.serving.base.errors import Code, ServingError
from services.serving.config.model_config import parse_config
from services.serving.lifecycle.manager import Limits, Manager
from services.serving.lifecycle.registry import ServerCore
from tests.unit.serving.fakes import FakeClock, FakeLoader, at_once


@dataclass
class Number:
    value: int = 0


@dataclass
class Spec:
    """The part of a ModelSpec that is used."""

    name: str = ""
    choice: str | None = None
    version: Number = field(default_factory=Number)
    version_label: str = ""

    def WhichOneof(self, name: str) -> str | None:  # noqa: N802 - protobuf's name
        assert name == "version_choice"
        return self.choice


class Bench:
    """A core with a fake file system."""

    def __init__(self, **options: Any) -> None:
        self.folders: dict[str, list[str]] = {}
        self.loader = FakeLoader()
        self.manager = Manager(self.loader, at_once, FakeClock(), Limits(load_retries=0))
        self.core = ServerCore(self.manager, listdir=self._listdir, **options)

    def _listdir(self, path: str) -> list[str]:
        if path not in self.folders:
            raise FileNotFoundError(2, "No such file or directory")
        return self.folders[path]

    def reload(self, *entries: str) -> list[str]:
        new = self.core.reload(parse_config(f"model_config_list {{ {' '.join(entries)} }}"))
        self.settle()
        return new

    def settle(self) -> None:
        revision = -1
        while revision != self.manager.revision:
            revision = self.manager.revision
            self.manager.step()

    def version(self, name: str, label: str = "") -> int:
        spec = Spec(name, "version_label" if label else None, version_label=label)
        with self.core.lease(spec) as lease:
            return lease.version


def entry(name: str, more: str = "") -> str:
    return f"config {{ name: '{name}' base_path: '/{name}' model_platform: 'tensorflow' {more} }}"


def label(name: str, version: int) -> str:
    return f"version_labels {{ key: '{name}' value: {version} }}"


ALL = "model_version_policy { all {} }"


def test_exactly_the_models_of_the_new_list_are_served() -> None:
    bench = Bench()
    bench.folders = {"/a": ["1"], "/b": ["1"]}
    assert bench.reload(entry("a"), entry("b")) == ["a", "b"]
    assert bench.reload(entry("b")) == []
    with pytest.raises(ServingError, match=r"Latest\(a\)"):
        bench.version("a")
    assert bench.version("b") == 1
    bench.reload()
    with pytest.raises(ServingError):
        bench.version("b")


def test_new_versions_are_found_by_polling() -> None:
    bench = Bench()
    bench.folders = {"/a": ["1"]}
    bench.reload(entry("a"))
    bench.folders["/a"] = ["1", "2"]
    bench.core.poll_versions()
    bench.settle()
    assert bench.version("a") == 2
    assert [(s.number, s.state.name) for s in bench.core.statuses("a")] == [(2, "AVAILABLE"), (1, "END")]


def test_an_empty_base_path_unloads_everything_but_a_missing_one_nothing() -> None:
    bench = Bench()
    bench.folders = {"/a": ["1"], "/b": ["1"]}
    bench.reload(entry("a"), entry("b"))
    del bench.folders["/a"]
    bench.folders["/b"] = []
    with capture_logs() as logs:
        for _ in range(3):
            bench.core.poll_versions()
    bench.settle()
    assert bench.version("a") == 1
    with pytest.raises(ServingError):
        bench.version("b")
    warnings = [entry["event"] for entry in logs if entry["log_level"] == "warning"]
    assert len(warnings) == 2, "each is said once, not at every poll"


def test_a_model_without_a_base_path_does_not_affect_the_others() -> None:
    bench = Bench()
    bench.folders = {"/b": ["1"]}
    bench.reload(entry("a"), entry("b"))
    assert bench.version("b") == 1


def test_a_faulty_configuration_changes_nothing() -> None:
    bench = Bench()
    bench.folders = {"/a": ["1"]}
    bench.reload(entry("a"))
    with pytest.raises(ServingError, match="multiple times"):
        bench.reload(entry("b"), entry("b"))
    assert list(bench.core.models()) == ["a"]
    assert bench.version("a") == 1


def test_an_empty_message_changes_nothing_and_another_kind_is_refused() -> None:
    bench = Bench()
    bench.folders = {"/a": ["1"]}
    assert bench.core.reload(model_server_config_pb2.ModelServerConfig()) == []
    bench.reload(entry("a"))
    custom = model_server_config_pb2.ModelServerConfig()
    custom.custom_model_config.SetInParent()
    for config in (custom, model_server_config_pb2.ModelServerConfig()):
        with pytest.raises(ServingError) as caught:
            bench.core.reload(config)
        assert caught.value.code is Code.FAILED_PRECONDITION
        assert caught.value.message == (
            "Cannot transition to requested config. It is only legal to transition from one "
            "ModelConfigList to another."
        )


def test_labels() -> None:
    bench = Bench()
    bench.folders = {"/a": ["1", "2"]}
    bench.reload(entry("a", ALL))
    bench.reload(entry("a", ALL + label("stable", 1) + label("canary", 2)))
    assert (bench.version("a", "stable"), bench.version("a", "canary")) == (1, 2)
    bench.reload(entry("a", ALL + label("stable", 2)))
    assert bench.version("a", "stable") == 2
    with pytest.raises(ServingError) as caught:
        bench.version("a", "canary")
    assert caught.value.code is Code.INVALID_ARGUMENT
    assert caught.value.message == "Unrecognized servable version label: canary"


def test_a_label_needs_an_available_version() -> None:
    bench = Bench()
    bench.folders = {"/a": ["1"]}
    with pytest.raises(ServingError) as caught:
        bench.reload(entry("a", label("stable", 1)))
    assert caught.value.code is Code.FAILED_PRECONDITION
    assert caught.value.message == (
        "Request to assign label to version 1 of model a, which is not currently available for inference"
    )
    assert not bench.core.models()


def test_with_the_flag_a_new_label_may_wait_but_not_a_moved_one() -> None:
    bench = Bench(labels_may_wait=True)
    bench.folders = {"/a": ["1"]}
    bench.reload(entry("a", label("stable", 1)))
    assert bench.version("a", "stable") == 1
    with pytest.raises(ServingError, match="assign label to version 9"):
        bench.reload(entry("a", label("stable", 9)))
    assert bench.version("a", "stable") == 1


def test_a_spec_needs_a_name() -> None:
    with pytest.raises(ServingError) as caught:
        Bench().core.lease(Spec())
    assert (caught.value.code, caught.value.message) == (
        Code.INVALID_ARGUMENT,
        "ModelSpec has no name specified.",
    )


def test_statuses_of_unknown_models_and_versions() -> None:
    bench = Bench()
    bench.folders = {"/a": ["1"]}
    bench.reload(entry("a"))
    for arguments, message in [
        (("nope",), "Could not find any versions of model nope"),
        (("a", 7), "Could not find version 7 of model a"),
    ]:
        with pytest.raises(ServingError) as caught:
            bench.core.statuses(*arguments)  # type: ignore[arg-type]
        assert (caught.value.code, caught.value.message) == (Code.NOT_FOUND, message)


def test_waiting_for_models() -> None:
    bench = Bench()
    bench.folders = {"/good": ["1"], "/bad": ["1"], "/empty": []}
    bench.loader.broken.add("/bad/1")
    bench.reload(entry("good"), entry("bad"), entry("empty"), entry("missing"))
    assert bench.core.wait_available(["good"], lambda: False) == {}
    failed = bench.core.wait_available(["good", "bad"], lambda: False)
    assert {version: str(error) for version, error in failed.items()} == {
        "{name: bad version: 1}": "DATA_LOSS: /bad/1 is broken"
    }
    assert (
        bench.core.wait_settled(["good", "bad", "empty", "missing"], lambda: False).keys() == failed.keys()
    )
    questions = iter([False, True])
    assert bench.core.wait_available(["empty"], lambda: next(questions)) == {}
    bench.core.wait_complete(["good", "bad", "empty", "missing"], lambda: False)


def test_waiting_works_before_the_managers_first_step() -> None:
    bench = Bench()
    bench.folders = {"/a": ["1"]}
    bench.core.reload(parse_config(f"model_config_list {{ {entry('a')} }}"))
    for wait in (bench.core.wait_available, bench.core.wait_settled, bench.core.wait_complete):
        # This would not be called if there were nothing to wait for.
        patience = iter([False, True])
        wait(["a"], lambda patience=patience: next(patience))  # type: ignore[misc]
        assert list(patience) == []


def test_a_changed_policy_loads_and_unloads() -> None:
    bench = Bench()
    bench.folders = {"/a": ["1", "2", "3"]}
    bench.reload(entry("a"))
    assert bench.loader.loads == [("a", 3)]
    bench.reload(entry("a", "model_version_policy { specific { versions: 1 versions: 2 } }"))
    states = {status.number: status.state.name for status in bench.core.statuses("a")}
    assert states == {1: "AVAILABLE", 2: "AVAILABLE", 3: "END"}
    bench.reload(entry("a", "model_version_policy { latest { num_versions: 2 } }"))
    states = {status.number: status.state.name for status in bench.core.statuses("a")}
    assert states == {1: "END", 2: "AVAILABLE", 3: "AVAILABLE"}


def test_a_served_version_is_not_loaded_again() -> None:
    """However often it is configured and polled for."""
    bench = Bench()
    bench.folders = {"/a": ["1"]}
    for more in ("", ALL):
        bench.reload(entry("a", more))
        bench.core.poll_versions()
        bench.settle()
    assert bench.loader.loads == [("a", 1)]


def test_without_polling_there_are_no_versions() -> None:
    bench = Bench(polls_versions=False)
    bench.folders = {"/a": ["1"]}
    bench.reload(entry("a"))
    assert bench.loader.loads == []
    bench.core.poll_versions()
    bench.settle()
    assert bench.version("a") == 1


def test_the_platform_of_a_model_outlives_its_configuration() -> None:
    """As its versions may still be loading."""
    bench = Bench(platforms=("tensorflow", "fast"))
    bench.reload(entry("a").replace("tensorflow", "fast"), entry("b"))
    bench.reload(entry("b"))
    assert (bench.core.platform_of("a"), bench.core.platform_of("b")) == ("fast", "tensorflow")
    # After its removal it may come back on another platform.
    bench.reload(entry("a"), entry("b"))
    assert bench.core.platform_of("a") == "tensorflow"
