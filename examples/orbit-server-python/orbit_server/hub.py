"""Hands every published event to the clients that want it, and keeps the latest for those who resume.

All of it runs on one event loop and none of it waits, so that a client sees each event exactly once: either in what it
resumes over or live.
"""

import asyncio
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiohttp import WSCloseCode

from .event_log import EventLog
from .events import Event, Topics


class Subscription:
    """What waits for one client. A client that reads too slowly is dropped, never waited for."""

    def __init__(self, topics: Topics, limit: int, grace_s: float, transport: asyncio.Transport | None) -> None:
        self.topics = topics
        self.close_code: WSCloseCode | None = None
        """Why the subscription has ended; nothing while it goes on."""
        self._limit = limit
        self._queue: deque[Event] = deque()
        self._news = asyncio.Event()
        self._grace_s = grace_s
        self._transport = transport
        self._abort_timer: asyncio.TimerHandle | None = None

    def offer(self, event: Event) -> None:
        """Queues an event for the client, whatever its topics."""
        if self.close_code is not None:
            return
        if len(self._queue) >= self._limit:
            self.end(WSCloseCode.TRY_AGAIN_LATER)
            return
        self._queue.append(event)
        self._news.set()

    def end(self, code: WSCloseCode) -> None:
        """Lets the client have what is queued; if it does not take it in time, the connection is cut."""
        if self.close_code is not None:
            return
        self.close_code = code
        self._news.set()
        if self._transport:
            self._abort_timer = asyncio.get_running_loop().call_later(self._grace_s, self._transport.abort)

    async def next(self) -> Event | None:
        """Waits for the next event; nothing when the subscription has ended. Safe to cancel."""
        while not self._queue:
            if self.close_code is not None:
                return None
            self._news.clear()
            await self._news.wait()
        return self._queue.popleft()

    def release(self) -> None:
        """Forgets the timer that would cut the connection."""
        if self._abort_timer:
            self._abort_timer.cancel()


class Hub:
    """All clients, and the history they resume over."""

    def __init__(self, history: int, queue: int, close_grace_s: float, log: EventLog | None = None) -> None:
        self._history: deque[Event] = deque(log.events if log else (), maxlen=history)
        self._log = log
        self._queue = queue
        self._close_grace_s = close_grace_s
        self._subscriptions: set[Subscription] = set()

    def publish(self, type: str, payload: dict[str, Any], context: dict[str, str] | None = None) -> None:
        """Sends an event to all clients that want it."""
        event = Event.create(type, payload, context)
        self._remember(event)
        for subscription in self._subscriptions:
            if subscription.topics.want(event):
                subscription.offer(event)

    def _remember(self, event: Event) -> None:
        """Keeps an event for those who resume, before anyone receives it."""
        self._history.append(event)
        if self._log:
            try:
                self._log.append(event, self._history)
            except OSError as error:
                # Those who are connected are still served.
                print(f"the event log cannot be written: {error}", file=sys.stderr)

    @property
    def history(self) -> list[Event]:
        """The latest events, the oldest first."""
        return list(self._history)

    @contextmanager
    def subscribe(self, topics: Topics, transport: asyncio.Transport | None) -> Iterator[Subscription]:
        """Lets a client listen, from now on. Its transport is cut when it is dropped and does not notice."""
        subscription = Subscription(topics, self._queue, self._close_grace_s, transport)
        self._subscriptions.add(subscription)
        try:
            yield subscription
        finally:
            self._subscriptions.discard(subscription)
            subscription.release()

    def missed(self, last_event_id: str, topics: Topics) -> list[Event] | None:
        """What a client did not see after an event; nothing when that event is not known (any more)."""
        events = iter(self._history)
        if not any(event.id == last_event_id for event in events):
            return None
        return [event for event in events if topics.want(event)]

    def close(self) -> None:
        """Ends all subscriptions because the server stops. What is published from now on nobody sees, so that the log is
        free for the next process.
        """
        if self._log:
            self._log.close()
            self._log = None
        for subscription in self._subscriptions:
            subscription.end(WSCloseCode.GOING_AWAY)
