"""The gateway runs where TensorFlow is not: in a process in which importing it fails."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.support.environment import clean_environment

_PROGRAM = """
import asyncio, json, sys

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("tensorflow", "keras", "tensorflow_serving"):
            raise ImportError(f"{name} must not be imported here")

sys.meta_path.insert(0, Refuse())

import httpx
import services.gateway.__main__
from services.gateway.app import create_app
from services.gateway.parts import assembled
from services.kit.settings import load_settings

SPECS = (
    {"latent": {"dim": 2}},
    {"latent": {"dim": 3}},
    {"latent": {"dim": 3}, "conditional": True},
    {"latent": {"dim": 4}},
)

async def main():
    counts = []
    async with assembled(load_settings()) as parts:
        transport = httpx.ASGITransport(app=create_app(parts))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as http:
            for fields in SPECS:
                body = {"name": "a", "dataset": "mnist"} | fields
                preview = (await http.post("/v1/runs/preview", json=body)).json()
                counts.append([preview["generator"]["total"], preview["discriminator"]["total"]])
    modules = sorted({name.split(".")[0] for name in sys.modules})
    print(json.dumps({"counts": counts, "modules": modules}))

asyncio.run(main())
"""


def test_preview_counts_without_tensorflow_in_the_process(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        env=clean_environment()
        | {
            "ATLAS_HOME": str(tmp_path),
            # Nobody listens there.
            "ATLAS_REDIS_URL": "redis://127.0.0.1:1/0",
            "ATLAS_SERVING_ADDRESS": "127.0.0.1:1",
            "ATLAS_LOG_LEVEL": "error",
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    found = json.loads(result.stdout.splitlines()[-1])
    assert found["counts"] == [
        [1_101_632, 212_865],
        [1_114_176, 212_865],
        [1_114_206, 220_705],
        [1_126_720, 212_865],
    ]
    assert not {"tensorflow", "keras", "tensorflow_serving", "torch"} & set(found["modules"])
