# @generated from schemas/builder/asyncapi.yaml by handfast; edit that, not this.
"""Events, read and written by their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from .document import parse, write
from .model import Codec, plain
from .violation import Invalid, Violation

E = TypeVar("E")


@dataclass(frozen=True)
class UnknownEvent:
    """An event that the contract does not name: of a later version, perhaps."""

    name: str
    value: Any
    """Its data, as JSON."""


class EventSet(Generic[E]):
    """The events that one side sends."""

    def __init__(self, codecs: Mapping[str, Codec[Any]], path: Sequence[str] | None) -> None:
        self.codecs = codecs
        self.path = path

    def from_json(self, data: bytes | bytearray | memoryview | str, name: str | None = None) -> E | UnknownEvent:
        """Reads an event. `name` is needed where the transport tells it, and no member of the event.

        Raises NotJson, or Invalid with every violation.
        """
        return self.from_value(parse(data), name)

    def from_value(self, value: Any, name: str | None = None) -> E | UnknownEvent:
        """Reads an event from a JSON value. Raises Invalid with every violation."""
        name = self.name_of(value, name)
        codec = self.codecs.get(name)
        if codec is None:
            return UnknownEvent(name, value)
        event: E = codec.from_value(value)
        return event

    def name_of(self, value: Any, name: str | None = None) -> str:
        """The name of an event. Raises Invalid for one that has none."""
        if self.path is None:
            if name is None:
                raise Invalid([Violation("event-name", "", "", {})])
            return name
        for step in self.path:
            value = value.get(step) if isinstance(value, dict) else None
        if not isinstance(value, str):
            raise Invalid([Violation("event-name", "".join(f"/{step}" for step in self.path), "", {"actual": value})])
        return value

    def to_value(self, event: E, name: str | None = None) -> Any:
        """An event as a JSON value. Raises Invalid for one that the contract does not allow."""
        value = plain(event)
        name = self.name_of(value, name)
        if name not in self.codecs:
            raise Invalid([Violation("event-name", "", "", {"expected": list(self.codecs), "actual": name})])
        return self.codecs[name].to_value(event)

    def to_json(self, event: E, name: str | None = None) -> str:
        """An event as a JSON text. Raises Invalid for one that the contract does not allow."""
        return write(self.to_value(event, name))
