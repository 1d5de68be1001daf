from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.runs.events import EpochEnded, EpochFigures, StateChanged
from services.store import event_log


class Counting(io.BytesIO):
    """Counts the bytes that are read."""

    read_bytes = 0

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(size)
        self.read_bytes += len(data)
        return data


def _line(number: int, length: int = 0) -> bytes:
    event = StateChanged(id=number, state="running", error="x" * length)
    return event.model_dump_json().encode() + b"\n"


def _starts(text: bytes) -> list[int]:
    return [0, *(at + 1 for at, byte in enumerate(text) if byte == ord("\n"))]


def test_a_standard_line_is_read_without_parsing_json() -> None:
    figures = EpochFigures(epoch=7, seconds=1, generator_loss=1, discriminator_loss=1)
    data = EpochEnded(id=12, figures=figures).model_dump_json().encode()
    line = event_log.parse_line(data)
    assert line == event_log.Line(12, "epoch", data)
    assert line is not None
    assert line.epoch == 7
    # What follows the part that is read is not JSON.
    assert event_log.parse_line(data[:-20]) == event_log.Line(12, "epoch", data[:-20])


def test_lines_in_other_forms_are_parsed() -> None:
    data = b'{ "event": "epoch",\r "figures": {"seconds": 1, "epoch": 3}, "id": 5}'
    line = event_log.parse_line(data)
    assert line is not None
    assert (line.number, line.kind, line.epoch) == (5, "epoch", 3)
    assert json.loads(line.data) == json.loads(data)
    assert b"\r" not in line.data


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"null", b'{"id": 1}', b'{"id": "x", "event": "state"}']
)
def test_lines_without_an_event_are_skipped(data: bytes) -> None:
    assert event_log.parse_line(data) is None
    log = io.BytesIO(_line(1) + data + b"\n" + _line(2))
    lines, _ = event_log.read_lines(log)
    assert [line.number for line in lines] == [1, 2]


@given(lengths=st.lists(st.integers(0, 9000), max_size=30), torn=st.booleans(), page=st.integers(1, 20000))
def test_pages_have_every_line_once(lengths: list[int], torn: bool, page: int) -> None:
    text = b"".join(_line(number, length) for number, length in enumerate(lengths, start=1))
    log = io.BytesIO(text + (b'{"id":99,"at' if torn else b""))
    end = event_log.complete_end(log)
    assert end == len(text)
    assert event_log.last_number(log) == len(lengths)
    found, offset = [], 0
    while offset < end:
        lines, after = event_log.read_page(log, offset, min(offset + page, end), end)
        assert after > offset
        found += [line.number for line in lines]
        offset = after
    assert found == list(range(1, len(lengths) + 1))


@given(lengths=st.lists(st.integers(0, 9000), max_size=30), number=st.integers(0, 32))
def test_the_offset_after_a_number_is_found(lengths: list[int], number: int) -> None:
    text = b"".join(_line(number, length) for number, length in enumerate(lengths, start=1))
    offset = event_log.offset_after(io.BytesIO(text), number, len(text))
    assert offset in _starts(text)
    lines, _ = event_log.read_lines(io.BytesIO(text), offset)
    assert {line.number for line in lines} >= set(range(number + 1, len(lengths) + 1))


def test_finding_an_offset_reads_little_of_a_long_file() -> None:
    text = b"".join(_line(number, 200) for number in range(1, 20_001))
    for number in (0, 1, 9_999, 19_990, 20_000):
        log = Counting(text)
        offset = event_log.offset_after(log, number, len(text))
        assert log.read_bytes < 64 * 1024
        lines, _ = event_log.read_lines(io.BytesIO(text), offset)
        # Only a few lines are skipped.
        assert lines[0].number <= number + 1
        assert number - lines[0].number < 50
