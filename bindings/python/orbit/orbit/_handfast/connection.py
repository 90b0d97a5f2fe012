# @generated from schemas/orbit/asyncapi.yaml by handfast; edit that, not this.
"""One connection: opened, read and closed. Nothing here connects again."""

from __future__ import annotations

import asyncio
import base64
import ssl
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Protocol as Interface
from urllib.parse import urlencode, urlsplit, urlunsplit

import httpx
import websockets
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from .error import ClientError
from .protocol import Auth
from .sse import StreamParser, TooLong

REFUSALS = frozenset({401, 403})


@dataclass
class Target:
    """Where a connection leads to."""

    url: str
    """With its path: `wss://localhost:7443/ws`."""
    query: Mapping[str, str] = field(default_factory=dict)
    auth: Auth | None = None
    token: str | None = None
    ssl: ssl.SSLContext | None = None
    max_size: int = 16 * 1024 * 1024
    """The most bytes of a message."""
    open_timeout: float = 10.0

    def full_url(self) -> str:
        parts = urlsplit(self.url)
        query = dict(self.query)
        if self.auth is not None and self.auth.place == "query" and self.token is not None:
            query[self.auth.name] = self.token
        both = [part for part in (parts.query, urlencode(query)) if part]
        return urlunsplit(parts._replace(query="&".join(both), fragment=""))

    def headers(self) -> dict[str, str]:
        if self.auth is None or self.token is None:
            return {}
        if self.auth.place == "cookie":
            return {"Cookie": f"{self.auth.name}={self.token}"}
        if self.auth.place == "header":
            return {self.auth.name: f"{self.auth.prefix} {self.token}".strip()}
        return {}

    def subprotocols(self) -> Sequence[Subprotocol] | None:
        if self.auth is None or self.auth.place != "subprotocol" or self.token is None:
            return None
        encoded = base64.urlsafe_b64encode(self.token.encode()).decode().rstrip("=")
        return [Subprotocol(self.auth.name), Subprotocol(self.auth.prefix + encoded)]


@dataclass(frozen=True)
class Frame:
    """A message, or a sign of life without one."""

    data: str | bytes | None
    name: str | None = None
    id: str | None = None
    retry: float | None = None


class Connection(Interface):
    """An open connection."""

    def frames(self) -> AsyncIterator[Frame]:
        """What arrives, to the end. Raises ClientError."""
        ...

    async def send(self, text: str) -> None:
        """Sends a message. Raises ClientError."""
        ...


class _WebSocket:
    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    async def frames(self) -> AsyncIterator[Frame]:
        try:
            while True:
                yield Frame(await self._socket.recv())
        except websockets.ConnectionClosed as error:
            raise _closed(error) from error

    async def send(self, text: str) -> None:
        try:
            await self._socket.send(text)
        except websockets.ConnectionClosed as error:
            raise _closed(error) from error


def _closed(error: websockets.ConnectionClosed) -> ClientError:
    code = None if error.rcvd is None else error.rcvd.code
    return ClientError("closed", str(error), code=code)


@asynccontextmanager
async def open_websocket(target: Target) -> AsyncIterator[Connection]:
    """Opens a WebSocket. Raises ClientError."""
    tls = target.ssl if target.url.startswith("wss:") else None
    try:
        socket = await connect(
            target.full_url(),
            additional_headers=target.headers(),
            subprotocols=target.subprotocols(),
            ssl=tls,
            max_size=target.max_size,
            open_timeout=target.open_timeout,
            close_timeout=2,
        )
    except websockets.InvalidStatus as error:
        raise _status(error.response.status_code) from error
    except (OSError, TimeoutError, websockets.WebSocketException, EOFError) as error:
        raise ClientError("unreachable", f"{target.url}: {error}") from error
    async with socket:
        yield _WebSocket(socket)


def _status(status: int) -> ClientError:
    message = f"HTTP status {status}"
    if status in REFUSALS:
        return ClientError("refused", message, status=status)
    return ClientError("unreachable", message, status=status)


class _Stream:
    def __init__(self, response: httpx.Response, parser: StreamParser) -> None:
        self._response = response
        self._parser = parser

    async def frames(self) -> AsyncIterator[Frame]:
        try:
            async for chunk in self._response.aiter_bytes():
                yield Frame(None, retry=self._parser.retry)
                for event in self._parser.feed(chunk):
                    yield Frame(event.data, event.name, event.last_id)
        except TooLong as error:
            raise ClientError("invalid", str(error)) from error
        except httpx.HTTPError as error:
            raise ClientError("closed", f"{type(error).__name__} {error}".strip()) from error
        raise ClientError("closed", "the stream has ended")

    async def send(self, text: str) -> None:
        raise ClientError("closed", "an event stream carries nothing to the server")


@asynccontextmanager
async def open_stream(target: Target, headers: Mapping[str, str], last_id: str) -> AsyncIterator[Connection]:
    """Opens an event stream. Raises ClientError; its status is 204 where the server wants no more connections."""
    timeout = httpx.Timeout(target.open_timeout, read=None)
    async with httpx.AsyncClient(verify=target.ssl or True, timeout=timeout) as client:
        accept = {"Accept": "text/event-stream", "Cache-Control": "no-store"}
        # An id may hold characters of any script (WHATWG HTML, 9.2.4).
        all_headers = httpx.Headers({**accept, **target.headers(), **headers}, encoding="utf-8")
        request = client.build_request("GET", target.full_url(), headers=all_headers)
        try:
            response = await _answer(client, request, target)
        except httpx.HTTPError as error:
            raise ClientError("unreachable", f"{target.url}: {type(error).__name__} {error}") from error
        try:
            if response.status_code != 200:
                raise _status(response.status_code)
            kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
            if kind != "text/event-stream":
                raise ClientError("unreachable", f"{target.url} answers with {kind or 'no type'}")
            yield _Stream(response, StreamParser(target.max_size, last_id))
        finally:
            await response.aclose()


async def _answer(client: httpx.AsyncClient, request: httpx.Request, target: Target) -> httpx.Response:
    try:
        return await asyncio.wait_for(client.send(request, stream=True), target.open_timeout)
    except asyncio.TimeoutError as error:
        raise ClientError("unreachable", f"{target.url} does not answer") from error


Open = AbstractAsyncContextManager[Connection]
