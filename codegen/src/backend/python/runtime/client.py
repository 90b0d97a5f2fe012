"""A client of WebSocket and Server-Sent Events that stays connected."""

from __future__ import annotations

import asyncio
import inspect
import re
import ssl
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any, ClassVar, Generic, TypeVar
from urllib.parse import urlsplit, urlunsplit

from typing_extensions import Self

from .backoff import Backoff
from .connection import Connection, Frame, Open, Target, open_stream, open_websocket
from .document import NotJson, parse
from .error import ClientError
from .event import UnknownEvent
from .protocol import Channel, Heartbeat, Protocol, Transport, member
from .subscription import Events, On
from .violation import Invalid

S = TypeVar("S")
C = TypeVar("C")
R = TypeVar("R")

PING_EVERY = 15.0
"""How often a client pings where the contract does not say, in seconds."""
PONG_WITHIN = 10.0
"""How long it waits for the answer where the contract does not say, in seconds."""


class Client(Generic[S, C]):
    """Connects to a server, and again when the connection is lost.

    Handlers are called one after the other, in the order of the events; each is waited for. `run` stays connected until
    `close`; `async with` runs it in the background, and begins when the connection stands.
    """

    protocol: ClassVar[Protocol[Any, Any]]

    def __init__(
        self,
        url: str,
        *,
        token: str | None = None,
        topics: Iterable[str] | None = None,
        channel: str | None = None,
        ssl: ssl.SSLContext | None = None,
        backoff: Backoff | None = None,
        last_event_id: str = "",
        open_timeout: float = 10.0,
        connect_within: float = 30.0,
        ping_every: float | None = None,
        dead_after: float | None = None,
        max_size: int = 16 * 1024 * 1024,
        max_waiting: int = 1024,
        max_ids: int = 4096,
    ) -> None:
        """A client that connects when it is run.

        `url` begins with `ws:`, `wss:`, `http:` or `https:`, which chooses the channel, and with it the path where the
        URL has none; of several channels, `channel` is the key of the one that is meant. Times are in seconds:
        `open_timeout` is for one attempt, `connect_within` for all of them until `async with` gives up, `dead_after` for
        the silence after which the connection is taken for lost. At most `max_waiting` events wait to be taken, and
        `max_ids` ids are remembered so that no event comes twice.
        """
        chosen, transport, full_url = self._endpoint(url, channel)
        query = {}
        if topics is not None:
            if self.protocol.filter_query is None:
                raise ValueError("the contract has no filter of topics")
            query[self.protocol.filter_query] = self.protocol.filter_separator.join(topics)
        auth = self.protocol.auth_for(transport) if token is not None else None
        self._channel = chosen
        self._target = Target(full_url, query, auth, token, ssl, max_size, open_timeout)
        self._backoff = backoff or Backoff()
        self._connect_within = connect_within
        self._ping_every = ping_every
        heartbeat = self.protocol.heartbeat
        self._dead_after = dead_after or (heartbeat.dead_after if heartbeat else None)
        self._max_waiting = max_waiting
        self._max_ids = max_ids
        self._ids: OrderedDict[str, None] = OrderedDict()
        self._last_id = last_event_id
        self._retry: float | None = None
        self._handlers: list[tuple[Callable[[str], bool], Callable[[Any], Any]]] = []
        self._unknown: list[Callable[[UnknownEvent], Any]] = []
        self._errors: list[Callable[[ClientError], Any]] = []
        self._connected: list[Callable[[], Any]] = []
        self._subscriptions: list[tuple[Callable[[str], bool], Events[Any]]] = []
        self._connection: Connection | None = None
        self._stands = asyncio.Event()
        self._closing = asyncio.Event()
        self._running = False
        self._task: asyncio.Task[None] | None = None
        self._last_error: ClientError | None = None
        self._heard = 0.0
        self._pong = asyncio.Event()

    def _endpoint(self, url: str, key: str | None) -> tuple[Channel, Transport, str]:
        parts = urlsplit(url)
        transports: dict[str, Transport] = {"ws": "websocket", "wss": "websocket", "http": "sse", "https": "sse"}
        if parts.scheme not in transports:
            raise ValueError(f"{url!r} begins with none of ws:, wss:, http: and https:")
        transport = transports[parts.scheme]
        channel = self.protocol.channel(transport, key)
        path = channel.address if parts.path in ("", "/") else parts.path
        return channel, transport, urlunsplit(parts._replace(path=path))

    @property
    def connected(self) -> bool:
        """Whether the connection stands."""
        return self._stands.is_set()

    @property
    def last_event_id(self) -> str:
        """The id of the last event, from which another client can go on (SSE)."""
        return self._last_id

    def on(self, topic: str, /) -> On[Any]:
        """Calls the decorated function, which may be a coroutine function, with each event of a topic."""
        matches = self._matcher(topic)

        def add(handler: Callable[[Any], R]) -> Callable[[Any], R]:
            self._handlers.append((matches, handler))
            return handler

        return add

    def on_unknown(self, handler: Callable[[UnknownEvent], R], /) -> Callable[[UnknownEvent], R]:
        """Calls the decorated function with each event that the contract does not name."""
        self._unknown.append(handler)
        return handler

    def on_error(self, handler: Callable[[ClientError], R], /) -> Callable[[ClientError], R]:
        """Calls the decorated function with everything that goes wrong, also where the client goes on by itself."""
        self._errors.append(handler)
        return handler

    def on_connect(self, handler: Callable[[], R], /) -> Callable[[], R]:
        """Calls the decorated function each time the connection stands."""
        self._connected.append(handler)
        return handler

    def events(self, topic: str, /) -> Events[Any]:
        """The events of a topic from now on, as an asynchronous iterator."""
        matches = self._matcher(topic)

        def forget(done: Events[Any]) -> None:
            self._subscriptions = [one for one in self._subscriptions if one[1] is not done]

        events: Events[Any] = Events(self._max_waiting, forget)
        self._subscriptions.append((matches, events))
        if self._closing.is_set():
            events.end(None)
        return events

    async def next(
        self, topic: str, /, *, where: Callable[[Any], bool] | None = None, timeout: float | None = None
    ) -> Any:
        """The next event of a topic for which `where` is true.

        Raises TimeoutError after `timeout` seconds, and ClientError when the client is closed or refused.
        """

        async def find() -> Any:
            async with self.events(topic) as events:
                async for event in events:
                    if where is None or where(event):
                        return event
            raise ClientError("closed", "the client is closed")

        try:
            return await asyncio.wait_for(find(), timeout)
        except asyncio.TimeoutError:
            raise TimeoutError(f"no {topic} came within {timeout} s") from None

    async def send(self, event: C, *, timeout: float = 10.0) -> None:
        """Sends an event; waits up to `timeout` seconds for a connection.

        Raises Invalid for one that the contract does not allow, and ClientError when there is no connection.
        """
        text = self.protocol.client_events.to_json(event, self._name_to_send(event))
        try:
            await asyncio.wait_for(self._stands.wait(), timeout)
        except asyncio.TimeoutError:
            raise ClientError("closed", "there is no connection") from self._last_error
        if self._connection is None:
            raise ClientError("closed", "there is no connection") from self._last_error
        await self._connection.send(text)

    def _name_to_send(self, event: C) -> str | None:
        """The name of an event that does not tell it: the only one whose schema accepts it, or the first."""
        if self.protocol.client_events.path is not None:
            return None
        codecs = self.protocol.client_events.codecs
        return next((name for name in self._channel.receives if not codecs[name].violations(event)), None)

    async def close(self) -> None:
        """Ends the connection and `run`, and does not wait for that."""
        self._closing.set()

    async def __aenter__(self) -> Self:
        self._task = asyncio.ensure_future(self.run())
        stands = asyncio.ensure_future(self._stands.wait())
        try:
            done, _ = await asyncio.wait(
                {self._task, stands}, timeout=self._connect_within, return_when=asyncio.FIRST_COMPLETED
            )
        except asyncio.CancelledError:
            await _cancel(self._task, stands)
            raise
        await _cancel(stands)
        if self._task in done:
            await self._task
            raise ClientError("closed", "the client is closed") from self._last_error
        if not done:
            await _cancel(self._task)
            message = f"no connection within {self._connect_within} s"
            raise self._last_error or ClientError("unreachable", message)
        return self

    async def __aexit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        await self.close()
        if self._task is not None:
            task, self._task = self._task, None
            if error is None:
                await task
            else:
                await asyncio.wait({task})
                if not task.cancelled():
                    task.exception()

    async def run(self) -> None:
        """Stays connected until `close`, or until the server wants no more. Raises ClientError if it refuses."""
        if self._running:
            raise RuntimeError("the client is running")
        self._running = True
        self._queue: asyncio.Queue[tuple[str, Any] | None] = asyncio.Queue(self._max_waiting)
        dispatcher = asyncio.ensure_future(self._dispatch())
        end: ClientError | None = None
        try:
            await self._stay_connected()
            await self._finish(dispatcher)
        except ClientError as error:
            end = error
            raise
        finally:
            self._running = False
            self._closing.set()
            await _cancel(dispatcher)
            for _, events in list(self._subscriptions):
                events.end(end)

    async def _finish(self, dispatcher: asyncio.Future[None]) -> None:
        """Lets handlers take what has arrived."""
        ending = asyncio.ensure_future(self._queue.put(None))
        await asyncio.wait({dispatcher, ending}, timeout=5, return_when=asyncio.ALL_COMPLETED)
        await _cancel(ending)

    async def _stay_connected(self) -> None:
        loop, n_failures = asyncio.get_running_loop(), 0
        while not self._closing.is_set():
            began: float | None = None
            try:
                async with self._open() as connection:
                    began = loop.time()
                    await self._use(connection)
            except ClientError as error:
                await self._report(error)
                if error.kind == "refused":
                    raise
                if error.status == 204:
                    return
            finally:
                self._stands.clear()
                self._connection = None
            lasted = began is not None and loop.time() - began >= self._backoff.stable_after
            delay = self._backoff.delay(0 if lasted else n_failures, self._retry)
            n_failures = 1 if lasted else n_failures + 1
            try:
                await asyncio.wait_for(self._closing.wait(), delay)
            except asyncio.TimeoutError:
                continue

    def _open(self) -> Open:
        if self._channel.transport == "websocket":
            return open_websocket(self._target)
        header = self.protocol.resume_header
        resume = {header: self._last_id} if header and self._last_id else {}
        return open_stream(self._target, resume, self._last_id)

    async def _use(self, connection: Connection) -> None:
        """Reads to the end, while the heartbeat is watched."""
        self._connection = connection
        self._heard = asyncio.get_running_loop().time()
        auth = self._target.auth
        if auth is not None and auth.event is not None and self._target.token is not None:
            first = self.protocol.client_events.to_json(auth.event(self._target.token), auth.name)
            await connection.send(first)
        tasks = [
            asyncio.ensure_future(self._read(connection)),
            asyncio.ensure_future(self._beat(connection)),
            asyncio.ensure_future(self._watch()),
            asyncio.ensure_future(self._closing.wait()),
        ]
        self._stands.set()
        try:
            for handler in self._connected:
                await self._call(handler)
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await _cancel(*tasks)
        for task in done:
            task.result()

    async def _read(self, connection: Connection) -> None:
        loop = asyncio.get_running_loop()
        async for frame in connection.frames():
            self._heard = loop.time()
            if frame.retry is not None:
                self._retry = frame.retry
            if frame.data is not None:
                await self._receive(frame, connection)

    async def _receive(self, frame: Frame, connection: Connection) -> None:
        events = self.protocol.server_events
        try:
            value = parse(frame.data or "")
            is_new = self._is_new(value)
            name = events.name_of(value, frame.name or self._only_name())
            event = events.from_value(value, name) if is_new else None
        except NotJson as error:
            await self._report(ClientError("parse", str(error), data=frame.data))
            return
        except Invalid as error:
            await self._report(ClientError("invalid", str(error), violations=error.violations, data=frame.data))
            return
        finally:
            self._last_id = frame.id or self._last_id
        if is_new:
            await self._answer(name, connection)
            await self._deliver(name, event)

    def _only_name(self) -> str | None:
        """The name of an event that does not tell it: that of the only event of the channel."""
        return next(iter(self._channel.sends)) if len(self._channel.sends) == 1 else None

    def _is_new(self, value: Any) -> bool:
        path = self.protocol.resume_id
        id = None if path is None else member(value, path)
        if not isinstance(id, str):
            return True
        if id in self._ids:
            self._ids.move_to_end(id)
            return False
        self._ids[id] = None
        if len(self._ids) > self._max_ids:
            self._ids.popitem(last=False)
        return True

    async def _deliver(self, name: str, event: Any) -> None:
        if isinstance(event, UnknownEvent):
            if self._unknown:
                await self._queue.put((name, event))
            return
        for matches, events in list(self._subscriptions):
            if matches(name) and not events.put(event):
                await self._report(ClientError("overflow", f"more than {self._max_waiting} events wait"))
        if any(matches(name) for matches, _ in self._handlers):
            await self._queue.put((name, event))

    async def _dispatch(self) -> None:
        while True:
            item = await self._queue.get()
            if item is None:
                return
            name, event = item
            if isinstance(event, UnknownEvent):
                handlers: list[Callable[[Any], Any]] = list(self._unknown)
            else:
                handlers = [handler for matches, handler in self._handlers if matches(name)]
            for handler in handlers:
                await self._call(handler, event)

    async def _call(self, handler: Callable[..., Any], *arguments: Any) -> None:
        try:
            result = handler(*arguments)
            if inspect.isawaitable(result):
                await result
        except Exception as error:
            failure = ClientError("handler", f"{type(error).__name__}: {error}")
            failure.__cause__ = error
            await self._report(failure)

    async def _report(self, error: ClientError) -> None:
        self._last_error = error
        for handler in self._errors:
            result = handler(error)
            if inspect.isawaitable(result):
                await result

    async def _answer(self, name: str, connection: Connection) -> None:
        """Answers the server's ping; takes note of its answer."""
        heartbeat = self.protocol.heartbeat
        if heartbeat is None:
            return
        if heartbeat.by_client and name == heartbeat.pong:
            self._pong.set()
        elif not heartbeat.by_client and name == heartbeat.ping and heartbeat.make is not None:
            if heartbeat.pong in self._channel.receives:
                text = self.protocol.client_events.to_json(heartbeat.make(), heartbeat.pong)
                await connection.send(text)

    async def _beat(self, connection: Connection) -> None:
        """Pings, and raises ClientError if nothing answers."""
        heartbeat = self.protocol.heartbeat
        if heartbeat is None or not self._pings(heartbeat):
            await asyncio.get_running_loop().create_future()
            return
        within = heartbeat.within or PONG_WITHIN
        while True:
            await asyncio.sleep(self._ping_every or heartbeat.every or PING_EVERY)
            self._pong.clear()
            ping = heartbeat.make() if heartbeat.make is not None else None
            await connection.send(self.protocol.client_events.to_json(ping, heartbeat.ping))
            try:
                await asyncio.wait_for(self._pong.wait(), within)
            except asyncio.TimeoutError:
                raise ClientError("heartbeat", f"no {heartbeat.pong} within {within} s") from None

    def _pings(self, heartbeat: Heartbeat) -> bool:
        return heartbeat.by_client and heartbeat.make is not None and heartbeat.ping in self._channel.receives

    async def _watch(self) -> None:
        """Raises ClientError when the server is silent for too long."""
        loop, limit = asyncio.get_running_loop(), self._dead_after
        if limit is None:
            await loop.create_future()
            return
        while (left := self._heard + limit - loop.time()) > 0:
            await asyncio.sleep(left)
        raise ClientError("heartbeat", f"the server was silent for {limit} s")

    def _matcher(self, topic: str) -> Callable[[str], bool]:
        parts = map(re.escape, topic.split(self.protocol.wildcard))
        pattern = re.compile(".*".join(parts), re.DOTALL)
        return lambda name: pattern.fullmatch(name) is not None


async def _cancel(*tasks: asyncio.Future[Any]) -> None:
    """Cancels tasks and waits for their end, whatever it is."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


