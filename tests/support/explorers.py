"""Clients that explore a formula without pausing, and know what every answer must be."""

from __future__ import annotations

import base64
import io
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Any

import httpx
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tests.support import models

# Quarters: every sum and product of them is exact in float32, so no rounding can excuse a wrong pixel.
POINTS = np.array([[-0.75, -0.5], [0.5, -0.25], [-1.0, 0.75], [0.25, 0.5]], np.float32)
SHAPE = (8, 8, 1)
_RESOLUTIONS = (8, 12, 20, 24)
_PAUSE = 0.02


def turn_of(version: int) -> int:
    """By how many places a version's classes are rotated, so that answers tell versions apart."""
    return version // 10 % len(models.CLASSES)


@dataclass(frozen=True)
class Outcome:
    """One answer.

    Attributes:
        begun, ended: on the monotonic clock.
        status: of HTTP; 0 when there was no answer.
        retry_after: the header of that name.
        version: which version answered, if the status is 200.
        cache: the `X-Cache` header of a map.
        wrong: what is wrong with the answer; empty if nothing is.
    """

    begun: float
    ended: float
    status: int
    retry_after: str | None = None
    version: int = 0
    cache: str | None = None
    wrong: str = ""


Check = Callable[[httpx.Response, int], str]


class Explorers:
    """A number of clients, each with its own connection, each asking again as soon as it has its answer."""

    def __init__(self, url: str, model: str, pinned: int, clients: int) -> None:
        self._url, self._path, self._pinned = url, f"/v1/models/{model}", pinned
        self._over, self._lock = Event(), Lock()
        self._outcomes: list[Outcome] = []
        self._threads = [Thread(target=self._explore, args=(number,)) for number in range(clients)]

    def __enter__(self) -> Explorers:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(60)

    @property
    def outcomes(self) -> list[Outcome]:
        """All of them so far."""
        with self._lock:
            return list(self._outcomes)

    def since(self, moment: float) -> list[Outcome]:
        """Those of questions that were asked after a moment."""
        return [outcome for outcome in self.outcomes if outcome.begun > moment]

    def _explore(self, number: int) -> None:
        with httpx.Client(base_url=self._url, timeout=60) as http:
            turn = number
            while not self._over.is_set():
                self._ask(http, turn)
                turn += 1
                self._over.wait(_PAUSE)

    def _ask(self, http: httpx.Client, turn: int) -> None:
        pinned = {"version": self._pinned} if turn % 3 == 0 else {}
        resolution = _RESOLUTIONS[turn % len(_RESOLUTIONS)]
        request, check = (
            (self._points("application/json", pinned), _check_json),
            (self._points("application/x-npy", pinned), _check_pixels),
            (self._map("application/json", resolution, pinned), _check_map),
            (self._map("application/x-npy", resolution, pinned), _check_cells),
        )[turn % 4]
        begun = time.monotonic()
        try:
            response = http.send(request(http))
        except httpx.TransportError as error:
            outcome = Outcome(begun, time.monotonic(), 0, wrong=f"no answer: {error!r}")
        else:
            outcome = _judged(response, begun, pinned.get("version"), check)
        with self._lock:
            self._outcomes.append(outcome)

    def _points(self, form: str, pinned: dict[str, int]) -> Callable[[httpx.Client], httpx.Request]:
        body = {"points": POINTS.tolist(), **pinned}
        path, headers = f"{self._path}/generate", {"Accept": form}
        return lambda http: http.build_request("POST", path, json=body, headers=headers)

    def _map(
        self, form: str, resolution: int, pinned: dict[str, int]
    ) -> Callable[[httpx.Client], httpx.Request]:
        query = {"resolution": resolution, **pinned}
        path, headers = f"{self._path}/map", {"Accept": form}
        return lambda http: http.build_request("GET", path, params=query, headers=headers)


def _judged(response: httpx.Response, begun: float, pinned: int | None, check: Check) -> Outcome:
    ended = time.monotonic()
    if response.status_code != 200:
        return Outcome(begun, ended, response.status_code, response.headers.get("Retry-After"))
    version = int(response.headers["X-Model-Version"])
    wrong = check(response, version)
    if pinned is not None and version != pinned:
        wrong = f"asked of version {pinned}, answered by {version}"
    return Outcome(begun, ended, 200, None, version, response.headers.get("X-Cache"), wrong)


def _expected(points: NDArray[Any], version: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """uint8[n, h, w, c] and int32[n]."""
    classes = models.class_of(points, np.full(len(points), turn_of(version), np.int32))
    images = models.image_of(points, SHAPE)
    images[:, 0, 0, :] = classes[:, None] * 60
    return images, classes


def _expected_map(resolution: int, version: int) -> NDArray[Any]:
    x = np.linspace(-1, 1, resolution) > 0
    cells: NDArray[Any] = (x[None, :] + 2 * x[:, None] + turn_of(version)) % len(models.CLASSES)
    return cells


def _check_json(response: httpx.Response, version: int) -> str:
    answer = response.json()
    images, classes = _expected(POINTS, version)
    pixels = [np.asarray(Image.open(io.BytesIO(base64.b64decode(png)))) for png in answer["images"]]
    said = [item["index"] for item in answer["classes"]]
    right = np.array_equal(np.stack(pixels)[..., None], images) and said == classes.tolist()
    return "" if right and answer["version"] == version else f"images of version {version} are others"


def _check_pixels(response: httpx.Response, version: int) -> str:
    images, _ = _expected(POINTS, version)
    return "" if np.array_equal(_npy(response), images) else f"pixels of version {version} are others"


def _check_map(response: httpx.Response, version: int) -> str:
    answer = response.json()
    right = np.array_equal(answer["classes"], _expected_map(answer["resolution"], version))
    return "" if right and answer["version"] == version else f"a map of version {version} is another"


def _check_cells(response: httpx.Response, version: int) -> str:
    cells = _npy(response)
    right = np.array_equal(cells, _expected_map(len(cells), version))
    return "" if right else f"cells of version {version} are others"


def _npy(response: httpx.Response) -> NDArray[Any]:
    array: NDArray[Any] = np.load(io.BytesIO(response.content), allow_pickle=False)
    return array
