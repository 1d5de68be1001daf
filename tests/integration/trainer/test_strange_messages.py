"""Whoever reaches Redis can put anything into the queue: the worker drops it and trains on."""

import base64
import json
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

from celery import Celery

from services.contracts.runs.queue import TRAIN_TASK, TRAINING_QUEUE, WORKER_PREFIX
from services.kit.celery_settings import celery_settings
from services.store import Store
from tests.support.environment import clean_environment
from tests.support.redis import RedisServer
from tests.support.training import small_spec
from tests.support.waiting import wait_for


def envelope(body: bytes, **changes: Any) -> dict[str, Any]:
    """A message as Celery writes it."""
    number = str(uuid.uuid4())
    return {
        "body": base64.b64encode(body).decode(),
        "content-encoding": "utf-8",
        "content-type": "application/json",
        "headers": {"lang": "py", "task": TRAIN_TASK, "id": number, "root_id": number, "retries": 0},
        "properties": {
            "correlation_id": number,
            "delivery_mode": 2,
            "delivery_info": {"exchange": "", "routing_key": TRAINING_QUEUE},
            "priority": 0,
            "body_encoding": "base64",
            "delivery_tag": str(uuid.uuid4()),
        },
    } | changes


def call(*arguments: Any) -> bytes:
    return json.dumps([arguments, {}, {"callbacks": None, "errbacks": None}]).encode()


def strange() -> list[bytes]:
    strange_names: tuple[Any, ...] = (7, None, {}, ["a"], "../../x", "small/else", "small/loss-surface/")
    good = envelope(call("unknown"))
    headers, properties = good["headers"], good["properties"]
    whole: list[Any] = [
        *(None, 7, "text", [], {}, {"body": "x"}),
        *(
            {"properties": None},
            {"properties": {}},
            {"properties": []},
            {"properties": {"delivery_tag": "a"}},
        ),
        good | {"headers": None},
        good | {"headers": []},
        good | {"headers": "text"},
        good | {"headers": {}},
        good | {"headers": headers | {"task": "no.such.task"}},
        good | {"headers": headers | {"task": 7}},
        good | {"headers": headers | {"task": {"a": 1}}},
        good | {"headers": headers | {"id": None}},
        good | {"headers": headers | {"id": []}},
        good | {"headers": headers | {"eta": "yesterday"}},
        good | {"headers": headers | {"expires": "never"}},
        good | {"headers": headers | {"timelimit": "x"}},
        good | {"headers": headers | {"retries": "x"}},
        good | {"headers": headers | {"compression": "no-such"}},
        good | {"headers": headers | {"request_id": {"a": []}}},
        good | {"properties": properties | {"body_encoding": "no-such"}},
        good | {"properties": properties | {"delivery_tag": []}},
        good | {"properties": properties | {"delivery_tag": None}},
        good | {"properties": properties | {"delivery_info": None}},
        good | {"properties": properties | {"delivery_info": 7}},
        good | {"properties": properties | {"priority": "x"}},
        good | {"body": None},
        good | {"body": 7},
        good | {"body": "%%%"},
        good | {"body": {"a": 1}},
        good | {"content-type": "application/x-python-serialize"},
        good | {"content-type": "application/x-no-such"},
        good | {"content-type": 7},
        good | {"content-type": []},
        good | {"content-encoding": "no-such"},
        good | {"content-encoding": 7},
        *(
            envelope(body)
            for body in (b"", b"\xff\xfe", b"nonsense", b"null", b"7", b"[]", b"{}", b"[[],{}]")
        ),
        *(envelope(body) for body in (b"[7, 7, 7]", b'[["a"], [], {}]', b'[{"a": 1}, {}, {}]')),
        envelope(call()),
        envelope(call("a", "b")),
        *(envelope(call(given)) for given in strange_names),
        envelope(call("\ud800\u0000")),
        envelope(call("x" * 4_000_000)),
    ]
    raw = [b"", b"nonsense", b"\xff\xfe\x00", b"{", b"[" * 100_000, b"\x80\x04K\x01.", b"x" * 4_000_000]
    return [*raw, *(json.dumps(one).encode() for one in whole)]


def test_what_is_no_message_for_a_training_is_dropped(tmp_path: Path, server: RedisServer) -> None:
    store = Store(tmp_path / "home")
    store.prepare()
    app = Celery("test", set_as_current=False)
    app.conf.update(celery_settings(server.url))
    process = subprocess.Popen(
        [sys.executable, "-m", "services.trainer.worker"],
        env=clean_environment(ATLAS_HOME=str(store.home), ATLAS_REDIS_URL=server.url),
    )
    try:
        with server.client() as client:
            wait_for(lambda: client.keys(f"{WORKER_PREFIX}*"), 60, "the worker")
            for message in strange():
                client.lpush(TRAINING_QUEUE, message)
            wait_for(
                lambda: client.llen(TRAINING_QUEUE) == 0 or process.poll() is not None,
                120,
                "an empty queue",
            )
        assert process.poll() is None
        store.runs.create(small_spec())
        # Asked before it begins, a job only writes the cancellation down, and costs no training.
        store.runs.update("small", request="cancel")
        app.send_task(TRAIN_TASK, ("small",))
        wait_for(lambda: store.runs.get("small").state == "cancelled", 60, "the training after them")
        assert process.poll() is None
    finally:
        process.kill()
        process.wait()
        app.close()
