"""The event log of a run: one JSON object per line, numbered from 1, appended and never rewritten.

Lines are not parsed as a whole: their number and kind are all that is needed to send them on. The events
after a number are found by bisection, so that reading them costs the same however long the log is.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

# As `model_dump_json` of an event writes it; lines of any other shape are parsed.
_STANDARD_LINE = re.compile(rb'\{"id":(\d+),"at":"[^"]*","event":"([a-z]+)"')
_EPOCH = re.compile(rb'"figures":\{"epoch":(\d+),')
_SCAN_BYTES = 4096
"""Within so many bytes, reading on is cheaper than bisecting."""
_CHUNK_BYTES = 1024


@dataclass(frozen=True)
class Line:
    """One event as it was written.

    Attributes:
        number: of the event.
        kind: the event's kind, see `EVENT_KINDS`.
        data: the JSON object, without the line end.
    """

    number: int
    kind: str
    data: bytes

    @property
    def epoch(self) -> int:
        """The epoch whose figures it has; only for events of the kind `epoch`."""
        found = _EPOCH.search(self.data)
        return int(found[1]) if found else int(json.loads(self.data)["figures"]["epoch"])


def parse_line(data: bytes) -> Line | None:
    """A line with its number and kind; None if it is no event."""
    found = _STANDARD_LINE.match(data)
    if found:
        return Line(int(found[1]), found[2].decode(), data)
    try:
        parsed = json.loads(data)
        # Serialized again: line ends, which JSON allows, would end a server-sent event.
        return Line(int(parsed["id"]), str(parsed["event"]), json.dumps(parsed).encode())
    except (ValueError, KeyError, TypeError):
        return None


def complete_end(log: BinaryIO) -> int:
    """Offset of the end of the last complete line; another may just be being written."""
    end = log.seek(0, os.SEEK_END)
    size = _CHUNK_BYTES
    while True:
        start = max(0, end - size)
        log.seek(start)
        at = log.read(end - start).rfind(b"\n")
        if at >= 0 or start == 0:
            return start + at + 1
        size *= 4


def last_lines(log: BinaryIO, end: int, size: int) -> list[Line]:
    """The complete lines in the last `size` bytes before an offset; at least the last one, however long."""
    while end:
        start = max(0, end - size)
        log.seek(start)
        lines = log.read(end - start).split(b"\n")[:-1]
        # The first one may be the rest of a line, unless the read began at the start of the file.
        whole = lines if start == 0 else lines[1:]
        if whole or start == 0:
            return [line for line in map(parse_line, whole) if line is not None]
        size *= 4
    return []


def read_page(log: BinaryIO, offset: int, until: int, end: int) -> tuple[list[Line], int]:
    """Complete lines between the offsets `offset` and `until`, and the offset at which to continue.

    If the first line is longer than that, it is read as a whole, up to `end`.
    """
    while True:
        log.seek(offset)
        data = log.read(until - offset)
        complete = data.rfind(b"\n") + 1
        if complete or until >= end:
            lines = [
                line for line in map(parse_line, data[:complete].split(b"\n")[:-1]) if line is not None
            ]
            # Without a complete line before `end`, there is nothing more to read.
            return lines, offset + complete if complete else end
        until = min(end, until + (until - offset))


def offset_after(log: BinaryIO, number: int, end: int) -> int:
    """Offset of a line start at or shortly before the first line with a greater number.

    Reads only a few kilobytes, however long the file is.
    """
    low, high = 0, end
    while high - low > _SCAN_BYTES:
        start, line = _line_after(log, (low + high) // 2, high)
        if line is None or line.number > number:
            high = (low + high) // 2
        else:
            low = start
    return low


def read_lines(log: BinaryIO, offset: int = 0) -> tuple[list[Line], int]:
    """All complete lines from an offset on, and the offset at which to continue."""
    log.seek(offset)
    data = log.read()
    complete = data.rfind(b"\n") + 1
    lines = [line for line in map(parse_line, data[:complete].split(b"\n")[:-1]) if line is not None]
    return lines, offset + complete


def drop_partial_line(log: Any) -> None:
    """Remove the partial line that a crash left at the end."""
    end = log.seek(0, os.SEEK_END)
    complete = complete_end(log)
    if complete < end:
        log.truncate(complete)


def last_number(log: BinaryIO) -> int:
    """Number of the newest event; 0 if there is none."""
    lines = last_lines(log, complete_end(log), _SCAN_BYTES)
    return lines[-1].number if lines else 0


def _line_after(log: BinaryIO, offset: int, end: int) -> tuple[int, Line | None]:
    """The first event that begins after an offset and before an end, with its own offset."""
    start: int | None = None
    for at, data in _lines_from(log, offset, end):
        # The first line may be the rest of one that began earlier.
        if start is not None and (line := parse_line(data)) is not None:
            return at, line
        start = at
    return end, None


def _lines_from(log: BinaryIO, offset: int, end: int) -> Iterator[tuple[int, bytes]]:
    """The lines from an offset on, each with its own offset; the first may be only the rest of one."""
    rest = b""
    position = offset
    while position < end:
        log.seek(position)
        data = log.read(min(_CHUNK_BYTES, end - position))
        if not data:
            return
        position += len(data)
        *lines, rest = (rest + data).split(b"\n")
        at = position - len(rest) - sum(len(line) + 1 for line in lines)
        for line in lines:
            yield at, line
            at += len(line) + 1
