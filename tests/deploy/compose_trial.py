"""The real thing: the images are built, the compose file comes up, and everything in it is made to fail.

`make test-compose` runs it, and `make test` does not: it needs a Docker engine, and takes minutes. It needs
no change where images are stand-ins for the official ones, as long as they bear the same tags.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator

import httpx
import pytest

from tests.deploy.load import AWAY, Load
from tests.deploy.stack import Stack
from tests.support.system import small_training
from tests.support.waiting import wait_for

RUN = "trial"
EPOCHS = 300
FIRST = 10
"""Epochs from one version to the next; the first one is explored."""
LATER = ("later-1", "later-2")
SERVICES = ("cache", "queue", "serving", "gateway", "trainer")
GRACEFUL = "restart"
FAULTS = [
    *((service, GRACEFUL) for service in SERVICES),
    *((service, "kill") for service in SERVICES),
    *((service, "crash") for service in ("serving", "gateway", "trainer")),
]
pytestmark = pytest.mark.timeout(3600)


def say(text: str) -> None:
    print(f"    {text}", flush=True)


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    made = Stack(f"latent-atlas-trial-{os.getpid()}")
    failed = True
    try:
        started = time.monotonic()
        made.compose("build")
        say(f"images built in {time.monotonic() - started:.0f} s")
        for target in ("gateway", "trainer"):
            size = int(
                made.docker("image", "inspect", "--format", "{{.Size}}", f"latent-atlas/{target}:0.1.0")
            )
            say(f"latent-atlas/{target}: {size / 1e6:.0f} MB with its base image")
        started = time.monotonic()
        made.compose("up", "--detach")
        for service in SERVICES:
            made.wait_healthy(service)
        say(f"up and healthy in {time.monotonic() - started:.0f} s")
        yield made
        failed = False
    finally:
        if failed:
            say(made.logs())
        made.http.close()
        made.compose("down", "--volumes", "--remove-orphans", "--timeout", "10", check=False)


@pytest.fixture(scope="module")
def load(stack: Stack) -> Iterator[Load]:
    """A run that trains, others that wait, and people who explore its first version."""
    stack.json(
        "POST", "/runs", 202, json=small_training(RUN, epochs=EPOCHS, export={"every": FIRST, "keep": 100})
    )
    for name in LATER:
        stack.json("POST", "/runs", 202, json=small_training(name))

    def explored() -> bool:
        asked = {"points": [[0.0, 0.0]], "version": FIRST}
        answer = stack.http.post(f"/v1/models/{RUN}/generate", json=asked)
        return answer.status_code == 200

    wait_for(explored, 300, "the first version to be explored")
    with Load(stack.url, RUN, FIRST) as exploring:
        yield exploring


def test_an_empty_home_trains_its_first_run(stack: Stack) -> None:
    assert stack.http.get("/readyz").json()["status"] == "ready"
    assert "<!doctype html>" in stack.http.get("/").text.lower()
    first = stack.wait_epoch("digits-2d", 1)
    assert first["state"] == "running"
    # It has shown what it had to; the worker is needed for others.
    stack.json("POST", "/runs/digits-2d/cancel", 202)

    def cancelled() -> bool:
        return bool(stack.json("GET", "/runs/digits-2d")["state"] == "cancelled")

    wait_for(cancelled, 120, "the first run to be cancelled")


def test_only_the_gateway_can_be_reached_and_only_from_here(stack: Stack) -> None:
    for service in SERVICES:
        ports = stack.inspect(service)["NetworkSettings"]["Ports"] or {}
        bound = [each for bindings in ports.values() if bindings for each in bindings]
        assert [each["HostIp"] for each in bound] == (["127.0.0.1"] if service == "gateway" else [])


def test_it_does_not_open_itself_to_others_without_keys(stack: Stack) -> None:
    command = "run", "--rm", "--no-deps", "--env", "ATLAS_HOST=0.0.0.0", "gateway"
    with pytest.raises(AssertionError, match="ATLAS_API_KEYS"):
        stack.compose(*command)


@pytest.mark.parametrize("service", SERVICES)
def test_containers_run_as_nobody_and_cannot_change_their_images(stack: Stack, service: str) -> None:
    found = stack.inspect(service)
    assert found["Config"]["User"] == "10001:10001"
    assert found["HostConfig"]["ReadonlyRootfs"] is True
    container = stack.container(service)
    assert "Read-only file system" in stack.docker(
        "exec", container, "sh", "-c", "touch /etc/x 2>&1", check=False
    )
    if service == "serving":
        models = "/var/lib/latent-atlas/models/x"
        said = stack.docker("exec", container, "sh", "-c", f"touch {models} 2>&1", check=False)
        assert "Read-only file system" in said


@pytest.mark.parametrize(("service", "fault"), FAULTS, ids=lambda each: str(each))
def test_a_training_and_its_explorers_outlive(stack: Stack, load: Load, service: str, fault: str) -> None:
    before = stack.run(RUN)
    assert before["state"] in ("running", "queued"), "the training ended before the faults did"
    load.taken()
    started = time.monotonic()
    if fault == GRACEFUL:
        stack.compose("restart", service)
    elif fault == "kill":
        stack.kill(service)
        stack.compose("up", "--detach", "--no-recreate")
    else:
        stack.crash(service)
    stack.wait_healthy(service)
    back = time.monotonic()
    wait_for(lambda: load.last_success > back, 120, "an answer after the fault")
    answers = load.taken()
    goes_on = stack.wait_epoch(RUN, before["epoch"] + 3)
    wait_for(
        lambda: all(stack.health(each) == "healthy" for each in SERVICES), 120, "all services to be healthy"
    )
    say(
        f"{service} {fault}: healthy after {back - started:.0f} s, epoch {before['epoch']} to "
        f"{goes_on['epoch']} in {time.monotonic() - started:.0f} s; answers meanwhile: {dict(answers)}"
    )
    assert not load.wrong
    if service != "gateway":
        # It stays up, and says what it cannot do.
        assert AWAY not in answers
    if service in ("cache", "queue", "trainer"):
        # Exploring needs none of them.
        assert set(answers) == {"200"}


def test_an_upgrade_loses_nothing(stack: Stack, load: Load) -> None:
    before = stack.run(RUN)
    started = time.monotonic()
    stack.compose("up", "--detach", "--force-recreate")
    for service in SERVICES:
        stack.wait_healthy(service)
    say(f"everything made anew in {time.monotonic() - started:.0f} s")
    stack.wait_epoch(RUN, before["epoch"] + 3)
    assert not load.wrong
    say(f"maps while all of this happened: {dict(load.caches)}")


def test_no_run_was_lost_and_none_forgot_anything(stack: Stack, load: Load) -> None:
    for name in (RUN, *LATER):
        stack.wait_succeeded(name)
    epochs = [row["epoch"] for row in stack.json("GET", f"/runs/{RUN}/epochs?limit=1000")["epochs"]]
    assert epochs == list(range(1, EPOCHS + 1))
    model = stack.json("GET", f"/models/{RUN}")
    assert model["versions"] == list(range(FIRST, EPOCHS + 1, FIRST))
    with stack.http.stream("GET", f"/v1/runs/{RUN}/events") as stream:
        numbers = [
            int(line.removeprefix("id: ")) for line in stream.iter_lines() if line.startswith("id: ")
        ]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    assert not load.wrong


def test_what_is_said_and_measured(stack: Stack) -> None:
    figures = httpx.get(f"{stack.url}/metrics").text
    assert 'atlas_part_up{part="serving"} 1.0' in figures
    assert "atlas_workers 1.0" in figures
    usage = stack.docker("stats", "--no-stream", "--format", "{{json .}}", *map(stack.container, SERVICES))
    for line in usage.splitlines():
        row = json.loads(line)
        say(f"{row['Name'].removeprefix(stack.project)}: {row['MemUsage']}")
