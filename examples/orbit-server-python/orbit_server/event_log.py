"""The latest events on disk, so that clients can resume over a restart of the server.

One event a line, as clients receive it, the oldest first. An event is written before anyone sees it: whatever a client
has received, the next process knows. It is handed to the operating system and not forced to the disk, so that it outlives
this process, but perhaps not a power cut. A log is for one server at a time.
"""

import math
import os
from collections.abc import Collection
from pathlib import Path

from .events import Event

MAX_STALE = 1000
"""How many lines that nobody can resume over any more make the file worth writing anew."""


class EventLog:
    """An event log that belongs to this process."""

    def __init__(self, path: Path, latest: int) -> None:
        """Opens a log, or makes it. Raises `OSError` when it cannot be read or written, or holds something else."""
        self._path = path
        self.events = _read(path)[-latest:] if latest else []
        """The latest events at the start, the oldest first."""
        self._write_anew(self.events)

    def append(self, event: Event, latest: Collection[Event]) -> None:
        """Adds an event, the last of `latest`. Raises `OSError`; the next event that can be written brings it along."""
        if self._n_lines >= len(latest) + MAX_STALE:
            self._write_anew(latest)
            return
        # Until it is known to be whole, the line counts as one that asks for a new file.
        n_lines, self._n_lines = self._n_lines, math.inf
        self._file.write(_lines([event]))
        self._n_lines = n_lines + 1

    def close(self) -> None:
        """Gives the file back."""
        self._file.close()

    def _write_anew(self, events: Collection[Event]) -> None:
        """Replaces the file at once, so that there is a whole one at any time."""
        self._n_lines = math.inf
        path = self._path.with_name(f"{self._path.name}.new")
        path.write_bytes(_lines(events))
        os.replace(path, self._path)
        if hasattr(self, "_file"):
            self._file.close()
        self._file = self._path.open("ab", buffering=0)
        self._n_lines = len(events)


def _lines(events: Collection[Event]) -> bytes:
    return "".join(f"{event.json}\n" for event in events).encode()


def _read(path: Path) -> list[Event]:
    """Reads all events. A last line that has no end was not written whole, and nobody has seen its event."""
    *lines, _ = path.read_bytes().split(b"\n") if path.exists() else [b""]
    return [_event(path, number, line) for number, line in enumerate(lines, 1)]


def _event(path: Path, number: int, line: bytes) -> Event:
    try:
        return Event.from_json(line.decode())
    except ValueError as error:
        raise OSError(f"{path}: line {number} is no event: {error}") from error
