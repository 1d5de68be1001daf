"""A parser of server-sent events (WHATWG HTML, 9.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Not str.splitlines, which also splits at characters that JSON may contain, such as U+2028.
_LINE_END = re.compile(rb"\r\n|\n|\r")


@dataclass(frozen=True)
class Message:
    """One event."""

    event: str
    data: str
    id: str
    """Id of the newest event that had one; empty if none had."""


class Parser:
    """Parses the bytes of one connection."""

    def __init__(self) -> None:
        self.retry: float | None = None
        """Seconds to wait before connecting again, if the server sent them."""
        self._rest = b""
        self._id = ""
        self._event = ""
        self._data: list[str] = []

    def feed(self, data: bytes) -> Iterator[Message]:
        """The messages that these bytes complete."""
        *lines, self._rest = _LINE_END.split(self._rest + data)
        if data.endswith(b"\r") and lines:
            # Its line feed may still come, and would then count as an empty line.
            self._rest = lines.pop() + b"\r"
        for line in lines:
            message = self._line(line.decode(errors="replace"))
            if message is not None:
                yield message

    def _line(self, line: str) -> Message | None:
        if not line:
            return self._complete()
        name, _, value = line.partition(":")  # a line that begins with a colon is a comment
        value = value.removeprefix(" ")
        match name:
            case "event":
                self._event = value
            case "data":
                self._data.append(value)
            case "id" if "\0" not in value:
                self._id = value
            case "retry" if value.isascii() and value.isdigit():
                self.retry = int(value) / 1000
        return None

    def _complete(self) -> Message | None:
        message = Message(self._event or "message", "\n".join(self._data), self._id) if self._data else None
        self._event, self._data = "", []
        return message
