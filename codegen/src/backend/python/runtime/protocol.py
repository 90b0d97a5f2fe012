"""What a contract says about connections."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from .event import EventSet

Transport = Literal["websocket", "sse"]
S = TypeVar("S")
C = TypeVar("C")


@dataclass(frozen=True)
class Channel:
    """A channel: what carries it, and the path of its endpoint."""

    key: str
    transport: Transport
    address: str
    sends: frozenset[str]
    """Names of the events that the server sends."""
    receives: frozenset[str]
    """Names of the events that the client sends."""


@dataclass(frozen=True)
class Auth:
    """One way a token travels: in a header, a subprotocol, a query parameter, a cookie, or the first event."""

    place: Literal["header", "subprotocol", "query", "cookie", "event"]
    name: str
    prefix: str = ""
    event: Callable[[str], Any] | None = None
    """Makes the first event of a token."""


@dataclass(frozen=True)
class Heartbeat:
    """Who pings, how often, and how soon the other answers; in seconds."""

    by_client: bool
    ping: str
    pong: str
    within: float | None = None
    every: float | None = None
    dead_after: float | None = None
    make: Callable[[], Any] | None = None
    """Makes what the client sends: the ping, or the answer to one."""


@dataclass(frozen=True)
class Protocol(Generic[S, C]):
    """A contract, as far as a client needs it."""

    channels: Sequence[Channel]
    server_events: EventSet[S]
    client_events: EventSet[C]
    auth: Sequence[Auth] = ()
    filter_query: str | None = None
    filter_separator: str = ","
    wildcard: str = "*"
    resume_header: str | None = None
    resume_id: Sequence[str] | None = None
    """The members that lead to an event's id."""
    heartbeat: Heartbeat | None = None

    def channel(self, transport: Transport, key: str | None) -> Channel:
        """The first channel of a transport, or that of a key. Raises ValueError if there is none."""
        for channel in self.channels:
            if channel.transport == transport and key in (None, channel.key):
                return channel
        raise ValueError(f"the contract has no channel{f' {key}' if key else ''} over {transport}")

    def auth_for(self, transport: Transport) -> Auth | None:
        """The first way of a token that the transport has."""
        of_stream = ("header", "query", "cookie")
        return next((auth for auth in self.auth if transport != "sse" or auth.place in of_stream), None)


def member(value: Any, path: Sequence[str]) -> Any:
    """What stands at the end of a path of members; None if nothing does."""
    for step in path:
        if not isinstance(value, Mapping):
            return None
        value = value.get(step)
    return value
