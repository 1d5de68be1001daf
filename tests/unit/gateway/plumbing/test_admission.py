from __future__ import annotations

import asyncio

import pytest

from services.contracts.errors import DeadlineExceeded, Overloaded
from services.gateway.plumbing.admission import AdmissionQueue
from services.gateway.plumbing.deadline import within


async def test_so_many_run_so_many_wait_and_the_next_is_told_at_once() -> None:
    queue, gate = AdmissionQueue("tests", running=2, waiting=3), asyncio.Event()
    running = most = 0

    async def work() -> None:
        nonlocal running, most
        async with queue.enter(60):
            running += 1
            most = max(most, running)
            await gate.wait()
            running -= 1

    tasks = [asyncio.ensure_future(work()) for _ in range(5)]
    await asyncio.sleep(0)
    with pytest.raises(Overloaded) as caught:
        await work()
    assert caught.value.retry_after == 1
    # One who leaves the line makes room in it.
    tasks[-1].cancel()
    await asyncio.wait({tasks[-1]})
    tasks[-1] = asyncio.ensure_future(work())
    await asyncio.sleep(0)
    gate.set()
    await asyncio.gather(*tasks)
    assert most == 2


async def test_waiting_in_line_has_a_limit() -> None:
    queue = AdmissionQueue("tests", running=1, waiting=1)
    async with queue.enter(60):
        with pytest.raises(DeadlineExceeded):
            async with queue.enter(0.001):
                raise AssertionError
    async with queue.enter(0.001):
        pass


async def test_time_limits_are_errors_of_the_language() -> None:
    with pytest.raises(DeadlineExceeded, match=r"0\.001 seconds"):
        async with within(0.001):
            await asyncio.Event().wait()
