"""New, broken and vanishing versions while clients keep asking."""

from __future__ import annotations

import functools
import gc
import threading
import weakref
from collections.abc import Callable
from pathlib import Path

import grpc
import numpy as np
import pytest

from services.serving.base.errors import ServingError
from services.serving.runtime.saved_model import SavedModel, SessionOptions, load_saved_model
from tests.integration.serving.conftest import Running, publish
from tests.integration.serving.test_models import answer, states
from tests.support.waiting import wait_for

pytestmark = pytest.mark.tensorflow
Make = Callable[..., Running]
Constants = Callable[[int], Path]


class Clients:
    """Threads that send requests without a pause, and record every answer and error."""

    def __init__(self, running: Running, name: str, count: int = 4) -> None:
        self.answers: list[float] = []
        self.errors: list[grpc.RpcError] = []
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._ask, args=(running, name)) for _ in range(count)]
        for thread in self._threads:
            thread.start()

    def _ask(self, running: Running, name: str) -> None:
        while not self._over.is_set():
            try:
                self.answers.append(answer(running, name))
            except grpc.RpcError as error:
                self.errors.append(error)

    def ask_more(self, count: int = 200) -> None:
        goal = len(self.answers) + count
        wait_for(lambda: len(self.answers) >= goal or self.errors)

    def stop(self) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(30)


def says(server: Running, number: float) -> bool:
    return answer(server, "gen") == number


def serving(running: Make, base: Path, **flags: object) -> Running:
    return running(model_name="gen", model_base_path=str(base), **flags)


def test_new_versions_appear_without_a_failed_request(
    running: Make, tmp_path: Path, constants: Constants
) -> None:
    publish(constants(1), tmp_path, 1)
    server = serving(running, tmp_path).start()
    clients = Clients(server, "gen")
    for version in (2, 3):
        clients.ask_more()
        publish(constants(version), tmp_path, version)
        server.server.core.poll_versions()
        wait_for(functools.partial(says, server, version))
    wait_for(lambda: states(server, "gen") == {3: "AVAILABLE", 2: "END", 1: "END"})
    clients.ask_more()
    clients.stop()
    assert not clients.errors
    assert set(clients.answers) == {1, 2, 3}


def empty(path: Path) -> None:
    path.mkdir()


def without_variables(path: Path) -> None:
    (path / "variables" / "variables.index").unlink()


def with_cut_variables(path: Path) -> None:
    (path / "variables" / "variables.data-00000-of-00001").write_bytes(b"\0")


def with_garbage_for_a_graph(path: Path) -> None:
    (path / "saved_model.pb").write_bytes(b"\xff" * 100)


@pytest.mark.parametrize("damage", [empty, without_variables, with_cut_variables, with_garbage_for_a_graph])
def test_a_broken_version_leaves_the_old_one_serving(
    running: Make, tmp_path: Path, constants: Constants, damage: Callable[[Path], None]
) -> None:
    base = tmp_path / "gen"
    base.mkdir()
    publish(constants(1), base, 1)
    server = serving(running, base, max_num_load_retries=0).start()
    if damage is not empty:
        publish(constants(2), tmp_path, 2)
        damage(tmp_path / "2")
        (tmp_path / "2").rename(base / "2")
    else:
        damage(base / "2")
    server.server.core.poll_versions()
    wait_for(lambda: states(server, "gen") == {2: "END", 1: "AVAILABLE"})
    assert answer(server, "gen") == 1
    status = server.server.core.statuses("gen", 2)[0]
    assert status.error is not None
    assert status.error.message
    # A good one after it is taken.
    publish(constants(3), base, 3)
    server.server.core.poll_versions()
    wait_for(lambda: answer(server, "gen") == 3)


def test_the_start_fails_when_the_only_version_does(running: Make, tmp_path: Path) -> None:
    (tmp_path / "1").mkdir()
    server = serving(running, tmp_path, max_num_load_retries=0)
    with pytest.raises(ServingError) as caught:
        server.start()
    assert caught.value.message == (
        "1 servable(s) did not become available: {{{name: gen version: 1} due to error: NOT_FOUND: Could "
        f"not find SavedModel .pb or .pbtxt at supplied export directory path: {tmp_path}/1. Check that "
        "the directory exists and that you have the right permissions for accessing it.}, }"
    )


def test_the_start_waits_for_a_model_unless_told_not_to(
    running: Make, tmp_path: Path, constants: Constants
) -> None:
    base = tmp_path / "gen"
    waiting = serving(running, base)
    thread = threading.Thread(target=waiting.start)
    thread.start()
    tolerant = serving(running, base, tolerate_unavailable_models=True).start()
    with pytest.raises(grpc.RpcError):
        answer(tolerant, "gen")
    assert thread.is_alive(), "no port before the first version"
    base.mkdir()
    publish(constants(1), base, 1)
    thread.join(60)
    assert not thread.is_alive()
    assert answer(waiting, "gen") == 1
    wait_for(lambda: states(tolerant, "gen") == {1: "AVAILABLE"})


def test_an_unloaded_version_frees_its_graph(constants: Constants) -> None:
    model = load_saved_model(str(constants(1)), SessionOptions())
    graph = weakref.ref(model.graph)
    model.run({"x:0": np.ones([1, 1], np.float32)}, ["y:0"], None)
    model.close()
    gc.collect()
    assert graph() is None


def test_a_model_cannot_reach_files_outside_its_folder(tmp_path: Path, workshop: Path) -> None:
    from tensorflow.core.protobuf import saved_model_pb2

    version = publish(workshop, tmp_path, 1)
    file = version / "saved_model.pb"
    saved_model = saved_model_pb2.SavedModel.FromString(file.read_bytes())
    asset = saved_model.meta_graphs[0].asset_file_def.add(filename="../../secret")
    asset.tensor_info.name = "x:0"
    file.write_bytes(saved_model.SerializeToString())
    with pytest.raises(ServingError, match="lies outside"):
        load_saved_model(str(version), SessionOptions())


def test_loaded_models_know_their_signatures(workshop: Path) -> None:
    model: SavedModel = load_saved_model(str(workshop), SessionOptions())
    assert list(model.signatures["add"].inputs) == ["a", "b"]
    with pytest.raises(ServingError, match="Could not find meta graph def matching supplied tags"):
        load_saved_model(str(workshop), SessionOptions(frozenset({"train"})))
    model.close()
