"""Events as they are handed out: to handlers, and as an iterator."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any, Generic, Protocol, TypeVar

from typing_extensions import Self

from .error import ClientError

E_co = TypeVar("E_co", covariant=True)
R = TypeVar("R")


class On(Protocol[E_co]):
    """Takes a handler of events, which may be a coroutine function."""

    def __call__(self, handler: Callable[[E_co], R], /) -> Callable[[Any], R]: ...


class Events(Generic[E_co]):
    """The events of a topic from the moment on when they were asked for.

    Raises ClientError when the client is refused, or when more events wait than the bound. Ends when the client is closed.
    """

    def __init__(self, limit: int, forget: Callable[[Events[E_co]], None]) -> None:
        self._waiting: deque[E_co] = deque()
        self._limit = limit
        self._forget = forget
        self._news = asyncio.Event()
        self._end: ClientError | None = None
        self._is_over = False

    def put(self, event: E_co) -> bool:  # type: ignore[misc]
        """Adds an event; False if there is no room."""
        if len(self._waiting) >= self._limit:
            self.end(ClientError("overflow", f"more than {self._limit} events wait"))
            return False
        self._waiting.append(event)
        self._news.set()
        return True

    def end(self, error: ClientError | None) -> None:
        """Lets no more events come: what waits is given, then the error is raised, or the iteration ends."""
        if not self._is_over:
            self._is_over, self._end = True, error
            self._forget(self)
            self._news.set()

    async def aclose(self) -> None:
        """Asks for no more events."""
        self.end(None)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> E_co:
        while not self._waiting:
            if self._is_over:
                if self._end is not None:
                    raise self._end
                raise StopAsyncIteration
            self._news.clear()
            await self._news.wait()
        return self._waiting.popleft()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()
