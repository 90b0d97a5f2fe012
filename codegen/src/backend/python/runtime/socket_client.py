"""A client of Socket.IO that reads and writes events by a contract."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Generic, Literal, TypeVar

import socketio  # type: ignore[import-untyped]
from socketio import exceptions
from typing_extensions import Self

from .document import parse, write
from .error import ClientError
from .event import EventSet, UnknownEvent
from .model import Codec, plain
from .subscription import On
from .violation import Invalid

S = TypeVar("S")
C = TypeVar("C")
R = TypeVar("R")

Arguments = Literal["one", "none", "spread"]
"""How an event's data crosses the wire: as one argument, none for `null`, or each item of an array as one."""


class _Json:
    """JSON as the contract's validators want it: numbers exact, nothing twice, no NaN."""

    @staticmethod
    def loads(text: str | bytes, **_: Any) -> Any:
        return parse(text)

    @staticmethod
    def dumps(value: Any, **_: Any) -> str:
        return write(plain(value))


class SocketClient(Generic[S, C]):
    """Connects to a namespace, and again when the connection is lost.

    `on_connect` is called at every connection: the place to join rooms again.
    """

    namespace: ClassVar[str]
    server_events: ClassVar[EventSet[Any]]
    client_events: ClassVar[EventSet[Any]]
    arguments: ClassVar[Mapping[str, Arguments]]
    """How the data of each event that is not one argument crosses the wire; `<` before the names of the server's."""
    acknowledgements: ClassVar[Mapping[str, tuple[Codec[Any], Arguments]]]
    """What answers an event, by its name."""
    auth_name: ClassVar[str | None] = None
    refusal: ClassVar[str | None] = None
    pong: ClassVar[tuple[str, str, Callable[[], Any]] | None] = None
    """The server's ping, the answer, and what makes that."""

    def __init__(
        self,
        url: str,
        *,
        token: str | None = None,
        auth: Mapping[str, Any] | None = None,
        path: str = "socket.io",
        transports: tuple[str, ...] = ("websocket",),
        connect_within: float = 30.0,
        **options: Any,
    ) -> None:
        """A client of the server at `url`; `options` are those of `socketio.AsyncClient`."""
        settings: dict[str, Any] = {"reconnection_delay": 0.5, "reconnection_delay_max": 30, **options}
        self.sio: Any = socketio.AsyncClient(json=_Json, **settings)
        self._url, self._path, self._transports = url, path, list(transports)
        self._connect_within = connect_within
        self._auth = dict(auth or {})
        if token is not None:
            if self.auth_name is None:
                raise ValueError("the contract has no token in its auth payload")
            self._auth[self.auth_name] = token
        self._handlers: dict[str, list[Callable[[Any], Any]]] = {}
        self._unknown: list[Callable[[UnknownEvent], Any]] = []
        self._errors: list[Callable[[ClientError], Any]] = []
        self._connected: list[Callable[[], Any]] = []
        self._refused: ClientError | None = None
        self.sio.on("*", self._receive, namespace=self.namespace)
        self.sio.on("connect", self._on_connect, namespace=self.namespace)
        self.sio.on("connect_error", self._on_refusal, namespace=self.namespace)
        self.sio.on("disconnect", self._on_disconnect, namespace=self.namespace)

    @property
    def connected(self) -> bool:
        """Whether the connection stands."""
        return self.namespace in self.sio.namespaces

    def _on(self, event: str, /) -> On[Any]:
        """Calls the decorated function, which may be a coroutine function, with each event of that name."""
        if event not in self.server_events.codecs:
            raise ValueError(f"the server sends no {event}")

        def add(handler: Callable[[Any], R]) -> Callable[[Any], R]:
            self._handlers.setdefault(event, []).append(handler)
            return handler

        return add

    def on_unknown(self, handler: Callable[[UnknownEvent], R], /) -> Callable[[UnknownEvent], R]:
        """Calls the decorated function with each event that the contract does not name; its value is an array."""
        self._unknown.append(handler)
        return handler

    def on_error(self, handler: Callable[[ClientError], R], /) -> Callable[[ClientError], R]:
        """Calls the decorated function with everything that goes wrong."""
        self._errors.append(handler)
        return handler

    def on_connect(self, handler: Callable[[], R], /) -> Callable[[], R]:
        """Calls the decorated function at every connection."""
        self._connected.append(handler)
        return handler

    async def connect(self) -> None:
        """Connects. Raises ClientError."""
        try:
            await self.sio.connect(
                self._url,
                auth=self._auth,
                namespaces=[self.namespace],
                transports=self._transports,
                socketio_path=self._path,
                wait_timeout=self._connect_within,
            )
        except exceptions.ConnectionError as error:
            await self.sio.disconnect()
            raise self._refused or ClientError("unreachable", f"{self._url}: {error}") from error

    async def close(self) -> None:
        """Ends the connection."""
        await self.sio.shutdown()

    async def run(self) -> None:
        """Stays connected until `close`. Raises ClientError if the server refuses."""
        if not self.connected:
            await self.connect()
        await self.sio.wait()
        if self._refused is not None:
            raise self._refused

    async def __aenter__(self) -> Self:
        await self.connect()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def _emit(self, event: str, data: Any = None, /) -> None:
        """Sends an event. Raises Invalid for one that the contract does not allow, and ClientError without a connection."""
        arguments = self._to_send(event, data)
        try:
            await self.sio.emit(event, arguments, namespace=self.namespace)
        except (exceptions.BadNamespaceError, exceptions.DisconnectedError) as error:
            raise ClientError("closed", "there is no connection") from error

    async def _call(self, event: str, data: Any = None, /, *, timeout: float = 60.0) -> Any:
        """Sends an event, and gives the server's acknowledgement of it.

        Raises as `_emit` does; Invalid, too, for an acknowledgement that the contract does not allow; and TimeoutError.
        """
        codec, arguments = self.acknowledgements[event]
        try:
            answer = await self.sio.call(event, self._to_send(event, data), namespace=self.namespace, timeout=timeout)
        except exceptions.TimeoutError:
            raise TimeoutError(f"no acknowledgement of {event} came within {timeout} s") from None
        except (exceptions.BadNamespaceError, exceptions.DisconnectedError) as error:
            raise ClientError("closed", "there is no connection") from error
        # One argument comes as it is, several as a tuple.
        received = answer if isinstance(answer, tuple) else () if answer is None else (answer,)
        return codec.from_value(_value(received, arguments))

    def _to_send(self, event: str, data: Any) -> Any:
        value = self.client_events.to_value(data, event)
        return _arguments(value, self.arguments.get(event, "one"))

    async def _receive(self, event: str, *received: Any) -> Any:
        codec = self.server_events.codecs.get(event)
        if codec is None:
            for unknown in self._unknown:
                await self._handle(unknown, UnknownEvent(event, list(received)))
            return None
        value = _value(received, self.arguments.get(f"<{event}", "one"))
        try:
            data = codec.from_value(value)
        except Invalid as error:
            await self._report(ClientError("invalid", str(error), violations=error.violations, data=value))
            return None
        await self._answer(event)
        answer = None
        for handler in self._handlers.get(event, ()):
            answer = await self._handle(handler, data)
        return self._acknowledgement(event, answer)

    def _acknowledgement(self, event: str, answer: Any) -> Any:
        """What the last handler of an event has returned, as its acknowledgement."""
        known = self.acknowledgements.get(f"<{event}")
        if known is None:
            return None
        codec, arguments = known
        return _arguments(codec.to_value(answer), arguments)

    async def _answer(self, event: str) -> None:
        if self.pong is not None and self.pong[0] == event:
            _, pong, make = self.pong
            await self._emit(pong, make())

    async def _on_connect(self) -> None:
        for handler in self._connected:
            await self._handle(handler)

    async def _on_disconnect(self, reason: str = "") -> None:
        await self._report(ClientError("closed", str(reason)))

    async def _on_refusal(self, data: Any = None) -> None:
        message = data.get("message") if isinstance(data, Mapping) else data
        if self.refusal is None or message == self.refusal:
            self._refused = ClientError("refused", str(message), data=data)
            await self._report(self._refused)
            await self.sio.shutdown()
        else:
            await self._report(ClientError("unreachable", str(message), data=data))

    async def _handle(self, handler: Callable[..., Any], *arguments: Any) -> Any:
        try:
            result = handler(*arguments)
            return await result if inspect.isawaitable(result) else result
        except Exception as error:
            failure = ClientError("handler", f"{type(error).__name__}: {error}")
            failure.__cause__ = error
            await self._report(failure)
            return None

    async def _report(self, error: ClientError) -> None:
        for handler in self._errors:
            result = handler(error)
            if inspect.isawaitable(result):
                await result


def _value(received: tuple[Any, ...], arguments: Arguments) -> Any:
    """An event's data as one JSON value."""
    if arguments == "spread":
        return list(received)
    return received[0] if len(received) == 1 else None if not received else list(received)


def _arguments(value: Any, arguments: Arguments) -> Any:
    """A JSON value as python-socketio takes arguments: a tuple for several."""
    if arguments == "spread":
        return tuple(value)
    return () if arguments == "none" and value is None else (value,)
