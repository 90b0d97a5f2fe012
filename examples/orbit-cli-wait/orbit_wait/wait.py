"""Waits for the end of a task over Server-Sent Events."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable

from orbit.client import ClientError, OrbitClient
from orbit.models import TaskCompleted, TaskUpdated

TOPICS = ("task.*", "container.metrics")
"""The metrics are not shown. They come all the time, so that a client that has seen none of the task's events, too, knows
after which event to go on when the connection is lost."""

Tell = Callable[[str], None]


async def wait(
    url: str,
    token: str,
    which: str | Callable[[], Awaitable[str]],
    tell: Tell,
    *,
    after: str = "",
    tls: ssl.SSLContext | None = None,
    connect_within_s: float = 10,
) -> str:
    """Waits until a task is over, and gives its final status.

    The task is named by its id, or started by a function that gives that: it is called once the client listens, so that
    none of the task's events is missed. Events from behind the one with the id `after` count too. Raises `ClientError`
    when the server can't be reached at first, or refuses the token; a connection that is lost later is taken up again.
    """
    client = OrbitClient(url, token=token, topics=TOPICS, last_event_id=after, ssl=tls, connect_within=connect_within_s)

    @client.on_error
    def report(error: ClientError) -> None:
        if error.kind in ("closed", "unreachable", "heartbeat"):
            tell(f"connection: {error.message}, trying again")
        elif error.kind != "refused":
            tell(f"connection: {error}")

    # Asked for before the connection stands: what the server sends first may be what is waited for.
    async with client.events("task.*") as events, client:
        task_id = which if isinstance(which, str) else await which()
        tell(f"waiting for task {task_id}")
        async for event in events:
            if isinstance(event, TaskUpdated) and event.payload.task_id == task_id:
                tell(progress(event))
            if isinstance(event, TaskCompleted) and event.payload.task_id == task_id:
                return event.payload.status
    raise ClientError("closed", "the server has ended the stream")


def progress(event: TaskUpdated) -> str:
    """An update in a line. What it does not name is as it was."""
    payload = event.payload
    parts = [payload.status, f"{payload.progress} %" if payload.progress is not None else None, payload.message]
    return ", ".join(part for part in parts if part)
