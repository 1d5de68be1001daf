"""The file of what a run said: a JSON object a line, numbered from 1, appended and never rewritten.

Lines are cut, not parsed: a number and a kind are all that sending them on needs. What lies after a number
is found by bisection, so that nobody pays for what he has seen already.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

# As `model_dump_json` of an event writes it; lines of any other shape are parsed.
_USUAL = re.compile(rb'\{"id":(\d+),"at":"[^"]*","event":"([a-z]+)"')
_EPOCH = re.compile(rb'"figures":\{"epoch":(\d+),')
_NEAR = 4096
"""Bytes; so close to the place that is looked for, reading on is cheaper than looking."""
_PIECE = 1024


@dataclass(frozen=True)
class Line:
    """One event as it was written.

    Attributes:
        number: of the event.
        kind: what it tells of, see `EVENT_KINDS`.
        data: the JSON object, without the line's end.
    """

    number: int
    kind: str
    data: bytes

    @property
    def epoch(self) -> int:
        """Whose figures it tells, if that is its kind."""
        found = _EPOCH.search(self.data)
        return int(found[1]) if found else int(json.loads(self.data)["figures"]["epoch"])


def cut(data: bytes) -> Line | None:
    """Number and kind of a line; None for one that is no event."""
    found = _USUAL.match(data)
    if found:
        return Line(int(found[1]), found[2].decode(), data)
    try:
        parsed = json.loads(data)
        # Line ends that JSON allows between its parts would end the frame of an event.
        return Line(int(parsed["id"]), str(parsed["event"]), json.dumps(parsed).encode())
    except (ValueError, KeyError, TypeError):
        return None


def complete_end(log: BinaryIO) -> int:
    """Offset behind the last complete line: a reader may come while one is being written."""
    end = log.seek(0, os.SEEK_END)
    size = _PIECE
    while True:
        start = max(0, end - size)
        log.seek(start)
        at = log.read(end - start).rfind(b"\n")
        if at >= 0 or start == 0:
            return start + at + 1
        size *= 4


def last_lines(log: BinaryIO, end: int, size: int) -> list[Line]:
    """The complete lines among the last bytes before an end, and the very last one however long it is."""
    while end:
        start = max(0, end - size)
        log.seek(start)
        lines = log.read(end - start).split(b"\n")[:-1]
        # The first one may have begun before, unless it is the file's first.
        whole = lines if start == 0 else lines[1:]
        if whole or start == 0:
            return [line for line in map(cut, whole) if line is not None]
        size *= 4
    return []


def read_page(log: BinaryIO, offset: int, until: int, end: int) -> tuple[list[Line], int]:
    """Complete lines from an offset on that begin before `until`, and where to go on.

    A line that is longer than all that is read whole, as far as `end`.
    """
    while True:
        log.seek(offset)
        data = log.read(until - offset)
        complete = data.rfind(b"\n") + 1
        if complete or until >= end:
            lines = [line for line in map(cut, data[:complete].split(b"\n")[:-1]) if line is not None]
            # A half line at the very end is no reason to come again: the end is that of a complete one.
            return lines, offset + complete if complete else end
        until = min(end, until + (until - offset))


def offset_after(log: BinaryIO, number: int, end: int) -> int:
    """An offset at which a line begins, at or a little before the first one of a greater number.

    Reads a few kilobytes, however long the file is.
    """
    low, high = 0, end
    while high - low > _NEAR:
        start, line = _line_after(log, (low + high) // 2, high)
        if line is None or line.number > number:
            high = (low + high) // 2
        else:
            low = start
    return low


def lines_of(log: BinaryIO, offset: int = 0) -> tuple[list[Line], int]:
    """All complete lines from an offset on, and where to go on."""
    log.seek(offset)
    data = log.read()
    complete = data.rfind(b"\n") + 1
    lines = [line for line in map(cut, data[:complete].split(b"\n")[:-1]) if line is not None]
    return lines, offset + complete


def cut_torn_line(log: Any) -> None:
    """Drop what a crash left half-written at the end."""
    end = log.seek(0, os.SEEK_END)
    complete = complete_end(log)
    if complete < end:
        log.truncate(complete)


def last_number(log: BinaryIO) -> int:
    """Number of the newest event; 0 if there is none."""
    lines = last_lines(log, complete_end(log), _NEAR)
    return lines[-1].number if lines else 0


def _line_after(log: BinaryIO, offset: int, end: int) -> tuple[int, Line | None]:
    """The first event that begins after an offset and before an end, and where it begins."""
    start: int | None = None
    for at, data in _lines_from(log, offset, end):
        # The first one is what is left of a line that began before.
        if start is not None and (line := cut(data)) is not None:
            return at, line
        start = at
    return end, None


def _lines_from(log: BinaryIO, offset: int, end: int) -> Iterator[tuple[int, bytes]]:
    """Lines and what is left of the one at the offset, each with where it begins."""
    rest = b""
    position = offset
    while position < end:
        log.seek(position)
        data = log.read(min(_PIECE, end - position))
        if not data:
            return
        position += len(data)
        *lines, rest = (rest + data).split(b"\n")
        at = position - len(rest) - sum(len(line) + 1 for line in lines)
        for line in lines:
            yield at, line
            at += len(line) + 1
