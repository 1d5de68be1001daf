"""People who explore while services go and come: what they are told is counted and checked."""

from __future__ import annotations

import base64
import io
import time
from collections import Counter
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Any

import httpx
import numpy as np
from numpy.typing import NDArray
from PIL import Image

REFUSED = {"429", "503", "504"}
"""Told to come again."""
AWAY = "no answer"
"""The gateway itself was away."""
_SAME_PIXELS = 2.0
"""Mean difference of pixels, of 255: points that run in one batch with others are rounded differently."""
_SAME_CELLS = 0.01
"""Share of a map's cells, at borders between classes, for the same reason."""


class Load:
    """Clients that ask for the same image and the same map of one version, over and over."""

    def __init__(self, url: str, model: str, version: int, clients: int = 2) -> None:
        self._url, self._model, self._version = url, model, version
        self._stop, self._lock = Event(), Lock()
        self._threads = [Thread(target=self._explore, daemon=True) for _ in range(clients)]
        self._image, self._classes = self._reference()
        self.outcomes: Counter[str] = Counter()
        self.caches: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.last_success = time.monotonic()

    def __enter__(self) -> Load:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(60)

    def taken(self) -> Counter[str]:
        """What has been answered since the last time that somebody asked."""
        with self._lock:
            outcomes, self.outcomes = self.outcomes, Counter()
        return outcomes

    def _explore(self) -> None:
        with httpx.Client(base_url=self._url, timeout=30) as http:
            while not self._stop.is_set():
                self._ask(self._generate, http)
                self._ask(self._map, http)
                self._stop.wait(0.05)

    def _ask(self, question: Any, http: httpx.Client) -> None:
        try:
            outcome, wrong = question(http)
        except httpx.TransportError:
            outcome, wrong = AWAY, None
        with self._lock:
            self.outcomes[outcome] += 1
            if outcome == "200":
                self.last_success = time.monotonic()
            elif outcome not in REFUSED | {AWAY}:
                self.wrong.append(f"answered {outcome}")
            if wrong:
                self.wrong.append(wrong)
        if outcome != "200":
            self._stop.wait(0.2)

    def _generate(self, http: httpx.Client) -> tuple[str, str | None]:
        answer = self._post(http)
        if answer.status_code != 200:
            return _refusal(answer)
        image = _picture(answer.json())
        far = float(np.abs(image.astype(float) - self._image).mean())
        return "200", f"an image differs by {far:.1f}" if far > _SAME_PIXELS else None

    def _map(self, http: httpx.Client) -> tuple[str, str | None]:
        answer = self._get(http)
        if answer.status_code != 200:
            return _refusal(answer)
        with self._lock:
            self.caches[answer.headers["X-Cache"]] += 1
        changed = float((_classes(answer.json()) != self._classes).mean())
        return "200", f"{changed:.1%} of a map differ" if changed > _SAME_CELLS else None

    def _reference(self) -> tuple[NDArray[Any], NDArray[Any]]:
        with httpx.Client(base_url=self._url, timeout=60) as http:
            image, classes = self._post(http), self._get(http)
            assert (image.status_code, classes.status_code) == (200, 200), (image.text, classes.text)
            return _picture(image.json()), _classes(classes.json())

    def _post(self, http: httpx.Client) -> httpx.Response:
        body = {"points": [[0.25, -0.5]], "version": self._version}
        return http.post(f"/v1/models/{self._model}/generate", json=body)

    def _get(self, http: httpx.Client) -> httpx.Response:
        return http.get(
            f"/v1/models/{self._model}/map", params={"resolution": 40, "version": self._version}
        )


def _refusal(answer: httpx.Response) -> tuple[str, str | None]:
    """A refusal says when to come again."""
    status = str(answer.status_code)
    if status == "503" and "Retry-After" not in answer.headers:
        return status, "503 without Retry-After"
    return status, None


def _picture(answer: dict[str, Any]) -> NDArray[Any]:
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(answer["images"][0]))))


def _classes(answer: dict[str, Any]) -> NDArray[Any]:
    return np.asarray(answer["classes"])
