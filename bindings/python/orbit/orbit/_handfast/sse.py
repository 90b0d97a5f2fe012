# @generated from schemas/orbit/asyncapi.yaml by handfast; edit that, not this.
"""Reads event streams (WHATWG HTML, 9.2.6)."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class StreamEvent:
    """An event of a stream."""

    name: str
    data: str
    last_id: str


class TooLong(ValueError):
    """A line or an event is longer than the bound."""


class StreamParser:
    """Takes bytes as they come, in pieces of any length, and gives the events that they complete."""

    def __init__(self, max_size: int = 16 * 1024 * 1024, last_id: str = "") -> None:
        self.last_id = last_id
        """The id of the last event that had one."""
        self.retry: float | None = None
        """The wait before a new connection that the server asks for, in seconds."""
        self._max_size = max_size
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._is_first = True
        self._after_cr = False
        self._line: list[str] = []
        self._line_size = 0
        self._id = last_id
        self._name = ""
        self._data: list[str] = []
        self._data_size = 0

    def feed(self, chunk: bytes) -> Iterator[StreamEvent]:
        """The events that end in `chunk`. Raises TooLong."""
        text = self._decoder.decode(chunk)
        if self._is_first and text:
            self._is_first = False
            text = text.removeprefix("\ufeff")
        if self._after_cr and text:
            self._after_cr = False
            text = text.removeprefix("\n")
        start = 0
        for index, character in enumerate(text):
            if character not in "\r\n" or index < start:
                continue
            self._keep(text[start:index])
            line, self._line, self._line_size = "".join(self._line), [], 0
            event = self._take(line)
            if event is not None:
                yield event
            start = index + 1
            if character == "\r":
                if start == len(text):
                    self._after_cr = True
                elif text[start] == "\n":
                    start += 1
        self._keep(text[start:])

    def _keep(self, text: str) -> None:
        self._line_size += len(text)
        if self._line_size > self._max_size:
            raise TooLong(f"a line of more than {self._max_size} characters")
        self._line.append(text)

    def _take(self, line: str) -> StreamEvent | None:
        if not line:
            return self._dispatch()
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            self._data_size += len(value) + 1
            if self._data_size > self._max_size:
                raise TooLong(f"an event of more than {self._max_size} characters")
            self._data.append(value)
        elif name == "event":
            self._name = value
        elif name == "id" and "\0" not in value:
            self._id = value
        elif name == "retry" and value.isascii() and value.isdigit() and len(value) < 10:
            self.retry = int(value) / 1000
        return None

    def _dispatch(self) -> StreamEvent | None:
        data, name = self._data, self._name or "message"
        self.last_id = self._id
        self._data, self._data_size, self._name = [], 0, ""
        return StreamEvent(name, "\n".join(data), self.last_id) if data else None
