"""The envelope of the events, the two forms in which they travel, and the filter by topics."""

import fnmatch
import json
import re
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

SCHEMA_VERSION = 1

_DATE_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|([+-])(\d\d):(\d\d))", re.ASCII | re.IGNORECASE
)


@dataclass(frozen=True)
class Event:
    """One event, serialised once however many clients receive it."""

    id: str
    type: str
    json: str
    """The envelope, on one line."""

    @classmethod
    def create(cls, type: str, payload: dict[str, Any], context: dict[str, str] | None = None) -> "Event":
        """Wraps a payload, now."""
        envelope = {"id": str(uuid.uuid4()), "type": type, "timestamp": _now(), "payload": payload}
        if context:
            envelope["context"] = context
        return cls(envelope["id"], type, json.dumps(envelope, ensure_ascii=False))

    @classmethod
    def from_json(cls, text: str) -> "Event":
        """Reads an event that was published before, or raises `ValueError`."""
        match json.loads(text):
            case {"id": str(id), "type": str(type)}:
                return cls(id, type, text)
        raise ValueError("it has no id and type")

    @property
    def envelope(self) -> dict[str, Any]:
        """The event as clients read it."""
        return json.loads(self.json)

    @property
    def sse(self) -> bytes:
        """The event as a block of an SSE stream. JSON has no raw line ends, so that one `data` line holds it."""
        return f"id: {self.id}\nevent: {self.type}\ndata: {self.json}\n\n".encode()


def is_date_time(value: Any) -> bool:
    """Whether a JSON value is a date and time of RFC 3339; a leap second is the last of a day in UTC."""
    found = _DATE_TIME.fullmatch(value) if isinstance(value, str) else None
    if not found:
        return False
    day, *clock, sign, offset_hour, offset_minute = found.groups(default="0")
    hour, minute, second, offset_hour, offset_minute = map(int, (*clock, offset_hour, offset_minute))
    try:
        # The year 0, which `date` does not have, is a leap year like 2000.
        date.fromisoformat(day.replace("0000-", "2000-", 1) if day.startswith("0000-") else day)
    except ValueError:
        return False
    if hour > 23 or minute > 59 or offset_hour > 23 or offset_minute > 59:
        return False
    offset = (offset_hour * 60 + offset_minute) * (-1 if sign == "-" else 1)
    return second < 60 or second == 60 and (hour * 60 + minute - offset) % (24 * 60) == 24 * 60 - 1


class Topics:
    """The events a client asked for: patterns separated by commas, in which `*` stands for any run of characters."""

    def __init__(self, query: list[str]) -> None:
        """Takes the values of `?topics=`; without any, all events are wanted."""
        patterns = [pattern.strip() for value in query for pattern in value.split(",")]
        self._patterns = [_compile(pattern) for pattern in patterns]

    def want(self, event: Event) -> bool:
        """Whether the client asked for events of this type."""
        return not self._patterns or any(pattern.match(event.type) for pattern in self._patterns)


def _compile(pattern: str) -> re.Pattern[str]:
    # `fnmatch` compiles runs of stars to expressions that do not backtrack; its other wildcards are none here.
    return re.compile(fnmatch.translate(re.sub(r"[?\[]", r"[\g<0>]", pattern)))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
